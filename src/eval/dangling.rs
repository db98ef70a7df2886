//! Dangling openings: sentences of a summary that open with what only a sentence left out can explain.
//!
//! A sentence dangles when it opens so (see [`opening`]), is not its document's own opening, and the sentence printed before it
//! is not the one before it in the document. Arguments, table and figures are those of the script `dangling.py`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;

use super::gold::is_space;
use super::json;
use super::rouge::is_letter_or_number;
use super::summaries::{Article, System};
use crate::base::math::count;
use crate::lex::opening::{Opening, opening};

/// What was counted of one program's summaries.
#[derive(Debug, Default)]
pub struct Dangling {
    /// What the program is called.
    pub name: String,
    summaries: usize,
    /// Summaries with a sentence that dangles.
    with_one: usize,
    sentences: usize,
    /// Sentences that dangle: by pronoun, demonstrative and connective.
    kinds: [usize; 3],
    /// Those of them that open within quotation marks.
    quoted: usize,
    /// Sentences that open so, whether they dangle or not.
    openings: usize,
    /// Sentences that are not in their document.
    not_found: usize,
    /// Document, kind and text of each sentence that dangles.
    shown: Vec<(String, Opening, String)>,
}

impl Dangling {
    /// Counts the summaries of `articles` that a program made; one it made none of counts as empty.
    pub fn count(articles: &[Article], system: &System) -> Self {
        let mut counted = Self { name: system.name.clone(), ..Self::default() };
        for article in articles {
            counted.add(article, system.summaries.get(&article.id).map_or(&[], Vec::as_slice));
        }
        counted
    }

    fn add(&mut self, article: &Article, summary: &[String]) {
        let sentences = judged(article, summary);
        self.summaries += 1;
        self.sentences += sentences.len();
        let before = self.shown.len();
        for (text, judged) in summary.iter().zip(&sentences) {
            self.not_found += usize::from(!judged.found);
            self.openings += usize::from(judged.opening.is_some());
            if let Some(kind) = judged.opening.filter(|_| judged.dangles) {
                self.kinds[kind as usize] += 1;
                self.quoted += usize::from(text.trim_start_matches(is_space).starts_with(QUOTES));
                self.shown.push((article.id.clone(), kind, text.clone()));
            }
        }
        self.with_one += usize::from(self.shown.len() > before);
    }

    /// The line of the table, and below it the first `shown` sentences that dangle.
    pub fn line(&self, shown: usize) -> String {
        let share = |n: usize| self.per_sentence(n);
        let [pronouns, demonstratives, connectives] = self.kinds.map(share);
        let mut line = format!(
            "{:28} {:8.1}% {:8.1}% {pronouns:6.1} {demonstratives:6.1} {connectives:6.1} {:7.1} {:8.1} {:9} {:6}\n",
            self.name,
            self.per_summary(),
            share(self.kinds.iter().sum()),
            share(self.quoted),
            share(self.openings),
            self.not_found,
            self.summaries
        );
        for (id, kind, text) in self.shown.iter().take(shown) {
            let text: String = text.chars().take(LONGEST_SHOWN).collect();
            line.extend([&format!("    {id} [{}] {text}", name(*kind)), "\n"]);
        }
        line
    }

    /// Percent of the summaries in which a sentence dangles.
    fn per_summary(&self) -> f64 {
        100.0 * count(self.with_one) / count(self.summaries.max(1))
    }

    /// `n` in percent of the sentences.
    fn per_sentence(&self, n: usize) -> f64 {
        100.0 * count(n) / count(self.sentences.max(1))
    }
}

/// The table's head.
pub fn head() -> String {
    format!(
        "{:28} {:>9} {:>9} {:>6} {:>6} {:>6} {:>7} {:>8} {:>9} {:>6}\n",
        "system", "summaries", "sentences", "pron", "demo", "conn", "quoted", "openings", "not found", "n"
    )
}

/// All figures as one line of JSON, by program.
pub fn to_json(counted: &[Dangling]) -> String {
    struct Figures<'f>(&'f [Dangling]);
    impl Serialize for Figures<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|counted| (&counted.name, counted)))
        }
    }
    json::line(&Figures(counted))
}

impl Serialize for Dangling {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("summaries", &self.per_summary())?;
        map.serialize_entry("sentences", &self.per_sentence(self.kinds.iter().sum()))?;
        for (kind, &n) in KINDS.iter().zip(&self.kinds) {
            map.serialize_entry(name(*kind), &self.per_sentence(n))?;
        }
        map.serialize_entry("quoted", &self.per_sentence(self.quoted))?;
        map.serialize_entry("openings", &self.per_sentence(self.openings))?;
        map.serialize_entry("not_found", &self.not_found)?;
        map.serialize_entry("n", &self.summaries)?;
        map.serialize_entry("n_sentences", &self.sentences)?;
        map.end()
    }
}

const KINDS: [Opening; 3] = [Opening::Pronoun, Opening::Demonstrative, Opening::Connective];

/// Quotation marks that a sentence may open with.
const QUOTES: [char; 7] = ['"', '“', '‘', '\'', '«', '„', '「'];

/// Characters of a sentence that are shown.
const LONGEST_SHOWN: usize = 110;

