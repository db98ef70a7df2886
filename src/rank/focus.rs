//! A bias towards a query: what a reader wants to know of a document.

use crate::base::math;
use crate::doc::done::Parts;
use crate::lex::analyzed::Analyzed;

/// Saturation of a term's count in a segment, and how much the length of a segment counts: BM25 (Robertson & Zaragoza 2009)
/// with a low `b`, since sentences are short.
const K1: f64 = 1.2;
const B: f64 = 0.3;

/// What is asked for, and how strongly.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus {
    /// The query, as a reader types it.
    pub query: String,
    /// Standard deviations of salience that a standard deviation of likeness to the query is worth, 0 or more.
    pub weight: f64,
    /// Whether only segments that hold a word of the query are taken, with those before them where they point back.
    pub only: bool,
}

/// Name of the part that a query has in a score.
pub const FEATURE: &str = "focus";

impl Focus {
    /// Likeness of every segment to the query that `document` was analyzed with: BM25, 0 without a word of it.
    pub fn likeness(document: &Analyzed) -> Vec<f64> {
        if document.focus.is_empty() {
            return vec![0.0; document.len()];
        }
        let mut wanted = vec![false; document.terms()];
        document.focus.row(0).for_each(|(term, _)| wanted[term] = true);
        let words = math::count(usize::try_from(document.total_words()).unwrap_or(usize::MAX));
        let mean = words / math::count(document.len().max(1));
        let of = |row: usize| {
            let length = f64::from(document.words[row]) / mean.max(1.0);
            let found = document.rows.row(row).filter(|&(term, _)| wanted[term]);
            let worth = |(term, count): (usize, u32)| {
                let count = f64::from(count);
                document.weight[term] * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length))
            };
            math::sum(found.map(worth))
        };
        (0..document.len()).map(of).collect()
    }

    /// Adds to every score what its likeness to the query is worth, as a part of its own where parts are recorded. Scores
    /// stay as they are where no segment, or every one alike, is like the query.
    pub fn bias(&self, likeness: &[f64], salience: &mut [f64], parts: Option<&mut Parts>) {
        let (mean, spread) = math::spread(likeness.iter().copied());
        let deviation = math::spread(salience.iter().copied()).1;
        let unit = if spread > 0.0 { self.weight * deviation / spread } else { 0.0 };
        let added: Vec<f64> = likeness.iter().map(|like| (like - mean) * unit).collect();
        for (score, added) in salience.iter_mut().zip(&added) {
            *score += added;
        }
        if let Some(parts) = parts {
            parts.add_feature(FEATURE, &added);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::{Analyzer, Surface};

    const BODY: [&str; 4] = [
        "The bridge was closed by a crack.",
        "Ferries run every ten minutes.",
        "The ferry company asked for more boats.",
        "The mayor spoke of steel plates.",
    ];

    fn asked(query: &str) -> Analyzed {
        let (mut analyzer, mut document) = (Analyzer::default(), Analyzed::default());
        let body = BODY.iter().map(|&text| (text, Surface::default()));
        analyzer.analyze("en", None, "", body, &mut document);
        analyzer.ask("en", None, query, &mut document);
        document
    }

    #[test]
    fn segments_with_words_of_the_query_gain_and_the_others_lose() {
        let likeness = Focus::likeness(&asked("the Ferry"));
        assert!(likeness[1] > 0.0 && likeness[2] > 0.0, "{likeness:?}");
        assert!(likeness[0] < 1e-12 && likeness[3] < 1e-12, "stop words count for nothing: {likeness:?}");
        let focus = Focus { query: "the Ferry".to_owned(), weight: 1.0, only: false };
        let before = [3.0, 1.0, 1.0, 2.0];
        let mut salience = before;
        let mut parts = Parts { features: vec!["a"], values: before.to_vec() };
        focus.bias(&likeness, &mut salience, Some(&mut parts));
        assert!(salience[1] > before[1] && salience[0] < before[0], "{salience:?}");
        for (row, score) in salience.iter().enumerate() {
            assert!((parts.row(row).iter().sum::<f64>() - score).abs() < 1e-12);
        }
    }

    #[test]
    fn a_query_without_a_hit_leaves_scores_alone() {
        let likeness = Focus::likeness(&asked("opera"));
        let focus = Focus { query: "opera".to_owned(), weight: 1.0, only: true };
        let mut salience = [3.0, 1.0, 1.0, 2.0];
        focus.bias(&likeness, &mut salience, None);
        assert_eq!(salience.map(f64::to_bits), [3.0, 1.0, 1.0, 2.0].map(f64::to_bits));
    }
}
