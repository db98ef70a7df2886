//! A translation of the same sentence with other numbers or dates: the new ones are put in, in the way the target writes its own.

use std::ops::Range;

use crate::base::lang::Lang;
use crate::translate::leverage::date::{self, Change, Date};
use crate::translate::leverage::number::{self, Number};
use crate::translate::leverage::tokens::Tokens;

/// The languages that numbers and dates are read and written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages<'l> {
    /// That of the sources.
    pub source: &'l str,
    /// That of the targets.
    pub target: &'l str,
}

/// A target with what is new put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adapted {
    /// The text.
    pub text: String,
    /// Whether numbers outside dates were put in.
    pub numbers: bool,
    /// Whether dates were put in.
    pub dates: bool,
}

/// `target`, a translation of `old`, with the numbers and dates of `new`; `None` where it is not sure which one goes where, or how
/// it is written there.
///
/// The two sources must be equal but for numbers and for names of months in dates. Each number and date that changed must stand
/// in `target` exactly as often as in `old`, by its value and not by the way it is written, and become the same new one
/// everywhere. A date whose month stays may also be changed as numbers.
pub fn adapt(new: &Tokens, old: &Tokens, target: &str, languages: Languages<'_>) -> Option<Adapted> {
    let lang = |tag| Lang::parse(tag).unwrap_or_else(Lang::unknown);
    let (source_lang, target_lang) = (lang(languages.source), lang(languages.target));
    let dates = Dates {
        new: date::find(new.text(), &source_lang),
        old: date::find(old.text(), &source_lang),
        target: date::find(target, &target_lang),
    };
    let by_date = dates.changes(target, &target_lang);
    // A date that is not told apart in the target is made of numbers, unless its month is a name that changes.
    let (dates_changed, [in_new, in_old, in_target]) = by_date.unwrap_or_default();
    let months_alike = new.without_numbers() == old.without_numbers();
    if dates_changed.is_empty() && !months_alike {
        return None;
    }
    let changed = numbers(
        Side { tokens: new, but: &in_new },
        Side { tokens: old, but: &in_old },
        (target, &in_target),
        languages,
    )?;
    let (numbers, dates) = (!changed.is_empty(), !dates_changed.is_empty());
    Some(Adapted { text: put_in(target, [dates_changed, changed].concat()), numbers, dates })
}

/// `target` with all changes, which do not touch one another.
fn put_in(target: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|(at, _)| at.start);
    changes.dedup();
    let mut out = String::with_capacity(target.len());
    let mut from = 0;
    for (at, written) in changes {
        out.push_str(&target[from..at.start]);
        out.push_str(&written);
        from = at.end;
    }
    out.push_str(&target[from..]);
    out
}

/// Changes of a target's dates, and the bytes of new source, old source and target that they account for.
type ByDate = (Vec<Change>, [Vec<Range<usize>>; 3]);

/// The dates of a match.
struct Dates {
    new: Vec<Date>,
    old: Vec<Date>,
    target: Vec<Date>,
}

impl Dates {
    /// The changes of the target's dates, and which bytes of new source, old source and target they account for; `None` where any
    /// date is not sure.
    fn changes(&self, target: &str, lang: &Lang) -> Option<ByDate> {
        if self.new.len() != self.old.len() {
            return None;
        }
        let mut changes = Vec::new();
        for (new, old) in self.new.iter().zip(&self.old) {
            let mut alike = self.new.iter().zip(&self.old).filter(|(_, other)| other.day == old.day);
            let places = || self.target.iter().filter(|date| date.day.agrees(&old.day));
            let as_often = places().count() == self.old.iter().filter(|other| other.day == old.day).count();
            if !as_often || !alike.all(|(other, _)| other.day == new.day) {
                return None;
            }
            for date in places().filter(|_| new.day != old.day) {
                changes.extend(date::rewritten(target, date, old.day, new.day, lang)?);
            }
        }
        let bytes = |dates: &[Date]| dates.iter().map(|date| date.at.clone()).collect();
        let of_old = |date: &&Date| self.old.iter().any(|old| date.day.agrees(&old.day));
        let in_target = self.target.iter().filter(of_old).map(|date| date.at.clone()).collect();
        Some((changes, [bytes(&self.new), bytes(&self.old), in_target]))
    }
}

/// A source, and its bytes whose numbers play no part.
#[derive(Clone, Copy)]
struct Side<'s> {
    tokens: &'s Tokens,
    but: &'s [Range<usize>],
}

impl Side<'_> {
    fn numbers(self, lang: &str) -> Vec<(String, Option<Number>)> {
        let numbers =
            self.tokens.tokens().iter().filter(|token| token.is_number && !touches(&token.at, self.but));
        let texts = numbers.map(|token| self.tokens.str(token));
        texts.map(|text| (text.to_owned(), number::read(text, lang))).collect()
    }
}

