//! Earlier segments of a batch, to find the most similar one among many without looking at all.
//!
//! Lists of the segments that hold each token; rare ones are asked first, as in the prefix filter of set joins
//! (Chaudhuri, Ganti & Kaushik 2006), but within a budget, so that time grows with the number of segments and not its square.
//! Tokens and percentages are those of the translation memory.

use rustc_hash::FxHashMap;

use crate::translate::leverage::{Bits, Tokens};

/// Segments that a generation holds. Of two generations the elder is forgotten when the younger is full, so what is kept
/// is bounded: about 100 bytes a segment and list, some 60 MB at most.
const GENERATION: usize = 1 << 17;

/// Entries of lists that one segment may read in a generation. Measured on 40,000 sentences of news: see `docs/quotes.md`.
const BUDGET: usize = 800;

/// Segments that are compared token by token, of those that share most.
const COMPARED: usize = 12;

/// Segments of more tokens are neither kept nor looked for: they would cost more than all others, and are hardly ever similar.
const LONGEST: usize = 1000;

/// Similarity below this, in per cent, is of no use to a translator.
const LEAST: u8 = 50;

/// Segments met so far, each kept once.
#[derive(Debug, Default)]
pub struct Earlier {
    young: Generation,
    old: Generation,
    query: Vec<u32>,
}

impl Earlier {
    /// The similarity of the most similar segment met so far, in per cent, 50 to 99; then `text` is met too.
    pub fn meet(&mut self, text: &str) -> Option<u8> {
        self.query.clear();
        self.query.extend(Tokens::of(text).hashes().iter().map(|hash| half(*hash)));
        if self.query.is_empty() || self.query.len() > LONGEST {
            return None;
        }
        let wide: Vec<u64> = self.query.iter().map(|token| u64::from(*token)).collect();
        let bits = Bits::new(&wide);
        let best = self.young.best(&self.query, &bits).max(self.old.best(&self.query, &bits));
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.add(&self.query);
        Some(best).filter(|&best| best >= LEAST)
    }
}

/// Half of a hash: two tokens of a segment share one once in a hundred million pairs.
#[expect(clippy::cast_possible_truncation, reason = "the low half of a hash")]
fn half(hash: u64) -> u32 {
    hash as u32
}

/// Where a list goes on: the entry before, and the segment.
#[derive(Debug, Clone, Copy)]
struct Entry {
    segment: u32,
    before: u32,
    /// Tokens of the segment.
    length: u16,
}

/// No entry before.
const NONE: u32 = u32::MAX;

#[derive(Debug, Default)]
struct Generation {
    /// Where the tokens of each segment end in `tokens`.
    ends: Vec<u32>,
    tokens: Vec<u32>,
    entries: Vec<Entry>,
    /// By token: its last entry and how many there are.
    lists: FxHashMap<u32, (u32, u32)>,
    /// By segment: tokens shared with the query; all 0 between queries.
    shared: Vec<u16>,
    touched: Vec<u32>,
    rare: Vec<(u32, u32)>,
}

impl Generation {
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn segment(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.tokens[start..self.ends[at] as usize]
    }

    /// Takes a segment in. A generation's tokens number at most [`GENERATION`] times [`LONGEST`], so 32 bits hold them.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    fn add(&mut self, tokens: &[u32]) {
        let segment = self.len() as u32;
        for &token in tokens {
            let list = self.lists.entry(token).or_insert((NONE, 0));
            let last = self.entries.get(list.0 as usize);
            if last.is_some_and(|entry| entry.segment == segment) {
                continue;
            }
            self.entries.push(Entry { segment, before: list.0, length: tokens.len() as u16 });
            *list = (self.entries.len() as u32 - 1, list.1 + 1);
        }
        self.tokens.extend_from_slice(tokens);
        self.ends.push(self.tokens.len() as u32);
        self.shared.push(0);
    }

    /// The similarity of the most similar segment of those looked at, in per cent.
    fn best(&mut self, query: &[u32], bits: &Bits) -> u8 {
        self.gather(query);
        let mut touched = std::mem::take(&mut self.touched);
        let shared = &self.shared;
        let order = |at: &u32| (u16::MAX - shared[*at as usize], *at);
        if touched.len() > COMPARED {
            touched.select_nth_unstable_by_key(COMPARED, order);
        }
        let looked = touched.len().min(COMPARED);
        touched[..looked].sort_unstable_by_key(order);
        let mut best = 0;
        for &at in &touched[..looked] {
            best = best.max(bits.percent(self.segment(at).iter().map(|token| u64::from(*token))));
        }
        for at in touched.drain(..) {
            self.shared[at as usize] = 0;
        }
        self.touched = touched;
        best
    }

    /// Counts the tokens that segments share with the query, from its rarest one on, until the budget is spent; segments
    /// too long or too short to be similar are left out.
    fn gather(&mut self, query: &[u32]) {
        self.rare.clear();
        self.rare.extend(
            query.iter().filter_map(|token| self.lists.get(token)).map(|&(last, count)| (count, last)),
        );
        self.rare.sort_unstable();
        self.rare.dedup();
        let mut budget = BUDGET;
        for place in 0..self.rare.len() {
            let mut at = self.rare[place].1;
            while let Some(entry) = self.entries.get(at as usize) {
                if budget == 0 {
                    return;
                }
                budget -= 1;
                let length = usize::from(entry.length);
                let (short, long) = (length.min(query.len()), length.max(query.len()));
                at = entry.before;
                if 100 * short < usize::from(LEAST) * long {
                    continue;
                }
                let shared = &mut self.shared[entry.segment as usize];
                if *shared == 0 {
                    self.touched.push(entry.segment);
                }
                *shared = shared.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_of_the_earlier_ones_is_found() {
        let mut earlier = Earlier::default();
        let found = [
            "The bridge was closed on Monday morning.",
            "Ferries will run every ten minutes.",
            "The bridge was closed on Tuesday morning.",
            "The bridge was closed on tuesday morning!",
            "Bridge morning.",
            "FERRIES will run every ten minutes.",
            "",
        ]
        .map(|text| earlier.meet(text));
        assert_eq!(found, [None, None, Some(87), Some(87), None, Some(99), None]);
    }

    #[test]
    fn a_long_segment_is_let_pass() {
        let long = "word ".repeat(LONGEST + 1);
        let mut earlier = Earlier::default();
        assert_eq!((earlier.meet(&long), earlier.meet(&long)), (None, None));
    }
}
