//! Runs of words that may be terms: one to five, within punctuation, between words that carry meaning.

use xxhash_rust::xxh3::xxh3_64;

use super::grammar::{Grammar, is_edge, singular};
use super::tokens::Token;

/// Words of a term, at most.
pub(super) const LONGEST: usize = 5;

/// Letters of a term of one word, at least.
const SHORTEST: usize = 3;

/// Calls `each` with the first word and the number of words of every run that may be a term, by grammar alone.
pub(super) fn for_each(tokens: &[Token], grammar: Grammar, mut each: impl FnMut(usize, usize)) {
    for first in 0..tokens.len() {
        if !is_end(&tokens[first], grammar) {
            continue;
        }
        for last in first..tokens.len().min(first + LONGEST) {
            let token = &tokens[last];
            if last > first && !token.follows() || !token.letters {
                break;
            }
            if !is_end(token, grammar) {
                let inside = if token.stop {
                    grammar.links.contains(&&*token.folded)
                } else {
                    !(grammar.english && is_edge(&token.folded))
                };
                if !inside {
                    break;
                }
                continue;
            }
            if !is_name(&tokens[first..=last], grammar) {
                each(first, last + 1 - first);
            }
        }
    }
}

fn is_end(token: &Token, grammar: Grammar) -> bool {
    let letters = token.folded.chars().take(SHORTEST).count();
    !token.stop && token.letters && letters >= SHORTEST && !(grammar.english && is_edge(&token.folded))
}

/// Whether all words that carry meaning have capitals that no sentence gave them: names are found apart.
fn is_name(tokens: &[Token], grammar: Grammar) -> bool {
    let capitals = tokens.iter().filter(|token| !token.stop).all(|token| token.capital && !token.opens());
    capitals && !(grammar.capital_nouns && tokens.len() == 1)
}

/// The key of a candidate; both numbers of an English noun have one.
pub(super) fn key(tokens: &[Token], lang: &str, grammar: Grammar, spelled: &mut String) -> u64 {
    spelled.clear();
    spelled.push_str(lang);
    for (at, token) in tokens.iter().enumerate() {
        spelled.push(' ');
        let last = at + 1 == tokens.len();
        spelled.push_str(if last { singular(&token.folded, grammar.english) } else { &token.folded });
    }
    xxh3_64(spelled.as_bytes())
}
