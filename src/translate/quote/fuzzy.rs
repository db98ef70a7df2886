//! How similar two segments are: words that have to be changed (Levenshtein 1966, over words), in per cent.

use xxhash_rust::xxh3::xxh3_64;

use crate::lex::words;

/// Words of a segment as numbers, whatever their case.
pub(super) fn tokens(text: &str, out: &mut Vec<u32>) {
    let mut lower = String::new();
    out.clear();
    words::for_each(text, |word| {
        lower.clear();
        lower.extend(text[word].chars().flat_map(char::to_lowercase));
        // Half of the hash: two words of a segment share one once in a hundred million pairs.
        #[expect(clippy::cast_possible_truncation, reason = "the low half of a hash")]
        out.push(xxh3_64(lower.as_bytes()) as u32);
    });
}

/// Similarity of two lists of words, in per cent: `100 - 100 · d / n`, rounded down, with `d` words to put in, take out or
/// replace and `n` words in the longer list. 0 where it would be below `least`, so that hopeless pairs cost little.
pub(super) fn similarity(a: &[u32], b: &[u32], least: usize, scratch: &mut Vec<usize>) -> usize {
    let longer = a.len().max(b.len());
    let allowed = longer * (100 - least) / 100;
    if longer == 0 || a.len().abs_diff(b.len()) > allowed {
        return 0;
    }
    match distance(a, b, allowed, scratch) {
        Some(distance) => 100 - (100 * distance).div_ceil(longer),
        None => 0,
    }
}

/// Words to change, or `None` above `allowed`: the band of the table that can hold so few (Ukkonen 1985).
fn distance(a: &[u32], b: &[u32], allowed: usize, row: &mut Vec<usize>) -> Option<usize> {
    let far = allowed + 1;
    row.clear();
    row.extend((0..=b.len()).map(|column| column.min(far)));
    for (above, &word) in a.iter().enumerate() {
        let line = above + 1;
        let from = line.saturating_sub(allowed).max(1);
        let to = (line + allowed).min(b.len());
        let mut diagonal = row[from - 1];
        row[from - 1] = if from == 1 { line.min(far) } else { far };
        let mut least = row[from - 1];
        for column in from..=to {
            let up = if column == line + allowed { far } else { row[column] };
            let change = diagonal + usize::from(b[column - 1] != word);
            diagonal = row[column];
            row[column] = change.min(up + 1).min(row[column - 1] + 1).min(far);
            least = least.min(row[column]);
        }
        if least > allowed {
            return None;
        }
    }
    Some(row[b.len()]).filter(|&distance| distance <= allowed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn percent(a: &str, b: &str) -> usize {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        tokens(a, &mut left);
        tokens(b, &mut right);
        similarity(&left, &right, 50, &mut Vec::new())
    }

    #[test]
    fn a_word_of_four_is_a_quarter() {
        assert_eq!(percent("The bridge was closed.", "The bridge was opened."), 75);
        assert_eq!(percent("The bridge was closed.", "THE BRIDGE WAS CLOSED!"), 100);
        assert_eq!(percent("The bridge was closed.", "The old bridge was closed."), 80);
        assert_eq!(percent("The bridge was closed.", "Ferries run."), 0);
        assert_eq!(percent("", ""), 0);
    }

    /// The whole table, as the textbooks have it.
    fn whole(a: &[u32], b: &[u32]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = match (i, j) {
                    (0, j) => j,
                    (i, 0) => i,
                    _ => {
                        let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                        change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1)
                    }
                };
            }
        }
        rows[a.len()][b.len()]
    }

    proptest! {
        /// The band finds what the whole table holds, where that is near enough.
        #[test]
        fn the_band_is_the_table(
            a in prop::collection::vec(0_u32..4, 0..12), b in prop::collection::vec(0_u32..4, 0..12), allowed in 0_usize..8,
        ) {
            let exact = whole(&a, &b);
            if a.len().abs_diff(b.len()) <= allowed {
                prop_assert_eq!(distance(&a, &b, allowed, &mut Vec::new()), Some(exact).filter(|&d| d <= allowed));
            }
        }
    }
}
