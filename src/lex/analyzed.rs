//! A document as rankers see it: for each segment of the body, which terms it holds and how often.

use rustc_hash::FxHashMap;

use crate::lex::frequencies::shipped;
use crate::lex::lexicon::{Lexicon, hash};
pub use crate::lex::rows::Rows;
use crate::stats::model::{CorpusModel, LanguageModel};

/// What the surface of a segment shows beside its terms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations, read one by one")]
pub struct Surface {
    /// It holds a quotation mark.
    pub quotation: bool,
    /// It is a question.
    pub question: bool,
    /// It ends with a sentence mark, closers and spaces aside, that no space sets apart.
    pub ended: bool,
    /// It reads like a line of the page rather than of the article: a byline, a time stamp, a button.
    pub furniture: bool,
    /// It opens with a word that points back at a sentence before it; `None` where nobody knows such words of the language.
    pub dangles: Option<bool>,
    /// It begins with a small letter among segments that do not: it goes on with what stands before it.
    pub goes_on: bool,
    /// It ends with a colon: what it leads to follows.
    pub leads_on: bool,
    /// A quotation begins in it that ends elsewhere, or the other way round.
    pub unbalanced: bool,
    /// It is one quotation from end to end: who speaks stands elsewhere.
    pub bare_quotation: bool,
    /// Characters.
    pub chars: u32,
    /// Characters that are capital letters.
    pub capitals: u32,
}

/// A document's body, analyzed: rows are body segments.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analyzed {
    /// Terms by segment.
    pub rows: Rows,
    /// Terms of the title, as one row; terms that stand nowhere in the body included.
    pub title: Rows,
    /// Terms of the query, as one row; empty where nothing is asked for.
    pub focus: Rows,
    /// Words by segment.
    pub words: Vec<u32>,
    /// Terms by segment that are stop words; they stand in no row.
    pub stop_words: Vec<u32>,
    /// A hash of these, whatever their order, by segment.
    stop_hash: Vec<u64>,
    /// Surface by segment.
    pub surface: Vec<Surface>,
    /// Weight of the first term, by segment; 0 where there is none.
    pub opening: Vec<f64>,
    /// Headings before each segment, by segment; empty where there is none at all.
    pub section: Vec<u32>,
    /// Weight by term: inverse document frequency, 1 where none is known, 0 for a stop word.
    pub weight: Vec<f64>,
}

impl Analyzed {
    /// Segments.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Different terms, the title's included.
    pub fn terms(&self) -> usize {
        self.weight.len()
    }

    /// Which segments say what an earlier one says, with the same terms as often; order and inflection play no part.
    pub fn repeats(&self) -> Vec<bool> {
        // Equal rows have equal sums of hashes, and hardly any others: only rows of equal sums need be compared.
        let sum = |at: usize| {
            let entries = self.rows.range(at);
            let entries = self.rows.terms()[entries.clone()].iter().zip(&self.rows.counts()[entries]);
            let hashes = entries.map(|(&term, &count)| hash(term).wrapping_mul(u64::from(count)));
            hashes.fold(self.stop_hash[at], u64::wrapping_add)
        };
        let same = |one: usize, other: usize| {
            self.stop_hash[one] == self.stop_hash[other] && self.rows.sorted(one) == self.rows.sorted(other)
        };
        let mut repeats = vec![false; self.len()];
        let sums: Vec<u64> = (0..self.len()).map(sum).collect();
        if self.len() <= FEW && all_differ(&sums) {
            return repeats;
        }
        let mut order: Vec<(u64, usize)> = sums.into_iter().zip(0..).collect();
        order.sort_unstable();
        for alike in order.chunk_by(|one, other| one.0 == other.0) {
            for (number, &(_, at)) in alike.iter().enumerate() {
                let empty = self.rows.range(at).is_empty() && self.stop_words[at] == 0;
                let mut before = alike[..number].iter().filter(|earlier| !repeats[earlier.1]);
                repeats[at] = !empty && before.any(|earlier| same(earlier.1, at));
            }
        }
        repeats
    }

    /// Words in all segments.
    pub fn total_words(&self) -> u64 {
        self.words.iter().copied().map(u64::from).sum()
    }

    /// Segments that read like lines of the page, by number; none where all of them do, since then there is no other article.
    pub fn lines(&self) -> impl Iterator<Item = usize> + Clone {
        let is_line = self.is_line();
        (0..self.len()).filter(move |&at| is_line(at))
    }

    /// The other segments, by number.
    pub fn article(&self) -> impl Iterator<Item = usize> + Clone {
        let is_line = self.is_line();
        (0..self.len()).filter(move |&at| !is_line(at))
    }

    fn is_line(&self) -> impl Fn(usize) -> bool + Clone {
        let all = self.surface.iter().all(|surface| surface.furniture);
        move |at| !all && self.surface[at].furniture
    }

    fn clear(&mut self) {
        self.rows.clear();
        self.title.clear();
        self.focus.clear();
        self.words.clear();
        self.stop_words.clear();
        self.stop_hash.clear();
        self.surface.clear();
        self.opening.clear();
        self.section.clear();
        self.weight.clear();
    }

    /// Notes what `lexicon` knows of the terms that it met since the last time.
    fn learn(&mut self, lexicon: &Lexicon) {
        self.weight.extend(lexicon.weights(self.weight.len()));
    }
}

