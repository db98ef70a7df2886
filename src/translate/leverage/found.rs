//! One older source beside a query: the percentage, what is adapted, what is told, and the order of what was found.

use std::cmp::Reverse;

use crate::bilingual::{Provenance, Stamp, State};
use crate::translate::leverage::adapt::{self, Languages};
use crate::translate::leverage::distance::Bits;
use crate::translate::leverage::{Match, Note, Tokens, negations, percent_of};

/// An older unit that may serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number in the memory: smaller for what was imported earlier.
    pub id: i64,
    /// Its source.
    pub source: String,
    /// Its target.
    pub target: String,
    /// How far the target is.
    pub state: State,
    /// How many of its neighbours are those of the query: 0, 1 for one of two, 2 for both or, at the edge of a document, for the
    /// only one.
    pub context: u8,
    /// Where it was first met.
    pub origin: String,
    /// Who translated it, and when.
    pub provenance: Provenance,
}

/// A match and what it is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The match.
    pub found: Match,
    context: u8,
    state: State,
    id: i64,
}

impl Found {
    /// What matches are sorted by: percentage, neighbours, state and date, all from high to low, without a date last; then what
    /// was imported first.
    pub fn order(&self) -> impl Ord + use<> {
        let date: Option<Stamp> = self.found.provenance.date();
        (Reverse(self.found.percent), Reverse(self.context), Reverse(self.state), Reverse(date), self.id)
    }
}

/// A query made ready to be compared with many.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) tokens: Tokens,
    /// The tokens without regard to which numbers stand there.
    pub(crate) shape: Vec<u64>,
    bits: Bits,
    negations: usize,
}

impl Prepared {
    pub(crate) fn new(source: &str, lang: &str) -> Self {
        let tokens = Tokens::of(source);
        let bits = Bits::new(tokens.hashes());
        let shape = tokens.without_numbers();
        Self { shape, bits, negations: negations(source, lang), tokens }
    }

    /// The percentage of `source`, and whether numbers alone make it less than 100. Where they do it is 99, since the target may
    /// yet be adapted.
    pub(crate) fn percent(&self, source: &Tokens) -> (u8, bool) {
        if self.tokens.text() == source.text() {
            return (100, false);
        }
        if self.tokens.len() == source.len()
            && self.tokens.hashes() != source.hashes()
            && self.shape == source.without_numbers()
        {
            return (99, true);
        }
        (self.counted(source), false)
    }

    fn counted(&self, source: &Tokens) -> u8 {
        let distance = self.bits.distance(source.hashes());
        percent_of(distance, self.tokens.len().max(source.len())).min(99)
    }

    /// What `candidate` is worth; `None` below `threshold`.
    pub(crate) fn judge(
        &self,
        candidate: Candidate,
        languages: Languages<'_>,
        threshold: u8,
    ) -> Option<Found> {
        let source = Tokens::of(&candidate.source);
        let (mut percent, numbers_alone) = self.percent(&source);
        let mut notes = Vec::new();
        let mut adapted = None;
        if numbers_alone {
            adapted = adapt::numbers(&self.tokens, &source, &candidate.target, languages);
            if adapted.is_none() {
                percent = self.counted(&source);
            }
            notes.push(if adapted.is_some() { Note::NumbersAdapted } else { Note::NumbersDiffer });
        }
        if percent == 100 && candidate.context == 2 {
            percent = 101;
        }
        if percent < threshold {
            return None;
        }
        if percent < 100 && negations(&candidate.source, languages.source) != self.negations {
            notes.push(Note::NegationChanged);
        }
        let found = Match {
            percent,
            source: candidate.source,
            adapted: adapted.is_some(),
            target: adapted.unwrap_or(candidate.target),
            notes,
            origin: candidate.origin,
            provenance: candidate.provenance,
        };
        Some(Found { found, context: candidate.context, state: candidate.state, id: candidate.id })
    }
}

/// What `candidate` is worth to a translator of `source`; `None` below `threshold` percent.
pub fn judge(source: &str, candidate: Candidate, languages: Languages<'_>, threshold: u8) -> Option<Found> {
    Prepared::new(source, languages.source).judge(candidate, languages, threshold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(query: &str, source: &str, target: &str, context: u8) -> String {
        let candidate = Candidate {
            id: 1,
            source: source.into(),
            target: target.into(),
            state: State::Translated,
            context,
            origin: "old.tmx".into(),
            provenance: Provenance::default(),
        };
        let Some(Found { found, .. }) = judge(query, candidate, Languages { source: "en", target: "fr" }, 50)
        else {
            return "nothing".into();
        };
        let notes: Vec<_> = found.notes.iter().map(|note| note.name()).collect();
        format!("{} {} {}", found.percent, found.target, notes.join(" "))
    }

    #[test]
    fn percentages_and_notes_say_how_far_a_match_serves() {
        let boats = ("The ferry carried 1,200 people.", "Le ferry a transporté 1 200 personnes.");
        insta::assert_snapshot!(judged(boats.0, boats.0, boats.1, 2), @"101 Le ferry a transporté 1 200 personnes.");
        insta::assert_snapshot!(judged(boats.0, boats.0, boats.1, 1), @"100 Le ferry a transporté 1 200 personnes.");
        insta::assert_snapshot!(judged("The ferry carried 13,450 people.", boats.0, boats.1, 2), @"99 Le ferry a transporté 13 450 personnes. numbers-adapted");
        insta::assert_snapshot!(judged("The ferry carried 13,450 people.", boats.0, "Mille deux cents personnes.", 2), @"83 Mille deux cents personnes. numbers-differ");
        insta::assert_snapshot!(judged("The ferry hasn't carried 1,200 people.", boats.0, boats.1, 0), @"85 Le ferry a transporté 1 200 personnes. negation-changed");
        insta::assert_snapshot!(judged("The tide turned.", boats.0, boats.1, 0), @"nothing");
    }
}
