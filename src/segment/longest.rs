//! Segments that are longer than allowed, cut at the most sensible places.
//!
//! A segment is cut from its start, each time into as even parts as its length asks for: at the best place of those from half
//! an even part to the limit, of equal ones the nearest to an even part.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

use super::cuts::Ruling;
use super::exceptions::is_grapheme_boundary;
use super::marks::{closes, is_mark};
use crate::doc::script::is_cjk;

/// The reason in explanations.
const REASON: &str = "max-segment";

/// How well a segment can be cut at a place, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// What stands around it belongs together: an abbreviation and what follows, a number, a no-break space.
    Poor,
    /// Between two characters of a script without spaces.
    Unspaced,
    /// At any other white space.
    Space,
    /// Before a word that opens a clause, or a bracket.
    Clause,
    /// After a comma.
    Comma,
    /// After a semicolon, colon or dash.
    Semicolon,
    /// After a sentence mark.
    Sentence,
}

/// A place where a segment can be cut.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// Bytes from the start of what is to be cut to the white space of the place, and to its end.
    gap: (usize, usize),
    /// The same in characters.
    chars: (usize, usize),
}

/// How a block may be cut further.
pub(super) struct Limit<'l> {
    /// Characters of a segment, at most.
    pub(super) max: usize,
    /// Primary subtag of the block's language.
    pub(super) lang: &'l str,
    /// Whether a place, in bytes of the block, must not be cut.
    pub(super) forbidden: &'l dyn Fn(usize) -> bool,
    /// Whether it is only cut where there is nothing better.
    pub(super) avoided: &'l dyn Fn(usize) -> bool,
}

/// Adds the places where `text[start..end]`, a segment without white space around it, is to be cut, in order. Every part has
/// at most `limit.max` characters, but for single characters as readers see them that are made of more, and for stretches
/// that must not be cut.
pub(super) fn cut(text: &str, start: usize, end: usize, limit: &Limit<'_>, rulings: &mut Vec<Ruling>) {
    // A character is a byte or more.
    if end.saturating_sub(start) <= limit.max {
        return;
    }
    let mut left = text[start..end].chars().count();
    let mut at = start;
    while left > limit.max {
        let even = left.div_ceil(left.div_ceil(limit.max));
        let Some(place) = best(text, at..end, even, limit).or_else(|| inside_a_run(text, at..end, limit))
        else {
            return;
        };
        rulings.push(Ruling { from: at + place.gap.0, at: at + place.gap.1, breaks: true, reason: REASON });
        at += place.gap.1;
        left -= place.chars.1;
    }
}

/// The best place at the edge of a word, if any lies within the limit.
fn best(text: &str, range: Range<usize>, even: usize, limit: &Limit<'_>) -> Option<Place> {
    let rest = &text[range.clone()];
    let mut best: Option<(_, Place)> = None;
    let mut gap = (0, 0);
    let mut last = ' ';
    for (number, (at, c)) in rest.char_indices().enumerate() {
        let spaced = last.is_whitespace();
        if c.is_whitespace() {
            if !spaced {
                gap = (at, number);
            }
        } else if at > 0 {
            let from = if spaced { gap } else { (at, number) };
            if from.1 > limit.max {
                break;
            }
            let fit = if spaced { fit_of_gap(rest, from.0, at, limit.lang) } else { fit_between(rest, at) };
            let whole = range.start + at;
            if let Some(fit) = fit.filter(|_| is_grapheme_boundary(rest, at) && !(limit.forbidden)(whole)) {
                let fit = if (limit.avoided)(whole) { Fit::Poor } else { fit };
                let place = Place { gap: (from.0, at), chars: (from.1, number) };
                let length = place.chars.0;
                let key = (fit > Fit::Poor, 2 * length >= even, fit, Reverse(length.abs_diff(even)));
                if best.as_ref().is_none_or(|(before, _)| key > *before) {
                    best = Some((key, place));
                }
            }
        }
        last = c;
    }
    best.map(|(_, place)| place)
}

