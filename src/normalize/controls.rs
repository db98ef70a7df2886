//! Characters that no text means: stray controls and noncharacters. XML 1.0 forbids most of them.

use serde::Deserialize;

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Takes out C0 controls but tab and LF, DEL, C1 controls, and the 66 noncharacters of Unicode.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Controls {}

impl Normalizer for Controls {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        let ascii = |b: u8, _: u8| ((b < 0x20) & (b != b'\n') & (b != b'\t')) | (b == 0x7F);
        let any = move |b: u8, next: u8| {
            ascii(b, next)
                | ((b == 0xC2) & (next < 0xA0))
                | ((b == 0xEF) & ((next == 0xB7) | (next == 0xBF)))
                | ((b >= 0xF0) & (next & 0x0F == 0x0F))
        };
        if cx.ascii { delete(text, ascii, edits) } else { delete(text, any, edits) }
    }

    fn uncovers(&self) -> bool {
        true
    }
}

/// Deletes what is stray of the characters that begin at a suspect byte.
fn delete(text: &str, suspect: impl Fn(u8, u8) -> bool + Copy, edits: &mut Edits) {
    scan::each(text.as_bytes(), suspect, |at| {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
        let end = at + c.len_utf8();
        if is_stray(c) {
            edits.delete(at, end);
        }
        end
    });
}

fn is_stray(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && c != '\n' && c != '\t' || code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn controls_and_noncharacters_go_and_their_neighbours_stay() {
        let text = "a\0b\u{7f}c\u{9d}d\u{fdd0}e\u{ffff}f\u{1fffe}g\u{10ffff}h\t\u{fdf0}\u{fffd}\u{1f600}";
        assert_eq!(edited(&Controls {}, text), "abcdefgh\t\u{fdf0}\u{fffd}\u{1f600}");
    }
}
