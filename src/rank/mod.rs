//! How much each segment of a body is worth keeping.
//!
//! Salience is comparable within one document only. No ranker builds the matrix of all pairs of segments: similarity is
//! the dot product of unit rows, so that sums over segments are dot products with summed rows, linear in the words.
//!
//! To add a kind: write `src/rank/<name>.rs`, then its `mod` line and its row in [`KINDS`].

pub mod budget;
mod centrality;
pub mod focus;
mod lead;
mod lexrank;
mod linear;
mod random;
mod textrank;
mod tfidf;
pub mod tfidf_position;
pub mod vectors;

use std::fmt::Debug;

use crate::base::error::DocErrorKind;
use crate::base::stage::Kind;
use crate::doc::done::Parts;
use crate::lex::analyzed::Analyzed;
use crate::rank::vectors::Vectors;

pub use budget::Budget;
pub use centrality::Centrality;
pub use focus::Focus;
pub use lead::Lead;
pub use lexrank::LexRank;
pub use linear::Linear;
pub use random::Random;
pub use textrank::TextRank;
pub use tfidf::TfIdf;
pub use tfidf_position::TfIdfPosition;

/// What a ranker is lent beside the document.
#[derive(Debug)]
pub struct RankCx<'a> {
    /// The document's segments as unit vectors.
    pub vectors: &'a Vectors,
    /// How long the summary may be.
    pub budget: Budget,
    /// Where to record the part of each feature, when someone asks why; rows of as many values as the ranker has
    /// features. Left empty, the whole score counts as the part of its one feature.
    pub parts: Option<&'a mut Vec<f64>>,
}

/// Gives each segment of a body its salience.
pub trait Ranker: Debug + Send + Sync {
    /// Names of the features whose parts add up to the score.
    fn features(&self) -> &'static [&'static str];

    /// Writes the salience of every segment; `salience` has one place for each and comes as zeros.
    ///
    /// # Errors
    /// When the document cannot be ranked at all; none of the built-in kinds fails.
    fn rank(
        &self,
        document: &Analyzed,
        cx: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind>;
}

/// The kinds that `rank` in a pipeline file and `--ranker` can name.
pub const KINDS: &[Kind<dyn Ranker>] = &[
    Kind::new("tfidf-position", "trees over TF-IDF, position, title and surface, learned", |t| {
        Ok(Box::new(t.try_into::<TfIdfPosition>()?))
    }),
    Kind::new("linear", "a formula of TF-IDF centrality, position, title and surface", |t| {
        Ok(Box::new(t.try_into::<Linear>()?))
    }),
    Kind::new("lead", "earlier segments first", |t| Ok(Box::new(t.try_into::<Lead>()?))),
    Kind::new("tfidf", "sum of TF-IDF over the root of the length", |t| Ok(Box::new(t.try_into::<TfIdf>()?))),
    Kind::new("centrality", "likeness to what follows less likeness to what went before", |t| {
        Ok(Box::new(t.try_into::<Centrality>()?))
    }),
    Kind::new("textrank", "random walk over shared words", |t| Ok(Box::new(t.try_into::<TextRank>()?))),
    Kind::new("lexrank", "random walk over TF-IDF cosines", |t| Ok(Box::new(t.try_into::<LexRank>()?))),
    Kind::new("random", "a seeded shuffle, the floor of any comparison", |t| {
        Ok(Box::new(t.try_into::<Random>()?))
    }),
];

/// Ranks a document, with parts when `explain` asks for them.
///
/// # Errors
/// As [`Ranker::rank`].
pub fn rank(
    ranker: &dyn Ranker,
    document: &Analyzed,
    vectors: &Vectors,
    budget: Budget,
    salience: &mut Vec<f64>,
    explain: bool,
) -> Result<Option<Parts>, DocErrorKind> {
    salience.clear();
    salience.resize(document.len(), 0.0);
    if !explain {
        ranker.rank(document, &mut RankCx { vectors, budget, parts: None }, salience)?;
        return Ok(None);
    }
    let mut values = Vec::new();
    ranker.rank(document, &mut RankCx { vectors, budget, parts: Some(&mut values) }, salience)?;
    if values.is_empty() {
        values.clone_from(salience);
    }
    Ok(Some(Parts { features: ranker.features().to_vec(), values }))
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::lex::analyzed::from_text;

    /// Salience of a document in English without a corpus model.
    pub(crate) fn salience(ranker: &dyn Ranker, title: &str, body: &[&str]) -> Vec<f64> {
        let document = from_text(title, body, None);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let mut out = Vec::new();
        rank(ranker, &document, &vectors, Budget::default(), &mut out, false).expect("ranks");
        out
    }

    /// What every ranker owes: one finite score a segment, the same each time, defined for odd documents, and parts
    /// that add up to the score.
    pub(crate) fn keeps_the_contract(ranker: &dyn Ranker) {
        let many: Vec<String> =
            (0..5000).map(|i| format!("Cable {i} of the bridge holds deck {}.", i % 7)).collect();
        let bodies: [Vec<&str>; 6] = [
            vec![],
            vec!["One."],
            vec!["", "?!", "The of and."],
            vec!["The same again."; 9],
            vec!["Engineers found a crack.", "“Stay away,” they said.", "Who knew?", "The crack is long."],
            many.iter().map(String::as_str).collect(),
        ];
        for body in &bodies {
            for title in ["", "A crack in the bridge"] {
                let document = from_text(title, body, None);
                let mut vectors = Vectors::default();
                vectors.fill(&document);
                let mut scores = Vec::new();
                let parts = rank(ranker, &document, &vectors, Budget::default(), &mut scores, true)
                    .expect("ranks")
                    .expect("asked for");
                assert_eq!(scores.len(), body.len());
                assert!(scores.iter().all(|s| s.is_finite()), "{scores:?}");
                for (row, score) in scores.iter().enumerate() {
                    let sum: f64 = parts.row(row).iter().sum();
                    assert!((sum - score).abs() < 1e-9, "parts {:?} of {score}", parts.row(row));
                }
                let mut again = Vec::new();
                rank(ranker, &document, &vectors, Budget::default(), &mut again, false).expect("ranks");
                assert_eq!(scores, again, "recording parts changed a score");
            }
        }
    }

    /// The contract as tests of a ranker's file.
    macro_rules! ranker_contract {
        ($ranker:expr) => {
            #[test]
            fn keeps_the_contract_of_rankers() {
                $crate::rank::testing::keeps_the_contract(&$ranker);
            }
        };
    }
    pub(crate) use ranker_contract;
}
