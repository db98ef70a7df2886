//! Letters that Unicode has in one code only for the sake of older encodings, and asks to write as two.

use serde::Deserialize;

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Writes ŉ as ’n, and the Croatian ǆ, ǉ, ǌ and ǳ, in any case, as two letters.
///
/// They look the same and are two letters to whoever types, searches or spells. Ligatures of typesetters (ﬁ) stay.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Digraphs {}

impl Normalizer for Digraphs {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.ascii {
            return;
        }
        let bytes = text.as_bytes();
        let suspect = |b: u8, next: u8| {
            ((b == 0xC5) & (next == 0x89))
                | ((b == 0xC7) & ((0x84..=0x8C).contains(&next) | (0xB1..=0xB3).contains(&next)))
        };
        scan::each(bytes, suspect, |at| {
            let letters = match text.get(at..at + 2) {
                Some("ŉ") => "’n",
                Some("Ǆ") => "DŽ",
                Some("ǅ") => "Dž",
                Some("ǆ") => "dž",
                Some("Ǉ") => "LJ",
                Some("ǈ") => "Lj",
                Some("ǉ") => "lj",
                Some("Ǌ") => "NJ",
                Some("ǋ") => "Nj",
                Some("ǌ") => "nj",
                Some("Ǳ") => "DZ",
                Some("ǲ") => "Dz",
                Some("ǳ") => "dz",
                _ => return at + 1,
            };
            edits.replace(at, at + 2, letters);
            at + 2
        });
    }

    fn uncovers(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn one_code_for_two_letters_becomes_two() {
        assert_eq!(edited(&Digraphs {}, "ŉ Man, ǈubǉana, ǋegoš, ǆep"), "’n Man, Ljubljana, Njegoš, džep");
    }

    #[test]
    fn neighbours_in_the_code_chart_and_ligatures_stay() {
        let text = "Ňň ŋ ǎ ǰ ǵ ﬁn œuvre ĳs";
        assert_eq!(edited(&Digraphs {}, text), text);
    }
}
