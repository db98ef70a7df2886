//! What stands behind a backslash.

use regex_syntax::hir::ClassUnicode;

use super::dialect::{Dialect, Flags};
use super::expression::Reader;
use super::property::property;
use super::tree::all_but;

/// What an escape means.
#[derive(Debug)]
pub(super) enum Escape {
    /// This character.
    Char(char),
    /// Any of these.
    Class(ClassUnicode),
    /// A place: `b`, `B`, `A`, `z` or `Z`.
    Place(char),
    /// `\R`: a line break of any kind.
    LineBreak,
}

/// Reads an escape whose backslash was taken.
///
/// # Errors
/// What is not known, or cannot be kept exactly.
pub(super) fn escape(reader: &mut Reader) -> Result<Escape, String> {
    let Some(letter) = reader.next() else { return Err("a backslash stands at the end".to_owned()) };
    if let Some(class) = class(reader, letter)? {
        return Ok(Escape::Class(class));
    }
    let known = match letter {
        'b' if reader.is_next("{") => Err(r"`\b{…}` is not known here"),
        'b' | 'B' | 'A' | 'z' | 'Z' => Ok(Escape::Place(letter)),
        'R' => Ok(Escape::LineBreak),
        'G' => Err(r"`\G`, where the last match ended, has no meaning here"),
        'X' => Err(r"`\X`, a character as a reader sees it, is not known here"),
        'N' => Err(r"characters by name, `\N{…}`, are not known here: write `\x{…}`"),
        'E' => Err(r"`\E` ends nothing"),
        '1'..='9' | 'k' => Err("what a group matched cannot be asked for again"),
        _ => character(reader, letter).map(Escape::Char),
    };
    known.map_err(|reason| match reason {
        "" => format!(r"`\{letter}` is not known"),
        reason => reason.to_owned(),
    })
}

/// The class behind `\d`, `\W`, `\p{L}` and the like; `None` where `letter` names no class.
fn class(reader: &mut Reader, letter: char) -> Result<Option<ClassUnicode>, String> {
    let flags = reader.flags;
    if letter == 'p' || letter == 'P' {
        let name = match reader.next() {
            Some('{') => reader.until("}").ok_or_else(|| "the name of a class has no end".to_owned())?,
            Some(c) => c.to_string(),
            None => return Err("a class has no name".to_owned()),
        };
        let (name, inverted) = match name.strip_prefix('^') {
            Some(name) if flags.dialect == Dialect::Icu => (name, true),
            _ => (name.as_str(), false),
        };
        let class = cased(property(name, flags)?, flags);
        return Ok(Some(if inverted == (letter == 'P') { class } else { all_but(&class) }));
    }
    let class = flags.short(letter.to_ascii_lowercase());
    Ok(class.map(|class| if letter.is_ascii_lowercase() { class } else { all_but(&class) }))
}

/// Classes by name lose their case where case plays no part: all of them in ICU, letters by case alone in Java.
fn cased(class: ClassUnicode, flags: Flags) -> ClassUnicode {
    let unicode = Flags { unicode_case: true, ..flags };
    unicode.folded(class)
}

/// A character behind a backslash; an error without words where the escape is not known.
fn character(reader: &mut Reader, letter: char) -> Result<char, &'static str> {
    const NONE: &str = "an escape names no character";
    match letter {
        't' => Ok('\t'),
        'n' => Ok('\n'),
        'r' => Ok('\r'),
        'f' => Ok('\u{c}'),
        'a' => Ok('\u{7}'),
        'e' => Ok('\u{1b}'),
        'c' => reader.next().filter(char::is_ascii).map(|c| char::from(c as u8 ^ 64)).ok_or(NONE),
        '0' => {
            let most = if reader.peek().is_some_and(|c| c > '3') { 2 } else { 3 };
            number(&reader.digits(8, most), 8).ok_or(NONE)
        }
        'x' if reader.eat("{") => {
            let digits = reader.until("}").ok_or(NONE)?;
            number(&digits, 16).ok_or(NONE)
        }
        'x' => exactly(reader, 2).and_then(char::from_u32).ok_or(NONE),
        'u' => utf16(reader).ok_or(NONE),
        'U' if reader.flags.dialect == Dialect::Icu => {
            exactly(reader, 8).and_then(char::from_u32).ok_or(NONE)
        }
        c if c.is_ascii_alphanumeric() => Err(""),
        c => Ok(c),
    }
}

fn number(digits: &str, radix: u32) -> Option<char> {
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)
}

fn exactly(reader: &mut Reader, count: usize) -> Option<u32> {
    let digits = reader.digits(16, count);
    if digits.len() == count { u32::from_str_radix(&digits, 16).ok() } else { None }
}

/// The character of `\uhhhh`, or of two that are the halves of a pair.
fn utf16(reader: &mut Reader) -> Option<char> {
    let first = exactly(reader, 4)?;
    let second = match first {
        0xD800..=0xDBFF if reader.eat(r"\u") => exactly(reader, 4)?,
        _ => return char::from_u32(first),
    };
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    let mut decoded = char::decode_utf16(pair);
    match (decoded.next(), decoded.next()) {
        (Some(Ok(c)), None) => Some(c),
        _ => None,
    }
}