/// Where a run of characters that is longer than the limit is cut: at the limit, between characters as readers see them.
fn inside_a_run(text: &str, range: Range<usize>, limit: &Limit<'_>) -> Option<Place> {
    let rest = &text[range.clone()];
    let mut last = None;
    let mut chars = 0;
    for (at, grapheme) in rest.grapheme_indices(true) {
        if chars > limit.max && last.is_some() {
            break;
        }
        let white = grapheme.starts_with(char::is_whitespace) || rest[..at].ends_with(char::is_whitespace);
        if at > 0 && !white && !(limit.forbidden)(range.start + at) {
            last = Some(Place { gap: (at, at), chars: (chars, chars) });
        }
        chars += grapheme.chars().count();
    }
    last
}

/// How well white space, `text[from..at]`, parts what stands around it.
fn fit_of_gap(text: &str, from: usize, at: usize, lang: &str) -> Option<Fit> {
    let (left, right) = (&text[..from], &text[at..]);
    let bare = left.trim_end_matches(closes);
    let last = bare.chars().next_back().or_else(|| left.chars().next_back())?;
    let next = right.chars().next()?;
    let no_break = text[from..at].chars().all(|c| matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}'));
    let numbers = last.is_numeric() && next.is_numeric();
    // Some languages put a space inside quotation marks, and before other marks than the full stop.
    if no_break || numbers || opens(last) || closes_or_marks(right) {
        return Some(Fit::Poor);
    }
    Some(match last {
        '.' if !ends_with_word(bare) => Fit::Poor,
        c if is_mark(c) && next.is_lowercase() => Fit::Semicolon,
        c if is_mark(c) => Fit::Sentence,
        ';' | ':' | '；' | '：' | '؛' | '·' | '—' | '–' => Fit::Semicolon,
        '-' if bare.ends_with(" -") => Fit::Semicolon,
        ',' | '،' | '、' | '，' => Fit::Comma,
        _ if opens(next) || opens_clause(right, lang) => Fit::Clause,
        _ => Fit::Space,
    })
}

/// How well two characters without white space between them are parted, if at all.
fn fit_between(text: &str, at: usize) -> Option<Fit> {
    let mut before = text[..at].chars().rev();
    let (left, next) = (before.next()?, text[at..].chars().next()?);
    if closes_or_marks(&text[at..]) {
        return None;
    }
    let last = if closes(left) { before.next().unwrap_or(left) } else { left };
    match last {
        '。' | '！' | '？' | '｡' => Some(Fit::Sentence),
        '；' | '：' => Some(Fit::Semicolon),
        '—' if !matches!(next, '—') => Some(Fit::Semicolon),
        '，' | '、' => Some(Fit::Comma),
        _ if is_han_or_hiragana(left) && is_cjk(next) && next.is_alphabetic() => Some(Fit::Unspaced),
        _ => None,
    }
}

/// Letters that stand for a word or its ending: a line may end after them, which katakana and digits do not allow.
fn is_han_or_hiragana(c: char) -> bool {
    is_cjk(c) && c.is_alphabetic() && !matches!(c, '\u{30A0}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}')
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '„' | '‚' | '‹' | '¿' | '¡' | '「' | '『' | '（')
}

/// Whether a text begins with what never begins a segment: what closes, or a mark.
fn closes_or_marks(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    // The same quotation mark closes in one language and opens in another.
    let either = matches!(first, '"' | '\'' | '“' | '’' | '»' | '›');
    let closing = closes(first) && (!either || chars.next().is_none_or(char::is_whitespace));
    closing
        || is_mark(first)
        || matches!(first, ',' | ';' | ':' | '、' | '，' | '；' | '：' | '،' | '؛' | '%' | '\u{37e}')
}

/// Letters before a full stop from which on they are taken for a word and not for an abbreviation.
const WORD: usize = 4;

/// Whether a whole word stands before the full stop at the end of `text`, which may be the last of several.
fn ends_with_word(text: &str) -> bool {
    let word = text.trim_end_matches('.').chars().rev().take(WORD);
    word.filter(|c| c.is_alphabetic()).count() == WORD
}

/// Letters of a word that opens a clause, at most.
const LONGEST_CONJUNCTION: usize = 12;

