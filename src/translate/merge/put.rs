//! Documents as they were, with their translations.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::bilingual::skeleton::{Doc, Segment, Summary};
use crate::bilingual::state::State;
use crate::doc::done::joined;
use crate::translate::merge::gather::{Gathered, Target};

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
    /// What the translator wrote; null where untranslated, empty where the segment before holds its translation, too.
    pub target: Option<&'d str>,
    /// How far that is.
    pub state: State,
}

/// `doc` with the targets that were gathered, and with those that its skeleton had already.
pub fn put<'d>(doc: &'d Doc, gathered: &'d Gathered) -> Merged<'d> {
    let segments: Vec<_> = doc.segments.iter().map(|segment| merged(segment, gathered)).collect();
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

fn merged<'d>(segment: &'d Segment, gathered: &'d Gathered) -> MergedSegment<'d> {
    let unit = segment.unit.as_deref().filter(|unit| !unit.is_empty()).unwrap_or(&segment.id);
    let (target, state) = match gathered.targets.get(unit) {
        Some(Target { text, state, .. }) => (Some(text.as_str()), *state),
        // What went out with a target that nobody touched has it still.
        None => (segment.target.as_deref(), segment.state.unwrap_or_default()),
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
        target,
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
