//! Names: runs of words with capitals, with the particles that stand inside names.

use std::ops::Range;

use super::grammar::{Grammar, is_edge};
use super::survey::Survey;
use super::tokens::Token;

/// Words of a name, at most.
const LONGEST: usize = 7;

/// Calls `each` with every name of a segment, as a range of its words.
pub(super) fn for_each(
    tokens: &[Token],
    survey: &Survey,
    lang: &str,
    grammar: Grammar,
    mut each: impl FnMut(Range<usize>),
) {
    let mut at = 0;
    while at < tokens.len() {
        if !begins(&tokens[at], tokens.get(at + 1), survey, lang, grammar) {
            at += 1;
            continue;
        }
        let end = end_of(tokens, at, grammar);
        let single = end - at == 1;
        if !single || stands_alone(&tokens[at], survey, lang, grammar) {
            each(at..end);
        }
        at = end;
    }
}

/// Whether a name may begin with a word: it has a capital, and if a sentence may have given it, the word has one elsewhere too,
/// or never stands without and another capital follows.
fn begins(token: &Token, next: Option<&Token>, survey: &Survey, lang: &str, grammar: Grammar) -> bool {
    if !token.capital || !token.letters || token.stop || grammar.english && is_calendar(token) {
        return false;
    }
    let uses = survey.word(&token.folded, lang);
    let runs_on = next.is_some_and(|next| next.capital && next.follows());
    !token.opens() || uses.capital > uses.lower || uses.lower == 0 && runs_on
}

/// Days and months, in English: they have capitals, and every dictionary.
fn is_calendar(token: &Token) -> bool {
    is_edge(&token.folded)
        && (token.folded.ends_with("day")
            || token.folded.len() > 2 && !token.opens() && is_month(&token.folded))
}

fn is_month(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    )
}

fn end_of(tokens: &[Token], start: usize, grammar: Grammar) -> usize {
    let mut end = start + 1;
    let mut at = end;
    while let Some(token) = tokens.get(at).filter(|token| token.follows() && at < start + LONGEST) {
        if token.capital && !(grammar.english && is_calendar(token)) {
            end = at + 1;
        } else if !grammar.particles.contains(&&*token.folded) {
            break;
        }
        at += 1;
    }
    end
}

/// Whether one word is a name by itself: it has its capital wherever it stands.
fn stands_alone(token: &Token, survey: &Survey, lang: &str, grammar: Grammar) -> bool {
    let uses = survey.word(&token.folded, lang);
    let letters = token.folded.chars().count();
    !grammar.capital_nouns
        && letters >= 2
        && uses.capital > 0
        && uses.capital >= uses.lower * 3
        && !(grammar.english && is_edge(&token.folded))
}