fn name(kind: Opening) -> &'static str {
    match kind {
        Opening::Pronoun => "pronoun",
        Opening::Demonstrative => "demonstrative",
        Opening::Connective => "connective",
    }
}

/// What is found of a sentence of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Judged {
    /// How it opens.
    opening: Option<Opening>,
    dangles: bool,
    /// Whether it is in its document.
    found: bool,
}

/// What is found of the sentences of a summary.
fn judged(article: &Article, summary: &[String]) -> Vec<Judged> {
    let whole = |sentences: &[String]| squeezed(&sentences.concat());
    let texts: Vec<String> = match article.docs.as_slice() {
        [] => vec![whole(&article.sents)],
        parts => parts.iter().map(|part| whole(&part.sents)).collect(),
    };
    let lang = article.lang.split('-').next().unwrap_or_default();
    let places = places(&texts, summary);
    let judge = |(at, sentence): (usize, &String)| {
        let normal: String = sentence.nfc().collect();
        let (opening, place) = (opening(&normal, lang), places[at]);
        let before = at.checked_sub(1).and_then(|before| places[before]);
        let follows = place.is_some_and(|place| {
            place.start == 0 || before.is_some_and(|b| b.text == place.text && b.end == place.start)
        });
        Judged { opening, dangles: opening.is_some() && !follows, found: place.is_some() }
    };
    summary.iter().enumerate().map(judge).collect()
}

/// Where a sentence stands: the document's number in its group, and bytes of its squeezed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    text: usize,
    start: usize,
    end: usize,
}

/// Where each sentence stands: one whose text is repeated where it goes on from the sentence before, else at its first place.
fn places(texts: &[String], sentences: &[String]) -> Vec<Option<Place>> {
    let mut last: Option<Place> = None;
    let mut place = |sentence: &String| {
        let wanted = squeezed(sentence);
        if wanted.is_empty() {
            return None;
        }
        let next = last.filter(|last| texts[last.text][last.end..].starts_with(&wanted));
        let first = || {
            let found = texts.iter().enumerate().find_map(|(text, whole)| Some((text, whole.find(&wanted)?)));
            found.map(|(text, start)| Place { text, start, end: start + wanted.len() })
        };
        let found = match next {
            Some(last) => Some(Place { text: last.text, start: last.end, end: last.end + wanted.len() }),
            None => first(),
        };
        last = found.or(last);
        found
    };
    sentences.iter().map(&mut place).collect()
}

/// The letters and numbers of a text, compatible forms as one and in lower case: white space and marks depend on who cut it.
fn squeezed(text: &str) -> String {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    folded.chars().filter(|&c| is_letter_or_number(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::summaries::Part;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    fn article(sentences: &[&str]) -> Article {
        Article { lang: "en".to_owned(), sents: strings(sentences), ..Article::default() }
    }

    /// Which sentences of a summary dangle.
    fn dangling(article: &Article, summary: &[&str]) -> Vec<bool> {
        judged(article, &strings(summary)).iter().map(|judged| judged.dangles).collect()
    }

    const DOCUMENT: [&str; 6] =
        ["He came.", "Ann Lee won.", "She smiled.", "But rain fell.", "She left.", "She smiled."];

    #[test]
    fn a_sentence_dangles_unless_the_one_before_it_is_shown() {
        let document = article(&DOCUMENT);
        assert_eq!(dangling(&document, &["Ann Lee won.", "She smiled."]), [false, false]);
        assert_eq!(dangling(&document, &["Ann Lee won.", "But rain fell."]), [false, true]);
        assert_eq!(dangling(&document, &["She smiled.", "Ann Lee won."]), [true, false]);
    }

    #[test]
    fn the_opening_of_the_document_never_dangles() {
        assert_eq!(dangling(&article(&DOCUMENT), &["“He came!”"]), [false]);
    }

    #[test]
    fn other_cuts_than_the_documents_are_followed() {
        assert_eq!(dangling(&article(&DOCUMENT), &["Ann Lee won. She smiled."]), [false]);
        assert_eq!(dangling(&article(&DOCUMENT), &["Ann Lee", "won", "She  SMILED"]), [false; 3]);
    }

    #[test]
    fn the_later_of_two_equal_sentences_goes_on_from_the_one_before() {
        let summary = ["Ann Lee won.", "She left.", "She smiled."];
        assert_eq!(dangling(&article(&DOCUMENT), &summary), [false, true, false]);
    }

    #[test]
    fn a_sentence_of_no_document_dangles_if_it_opens_so() {
        let judged = judged(&article(&DOCUMENT), &strings(&["She cried.", "…"]));
        assert!(judged[0].dangles && !judged[0].found && !judged[1].found && !judged[1].dangles);
    }

    #[test]
    fn documents_of_a_group_have_openings_of_their_own() {
        let part = |sentences: &[&str]| Part { sents: strings(sentences) };
        let docs = vec![part(&["A b.", "He c."]), part(&["It d.", "He e."])];
        let group = Article { docs, ..article(&[]) };
        assert_eq!(dangling(&group, &["A b.", "He e.", "It d."]), [false, true, false]);
    }
}
