//! What the first model said around a block, as numbers for the second.

use rustc_hash::FxHashMap;

use crate::structure::page::features::Seen;
use crate::structure::page::words::number;

/// Blocks before and after a block whose scores are looked at one by one.
const BESIDE: usize = 3;
/// Blocks before and after, over which means are taken.
const WINDOWS: [usize; 2] = [3, 8];
/// Least score of a block that is surely of the article, with at least [`WORDS`] words.
const SURE: f32 = 0.5;
/// Words of such a block.
const WORDS: f32 = 10.0;
/// Blocks farther away than this are as far as can be.
const FAR: f32 = 50.0;

/// How many numbers it adds to a row.
#[cfg(test)]
pub(super) const WIDTH: usize = 21;

/// Scores of the first model and what follows from them.
#[derive(Debug)]
pub(super) struct Around {
    scores: Vec<f32>,
    /// Sums over the blocks before each: scores, scores by words, words.
    sums: Vec<[f64; 3]>,
    groups: FxHashMap<(u64, u8), [f64; 2]>,
    best_before: Vec<f32>,
    best_after: Vec<f32>,
    last_sure: Vec<f32>,
    next_sure: Vec<f32>,
}

impl Around {
    pub(super) fn of(seen: &Seen<'_>, scores: Vec<f32>) -> Self {
        let mut sums = Vec::with_capacity(scores.len() + 1);
        let mut sum = [0.0; 3];
        sums.push(sum);
        let mut groups: FxHashMap<(u64, u8), [f64; 2]> = FxHashMap::default();
        for (at, score) in scores.iter().enumerate() {
            let (score, words) = (f64::from(*score), f64::from(seen.words[at].count.max(1.0)));
            sum = [sum[0] + score, sum[1] + score * words, sum[2] + words];
            sums.push(sum);
            for (level, name) in (0..).zip(seen.names(at)) {
                let group = groups.entry((name, level)).or_default();
                *group = [group[0] + score * words, group[1] + words];
            }
        }
        let sure = |at: usize| scores[at] > SURE && seen.words[at].count >= WORDS;
        let order = || 0..scores.len();
        Self {
            best_before: best(&scores, &mut order()),
            best_after: best(&scores, &mut order().rev()),
            last_sure: distance(scores.len(), sure, &mut order()),
            next_sure: distance(scores.len(), sure, &mut order().rev()),
            scores,
            sums,
            groups,
        }
    }

    /// What the first model said of a block.
    pub(super) fn score(&self, at: usize) -> f32 {
        self.scores[at]
    }

    /// Adds to the row of a block.
    #[expect(clippy::cast_possible_truncation, reason = "features need few digits")]
    pub(super) fn extend(&self, seen: &Seen<'_>, at: usize, row: &mut Vec<f32>) {
        let count = self.scores.len();
        for step in 0..=2 * BESIDE {
            let other = (at + step).checked_sub(BESIDE).and_then(|other| self.scores.get(other));
            row.push(other.copied().unwrap_or_default());
        }
        let total = self.sums[count][1].max(1.0);
        row.push((self.sums[at][1] / total) as f32);
        row.push(total as f32);
        for reach in WINDOWS {
            let (from, to) = (at.saturating_sub(reach), count.min(at + reach + 1));
            let sum = |which: usize| self.sums[to][which] - self.sums[from][which];
            row.push(sum(0) as f32 / number(to - from));
            row.push((sum(1) / sum(2).max(1.0)) as f32);
        }
        for (level, name) in (0..).zip(seen.names(at)) {
            let group = self.groups.get(&(name, level)).copied().unwrap_or_default();
            row.push((group[0] / group[1].max(1.0)) as f32);
            row.push((group[0] / total) as f32);
        }
        row.extend([self.best_before[at], self.best_after[at], self.last_sure[at], self.next_sure[at]]);
    }
}

/// The greatest score up to each block, in an order.
fn best(scores: &[f32], order: &mut dyn Iterator<Item = usize>) -> Vec<f32> {
    let mut best = vec![0.0; scores.len()];
    let mut most = 0.0_f32;
    for at in order {
        most = most.max(scores[at]);
        best[at] = most;
    }
    best
}

/// Blocks since the last one that `sure` names, in an order.
fn distance(count: usize, sure: impl Fn(usize) -> bool, order: &mut dyn Iterator<Item = usize>) -> Vec<f32> {
    let mut distance = vec![FAR; count];
    let mut steps = FAR;
    for at in order {
        distance[at] = steps;
        steps = if sure(at) { 1.0 } else { FAR.min(steps + 1.0) };
    }
    distance
}
