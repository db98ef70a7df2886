//! Answers of web servers as archives of the web keep them: their header, and the body freed of how it was sent.

use crate::base::error::DocErrorKind;
use crate::doc::record::Format;
use crate::io::stream::Stream;
use crate::io::unpack::{self, Allowance, packing};

/// What the header of an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head<'a> {
    /// The status code.
    pub status: u16,
    /// Media type in lower case, without its parameters.
    pub content_type: String,
    /// The encoding that the server names.
    pub charset: Option<String>,
    /// Whether the body came in chunks.
    chunked: bool,
    /// Whether the body was packed.
    packed: bool,
    /// What stands after the header.
    pub body: &'a [u8],
}

impl<'a> Head<'a> {
    /// The header that `message` begins with; `None` when it does not, or does not end there.
    pub fn parse(message: &'a [u8]) -> Option<Self> {
        let status = message.strip_prefix(b"HTTP/")?;
        let status = status.split(|&b| b == b' ').nth(1)?.get(..3)?;
        let status = std::str::from_utf8(status).ok()?.trim().parse().ok()?;
        let mut rest = message;
        let (mut content_type, mut chunked, mut packed) = (String::new(), false, false);
        loop {
            let end = memchr::memchr(b'\n', rest)?;
            let line = String::from_utf8_lossy(rest[..end].trim_ascii()).into_owned();
            rest = &rest[end + 1..];
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => content_type = value,
                "transfer-encoding" => chunked = value.contains("chunked"),
                "content-encoding" => packed = !matches!(value.as_str(), "" | "identity" | "none"),
                _ => {}
            }
        }
        let charset = content_type.split(';').skip(1).find_map(|said| {
            let (name, value) = said.split_once('=')?;
            (name.trim() == "charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
        });
        let content_type = content_type.split(';').next().unwrap_or_default().trim().to_owned();
        Some(Self { status, content_type, charset, chunked, packed, body: rest })
    }

    /// The format of the body, if it is a page or text. A server that does not say is believed to send a page when the body
    /// begins like markup.
    pub fn page(&self) -> Option<Format> {
        match self.content_type.as_str() {
            "" => self.body.trim_ascii_start().starts_with(b"<").then_some(Format::Html),
            kind => page_format(kind),
        }
    }

    /// The body, its chunks joined and unpacked; `cap` bytes at most.
    ///
    /// Archives often keep a body unpacked under a header that says it is packed: it is taken as it is then.
    ///
    /// # Errors
    /// `TooLarge`, `Truncated`, and `Unsupported` for packings that are not read.
    pub fn into_body(self, cap: usize) -> Result<Vec<u8>, DocErrorKind> {
        let joined = if self.chunked { join(self.body) } else { None };
        let body = joined.unwrap_or_else(|| self.body.to_vec());
        if !self.packed || body.is_empty() {
            return Ok(body);
        }
        if packing(&body) == crate::doc::record::Packing::Plain {
            // Brotli has no mark: what is not text was packed by it.
            let text = std::str::from_utf8(&body).is_ok() || !body.contains(&0);
            return if text {
                Ok(body)
            } else {
                Err(DocErrorKind::Unsupported { format: "a body packed with brotli" })
            };
        }
        let allowance = Allowance::of(body.len() as u64);
        unpack::open(Stream::new(std::io::Cursor::new(body)), &allowance, 0)?.stream.whole(cap, 0)
    }
}

/// The format of what has this media type; `None` for what holds no article.
pub(crate) fn page_format(content_type: &str) -> Option<Format> {
    match content_type {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    }
}

/// The chunks of `body` joined; `None` when it is not in chunks after all.
fn join(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest[..end].trim_ascii()).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(joined);
        }
        // An answer that was cut off keeps what came.
        let Some(chunk) = rest.get(..length) else {
            joined.extend_from_slice(rest);
            return Some(joined);
        };
        joined.extend_from_slice(chunk);
        rest = &rest[length..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(message: &[u8]) -> Result<String, DocErrorKind> {
        let body = Head::parse(message).expect("a header").into_body(1 << 20)?;
        Ok(String::from_utf8(body).expect("text"))
    }

    #[test]
    fn the_header_gives_status_type_and_encoding() {
        let head =
            Head::parse(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=\"ISO-8859-2\"\r\n\r\nbody")
                .unwrap();
        assert_eq!((head.status, head.page(), head.body), (200, Some(Format::Html), &b"body"[..]));
        assert_eq!(head.charset.as_deref(), Some("iso-8859-2"));
        assert_eq!(Head::parse(b"HTTP/2 404\r\n\r\n").unwrap().status, 404);
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\nContent-").is_none() && Head::parse(b"GET /").is_none());
    }

    #[test]
    fn chunks_are_joined_and_a_body_that_was_joined_already_is_left() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let read = |rest: &str| body(format!("{head}{rest}").as_bytes()).unwrap();
        assert_eq!(read("3\r\none\r\n4;x=y\r\n two\r\n0\r\n\r\n"), "one two");
        assert_eq!(read("5\r\non"), "on");
        assert_eq!(read("<p>plain words\n"), "<p>plain words\n");
        assert_eq!(read("fffffffffffffffff\r\n"), "fffffffffffffffff\r\n");
    }

    #[cfg(feature = "unpack")]
    #[test]
    fn packed_bodies_are_unpacked_within_the_cap() {
        use crate::io::unpack::tests::gzip;
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        let message = |packed: &[u8]| [head, packed].concat();
        assert_eq!(body(&message(&gzip(b"words"))).unwrap(), "words");
        assert_eq!(body(&message(b"words")).unwrap(), "words");
        assert!(matches!(body(&message(&gzip(&vec![0; 2 << 20]))), Err(DocErrorKind::TooLarge { .. })));
        assert!(matches!(body(&message(b"\x8b\xff\0\x01")), Err(DocErrorKind::Unsupported { .. })));
    }
}
