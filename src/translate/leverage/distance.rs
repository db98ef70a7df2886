//! Edit distance over tokens, 64 of them a step.
//!
//! Myers, *A fast bit-vector algorithm for approximate string matching* (1999), in the blocks of Hyyrö (2003), here for whole
//! texts: the row above the first grows by one each step.

use rustc_hash::FxHashMap;

use crate::translate::leverage::percent_of;
use crate::translate::leverage::tokens::Tokens;

/// A text made ready to be compared with many.
#[derive(Debug, Clone)]
pub struct Pattern<'t> {
    text: &'t str,
    pattern: Bits,
}

/// The places of each token, as bits.
#[derive(Debug, Clone)]
pub(crate) struct Bits {
    tokens: usize,
    blocks: usize,
    rows: FxHashMap<u64, usize>,
    places: Vec<u64>,
}

impl<'t> Pattern<'t> {
    /// Makes `tokens` ready.
    pub fn new(tokens: &'t Tokens) -> Self {
        Self { text: tokens.text(), pattern: Bits::new(tokens.hashes()) }
    }

    /// The percentage that `other` has, as [`fuzzy`](super::fuzzy) counts it.
    pub fn percent(&self, other: &Tokens) -> u8 {
        if self.text == other.text() {
            return 100;
        }
        self.pattern.percent(other.hashes().iter().copied())
    }

    /// How many tokens must be put in, taken out or exchanged to make `other` of this one.
    pub fn distance(&self, other: &[u64]) -> usize {
        self.pattern.distance(other.iter().copied())
    }
}

impl Bits {
    pub(crate) fn new(hashes: &[u64]) -> Self {
        let blocks = hashes.len().div_ceil(64);
        let mut rows = FxHashMap::default();
        let mut places = Vec::new();
        for (place, hash) in hashes.iter().enumerate() {
            let next = rows.len();
            let row = *rows.entry(*hash).or_insert(next);
            if row == next && places.len() < (row + 1) * blocks {
                places.resize((row + 1) * blocks, 0);
            }
            places[row * blocks + place / 64] |= 1 << (place % 64);
        }
        Self { tokens: hashes.len(), blocks, rows, places }
    }

    /// The percentage that a text of the tokens `other` has; 99 at most, for equal tokens are not an equal text.
    pub(crate) fn percent(&self, other: impl ExactSizeIterator<Item = u64>) -> u8 {
        let longest = self.tokens.max(other.len());
        percent_of(self.distance(other), longest).min(99)
    }

    pub(super) fn distance(&self, other: impl ExactSizeIterator<Item = u64>) -> usize {
        if self.tokens == 0 {
            return other.len();
        }
        let last = 1 << ((self.tokens - 1) % 64);
        let mut columns = vec![(u64::MAX, 0_u64); self.blocks];
        let mut distance = self.tokens;
        for hash in other {
            let row =
                self.rows.get(&hash).map(|row| &self.places[row * self.blocks..(row + 1) * self.blocks]);
            let mut carry = Step::Up;
            for (block, column) in columns.iter_mut().enumerate() {
                let equal = row.map_or(0, |row| row[block]);
                let top = if block + 1 == self.blocks { last } else { 1 << 63 };
                carry = advance(column, equal, carry, top);
            }
            match carry {
                Step::Up => distance += 1,
                Step::Down => distance -= 1,
                Step::Level => {}
            }
        }
        distance
    }
}

/// How the distance changes from one column to the next in one row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Up,
    Level,
    Down,
}

/// One block of one column; gives the step in the row of bit `top`.
fn advance((plus, minus): &mut (u64, u64), mut equal: u64, above: Step, top: u64) -> Step {
    let vertical = equal | *minus;
    equal |= u64::from(above == Step::Down);
    let horizontal = ((equal & *plus).wrapping_add(*plus) ^ *plus) | equal;
    let mut up = *minus | !(horizontal | *plus);
    let mut down = *plus & horizontal;
    let step = match (up & top != 0, down & top != 0) {
        (true, _) => Step::Up,
        (_, true) => Step::Down,
        _ => Step::Level,
    };
    up = (up << 1) | u64::from(above == Step::Up);
    down = (down << 1) | u64::from(above == Step::Down);
    *plus = down | !(vertical | up);
    *minus = up & vertical;
    step
}
