//! How alike documents are that tell of different things: what likeness is measured against.
//!
//! Languages and batches differ by a factor of ten in this, and the best threshold with it.

use xxhash_rust::xxh3::xxh3_64;

use crate::base::math;
use crate::digest::vectors::Sparse;
use crate::digest::{Item, Settings};

/// Documents whose pairs are looked at, at most.
const SAMPLE: usize = 400;

/// Background of batches of news, and for how many documents that belief stands: of twenty articles nobody knows whether
/// they are one story or twenty.
const USUAL: (f64, f64) = (0.01, 20.0);

/// Documents of the batch for which the threshold stands as it is.
const BATCH: f64 = 300.0;

/// Documents between which the threshold grows with their logarithm: the most alike of many strangers are more alike than
/// those of few, and where likeness falls exponentially, by just that. No more were measured; with fewer, a dozen articles of
/// one town would be joined by its names.
const CHANCE: std::ops::Range<usize> = 30..2000;

/// The rows whose pairs tell the background: all, or those whose ids have the smallest hashes.
pub(super) fn sample(items: &[&Item]) -> Vec<usize> {
    let mut hashed: Vec<(u64, usize)> =
        items.iter().enumerate().map(|(at, item)| (xxh3_64(item.id.as_bytes()), at)).collect();
    hashed.sort_unstable();
    hashed.truncate(SAMPLE);
    hashed.into_iter().map(|(_, at)| at).collect()
}

/// The threshold of a batch: `threshold · ln n / ln 300 · (b / .01)^adapt`, with `n` documents, and `b` the median likeness of
/// two that are `apart`, drawn towards .01 while there are few.
pub(super) fn threshold(
    rows: &[Sparse],
    sample: &[usize],
    apart: impl Fn(usize, usize) -> bool,
    settings: &Settings,
) -> f64 {
    let mut likeness: Vec<f64> = Vec::new();
    for (at, &one) in sample.iter().enumerate() {
        let others = sample[..at].iter().filter(|&&other| apart(one, other));
        likeness.extend(others.map(|&other| rows[one].dot(&rows[other])));
    }
    let (usual, weight) = USUAL;
    let median = if likeness.is_empty() {
        usual
    } else {
        let middle = likeness.len() / 2;
        *likeness.select_nth_unstable_by(middle, f64::total_cmp).1
    };
    let documents = math::count(sample.len());
    let background = (documents * median + weight * usual) / (documents + weight);
    settings.threshold * chance(rows.len()) * math::exp(settings.adapt * math::ln(background / usual))
}

/// How alike the most alike of `n` strangers are, as a share of what they are among 300: `ln n / ln 300`.
pub(super) fn chance(n: usize) -> f64 {
    math::ln(math::count(n.clamp(CHANCE.start, CHANCE.end))) / math::ln(BATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(documents: u32, alike: f32) -> (Vec<Sparse>, Vec<usize>) {
        let row = |number: u32| Sparse(vec![(0, alike.sqrt()), (number + 1, (1.0 - alike).sqrt())]);
        ((0..documents).map(row).collect(), (0..documents as usize).collect())
    }

    fn of(documents: u32, alike: f32) -> f64 {
        let (rows, sample) = batch(documents, alike);
        threshold(&rows, &sample, |_, _| true, &Settings { threshold: 0.1, ..Settings::default() })
    }

    #[test]
    fn the_threshold_rises_with_the_background_and_with_the_batch() {
        assert!((of(300, 0.01) - 0.1).abs() < 1e-6);
        assert!(of(300, 0.04) > 0.18 && of(300, 0.04) < 0.2);
        assert!(of(20, 0.01) < 0.06 && of(2, 0.01) > 0.03);
    }

    #[test]
    fn of_few_documents_the_usual_is_believed() {
        assert!(of(10, 0.16) < 3.0 * of(10, 0.01), "{} {}", of(10, 0.16), of(10, 0.01));
        assert!(threshold(&[], &[], |_, _| true, &Settings::default()) > 0.0);
    }
}
