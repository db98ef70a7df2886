//! Explanations for programs: one object a line and document.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::{Head, boundaries, parts_of};
use crate::base::math::finely_rounded;
use crate::doc::block::Role;
use crate::doc::done::{Done, Parts};
use crate::doc::segment::Segment;
use crate::write::Writer;
use crate::write::bytes::{pair, push_json};

/// `{id, lang, title, source, features, segments}`; each segment with its `parts` by feature, which add up to its score
/// but for rounding, null outside the body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Json {
    /// Whether the places where segments might begin are told instead: `{id, lang, title, source, blocks}`.
    pub boundaries: bool,
}

impl Writer for Json {
    fn explains_boundaries(&self) -> bool {
        self.boundaries
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        if self.boundaries {
            return boundaries::push_lines(out, done);
        }
        let parts = parts_of(done);
        let line = Line {
            head: Head::of(done),
            features: &parts.features,
            segments: Segments { done, parts: &parts },
        };
        push_json(out, &line);
        out.push(b'\n');
    }
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    features: &'d [&'static str],
    segments: Segments<'d>,
}

struct Segments<'d> {
    done: &'d Done,
    parts: &'d Parts,
}

impl Serialize for Segments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = 0;
        serializer.collect_seq(self.done.segments.iter().map(|segment| {
            let parts = (segment.role == Role::Body).then(|| {
                row += 1;
                ByFeature { features: &self.parts.features, values: self.parts.row(row - 1) }
            });
            SegmentPart::of(self.done, segment, parts)
        }))
    }
}

#[derive(Serialize)]
struct SegmentPart<'d> {
    id: &'d str,
    text: &'d str,
    span: [u32; 2],
    source_span: Option<[u32; 2]>,
    role: &'static str,
    score: Option<f64>,
    rank: Option<u32>,
    in_summary: bool,
    parts: Option<ByFeature<'d>>,
}

impl<'d> SegmentPart<'d> {
    fn of(done: &'d Done, segment: &'d Segment, parts: Option<ByFeature<'d>>) -> Self {
        Self {
            id: &segment.id,
            text: done.text(segment),
            span: pair(segment.span),
            source_span: segment.source_span.map(pair),
            role: segment.role.name(),
            score: segment.score.map(finely_rounded),
            rank: segment.rank,
            in_summary: segment.in_summary,
            parts,
        }
    }
}

struct ByFeature<'d> {
    features: &'d [&'static str],
    values: &'d [f64],
}

impl Serialize for ByFeature<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.features.len()))?;
        for (feature, &value) in self.features.iter().zip(self.values) {
            map.serialize_entry(feature, &finely_rounded(value))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn a_document_is_one_line_with_the_parts_of_every_score() {
        insta::assert_snapshot!(rendered(&Json::default(), &[sample::council(), sample::empty()]));
    }

    #[test]
    fn the_parts_of_a_score_add_up_to_it() {
        for line in rendered(&Json::default(), &sample::all()).lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("valid JSON");
            for segment in value["segments"].as_array().expect("a list") {
                let Some(parts) = segment["parts"].as_object() else { continue };
                let sum: f64 = parts.values().filter_map(serde_json::Value::as_f64).sum();
                let score = segment["score"].as_f64().expect("a body segment");
                assert!((sum - score).abs() < 1e-9, "{segment}");
            }
        }
    }
}
