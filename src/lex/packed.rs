//! A table of short words, which are compared as numbers instead of byte by byte.
//!
//! Most look-ups end at the first place they look at, and a word lies there whole: what a processor waits for is one line of
//! memory a word, and it asks for those of several words at once, unless it has to guess how a look-up ends.

use std::ops::Range;

/// Bytes of a word to a number.
const NUMBER: usize = 8;

/// A word, zeros after it (no word holds one), and its term; all zeros where there is none.
#[derive(Debug, Clone, Copy)]
struct Slot<const N: usize> {
    word: [u64; N],
    term: u32,
}

impl<const N: usize> Slot<N> {
    const EMPTY: Self = Self { word: [0; N], term: 0 };
}

/// A word, the place where the search for it begins, and its number among those of its segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sought<const N: usize> {
    word: [u64; N],
    place: usize,
    at: u32,
}

/// Terms by words of at most `N` times eight bytes.
#[derive(Debug)]
pub(super) struct Packed<const N: usize> {
    /// As many as a power of two, a quarter of them empty.
    slots: Vec<Slot<N>>,
    words: usize,
}

impl<const N: usize> Packed<N> {
    /// Longest word it holds, in bytes.
    pub(super) const LONGEST: usize = N * NUMBER;

    pub(super) fn new() -> Self {
        Self { slots: vec![Slot::EMPTY; 64], words: 0 }
    }

    /// How many words it holds.
    pub(super) fn len(&self) -> usize {
        self.words
    }

    /// Looks for many words at once: those of `words` in `text` whose numbers are `asked`. Writes the terms of those that stand
    /// where the search for them begins, as most do that are written, into `found`, begins `asked` with the numbers of the others
    /// instead, and gives how many these are.
    ///
    /// The processor waits for memory here, and for as many words together as fit into the few steps that it looks ahead:
    /// those are all that the second loop has, and none is a branch.
    pub(super) fn peek(
        &self,
        text: &str,
        words: &[Range<usize>],
        asked: &mut [u32],
        sought: &mut Vec<Sought<N>>,
        found: &mut [u32],
    ) -> usize {
        sought.clear();
        let last = self.slots.len() - 1;
        sought.extend(asked.iter().map(|&at| {
            let word = pack(text.as_bytes(), words[at as usize].clone());
            Sought { word, place: mix(word) & last, at }
        }));
        let mut missed = 0;
        for &Sought { word, place, at } in &*sought {
            let slot = self.slots[place];
            found[at as usize] = slot.term;
            asked[missed] = at;
            missed += usize::from(slot.word != word);
        }
        missed
    }

    /// The term of a word.
    #[inline]
    pub(super) fn get(&self, word: [u64; N]) -> Option<u32> {
        let slot = self.slots[self.place(word)];
        (slot.word == word).then_some(slot.term)
    }

    /// Gives a word that it does not hold a term.
    pub(super) fn insert(&mut self, word: [u64; N], term: u32) {
        if 4 * (self.words + 1) > 3 * self.slots.len() {
            let wider = vec![Slot::EMPTY; 2 * self.slots.len()];
            let held = std::mem::replace(&mut self.slots, wider);
            for slot in held.into_iter().filter(|slot| slot.word != Slot::EMPTY.word) {
                let place = self.place(slot.word);
                self.slots[place] = slot;
            }
        }
        let place = self.place(word);
        self.slots[place] = Slot { word, term };
        self.words += 1;
    }

    /// Where a word stands, or would.
    #[inline]
    fn place(&self, word: [u64; N]) -> usize {
        let last = self.slots.len() - 1;
        let mut place = mix(word) & last;
        while self.slots[place].word != word && self.slots[place].word != Slot::EMPTY.word {
            place = (place + 1) & last;
        }
        place
    }
}

/// The bytes at `word`, at most `N` times eight, as numbers.
#[inline]
pub(super) fn pack<const N: usize>(bytes: &[u8], word: Range<usize>) -> [u64; N] {
    std::array::from_fn(|number| {
        let start = (word.start + number * NUMBER).min(word.end);
        let length = (word.end - start).min(NUMBER);
        if length == 0 {
            return 0;
        }
        let Some(window) = bytes[start..].first_chunk() else {
            let mut window = [0; NUMBER];
            window[..length].copy_from_slice(&bytes[start..start + length]);
            return u64::from_le_bytes(window);
        };
        u64::from_le_bytes(*window) & u64::MAX >> (8 * (NUMBER - length))
    })
}

/// A hash of a word: the two halves of the product of its first and last number, as in wyhash.
#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn mix<const N: usize>(word: [u64; N]) -> usize {
    let (first, last) = (word[0] ^ 0x9E37_79B9_7F4A_7C15, word[N - 1] ^ 0xD1B5_4A32_D192_ED03);
    let product = u128::from(first) * u128::from(last);
    (product as u64 ^ (product >> 64) as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_after_the_table_grew() {
        let mut table = Packed::<2>::new();
        let words: Vec<String> = (0..5000).map(|n| format!("w{n}")).collect();
        let packed = |word: &String| pack(word.as_bytes(), 0..word.len());
        for (term, word) in (0..).zip(&words) {
            assert_eq!(table.get(packed(word)), None, "{word}");
            table.insert(packed(word), term);
        }
        assert_eq!(table.len(), words.len());
        for (term, word) in (0..).zip(&words) {
            assert_eq!(table.get(packed(word)), Some(term), "{word}");
        }
    }

    #[test]
    fn what_stands_after_a_word_is_no_part_of_it() {
        for length in 1..=16 {
            let word = &"abcdefghijklmnop"[..length];
            let long = format!("{word} and more of the text");
            assert_eq!(pack::<2>(long.as_bytes(), 0..length), pack(word.as_bytes(), 0..length), "{word}");
        }
        assert_eq!(pack(b"ab", 1..2), [u64::from(b'b')]);
        assert_ne!(pack::<2>(b"abcdefgh", 0..8), pack(b"abcdefghi", 0..9));
    }
}
