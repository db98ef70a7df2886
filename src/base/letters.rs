//! Letters and digits as the standard library has them, told by the ranges that nearly all are of instead of by a search.

/// Whether `c` is a letter: [`char::is_alphabetic`], with the ranges first that nearly all letters are of.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='\u{2C1}'
        | '\u{400}'..='\u{481}'
        | '\u{48A}'..='\u{52F}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{657}'
        | '\u{904}'..='\u{939}'
        | '\u{985}'..='\u{98C}'
        | '\u{993}'..='\u{9A8}'
        | '\u{9AA}'..='\u{9B0}'
        | '\u{E01}'..='\u{E30}' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => false,
        c => is_plain_caseless(c) || c.is_alphabetic(),
    }
}

/// Whether `c` is a letter or a digit: [`char::is_alphanumeric`], as [`is_letter`] tells it.
#[inline]
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() }
}

/// Letters of scripts without case that are many and known by their range alone: Arabic, kana, Han, Hangul.
pub(crate) fn is_plain_caseless(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{671}'..='\u{6D3}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
