//! Character references: `&amp;`, `&eacute;`, `&#8217;`.

use std::borrow::Cow;

/// Bytes of a reference, at most: the longest name of the HTML standard has 33.
const LONGEST: usize = 40;

/// `text` with its references decoded once, by the rules of the HTML standard.
///
/// ```
/// # use nutgraf::markup::entity::decode;
/// assert_eq!(decode("caf&eacute; &amp;amp; tea &#8217; AT&T"), "café &amp; tea ’ AT&T");
/// ```
pub fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(amp) = memchr::memchr(b'&', &text.as_bytes()[at..]) {
        out.push_str(&text[at..at + amp]);
        at += amp;
        if let Some((length, characters)) = reference(&text[at..]) {
            out.push_str(&characters);
            at += length;
        } else {
            out.push('&');
            at += 1;
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// The reference that `text` begins with: its length in bytes, and the characters it stands for; `None` for a plain `&`.
pub fn reference(text: &str) -> Option<(usize, Cow<'_, str>)> {
    let bytes = text.as_bytes();
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let mut end = 1 + bytes.iter().skip(1).take(LONGEST).take_while(|b| name(b)).count();
    end += usize::from(bytes.get(end) == Some(&b';'));
    let decoded = htmlize::unescape(&text[..end]);
    if decoded == text[..end] { None } else { Some((end, decoded)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(
            decode("AT&T & Co &; &#; &#x; &nosuchname; a&b=c"),
            "AT&T & Co &; &#; &#x; &nosuchname; a&b=c"
        );
    }

    #[test]
    fn old_names_need_no_semicolon_and_numbers_of_windows_are_mended() {
        assert_eq!(decode("&copy 2023 &nbsp;&#146;&#x2014;"), "© 2023 \u{a0}’—");
    }
}
