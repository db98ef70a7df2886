//! From finished documents to bytes.
//!
//! To add a format: write `src/write/<name>.rs`, then its `mod` line and its row in [`SUMMARY_KINDS`],
//! [`SEGMENT_KINDS`], [`DOCUMENT_KINDS`] or [`GROUP_KINDS`].

pub mod about;
pub mod analysis;
pub mod bilingual;
mod bytes;
#[cfg(feature = "digest")]
pub mod digest;
pub mod documents;
pub mod explain;
pub mod groups;
pub mod jsonl;
pub mod markdown;
pub mod merged;
mod nested;
#[cfg(test)]
mod sample;
mod style;
pub mod terms;
pub mod text;
pub mod tsv;

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::base::stage::{Kind, find};
use crate::digest::view::Digest;
use crate::doc::done::Done;
use crate::group::Group;

/// What is known of a run when its last document is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents written, by language tag.
    pub languages: BTreeMap<Lang, u64>,
}

/// What is made of all documents together.
#[derive(Debug, Default)]
pub struct Assembled {
    /// The output; `None` where all of it stands in the files beside.
    pub file: Option<File>,
    /// Files that stand beside the output, each with its place.
    pub beside: Vec<(PathBuf, File)>,
    /// Things a person should know that failed nothing.
    pub warnings: Vec<String>,
}

impl Assembled {
    /// One file and nothing beside it.
    pub fn of(file: File) -> Self {
        Self { file: Some(file), ..Self::default() }
    }
}

/// A format. Documents are rendered in workers, in any order; the run joins them in input order:
/// head, documents, tail. Nothing is written before the head is known.
pub trait Writer: Debug + Send + Sync {
    /// Whether [`Writer::head`] needs the totals, so that documents are kept aside until all are done.
    fn head_needs_totals(&self) -> bool {
        false
    }

    /// What stands before the first document.
    ///
    /// # Errors
    /// When the totals cannot be written in this format; nothing is written then.
    fn head(&self, totals: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        let (_, _) = (totals, out);
        Ok(())
    }

    /// One document. Pure: the same document gives the same bytes wherever it stands.
    fn render(&self, done: &Done, out: &mut Vec<u8>);

    /// The summary of a group of documents, in formats of groups; these write it instead of documents.
    fn render_group(&self, group: &Group<'_>, out: &mut Vec<u8>) {
        let (_, _) = (group, out);
    }

    /// A digest, in formats of digests; these write it instead of documents.
    ///
    /// # Errors
    /// When a template fails, or a setting cannot be written in this format.
    fn render_digest(&self, digest: &Digest, out: &mut Vec<u8>) -> Result<(), Error> {
        let (_, _) = (digest, out);
        Ok(())
    }

    /// Whether the output is made of all documents together, once they are done: they are kept aside until then.
    fn is_assembled(&self) -> bool {
        false
    }

    /// Makes the output of the documents, as they were rendered one after the other; all files are read from their
    /// beginning. `place` is where the output will stand, `None` for standard output.
    ///
    /// # Errors
    /// When a file cannot be read or written, or the documents cannot be written in this format.
    fn assemble(&self, documents: File, totals: &Totals, place: Option<&Path>) -> Result<Assembled, Error> {
        let (_, _) = (totals, place);
        Ok(Assembled::of(documents))
    }

    /// Whether it tells what was decided about every place where a segment might begin.
    fn explains_boundaries(&self) -> bool {
        false
    }

    /// What stands after the last document.
    fn tail(&self, out: &mut Vec<u8>) {
        let _ = out;
    }
}

/// Formats of summaries: those of `nutgraf summarize`.
pub const SUMMARY_KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("text", "for reading in a terminal", |t| Ok(Box::new(t.try_into::<text::Text>()?))),
    Kind::new("md", "Markdown", |t| Ok(Box::new(t.try_into::<markdown::Markdown>()?))),
    Kind::new("jsonl", "one object a line, with everything that is known", |t| {
        Ok(Box::new(t.try_into::<jsonl::Jsonl>()?))
    }),
    Kind::new("tsv", "a table, one row a document", |t| Ok(Box::new(t.try_into::<tsv::Tsv>()?))),
];

/// The row of a bilingual format.
macro_rules! bilingual_kind {
    ($format:ident, $name:literal, $about:literal) => {
        Kind::new($name, $about, |t| {
            let settings = t.try_into::<bilingual::Settings>()?;
            Ok(Box::new(bilingual::Bilingual::new(bilingual::BilingualFormat::$format, settings)?))
        })
    };
}

/// Formats of segments, for translators: those of `nutgraf segment`.
pub const SEGMENT_KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("jsonl", "one object a document, with everything that is known", |t| {
        Ok(Box::new(t.try_into::<jsonl::Jsonl>()?))
    }),
    bilingual_kind!(Units, "units", "one object a unit, with room for its translation"),
    bilingual_kind!(Tsv, "tsv", "a table parted by tabs, one row a unit, with room for its translation"),
    bilingual_kind!(Csv, "csv", "a table parted by commas, one row a unit, with room for its translation"),
    bilingual_kind!(Xliff, "xliff", "XLIFF 2.0, 2.1 or 2.2, one unit a sentence"),
    bilingual_kind!(Xliff12, "xliff12", "XLIFF 1.2, one unit a sentence"),
    bilingual_kind!(Tmx, "tmx", "TMX 1.4b, a translation memory"),
    bilingual_kind!(Po, "po", "a catalogue of GNU gettext"),
    bilingual_kind!(Docx, "docx", "a table to fill in with a word processor"),
];

