//! One older source beside a query: the percentage, what is adapted, what is told, and the order of what was found.

use std::cmp::Reverse;
use std::ops::Range;

use crate::base::lang::Lang;
use crate::bilingual::{Provenance, Stamp, State};
use crate::translate::leverage::adapt::{self, Languages};
use crate::translate::leverage::date;
use crate::translate::leverage::distance::Bits;
use crate::translate::leverage::{Match, Note, Tokens, negations};

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

/// What two texts differ by, where it can be put into a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// Numbers.
    Numbers,
    /// Names of months in dates, and perhaps numbers.
    Dates,
}

/// The places of tokens that are names of months in dates.
fn months(tokens: &Tokens, lang: &Lang) -> Vec<usize> {
    let text = tokens.text();
    let names: Vec<_> =
        date::find(text, lang).iter().filter_map(|date| date::name(text, date, lang)).collect();
    let place = |name: &Range<usize>| tokens.tokens().iter().position(|token| token.at == *name);
    names.iter().filter_map(place).collect()
}

/// A query made ready to be compared with many.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    pub(crate) tokens: Tokens,
    /// The tokens without regard to which numbers stand there.
    pub(crate) shape: Vec<u64>,
    /// Places of the tokens that are names of months in dates.
    pub(crate) months: Vec<usize>,
    lang: Lang,
    bits: Bits,
    negations: usize,
}

impl Prepared {
    pub(crate) fn new(source: &str, lang: &str) -> Self {
        let tokens = Tokens::of(source);
        let bits = Bits::new(tokens.hashes());
        let shape = tokens.without_numbers();
        let negations = negations(source, lang);
        let lang = Lang::parse(lang).unwrap_or_else(Lang::unknown);
        let months = months(&tokens, &lang);
        Self { tokens, shape, months, lang, bits, negations }
    }

    /// The percentage of `source`, and what alone makes it less than 100, where it is numbers or dates. Where they do it is 99,
    /// since the target may yet be adapted.
    pub(crate) fn percent(&self, source: &Tokens) -> (u8, Option<Alone>) {
        if self.tokens.text() == source.text() {
            return (100, None);
        }
        match self.alone(source) {
            Some(alone) => (99, Some(alone)),
            None => (self.counted(source), None),
        }
    }

    /// What alone differs.
    fn alone(&self, source: &Tokens) -> Option<Alone> {
        if self.tokens.len() != source.len() || self.tokens.hashes() == source.hashes() {
            return None;
        }
        let theirs = source.without_numbers();
        let mut differing = (0..theirs.len()).filter(|&at| self.shape[at] != theirs[at]).peekable();
        if differing.peek().is_none() {
            return Some(Alone::Numbers);
        }
        // Most texts that differ have no date, and dates cost more than all the rest.
        let mut differing: Vec<_> = differing.take(self.months.len() + 1).collect();
        differing.retain(|at| !self.months.contains(at));
        (differing.is_empty() && self.months == months(source, &self.lang)).then_some(Alone::Dates)
    }

    fn counted(&self, source: &Tokens) -> u8 {
        self.bits.percent(source.hashes().iter().copied())
    }

    /// What `candidate` is worth; `None` below `threshold`.
    pub(crate) fn judge(
        &self,
        candidate: Candidate,
        languages: Languages<'_>,
        threshold: u8,
    ) -> Option<Found> {
        let source = Tokens::of(&candidate.source);
        let (mut percent, alone) = self.percent(&source);
        let mut notes = Vec::new();
        let mut adapted = None;
        if let Some(alone) = alone {
            adapted = adapt::adapt(&self.tokens, &source, &candidate.target, languages);
            match (&adapted, alone) {
                (Some(put), _) => {
                    notes.extend(put.numbers.then_some(Note::NumbersAdapted));
                    notes.extend(put.dates.then_some(Note::DatesAdapted));
                }
                (None, Alone::Numbers) => notes.push(Note::NumbersDiffer),
                (None, Alone::Dates) => notes.push(Note::DatesDiffer),
            }
            if adapted.is_none() {
                percent = self.counted(&source);
            }
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
            target: adapted.map_or(candidate.target, |adapted| adapted.text),
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
        let fair = ("The fair is on 3 May 2023.", "La foire a lieu le 3 mai 2023.");
        insta::assert_snapshot!(judged("The fair is on 4 June 2022.", fair.0, fair.1, 0), @"99 La foire a lieu le 4 juin 2022. dates-adapted");
        insta::assert_snapshot!(judged("The fair is on 4 June 2022.", fair.0, "La foire a lieu alors.", 0), @"62 La foire a lieu alors. dates-differ");
        insta::assert_snapshot!(judged("The fair is on 4 May 2023.", fair.0, fair.1, 0), @"99 La foire a lieu le 4 mai 2023. dates-adapted");
        insta::assert_snapshot!(judged("The fair may 3 May 2023.", "The fair can 3 May 2023.", "x", 0), @"85 x");
    }
}
