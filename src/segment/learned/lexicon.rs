//! What is listed of words: abbreviations, and words that open sentences.

use std::collections::BTreeSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{LazyLock, OnceLock};

use hashbrown::HashMap;

use super::bare::Places;
use super::window::not_small;
use super::word::Hash;
use crate::base::letters::is_letter;
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
/// The second word of an abbreviation of two: of `z. B.` the `B`.
pub(super) const SECOND: Flags = 64;
/// Any of the three kinds of abbreviations.
pub(super) const LISTED: Flags = NEVER | NUMBER | EITHER;

/// What is listed of the words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: HashMap<u64, Flags, BuildHasherDefault<Given>>,
    /// A bit for the low bits of each of their hashes: most words are told to be none of them by this alone.
    hints: Box<Bits<HINTS>>,
    /// A hash of the language's tag.
    pub(super) key: u64,
    /// Whether `3.` is "third".
    pub(super) ordinals: bool,
    /// Where sentences are looked for that no mark ends.
    pub(super) bare: Places,
    /// A bit for the first letters of each ASCII word that opens sentences: all but a few names are told apart by these
    /// alone.
    heads: Box<Bits<HEADS>>,
    /// The same for words of Cyrillic, by their first two letters as they are written with a capital.
    pairs: Box<Bits<HEADS>>,
    /// The same for words of all scripts, by a hash of their first two characters.
    openers: Bits<OPENERS>,
    /// A bit for the last four letters of each abbreviation, and of each second word of one, that is four letters or more of
    /// ASCII or Cyrillic.
    tails: Box<Bits<TAILS>>,
}

/// A set of numbers below 64 times `WORDS`, a bit each; of a larger one the remainder counts.
#[derive(Debug)]
struct Bits<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    fn none() -> Self {
        Self([0; WORDS])
    }

    fn add(&mut self, number: usize) {
        self.0[number / 64 % WORDS] |= 1 << (number % 64);
    }

    #[inline]
    fn has(&self, number: usize) -> bool {
        self.0[number / 64 % WORDS] >> (number % 64) & 1 != 0
    }
}

/// A hash as a number of [`Bits`].
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "its low bits are all that counts")]
fn low(hash: u64) -> usize {
    hash as usize
}

/// Words of [`Lexicon::hints`], 64 bits each.
const HINTS: usize = 256;

/// Words of [`Lexicon::openers`], 64 bits each.
const OPENERS: usize = 32;

/// Words of [`Lexicon::tails`], 64 bits each.
const TAILS: usize = 128;

/// The number of a word in [`Lexicon::tails`], by its last four letters without their case.
#[inline]
fn tail(last: [u8; 4]) -> usize {
    let small = u32::from_le_bytes(last) | 0x2020_2020;
    (small.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// The same of a word of small letters of Cyrillic.
#[inline]
fn tail_of_pairs(last: [u8; 8]) -> usize {
    (u64::from_le_bytes(last).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}

/// Words of [`Lexicon::heads`], 64 bits each.
const HEADS: usize = 128;

/// The number of a word in [`Lexicon::heads`]: its first letter whatever its case, and the small letters of ASCII behind it, up
/// to eight in all.
#[inline]
fn head(word: &[u8]) -> usize {
    let eight = word.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..word.len()].copy_from_slice(word);
        padded
    });
    let eight = u64::from_le_bytes(eight) | 0x20;
    let others = not_small(eight) & !0xFF;
    let letters = if others == 0 { u64::MAX } else { (1 << (others.trailing_zeros() - 7)) - 1 };
    ((eight & letters).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// The number of a word in [`Lexicon::pairs`] by its first four bytes, where these are two letters of Cyrillic.
#[inline]
fn pair(word: &[u8]) -> Option<usize> {
    match *word {
        [first @ (0xD0 | 0xD1), a, second @ (0xD0 | 0xD1), b, ..] => {
            let both = u32::from_le_bytes([first, a, second, b]);
            Some((both.wrapping_mul(0x9E37_79B1) >> 16) as usize)
        }
        _ => None,
    }
}

/// The number of a word in [`Lexicon::openers`], by its first two characters.
#[inline]
fn opening(first: char, second: char) -> usize {
    let mut hash = Hash::default();
    hash.add(first);
    if is_letter(second) {
        hash.add(second);
    }
    low(hash.0 ^ hash.0 >> 32)
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
            hints: Box::new(Bits::none()),
            openers: Bits::none(),
            heads: Box::new(Bits::none()),
            pairs: Box::new(Bits::none()),
            tails: Box::new(Bits::none()),
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
            if let Some(&last) = word.as_bytes().last_chunk() {
                lexicon.tails.add(tail(last));
            }
            if let Some(&last) = word.as_bytes().last_chunk() {
                lexicon.tails.add(tail_of_pairs(last));
            }
            if let Some((_, second)) = word.rsplit_once(' ') {
                *lexicon.words.entry(Hash::of(second)).or_default() |= SECOND;
            }
        }
        for word in starters::words(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= STARTER;
            let mut chars = word.chars();
            lexicon.openers.add(opening(chars.next().unwrap_or(' '), chars.next().unwrap_or(' ')));
            if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                lexicon.heads.add(head(word.as_bytes()));
            }
            let capital: String =
                word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
            if let Some(pair) = pair(capital.as_bytes()) {
                lexicon.pairs.add(pair);
            }
        }
        for word in stop::words_of(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= ORDINARY;
        }
        for word in polite(lang) {
            *lexicon.words.entry(Hash::of(word)).or_default() |= POLITE;
        }
        for &hash in lexicon.words.keys() {
            lexicon.hints.add(low(hash));
        }
        lexicon
    }

    /// Whether `bytes`, which begin with a letter, may begin with a word that opens sentences, as far as their first letters
    /// tell.
    #[inline]
    pub(super) fn may_open_bytes(&self, bytes: &[u8]) -> bool {
        if bytes[0].is_ascii() {
            return self.heads.has(head(bytes));
        }
        pair(bytes).is_none_or(|pair| self.pairs.has(pair))
    }

    /// Whether a word that opens sentences may begin with these two characters, the second a letter or not.
    #[inline]
    pub(super) fn may_open(&self, first: char, second: char) -> bool {
        self.openers.has(opening(first, second))
    }

    /// Whether a word that ends with these letters of ASCII may be an abbreviation.
    #[inline]
    pub(super) fn may_be_listed(&self, last: [u8; 4]) -> bool {
        self.tails.has(tail(last))
    }

    /// Whether one that ends with these four small letters of Cyrillic may be an abbreviation, or the second word of one.
    #[inline]
    pub(super) fn may_be_listed_pairs(&self, last: [u8; 8]) -> bool {
        self.tails.has(tail_of_pairs(last))
    }

    /// What is listed of the word with this hash.
    #[inline]
    pub(super) fn flags(&self, hash: u64) -> Flags {
        if !self.hints.has(low(hash)) {
            return 0;
        }
        self.words.get(&hash).copied().unwrap_or_default()
    }
}

