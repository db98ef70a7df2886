//! Classes by name: `\p{Lu}`, `\p{Punct}`, `\p{InCyrillic}`, `\p{javaLowerCase}`.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::dialect::{Dialect, Flags, unicode};
use super::tree::span;

/// Blocks of Unicode: first and last character, name.
const BLOCKS: &str = include_str!("data/blocks.tsv");

/// Names of Java's older versions for blocks.
const OLD_BLOCKS: [(&str, &str); 3] = [
    ("greek", "greekandcoptic"),
    ("cyrillicsupplementary", "cyrillicsupplement"),
    ("combiningmarksforsymbols", "combiningdiacriticalmarksforsymbols"),
];

/// The class called `name`.
///
/// # Errors
/// The name, where no class is called so.
pub(super) fn property(name: &str, flags: Flags) -> Result<ClassUnicode, String> {
    let java = flags.dialect == Dialect::Java;
    let found = match name.split_once('=') {
        Some((key, block)) if ["block", "blk"].contains(&plain(key).as_str()) => named_block(block),
        Some(_) => unicode(&format!(r"\p{{{name}}}")),
        None if java && !flags.unicode_class => posix(name).or_else(|| named(name)),
        None => posix_of_unicode(name).or_else(|| named(name)),
    };
    found.ok_or_else(|| format!("no class is called `{name}`"))
}

fn named(name: &str) -> Option<ClassUnicode> {
    if let Some(method) = name.strip_prefix("java") {
        return method_of_java(method);
    }
    if let Some(block) = name.strip_prefix("In")
        && let Some(found) = named_block(block)
    {
        return Some(found);
    }
    match name {
        "L1" => return Some(span('\0', '\u{ff}')),
        "all" | "ALL" | "Any" => return Some(span('\0', char::MAX)),
        "LD" => return unicode(r"[\p{L}\p{Nd}]"),
        _ => {}
    }
    // A bare `\p{IsGreek}` is the script, `\p{IsL}` the category: the library knows neither prefix.
    let bare = name.strip_prefix("Is").or_else(|| name.strip_prefix("is")).unwrap_or(name);
    unicode(&format!(r"\p{{{bare}}}"))
}

/// POSIX names in Java: ASCII alone.
fn posix(name: &str) -> Option<ClassUnicode> {
    unicode(match name {
        "Lower" => "[a-z]",
        "Upper" => "[A-Z]",
        "ASCII" => r"[\x00-\x7F]",
        "Alpha" => "[A-Za-z]",
        "Digit" => "[0-9]",
        "Alnum" => "[0-9A-Za-z]",
        "Punct" => r"[!-/:-@\[-`{-~]",
        "Graph" => "[!-~]",
        "Print" => "[ -~]",
        "Blank" => r"[ \t]",
        "Cntrl" => r"[\x00-\x1F\x7F]",
        "XDigit" => "[0-9A-Fa-f]",
        "Space" => r"[ \t-\r]",
        _ => return None,
    })
}

/// The same names where Unicode gives them their meaning (UTS #18, annex C).
fn posix_of_unicode(name: &str) -> Option<ClassUnicode> {
    unicode(match plain(name).as_str() {
        "lower" => r"\p{Lowercase}",
        "upper" => r"\p{Uppercase}",
        "ascii" => r"[\x00-\x7F]",
        "alpha" => r"\p{Alphabetic}",
        "digit" => r"\p{Nd}",
        "alnum" => r"[\p{Alphabetic}\p{Nd}]",
        "punct" => r"\p{P}",
        "graph" => r"[^\s\p{Cc}\p{Cs}\p{Cn}]",
        "print" => r"[[^\s\p{Cc}\p{Cs}\p{Cn}]\p{Zs}]",
        "blank" => r"[\p{Zs}\t]",
        "cntrl" => r"\p{Cc}",
        "xdigit" => r"[\p{Nd}\p{Hex_Digit}]",
        "space" => r"\p{White_Space}",
        "word" => r"\w",
        _ => return None,
    })
}

/// What `Character.isX` of Java says.
fn method_of_java(method: &str) -> Option<ClassUnicode> {
    unicode(match method {
        "LowerCase" => r"\p{Lowercase}",
        "UpperCase" => r"\p{Uppercase}",
        "TitleCase" => r"\p{Lt}",
        "Alphabetic" => r"\p{Alphabetic}",
        "Ideographic" => r"\p{Ideographic}",
        "Letter" => r"\p{L}",
        "Digit" => r"\p{Nd}",
        "LetterOrDigit" => r"[\p{L}\p{Nd}]",
        "Defined" => r"\P{Cn}",
        "SpaceChar" => r"\p{Z}",
        "Whitespace" => r"[[\p{Z}\t-\r\x1C-\x1F]--[\u{a0}\u{2007}\u{202f}]]",
        "ISOControl" => r"[\x00-\x1F\x7F-\u{9f}]",
        _ => return None,
    })
}

fn named_block(name: &str) -> Option<ClassUnicode> {
    let name = plain(name);
    let name = OLD_BLOCKS.iter().find(|(old, _)| *old == name).map_or(name.as_str(), |(_, now)| now);
    BLOCKS.lines().find_map(|line| {
        let mut columns = line.split('\t');
        let mut number = || u32::from_str_radix(columns.next()?, 16).ok();
        let (first, last) = (number()?, number()?);
        (plain(columns.next()?) == name).then(|| {
            // Halves of surrogate pairs are no characters: their blocks are empty.
            let ends = char::from_u32(first).zip(char::from_u32(last));
            ClassUnicode::new(ends.map(|(first, last)| ClassUnicodeRange::new(first, last)))
        })
    })
}

/// A name without case, spaces, hyphens and underscores, which play no part.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}
