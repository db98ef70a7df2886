//! From a word as it is written to its term, in one look-up.
//!
//! A worker keeps one lexicon per language and reuses it from document to document: by Zipf's law nearly every word was
//! met before. It is a cache, bounded, and never changes a result.

use std::ops::Range;

use hashbrown::HashTable;
use rust_stemmers::Stemmer;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::span::position;
use crate::lex::fold::fold;
use crate::lex::stem::stemmer;
use crate::lex::stop::{self, StopList, stop_list};
use crate::stats::idf::idf;
use crate::stats::model::LanguageModel;

/// Surface forms kept before the cache is cleared, about 60 MB at most.
const MOST_SURFACES: usize = 1 << 20;

/// A term of a language.
#[derive(Debug, Clone, Copy)]
struct Term {
    key: u64,
    stop: bool,
    weight: f64,
}

/// Which document met a term last, and its number there. Kept apart from [`Term`]: every word looks here, and few look
/// further.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    by: u32,
    number: u32,
}

/// A word of at most [`PACKED`] bytes, zeros after it (no word holds one), and its term.
#[derive(Debug, Clone, Copy)]
struct Short {
    word: [u64; 2],
    term: u32,
}

/// Longest word that is compared as two numbers instead of byte by byte.
const PACKED: usize = 16;

/// The words of one language, with what is known of their terms.
pub struct Lexicon {
    lang: Box<str>,
    stemmer: Option<Stemmer>,
    stop: &'static StopList,
    /// Places in `words`.
    short: HashTable<u32>,
    /// Short words as they were met: the frequent ones come first and lie close together, where the processor keeps them.
    words: Vec<Short>,
    long: FxHashMap<Box<str>, u32>,
    terms: Vec<Term>,
    seen: Vec<Seen>,
    by_key: FxHashMap<u64, u32>,
    document: u32,
    folded: String,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// What a document needs to know of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermUse {
    /// Its number in the document, from 0 in order of first appearance.
    pub number: u32,
    /// Set when this is its first appearance.
    pub first: bool,
    /// Its number in the lexicon.
    term: u32,
}

impl Lexicon {
    /// An empty lexicon of the language with this primary subtag.
    pub fn new(lang: &str) -> Self {
        Self {
            lang: lang.into(),
            stemmer: stemmer(lang),
            stop: stop_list(lang),
            short: HashTable::new(),
            words: Vec::new(),
            long: FxHashMap::default(),
            terms: Vec::new(),
            seen: Vec::new(),
            by_key: FxHashMap::default(),
            document: 0,
            folded: String::new(),
        }
    }

    /// Starts a document: terms are numbered anew.
    pub fn begin(&mut self) {
        if self.short.len() + self.long.len() > MOST_SURFACES || self.document == u32::MAX {
            *self = Self::new(&self.lang);
        }
        self.document += 1;
    }

    /// The term of the word at `word` in `text`; `next` is the number it gets if the document did not hold it before.
    /// `model` must be the same for the life of the lexicon.
    pub fn term(
        &mut self,
        text: &str,
        word: Range<usize>,
        model: Option<&LanguageModel>,
        next: u32,
    ) -> TermUse {
        let at = self.find(text, word, model);
        let seen = &mut self.seen[at as usize];
        let first = seen.by != self.document;
        if first {
            *seen = Seen { by: self.document, number: next };
        }
        TermUse { number: seen.number, first, term: at }
    }

    /// Of a term that [`Lexicon::term`] gave: its key in corpus models, whether it is a stop word, and its weight (inverse
    /// document frequency, 1 where none is known, 0 for a stop word).
    pub fn known(&self, found: TermUse) -> (u64, bool, f64) {
        let term = &self.terms[found.term as usize];
        (term.key, term.stop, term.weight)
    }

    fn find(&mut self, text: &str, word: Range<usize>, model: Option<&LanguageModel>) -> u32 {
        if word.len() > PACKED {
            let word = &text[word];
            if let Some(&term) = self.long.get(word) {
                return term;
            }
            let term = self.learn(word, model);
            self.long.insert(word.into(), term);
            return term;
        }
        let packed = pack(text.as_bytes(), word.clone());
        let hash = mix(packed);
        let words = &self.words;
        if let Some(&at) = self.short.find(hash, |&at| words[at as usize].word == packed) {
            return words[at as usize].term;
        }
        let term = self.learn(&text[word], model);
        let words = &mut self.words;
        words.push(Short { word: packed, term });
        self.short.insert_unique(hash, position(words.len() - 1), |&at| mix(words[at as usize].word));
        term
    }

    /// The key of a word, whose folded form is left in `folded`.
    fn key(&mut self, word: &str) -> u64 {
        fold(word, &self.lang, &mut self.folded);
        match &self.stemmer {
            _ if self.stop.holds(&self.folded) => stop_key(&self.folded),
            Some(stemmer) => term_key(&stemmer.stem(&self.folded)),
            None => term_key(&self.folded),
        }
    }

