//! Terms by segment in compressed rows.

use std::ops::Range;

/// Terms by segment in compressed rows, stop words aside: each term of a segment once, in order of first appearance there, with
/// its count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    bounds: Vec<u32>,
    terms: Vec<u32>,
    counts: Vec<u32>,
}

impl Rows {
    pub(super) fn clear(&mut self) {
        self.bounds.clear();
        self.bounds.push(0);
        self.terms.clear();
        self.counts.clear();
    }

    /// Makes room for rows of so many entries together, and one more.
    pub(super) fn make_room(&mut self, entries: usize) {
        let end = self.bounds.last().copied().unwrap_or_default() as usize;
        self.terms.resize(end + entries + 1, 0);
        self.counts.resize(end + entries + 1, 0);
    }

    /// Adds a row: `fill` gets the room for terms and counts that is left, writes those of the row to its front, and gives how many
    /// they are.
    pub(super) fn add(&mut self, fill: impl FnOnce(&mut [u32], &mut [u32]) -> u32) {
        let start = self.bounds.last().copied().unwrap_or_default();
        let filled = fill(&mut self.terms[start as usize..], &mut self.counts[start as usize..]);
        self.bounds.push(start + filled);
    }

    /// Gives up what room no row took.
    pub(super) fn end(&mut self) {
        let end = self.bounds.last().copied().unwrap_or_default() as usize;
        self.terms.truncate(end);
        self.counts.truncate(end);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where row `row` stands among all entries.
    pub fn range(&self, row: usize) -> Range<usize> {
        self.bounds[row] as usize..self.bounds[row + 1] as usize
    }

    /// Terms of a row, each with its count there.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, u32)> {
        let range = self.range(row);
        self.terms[range.clone()].iter().map(|&term| term as usize).zip(self.counts[range].iter().copied())
    }

    /// The same in order of the terms.
    pub fn sorted(&self, row: usize) -> Vec<(usize, u32)> {
        let mut entries: Vec<_> = self.row(row).collect();
        entries.sort_unstable();
        entries
    }

    /// The term of each entry, all rows in turn.
    pub fn terms(&self) -> &[u32] {
        &self.terms
    }

    /// The count of each entry, all rows in turn.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }
}
