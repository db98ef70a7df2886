//! A document that went through the whole pipeline, ready to be written.

use std::borrow::Cow;

use crate::base::span::{Span, Txt};
use crate::doc::block::Block;
use crate::doc::document::Document;
use crate::doc::inline::Inline;
use crate::doc::script::is_cjk;
use crate::doc::segment::{Segment, Summary};

/// A finished document.
#[derive(Debug, Clone)]
pub struct Done {
    /// The document, normalized.
    pub document: Document,
    /// Its id: as given, or made from its content.
    pub id: String,
    /// Its blocks: those of the title field, of the dek field, then of the text.
    pub blocks: Vec<Block>,
    /// Its segments in the same order.
    pub segments: Vec<Segment>,
    /// What was chosen.
    pub summary: Summary,
    /// The body segment that repeats the dek, as a position in `segments`.
    pub dek_segment: Option<usize>,
    /// Why each body segment scored as it did; only when asked for.
    pub parts: Option<Parts>,
    /// What was decided about every place where a segment might begin, in order; only when asked for.
    pub boundaries: Option<Vec<Boundary>>,
    /// Whether a segment of the body holds a word of the query; `None` without a query.
    pub focused: Option<bool>,
    /// Places where a segment was cut for its length alone.
    pub cuts_for_length: u64,
    /// Edits that each step of normalization made, in the order of the steps.
    pub edits: Vec<u64>,
}

impl Done {
    /// The text of a segment.
    pub fn text(&self, segment: &Segment) -> &str {
        self.document.field(segment.field).map_or("", |field| segment.span.of(field.text.as_str()))
    }

    /// The text of a block of the document.
    pub fn block_text(&self, block: &Block) -> &str {
        self.document.field(block.field).map_or("", |field| block.span.of(field.text.as_str()))
    }

    /// Emphasis and links in segments, in order. What reaches beyond a segment is cut there, and white space at its ends left
    /// out.
    pub fn inline(&self) -> Vec<Placed> {
        let mut found = Vec::new();
        let (mut field, mut low) = (None, 0);
        for (number, segment) in self.segments.iter().enumerate() {
            let all = self.document.field(segment.field).map_or(&[][..], |field| field.inline.as_slice());
            if field != Some(segment.field) {
                (field, low) = (Some(segment.field), 0);
            }
            let own = segment.span;
            while all.get(low).is_some_and(|inline| inline.span.end <= own.start) {
                low += 1;
            }
            let text = self.text(segment);
            let begins_in = |inline: &&Inline| inline.span.start < own.end;
            for inline in all[low..].iter().take_while(begins_in) {
                let start = inline.span.start.max(own.start) - own.start;
                let end = inline.span.end.min(own.end).saturating_sub(own.start);
                let shown = Span::<Txt>::new(start, end).of(text);
                let start = start as usize + (shown.len() - shown.trim_start().len());
                let span = Span::at(start..start + shown.trim().len());
                if !span.is_empty() {
                    let goes_on = inline.span.end > own.end;
                    let inline = Inline { span, markup: inline.markup.clone() };
                    found.push(Placed { segment: number, inline, goes_on });
                }
            }
        }
        found
    }

    /// The chosen sentences joined by a space, or by nothing where the script writes none.
    pub fn summary_text(&self) -> String {
        joined(self.summary.segments.iter().map(|&at| self.text(&self.segments[at])))
    }
}

/// A stretch of emphasis or a link in a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The number of the segment.
    pub segment: usize,
    /// The stretch of its text.
    pub inline: Inline,
    /// Whether it goes on in the next segment.
    pub goes_on: bool,
}

/// Sentences as one paragraph: joined by a space, or by nothing where the script writes none.
pub fn joined<'t>(sentences: impl Iterator<Item = &'t str>) -> String {
    let mut text = String::new();
    for next in sentences {
        text.push_str(between(&text, next));
        text.push_str(next);
    }
    text
}

/// What stands between `text` and the sentence after it: a space, or nothing where the script writes none or nothing is there.
pub fn between(text: &str, next: &str) -> &'static str {
    let glued = text.ends_with(is_cjk) && next.starts_with(is_cjk);
    if text.is_empty() || glued { "" } else { " " }
}

/// What was decided about a place where a segment might begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// Number of its block in the document, from 0.
    pub block: u32,
    /// Bytes of its field's text before it.
    pub at: u32,
    /// Whether a segment begins there.
    pub breaks: bool,
    /// The rule that decided, by a name that stays the same between releases.
    pub reason: Cow<'static, str>,
    /// How far the decision was from the other, in nats; `None` where a rule decided alone.
    pub margin: Option<f64>,
}

/// The part that each feature has in each score: the parts of a segment add up to its score.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// Names of the features.
    pub features: Vec<&'static str>,
    /// Row by row for each body segment in order: as many values as there are features.
    pub values: Vec<f64>,
}

impl Parts {
    /// Adds a feature with its part in each score.
    pub fn add_feature(&mut self, name: &'static str, values: &[f64]) {
        let width = self.features.len();
        self.features.push(name);
        let rows = self.values.chunks(width.max(1)).zip(values);
        self.values = rows.flat_map(|(row, &value)| row.iter().copied().chain([value])).collect();
    }

    /// The values of the body segment number `row`, in the order of `features`.
    pub fn row(&self, row: usize) -> &[f64] {
        let width = self.features.len();
        self.values.get(row * width..(row + 1) * width).unwrap_or_default()
    }
}
