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

/// The month `number`, from 1, in the form that `word` (lower case) has of another month in `lang`, and whether that is a short
/// one. A short form gives a short one where there is one, a case the same case; `None` where the table does not tell which
/// form it is.
pub(crate) fn month_like(word: &str, number: i8, lang: &Lang) -> Option<(&'static str, bool)> {
    let (word, tag) = (word.trim_end_matches('.'), lang.primary());
    let known = MONTHS.forms.get(word)?.iter().find(|(t, _)| *t == tag)?.1;
    let forms = |number: i8| MONTHS.rows.iter().find(|row| row.0 == tag && row.1 == number).map(|row| &row.2);
    let (old, new) = (forms(known)?, forms(number)?);
    let is_short =
        |form: &str, full: &str| form != full && full.starts_with(form) && form.chars().count() <= SHORT;
    let first = *new.first()?;
    if is_short(word, old.first()?) {
        let short = new.iter().find(|form| is_short(form, first));
        return Some(short.map_or((first, false), |short| (*short, true)));
    }
    let place = old.iter().position(|form| *form == word)?;
    let cases = |forms: &[&str]| forms.iter().filter(|form| !is_short(form, forms[0])).count();
    // A row with fewer cases than the other spells two of them alike, and then it is not sure which one a form is.
    let sure = if INFLECTED.contains(&tag) { cases(old) == cases(new) } else { place == 0 };
    let form = new.get(place).filter(|form| sure && !is_short(form, first))?;
    Some((form, false))
}

/// The most letters of a short form, as `sept`.
const SHORT: usize = 4;

/// Languages whose rows in `data/months.tsv` have the cases in one order.
const INFLECTED: [&str; 19] = [
    "az", "cs", "el", "eu", "fi", "he", "hu", "hy", "ka", "kk", "lt", "lv", "pl", "ru", "sk", "sl", "sr",
    "tr", "uk",
];

/// The weekday, 1 for Monday, that `word` (lower case) names, by the same order of languages.
pub(crate) fn weekday(word: &str, lang: &Lang) -> Option<i8> {
    WEEKDAYS.get(word, lang)
}

static MONTHS: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("data/months.tsv")));
static WEEKDAYS: LazyLock<Names> = LazyLock::new(|| Names::read(include_str!("data/weekdays.tsv")));

/// Names of months or of weekdays.
#[derive(Debug)]
struct Names {
    /// By spelling: language and number.
    forms: FxHashMap<&'static str, Vec<(&'static str, i8)>>,
    /// Language, number and spellings in the order of the table.
    rows: Vec<(&'static str, i8, Vec<&'static str>)>,
}

impl Names {
    /// Reads rows of a tag and the spellings of each name in order; a row may give the number in its second column, and
    /// then spells one name only.
    fn read(table: &'static str) -> Self {
        let mut names: FxHashMap<&'static str, Vec<(&'static str, i8)>> = FxHashMap::default();
        let mut rows = Vec::new();
        for row in table.lines().filter(|row| !row.starts_with('#')) {
            let mut cells = row.split('\t').map(str::trim);
            let (Some(tag), Some(number)) = (cells.next(), cells.next()) else { continue };
            let Ok(number) = number.parse() else { continue };
            let forms: Vec<_> =
                cells.filter(|form| !form.is_empty()).map(|form| form.trim_end_matches('.')).collect();
            for form in &forms {
                names.entry(form).or_default().push((tag, number));
            }
            rows.push((tag, number, forms));
        }
        Self { forms: names, rows }
    }

    fn get(&self, word: &str, lang: &Lang) -> Option<i8> {
        let known = self.forms.get(word.trim_end_matches('.'))?;
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
    fn another_month_has_the_form_of_the_first() {
        let like = |word, number, tag| month_like(word, number, &Lang::parse(tag).unwrap());
        assert_eq!(like("мая", 6, "ru"), Some(("июня", false)));
        assert_eq!(like("jan", 5, "de"), Some(("mai", false)), "there is no shorter one");
        assert_eq!(like("janv.", 2, "fr"), Some(("févr", true)));
        assert_eq!(like("jänner", 6, "de"), None, "June has no name of Austria's own");
        assert_eq!(like("září", 5, "cs"), None, "two cases are alike");
        assert_eq!(like("may", 6, "fr"), None);
    }

    #[test]
    fn every_row_names_a_month_or_a_day_that_exists() {
        for (names, last) in [(&MONTHS, 12), (&WEEKDAYS, 7)] {
            for (form, known) in names.forms.iter().collect::<std::collections::BTreeMap<_, _>>() {
                assert!(known.iter().all(|(_, n)| (1..=last).contains(n)), "{form}: {known:?}");
                assert_eq!(form.to_lowercase(), *form, "not in lower case");
            }
        }
    }
}
