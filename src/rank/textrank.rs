//! TextRank: the same walk over shared words, without corpus frequencies (Mihalcea & Tarau 2004).

use serde::Deserialize;

use super::lexrank::walk;
use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::base::math;
use crate::lex::analyzed::Analyzed;

/// A walk by the number of different words two segments share, stop words aside.
///
/// The paper divides that number by the sum of the logarithms of both lengths. Here it is divided by the root of their
/// product: also a guard against long segments, and one that splits into a factor for each segment, so that no matrix of
/// all pairs is needed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextRank {
    /// Probability of following a link, above 0 and below 1.
    pub damping: f64,
}

impl Default for TextRank {
    fn default() -> Self {
        Self { damping: 0.85 }
    }
}

impl Ranker for TextRank {
    fn features(&self) -> &'static [&'static str] {
        &["centrality"]
    }

    fn rank(
        &self,
        document: &Analyzed,
        _: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let mut values = Vec::with_capacity(document.rows.terms().len());
        for row in 0..document.len() {
            let terms = document.rows.range(row).len();
            values.extend(std::iter::repeat_n(1.0 / math::count(terms.max(1)).sqrt(), terms));
        }
        walk(document, &values, self.damping, salience);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(TextRank::default());

    #[test]
    fn shared_stop_words_link_nothing() {
        let scores =
            salience(&TextRank::default(), "", &["It was the end.", "That was the bridge.", "The bridge."]);
        assert!(scores[1] > scores[0] && scores[2] > scores[0], "{scores:?}");
    }
}
