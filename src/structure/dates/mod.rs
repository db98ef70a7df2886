//! Dates as articles print them, in many languages, scripts and orders.
//!
//! To teach it a language: its names of months and weekdays in `data/`; a word that may stand beside a date: `BESIDE`.

mod calendar;
mod find;
mod relative;

use jiff::civil::Date;

use crate::base::lang::Lang;
use crate::structure::names::{month, weekday};

pub use relative::relative;

pub(super) use find::find_short;

/// The date that `text` (mostly) is, as `YYYY-MM-DD`, or the RFC 3339 time as given when it has an offset.
///
/// Reads ISO 8601, `1 June 2023`, `June 1, 2023`, `2023年6月1日`, `1.6.2023` and the like in the digits of any script; a
/// weekday, a time, `Updated:` and up to two other words may stand beside it. A numeric date whose order is not settled
/// by the language, a number over 12 or its weekday is refused, and so is a year of two digits.
///
/// ```
/// # use nutgraf::{Lang, structure::dates::parse};
/// let en = Lang::parse("en").expect("a tag");
/// assert_eq!(parse("Updated: 13 Mar 2024, 14:05", &en).as_deref(), Some("2024-03-13"));
/// assert_eq!(parse("03/04/2024", &en), None);
/// assert_eq!(parse("03/04/2024", &Lang::parse("fr").expect("a tag")).as_deref(), Some("2024-04-03"));
/// ```
pub fn parse(text: &str, lang: &Lang) -> Option<String> {
    read(text, lang).map(|found| found.published)
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// As [`parse`] gives it.
    pub(super) published: String,
    /// Whether the weekday beside it is the right one, or none was given.
    pub(super) sound: bool,
}

/// Longest line that can be a date, in bytes.
const LONGEST: usize = 120;
/// Most words beside a date that mean nothing here.
const STRANGE: usize = 2;
/// Most words of a line with bars or dashes beside the part that is a date.
const ASIDE: usize = 6;
/// Most tokens of a line that is a date.
const TOKENS: usize = 28;
/// Years that articles come from.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2200;

/// Words that may stand beside a date without making the line about something else.
const BESIDE: &[&str] = &[
    "at",
    "on",
    "of",
    "the",
    "de",
    "del",
    "do",
    "da",
    "di",
    "à",
    "a",
    "h",
    "um",
    "uhr",
    "am",
    "pm",
    "gmt",
    "utc",
    "cet",
    "cest",
    "et",
    "est",
    "edt",
    "pt",
    "pst",
    "pdt",
    "bst",
    "ist",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "den",
    "le",
    "el",
    "il",
    "kl",
    "klo",
    "la",
    "las",
    "los",
    "г",
    "года",
    "год",
    "р",
    "року",
    "в",
    "ngày",
    "năm",
    "tháng",
    "lúc",
    "م",
    "ص",
    "ق",
    "ه",
    "updated",
    "published",
    "posted",
    "date",
    "last",
    "o",
    "m",
    "p",
    "msk",
    "мск",
    "วันที่",
    "พ",
    "ศ",
    "tanggal",
    "pukul",
    "wib",
    "στις",
    "ώρα",
    "saat",
    "i",
];

pub(super) fn read(text: &str, lang: &Lang) -> Option<Found> {
    let text = &*calendar::modern(text.trim());
    if text.len() > LONGEST || !text.chars().any(char::is_numeric) {
        return None;
    }
    if let Some(found) = rfc3339(text) {
        return Some(found);
    }
    if let Some(found) = tokens(text).and_then(|tokens| from_tokens(&tokens, lang)) {
        return Some(found);
    }
    let parts = text.split(['|', '–', '—', '/', '•', '·']);
    let few = |part: &str| text.split_whitespace().count() <= part.split_whitespace().count() + ASIDE;
    parts
        .filter(|part| part.len() < text.len() && few(part))
        .find_map(|part| from_tokens(&tokens(part)?, lang))
}

/// A time with an offset, kept as given.
fn rfc3339(text: &str) -> Option<Found> {
    let bytes = text.as_bytes();
    let shaped =
        bytes.len() >= 17 && bytes[4] == b'-' && matches!(bytes[10], b'T' | b't' | b' ') && text.is_ascii();
    let whole = shaped && text.parse::<jiff::Timestamp>().is_ok();
    whole.then(|| Found { published: text.to_owned(), sound: true })
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A number: value, digits.
    Number(u32, usize),
    /// Letters, in lower case.
    Word(String),
    /// Anything else but blanks.
    Mark(char),
}

/// The tokens of a line; `None` when there are too many for a date.
fn tokens(text: &str) -> Option<Vec<Token>> {
    tokens_of(text, TOKENS)
}

