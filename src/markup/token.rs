//! Tags, text and the rest of an HTML text, one after the other, each with its place.
//!
//! The states are those of the HTML standard's tokenizer as far as they decide where a token ends; the tokens are pieces
//! of the input, never copies.

use std::ops::Range;

use crate::markup::tag::Tag;

/// One token; all places are bytes of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// Text, with references still in it.
    Text(Range<usize>),
    /// The content of an element whose content is no markup, such as a script.
    Raw(Range<usize>),
    /// A tag that opens an element: `<` to `>`.
    Open {
        /// The element.
        tag: Tag,
        /// The whole tag.
        at: Range<usize>,
        /// Whether it ends with `/>`.
        closed: bool,
    },
    /// A tag that closes an element.
    Close {
        /// The element.
        tag: Tag,
        /// The whole tag.
        at: Range<usize>,
    },
    /// A comment, doctype or instruction.
    Aside(Range<usize>),
}

/// The tokens of `html`; they tile it.
#[derive(Debug, Clone)]
pub struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// The element whose raw content comes next.
    raw: Option<Tag>,
    /// Whether any tag may close itself.
    xml: bool,
}

impl<'h> Tokens<'h> {
    /// The tokens of `html`.
    pub fn new(html: &'h str) -> Self {
        Self { html, at: 0, raw: None, xml: is_xml(html) }
    }

    fn bytes(&self) -> &'h [u8] {
        self.html.as_bytes()
    }

    /// The content of the raw element `tag`, up to its closing tag or the end.
    fn raw(&mut self, tag: Tag) -> Option<Token> {
        let start = self.at;
        let mut from = start;
        let end = loop {
            match memchr::memchr(b'<', &self.bytes()[from..]) {
                None => break self.html.len(),
                Some(lt) if closes(&self.bytes()[from + lt..], tag) => break from + lt,
                Some(lt) => from += lt + 1,
            }
        };
        self.at = end;
        (start < end).then_some(Token::Raw(start..end))
    }

    fn text(&mut self) -> Token {
        let start = self.at;
        let mut from = start;
        let end = loop {
            match memchr::memchr(b'<', &self.bytes()[from..]) {
                None => break self.html.len(),
                Some(lt) if begins_markup(&self.bytes()[from + lt..]) => break from + lt,
                Some(lt) => from += lt + 1,
            }
        };
        self.at = end;
        Token::Text(start..end)
    }

    fn markup(&mut self) -> Token {
        let start = self.at;
        let rest = &self.bytes()[start..];
        if rest.starts_with(b"<!--") {
            self.at = start + comment(rest);
            return Token::Aside(start..self.at);
        }
        if matches!(rest[1], b'!' | b'?') || rest[1] == b'/' && !rest[2].is_ascii_alphabetic() {
            self.at = memchr::memchr(b'>', rest).map_or(self.html.len(), |gt| start + gt + 1);
            return Token::Aside(start..self.at);
        }
        let close = rest[1] == b'/';
        let name = start + 1 + usize::from(close);
        let tag = Tag::of(name_at(self.html, name));
        self.at = start + tag_end(rest);
        let at = start..self.at;
        if close {
            return Token::Close { tag, at };
        }
        let closed = self.html[at.clone()].ends_with("/>");
        if tag.is_raw() && !(closed && self.xml) {
            self.raw = Some(tag);
        }
        Token::Open { tag, at, closed }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(tag) = self.raw.take()
            && let Some(raw) = self.raw(tag)
        {
            return Some(raw);
        }
        if self.at >= self.html.len() {
            return None;
        }
        Some(if begins_markup(&self.bytes()[self.at..]) { self.markup() } else { self.text() })
    }
}

/// Whether a page says that it is XML, in which any tag may close itself.
pub fn is_xml(html: &str) -> bool {
    html.trim_start_matches('\u{feff}').trim_ascii_start().starts_with("<?xml")
}

