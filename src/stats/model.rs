//! The corpus model: counts frozen for look-up, from a file or from the batch itself.

use std::collections::BTreeMap;

use crate::stats::counts::{Counts, LanguageCounts};
use crate::stats::frequencies::Frequencies;

/// Document frequencies of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LanguageModel {
    /// Documents counted.
    pub documents: u64,
    /// Words in them.
    pub tokens: u64,
    /// By term key: documents that hold the term.
    pub frequencies: Frequencies,
}

impl LanguageModel {
    /// How many different terms it holds.
    pub fn terms(&self) -> usize {
        self.frequencies.len()
    }

    /// How many documents hold the term with this key; 0 for one never seen.
    pub fn df(&self, key: u64) -> u64 {
        self.frequencies.df(key)
    }
}

/// In how many documents each line stands, whatever its language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineModel {
    /// Documents whose lines were counted.
    pub documents: u64,
    /// By line key: documents that hold the line.
    pub frequencies: Frequencies,
}

/// Document frequencies: of terms by language, and of lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorpusModel {
    /// By primary language subtag.
    pub languages: BTreeMap<String, LanguageModel>,
    /// Lines as they stand in the documents, before any was taken for furniture.
    pub lines: LineModel,
}

impl CorpusModel {
    /// Freezes counts. A document frequency above 4,294,967,295 stands as that.
    pub fn from_counts(counts: Counts) -> Self {
        let (languages, lines) = counts.into_parts();
        let language = |counts: LanguageCounts| LanguageModel {
            documents: counts.documents,
            tokens: counts.tokens,
            frequencies: Frequencies::from_sorted(&counts.into_sorted()),
        };
        let lines = LineModel {
            documents: lines.documents,
            frequencies: Frequencies::from_sorted(&lines.into_sorted()),
        };
        Self {
            languages: languages.into_iter().map(|(tag, counts)| (tag, language(counts))).collect(),
            lines,
        }
    }

    /// The model of counting both corpora; the same whichever comes first.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        for (language, theirs) in other.languages {
            let merged = match self.languages.remove(&language) {
                None => theirs,
                Some(ours) => LanguageModel {
                    documents: ours.documents + theirs.documents,
                    tokens: ours.tokens + theirs.tokens,
                    frequencies: ours.frequencies.merged(&theirs.frequencies),
                },
            };
            self.languages.insert(language, merged);
        }
        self.lines = LineModel {
            documents: self.lines.documents + other.lines.documents,
            frequencies: self.lines.frequencies.merged(&other.lines.frequencies),
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn model(documents: &[Vec<u64>]) -> CorpusModel {
        let mut counts = Counts::default();
        for keys in documents {
            let mut keys: Vec<u64> = keys.iter().map(|k| k.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
            keys.sort_unstable();
            keys.dedup();
            counts.add("en", keys.len() as u64, &keys);
            counts.add_lines(&keys);
        }
        CorpusModel::from_counts(counts)
    }

    proptest! {
        /// Counting in shards and merging in any order equals counting at once; the empty model changes nothing.
        #[test]
        fn merging_is_a_commutative_monoid(docs in prop::collection::vec(prop::collection::vec(0_u64..40, 0..20), 1..12), cut in 0_usize..12) {
            let cut = cut % docs.len();
            let (left, right) = (model(&docs[..cut]), model(&docs[cut..]));
            let whole = model(&docs);
            prop_assert_eq!(&left.clone().merged(right.clone()), &whole);
            prop_assert_eq!(&right.merged(left), &whole);
            prop_assert_eq!(&whole.clone().merged(CorpusModel::default()), &whole);
        }

        /// Every key counted is found with its count, and no other.
        #[test]
        fn every_key_is_found(docs in prop::collection::vec(prop::collection::vec(0_u64..400, 0..60), 1..6)) {
            let whole = model(&docs);
            for key in 0..420_u64 {
                let expected = docs.iter().filter(|d| d.contains(&key)).count() as u64;
                let found = whole.languages["en"].df(key.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                prop_assert_eq!(found, expected, "{}", key);
                let lines = whole.lines.frequencies.df(key.wrapping_mul(0x9E37_79B9_7F4A_7C15));
                prop_assert_eq!(lines, expected, "line {}", key);
            }
        }
    }
}
