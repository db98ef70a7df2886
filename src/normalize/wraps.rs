//! Lines broken at a fixed width, as mail and old wires do, become paragraphs again.

use serde::Deserialize;

use super::{FieldCx, Normalizer};
use crate::doc::script::is_cjk;
use crate::doc::text::Edits;
use crate::doc::wraps::soft_line_ends;

/// Joins hard-wrapped lines by a space, or by nothing between characters of scripts that write none.
///
/// Whether the text is wrapped is decided over all of it; fields whose blocks are known already are left alone.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wraps {}

impl Normalizer for Wraps {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.lines || cx.marked {
            return;
        }
        for at in soft_line_ends(text) {
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            let spaceless = before.is_some_and(is_cjk) && after.is_some_and(is_cjk);
            edits.replace(at, at + 1, if spaceless { "" } else { " " });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn wrapped_paragraphs_become_one_line_each() {
        let text = "The harbour bridge was closed on Monday after engineers found a crack in\none of the two main cables that hold the deck, the port authority said in\na statement. It will stay shut for at least nine days, and ferries will\nrun every ten minutes until then.\n\nDrivers were told to take the northern road.\n";
        let joined = edited(&Wraps {}, text);
        assert_eq!(joined.lines().count(), 3, "{joined}");
    }
}
