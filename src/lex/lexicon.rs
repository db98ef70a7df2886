//! From a word as it is written to its term, in one look-up.
//!
//! A worker keeps one lexicon per language and reuses it from document to document: by Zipf's law nearly every word was
//! met before. It is a cache, bounded, and never changes a result.

use std::hint::select_unpredictable;
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
use crate::lex::terms::each_term;
use crate::stats::idf::idf;
use crate::stats::model::LanguageModel;

/// Surface forms kept before the cache is cleared, some 100 MB at most.
const MOST_SURFACES: usize = 1 << 20;

/// Bytes of the rows that are read at once, or a single longer row: enough to have many words under way, and little to hold.
const AT_ONCE: usize = 1 << 16;

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

/// The bit of a term's number that tells a stop word.
const STOP: u32 = 1 << 31;

/// Where a term was met last. Kept apart from [`Term`]: every word looks here, and few look further.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The document, counted from 1.
    document: u32,
    /// The term's number in that document, with [`STOP`] for a stop word.
    number: u32,
}

/// Where a term of the document was met last in a row.
#[derive(Debug, Clone, Copy, Default)]
struct InRow {
    /// The row, counted over all documents from 1.
    row: u32,
    /// Its place in that row.
    at: u32,
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
    /// Words of up to twelve bytes: most of all that are written, in a table small enough to stay near the processor.
    short: Packed<2>,
    middle: Packed<4>,
    long: FxHashMap<Box<str>, u32>,
    terms: Vec<Term>,
    /// Of the terms, what every document asks for.
    weights: Vec<f64>,
    seen: Vec<Seen>,
    by_key: FxHashMap<u64, u32>,
    /// Documents that were begun, and rows that were tallied.
    document: u32,
    row: u32,
    /// Of the rows that were read last: where their words stand, where each row ends among these, how many words it has as words
    /// are counted, and the term of each: first among `terms`, then its number in the document, with [`STOP`].
    places: Vec<Range<u32>>,
    ends: Vec<u32>,
    words: Vec<u32>,
    found: Vec<u32>,
    /// Scratch: what is looked for, and which words were not found at once. What follows those is left over.
    sought: Vec<Sought>,
    missed: Vec<u32>,
    /// The document's terms by their numbers there, and how many there are: what follows is left over.
    met: Vec<u32>,
    terms_met: usize,
    /// By the same numbers.
    in_row: Vec<InRow>,
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
            document: 0,
            row: 0,
            places: Vec::new(),
            ends: Vec::new(),
            words: Vec::new(),
            found: Vec::new(),
            sought: Vec::new(),
            missed: Vec::new(),
            met: Vec::new(),
            terms_met: 0,
            in_row: Vec::new(),
            folded: String::new(),
        }
    }

    /// Starts a document: terms are numbered anew.
    pub fn begin(&mut self) {
        let surfaces = self.short.len() + self.middle.len() + self.long.len();
        if surfaces > MOST_SURFACES || self.row.max(self.document) > u32::MAX / 2 {
            *self = Self::new(&self.lang);
        }
        self.document += 1;
        self.terms_met = 0;
    }

    /// Reads rows of text and finds their terms, all at once; a document counts its terms from 0 in order of first appearance.
    /// `model` must be the same for the life of the lexicon.
    pub fn read(&mut self, rows: &[&str], model: Option<&LanguageModel>) {
        self.places.clear();
        self.ends.clear();
        self.words.clear();
        self.sought.clear();
        for text in rows {
            // No place is beyond the length, which is looked at here.
            let _ = position(text.len());
            let from = self.places.len();
            #[expect(clippy::cast_possible_truncation, reason = "the length was looked at")]
            let words = each_term(text, |word| self.places.push(word.start as u32..word.end as u32));
            self.words.push(words);
            self.ends.push(position(self.places.len()));
            self.short.seek(text, &self.places[from..], &mut self.sought);
        }
        lengthen(&mut self.found, self.places.len());
        lengthen(&mut self.missed, self.places.len() + 1);
        let missed = self.short.peek(&self.sought, &mut self.found, &mut self.missed);
        let mut row = 0;
        for number in 0..missed {
            let at = self.missed[number];
            while self.ends[row] <= at {
                row += 1;
            }
            self.found[at as usize] = self.find(rows[row], at as usize, model);
        }
        self.number_all();
    }

    /// Puts the numbers of the words that were read in the place of their terms.
    fn number_all(&mut self) {
        // In room for the case that all are new to the document.
        lengthen(&mut self.met, self.terms_met + self.places.len());
        let Self { met, seen, document, .. } = self;
        let document = *document;
        let mut next = position(self.terms_met);
        for found in &mut self.found[..self.places.len()] {
            let seen = &mut seen[*found as usize];
            met[next as usize] = *found;
            let first = seen.document != document;
            let number = select_unpredictable(first, next | seen.number & STOP, seen.number);
            *seen = Seen { document, number };
            *found = number;
            next += u32::from(first);
        }
        self.terms_met = next as usize;
    }

    /// Rows by as many as should be read at once.
    pub(super) fn parts<'r, 't>(mut rows: &'r [&'t str]) -> impl Iterator<Item = &'r [&'t str]> {
        std::iter::from_fn(move || {
            let mut bytes = 0;
            let more = rows.iter().skip(1).take_while(|row| {
                bytes += row.len();
                bytes <= AT_ONCE
            });
            let part;
            (part, rows) = rows.split_at_checked(1 + more.count())?;
            Some(part)
        })
    }

    /// Terms of all rows that were read last, repeated ones too.
    pub(super) fn read_terms(&self) -> usize {
        self.places.len()
    }

    /// How many words a row has that was read last.
    pub fn words_of(&self, row: usize) -> u32 {
        self.words[row]
    }

    /// Adds to `numbers` those of the terms of a row that was read last.
    pub fn number(&self, row: usize, numbers: &mut Vec<u32>) {
        numbers.extend(self.found[self.range(row)].iter().map(|number| number & !STOP));
    }

    /// Adds to `rows` one of the terms of a row that was read last.
    pub(super) fn tally(&mut self, row: usize, rows: &mut Rows) -> Tally {
        let range = self.range(row);
        self.row += 1;
        lengthen(&mut self.in_row, self.terms_met);
        let Self { found, in_row, row, .. } = self;
        let (found, row) = (&found[range], *row);
        let mut tally = Tally { first: found.first().map(|number| number & !STOP), ..Tally::default() };
        // Whether a term is a stop word and whether it was met before is hard to foresee: without a branch, each is written where
        // the next belongs, with room for one that belongs nowhere, or where it stands already.
        rows.add(|terms, counts| {
            let mut others = 0;
            for &found in found {
                let (number, stop) = (found & !STOP, found & STOP != 0);
                terms[others] = number;
                others += usize::from(!stop);
                tally.stop_hash = tally.stop_hash.wrapping_add(hash(number) & u64::from(stop).wrapping_neg());
            }
            tally.stop_words = position(found.len() - others);
            let mut end = 0;
            for read in 0..others {
                let number = terms[read];
                let before = &mut in_row[number as usize];
                let again = before.row == row;
                let at = select_unpredictable(again, before.at, end);
                let (term, count) = (&mut terms[at as usize], &mut counts[at as usize]);
                *term = number;
                *count = select_unpredictable(again, *count, 0) + 1;
                *before = InRow { row, at };
                end += u32::from(!again);
            }
            end
        });
        tally
    }

    /// Reads a text and makes `rows` one row of its terms.
    pub(super) fn tally_alone(&mut self, text: &str, model: Option<&LanguageModel>, rows: &mut Rows) {
        self.read(&[text], model);
        rows.clear();
        rows.make_room(self.read_terms());
        self.tally(0, rows);
        rows.end();
    }

    /// Where the words of a row stand among all that were read last.
    fn range(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[row] as usize
    }

    /// The document's terms, in order of their numbers.
    pub fn met(&self) -> impl Iterator<Item = Term> {
        self.met[..self.terms_met].iter().map(|&term| self.terms[term as usize])
    }

    /// Weights of the document's terms, from that of number `from` on.
    pub fn weights(&self, from: usize) -> impl Iterator<Item = f64> {
        self.met[from..self.terms_met].iter().map(|&term| self.weights[term as usize])
    }

    /// The term of a word of those that were read last; `text` is its row.
    fn find(&mut self, text: &str, at: usize, model: Option<&LanguageModel>) -> u32 {
        let place = self.places[at].start as usize..self.places[at].end as usize;
        if place.len() <= Packed::<2>::LONGEST {
            let packed = self.sought[at].word;
            return self.short.get(packed).unwrap_or_else(|| {
                let term = self.learn(&text[place], model);
                self.short.insert(packed, term);
                term
            });
        }
        if place.len() <= Packed::<4>::LONGEST {
            let packed = pack(&text[place.clone()]);
            return self.middle.get(packed).unwrap_or_else(|| {
                let term = self.learn(&text[place], model);
                self.middle.insert(packed, term);
                term
            });
        }
        let word = &text[place];
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
            seen.push(Seen { document: 0, number: if stop { STOP } else { 0 } });
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
pub(super) fn hash(term: u32) -> u64 {
    let product = (u64::from(term) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
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

    /// The numbers of the words of `text`.
    fn numbers(lexicon: &mut Lexicon, text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        lexicon.read(&[text], None);
        lexicon.number(0, &mut numbers);
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
    fn long_documents_are_read_in_parts_to_the_same_numbers() {
        let text = "The bridge of Larkmoor and its unforeseeably long approaches closed. ".repeat(40);
        let long = "Word ".repeat(AT_ONCE / 4);
        let mut rows = vec![text.as_str(); 80];
        rows.insert(40, &long);
        let parts: Vec<usize> = Lexicon::parts(&rows).map(<[_]>::len).collect();
        assert_eq!(parts.iter().sum::<usize>(), rows.len());
        assert!(parts.len() > 3 && Lexicon::parts(&[]).next().is_none());
        let read = |parts: Vec<&[&str]>| {
            let (mut lexicon, mut numbers) = (Lexicon::new("en"), Vec::new());
            lexicon.begin();
            for part in parts {
                lexicon.read(part, None);
                (0..part.len()).for_each(|row| lexicon.number(row, &mut numbers));
            }
            numbers
        };
        assert_eq!(read(Lexicon::parts(&rows).collect()), read(rows.chunks(1).collect()));
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
