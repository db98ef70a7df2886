//! A message of mail: its subject, author and date, and the part that a reader sees.
//!
//! The HTML part is read where there is one, since newsletters put little more than a link in their plain one; plain parts
//! are joined otherwise. Attachments are left alone.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::document::{Document, Field, Meta};
use crate::doc::record::Source;
use crate::doc::text::Text;
use crate::read::{ReadOptions, Reader, failed, html};

/// Reads one message.
#[derive(Debug, Clone, Copy)]
pub struct Mail;

/// How many parts may hold parts: what the parser makes is taken apart with a step of the stack for each.
const MOST_NESTED: usize = 200;

/// How many parts of mail that hold others are announced: each names its boundary, or is a message.
fn nested(bytes: &[u8]) -> usize {
    let is = |at: Option<&[u8]>, name: &[u8]| at.is_some_and(|at| at.eq_ignore_ascii_case(name));
    let boundaries = memchr::memchr_iter(b'=', bytes)
        .filter(|&at| is(at.checked_sub(8).and_then(|from| bytes.get(from..at)), b"boundary"));
    let messages = memchr::memchr_iter(b'/', bytes)
        .filter(|&at| is(bytes.get(at + 1..at + 7), b"rfc822") || is(bytes.get(at + 1..at + 7), b"global"));
    boundaries.count() + messages.count()
}

impl Reader for Mail {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        options: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let malformed = |what: &str| DocErrorKind::Malformed { reason: what.to_owned() };
        if nested(&bytes) > MOST_NESTED {
            return Err(failed(&source, None, malformed("mail with too many parts")));
        }
        let Some(message) = MessageParser::default().parse(&bytes) else {
            return Err(failed(&source, None, malformed("not a message of mail")));
        };
        let id = message.message_id().map(|id| id.trim_matches(['<', '>']).to_owned());
        let mut document = Document {
            id: id.clone().filter(|id| !id.is_empty()),
            meta: meta(&message, options),
            title: message.subject().and_then(line).map(Field::plain),
            source,
            ..Document::default()
        };
        let filled = match body(&message) {
            Some(Body::Html(page, encoding)) => {
                document.source.encoding = encoding;
                html::fill(&mut document, Text::as_read(page))
            }
            Some(Body::Plain(text, encoding)) => {
                document.source.encoding = encoding;
                document.text = Field::plain(text);
                Ok(())
            }
            None => Err(DocErrorKind::NoBody),
        };
        filled.map_err(|kind| failed(&document.source, id, kind))?;
        out.push(document);
        Ok(())
    }
}

fn meta(message: &Message<'_>, options: &ReadOptions) -> Meta {
    let date = message.date().filter(|date| date.is_valid()).map(mail_parser::DateTime::to_rfc3339);
    Meta {
        byline: message.from().and_then(names),
        published: date.and_then(|date| (options.parse_date)(&date, None)),
        ..Meta::default()
    }
}

/// The names of senders; addresses are no authors.
fn names(from: &Address<'_>) -> Option<String> {
    let names: Vec<_> = from.iter().filter_map(|one| line(one.name.as_deref()?)).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// `text` on one line; `None` when nothing is left.
fn line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// The part of a message that is read, with the encoding that it was in.
enum Body {
    Html(String, &'static str),
    Plain(String, &'static str),
}

fn body(message: &Message<'_>) -> Option<Body> {
    let pages = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(page) if shows(page) => Some(Body::Html(page.to_string(), encoding(part))),
        _ => None,
    });
    pages.into_iter().next().or_else(|| {
        let mut texts = message.text_bodies().filter_map(|part| match &part.body {
            PartType::Text(text) if shows(text) => Some((text, encoding(part))),
            _ => None,
        });
        let (first, encoding) = texts.next()?;
        let mut text = first.to_string();
        for (more, _) in texts {
            text.push_str("\n\n");
            text.push_str(more);
        }
        Some(Body::Plain(text, encoding))
    })
}

/// Whether a text has a letter or digit.
fn shows(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

/// The encoding that a part says it is in.
fn encoding(part: &MessagePart<'_>) -> &'static str {
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let known = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    // ASCII, the default of mail, is UTF-8 as well.
    known
        .filter(|_| !label.is_some_and(|label| label.eq_ignore_ascii_case("us-ascii")))
        .map_or("UTF-8", |known| known.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &str) -> Result<Document, DocError> {
        let options = ReadOptions { parse_date: |date, _| Some(date.to_owned()), ..ReadOptions::default() };
        let mut out = Vec::new();
        Mail.read(message.as_bytes().to_vec(), Source::default(), &options, &mut out)?;
        Ok(out.remove(0))
    }

    const HEAD: &str = "From: =?utf-8?q?Ren=C3=A9e?= Bow <r@x>\r\nSubject: =?iso-8859-1?q?Caf=E9?=\r\n closed\r\n\
        Date: Tue, 12 Mar 2024 08:00:00 +0100\r\nMessage-ID: <m1@x>\r\nMIME-Version: 1.0\r\n";

    #[test]
    fn headers_become_what_is_known_of_the_message() {
        let message = format!(
            "{HEAD}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             The caf=E9 is =\r\nclosed.\r\n"
        );
        let document = read(&message).unwrap();
        assert_eq!(document.id.as_deref(), Some("m1@x"));
        assert_eq!(document.title.unwrap().text.as_str(), "Café closed");
        assert_eq!(document.meta.byline.as_deref(), Some("Renée Bow"));
        assert_eq!(document.meta.published.as_deref(), Some("2024-03-12T08:00:00+01:00"));
        assert_eq!(document.text.text.as_str().trim(), "The café is closed.");
        assert_eq!(document.source.encoding, "windows-1252");
    }

    #[test]
    fn of_two_versions_the_page_is_read_and_attachments_never() {
        let message = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
             --a\r\nContent-Type: text/plain\r\n\r\nSee it in your browser.\r\n--a\r\nContent-Type: text/html\r\n\r\n\
             <h1>News</h1><p>The ferry runs.</p>\r\n--a--\r\n--m\r\nContent-Type: text/plain\r\n\
             Content-Disposition: attachment; filename=a.txt\r\n\r\nAttached words.\r\n--m--\r\n"
        );
        assert_eq!(read(&message).unwrap().text.text.as_str(), "News\n\nThe ferry runs.");
    }

    #[test]
    fn a_message_without_words_fails_by_its_id() {
        let failed = read(&format!("{HEAD}\r\n\r\n")).unwrap_err();
        assert_eq!((failed.kind.name(), failed.id.as_deref()), ("no-body", Some("m1@x")));
        let deep = "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n".repeat(100_000);
        assert_eq!(read(&deep).unwrap_err().kind.name(), "malformed");
        let deep = |depth: usize| format!("{}Words.", "Content-Type: Message/RFC822\r\n\r\n".repeat(depth));
        assert_eq!(read(&deep(100_000)).unwrap_err().kind.name(), "malformed");
        assert_eq!(read(&deep(MOST_NESTED)).unwrap_err().kind.name(), "no-body");
    }
}
