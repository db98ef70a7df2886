//! How much of a new source an older one covers: percentages as CAT tools count them, and what is told of a match.
//!
//! Everything here is pure; `translate::tm` keeps the older sources and finds those worth comparing.

pub mod adapt;
mod date;
pub mod diff;
mod distance;
pub mod fold;
mod found;
mod negation;
pub mod number;
mod tokens;

use crate::bilingual::Provenance;

pub(crate) use distance::Bits;
pub use distance::Pattern;
pub use fold::fold;
#[cfg(feature = "tm")]
pub(crate) use found::Prepared;
pub use found::{Candidate, Found, judge};
pub use negation::negations;
pub use tokens::{Token, Tokens};

/// What is looked up: a source and its neighbours, as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Query<'q> {
    /// The text to translate.
    pub source: &'q str,
    /// The source before it in its document; `None` for the first. Where both neighbours are `None` nothing is known of them.
    pub previous: Option<&'q str>,
    /// The source after it; `None` for the last.
    pub next: Option<&'q str>,
}

/// An older source, its translation, and how far the two serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// 101 for an exact match in context, 100 for an exact one, less for a fuzzy one: see [`fuzzy`]; 99 at most where
    /// the texts are not equal.
    pub percent: u8,
    /// The older source, as it was imported.
    pub source: String,
    /// Its translation, with the query's numbers and dates where `adapted` says so.
    pub target: String,
    /// Whether the target is not the one of the memory, but has the query's numbers or dates in place of its own.
    pub adapted: bool,
    /// What a translator should know before the match is used, sorted.
    pub notes: Vec<Note>,
    /// Where the translation was first met: a file's name, and the id there when it has one, as `file#id`.
    pub origin: String,
    /// Who made the translation, and when, where a file told.
    pub provenance: Provenance,
}

/// What is told of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// Numbers alone differed, and the target has the new ones.
    NumbersAdapted,
    /// Numbers alone differ, but it is not sure which ones of the target they are: it still has the old ones.
    NumbersDiffer,
    /// Dates alone differed, perhaps with numbers, and the target has the new ones.
    DatesAdapted,
    /// Dates with other months alone differ, perhaps with numbers, but the target's do not tell how to put them in: it still has
    /// the old ones.
    DatesDiffer,
    /// One of the two sources holds more words of negation than the other.
    NegationChanged,
}

impl Note {
    /// The name in files and on the terminal; never changes once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::NumbersAdapted => "numbers-adapted",
            Self::NumbersDiffer => "numbers-differ",
            Self::DatesAdapted => "dates-adapted",
            Self::DatesDiffer => "dates-differ",
            Self::NegationChanged => "negation-changed",
        }
    }
}

/// How much two texts are alike, from 0 to 100.
///
/// `100 · (max − d) / max`, rounded down, with `d` the Levenshtein distance over tokens and `max` the tokens of the longer
/// text: the formula of OmegaT's `FuzzyMatcher`. A token is a word of UAX #29 without regard to case (an ideograph is a word),
/// a number with its separators, or any other character that is not white space. 100 means that the texts are equal but for
/// white space, composition and the shape of quotes ([`fold()`]); texts that differ in case alone have 99. Two empty texts are
/// equal; an empty text is unlike any other.
///
/// ```
/// use nutgraf::translate::leverage::fuzzy;
/// assert_eq!(fuzzy("The “old” mill burned.", "The \"old\"  mill burned."), 100);
/// assert_eq!(fuzzy("The old mill burned.", "The Old Mill burned."), 99);
/// assert_eq!(fuzzy("The old mill burned.", "The old barn burned."), 80);
/// assert_eq!(fuzzy("Mill", "Barn"), 0);
/// ```
pub fn fuzzy(a: &str, b: &str) -> u8 {
    let (a, b) = (Tokens::of(a), Tokens::of(b));
    Pattern::new(&a).percent(&b)
}

/// The percentage for a distance of `distance` between texts of which the longer has `longest` tokens.
pub(crate) fn percent_of(distance: usize, longest: usize) -> u8 {
    if longest == 0 {
        return 100;
    }
    u8::try_from(100 * longest.saturating_sub(distance) / longest).unwrap_or(100)
}

/// How many of `longest` tokens must stand for at least `percent`.
#[cfg(feature = "tm")]
pub(crate) fn tokens_for(percent: u8, longest: usize) -> usize {
    (usize::from(percent) * longest).div_ceil(100)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages_are_those_of_the_formula() {
        assert_eq!(fuzzy("", ""), 100);
        assert_eq!(fuzzy("", "Tide"), 0);
        assert_eq!(fuzzy("Tide", "tide"), 99);
        assert_eq!(fuzzy("Tide.", "Tide!"), 50);
        assert_eq!(fuzzy("Page 12", "Page 13"), 50);
        assert_eq!(fuzzy("a - b", "a -b"), 99);
        assert_eq!(fuzzy("e\u{301}t\u{e9}", "\u{e9}te\u{301}"), 100);
    }

    #[test]
    fn ideographs_are_words() {
        assert_eq!(fuzzy("橋は閉鎖", "橋は開放"), 50);
    }

    /// The textbook's matrix.
    fn by_matrix(a: &Tokens, b: &Tokens) -> usize {
        let (a, b) = (a.hashes(), b.hashes());
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut corner = row[0];
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = (corner + usize::from(x != y)).min(row[j] + 1).min(above + 1);
                corner = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        /// Bits in words of 64 count what the matrix counts, in texts longer than a word too.
        #[test]
        fn the_distance_is_that_of_the_matrix(a in "([abc] ){0,150}", b in "([abcd] ){0,150}") {
            let (a, b) = (Tokens::of(&a), Tokens::of(&b));
            prop_assert_eq!(Pattern::new(&a).distance(b.hashes()), by_matrix(&a, &b));
        }

        /// Neither text is the first one.
        #[test]
        fn order_plays_no_part(a in "[a-c12,. ’'\u{e9}]{0,30}", b in "[a-c12,. ’'\u{e9}]{0,30}") {
            prop_assert_eq!(fuzzy(&a, &b), fuzzy(&b, &a));
            prop_assert_eq!(fuzzy(&a, &a), 100);
            prop_assert_eq!(fuzzy(&a, &b) == 100, fold(&a) == fold(&b));
        }
    }
}
