//! Normalization form C (UAX #15), rewriting only the stretches that are not in it.

use serde::Deserialize;
use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Composes characters: e + ´ becomes é.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Nfc {}

impl Normalizer for Nfc {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.ascii {
            return;
        }
        // Below U+0300 every character is its own normal form and composes with nothing before it.
        scan::each(
            text.as_bytes(),
            |b, _| b >= 0xCC,
            |at| {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
                let end = at + c.len_utf8();
                if is_anchor(c) {
                    return end;
                }
                let start = text[..at].char_indices().next_back().map_or(at, |(i, _)| i);
                let stop = text[end..]
                    .char_indices()
                    .find(|&(_, c)| is_anchor(c))
                    .map_or(text.len(), |(i, _)| end + i);
                let stretch = &text[start..stop];
                if !is_nfc(stretch) {
                    let composed: String = stretch.nfc().collect();
                    edits.replace(start, stop, &composed);
                }
                stop
            },
        );
    }

    fn uncovers(&self) -> bool {
        true
    }
}

/// Whether normal forms can be made apart before and from this character: it starts a sequence and composes with
/// nothing before it.
fn is_anchor(c: char) -> bool {
    c < '\u{300}'
        || canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalize::testing::edited;

    proptest! {
        /// Stretch by stretch gives what the whole text gives.
        #[test]
        fn equals_the_normal_form_of_the_whole(text in "[ae\u{301}\u{323}\u{30a}\u{212b}ᄀ\u{1161}\u{11a8}가각\u{344}\u{915}\u{93c}漢 \n]{0,40}") {
            let whole: String = text.nfc().collect();
            prop_assert_eq!(edited(&Nfc {}, &text), whole);
        }
    }

    #[test]
    fn text_in_form_c_is_left_alone() {
        let mut edits = Edits::default();
        Nfc {}.edit("Ça, c’est l’été à Ålesund — 漢字 हिन्दी 한국어", FieldCx::default(), &mut edits);
        assert!(edits.is_empty());
    }
}
