//! Signatures of documents: the smallest hashes of their shingles (bottom-k sketches, Broder 1997; Cohen and Kaplan 2007).
//!
//! A sketch is a random sample of the shingles, the same in every document that holds them. So two sketches tell how
//! much two documents share, sketches of parts merge into that of the whole, and shingles that turn out to be common can
//! still be taken out afterwards: a `MinHash` signature of as many bytes allows only the first.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::lex::{fold, words};

/// Hashes in a sketch, at most: one kilobyte. The deviation of a similarity of .25 is .04.
pub const HASHES: usize = 128;

/// Weight of a shingle: three words, or six characters of a script without spaces.
///
/// Word triples were best or within .001 F1 of the best on the development set of near-duplicate news.
const WEIGHT: u32 = 6;
/// Weight of a word.
const WORD: u32 = 2;

/// The signature of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketch {
    /// The smallest hashes of its shingles, rising.
    hashes: Vec<u64>,
    /// How many different shingles it has.
    shingles: u64,
}

impl Sketch {
    /// The sketch of a text that stands in several pieces; a shingle may reach over their borders.
    ///
    /// ```
    /// # use nutgraf::dedup::sketch::Sketch;
    /// let one = Sketch::of(["The bridge was closed on Monday."].into_iter());
    /// let two = Sketch::of(["the bridge was", "closed on “Monday”"].into_iter());
    /// assert_eq!(one, two);
    /// ```
    pub fn of<'t>(pieces: impl Iterator<Item = &'t str>) -> Self {
        let mut window: Vec<(u64, u32)> = Vec::new();
        let mut all = FxHashSet::default();
        let (mut weight, mut folded) = (0, String::new());
        let mut shingle = Vec::new();
        for piece in pieces {
            words::for_each(piece, |word| {
                let word = &piece[word];
                fold::fold(word, "und", &mut folded);
                let heavy = if word.starts_with(words::is_spaceless) { 1 } else { WORD };
                window.push((xxh3_64(folded.as_bytes()), heavy));
                weight += heavy;
                while weight - window[0].1 >= WEIGHT {
                    weight -= window.remove(0).1;
                }
                if weight >= WEIGHT {
                    all.insert(hash(&window, &mut shingle));
                }
            });
        }
        if all.is_empty() && !window.is_empty() {
            all.insert(hash(&window, &mut shingle));
        }
        Self::from_all(all.into_iter().collect())
    }

    /// The sketch of these different hashes.
    fn from_all(mut all: Vec<u64>) -> Self {
        let shingles = all.len() as u64;
        if all.len() > HASHES {
            all.select_nth_unstable(HASHES - 1);
            all.truncate(HASHES);
        }
        all.sort_unstable();
        Self { hashes: all, shingles }
    }

    /// The sketch of both documents taken as one; `shingles` is then estimated.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut hashes = [self.hashes.as_slice(), &other.hashes].concat();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.truncate(HASHES);
        let whole = self.is_whole() && other.is_whole();
        let mut merged = Self { hashes, shingles: 0 };
        merged.shingles = if whole { merged.hashes.len() as u64 } else { merged.estimate() };
        merged
    }

    /// How many shingles a full sketch stands for: its hashes over the share of all numbers that they reach.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an estimate"
    )]
    fn estimate(&self) -> u64 {
        let reach = self.reach() as f64 / u64::MAX as f64;
        (self.hashes.len() as f64 / reach.max(f64::MIN_POSITIVE)) as u64
    }

    /// The hashes, rising.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// How many different shingles the document has.
    pub fn shingles(&self) -> u64 {
        self.shingles
    }

    /// Whether all shingles are in the sketch.
    fn is_whole(&self) -> bool {
        self.shingles <= self.hashes.len() as u64
    }

    /// The largest hash of which the sketch knows whether the document has it.
    pub fn reach(&self) -> u64 {
        if self.is_whole() { u64::MAX } else { self.hashes.last().copied().unwrap_or(u64::MAX) }
    }
}

fn hash(window: &[(u64, u32)], bytes: &mut Vec<u8>) -> u64 {
    bytes.clear();
    bytes.extend(window.iter().flat_map(|(word, _)| word.to_le_bytes()));
    xxh3_64(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_marks_and_line_ends_play_no_part() {
        let one = Sketch::of(["It’s ÉTÉ, “he said”."].into_iter());
        let two = Sketch::of(["it’s\nété -- he", "said!"].into_iter());
        assert_eq!(one, two);
        assert_eq!(Sketch::of([" …"].into_iter()), Sketch::default());
        assert_eq!(Sketch::of(["eels"].into_iter()).shingles(), 1, "a short text is one shingle");
    }

    #[test]
    fn scripts_without_spaces_have_shingles_of_characters() {
        assert_eq!(Sketch::of(["大桥星期一关闭了"].into_iter()).shingles(), 3);
    }

    #[test]
    fn a_sketch_of_a_long_text_is_a_kilobyte() {
        let text: String = (0..5_000).map(|n| n.to_string() + " ").collect();
        let sketch = Sketch::of([text.as_str()].into_iter());
        assert_eq!((sketch.hashes().len(), sketch.shingles()), (HASHES, 4_998));
        assert!(sketch.reach() < u64::MAX / 20);
    }

    #[test]
    fn signatures_never_change_between_releases() {
        let sketch = Sketch::of(["The bridge was closed"].into_iter());
        assert_eq!(sketch.hashes(), [11_085_517_828_888_987_552, 18_030_843_625_713_162_280]);
    }

    proptest! {
        /// Merging knows no order, and merging parts gives the hashes of the whole.
        #[test]
        fn merging_gives_the_sketch_of_the_whole(
            one in prop::collection::hash_set(any::<u64>(), 0..400),
            two in prop::collection::hash_set(any::<u64>(), 0..400),
        ) {
            let (a, b) = (Sketch::from_all(one.iter().copied().collect()), Sketch::from_all(two.iter().copied().collect()));
            let both = Sketch::from_all(one.union(&two).copied().collect());
            prop_assert_eq!(a.merge(&b), b.merge(&a));
            prop_assert_eq!(a.merge(&b).hashes, both.hashes);
        }
    }
}
