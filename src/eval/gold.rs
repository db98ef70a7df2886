//! Texts whose sentences are known, and what a program under test made of them.
//!
//! Places are counted in characters that are no white space, so that a program is free to change white space.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

use super::matching::{Shared, shared};
use crate::base::error::Error;

/// A text whose sentences are known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Gold {
    /// Its id, unique in its file.
    pub id: String,
    /// Its language tag.
    pub lang: String,
    /// Where it comes from: what stands before the first `/` or `:` is a collection.
    #[serde(default)]
    pub source: String,
    /// The half of the data it belongs to; it is in both where none is named.
    #[serde(default)]
    pub half: Option<String>,
    /// What it tests, where it is a rule case.
    #[serde(default)]
    pub title: Value,
    /// The text.
    pub text: String,
    /// Its sentences, in order; together they are the text but for white space.
    pub sentences: Vec<String>,
}

/// What a program made of texts: sentences by the text's id.
pub type Answers = FxHashMap<String, Vec<String>>;

/// The texts of a JSON lines file that belong to `half`, if one is given, and are in one of `langs`, if any is.
///
/// # Errors
/// When the file cannot be read, or a line is no such text.
pub fn read_gold(path: &Path, half: Option<&str>, langs: &[String]) -> Result<Vec<Gold>, Error> {
    let refuse = |reason: String| Error::Input { path: path.to_string_lossy().into_owned(), reason };
    let file = std::fs::read_to_string(path).map_err(|e| refuse(e.to_string()))?;
    let mut golds = Vec::new();
    for (number, line) in (1..).zip(file.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let gold: Gold = serde_json::from_str(line).map_err(|e| refuse(format!("line {number}: {e}")))?;
        let of_half = half.is_none_or(|half| gold.half.as_deref().is_none_or(|own| own == half));
        if of_half && (langs.is_empty() || langs.contains(&gold.lang)) {
            golds.push(gold);
        }
    }
    Ok(golds)
}

/// The answers in JSON lines `{"id", "sentences"}`, in any order; of two for one text the last counts.
///
/// # Errors
/// The number of the line that is none, and why.
pub fn read_answers(lines: &str) -> Result<Answers, String> {
    #[derive(Deserialize)]
    struct Answer {
        id: String,
        sentences: Vec<String>,
    }
    let mut answers = Answers::default();
    for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let answer: Answer = serde_json::from_str(line).map_err(|e| format!("line {number}: {e}"))?;
        answers.insert(answer.id, answer.sentences);
    }
    Ok(answers)
}

/// Whether Python takes a character for white space: four separators of files too.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// The characters of a text that are no white space.
pub(super) fn squashed(text: &str) -> Vec<char> {
    text.chars().filter(|&c| !is_space(c)).collect()
}

/// The ends of sentences that lie one after the other, in characters that are no white space.
pub(super) fn ends(sentences: &[String]) -> Vec<usize> {
    let mut at = 0;
    let lengths = sentences.iter().map(|sentence| sentence.chars().filter(|&c| !is_space(c)).count());
    lengths
        .map(|length| {
            at += length;
            at
        })
        .collect()
}

/// What is known of a gold text.
#[derive(Debug)]
pub(super) struct Places {
    /// Its characters that are no white space.
    pub(super) flat: Vec<char>,
    /// Ends of its sentences.
    pub(super) ends: BTreeSet<usize>,
    /// Places at an empty line, and its end: every program can break there, and none is scored there.
    pub(super) free: BTreeSet<usize>,
    /// Ends of sentences that no sentence mark precedes.
    pub(super) bare: BTreeSet<usize>,
}

impl Places {
    /// The places of a text; `None` where its sentences do not add up to it.
    pub(super) fn of(gold: &Gold) -> Option<Self> {
        let flat = squashed(&gold.text);
        let ends = ends(&gold.sentences);
        if ends.last().copied().unwrap_or_default() != flat.len() {
            return None;
        }
        let ends: BTreeSet<usize> = ends.into_iter().collect();
        let bare = ends.iter().copied().filter(|&end| is_bare(&flat, end, &gold.lang)).collect();
        let mut free = empty_lines(&gold.text);
        free.insert(flat.len());
        Some(Self { flat, ends, free, bare })
    }
}

