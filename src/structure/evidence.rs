//! What can be told of each line of a page: by itself, by what stands around it, by how often it comes elsewhere.
//!
//! After Kohlschütter et al. (2010), who found length, its change from line to line and the share of links enough for
//! HTML; bare lines have no links, so wording and repetition stand in. To add a kind of evidence: its name in [`NAMES`],
//! its value where `rows` fills them in the same order, then train the weights again (`docs/cleaning.md`).

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::lang::Lang;
use crate::base::math::{count, ln};
use crate::doc::block::Role;
use crate::doc::document::Document;
use crate::lex::stop::{StopList, stop_list};
use crate::stats::model::LineModel;
use crate::structure::blocks;
use crate::structure::fold;
use crate::structure::lines::{self, Ending, Line};
use crate::structure::patterns::{self, Hit, Wording};

/// Names of the evidence, in the order of each line's values; `docs/cleaning.md` has their formulas.
pub const NAMES: [&str; 42] = [
    "words",
    "few",
    "many",
    "stop-words",
    "capitals",
    "digits",
    "full-stop",
    "question",
    "colon",
    "cut-off",
    "sentences",
    "commas",
    "small-start",
    "letter-start",
    "signs",
    "address",
    "furniture-words",
    "share",
    "comments",
    "navigation",
    "furniture",
    "counted",
    "elsewhere",
    "again",
    "words-before",
    "prose-before",
    "page-prose",
    "near-before",
    "near-after",
    "far-before",
    "far-after",
    "short-before",
    "short-after",
    "patterns-before",
    "patterns-after",
    "since-prose",
    "to-prose",
    "above",
    "below",
    "prose-above",
    "prose-below",
    "echo",
];

/// The values of one line, in the order of [`NAMES`].
pub type Row = [f64; NAMES.len()];

/// A line with its evidence, as the trainer of weights sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The line: several, where they were one that was wrapped.
    pub text: String,
    /// About how many words it has.
    pub words: usize,
    /// Its values.
    pub row: Row,
}

