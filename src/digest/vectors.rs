//! Documents as vectors over the terms that two of them share.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::base::math;
use crate::base::span::position;
use crate::digest::{Item, Settings};
use crate::lex::frequencies::shipped;
use crate::stats::model::LanguageModel;

/// Documents that the frequencies that ship count for, beside those of the batch: what makes twenty articles of two stories
/// know their common words. From 100 to 3,000 nothing changes but in batches of twenty.
const PRIOR: f64 = 500.0;

/// Entries of a document's vector that are kept, the heaviest.
const ENTRIES: usize = 256;

/// A vector: terms rising, each with its value.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sparse(pub(super) Vec<(u32, f32)>);

impl Sparse {
    /// Dot product, summed in the order of the terms.
    pub(super) fn dot(&self, other: &Self) -> f64 {
        let (few, many) =
            if self.0.len() < other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        let mut sum = 0.0;
        // A story's vector may be many times longer than a document's.
        if many.len() > 16 * few.len() {
            let mut rest = many.as_slice();
            for &(term, value) in few {
                rest = &rest[rest.partition_point(|&(at, _)| at < term)..];
                if let Some(&(_, held)) = rest.first().filter(|&&(at, _)| at == term) {
                    sum += f64::from(value) * f64::from(held);
                }
            }
            return sum;
        }
        let (mut i, mut j) = (0, 0);
        while let (Some(&(a, x)), Some(&(b, y))) = (few.get(i), many.get(j)) {
            if a == b {
                sum += f64::from(x) * f64::from(y);
            }
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        sum
    }

    /// The sum of two vectors.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let (mut i, mut j) = (0, 0);
        let mut sum = Vec::with_capacity(self.0.len() + other.0.len());
        while i < self.0.len() || j < other.0.len() {
            let (a, b) = (self.0.get(i), other.0.get(j));
            let term = a.into_iter().chain(b).map(|&(term, _)| term).min().unwrap_or_default();
            let mut value = 0.0;
            if let Some(&(_, x)) = a.filter(|entry| entry.0 == term) {
                value += x;
                i += 1;
            }
            if let Some(&(_, y)) = b.filter(|entry| entry.0 == term) {
                value += y;
                j += 1;
            }
            sum.push((term, value));
        }
        Self(sum)
    }

    /// The sum of all `rows`, added in their order.
    pub(super) fn sum<'s>(rows: impl Iterator<Item = &'s Self>) -> Self {
        rows.fold(Self::default(), |sum, row| sum.plus(row))
    }

    /// Euclidean length.
    pub(super) fn length(&self) -> f64 {
        self.0.iter().map(|&(_, value)| f64::from(value) * f64::from(value)).sum::<f64>().sqrt()
    }

    /// Scaled to length 1; zeros stay.
    pub(super) fn unit(mut self) -> Self {
        let length = self.length();
        if length > 0.0 {
            self.0.iter_mut().for_each(|(_, value)| *value = narrow(f64::from(*value) / length));
        }
        self
    }
}

/// The nearest value of 32 bits: half of the memory, and far finer than any likeness is known.
#[expect(clippy::cast_possible_truncation, reason = "values are between 0 and a few thousand")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// The documents of one language as vectors.
#[derive(Debug, Default)]
pub(super) struct Vectors {
    /// One for each document: `(1 + ln tf) · idf` over the length of all its terms, of those that another document holds.
    pub(super) rows: Vec<Sparse>,
    /// Key of each term.
    keys: Vec<u64>,
    /// Inverse document frequency of each term.
    idf: Vec<f64>,
    /// Number of each key.
    numbers: FxHashMap<u64, u32>,
    known: Known,
}

/// What is known of terms: how many documents hold them here, and in the frequencies that ship.
#[derive(Debug, Default)]
struct Known {
    model: Option<&'static LanguageModel>,
    documents: usize,
}

impl Known {
    /// `ln((N + 500 + 1) / (df + 500 · f + ½))`, 0 or more.
    fn idf(&self, key: u64, df: u32) -> f64 {
        let prior = if self.model.is_some() { PRIOR } else { 0.0 };
        let before = self.model.map_or(0.0, |model| small(model.df(key)) / small(model.documents.max(1)));
        let documents = math::count(self.documents) + prior + 1.0;
        math::ln(documents / (f64::from(df) + prior * before + 0.5)).max(0.0)
    }
}

impl Vectors {
    /// The vectors of items of one language.
    ///
    /// `tf` is the count in the body, and what title, lead and names add. `idf = ln((N + 500 + 1) / (df + 500 · f + ½))` with
    /// `df` of `N` documents here and a share `f` of those that the shipped frequencies are of; without such, 0 in place of 500.
    pub(super) fn of(items: &[&Item], settings: &Settings) -> Self {
        let (keys, df) = shared(items);
        let known =
            Known { model: items.first().and_then(|item| shipped(&item.lang)), documents: items.len() };
        let idf: Vec<f64> = keys.iter().zip(&df).map(|(&key, &df)| known.idf(key, df)).collect();
        let numbers = (0_u32..).zip(&keys).map(|(number, &key)| (key, number)).collect();
        let mut vectors = Self { rows: Vec::new(), keys, idf, numbers, known };
        vectors.rows = items.par_iter().map(|item| vectors.row(item, settings)).collect();
        vectors
    }

