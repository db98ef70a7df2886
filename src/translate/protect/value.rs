//! What an item is worth, whatever its form.

/// What must be equal in a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'t> {
    /// The very characters.
    Text(&'t str),
    /// A number, with or without a unit.
    Quantity(Quantity),
    /// A date.
    Day(Day),
    /// A time of day.
    Time(Time),
}

impl Value<'_> {
    /// Whether both may mean the same: any reading of one is any of the other.
    ///
    /// A time of day agrees with a number that is its hour (`5 pm`, `17 Uhr`), for languages write it so.
    pub fn agrees(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::Text(a), Value::Text(b)) => a == b,
            (Self::Quantity(a), Value::Quantity(b)) => a.agrees(b),
            (Self::Day(a), Value::Day(b)) => a.agrees(b),
            (Self::Time(a), Value::Time(b)) => a.agrees(*b),
            (Self::Time(time), Value::Quantity(number)) | (Self::Quantity(number), Value::Time(time)) => {
                time.is_number(number)
            }
            _ => false,
        }
    }
}

/// A number as it may be read.
///
/// Readings are decimal numbers in one form: ASCII digits, a point only before a part that is not nought, no noughts
/// around, a hyphen for a sign; so equal numbers are equal texts, however long. What has more than one point (a
/// version, a section) is kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quantity {
    /// Its readings, the likeliest first; at least one.
    pub readings: Vec<String>,
    /// The same times the scale that a word behind it names (`3 million`); empty where none does. More than one where
    /// languages disagree (`billion`).
    pub scaled: Vec<String>,
}

impl Quantity {
    /// Whether a reading of one is a reading of the other. A scale counts where both have one; where one has, the number is
    /// compared with and without.
    pub fn agrees(&self, other: &Self) -> bool {
        let meet = |a: &[String], b: &[String]| a.iter().any(|reading| b.contains(reading));
        match (self.scaled.is_empty(), other.scaled.is_empty()) {
            (false, false) => meet(&self.scaled, &other.scaled),
            (false, true) => meet(&self.scaled, &other.readings) || meet(&self.readings, &other.readings),
            (true, false) => meet(&self.readings, &other.scaled) || meet(&self.readings, &other.readings),
            (true, true) => meet(&self.readings, &other.readings),
        }
    }

    /// The likeliest reading as a whole number of at most nine digits.
    pub fn whole(&self) -> Option<u32> {
        let reading = self.readings.first()?;
        (reading.len() <= 9).then(|| reading.parse().ok())?
    }
}

/// A date, as far as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year as written: of two digits it stays below 100.
    pub year: Option<u32>,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: Option<u32>,
    /// Whether day and month may be the other way round (`03/04/2024`).
    pub either_way: bool,
}

impl Day {
    /// Whether both can be the same date: what both tell is equal; years of two digits are those of any century.
    pub fn agrees(&self, other: &Self) -> bool {
        let told = |a: Option<u32>, b: Option<u32>| a.is_none() || b.is_none() || a == b;
        let year = match (self.year, other.year) {
            (Some(a), Some(b)) if a < 100 || b < 100 => a % 100 == b % 100,
            (a, b) => told(a, b),
        };
        let straight = self.month == other.month && told(self.day, other.day);
        let crossed = (self.either_way || other.either_way)
            && self.day.is_some_and(|day| day == other.month)
            && other.day.is_some_and(|day| day == self.month);
        year && (straight || crossed)
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// The hour, 0 to 24; after `p.m.` counted from midnight.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
    /// The second.
    pub second: u32,
    /// Whether the hour is counted from midnight for sure: above 12, with a nought before it, or told by `a.m.`, `p.m.`.
    pub is_of_day: bool,
}

impl Time {
    /// Whether both can be the same time; the half of the day counts only where both tell it.
    pub fn agrees(self, other: Self) -> bool {
        let hour = if self.is_of_day && other.is_of_day {
            self.hour % 24 == other.hour % 24
        } else {
            self.hour % 12 == other.hour % 12
        };
        hour && self.minute == other.minute && self.second == other.second
    }

    /// Whether `number` is this time: its hour alone, or hour and minute with a point between.
    fn is_number(self, number: &Quantity) -> bool {
        let hours =
            [self.hour, self.hour % 12, if self.hour.is_multiple_of(12) { 12 } else { self.hour % 12 }];
        hours.iter().any(|hour| {
            let written = if self.minute == 0 {
                hour.to_string()
            } else {
                normal(&hour.to_string(), &format!("{:02}", self.minute))
            };
            number.readings.contains(&written)
        })
    }
}

/// A decimal number in the one form of [`Quantity`].
pub(super) fn normal(whole: &str, part: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let part = part.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { whole.to_owned() } else { format!("{whole}.{part}") }
}

/// A normal number times ten to the power of `power`; `None` for what is none.
pub(super) fn times_ten(number: &str, power: usize) -> Option<String> {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if part.contains('.') || part.contains('/') || whole.contains('/') {
        return None;
    }
    let moved: String = part.chars().chain(std::iter::repeat('0')).take(power).collect();
    let left = part.get(power..).unwrap_or_default();
    Some(format!("{sign}{}", normal(&format!("{whole}{moved}"), left)))
}
