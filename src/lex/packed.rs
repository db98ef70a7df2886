//! A table of short words, which are compared as numbers instead of byte by byte.
//!
//! Most look-ups end at the first place they look at, and a word lies there whole: what a processor waits for is one line of
//! memory a word, and it asks for those of several words at once, unless it has to guess how a look-up ends.

use std::ops::Range;

use crate::base::span::position;

/// Bytes of a number.
const NUMBER: usize = 8;

/// Bits of a term, the highest of the last number of its word.
const TERM: u32 = 32;

/// A word, zeros after it (no word holds one), and its term; all zeros where there is none.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
struct Slot<const N: usize>([u64; N]);

impl<const N: usize> Slot<N> {
    const EMPTY: Self = Self([0; N]);

    fn term(&self) -> u32 {
        position((self.0[N - 1] >> TERM) as usize)
    }

    fn word(&self) -> [u64; N] {
        let mut word = self.0;
        word[N - 1] &= u64::from(u32::MAX);
        word
    }
}

/// A word and the place where the search for it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sought {
    pub(super) word: [u64; 2],
    place: u32,
}

/// Terms by words of at most `N` times eight bytes less four.
#[derive(Debug)]
pub(super) struct Packed<const N: usize> {
    /// As many as a power of two, a quarter of them empty.
    slots: Vec<Slot<N>>,
    words: usize,
}

impl<const N: usize> Packed<N> {
    /// Longest word it holds, in bytes.
    pub(super) const LONGEST: usize = N * NUMBER - (TERM / u8::BITS) as usize;

    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::EMPTY; 64], words: 0 }
    }

    /// How many words it holds.
    pub(super) fn len(&self) -> usize {
        self.words
    }

    /// The term of a word.
    pub(super) fn get(&self, word: [u64; N]) -> Option<u32> {
        let slot = &self.slots[self.place(word)];
        (slot.word() == word).then(|| slot.term())
    }

    /// Gives a word that it does not hold a term.
    pub(super) fn insert(&mut self, word: [u64; N], term: u32) {
        if 4 * (self.words + 1) > 3 * self.slots.len() {
            let wider = vec![Slot::EMPTY; 2 * self.slots.len()];
            let held = std::mem::replace(&mut self.slots, wider);
            for slot in held.into_iter().filter(|slot| slot.word() != Slot::EMPTY.0) {
                let place = self.place(slot.word());
                self.slots[place] = slot;
            }
        }
        let place = self.place(word);
        let mut slot = Slot(word);
        slot.0[N - 1] |= u64::from(term) << TERM;
        self.slots[place] = slot;
        self.words += 1;
    }

    /// Where a word stands, or would.
    fn place(&self, word: [u64; N]) -> usize {
        let last = self.slots.len() - 1;
        let mut place = mix(word) & last;
        loop {
            let held = self.slots[place].word();
            if held == word || held == Slot::EMPTY.0 {
                return place;
            }
            place = (place + 1) & last;
        }
    }
}

impl Packed<2> {
    /// Gets ready to look for the words of a text; one that is too long is in no place.
    pub(super) fn seek(&self, text: &str, words: &[Range<u32>], sought: &mut Vec<Sought>) {
        let bytes = text.as_bytes();
        let last = self.slots.len() - 1;
        sought.extend(words.iter().map(|word| {
            let (start, length) = (word.start as usize, (word.end - word.start) as usize);
            let long = length > Self::LONGEST;
            let mask = MASKS[if long { 0 } else { length }];
            let [low, high] = window(bytes, start);
            let word = [low & mask[0], high & mask[1] | u64::from(long)];
            Sought { word, place: position(mix(word) & last) }
        }));
    }

    /// Looks for many words at once. Writes the terms of those that stand where the search for them begins, as most do that are
    /// written, into `found`, begins `missed` with the numbers of the others, and gives how many these are. Both must have room
    /// for all words.
    ///
    /// The processor waits for memory here, and for as many words together as fit into the few steps that it looks ahead: none
    /// of these is a branch that depends on a word.
    pub(super) fn peek(&self, sought: &[Sought], found: &mut [u32], missed: &mut [u32]) -> usize {
        let last = self.slots.len() - 1;
        let mut misses = 0;
        for ((at, sought), found) in sought.iter().enumerate().zip(found) {
            let Slot([low, high]) = self.slots[sought.place as usize & last];
            *found = halves_of(high)[1];
            missed[misses] = halves_of(at as u64)[0];
            let other = (low ^ sought.word[0]) | (high ^ sought.word[1]) << TERM;
            misses += usize::from(other != 0);
        }
        misses
    }
}

/// What is left of two numbers for a word of so many bytes.
const MASKS: [[u64; 2]; Packed::<2>::LONGEST + 1] = {
    let mut masks = [[0; 2]; Packed::<2>::LONGEST + 1];
    let mut byte = 0;
    while byte < Packed::<2>::LONGEST {
        masks[byte + 1] = masks[byte];
        masks[byte + 1][byte / NUMBER] |= 0xFF << (8 * (byte % NUMBER));
        byte += 1;
    }
    masks
};

