//! Years and months of other calendars: the Buddhist and Persian ones, years of reigns, numbers written in Han.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;

/// Years of the Buddha begin so many years earlier.
const BUDDHIST: i16 = 543;

/// A year as the Gregorian calendar counts it, where it can only be one counted from the Buddha.
pub(super) fn gregorian_year(year: i16) -> i16 {
    if (2443..=2743).contains(&year) { year - BUDDHIST } else { year }
}

/// Whether a year can be one of the Persian calendar that [`persian`] knows.
pub(super) fn is_persian(year: u32) -> bool {
    (1343..=1472).contains(&year)
}

/// The day of a Persian date in the years 1343 to 1472 (1964 to 2094), in which the leap years of the sun's course are
/// those of a cycle of 33 years.
pub(super) fn persian(year: u32, month: u32, day: u32) -> Option<Date> {
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + u32::from(is_leap(year)),
        _ => return None,
    };
    if !is_persian(year) || !(1..=length).contains(&day) {
        return None;
    }
    let years: u32 = (1343..year).map(|year| 365 + u32::from(is_leap(year))).sum();
    let months = (month - 1) * 30 + (month - 1).min(6);
    let days = i64::from(years + months + day - 1);
    Date::constant(1964, 3, 21).checked_add(days.days()).ok()
}

fn is_leap(year: u32) -> bool {
    matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

/// The Persian month, from 1, that `word` names.
pub(super) fn persian_month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "فروردین",
        "اردیبهشت",
        "خرداد",
        "تیر",
        "مرداد",
        "شهریور",
        "مهر",
        "آبان",
        "آذر",
        "دی",
        "بهمن",
        "اسفند",
    ];
    let number = MONTHS.iter().position(|month| *month == word)?;
    u32::try_from(number + 1).ok()
}

/// `text` with years of reigns and numbers in Han before 年, 月 and 日 as others write them: `令和5年六月一日` as
/// `2023年6月1日`.
pub(super) fn modern(text: &str) -> Cow<'_, str> {
    if !text.contains('年') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut number = String::new();
    for c in text.chars() {
        match c {
            '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '元' =>
            {
                number.push(c);
            }
            _ => {
                if matches!(c, '年' | '月' | '日' | '號' | '号') {
                    out.extend(value(&number).map(|value| value.to_string()));
                } else {
                    out.push_str(&number);
                }
                number.clear();
                out.push(c);
            }
        }
    }
    out.push_str(&number);
    Cow::Owned(reigns(out))
}

/// The number that Han digits write, by place or with 十.
fn value(digits: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '〇' | '零' => Some(0),
        '元' => Some(1),
        c => "一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u32::try_from(at + 1).ok()),
    };
    if digits.is_empty() || digits.chars().count() > 4 {
        return None;
    }
    if let Some((tens, ones)) = digits.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digit(tens.chars().next()?)? };
        let ones = if ones.is_empty() { 0 } else { digit(ones.chars().next()?)? };
        return Some(10 * tens + ones);
    }
    digits.chars().try_fold(0, |sum, c| Some(10 * sum + digit(c)?))
}

/// `text` with the first year of a reign in it as a year of the common era.
fn reigns(text: String) -> String {
    const REIGNS: [(&str, u32); 5] =
        [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];
    for (reign, before) in REIGNS {
        let Some(at) = text.find(reign) else { continue };
        let rest = text[at + reign.len()..].trim_start();
        let digits: String =
            rest.chars().map_while(super::digit).filter_map(|d| char::from_digit(d, 10)).collect();
        let after = rest.find('年');
        if let (Ok(year), Some(after)) = (digits.parse::<u32>(), after)
            && digits.len() <= 3
        {
            return format!("{}{}{}", &text[..at], before + year, &rest[after..]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days_are_those_of_the_common_calendar() {
        for (year, month, day, wanted) in [
            (1402, 3, 11, "2023-06-01"),
            (1402, 1, 1, "2023-03-21"),
            (1403, 1, 1, "2024-03-20"),
            (1399, 12, 30, "2021-03-20"),
            (1357, 11, 22, "1979-02-11"),
        ] {
            assert_eq!(persian(year, month, day).map(|date| date.to_string()).as_deref(), Some(wanted));
        }
        assert_eq!(persian(1402, 12, 30), None);
        assert_eq!(persian(1402, 13, 1), None);
    }

    #[test]
    fn reigns_and_han_numbers_are_written_as_others() {
        assert_eq!(modern("令和5年6月1日"), "2023年6月1日");
        assert_eq!(modern("二〇二三年十二月三十一日"), "2023年12月31日");
        assert_eq!(modern("平成元年一月八日"), "1989年1月8日");
        assert_eq!(modern("民國112年6月1日"), "2023年6月1日");
        assert_eq!(modern("一年"), "1年");
    }
}
