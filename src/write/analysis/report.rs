//! An analysis beside the rates it is priced by, as every format shows it.

use crate::translate::quote::{Analysis, Category, Cost, Counts, Rates, Volume};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Report<'a> {
    /// The amounts.
    pub(super) analysis: &'a Analysis,
    /// What they are priced by.
    pub(super) rates: Option<&'a Rates>,
    /// Which segments were counted: `summary`, `body` or `all`.
    pub(super) scope: &'a str,
}

impl Report<'_> {
    /// Categories that hold anything, in the order of tables.
    pub(super) fn filled(counts: &Counts) -> impl Iterator<Item = (Category, Volume)> {
        counts.rows().filter(|(_, volume)| volume.segments > 0)
    }

    /// What a file or all of them cost, before the minimum.
    pub(super) fn cost(&self, counts: &Counts) -> Option<Cost> {
        self.rates.map(|rates| rates.total(counts))
    }

    /// Words of `counts` that need no full price, in the three groups of the table of files: repeated; 100 and 101 per
    /// cent; similar.
    pub(super) fn groups(counts: &Counts) -> [u64; 3] {
        let mut groups = [0; 3];
        for (category, volume) in counts.rows() {
            let group = match category {
                Category::Repetition | Category::RepetitionAcross => 0,
                Category::Exact | Category::Context => 1,
                Category::Memory(_) | Category::Internal(_) => 2,
                Category::Placeable(_) | Category::New => continue,
            };
            groups[group] += volume.words;
        }
        groups
    }
}

/// Share of `part` in `whole`, in per cent, rounded half up; 0 of nothing.
pub(super) fn share(part: u64, whole: u64) -> u64 {
    if whole == 0 { 0 } else { (part * 200 + whole) / (whole * 2) }
}

/// `number` with a comma before every three digits, for people.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A report for tests: two files, a repetition, a similar segment, a number, and rates.
#[cfg(test)]
pub(super) fn sample() -> (Analysis, Rates) {
    use crate::translate::quote::{Analyst, Query};
    let mut analyst = Analyst::new(None, true);
    let files = [
        ("news/bridge.txt", ["The Corran Bridge was closed on Monday.", "Ferries run.", "12,500"]),
        (
            "news/<ferry> \u{1b}[31m.txt",
            ["The Corran Bridge was closed on Tuesday.", "Ferries run.", "A well-known quay."],
        ),
    ];
    for (file, segments) in files {
        analyst.document(file);
        for source in segments {
            analyst.segment(Query { previous: None, source, next: None });
        }
    }
    let rates = "currency = 'EUR'\nminimum = 35\n[price_per_word]\nnew = 0.115\n75-84 = 0.08\n100 = 0.02\nnumeric = 0\n\
        [words_per_hour]\nnew = 300\n100 = 1500";
    (analyst.finish(), Rates::parse(rates).expect("rates"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_groups_of_digits_are_for_people() {
        assert_eq!([share(0, 0), share(1, 3), share(1, 200), share(5, 5)], [0, 33, 1, 100]);
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