/// The sixteen bytes of a text at `start`, which is within it; zeros after its end.
fn window(bytes: &[u8], start: usize) -> [u64; 2] {
    const WINDOW: usize = 2 * NUMBER;
    if let Some(window) = bytes[start..].first_chunk::<WINDOW>() {
        return halves(u128::from_le_bytes(*window));
    }
    // What stands at the end is read with what stands before it, which is quicker than to copy it.
    if let Some(last) = bytes.last_chunk::<WINDOW>() {
        let before = start + WINDOW - bytes.len();
        return halves(u128::from_le_bytes(*last) >> (u8::BITS as usize * before));
    }
    let mut window = [0; WINDOW];
    window[..bytes.len() - start].copy_from_slice(&bytes[start..]);
    halves(u128::from_le_bytes(window))
}

/// A word of at most as many bytes as a table holds, as numbers.
pub(super) fn pack<const N: usize>(word: &str) -> [u64; N] {
    let mut numbers = [0; N];
    let (whole, rest) = word.as_bytes().as_chunks();
    for (number, &eight) in numbers.iter_mut().zip(whole) {
        *number = u64::from_le_bytes(eight);
    }
    for (at, &byte) in rest.iter().enumerate() {
        numbers[whole.len()] |= u64::from(byte) << (8 * at);
    }
    numbers
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn halves(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn halves_of(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

/// A hash of a word: the two halves of the products of its numbers, as in wyhash.
#[expect(clippy::cast_possible_truncation, reason = "its last bits are as good as any")]
fn mix<const N: usize>(word: [u64; N]) -> usize {
    let (pairs, _) = word.as_chunks();
    let hash = pairs.iter().fold(0, |hash: u64, &[first, second]| {
        let product = u128::from(first ^ 0x9E37_79B9_7F4A_7C15) * u128::from(second ^ 0xD1B5_4A32_D192_ED03);
        let [low, high] = halves(product);
        hash.rotate_left(7) ^ low ^ high
    });
    hash as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn windows_are_what_stands_there_with_zeros_behind_it() {
        let bytes: Vec<u8> = (1..50).collect();
        for length in 1..bytes.len() {
            for start in 0..length {
                let mut copy = [0; 16];
                let there = copy.iter_mut().zip(&bytes[start..length]);
                there.for_each(|(copy, &byte)| *copy = byte);
                assert_eq!(
                    window(&bytes[..length], start),
                    halves(u128::from_le_bytes(copy)),
                    "{start}, {length}"
                );
            }
        }
    }

    #[test]
    fn words_are_found_again_after_the_table_grew() {
        let mut table = Packed::<4>::new();
        let words: Vec<String> = (0..5000).map(|n| format!("{n} of a long row of words")).collect();
        for (term, word) in (0..).zip(&words) {
            assert_eq!(table.get(pack(word)), None, "{word}");
            table.insert(pack(word), term);
        }
        assert_eq!(table.len(), words.len());
        for (term, word) in (0..).zip(&words) {
            assert_eq!(table.get(pack(word)), Some(term), "{word}");
        }
    }

    proptest! {
        /// What is not missed is what a search of the table for the word alone gives; words that are too long are all missed.
        #[test]
        fn many_words_are_looked_for_as_each_alone(
            known in prop::collection::vec("[a-c]{1,14}", 0..90),
            asked in prop::collection::vec("[a-cé]{1,20}", 1..40),
        ) {
            let mut table = Packed::<2>::new();
            for (term, word) in (0..).zip(known.iter().filter(|word| word.len() <= Packed::<2>::LONGEST)) {
                if table.get(pack(word)).is_none() {
                    table.insert(pack(word), term);
                }
            }
            let text = asked.join(" ");
            let mut start = 0;
            let places: Vec<Range<u32>> = asked.iter().map(|word| {
                let place = start..start + position(word.len());
                start = place.end + 1;
                place
            }).collect();
            let (mut sought, mut found, mut missed) = (Vec::new(), vec![0; asked.len()], vec![0; asked.len() + 1]);
            table.seek(&text, &places, &mut sought);
            let misses = table.peek(&sought, &mut found, &mut missed);
            for (at, word) in (0..).zip(&asked) {
                let short = word.len() <= Packed::<2>::LONGEST;
                let held = if short { table.get(pack(word)) } else { None };
                if missed[..misses].contains(&at) {
                    continue;
                }
                prop_assert_eq!(Some(found[at as usize]), held, "{}", word);
            }
            let unknown = asked.iter().filter(|word| word.len() > Packed::<2>::LONGEST).count();
            prop_assert!(misses >= unknown);
        }
    }
}
