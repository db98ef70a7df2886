//! The days a digest covers, by what its documents say and what was asked for; never by a clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Which days are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Wanted {
    /// The newest day of all documents.
    #[default]
    Newest,
    /// This day.
    Day(Date),
    /// All days, and documents without one.
    All,
}

/// A choice of days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The last day.
    pub wanted: Wanted,
    /// How many days up to the last, 1 or more; one where neither this nor `since` is given.
    pub days: Option<u32>,
    /// No day before this.
    pub since: Option<Date>,
}

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is in the digest.
    In,
    /// Its day is another.
    OtherDay,
    /// It has no date, where others have one.
    Undated,
}

impl Choice {
    /// The first and the last day, where documents have the `dates`; `None` takes all documents: that was asked for, or none of
    /// them has a date.
    pub fn range(&self, dates: impl Iterator<Item = Date>) -> Option<(Date, Date)> {
        let newest = dates.max();
        let last = match self.wanted {
            Wanted::All => return self.since.map(|since| (since, Date::MAX)),
            Wanted::Day(day) => newest.map(|_| day)?,
            Wanted::Newest => newest?,
        };
        let back = |days: u32| {
            let span = jiff::Span::new().try_days(i64::from(days.max(1)) - 1);
            span.and_then(|span| last.checked_sub(span)).unwrap_or(Date::MIN)
        };
        let first = match (self.since, self.days) {
            (None, days) => back(days.unwrap_or(1)),
            (Some(since), None) => since,
            (Some(since), Some(days)) => since.max(back(days)),
        };
        Some((first, last))
    }
}

/// What becomes of a document of `day`, where the digest covers `range`.
pub fn fate(day: Option<Date>, range: Option<(Date, Date)>, undated_too: bool) -> Fate {
    match (day, range) {
        (_, None) => Fate::In,
        (Some(day), Some((first, last))) if first <= day && day <= last => Fate::In,
        (Some(_), Some(_)) => Fate::OtherDay,
        (None, Some(_)) if undated_too => Fate::In,
        (None, Some(_)) => Fate::Undated,
    }
}

/// The day of `published`, which is a day or a time with an offset, in `zone`.
///
/// ```
/// use jiff::tz::TimeZone;
/// use nutgraf::digest::days::day;
///
/// let paris = TimeZone::fixed(jiff::tz::offset(1));
/// assert_eq!(day("2024-03-12", &paris), Some(jiff::civil::date(2024, 3, 12)));
/// assert_eq!(day("2024-03-11T23:30:00Z", &paris), Some(jiff::civil::date(2024, 3, 12)));
/// assert_eq!(day("soon", &paris), None);
/// ```
pub fn day(published: &str, zone: &TimeZone) -> Option<Date> {
    if let Ok(time) = published.parse::<Timestamp>() {
        return Some(zone.to_datetime(time).date());
    }
    published.parse().ok()
}

/// The time zone called `name`: `UTC`, an offset (`+05:30`), or a name of the IANA database, where it is there.
pub fn zone(name: &str) -> Option<TimeZone> {
    if name.eq_ignore_ascii_case("utc") || name == "Z" {
        return Some(TimeZone::UTC);
    }
    if let Some(offset) = offset(name) {
        return Some(TimeZone::fixed(offset));
    }
    TimeZone::get(name).ok()
}

/// `+05:30`, `-08`, `+0200`.
fn offset(name: &str) -> Option<jiff::tz::Offset> {
    let sign = match name.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = name[1..].chars().filter(|&c| c != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = if digits.len() == 4 { digits[2..].parse().ok()? } else { 0 };
    if minutes > 59 {
        return None;
    }
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DATES: [Date; 3] = [date(2024, 3, 11), date(2024, 3, 13), date(2024, 3, 12)];

    fn range(choice: &Choice) -> Option<(Date, Date)> {
        choice.range(DATES.into_iter())
    }

    #[test]
    fn the_newest_day_is_taken_where_nothing_is_asked_for() {
        let newest = Choice::default();
        assert_eq!(range(&newest), Some((date(2024, 3, 13), date(2024, 3, 13))));
        assert_eq!(
            range(&Choice { days: Some(2), ..newest.clone() }),
            Some((date(2024, 3, 12), date(2024, 3, 13)))
        );
        assert_eq!(newest.range(std::iter::empty()), None, "none is dated: all are taken");
    }

    #[test]
    fn a_day_a_beginning_and_all_can_be_asked_for() {
        let day = Choice { wanted: Wanted::Day(date(2024, 3, 12)), ..Choice::default() };
        assert_eq!(range(&day), Some((date(2024, 3, 12), date(2024, 3, 12))));
        let since = Choice { since: Some(date(2024, 3, 1)), ..Choice::default() };
        assert_eq!(range(&since), Some((date(2024, 3, 1), date(2024, 3, 13))));
        let both = Choice { days: Some(2), ..since };
        assert_eq!(range(&both), Some((date(2024, 3, 12), date(2024, 3, 13))));
        let all = Choice { wanted: Wanted::All, ..Choice::default() };
        assert_eq!(range(&all), None);
        assert_eq!(fate(None, None, false), Fate::In);
    }

    #[test]
    fn what_has_no_date_is_left_out_of_a_day() {
        let range = Some((date(2024, 3, 12), date(2024, 3, 12)));
        assert_eq!(fate(Some(date(2024, 3, 12)), range, false), Fate::In);
        assert_eq!(fate(Some(date(2024, 3, 11)), range, false), Fate::OtherDay);
        assert_eq!(fate(None, range, false), Fate::Undated);
        assert_eq!(fate(None, range, true), Fate::In);
    }

    #[test]
    fn zones_are_offsets_or_utc_at_least() {
        let at = |name: &str| zone(name).and_then(|zone| day("2024-03-11T20:00:00Z", &zone));
        assert_eq!(at("UTC"), Some(date(2024, 3, 11)));
        assert_eq!(at("+05:30"), Some(date(2024, 3, 12)));
        assert_eq!(at("-0800"), Some(date(2024, 3, 11)));
        assert_eq!(at("+04"), Some(date(2024, 3, 12)));
        for name in ["+5", "+25:99", "", "Nowhere/Else", "+aa"] {
            assert!(zone(name).is_none(), "{name}");
        }
    }
}
