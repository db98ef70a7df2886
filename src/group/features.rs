//! What is known of each sentence of a group before any is chosen.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::base::math;
use crate::base::span::position;
use crate::group::Member;
use crate::group::order::order;
use crate::group::space::Space;

/// Cosine from which on the later of two sentences counts as a repeat: it is never chosen, and supports the one that stays.
pub(crate) const REPEAT: f64 = 0.8;

/// Sentences over which position falls to 1/e. Anything from 3 to 6 measures alike.
const DECAY: f64 = 4.0;

/// Features by row.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Cosine with the sum of all sentences that are no furniture.
    pub(super) centrality: Vec<f64>,
    /// Mean over the other documents of the cosine with the sentence there that is most alike; 0 where there is none.
    pub(super) support: Vec<f64>,
    /// `order · exp(−e / 4)`, with `e` sentences before it in its document, furniture aside, and the document's order.
    pub(super) position: Vec<f64>,
    /// Whether it may be chosen: it is no furniture and repeats none before it.
    pub(super) open: Vec<bool>,
}

/// The features of all rows.
pub(super) fn features(space: &Space, members: &[Member]) -> Features {
    let mut sum = vec![0.0; space.terms()];
    (0..space.len()).filter(|&row| space.sound[row]).for_each(|row| space.add(row, &mut sum));
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    let centrality = |row| if length > 0.0 { space.dot(row, &sum) / length } else { 0.0 };
    let orders: Vec<f64> = members.iter().map(order).collect();
    let early = |row: usize| {
        let (member, _) = space.places[row];
        orders[member] * math::exp(-f64::from(space.before[row]) / DECAY)
    };
    let (support, repeats) = likeness(space);
    let mut open: Vec<bool> = (0..space.len()).map(|row| space.sound[row] && !repeats[row]).collect();
    if !open.contains(&true) {
        open = worded(space, members);
    }
    Features {
        centrality: (0..space.len()).map(centrality).collect(),
        support,
        position: (0..space.len()).map(early).collect(),
        open,
    }
}

/// Where all is furniture, whatever has a word may be chosen; where nothing has, everything.
fn worded(space: &Space, members: &[Member]) -> Vec<bool> {
    let with_words: Vec<bool> =
        space.places.iter().map(|&(member, at)| members[member].terms.words[at] > 0).collect();
    if with_words.contains(&true) { with_words } else { vec![true; with_words.len()] }
}

/// Support of each row, and whether it repeats one before it.
///
/// Every two sound rows that share a term are met once in each direction, through lists of the rows that hold a term.
fn likeness(space: &Space) -> (Vec<f64>, Vec<bool>) {
    let mut holders: Vec<Vec<(u32, f64)>> = vec![Vec::new(); space.terms()];
    let mut support = vec![0.0; space.len()];
    let mut repeats = vec![false; space.len()];
    for row in (0..space.len()).filter(|&row| space.sound[row]) {
        for (term, value) in space.vector(row) {
            holders[term].push((position(row), value));
        }
    }
    let mut cosines = vec![0.0; space.len()];
    let mut texts: FxHashMap<&[u32], usize> = FxHashMap::default();
    let others = math::count(space.rows_of.len().saturating_sub(1).max(1));
    for row in (0..space.len()).filter(|&row| space.sound[row]) {
        for (term, value) in space.vector(row) {
            for &(other, held) in &holders[term] {
                cosines[other as usize] += value * held;
            }
        }
        let own = space.places[row].0;
        let best = |rows: &Range<usize>| cosines[rows.clone()].iter().fold(0.0, |a: f64, &b| a.max(b));
        let elsewhere = space.rows_of.iter().enumerate().filter(|(member, _)| *member != own);
        support[row] = elsewhere.map(|(_, rows)| best(rows)).sum::<f64>() / others;
        // A sentence of stop words alone has no vector, but may be a repeat word for word.
        let again = *texts.entry(&space.sequences[row]).or_insert(row) != row;
        repeats[row] = again || (0..row).any(|before| !repeats[before] && cosines[before] >= REPEAT);
        cosines.fill(0.0);
    }
    (support, repeats)
}

/// Values in standard deviations from their mean over the rows that are `open`; zeros where they do not differ.
pub(super) fn standardized(values: &[f64], open: &[bool]) -> Vec<f64> {
    let (mean, deviation) = moments(values, open);
    let scale = |&value: &f64| if deviation > 1e-9 { (value - mean) / deviation } else { 0.0 };
    values.iter().map(scale).collect()
}

/// Mean and standard deviation over the rows that are `open`.
pub(super) fn moments(values: &[f64], open: &[bool]) -> (f64, f64) {
    let among = || values.iter().zip(open).filter(|(_, open)| **open).map(|(value, _)| value);
    let count = math::count(among().count().max(1));
    let mean = among().sum::<f64>() / count;
    (mean, (among().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    fn of(documents: &[&[&str]]) -> Features {
        let members: Vec<Member> = documents.iter().map(|document| member("m", document)).collect();
        features(&Space::of(&members, 100), &members)
    }

    #[test]
    fn what_other_documents_say_too_has_support() {
        let features = of(&[
            &["Cracks closed the bridge.", "Ferries carry lorries."],
            &["The bridge closed with cracks.", "Gulls watched."],
        ]);
        assert!(features.support[0] > 0.9 && features.support[1] < 1e-9, "{features:?}");
        assert_eq!(features.open, [true, true, false, true], "the second telling is a repeat");
        assert!(features.centrality[0] > features.centrality[3]);
    }

    #[test]
    fn a_document_alone_has_no_support_and_loses_its_repeats() {
        let features = of(&[&["Cracks closed it.", "Not so.", "Cracks closed it.", "Not so."]]);
        assert_eq!(features.support, [0.0; 4]);
        assert_eq!(features.open, [true, true, false, false]);
    }

    #[test]
    fn values_that_do_not_differ_are_zeros() {
        assert_eq!(standardized(&[3.0, 3.0, 9.0], &[true, true, false])[..2], [0.0, 0.0]);
        assert_eq!(standardized(&[1.0, 3.0], &[true, true]), [-1.0, 1.0]);
    }
}
