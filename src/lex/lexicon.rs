//! From a word as it is written to its term, in one look-up.
//!
//! A worker keeps one lexicon per language and reuses it from document to document: by Zipf's law nearly every word was
//! met before. It is a cache, bounded, and never changes a result.

use std::ops::Range;

use rust_stemmers::Stemmer;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::span::position;
use crate::lex::fold::fold;
use crate::lex::packed::{Packed, Sought, pack};
use crate::lex::rows::Rows;
use crate::lex::stem::stemmer;
use crate::lex::stop::{self, StopList, stop_list};
use crate::stats::idf::idf;
use crate::stats::model::LanguageModel;

/// Surface forms kept before the cache is cleared, about 60 MB at most.
const MOST_SURFACES: usize = 1 << 20;

/// A term of a language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Its key in corpus models: equal terms of two documents have equal keys.
    pub key: u64,
    /// Whether it is a stop word.
    pub stop: bool,
    /// Inverse document frequency, 1 where none is known, 0 for a stop word.
    pub weight: f64,
}

/// Where a term was met last. Kept apart from [`Term`]: every word looks here, and few look further.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The row, counted over all documents.
    row: u32,
    /// The term's number in the document of that row.
    number: u32,
    /// Its place in that row.
    at: u32,
    stop: bool,
}

/// What is known of the terms of a segment beside those that are no stop words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Number of the first term.
    pub first: Option<u32>,
    /// How many are stop words.
    pub stop_words: u32,
    /// The sum of the hashes of these.
    pub stop_hash: u64,
}

/// The words of one language, with what is known of their terms.
pub struct Lexicon {
    lang: Box<str>,
    stemmer: Option<Stemmer>,
    stop: &'static StopList,
    /// Words of up to eight bytes: most of all that are written, in a table small enough to stay near the processor.
    short: Packed<1>,
    middle: Packed<2>,
    long: FxHashMap<Box<str>, u32>,
    terms: Vec<Term>,
    /// Of the terms, what every document asks for.
    weights: Vec<f64>,
    seen: Vec<Seen>,
    by_key: FxHashMap<u64, u32>,
    /// Rows that were met, and the first of this document.
    row: u32,
    opened: u32,
    /// Scratch: terms of a row; which of its words are short, middle and long; and what is looked for.
    found: Vec<u32>,
    asked: [Vec<u32>; 3],
    sought_short: Vec<Sought<1>>,
    sought_middle: Vec<Sought<2>>,
    /// The document's terms by their numbers there, and how many there are: what follows is left over.
    met: Vec<u32>,
    terms_met: usize,
    folded: String,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// An empty lexicon of the language with this primary subtag.
    pub fn new(lang: &str) -> Self {
        Self {
            lang: lang.into(),
            stemmer: stemmer(lang),
            stop: stop_list(lang),
            short: Packed::new(),
            middle: Packed::new(),
            long: FxHashMap::default(),
            terms: Vec::new(),
            weights: Vec::new(),
            seen: Vec::new(),
            by_key: FxHashMap::default(),
            row: 0,
            opened: 0,
            found: Vec::new(),
            asked: Default::default(),
            sought_short: Vec::new(),
            sought_middle: Vec::new(),
            met: Vec::new(),
            terms_met: 0,
            folded: String::new(),
        }
    }

    /// Starts a document: terms are numbered anew.
    pub fn begin(&mut self) {
        let surfaces = self.short.len() + self.middle.len() + self.long.len();
        if surfaces > MOST_SURFACES || self.row > u32::MAX / 2 {
            *self = Self::new(&self.lang);
        }
        self.opened = self.row + 1;
        self.terms_met = 0;
    }

    /// Adds to `numbers` those of the terms at `words` in `text`: a document counts its terms from 0 in order of first appearance.
    /// `model` must be the same for the life of the lexicon.
    pub fn number(
        &mut self,
        text: &str,
        words: &[Range<usize>],
        model: Option<&LanguageModel>,
        numbers: &mut Vec<u32>,
    ) {
        self.each(text, words, model, |number, _, _| numbers.push(number));
    }

    /// Adds to `rows` one of the terms at `words` in `text`. Numbers and `model` are as [`Self::number`] has them.
    pub(super) fn tally(
        &mut self,
        text: &str,
        words: &[Range<usize>],
        model: Option<&LanguageModel>,
        rows: &mut Rows,
    ) -> Tally {
        let mut tally = Tally::default();
        rows.add(words.len() + 1, |terms, counts| {
            let mut end = 0;
            // Whether a term was met before and whether it is a stop word is hard to foresee: without a branch, each is written
            // where it stands already or where the next belongs, with room for one that belongs nowhere.
            self.each(text, words, model, |number, seen, again| {
                let again = again & !seen.stop;
                let at = if again { seen.at as usize } else { end };
                terms[at] = number;
                counts[at] = if again { counts[at] + 1 } else { 1 };
                seen.at = position(at);
                end += usize::from(!(again | seen.stop));
                tally.stop_words += u32::from(seen.stop);
                let hash = if seen.stop { hash(number as usize) } else { 0 };
                tally.stop_hash = tally.stop_hash.wrapping_add(hash);
            });
            end
        });
        tally.first = self.found.first().map(|&term| self.seen[term as usize].number);
        tally
    }

