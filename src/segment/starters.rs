//! Words that open sentences: after an abbreviation or an initial, such a word with a capital begins another.
//!
//! To add a language: write `src/segment/data/starters/<tag>.txt`, then its row in `LISTS`.

use crate::lex::stop;

macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("data/starters/", $tag, ".txt")))),*]
    };
}

/// Lists by primary subtag.
const LISTS: &[(&str, &str)] = lists!(
    "az" "bg" "ca" "cs" "da" "de" "el" "en" "es" "et" "fi" "fr" "gl" "hr" "hu" "hy" "id" "is" "it" "ka" "kk" "lt" "lv"
    "mk" "nb" "nl" "pl" "pt" "ro" "ru" "sk" "sl" "sr" "sv" "tr" "uk" "vi"
);

/// The words that open sentences in a language given by its primary subtag, in lower case; its stop words where it has
/// no list. One that ends in an apostrophe opens whatever it is joined to.
pub(super) fn words(lang: &str) -> impl Iterator<Item = &'static str> {
    let tag = match lang {
        "bs" => "hr",
        "ms" => "id",
        other => other,
    };
    let list = LISTS.iter().find(|(known, _)| *known == tag).map(|(_, text)| text.lines().skip(1));
    let stop = if list.is_none() { Some(stop::words_of(lang)) } else { None };
    list.into_iter().flatten().chain(stop.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_without_capitals() {
        for (tag, text) in LISTS {
            let words: Vec<&str> = text.lines().skip(1).collect();
            assert!(words.is_sorted_by(|a, b| a < b), "{tag}: out of order or twice");
            for word in words {
                assert_eq!(word.to_lowercase(), word, "{tag}");
                assert!(!word.contains(char::is_whitespace), "{tag}: {word:?}");
            }
        }
    }

    #[test]
    fn particles_of_names_open_no_sentence() {
        for (tag, particle) in [("de", "von"), ("nl", "van"), ("it", "di"), ("pt", "dos"), ("fr", "d'")] {
            assert!(words(tag).all(|word| word != particle), "{tag}: {particle}");
        }
    }

    #[test]
    fn a_language_without_a_list_uses_its_stop_words() {
        assert!(words("hi").next().is_some());
        assert!(words("xx").next().is_none());
    }
}
