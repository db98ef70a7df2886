//! Translated documents and summaries, as they come home.
//!
//! To add a format: write `src/write/merged/<name>.rs`, then its `mod` line and its row in [`MERGED`].

mod jsonl;
mod markdown;
mod marked;
mod text;
mod tmx;
mod tsv;

use std::fmt::Debug;
use std::ops::Range;

use serde::Deserialize;

use crate::bilingual::skeleton::{Head, Inline, Scope};
use crate::doc::done::between;
use crate::doc::inline::Markup;
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

    /// What is shown of a segment: its translation, or what stands for it.
    fn shown<'m>(&self, segment: &'m MergedSegment<'_>) -> Shown<'m> {
        match (segment.target, self.fallback) {
            (Some(target), _) => Shown::new("", target, "", &segment.target_inline),
            (None, Fallback::Mark) => Shown::new("[[", segment.text, "]]", segment.inline),
            (None, Fallback::Source | Fallback::Fail) => Shown::new("", segment.text, "", segment.inline),
        }
    }

    /// The segments of the summary as one paragraph; empty without a summary.
    fn summary<'m>(&self, doc: &'m Merged<'_>) -> Shown<'m> {
        self.paragraph(doc.segments.iter().filter(|segment| segment.in_summary))
    }

    /// Segments as one paragraph.
    fn paragraph<'m, 's: 'm>(&self, segments: impl Iterator<Item = &'m MergedSegment<'s>>) -> Shown<'m> {
        let mut paragraph = Shown::default();
        for segment in segments {
            paragraph.join(self.shown(segment));
        }
        paragraph
    }

    /// The translated title, where it went out as a segment; else the title as it was.
    fn title<'m>(&self, doc: &'m Merged<'_>) -> Option<Shown<'m>> {
        match doc.segments.iter().find(|segment| segment.role == "title") {
            Some(segment) => Some(self.shown(segment)),
            None => doc.title.map(|title| Shown::new("", title, "", &[])),
        }
    }

    /// Blocks of the document without its title, each with its role and its paragraph.
    fn blocks<'m>(&self, doc: &'m Merged<'_>) -> Vec<(&'m str, Shown<'m>)> {
        let rest: Vec<_> = doc.segments.iter().filter(|segment| segment.role != "title").collect();
        let same = |one: &&MergedSegment<'_>, other: &&MergedSegment<'_>| {
            one.block == other.block && one.field == other.field
        };
        let blocks = rest.chunk_by(same);
        blocks.map(|block| (block[0].role, self.paragraph(block.iter().copied()))).collect()
    }
}

/// Text with its emphasis and links.
#[derive(Debug, Default)]
struct Shown<'m> {
    text: String,
    inline: Vec<(Range<usize>, &'m Markup)>,
    /// What goes on in the next sentence, as positions in `inline`.
    open: Vec<usize>,
}

impl<'m> Shown<'m> {
    fn new(before: &str, text: &str, after: &str, inline: &'m [Inline]) -> Self {
        let shift = before.len();
        let place = |inline: &'m Inline| {
            let range = inline.range();
            (range.start + shift..range.end + shift, &inline.markup)
        };
        let open = inline.iter().enumerate().filter(|(_, inline)| inline.goes_on).map(|(at, _)| at);
        Self {
            text: [before, text, after].concat(),
            inline: inline.iter().map(place).collect(),
            open: open.collect(),
        }
    }

    /// Adds the next sentence of a paragraph. Markup that goes on from the last one to this is one again.
    fn join(&mut self, next: Self) {
        if next.text.is_empty() {
            return;
        }
        let end = self.text.len();
        self.text.push_str(between(&self.text, &next.text));
        let shift = self.text.len();
        self.text.push_str(&next.text);
        let before = std::mem::take(&mut self.open);
        for (number, (range, markup)) in next.inline.into_iter().enumerate() {
            let range = range.start + shift..range.end + shift;
            let goes_on = |&&at: &&usize| self.inline[at].0.end == end && self.inline[at].1 == markup;
            let one = before.iter().find(goes_on).filter(|_| range.start == shift);
            let at = if let Some(&at) = one {
                self.inline[at].0.end = range.end;
                at
            } else {
                self.inline.push((range, markup));
                self.inline.len() - 1
            };
            if next.open.contains(&number) {
                self.open.push(at);
            }
        }
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
