//! Abbreviations whose full stop does not end a sentence.
//!
//! To add a language: write `src/segment/data/abbreviations/<tag>.txt`, then its row in `LISTS`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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

/// Abbreviations of a language, lower case, without their last full stop.
pub(super) type Abbreviations = FxHashMap<&'static str, Behaviour>;

macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("data/abbreviations/", $tag, ".txt")))),*]
    };
}

/// Lists by primary subtag.
const LISTS: &[(&str, &str)] = lists!(
    "ar" "az" "bg" "bn" "ca" "cs" "da" "de" "el" "en" "es" "et" "fa" "fi" "fr" "he" "hi" "hr" "hu" "id" "it" "kk" "lt"
    "lv" "nb" "nl" "pl" "pt" "ro" "ru" "sk" "sl" "sv" "tr" "uk" "vi"
);

static PARSED: LazyLock<Vec<(&str, Abbreviations)>> =
    LazyLock::new(|| LISTS.iter().map(|&(tag, text)| (tag, parse(text))).collect());

static NONE: LazyLock<Abbreviations> = LazyLock::new(Abbreviations::default);

fn parse(text: &'static str) -> Abbreviations {
    let mut behaviour = Behaviour::Never;
    let mut list = Abbreviations::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "[never]" => behaviour = Behaviour::Never,
            "[number]" => behaviour = Behaviour::BeforeNumber,
            "[either]" => behaviour = Behaviour::Either,
            entry => {
                list.entry(entry).or_insert(behaviour);
            }
        }
    }
    list
}

/// The abbreviations of a language given by its primary subtag; none where there is no list.
pub(super) fn abbreviations(lang: &str) -> &'static Abbreviations {
    let tag = match lang {
        "bs" | "sr" => "hr",
        "ms" => "id",
        other => other,
    };
    PARSED.iter().find(|(known, _)| *known == tag).map_or(&NONE, |(_, list)| list)
}
