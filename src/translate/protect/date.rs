//! Dates and times of day, in figures and with the names of months that `structure` knows.

use super::digits::{digit, few_digits};
use super::value::{Day, Time, Value};
use super::{Item, Kind, Scan};
use crate::structure::names::month;

/// Words that may stand between the parts of a date.
const BETWEEN: &[&str] = &["of", "de", "del", "d", "di", "van", "den", "die", "the", "dne", "le", "г", "m"];
/// Endings of ordinal numbers and words behind a day: `3rd`, `1er`, `3-го`.
const ORDINAL: &[&str] = &["st", "nd", "rd", "th", "er", "re", "e", "º", "ª", "го", "-го", "."];

impl<'t> Scan<'t, '_> {
    /// A date that begins with figures at `at`.
    pub(super) fn date(&self, at: usize) -> Option<Item<'t>> {
        digit(self.char_at(at)?)?;
        if self.char_before(at).is_some_and(|c| digit(c).is_some() || c.is_alphabetic() && c.is_ascii()) {
            return None;
        }
        let found = self.numeric(at).or_else(|| self.ideographic(at)).or_else(|| self.written(at));
        found.map(|(day, end)| self.made(Kind::Date, at..end, Value::Day(day)))
    }

    /// `3/5/2023`, `3.5.23`, `2023-05-03`.
    fn numeric(&self, at: usize) -> Option<(Day, usize)> {
        let (a, a_count, a_end) = few_digits(self.rest(at), 4)?;
        let separator = self.char_at(at + a_end).filter(|c| matches!(c, '.' | '/' | '-'))?;
        let b_at = at + a_end + 1;
        let (b, _, b_end) = few_digits(self.rest(b_at), 2)?;
        (self.char_at(b_at + b_end) == Some(separator)).then_some(())?;
        let c_at = b_at + b_end + 1;
        let (c, c_count, c_end) = few_digits(self.rest(c_at), 4)?;
        let end = c_at + c_end;
        let goes_on = self
            .char_at(end)
            .is_some_and(|c| c == separator && self.char_at(end + 1).and_then(digit).is_some());
        let before = self.char_before(at) == Some(separator);
        if goes_on || (before && separator != '-') {
            return None;
        }
        let sound = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        if a_count == 4 && c_count <= 2 && sound(c, b) {
            return Some((Day { year: Some(a), month: b, day: Some(c), either_way: false }, end));
        }
        if a_count > 2 || !(c_count == 4 || c_count == 2 && separator != '-') {
            return None;
        }
        let american = separator == '/' && self.lang.as_str().eq_ignore_ascii_case("en-US");
        let (day, month) = if (american && sound(b, a)) || !sound(a, b) { (b, a) } else { (a, b) };
        let either_way = separator != '.' && sound(day, month) && sound(month, day);
        sound(day, month).then_some((Day { year: Some(c), month, day: Some(day), either_way }, end))
    }

    /// `2023年5月3日`, `5월 3일`.
    fn ideographic(&self, at: usize) -> Option<(Day, usize)> {
        let part = |at: usize, signs: [char; 2]| {
            let (value, _, bytes) = few_digits(self.rest(at), 4)?;
            let sign_at = at + bytes;
            let sign = self.char_at(sign_at).filter(|c| signs.contains(c))?;
            Some((value, sign_at + sign.len_utf8()))
        };
        let year = part(at, ['年', '년']);
        let month_at = year.map_or(at, |(_, end)| self.after_blanks(end, 1));
        let (month, end) = part(month_at, ['月', '월']).filter(|(month, _)| (1..=12).contains(month))?;
        let day = part(self.after_blanks(end, 1), ['日', '일']).filter(|(day, _)| (1..=31).contains(day));
        let end = day.map_or(end, |(_, end)| end);
        // `5月` alone may be five months.
        (year.is_some() || day.is_some()).then_some(())?;
        Some((Day { year: year.map(|y| y.0), month, day: day.map(|d| d.0), either_way: false }, end))
    }

    /// `3 May 2023`, `3. Mai`, `3 de mayo de 2023`, `2023. május 3.`
    fn written(&self, at: usize) -> Option<(Day, usize)> {
        let (first, count, bytes) = few_digits(self.rest(at), 4)?;
        let start = self.after_between(self.after_ordinal(at + bytes));
        let (month, end) = self.month(start)?;
        if count == 4 {
            let day_at = self.after_blanks(end, 1);
            let (day, _, bytes) =
                few_digits(self.rest(day_at), 2).filter(|(day, ..)| (1..=31).contains(day))?;
            return Some((
                Day { year: Some(first), month, day: Some(day), either_way: false },
                day_at + bytes,
            ));
        }
        (count <= 2 && (1..=31).contains(&first)).then_some(())?;
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((Day { year, month, day: Some(first), either_way: false }, end))
    }

    /// `May 3, 2023`, `May 3`, `May 2023`: a date that begins with the month's name at `at`.
    pub(super) fn month_first(&self, at: usize) -> Option<Item<'t>> {
        let word = self.word(at);
        let behind = self.char_at(at + word.len())?;
        if !(behind.is_whitespace() || behind == '.') {
            return None;
        }
        // Looked at before the name, which costs more.
        // `des 10.` is no December.
        let capitals = matches!(self.lang.primary(), "de" | "en");
        if capitals && word.len() <= 3 && !word.starts_with(char::is_uppercase) {
            return None;
        }
        let near = self.rest(at + word.len()).chars().take(6).any(|c| digit(c).is_some());
        let (month, end) = near.then(|| self.month(at))??;
        let found = self.day_behind(month, end).or_else(|| {
            let (year, end) = self.year(end)?;
            Some((Day { year: Some(year), month, day: None, either_way: false }, end))
        });
        found.map(|(day, end)| self.made(Kind::Date, at..end, Value::Day(day)))
    }

    fn day_behind(&self, month: u32, end: usize) -> Option<(Day, usize)> {
        let day_at = self.after_between(end);
        let (day, _, bytes) = few_digits(self.rest(day_at), 2).filter(|(day, ..)| (1..=31).contains(day))?;
        let end = day_at + bytes;
        let clock = self.char_at(end).is_some_and(|c| matches!(c, ':' | '%'));
        (!clock).then_some(())?;
        let end =
            ORDINAL[..4].iter().find(|o| self.rest(end).starts_with(**o)).map_or(end, |o| end + o.len());
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((Day { year, month, day: Some(day), either_way: false }, end))
    }

    /// A month's name at `at`, and its end with the stop of an abbreviation.
    fn month(&self, at: usize) -> Option<(u32, usize)> {
        let word = self.word(at);
        let number = month(&word.to_lowercase(), self.lang)?;
        let end = at + word.len();
        let next = self.char_at(end + 1).is_some_and(char::is_whitespace);
        let stop = self.char_at(end) == Some('.') && next && word.chars().count() <= 4;
        Some((u32::try_from(number).ok()?, end + usize::from(stop)))
    }

    /// A year of four digits behind `end`, a comma or a word such as `de` between.
    fn year(&self, end: usize) -> Option<(u32, usize)> {
        let comma = usize::from(self.char_at(end) == Some(','));
        let at = self.after_between(end + comma);
        let (year, count, bytes) = few_digits(self.rest(at), 4)?;
        let end = at + bytes;
        let part = self.char_at(end).is_some_and(|c| matches!(c, '.' | ',' | ':'))
            && self.char_at(end + 1).and_then(digit).is_some();
        (count == 4 && (1000..2200).contains(&year) && !part && at > 0).then_some((year, end))
    }

    /// Behind what makes a day an ordinal.
    fn after_ordinal(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let ending =
            ORDINAL.iter().filter(|ending| rest.starts_with(**ending)).max_by_key(|ending| ending.len());
        ending.map_or(at, |ending| at + ending.len())
    }

    /// Behind a blank, and behind a word that may stand between the parts of a date with its blank.
    fn after_between(&self, at: usize) -> usize {
        let start = self.after_blanks(at, 1);
        let word = self.word(start);
        let known = BETWEEN.contains(&word);
        let dotted =
            usize::from(self.char_at(start + word.len()).is_some_and(|c| matches!(c, '.' | '’' | '\'')));
        if known { self.after_blanks(start + word.len() + dotted, 1) } else { start }
    }

    /// A time of day: `5:30`, `17:30:05`, `5.30 pm`, `5 p.m.`, `17h30`.
    pub(super) fn time(&self, at: usize) -> Option<Item<'t>> {
        let near = self.char_before(at);
        if near.is_some_and(|c| {
            digit(c).is_some() || matches!(c, ':' | '.' | ',') && self.is_digit_before(at - 1)
        }) {
            return None;
        }
        let (hour, count, bytes) = few_digits(self.rest(at), 2).filter(|(hour, ..)| *hour <= 24)?;
        let mut end = at + bytes;
        let separator = self.char_at(end);
        let minutes = separator.filter(|c| matches!(c, ':' | '.' | 'h' | '：')).and_then(|c| {
            let start = end + c.len_utf8();
            let (minute, count, bytes) = few_digits(self.rest(start), 2)?;
            (count == 2 && minute < 60).then_some((minute, start + bytes))
        });
        let (mut minute, mut second) = (0, 0);
        if let Some((found, behind)) = minutes {
            (minute, end) = (found, behind);
            let seconds =
                (self.char_at(end) == Some(':')).then(|| few_digits(self.rest(end + 1), 2)).flatten();
            if let Some((found, 2, bytes)) = seconds.filter(|(found, ..)| *found < 60) {
                (second, end) = (found, end + 1 + bytes);
            }
        }
        let spelled = if minutes.is_none() { self.spelled_minutes(end) } else { None };
        if let Some((found, behind)) = spelled {
            (minute, end) = (found, behind);
        }
        let half = self.half(end);
        let sure = match separator {
            Some(':' | '：' | 'h') => minutes.is_some(),
            _ => half.is_some() || minutes.is_some() && self.is_clock(end),
        };
        (sure || spelled.is_some()).then_some(())?;
        let after_noon = half.is_some_and(|(after_noon, _)| after_noon);
        let hour = match half {
            Some(_) if hour <= 12 => hour % 12 + if after_noon { 12 } else { 0 },
            _ => hour,
        };
        let is_of_day = half.is_some() || hour > 12 || (count == 2 && hour < 10);
        let end = half.map_or(end, |(_, end)| end);
        Some(self.made(Kind::Time, at..end, Value::Time(Time { hour, minute, second, is_of_day })))
    }

    /// The minutes of `20 h 30`, `20 h. 30`, `20 heures 30` behind the hour, and their end.
    fn spelled_minutes(&self, end: usize) -> Option<(u32, usize)> {
        let start = self.after_blanks(end, 1);
        let word = self.word(start);
        matches!(word, "h" | "heures" | "heure").then_some(())?;
        let behind = start + word.len();
        let behind = behind + usize::from(self.char_at(behind) == Some('.'));
        let start = self.after_blanks(behind, 1);
        let (minute, count, bytes) = few_digits(self.rest(start), 2)?;
        (count == 2 && minute < 60).then_some((minute, start + bytes))
    }

    fn is_digit_before(&self, at: usize) -> bool {
        self.char_before(at).and_then(digit).is_some()
    }

    /// Whether `p.m.` stands behind `end`, or `a.m.`, and its end.
    fn half(&self, end: usize) -> Option<(bool, usize)> {
        let start = self.after_blanks(end, 1);
        let rest = self.rest(start);
        let forms =
            [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("AM", false), ("PM", true)];
        let more = [
            ("a. m.", false),
            ("p. m.", true),
            ("A.M.", false),
            ("P.M.", true),
            ("a.m", false),
            ("p.m", true),
        ];
        let (form, after_noon) = forms.iter().chain(&more).find(|(form, _)| rest.starts_with(form))?;
        let over = rest[form.len()..].chars().next().is_some_and(char::is_alphanumeric);
        // `5 am See` is German for something else.
        let german = *form == "am" && !self.lang.primary().eq("en");
        (!over && !german).then_some((*after_noon, start + form.len()))
    }

    /// Whether a word behind `end` says that the figures before it are a time.
    fn is_clock(&self, end: usize) -> bool {
        let word = self.word(self.after_blanks(end, 1));
        matches!(word, "Uhr" | "uhr" | "h" | "uur" | "hodin" | "час" | "ч")
    }
}
