//! LexRank: the stationary share of a random walk over cosine similarities (Erkan & Radev 2004, continuous form §3.3).

use serde::Deserialize;

use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::base::math;
use crate::lex::analyzed::Analyzed;

/// Steps after which a walk that has not settled is taken as it stands.
pub(super) const MOST_STEPS: usize = 100;

/// Largest change of any share at which the walk has settled.
pub(super) const SETTLED: f64 = 1e-10;

/// A walk that goes from a segment to another by their cosine, or anywhere with probability `1 − damping`.
///
/// Similarity is a plain dot product, so that a step is one sum of rows and one dot product a row: linear in the words,
/// without the matrix of all pairs. Shares are scaled by the number of segments: 1 is average.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexRank {
    /// Probability of following a link, above 0 and below 1.
    pub damping: f64,
}

impl Default for LexRank {
    fn default() -> Self {
        Self { damping: 0.85 }
    }
}

impl Ranker for LexRank {
    fn features(&self) -> &'static [&'static str] {
        &["centrality"]
    }

    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let values: Vec<f64> =
            (0..document.len()).flat_map(|row| cx.vectors.row(document, row)).map(|e| e.1).collect();
        walk(document, &values, self.damping, salience);
        Ok(())
    }
}

/// The stationary shares, times the number of segments, of a walk over dot products of rows with these values; a
/// segment is not its own neighbour, and one without neighbours sends its share everywhere.
pub(super) fn walk(document: &Analyzed, values: &[f64], damping: f64, shares: &mut [f64]) {
    let count = shares.len();
    let row = |row: usize| {
        let range = document.rows.range(row);
        document.rows.terms()[range.clone()].iter().map(|&t| t as usize).zip(&values[range])
    };
    let dot = |at: usize, with: &[f64]| math::sum(row(at).map(|(term, value)| value * with[term]));
    let own: Vec<f64> = (0..count).map(|at| math::sum(row(at).map(|(_, v)| v * v))).collect();
    let mut sum = vec![0.0; document.terms()];
    for at in 0..count {
        row(at).for_each(|(term, value)| sum[term] += value);
    }
    // Rounding may leave a sum of nothing a hair away from zero.
    let degree: Vec<f64> =
        (0..count).map(|at| dot(at, &sum) - own[at]).map(|d| if d > 1e-9 { d } else { 0.0 }).collect();
    shares.fill(1.0);
    let mut next = vec![0.0; count];
    for _ in 0..MOST_STEPS {
        sum.fill(0.0);
        let mut stranded = 0.0;
        for at in 0..count {
            if degree[at] > 0.0 {
                let flow = shares[at] / degree[at];
                row(at).for_each(|(term, value)| sum[term] += flow * value);
            } else {
                stranded += shares[at];
            }
        }
        let everywhere = 1.0 - damping + damping * stranded / math::count(count.max(1));
        let mut change = 0.0_f64;
        for at in 0..count {
            let flow = if degree[at] > 0.0 { dot(at, &sum) - own[at] * shares[at] / degree[at] } else { 0.0 };
            next[at] = everywhere + damping * flow.max(0.0);
            change = change.max((next[at] - shares[at]).abs());
        }
        shares.copy_from_slice(&next);
        if change < SETTLED {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(LexRank::default());

    #[test]
    fn the_segment_most_like_all_others_has_most_salience() {
        let body = [
            "Ferries run late.",
            "A crack in the cable closed the bridge.",
            "The bridge cable.",
            "The crack grew.",
        ];
        let scores = salience(&LexRank::default(), "", &body);
        assert!(scores[1] > scores[2] && scores[2] > scores[0], "{scores:?}");
        assert!((scores.iter().sum::<f64>() - 4.0).abs() < 1e-6, "{scores:?}");
    }
}
