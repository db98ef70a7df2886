//! Who wrote it, and for whom: `By Mara Ellison`, `ByNews Desk- The Cradle`, `Mara Ellison | Tidewater Post`.
//!
//! To add a word before names: a `byline` row in `data/furniture.tsv`. To add a word of publishers' names: `data/publishers.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::base::lang::Lang;
use crate::structure::names::{month, weekday};
use crate::structure::{dates, lines, patterns};

/// What a line of authors says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Byline {
    /// The authors, joined by `; `.
    pub authors: Option<String>,
    /// Whom they wrote it for.
    pub publisher: Option<String>,
    /// A date on the same line.
    pub published: Option<String>,
}

/// Most words of a line of authors.
const LONGEST: usize = 18;

/// The authors that `line` names after a word such as `By`, in `lang` or English; `None` for sentences and other lines.
///
/// What follows a name after a comma or `in` (a place, a post) is left out; a publisher is known by its noun (`Post`,
/// `Zeitung`) or by standing behind a dash or bar. No name is changed in spelling or case.
///
/// ```
/// # use nutgraf::{Lang, structure::byline::parse};
/// let found = parse("ByNews Desk- The Cradle ", &Lang::unknown()).expect("a byline");
/// assert_eq!(found.authors.as_deref(), Some("News Desk"));
/// assert_eq!(found.publisher.as_deref(), Some("The Cradle"));
/// assert_eq!(parse("By Monday the bridge was closed.", &Lang::unknown()), None);
/// ```
pub fn parse(line: &str, lang: &Lang) -> Option<Byline> {
    let line = line.trim().trim_matches(['*', '_']).trim();
    if lines::words(line) > LONGEST {
        return None;
    }
    let rest = introduced(line, lang)?;
    read(rest, lang).filter(|found| found.authors.is_some())
}

/// The authors of a line without such a word: it must name a publisher behind them, as `Mara Ellison | Tidewater Post`.
pub(super) fn unintroduced(line: &str, lang: &Lang) -> Option<Byline> {
    if lines::words(line) > LONGEST / 2 {
        return None;
    }
    if let Some(desk) = desk(line) {
        return Some(desk);
    }
    if !line.contains(['|', ',', '-', '–', '—', '،', '·', '•']) {
        return None;
    }
    read(line, lang).filter(|found| {
        let names = found.authors.as_deref().is_some_and(|names| names.contains(' '));
        names && found.publisher.as_deref().is_some_and(is_publisher)
    })
}

/// A desk and its publisher: `Redacción El Correo de la Ribera`.
fn desk(line: &str) -> Option<Byline> {
    const DESKS: [&str; 8] =
        ["redacción", "redaktion", "rédaction", "redazione", "redação", "редакция", "newsroom", "redactie"];
    let (desk, publisher) = line.split_once(' ')?;
    let known = DESKS.contains(&desk.to_lowercase().as_str()) && is_publisher_line(publisher);
    known.then(|| Byline {
        authors: Some(desk.to_owned()),
        publisher: Some(publisher.to_owned()),
        published: None,
    })
}

/// Whether a line is nothing but a name: two to four words, each with a capital.
pub(super) fn is_bare_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (2..=4).contains(&words)
        && line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '\u{a0}'))
        && line.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || is_particle(word))
}

/// Whether a short name is a publisher's by one of its words.
pub(super) fn is_publisher(name: &str) -> bool {
    let lower = name.to_lowercase();
    let nouns = &*PUBLISHERS;
    let spaced = lower.split(|c: char| !c.is_alphanumeric()).any(|word| nouns.contains(word));
    let dense = name.chars().any(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'));
    spaced || dense && nouns_end(&lower)
}

/// Whether a name in a script without blanks ends in a noun of publishers.
fn nouns_end(name: &str) -> bool {
    name.char_indices()
        .rev()
        .take(4)
        .any(|(at, _)| name.get(at..).is_some_and(|end| PUBLISHERS.contains(end)))
}

/// Whether a line is nothing but a publisher's name.
pub(super) fn is_publisher_line(line: &str) -> bool {
    let capital = |word: &str| {
        let first = word.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| !c.is_lowercase()) || is_particle(word)
    };
    lines::words(line) <= 5
        && lines::ending(line) == lines::Ending::Open
        && line.split_whitespace().count() >= 2
        && line.split_whitespace().all(capital)
        && is_publisher(line)
}

static PUBLISHERS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("data/publishers.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.flat_map(|row| row.split('\t').skip(1)).collect()
});

