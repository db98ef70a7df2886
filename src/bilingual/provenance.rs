//! Who translated something, when, with what and for whom.

use std::fmt::Write as _;

/// What a file tells of how a translation came about. Larger is newer: dates are compared first, that of the last change before
/// that of the beginning.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Provenance {
    /// When it was changed last.
    pub changed: Option<Stamp>,
    /// When it was made.
    pub created: Option<Stamp>,
    /// Who changed it last.
    pub changed_by: Option<String>,
    /// Who made it.
    pub created_by: Option<String>,
    /// The tool that it was made with, without its version.
    pub tool: Option<String>,
    /// Whom it was made for.
    pub client: Option<String>,
    /// What it was made for.
    pub project: Option<String>,
}

impl Provenance {
    /// When it became what it is: the last change, else the beginning.
    pub fn date(&self) -> Option<Stamp> {
        self.changed.or(self.created)
    }

    /// Whether `other` says later than this one when it became what it is; equal dates are decided by the rest, so that no
    /// order of reading plays a part.
    pub fn gives_way_to(&self, other: &Self) -> bool {
        (self.date(), self) < (other.date(), other)
    }

    /// All that is known, in one line: `changed 2023-05-03 10:15 by ida, created by max, client Tarn`.
    pub fn told(&self) -> String {
        let mut out = String::new();
        for (verb, at, by) in
            [("changed", self.changed, &self.changed_by), ("created", self.created, &self.created_by)]
        {
            if at.is_none() && by.is_none() {
                continue;
            }
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.push_str(verb);
            out.extend(at.map(|at| format!(" {}", at.told())));
            out.extend(by.as_ref().map(|by| format!(" by {by}")));
        }
        for (name, value) in [("tool", &self.tool), ("client", &self.client), ("project", &self.project)] {
            if let Some(value) = value {
                let comma = if out.is_empty() { "" } else { ", " };
                _ = write!(out, "{comma}{name} {value}");
            }
        }
        out
    }
}

/// A second of universal time, as the digits of its date and hour: 20230503101500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(i64);

impl Stamp {
    /// Reads the form of TMX, `YYYYMMDDThhmmssZ`, with the hyphens and colons of ISO 8601 too; a date alone begins its day. `None`
    /// for what is no date of universal time.
    ///
    /// ```
    /// use nutgraf::bilingual::Stamp;
    /// let stamp = Stamp::parse("2023-05-03T10:15:00Z").expect("a date");
    /// assert_eq!(stamp.to_string(), "20230503T101500Z");
    /// assert_eq!(Stamp::parse("20231303T101500Z"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "000000"));
        let time = time.strip_suffix(['Z', 'z']).unwrap_or(time);
        let digits = |part: &str, separator: char, count: usize| {
            let plain: String = part.chars().filter(|&c| c != separator).collect();
            let sound = plain.len() == count && plain.bytes().all(|b| b.is_ascii_digit());
            sound.then(|| plain.parse::<i64>().ok()).flatten()
        };
        Self::from_digits(digits(date, '-', 8)? * 1_000_000 + digits(time, ':', 6)?)
    }

    /// The stamp whose digits `number` has.
    pub fn from_digits(number: i64) -> Option<Self> {
        let part = |power: i64| number / power % 100;
        let sound = (1..=12).contains(&part(100_000_000))
            && (1..=31).contains(&part(1_000_000))
            && part(10_000) < 24
            && part(100) < 60
            && part(1) <= 60
            && (0..100_000_000_000_000).contains(&number);
        sound.then_some(Self(number))
    }

    /// Its digits as a number.
    pub fn digits(self) -> i64 {
        self.0
    }

    fn told(self) -> String {
        let part = |power: i64| self.0 / power % 100;
        let (year, month, day) = (self.0 / 10_000_000_000, part(100_000_000), part(1_000_000));
        format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", part(10_000), part(100))
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:08}T{:06}Z", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_tmx_and_of_iso_8601() {
        let read = |text| Stamp::parse(text).map(|stamp| stamp.to_string());
        assert_eq!(read("20230503T101500Z").as_deref(), Some("20230503T101500Z"));
        assert_eq!(read(" 2023-05-03 10:15:00 ").as_deref(), Some("20230503T101500Z"));
        assert_eq!(read("20230503").as_deref(), Some("20230503T000000Z"));
        for none in ["", "3 May 2023", "20230503T101500+0200", "20230532T101500Z", "20230503T251500Z", "2023"]
        {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn the_later_one_wins_and_what_is_known_is_told() {
        let at = |changed: &str, created: &str| Provenance {
            changed: Stamp::parse(changed),
            created: Stamp::parse(created),
            ..Provenance::default()
        };
        assert!(at("20230101T000000Z", "").gives_way_to(&at("", "20230102T000000Z")));
        assert!(!at("20230102T000000Z", "").gives_way_to(&at("20230101T000000Z", "20240101T000000Z")));
        assert!(Provenance::default().gives_way_to(&at("", "20230102T000000Z")));
        let whole = Provenance {
            changed_by: Some("ida".into()),
            created_by: Some("max".into()),
            client: Some("Tarn".into()),
            ..at("20230503T101500Z", "")
        };
        assert_eq!(whole.told(), "changed 2023-05-03 10:15 by ida, created by max, client Tarn");
        assert_eq!(Provenance::default().told(), "");
    }
}
