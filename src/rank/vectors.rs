//! Segments as vectors of unit length over the terms of their document.

use crate::base::math;
use crate::lex::analyzed::{Analyzed, Rows};

/// A sparse row for each segment and one for the title: `(1 + ln tf) · weight`, scaled to length 1.
///
/// Entries stand in the order of [`Analyzed::rows`]. A segment of stop words alone is an empty row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vectors {
    values: Vec<f64>,
    title: Vec<f64>,
}

impl Vectors {
    /// Makes the rows of `document`.
    pub fn fill(&mut self, document: &Analyzed) {
        unit_rows(&document.rows, &document.weight, &mut self.values);
        unit_rows(&document.title, &document.weight, &mut self.title);
    }

    /// Entries of all rows in turn: term and value.
    pub fn entries<'v>(&'v self, document: &'v Analyzed) -> impl Iterator<Item = (usize, f64)> + 'v {
        document.rows.terms().iter().map(|&term| term as usize).zip(self.values.iter().copied())
    }

    /// Entries of a row: term and value.
    pub fn row<'v>(&'v self, document: &'v Analyzed, row: usize) -> impl Iterator<Item = (usize, f64)> + 'v {
        let range = document.rows.range(row);
        document.rows.terms()[range.clone()]
            .iter()
            .map(|&t| t as usize)
            .zip(self.values[range].iter().copied())
    }

    /// Dot product of a row with a vector over all terms.
    pub fn dot(&self, document: &Analyzed, row: usize, with: &[f64]) -> f64 {
        math::sum(self.row(document, row).map(|(term, value)| value * with[term]))
    }

    /// Shares of a row and of another, given over all terms, that stand in both: the sums of the squares of either's values there.
    pub fn shared(&self, document: &Analyzed, row: usize, other: &[f64]) -> [f64; 2] {
        self.row(document, row)
            .filter(|&(term, _)| other[term] > 0.0)
            .fold([0.0; 2], |[one, two], (term, value)| {
                [one + value * value, two + other[term] * other[term]]
            })
    }

    /// Adds a row, times `factor`, to a vector over all terms.
    pub fn add(&self, document: &Analyzed, row: usize, factor: f64, to: &mut [f64]) {
        for (term, value) in self.row(document, row) {
            to[term] += factor * value;
        }
    }

    /// Dot product of a row with a vector over all terms, to which the row is added then.
    pub fn dot_and_add(&self, document: &Analyzed, row: usize, with: &mut [f64]) -> f64 {
        let both = |(term, value): (usize, f64)| {
            let product = value * with[term];
            with[term] += value;
            product
        };
        math::sum(self.row(document, row).map(both))
    }

    /// The sum of rows, over all terms.
    pub fn sum(&self, document: &Analyzed, rows: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut sum = vec![0.0; document.terms()];
        for row in rows {
            self.add(document, row, 1.0, &mut sum);
        }
        sum
    }

    /// Whether the title has any term that is scored.
    pub fn has_title(&self) -> bool {
        self.title.iter().any(|&v| v != 0.0)
    }

    /// The title's row over all terms; `None` without a title of scored terms.
    pub fn title(&self, document: &Analyzed) -> Option<Vec<f64>> {
        if !self.has_title() {
            return None;
        }
        let mut dense = vec![0.0; document.terms()];
        for ((term, _), &value) in document.title.row(0).zip(&self.title) {
            dense[term] = value;
        }
        Some(dense)
    }
}

fn unit_rows(rows: &Rows, weight: &[f64], out: &mut Vec<f64>) {
    out.clear();
    let entries = rows.terms().iter().zip(rows.counts());
    out.extend(entries.map(|(&term, &count)| damped(count) * weight[term as usize]));
    for row in 0..rows.len() {
        let values = &mut out[rows.range(row)];
        let length = values.iter().map(|v| v * v).sum::<f64>().sqrt();
        if length > 0.0 {
            let scale = 1.0 / length;
            for value in values {
                *value *= scale;
            }
        }
    }
}

/// 1 + ln tf.
fn damped(count: u32) -> f64 {
    DAMPED.get(count as usize).copied().unwrap_or_else(|| 1.0 + math::ln(f64::from(count)))
}

/// 1 + ln of the counts that nearly all terms have, with the bits that [`math::ln`] gives; none counts 0 times.
const DAMPED: [f64; 17] = [
    f64::NEG_INFINITY,
    1.0,
    1.693_147_180_559_945_4,
    2.098_612_288_668_109_6,
    2.386_294_361_119_891,
    2.609_437_912_434_100_5,
    2.791_759_469_228_055,
    2.945_910_149_055_313_5,
    3.079_441_541_679_835_7,
    3.197_224_577_336_219_6,
    3.302_585_092_994_046,
    3.397_895_272_798_370_7,
    3.484_906_649_788_000_4,
    3.564_949_357_461_536_7,
    3.639_057_329_615_259,
    3.708_050_201_102_21,
    3.772_588_722_239_781,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_logarithms_is_to_the_bit_what_they_are() {
        for count in 0..40 {
            assert_eq!(damped(count).to_bits(), (1.0 + math::ln(f64::from(count))).to_bits(), "{count}");
        }
    }
}
