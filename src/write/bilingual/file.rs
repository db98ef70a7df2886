//! The forms of bilingual files: head, documents, tail.

use std::borrow::Cow;
use std::fmt::Debug;
use std::fs::File;

use crate::base::error::{Error, place};
use crate::base::escape::{xml, xml_attribute};
use crate::bilingual::skeleton::Doc;
use crate::doc::id::segment_id;
use crate::translate::unit::Unit;
use crate::write::bilingual::settings::{BilingualFormat, Version};
use crate::write::bilingual::{docx, po, table, tmx, units, xliff, xliff12};
use crate::write::bytes::push;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    /// The language of the sources.
    pub source_lang: String,
    /// The language of the targets, where it is settled.
    pub target_lang: Option<String>,
    /// Whether targets are prefilled with the sources.
    pub copies_sources: bool,
    /// Whether targets are limited in length.
    pub limits: bool,
    /// Whether emphasis, links and protected items are marked inside the text.
    pub inline_marks: bool,
}

/// One bilingual file in its format. Pure: what was written before changes nothing of what comes.
pub trait Form: Debug {
    /// What stands before the first document.
    fn head(&self, out: &mut Vec<u8>);

    /// A document with at least one unit.
    fn document(&self, doc: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>);

    /// What stands after the last document.
    fn tail(&self, out: &mut Vec<u8>) {
        let _ = out;
    }

    /// Puts what was written into its container, where the format has one.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    fn pack(&self, file: File) -> Result<File, Error> {
        Ok(file)
    }
}

/// The form of `format`; `version` is heeded by XLIFF 2.
pub fn form(format: BilingualFormat, version: Version, head: FileHead) -> Box<dyn Form> {
    match format {
        BilingualFormat::Xliff => Box::new(xliff::Xliff { head, version }),
        BilingualFormat::Xliff12 => Box::new(xliff12::Xliff12 { head }),
        BilingualFormat::Tmx => Box::new(tmx::Tmx { head }),
        BilingualFormat::Po => Box::new(po::Po { head }),
        BilingualFormat::Tsv => Box::new(table::Tsv),
        BilingualFormat::Csv => Box::new(table::Csv),
        BilingualFormat::Units => Box::new(units::Units),
        BilingualFormat::Docx => Box::new(docx::Docx { head }),
    }
}

/// Appends an attribute.
pub(super) fn attribute(out: &mut Vec<u8>, name: &str, value: &str) {
    push(out, " ");
    push(out, name);
    push(out, "=\"");
    push(out, &xml_attribute(value));
    push(out, "\"");
}

/// Appends an element that holds text alone.
pub(super) fn element(out: &mut Vec<u8>, name: &str, text: &str) {
    push(out, "<");
    push(out, name);
    push(out, ">");
    push(out, &xml(text));
    push(out, "</");
    push(out, name);
    push(out, ">");
}

/// The document's id where it is an XML `NMTOKEN` of ASCII characters, else a hash of it.
pub(super) fn name_part(id: &str) -> Cow<'_, str> {
    let valid = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if !id.is_empty() && id.len() <= 100 && id.bytes().all(valid) {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(segment_id("file", id, 0).to_string())
    }
}

/// Where a document was found, member and line too: some tools take files with one `original` for one file.
pub(super) fn original(doc: &Doc) -> String {
    doc.found()
        .map_or_else(|_| doc.id.clone(), |found| place(&found.path, found.member.as_deref(), found.record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_xml_does_not_take_is_hashed() {
        assert_eq!(name_part("news-1.a_b"), "news-1.a_b");
        insta::assert_snapshot!(name_part("a/b c"), @"xrfyr2vjp67b8vy6");
        assert_ne!(name_part("a b"), name_part("a/b"));
    }
}