/// The evidence of every line of a document's text, with the counts of a corpus or without.
pub fn of_document(document: &Document, counts: Option<&LineModel>) -> Vec<Told> {
    let lang = document.lang_or_unknown();
    let lines = blocks::cut(&document.text);
    let hits = patterns::hits(&lines, &lang, &patterns::OwnLines::default());
    let elsewhere = elsewhere(&lines, counts);
    let rows = rows(&lines, &hits, &lang, elsewhere.as_deref());
    let told = |(line, row): (&Line<'_>, Row)| Told { text: line.text.to_owned(), words: line.words, row };
    lines.iter().zip(rows).map(told).collect()
}

/// Names the rules by which lines are counted; it changes when [`key_of`] does.
pub const LINES: &str =
    "lines 2: small letters, straight quotes, single blanks, digits 0, bare ends; as they are from 160 bytes";

/// The keys of a document's lines as corpus models count them, each once, rising.
pub fn keys(document: &Document) -> Vec<u64> {
    let lines = blocks::cut(&document.text);
    let mut folded = String::new();
    let mut keys: Vec<u64> = lines.iter().filter_map(|line| key(line.text, &mut folded)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The key of a line in a corpus model; `None` for one without letters and digits.
///
/// ```
/// # use nutgraf::structure::evidence::key_of;
/// assert_eq!(key_of("12 Comments:"), key_of("3 comments"));
/// assert_eq!(key_of("***"), None);
/// ```
pub fn key_of(line: &str) -> Option<u64> {
    key(line, &mut String::new())
}

/// Bytes from which a line is compared as it stands: it is prose, and folding all prose would cost a tenth of the time.
const LONG: usize = 160;

/// What a line has in common with its copies elsewhere: case, quotes, blanks, digits and marks at its ends play no part in
/// short ones. `None` where nothing is left.
fn key(line: &str, folded: &mut String) -> Option<u64> {
    if line.len() >= LONG {
        return Some(xxh3_64(line.as_bytes()));
    }
    fold::line(line, folded);
    (!folded.is_empty()).then(|| xxh3_64(folded.as_bytes()))
}

/// Documents beyond which a line must stand in more of them to count as often seen.
const DOCUMENTS: f64 = 10_000.0;
/// Most copies that are told apart.
const COPIES: f64 = 7.0;
/// Share of a document's prose, in percent, that stands elsewhere too where the document is itself a copy.
const COPIED: usize = 50;

/// How often each line stands in other documents: `df − 1`, for corpora of more than 10,000 documents in proportion to
/// them, 0 for the lines of a document that is mostly a copy of another; `None` without counts.
pub(super) fn elsewhere(lines: &[Line<'_>], counts: Option<&LineModel>) -> Option<Vec<f64>> {
    let counts = counts.filter(|counts| counts.documents > 1)?;
    let scale = (DOCUMENTS / wide(counts.documents)).min(1.0);
    let mut folded = String::new();
    let others = |line: &Line<'_>| {
        let df = key(line.text, &mut folded).map_or(0, |key| counts.frequencies.df(key));
        wide(df.saturating_sub(1)) * scale
    };
    let mut others: Vec<f64> = lines.iter().map(others).collect();
    let prose = |copied: bool| -> usize {
        let those = lines.iter().zip(&others).filter(|(line, n)| is_prose(line) && (!copied || **n > 0.0));
        those.map(|(line, _)| line.words).sum()
    };
    if prose(true) * 100 > prose(false) * COPIED {
        others.fill(0.0);
    }
    Some(others)
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) fn wide(n: u64) -> f64 {
    n as f64
}

/// Words from which a line that ends as sentences do is prose, whatever its kind.
const PROSE: usize = 10;
/// Words from which one without an end mark is.
const PROSE_OPEN: usize = 40;

fn is_prose(line: &Line<'_>) -> bool {
    line.words >= if line.ending == Ending::Open { PROSE_OPEN } else { PROSE }
}

/// The evidence of every line.
pub(super) fn rows(
    lines: &[Line<'_>],
    hits: &[Option<Hit>],
    lang: &Lang,
    elsewhere: Option<&[f64]>,
) -> Vec<Row> {
    let page = Page::new(lines, hits, lang, elsewhere);
    let mut out = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let mut row = [0.0; NAMES.len()];
        let (alone, around) = row.split_at_mut(ALONE);
        alone.copy_from_slice(&by_itself(line, &page.words[i], hits[i]));
        around.copy_from_slice(&page.around(i));
        out.push(row);
    }
    out
}

/// How many values a line has by itself.
const ALONE: usize = 21;

fn by_itself(line: &Line<'_>, words: &Words, hit: Option<Hit>) -> [f64; ALONE] {
    let is = |yes: bool| f64::from(u8::from(yes));
    let hit = hit.map(|hit| hit.role);
    let (mut letters, mut capitals, mut digits) = (0, 0, 0);
    for c in line.text.chars().filter(|c| c.is_alphanumeric()) {
        letters += 1;
        capitals += usize::from(c.is_uppercase());
        digits += usize::from(c.is_numeric());
    }
    let first = line.text.chars().next().unwrap_or_default();
    [
        log(count(line.words)),
        is(line.words < 4),
        is(line.words >= 10),
        words.stop,
        share(capitals, letters),
        share(digits, letters),
        is(line.ending == Ending::Stop),
        is(line.ending == Ending::Ask),
        is(line.ending == Ending::Colon),
        is(lines::bare(line.text).ends_with(['…']) || lines::bare(line.text).ends_with("...")),
        log(count(sentences(line.text))),
        share(line.text.matches([',', '،', '、', '，']).count(), words.all),
        is(first.is_lowercase()),
        is(first.is_alphabetic()),
        is(line.text.contains(['©', '|', '»', '›', '→', '•', '®'])),
        is(line.text.contains('@') || line.text.contains("http") || line.text.contains("www.")),
        words.furniture,
        is(hit == Some(Role::Share)),
        is(hit == Some(Role::Comments)),
        is(hit == Some(Role::Navigation)),
        is(matches!(hit, Some(Role::Furniture | Role::Caption | Role::Publisher | Role::Date))),
    ]
}

/// `ln(1 + x)`.
fn log(x: f64) -> f64 {
    ln(1.0 + x)
}

fn share(part: usize, whole: usize) -> f64 {
    count(part) / count(whole.max(1))
}

/// End marks before a blank or the end.
fn sentences(text: &str) -> usize {
    let mut chars = text.chars().peekable();
    let mut found = 0;
    while let Some(c) = chars.next() {
        if matches!(c, '.' | '!' | '?' | '。' | '۔' | '।') {
            _ = chars.next_if(|c| matches!(c, '"' | '”' | '’' | ')' | '»'));
            found += usize::from(chars.peek().is_none_or(|c| c.is_whitespace()) || c == '。');
        }
    }
    found
}

/// What the words of a line say.
#[derive(Debug, Default)]
struct Words {
    all: usize,
    /// Share of stop words; a middling one where the language has no list or no spaces.
    stop: f64,
    /// Share of words that furniture is made of.
    furniture: f64,
    /// Hashes of words that carry topic.
    topic: Vec<u64>,
}

/// Share of stop words of ordinary prose, for lines whose language has no list of them or no spaces.
const STOP_SHARE: f64 = 0.35;
/// Fewest letters of a word that carries topic.
const TOPIC: usize = 4;

impl Words {
    fn of(line: &Line<'_>, stop: &StopList, spaceless: bool, wording: &Wording, lower: &mut String) -> Self {
        let (mut found, mut stops, mut furniture) = (Self::default(), 0, 0);
        let words = line.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words {
            found.all += 1;
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase));
            if stop.holds(lower) {
                stops += 1;
                continue;
            }
            furniture += usize::from(wording.holds(lower));
            if lower.chars().nth(TOPIC - 1).is_some() {
                found.topic.push(xxh3_64(lower.as_bytes()));
            }
        }
        found.topic.sort_unstable();
        found.topic.dedup();
        let unknown = (stop.is_empty() || spaceless) && found.all > 0;
        found.stop = if unknown { STOP_SHARE } else { share(stops, found.all) };
        found.furniture = share(furniture, found.all);
        found
    }
}

/// What holds for the page as a whole, and sums over the lines before and after each.
#[derive(Debug)]
struct Page<'l, 't> {
    lines: &'l [Line<'t>],
    words: Vec<Words>,
    elsewhere: Option<&'l [f64]>,
    /// Copies of each line in the page.
    again: Vec<f64>,
    /// Words of prose of each line.
    prose: Vec<f64>,
    /// How many lines of prose hold a word.
    topics: FxHashMap<u64, u32>,
    sums: Sums,
}

