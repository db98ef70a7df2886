//! Maximal marginal relevance: salience less likeness to what is chosen already (Carbonell & Goldstein 1998).

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::coherence::{Coherence, Dangling};
use super::{Budget, Candidates, Selector, greedy};
use crate::base::math;

/// Segments by falling `salience − lambda · sd · ((1 − share) · max cos(segment, chosen) + 6 · (1 − share)⁴ · covered) −
/// coherence`, with `sd` the standard deviation of the document's salience, lines of the page aside, so that `lambda` means the
/// same for every ranker, and `share` the part of the document that the budget keeps: who keeps much wants what belongs together.
///
/// `covered` is 1 where a chosen segment says nearly all that this one says or the other way round, as captions and teasers do,
/// else 0: the cosine of a short segment with a long one is small, although nothing of it is new.
///
/// `coherence` is what a segment loses that reads badly beside what is chosen: it points back at a segment that is left out,
/// asks without an answer, holds half a quotation, says nothing by itself or reads like a line of the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mmr {
    /// Standard deviations of salience that a word-for-word repeat costs, 0 or more.
    #[serde(deserialize_with = "not_negative")]
    pub lambda: f64,
    /// Cosine from which on a segment counts as a repeat and is never chosen, above 0; above 1 allows all.
    pub repeat: f64,
    /// What happens to segments that point back at one that is left out.
    pub dangling: Dangling,
}

impl Default for Mmr {
    fn default() -> Self {
        Self { lambda: 0.5, repeat: 0.95, dangling: Dangling::default() }
    }
}

fn not_negative<'de, D: Deserializer<'de>>(value: D) -> Result<f64, D::Error> {
    let value = f64::deserialize(value)?;
    if value >= 0.0 { Ok(value) } else { Err(D::Error::custom(format!("{value} is not 0 or more"))) }
}

/// Times [`Mmr::lambda`], what it costs to be covered.
const COVERED: f64 = 6.0;

/// Share of a segment's squared values from which on what shares these terms with it says nearly all that it says.
const NEARLY_ALL: f64 = 0.8;

/// Cosine below which no segment covers another.
const HARDLY: f64 = 0.2;

/// Terms of such a segment, at least: fewer stand in a long one by chance.
const TERMS: usize = 4;

/// What is chosen so far.
struct Chosen {
    taken: Vec<bool>,
    /// The same in the order of choice.
    order: Vec<usize>,
    /// The largest cosine of each segment with one of the first of `order`, and how many these are.
    likeness: Vec<f64>,
    compared: Vec<usize>,
    /// Which of the segments are covered by one of these, or cover it.
    covered: Vec<bool>,
    /// Scratch over all terms; zeros.
    dense: Vec<f64>,
    /// How many are of each section.
    sections: Vec<f64>,
}

