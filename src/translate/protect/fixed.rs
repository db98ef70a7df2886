//! Items that come back character by character: addresses, accounts, labels, code and placeholders.

use super::{Item, Kind, Scan};

/// Longest part of an e-mail address before its `@`, in bytes (RFC 5321, 4.5.3.1.1).
const LOCAL: usize = 64;
/// Longest placeholder between braces, in bytes.
const BRACED: usize = 48;
/// Longest tag or code, in bytes.
const TAG: usize = 240;

impl<'t> Scan<'t, '_> {
    /// An address of a page, without the punctuation of the sentence behind it.
    pub(super) fn url(&self, at: usize) -> Option<Item<'t>> {
        let rest = self.rest(at);
        let head = ["http://", "https://", "ftp://", "www.", "HTTP://", "HTTPS://", "WWW."]
            .iter()
            .find(|head| rest.starts_with(**head))?;
        let end = rest.find(ends_url).unwrap_or(rest.len());
        let mut url = &rest[..end];
        loop {
            let shorter =
                url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '…', '·', '।', '؟']);
            let shorter = match shorter.chars().next_back() {
                Some(')') if closes_more(shorter, '(', ')') => &shorter[..shorter.len() - 1],
                Some(']') if closes_more(shorter, '[', ']') => &shorter[..shorter.len() - 1],
                _ => shorter,
            };
            if shorter.len() == url.len() {
                break;
            }
            url = shorter;
        }
        (url.len() > head.len()).then(|| self.verbatim(Kind::Url, at..at + url.len()))
    }

    /// The e-mail address around the `@` at `at`; begins at `least` or later.
    pub(super) fn email(&self, at: usize, least: usize) -> Option<Item<'t>> {
        let local = self.text[least..at].bytes().rev().take(LOCAL);
        let local = local.take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
        let start = at - local;
        let start = start + self.text[start..at].bytes().take_while(|&b| b == b'.' || b == b'-').count();
        let rest = self.rest(at + 1);
        let host =
            rest.bytes().take(253).take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
        let host = rest[..host].trim_end_matches(['.', '-']);
        let ending = host.rsplit('.').next().filter(|last| last.len() < host.len());
        let sound =
            ending.is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
        (sound && start < at && !host.starts_with(['.', '-']))
            .then(|| self.verbatim(Kind::Email, start..at + 1 + host.len()))
    }

    pub(super) fn handle(&self, at: usize) -> Option<Item<'t>> {
        if self.char_before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '/')) {
            return None;
        }
        let rest = self.rest(at + 1);
        let name = rest.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let letters = rest[..name].bytes().any(|b| b.is_ascii_alphabetic());
        let over = rest[name..].chars().next().is_some_and(|c| c.is_ascii() && c.is_alphanumeric());
        (letters && name >= 2 && !over).then(|| self.verbatim(Kind::Handle, at..at + 1 + name))
    }

    pub(super) fn hashtag(&self, at: usize) -> Option<Item<'t>> {
        if self.char_before(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '&' | '#' | '/' | '_')) {
            return None;
        }
        let sign = self.char_at(at)?.len_utf8();
        let rest = self.rest(at + sign);
        let end = rest.char_indices().take(100).find(|(_, c)| !(c.is_alphanumeric() || *c == '_'));
        let name = &rest
            [..end.map_or_else(|| rest.char_indices().nth(100).map_or(rest.len(), |(i, _)| i), |(i, _)| i)];
        let has_letter = name.chars().any(char::is_alphabetic);
        (has_letter && name.chars().count() >= 2)
            .then(|| self.verbatim(Kind::Hashtag, at..at + sign + name.len()))
    }

    /// A placeholder, a tag, an entity, or code between backquotes.
    pub(super) fn placeholder(&self, at: usize) -> Option<Item<'t>> {
        let rest = self.rest(at);
        let mut kind = Kind::Placeholder;
        let bytes = match self.char_at(at)? {
            '{' => braced(rest),
            '$' => braced(&rest[1..]).map(|bytes| bytes + 1),
            '%' if !self.char_before(at).is_some_and(|c| c.is_alphanumeric() || c == '%') => printf(rest),
            '<' => tag(rest),
            '&' => entity(rest),
            '`' => {
                kind = Kind::Code;
                let inside = rest[1..].bytes().take(TAG).take_while(|b| !matches!(b, b'`' | b'\n')).count();
                (inside > 0 && rest.as_bytes().get(inside + 1) == Some(&b'`')).then_some(inside + 2)
            }
            _ => None,
        }?;
        Some(self.verbatim(kind, at..at + bytes))
    }
}

/// What no address of a page goes on behind.
fn ends_url(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>' | '"' | '`' | '|' | '{' | '}' | '\\' | '^' | '“' | '”' | '„' | '«' | '»' | '⟦' | '⟧'
        )
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

fn closes_more(text: &str, open: char, close: char) -> bool {
    text.matches(close).count() > text.matches(open).count()
}

/// The bytes of `{name}`, `{0}`, `{{name}}` at the beginning of `text`.
fn braced(text: &str) -> Option<usize> {
    let braces = text.bytes().take(2).take_while(|&b| b == b'{').count();
    let rest = &text[braces..];
    let name = rest
        .bytes()
        .take(BRACED)
        .take_while(|b| b.is_ascii_alphanumeric() || b"_.:,#$- ".contains(b))
        .count();
    let closed = rest[name..].bytes().take(braces).take_while(|&b| b == b'}').count();
    let sound = rest[..name]
        .trim()
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'$');
    (braces > 0 && closed == braces && sound).then_some(braces + name + closed)
}

/// The bytes of a `printf` conversion at the beginning of `text`: `%s`, `%1$d`, `%(name)s`, `%.2f`, `%@`.
fn printf(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    if bytes.get(at) == Some(&b'(') {
        at += 1 + bytes[at + 1..]
            .iter()
            .take(BRACED)
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
            .count();
        (bytes.get(at) == Some(&b')')).then_some(())?;
        at += 1;
    }
    at += bytes[at..].iter().take(8).take_while(|b| b.is_ascii_digit() || b"$.+-#".contains(b)).count();
    at += bytes[at..].iter().take(2).take_while(|b| b"lhzj".contains(b)).count();
    b"sdiufgexXcp@".contains(bytes.get(at)?).then_some(())?;
    let over = text.get(at + 1..)?.chars().next().is_some_and(char::is_alphanumeric);
    (!over).then_some(at + 1)
}

/// The bytes of a tag of HTML or XML at the beginning of `text`.
fn tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let slash = usize::from(bytes.get(1) == Some(&b'/'));
    let name = bytes[1 + slash..]
        .iter()
        .take(32)
        .take_while(|b| b.is_ascii_alphanumeric() || b":-_".contains(b))
        .count();
    let first = bytes.get(1 + slash)?;
    let behind = *bytes.get(1 + slash + name)?;
    let sound =
        first.is_ascii_alphabetic() && (behind == b'>' || behind == b'/' || behind.is_ascii_whitespace());
    sound.then_some(())?;
    let inside = bytes.iter().take(TAG).skip(1).take_while(|b| !matches!(b, b'>' | b'<')).count();
    (bytes.get(1 + inside) == Some(&b'>')).then_some(inside + 2)
}

/// The bytes of a named or numbered entity at the beginning of `text`.
fn entity(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let name = bytes[1..].iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    (name >= 2 && bytes.get(1 + name) == Some(&b';')).then_some(name + 2)
}
