//! Logarithms and exponentials that give the same bits on every machine.
//!
//! The standard library takes the platform's, and platforms differ in the last place, which is enough to flip a rank.

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// e to the power of `x`.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// A count as a number; exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn count(n: usize) -> f64 {
    n as f64
}

/// The sum of values in their order; 0 for none, where the standard library's is −0.
pub fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, value| sum + value)
}

/// Mean and standard deviation of values, both 0 for none.
pub fn spread(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let many = count(values.clone().count().max(1));
    let mean = sum(values.clone()) / many;
    (mean, (sum(values.map(|v| (v - mean) * (v - mean))) / many).sqrt())
}

/// Rounded to six decimals, as scores are printed: what differs in the last bits prints the same.
pub fn rounded(x: f64) -> f64 {
    rounded_to(x, 1e6)
}

/// Rounded to twelve decimals, as explanations print scores and their parts: the parts still add up to within 1e-9.
pub fn finely_rounded(x: f64) -> f64 {
    rounded_to(x, 1e12)
}

fn rounded_to(x: f64, units: f64) -> f64 {
    let scaled = (x * units).round() / units;
    if scaled == 0.0 { 0.0 } else { scaled }
}
