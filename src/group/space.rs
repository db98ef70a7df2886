//! The sentences of a group as vectors over one space of terms.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::base::math;
use crate::base::span::position;
use crate::group::Member;
use crate::lex::sequence::Term;

/// The ranked sentences of a group, by document and in order there.
#[derive(Debug, Default)]
pub(super) struct Space {
    /// Of each row, its member and its number there.
    pub(super) places: Vec<(usize, usize)>,
    /// Sentences before it in its document that are no furniture.
    pub(super) before: Vec<u32>,
    /// No furniture, and not without a word.
    pub(super) sound: Vec<bool>,
    /// Joint numbers of its terms, in the order of the text.
    pub(super) sequences: Vec<Vec<u32>>,
    /// Joint number → stop word.
    pub(super) stop: Vec<bool>,
    /// Of each member, its rows.
    pub(super) rows_of: Vec<Range<usize>>,
    /// Unit vectors `(1 + ln tf) · weight`, terms rising; empty for a sentence of stop words alone.
    vectors: Vec<Vec<(u32, f64)>>,
}

impl Space {
    /// Takes the sentences of `members`; where there are more than `most`, those with the fewest sentences before them.
    pub(super) fn of(members: &[Member], most: usize) -> Self {
        let mut space = Self::default();
        let reach = reach(members, most);
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut weights: Vec<f64> = Vec::new();
        // Of more documents than there may be sentences, as many are taken, evenly spread.
        let spread = |number: usize| members.len() <= most || (number * most) % members.len() < most;
        for (number, member) in members.iter().enumerate() {
            let terms = &member.terms.terms;
            let mut number_of = |term: &Term| {
                *numbers.entry(term.key).or_insert_with(|| {
                    weights.push(term.weight);
                    space.stop.push(term.stop);
                    position(weights.len() - 1)
                })
            };
            let joint: Vec<u32> = terms.iter().map(&mut number_of).collect();
            let first = space.places.len();
            let mut before = 0;
            for (at, sentence) in
                member.sentences.iter().enumerate().take(if spread(number) { reach } else { 0 })
            {
                let sequence: Vec<u32> =
                    member.terms.segment(at).iter().map(|&term| joint[term as usize]).collect();
                let sound = !sentence.furniture && member.terms.words[at] > 0;
                space.vectors.push(unit(&sequence, &weights));
                space.sequences.push(sequence);
                space.places.push((number, at));
                space.before.push(before);
                space.sound.push(sound);
                before += u32::from(sound);
            }
            space.rows_of.push(first..space.places.len());
        }
        space
    }

    /// Rows.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Joint terms.
    pub(super) fn terms(&self) -> usize {
        self.stop.len()
    }

    /// Entries of a row: term and value.
    pub(super) fn vector(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        self.vectors[row].iter().map(|&(term, value)| (term as usize, value))
    }

    /// Dot product of a row with a vector over all terms.
    pub(super) fn dot(&self, row: usize, with: &[f64]) -> f64 {
        self.vector(row).map(|(term, value)| value * with[term]).sum()
    }

    /// Adds a row to a vector over all terms.
    pub(super) fn add(&self, row: usize, to: &mut [f64]) {
        for (term, value) in self.vector(row) {
            to[term] += value;
        }
    }
}

/// How many sentences of each member are taken, so that all have room: all, unless there are more than `most`.
fn reach(members: &[Member], most: usize) -> usize {
    let longest = members.iter().map(|member| member.sentences.len()).max().unwrap_or(0);
    let taken = |reach: usize| -> usize { members.iter().map(|m| m.sentences.len().min(reach)).sum() };
    if taken(longest) <= most {
        return longest;
    }
    // The number of sentences taken grows with the reach.
    let (mut fits, mut passes) = (1, longest);
    while passes - fits > 1 {
        let middle = fits.midpoint(passes);
        if taken(middle) <= most { fits = middle } else { passes = middle }
    }
    fits
}

/// The unit vector `(1 + ln tf) · weight` of a sequence of terms, which rise in it; empty where nothing weighs.
pub(crate) fn unit(sequence: &[u32], weights: &[f64]) -> Vec<(u32, f64)> {
    let mut terms = sequence.to_vec();
    terms.sort_unstable();
    let mut vector: Vec<(u32, f64)> = Vec::new();
    for run in terms.chunk_by(|a, b| a == b) {
        let weight = weights[run[0] as usize];
        if weight > 0.0 {
            vector.push((run[0], (1.0 + math::ln(math::count(run.len()))) * weight));
        }
    }
    let length = vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
    for (_, value) in &mut vector {
        *value /= length;
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    #[test]
    fn equal_terms_of_two_documents_are_one() {
        let members = [member("a", &["Bridges closed."]), member("b", &["The bridge."])];
        let space = Space::of(&members, 10);
        assert_eq!((space.sequences[0][0], space.terms()), (space.sequences[1][1], 3));
        let mut sum = vec![0.0; space.terms()];
        space.add(1, &mut sum);
        assert!((space.dot(1, &sum) - 1.0).abs() < 1e-12, "rows have length 1");
    }

    #[test]
    fn of_too_many_sentences_the_beginnings_of_all_documents_are_taken() {
        let long: Vec<String> = (0..9).map(|n| format!("Line{n}.")).collect();
        let members = [member("a", &long), member("b", &long[..2]), member("c", &long)];
        let taken = |most| -> Vec<usize> {
            Space::of(&members, most).rows_of.into_iter().map(|rows| rows.len()).collect()
        };
        assert_eq!(taken(20), [9, 2, 9]);
        assert_eq!(taken(19), [8, 2, 8]);
        assert_eq!(taken(9), [3, 2, 3]);
        assert_eq!(taken(3), [1, 1, 1]);
        assert_eq!(taken(2), [1, 0, 1], "of more documents than sentences, documents far apart");
    }
}
