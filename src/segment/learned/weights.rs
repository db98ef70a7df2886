//! Learned weights of features, from `data/weights.bin`.
//!
//! The file: the magic `nutgraf boundaries`, a version, the number of slots (a power of two), then the slots, each a tag
//! of 16 bits and a weight of 16, little endian. A key's slot is told by its low bits, its tag by its high 16; a slot that
//! is taken by another key sends on to the next, and an empty one (tag and weight zero) ends the search.

use std::sync::LazyLock;

/// The file's first bytes, with its version.
const MAGIC: &[u8; 20] = b"nutgraf boundaries\x01\x00";

/// Units of a weight in one nat of the odds that a segment begins.
pub(super) const UNITS: f64 = 256.0;

/// Weights by key.
#[derive(Debug)]
pub(super) struct Weights {
    slots: Box<[Slot]>,
    mask: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Slot {
    tag: u16,
    weight: i16,
}

/// A slot that no key has.
const EMPTY: Slot = Slot { tag: 0, weight: 0 };

impl Weights {
    /// Reads a file; `None` where it is not one.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let slots: Box<[Slot]> = rest
            .chunks_exact(4)
            .map(|b| Slot { tag: u16::from_le_bytes([b[0], b[1]]), weight: i16::from_le_bytes([b[2], b[3]]) })
            .collect();
        let whole = count.is_power_of_two() && slots.len() == count && rest.len() == 4 * count;
        // A search ends at an empty slot, so there must be one.
        (whole && slots.contains(&EMPTY)).then(|| Self { mask: count - 1, slots })
    }

    /// The sum of the weights of some keys.
    pub(super) fn sum(&self, keys: &[u32]) -> i32 {
        keys.iter().map(|&key| self.of(key)).sum()
    }

    /// The weight of a key; 0 where it has none.
    #[inline]
    fn of(&self, key: u32) -> i32 {
        let tag = (key >> 16) as u16;
        let at = key as usize & self.mask;
        // Nearly all searches end at the first two slots, and no processor foresees at which: there is no branch on it.
        let (first, second) = (self.slots[at], self.slots[(at + 1) & self.mask]);
        let (is_first, is_second) =
            ((first.tag == tag) & (first != EMPTY), (second.tag == tag) & (second != EMPTY));
        if !is_first & !is_second & (first != EMPTY) & (second != EMPTY) {
            return self.further(tag, at + 2);
        }
        let second = if (first != EMPTY) & is_second { second.weight } else { 0 };
        i32::from(if is_first { first.weight } else { second })
    }

    /// The weight of the key with this tag, looked for from the slot `at` on.
    #[cold]
    fn further(&self, tag: u16, mut at: usize) -> i32 {
        loop {
            let slot = self.slots[at & self.mask];
            if slot == EMPTY {
                return 0;
            }
            if slot.tag == tag {
                return i32::from(slot.weight);
            }
            at += 1;
        }
    }
}

/// The weights that ship.
pub(super) fn shipped() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        Weights::parse(include_bytes!("data/weights.bin"))
            .expect("the file that ships is whole, as a test shows")
    });
    &WEIGHTS
}
