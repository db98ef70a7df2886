//! Dates inside longer text: `Published by the desk on 1 June 2023 at noon`.

use crate::base::lang::Lang;
use crate::structure::dates::{Found, Token, civil, day_of, order, tokens_of};
use crate::structure::names::{month, weekday};

/// Bytes of a text that are searched.
const SEARCHED: usize = 600;
/// Tokens that may stand between the parts of a date.
const BETWEEN: usize = 2;

/// The first date in the first 600 bytes of `text`; one with a year of two digits counts where there is no other.
pub(in crate::structure) fn find_short(text: &str, lang: &Lang) -> Option<Found> {
    if !text.chars().take(SEARCHED).any(char::is_numeric) {
        return None;
    }
    let tokens = tokens_of(clipped(text), usize::MAX).unwrap_or_default();
    first(&tokens, lang, false).or_else(|| first(&tokens, lang, true))
}

fn clipped(text: &str) -> &str {
    let mut end = text.len().min(SEARCHED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The first date among tokens.
fn first(tokens: &[Token], lang: &Lang, short: bool) -> Option<Found> {
    (0..tokens.len()).find_map(|at| {
        let (found, _) = date(&tokens[at..], lang, short)?;
        let said = said_weekday(&tokens[..at], lang);
        let sound = said.is_none_or(|day| day == day_of(found));
        Some(Found { published: found.to_string(), sound })
    })
}

/// The weekday named just before.
fn said_weekday(before: &[Token], lang: &Lang) -> Option<i8> {
    before.iter().rev().take(2).find_map(|token| match token {
        Token::Word(word) => weekday(word, lang),
        _ => None,
    })
}

/// The date that the tokens begin with, and how many of them it takes.
fn date(tokens: &[Token], lang: &Lang, short: bool) -> Option<(jiff::civil::Date, usize)> {
    match tokens.first()? {
        Token::Number(first, 4) => {
            let (second, length) = numbered_or_named(&tokens[1..], lang)?;
            let (third, last) = number(&tokens[1 + length..])?;
            let date = civil(*first, i8::try_from(second).ok()?, third, lang)?;
            Some((date, 1 + length + last))
        }
        Token::Number(first, 1 | 2) => {
            let rest = &tokens[1..];
            if let Some((month, length)) = named(rest, lang, BETWEEN) {
                let (year, last) = year(&rest[length..], short)?;
                return Some((civil(year, month, *first, lang)?, 1 + length + last));
            }
            let Some(Token::Mark(joint @ ('.' | '/' | '-' | '|'))) = rest.first() else { return None };
            let Some(Token::Number(second, 1 | 2)) = rest.get(1) else { return None };
            if rest.get(2) != Some(&Token::Mark(*joint)) {
                return None;
            }
            let (year, last) = year(&rest[3..], short).filter(|(_, length)| *length == 1)?;
            let date = order([*first, *second, year], None, *joint == '.', lang)?;
            Some((date, 4 + last))
        }
        Token::Word(_) => {
            let (month, length) = named(tokens, lang, 0)?;
            let (day, second) = number(&tokens[length..])?;
            let (year, last) = year(&tokens[length + second..], false)?;
            Some((civil(year, month, day, lang)?, length + second + last))
        }
        _ => None,
    }
}

/// A month's name or number that comes next.
fn numbered_or_named(tokens: &[Token], lang: &Lang) -> Option<(u32, usize)> {
    if let Some((month, length)) = named(tokens, lang, BETWEEN) {
        return Some((u32::from(month.unsigned_abs()), length));
    }
    let joint = match tokens.first()? {
        Token::Mark(mark) => matches!(mark, '-' | '/' | '.'),
        Token::Word(word) => matches!(word.as_str(), "年" | "년"),
        Token::Number(..) => false,
    };
    match tokens.get(1) {
        Some(Token::Number(month, 1 | 2)) if joint => Some((*month, 2)),
        _ => None,
    }
}

/// A month's name after at most `between` other tokens.
fn named(tokens: &[Token], lang: &Lang, between: usize) -> Option<(i8, usize)> {
    for skip in 0..=between {
        match tokens.get(skip)? {
            Token::Word(word) => {
                if let (true, Some(Token::Word(next))) = (opens_month(word), tokens.get(skip + 1))
                    && let Some(found) = month(&format!("{word} {next}"), lang)
                {
                    return Some((found, skip + 2));
                }
                if let (true, Some(Token::Number(value, 1 | 2))) =
                    (matches!(word.as_str(), "tháng" | "thg"), tokens.get(skip + 1))
                {
                    return Some((i8::try_from(*value).ok()?, skip + 2));
                }
                if let Some(found) = month(word, lang) {
                    return Some((found, skip + 1));
                }
                if !is_small(word) {
                    return None;
                }
            }
            Token::Mark('.' | ',' | '-' | '/' | '\u{2011}' | '–') => {}
            _ => return None,
        }
    }
    None
}

/// Whether a word may begin a month's name of two words.
fn opens_month(word: &str) -> bool {
    matches!(word, "an" | "deireadh" | "tháng" | "كانون" | "تشرين" | "meán" | "ماه")
}

/// Words inside a date: `1st of June`, `1 de junio`.
fn is_small(word: &str) -> bool {
    word.chars().count() <= 3
}

/// A day's number that comes next.
fn number(tokens: &[Token]) -> Option<(u32, usize)> {
    for skip in 0..=BETWEEN {
        match tokens.get(skip)? {
            Token::Number(value, 1 | 2) => return Some((*value, skip + 1)),
            Token::Number(..) => return None,
            Token::Word(word) if !is_small(word) => return None,
            _ => {}
        }
    }
    None
}

/// A year that comes next.
fn year(tokens: &[Token], short: bool) -> Option<(u32, usize)> {
    for skip in 0..=BETWEEN + 1 {
        match tokens.get(skip)? {
            Token::Number(value, 4) => return Some((*value, skip + 1)),
            Token::Number(value, 2) if short => return Some((century(*value), skip + 1)),
            Token::Number(..) => return None,
            Token::Mark(mark) if !matches!(mark, '.' | ',' | '-' | '/' | '’' | '\'') => return None,
            Token::Word(word) if !is_small(word) && word != "года" => return None,
            _ => {}
        }
    }
    None
}

/// The year that two digits stand for: 1970 to 2069, as POSIX has it, near enough.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}