    fn learn(&mut self, word: &str, model: Option<&LanguageModel>) -> u32 {
        let key = self.key(word);
        let stop = self.stop.holds(&self.folded);
        let (terms, seen) = (&mut self.terms, &mut self.seen);
        *self.by_key.entry(key).or_insert_with(|| {
            let weight = match (stop, model) {
                (true, _) => 0.0,
                (false, None) => 1.0,
                (false, Some(model)) => idf(model.df(key), model.documents),
            };
            terms.push(Term { key, stop, weight });
            seen.push(Seen::default());
            position(terms.len() - 1)
        })
    }
}

/// The bytes of a short word as two numbers, zeros after them.
fn pack(bytes: &[u8], word: Range<usize>) -> [u64; 2] {
    let length = word.len();
    let Some(&window) = bytes[word.start..].first_chunk::<PACKED>() else {
        let mut window = [0; PACKED];
        window[..length].copy_from_slice(&bytes[word]);
        return split(u128::from_le_bytes(window));
    };
    let keep = if length == PACKED { u128::MAX } else { (1_u128 << (8 * length)) - 1 };
    split(u128::from_le_bytes(window) & keep)
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn split(number: u128) -> [u64; 2] {
    [number as u64, (number >> 64) as u64]
}

/// A hash of a short word: the two halves of the product of its two numbers, as in wyhash.
fn mix(word: [u64; 2]) -> u64 {
    let product = u128::from(word[0] ^ 0x9E37_79B9_7F4A_7C15) * u128::from(word[1] ^ 0xD1B5_4A32_D192_ED03);
    let [low, high] = split(product);
    low ^ high
}

/// The key of a folded, stemmed term in corpus models.
fn term_key(term: &str) -> u64 {
    xxh3_64(term.as_bytes())
}

/// The key of a stop word: another one than that of a term spelled alike, as the stem of `willing` is in English.
///
/// A seed would not do: of words of up to three letters, XXH3 only adds it to the letters, so that `but` under the seed 1
/// has the hash of `bus` without one.
fn stop_key(word: &str) -> u64 {
    xxh3_64(word.as_bytes()).rotate_left(32) ^ 0x9E37_79B9_7F4A_7C15
}

/// The key that `word` has in a corpus model of the language with this primary subtag.
pub fn key_of(word: &str, lang: &str) -> u64 {
    Lexicon::new(lang).key(word)
}

/// The keys of many words at once, in their order.
pub(super) fn keys_of<'w>(words: impl Iterator<Item = &'w str>, lang: &str) -> Vec<u64> {
    let mut lexicon = Lexicon::new(lang);
    words.map(|word| lexicon.key(word)).collect()
}

/// Names the rules by which terms are made; corpus models of another fingerprint do not fit.
pub fn fingerprint() -> u64 {
    let rules = [
        "words: UAX 29 of Unicode 17, bigrams of Han and kana, trigrams of Thai, Lao, Burmese and Khmer",
        crate::lex::stem::VERSION,
        "fold 1, keys 2",
    ];
    let mut text = rules.join("\n");
    for tag in stop::languages() {
        text.push_str(tag);
        text.extend(stop::words_of(tag));
    }
    xxh3_64(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_spelled_like_a_stop_word_is_no_stop_word_whichever_came_first() {
        for text in ["willing will", "will willing"] {
            let mut lexicon = Lexicon::new("en");
            lexicon.begin();
            let stop = |word: &str, lexicon: &mut Lexicon| {
                let found = lexicon.term(word, 0..word.len(), None, 0);
                lexicon.known(found).1
            };
            for word in text.split(' ') {
                assert_eq!(stop(word, &mut lexicon), word == "will", "{word} in {text}");
            }
        }
    }

    #[test]
    fn short_stop_words_have_keys_of_their_own() {
        let letters = || (b'a'..=b'z').map(char::from);
        let words = letters()
            .flat_map(|a| letters().flat_map(move |b| letters().map(move |c| String::from_iter([a, b, c]))));
        let terms: rustc_hash::FxHashSet<u64> = words.map(|word| term_key(&word)).collect();
        for word in stop::words_of("en") {
            assert!(!terms.contains(&stop_key(word)), "{word}");
        }
    }

    #[test]
    fn words_of_any_length_and_place_are_told_apart() {
        let mut lexicon = Lexicon::new("und");
        lexicon.begin();
        let words = [
            "a",
            "ab",
            "abcdefghijklmno",
            "abcdefghijklmnop",
            "abcdefghijklmnopq",
            "abcdefghijklmnopqr",
            "b",
        ];
        let text = words.join(" ");
        let mut at = 0;
        for (number, word) in words.iter().enumerate() {
            let found = lexicon.term(&text, at..at + word.len(), None, position(number));
            assert!(found.first && found.number as usize == number, "{word}: {found:?}");
            let again = lexicon.term(word, 0..word.len(), None, 99);
            assert_eq!((again.first, again.number), (false, found.number), "{word}");
            at += word.len() + 1;
        }
    }
}
