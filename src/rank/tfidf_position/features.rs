//! What the trees see of each segment: independent of the language, each found in time linear in the words.
//!
//! `docs/ranking.md` has the formulas. A feature whose name ends in `-rank` is the ordinal of the one before it within the
//! document, from 0 for the least to 1 for the greatest, of equals the later first: ranks mean the same in short and long
//! documents.

use crate::base::math;
use crate::base::span::position;
use crate::lex::analyzed::Analyzed;
use crate::rank::linear::{Found, Linear, length, with_sum};
use crate::rank::vectors::Vectors;

/// Names of the features, in the order of their columns.
pub const NAMES: [&str; 21] = [
    "linear",
    "linear-rank",
    "title",
    "title-rank",
    "has-title",
    "forward-rank",
    "direction-rank",
    "spread-rank",
    "repeated-rank",
    "probability",
    "stop-words",
    "words",
    "words-relative",
    "words-rank",
    "words-mean",
    "words-before",
    "position",
    "position-relative",
    "capitals",
    "budget",
    "budget-share",
];

/// Features column by column, as many values in each as there are segments.
#[derive(Debug, Default)]
pub(super) struct Features {
    values: Vec<f64>,
    rows: usize,
    /// Lines of the page, which are not compared with the article's segments: less than any of these, and no part of a mean.
    lines: Vec<usize>,
    /// Scratch of ranks: an order of the segments, and values of which the ranks alone are a feature.
    order: Vec<(f32, u32)>,
    unranked: Vec<f64>,
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
        self.lines.clear();
        self.lines.extend(document.lines());
        self.values.clear();
        if self.rows == 0 {
            return;
        }
        self.values.reserve(NAMES.len() * self.rows);
        let terms = Terms::of(document, vectors);
        let content: Vec<Content> = (0..self.rows).map(|row| terms.content(document, vectors, row)).collect();
        let found = linear.find(document, vectors, terms.likeness(document, vectors, &content));
        self.ranked(found.iter().map(Found::score));
        self.ranked(found.iter().map(|f| f.title));
        let titled = f64::from(u8::from(vectors.has_title()));
        self.column(found.iter().map(|_| titled));
        self.rank_of(found.iter().map(|f| f.forward));
        // A row's sums with all before it, all after it and itself make its sum with all.
        self.rank_of(found.iter().zip(&content).map(|(f, c)| 2.0 * f.forward - (c.like_all - c.square)));
        self.rank_of(content.iter().map(|c| c.segments / (c.terms + 1.0)));
        self.rank_of(content.iter().map(|c| c.repeated / (c.terms + 1.0)));
        self.column(content.iter().map(|c| c.uses / (c.words + 1.0) / terms.words));
        let share = |count: u32, of: u32| f64::from(count) / (f64::from(of) + 1.0);
        self.column(
            document.stop_words.iter().zip(&document.words).map(|(&stop, &words)| share(stop, words)),
        );
        self.lengths(document);
        self.places(document);
        self.column(document.surface.iter().map(|s| share(s.capitals, s.chars)));
        self.column((0..self.rows).map(|_| budget));
        let article = math::count(self.rows - self.lines.len());
        self.column((0..self.rows).map(|_| budget / article));
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
        rank(column, &self.lines, &mut self.order, ranks);
    }

    /// The ranks of values that are no feature themselves.
    fn rank_of(&mut self, values: impl Iterator<Item = f64>) {
        self.unranked.clear();
        self.unranked.extend(values);
        let start = self.values.len();
        self.values.resize(start + self.rows, 0.0);
        rank(&self.unranked, &self.lines, &mut self.order, &mut self.values[start..]);
    }

    /// `words`, `words-relative`, `words-rank` and `words-mean`.
    fn lengths(&mut self, document: &Analyzed) {
        let words = || document.words.iter().copied().map(f64::from);
        let of_lines = self.lines.iter().map(|&line| f64::from(document.words[line]));
        let mean = (words().sum::<f64>() - of_lines.sum::<f64>()) / math::count(self.rows - self.lines.len());
        self.column(words());
        self.column(words().map(|words| words / mean.max(f64::MIN_POSITIVE)));
        self.rank_of(words());
        self.column(words().map(|_| mean));
    }

    /// `words-before`, `position` and `position-relative`.
    fn places(&mut self, document: &Analyzed) {
        let mut before = 0.0;
        let article = self.lines.is_empty();
        for (&words, surface) in document.words.iter().zip(&document.surface) {
            self.values.push(before);
            before += if article || !surface.furniture { f64::from(words) } else { 0.0 };
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
    }
}

