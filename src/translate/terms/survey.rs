//! The first pass: how often each run of words stands in the batch, and how each word is used.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::grammar::{self, Grammar, is_object, opens_noun, opens_verb};
use super::tokens::{Token, tokens};
use super::{Sentence, ngrams};
use crate::lex::stop::stop_list;

/// How a word is used in a batch.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Use {
    /// Times in lower case.
    pub(super) lower: u32,
    /// Times with a capital that no sentence gave it.
    pub(super) capital: u32,
    /// Times where a noun phrase is to be expected.
    pub(super) noun: u32,
    /// Times where a verb is to be expected.
    pub(super) verb: u32,
    /// Times before a stop word or a mark: where noun phrases end.
    pub(super) end: u32,
    /// Times.
    pub(super) count: u32,
}

/// What the first pass counts; 12 bytes a different run of words.
#[derive(Debug, Default)]
pub struct Survey {
    pub(super) runs: FxHashMap<u64, u32>,
    pub(super) uses: FxHashMap<u64, Use>,
    spelled: String,
}

impl Survey {
    /// Counts a document.
    pub fn document(&mut self, lang: &str, sentences: &[Sentence<'_>]) {
        let lang = primary(lang);
        let (grammar, stops) = (grammar::of(lang), stop_list(lang));
        for sentence in sentences {
            let tokens = tokens(sentence.text, lang, stops);
            self.words(&tokens, lang, is_headline(&tokens));
            self.runs(&tokens, lang, grammar);
        }
    }

    fn runs(&mut self, tokens: &[Token], lang: &str, grammar: Grammar) {
        ngrams::for_each(tokens, grammar, |first, words| {
            let key = ngrams::key(&tokens[first..first + words], lang, grammar, &mut self.spelled);
            *self.runs.entry(key).or_default() += 1;
        });
    }

    fn words(&mut self, tokens: &[Token], lang: &str, headline: bool) {
        for (at, token) in tokens.iter().enumerate() {
            let uses = self.uses.entry(word_key(&token.folded, lang)).or_default();
            uses.count += 1;
            uses.lower += u32::from(!token.capital);
            uses.capital += u32::from(token.capital && !token.opens() && !headline);
            let before = at.checked_sub(1).filter(|_| token.follows()).map(|at| &*tokens[at].folded);
            let after = tokens.get(at + 1).filter(|next| next.follows());
            let verb = before.is_some_and(opens_verb) || after.is_some_and(|next| is_object(&next.folded));
            uses.verb += u32::from(verb);
            uses.noun += u32::from(!verb && before.is_some_and(opens_noun));
            uses.end += u32::from(after.is_none_or(|next| next.stop));
        }
    }

    /// How a word is used.
    pub(super) fn word(&self, folded: &str, lang: &str) -> Use {
        self.uses.get(&word_key(folded, lang)).copied().unwrap_or_default()
    }
}

fn word_key(folded: &str, lang: &str) -> u64 {
    xxh3_64(folded.as_bytes()) ^ xxh3_64(lang.as_bytes()).rotate_left(32)
}

/// The primary subtag of a language tag.
pub(super) fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or(lang)
}

/// Whether most words have capitals, as in headlines: there they tell nothing.
pub(super) fn is_headline(tokens: &[Token]) -> bool {
    let capitals = tokens.iter().filter(|token| token.capital).count();
    tokens.len() >= 4 && capitals * 10 >= tokens.len() * 6
}
