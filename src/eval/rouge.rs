//! ROUGE (Lin 2004) as the Python package `rouge-score` 0.1.2 computes it, to the last bit: its words and stems in English,
//! runs of letters, marks and numbers in lower case elsewhere.

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use super::lcs::Lcs;
use super::porter;

/// F1 of a summary against its reference, each in `0.0..=1.0`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rouge {
    /// ROUGE-1: words.
    pub r1: f64,
    /// ROUGE-2: pairs of words.
    pub r2: f64,
    /// ROUGE-Lsum: for each sentence of the reference, words that are in order in some sentence of the summary. Sentences
    /// are lines.
    pub lsum: f64,
    /// ROUGE-L: words in the same order in both, as if each were one sentence.
    pub l: f64,
}

/// Scores summaries in one language; keeps the words it has met.
#[derive(Debug)]
pub struct Scorer {
    english: bool,
    /// Numbers of words as they are compared.
    terms: FxHashMap<Box<str>, u32>,
    /// Numbers of words as they stand in lower case; none for what is no word after all.
    words: FxHashMap<Box<str>, Option<u32>>,
    lcs: Lcs,
}

/// A text cut into words.
#[derive(Debug, Default)]
struct Tokens {
    /// All its words.
    all: Vec<u32>,
    /// Where its lines end among them.
    ends: Vec<usize>,
}

impl Tokens {
    fn lines(&self) -> impl Iterator<Item = &[u32]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.all[start..end])
    }
}

impl Scorer {
    /// A scorer for texts in the language `lang`; its tag is `en` where words are those of the package.
    pub fn new(lang: &str) -> Self {
        let (terms, words, lcs) = (FxHashMap::default(), FxHashMap::default(), Lcs::default());
        Self { english: lang == "en", terms, words, lcs }
    }

    /// The scores of a summary, one sentence a line, against references. Of several the best counts for each score by itself.
    pub fn score<'r>(&mut self, references: impl IntoIterator<Item = &'r str>, summary: &str) -> Rouge {
        let summary = self.tokens(summary);
        let mut best = Rouge::default();
        for reference in references {
            let reference = self.tokens(reference);
            best.r1 = best.r1.max(f1(shared(&reference.all, &summary.all, 1), &reference, &summary, 1));
            best.r2 = best.r2.max(f1(shared(&reference.all, &summary.all, 2), &reference, &summary, 2));
            best.l = best.l.max(f1(self.lcs.length(&reference.all, &summary.all), &reference, &summary, 1));
            best.lsum = best.lsum.max(f1(self.union(&reference, &summary), &reference, &summary, 1));
        }
        best
    }

    fn tokens(&mut self, text: &str) -> Tokens {
        let lower = text.to_lowercase();
        let mut tokens = Tokens::default();
        for line in lower.split('\n') {
            if self.english {
                let words = line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
                tokens.all.extend(words.filter_map(|word| self.number(word)));
            } else {
                let words = line.split(|c| !is_word(c)).filter(|word| !word.is_empty());
                tokens.all.extend(words.filter_map(|word| self.number(word)));
            }
            tokens.ends.push(tokens.all.len());
        }
        tokens
    }

    /// The number of a word; none where its stem is empty.
    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let mut term = word.to_owned();
        if self.english && word.len() > LONGEST_WHOLE {
            porter::stem(&mut term);
        }
        let next = u32::try_from(self.terms.len()).expect("memory holds fewer words");
        let number = (!term.is_empty()).then(|| *self.terms.entry(term.into()).or_insert(next));
        self.words.insert(word.into(), number);
        number
    }

    /// How many words of the reference are in the union of the longest common subsequences of its sentence and each sentence of
    /// the summary, no more of one word than the summary has.
    fn union(&mut self, reference: &Tokens, summary: &Tokens) -> usize {
        let mut found = vec![false; reference.all.len()];
        for line in summary.lines().filter(|line| !line.is_empty()) {
            self.lcs.prepare(line);
            let mut start = 0;
            for sentence in reference.lines() {
                self.lcs.mark(sentence, &mut found[start..start + sentence.len()]);
                start += sentence.len();
            }
        }
        let mut left: FxHashMap<u32, usize> = FxHashMap::default();
        for &word in &summary.all {
            *left.entry(word).or_default() += 1;
        }
        // Each word of the reference is looked at once, so that only the summary's copies can run out.
        let taken = reference.all.iter().zip(found).filter(|(word, found)| {
            let left = left.get_mut(word).filter(|left| *found && **left > 0);
            left.map(|left| *left -= 1).is_some()
        });
        taken.count()
    }
}

