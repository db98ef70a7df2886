//! Counting documents per term and per line, and merging counts.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

/// Document frequencies of one language while they are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LanguageCounts {
    /// Documents counted.
    pub documents: u64,
    /// Words in them.
    pub tokens: u64,
    /// By term key: documents that hold the term.
    df: FxHashMap<u64, u64>,
}

impl LanguageCounts {
    /// Term keys with their document frequencies, by rising key.
    pub fn into_sorted(self) -> Vec<(u64, u64)> {
        let mut df: Vec<_> = self.df.into_iter().collect();
        df.sort_unstable();
        df
    }
}

/// Document frequencies of lines while they are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// Documents counted.
    pub documents: u64,
    /// By line key: documents that hold the line.
    df: FxHashMap<u64, u64>,
}

impl LineCounts {
    /// Line keys with their document frequencies, by rising key.
    pub fn into_sorted(self) -> Vec<(u64, u64)> {
        let mut df: Vec<_> = self.df.into_iter().collect();
        df.sort_unstable();
        df
    }
}

/// Document frequencies by language, and of lines, while they are counted.
///
/// ```
/// # use nutgraf::stats::counts::Counts;
/// let (mut left, mut right) = (Counts::default(), Counts::default());
/// left.add("en", 120, &[1, 2]);
/// right.add("en", 80, &[2, 3]);
/// let mut other_way = right.clone();
/// other_way.merge(left.clone());
/// left.merge(right);
/// assert_eq!(left, other_way);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    languages: BTreeMap<String, LanguageCounts>,
    lines: LineCounts,
}

impl Counts {
    /// Counts one document of `tokens` words with these distinct term keys.
    pub fn add(&mut self, language: &str, tokens: u64, keys: &[u64]) {
        if !self.languages.contains_key(language) {
            self.languages.insert(language.to_owned(), LanguageCounts::default());
        }
        if let Some(counts) = self.languages.get_mut(language) {
            counts.documents += 1;
            counts.tokens += tokens;
            for &key in keys {
                *counts.df.entry(key).or_default() += 1;
            }
        }
    }

    /// Counts one document with these distinct line keys.
    pub fn add_lines(&mut self, keys: &[u64]) {
        self.lines.documents += 1;
        for &key in keys {
            *self.lines.df.entry(key).or_default() += 1;
        }
    }

    /// Adds what `other` counted.
    pub fn merge(&mut self, other: Self) {
        for (language, counts) in other.languages {
            let ours = self.languages.entry(language).or_default();
            ours.documents += counts.documents;
            ours.tokens += counts.tokens;
            #[expect(clippy::iter_over_hash_type, reason = "additions commute")]
            for (key, df) in counts.df {
                *ours.df.entry(key).or_default() += df;
            }
        }
        self.lines.documents += other.lines.documents;
        #[expect(clippy::iter_over_hash_type, reason = "additions commute")]
        for (key, df) in other.lines.df {
            *self.lines.df.entry(key).or_default() += df;
        }
    }

    /// The counts by primary language subtag, and those of lines.
    pub fn into_parts(self) -> (BTreeMap<String, LanguageCounts>, LineCounts) {
        (self.languages, self.lines)
    }
}