    fn row(&self, item: &Item, settings: &Settings) -> Sparse {
        let all = self.weighed(item, settings).into_iter();
        let mut row: Vec<(u32, f64)> =
            all.filter_map(|(key, value)| Some((*self.numbers.get(&key)?, value))).collect();
        heaviest(&mut row, ENTRIES);
        row.sort_unstable_by_key(|entry| entry.0);
        Sparse(row.into_iter().map(|(number, value)| (number, narrow(value))).collect())
    }

    /// All terms of a document by rising key, those that no other holds too, as a vector of length 1.
    fn weighed(&self, item: &Item, settings: &Settings) -> Vec<(u64, f64)> {
        let extra =
            [(&item.title, settings.title), (&item.lead, settings.lead), (&item.names, settings.names)];
        let mut counts: Vec<(u64, f64)> =
            item.body.iter().map(|&(key, count)| (key, f64::from(count))).collect();
        counts.extend(extra.iter().flat_map(|&(keys, times)| keys.iter().map(move |&key| (key, times))));
        counts.retain(|&(_, count)| count > 0.0);
        counts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut all = Vec::new();
        for run in counts.chunk_by(|a, b| a.0 == b.0) {
            let count: f64 = run.iter().map(|&(_, count)| count).sum();
            let damped = if count >= 1.0 { 1.0 + math::ln(count) } else { count };
            let key = run[0].0;
            let number = self.numbers.get(&key);
            let idf = number.map_or_else(|| self.known.idf(key, 1), |&number| self.idf[number as usize]);
            all.extend((idf > 0.0).then_some((key, damped * idf)));
        }
        let length = f64::sqrt(all.iter().map(|&(_, value)| value * value).sum());
        for (_, value) in &mut all {
            *value /= length;
        }
        all
    }

    /// How many terms there are.
    pub(super) fn terms(&self) -> usize {
        self.keys.len()
    }

    /// Keys of a few terms, each once, as a vector of length 1.
    pub(super) fn unit(&self, keys: &[u64]) -> Sparse {
        let mut numbers: Vec<u32> = keys.iter().filter_map(|key| self.numbers.get(key).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Sparse(numbers.into_iter().map(|number| (number, narrow(self.idf[number as usize]))).collect()).unit()
    }

    /// What `items` are about together: their heaviest terms, those that one of them holds alone too, since a later day may
    /// know them; scaled to length 1, by falling weight.
    pub(super) fn centroid<'i>(
        &self,
        items: impl Iterator<Item = &'i Item>,
        settings: &Settings,
        most: usize,
    ) -> Vec<(u64, f32)> {
        let mut all: Vec<(u64, f64)> = items.flat_map(|item| self.weighed(item, settings)).collect();
        all.sort_by_key(|entry| entry.0);
        let sum = |run: &[(u64, f64)]| (run[0].0, run.iter().map(|entry| entry.1).sum());
        let mut sums: Vec<(u64, f64)> = all.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
        heaviest(&mut sums, most);
        sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let length = sums.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
        sums.into_iter().map(|(key, value)| (key, narrow(value / length))).collect()
    }
}

/// Keeps the `most` entries of the largest values, of equals those with smaller numbers, in no order.
pub(super) fn heaviest<K: Ord>(entries: &mut Vec<(K, f64)>, most: usize) {
    if entries.len() > most && most > 0 {
        entries.select_nth_unstable_by(most - 1, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    entries.truncate(most);
}

fn small(count: u64) -> f64 {
    math::count(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Parts in which keys are counted, so that not all stand in memory at once; a power of two.
const PARTS: u64 = 16;

/// Keys that two items or more hold, rising, and how many hold each.
fn shared(items: &[&Item]) -> (Vec<u64>, Vec<u32>) {
    let count = |part: u64| {
        let mut held: Vec<u64> = Vec::new();
        for item in items {
            let start = held.len();
            let all = item.body.iter().map(|&(key, _)| key).chain(item.title.iter().copied());
            held.extend(all.filter(|key| key >> 60 == part));
            held[start..].sort_unstable();
            let mut kept = start;
            for at in start..held.len() {
                if at == start || held[at] != held[kept - 1] {
                    held[kept] = held[at];
                    kept += 1;
                }
            }
            held.truncate(kept);
        }
        held.sort_unstable();
        let runs = held.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
        runs.map(|run| (run[0], position(run.len()))).collect::<Vec<_>>()
    };
    (0..PARTS).into_par_iter().map(count).collect::<Vec<_>>().into_iter().flatten().unzip()
}