/// Whether no sentence mark precedes `end`, closers aside. A sentence without characters, which ends at 0, is taken to
/// follow the last character.
fn is_bare(flat: &[char], end: usize, lang: &str) -> bool {
    let is_mark = |c: char| MARKS.contains(&c) || more_marks(lang).contains(&c);
    let Some(mut at) = end.checked_sub(1).or(flat.len().checked_sub(1)) else { return true };
    while end > 0 && at > 0 && CLOSERS.binary_search(&flat[at]).is_ok() && !is_mark(flat[at]) {
        at -= 1;
    }
    !is_mark(flat[at])
}

/// Places where white space holds two line ends.
fn empty_lines(text: &str) -> BTreeSet<usize> {
    let (mut at, mut line_ends) = (0, 0);
    let mut places = BTreeSet::new();
    for c in text.chars() {
        if !is_space(c) {
            (at, line_ends) = (at + 1, 0);
        } else if c == '\n' {
            line_ends += 1;
        }
        if line_ends > 1 {
            places.insert(at);
        }
    }
    places
}

/// Where a program ended sentences in the text `flat`, and whether it changed more than white space: its places are then
/// found by what its sentences and the text share.
pub(super) fn predicted(flat: &[char], sentences: &[String]) -> (BTreeSet<usize>, bool) {
    let ends = ends(sentences);
    let joined: Vec<char> = sentences.iter().flat_map(|s| s.chars()).filter(|&c| !is_space(c)).collect();
    if joined == flat {
        return (ends.into_iter().collect(), false);
    }
    let stretches = shared(&joined, flat);
    let place = |end: usize| {
        let before = stretches.partition_point(|stretch| stretch.a < end);
        let &Shared { a, b, size } = stretches.get(before.checked_sub(1)?)?;
        Some(b + size.min(end - a))
    };
    (ends.into_iter().filter_map(place).collect(), true)
}

/// The text around the place after `end` characters that are no white space, which `⏐` marks.
pub(super) fn context(text: &str, end: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut seen = 0;
    let last = chars.iter().position(|&c| {
        seen += usize::from(!is_space(c));
        seen == end
    });
    let Some(last) = last else { return String::new() };
    let (from, to) = (last.saturating_sub(45), chars.len().min(last + 46));
    let shown = chars[from..=last].iter().chain(&['⏐']).chain(&chars[last + 1..to]);
    shown.collect()
}

/// Sentence marks of all scripts.
const MARKS: &[char] = &[
    '.', '!', '?', '…', '。', '！', '？', '｡', '．', '‥', '؟', '۔', '।', '॥', '։', '።', '‽', '⁇', '⁈', '⁉',
    '︒',
];

/// Sentence marks of a language beside them.
fn more_marks(lang: &str) -> &'static [char] {
    match lang {
        "hy" | "hyw" => &[':'],
        "el" => &[';', '\u{37E}'],
        _ => &[],
    }
}

