//! What a segment shares with the whole document and its title, where it stands, and how it reads.
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
pub struct Linear {
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

impl Default for Linear {
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

const FEATURES: &[&str; 8] =
    &["centrality", "position", "title", "forward", "length", "quotation", "question", "furniture"];

/// What the formula adds up for a segment, and what it was made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// The parts of [`FEATURES`].
    pub(super) parts: [f64; FEATURES.len()],
    /// Cosine with the title.
    pub(super) title: f64,
    /// Sum of the cosines with all later segments.
    pub(super) forward: f64,
}

impl Found {
    /// The score.
    pub(super) fn score(&self) -> f64 {
        self.parts.iter().sum()
    }
}

impl Linear {
    /// The formula for every segment; `likeness` is that of [`with_sum`].
    pub(super) fn find(&self, document: &Analyzed, vectors: &Vectors, likeness: Vec<f64>) -> Vec<Found> {
        let centrality = over_largest(likeness);
        let forward = forward(document, vectors);
        let most = forward.iter().copied().fold(0.0, f64::max);
        let most = if most > 0.0 { most } else { 1.0 };
        let title = vectors.title(document);
        // exp(−e / decay), factor by factor.
        let (mut near, nearer) = (1.0, math::exp(-1.0 / self.position_decay));
        let find = |row: usize| {
            let surface = document.surface[row];
            let off = |weight: f64, holds: bool| if holds { -weight } else { 0.0 };
            let (centrality, forward) = (centrality[row], forward[row]);
            let title = title.as_ref().map_or(0.0, |title| vectors.dot(document, row, title));
            let parts = [
                self.centrality * centrality,
                self.position * near,
                self.title * title,
                self.forward * (forward / most),
                off(self.long, document.words[row] > self.long_words),
                off(self.quotation, surface.quotation),
                off(self.question, surface.question),
                off(self.furniture, surface.furniture),
            ];
            near *= if surface.furniture { 1.0 } else { nearer };
            Found { parts, title, forward }
        };
        (0..document.len()).map(find).collect()
    }
}

impl Ranker for Linear {
    fn features(&self) -> &'static [&'static str] {
        FEATURES
    }

    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let likeness = with_sum(document, cx.vectors);
        for (found, slot) in self.find(document, cx.vectors, likeness).iter().zip(salience) {
            *slot = found.score();
            if let Some(recorded) = &mut cx.parts {
                recorded.extend(found.parts);
            }
        }
        Ok(())
    }
}

/// Cosine of each segment with the sum of those of the article.
pub(super) fn with_sum(document: &Analyzed, vectors: &Vectors) -> Vec<f64> {
    let sum = vectors.sum(document, document.article());
    let length = length(sum.iter().copied());
    (0..document.len()).map(|row| vectors.dot(document, row, &sum) / length).collect()
}

/// The length of a vector to divide by, above 0.
pub(super) fn length(vector: impl Iterator<Item = f64>) -> f64 {
    vector.map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE)
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
    use crate::lex::analyzed::from_text;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(Linear::default());

    #[test]
    fn words_of_the_title_raise_a_segment() {
        let body = ["Ferries run late.", "A crack closed the bridge."];
        let with = salience(&Linear::default(), "Crack in the bridge", &body);
        let without = salience(&Linear::default(), "", &body);
        assert!(with[1] - without[1] > 0.5, "{with:?} {without:?}");
        assert!((with[0] - without[0]).abs() < 1e-12, "{with:?} {without:?}");
    }

    #[test]
    fn standing_early_fades_by_the_segments_before() {
        let mut document = from_text("", &["A crack closed the bridge."; 90], None);
        document.surface[3].furniture = true;
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let formula = Linear::default();
        let found = formula.find(&document, &vectors, with_sum(&document, &vectors));
        for (row, found) in found.iter().enumerate() {
            let before = math::count(row - usize::from(row > 3));
            let expected = formula.position * math::exp(-before / formula.position_decay);
            assert!((found.parts[1] - expected).abs() < 1e-12, "row {row}");
        }
    }

    #[test]
    fn weights_can_be_set_and_unknown_ones_are_refused() {
        let table: toml::Table = "title = 0.0".parse().expect("toml");
        assert_eq!(table.try_into::<Linear>().map(|f| f.title), Ok(0.0));
        let wrong: toml::Table = "titel = 0.0".parse().expect("toml");
        assert!(wrong.try_into::<Linear>().is_err());
    }
}
