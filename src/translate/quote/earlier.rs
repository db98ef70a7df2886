//! Earlier segments of a batch, to find the most similar one among many without looking at all.
//!
//! Lists of the segments that hold each word; rare words are asked first, as in the prefix filter of set joins
//! (Chaudhuri, Ganti & Kaushik 2006), but within a budget, so that time grows with the number of segments and not its square.

use rustc_hash::FxHashMap;

use super::fuzzy::{similarity, tokens};

/// Segments that a generation holds. Of two generations the elder is forgotten when the younger is full, so what is kept
/// is bounded: about 100 bytes a segment and list, some 60 MB at most.
const GENERATION: usize = 1 << 17;

/// Entries of lists that one segment may read in a generation. Measured on 40,000 sentences of news: see `docs/quotes.md`.
const BUDGET: usize = 800;

/// Segments that are compared word by word, of those that share most words.
const COMPARED: usize = 12;

/// Segments of more words are neither kept nor looked for: they would cost more than all others, and are hardly ever similar.
const LONGEST: usize = 1000;

/// Similarity below this, in per cent, is of no use to a translator.
const LEAST: usize = 50;

/// Segments met so far, each kept once.
#[derive(Debug, Default)]
pub struct Earlier {
    young: Generation,
    old: Generation,
    query: Vec<u32>,
    row: Vec<usize>,
}

impl Earlier {
    /// The similarity of the most similar segment met so far, in per cent, 50 to 99; then `text` is met too.
    pub fn meet(&mut self, text: &str) -> Option<u8> {
        tokens(text, &mut self.query);
        if self.query.is_empty() || self.query.len() > LONGEST {
            return None;
        }
        let young = self.young.best(&self.query, &mut self.row);
        let best = young.max(self.old.best(&self.query, &mut self.row));
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.add(&self.query);
        // Equal words are not an equal text: case or marks differ.
        u8::try_from(best.min(99)).ok().filter(|&best| usize::from(best) >= LEAST)
    }
}

/// Where a list goes on: the entry before, and the segment.
#[derive(Debug, Clone, Copy)]
struct Entry {
    segment: u32,
    before: u32,
    /// Words of the segment.
    length: u16,
}

/// No entry before.
const NONE: u32 = u32::MAX;

#[derive(Debug, Default)]
struct Generation {
    /// Where the words of each segment end in `words`.
    ends: Vec<u32>,
    words: Vec<u32>,
    entries: Vec<Entry>,
    /// By word: its last entry and how many there are.
    lists: FxHashMap<u32, (u32, u32)>,
    /// By segment: words shared with the query; all 0 between queries.
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
        &self.words[start..self.ends[at] as usize]
    }

    /// Takes a segment in. A generation's words number at most [`GENERATION`] times [`LONGEST`], so 32 bits hold them.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    fn add(&mut self, words: &[u32]) {
        let segment = self.len() as u32;
        for &word in words {
            let list = self.lists.entry(word).or_insert((NONE, 0));
            let last = self.entries.get(list.0 as usize);
            if last.is_some_and(|entry| entry.segment == segment) {
                continue;
            }
            self.entries.push(Entry { segment, before: list.0, length: words.len() as u16 });
            *list = (self.entries.len() as u32 - 1, list.1 + 1);
        }
        self.words.extend_from_slice(words);
        self.ends.push(self.words.len() as u32);
        self.shared.push(0);
    }

    /// The similarity of the most similar segment, in per cent; 0 below [`LEAST`].
    fn best(&mut self, query: &[u32], row: &mut Vec<usize>) -> usize {
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
            best = best.max(similarity(query, self.segment(at), LEAST.max(best), row));
        }
        for at in touched.drain(..) {
            self.shared[at as usize] = 0;
        }
        self.touched = touched;
        best
    }

    /// Counts the words that segments share with the query, from its rarest word on, until the budget is spent; segments
    /// too long or too short to be similar are left out.
    fn gather(&mut self, query: &[u32]) {
        self.rare.clear();
        self.rare
            .extend(query.iter().filter_map(|word| self.lists.get(word)).map(|&(last, count)| (count, last)));
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
                if 100 * short < LEAST * long {
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
            "",
        ]
        .map(|text| earlier.meet(text));
        assert_eq!(found, [None, None, Some(85), Some(99), None, None]);
    }

    #[test]
    fn a_long_segment_is_let_pass() {
        let long = "word ".repeat(LONGEST + 1);
        let mut earlier = Earlier::default();
        assert_eq!((earlier.meet(&long), earlier.meet(&long)), (None, None));
    }
}
