//! Which segments go to translators, and what they are told of each.

use serde::Deserialize;

use crate::doc::block::Role;
use crate::doc::done::Done;
use crate::doc::segment::Segment;

/// Which segments are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of the summary.
    Summary,
    /// Those of role `body`.
    Body,
    /// All.
    #[default]
    All,
}

impl Scope {
    /// Whether `segment` is written.
    pub fn holds(self, segment: &Segment) -> bool {
        match self {
            Self::Summary => segment.in_summary,
            Self::Body => segment.role == Role::Body,
            Self::All => true,
        }
    }
}

/// A segment on its way to a translator.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'d> {
    /// The document it stands in.
    pub done: &'d Done,
    /// The segment.
    pub segment: &'d Segment,
    /// Its number among all segments of the document, from 1, whatever the scope.
    pub number: usize,
}

impl<'d> Unit<'d> {
    /// The text to translate.
    pub fn source(&self) -> &'d str {
        self.done.text(self.segment)
    }

    /// Where it stands, in few words: `3 of 12; body; in summary`.
    pub fn place(&self) -> String {
        let mut place =
            format!("{} of {}; {}", self.number, self.done.segments.len(), self.segment.role.name());
        if self.segment.in_summary {
            place.push_str("; in summary");
        }
        place
    }

    /// What a translator is told: the document's title, then [`Unit::place`].
    pub fn note(&self) -> String {
        match &self.done.document.meta.title {
            Some(title) => format!("title: {title}; {}", self.place()),
            None => self.place(),
        }
    }
}

/// The units of a document that `scope` holds, in order.
pub fn units(done: &Done, scope: Scope) -> impl Iterator<Item = Unit<'_>> {
    let numbered = done.segments.iter().zip(1..);
    numbered.filter(move |(segment, _)| scope.holds(segment)).map(move |(segment, number)| Unit {
        done,
        segment,
        number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample;

    #[test]
    fn a_scope_changes_which_segments_are_written_and_not_their_numbers() {
        let done = sample::council();
        let notes = |scope| units(&done, scope).map(|unit| unit.place()).collect::<Vec<_>>();
        let chosen = ["2 of 6; body; in summary", "6 of 6; body; in summary"];
        assert_eq!(notes(Scope::Summary), chosen);
        assert_eq!(notes(Scope::Body), [chosen[0], "3 of 6; body", "5 of 6; body", chosen[1]]);
        assert_eq!(notes(Scope::All).len(), done.segments.len());
    }

    #[test]
    fn a_document_without_title_has_notes_without_it() {
        let mut done = sample::council();
        done.document.meta.title = None;
        let unit = units(&done, Scope::All).next().expect("a segment");
        assert_eq!(unit.note(), unit.place());
    }
}
