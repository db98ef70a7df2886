//! Names to watch: runs of capitalized words, counted over a whole document.

use std::collections::BTreeMap;

use crate::base::lang::Lang;
use crate::structure::names::{month, weekday};

/// A name and how often it stands in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it is written, without a possessive ending.
    pub text: String,
    /// Sentences and places where it stands, all told.
    pub count: usize,
    /// Number of the sentence where it stands first, from 0.
    pub first: usize,
}

/// Words in small letters that may stand inside a name.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "degli", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "of", "ten", "ter", "van", "von", "y", "zu", "zur",
];
/// Languages that capitalize all nouns: there only runs of two words and more, and what is all in capitals, are names.
const NOUNS_CAPITALIZED: &[&str] = &["de", "lb"];
/// Most words of a name.
const WORDS: usize = 7;

/// Names in the sentences of a document, most frequent first, then by where they stand first.
///
/// A capitalized word alone at the beginning of a sentence is no name, unless it stands elsewhere capitalized too; initials
/// (`J. R.`) and particles (`van der`) belong to the name around them. Scripts without capitals give none.
///
/// ```
/// # use nutgraf::{Lang, translate::protect::names};
/// let en = Lang::parse("en").expect("a tag");
/// let found = names(["Mayor Ida van der Berg spoke.", "Reporters asked Ida van der Berg's deputy."], &en);
/// assert_eq!(found[0].text, "Ida van der Berg");
/// ```
pub fn names<'s>(sentences: impl IntoIterator<Item = &'s str>, lang: &Lang) -> Vec<Name> {
    let strict = NOUNS_CAPITALIZED.contains(&lang.primary());
    let mut sure: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut doubtful: Vec<(Vec<&str>, usize)> = Vec::new();
    for (number, sentence) in sentences.into_iter().enumerate() {
        for (run, opens) in runs(sentence) {
            let capitals = run.len() > 1 || is_acronym(run[0]);
            if opens {
                doubtful.push((run, number));
            } else if capitals || !strict && run[0].chars().count() > 1 {
                let slot = sure.entry(run.join(" ")).or_insert((0, number));
                slot.0 += 1;
            }
        }
    }
    for (run, number) in doubtful {
        // How much of what opens a sentence is a name is known from elsewhere, or else by its length.
        let known = (0..run.len()).map(|from| run[from..].join(" ")).find(|name| sure.contains_key(name));
        let name = known.or_else(|| (run.len() > 1).then(|| run.join(" ")));
        if let Some(name) = name {
            let slot = sure.entry(name).or_insert((0, number));
            *slot = (slot.0 + 1, slot.1.min(number));
        }
    }
    let mut found: Vec<_> =
        sure.into_iter().map(|(text, (count, first))| Name { text, count, first }).collect();
    found.retain(|name| !is_of_a_calendar(&name.text, lang));
    found.sort_by(|a, b| b.count.cmp(&a.count).then(a.first.cmp(&b.first)).then(a.text.cmp(&b.text)));
    found
}

/// Whether a word is a day or a month, which dates tell of.
fn is_of_a_calendar(word: &str, lang: &Lang) -> bool {
    let word = word.to_lowercase();
    month(&word, lang).is_some() || weekday(&word, lang).is_some()
}

fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

/// Runs of capitalized words, and whether each opens the sentence.
fn runs(sentence: &str) -> Vec<(Vec<&str>, bool)> {
    let mut all = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let (mut opens, mut first) = (true, true);
    for token in sentence.split_whitespace() {
        let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
        let initial = bare.chars().count() == 1 && token.ends_with('.');
        let word = if initial {
            token.trim_start_matches(|c: char| !c.is_alphanumeric())
        } else {
            strip_possessive(bare)
        };
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if !run.is_empty() && !token.starts_with(|c: char| c.is_alphanumeric()) {
            close(&mut run, opens, &mut all);
        }
        if capital && run.len() < WORDS {
            if run.is_empty() {
                opens = first;
            }
            run.push(word);
        } else if !(run.is_empty() || capital) && run.len() < WORDS && PARTICLES.contains(&bare) {
            run.push(bare);
        } else {
            close(&mut run, opens, &mut all);
        }
        let ends = !initial && !token.ends_with(char::is_alphanumeric);
        if ends || word.len() < bare.len() {
            close(&mut run, opens, &mut all);
        }
        first &= bare.is_empty();
    }
    close(&mut run, opens, &mut all);
    all
}

/// Ends a run: particles at its end are none of it.
fn close<'s>(run: &mut Vec<&'s str>, opens: bool, all: &mut Vec<(Vec<&'s str>, bool)>) {
    while run.last().is_some_and(|word| PARTICLES.contains(word)) {
        run.pop();
    }
    if !run.is_empty() {
        all.push((std::mem::take(run), opens));
    }
}

fn strip_possessive(word: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}