/// Sums that fade by a constant ratio from line to line.
#[derive(Debug)]
struct Sums {
    near: [Vec<f64>; 2],
    far: [Vec<f64>; 2],
    short: [Vec<f64>; 2],
    patterns: [Vec<f64>; 2],
    /// Lines since and to the nearest prose.
    gaps: [Vec<f64>; 2],
    /// Words and words of prose before each line, and of the page.
    words_before: Vec<f64>,
    prose_before: Vec<f64>,
    all_words: f64,
    all_prose: f64,
}

/// Lines beyond which it no longer matters how far away prose is.
const GAP: f64 = 50.0;

impl<'l, 't> Page<'l, 't> {
    fn new(lines: &'l [Line<'t>], hits: &[Option<Hit>], lang: &Lang, elsewhere: Option<&'l [f64]>) -> Self {
        let stop = stop_list(lang.primary());
        let spaceless = matches!(lang.primary(), "zh" | "ja" | "ko" | "th" | "lo" | "km" | "my");
        let wording = patterns::wording(lang);
        let mut lower = String::new();
        let words: Vec<Words> =
            lines.iter().map(|line| Words::of(line, stop, spaceless, &wording, &mut lower)).collect();
        let prose: Vec<f64> =
            lines.iter().map(|line| if is_prose(line) { count(line.words) } else { 0.0 }).collect();
        let mut topics = FxHashMap::default();
        for (words, _) in words.iter().zip(&prose).filter(|(_, prose)| **prose > 0.0) {
            for &topic in &words.topic {
                *topics.entry(topic).or_default() += 1;
            }
        }
        let sums = Sums::new(lines, hits, &prose);
        let again = again(lines);
        Self { lines, words, elsewhere, again, prose, topics, sums }
    }

    fn around(&self, i: usize) -> [f64; NAMES.len() - ALONE] {
        let sums = &self.sums;
        let beside =
            |i: Option<usize>| i.and_then(|i| self.lines.get(i)).map_or(0.0, |l| log(count(l.words)));
        [
            f64::from(u8::from(self.elsewhere.is_some())),
            self.elsewhere.map_or(0.0, |others| log(others[i].min(COPIES))),
            log(self.again[i].min(COPIES)),
            sums.words_before[i] / sums.all_words.max(1.0),
            sums.prose_before[i] / sums.all_prose.max(1.0),
            log(sums.all_prose),
            log(sums.near[0][i]),
            log(sums.near[1][i]),
            log(sums.far[0][i]),
            log(sums.far[1][i]),
            sums.short[0][i],
            sums.short[1][i],
            sums.patterns[0][i],
            sums.patterns[1][i],
            ln(sums.gaps[0][i]),
            ln(sums.gaps[1][i]),
            beside(i.checked_sub(1)),
            beside(Some(i + 1)),
            f64::from(u8::from(i.checked_sub(1).is_some_and(|i| self.prose[i] > 0.0))),
            f64::from(u8::from(self.prose.get(i + 1).is_some_and(|words| *words > 0.0))),
            self.echo(i),
        ]
    }

    /// In how many other lines of prose the line's words of topic come, on average, each counted up to 5.
    fn echo(&self, i: usize) -> f64 {
        let own = u32::from(self.prose[i] > 0.0);
        let topic = &self.words[i].topic;
        let others = |key: &u64| self.topics.get(key).map_or(0, |n| (n - own).min(5));
        f64::from(topic.iter().map(others).sum::<u32>()) / count(topic.len().max(1))
    }
}