fn touches(at: &Range<usize>, ranges: &[Range<usize>]) -> bool {
    ranges.iter().any(|range| at.start < range.end && range.start < at.end)
}

/// The changes of the target's numbers.
fn numbers(
    new: Side<'_>,
    old: Side<'_>,
    (target, but): (&str, &[Range<usize>]),
    languages: Languages<'_>,
) -> Option<Vec<Change>> {
    let (new, old) = (new.numbers(languages.source), old.numbers(languages.source));
    if new.len() != old.len() {
        return None;
    }
    let found = number::find(target).into_iter().filter(|at| !touches(at, but));
    let in_target: Vec<(Range<usize>, Option<Number>)> =
        found.map(|at| (at.clone(), number::read(&target[at], languages.target))).collect();
    let mut changes = Vec::new();
    for ((new_text, new_number), (old_text, old_number)) in new.iter().zip(&old) {
        if new_text == old_text {
            // It must not be taken for one that changed.
            continue;
        }
        let (new_number, old_number) = (new_number.as_ref()?, old_number.as_ref()?);
        let is_old =
            |number: &Option<Number>| number.as_ref().is_some_and(|number| number.equals(old_number));
        let mut in_old = old.iter().zip(&new).filter(|((_, number), _)| is_old(number));
        if !in_old.all(|(_, (text, _))| text == new_text) {
            return None;
        }
        let places = || in_target.iter().filter(|(_, number)| is_old(number));
        if places().count() != old.iter().filter(|(_, number)| is_old(number)).count() {
            return None;
        }
        for (at, number) in places() {
            let written = new_number.written(number.as_ref()?, languages.target);
            changes.push((at.clone(), written));
        }
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapted(new: &str, old: &str, target: &str) -> Option<String> {
        let languages = Languages { source: "en", target: "de" };
        Some(adapt(&Tokens::of(new), &Tokens::of(old), target, languages)?.text)
    }

    #[test]
    fn numbers_go_where_the_old_ones_stood_in_the_way_the_target_writes_them() {
        let target = "Von 12.500 Booten sanken 3.";
        assert_eq!(
            adapted("3 of 1,400,000 boats sank", "3 of 12,500 boats sank", target).as_deref(),
            Some("Von 1.400.000 Booten sanken 3.")
        );
        assert_eq!(
            adapted("7 of 12,500 boats sank", "3 of 12,500 boats sank", target).as_deref(),
            Some("Von 12.500 Booten sanken 7.")
        );
        assert_eq!(
            adapted("Up 2.75 points", "Up 1.5 points", "1,5 Punkte mehr").as_deref(),
            Some("2,75 Punkte mehr")
        );
    }

    #[test]
    fn what_is_not_sure_is_left_alone() {
        assert_eq!(adapted("2 of 3", "2 of 2", "2 von 2"), None, "which of the two is the one that changed?");
        assert_eq!(adapted("4 boats", "3 boats", "drei Boote"), None, "the number is a word there");
        assert_eq!(adapted("4 boats", "3 boats", "3 Boote (3 m)"), None, "there is one more");
        assert_eq!(adapted("1.2.3.4", "1.2.3.5", "1.2.3.5"), None, "a version is no number");
        assert_eq!(adapted("On 4 June 2023", "On 3 May 2023", "An jenem Tag"), None, "there is no date");
        let twice = adapted("From 3 May to 4 May", "From 3 May to 3 May", "Vom 3. Mai bis 3. Mai");
        assert_eq!(twice, None, "which of the two is the one that changed?");
    }

    #[test]
    fn dates_are_put_in_apart_from_numbers() {
        let target = "Am 3. Mai 2023 sanken 3 von 12.500 Booten.";
        assert_eq!(
            adapted(
                "On 4 June 2022, 7 of 12,500 boats sank.",
                "On 3 May 2023, 3 of 12,500 boats sank.",
                target
            )
            .as_deref(),
            Some("Am 4. Juni 2022 sanken 7 von 12.500 Booten.")
        );
        assert_eq!(
            adapted(
                "On 3 May 2023, 7 of 12,500 boats sank.",
                "On 3 May 2023, 3 of 12,500 boats sank.",
                target
            )
            .as_deref(),
            Some("Am 3. Mai 2023 sanken 7 von 12.500 Booten.")
        );
        assert_eq!(adapted("1.2.2027", "1.3.2026", "1.3.2026").as_deref(), Some("1.2.2027"));
        let numbers_alone = adapted("4 May 2023", "3 May 2023", "3 Mei 2023");
        assert_eq!(numbers_alone.as_deref(), Some("4 Mei 2023"), "the month stays");
    }
}
