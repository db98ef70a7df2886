//! Dates: where they stand, and another one put in for one of them in the form that it has.

use std::ops::Range;

use crate::base::lang::Lang;
use crate::structure::names::{month, month_like};
use crate::translate::protect::{Day, Kind, Value, items};

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// Its bytes.
    pub(super) at: Range<usize>,
    /// What it tells.
    pub(super) day: Day,
}

/// The dates of `text` that can be read in one way.
pub(super) fn find(text: &str, lang: &Lang) -> Vec<Date> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let found = items(text, lang).into_iter().filter(|item| item.kind == Kind::Date);
    let sure = found.filter_map(|item| match item.value {
        Value::Day(day) if !day.either_way || day.day == Some(day.month) => Some(Date { at: item.span, day }),
        _ => None,
    });
    sure.collect()
}

/// The bytes of the month's name in `date` of `text`; `None` where it is a number.
pub(super) fn name(text: &str, date: &Date, lang: &Lang) -> Option<Range<usize>> {
    let start = date.at.start;
    let is_it = |at: &Range<usize>| month_of(&text[at.clone()], lang) == Some(date.day.month);
    pieces(&text[date.at.clone()], char::is_alphabetic).map(|at| at.start + start..at.end + start).find(is_it)
}

fn month_of(word: &str, lang: &Lang) -> Option<u32> {
    u32::try_from(month(&word.to_lowercase(), lang)?).ok()
}

/// Runs of characters that `belongs` holds for, and marks that combine with them.
fn pieces(text: &str, belongs: fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let of_run = move |c: char| belongs(c) || ('\u{300}'..='\u{36f}').contains(&c);
    let mut at = 0;
    text.split_inclusive(move |c: char| !of_run(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let run = piece.trim_end_matches(|c: char| !of_run(c)).len();
        (run > 0).then_some(start..start + run)
    })
}

/// What a number of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Year,
}

/// A change of a text: bytes and what takes their place.
pub(super) type Change = (Range<usize>, String);

/// What to change in `target`, so that its `date`, which stands for `old`, stands for `new`; `None` where its form does not tell
/// for sure how.
///
/// The day and the year keep their number of digits, the month its form: another name in the same case, a short one for a short
/// one. Nothing is given where that form is not known for both, where a part that changes is not told, or where an article or
/// an ending would have to follow the change.
pub(super) fn rewritten(target: &str, date: &Date, old: Day, new: Day, lang: &Lang) -> Option<Vec<Change>> {
    let text = &target[date.at.clone()];
    if text.chars().any(|c| c.is_numeric() && !c.is_ascii_digit()) {
        return None;
    }
    let told = |part: Part, day: Day| match part {
        Part::Day => day.day,
        Part::Month => Some(day.month),
        Part::Year => day.year,
    };
    let name = name(target, date, lang);
    let mut parts = vec![Part::Day, Part::Month, Part::Year];
    parts.retain(|&part| told(part, date.day).is_some() && !(part == Part::Month && name.is_some()));
    let lost = |part| told(part, date.day).is_none() && told(part, old) != told(part, new);
    if lost(Part::Day) || lost(Part::Year) {
        return None;
    }
    let runs: Vec<_> = pieces(text, |c| c.is_ascii_digit())
        .map(|at| at.start + date.at.start..at.end + date.at.start)
        .collect();
    let mut ways = orders(&parts).into_iter().filter(|order| {
        let is = |(part, at): (&Part, &Range<usize>)| {
            let there: Option<u32> = target[at.clone()].parse().ok();
            let same = |value: u32| {
                there == Some(value) || (*part == Part::Year && there == Some(value % 100) && at.len() == 2)
            };
            told(*part, date.day).is_some_and(same)
        };
        order.len() == runs.len() && order.iter().zip(&runs).all(is)
    });
    let padded = runs.iter().any(|at| target[at.clone()].starts_with('0'))
        || runs.iter().filter(|at| at.len() == 1).count() == 0;
    let write = |order: Vec<Part>| -> Option<Vec<Change>> {
        let mut changes = Vec::new();
        for (part, at) in order.into_iter().zip(&runs) {
            let (before, value) = (told(part, old)?, told(part, new)?);
            if before == value {
                continue;
            }
            let written = match part {
                Part::Year if at.len() == 2 => format!("{:02}", value % 100),
                Part::Year => value.to_string(),
                _ if name.is_none() && padded => format!("{value:02}"),
                _ => value.to_string(),
            };
            changes.push(ended(target, at, written, (part, value), lang)?);
        }
        Some(changes)
    };
    let mut changes = write(ways.next()?)?;
    // A day that is its month's number may be either.
    if ways.any(|order| write(order).as_ref() != Some(&changes)) {
        return None;
    }
    if let Some(at) = name.filter(|_| old.month != new.month) {
        changes.push(named(target, at, new.month, lang)?);
    }
    Some(changes)
}

/// All orders of at most three parts.
fn orders(parts: &[Part]) -> Vec<Vec<Part>> {
    if parts.len() < 2 {
        return vec![parts.to_vec()];
    }
    let with_first = |first: usize| {
        let mut rest = parts.to_vec();
        let part = rest.remove(first);
        orders(&rest).into_iter().map(move |order| [vec![part], order].concat())
    };
    (0..parts.len()).flat_map(with_first).collect()
}