impl Selector for Mmr {
    fn select(&self, candidates: Candidates<'_>, budget: Budget) -> Vec<usize> {
        let Candidates { document, vectors, salience, .. } = candidates;
        let rows = salience.len();
        let deviation = math::spread(document.article().map(|at| salience[at])).1;
        let share = budget.share(document);
        let dropped = (1.0 - share).max(0.0);
        let cost = self.lambda * deviation * dropped;
        let cover = COVERED * cost * dropped * dropped * dropped;
        let coherence = Coherence::of(document, vectors, self.dangling, deviation, share);
        let copies = if self.repeat > 1.0 { vec![false; rows] } else { document.repeats() };
        let mut chosen = Chosen {
            taken: vec![false; rows],
            order: Vec::new(),
            compared: vec![0; rows],
            likeness: vec![0.0; rows],
            covered: vec![false; rows],
            dense: vec![0.0; document.terms()],
            sections: coherence.sections(),
        };
        // Who asks for words can do with fewer, so that their rest need not be filled; who asks for sentences has counted them.
        let may_end_early = !matches!(budget, Budget::Sentences(_));
        let value = |chosen: &Chosen, at: usize| {
            if may_end_early && !chosen.order.is_empty() && coherence.dangles(at, &chosen.taken) {
                return None;
            }
            let repeat = copies[at] || chosen.likeness[at] >= self.repeat;
            let alone = || coherence.cost(at, &chosen.taken) + coherence.crowd(at, &chosen.sections);
            let covered = if chosen.covered[at] { cover } else { 0.0 };
            (!repeat).then(|| salience[at] - cost * chosen.likeness[at] - covered - alone())
        };
        let terms = |row: usize| document.rows.range(row).len();
        // Likeness only grows, and with it the cost: who is beaten as it is need not be compared with what was chosen last.
        let settle = |chosen: &mut Chosen, at: usize| {
            let left = &chosen.order[chosen.compared[at]..];
            if left.is_empty() {
                return;
            }
            vectors.add(document, at, 1.0, &mut chosen.dense);
            for &taken in left {
                let alike = vectors.dot(document, taken, &chosen.dense);
                chosen.likeness[at] = chosen.likeness[at].max(alike);
                if alike >= HARDLY {
                    let nearly_all = |(row, share): (usize, f64)| terms(row) >= TERMS && share >= NEARLY_ALL;
                    let shares = vectors.shared(document, taken, &chosen.dense);
                    chosen.covered[at] |= [taken, at].into_iter().zip(shares).any(nearly_all);
                }
            }
            chosen.compared[at] = chosen.order.len();
            vectors.row(document, at).for_each(|(term, _)| chosen.dense[term] = 0.0);
        };
        greedy(candidates, budget, &mut chosen, value, settle, |chosen, taken| {
            chosen.taken[taken] = true;
            chosen.order.push(taken);
            coherence.take(taken, &mut chosen.sections);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::testing::chosen;

    const BODY: [(&str, f64); 4] = [
        ("A crack closed the bridge.", 0.9),
        ("The bridge was closed by a crack.", 0.8),
        ("Ferries carry passengers.", 0.5),
        ("A crack closed the bridge.", 0.9),
    ];

    #[test]
    fn what_says_the_same_gives_way_to_something_new() {
        assert_eq!(chosen(&Mmr::default(), &BODY, Budget::Sentences(2)), [0, 2]);
        let off = Mmr { lambda: 0.0, repeat: 2.0, ..Mmr::default() };
        assert_eq!(chosen(&off, &BODY, Budget::Sentences(2)), [0, 3]);
    }

    #[test]
    fn what_another_says_in_full_gives_way_though_it_is_short() {
        let body = [
            ("The ferry Larkmoor leaves Tessen harbour.", 0.9),
            (
                "In the first hours of Monday the ferry Larkmoor leaves Tessen harbour for the yards on the \
                 northern shore, where welders, painters and a diver wait for spring tides.",
                0.86,
            ),
            ("Fishermen fear for their nets.", 0.8),
            ("Cranes rust.", 0.3),
            ("Gulls circle.", 0.3),
            ("Snow falls.", 0.3),
            ("Bells ring.", 0.3),
            ("Dogs bark.", 0.3),
        ];
        assert_eq!(chosen(&Mmr::default(), &body, Budget::Sentences(2)), [0, 2]);
        let off = Mmr { lambda: 0.0, ..Mmr::default() };
        assert_eq!(chosen(&off, &body, Budget::Sentences(2)), [0, 1]);
    }

    #[test]
    fn a_strength_below_nought_is_refused() {
        let read = |text: &str| text.parse::<toml::Table>().expect("TOML").try_into::<Mmr>();
        assert!(read("lambda = 1").is_ok_and(|mmr| (mmr.lambda - 1.0).abs() < 1e-12));
        for wrong in ["lambda = -0.1", "lambda = nan"] {
            assert!(read(wrong).expect_err(wrong).to_string().contains("not 0 or more"), "{wrong}");
        }
    }

    #[test]
    fn a_word_for_word_repeat_is_never_chosen() {
        assert_eq!(chosen(&Mmr { lambda: 0.0, ..Mmr::default() }, &BODY, Budget::Sentences(4)), [0, 2]);
    }
}
