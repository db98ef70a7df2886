//! From a word as it is written to its term, in one look-up.
//!
//! A worker keeps one lexicon per language and reuses it from document to document: by Zipf's law nearly every word was
//! met before. It is a cache, bounded, and never changes a result.

use hashbrown::HashTable;
use rust_stemmers::Stemmer;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

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
    /// The document that met it last, and its number there.
    seen_by: u32,
    number: u32,
}

#[derive(Debug, Clone, Copy)]
struct Surface {
    hash: u64,
    start: u32,
    len: u32,
    term: u32,
}

/// The words of one language, with what is known of their terms.
pub struct Lexicon {
    lang: Box<str>,
    stemmer: Option<Stemmer>,
    stop: &'static StopList,
    surfaces: HashTable<Surface>,
    arena: String,
    terms: Vec<Term>,
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermUse {
    /// Its number in the document, from 0 in order of first appearance.
    pub number: u32,
    /// Set when this is its first appearance.
    pub first: bool,
    /// Hash by which corpus models know it.
    pub key: u64,
    /// Whether it is a stop word.
    pub stop: bool,
    /// Its weight: inverse document frequency, 1 where no frequencies are known, 0 for a stop word.
    pub weight: f64,
}

impl Lexicon {
    /// An empty lexicon of the language with this primary subtag.
    pub fn new(lang: &str) -> Self {
        Self {
            lang: lang.into(),
            stemmer: stemmer(lang),
            stop: stop_list(lang),
            surfaces: HashTable::new(),
            arena: String::new(),
            terms: Vec::new(),
            by_key: FxHashMap::default(),
            document: 0,
            folded: String::new(),
        }
    }

    /// Starts a document: terms are numbered anew.
    pub fn begin(&mut self) {
        if self.surfaces.len() > MOST_SURFACES || self.document == u32::MAX {
            *self = Self::new(&self.lang);
        }
        self.document += 1;
    }

    /// The term of `word` as it stands in the text. `model` must be the same for the life of the lexicon.
    pub fn term(&mut self, word: &str, model: Option<&LanguageModel>, next: u32) -> TermUse {
        let hash = xxh3_64(word.as_bytes());
        let arena = &self.arena;
        let same = |s: &Surface| {
            s.hash == hash
                && arena.as_bytes()[s.start as usize..(s.start + s.len) as usize] == *word.as_bytes()
        };
        let at = match self.surfaces.find(hash, same) {
            Some(surface) => surface.term,
            None => self.learn(word, hash, model),
        };
        let term = &mut self.terms[at as usize];
        let first = term.seen_by != self.document;
        if first {
            term.seen_by = self.document;
            term.number = next;
        }
        TermUse { number: term.number, first, key: term.key, stop: term.stop, weight: term.weight }
    }

    fn learn(&mut self, word: &str, hash: u64, model: Option<&LanguageModel>) -> u32 {
        fold(word, &self.lang, &mut self.folded);
        let stop = self.stop.holds(&self.folded);
        let key = match &self.stemmer {
            // A term of its own: `mines` has the stem `mine`, and would else be a stop word or not by who came first.
            _ if stop => !term_key(&self.folded),
            Some(stemmer) => term_key(&stemmer.stem(&self.folded)),
            None => term_key(&self.folded),
        };
        let terms = &mut self.terms;
        let at = *self.by_key.entry(key).or_insert_with(|| {
            let weight = match (stop, model) {
                (true, _) => 0.0,
                (false, None) => 1.0,
                (false, Some(model)) => idf(model.df(key), model.documents),
            };
            terms.push(Term { key, stop, weight, seen_by: 0, number: 0 });
            u32::try_from(terms.len() - 1).expect("the cache is bounded")
        });
        // Past 4 GiB of distinct words in one document the cache stops growing; words are then looked at each time.
        if let (Ok(start), Ok(len)) = (u32::try_from(self.arena.len()), u32::try_from(word.len()))
            && start.checked_add(len).is_some()
        {
            self.arena.push_str(word);
            self.surfaces.insert_unique(hash, Surface { hash, start, len, term: at }, |s| s.hash);
        }
        at
    }
}

/// The key of a folded, stemmed term in corpus models.
pub fn term_key(term: &str) -> u64 {
    xxh3_64(term.as_bytes())
}

/// The key that `word` has in a corpus model of the language with this primary subtag.
pub fn key_of(word: &str, lang: &str) -> u64 {
    Lexicon::new(lang).learn_key(word)
}

impl Lexicon {
    fn learn_key(&mut self, word: &str) -> u64 {
        let at = self.learn(word, xxh3_64(word.as_bytes()), None);
        self.terms[at as usize].key
    }
}

/// Names the rules by which terms are made; corpus models of another fingerprint do not fit.
pub fn fingerprint() -> u64 {
    let rules = [
        "words: UAX 29 of Unicode 17, bigrams of spaceless scripts",
        crate::lex::stem::VERSION,
        "fold 1",
        "stop words apart from stems",
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
    fn a_stem_that_reads_like_a_stop_word_is_another_term_whoever_came_first() {
        let terms = |words: [&str; 2]| {
            let mut lexicon = Lexicon::new("en");
            lexicon.begin();
            let mut terms = words.map(|word| (word.to_owned(), lexicon.term(word, None, 0).stop));
            terms.sort();
            terms
        };
        assert_eq!(terms(["mine", "mines"]), terms(["mines", "mine"]));
        assert_eq!(terms(["mine", "mines"]), [("mine".to_owned(), true), ("mines".to_owned(), false)]);
        assert_ne!(key_of("mine", "en"), key_of("mines", "en"));
    }
}
