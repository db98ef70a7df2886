//! What the trees see of each segment: independent of the language, each found in time linear in the words.
//!
//! `docs/ranking.md` has the formulas. A feature whose name ends in `-rank` is the ordinal of the one before it within the
//! document, from 0 for the least to 1 for the greatest, of equals the later first: ranks mean the same in short and long
//! documents.

use crate::base::math;
use crate::base::span::position;
use crate::lex::analyzed::Analyzed;
use crate::rank::linear::{Found, Linear};
use crate::rank::vectors::{Vectors, damped};

/// Names of the features, in the order of their columns.
pub const NAMES: [&str; 37] = [
    "linear",
    "linear-rank",
    "title",
    "title-rank",
    "has-title",
    "centrality",
    "centrality-rank",
    "topic-rank",
    "degree-rank",
    "forward-rank",
    "direction",
    "direction-rank",
    "density",
    "density-rank",
    "mass-rank",
    "spread-rank",
    "repeated-rank",
    "probability",
    "idf",
    "novelty-rank",
    "opening-idf",
    "stop-words",
    "words",
    "words-relative",
    "words-rank",
    "words-mean",
    "words-before",
    "position",
    "position-relative",
    "from-end",
    "capitals",
    "digits",
    "punctuation",
    "quotation",
    "furniture",
    "budget",
    "budget-share",
];

/// Features column by column, as many values in each as there are segments.
#[derive(Debug, Default)]
pub(super) struct Features {
    values: Vec<f64>,
    rows: usize,
    /// Scratch of ranks: an order of the segments, and values of which the ranks alone are a feature.
    order: Vec<u32>,
    unranked: Vec<f64>,
}

/// What is known of a term in one document.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// How often it stands in the body.
    count: u32,
    /// How many segments hold it.
    segments: u32,
    /// The first of them.
    first: u32,
    stop: bool,
    weight: f64,
    /// Its value in the document's own vector: `(1 + ln tf) · weight` over all terms, scaled to length 1.
    topic: f64,
    /// The sum of its values in all segments.
    sum: f64,
}

impl Features {
    /// All columns, one after the other.
    pub(super) fn columns(&self) -> &[f64] {
        &self.values
    }

    /// The value of a feature for a segment.
    pub(super) fn of(&self, feature: usize, row: usize) -> f64 {
        self.values[feature * self.rows + row]
    }

    /// The features of `document` for a summary of `budget` segments.
    pub(super) fn fill(&mut self, document: &Analyzed, vectors: &Vectors, linear: &Linear, budget: f64) {
        self.rows = document.len();
        self.values.clear();
        if self.rows == 0 {
            return;
        }
        self.values.reserve(NAMES.len() * self.rows);
        let rows = math::count(self.rows);
        let terms = Terms::of(document, vectors);
        let found = linear.find(document, vectors);
        self.ranked(found.iter().map(Found::score));
        self.ranked(found.iter().map(|f| f.title));
        let titled = f64::from(u8::from(vectors.has_title()));
        self.column(found.iter().map(|_| titled));
        self.ranked(found.iter().map(|f| f.centrality));
        let content: Vec<Content> = (0..self.rows).map(|row| terms.content(document, vectors, row)).collect();
        self.rank_of(content.iter().map(|c| c.like_topic));
        // A row's sums with all before it, all after it and itself make its sum with all.
        let both = |c: &Content| c.like_all - c.square;
        self.rank_of(content.iter().map(both));
        self.rank_of(found.iter().map(|f| f.forward));
        self.ranked(found.iter().zip(&content).map(|(f, c)| (2.0 * f.forward - both(c)) / rows));
        self.ranked(content.iter().map(|c| c.topic / (c.terms + 1.0)));
        self.rank_of(content.iter().map(|c| c.topic / (c.terms + 1.0).sqrt()));
        self.rank_of(content.iter().map(|c| c.segments / (c.terms + 1.0)));
        self.rank_of(content.iter().map(|c| c.repeated / (c.terms + 1.0)));
        self.column(content.iter().map(|c| c.uses / (c.words + 1.0) / terms.words));
        self.column(content.iter().map(|c| c.idf / (c.terms + 1.0)));
        self.rank_of(content.iter().map(|c| c.novelty));
        self.column(document.opening.iter().copied());
        let words = |row: usize| f64::from(document.words[row]);
        self.column((0..self.rows).map(|row| (content[row].all - content[row].words) / (words(row) + 1.0)));
        self.lengths(document);
        self.places(document);
        let surface = &document.surface;
        let share = |count: u32, of: u32| f64::from(count) / (f64::from(of) + 1.0);
        self.column(surface.iter().map(|s| share(s.capitals, s.chars)));
        self.column(surface.iter().map(|s| share(s.digits, s.chars)));
        self.column(surface.iter().map(|s| share(s.marks, s.chars)));
        self.column(surface.iter().map(|s| f64::from(u8::from(s.quotation))));
        self.column(surface.iter().map(|s| f64::from(u8::from(s.furniture))));
        self.column((0..self.rows).map(|_| budget));
        self.column((0..self.rows).map(|_| budget / rows));
        debug_assert_eq!(self.values.len(), NAMES.len() * self.rows);
    }