/// The change of a number and of the ordinal's ending behind it; `None` where an ending follows that may have to change.
fn ended(
    target: &str,
    at: &Range<usize>,
    written: String,
    (part, value): (Part, u32),
    lang: &Lang,
) -> Option<Change> {
    let rest = &target[at.end..];
    let letters =
        rest.len() - rest.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, 'º' | 'ª')).len();
    let ending = &rest[..letters];
    let joined =
        rest.strip_prefix(['-', '\'', '’']).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if joined && !rest.starts_with("-го") {
        return None;
    }
    let lang = lang.primary();
    if part == Part::Day && lang == "fr" && matches!(ending, "er" | "") {
        let ending_now = if value == 1 { "er" } else { "" };
        return Some((at.start..at.end + letters, written + ending_now));
    }
    match ending {
        "" | "年" | "月" | "日" | "년" | "월" | "일" => Some((at.clone(), written)),
        "st" | "nd" | "rd" | "th" if lang == "en" => {
            let ending = match (value % 10, value / 10) {
                (1, tens) if tens != 1 => "st",
                (2, tens) if tens != 1 => "nd",
                (3, tens) if tens != 1 => "rd",
                _ => "th",
            };
            Some((at.start..at.end + letters, written + ending))
        }
        "º" if part == Part::Day && value > 1 => Some((at.start..at.end + letters, written)),
        "e" if lang == "nl" => Some((at.clone(), written)),
        _ => None,
    }
}

/// The change of a month's name to that of `month`, with the stop of a short form.
fn named(target: &str, at: Range<usize>, month: u32, lang: &Lang) -> Option<Change> {
    let old = &target[at.clone()];
    let (name, short) = month_like(&old.to_lowercase(), i8::try_from(month).ok()?, lang)?;
    let before = target[..at.start].trim_end();
    let elides = before.ends_with(['\'', '’']);
    let article = elides || matches!(lang.primary(), "fr" | "ca") && before.ends_with("de");
    let vowel = |word: &str| word.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'h']);
    if article && vowel(old) != vowel(name) {
        return None;
    }
    let mut capitals = old.chars().map(char::is_uppercase);
    let written = match (capitals.next(), capitals.next()) {
        (Some(true), Some(true)) => name.to_uppercase(),
        (Some(true), _) => {
            let mut chars = name.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
        }
        _ => name.to_owned(),
    };
    let stop = target[at.end..].starts_with('.') && !short;
    Some((at.start..at.end + usize::from(stop), written))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(target: &str, lang: &str, old: &str, new: &str) -> Option<String> {
        let lang = Lang::parse(lang).expect("a tag");
        let day = |text: &str| find(text, &Lang::parse("en").expect("a tag"))[0].day;
        let date = find(target, &lang).into_iter().next()?;
        let mut changes = rewritten(target, &date, day(old), day(new), &lang)?;
        changes.sort_by_key(|(at, _)| at.start);
        let mut out = target.to_owned();
        for (at, text) in changes.into_iter().rev() {
            out.replace_range(at, &text);
        }
        Some(out)
    }

    #[test]
    fn dates_keep_the_form_that_they_have() {
        let (old, new) = ("3 May 2023", "14 June 2022");
        for (target, lang, expected) in [
            ("Le 3 mai 2023.", "fr", "Le 14 juin 2022."),
            ("Am 3. Mai 2023 war es", "de", "Am 14. Juni 2022 war es"),
            ("on May 3rd, 2023", "en", "on June 14th, 2022"),
            ("3 мая 2023 года", "ru", "14 июня 2022 года"),
            ("3 maja 2023", "pl", "14 czerwca 2022"),
            ("el 3 de mayo de 2023", "es", "el 14 de junio de 2022"),
            ("2023. május 3.", "hu", "2022. június 14."),
            ("2023年5月3日", "ja", "2022年6月14日"),
            ("03.05.2023", "de", "14.06.2022"),
            ("3.5.23", "de", "14.6.22"),
            ("2023-05-03", "sv", "2022-06-14"),
            ("LE 3 MAI 2023", "fr", "LE 14 JUIN 2022"),
        ] {
            assert_eq!(put(target, lang, old, new).as_deref(), Some(expected), "{target}");
        }
        assert_eq!(put("3. Jan. 2023", "de", "3 January 2023", "4 May 2022").as_deref(), Some("4. Mai 2022"));
        assert_eq!(
            put("3 janv. 2023", "fr", "3 January 2023", "1 February 2023").as_deref(),
            Some("1er févr. 2023")
        );
        assert_eq!(put("le 1er mai", "fr", "1 May", "2 June").as_deref(), Some("le 2 juin"));
    }

    #[test]
    fn where_the_form_does_not_tell_how_nothing_is_put_in() {
        let (old, new) = ("3 May 2023", "4 April 2022");
        assert_eq!(put("le 3 mai", "fr", old, new), None, "the year is not told");
        assert_eq!(put("début de mai 2023", "fr", "May 2023", "April 2023"), None, "de would be d’");
        assert_eq!(put("2023. május 3-án", "hu", old, new), None, "the ending follows the number");
        assert_eq!(put("3. září 2023", "cs", "3 September 2023", "4 May 2023"), None, "which case is it?");
        assert_eq!(put("3 May 2023", "fr", old, new), None, "not in the language of the target");
        assert_eq!(put("05.05.2023", "de", "5 May 2023", "6 July 2023"), None, "which is the day?");
    }
}