/// The tokens of a text; `None` when there are more than `most`.
fn tokens_of(text: &str, most: usize) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some(next) = chars.peek().copied().and_then(self::digit) {
                chars.next();
                digits += 1;
                value = value.saturating_mul(10).saturating_add(next);
            }
            tokens.push(Token::Number(value, digits));
        } else if c.is_alphabetic() {
            let mut word: String = c.to_lowercase().collect();
            // Han and Kana words are one character here: 年, 月, 日 stand against their numbers.
            loop {
                if let Some(next) = chars.next_if(|n| joins(*n) && !is_han(c)) {
                    word.extend(next.to_lowercase());
                } else if is_thai(c)
                    && chars.peek() == Some(&'.')
                    && chars.clone().nth(1).is_some_and(is_thai)
                {
                    // Thai shortens names letter by letter: `มิ.ย.`
                    word.extend(chars.next());
                } else {
                    break;
                }
            }
            tokens.push(Token::Word(word));
        } else if !c.is_whitespace() && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{FEFF}') {
            tokens.push(Token::Mark(c));
        }
        if tokens.len() > most {
            return None;
        }
    }
    Some(tokens)
}

/// Whether `c` goes on a word: letters, combining vowels and joiners, apostrophes.
fn joins(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{64B}'..='\u{652}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}')
        || matches!(c, '\u{A3C}'..='\u{D4D}' | '\u{E31}'..='\u{E4E}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_thai(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E2E}')
}

/// The value of a decimal digit of any script in use.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 16] = [
        '0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}',
        '\u{C66}', '\u{CE6}', '\u{D66}', '\u{E50}', '\u{ED0}', '\u{1040}', '\u{FF10}',
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    ZEROS.iter().map(|zero| (c as u32).wrapping_sub(*zero as u32)).find(|value| *value < 10)
}

/// What the tokens of a line say.
#[derive(Debug, Default)]
struct Parts {
    weekday: Option<i8>,
    month: Option<i8>,
    /// Numbers that are neither month nor time, with how many digits each has.
    numbers: Vec<(u32, usize)>,
    /// Marks that stand between two numbers.
    joints: Vec<char>,
    strange: usize,
}

fn from_tokens(tokens: &[Token], lang: &Lang) -> Option<Found> {
    let parts = parts(tokens, lang)?;
    if parts.strange > STRANGE {
        return None;
    }
    let date = match (parts.month, parts.numbers.as_slice()) {
        (Some(month), [(a, digits), (b, _)]) => {
            let (year, day) = if *digits == 4 { (*a, *b) } else { (*b, *a) };
            civil(year, month, day, lang)
        }
        (None, [a, b, c]) => numeric([*a, *b, *c], &parts, lang),
        _ => None,
    }?;
    let sound = parts.weekday.is_none_or(|weekday| day_of(date) == weekday);
    Some(Found { published: date.to_string(), sound })
}

fn parts(tokens: &[Token], lang: &Lang) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        let next = tokens.get(i + 1);
        match token {
            Token::Number(value, digits) => {
                if let Some(skip) = time(&tokens[i..]) {
                    i += skip;
                    continue;
                }
                if let (Some(Token::Mark(mark)), Some(Token::Number(..))) = (next, tokens.get(i + 2)) {
                    parts.joints.push(*mark);
                }
                parts.numbers.push((*value, *digits));
            }
            Token::Word(word) if matches!(word.as_str(), "kl" | "klo" | "pukul" | "jam" | "ora" | "ore") => {
                i += clock(&tokens[i + 1..]);
            }
            Token::Word(word) => i += named(word, next, lang, &mut parts),
            Token::Mark(_) => {}
        }
        i += 1;
        if parts.numbers.len() > 3 {
            return None;
        }
    }
    Some(parts)
}

/// Takes a word into account; gives how many of the tokens after it went with it.
fn named(word: &str, next: Option<&Token>, lang: &Lang, parts: &mut Parts) -> usize {
    if let Some(Token::Word(after)) = next {
        let both = format!("{word} {after}");
        if let Some(day) = weekday(&both, lang) {
            parts.weekday.get_or_insert(day);
            return 1;
        }
        if let Some(found) = month(&both, lang).filter(|_| parts.month.is_none()) {
            parts.month = Some(found);
            return 1;
        }
    }
    if let (true, Some(Token::Number(value, _))) = (matches!(word, "tháng" | "thg"), next) {
        parts.month = i8::try_from(*value).ok().filter(|m| (1..=12).contains(m));
        return 1;
    }
    if is_han(word.chars().next().unwrap_or_default()) || matches!(word, "년" | "월" | "일") {
        parts.joints.push('年');
    } else if let Some(found) = month_of(word, lang).filter(|_| parts.month.is_none()) {
        parts.month = Some(found);
    } else if let Some(day) = weekday(word, lang) {
        parts.weekday.get_or_insert(day);
    } else if !BESIDE.contains(&word) && !matches!(lang.primary(), "ko" | "th") {
        parts.strange += 1;
    }
    0
}

