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

/// All bits of a slot, or none.
#[inline]
fn all_or_none(holds: bool) -> Slot {
    Slot::from(holds).wrapping_neg()
}

/// Weights by key.
#[derive(Debug)]
pub(super) struct Weights {
    /// The slots, and the first once more behind the last.
    slots: Box<[Slot]>,
    mask: usize,
}

/// The tag in the low half, the weight in the high one.
type Slot = u32;

/// A slot that no key has.
const EMPTY: Slot = 0;

/// The bits of a slot that are its tag.
const TAG: Slot = 0xFFFF;

/// The weight that stands in a slot.
#[inline]
fn weight(slot: Slot) -> i32 {
    slot.cast_signed() >> 16
}

impl Weights {
    /// Reads a file; `None` where it is not one.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (slots, over) = rest.as_chunks::<4>();
        let whole = count.is_power_of_two() && slots.len() == count && over.is_empty();
        let slots = slots.iter().chain(slots.first()).map(|&slot| Slot::from_le_bytes(slot));
        let slots: Box<[Slot]> = slots.collect();
        // A search ends at an empty slot, so there must be one.
        (whole && slots.contains(&EMPTY)).then(|| Self { mask: count - 1, slots })
    }

    /// The sum of the weights of some keys; those without one count 0.
    ///
    /// Nearly all searches end at the first two slots, and no processor foresees at which. So all keys are looked up before
    /// any is compared, and comparing has no branch.
    pub(super) fn sum<const KEYS: usize>(&self, keys: &[u32; KEYS]) -> i32 {
        let (mut firsts, mut seconds) = ([EMPTY; KEYS], [EMPTY; KEYS]);
        for ((first, second), &key) in firsts.iter_mut().zip(&mut seconds).zip(keys) {
            let at = key as usize & self.mask;
            [*first, *second] =
                *self.slots[at..].first_chunk().expect("the first slot stands once more behind the last");
        }
        let (mut sum, mut further) = (0, [0; KEYS]);
        for at in 0..KEYS {
            let (first, second, tag) = (firsts[at], seconds[at], keys[at] >> 16);
            // An empty slot that is taken for one with the tag 0 has the weight of none.
            let (is_first, is_second) = (all_or_none(first & TAG == tag), all_or_none(second & TAG == tag));
            let (one, two) = (all_or_none(first != EMPTY), all_or_none(second != EMPTY));
            sum += weight(first & is_first | second & is_second & one & !is_first);
            further[at] = one & two & !is_first & !is_second;
        }
        if further != [0; KEYS] {
            for (&key, _) in keys.iter().zip(further).filter(|&(_, further)| further != 0) {
                sum += self.further(key >> 16, (key as usize & self.mask) + 2);
            }
        }
        sum
    }

    /// The weight of the key with this tag, looked for from the slot `at` on.
    #[cold]
    fn further(&self, tag: u32, mut at: usize) -> i32 {
        loop {
            let slot = self.slots[at & self.mask];
            if slot == EMPTY || slot & TAG == tag {
                return weight(slot);
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