/// How many other lines of the page say the same.
fn again(lines: &[Line<'_>]) -> Vec<f64> {
    let mut folded = String::new();
    let keys: Vec<Option<u64>> = lines.iter().map(|line| key(line.text, &mut folded)).collect();
    let mut copies: FxHashMap<u64, usize> = FxHashMap::default();
    for &key in keys.iter().flatten() {
        *copies.entry(key).or_default() += 1;
    }
    let others = |key: &Option<u64>| key.and_then(|key| copies.get(&key)).map_or(0.0, |n| count(n - 1));
    keys.iter().map(others).collect()
}

impl Sums {
    fn new(lines: &[Line<'_>], hits: &[Option<Hit>], prose: &[f64]) -> Self {
        let is = |yes: bool| f64::from(u8::from(yes));
        let words: Vec<f64> = lines.iter().map(|line| count(line.words)).collect();
        let short: Vec<f64> = lines.iter().map(|line| is(line.words < 5)).collect();
        let patterns: Vec<f64> = hits.iter().map(|hit| is(hit.is_some())).collect();
        Self {
            near: both(prose, 0.7),
            far: both(prose, 0.92),
            short: both(&short, 0.8),
            patterns: both(&patterns, 0.85),
            gaps: [gaps(prose.iter()), reversed(gaps(prose.iter().rev()))],
            words_before: faded(words.iter(), 1.0),
            prose_before: faded(prose.iter(), 1.0),
            all_words: words.iter().sum(),
            all_prose: prose.iter().sum(),
        }
    }
}

/// For each value the sum of those before it, and of those after it, each `ratio` of the last.
fn both(values: &[f64], ratio: f64) -> [Vec<f64>; 2] {
    [faded(values.iter(), ratio), reversed(faded(values.iter().rev(), ratio))]
}

fn faded<'v>(values: impl Iterator<Item = &'v f64>, ratio: f64) -> Vec<f64> {
    let mut sum = 0.0;
    let mut next = |value| {
        let before = sum;
        sum = (sum + value) * ratio;
        before
    };
    values.map(&mut next).collect()
}

/// Lines since the last prose, at least 1 and at most [`GAP`].
fn gaps<'v>(prose: impl Iterator<Item = &'v f64>) -> Vec<f64> {
    let mut since = GAP;
    prose
        .map(|words| {
            let next = if *words > 0.0 { 1.0 } else { (since + 1.0).min(GAP) };
            std::mem::replace(&mut since, next)
        })
        .collect()
}

fn reversed(mut values: Vec<f64>) -> Vec<f64> {
    values.reverse();
    values
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::doc::document::Field;

    fn document(text: &str) -> Document {
        Document { text: Field::plain(text.to_owned()), lang: Lang::parse("en"), ..Document::default() }
    }

    fn value(told: &Told, name: &str) -> f64 {
        told.row[NAMES.iter().position(|&known| known == name).expect("a name")]
    }

    #[test]
    fn evidence_says_what_its_names_promise() {
        let told =
            of_document(&document("HOME\n12 comments\nThe bridge, they said, was shut. It is.\nHOME"), None);
        assert_eq!(
            (value(&told[0], "few"), value(&told[0], "capitals"), value(&told[0], "again")),
            (1.0, 1.0, log(1.0))
        );
        assert_eq!((value(&told[1], "comments"), value(&told[1], "digits")), (1.0, 0.2));
        assert_eq!((value(&told[2], "sentences"), value(&told[2], "full-stop")), (log(2.0), 1.0));
        assert!((value(&told[2], "patterns-before") - (0.85 + 1.0) * 0.85).abs() < 1e-9);
        assert_eq!((value(&told[0], "counted"), value(&told[0], "elsewhere")), (0.0, 0.0));
    }

    #[test]
    fn a_document_that_is_a_copy_is_not_told_by_its_copies() {
        let prose = "The bridge was shut on Monday after two cracks were found in it.";
        let model = |documents: u64, df: u32, text: &str| LineModel {
            documents,
            frequencies: crate::stats::frequencies::Frequencies::new(keys(&document(text)), vec![df]),
        };
        let others = |text: &str, model: &LineModel| {
            elsewhere(&blocks::cut(&document(text).text), Some(model)).expect("counted")
        };
        assert_eq!(others(prose, &model(9, 3, prose)), [0.0]);
        let page = format!("Sign in\n{prose}");
        assert_eq!(others(&page, &model(9, 3, "Sign in")), [2.0, 0.0]);
        assert_eq!(others(&page, &model(1_000_000, 201, "Sign in")), [2.0, 0.0], "in proportion");
    }

    proptest! {
        /// Every value of every line of any text is a number.
        #[test]
        fn no_text_makes_evidence_that_is_no_number(text in "[a-zA-Z0-9é .!?:,©|@\u{a0}風。…\n]{0,200}") {
            for told in of_document(&document(&text), None) {
                prop_assert!(told.row.iter().all(|value| value.is_finite()), "{told:?}");
            }
        }
    }
}
