//! The surest boundaries, found without reading what else stands around: a word, a full stop, a space and a capital, all
//! of them in ASCII. Most boundaries of most texts are of this kind.
//!
//! Nothing is decided here that the rules would not: `decides_as_the_rules_do` holds it to them.

use rustc_hash::FxHashSet;

use super::lexicon::{LISTED, Lexicon, ORDINARY, STARTER};
use super::mark::{Mark, Run};
use super::reason::Reason;
use super::window::not_small;
use super::word::{Hash, is_cyrillic_vowel};

/// Fewest letters of a word that is no abbreviation for its length alone.
const LONG: usize = 4;

/// Most letters of a word that is looked at.
const LONGEST: usize = 24;

/// Whether a sentence surely ends with the full stop at `stop`, which stands alone; the segment it ends began at `since`.
#[inline]
pub(super) fn ends(bytes: &[u8], stop: usize, since: usize, lexicon: &Lexicon, own: &FxHashSet<u64>) -> bool {
    let [b'.', b' ', b'A'..=b'Z'] = bytes[stop..].get(..3).unwrap_or_default() else { return false };
    let before = &bytes[since..stop];
    let small = small_letters(before);
    let capital = before.len() > small && before[before.len() - small - 1].is_ascii_uppercase();
    let letters = small + usize::from(capital);
    // The word stands behind a space, so it is not the first of its segment, which a list mark may be.
    if !(2..=LONGEST).contains(&letters)
        || before.len() < letters + 2
        || before[before.len() - letters - 1] != b' '
    {
        return false;
    }
    let word = &before[before.len() - letters..];
    // A short word is surely no abbreviation where it is a stop word.
    if letters < LONG {
        let hash = Hash::of_letters(word);
        let flags = lexicon.flags(hash);
        return flags & (LISTED | ORDINARY) == ORDINARY && !capital && !own.contains(&hash);
    }
    if !own.is_empty() || word.last_chunk().is_none_or(|&last| lexicon.may_be_listed(last)) {
        let hash = Hash::of_letters(word);
        if lexicon.flags(hash) & LISTED != 0 || own.contains(&hash) {
            return false;
        }
    }
    let voiced = word[1..].iter().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    voiced && (!capital || starts(&bytes[stop + 2..], lexicon))
}

/// The same of a word of small letters of Cyrillic, which a capital of Cyrillic follows.
#[inline]
pub(super) fn ends_cyrillic(
    text: &str,
    stop: usize,
    since: usize,
    lexicon: &Lexicon,
    own: &FxHashSet<u64>,
) -> bool {
    let bytes = text.as_bytes();
    let [b'.', b' ', 0xD0, 0x90..=0xAF, rest @ ..] = &bytes[stop..] else { return false };
    let small = |pair: &&[u8]| matches!(**pair, [0xD0, 0xB0..=0xBF] | [0xD1, 0x80..=0x8F]);
    let before = &bytes[since..stop];
    let letters = before.rchunks_exact(2).take(LONGEST + 1).take_while(small).count();
    if !(LONG..=LONGEST).contains(&letters) || !before[..before.len() - 2 * letters].ends_with(b" ") {
        return false;
    }
    let word = &before[before.len() - 2 * letters..];
    if word.last_chunk().is_none_or(|&last| lexicon.may_be_listed_pairs(last)) {
        return false;
    }
    // A digit would make a number of the next word.
    let next = rest.chunks_exact(2).take(LONGEST).take_while(small).count();
    if rest.get(2 * next).is_some_and(|b| !b.is_ascii() || b.is_ascii_alphanumeric()) {
        return false;
    }
    let voiced = word[2..].chunks_exact(2).any(|pair| is_cyrillic_vowel(pair[1]));
    voiced && (own.is_empty() || !own.contains(&Hash::of(&text[stop - word.len()..stop])))
}

/// How many small letters of ASCII stand at the end of `before`; of more than [`LONGEST`] it is one more.
#[inline]
fn small_letters(before: &[u8]) -> usize {
    let Some(last) = before.last_chunk::<8>() else {
        return before.iter().rev().take_while(|b| b.is_ascii_lowercase()).count();
    };
    let others = not_small(u64::from_le_bytes(*last));
    if others != 0 {
        return others.leading_zeros() as usize / 8;
    }
    let rest = before[..before.len() - 8].iter().rev().take(LONGEST - 7);
    8 + rest.take_while(|b| b.is_ascii_lowercase()).count()
}

/// What is sure of a full stop after a number or a single small letter, before a space: the reason, and whether a sentence
/// ends. Without this, texts that are little else would cost many times what others do.
#[inline]
pub(super) fn short(bytes: &[u8], stop: usize, since: usize, lexicon: &Lexicon) -> Option<(Reason, bool)> {
    let [b'.', b' ', next, rest @ ..] = &bytes[stop..] else { return None };
    let before = &bytes[since..stop];
    match before {
        [.., b'"' | b'(' | b'[', b'a'..=b'z'] => {
            let word = if matches!(next, b'"' | b'(') { rest } else { &bytes[stop + 2..] };
            let letters = word.iter().take(LONGEST).take_while(|b| b.is_ascii_lowercase()).count();
            let ends = word.get(letters).is_some_and(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
            (letters > 0 && ends).then_some((Reason::AbbreviationNever, false))
        }
        [.., b'0'..=b'9'] => {
            let digits = before.iter().rev().take(4).take_while(|b| b.is_ascii_digit()).count();
            match &before[..before.len() - digits] {
                [] | [b' '] if digits < 4 && (next.is_ascii_digit() || next.is_ascii_uppercase()) => {
                    Some((Reason::ListMark, false))
                }
                [.., b'.' | b'a'..=b'z', b' '] if digits < 4 && next.is_ascii_digit() => {
                    Some((Reason::NumberNumber, !lexicon.ordinals || digits > 2))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Where the closers end that stand behind a full stop and before another, where there are any: `etc.).` Without this, texts
/// that are little else would cost many times what others do.
#[inline]
pub(super) fn closed_before_stop(bytes: &[u8], stopped: usize) -> Option<usize> {
    let closes = |b: &&u8| matches!(b, b')' | b']' | b'}' | b'\'' | b'"');
    let closers = bytes[stopped..].iter().take_while(closes).count();
    (closers > 0 && bytes.get(stopped + closers) == Some(&b'.')).then_some(stopped + closers)
}

/// Why a sentence surely goes on behind the marks of `run`: a small letter or a digit is glued to a full stop, or a small
/// letter follows a colon or semicolon that is no sentence mark of the language.
#[inline]
pub(super) fn goes_on(bytes: &[u8], run: &Run, lang: &str) -> Option<Reason> {
    let rest = &bytes[run.end..];
    match (run.mark, rest) {
        (Mark::Stop, [b'a'..=b'z' | b'0'..=b'9', ..]) => Some(Reason::InsideWord),
        (Mark::Colon | Mark::Semicolon, [b' ', b'a'..=b'z', b'a'..=b'z', ..])
            if !matches!(lang, "hy" | "el") =>
        {
            Some(Reason::MarkFollows)
        }
        _ => None,
    }
}

/// Whether `bytes`, which begin with a capital, begin with a listed word that opens sentences.
fn starts(bytes: &[u8], lexicon: &Lexicon) -> bool {
    let letters = 1 + bytes[1..].iter().take(LONGEST + 1).take_while(|b| b.is_ascii_lowercase()).count();
    let ends = bytes.get(letters).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric());
    ends && letters > 1 && lexicon.flags(Hash::of_letters(&bytes[..letters])) & STARTER != 0
}
