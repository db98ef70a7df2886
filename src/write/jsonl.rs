//! One object a line and document, holding everything that is known: summary, segments, boilerplate.
//!
//! Keys stand in a fixed order and are always there, `null` where unknown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::base::math::rounded;
use crate::doc::block::Block;
use crate::doc::done::{Done, Placed};
use crate::doc::inline::Markup;
use crate::doc::record::Source;
use crate::doc::segment::Segment;
use crate::write::Writer;
use crate::write::about::lang;
use crate::write::bytes::{pair, push_json};

/// JSON lines as the documentation's "JSONL out" describes them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Jsonl {}

impl Writer for Jsonl {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        push_json(out, &Line::of(done, None));
        out.push(b'\n');
    }
}

/// The same line with what only skeletons tell: emphasis and links of segments under `inline`, white space that is not one
/// space under `gap`.
pub(super) fn render_skeleton(done: &Done, out: &mut Vec<u8>) {
    push_json(out, &Line::of(done, Some(&done.inline())));
    out.push(b'\n');
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    id: &'d str,
    source: &'d Source,
    lang: &'d str,
    title: Option<&'d str>,
    byline: Option<&'d str>,
    publisher: Option<&'d str>,
    published: Option<&'d str>,
    dek: Option<&'d str>,
    dek_segment: Option<&'d str>,
    url: Option<&'d str>,
    summary: SummaryPart<'d>,
    segments: Segments<'d>,
    boilerplate: Boilerplate<'d>,
    extra: &'d BTreeMap<String, Box<RawValue>>,
}

impl<'d> Line<'d> {
    fn of(done: &'d Done, inline: Option<&'d [Placed]>) -> Self {
        let meta = &done.document.meta;
        let dek_segment = done.dek_segment.and_then(|at| done.segments.get(at));
        Self {
            id: &done.id,
            source: &done.document.source,
            lang: lang(done),
            title: meta.title.as_deref(),
            byline: meta.byline.as_deref(),
            publisher: meta.publisher.as_deref(),
            published: meta.published.as_deref(),
            dek: meta.dek.as_deref(),
            dek_segment: dek_segment.map(|segment| &*segment.id),
            url: meta.url.as_deref(),
            summary: SummaryPart {
                text: done.summary_text(),
                segments: SummaryIds(done),
                words: done.summary.words,
            },
            segments: Segments { done, inline },
            boilerplate: Boilerplate(done),
            extra: &done.document.extra,
        }
    }
}

#[derive(Serialize)]
struct SummaryPart<'d> {
    text: String,
    segments: SummaryIds<'d>,
    words: usize,
}

struct SummaryIds<'d>(&'d Done);

impl Serialize for SummaryIds<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(done) = self;
        serializer.collect_seq(done.summary.segments.iter().map(|&at| &*done.segments[at].id))
    }
}

struct Segments<'d> {
    done: &'d Done,
    /// Stretches with the numbers of their segments, which rise; none outside skeletons.
    inline: Option<&'d [Placed]>,
}

impl Serialize for Segments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rest = self.inline.unwrap_or_default();
        let parts = self.done.segments.iter().enumerate().map(|(number, segment)| {
            let own = rest.iter().take_while(|placed| placed.segment == number).count();
            let (inline, others) = rest.split_at(own);
            rest = others;
            let before = number.checked_sub(1).filter(|_| self.inline.is_some());
            let gap = before.and_then(|at| gap(self.done, &self.done.segments[at], segment));
            SegmentPart { gap, ..SegmentPart::of(self.done, segment, inline) }
        });
        serializer.collect_seq(parts)
    }
}

/// The white space between two segments of a block, where it is neither one space nor nothing.
fn gap<'d>(done: &'d Done, one: &Segment, other: &Segment) -> Option<&'d str> {
    if one.block != other.block || one.field != other.field {
        return None;
    }
    let text = done.document.field(one.field)?.text.as_str();
    text.get(one.span.end as usize..other.span.start as usize).filter(|gap| !matches!(*gap, "" | " "))
}

#[derive(Serialize)]
struct SegmentPart<'d> {
    id: &'d str,
    text: &'d str,
    block: u32,
    role: &'static str,
    field: &'static str,
    span: [u32; 2],
    source_span: Option<[u32; 2]>,
    score: Option<f64>,
    rank: Option<u32>,
    in_summary: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inline: Vec<InlinePart<'d>>,
}

#[derive(Serialize)]
struct InlinePart<'d> {
    span: [u32; 2],
    #[serde(flatten)]
    markup: &'d Markup,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    goes_on: bool,
}

