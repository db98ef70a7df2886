//! Inverse document frequency.

use crate::base::math;

/// Inverse document frequency in nats: `max(0, ln((N + 1) / (df + ½)))`, with `N` documents of which `df` hold the
/// term. A smoothed form of Spärck Jones (1972): close to 0 for a term in every document, `ln(2N + 2)` for one never
/// seen.
///
/// ```
/// # use nutgraf::stats::idf::idf;
/// assert!(idf(0, 9) > idf(1, 9));
/// assert!(idf(9, 9) < 0.06);
/// ```
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub fn idf(df: u64, documents: u64) -> f64 {
    math::ln((documents as f64 + 1.0) / (df as f64 + 0.5)).max(0.0)
}
