//! From records to documents: the bytes are loaded, decoded and freed of their format, each piece tied to where it stood.
//!
//! To add a format: write `src/read/<name>.rs`, then its `mod` line, its row in [`Format`] and its arm in [`reader`].

#[cfg(feature = "office")]
pub mod docx;
mod elements;
pub mod fields;
pub mod html;
pub mod jsonl;
#[cfg(feature = "mail")]
pub mod mail;
pub mod markdown;
mod surrogates;
pub mod text;
pub mod warc;

use std::fmt::Debug;

use crate::base::error::{DocError, DocErrorKind};
use crate::base::lang::Lang;
use crate::doc::block::BlockKind;
use crate::doc::document::{Document, Field};
use crate::doc::record::{Format, Given, Record, Source};
use crate::io::load::{MAX_RECORD_BYTES, load};
use crate::read::fields::Fields;

/// Makes documents of one record's bytes; pure, in workers.
pub trait Reader: Debug + Send + Sync {
    /// Appends the documents of `bytes`, which were found at `source`.
    ///
    /// # Errors
    /// Why there is no document, and the id it would have had, where that is known.
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        options: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError>;
}

/// The reader of a format.
pub fn reader(format: Format) -> &'static dyn Reader {
    match format {
        Format::Text => &text::Plain { lines: false },
        Format::Lines => &text::Plain { lines: true },
        Format::Html => &html::Html,
        Format::Markdown => &markdown::Markdown,
        Format::Jsonl => &jsonl::Jsonl,
        Format::Warc => &warc::Answer,
        #[cfg(feature = "mail")]
        Format::Eml => &mail::Mail,
        #[cfg(feature = "office")]
        Format::Docx => &docx::Docx,
        // Cut into records of other formats, or left out of this build.
        _ => &Unread,
    }
}

/// Refuses what this build does not read.
#[derive(Debug, Clone, Copy)]
struct Unread;

impl Reader for Unread {
    fn read(
        &self,
        _: Vec<u8>,
        source: Source,
        _: &ReadOptions,
        _: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        Err(failed(
            &source,
            None,
            DocErrorKind::Unsupported { format: "a format that this build leaves out" },
        ))
    }
}

/// Reads a date in any form a record may give it, with the record's language: `None` when it cannot.
pub type ParseDate = fn(&str, Option<&Lang>) -> Option<String>;

/// What the user said about all records.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The language of every document, whatever the records say.
    pub lang: Option<Lang>,
    /// The address of the one document, whatever its record says.
    pub url: Option<String>,
    /// Where JSON lines keep the fields that we know.
    pub fields: Fields,
    /// The cap on a record, in bytes after unpacking.
    pub max_record_bytes: u64,
    /// How `published` is read; by default no date is known.
    pub parse_date: ParseDate,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            lang: None,
            url: None,
            fields: Fields::default(),
            max_record_bytes: MAX_RECORD_BYTES,
            parse_date: |_, _| None,
        }
    }
}

/// Appends the documents of `record` to `out`.
///
/// # Errors
/// Whatever loading, decoding or the format's reader finds; `out` is as it was then.
pub fn read(record: Record, options: &ReadOptions, out: &mut Vec<Document>) -> Result<(), DocError> {
    let Record { payload, format, source, given, .. } = record;
    let before = out.len();
    let bytes = load(payload, options.max_record_bytes).map_err(|kind| failed(&source, None, kind))?;
    reader(format).read(bytes, source, options, out).inspect_err(|_| out.truncate(before))?;
    for document in &mut out[before..] {
        if let Some(given) = &given {
            complete(document, given, options);
        }
        if let Some(lang) = &options.lang {
            document.lang = Some(lang.clone());
        }
        if let Some(url) = &options.url {
            document.meta.url = Some(url.clone());
        }
    }
    Ok(())
}

/// Adds what the container of a record says of it.
fn complete(document: &mut Document, given: &Given, options: &ReadOptions) {
    let Given { id, title, lang, meta } = given.clone();
    document.id = id.or(document.id.take());
    document.lang = lang.or(document.lang.take());
    let known = &mut document.meta;
    known.dek = meta.dek.or(known.dek.take());
    known.byline = meta.byline.or(known.byline.take());
    known.publisher = meta.publisher.or(known.publisher.take());
    known.url = meta.url.or(known.url.take());
    let date = meta.published.and_then(|date| (options.parse_date)(&date, document.lang.as_ref()));
    known.published = date.or(known.published.take());
    let has_heading = document.text.marks.iter().any(|mark| mark.kind == BlockKind::Heading);
    if title.is_none() && document.title.is_none() && !has_heading {
        known.title = known.title.take().or(meta.title);
    }
    document.title = title.map(Field::plain).or(document.title.take());
}

/// The failure of the record at `source`.
fn failed(source: &Source, id: Option<String>, kind: DocErrorKind) -> DocError {
    let Source { path, member, record, .. } = source.clone();
    DocError { path, member, record, id, stage: "read", kind }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Span;
    use crate::doc::record::Payload;

    fn record(format: Format, bytes: &[u8]) -> Record {
        let source = Source { path: "a".to_owned(), member: None, record: 0, encoding: "UTF-8" };
        Record::new(Payload::Bytes(bytes.to_vec()), format, source)
    }

    #[test]
    fn the_language_and_address_that_the_user_gives_win() {
        let options = ReadOptions {
            lang: Lang::parse("fr"),
            url: Some("http://given".to_owned()),
            ..ReadOptions::default()
        };
        let line = br#"{"text":"x","lang":"en","url":"http://record"}"#;
        let mut out = Vec::new();
        read(record(Format::Jsonl, line), &options, &mut out).unwrap();
        assert_eq!(out[0].lang, Lang::parse("fr"));
        assert_eq!(out[0].meta.url.as_deref(), Some("http://given"));
    }

    #[test]
    fn text_says_what_it_was_decoded_from() {
        let mut out = Vec::new();
        let bytes = b"It\x92s a caf\xe9, isn\x92t it?";
        read(record(Format::Text, bytes), &ReadOptions::default(), &mut out).unwrap();
        assert_eq!(out[0].source.encoding, "windows-1252");
        assert_eq!(out[0].text.text.as_str(), "It’s a café, isn’t it?");
        assert!(!out[0].lines);
        read(record(Format::Lines, b"one\ntwo"), &ReadOptions::default(), &mut out).unwrap();
        assert!(out[1].lines);
    }

    #[test]
    fn spans_of_markdown_lead_through_the_decoding_to_the_bytes() {
        let mut out = Vec::new();
        let bytes = b"caf\xc3\xa9 \xff *word*";
        read(record(Format::Markdown, bytes), &ReadOptions::default(), &mut out).unwrap();
        let text = &out[0].text.text;
        let at = text.as_str().find("word").unwrap();
        assert_eq!(&bytes[text.to_src(Span::at(at..at + 4)).range()], b"word");
    }

    #[test]
    fn a_failure_names_the_place() {
        let mut out = Vec::new();
        let mut bad = record(Format::Jsonl, b"{}");
        bad.source.record = 6;
        let e = read(bad, &ReadOptions::default(), &mut out).unwrap_err();
        assert_eq!(e.to_string(), "a:7: no text field");
    }
}