/// What follows the word that names authors, if one opens the line.
fn introduced<'l>(line: &'l str, lang: &Lang) -> Option<&'l str> {
    if let Some(glued) = line.strip_prefix("By").filter(|rest| {
        let mut chars = rest.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
    }) {
        return Some(glued);
    }
    let found = patterns::bylines(lang).filter_map(|start| {
        let rest = strip(line, start.trim_end())?;
        let bounded = !start.ends_with(|c: char| c.is_alphanumeric() || c.is_whitespace())
            || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        bounded.then(|| rest.trim_start_matches([':', '：', ' ', '\u{a0}']))
    });
    found.min_by_key(|rest| rest.len())
}

/// `line` without `start`, whatever their case.
fn strip<'l>(line: &'l str, start: &str) -> Option<&'l str> {
    let mut rest = line.chars();
    for wanted in start.chars() {
        let found = rest.next()?;
        let same = found == wanted
            || found.to_lowercase().eq(wanted.to_lowercase())
            || matches!((found, wanted), ('：', ':'));
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Reads names, a publisher and a date, in that order, between bars, dashes and commas.
fn read(text: &str, lang: &Lang) -> Option<Byline> {
    let mut found = Byline::default();
    let mut names: Vec<&str> = Vec::new();
    for (n, part) in split_parts(text).into_iter().enumerate() {
        if let Some(date) = dates::read(part, lang) {
            found.published.get_or_insert(date.published);
        } else if n > 0
            && (is_publisher(part) || found.publisher.is_none() && !names.is_empty() && !part.contains(','))
        {
            found.publisher.get_or_insert_with(|| tidy(part).to_owned());
        } else {
            read_names(part, lang, &mut names, &mut found)?;
        }
    }
    if !names.is_empty() {
        found.authors = Some(names.join("; "));
    }
    (found.authors.is_some() || found.publisher.is_some()).then_some(found)
}

/// The parts between bars, and between dashes with a blank on a side (`News Desk- The Cradle`).
fn split_parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let blank = text[after..].starts_with(char::is_whitespace);
        if matches!(c, '|' | '•' | '·') || matches!(c, '-' | '–' | '—') && blank {
            parts.push(text[start..at].trim());
            start = after;
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads the names of one part; `None` when something in it can be no name.
fn read_names<'t>(part: &'t str, lang: &Lang, names: &mut Vec<&'t str>, found: &mut Byline) -> Option<()> {
    let mut last_was_name = true;
    for (n, piece) in part.split([',', ';', '、', '،', '，', '/']).enumerate() {
        let piece = tidy(piece);
        if piece.is_empty() {
            continue;
        }
        if n > 0 && is_publisher(piece) {
            found.publisher.get_or_insert_with(|| piece.to_owned());
            last_was_name = false;
            continue;
        }
        for name in split_and(piece) {
            let name = tidy(without_place(name));
            if is_name(name, lang)
                && last_was_name
                && (n == 0 || name.contains([' ', '\u{a0}']))
                && !is_post(name)
            {
                names.push(name);
            } else if n == 0 {
                return None;
            } else {
                // A place, a post: after it, nothing more is an author's name.
                last_was_name = false;
            }
        }
    }
    Some(())
}

/// The names that `and` joins, in a dozen languages.
fn split_and(piece: &str) -> Vec<&str> {
    const AND: [&str; 18] = [
        " and ", " AND ", " & ", " und ", " et ", " y ", " e ", " и ", " ve ", " en ", " och ", " og ",
        " i ", " dan ", " và ", " و ", " και ", " और ",
    ];
    let mut names = vec![piece];
    for and in AND {
        if piece.contains(and) {
            names = names.into_iter().flat_map(|name| name.split(and)).collect();
        }
    }
    names
}

/// A name without the place after it: `Lorna West in Brannheim`.
fn without_place(name: &str) -> &str {
    const IN: [&str; 8] = [" in ", " en ", " à ", " aus ", " em ", " a ", " στη ", " в "];
    IN.iter().find_map(|word| name.find(word)).and_then(|at| name.get(..at)).unwrap_or(name)
}

fn tidy(name: &str) -> &str {
    name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | ':' | '«' | '»' | '“' | '”' | '"' | '(' | ')')
    })
}

/// Whether it can be a person's or a desk's name: one to six words, each with a capital (where the script has them), none
/// a month or weekday alone, and no end of a sentence.
fn is_name(name: &str, lang: &Lang) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty()
        || words.len() > 6
        || name.contains(['?', '!', '"', '“', ':'])
        || name.chars().any(char::is_numeric)
    {
        return false;
    }
    let lower = |word: &&str| {
        let word = word.to_lowercase();
        month(&word, lang).is_some() || weekday(&word, lang).is_some()
    };
    if words.len() == 1 && words.iter().any(lower) {
        return false;
    }
    let dense = name.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}')).count();
    if dense > 8 {
        return false;
    }
    let stop = name.ends_with(['.', '。', '।']) && words.last().is_some_and(|w| w.chars().count() > 4);
    let capital = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| !c.is_lowercase()) || is_particle(word)
    };
    !stop && words.iter().all(capital) && words.iter().any(|word| !is_particle(word))
}

