//! Names of months and weekdays in many languages.
//!
//! To add a language: its rows in `data/months.tsv` and `data/weekdays.tsv`, as `data/SOURCES.md` says.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::base::lang::Lang;

/// The month, from 1, that `word` (lower case) names: in `lang`, else in English, else wherever it is a month, unless
/// languages disagree about it.
pub(crate) fn month(word: &str, lang: &Lang) -> Option<i8> {
    MONTHS.get(word, lang)
}

/// The weekday, 1 for Monday, that `word` (lower case) names, by the same order of languages.
pub(crate) fn weekday(word: &str, lang: &Lang) -> Option<i8> {
    WEEKDAYS.get(word, lang)
}

static MONTHS: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("data/months.tsv")));
static WEEKDAYS: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("data/weekdays.tsv")));

/// Names by their spelling: language and number.
#[derive(Debug)]
struct Names(FxHashMap<&'static str, Vec<(&'static str, i8)>>);

impl Names {
    /// Reads rows of a tag and the spellings of each name in order; a row may give the number in its second column, and
    /// then spells one name only.
    fn read(table: &'static str) -> Self {
        let mut names: FxHashMap<&'static str, Vec<(&'static str, i8)>> = FxHashMap::default();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t').map(str::trim);
            let (Some(tag), Some(number)) = (cells.next(), cells.next()) else { continue };
            let Ok(number) = number.parse() else { continue };
            for form in cells.filter(|form| !form.is_empty()) {
                names.entry(form.trim_end_matches('.')).or_default().push((tag, number));
            }
        }
        Self(names)
    }

    fn get(&self, word: &str, lang: &Lang) -> Option<i8> {
        let known = self.0.get(word.trim_end_matches('.'))?;
        let of = |tag: &str| known.iter().find(|(t, _)| *t == tag).map(|(_, n)| *n);
        of(lang.primary()).or_else(|| of("en")).or_else(|| {
            let first = known.first()?.1;
            known.iter().all(|(_, n)| *n == first).then_some(first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_language_is_asked_first_and_then_all() {
        let lang = |tag| Lang::parse(tag).unwrap();
        assert_eq!(month("mars", &lang("fr")), Some(3));
        assert_eq!(month("март", &lang("en")), Some(3));
        assert_eq!(month("bridge", &lang("en")), None);
        assert_eq!(weekday("среда", &lang("ru")), Some(3));
    }

    #[test]
    fn every_row_names_a_month_or_a_day_that_exists() {
        for (names, last) in [(&MONTHS, 12), (&WEEKDAYS, 7)] {
            for (form, known) in names.0.iter().collect::<std::collections::BTreeMap<_, _>>() {
                assert!(known.iter().all(|(_, n)| (1..=last).contains(n)), "{form}: {known:?}");
                assert_eq!(form.to_lowercase(), *form, "not in lower case");
            }
        }
    }
}