    fn column(&mut self, values: impl Iterator<Item = f64>) {
        self.values.extend(values);
    }

    /// A column and its ranks.
    fn ranked(&mut self, values: impl Iterator<Item = f64>) {
        let start = self.values.len();
        self.values.extend(values);
        self.values.resize(start + 2 * self.rows, 0.0);
        let (column, ranks) = self.values[start..].split_at_mut(self.rows);
        rank(column, &mut self.order, ranks);
    }

    /// The ranks of values that are no feature themselves.
    fn rank_of(&mut self, values: impl Iterator<Item = f64>) {
        self.unranked.clear();
        self.unranked.extend(values);
        let start = self.values.len();
        self.values.resize(start + self.rows, 0.0);
        rank(&self.unranked, &mut self.order, &mut self.values[start..]);
    }

    /// `words`, `words-relative`, `words-rank` and `words-mean`.
    fn lengths(&mut self, document: &Analyzed) {
        let words = || document.words.iter().copied().map(f64::from);
        let mean = words().sum::<f64>() / math::count(self.rows);
        self.column(words());
        self.column(words().map(|words| words / mean.max(f64::MIN_POSITIVE)));
        self.rank_of(words());
        self.column(words().map(|_| mean));
    }

    /// `words-before`, `position`, `position-relative` and `from-end`.
    fn places(&mut self, document: &Analyzed) {
        let mut before = 0.0;
        for &words in &document.words {
            self.values.push(before);
            before += f64::from(words);
        }
        let start = self.values.len();
        let mut position = 0.0;
        for surface in &document.surface {
            self.values.push(position);
            position += f64::from(u8::from(!surface.furniture));
        }
        for row in 0..self.rows {
            self.values.push(self.values[start + row] / position.max(1.0));
        }
        self.column((0..document.len()).rev().map(math::count));
    }
}

/// Segments up to which a rank is found by comparing with every other: the processor compares many at once, and no branch
/// is guessed wrong.
const FEW: usize = 64;

/// Values that are compared together, so that none is left over.
const TOGETHER: usize = 8;

/// Writes the rank of each of `values`, none of which is −0 or no number.
fn rank(values: &[f64], order: &mut Vec<u32>, ranks: &mut [f64]) {
    let last = math::count(values.len().max(2) - 1);
    if values.len() <= FEW {
        // What stands behind the values is below none of them.
        let mut few = [f64::INFINITY; FEW];
        few[..values.len()].copy_from_slice(values);
        let few = &few[..values.len().next_multiple_of(TOGETHER)];
        let mut equals = [0_u8; FEW];
        // Of equals the later comes first.
        for (&value, rank) in values.iter().zip(ranks).rev() {
            let below: u64 = few.iter().map(|&other| u64::from(other < value)).sum();
            let below = usize::try_from(below).unwrap_or_default() % FEW;
            *rank = (math::count(below) + f64::from(equals[below])) / last;
            equals[below] += 1;
        }
        return;
    }
    order.clear();
    order.extend(0..position(values.len()));
    order.sort_unstable_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]).then(b.cmp(&a)));
    for (rank, &row) in order.iter().enumerate() {
        ranks[row as usize] = math::count(rank) / last;
    }
}

