//! The default: what a segment shares with the whole document and its title, where it stands, and how it reads.
//!
//! A linear formula of seven weights, tuned by random search on news in English, French and Vietnamese; its value and
//! that of each part are measured in `docs/ranking.md`.

use serde::Deserialize;

use super::centrality::forward;
use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::base::math;
use crate::lex::analyzed::Analyzed;
use crate::rank::vectors::Vectors;

/// `centrality · c/max c + position · exp(−e/decay) + title · cos(title) + forward · f/max f
/// − long · [words > long_words] − quotation · [has one] − question · [is one] − furniture · [is a line of the page]`.
///
/// `c` is the cosine with the sum of all unit rows that are not furniture, `e` the number of segments before this one
/// that are not furniture, `f` the sum of its cosines with all later segments.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TfIdfPosition {
    /// Weight of likeness to the whole document.
    pub centrality: f64,
    /// Weight of standing early.
    pub position: f64,
    /// Segments after which the value of standing early has fallen to 1/e; above 0.
    pub position_decay: f64,
    /// Weight of likeness to the title.
    pub title: f64,
    /// Weight of being taken up by later segments.
    pub forward: f64,
    /// Taken off a segment of more than `long_words` words.
    pub long: f64,
    /// Words above which a segment is long.
    pub long_words: u32,
    /// Taken off a segment with a quotation mark.
    pub quotation: f64,
    /// Taken off a question.
    pub question: f64,
    /// Taken off a line of the page that stayed in the body.
    pub furniture: f64,
}

impl Default for TfIdfPosition {
    fn default() -> Self {
        Self {
            centrality: 1.10,
            position: 0.57,
            position_decay: 7.6,
            title: 1.06,
            forward: 0.07,
            long: 0.19,
            long_words: 45,
            quotation: 0.15,
            question: 0.08,
            furniture: 5.0,
        }
    }
}

const FEATURES: &[&str] =
    &["centrality", "position", "title", "forward", "length", "quotation", "question", "furniture"];

impl Ranker for TfIdfPosition {
    fn features(&self) -> &'static [&'static str] {
        FEATURES
    }

    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let centrality = over_largest(with_sum(document, cx.vectors));
        let forward = over_largest(forward(document, cx.vectors));
        let title = cx.vectors.title(document);
        let mut before = 0;
        for (row, slot) in salience.iter_mut().enumerate() {
            let surface = document.surface[row];
            let off = |weight: f64, holds: bool| if holds { -weight } else { 0.0 };
            let parts = [
                self.centrality * centrality[row],
                self.position * math::exp(-math::count(before) / self.position_decay),
                self.title * title.as_ref().map_or(0.0, |title| cx.vectors.dot(document, row, title)),
                self.forward * forward[row],
                off(self.long, document.words[row] > self.long_words),
                off(self.quotation, surface.quotation),
                off(self.question, surface.question),
                off(self.furniture, surface.furniture),
            ];
            before += usize::from(!surface.furniture);
            *slot = parts.iter().sum();
            if let Some(recorded) = &mut cx.parts {
                recorded.extend(parts);
            }
        }
        Ok(())
    }
}

/// Cosine of each segment with the sum of all that are not furniture (of all, when all are).
fn with_sum(document: &Analyzed, vectors: &Vectors) -> Vec<f64> {
    let all = document.surface.iter().all(|s| s.furniture);
    let mut sum = vec![0.0; document.terms()];
    for row in 0..document.len() {
        if all || !document.surface[row].furniture {
            vectors.add(document, row, 1.0, &mut sum);
        }
    }
    let length = sum.iter().map(|v| v * v).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    (0..document.len()).map(|row| vectors.dot(document, row, &sum) / length).collect()
}

/// Values over their largest; zeros stay zeros.
fn over_largest(mut values: Vec<f64>) -> Vec<f64> {
    let largest = values.iter().copied().fold(0.0, f64::max);
    if largest > 0.0 {
        for value in &mut values {
            *value /= largest;
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(TfIdfPosition::default());

    #[test]
    fn words_of_the_title_raise_a_segment() {
        let body = ["Ferries run late.", "A crack closed the bridge."];
        let with = salience(&TfIdfPosition::default(), "Crack in the bridge", &body);
        let without = salience(&TfIdfPosition::default(), "", &body);
        assert!(with[1] - without[1] > 0.5, "{with:?} {without:?}");
        assert!((with[0] - without[0]).abs() < 1e-12, "{with:?} {without:?}");
    }

    #[test]
    fn weights_can_be_set_and_unknown_ones_are_refused() {
        let table: toml::Table = "title = 0.0".parse().expect("toml");
        assert_eq!(table.try_into::<TfIdfPosition>().map(|f| f.title), Ok(0.0));
        let wrong: toml::Table = "titel = 0.0".parse().expect("toml");
        assert!(wrong.try_into::<TfIdfPosition>().is_err());
    }
}