/// Segments of which each is compared with every other sooner than they are sorted.
const FEW: usize = 64;

/// Whether no number stands twice.
fn all_differ(numbers: &[u64]) -> bool {
    // Without a branch, several are compared at once.
    let equal =
        |(at, one): (usize, &u64)| numbers[..at].iter().fold(false, |any, other| any | (one == other));
    !numbers.iter().enumerate().any(equal)
}

/// Languages whose lexicons are kept before all are dropped.
const MOST_LEXICONS: usize = 64;

/// Makes [`Analyzed`] documents; a worker keeps one and reuses it.
#[derive(Debug, Default)]
pub struct Analyzer {
    pub(super) lexicons: Lexicons,
}

/// A lexicon a language, by its primary subtag.
#[derive(Debug, Default)]
pub(super) struct Lexicons(FxHashMap<Box<str>, Lexicon>);

impl Lexicons {
    pub(super) fn of(&mut self, lang: &str) -> Option<&mut Lexicon> {
        if !self.0.contains_key(lang) {
            if self.0.len() >= MOST_LEXICONS {
                self.0.clear();
            }
            self.0.insert(lang.into(), Lexicon::new(lang));
        }
        self.0.get_mut(lang)
    }
}

impl Analyzer {
    /// Analyzes the segments `body` and the title of a document in the language with this primary subtag, into `out`.
    ///
    /// Terms weigh by `model`, without one by the frequencies that ship, alike where neither knows the language. `model`
    /// must be the same at every call.
    pub fn analyze<'t>(
        &mut self,
        lang: &str,
        model: Option<&CorpusModel>,
        title: &str,
        body: impl Iterator<Item = (&'t str, Surface)>,
        out: &mut Analyzed,
    ) {
        out.clear();
        let Some(lexicon) = self.lexicons.of(lang) else { return };
        lexicon.begin();
        let model = of_language(model, lang);
        let mut texts = Vec::with_capacity(body.size_hint().0);
        for (text, surface) in body {
            texts.push(text);
            out.surface.push(surface);
        }
        let mut openings = Vec::with_capacity(texts.len());
        for part in Lexicon::parts(&texts) {
            lexicon.read(part, model);
            out.rows.make_room(lexicon.read_terms());
            for row in 0..part.len() {
                let tally = lexicon.tally(row, &mut out.rows);
                out.words.push(lexicon.words_of(row));
                out.stop_words.push(tally.stop_words);
                out.stop_hash.push(tally.stop_hash);
                openings.push(tally.first);
            }
        }
        out.rows.end();
        lexicon.tally_alone(title, model, &mut out.title);
        out.learn(lexicon);
        out.opening.extend(openings.iter().map(|term| term.map_or(0.0, |term| out.weight[term as usize])));
    }

    /// Analyzes a query to the document that was analyzed last, which is `out`, by the same language and model.
    pub fn ask(&mut self, lang: &str, model: Option<&CorpusModel>, query: &str, out: &mut Analyzed) {
        let Some(lexicon) = self.lexicons.of(lang) else { return };
        lexicon.tally_alone(query, of_language(model, lang), &mut out.focus);
        out.learn(lexicon);
    }
}

/// What a model, or else what ships, knows of a language.
pub(super) fn of_language<'m>(model: Option<&'m CorpusModel>, lang: &str) -> Option<&'m LanguageModel> {
    match model {
        Some(model) => model.languages.get(lang),
        None => shipped(lang),
    }
}

/// An analyzed document made of words, for tests of what comes after.
#[cfg(test)]
pub(crate) fn from_text(title: &str, body: &[&str], model: Option<&CorpusModel>) -> Analyzed {
    let mut out = Analyzed::default();
    let body = body.iter().map(|&text| (text, Surface::default()));
    Analyzer::default().analyze("en", model, title, body, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_numbered_by_first_appearance_and_counted_by_row() {
        let doc = from_text("Bridge", &["The bridges closed, the bridge shut.", "Bridge."], None);
        let rows: Vec<Vec<_>> = (0..doc.len()).map(|i| doc.rows.row(i).collect()).collect();
        assert_eq!(rows, [vec![(1, 2), (2, 1), (3, 1)], vec![(1, 1)]], "term 0 is a stop word");
        assert_eq!(doc.stop_words, [2, 0]);
        assert_eq!(doc.words, [6, 1]);
        assert_eq!(doc.title.row(0).collect::<Vec<_>>(), [(1, 1)]);
        assert!(doc.weight[0] < 1e-12 && doc.weight[1] > 0.5);
    }

    #[test]
    fn a_used_analyzer_gives_what_a_fresh_one_gives() {
        let mut used = Analyzer::default();
        let (mut first, mut again) = (Analyzed::default(), Analyzed::default());
        let body = ["Cables hold the deck.", "The deck is shut."];
        let segments = || body.iter().map(|&text| (text, Surface::default()));
        used.analyze(
            "en",
            None,
            "Deck",
            ["Something else entirely."].iter().map(|&t| (t, Surface::default())),
            &mut first,
        );
        used.analyze("en", None, "Deck", segments(), &mut again);
        Analyzer::default().analyze("en", None, "Deck", segments(), &mut first);
        assert_eq!(first, again);
    }
}
