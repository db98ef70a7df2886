//! What is left of a budget while a summary is chosen.

use crate::base::math;
use crate::rank::Budget;

/// What is left of a budget for one summary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    segments: usize,
    words: u64,
    /// Whether half of a segment may stand over.
    near: bool,
}

/// The largest whole number of words within the share, allowing for rounding in the last place.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count is a count")]
fn share(ratio: f64, words: u64) -> u64 {
    let words = math::count(usize::try_from(words).unwrap_or(usize::MAX));
    (ratio * words + 1e-9).floor() as u64
}

impl Room {
    /// The room for a summary of a text of `total` words.
    pub(crate) fn of(budget: Budget, total: u64) -> Self {
        let words = match budget {
            Budget::Sentences(segments) => return Self { segments, words: u64::MAX, near: false },
            Budget::Words(words) => words as u64,
            Budget::Ratio(ratio) => share(ratio, total),
        };
        Self { segments: usize::MAX, words, near: matches!(budget, Budget::Ratio(_)) }
    }

    pub(crate) fn fits(self, words: u32) -> bool {
        let words = u64::from(words);
        self.segments > 0 && (if self.near { words.div_ceil(2) } else { words }) <= self.words
    }

    pub(crate) fn take(&mut self, words: u32) {
        self.segments = self.segments.saturating_sub(1);
        self.words = self.words.saturating_sub(u64::from(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::select::Top;
    use crate::select::testing::chosen;

    const BODY: [(&str, f64); 4] =
        [("One two three four.", 0.1), ("One two.", 0.4), ("One two three.", 0.9), ("One.", 0.3)];

    #[test]
    fn a_budget_of_words_is_never_passed_while_a_segment_fits() {
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Words(5)), [1, 2]);
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Words(2)), [1]);
        assert_eq!(chosen(&Top::default(), &BODY[..1], Budget::Words(2)), [0], "never less than one");
    }

    #[test]
    fn a_ratio_is_a_share_of_the_words() {
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Ratio(1.0)), [0, 1, 2, 3]);
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Ratio(0.3)), [2]);
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Ratio(0.6)), [1, 2, 3]);
    }

    #[test]
    fn more_sentences_than_there_are_gives_all() {
        assert_eq!(chosen(&Top::default(), &BODY, Budget::Sentences(9)), [0, 1, 2, 3]);
        assert_eq!(chosen(&Top::default(), &[], Budget::Sentences(9)), [0_usize; 0]);
    }
}
