//! Maximal marginal relevance: salience less likeness to what is chosen already (Carbonell & Goldstein 1998).

use serde::Deserialize;

use super::{Budget, Candidates, Selector, greedy};
use crate::base::math;

/// Segments by falling `salience − lambda · sd · max cos(segment, chosen)`, with `sd` the standard deviation of the
/// document's salience, so that `lambda` means the same for every ranker.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mmr {
    /// Standard deviations of salience that a word-for-word repeat costs, 0 or more.
    pub lambda: f64,
    /// Cosine from which on a segment counts as a repeat and is never chosen, above 0; above 1 allows all.
    pub repeat: f64,
}

impl Default for Mmr {
    fn default() -> Self {
        Self { lambda: 3.0, repeat: 0.95 }
    }
}

impl Selector for Mmr {
    fn select(&self, candidates: Candidates<'_>, budget: Budget) -> Vec<usize> {
        let Candidates { document, vectors, salience } = candidates;
        let cost = self.lambda * deviation(salience);
        let mut likeness = (vec![0.0_f64; salience.len()], vec![0.0; document.terms()]);
        let value = |(likeness, _): &(Vec<f64>, Vec<f64>), at: usize| {
            (likeness[at] < self.repeat).then(|| salience[at] - cost * likeness[at])
        };
        greedy(candidates, budget, &mut likeness, value, |(likeness, dense), taken| {
            vectors.add(document, taken, 1.0, dense);
            for (at, most) in likeness.iter_mut().enumerate() {
                *most = most.max(vectors.dot(document, at, dense));
            }
            vectors.row(document, taken).for_each(|(term, _)| dense[term] = 0.0);
        })
    }
}

/// Standard deviation over all segments; 0 for none.
fn deviation(values: &[f64]) -> f64 {
    let count = math::count(values.len().max(1));
    let mean = values.iter().sum::<f64>() / count;
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::testing::chosen;

    const BODY: [(&str, f64); 4] = [
        ("A crack closed the bridge.", 0.9),
        ("The bridge was closed by a crack.", 0.8),
        ("Ferries carry passengers.", 0.5),
        ("A crack closed the bridge.", 0.9),
    ];

    #[test]
    fn what_says_the_same_gives_way_to_something_new() {
        assert_eq!(chosen(&Mmr::default(), &BODY, Budget::Sentences(2)), [0, 2]);
        let off = Mmr { lambda: 0.0, repeat: 2.0 };
        assert_eq!(chosen(&off, &BODY, Budget::Sentences(2)), [0, 3]);
    }

    #[test]
    fn a_word_for_word_repeat_is_never_chosen() {
        assert_eq!(chosen(&Mmr { lambda: 0.0, ..Mmr::default() }, &BODY, Budget::Sentences(4)), [0, 2]);
    }
}