/// The lexicon of a language given by its primary subtag.
pub(super) fn lexicon(lang: &str) -> &'static Lexicon {
    static ALL: LazyLock<All> = LazyLock::new(|| {
        let mut all = All { rows: Vec::new(), rows_of_two: [None; 26 * 26] };
        let tags: BTreeSet<_> = abbreviations::languages().chain(stop::languages()).collect();
        for tag in tags {
            if let Some(two) = two_letters(tag) {
                all.rows_of_two[two] = u8::try_from(all.rows.len()).ok();
            }
            all.rows.push((tag, OnceLock::new()));
        }
        all
    });
    static GENERAL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of("und"));
    let all = &*ALL;
    let row = match two_letters(lang) {
        Some(two) => all.rows_of_two[two].map(usize::from),
        None => all.rows.iter().position(|&(tag, _)| tag == lang),
    };
    match row {
        Some(at) => all.rows[at].1.get_or_init(|| Lexicon::of(all.rows[at].0)),
        None => &GENERAL,
    }
}

/// The lexicons of all languages, each made when it is first asked for.
struct All {
    rows: Vec<(&'static str, OnceLock<Lexicon>)>,
    /// Which row a tag of two letters has, as nearly all tags are.
    rows_of_two: [Option<u8>; 26 * 26],
}

/// The place of a tag of two small letters in a table of all of these.
#[inline]
fn two_letters(tag: &str) -> Option<usize> {
    match *tag.as_bytes() {
        [first @ b'a'..=b'z', second @ b'a'..=b'z'] => {
            Some(usize::from(first - b'a') * 26 + usize::from(second - b'a'))
        }
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_listed_word_is_ruled_out_at_a_glance() {
        for tag in ["de", "fr", "it", "pl", "tr", "el", "ru", "uk", "bg", "kk"] {
            let lexicon = lexicon(tag);
            for word in starters::words(tag) {
                for behind in ["", " x", ", and more"] {
                    let capital = word.chars().take(1).flat_map(char::to_uppercase);
                    let text: String = capital.chain(word.chars().skip(1)).chain(behind.chars()).collect();
                    assert!(lexicon.may_open_bytes(text.as_bytes()), "{tag}: {text}");
                }
            }
            for (word, _) in abbreviations::entries(tag) {
                let last = word.as_bytes();
                assert!(last.last_chunk().is_none_or(|&last| lexicon.may_be_listed(last)), "{tag}: {word}");
                assert!(
                    last.last_chunk().is_none_or(|&last| lexicon.may_be_listed_pairs(last)),
                    "{tag}: {word}"
                );
            }
        }
    }
}
