//! Documents as they were, with their translations.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::span::position;
use crate::bilingual::row::Marked;
use crate::bilingual::skeleton::{Doc, Head, Inline, Segment, Summary};
use crate::bilingual::state::State;
use crate::doc::done::joined;
use crate::translate::merge::expected::goes_out;
use crate::translate::merge::gather::Gathered;
use crate::translate::unit::units;

/// A document with its translation; its fields are the keys in JSON lines, in order.
#[derive(Debug, Serialize)]
pub struct Merged<'d> {
    /// Its id.
    pub id: &'d str,
    /// Where it was found.
    pub source: &'d RawValue,
    /// Its language.
    pub lang: &'d str,
    /// Headline.
    pub title: Option<&'d str>,
    /// Author or authors.
    pub byline: Option<&'d str>,
    /// Publisher.
    pub publisher: Option<&'d str>,
    /// Date.
    pub published: Option<&'d str>,
    /// Standfirst.
    pub dek: Option<&'d str>,
    /// The body segment that repeats the dek.
    pub dek_segment: Option<&'d str>,
    /// Address.
    pub url: Option<&'d str>,
    /// The summary with its translation.
    pub summary: MergedSummary<'d>,
    /// The segments with theirs.
    pub segments: Vec<MergedSegment<'d>>,
    /// The rest, by place.
    pub boilerplate: &'d RawValue,
    /// Fields without a meaning here.
    pub extra: &'d RawValue,
}

/// A summary with its translation.
#[derive(Debug, Serialize)]
pub struct MergedSummary<'d> {
    /// Its sentences as one paragraph.
    pub text: &'d str,
    /// Their ids.
    pub segments: &'d [String],
    /// Words in them.
    pub words: usize,
    /// Their translations as one paragraph; null unless all are translated.
    pub target: Option<String>,
}

/// A segment with its translation.
#[derive(Debug, Serialize)]
pub struct MergedSegment<'d> {
    /// Its id.
    pub id: &'d str,
    /// Its text.
    pub text: &'d str,
    /// Number of its block.
    pub block: u32,
    /// Its role.
    pub role: &'d str,
    /// The field it stands in.
    pub field: &'d str,
    /// Its bytes in the field's text.
    pub span: [u32; 2],
    /// The record's bytes that made it.
    pub source_span: Option<[u32; 2]>,
    /// Its salience.
    pub score: Option<&'d RawValue>,
    /// Its rank.
    pub rank: Option<u32>,
    /// Whether the summary holds it.
    pub in_summary: bool,
    /// Emphasis and links in its text, where they went out.
    #[serde(skip_serializing_if = "<[Inline]>::is_empty")]
    pub inline: &'d [Inline],
    /// What the translator wrote; null where untranslated, empty where the segment before holds its translation, too.
    pub target: Option<&'d str>,
    /// Emphasis and links in that.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub target_inline: Vec<Inline>,
    /// How far that is.
    pub state: State,
}

/// `doc` with the targets that were gathered, and with those that its skeleton, which says `head`, had already.
pub fn put<'d>(doc: &'d Doc, head: &Head, gathered: &'d Gathered) -> Merged<'d> {
    let codes = codes(doc, head);
    let segments: Vec<_> =
        doc.segments.iter().map(|segment| merged(segment, head, &codes, gathered)).collect();
    let target = summary_target(&doc.summary, &segments);
    Merged {
        id: &doc.id,
        source: &doc.source,
        lang: &doc.lang,
        title: doc.title.as_deref(),
        byline: doc.byline.as_deref(),
        publisher: doc.publisher.as_deref(),
        published: doc.published.as_deref(),
        dek: doc.dek.as_deref(),
        dek_segment: doc.dek_segment.as_deref(),
        url: doc.url.as_deref(),
        summary: MergedSummary {
            text: &doc.summary.text,
            segments: &doc.summary.segments,
            words: doc.summary.words,
            target,
        },
        segments,
        boilerplate: &doc.boilerplate,
        extra: &doc.extra,
    }
}

/// What codes of a unit stand for, in order, by the id of each of its segments; those of units without any are
/// not there.
type Codes<'d> = HashMap<&'d str, Vec<&'d Inline>, FxBuildHasher>;

fn codes<'d>(doc: &'d Doc, head: &Head) -> Codes<'d> {
    let mut codes = Codes::default();
    if !head.inline_marks || doc.segments.iter().all(|segment| segment.inline.is_empty()) {
        return codes;
    }
    for unit in units(doc, head.unit, |segment| goes_out(head, segment)) {
        let inline: Vec<&Inline> = unit.parts.iter().flat_map(|part| &part.segment.inline).collect();
        for part in unit.parts.iter().filter(|_| !inline.is_empty()) {
            codes.insert(&part.segment.id, inline.clone());
        }
    }
    codes
}

/// The markup of a target: what its codes stand for.
fn marked(marked: &[Marked], codes: &[&Inline]) -> Vec<Inline> {
    let said = |one: &Marked| {
        let number = one.id.parse::<usize>().ok()?.checked_sub(1)?;
        let span = [position(one.range.start), position(one.range.end)];
        Some(Inline { span, ..(*codes.get(number)?).clone() })
    };
    marked.iter().filter_map(said).collect()
}

fn merged<'d>(
    segment: &'d Segment,
    head: &Head,
    codes: &Codes<'d>,
    gathered: &'d Gathered,
) -> MergedSegment<'d> {
    let unit = segment.unit.as_deref().filter(|unit| !unit.is_empty()).unwrap_or(&segment.id);
    let (target, target_inline, state) = match gathered.targets.get(unit) {
        Some(target) => {
            // A segment that went out under the id of another may have markup of its own.
            let own: Vec<&Inline> = segment.inline.iter().collect();
            let codes = if unit == segment.id { codes.get(unit).unwrap_or(&own) } else { &own };
            let inline = if head.inline_marks { marked(&target.marked, codes) } else { Vec::new() };
            (Some(target.text.as_str()), inline, target.state)
        }
        // What went out with a target that nobody touched has it still.
        None => (segment.target.as_deref(), segment.target_inline.clone(), segment.state.unwrap_or_default()),
    };
    MergedSegment {
        id: &segment.id,
        text: &segment.text,
        block: segment.block,
        role: &segment.role,
        field: &segment.field,
        span: segment.span,
        source_span: segment.source_span,
        score: segment.score.as_deref(),
        rank: segment.rank,
        in_summary: segment.in_summary,
        inline: if head.inline_marks { &segment.inline } else { &[] },
        target,
        target_inline,
        state,
    }
}

/// The translated summary; `None` unless every sentence of it is translated.
fn summary_target(summary: &Summary, segments: &[MergedSegment<'_>]) -> Option<String> {
    let chosen = segments.iter().filter(|segment| segment.in_summary);
    let targets: Vec<&str> = chosen.map(|segment| segment.target).collect::<Option<_>>()?;
    let text = joined(targets.into_iter().filter(|text| !text.is_empty()));
    (!summary.segments.is_empty()).then_some(text)
}
