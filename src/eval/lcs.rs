//! Longest common subsequences, 64 columns of the table at a time (Hyyrö 2004).
//!
//! A row of the table only ever rises, by one or not at all: one bit for each column holds it.

/// A sequence that others are laid beside, and room to work in.
#[derive(Debug, Default)]
pub(super) struct Lcs {
    /// The sequence.
    columns: Vec<u32>,
    /// For each word number, one more than the number of its row in `places`; 0 where it is not in the sequence.
    row_of: Vec<u32>,
    /// For each different word of the sequence, a bit for each place where it stands.
    places: Vec<u64>,
    /// The table's last row, as [`Lcs::step`] keeps it: a bit is 0 where the row rises.
    row: Vec<u64>,
    /// All rows, with a bit set where the row rises; the first belongs to no word at all.
    table: Vec<u64>,
}

impl Lcs {
    /// The length of the longest common subsequence of two sequences.
    pub(super) fn length(&mut self, rows: &[u32], columns: &[u32]) -> usize {
        self.prepare(columns);
        self.row.fill(u64::MAX);
        for &word in rows {
            self.step(word);
        }
        rises(&self.row.iter().map(|bits| !bits).collect::<Vec<_>>(), columns.len())
    }

    /// Takes the sequence that others are laid beside.
    pub(super) fn prepare(&mut self, columns: &[u32]) {
        for &word in &self.columns {
            self.row_of[word as usize] = 0;
        }
        self.columns.clear();
        self.columns.extend(columns);
        let words = columns.len().div_ceil(64);
        self.row.resize(words, 0);
        self.places.clear();
        for (at, &word) in columns.iter().enumerate() {
            let index = word as usize;
            if self.row_of.len() <= index {
                self.row_of.resize(index + 1, 0);
            }
            if self.row_of[index] == 0 {
                self.places.resize(self.places.len() + words, 0);
                self.row_of[index] =
                    u32::try_from(self.places.len() / words).expect("memory holds fewer words");
            }
            self.places[(self.row_of[index] as usize - 1) * words + at / 64] |= 1 << (at % 64);
        }
    }

    /// Goes on from a row of the table to that of one more word.
    fn step(&mut self, word: u32) {
        let Some(&row) = self.row_of.get(word as usize).filter(|row| **row > 0) else { return };
        let words = self.row.len();
        let places = &self.places[(row as usize - 1) * words..row as usize * words];
        let mut carry = false;
        for (bits, places) in self.row.iter_mut().zip(places) {
            let (sum, first) = bits.overflowing_add(*bits & places);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !places);
        }
    }

    /// Marks in `found` one longest common subsequence of `rows` and the sequence taken before: the one that is found from the
    /// end, going up where going up and going left are worth the same.
    pub(super) fn mark(&mut self, rows: &[u32], found: &mut [bool]) {
        let words = self.row.len();
        self.row.fill(u64::MAX);
        self.table.clear();
        self.table.resize(words, 0);
        for &word in rows {
            self.step(word);
            self.table.extend(self.row.iter().map(|bits| !bits));
        }
        let row = |at: usize| &self.table[at * words..(at + 1) * words];
        let (mut i, mut j) = (rows.len(), self.columns.len());
        while i > 0 && j > 0 {
            let word = rows[i - 1];
            if word != self.columns[j - 1] && rises(row(i), j) == rises(row(i - 1), j) {
                i -= 1;
                continue;
            }
            // A row is ahead of the one above from a place of its word on.
            let Some(place) = self.columns[..j].iter().rposition(|&column| column == word) else { return };
            found[i - 1] = true;
            (i, j) = (i - 1, place);
        }
    }
}

/// How often a row rises in its first columns.
fn rises(row: &[u64], columns: usize) -> usize {
    let whole: u32 = row[..columns / 64].iter().map(|bits| bits.count_ones()).sum();
    let part = row.get(columns / 64).map_or(0, |bits| (bits & ((1 << (columns % 64)) - 1)).count_ones());
    (whole + part) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the whole table, as the definition has it.
    fn slowly(rows: &[u32], columns: &[u32]) -> Vec<bool> {
        let mut table = vec![vec![0; columns.len() + 1]; rows.len() + 1];
        for (i, row) in rows.iter().enumerate() {
            for (j, column) in columns.iter().enumerate() {
                table[i + 1][j + 1] =
                    if row == column { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            }
        }
        let mut found = vec![false; rows.len()];
        let (mut i, mut j) = (rows.len(), columns.len());
        while i > 0 && j > 0 {
            if rows[i - 1] == columns[j - 1] {
                found[i - 1] = true;
                (i, j) = (i - 1, j - 1);
            } else if table[i][j - 1] > table[i - 1][j] {
                j -= 1;
            } else {
                i -= 1;
            }
        }
        found
    }

    #[test]
    fn up_goes_before_left() {
        let mut lcs = Lcs::default();
        let mut found = [false; 2];
        lcs.prepare(&[2, 1]);
        lcs.mark(&[1, 2], &mut found);
        assert_eq!(found, [true, false]);
    }

    fn words(longest: usize) -> impl Strategy<Value = Vec<u32>> {
        (1_u32..9).prop_flat_map(move |kinds| proptest::collection::vec(0..kinds, 0..longest))
    }

    proptest! {
        #[test]
        fn bits_find_what_the_table_finds(all in proptest::collection::vec((words(40), words(200)), 1..4)) {
            let mut lcs = Lcs::default();
            for (rows, columns) in all {
                let expected = slowly(&rows, &columns);
                let mut found = vec![false; rows.len()];
                lcs.prepare(&columns);
                lcs.mark(&rows, &mut found);
                prop_assert_eq!(&found, &expected);
                let length = expected.iter().filter(|found| **found).count();
                prop_assert_eq!(lcs.length(&rows, &columns), length);
                prop_assert_eq!(lcs.length(&columns, &rows), length);
            }
        }
    }
}
