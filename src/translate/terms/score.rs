//! How sure a candidate is to be a term: C-value (Frantzi, Ananiadou & Mima 2000), and how rare its words are elsewhere.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::grammar::{Grammar, singular};
use super::survey::{Survey, primary};
use super::tokens::Token;
use super::{Kind, Term, grammar};
use crate::lex::frequencies::shipped;
use crate::lex::lexicon::key_of;

/// A candidate with what is known of it.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) lang: String,
    /// Its words, folded.
    pub(super) words: Vec<String>,
    pub(super) count: u64,
    pub(super) documents: u64,
    /// The last document that held it, from 1.
    pub(super) last: u64,
    /// How often each spelling stands.
    pub(super) forms: BTreeMap<String, u64>,
    pub(super) context: String,
    pub(super) segment: String,
    pub(super) key: u64,
}

/// Rarity elsewhere below which a word alone is no term.
const RARE: f64 = 0.7;

/// Times that a word alone has to stand in a document that holds it, on average: topics are repeated, other words are not
/// (Church & Gale 1995).
const BURST: f64 = 2.0;

/// A word alone that stands in more than one of so many documents is common to the batch; three documents are always few.
const FEW: u64 = 50;

/// Whether the words are used as a noun phrase is in this batch; known of English alone, true elsewhere.
pub(super) fn is_noun_phrase(run: &[Token], survey: &Survey, lang: &str, grammar: Grammar) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    if !grammar.english {
        return true;
    }
    let (head, opening) = (survey.word(&last.folded, lang), survey.word(&first.folded, lang));
    // Nouns end noun phrases, and stand where those are expected; adjectives and verbs do one of these at most.
    let is_noun = head.end * 100 >= head.count * 35 && head.noun >= head.verb && !last.folded.ends_with("ed");
    let is_sure = !last.folded.ends_with("ing") || head.noun > head.verb && head.end * 2 >= head.count;
    is_noun && is_sure && opening.noun >= opening.verb && (run.len() > 1 || head.noun > 0)
}

/// Candidates with their scores; those whose words are common elsewhere are left out.
pub(super) fn scored(candidates: Vec<Candidate>, documents: u64) -> Vec<Term> {
    let nested = nested(&candidates);
    let mut rarities: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut terms = Vec::new();
    for candidate in candidates {
        let lang = primary(&candidate.lang).to_owned();
        let links = grammar::of(&lang).links;
        let carrying = candidate.words.iter().filter(|word| !links.contains(&&***word));
        let (mut sum, mut words) = (0.0, 0.0);
        for word in carrying {
            sum += *rarities.entry((lang.clone(), word.clone())).or_insert_with(|| rarity(word, &lang));
            words += 1.0;
        }
        let rarity = if words > 0.0 { sum / words } else { 0.0 };
        let (longer, inside) = nested.get(&(candidate.kind, candidate.key)).copied().unwrap_or_default();
        let score = value(&candidate, longer, inside) * rarity;
        let alone = candidate.kind == Kind::Term && candidate.words.len() == 1;
        let bursts = as_f64(candidate.count) >= BURST * as_f64(candidate.documents)
            && candidate.documents <= (documents / FEW).max(3);
        if score > 0.0 && !(alone && (rarity < RARE || !bursts)) {
            terms.push(term(candidate, score));
        }
    }
    terms
}

/// The C-value: `log2(1 + n) · (f − Σ f(b) / |T|)` of `n` words that stand `f` times, with the `T` longer candidates `b` that hold
/// them. The paper has `log2 n`, which is 0 of a word alone.
fn value(candidate: &Candidate, longer: u64, inside: u64) -> f64 {
    let length = libm::log2(1.0 + as_f64(candidate.words.len() as u64));
    let nested = if longer == 0 { 0.0 } else { as_f64(inside) / as_f64(longer) };
    length * (as_f64(candidate.count) - nested)
}

/// By candidate: how many longer ones hold it, and how often those stand.
fn nested(candidates: &[Candidate]) -> FxHashMap<(Kind, u64), (u64, u64)> {
    let mut nested: FxHashMap<(Kind, u64), (u64, u64)> = FxHashMap::default();
    for candidate in candidates.iter().filter(|candidate| candidate.words.len() > 1) {
        let lang = primary(&candidate.lang);
        let english = grammar::of(lang).english;
        let words = &candidate.words;
        let mut inside: Vec<u64> = Vec::new();
        for length in 1..words.len() {
            inside.extend(words.windows(length).map(|window| key_of_words(window, lang, english)));
        }
        inside.sort_unstable();
        inside.dedup();
        for key in inside {
            let entry = nested.entry((candidate.kind, key)).or_default();
            entry.0 += 1;
            entry.1 += candidate.count;
        }
    }
    nested
}

/// As [`super::ngrams::key`] makes it.
fn key_of_words(words: &[String], lang: &str, english: bool) -> u64 {
    let mut spelled = lang.to_owned();
    for (at, word) in words.iter().enumerate() {
        spelled.push(' ');
        spelled.push_str(if at + 1 == words.len() { singular(word, english) } else { word });
    }
    xxh3_64(spelled.as_bytes())
}

/// How rare a word is elsewhere, 0 to 1: `ln((1 + N) / (1 + df)) / ln(1 + N)` by the frequencies that ship; 1 for a word not
/// listed there, and where none ship.
fn rarity(word: &str, lang: &str) -> f64 {
    let Some(model) = shipped(lang) else { return 1.0 };
    let (documents, df) = (as_f64(model.documents), as_f64(model.df(key_of(word, lang))));
    libm::log((1.0 + documents) / (1.0 + df)) / libm::log(1.0 + documents)
}

fn term(candidate: Candidate, score: f64) -> Term {
    // Of spellings that stand equally often the first by code point.
    let form = candidate.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    Term {
        text: form.map_or_else(String::new, |(form, _)| form.clone()),
        kind: candidate.kind,
        lang: candidate.lang,
        count: candidate.count,
        documents: candidate.documents,
        score,
        context: candidate.context,
        segment: candidate.segment,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