/// Sums over the terms of a segment: of those that are no stop words, unless said.
#[derive(Debug, Clone, Copy)]
struct Content {
    /// Different terms.
    terms: f64,
    /// Words.
    words: f64,
    /// Words, stop words included.
    all: f64,
    /// Values of the document's vector.
    topic: f64,
    /// Segments that hold the term.
    segments: f64,
    /// Terms that stand in the document three times or more.
    repeated: f64,
    /// Uses of each word in the document.
    uses: f64,
    /// Weights.
    idf: f64,
    /// Dot products of the segment's vector with the document's own, with the sum of all segments' and with itself.
    like_topic: f64,
    like_all: f64,
    square: f64,
    /// The share of the segment's vector, by squares, whose terms stand in no segment before it.
    novelty: f64,
}

impl Content {
    /// None yet. Like sums of the standard library, dot products begin at −0.
    const NONE: Self = Self {
        terms: 0.0,
        words: 0.0,
        all: 0.0,
        topic: 0.0,
        segments: 0.0,
        repeated: 0.0,
        uses: 0.0,
        idf: 0.0,
        like_topic: -0.0,
        like_all: -0.0,
        square: -0.0,
        novelty: -0.0,
    };
}

/// The terms of a document.
#[derive(Debug)]
struct Terms {
    uses: Vec<Use>,
    /// Words that are no stop words.
    words: f64,
}

impl Terms {
    fn of(document: &Analyzed, vectors: &Vectors) -> Self {
        let new = |(&weight, &stop): (&f64, &bool)| Use { stop, weight, ..Use::default() };
        let mut uses: Vec<Use> = document.weight.iter().zip(&document.stop).map(new).collect();
        let mut words = 0;
        for row in 0..document.len() {
            let counts = &document.rows.counts()[document.rows.range(row)];
            for ((term, value), &count) in vectors.row(document, row).zip(counts) {
                let of = &mut uses[term];
                of.first = if of.segments == 0 { position(row) } else { of.first };
                of.segments += 1;
                of.count += count;
                of.sum += value;
                words += if of.stop { 0 } else { count };
            }
        }
        let mut squares = -0.0;
        for of in &mut uses {
            of.topic = if of.count == 0 { 0.0 } else { damped(of.count) * of.weight };
            squares += of.topic * of.topic;
        }
        let length = squares.sqrt().max(f64::MIN_POSITIVE);
        for of in &mut uses {
            of.topic /= length;
        }
        Self { uses, words: f64::from(words.max(1)) }
    }

    /// What a segment holds, in one walk over its terms.
    fn content(&self, document: &Analyzed, vectors: &Vectors, row: usize) -> Content {
        let mut sums = Content::NONE;
        let counts = &document.rows.counts()[document.rows.range(row)];
        for ((term, value), &count) in vectors.row(document, row).zip(counts) {
            let of = &self.uses[term];
            sums.like_topic += value * of.topic;
            sums.like_all += value * of.sum;
            sums.square += value * value;
            // Which terms are new, and which are stop words, is hard to foresee: what does not count is added as nought,
            // and to a sum that begins at −0 as −0, which leaves it what it was.
            let new = of.first as usize == row;
            sums.novelty += if new { value * value } else { -0.0 };
            let count = f64::from(count);
            sums.all += count;
            let counts = f64::from(u8::from(!of.stop));
            sums.terms += counts;
            sums.words += counts * count;
            sums.topic += of.topic;
            sums.segments += counts * f64::from(of.segments);
            sums.repeated += f64::from(u8::from(!of.stop & (of.count >= 3)));
            sums.uses += counts * (f64::from(of.count) * count);
            sums.idf += of.weight;
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Short and long documents are ranked in two ways, by one meaning.
        #[test]
        fn ranks_are_places_in_the_order(values in proptest::collection::vec(0_u8..20, 1..150)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut ranks = vec![0.0; values.len()];
            rank(&values, &mut Vec::new(), &mut ranks);
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a)));
            let last = math::count(values.len().max(2) - 1);
            for (place, &row) in order.iter().enumerate() {
                prop_assert!((ranks[row] - math::count(place) / last).abs() < 1e-12);
            }
        }
    }
}
