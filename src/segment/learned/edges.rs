//! What closes behind a mark and stays with the sentence, and what opens before the next word.

use super::mark::Run;
use super::passed::Passed;
use crate::base::letters::is_letter_or_digit;

/// What closes after the marks and stays with the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Closer {
    /// Nothing.
    None,
    /// A quotation mark.
    Quote,
    /// A bracket.
    Bracket,
    /// A quotation mark after a space.
    SpacedQuote,
    /// A bracket after a space.
    SpacedBracket,
    /// A note: `[12]`, `¹`.
    Note,
    /// `:)` and the like.
    Emoticon,
}

impl Closer {
    /// Whether it closes a quotation or a bracket.
    pub(super) fn is_closed(self) -> bool {
        matches!(self, Self::Quote | Self::Bracket | Self::SpacedQuote | Self::SpacedBracket)
    }
}

/// What opens before the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Opener {
    /// Nothing.
    None,
    /// A quotation mark.
    Quote,
    /// A bracket.
    Bracket,
    /// A dash.
    Dash,
    /// A bullet or star.
    Bullet,
    /// `¿`, `¡`.
    Inverted,
}

/// White space as sentences have it between them.
pub(super) fn blank(c: char) -> bool {
    c.is_whitespace()
}

pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether a character from U+00C0 to U+0FFF begins with this byte: none of these is white space, opens or closes.
#[inline]
fn leads_word(lead: u8) -> bool {
    matches!(lead, 0xC3..=0xE0)
}

pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    // One plain space is by far the most common.
    if bytes.get(at) == Some(&b' ')
        && bytes.get(at + 1).is_some_and(|&b| b.is_ascii_graphic() || leads_word(b))
    {
        return at + 1;
    }
    at + (text.len() - at - text[at..].trim_start().len())
}

/// Whether `c` closes what a sentence stands in.
pub(super) fn closes(c: char) -> bool {
    quote_closes(c) || bracket_closes(c) || matches!(c, '*' | '_')
}

fn quote_closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' | '」' | '』' | '`' | '〞' | '″')
}

fn bracket_closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '》' | '〉' | '］')
}

/// What opens before a word, if `c` does.
fn opens(c: char) -> Option<Opener> {
    let opener = match c {
        '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '›' | '”' | '’' | '`' | '「' | '『' => {
            Opener::Quote
        }
        '(' | '[' | '{' | '（' | '【' | '《' => Opener::Bracket,
        '-' | '–' | '—' | '―' | '−' => Opener::Dash,
        '•' | '*' | '·' | '‣' | '▪' | '●' | '◦' | '_' | '#' | '⁃' | '■' | '→' => {
            Opener::Bullet
        }
        '¿' | '¡' => Opener::Inverted,
        _ => return None,
    };
    Some(opener)
}

/// What closes after the run, and where it ends.
pub(super) fn closers(text: &str, run: Run, passed: &mut Passed) -> (Closer, usize) {
    // Nothing closes where a space and a letter follow at once, as they mostly do.
    match text.as_bytes()[run.end..] {
        [b' ', b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'7' | b'9', ..] => return (Closer::None, run.end),
        [b' ', lead, ..] if leads_word(lead) => return (Closer::None, run.end),
        _ => {}
    }
    let (mut closer, mut end) = glued(text, run.end);
    if closer == Closer::Quote && end == run.end + 1 && char_at(text, end).is_some_and(is_letter_or_digit) {
        // A plain quotation mark between a mark and a word opens what follows unless one was opened before.
        if text[run.end..].starts_with('"') && !passed.quoted(text.as_bytes(), run.end) {
            (closer, end) = (Closer::None, run.end);
        }
    }
    if let Some(spaced) = spaced(text, end, passed) {
        (closer, end) = spaced;
    }
    if let Some(noted) = notes(text, end) {
        return (if closer == Closer::None { Closer::Note } else { closer }, noted);
    }
    match emoticon(text, end) {
        Some(after) => (Closer::Emoticon, after),
        None => (closer, end),
    }
}

