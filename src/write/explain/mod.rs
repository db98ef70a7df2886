//! Why each sentence scored as it did: the part of every feature in every score; and why it ends where it does.
//!
//! To add a format: write `src/write/explain/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod boundaries;
pub mod html;
pub mod json;
mod scale;
mod sentence;
pub mod text;

use std::borrow::Cow;

use serde::Serialize;

use crate::base::stage::Kind;
use crate::doc::block::Role;
use crate::doc::done::{Done, Parts};
use crate::doc::record::Source;
use crate::doc::segment::Segment;
use crate::write::Writer;
use crate::write::about::lang;

/// Formats of explanations: those of `nutgraf explain`.
pub const KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("text", "for reading in a terminal", |t| Ok(Box::new(t.try_into::<text::Text>()?))),
    Kind::new("json", "one object a line and document", |t| Ok(Box::new(t.try_into::<json::Json>()?))),
    Kind::new("html", "one page to look at, which needs nothing else", |t| {
        Ok(Box::new(t.try_into::<html::Html>()?))
    }),
];

/// The name of the only feature when the ranker did not say what its scores are made of.
const WHOLE: &str = "salience";

/// What each line of JSON begins with.
#[derive(Serialize)]
struct Head<'d> {
    id: &'d str,
    lang: &'d str,
    title: Option<&'d str>,
    source: &'d Source,
}

impl<'d> Head<'d> {
    fn of(done: &'d Done) -> Self {
        let document = &done.document;
        Self {
            id: &done.id,
            lang: lang(done),
            title: document.meta.title.as_deref(),
            source: &document.source,
        }
    }
}

/// The parts of a document's scores; where they were not recorded, each score is one part named `salience`.
fn parts_of(done: &Done) -> Cow<'_, Parts> {
    match &done.parts {
        Some(parts) => Cow::Borrowed(parts),
        None => Cow::Owned(Parts { features: vec![WHOLE], values: body(done).map(score).collect() }),
    }
}

/// The segments that have a score, in the order of the rows of the parts.
fn body(done: &Done) -> impl Iterator<Item = &Segment> {
    done.segments.iter().filter(|segment| segment.role == Role::Body)
}

/// The score of a body segment.
fn score(segment: &Segment) -> f64 {
    segment.score.unwrap_or_default()
}

/// Decimals that tell a document's scores apart: two, but four where all are below a tenth.
fn decimals(done: &Done) -> usize {
    let largest = body(done).map(|segment| score(segment).abs()).fold(0.0, f64::max);
    if largest < 0.1 { 4 } else { 2 }
}

/// A part with its sign: `+0.41`, `−0.15`; `None` when all its decimals are zero.
fn signed(value: f64, decimals: usize) -> Option<String> {
    let digits = format!("{:.decimals$}", value.abs());
    let nothing = digits.bytes().all(|b| matches!(b, b'0' | b'.'));
    (!nothing).then(|| format!("{}{digits}", if value < 0.0 { '−' } else { '+' }))
}

/// A score: `0.83`, `−0.15`.
fn plain(value: f64, decimals: usize) -> String {
    match signed(value, decimals) {
        Some(text) => text.trim_start_matches('+').to_owned(),
        None => format!("{:.decimals$}", 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn without_parts_the_score_is_its_only_part() {
        let done = sample::hostile();
        let parts = parts_of(&done);
        assert_eq!(parts.features, ["salience"]);
        assert_eq!(parts.values, body(&done).map(score).collect::<Vec<_>>());
    }

    #[test]
    fn a_number_that_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(-0.004, 2), None);
        assert_eq!(plain(-0.004, 2), "0.00");
        assert_eq!(signed(-0.15, 2).as_deref(), Some("−0.15"));
        assert_eq!(signed(0.408, 2).as_deref(), Some("+0.41"));
    }
}
