//! Places where a sentence may begin without a mark before it: a heading or caption that runs into the text, a Korean
//! sentence that ends with its verb alone.

use super::lexicon::{Lexicon, POLITE, STARTER};
use super::mark::{Mark, Run};
use super::window::{WINDOW, bits, unpassed, with_tail};
use super::word::Hash;
use crate::base::letters::{is_letter, is_letter_or_digit};

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

/// The search for such places in a text.
#[derive(Debug)]
pub(super) struct Bare<'t> {
    text: &'t str,
    places: Places,
    /// Where the window begins.
    base: usize,
    /// The spaces in it before capitals that are not passed, a bit each.
    left: u64,
}

impl<'t> Bare<'t> {
    pub(super) fn of(text: &'t str, lexicon: &Lexicon) -> Self {
        let left = if lexicon.bare == Places::Capitals { spaced_capitals(text.as_bytes()) } else { 0 };
        Self { text, places: lexicon.bare, base: 0, left }
    }

    /// The first place in `from..to`, as an empty run at the end of the word before it. A mark or the end of the text stands
    /// at `to`; neither end falls from one call to the next.
    #[inline]
    pub(super) fn find(&mut self, from: usize, to: usize, lexicon: &Lexicon) -> Option<Run> {
        if self.places == Places::None { None } else { self.search(from, to, lexicon) }
    }

    #[inline(never)]
    fn search(&mut self, from: usize, to: usize, lexicon: &Lexicon) -> Option<Run> {
        let place = match self.places {
            Places::None => None,
            Places::Capitals => self.before_capital(from, to, lexicon),
            Places::Endings => behind_ending(self.text, from, to),
        };
        place.map(|at| Run { start: at, end: at, mark: Mark::Bare, marks: 0 })
    }

    fn before_capital(&mut self, from: usize, to: usize, lexicon: &Lexicon) -> Option<usize> {
        self.left = unpassed(self.left, self.base, from);
        loop {
            while self.left != 0 {
                let space = self.base + self.left.trailing_zeros() as usize;
                if space >= to {
                    return None;
                }
                self.left &= self.left - 1;
                if begins_at(self.text, space, lexicon) {
                    return Some(space);
                }
            }
            let base = from.max(self.base + WINDOW);
            if base >= to {
                return None;
            }
            self.base = base;
            self.left = spaced_capitals(&self.text.as_bytes()[base..]);
        }
    }
}

/// Whether a word that opens sentences follows the space at `space`, and a word stands before it.
fn begins_at(text: &str, space: usize, lexicon: &Lexicon) -> bool {
    let bytes = text.as_bytes();
    let Some(&before) = space.checked_sub(1).and_then(|before| bytes.get(before)) else { return false };
    if !(before.is_ascii_alphanumeric() || before >= 0x80) {
        return false;
    }
    let at = space + 1;
    // The English "I" has its capital anywhere.
    let i = bytes[at] == b'I' && bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphabetic());
    !i && opens_sentences(&text[at..], lexicon) && text[..space].ends_with(is_letter_or_digit)
}

/// The spaces of the window that `bytes` begin with which a capital of Latin, Greek or Cyrillic may follow, a bit each.
fn spaced_capitals(bytes: &[u8]) -> u64 {
    with_tail(bytes, |window| {
        let mut found = [0u8; WINDOW];
        for (at, found) in found.iter_mut().enumerate() {
            let [space, b, c] = [window[at], window[at + 1], window[at + 2]];
            let two = ((b == 0xC3) & (c < 0x9F)) | ((b == 0xCE) & (c < 0xAC)) | ((b == 0xD0) & (c < 0xB0));
            let all = (b == 0xC4) | (b == 0xC5) | (b == 0xC8) | (b == 0xD2);
            *found = u8::from((space == b' ') & ((b.wrapping_sub(b'A') < 26) | two | all));
        }
        bits(&found)
    })
}

/// Whether `text` begins with a listed word that opens sentences, capitalized and not in capitals.
fn opens_sentences(text: &str, lexicon: &Lexicon) -> bool {
    let word = text.as_bytes();
    if !lexicon.may_open_bytes(word) {
        return false;
    }
    let small = word[1..].iter().take(LONGEST + 1).take_while(|b| b.is_ascii_lowercase()).count();
    // In ASCII, all that is needed is read from the bytes.
    if word[0].is_ascii_uppercase()
        && word.get(small + 1).is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic())
    {
        return small < LONGEST && opener(Hash::of_letters(&word[..=small]), lexicon);
    }
    let mut two = text.chars();
    let (first, second) = (two.next().unwrap_or(' '), two.next().unwrap_or(' '));
    // İ is two characters when it is small.
    if first != 'İ' && second != 'İ' && !lexicon.may_open(first, second) {
        return false;
    }
    let (mut hash, mut len, mut capitals) = (Hash::default(), 0, 0);
    for c in text.chars() {
        if !is_letter(c) {
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