/// Closers without a space before them.
fn glued(text: &str, from: usize) -> (Closer, usize) {
    let (mut closer, mut end, mut count) = (Closer::None, from, 0);
    let mut last = ' ';
    while let Some(c) = char_at(text, end).filter(|&c| closes(c)) {
        if bracket_closes(c) {
            closer = Closer::Bracket;
        } else if closer == Closer::None {
            closer = Closer::Quote;
        }
        end += c.len_utf8();
        count += 1;
        last = c;
    }
    // A quotation mark that is glued to the next word opens it.
    let glued = char_at(text, end).is_some_and(is_letter_or_digit);
    if glued && count > 1 && matches!(last, '"' | '\'' | '“' | '«' | '‘') {
        end -= last.len_utf8();
    }
    (closer, end)
}

/// Closers after a space: `. »`, `! "`, `. )`.
fn spaced(text: &str, end: usize, passed: &mut Passed) -> Option<(Closer, usize)> {
    let at = skip_blanks(text, end);
    let c = char_at(text, at).filter(|&c| at > end && (quote_closes(c) || bracket_closes(c)))?;
    let after = at + c.len_utf8();
    let free =
        char_at(text, after).is_none_or(|c| blank(c) || closes(c) || matches!(c, ',' | '.' | ';' | ':'));
    if text[at..].starts_with("''") {
        let free = char_at(text, at + 2).is_none_or(blank)
            && passed.spaced(text.as_bytes(), at).doubled != Some(false);
        return free.then_some((Closer::SpacedQuote, at + 2));
    }
    if !free {
        return None;
    }
    let bytes = text.as_bytes();
    let closer = match c {
        ')' | ']' | '}' => Closer::SpacedBracket,
        '”' | '›' => Closer::SpacedQuote,
        '»' if passed.spaced(bytes, at).angles > 0 => Closer::SpacedQuote,
        '"' if passed.quoted(bytes, at) => Closer::SpacedQuote,
        '\'' if passed.spaced(bytes, at).odd_single => Closer::SpacedQuote,
        _ => return None,
    };
    Some((closer, glued(text, after).1))
}

/// Notes that belong to the sentence: `[12]`, `[a]`, `¹`.
fn notes(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = from;
    loop {
        let at = if bytes.get(end) == Some(&b' ') { end + 1 } else { end };
        if bytes.get(at) != Some(&b'[') {
            break;
        }
        let inside = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_alphanumeric()).count();
        let number = bytes[at + 1..at + 1 + inside].iter().all(u8::is_ascii_digit) || inside == 1;
        if inside == 0 || !number || bytes.get(at + 1 + inside) != Some(&b']') {
            break;
        }
        end = at + inside + 2;
    }
    while let Some(c) = char_at(text, end).filter(|c| matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}'))
    {
        end += c.len_utf8();
    }
    (end > from && char_at(text, end).is_none_or(blank)).then_some(end)
}

/// Longest face, in bytes.
const FACE: usize = 6;

/// A face made of marks that closes what was said: ` :)`, ` ;-)`, ` <3`.
fn emoticon(text: &str, from: usize) -> Option<usize> {
    let at = skip_blanks(text, from);
    let rest = &text.as_bytes()[at..];
    let face =
        rest[..rest.len().min(FACE + 1)].split(u8::is_ascii_whitespace).next().filter(|_| at > from)?;
    let known = match face {
        b"<3" => true,
        [b':' | b';' | b'=' | b'8', rest @ ..] => {
            let mouth = rest
                .strip_prefix(b"-")
                .or(rest.strip_prefix(b"^"))
                .or(rest.strip_prefix(b"o"))
                .unwrap_or(rest);
            !mouth.is_empty()
                && mouth.iter().all(|b| matches!(b, b')' | b'(' | b'D' | b'P' | b'p' | b'/' | b'\\'))
        }
        _ => false,
    };
    (known && face.len() <= FACE).then_some(at + face.len())
}

/// Skips what opens before a word: the last kind of it, and where the word begins.
pub(super) fn openers(text: &str, from: usize) -> (Opener, usize) {
    let (mut opener, mut at) = (Opener::None, from);
    if text.as_bytes().get(from).is_some_and(|&b| b.is_ascii_alphanumeric() || leads_word(b)) {
        return (opener, at);
    }
    for _ in 0..8 {
        let Some(c) = char_at(text, at) else { break };
        if let Some(kind) = opens(c) {
            if opener == Opener::None || kind == Opener::Quote {
                opener = kind;
            }
            at += c.len_utf8();
        } else if blank(c) && at > from {
            at += c.len_utf8();
        } else {
            break;
        }
    }
    (opener, at)
}

pub(super) fn skip_openers(text: &str, from: usize) -> usize {
    openers(text, skip_blanks(text, from)).1
}
