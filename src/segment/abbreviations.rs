//! Abbreviations whose full stop does not end a sentence.
//!
//! To add a language: write `src/segment/data/abbreviations/<tag>.txt`, then its row in `LISTS`.

/// How an abbreviation behaves before a capital letter or a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behaviour {
    /// A sentence never ends here: `Mr.`
    Never,
    /// None ends here when a number follows: `No. 5`.
    BeforeNumber,
    /// One may end here: `U.S.`
    Either,
}

macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("data/abbreviations/", $tag, ".txt")))),*]
    };
}

/// Lists by primary subtag; `und` holds what most languages in Latin letters share.
const LISTS: &[(&str, &str)] = lists!(
    "af" "am" "ar" "az" "bg" "bn" "ca" "cs" "da" "de" "el" "en" "es" "et" "fa" "fi" "fr" "gl" "gu" "he" "hi" "hr"
    "hu" "hy" "id" "is" "it" "ka" "kk" "kn" "lt" "lv" "mk" "ml" "mr" "my" "nb" "nl" "pa" "pl" "pt" "ro" "ru" "sk"
    "sl" "sr" "sv" "ta" "te" "tr" "uk" "und" "ur" "vi"
);

/// The abbreviations of a language given by its primary subtag, lower case, without their last full stop, each with how
/// it behaves; none where there is no list. One may stand in two sections.
pub(super) fn entries(lang: &str) -> impl Iterator<Item = (&'static str, Behaviour)> {
    let tag = match lang {
        "bs" => "hr",
        "ms" => "id",
        other => other,
    };
    let text = LISTS.iter().find(|(known, _)| *known == tag).map_or("", |(_, text)| text);
    let mut behaviour = Behaviour::Never;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(move |line| {
        match line {
            "[never]" => behaviour = Behaviour::Never,
            "[number]" => behaviour = Behaviour::BeforeNumber,
            "[either]" => behaviour = Behaviour::Either,
            entry => return Some((entry, behaviour)),
        }
        None
    })
}

/// The languages that have a list, by primary subtag.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|&(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sections of a list by name, in the order of the file.
    fn sections(text: &str) -> Vec<(&str, Vec<&str>)> {
        let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match sections.last_mut() {
                Some((_, entries)) if !line.starts_with('[') => entries.push(line),
                _ => sections.push((line, Vec::new())),
            }
        }
        sections
    }

    #[test]
    fn lists_have_their_three_sections_sorted_and_without_capitals() {
        for (tag, text) in LISTS {
            let sections = sections(text);
            let names: Vec<&str> = sections.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, ["[never]", "[number]", "[either]"], "{tag}");
            for (name, entries) in sections {
                assert!(entries.is_sorted_by(|a, b| a < b), "{tag} {name}: out of order or twice");
                for entry in entries {
                    assert_eq!(entry.to_lowercase(), entry, "{tag} {name}");
                    assert!(!entry.ends_with('.') && entry.trim() == entry, "{tag} {name}: {entry:?}");
                }
            }
        }
    }

    #[test]
    fn what_never_ends_a_sentence_stands_in_one_section_alone() {
        for (tag, text) in LISTS {
            let sections = sections(text);
            let (never, others) = sections.split_first().expect("three sections");
            let twice = never.1.iter().find(|e| others.iter().any(|(_, entries)| entries.contains(e)));
            assert_eq!(twice, None, "{tag}");
        }
    }
}
