//! Term lists: what a term is in the target language, and where it stands in a text.

use super::words;

/// A term and its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term in the source language.
    pub source: String,
    /// What it may be in the target language; at least one.
    pub targets: Vec<String>,
    /// Whether capitals matter: where the source is written with one, as names are.
    pub case: bool,
}

/// Letters that an inflected form may have more than the term, or have otherwise at the end.
const ENDING: usize = 3;

/// Reads a term list: a line a term, its source and translations with tabs between; lines with `#` at the beginning are
/// comments, and a first line of `source` and `target` is a header.
///
/// # Errors
/// The number of a line without a translation.
///
/// ```
/// # use nutgraf::translate::qa::terms;
/// let list = terms("source\ttarget\nharbour\tport\thavre\n").expect("a list");
/// assert_eq!(list[0].targets, ["port", "havre"]);
/// assert_eq!(terms("harbour\n"), Err(1));
/// ```
pub fn terms(text: &str) -> Result<Vec<Term>, usize> {
    let mut all = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let mut cells = line.split('\t').map(str::trim);
        let source = cells.next().unwrap_or_default();
        let targets: Vec<String> = cells.filter(|cell| !cell.is_empty()).map(ToOwned::to_owned).collect();
        let header = number == 1
            && source.eq_ignore_ascii_case("source")
            && targets.first().is_some_and(|t| t.to_ascii_lowercase().starts_with("target"));
        if line.trim().is_empty() || line.starts_with('#') || header {
            continue;
        }
        if source.is_empty() || targets.is_empty() {
            return Err(number);
        }
        let case = source.starts_with(char::is_uppercase);
        all.push(Term { source: source.to_owned(), targets, case });
    }
    Ok(all)
}

/// Whether `term` stands in `text`, in an inflected form too: each of its words begins a word of the text, in a row, or as
/// they differ by no more than an ending. In scripts without blanks, whether its characters stand there.
pub fn holds(text: &str, term: &str, case: bool) -> bool {
    let fold = |word: &str| if case { word.to_owned() } else { word.to_lowercase() };
    if term.chars().any(|c| ('\u{e00}'..='\u{eff}').contains(&c) || ('\u{3040}'..='\u{d7a3}').contains(&c)) {
        return text.contains(term);
    }
    let wanted: Vec<String> = words(term).map(|(_, word)| fold(word)).collect();
    let there: Vec<String> = words(text).map(|(_, word)| fold(word)).collect();
    !wanted.is_empty()
        && there
            .windows(wanted.len())
            .any(|run| run.iter().zip(&wanted).all(|(word, term)| is_form(word, term)))
}

/// Whether `word` may be a form of `term`.
fn is_form(word: &str, term: &str) -> bool {
    let word = word.rsplit(['\'', '’']).next().filter(|last| last.chars().count() > 2).unwrap_or(word);
    let shared = word.chars().zip(term.chars()).take_while(|(a, b)| a == b).count();
    let (word, term) = (word.chars().count(), term.chars().count());
    let stem = if term > 5 { term - 2 } else { term.max(3).min(term) };
    shared >= stem && word <= term + ENDING
}
