//! Stop words: forms that carry grammar and no topic. Where no frequencies are known they are all that is left out.
//!
//! To add a language: write `src/lex/data/stop/<tag>.txt`, then its row in `LISTS`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lex::fold::fold;

/// The stop words of a language, folded.
#[derive(Debug, Default)]
pub struct StopList {
    words: FxHashSet<Box<str>>,
}

impl StopList {
    /// Whether the folded form `word` is a stop word.
    pub fn holds(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the language has no list.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("data/stop/", $tag, ".txt")))),*]
    };
}

/// Lists by primary subtag.
const LISTS: &[(&str, &str)] = lists!(
    "af" "am" "ar" "az" "bg" "bn" "ca" "cs" "da" "de" "el" "en" "es" "et" "eu" "fa" "fi" "fr" "ga" "gl" "he" "hi" "hr"
    "hu" "hy" "id" "is" "it" "ja" "ka" "kk" "ko" "lt" "lv" "mk" "mr" "nb" "nl" "pl" "pt" "ro" "ru" "sk" "sl" "sq" "sr"
    "sv" "sw" "ta" "te" "tr" "uk" "ur" "vi" "zh"
);

static PARSED: LazyLock<Vec<(&str, StopList)>> = LazyLock::new(|| {
    let parse = |tag| {
        let mut folded = String::new();
        let words = words_of(tag).map(|word| {
            fold(word, tag, &mut folded);
            folded.as_str().into()
        });
        StopList { words: words.collect() }
    };
    LISTS.iter().map(|&(tag, _)| (tag, parse(tag))).collect()
});

static NONE: LazyLock<StopList> = LazyLock::new(StopList::default);

/// The stop list of a language given by its primary subtag; empty where there is none.
pub fn stop_list(lang: &str) -> &'static StopList {
    let tag = served_by(lang);
    PARSED.iter().find(|(known, _)| *known == tag).map_or(&NONE, |(_, list)| list)
}

/// The language whose lists and tables serve this one; most serve themselves.
pub(super) fn served_by(lang: &str) -> &str {
    match lang {
        "bs" => "hr",
        "ms" => "id",
        other => other,
    }
}

/// The languages that have a list, by primary subtag.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|&(tag, _)| tag)
}

/// The stop words of a language as they are listed; none where there is no list.
pub fn words_of(lang: &str) -> impl Iterator<Item = &'static str> {
    let text = LISTS.iter().find(|row| row.0 == lang).map_or("", |row| row.1);
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_known_by_their_folded_forms() {
        assert!(stop_list("en").holds("the") && stop_list("en").holds("don't"));
        assert!(stop_list("fa").holds("میتواند"));
        assert!(!stop_list("en").holds("bridge"));
    }

    #[test]
    fn a_language_without_a_list_has_no_stop_words() {
        assert!(stop_list("und").is_empty());
    }
}
