//! Runs of spaces and tabs, which carry no meaning in running text.

use serde::Deserialize;

use super::scan;
use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Makes each run of spaces and tabs one space, and takes them out at the ends of lines.
///
/// No-break and other Unicode spaces stay as they are: French puts one before `! ? : ;`, and translators count on it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spaces {}

impl Normalizer for Spaces {
    fn edit(&self, text: &str, _: FieldCx, edits: &mut Edits) {
        let bytes = text.as_bytes();
        let blank = |b: u8| (b == b' ') | (b == b'\t');
        let leading = bytes.iter().take_while(|&&b| blank(b)).count();
        if leading > 0 {
            edits.delete(0, leading);
        }
        let suspect = move |b: u8, next: u8| {
            (blank(b) & (blank(next) | (next == b'\n'))) | (b == b'\t') | ((b == b'\n') & blank(next))
        };
        scan::each(bytes, suspect, |at| {
            if at < leading {
                return leading;
            }
            let start = if bytes[at] == b'\n' { at + 1 } else { at };
            let end = start + bytes[start..].iter().take_while(|&&b| blank(b)).count();
            let at_line_end =
                start == 0 || bytes[start - 1] == b'\n' || bytes.get(end).is_none_or(|&b| b == b'\n');
            if at_line_end {
                if start < end {
                    edits.delete(start, end);
                }
            } else if &bytes[start..end] != b" " {
                edits.replace(start, end, " ");
            }
            end
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn runs_become_one_space_and_ends_of_lines_none() {
        assert_eq!(edited(&Spaces {}, "  a  b\tc \t d  \n\t e\n \n f "), "a b c d\ne\n\nf");
    }

    #[test]
    fn no_break_spaces_stay() {
        assert_eq!(edited(&Spaces {}, "a\u{a0} b\u{a0}!"), "a\u{a0} b\u{a0}!");
    }
}