/// The month that a word names; one of the Persian calendar counts in Persian.
fn month_of(word: &str, lang: &Lang) -> Option<i8> {
    month(word, lang).or_else(|| {
        let persian = calendar::persian_month(word).filter(|_| lang.primary() == "fa")?;
        i8::try_from(persian).ok()
    })
}

/// How many tokens a time takes after a word that announces one: `kl. 10.30`.
fn clock(tokens: &[Token]) -> usize {
    let dot = usize::from(tokens.first() == Some(&Token::Mark('.')));
    match tokens.get(dot..).unwrap_or_default() {
        [Token::Number(..), Token::Mark('.' | ':'), Token::Number(_, 2), ..] => dot + 3,
        [Token::Number(_, 1 | 2), ..] => dot + 1,
        _ => dot,
    }
}

/// How many tokens a time of day at the front takes: `14:05`, `14:05:30`, `6 p.m.`, `17.30 Uhr`, `14h05`.
fn time(tokens: &[Token]) -> Option<usize> {
    let Some(Token::Number(hour, 1 | 2)) = tokens.first() else { return None };
    if *hour > 24 {
        return None;
    }
    match (tokens.get(1), tokens.get(2), tokens.get(3)) {
        (Some(Token::Mark(':' | '：')), Some(Token::Number(..)), Some(Token::Mark(':'))) => Some(5),
        (Some(Token::Mark(':' | '：')), Some(Token::Number(..)), _) => Some(3),
        (Some(Token::Mark('.')), Some(Token::Number(_, 2)), Some(Token::Word(w))) if w == "uhr" => Some(4),
        (Some(Token::Word(w)), Some(Token::Number(_, 2)), _) if w == "h" => Some(3),
        (Some(Token::Word(w)), ..) if matches!(w.as_str(), "am" | "pm" | "uhr" | "時" | "时") => Some(2),
        _ => None,
    }
}

/// The date of three numbers, in the order that their digits, marks and language say.
fn numeric(numbers: [(u32, usize); 3], parts: &Parts, lang: &Lang) -> Option<Date> {
    let [(a, a_digits), (b, _), (c, c_digits)] = numbers;
    if parts.joints.len() < 2 || parts.strange > 0 && !parts.joints.contains(&'年') {
        return None;
    }
    let month = |value: u32| i8::try_from(value).ok();
    if a_digits == 4 {
        return civil(a, month(b)?, c, lang);
    }
    if c_digits != 4 {
        return None;
    }
    order([a, b, c], parts.weekday, parts.joints.contains(&'.'), lang)
}

/// The date of a day and a month, in the order that is possible, agrees with the weekday or is the language's, and a year.
fn order([a, b, c]: [u32; 3], weekday: Option<i8>, dotted: bool, lang: &Lang) -> Option<Date> {
    let month = |value: u32| i8::try_from(value).ok();
    let day_first = civil(c, month(b)?, a, lang);
    let month_first = civil(c, month(a)?, b, lang);
    let (Some(df), Some(mf)) = (day_first, month_first) else {
        return day_first.or(month_first);
    };
    if df == mf {
        return Some(df);
    }
    if let Some(weekday) = weekday {
        let agrees = |date| day_of(date) == weekday;
        if agrees(df) != agrees(mf) {
            return Some(if agrees(df) { df } else { mf });
        }
    }
    match lang.as_str() {
        "en-US" | "en-PH" => Some(mf),
        _ if dotted => Some(df),
        // English alone may be American or not, and some languages put the year first: nothing settles the order.
        "en" | "en-CA" | "und" => None,
        _ if matches!(lang.primary(), "zh" | "ja" | "ko" | "hu" | "lt" | "mn") => None,
        _ => Some(df),
    }
}

/// The weekday of a date, 1 for Monday.
fn day_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// A date that exists, in a year that articles come from; the Persian and Buddhist calendars are known by their years.
fn civil(year: u32, month: i8, day: u32, lang: &Lang) -> Option<Date> {
    if lang.primary() == "fa" && calendar::is_persian(year) {
        return calendar::persian(year, u32::try_from(month).ok()?, day);
    }
    let year = calendar::gregorian_year(i16::try_from(year).ok()?);
    YEARS.contains(&year).then(|| Date::new(year, month, i8::try_from(day).ok()?).ok())?
}

#[cfg(test)]
mod tests;
