//! Directed centrality: a segment matters by what later segments take up from it (PacSum, Zheng & Lapata 2019, with
//! TF-IDF in place of sentence encoders).

use serde::Deserialize;

use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::lex::analyzed::Analyzed;
use crate::rank::vectors::Vectors;

/// `Σ cos(i, later) − backward · Σ cos(i, earlier)`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Centrality {
    /// How much likeness to earlier segments counts against a segment, 0 or more; 0 is plain forward likeness.
    pub backward: f64,
}

impl Default for Centrality {
    fn default() -> Self {
        Self { backward: 1.0 }
    }
}

impl Ranker for Centrality {
    fn features(&self) -> &'static [&'static str] {
        &["later", "earlier"]
    }

    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let later = forward(document, cx.vectors);
        let mut before = vec![0.0; document.terms()];
        for (row, slot) in salience.iter_mut().enumerate() {
            let earlier = -self.backward * cx.vectors.dot_and_add(document, row, &mut before);
            *slot = later[row] + earlier;
            if let Some(parts) = &mut cx.parts {
                parts.extend([later[row], earlier]);
            }
        }
        Ok(())
    }
}

/// For each segment the sum of its cosines with all later ones, by one sum of rows kept from the back: linear in the
/// words, and exact.
pub(super) fn forward(document: &Analyzed, vectors: &Vectors) -> Vec<f64> {
    let mut out = vec![0.0; document.len()];
    let mut after = vec![0.0; document.terms()];
    for row in (0..document.len()).rev() {
        out[row] = vectors.dot_and_add(document, row, &mut after);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::from_text;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(Centrality::default());

    #[test]
    fn what_later_segments_take_up_has_more_salience() {
        let body = [
            "Engineers found a crack in a cable.",
            "Ferries run.",
            "The crack is long.",
            "The cable is old.",
        ];
        let scores = salience(&Centrality::default(), "", &body);
        assert!(scores[0] > scores[1] && scores[1] > scores[2], "{scores:?}");
    }

    #[test]
    fn the_running_sum_equals_the_sum_over_pairs() {
        let body = ["A crack in a cable.", "The cable holds the deck.", "Crack and deck.", "Ferries run."];
        let document = from_text("", &body, None);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let cosine = |row: usize, other: usize| {
            vectors.dot(&document, row, &vectors.sum(&document, [other].into_iter()))
        };
        for (row, sum) in forward(&document, &vectors).into_iter().enumerate() {
            let pairs: f64 = (row + 1..body.len()).map(|later| cosine(row, later)).sum();
            assert!((sum - pairs).abs() < 1e-12, "{sum} {pairs}");
        }
    }
}