/// Formats of cleaned documents: those of `nutgraf extract`.
pub const DOCUMENT_KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("jsonl", "one object a document, with its text and what stood around it", |t| {
        Ok(Box::new(t.try_into::<documents::Jsonl>()?))
    }),
    Kind::new("text", "the text alone, under its title", |t| Ok(Box::new(t.try_into::<documents::Text>()?))),
    Kind::new("md", "Markdown, headings and lists kept", |t| {
        Ok(Box::new(t.try_into::<documents::Markdown>()?))
    }),
    #[cfg(feature = "parquet")]
    Kind::new("parquet", "one Parquet file, a column for each key", |t| {
        Ok(Box::new(t.try_into::<documents::Parquet>()?))
    }),
];

/// Formats of groups: those of `nutgraf digest --group-by`.
pub const GROUP_KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("md", "Markdown", |t| Ok(Box::new(t.try_into::<groups::Markdown>()?))),
    Kind::new("text", "for reading in a terminal", |t| Ok(Box::new(t.try_into::<groups::Text>()?))),
    Kind::new("jsonl", "one object a group, with its sentences and documents", |t| {
        Ok(Box::new(t.try_into::<groups::Jsonl>()?))
    }),
];

/// What an output holds: the `kind` of an output in a pipeline file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// A summary of each document.
    Summaries,
    /// The segments of each document.
    Segments,
    /// The cleaned text of each document.
    Documents,
    /// One summary of each group of documents.
    Groups,
    /// One digest of all documents.
    Digest,
    /// Why each sentence scored as it did.
    Explanations,
    /// Counts of all documents, for a quote.
    Analysis,
    /// Candidates for a glossary of all documents.
    Terms,
}

impl Content {
    /// What an output in `format` holds when its `kind` is not given: segments in the formats that only translators
    /// use, summaries in all others.
    pub fn of_format(format: &str) -> Self {
        let named = |table: &[Kind<dyn Writer>]| table.iter().any(|kind| kind.name == format);
        if named(SEGMENT_KINDS) && !named(SUMMARY_KINDS) { Self::Segments } else { Self::Summaries }
    }

    /// The formats it can be written in.
    pub fn kinds(self) -> &'static [Kind<dyn Writer>] {
        match self {
            Self::Summaries => SUMMARY_KINDS,
            Self::Segments => SEGMENT_KINDS,
            Self::Documents => DOCUMENT_KINDS,
            Self::Groups => GROUP_KINDS,
            #[cfg(feature = "digest")]
            Self::Digest => digest::KINDS,
            #[cfg(not(feature = "digest"))]
            Self::Digest => &[],
            Self::Explanations => explain::KINDS,
            Self::Analysis => analysis::KINDS,
            Self::Terms => terms::KINDS,
        }
    }

    /// The format called `name`.
    ///
    /// # Errors
    /// Names the unknown format and the known ones.
    pub fn format(self, name: &str) -> Result<&'static Kind<dyn Writer>, Error> {
        let what = match self {
            Self::Summaries => "formats of summaries",
            Self::Segments => "formats of segments",
            Self::Documents => "formats of documents",
            Self::Groups => "formats of groups",
            Self::Digest => "formats of digests",
            Self::Explanations => "formats of explanations",
            Self::Analysis => "formats of analyses",
            Self::Terms => "formats of terms",
        };
        find(self.kinds(), what, name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTENTS: [Content; 8] = [
        Content::Summaries,
        Content::Segments,
        Content::Documents,
        Content::Groups,
        Content::Digest,
        Content::Explanations,
        Content::Analysis,
        Content::Terms,
    ];

    #[test]
    fn formats_that_only_translators_use_hold_segments() {
        assert_eq!(Content::of_format("xliff"), Content::Segments);
        assert_eq!(Content::of_format("units"), Content::Segments);
        assert_eq!(Content::of_format("tsv"), Content::Summaries);
        assert_eq!(Content::of_format("jsonl"), Content::Summaries);
    }

    #[test]
    fn an_unknown_format_is_refused_with_the_choices() {
        let refusal = |content: Content, name| content.format(name).expect_err("not a format").to_string();
        insta::assert_snapshot!(refusal(Content::Summaries, "xliff"), @"unknown kind `xliff`; known formats of summaries: text, md, jsonl, tsv");
        insta::assert_snapshot!(refusal(Content::Segments, "xlif"), @"unknown kind `xlif`; known formats of segments: jsonl, units, tsv, csv, xliff, xliff12, tmx, po, docx");
        insta::assert_snapshot!(refusal(Content::Explanations, "md"), @"unknown kind `md`; known formats of explanations: text, json, html");
    }

    #[test]
    fn an_unknown_setting_is_refused_by_every_format() {
        let settings: toml::Table = "colour = true".parse().expect("TOML");
        for content in CONTENTS {
            for kind in content.kinds() {
                let refusal = kind.make(settings.clone()).expect_err(kind.name).to_string();
                assert!(refusal.contains("unknown field `colour`"), "{refusal}");
                kind.make(toml::Table::new()).expect("defaults are enough");
            }
        }
    }
}
