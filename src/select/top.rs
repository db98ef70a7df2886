//! The highest salience first, whatever is chosen already.

use serde::Deserialize;

use super::{Budget, Candidates, Selector, greedy};

/// Segments by falling salience.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Top {}

impl Selector for Top {
    fn select(&self, candidates: Candidates<'_>, budget: Budget) -> Vec<usize> {
        greedy(candidates, budget, &mut (), |(), at| Some(candidates.salience[at]), |(), _| (), |(), _| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::testing::chosen;

    #[test]
    fn ties_go_to_the_earlier_segment_and_the_order_is_the_documents() {
        let body = [("One.", 0.5), ("Two.", 0.7), ("Three.", 0.5)];
        assert_eq!(chosen(&Top::default(), &body, Budget::Sentences(2)), [0, 1]);
    }
}