/// The name that begins at `start`.
fn name_at(html: &str, start: usize) -> &str {
    let rest = &html[start..];
    let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// Whether `rest`, which begins with `<`, begins a tag or comment and not a sentence about `a < b`.
fn begins_markup(rest: &[u8]) -> bool {
    match rest {
        [b'<', b'/', next, ..] => !matches!(next, b' ' | b'\t' | b'\n'),
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        _ => false,
    }
}

/// Whether `rest`, which begins with `<`, closes `tag`.
fn closes(rest: &[u8], tag: Tag) -> bool {
    let name = tag.name().as_bytes();
    rest.get(1) == Some(&b'/')
        && rest.get(2..2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && rest.get(2 + name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

/// Bytes of the comment that `rest` begins with.
fn comment(rest: &[u8]) -> usize {
    if rest.starts_with(b"<!-->") {
        return 5;
    }
    if rest.starts_with(b"<!--->") {
        return 6;
    }
    let mut from = 4;
    while let Some(dash) = memchr::memmem::find(&rest[from..], b"--") {
        match &rest[from + dash + 2..] {
            [b'>', ..] => return from + dash + 3,
            [b'!', b'>', ..] => return from + dash + 4,
            _ => from += dash + 1,
        }
    }
    rest.len()
}

/// Bytes of the tag that `rest` begins with: up to the first `>` that is in no quoted value.
fn tag_end(rest: &[u8]) -> usize {
    let mut at = 1;
    loop {
        let Some(next) = memchr::memchr3(b'>', b'"', b'\'', &rest[at..]) else { return rest.len() };
        let found = at + next;
        if rest[found] == b'>' {
            return found + 1;
        }
        // A quotation mark opens a value only after an equals sign; elsewhere it is a stray.
        let before = rest[..found].iter().rposition(|b| !b.is_ascii_whitespace());
        at = found + 1;
        if before.is_some_and(|i| rest[i] == b'=') {
            match memchr::memchr(rest[found], &rest[at..]) {
                Some(end) => at += end + 1,
                None => return rest.len(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let show = |token| match token {
            Token::Text(at) => format!("text {}", &html[at]),
            Token::Raw(at) => format!("raw {}", &html[at]),
            Token::Open { tag, closed, .. } => format!("{tag:?}{}", if closed { "/" } else { "" }),
            Token::Close { tag, .. } => format!("/{tag:?}"),
            Token::Aside(at) => format!("aside {}", &html[at]),
        };
        Tokens::new(html).map(show).collect()
    }

    #[test]
    fn tags_and_text_come_in_turn() {
        let html = "<p class=a>One <b>two</b> &amp; 3 < 4</p><br/>";
        assert_eq!(shown(html), ["P", "text One ", "B", "text two", "/B", "text  &amp; 3 < 4", "/P", "Br/"]);
    }

    #[test]
    fn a_quoted_value_may_hold_what_ends_a_tag() {
        assert_eq!(shown("<a title='x > y'>z</a>"), ["A", "text z", "/A"]);
        assert_eq!(shown("<a it's>z"), ["A", "text z"]);
        assert_eq!(shown("<a b=\"never closed>z"), ["A"]);
    }

    #[test]
    fn scripts_and_comments_end_where_they_say() {
        assert_eq!(
            shown("<script>a<b</scripty></SCRIPT >x"),
            ["Script", "raw a<b</scripty>", "/Script", "text x"]
        );
        assert_eq!(
            shown("<!-- a > b -->x<!-->y<!--z"),
            ["aside <!-- a > b -->", "text x", "aside <!-->", "text y", "aside <!--z"]
        );
        assert_eq!(
            shown("<!DOCTYPE html><?php x ?>y"),
            ["aside <!DOCTYPE html>", "aside <?php x ?>", "text y"]
        );
        assert_eq!(shown("<title>A <b> B</title>"), ["Title", "raw A <b> B", "/Title"]);
        assert_eq!(shown("<script></script>"), ["Script", "/Script"]);
    }

    proptest! {
        /// The tokens of any text tile it.
        #[test]
        fn tokens_tile_the_text(html in "(<|>|/|!|--|\"|'|=| |a|b|p|script|title|é|&|\n){0,60}") {
            let mut at = 0;
            for token in Tokens::new(&html) {
                let (Token::Text(place)
                | Token::Raw(place)
                | Token::Aside(place)
                | Token::Open { at: place, .. }
                | Token::Close { at: place, .. }) = token;
                prop_assert_eq!(place.start, at);
                prop_assert!(place.end > at && html.is_char_boundary(place.end));
                at = place.end;
            }
            prop_assert_eq!(at, html.len());
        }
    }
}
