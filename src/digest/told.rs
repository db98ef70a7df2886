//! What a thread has told already: of a new sentence only what is news goes on.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::group::{REPEAT, unit};
use crate::lex::sequence::Sequences;

/// Share of a sentence's weight that a told one must hold to cover it.
const COVERED: f64 = 0.8;

/// A sentence as it is remembered: its terms, and no text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// Keys of its terms, rising, with their values in the unit vector by which groups find repeats.
    terms: Vec<(u64, f32)>,
    /// Hash of all its terms in their order, stop words included.
    words: u64,
}

/// What a new sentence is to those told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Nobody said this.
    New,
    /// The told sentence with this number says the same.
    Repeats(usize),
    /// The told sentence with this number says it among other things.
    Covered(usize),
}

impl Saying {
    /// Sentence `at` of analyzed text.
    pub fn of(text: &Sequences, at: usize) -> Self {
        let weights: Vec<f64> = text.terms.iter().map(|term| term.weight).collect();
        let mut hasher = Xxh3::new();
        for &number in text.segment(at) {
            hasher.update(&text.terms[number as usize].key.to_le_bytes());
        }
        #[expect(clippy::cast_possible_truncation, reason = "values are between 0 and 1")]
        let keyed = |(number, value): (u32, f64)| (text.terms[number as usize].key, value as f32);
        let mut terms: Vec<(u64, f32)> = unit(text.segment(at), &weights).into_iter().map(keyed).collect();
        terms.sort_unstable_by_key(|entry| entry.0);
        Self { terms, words: hasher.digest() }
    }
}

/// What is new in `sentence` beside those `told`, in their order.
///
/// It **repeats** the first told one with a cosine of .8 or more, the measure by which groups leave repeats out
/// (`docs/groups.md`), or with the same words; else the first told one that holds terms worth .8 of its squared weights
/// **covers** it. Several told sentences together cover nothing: each of a sentence's words may be known and what it says
/// be news.
pub fn news(told: &[Saying], sentence: &Saying) -> News {
    let repeats = |told: &Saying| told.words == sentence.words || shared(told, sentence).0 >= REPEAT;
    if let Some(at) = told.iter().position(repeats) {
        return News::Repeats(at);
    }
    let covers = |told: &Saying| !sentence.terms.is_empty() && shared(told, sentence).1 >= COVERED;
    told.iter().position(covers).map_or(News::New, News::Covered)
}

/// Cosine of both, and the share of the squared weights of `sentence` that stands in `told`.
fn shared(told: &Saying, sentence: &Saying) -> (f64, f64) {
    let (mut cosine, mut held) = (0.0, 0.0);
    let mut rest = told.terms.as_slice();
    for &(key, value) in &sentence.terms {
        rest = &rest[rest.partition_point(|entry| entry.0 < key)..];
        if let Some(&(_, other)) = rest.first().filter(|entry| entry.0 == key) {
            cosine += f64::from(value) * f64::from(other);
            held += f64::from(value) * f64::from(value);
        }
    }
    (cosine, held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::Analyzer;

    fn sayings(texts: &[&str]) -> Vec<Saying> {
        let sequences = Analyzer::default().sequences("en", None, texts.iter().copied());
        (0..texts.len()).map(|at| Saying::of(&sequences, at)).collect()
    }

    #[test]
    fn what_was_said_or_stands_in_what_was_said_is_no_news() {
        let told = sayings(&[
            "Gulls watched the ferries.",
            "Engineers closed the harbour bridge after cracks appeared in a cable near the northern tower.",
        ]);
        let asked = |text| news(&told, &sayings(&[text])[0]);
        assert_eq!(asked("The gulls watched ferries!"), News::Repeats(0));
        assert_eq!(asked("Engineers closed the harbour bridge."), News::Covered(1));
        assert_eq!(asked("Engineers reopened the harbour bridge after welding the cable."), News::New);
    }

    #[test]
    fn sentences_of_stop_words_are_told_apart_by_their_words() {
        let told = sayings(&["It is what it is."]);
        assert_eq!(news(&told, &sayings(&["It is what it is."])[0]), News::Repeats(0));
        assert_eq!(news(&told, &sayings(&["So it is."])[0]), News::New);
    }

    #[test]
    fn several_told_sentences_together_cover_nothing() {
        let told = sayings(&["The bridge opens.", "Lorries carry ferries."]);
        assert_eq!(news(&told, &sayings(&["The bridge carries lorries."])[0]), News::New);
    }

    #[test]
    fn nothing_told_makes_everything_news() {
        assert_eq!(news(&[], &Saying::default()), News::New);
    }
}
