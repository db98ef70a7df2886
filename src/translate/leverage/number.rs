//! Numbers in digits: where they stand, what they are worth, and how they are written elsewhere.

use std::ops::Range;

/// The bytes of the numbers of `text`, in order: digits with their separators, which are `,` `.` `'` or a space before
/// exactly three digits. Digits that touch a letter (`A4`, `3rd`) are part of a word and not found.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = end_of(text, at);
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_some_and(is_of_word) && !after.is_some_and(is_of_word) {
            found.push(at..end);
        }
        at = end;
    }
    found
}

/// Whether a character beside digits makes them part of a word; ideographs and kana do not.
fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !matches!(c, '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}')
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn end_of(text: &str, start: usize) -> usize {
    let first = digits(&text[start..]);
    let mut end = start + first;
    let mut spaced = false;
    while let Some(separator) = text[end..].chars().next() {
        let from = end + separator.len_utf8();
        let more = digits(&text[from..]);
        let joins = match separator {
            '.' | ',' | '\'' | '\u{2019}' => more > 0,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                more == 3 && (spaced || (first <= 3 && end == start + first))
            }
            _ => false,
        };
        if !joins {
            break;
        }
        spaced |= separator.is_whitespace();
        end = from + more;
    }
    end
}

/// What a number is made of, without the way it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Digits before the decimal mark, separators left out.
    pub whole: String,
    /// Digits behind it; `None` without a mark.
    pub fraction: Option<String>,
    /// What stood between groups of three.
    pub group: Option<char>,
    /// The decimal mark.
    pub mark: Option<char>,
}

/// Reads a number as `lang` writes it; `None` for what is not one (`1.2.2026`, `10,5,3`).
///
/// A separator that stands twice, or with another one behind it, makes groups. One alone is the decimal mark of the language or,
/// where three digits follow the other one, makes groups too.
pub fn read(text: &str, lang: &str) -> Option<Number> {
    let separators: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_ascii_digit()).collect();
    let whole_of = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    let Some(&(at, last)) = separators.last() else {
        return Some(Number { whole: text.to_owned(), fraction: None, group: None, mark: None });
    };
    let behind = &text[at + last.len_utf8()..];
    let others = &separators[..separators.len() - 1];
    let is_mark = if others.iter().any(|&(_, c)| c == last) || !matches!(last, '.' | ',') {
        false
    } else if others.is_empty() {
        last == decimal_mark(lang) || behind.len() != 3 || text.starts_with('0')
    } else {
        true
    };
    let (grouped, fraction) = if is_mark { (&text[..at], Some(behind.to_owned())) } else { (text, None) };
    let mut groups = grouped.split(|c: char| !c.is_ascii_digit());
    let first = groups.next().map_or(0, str::len);
    let rest: Vec<usize> = groups.map(str::len).collect();
    let mut kinds = separators.iter().map(|&(_, c)| c).take(rest.len());
    let group = kinds.next();
    let is_number = kinds.all(|c| Some(c) == group)
        && (rest.is_empty() || (1..=3).contains(&first))
        && rest.iter().all(|&digits| digits == 3);
    is_number.then(|| Number { whole: whole_of(grouped), fraction, group, mark: is_mark.then_some(last) })
}

impl Number {
    /// Whether both are worth the same.
    pub fn equals(&self, other: &Self) -> bool {
        let plain = |whole: &str| whole.trim_start_matches('0').to_owned();
        plain(&self.whole) == plain(&other.whole) && self.fraction == other.fraction
    }

    /// The number as `lang` writes it, with the separators of `like` where that one shows them.
    ///
    /// Four digits get a group mark only where both this number and, if it could show it, `like` have one: years have none.
    pub fn written(&self, like: &Self, lang: &str) -> String {
        let mark = like.mark.unwrap_or_else(|| decimal_mark(lang));
        let bare = like.group.is_none() && like.whole.len() > 3;
        let group = match like.group {
            Some(group) if self.group.is_some() || self.whole.len() > 4 => Some(group),
            None if self.group.is_some() && !bare => Some(group_mark(lang)),
            _ => None,
        };
        let mut out = String::new();
        for (place, digit) in self.whole.chars().enumerate() {
            if let Some(group) = group
                && place > 0
                && (self.whole.len() - place).is_multiple_of(3)
            {
                out.push(group);
            }
            out.push(digit);
        }
        if let Some(fraction) = &self.fraction {
            out.push(mark);
            out.push_str(fraction);
        }
        out
    }
}

fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

/// What stands before decimals (CLDR, the most common form of each language).
fn decimal_mark(lang: &str) -> char {
    match primary(lang) {
        "en" | "zh" | "ja" | "ko" | "th" | "he" | "hi" | "bn" | "ta" | "ms" | "ga" | "mt" | "cy" | "sw"
        | "ur" => '.',
        _ => ',',
    }
}

/// What stands between groups of three (CLDR, the most common form of each language).
fn group_mark(lang: &str) -> char {
    match primary(lang) {
        "fr" => '\u{202F}',
        "pl" | "cs" | "sk" | "ru" | "uk" | "bg" | "sv" | "nb" | "no" | "fi" | "et" | "lv" | "lt" | "hu" => {
            '\u{A0}'
        }
        lang if decimal_mark(lang) == '.' => ',',
        _ => '.',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn numbers_are_found_with_their_separators() {
        assert_eq!(
            found("12,500 t, 3.5; 1 200 300 and 2020 300."),
            ["12,500", "3.5", "1 200 300", "2020", "300"]
        );
        assert_eq!(found("A4, 3rd, 10:30, 5%, 第3章"), ["10", "30", "5", "3"]);
    }

    #[test]
    fn numbers_are_read_as_their_language_writes_them() {
        let parts = |text, lang| read(text, lang).map(|n| (n.whole, n.fraction.unwrap_or_default()));
        assert_eq!(parts("12,500", "en"), Some(("12500".into(), String::new())));
        assert_eq!(parts("12,500", "de"), Some(("12".into(), "500".into())));
        assert_eq!(parts("1.234.567,8", "de"), Some(("1234567".into(), "8".into())));
        assert_eq!(parts("12,5", "en"), Some(("12".into(), "5".into())));
        assert_eq!(parts("1.2.2026", "de"), None);
    }

    #[test]
    fn numbers_are_written_as_the_other_one_is() {
        let written =
            |number: &str, like: &str| read(number, "en").unwrap().written(&read(like, "de").unwrap(), "de");
        assert_eq!(written("1,300,250", "12.500"), "1.300.250");
        assert_eq!(written("1,300", "900"), "1.300");
        assert_eq!(written("2.5", "3"), "2,5");
        assert_eq!(written("2027", "2026"), "2027");
    }
}