/// Segments up to which a rank is found by comparing with every other: the processor compares many at once, and no branch
/// is guessed wrong.
const FEW: usize = 64;

/// Values that are compared together, so that none is left over.
const TOGETHER: usize = 8;

/// Writes the rank of each of `values`, none of which is no number, among those that are not of `lines`, whose rank is 0. They are
/// compared in single precision: values that only rounding tells apart are equals, and more are compared at once.
fn rank(values: &[f64], lines: &[usize], order: &mut Vec<(f32, u32)>, ranks: &mut [f64]) {
    let last = math::count((values.len() - lines.len()).max(2) - 1);
    // −0 becomes 0, which an order of all numbers puts behind it.
    #[expect(clippy::cast_possible_truncation, reason = "so as to round")]
    let rounded = |value: f64| value as f32 + 0.0;
    if values.len() <= FEW {
        // What stands behind the values is below none of them.
        let mut few = [f32::INFINITY; FEW];
        for (few, &value) in few.iter_mut().zip(values) {
            *few = rounded(value);
        }
        for &line in lines {
            few[line] = f32::NEG_INFINITY;
        }
        let compared = &few[..values.len().next_multiple_of(TOGETHER)];
        let (mut equals, mut places) = ([0_u8; FEW], [0_u8; FEW]);
        // Of equals the later comes first.
        for (&value, place) in few[..values.len()].iter().zip(&mut places).rev() {
            let below: u32 = compared.iter().map(|&other| u32::from(other < value)).sum();
            let below = below.to_le_bytes()[0];
            let equals = &mut equals[usize::from(below) % FEW];
            *place = below + *equals;
            *equals += 1;
        }
        let below = position(lines.len()).to_le_bytes()[0];
        // Divided together, as many at once as the processor can.
        for (rank, place) in ranks.iter_mut().zip(places) {
            *rank = f64::from(place.saturating_sub(below)) / last;
        }
        return;
    }
    order.clear();
    order.extend(values.iter().map(|&value| rounded(value)).zip(0..));
    for &line in lines {
        order[line].0 = f32::NEG_INFINITY;
    }
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    for (rank, &(_, row)) in order.iter().enumerate() {
        ranks[row as usize] = math::count(rank.saturating_sub(lines.len())) / last;
    }
}

/// Sums over the terms of a segment.
#[derive(Debug, Clone, Copy)]
struct Content {
    /// Different terms.
    terms: f64,
    /// Words.
    words: f64,
    /// Uses of each word in the document.
    uses: f64,
    /// Segments that hold the term.
    segments: f64,
    /// Terms that stand in the document three times or more.
    repeated: f64,
    /// Dot products of the segment's vector with the sum of all segments' and with itself.
    like_all: f64,
    square: f64,
}

/// What is known of a term in one document.
#[derive(Debug, Clone, Copy, Default)]
struct Use {
    /// The sum of its values in all segments.
    sum: f64,
    /// How many segments hold it, and 1 for one that stands in the document three times or more.
    segments: [f64; 2],
    /// How often it stands in the body.
    count: u32,
}

/// Whether a term stands in the document three times or more, by its uses up to then; from a table, since a choice between such
/// numbers becomes a branch that is often guessed wrong.
const REPEATED: [f64; 4] = [0.0, 0.0, 0.0, 1.0];

/// The terms of a document.
#[derive(Debug)]
struct Terms {
    uses: Vec<Use>,
    words: f64,
}

impl Terms {
    fn of(document: &Analyzed, vectors: &Vectors) -> Self {
        let mut uses = vec![Use::default(); document.terms()];
        let mut words = 0;
        for ((term, value), &count) in vectors.entries(document).zip(document.rows.counts()) {
            let of = &mut uses[term];
            of.sum += value;
            of.segments[0] += 1.0;
            of.count += count;
            of.segments[1] = REPEATED[(of.count as usize).min(REPEATED.len() - 1)];
            words += count;
        }
        Self { uses, words: f64::from(words.max(1)) }
    }

