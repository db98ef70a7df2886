//! Words of a segment as candidates are made of them.

use std::ops::Range;

use crate::lex::fold::fold;
use crate::lex::stop::StopList;
use crate::lex::words;
use crate::translate::quote::volume::address;

/// A word, hyphens inside it.
#[derive(Debug)]
pub(super) struct Token {
    /// Its bytes in the segment, without a possessive.
    pub(super) span: Range<usize>,
    /// Lower case, without a possessive.
    pub(super) folded: String,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it is a stop word.
    pub(super) stop: bool,
    /// Whether it holds letters alone, hyphens and apostrophes aside.
    pub(super) letters: bool,
    /// What stands before it.
    pub(super) before: Before,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing, or a mark behind which a sentence may begin: a quote, a colon, a bracket.
    Opening,
    /// One blank after another word.
    Word,
    /// Something else; a possessive parts too.
    Mark,
}

impl Token {
    /// Whether a sentence may begin with it, so that its capital tells nothing.
    pub(super) fn opens(&self) -> bool {
        self.before == Before::Opening
    }

    /// Whether it follows the word before it without a mark between.
    pub(super) fn follows(&self) -> bool {
        self.before == Before::Word
    }
}

/// Marks behind which a sentence may begin.
const OPENING: [char; 13] = ['"', '“', '„', '«', '‘', ':', '(', '—', '–', '!', '?', '.', '•'];

/// The words of `text`, which is in the language with this primary subtag.
pub(super) fn tokens(text: &str, lang: &str, stops: &StopList) -> Vec<Token> {
    let mut places: Vec<Range<usize>> = Vec::new();
    words::for_each(text, |word| match places.last_mut() {
        Some(last) if matches!(&text[last.end..word.start], "-" | "\u{2010}" | "\u{2011}") => {
            last.end = word.end;
        }
        _ => places.push(word),
    });
    let mut tokens: Vec<Token> = Vec::with_capacity(places.len());
    let mut end = 0;
    let mut parted = true;
    for place in places {
        let gap = &text[end..place.start];
        end = place.end;
        let whole = &text[place.clone()];
        if whole.chars().any(|c| words::term_chars(c) > 0) || in_address(text, &place) {
            parted = true;
            continue;
        }
        let bare = without_possessive(whole, lang);
        let mut folded = String::new();
        fold(bare, lang, &mut folded);
        tokens.push(Token {
            span: place.start..place.start + bare.len(),
            capital: bare.chars().next().is_some_and(char::is_uppercase),
            stop: stops.holds(&folded),
            letters: bare.chars().all(|c| {
                c.is_alphabetic() || matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’') || is_mark(c)
            }),
            before: if tokens.is_empty() || gap.contains(OPENING) {
                Before::Opening
            } else if !parted && matches!(gap, " " | "\u{a0}") {
                Before::Word
            } else {
                Before::Mark
            },
            folded,
        });
        parted = bare.len() < whole.len();
    }
    tokens
}

/// Marks that belong to letters (Devanagari, Bengali, Arabic and others).
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_ascii() && !c.is_whitespace()
}

fn without_possessive<'t>(word: &'t str, lang: &str) -> &'t str {
    match lang {
        "en" => word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word),
        _ => word,
    }
}

/// Whether a word stands in an address of the web or of mail.
fn in_address(text: &str, word: &Range<usize>) -> bool {
    let start = text[..word.start].rfind(char::is_whitespace).unwrap_or(0);
    let end = text[word.end..].find(char::is_whitespace).map_or(text.len(), |at| word.end + at);
    let chunk = text[start..end].trim_start();
    chunk.contains(['@', '/', '.']) && address(chunk).is_some()
}
