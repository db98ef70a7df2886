//! The plain way: a segment is worth the TF-IDF of its words (Luhn 1958, with Spärck Jones's weights).

use serde::Deserialize;

use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::base::math;
use crate::lex::analyzed::Analyzed;

/// Sum over a segment's terms of their document weight `(1 + ln tf_doc) · idf`, over the root of its number of words,
/// so that neither long nor short segments win by length alone.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct TfIdf {}

impl Ranker for TfIdf {
    fn features(&self) -> &'static [&'static str] {
        &["tf-idf"]
    }

    fn rank(
        &self,
        document: &Analyzed,
        _: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let mut frequency = vec![0_u32; document.terms()];
        for (&term, &count) in document.rows.terms().iter().zip(document.rows.counts()) {
            frequency[term as usize] += count;
        }
        let weight: Vec<f64> = frequency
            .iter()
            .zip(&document.weight)
            .map(|(&tf, idf)| (1.0 + math::ln(f64::from(tf.max(1)))) * idf)
            .collect();
        for (row, slot) in salience.iter_mut().enumerate() {
            let sum = math::sum(document.rows.row(row).map(|(term, _)| weight[term]));
            *slot = sum / f64::from(document.words[row].max(1)).sqrt();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(TfIdf::default());

    #[test]
    fn a_segment_of_stop_words_has_no_salience() {
        let scores = salience(&TfIdf::default(), "", &["And so it was.", "The bridge closed."]);
        assert!(scores[0] == 0.0 && scores[1] > 0.0, "{scores:?}");
    }
}
