//! Characters without width that only break words for machines.

use serde::Deserialize;

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Takes out soft hyphens, byte order marks, word joiners, Mongolian vowel separators, and zero-width spaces except
/// between letters of scripts that write no spaces, where they mark words.
///
/// Joiners (U+200C, U+200D) and bidi marks stay: Persian, Indic scripts and emoji are written with them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Invisibles {}

impl Normalizer for Invisibles {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.ascii {
            return;
        }
        let suspect = |b: u8, next: u8| {
            ((b == 0xC2) & (next == 0xAD))
                | ((b == 0xE2) & ((next == 0x80) | (next == 0x81)))
                | ((b == 0xEF) & (next == 0xBB))
                | ((b == 0xE1) & (next == 0xA0))
        };
        scan::each(text.as_bytes(), suspect, |at| {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
            let end = at + c.len_utf8();
            let drop = match c {
                '\u{ad}' | '\u{feff}' | '\u{2060}' | '\u{180e}' => true,
                '\u{200b}' => !marks_a_word(text, at, end),
                _ => false,
            };
            if drop {
                edits.delete(at, end);
            }
            end
        });
    }

    fn uncovers(&self) -> bool {
        true
    }
}

/// Whether the characters on both sides belong to scripts in which a zero-width space stands between words.
fn marks_a_word(text: &str, start: usize, end: usize) -> bool {
    let spaceless = |c: char| matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}');
    text[..start].chars().next_back().is_some_and(spaceless)
        && text[end..].chars().next().is_some_and(spaceless)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn soft_hyphens_and_byte_order_marks_go() {
        assert_eq!(edited(&Invisibles {}, "\u{feff}Hafen\u{ad}brücke\u{200b} zu\u{2060}"), "Hafenbrücke zu");
    }

    #[test]
    fn a_zero_width_space_between_thai_words_stays() {
        assert_eq!(edited(&Invisibles {}, "สวัสดี\u{200b}ครับ"), "สวัสดี\u{200b}ครับ");
    }
}
