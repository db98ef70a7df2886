//! Which sentences of a group make its summary.

use crate::group::coverage::Coverage;
use crate::group::features::{Features, moments, standardized};
use crate::group::space::Space;
use crate::group::{Member, Weights};
use crate::select::room::Room;

/// Cosine with a sentence of the summary above which another is not taken.
const ALIKE: f64 = 0.6;

/// Takes the sentence of the highest score that fits, again and again, until the room is full; gives members and numbers of
/// sentences there.
///
/// The first is taken whether it fits or not. A sentence that dangles is taken only after the one before it. Ties go to
/// the earlier document, and to the earlier sentence there. Members from number `new` on are known to the reader: as if they
/// were in the summary already, they take what they say out of question.
pub(super) fn choose(
    space: &Space,
    members: &[Member],
    new: usize,
    features: &Features,
    weights: &Weights,
    mut room: Room,
) -> Vec<(usize, usize)> {
    let words: Vec<u32> = space.places.iter().map(|&(member, at)| members[member].terms.words[at]).collect();
    let base = base(features, weights);
    let mut coverage = Coverage::of(space);
    let rate = |coverage: &Coverage, row: usize| coverage.gain(row) / f64::from(words[row].max(1));
    let rates: Vec<f64> = (0..space.len()).map(|row| rate(&coverage, row)).collect();
    let (_, deviation) = moments(&rates, &features.open);
    let unit = if deviation > 1e-9 { weights.coverage / deviation } else { 0.0 };
    let mut open = features.open.clone();
    let mut taken = vec![false; space.len()];
    let mut likeness = vec![0.0_f64; space.len()];
    let mut dense = vec![0.0; space.terms()];
    let mut chosen = Vec::new();
    let mut known = |row: usize, open: &mut [bool], likeness: &mut [f64], coverage: &mut Coverage| {
        open[row] = false;
        coverage.take(row);
        space.add(row, &mut dense);
        for other in 0..space.len() {
            let cosine = space.dot(other, &dense);
            likeness[other] = likeness[other].max(cosine);
            open[other] &= cosine <= ALIKE;
        }
        space.vector(row).for_each(|(term, _)| dense[term] = 0.0);
    };
    for row in (0..space.len()).filter(|&row| space.places[row].0 >= new) {
        known(row, &mut open, &mut likeness, &mut coverage);
    }
    loop {
        let follows = |row: usize| {
            let (member, at) = space.places[row];
            !members[member].sentences[at].dangles || at > 0 && taken[row - 1]
        };
        let best = |fits: bool, whole: bool| {
            let candidates = (0..space.len())
                .filter(|&row| open[row] && (!fits || room.fits(words[row])) && (!whole || follows(row)));
            let score =
                |row: usize| base[row] + unit * rate(&coverage, row) - weights.likeness * likeness[row];
            let scored = candidates.map(|row| (row, score(row)));
            scored.reduce(|best, next| if next.1.total_cmp(&best.1).is_gt() { next } else { best })
        };
        let first = || best(false, true).or_else(|| best(false, false));
        let Some((row, _)) = best(true, true).or_else(|| if chosen.is_empty() { first() } else { None })
        else {
            break;
        };
        taken[row] = true;
        room.take(words[row]);
        chosen.push(space.places[row]);
        known(row, &mut open, &mut likeness, &mut coverage);
    }
    chosen
}

/// The part of the score that does not depend on what is chosen.
fn base(features: &Features, weights: &Weights) -> Vec<f64> {
    let standardized = |values: &[f64]| standardized(values, &features.open);
    let centrality = standardized(&features.centrality);
    let support = standardized(&features.support);
    let position = standardized(&features.position);
    let row = |row: usize| {
        weights.centrality * centrality[row]
            + weights.support * support[row]
            + weights.position * position[row]
    };
    (0..centrality.len()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;
    use crate::group::{summarize, summarize_new};
    use crate::rank::Budget;

    fn told(members: &[Member], budget: Budget) -> Vec<(usize, usize)> {
        summarize("g", members, &Weights::default(), budget).summary
    }

    #[test]
    fn when_the_best_no_longer_fits_the_best_that_does_is_taken() {
        let members = [member(
            "a",
            &["Cracks closed the bridge.", "Ferries carry lorries and coaches now.", "Gulls cry."],
        )];
        assert_eq!(told(&members, Budget::Words(6)), [(0, 0), (0, 2)]);
        assert_eq!(told(&members, Budget::Words(1)), [(0, 0)], "one sentence at least");
    }

    #[test]
    fn a_sentence_that_dangles_waits_for_the_one_before_it() {
        let mut members =
            [member("a", &["Gulls cry.", "It closed the bridge.", "It closed the bridge again today."])];
        members[0].sentences[1].dangles = true;
        members[0].sentences[2].dangles = true;
        assert_eq!(told(&members, Budget::Sentences(1)), [(0, 0)]);
        members[0].sentences[0].dangles = true;
        assert_eq!(told(&members, Budget::Sentences(1)).len(), 1, "never none");
    }

    #[test]
    fn what_the_reader_knows_is_not_told_again() {
        let members = [
            member("today", &["Cracks closed the Corran bridge.", "Ferries carry lorries and coaches now."]),
            member("told", &["Cracks have closed the Corran bridge."]),
        ];
        let new = |told: usize| {
            summarize_new("g", &members, told, &Weights::default(), Budget::Sentences(3)).summary
        };
        assert_eq!(new(1), [(0, 1)]);
        assert_eq!(new(0).len(), 2);
        let same = [members[1].clone(), members[1].clone()];
        let nothing = summarize_new("g", &same, 1, &Weights::default(), Budget::Sentences(3));
        assert!(nothing.summary.is_empty() && nothing.members.len() == 1);
    }

    #[test]
    fn furniture_is_chosen_only_where_there_is_nothing_else() {
        let mut members = [member("a", &["By Mara Ellison", "The bridge closed."])];
        members[0].sentences[0].furniture = true;
        assert_eq!(told(&members, Budget::Sentences(2)), [(0, 1)]);
        members[0].sentences[1].furniture = true;
        assert_eq!(told(&members, Budget::Sentences(2)), [(0, 0), (0, 1)]);
    }
}
