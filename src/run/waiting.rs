//! Documents that wait for their digest: those of days that can still be its days.

use jiff::civil::Date;

use crate::digest::days::{Choice, Fate, Wanted, fate};
use crate::digest::kept::Kept;

/// The documents of a run that may be in its digest.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    kept: Vec<Kept>,
    newest: Option<Date>,
    /// Documents given up, by why.
    other_days: u64,
    undated: u64,
}

/// The documents of a digest.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// In the order of the input.
    pub(super) kept: Vec<Kept>,
    /// Documents of other days.
    pub(super) other_days: u64,
    /// Documents without a date, where others have one.
    pub(super) undated: u64,
    /// The newest day of the input.
    newest: Option<Date>,
}

impl Chosen {
    /// What to say where documents were read and none is in the digest.
    pub(super) fn complaint(&self) -> Option<String> {
        let newest = self.newest.filter(|_| self.kept.is_empty())?;
        let (other_days, undated) = (self.other_days, self.undated);
        Some(format!(
            "digest: no document is of the chosen days; of other days {other_days}, the newest of {newest}; without a date {undated}"
        ))
    }
}

impl Waiting {
    /// Adds the next document of the input; what can be in the digest no more is given up.
    pub(super) fn add(&mut self, kept: Kept, choice: &Choice) {
        let newer = kept.day.is_some_and(|day| self.newest.is_none_or(|newest| day > newest));
        let first_dated = newer && self.newest.is_none();
        if newer {
            self.newest = kept.day;
        }
        // The range moves only when a newer day is met, and by the newest day alone.
        if first_dated || newer && choice.wanted == Wanted::Newest {
            self.kept.push(kept);
            self.prune(choice);
        } else if self.newest.is_some() {
            let range = choice.range(self.newest.into_iter());
            self.sort(kept, range, choice.wanted == Wanted::All);
        } else {
            self.kept.push(kept);
        }
    }

    fn prune(&mut self, choice: &Choice) {
        let range = choice.range(self.newest.into_iter());
        let all = choice.wanted == Wanted::All;
        for kept in std::mem::take(&mut self.kept) {
            self.sort(kept, range, all);
        }
    }

    fn sort(&mut self, kept: Kept, range: Option<(Date, Date)>, all: bool) {
        match fate(kept.day, range, all) {
            Fate::In => self.kept.push(kept),
            Fate::OtherDay => self.other_days += 1,
            Fate::Undated => self.undated += 1,
        }
    }

    /// The documents of the digest, now that all are known.
    pub(super) fn settle(mut self, choice: &Choice) -> Chosen {
        self.prune(choice);
        Chosen { kept: self.kept, other_days: self.other_days, undated: self.undated, newest: self.newest }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::base::lang::Lang;
    use crate::group::testing::member;
    use crate::lex::sequence::Sequences;

    fn kept(id: &str, day: Option<Date>) -> Kept {
        Kept {
            member: member(id, &["One."]),
            lang: Lang::unknown(),
            day,
            title: Sequences::default(),
            names: Vec::new(),
            blocks: Vec::new(),
            cluster: None,
        }
    }

    fn chosen(choice: &Choice, days: &[Option<Date>]) -> (Vec<String>, u64, u64) {
        let mut waiting = Waiting::default();
        for (number, day) in days.iter().enumerate() {
            waiting.add(kept(&number.to_string(), *day), choice);
        }
        let Chosen { kept, other_days, undated, .. } = waiting.settle(choice);
        (kept.into_iter().map(|kept| kept.member.id).collect(), other_days, undated)
    }

    #[test]
    fn the_same_documents_are_kept_whatever_their_order() {
        let (a, b) = (Some(date(2024, 3, 11)), Some(date(2024, 3, 12)));
        let newest = Choice::default();
        assert_eq!(chosen(&newest, &[None, a, b, a, b, None]), (vec!["2".into(), "4".into()], 2, 2));
        assert_eq!(chosen(&newest, &[b, a, None]), (vec!["0".into()], 1, 1));
        assert_eq!(chosen(&newest, &[None, None]), (vec!["0".into(), "1".into()], 0, 0));
        let first = Choice { wanted: Wanted::Day(date(2024, 3, 11)), ..Choice::default() };
        assert_eq!(chosen(&first, &[None, b, a]), (vec!["2".into()], 1, 1));
        let all = Choice { wanted: Wanted::All, ..Choice::default() };
        assert_eq!(chosen(&all, &[None, b, a]).0.len(), 3);
        let since = Choice { since: a, ..all };
        assert_eq!(chosen(&since, &[Some(date(2024, 3, 1)), None, b]), (vec!["1".into(), "2".into()], 1, 0));
    }
}
