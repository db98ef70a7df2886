//! What clustering needs of a document.

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use crate::lex::sequence::Sequences;

/// A document as clustering sees it. Terms are keys of corpus models; pairs of neighbouring terms have keys of their own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its id in the run: ties go to the smaller one.
    pub id: String,
    /// Its language, a primary subtag; `und` where it is not known.
    pub lang: String,
    /// The day it was published, in days since any fixed one.
    pub day: Option<i32>,
    /// Who published it; empty where that is not known.
    pub source: String,
    /// Which near-duplicates it belongs with: items of one number and language are one story from the start.
    pub group: Option<u64>,
    /// Terms and pairs of its title.
    pub title: Vec<u64>,
    /// Terms and pairs of its first sentences, which the body holds too.
    pub lead: Vec<u64>,
    /// Terms of names in it, which the body holds too.
    pub names: Vec<u64>,
    /// Terms and pairs of its body with their counts, by rising key.
    pub body: Vec<(u64, u32)>,
}

/// Sentences of the body that are its lead.
const LEAD: usize = 2;

impl Item {
    /// An item with the terms of a title and of a body, of which each segment is a sentence; the rest is left open.
    ///
    /// Stop words are left out. Two neighbours that are none make a pair, within a sentence: what tells two events of
    /// one topic apart, and words in languages that write them as several (Vietnamese).
    ///
    /// ```
    /// # use nutgraf::digest::Item;
    /// # use nutgraf::lex::analyzed::Analyzer;
    /// let mut analyzer = Analyzer::default();
    /// let title = analyzer.sequences("en", None, ["Bridge shut"].into_iter());
    /// let body = analyzer.sequences("en", None, ["The harbour bridge is shut."].into_iter());
    /// let item = Item::of("a", "en", &title, &body);
    /// assert_eq!((item.title.len(), item.lead.len()), (3, 4), "two words, one pair; three words, one pair");
    /// ```
    pub fn of(id: &str, lang: &str, title: &Sequences, body: &Sequences) -> Self {
        let keys = |text: &Sequences, segments: usize| {
            let mut keys = Vec::new();
            (0..text.len())
                .filter(|&at| text.words[at] > 0)
                .take(segments)
                .for_each(|at| push(text, at, &mut keys));
            keys
        };
        let mut all = keys(body, usize::MAX);
        all.sort_unstable();
        let count = |run: &[u64]| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX));
        Self {
            id: id.to_owned(),
            lang: lang.to_owned(),
            title: keys(title, usize::MAX),
            lead: keys(body, LEAD),
            body: all.chunk_by(|a, b| a == b).map(count).collect(),
            ..Self::default()
        }
    }

    /// By id, and items of one id by what they hold.
    pub(super) fn cmp_identity(&self, other: &Self) -> Ordering {
        let rest = |item: &Self| (item.day, item.group);
        let terms = || {
            let (a, b) = (self, other);
            a.title.cmp(&b.title).then_with(|| a.body.cmp(&b.body)).then_with(|| a.lead.cmp(&b.lead))
        };
        let known = || rest(self).cmp(&rest(other)).then_with(|| self.source.cmp(&other.source));
        let ids = self.id.cmp(&other.id);
        ids.then_with(known).then_with(terms).then_with(|| self.names.cmp(&other.names))
    }
}

fn push(text: &Sequences, at: usize, keys: &mut Vec<u64>) {
    let mut before = None;
    for &number in text.segment(at) {
        let term = &text.terms[number as usize];
        if term.stop {
            before = None;
            continue;
        }
        keys.push(term.key);
        if let Some(before) = before {
            keys.push(pair(before, term.key));
        }
        before = Some(term.key);
    }
}

/// The key of two neighbouring terms.
fn pair(first: u64, second: u64) -> u64 {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&first.to_le_bytes());
    bytes[8..].copy_from_slice(&second.to_le_bytes());
    xxh3_64(&bytes)
}