    /// What [`with_sum`] gives, to the bit; where no line of the page has a term of its own, its sums are made already.
    fn likeness(&self, document: &Analyzed, vectors: &Vectors, content: &[Content]) -> Vec<f64> {
        if document.lines().any(|line| content[line].terms > 0.0) {
            return with_sum(document, vectors);
        }
        let length = length(self.uses.iter().map(|of| of.sum));
        content.iter().map(|content| content.like_all / length).collect()
    }

    /// What a segment holds, in one walk over its terms; sums that go together lie together.
    fn content(&self, document: &Analyzed, vectors: &Vectors, row: usize) -> Content {
        let counts = &document.rows.counts()[document.rows.range(row)];
        let [mut likes, mut segments, mut words] = [[0.0; 2]; 3];
        let add = |to: &mut [f64; 2], these: [f64; 2]| {
            to[0] += these[0];
            to[1] += these[1];
        };
        for ((term, value), &count) in vectors.row(document, row).zip(counts) {
            let of = &self.uses[term];
            let count = f64::from(count);
            add(&mut likes, [value * of.sum, value * value]);
            add(&mut segments, of.segments);
            add(&mut words, [count, count * f64::from(of.count)]);
        }
        Content {
            terms: math::count(counts.len()),
            words: words[0],
            uses: words[1],
            segments: segments[0],
            repeated: segments[1],
            like_all: likes[0],
            square: likes[1],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lex::analyzed::from_text;

    #[test]
    fn likeness_to_the_whole_is_the_same_whichever_way_it_is_found() {
        let body = ["A crack closed the bridge.", "The bridge, the bridge!", "", "Ferries run."];
        let mut document = from_text("", &body, None);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        for furniture in [[false; 4], [false, false, true, false], [true, false, false, true], [true; 4]] {
            let surfaces = document.surface.iter_mut().zip(furniture);
            surfaces.for_each(|(surface, furniture)| surface.furniture = furniture);
            let terms = Terms::of(&document, &vectors);
            let content: Vec<_> = (0..4).map(|row| terms.content(&document, &vectors, row)).collect();
            let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
            let found = terms.likeness(&document, &vectors, &content);
            assert_eq!(bits(found), bits(with_sum(&document, &vectors)), "{furniture:?}");
        }
    }

    #[test]
    fn a_line_of_the_page_changes_nothing_for_the_article() {
        let body =
            ["By Mara Ellison", "A crack closed the bridge.", "The bridge, the old bridge!", "Ferries run."];
        let rows = |body: &[&str]| {
            let mut document = from_text("Bridge", body, None);
            document.surface[0].furniture = body.len() == 4;
            let mut vectors = Vectors::default();
            vectors.fill(&document);
            let mut features = Features::default();
            features.fill(&document, &vectors, &Linear::default(), 2.0);
            let row =
                |row: usize| (0..NAMES.len()).map(|feature| features.of(feature, row)).collect::<Vec<_>>();
            (body.len() - 3..body.len()).map(row).collect::<Vec<_>>()
        };
        // What its own words add to the document's is the one trace it leaves.
        for (with, without) in rows(&body).into_iter().zip(rows(&body[1..])) {
            for ((name, with), without) in NAMES.iter().zip(with).zip(without) {
                assert!(
                    *name == "probability" || (with - without).abs() < 1e-12,
                    "{name}: {with}, {without}"
                );
            }
        }
    }

    proptest! {
        /// Short and long documents are ranked in two ways, by one meaning.
        #[test]
        fn ranks_are_places_in_the_order(rows in proptest::collection::vec((0_u8..20, 0_u8..4), 1..150)) {
            let values: Vec<f64> = rows.iter().map(|&(value, _)| f64::from(value)).collect();
            let (lines, mut order): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&row| row > 0 && rows[row].1 == 0);
            let mut ranks = vec![0.0; values.len()];
            rank(&values, &lines, &mut Vec::new(), &mut ranks);
            order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a)));
            let last = math::count(order.len().max(2) - 1);
            for (place, &row) in order.iter().enumerate() {
                prop_assert!((ranks[row] - math::count(place) / last).abs() < 1e-12);
            }
            prop_assert!(lines.iter().all(|&line| ranks[line] == 0.0));
        }
    }
}