/// Small words inside names.
fn is_particle(word: &str) -> bool {
    const PARTICLES: [&str; 34] = [
        "de", "del", "der", "den", "des", "di", "da", "do", "dos", "das", "du", "van", "von", "vom", "zu",
        "zur", "af", "av", "el", "al", "la", "le", "les", "los", "las", "bin", "ibn", "bint", "ben", "ten",
        "ter", "the", "of", "y",
    ];
    PARTICLES.contains(&word) || word.starts_with("al-") || word.starts_with("d'") || word.starts_with("d’")
}

/// Whether it is a post in an editorial office rather than a person.
fn is_post(name: &str) -> bool {
    const POSTS: [&str; 14] = [
        "correspondent",
        "reporter",
        "editor",
        "staff",
        "writer",
        "columnist",
        "korrespondent",
        "redakteur",
        "envoyé",
        "journaliste",
        "corresponsal",
        "enviado",
        "корреспондент",
        "bureau",
    ];
    let lower = name.to_lowercase();
    lower.split_whitespace().any(|word| POSTS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, tag: &str) -> Option<(Option<String>, Option<String>)> {
        parse(line, &Lang::parse(tag).unwrap()).map(|found| (found.authors, found.publisher))
    }

    #[test]
    fn names_are_read_after_the_word_that_names_authors() {
        for (line, tag, authors, publisher) in [
            ("ByNews Desk- The Cradle ", "en", "News Desk", Some("The Cradle")),
            ("By Mara Ellison", "en", "Mara Ellison", None),
            ("BY MARA ELLISON and TOM ARDEN", "en", "MARA ELLISON; TOM ARDEN", None),
            ("By Gideon Marsh in Halvern", "en", "Gideon Marsh", None),
            ("By Fenella Ashgrove, Arts Correspondent", "en", "Fenella Ashgrove", None),
            ("By Tobias Renn | The Meridane Review", "en", "Tobias Renn", Some("The Meridane Review")),
            ("By Ann Lee, Bo Ek and J. R. Poe", "en", "Ann Lee; Bo Ek; J. R. Poe", None),
            ("By Dr. Wren Callis", "en", "Dr. Wren Callis", None),
            ("Von Liesel Thorau und Jonas Brecht", "de", "Liesel Thorau; Jonas Brecht", None),
            ("Par Rémi Castelard, envoyé spécial à Port-Lucine", "fr", "Rémi Castelard", None),
            ("Por Inés Calvar", "es", "Inés Calvar", None),
            ("Автор: Полина Верещук", "ru", "Полина Верещук", None),
            ("بقلم: ليان الصفواني", "ar", "ليان الصفواني", None),
        ] {
            let found = of(line, tag).unwrap_or_else(|| panic!("{line} names authors"));
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (Some(authors), publisher), "{line}");
        }
    }

    #[test]
    fn sentences_and_places_are_no_bylines() {
        for line in [
            "By Monday the bridge was closed.",
            "By Monday",
            "By the sea",
            "Byron Smith",
            "Von der Brücke aus",
            "By 2019",
        ] {
            assert_eq!(of(line, "en"), None, "{line}");
        }
    }

    #[test]
    fn names_without_such_a_word_need_a_publisher_behind_them() {
        let en = Lang::parse("en").unwrap();
        let found = unintroduced("Mara Ellison | Tidewater Post", &en).unwrap();
        assert_eq!(found.authors.as_deref(), Some("Mara Ellison"));
        let found = unintroduced("Lorna West in Brannheim, The Northern Ledger", &en).unwrap();
        assert_eq!(
            (found.authors.as_deref(), found.publisher.as_deref()),
            (Some("Lorna West"), Some("The Northern Ledger"))
        );
        let found = unintroduced("Redacción El Correo de la Ribera", &Lang::parse("es").unwrap()).unwrap();
        assert_eq!(
            (found.authors.as_deref(), found.publisher.as_deref()),
            (Some("Redacción"), Some("El Correo de la Ribera"))
        );
        assert_eq!(unintroduced("Azerbaijan, Israel discuss ‘Iranian threat’", &en), None);
    }

    #[test]
    fn a_line_may_name_authors_publisher_and_date_at_once() {
        let found =
            parse("*By Oriel Kemp, The Northern Ledger — 12 March 2024*", &Lang::parse("en").unwrap())
                .unwrap();
        assert_eq!(found.authors.as_deref(), Some("Oriel Kemp"));
        assert_eq!(found.publisher.as_deref(), Some("The Northern Ledger"));
        assert_eq!(found.published.as_deref(), Some("2024-03-12"));
    }
}
