//! The corpus model: counts frozen for look-up, from a file or from the batch itself.

use std::collections::BTreeMap;

use crate::base::span::position;
use crate::stats::counts::Counts;

/// Document frequencies of one language: term keys sorted, with an index over their leading bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageModel {
    /// Documents counted.
    pub documents: u64,
    /// Words in them.
    pub tokens: u64,
    keys: Vec<u64>,
    df: Vec<u32>,
    /// Where the keys with each value of the leading `bits` bits begin; one more at the end.
    index: Vec<u32>,
    bits: u32,
}

/// Keys per place of the index, about: one cache line of keys is read for a look-up.
const KEYS_PER_PLACE: usize = 4;

#[expect(clippy::cast_possible_truncation, reason = "there are fewer places than keys in memory")]
fn place(key: u64, bits: u32) -> usize {
    (key >> (64 - bits)) as usize
}

impl LanguageModel {
    /// A model of these keys, which must be strictly rising, and their document frequencies.
    pub fn new(documents: u64, tokens: u64, keys: Vec<u64>, df: Vec<u32>) -> Self {
        debug_assert!(keys.len() == df.len() && keys.is_sorted_by(|a, b| a < b));
        let bits = (keys.len() / KEYS_PER_PLACE).max(2).ilog2();
        let mut index = Vec::with_capacity((1 << bits) + 1);
        for (at, &key) in keys.iter().enumerate() {
            while index.len() <= place(key, bits) {
                index.push(position(at));
            }
        }
        index.resize((1 << bits) + 1, position(keys.len()));
        Self { documents, tokens, keys, df, index, bits }
    }

    /// How many different terms it holds.
    pub fn terms(&self) -> usize {
        self.keys.len()
    }

    /// How many documents hold the term with this key; 0 for one never seen.
    pub fn df(&self, key: u64) -> u64 {
        let place = place(key, self.bits);
        let (from, to) = (self.index[place] as usize, self.index[place + 1] as usize);
        let found = self.keys[from..to].iter().position(|&k| k == key);
        found.map_or(0, |at| u64::from(self.df[from + at]))
    }

    /// Keys and document frequencies, by rising key.
    pub fn entries(&self) -> impl Iterator<Item = (u64, u32)> {
        self.keys.iter().copied().zip(self.df.iter().copied())
    }
}

/// Document frequencies by language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorpusModel {
    /// By primary language subtag.
    pub languages: BTreeMap<String, LanguageModel>,
}

impl CorpusModel {
    /// Freezes counts. A document frequency above 4,294,967,295 stands as that.
    pub fn from_counts(counts: Counts) -> Self {
        let languages = counts.into_languages().map(|(language, counts)| {
            let (documents, tokens, df) = (counts.documents, counts.tokens, counts.into_sorted());
            let keys = df.iter().map(|&(key, _)| key).collect();
            let df = df.iter().map(|&(_, df)| u32::try_from(df).unwrap_or(u32::MAX)).collect();
            (language, LanguageModel::new(documents, tokens, keys, df))
        });
        Self { languages: languages.collect() }
    }

    /// The model of counting both corpora; the same whichever comes first.
    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        for (language, theirs) in other.languages {
            let merged = match self.languages.remove(&language) {
                None => theirs,
                Some(ours) => merge(&ours, &theirs),
            };
            self.languages.insert(language, merged);
        }
        self
    }
}

fn merge(ours: &LanguageModel, theirs: &LanguageModel) -> LanguageModel {
    let (mut left, mut right) = (ours.entries().peekable(), theirs.entries().peekable());
    let mut keys = Vec::with_capacity(ours.terms().max(theirs.terms()));
    let mut counts = Vec::with_capacity(keys.capacity());
    while let Some(key) = left.peek().into_iter().chain(right.peek()).map(|&(key, _)| key).min() {
        let df = |entry: Option<(u64, u32)>| entry.map_or(0, |(_, df)| df);
        let sum = df(left.next_if(|e| e.0 == key)).saturating_add(df(right.next_if(|e| e.0 == key)));
        keys.push(key);
        counts.push(sum);
    }
    LanguageModel::new(ours.documents + theirs.documents, ours.tokens + theirs.tokens, keys, counts)
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
            }
        }
    }
}
