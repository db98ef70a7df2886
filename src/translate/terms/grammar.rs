//! What little grammar candidates need: words inside terms and names, and in English which words are no ends of a term.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// The grammar of a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grammar {
    /// Stop words that may stand inside a term: `court of appeal`.
    pub(super) links: &'static [&'static str],
    /// Words in lower case that may stand inside a name.
    pub(super) particles: &'static [&'static str],
    /// Whether all nouns have capitals.
    pub(super) capital_nouns: bool,
    /// Whether the rest of this file knows it.
    pub(super) english: bool,
}

const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "las",
    "le", "les", "los", "of", "ten", "ter", "van", "von", "y", "zu",
];

/// The grammar of the language with this primary subtag.
pub(super) fn of(lang: &str) -> Grammar {
    let links: &[&str] = match lang {
        "en" => &["of"],
        "fr" => &["de", "du", "des", "la", "à"],
        "es" => &["de", "del", "la", "los", "las"],
        "it" => &["di", "del", "della", "dei", "delle", "dello"],
        "pt" => &["de", "do", "da", "dos", "das"],
        "ca" => &["de", "del", "la", "dels"],
        "ro" => &["de", "a", "al"],
        _ => &[],
    };
    Grammar { links, particles: PARTICLES, capital_nouns: matches!(lang, "de" | "lb"), english: lang == "en" }
}

/// English words that begin or end no term, though they are no stop words: verbs, adverbs, adjectives of degree and order, numerals,
/// and words of time.
static EDGES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words(include_str!("data/edges.en.txt")));

fn words(text: &'static str) -> FxHashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Whether an English word, folded, can stand at neither end of a term.
pub(super) fn is_edge(word: &str) -> bool {
    EDGES.contains(word) || word.ends_with("ly") && word.len() > 5
}

/// Whether a noun phrase may begin after an English word.
pub(super) fn opens_noun(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "its"
            | "their"
            | "his"
            | "her"
            | "our"
            | "my"
            | "your"
            | "no"
            | "any"
            | "some"
            | "each"
            | "every"
            | "of"
            | "in"
            | "on"
            | "for"
            | "with"
            | "from"
            | "by"
            | "at"
            | "as"
            | "into"
            | "several"
            | "many"
            | "more"
            | "most"
            | "few"
            | "between"
            | "under"
            | "over"
            | "against"
    )
}

/// Whether a verb is to be expected after an English word.
pub(super) fn opens_verb(word: &str) -> bool {
    matches!(
        word,
        "to" | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "should"
            | "must"
            | "i"
            | "you"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "who"
            | "not"
            | "did"
            | "does"
            | "do"
            | "has"
            | "had"
            | "have"
            | "been"
            | "was"
            | "were"
            | "is"
            | "are"
            | "be"
    )
}

/// Whether an English word is the object of a verb before it.
pub(super) fn is_object(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "him"
            | "them"
            | "it"
            | "me"
            | "us"
            | "that"
            | "my"
            | "our"
    )
}

/// A noun's singular, near enough to bring both numbers to one candidate; other languages keep theirs.
pub(super) fn singular(word: &str, english: bool) -> &str {
    if !english || word.len() < 4 {
        return word;
    }
    let cut = |count: usize| &word[..word.len() - count];
    if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) {
        return cut(2);
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_numbers_are_one_candidate() {
        for (plural, one) in [
            ("girders", "girder"),
            ("bridges", "bridge"),
            ("branches", "branch"),
            ("bus", "bus"),
            ("glass", "glass"),
            ("crisis", "crisis"),
        ] {
            assert_eq!(singular(plural, true), one);
        }
        assert_eq!(singular("ponts", false), "ponts");
    }
}
