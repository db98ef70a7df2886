//! Pairs of neighbouring terms that several documents share (Gillick & Favre 2009): what a summary should hold once.

use rustc_hash::FxHashMap;

use crate::base::span::position;
use crate::group::space::Space;

/// What is left of a pair's worth when the summary holds it.
const LEFT: f64 = 0.3;

/// The shared pairs of a group and what they are worth now.
#[derive(Debug)]
pub(super) struct Coverage {
    /// Pairs by row, each once.
    pairs: Vec<Vec<u32>>,
    worth: Vec<f64>,
}

impl Coverage {
    /// Pairs of terms, not both stop words, that stand in two documents or more, or in two sentences of the only one. A pair
    /// is worth the root of how many hold it.
    pub(super) fn of(space: &Space) -> Self {
        let single = space.rows_of.len() == 1;
        let mut numbers: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut holders: Vec<u32> = Vec::new();
        let mut last: Vec<usize> = Vec::new();
        let mut pairs: Vec<Vec<u32>> = Vec::with_capacity(space.len());
        for row in 0..space.len() {
            let mut held = Vec::new();
            for pair in space.sequences[row].windows(2).filter(|_| space.sound[row]) {
                if pair.iter().all(|&term| space.stop[term as usize]) {
                    continue;
                }
                let number = *numbers.entry((pair[0], pair[1])).or_insert_with(|| {
                    holders.push(0);
                    last.push(usize::MAX);
                    position(holders.len() - 1)
                });
                let holder = if single { row } else { space.places[row].0 };
                if last[number as usize] != holder {
                    last[number as usize] = holder;
                    holders[number as usize] += 1;
                }
                held.push(number);
            }
            held.sort_unstable();
            held.dedup();
            pairs.push(held);
        }
        for held in &mut pairs {
            held.retain(|&pair| holders[pair as usize] > 1);
        }
        Self { pairs, worth: holders.into_iter().map(|count| f64::from(count).sqrt()).collect() }
    }

    /// What the row would add to the summary.
    pub(super) fn gain(&self, row: usize) -> f64 {
        self.pairs[row].iter().map(|&pair| self.worth[pair as usize]).sum()
    }

    /// Takes the row into the summary.
    pub(super) fn take(&mut self, row: usize) {
        for &pair in &self.pairs[row] {
            self.worth[pair as usize] *= LEFT;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    #[test]
    fn pairs_count_that_documents_share_and_less_when_told() {
        let members = [
            member("a", &["The old bridge closed.", "An old bridge closed.", "Gulls cry aloud."]),
            member("b", &["Old bridge open."]),
        ];
        let space = Space::of(&members, 10);
        let mut coverage = Coverage::of(&space);
        assert!((coverage.gain(0) - 2.0_f64.sqrt()).abs() < 1e-12, "`bridge closed` stands in one document");
        assert!(coverage.gain(2) < 1e-12);
        coverage.take(3);
        assert!((coverage.gain(0) - LEFT * 2.0_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn in_one_document_pairs_count_that_two_sentences_hold() {
        let members = [member("a", &["The old bridge closed.", "An old bridge closed.", "Gulls cry aloud."])];
        let coverage = Coverage::of(&Space::of(&members, 10));
        assert!((coverage.gain(0) - 2.0 * 2.0_f64.sqrt()).abs() < 1e-12);
        assert!(coverage.gain(2) < 1e-12);
    }
}
