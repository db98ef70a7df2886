//! Stretches that two texts share, as Python's `difflib.SequenceMatcher` finds them with `autojunk=False`
//! (Ratcliff and Metzener 1988): the longest one first, then those on either side of it.

use rustc_hash::FxHashMap;

/// A stretch that both texts hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shared {
    /// Where it begins in the first text.
    pub(super) a: usize,
    /// Where it begins in the second.
    pub(super) b: usize,
    /// Its length; 0 only for the one at the ends of both texts, which comes last.
    pub(super) size: usize,
}

/// The shared stretches in order; those that touch in both texts are one.
pub(super) fn shared(a: &[char], b: &[char]) -> Vec<Shared> {
    let mut found = Vec::new();
    let mut search = Search::new(a, b);
    let mut left = vec![(0, a.len(), 0, b.len())];
    while let Some((a_from, a_to, b_from, b_to)) = left.pop() {
        let longest = search.longest((a_from, a_to), (b_from, b_to));
        let Shared { a, b, size } = longest;
        if size == 0 {
            continue;
        }
        found.push(longest);
        if a_from < a && b_from < b {
            left.push((a_from, a, b_from, b));
        }
        if a + size < a_to && b + size < b_to {
            left.push((a + size, a_to, b + size, b_to));
        }
    }
    found.sort_unstable();
    found.push(Shared { a: a.len(), b: b.len(), size: 0 });
    found.dedup_by(|next, last| {
        let touches = next.size > 0 && last.a + last.size == next.a && last.b + last.size == next.b;
        if touches {
            last.size += next.size;
        }
        touches
    });
    found
}

struct Search<'t> {
    a: &'t [char],
    /// Places of each character in the second text, rising.
    places: FxHashMap<char, Vec<usize>>,
    /// By place in the second text plus one: length of the stretch that ends there and at the last place in the first.
    lengths: Vec<usize>,
    /// The same for the place before, and where it is not 0.
    before: Vec<usize>,
    set: Vec<usize>,
    set_before: Vec<usize>,
}

impl<'t> Search<'t> {
    fn new(a: &'t [char], b: &[char]) -> Self {
        let mut places: FxHashMap<char, Vec<usize>> = FxHashMap::default();
        for (at, &c) in b.iter().enumerate() {
            places.entry(c).or_default().push(at);
        }
        let lengths = vec![0; b.len() + 1];
        Self { a, places, before: lengths.clone(), lengths, set: Vec::new(), set_before: Vec::new() }
    }

    /// The longest stretch in both ranges; of several the first in the first text, of these the first in the second.
    fn longest(&mut self, a: (usize, usize), b: (usize, usize)) -> Shared {
        let mut best = Shared { a: a.0, b: b.0, size: 0 };
        for at in a.0..a.1 {
            self.step_on();
            let Some(places) = self.places.get(&self.a[at]) else { continue };
            let first = places.partition_point(|&place| place < b.0);
            for &place in places[first..].iter().take_while(|&&place| place < b.1) {
                let size = self.before[place] + 1;
                self.lengths[place + 1] = size;
                self.set.push(place + 1);
                if size > best.size {
                    best = Shared { a: at + 1 - size, b: place + 1 - size, size };
                }
            }
        }
        self.step_on();
        self.step_on();
        best
    }

    /// The last row becomes the one before, and the row before an empty one.
    fn step_on(&mut self) {
        std::mem::swap(&mut self.lengths, &mut self.before);
        std::mem::swap(&mut self.set, &mut self.set_before);
        for at in self.set.drain(..) {
            self.lengths[at] = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(a: &str, b: &str) -> Vec<(usize, usize, usize)> {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        shared(&chars(a), &chars(b)).iter().map(|s| (s.a, s.b, s.size)).collect()
    }

    /// The figures are those of Python 3.11.
    #[test]
    fn stretches_are_those_that_python_finds() {
        assert_eq!(found("abxcd", "abcd"), [(0, 0, 2), (3, 2, 2), (5, 4, 0)]);
        assert_eq!(found(" abcd", "abcd abcd"), [(0, 4, 5), (5, 9, 0)]);
        assert_eq!(found("private Thread", "private volatile Thread"), PRIVATE);
        assert_eq!(found("qabxcd", "abycdf"), [(1, 0, 2), (4, 3, 2), (6, 6, 0)]);
        assert_eq!(found("aaaa", "aa"), [(0, 0, 2), (4, 2, 0)]);
        assert_eq!(found("", "ab"), [(0, 2, 0)]);
    }

    const PRIVATE: [(usize, usize, usize); 3] = [(0, 0, 8), (8, 17, 6), (14, 23, 0)];
}