fn opens_clause(text: &str, lang: &str) -> bool {
    let Some((_, words)) = CONJUNCTIONS.iter().find(|(tag, _)| *tag == lang) else { return false };
    let mut chars = text.chars();
    let word: String = chars.by_ref().take_while(|c| c.is_alphabetic()).take(LONGEST_CONJUNCTION).collect();
    words.contains(&word.as_str())
}

/// Words that open a clause, by primary subtag.
static CONJUNCTIONS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("data/conjunctions.txt").lines().filter(|line| !line.starts_with('#'));
    let split = lines.filter_map(|line| line.split_once(' '));
    split.map(|(tag, words)| (tag, words.split(' ').collect())).collect()
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts_in(text: &str, max: usize, lang: &str) -> Vec<String> {
        let mut rulings = Vec::new();
        let limit = Limit { max, lang, forbidden: &|_| false, avoided: &|_| false };
        cut(text, 0, text.len(), &limit, &mut rulings);
        let ends = rulings.iter().map(|r| r.from).chain([text.len()]);
        let starts = [0].into_iter().chain(rulings.iter().map(|r| r.at));
        starts.zip(ends).map(|(start, end)| text[start..end].to_owned()).collect()
    }

    fn parts(text: &str, max: usize) -> String {
        parts_in(text, max, "en").join("\n")
    }

    #[test]
    fn the_best_mark_decides_and_of_equal_places_the_most_even() {
        insta::assert_snapshot!(parts("The bridge, which is old, was closed; ferries run until it opens again.", 48), @r"
        The bridge, which is old, was closed;
        ferries run until it opens again.
        ");
        insta::assert_snapshot!(parts("The bridge was closed after cracks were found in two piers and traffic is sent over the ford.", 60), @r"
        The bridge was closed after cracks were found in two piers
        and traffic is sent over the ford.
        ");
        insta::assert_snapshot!(parts("one two three four five six seven eight", 20), @r"
        one two three four
        five six seven eight
        ");
    }

    #[test]
    fn abbreviations_numbers_and_no_break_spaces_hold_together() {
        insta::assert_snapshot!(parts("They met Dr. Pryce and 10 000 guests at Quay Street", 14), @r"
        They met
        Dr. Pryce
        and 10 000
        guests at
        Quay Street
        ");
        insta::assert_snapshot!(parts("Il a dit\u{a0}: « oui » et puis « non » encore", 16), @r"
        Il a dit :
        « oui » et puis
        « non » encore
        ");
    }

    #[test]
    fn scripts_without_spaces_are_cut_after_their_marks_first() {
        let text = "大桥因裂缝关闭，渡轮每十分钟一班，直到大桥重新开放为止";
        assert_eq!(parts_in(text, 20, "zh"), ["大桥因裂缝关闭，渡轮每十分钟一班，", "直到大桥重新开放为止"]);
        assert_eq!(parts_in("大桥因裂缝关闭渡轮", 4, "zh"), ["大桥因", "裂缝关", "闭渡轮"]);
    }

    #[test]
    fn only_a_run_longer_than_the_limit_is_cut_inside_and_never_inside_a_character() {
        assert_eq!(parts("an incomprehensible word", 8), "an\nincompre\nhensible\nword");
        assert_eq!(parts("e\u{301}e\u{301}e\u{301}", 3), "e\u{301}\ne\u{301}\ne\u{301}");
        assert_eq!(parts("👩\u{200d}🚀👩\u{200d}🚀", 1), "👩\u{200d}🚀\n👩\u{200d}🚀");
    }

    proptest! {
        /// No part is longer than the limit where characters are single, none is empty, and all stand in order.
        #[test]
        fn parts_keep_the_limit(text in "[a-cA .,;:!?()“”\"—。，大カ\u{a0}\n-]{1,120}", max in 1_usize..40) {
            let text = text.trim();
            prop_assume!(!text.is_empty());
            let mut at = 0;
            for part in parts_in(text, max, "en") {
                prop_assert!(!part.is_empty() && part.trim() == part, "{part:?}");
                prop_assert!(part.chars().count() <= max, "{part:?}");
                let place = text[at..].find(&part).expect("in order");
                prop_assert!(text[at..at + place].trim().is_empty());
                at += place + part.len();
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
