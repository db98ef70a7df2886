//! A translation of the same sentence with other numbers: the new numbers are put in, in the way the target writes its own.

use std::ops::Range;

use crate::translate::leverage::number::{self, Number};
use crate::translate::leverage::tokens::Tokens;

/// The languages that numbers are read and written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages<'l> {
    /// That of the sources.
    pub source: &'l str,
    /// That of the targets.
    pub target: &'l str,
}

/// `target`, a translation of `old`, with the numbers of `new`; `None` where it is not sure which one goes where.
///
/// The two sources must be equal but for their numbers. Each number that changed must stand in `target` exactly as often as in
/// `old`, by its value and not by the way it is written, and become the same new one everywhere.
pub fn numbers(new: &Tokens, old: &Tokens, target: &str, languages: Languages<'_>) -> Option<String> {
    let read_all = |tokens: &Tokens| -> Vec<(String, Option<Number>)> {
        let numbers = tokens.tokens().iter().filter(|token| token.is_number).map(|token| tokens.str(token));
        numbers.map(|text| (text.to_owned(), number::read(text, languages.source))).collect()
    };
    let (new, old) = (read_all(new), read_all(old));
    if new.len() != old.len() {
        return None;
    }
    let found = number::find(target);
    let in_target: Vec<(Range<usize>, Option<Number>)> =
        found.into_iter().map(|at| (at.clone(), number::read(&target[at], languages.target))).collect();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
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
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapted(new: &str, old: &str, target: &str) -> Option<String> {
        let languages = Languages { source: "en", target: "de" };
        numbers(&Tokens::of(new), &Tokens::of(old), target, languages)
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
        assert_eq!(adapted("1.2.2027", "1.2.2026", "1.2.2026"), None, "a date is no number");
    }
}
