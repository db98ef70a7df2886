//! Which documents may be alike: met through the heaviest terms they share, never all pairs.

use rayon::prelude::*;

use crate::base::math;
use crate::base::span::position;
use crate::digest::vectors::{Sparse, heaviest};

/// Terms by which a document is found, its heaviest.
const TERMS: usize = 48;
/// Neighbours of a document, at most.
const NEIGHBOURS: usize = 24;
/// Candidates whose likeness is computed in full, at most.
const CANDIDATES: usize = 64;
/// Documents that hold a term, at most, for it to lead to neighbours: this many, or this share of all.
const COMMON: (usize, f64) = (100, 0.02);

/// Pairs of rows with their dot product, the smaller number first, sorted, each once: of each row the most alike ones, from
/// `least` on.
pub(super) fn neighbours(rows: &[Sparse], terms: usize, least: f64) -> Vec<(u32, u32, f64)> {
    let keys: Vec<Vec<(u32, f64)>> = rows.iter().map(leading).collect();
    let mut holders: Vec<Vec<(u32, f64)>> = vec![Vec::new(); terms];
    for (number, keys) in (0_u32..).zip(&keys) {
        for &(term, value) in keys {
            holders[term as usize].push((number, value));
        }
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let common = COMMON.0.max((COMMON.1 * math::count(rows.len())) as usize);
    let of = |scores: &mut Vec<f64>, number: usize| {
        scores.resize(rows.len(), 0.0);
        let mut met: Vec<u32> = Vec::new();
        for &(term, value) in &keys[number] {
            let holders = &holders[term as usize];
            for &(other, held) in holders.iter().filter(|_| holders.len() <= common) {
                let slot = &mut scores[other as usize];
                if *slot <= 0.0 {
                    met.push(other);
                }
                *slot += value * held;
            }
        }
        let mut found: Vec<(u32, f64)> =
            met.iter().map(|&other| (other, std::mem::take(&mut scores[other as usize]))).collect();
        found.retain(|&(other, _)| other as usize != number);
        heaviest(&mut found, CANDIDATES);
        let full = |(other, _)| (other, rows[number].dot(&rows[other as usize]));
        found = found.into_iter().map(full).filter(|&(_, likeness)| likeness >= least).collect();
        heaviest(&mut found, NEIGHBOURS);
        let own = position(number);
        found.into_iter().map(move |(other, likeness)| (own.min(other), own.max(other), likeness)).collect()
    };
    let found: Vec<Vec<(u32, u32, f64)>> = (0..rows.len()).into_par_iter().map_init(Vec::new, of).collect();
    let mut pairs: Vec<(u32, u32, f64)> = found.into_iter().flatten().collect();
    pairs.sort_by_key(|pair| (pair.0, pair.1));
    pairs.dedup_by_key(|pair| (pair.0, pair.1));
    pairs
}

/// The heaviest entries of a row.
fn leading(row: &Sparse) -> Vec<(u32, f64)> {
    let mut entries: Vec<(u32, f64)> = row.0.iter().map(|&(term, value)| (term, f64::from(value))).collect();
    heaviest(&mut entries, TERMS);
    entries.sort_unstable_by_key(|entry| entry.0);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_meet_once_through_what_they_share() {
        let rows = [vec![(0, 0.6), (1, 0.8)], vec![(1, 1.0)], vec![(2, 1.0)]].map(Sparse);
        let found = neighbours(&rows, 3, 0.1);
        assert_eq!(found.iter().map(|&(a, b, _)| (a, b)).collect::<Vec<_>>(), [(0, 1)]);
        assert!((found[0].2 - 0.8).abs() < 1e-6);
        assert_eq!(neighbours(&rows, 3, 0.9), []);
    }

    #[test]
    fn what_too_many_hold_leads_to_nobody() {
        let row = |number: u32| Sparse(vec![(0, 0.8), (number + 1, 0.6)]);
        let many: Vec<Sparse> = (0..150).map(row).collect();
        assert_eq!(neighbours(&many, 200, 0.1), []);
        assert!(!neighbours(&many[..90], 200, 0.1).is_empty());
    }
}
