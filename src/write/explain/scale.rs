//! Where values stand on a page, so that all sentences of a document can be compared by eye.

use super::{body, score};
use crate::doc::done::{Done, Parts};

/// The axis that all bars of a document share, and the shades of its scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// Sum of the negative parts of the segment that has most of them, as a positive number.
    below: f64,
    /// Sum of the positive parts of the segment that has most of them.
    above: f64,
    /// Lowest score, at most 0.
    lowest: f64,
    /// Highest score.
    highest: f64,
}

impl Scale {
    /// The scale of a document.
    pub(super) fn of(done: &Done, parts: &Parts) -> Self {
        let (mut below, mut above) = (0.0_f64, 0.0_f64);
        let (mut lowest, mut highest) = (0.0_f64, 0.0_f64);
        for (row, segment) in body(done).enumerate() {
            let values = parts.row(row);
            above = above.max(values.iter().filter(|v| **v > 0.0).sum());
            below = below.max(-values.iter().filter(|v| **v < 0.0).sum::<f64>());
            lowest = lowest.min(score(segment));
            highest = highest.max(score(segment));
        }
        Self { below, above, lowest, highest }
    }

    /// Whether any part is below zero.
    pub(super) fn has_negative(&self) -> bool {
        self.below > 0.0
    }

    /// Where zero stands, in percent of the axis from the left.
    pub(super) fn zero(&self) -> f64 {
        self.percent(self.below)
    }

    /// How much of the axis a value covers, in percent.
    pub(super) fn percent(&self, value: f64) -> f64 {
        let whole = self.below + self.above;
        if whole > 0.0 { value.abs() / whole * 100.0 } else { 0.0 }
    }

    /// How strongly a score is shaded, from 0 for the document's lowest (or zero) to 1 for its highest.
    pub(super) fn shade(&self, score: f64) -> f64 {
        let whole = self.highest - self.lowest;
        if whole > 0.0 { ((score - self.lowest) / whole).clamp(0.0, 1.0) } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::explain::parts_of;
    use crate::write::sample;

    #[test]
    fn every_bar_fits_the_axis_on_both_sides_of_zero() {
        let done = sample::council();
        let parts =
            Parts { features: vec!["a", "b"], values: vec![0.9, -0.8, 0.5, 0.2, 0.0, 0.0, -0.1, -0.2] };
        let scale = Scale::of(&done, &parts);
        for row in 0..4 {
            let side = |positive: bool| -> f64 {
                parts.row(row).iter().filter(|v| (**v > 0.0) == positive).map(|v| scale.percent(*v)).sum()
            };
            assert!(side(false) <= scale.zero() + 1e-9, "row {row}");
            assert!(side(true) <= 100.0 - scale.zero() + 1e-9, "row {row}");
        }
        assert!(scale.has_negative());
    }

    #[test]
    fn the_best_sentence_is_shaded_most() {
        let done = sample::council();
        let scale = Scale::of(&done, &parts_of(&done));
        let shades: Vec<_> = body(&done).map(|s| scale.shade(score(s))).collect();
        assert_eq!(shades.iter().copied().reduce(f64::max), Some(shades[0]));
        assert!((shades[0] - 1.0).abs() < 1e-9 && shades.iter().all(|s| *s >= 0.0), "{shades:?}");
    }

    #[test]
    fn scores_that_are_all_zero_have_no_shade_and_no_length() {
        let nothing = Scale { below: 0.0, above: 0.0, lowest: 0.0, highest: 0.0 };
        assert_eq!((nothing.zero(), nothing.percent(0.0), nothing.shade(0.0)), (0.0, 0.0, 0.0));
    }
}
