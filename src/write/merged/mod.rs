//! Translated documents and summaries, as they come home.
//!
//! To add a format: write `src/write/merged/<name>.rs`, then its `mod` line and its row in [`MERGED`].

mod jsonl;
mod markdown;
mod text;
mod tmx;
mod tsv;

use std::fmt::Debug;

use serde::Deserialize;

use crate::bilingual::skeleton::{Head, Scope};
use crate::translate::merge::{Merged, MergedSegment};

/// What stands where nothing was translated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fallback {
    /// The source.
    #[default]
    Source,
    /// The source between `[[` and `]]`.
    Mark,
    /// Nothing is written at all.
    Fail,
}

/// What a file of translations is made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedHead {
    /// The language of the sources.
    pub source_lang: String,
    /// The language of the targets, where it is known.
    pub target_lang: Option<String>,
    /// Which segments went out.
    pub scope: Scope,
    /// What stands where nothing was translated.
    pub fallback: Fallback,
}

impl MergedHead {
    /// That of the skeleton, with the language that the files say.
    pub fn of(head: &Head, target_lang: Option<String>, fallback: Fallback) -> Self {
        let target_lang = target_lang.or_else(|| match head.target_langs.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        Self { source_lang: head.source_lang.clone(), target_lang, scope: head.scope, fallback }
    }

    /// The text of a segment: its translation, or what stands for it.
    fn shown(&self, segment: &MergedSegment<'_>) -> String {
        match (segment.target, self.fallback) {
            (Some(target), _) => target.to_owned(),
            (None, Fallback::Mark) => format!("[[{}]]", segment.text),
            (None, Fallback::Source | Fallback::Fail) => segment.text.to_owned(),
        }
    }

    /// The segments of the summary as one paragraph; empty without a summary.
    fn summary(&self, doc: &Merged<'_>) -> String {
        self.paragraph(doc.segments.iter().filter(|segment| segment.in_summary))
    }

    /// Segments as one paragraph.
    fn paragraph<'s>(&self, segments: impl Iterator<Item = &'s MergedSegment<'s>>) -> String {
        let shown: Vec<String> =
            segments.map(|segment| self.shown(segment)).filter(|text| !text.is_empty()).collect();
        crate::doc::done::joined(shown.iter().map(String::as_str))
    }

    /// The translated title, where it went out as a segment; else the title as it was.
    fn title(&self, doc: &Merged<'_>) -> Option<String> {
        match doc.segments.iter().find(|segment| segment.role == "title") {
            Some(segment) => Some(self.shown(segment)),
            None => doc.title.map(str::to_owned),
        }
    }

    /// Blocks of the document without its title, each with its role and its paragraph.
    fn blocks(&self, doc: &Merged<'_>) -> Vec<(String, String)> {
        let rest: Vec<_> = doc.segments.iter().filter(|segment| segment.role != "title").collect();
        let same = |one: &&MergedSegment<'_>, other: &&MergedSegment<'_>| {
            one.block == other.block && one.field == other.field
        };
        let blocks = rest.chunk_by(same);
        blocks.map(|block| (block[0].role.to_owned(), self.paragraph(block.iter().copied()))).collect()
    }
}

/// One format of translated documents.
pub trait MergedForm: Debug {
    /// What stands before the first document.
    fn head(&self, _: &MergedHead, _: &mut Vec<u8>) {}

    /// A document.
    fn document(&self, head: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>);

    /// What stands after the last.
    fn tail(&self, _: &mut Vec<u8>) {}
}

/// Formats of translated documents: those of `nutgraf merge`.
pub const MERGED: &[(&str, &dyn MergedForm)] = &[
    ("jsonl", &jsonl::Jsonl),
    ("text", &text::Text),
    ("md", &markdown::Markdown),
    ("tsv", &tsv::Tsv),
    ("tmx", &tmx::Tmx),
];

/// Publisher, author and date in one line; empty when nothing is known.
fn about(doc: &Merged<'_>) -> String {
    [doc.publisher, doc.byline, doc.published].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
