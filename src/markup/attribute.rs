//! What a tag says: names and values of its attributes.

use std::borrow::Cow;

use crate::markup::entity;

/// Attributes that are read of one tag; more say nothing.
const MOST: usize = 64;
/// Bytes of a tag that are looked at.
const LOOKED_AT: usize = 64 << 10;

/// The attributes of a tag, as they stand: name and value with references still in it.
#[derive(Debug, Clone)]
pub struct Attributes<'t> {
    rest: &'t str,
    left: usize,
}

/// The attributes of `tag`, the text from `<` to `>`.
pub fn attributes(tag: &str) -> Attributes<'_> {
    let mut end = tag.len().min(LOOKED_AT);
    while !tag.is_char_boundary(end) {
        end -= 1;
    }
    let tag = &tag[..end];
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let name = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
    Attributes { rest: &inner[name..], left: MOST }
}

/// The value of the attribute called `name` (in lower case), with its references decoded; empty where it has none.
pub fn value<'t>(tag: &'t str, name: &str) -> Option<Cow<'t, str>> {
    let mut all = attributes(tag);
    all.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, raw)| entity::decode(raw))
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        // An equals sign where a name begins belongs to the name.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '='));
        let end = end.map_or(rest.len(), |end| first + end);
        let (name, after) = rest.split_at(end);
        let Some(after_sign) = after.trim_ascii_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let after_sign = after_sign.trim_ascii_start();
        let quote = after_sign.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
        let (value, rest) = if let Some(quote) = quote {
            let inner = &after_sign[1..];
            let end = memchr::memchr(quote, inner.as_bytes());
            end.map_or((inner, ""), |end| (&inner[..end], &inner[end + 1..]))
        } else {
            let end = after_sign.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after_sign.len());
            after_sign.split_at(end)
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_with_any_quotes_or_none() {
        let tag = "<a href=/x?a=1&amp;b=2 title='It’s \"so\"' hidden data-n = \"4\"/>";
        let all: Vec<_> = attributes(tag).collect();
        assert_eq!(
            all,
            [("href", "/x?a=1&amp;b=2"), ("title", "It’s \"so\""), ("hidden", ""), ("data-n", "4")]
        );
        assert_eq!(value(tag, "href").as_deref(), Some("/x?a=1&b=2"));
        assert_eq!(value(tag, "hidden").as_deref(), Some(""));
        assert_eq!(value(tag, "class"), None);
        assert_eq!(value("<A HREF=x>", "href").as_deref(), Some("x"));
    }

    #[test]
    fn a_tag_with_too_many_attributes_is_read_as_far_as_the_cap() {
        let tag = format!("<a {}>", "x=1 ".repeat(100_000));
        assert_eq!(attributes(&tag).count(), MOST);
        assert_eq!(attributes("<a =x = = ''>").count(), 2);
    }
}