/// Longest word in English that is not stemmed, in letters.
const LONGEST_WHOLE: usize = 3;

/// Whether a character belongs to a word: Unicode's letters, marks and numbers.
pub(super) fn is_word(c: char) -> bool {
    is_letter_or_number(c) || is_combining_mark(c)
}

/// Whether a character is one of Unicode's letters and numbers.
pub(super) fn is_letter_or_number(c: char) -> bool {
    // Marks may be alphabetic, and so are letters in rings and squares, which are symbols.
    let ringed = matches!(c, 'Ⓐ'..='ⓩ' | '🄰'..='🅉' | '🅐'..='🅩' | '🅰'..='🆉');
    c.is_alphanumeric() && !ringed && (c.is_ascii() || !is_combining_mark(c))
}

/// How many sequences of `length` words, 1 or 2, both have; of one that stands several times, the lesser number.
fn shared(reference: &[u32], summary: &[u32], length: usize) -> usize {
    let sorted = |words: &[u32]| {
        let key = |words: &[u32]| words.iter().fold(0, |key, &word| key << 32 | u64::from(word));
        let mut keys: Vec<u64> = words.windows(length).map(key).collect();
        keys.sort_unstable();
        keys
    };
    let (reference, summary) = (sorted(reference), sorted(summary));
    let (mut rest, mut both) = (&summary[..], 0);
    for key in reference {
        rest = &rest[rest.partition_point(|&other| other < key)..];
        if rest.first() == Some(&key) {
            (rest, both) = (&rest[1..], both + 1);
        }
    }
    both
}

/// The harmonic mean of precision and recall, `hits` of all sequences of `length` words.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn f1(hits: usize, reference: &Tokens, summary: &Tokens, length: usize) -> f64 {
    let share = |tokens: &Tokens| hits as f64 / (tokens.all.len() + 1).saturating_sub(length).max(1) as f64;
    let (precision, recall) = (share(summary), share(reference));
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        lang: String,
        reference: Vec<String>,
        summary: String,
        r1: f64,
        r2: f64,
        rl: f64,
        rouge_l: f64,
    }

    /// Written by `tools/check_rouge.py --write` with the package.
    #[test]
    fn scores_are_those_of_the_package() {
        let mut scorers: FxHashMap<String, Scorer> = FxHashMap::default();
        for line in include_str!("../../tests/fixtures/rouge.jsonl").lines() {
            let case: Case = serde_json::from_str(line).expect("a case");
            let scorer = scorers.entry(case.lang.clone()).or_insert_with(|| Scorer::new(&case.lang));
            let found = scorer.score(case.reference.iter().map(String::as_str), &case.summary);
            let expected = Rouge { r1: case.r1, r2: case.r2, lsum: case.rl, l: case.rouge_l };
            let pairs = [
                (found.r1, expected.r1),
                (found.r2, expected.r2),
                (found.lsum, expected.lsum),
                (found.l, expected.l),
            ];
            assert!(
                pairs.iter().all(|(a, b)| (a - b).abs() < 1e-12),
                "{found:?}, not {expected:?}: {:?} against {:?}",
                case.summary,
                case.reference
            );
        }
    }

    /// The characters of a class of the regex syntax.
    fn class(pattern: &str) -> impl Fn(char) -> bool {
        let kind = regex_syntax::parse(pattern).expect("a class").into_kind();
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) = kind else {
            panic!("no class of characters")
        };
        move |c| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c))
    }

    /// Tables of different ages differ in what the older does not know at all.
    #[test]
    fn words_are_letters_marks_and_numbers() {
        let (holds, unknown) = (class(r"[\p{L}\p{M}\p{N}]"), class(r"\p{Cn}"));
        let mut chars = ('\0'..='\u{ffff}').chain('\u{1f100}'..='\u{1f1ff}');
        assert_eq!(chars.find(|&c| is_word(c) != holds(c) && !unknown(c)), None);
    }

    #[test]
    fn squeezed_texts_keep_letters_and_numbers_alone() {
        let kept: String = "a É\u{301}Ⓐ7²½ক্ষ_".chars().filter(|&c| is_letter_or_number(c)).collect();
        assert_eq!(kept, "aÉ7²½কষ");
    }
}
