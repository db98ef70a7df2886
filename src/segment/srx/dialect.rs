//! Where the dialects of expressions differ: what their short names for classes hold.

use regex_syntax::hir::{Class, ClassUnicode, HirKind};
use serde::Deserialize;

use super::tree::{any_of, span};

/// Whose expressions a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// As in ICU, which SRX 2.0 names: `\w`, `\d` and `\s` are those of Unicode.
    Icu,
    /// As in Java: `\w`, `\d` and `\s` are ASCII alone, unless `(?U)` stands before them. `\b` has words in all
    /// scripts, as Java had it up to version 18.
    Java,
}

/// What flags inside expressions change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in expressions too")]
pub(super) struct Flags {
    pub(super) dialect: Dialect,
    /// `i`: case plays no part.
    pub(super) any_case: bool,
    /// `u`: nor does it outside ASCII (Java; always so in ICU).
    pub(super) unicode_case: bool,
    /// `U`: short names of classes are those of Unicode (Java; always so in ICU).
    pub(super) unicode_class: bool,
    /// `m`: `^` and `$` hold at lines.
    pub(super) lines: bool,
    /// `s`: `.` takes line ends too.
    pub(super) dot_all: bool,
    /// `d`: a line ends with `\n` alone (Java).
    pub(super) unix_lines: bool,
    /// `x`: white space and comments between the parts.
    pub(super) spaced: bool,
}

impl Flags {
    /// None set.
    pub(super) fn new(dialect: Dialect) -> Self {
        let icu = dialect == Dialect::Icu;
        Self {
            dialect,
            any_case: false,
            unicode_case: icu,
            unicode_class: icu,
            lines: false,
            dot_all: false,
            unix_lines: false,
            spaced: false,
        }
    }

    /// The class of the letter of a short name, `w` of `\w`; `None` where there is no such name.
    pub(super) fn short(self, letter: char) -> Option<ClassUnicode> {
        Some(match (letter, self.unicode_class) {
            ('d', true) => unicode(r"\d")?,
            ('d', false) => span('0', '9'),
            ('w', true) => unicode(r"\w")?,
            ('w', false) => unicode("[0-9A-Z_a-z]")?,
            ('s', true) => unicode(r"\s")?,
            ('s', false) => any_of(" \t\n\u{b}\u{c}\r"),
            ('h', _) => self.blanks()?,
            ('v', _) => any_of("\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029}"),
            _ => return None,
        })
    }

    fn blanks(self) -> Option<ClassUnicode> {
        let mut blanks = unicode(r"[\p{Zs}\t]")?;
        if self.dialect == Dialect::Java {
            blanks.union(&any_of("\u{180e}"));
        }
        Some(blanks)
    }

    /// What `\b` takes for the characters of words.
    pub(super) fn word(self) -> Option<ClassUnicode> {
        unicode(if self.unicode_class { r"\w" } else { r"[\p{L}\p{Nd}\p{Mn}_]" })
    }

    /// The characters with which lines end.
    pub(super) fn line_ends(self) -> ClassUnicode {
        match (self.unix_lines, self.dialect) {
            (true, _) => any_of("\n"),
            (false, Dialect::Icu) => any_of("\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029}"),
            (false, Dialect::Java) => any_of("\n\r\u{85}\u{2028}\u{2029}"),
        }
    }

    /// `class` with the other cases of its letters, where case plays no part.
    pub(super) fn folded(self, mut class: ClassUnicode) -> ClassUnicode {
        if !self.any_case {
            return class;
        }
        if self.unicode_case {
            class.case_fold_simple();
            return class;
        }
        let ascii = |letter: u8, other: u8| {
            super::tree::holds(&class, char::from(letter)).then_some(char::from(other))
        };
        let pairs = (b'a'..=b'z').zip(b'A'..=b'Z');
        let others: String = pairs.flat_map(|(a, b)| [ascii(a, b), ascii(b, a)]).flatten().collect();
        class.union(&any_of(&others));
        class
    }
}

/// A class as the library of regular expressions writes it, where it knows it.
pub(super) fn unicode(written: &str) -> Option<ClassUnicode> {
    match regex_syntax::parse(written).ok()?.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class),
        HirKind::Literal(literal) => Some(any_of(std::str::from_utf8(&literal.0).ok()?)),
        _ => None,
    }
}
