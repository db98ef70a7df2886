//! One kind of line end: LF. Scraped text mixes them, and three of four translation tools delete the rare ones.

use serde::Deserialize;

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Turns CR, CRLF, NEL, LINE SEPARATOR, VT and FF into LF, and PARAGRAPH SEPARATOR into an empty line.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineEnds {}

impl Normalizer for LineEnds {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        let ascii = |b: u8, _: u8| b.wrapping_sub(0x0B) < 3;
        let any = move |b: u8, next: u8| {
            ascii(b, next) | ((b == 0xC2) & (next == 0x85)) | ((b == 0xE2) & (next == 0x80))
        };
        if cx.ascii { replace(text, ascii, edits) } else { replace(text, any, edits) }
    }
}

/// Replaces what ends a line of what begins at a suspect byte.
fn replace(text: &str, suspect: impl Fn(u8, u8) -> bool + Copy, edits: &mut Edits) {
    let bytes = text.as_bytes();
    scan::each(bytes, suspect, |at| {
        let (length, with) = match &bytes[at..] {
            [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => (2, "\n"),
            [b'\r' | 0x0B | 0x0C, ..] => (1, "\n"),
            [0xE2, 0x80, 0xA8, ..] => (3, "\n"),
            [0xE2, 0x80, 0xA9, ..] => (3, "\n\n"),
            _ => return at + 1,
        };
        edits.replace(at, at + length, with);
        at + length
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        let text = "a\rb\r\nc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h\u{2013}i";
        assert_eq!(edited(&LineEnds {}, text), "a\nb\nc\nd\ne\nf\ng\n\nh\u{2013}i");
    }
}
