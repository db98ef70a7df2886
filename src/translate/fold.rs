//! Texts as they are compared when they come home: tools trim them, compose their characters, and turn quotes.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::xxh3_128;

/// `text` without what tools change by themselves: NFC, runs of white space as one space, none at the ends, quotation marks
/// and apostrophes as their plain forms, no characters that XML forbids.
pub fn folded(text: &str) -> String {
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' => folded.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => folded.push('"'),
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_whitespace() || c == '\u{85}' => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c if c.is_control() => {}
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A hash of what is [`folded`]: equal for texts that only tools told apart.
pub fn fold_hash(text: &str) -> u128 {
    xxh3_128(folded(text).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tools_change_by_themselves_makes_no_difference() {
        assert_eq!(folded("  “Cafe\u{301}”\u{a0}\n opened\u{1b}. "), "\"Café\" opened.");
        assert_eq!(fold_hash("l’été"), fold_hash("l'e\u{301}te\u{301}"));
        assert_ne!(fold_hash("one."), fold_hash("One."));
    }
}
