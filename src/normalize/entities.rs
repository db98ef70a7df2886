//! Character references that the text of a page kept: `Caf&eacute;`, `R&amp;D`.

use std::borrow::Cow;

use htmlize::unescape;
use memchr::{memchr, memchr_iter, memrchr};
use serde::Deserialize;

use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Decodes references that end in a semicolon, once; twice where they were encoded twice.
///
/// Names and numbers as in HTML, names in capitals (`&EACUTE;`) too. What was encoded three times is left alone, and so
/// are addresses such as `?a=1&copy=2`. A text with a tag in it is source code or a page, whose references mean
/// something else: it is left alone, and so are fields whose reader decoded them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entities {}

/// Longest reference, in bytes: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 33;
/// Furthest that the `>` of a tag is looked for, in bytes.
const LONGEST_TAG: usize = 300;

impl Normalizer for Entities {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.marked {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        // Behind the last reference that was decoded to something else than a `&`: what stands before it is in no other one.
        let mut free = 0;
        let mut tags = None;
        while let Some(found) = memchr(b'&', &bytes[at..]) {
            let start = at + found;
            at = start + 1;
            let Some((with, length)) = decoded(&text[start..]) else { continue };
            if *tags.get_or_insert_with(|| has_tag(bytes)) {
                return;
            }
            let end = start + length;
            if let Some(with) = with
                && !assigns(bytes, start, end)
                && !completes(&bytes[free..start], &with)
            {
                edits.replace(start, end, &with);
                free = if with.contains('&') { free } else { end };
            }
            at = end;
        }
    }
}

/// What the reference at the start of `text` stands for, and its length; nothing for one encoded three times.
fn decoded(text: &str) -> Option<(Option<String>, usize)> {
    let (first, length) = reference(text)?;
    if first != "&" {
        return Some((Some(first.into_owned()), length));
    }
    let again = |inner: &str| format!("&{inner}");
    let inner = again(window(&text[length..]));
    let Some((second, inner_length)) = reference(&inner) else {
        return Some((Some(first.into_owned()), length));
    };
    let whole = length + inner_length - 1;
    if second == "&" && reference(&again(window(&text[whole..]))).is_some() {
        let mut end = whole;
        while let Some((_, more)) = reference(&again(window(&text[end..]))) {
            end += more - 1;
        }
        return Some((None, end));
    }
    Some((Some(second.into_owned()), whole))
}

/// As much of `text` as a reference may take.
fn window(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The characters of the reference at the start of `text`, and its length.
fn reference(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let end = memchr(b';', &text.as_bytes()[..text.len().min(LONGEST)])? + 1;
    let whole = text.get(..end)?;
    let name = &whole[1..end - 1];
    let digits = name.strip_prefix('#');
    if name.is_empty() || !digits.unwrap_or(name).bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let clean = |c: char| (!c.is_control() || c == '\n' || c == '\t') && c != '\u{fffd}';
    let known = |found: &str| (!found.contains(';') || name == "semi") && found.chars().all(clean);
    let found = unescape(whole);
    if known(&found) {
        return Some((found, end));
    }
    // Capitals of a page that was put in capitals as a whole.
    if digits.is_none() && name.len() > 2 && name.bytes().all(|b| b.is_ascii_uppercase()) {
        let cased = format!("&{}{};", &name[..1], name[1..].to_ascii_lowercase());
        let found = unescape(cased).into_owned();
        if known(&found) && found.chars().all(char::is_uppercase) {
            return Some((Cow::Owned(found), end));
        }
    }
    None
}

/// Whether a tag, a comment or a declaration stands in the text.
fn has_tag(bytes: &[u8]) -> bool {
    memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..bytes.len().min(at + LONGEST_TAG)];
        rest.first().is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'))
            && memchr(b'>', rest).is_some()
    })
}

/// Whether it is the address of a variable in source code: `p = &sum;` at the end of a line.
fn assigns(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = bytes[..start].trim_ascii_end();
    before.ends_with(b"=") && bytes.get(end).is_none_or(|&b| b == b'\n' || b == b'\r')
}

/// Whether the letters that it stands for would be part of another reference, behind what stands before them.
fn completes(before: &[u8], with: &str) -> bool {
    let part = with.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#' || b == b';');
    part && memrchr(b'&', &before[before.len().saturating_sub(2 * LONGEST)..]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn references_are_decoded_once_and_twice_encoded_ones_twice() {
        let text =
            "Caf&eacute; &#8211; R&amp;D &#x201c;x&#148; &amp;quot;y&amp;quot; P&EACUTE;REZ a &amp;amp; b";
        assert_eq!(edited(&Entities {}, text), "Café – R&D “x” \"y\" PÉREZ a & b");
    }

    #[test]
    fn letters_in_a_row_are_all_decoded_unless_they_complete_a_reference() {
        let text = "&#109;&#97;il &fjlig;ord i&fjlig;el &amp; &#97; &amp;&#108;t; &&#108;t; &#108;";
        let decoded = "mail fjord ifjel & &#97; &&#108;t; &&#108;t; &#108;";
        assert_eq!(edited(&Entities {}, text), decoded);
        assert_eq!(edited(&Entities {}, decoded), decoded);
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in
            ["?a=1&copy=2&lt", "AT&T; x", "p = &sum;", "&amp;amp;lt;", "&#0; &#xd800; &nosuch;", "a & b; c"]
        {
            assert_eq!(edited(&Entities {}, text), text);
        }
    }

    #[test]
    fn a_text_with_tags_is_left_alone() {
        let text = "Write <b>&lt;</b> for it &amp; more";
        assert_eq!(edited(&Entities {}, text), text);
        assert_eq!(edited(&Entities {}, "1 < 2 &amp; 3 > 2"), "1 < 2 & 3 > 2");
    }
}