/// Characters of the Unicode categories Pe, Pf and Pi, and the two quotation marks of ASCII, rising.
#[rustfmt::skip]
const CLOSERS: &[char] = &[
    '"', '\'', ')', ']', '}', '\u{AB}', '\u{BB}', '\u{F3B}', '\u{F3D}', '\u{169C}', '\u{2018}', '\u{2019}',
    '\u{201B}', '\u{201C}', '\u{201D}', '\u{201F}', '\u{2039}', '\u{203A}', '\u{2046}', '\u{207E}',
    '\u{208E}', '\u{2309}', '\u{230B}', '\u{232A}', '\u{2769}', '\u{276B}', '\u{276D}', '\u{276F}',
    '\u{2771}', '\u{2773}', '\u{2775}', '\u{27C6}', '\u{27E7}', '\u{27E9}', '\u{27EB}', '\u{27ED}',
    '\u{27EF}', '\u{2984}', '\u{2986}', '\u{2988}', '\u{298A}', '\u{298C}', '\u{298E}', '\u{2990}',
    '\u{2992}', '\u{2994}', '\u{2996}', '\u{2998}', '\u{29D9}', '\u{29DB}', '\u{29FD}', '\u{2E02}',
    '\u{2E03}', '\u{2E04}', '\u{2E05}', '\u{2E09}', '\u{2E0A}', '\u{2E0C}', '\u{2E0D}', '\u{2E1C}',
    '\u{2E1D}', '\u{2E20}', '\u{2E21}', '\u{2E23}', '\u{2E25}', '\u{2E27}', '\u{2E29}', '\u{2E56}',
    '\u{2E58}', '\u{2E5A}', '\u{2E5C}', '\u{3009}', '\u{300B}', '\u{300D}', '\u{300F}', '\u{3011}',
    '\u{3015}', '\u{3017}', '\u{3019}', '\u{301B}', '\u{301E}', '\u{301F}', '\u{FD3E}', '\u{FE18}',
    '\u{FE36}', '\u{FE38}', '\u{FE3A}', '\u{FE3C}', '\u{FE3E}', '\u{FE40}', '\u{FE42}', '\u{FE44}',
    '\u{FE48}', '\u{FE5A}', '\u{FE5C}', '\u{FE5E}', '\u{FF09}', '\u{FF3D}', '\u{FF5D}', '\u{FF60}',
    '\u{FF63}',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(lang: &str, text: &str, sentences: &[&str]) -> Gold {
        let sentences = sentences.iter().map(|&s| s.to_owned()).collect();
        let (id, source) = ("a".to_owned(), String::new());
        let (lang, text) = (lang.to_owned(), text.to_owned());
        Gold { id, lang, source, half: None, title: Value::Null, text, sentences }
    }

    fn sorted(places: &BTreeSet<usize>) -> Vec<usize> {
        places.iter().copied().collect()
    }

    #[test]
    fn closers_rise_so_that_they_can_be_looked_up() {
        assert!(CLOSERS.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn places_at_empty_lines_are_free_and_those_without_a_mark_bare() {
        let text = "A line\n \nIt ended. (Yes.) So\nit goes";
        let places = Places::of(&gold("en", text, &["A line", "It ended.", "(Yes.)", "So", "it goes"]));
        let places = places.expect("adds up");
        assert_eq!(sorted(&places.free), [5, 27]);
        assert_eq!(sorted(&places.bare), [5, 21, 27]);
        assert_eq!(sorted(&places.ends), [5, 13, 19, 21, 27]);
    }

    #[test]
    fn a_semicolon_is_a_mark_in_greek_alone() {
        let bare = |lang| Places::of(&gold(lang, "Α; Β.", &["Α;", "Β."])).expect("adds up").bare;
        assert_eq!((bare("el").len(), bare("en").len()), (0, 1));
    }

    #[test]
    fn sentences_that_do_not_add_up_are_told() {
        assert!(Places::of(&gold("en", "One. Two.", &["One."])).is_none());
        assert!(Places::of(&gold("en", " ", &[])).is_some());
    }

    /// The figures are those of `evaluate.py`.
    #[test]
    fn changed_texts_are_laid_beside_the_original() {
        let flat = squashed("He said “no.” Then he left. Why?");
        let sentences = |list: &[&str]| list.iter().map(|&s| s.to_owned()).collect::<Vec<_>>();
        let (places, changed) = predicted(&flat, &sentences(&["He said \"no.\"", "Then he left.", "Why?"]));
        assert_eq!((sorted(&places), changed), (vec![10, 22, 26], true));
        let (places, changed) = predicted(&flat, &sentences(&["He said", "“no.” Then", "he left. Why?"]));
        assert_eq!((sorted(&places), changed), (vec![6, 15, 26], false));
    }

    #[test]
    fn a_place_is_shown_between_what_surrounds_it() {
        assert_eq!(context("One. Two.", 4), "One.⏐ Two.");
        assert_eq!(context("One.", 9), "");
    }
}
