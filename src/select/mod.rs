//! Which segments make the summary: apart from ranking, so that any ranker can be kept from repeating itself.
//!
//! To add a kind: write `src/select/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod coherence;
mod mmr;
pub(crate) mod room;
mod top;

use std::fmt::Debug;

use crate::base::stage::Kind;
use crate::lex::analyzed::Analyzed;
use crate::rank::Budget;
use crate::rank::vectors::Vectors;
use room::Room;

pub use coherence::Dangling;
pub use mmr::Mmr;
pub use top::Top;

/// What a selector chooses from.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    /// The document.
    pub document: &'a Analyzed,
    /// Its segments as unit vectors.
    pub vectors: &'a Vectors,
    /// The salience of each segment.
    pub salience: &'a [f64],
    /// The segments that may be taken; all where none is.
    pub open: Option<&'a [bool]>,
}

/// Chooses segments within a budget.
pub trait Selector: Debug + Send + Sync {
    /// Gives the chosen segments in the order of the document; never none while there is a segment.
    fn select(&self, candidates: Candidates<'_>, budget: Budget) -> Vec<usize>;
}

/// The kinds that `select` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Selector>] = &[
    Kind::new("mmr", "salience less likeness to what is chosen", |t| Ok(Box::new(t.try_into::<Mmr>()?))),
    Kind::new("top", "highest salience first", |t| Ok(Box::new(t.try_into::<Top>()?))),
];

/// Takes the best candidate that fits, again and again, until the budget is full; `value` gives what a segment is worth
/// now, never more than its salience, or `None` when it may not be taken now, and `taken` is told of each choice. `value`
/// may give more than a segment is worth, and a value where there is none, until `settle` was called for it.
fn greedy<S>(
    candidates: Candidates<'_>,
    budget: Budget,
    state: &mut S,
    value: impl Fn(&S, usize) -> Option<f64>,
    settle: impl Fn(&mut S, usize),
    taken: impl Fn(&mut S, usize),
) -> Vec<usize> {
    let words = &candidates.document.words;
    let mut room = Room::of(budget, candidates.document.total_words());
    let mut chosen = Vec::new();
    let may = |at: usize| candidates.open.is_none_or(|open| open[at]);
    let mut open: Vec<bool> = words.iter().enumerate().map(|(at, &w)| w > 0 && may(at)).collect();
    if !open.contains(&true) {
        open.fill(true);
    }
    loop {
        let mut best = |fits: bool| {
            let mut best: Option<(usize, f64)> = None;
            for at in (0..open.len()).filter(|&at| open[at] && (!fits || room.fits(words[at]))) {
                // Ties go to the earlier segment.
                let wins = |value: &f64| best.is_none_or(|(_, most)| value.total_cmp(&most).is_gt());
                if wins(&candidates.salience[at]) && value(state, at).as_ref().is_some_and(wins) {
                    settle(state, at);
                    best = value(state, at).filter(wins).map(|value| (at, value)).or(best);
                }
            }
            best.map(|(at, _)| at)
        };
        let Some(at) = best(true).or_else(|| if chosen.is_empty() { best(false) } else { None }) else {
            break;
        };
        open[at] = false;
        room.take(words[at]);
        chosen.push(at);
        taken(state, at);
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::lex::analyzed::from_text;

    /// What `selector` chooses of a body with these scores.
    pub(crate) fn chosen(selector: &dyn Selector, body: &[(&str, f64)], budget: Budget) -> Vec<usize> {
        let texts: Vec<&str> = body.iter().map(|b| b.0).collect();
        let salience: Vec<f64> = body.iter().map(|b| b.1).collect();
        let document = from_text("", &texts, None);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        selector.select(
            Candidates { document: &document, vectors: &vectors, salience: &salience, open: None },
            budget,
        )
    }
}
