//! What is listed of words: abbreviations, and words that open sentences.

use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{LazyLock, OnceLock};

use hashbrown::HashMap;

use super::bare::Places;
use super::word::Hash;
use crate::lex::stop;
use crate::segment::abbreviations::{self, Behaviour};
use crate::segment::starters;

/// Bits of what is listed of a word.
pub(super) type Flags = u8;

/// No sentence ends after it.
pub(super) const NEVER: Flags = 1;
/// None ends after it before a number.
pub(super) const NUMBER: Flags = 2;
/// One may end after it.
pub(super) const EITHER: Flags = 4;
/// It opens sentences, with a capital.
pub(super) const STARTER: Flags = 8;
/// It is a stop word, and so no abbreviation that nobody listed.
pub(super) const ORDINARY: Flags = 16;
/// A pronoun that has its capital anywhere, for politeness.
pub(super) const POLITE: Flags = 32;
/// Any of the three kinds of abbreviations.
pub(super) const LISTED: Flags = NEVER | NUMBER | EITHER;

/// What is listed of the words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: HashMap<u64, Flags, BuildHasherDefault<Given>>,
    /// A hash of the language's tag.
    pub(super) key: u64,
    /// Whether `3.` is "third".
    pub(super) ordinals: bool,
    /// Where sentences are looked for that no mark ends.
    pub(super) bare: Places,
    /// For each first letter of a word that may open one, its second letters, a bit each: all but a few names are told
    /// apart by these alone.
    pub(super) pairs: [u32; 26],
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct Given(u64);

impl Hasher for Given {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are u64")
    }

    fn write_u64(&mut self, key: u64) {
        // The table takes its seven control bits from the top.
        self.0 = key ^ key.rotate_left(32);
    }
}

impl Lexicon {
    fn of(lang: &str) -> Self {
        let bare = match lang {
            "ko" => Places::Endings,
            // Titles in capitals leave too few of such places right to be worth the search.
            "en" => Places::None,
            _ if has_capitals(lang) && stop::languages().any(|known| known == lang) => Places::Capitals,
            _ => Places::None,
        };
        let words = HashMap::default();
        let mut lexicon = Self {
            words,
            pairs: [0; 26],
            key: Hash::of(lang),
            ordinals: writes_ordinals_with_a_stop(lang),
            bare,
        };
        let general = abbreviations::entries(if writes_latin(lang) { "und" } else { "" });
        for (word, behaviour) in general.chain(abbreviations::entries(lang)) {
            let flag = match behaviour {
                Behaviour::Never => NEVER,
                Behaviour::BeforeNumber => NUMBER,
                Behaviour::Either => EITHER,
            };
            *lexicon.words.entry(Hash::of(word)).or_default() |= flag;
        }
        for word in starters::words(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= STARTER;
            if let [first @ b'a'..=b'z', rest @ ..] = word.as_bytes() {
                let second = rest.first().copied().filter(u8::is_ascii_lowercase).map_or(31, |b| b - b'a');
                lexicon.pairs[usize::from(first - b'a')] |= 1 << second;
            }
        }
        for word in stop::words_of(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= ORDINARY;
        }
        for word in polite(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= POLITE;
        }
        lexicon
    }

    /// What is listed of the word with this hash.
    #[inline]
    pub(super) fn flags(&self, hash: u64) -> Flags {
        self.words.get(&hash).copied().unwrap_or_default()
    }
}

/// The lexicon of a language given by its primary subtag.
pub(super) fn lexicon(lang: &str) -> &'static Lexicon {
    static ALL: LazyLock<Vec<(u32, &str, OnceLock<Lexicon>)>> = LazyLock::new(|| {
        let mut tags: Vec<_> = abbreviations::languages().chain(stop::languages()).collect();
        tags.sort_unstable_by_key(|tag| packed(tag));
        tags.dedup();
        tags.into_iter().map(|tag| (packed(tag), tag, OnceLock::new())).collect()
    });
    static GENERAL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of("und"));
    let key = packed(lang);
    match ALL.binary_search_by_key(&key, |row| row.0) {
        Ok(at) => ALL[at].2.get_or_init(|| Lexicon::of(ALL[at].1)),
        Err(_) => &GENERAL,
    }
}

/// A tag of up to four letters as a number; 0 for longer ones, which have no lists.
fn packed(tag: &str) -> u32 {
    if tag.len() > 4 { 0 } else { tag.bytes().fold(0, |key, b| key << 8 | u32::from(b)) }
}

/// Pronouns that some write with a capital inside a sentence.
fn polite(lang: &str) -> &'static [&'static str] {
    match lang {
        "de" => &[
            "dein", "deine", "deinem", "deinen", "deiner", "dich", "dir", "du", "euch", "euer", "eure",
            "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "sie",
        ],
        "da" | "nb" => &["de", "dem", "deres", "i", "jer", "jeres"],
        "sv" => &["er", "ert", "era", "ni"],
        "nl" => &["u", "uw"],
        "it" => &["la", "le", "lei", "loro", "suo", "sua", "voi"],
        "es" => &["usted", "ustedes", "el", "la", "los", "las"],
        "pl" => &[
            "ci", "cię", "ciebie", "pan", "pani", "państwo", "tobie", "tobą", "ty", "twoja", "twoje", "twój",
            "was", "wam", "wy",
        ],
        "cs" | "sk" => &["vy", "vám", "vás", "váš", "vaše"],
        "sl" | "hr" => &["vi", "vam", "vas", "vaš", "vaša", "vaše"],
        "ru" | "bg" | "sr" | "mk" => {
            &["вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вие", "ви"]
        }
        "uk" => &["ви", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваші"],
        "kk" => &["сіз", "сізге", "сізді", "сіздер", "сіздің"],
        _ => &[],
    }
}

/// Languages that write `3.` for "third".
pub(in crate::segment) fn writes_ordinals_with_a_stop(lang: &str) -> bool {
    matches!(
        lang,
        "de" | "da"
            | "nb"
            | "fi"
            | "is"
            | "cs"
            | "sk"
            | "sl"
            | "hr"
            | "sr"
            | "bs"
            | "hu"
            | "et"
            | "lv"
            | "lt"
            | "pl"
            | "tr"
            | "az"
            | "eu"
            | "kk"
    )
}

/// Whether the language is written with capitals.
fn has_capitals(lang: &str) -> bool {
    !matches!(
        lang,
        "am" | "ar"
            | "bn"
            | "fa"
            | "gu"
            | "he"
            | "hi"
            | "ja"
            | "ka"
            | "kn"
            | "ko"
            | "ml"
            | "mr"
            | "my"
            | "pa"
            | "ta"
            | "te"
            | "ur"
            | "zh"
    )
}

/// Whether the abbreviations that most of Europe shares (`Dr.`, `Prof.`, `vs.`) are expected in the language.
fn writes_latin(lang: &str) -> bool {
    !matches!(
        lang,
        "am" | "ar"
            | "bg"
            | "bn"
            | "el"
            | "fa"
            | "he"
            | "hi"
            | "hy"
            | "ja"
            | "ka"
            | "kk"
            | "ko"
            | "mk"
            | "mr"
            | "my"
            | "pa"
            | "ru"
            | "sr"
            | "ta"
            | "te"
            | "uk"
            | "ur"
            | "zh"
    )
}