    /// Calls `each` with the number of every term at `words`, where it was met last, and whether that was in this row.
    #[inline]
    fn each(
        &mut self,
        text: &str,
        words: &[Range<usize>],
        model: Option<&LanguageModel>,
        mut each: impl FnMut(u32, &mut Seen, bool),
    ) {
        let found = self.terms_of(text, words, model);
        self.row += 1;
        // In room for the case that all are new to the document.
        let mut met = self.terms_met;
        lengthen(&mut self.met, met + words.len());
        for &term in &found {
            let seen = &mut self.seen[term as usize];
            self.met[met] = term;
            let first = seen.row < self.opened;
            let again = seen.row == self.row;
            seen.number = if first { position(met) } else { seen.number };
            seen.row = self.row;
            met += usize::from(first);
            each(seen.number, seen, again);
        }
        self.terms_met = met;
        self.found = found;
    }

    /// The document's terms, in order of their numbers.
    pub fn met(&self) -> impl Iterator<Item = Term> {
        self.met[..self.terms_met].iter().map(|&term| self.terms[term as usize])
    }

    /// Weights of the document's terms, from that of number `from` on.
    pub fn weights(&self, from: usize) -> impl Iterator<Item = f64> {
        self.met[from..self.terms_met].iter().map(|&term| self.weights[term as usize])
    }

    /// The term of every word, in the scratch that the caller gives back.
    fn terms_of(&mut self, text: &str, words: &[Range<usize>], model: Option<&LanguageModel>) -> Vec<u32> {
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.resize(words.len(), 0);
        let mut asked = std::mem::take(&mut self.asked);
        for list in &mut asked {
            lengthen(list, words.len() + 1);
        }
        let [short, middle, long] = &mut asked;
        let mut counts = [0; 3];
        // How long a word is is hard to foresee: without a branch, in room for the case that all are of one kind.
        for (at, word) in (0..).zip(words) {
            let (fits, nearly) = (word.len() <= Packed::<1>::LONGEST, word.len() <= Packed::<2>::LONGEST);
            (short[counts[0]], middle[counts[1]], long[counts[2]]) = (at, at, at);
            counts[0] += usize::from(fits);
            counts[1] += usize::from(nearly & !fits);
            counts[2] += usize::from(!nearly);
        }
        let short = self.short.peek(text, words, &mut short[..counts[0]], &mut self.sought_short, &mut found);
        let middle =
            self.middle.peek(text, words, &mut middle[..counts[1]], &mut self.sought_middle, &mut found);
        for (list, left) in asked.iter().zip([short, middle, counts[2]]) {
            for &at in &list[..left] {
                let at = at as usize;
                found[at] = self.find(text, words[at].clone(), model);
            }
        }
        self.asked = asked;
        found
    }

    fn find(&mut self, text: &str, word: Range<usize>, model: Option<&LanguageModel>) -> u32 {
        if word.len() <= Packed::<1>::LONGEST {
            let packed = pack(text.as_bytes(), word.clone());
            return self.short.get(packed).unwrap_or_else(|| {
                let term = self.learn(&text[word], model);
                self.short.insert(packed, term);
                term
            });
        }
        if word.len() <= Packed::<2>::LONGEST {
            let packed = pack(text.as_bytes(), word.clone());
            return self.middle.get(packed).unwrap_or_else(|| {
                let term = self.learn(&text[word], model);
                self.middle.insert(packed, term);
                term
            });
        }
        let word = &text[word];
        if let Some(&term) = self.long.get(word) {
            return term;
        }
        let term = self.learn(word, model);
        self.long.insert(word.into(), term);
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
        let (terms, weights, seen) = (&mut self.terms, &mut self.weights, &mut self.seen);
        *self.by_key.entry(key).or_insert_with(|| {
            let weight = match (stop, model) {
                (true, _) => 0.0,
                (false, None) => 1.0,
                (false, Some(model)) => idf(model.df(key), model.documents),
            };
            terms.push(Term { key, stop, weight });
            weights.push(weight);
            seen.push(Seen { row: 0, number: 0, at: 0, stop });
            position(terms.len() - 1)
        })
    }
}

/// Makes room for `count` values, without clearing those that are there.
fn lengthen<T: Clone + Default>(values: &mut Vec<T>, count: usize) {
    if values.len() < count {
        values.resize(count, T::default());
    }
}

/// A hash of a term's number in its document.
#[inline]
pub(super) fn hash(term: usize) -> u64 {
    let product = (term as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ product >> 32
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
    use crate::lex::words;

    /// The numbers of the words of `text`.
    fn numbers(lexicon: &mut Lexicon, text: &str) -> Vec<u32> {
        let (mut places, mut numbers) = (Vec::new(), Vec::new());
        words::for_each(text, |word| places.push(word));
        lexicon.number(text, &places, None, &mut numbers);
        numbers
    }

    #[test]
    fn a_stem_spelled_like_a_stop_word_is_no_stop_word_whichever_came_first() {
        for text in ["willing will", "will willing"] {
            let mut lexicon = Lexicon::new("en");
            lexicon.begin();
            assert_eq!(numbers(&mut lexicon, text), [0, 1]);
            for (word, term) in text.split(' ').zip(lexicon.met()) {
                assert_eq!(term.stop, word == "will", "{word} in {text}");
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
        assert_eq!(numbers(&mut lexicon, &words.join(" ")), [0, 1, 2, 3, 4, 5, 6]);
        let again: Vec<u32> = words.iter().flat_map(|word| numbers(&mut lexicon, word)).collect();
        assert_eq!(again, [0, 1, 2, 3, 4, 5, 6]);
    }
}