impl<'d> SegmentPart<'d> {
    fn of(done: &'d Done, segment: &'d Segment, inline: &'d [Placed]) -> Self {
        Self {
            id: &segment.id,
            text: done.text(segment),
            block: segment.block,
            role: segment.role.name(),
            field: segment.field.name(),
            span: pair(segment.span),
            source_span: segment.source_span.map(pair),
            score: segment.score.map(rounded),
            rank: segment.rank,
            in_summary: segment.in_summary,
            gap: None,
            inline: inline
                .iter()
                .map(|Placed { inline, goes_on, .. }| InlinePart {
                    span: pair(inline.span),
                    markup: &inline.markup,
                    goes_on: *goes_on,
                })
                .collect(),
        }
    }
}

pub(super) struct Boilerplate<'d>(pub(super) &'d Done);

impl Serialize for Boilerplate<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(done) = self;
        let left_out = done.blocks.iter().filter(|block| !block.role.is_segment());
        serializer.collect_seq(left_out.filter_map(|block| BoilerplatePart::of(done, block)))
    }
}

#[derive(Serialize)]
struct BoilerplatePart {
    source_span: Option<[u32; 2]>,
    role: &'static str,
    score: f64,
}

impl BoilerplatePart {
    fn of(done: &Done, block: &Block) -> Option<Self> {
        let field = done.document.field(block.field)?;
        Some(Self {
            source_span: field.text.source(block.span).map(pair),
            role: block.role.name(),
            score: (block.score * 100.0).round() / 100.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn a_document_is_one_line_with_everything_known() {
        insta::assert_snapshot!(rendered(&Jsonl {}, &[sample::council()]));
    }

    #[test]
    fn a_document_without_segments_has_every_key_too() {
        insta::assert_snapshot!(rendered(&Jsonl {}, &[sample::empty()]));
    }

    #[test]
    fn hostile_text_comes_back_as_it_was() {
        let done = sample::hostile();
        let line = rendered(&Jsonl {}, std::slice::from_ref(&done));
        assert_eq!(line.lines().count(), 1, "{line}");
        let value: Value = serde_json::from_str(&line).expect("valid JSON");
        for (read, segment) in value["segments"].as_array().expect("a list").iter().zip(&done.segments) {
            assert_eq!(read["text"], done.text(segment));
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_the_documentation() {
        let line = rendered(&Jsonl {}, &[sample::council()]);
        let order = [
            "{\"id\":",
            "\"source\":{\"path\":",
            "\"member\":",
            "\"record\":",
            "\"encoding\":",
            "\"lang\":",
            "\"title\":",
            "\"byline\":",
            "\"publisher\":",
            "\"published\":",
            "\"dek\":",
            "\"dek_segment\":",
            "\"url\":",
            "\"summary\":{\"text\":",
            "\"segments\":[",
            "\"words\":",
            "\"segments\":[{\"id\":",
            "\"text\":",
            "\"block\":",
            "\"role\":",
            "\"field\":",
            "\"span\":[",
            "\"source_span\":[",
            "\"score\":",
            "\"rank\":",
            "\"in_summary\":",
            "\"boilerplate\":[{\"source_span\":[",
            "\"role\":",
            "\"score\":",
            "\"extra\":{",
        ];
        let mut at = 0;
        for key in order {
            let found = line[at..].find(key).unwrap_or_else(|| panic!("{key} is missing after byte {at}"));
            at += found + key.len();
        }
        let value: Value = serde_json::from_str(&line).expect("valid JSON");
        assert_eq!(value.as_object().map(serde_json::Map::len), Some(14));
        for segment in value["segments"].as_array().expect("a list") {
            assert_eq!(segment.as_object().map(serde_json::Map::len), Some(10));
            assert_eq!(segment["score"].is_null(), segment["role"] != "body", "{segment}");
        }
    }

    #[test]
    fn every_sentence_of_a_summary_is_a_segment() {
        let value: Value =
            serde_json::from_str(&rendered(&Jsonl {}, &[sample::council()])).expect("valid JSON");
        let segments = value["segments"].as_array().expect("a list");
        let chosen: Vec<_> = segments.iter().filter(|s| s["in_summary"] == true).collect();
        let ids: Vec<_> = chosen.iter().map(|s| s["id"].clone()).collect();
        assert_eq!(value["summary"]["segments"], Value::Array(ids));
        let texts: Vec<_> = chosen.iter().filter_map(|s| s["text"].as_str()).collect();
        assert_eq!(value["summary"]["text"], texts.join(" "));
    }
}
