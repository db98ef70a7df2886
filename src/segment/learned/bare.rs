//! Places where a sentence may begin without a mark before it: a heading or caption that runs into the text, a Korean
//! sentence that ends with its verb alone.

use super::lexicon::{Lexicon, POLITE, STARTER};
use super::mark::{Mark, Run};
use super::word::Hash;

/// Longest word that opens sentences, in bytes.
const LONGEST: usize = 24;

/// Which places are looked at, by language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    /// None: the language has no capitals, or no list of words that open sentences.
    None,
    /// Before a capitalized word that opens sentences.
    Capitals,
    /// Behind an ending that closes Korean sentences.
    Endings,
}

/// The first such place in `text[from..to]`, as an empty run at the end of the word before it.
pub(super) fn find(text: &str, from: usize, to: usize, places: Places, lexicon: &Lexicon) -> Option<Run> {
    let place = match places {
        Places::None => None,
        Places::Capitals => before_capital(text, from, to, lexicon),
        Places::Endings => behind_ending(text, from, to),
    };
    place.map(|at| Run { start: at, end: at, mark: Mark::Bare, marks: 0 })
}

/// Whether a capital may stand at `at`: of Latin, Greek or Cyrillic.
#[inline]
fn may_be_capital(bytes: &[u8], at: usize) -> bool {
    let second = bytes.get(at + 1).copied().unwrap_or_default();
    match bytes[at] {
        b'A'..=b'Z' | 0xC4 | 0xC5 | 0xC8 | 0xD2 => true,
        0xC3 => second < 0x9F,
        0xCE => second < 0xAC,
        0xD0 => second < 0xB0,
        _ => false,
    }
}

fn before_capital(text: &str, from: usize, to: usize, lexicon: &Lexicon) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(space) = spaced_capital(&bytes[..to], at) {
        at = space + 1;
        let Some(&before) = space.checked_sub(1).and_then(|before| bytes.get(before)) else { continue };
        if !(before.is_ascii_alphanumeric() || before >= 0x80) {
            continue;
        }
        // The English "I" has its capital anywhere.
        let i = bytes[at] == b'I' && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphabetic());
        if !i && opens_sentences(&text[at..], lexicon) && text[..space].ends_with(char::is_alphanumeric) {
            return Some(space);
        }
    }
    None
}

/// The first space at or after `from` that a byte follows which may begin a capital; eight are looked at together.
fn spaced_capital(bytes: &[u8], mut from: usize) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    while let Some(nine) = bytes.get(from..).and_then(|rest| rest.first_chunk::<9>()) {
        let [first @ .., _] = nine;
        let [_, next @ ..] = nine;
        let (eight, next) = (u64::from_le_bytes(*first), u64::from_le_bytes(*next));
        let unlike = eight ^ (0x20 * EACH);
        let spaces = !(((unlike & !HIGH) + !HIGH) | unlike) & HIGH;
        let low = next & !HIGH;
        let capitals = (low + (0x80 - 0x41) * EACH) & !(low + (0x80 - 0x5B) * EACH) & !next;
        let mut any = spaces & (capitals | next);
        while any != 0 {
            let at = from + any.trailing_zeros() as usize / 8;
            if may_be_capital(bytes, at + 1) {
                return Some(at);
            }
            any &= any - 1;
        }
        from += 8;
    }
    (from..bytes.len().saturating_sub(1)).find(|&at| bytes[at] == b' ' && may_be_capital(bytes, at + 1))
}

/// Whether `text` begins with a listed word that opens sentences, capitalized and not in capitals.
fn opens_sentences(text: &str, lexicon: &Lexicon) -> bool {
    let word = text.as_bytes();
    if let [first @ b'A'..=b'Z', second @ b'a'..=b'z', ..] = word
        && lexicon.pairs[usize::from(first - b'A')] >> (second - b'a') & 1 == 0
    {
        return false;
    }
    let small = word[1..].iter().take(LONGEST + 1).take_while(|b| b.is_ascii_lowercase()).count();
    // In ASCII, all that is needed is read from the bytes.
    if word[0].is_ascii_uppercase()
        && word.get(small + 1).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic())
    {
        return small < LONGEST && opener(Hash::of_letters(&word[..=small]), lexicon);
    }
    let (mut hash, mut len, mut capitals) = (Hash::default(), 0, 0);
    for c in text.chars() {
        if !c.is_alphabetic() {
            break;
        }
        capitals += usize::from(c.is_uppercase());
        hash.add(c);
        len += c.len_utf8();
        if len > LONGEST {
            return false;
        }
    }
    capitals == 1 && opener(hash.0, lexicon)
}

/// Whether the word with this hash opens sentences, and is no pronoun that has its capital anywhere.
fn opener(hash: u64, lexicon: &Lexicon) -> bool {
    lexicon.flags(hash) & (STARTER | POLITE) == STARTER
}

/// Behind `-다`, `-요`, `-줘`, `-냐`, `-죠`, `-까`.
fn behind_ending(text: &str, from: usize, to: usize) -> Option<usize> {
    let places = memchr::memchr_iter(b' ', &text.as_bytes()[from..to]).map(|at| from + at);
    places.into_iter().find(|&at| text[..at].ends_with(['다', '요', '줘', '냐', '죠', '까', '야']))
}
