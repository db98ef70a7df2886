//! Texts that differ only in what no translator would translate anew: white space, composition, the shape of quotes, and
//! characters that no file of a tool brings back.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use xxhash_rust::xxh3::xxh3_64;

/// `text` in form C, trimmed, with runs of white space as one space and quotes as `'` and `"`; without control characters,
/// byte order marks and non-characters.
///
/// ```
/// use nutgraf::translate::leverage::fold;
/// assert_eq!(fold(" “Ebb”\u{a0}tide’s\n"), "\"Ebb\" tide's");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_folded(text) {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    // What is lost goes first: form feeds are white space as well, and a letter may meet its accent behind one.
    for c in text.chars().filter(|&c| !is_lost(c)).nfc() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if space && !folded.is_empty() {
            folded.push(' ');
        }
        space = false;
        folded.push(quote(c));
    }
    Cow::Owned(folded)
}

/// A number for `text` that all texts have that fold alike; never changes once released.
pub fn hash(text: &str) -> u64 {
    xxh3_64(fold(text).as_bytes())
}

/// Whether tools drop `c`, which XML forbids or nobody sees.
fn is_lost(c: char) -> bool {
    let ends_line = matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    (c.is_control() && !ends_line) || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn is_folded(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let blank = c.is_whitespace();
        if (blank && (c != ' ' || before == ' ')) || quote(c) != c || is_lost(c) {
            return false;
        }
        before = c;
    }
    (before != ' ' || text.is_empty()) && (text.is_ascii() || is_nfc(text))
}

fn quote(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2039}' | '\u{203A}' | '\u{FF07}' => '\'',
        '\u{201C}'..='\u{201F}' | '\u{2033}' | '\u{AB}' | '\u{BB}' | '\u{FF02}' => '"',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_tools_drop_leaves_no_blank_behind() {
        assert_eq!(fold("an \u{1b}[31mebb\u{c}tide \u{7} \u{b}\u{feff}"), "an [31mebbtide");
        assert_eq!(fold("ebb\u{85}tide\r\nmark"), "ebb tide mark");
    }

    proptest! {
        /// Folding what is folded changes nothing, and what is called folded is what folding gives.
        #[test]
        fn folding_again_changes_nothing(text in "[a \t\u{a0}“”’«'\u{e9}e\u{301}\u{3000}\u{1b}\u{c}\u{85}\u{feff}]{0,12}") {
            let folded = fold(&text).into_owned();
            prop_assert_eq!(&*fold(&folded), folded.as_str());
            let plain = folded == text;
            prop_assert_eq!(matches!(fold(&text), Cow::Borrowed(_)), plain);
        }
    }
}
