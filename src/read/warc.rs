//! A page as an archive of the web keeps it: the answer of a server, its header before it.

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::document::{Document, Field};
use crate::doc::record::{Format, Source};
use crate::io::decode::decode_labelled;
use crate::io::http::Head;
use crate::io::load::cap;
use crate::read::{ReadOptions, Reader, failed, html};

/// Reads one answer of a server.
#[derive(Debug, Clone, Copy)]
pub struct Answer;

impl Reader for Answer {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        options: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let Some(head) = Head::parse(&bytes) else {
            let kind = DocErrorKind::Malformed { reason: "not an answer of a web server".to_owned() };
            return Err(failed(&source, None, kind));
        };
        let format = head.page().unwrap_or(Format::Html);
        let charset = head.charset.clone();
        let body =
            head.into_body(cap(options.max_record_bytes)).map_err(|kind| failed(&source, None, kind))?;
        if format == Format::Html {
            out.push(html::page(body, charset.as_deref(), source)?);
            return Ok(());
        }
        let label = charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        let decoded = decode_labelled(body, label).map_err(|kind| failed(&source, None, kind))?;
        out.push(Document {
            source: Source { encoding: decoded.encoding, ..source },
            text: Field::unmarked(decoded.text),
            ..Document::default()
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &[u8]) -> Result<Document, DocError> {
        let mut out = Vec::new();
        Answer.read(message.to_vec(), Source::default(), &ReadOptions::default(), &mut out)?;
        Ok(out.remove(0))
    }

    #[test]
    fn pages_and_texts_are_read_in_the_encoding_that_the_server_names() {
        let page =
            read(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-2\r\n\r\n<p>Cze\xb6\xe6")
                .unwrap();
        assert_eq!((page.text.text.as_str(), page.source.encoding), ("Cześć", "ISO-8859-2"));
        let text =
            read(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n\xed\xcf\xd3\xd4\n")
                .unwrap();
        assert_eq!((text.text.text.as_str(), text.source.encoding), ("Мост\n", "KOI8-R"));
        assert!(read(b"not http").is_err());
    }
}
