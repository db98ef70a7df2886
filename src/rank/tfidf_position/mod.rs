//! The default: boosted trees over TF-IDF, position, title and surface of each segment.
//!
//! The trees were learned from articles with summaries in several languages by `tools/train_ranker.py`, which also
//! makes `data/trees.bin`; what they are worth is measured in `docs/ranking.md`.

mod features;
mod trees;

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::linear::Linear;
use super::{Budget, RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::lex::analyzed::Analyzed;
use crate::rank::vectors::Vectors;
use features::Features;
pub use features::NAMES;
use trees::Trees;

static SHIPPED: &[u8] = include_bytes!("data/trees.bin");

static TREES: LazyLock<Arc<Trees>> =
    LazyLock::new(|| Arc::new(Trees::read(SHIPPED, &NAMES).expect("the shipped trees are whole")));

/// Parts of a score: the features, then `average`, what a segment of which nothing is known would score.
const PARTS: [&str; NAMES.len() + 1] = {
    let mut parts = ["average"; NAMES.len() + 1];
    let mut at = 0;
    while at < NAMES.len() {
        parts[at] = NAMES[at];
        at += 1;
    }
    parts
};

/// A sum of small decision trees; its unit is a logit of being in a summary of this length, but for a constant that
/// differs from document to document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Settings")]
pub struct TfIdfPosition {
    trees: Arc<Trees>,
}

/// `[stage.tfidf-position]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// A file of other trees than those that ship, as `tools/train_ranker.py` writes it.
    trees: Option<PathBuf>,
}

impl TryFrom<Settings> for TfIdfPosition {
    type Error = String;

    fn try_from(settings: Settings) -> Result<Self, String> {
        let Some(path) = settings.trees else { return Ok(Self::default()) };
        let refuse = |reason: String| format!("{}: {reason}", path.display());
        let bytes = std::fs::read(&path).map_err(|e| refuse(e.to_string()))?;
        Ok(Self { trees: Arc::new(Trees::read(&bytes, &NAMES).map_err(refuse)?) })
    }
}

impl Default for TfIdfPosition {
    fn default() -> Self {
        Self { trees: Arc::clone(&TREES) }
    }
}

impl Ranker for TfIdfPosition {
    fn features(&self) -> &'static [&'static str] {
        &PARTS
    }

    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        let mut features = Features::default();
        features.fill(document, cx.vectors, &Linear::default(), cx.budget.in_segments(document));
        self.trees.score(features.columns(), document.len(), salience);
        if let Some(parts) = &mut cx.parts {
            for row in 0..document.len() {
                let from = parts.len();
                parts.resize(from + PARTS.len(), 0.0);
                self.trees.explain(|feature| features.of(feature, row), &mut parts[from..]);
            }
        }
        Ok(())
    }
}

/// What the trees see of each segment of a document, row by row in the order of [`NAMES`]: what
/// `tools/train_ranker.py` learns from.
pub fn evidence(document: &Analyzed, vectors: &Vectors, budget: Budget) -> Vec<Vec<f64>> {
    let mut features = Features::default();
    features.fill(document, vectors, &Linear::default(), budget.in_segments(document));
    let row = |row: usize| (0..NAMES.len()).map(|feature| features.of(feature, row)).collect();
    (0..document.len()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::{Analyzer, Surface, from_text};
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(TfIdfPosition::default());

    #[test]
    fn the_shipped_trees_are_within_their_size() {
        assert!(SHIPPED.len() <= 300_000, "{} bytes", SHIPPED.len());
    }

    #[test]
    fn words_of_the_title_raise_a_segment() {
        let body = [
            "Ferries run late on the river.",
            "A crack closed the bridge on Monday.",
            "Nobody was hurt by the falling plates.",
            "The mayor spoke of steel and money.",
        ];
        let with = salience(&TfIdfPosition::default(), "Crack in the bridge", &body);
        let without = salience(&TfIdfPosition::default(), "", &body);
        assert!(with[1] - with[0] > without[1] - without[0], "{with:?} {without:?}");
    }

    #[test]
    fn trees_of_ones_own_are_read_and_a_missing_file_is_named() {
        let refusal = |path: &str| {
            let table = toml::Table::from_iter([("trees".to_owned(), path.into())]);
            table.try_into::<TfIdfPosition>().map_err(|e| e.to_string())
        };
        let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rank/tfidf_position/data/trees.bin");
        assert_eq!(refusal(shipped), Ok(TfIdfPosition::default()));
        assert!(refusal("nowhere.bin").expect_err("no such file").contains("nowhere.bin"));
    }

    #[test]
    fn ranks_are_ordinals_from_nought_to_one() {
        let document = from_text("", &["One two three.", "One.", "One two."], None);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let rows = evidence(&document, &vectors, Budget::default());
        let ranks = NAMES.iter().position(|&name| name == "words-rank").expect("a feature");
        let of_words: Vec<f64> = rows.iter().map(|row| row[ranks]).collect();
        assert_eq!(
            of_words.iter().map(|r| r.to_bits()).collect::<Vec<_>>(),
            [1.0_f64, 0.0, 0.5].map(f64::to_bits)
        );
        assert!(rows.iter().all(|row| row.len() == NAMES.len() && row.iter().all(|v| v.is_finite())));
    }

    #[test]
    fn a_used_analyzer_gives_the_same_evidence() {
        let body = ["Cables hold the deck of the bridge.", "The deck is shut.", "“Why?” she asked."];
        let segments = || body.iter().map(|&text| (text, Surface::default()));
        let (mut used, mut document) = (Analyzer::default(), Analyzed::default());
        let mut seen = Vec::new();
        for title in ["Deck", "", "Deck"] {
            used.analyze("en", None, title, segments(), &mut document);
            let mut vectors = Vectors::default();
            vectors.fill(&document);
            seen.push(evidence(&document, &vectors, Budget::Words(12)));
        }
        assert_eq!(seen[0], seen[2]);
        assert_ne!(seen[0], seen[1]);
    }
}
