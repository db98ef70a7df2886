//! Sentence boundaries of Unicode Standard Annex #29, less those after abbreviations, initials and ordinals.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use memchr::{memchr, memchr3};
use serde::Deserialize;

use super::abbreviations::{Abbreviations, Behaviour, abbreviations};
use super::marks::ends_with_mark;
use super::{BlockText, Cuts, Segmenter};
use crate::lex::fold::fold;
use crate::lex::stop::{StopList, stop_list};

/// The library's boundaries, corrected by what is known of the language.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Uax29 {
    /// Further abbreviations after which no sentence ends, without their last full stop; case plays no part.
    pub abbreviations: Vec<String>,
}

impl Segmenter for Uax29 {
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts) {
        let (text, lang) = (block.text, block.lang.primary());
        let rules =
            Rules { own: &self.abbreviations, listed: abbreviations(lang), starters: stop_list(lang), lang };
        boundaries(text, |at| {
            let breaks = rules.ends_sentence(&text[..at], &text[at..]);
            cuts.decide(at, breaks, || ("uax29".into(), None));
        });
    }
}

/// Calls `each` with every boundary of the library inside `block`, in order.
///
/// The library looks at every character. Where none but ASCII can end a sentence, it is asked about the surroundings of
/// each full stop, exclamation mark, question mark and line end alone: the rules look back no further than the word
/// before the mark, and ahead no further than the next letter, mark or line end.
fn boundaries(block: &str, mut each: impl FnMut(usize)) {
    let library = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    if !only_ascii_ends(block.as_bytes()) {
        library.segment_str(block).filter(|&at| at > 0 && at < block.len()).for_each(each);
        return;
    }
    let mut from = 0;
    while let Some(mark) = next_mark(block.as_bytes(), from) {
        let start = block[..mark].rfind(' ').map_or(0, |space| space + 1).max(from);
        let (end, next) = window(block, mark);
        for at in library.segment_str(&block[start..end]).map(|at| start + at) {
            if at > mark && at < end {
                each(at);
            }
        }
        from = next;
    }
}

/// Whether every character outside ASCII is of a kind that ends no sentence and is no space: letters of Latin, Greek,
/// Cyrillic, and the common quotation marks and dashes.
fn only_ascii_ends(bytes: &[u8]) -> bool {
    let harmless = |b: u8, next: u8, third: u8| match b {
        0..0x80 | 0x80..=0xBF | 0xC3..=0xCA | 0xD0..=0xD3 => true,
        0xE2 => next == 0x80 && matches!(third, 0x90..=0x9F),
        _ => false,
    };
    bytes.is_ascii()
        || bytes.iter().enumerate().all(|(at, &b)| {
            let after = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
            b < 0xC0 || harmless(b, after(1), after(2))
        })
}

fn next_mark(bytes: &[u8], from: usize) -> Option<usize> {
    let mark = memchr3(b'.', b'!', b'?', &bytes[from..]).map_or(bytes.len(), |at| from + at);
    let line_end = memchr(b'\n', &bytes[from..mark]).map(|at| from + at);
    line_end.or((mark < bytes.len()).then_some(mark))
}

/// The end of what the rules look at after the mark at `mark`: the next letter or mark, included; and where to look for
/// the next mark.
fn window(block: &str, mark: usize) -> (usize, usize) {
    let rest = &block[mark + 1..];
    match rest.char_indices().find(|&(_, c)| c.is_alphabetic() || matches!(c, '.' | '!' | '?' | '\n')) {
        Some((at, c)) => (mark + 1 + at + c.len_utf8(), mark + 1 + at),
        None => (block.len(), block.len()),
    }
}

struct Rules<'a> {
    own: &'a [String],
    listed: &'a Abbreviations,
    starters: &'a StopList,
    lang: &'a str,
}

impl Rules<'_> {
    fn ends_sentence(&self, left: &str, right: &str) -> bool {
        let before = left.trim_end();
        // A line end inside a block is a wrap: it ends nothing by itself.
        if left.len() > before.len() && left[before.len()..].contains('\n') && !ends_with_mark(before) {
            return false;
        }
        let Some(stem) = before.strip_suffix('.') else { return true };
        let token = last_token(stem);
        let next = right.trim_start().trim_start_matches(opens);
        if token.is_empty() || next.is_empty() {
            return true;
        }
        // Some stand in two words: `et al.`, `z. B.`
        let before_token = stem[..stem.len() - token.len()].trim_end();
        let pair = &stem[before_token.len() - last_token(before_token).len()..];
        match self.behaviour(token).or_else(|| self.behaviour(pair)) {
            None => true,
            Some(Behaviour::Never) => false,
            Some(Behaviour::BeforeNumber) => !next.starts_with(char::is_numeric),
            // `sat.` and `mar.` are words too unless they are written as names of days and months are.
            Some(Behaviour::Either) if !token.contains('.') && !token.contains(char::is_uppercase) => {
                !next.starts_with(char::is_numeric) && !token.starts_with(char::is_numeric)
                    || self.starts_sentence(next)
            }
            Some(Behaviour::Either) => self.starts_sentence(next),
        }
    }

    fn behaviour(&self, token: &str) -> Option<Behaviour> {
        let mut chars = token.chars();
        if let (Some(only), None) = (chars.next(), chars.next())
            && only.is_uppercase()
        {
            return Some(Behaviour::Either);
        }
        if token.len() <= 2 && token.bytes().all(|b| b.is_ascii_digit()) {
            return writes_ordinals_with_a_stop(self.lang).then_some(Behaviour::Either);
        }
        let mut folded = String::new();
        fold(token, "und", &mut folded);
        if self.own.iter().any(|own| own.to_lowercase() == folded) {
            return Some(Behaviour::Never);
        }
        self.listed.get(folded.as_str()).copied()
    }

    /// Whether the next word is one that begins sentences: a stop word with a capital.
    fn starts_sentence(&self, next: &str) -> bool {
        let word: &str =
            next.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or_default();
        let mut folded = String::new();
        fold(word, self.lang, &mut folded);
        word.starts_with(char::is_uppercase) && self.starters.holds(&folded)
    }
}

/// Languages that write `3.` for "third": a number of one or two digits before a full stop ends a sentence only before
/// a word that begins one.
fn writes_ordinals_with_a_stop(lang: &str) -> bool {
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
            | "pl"
            | "tr"
            | "az"
            | "eu"
    )
}

/// What stands after the last white space or opening mark.
fn last_token(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || opens(c)).next().unwrap_or_default()
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '"' | '\'' | '“' | '‘' | '«' | '„' | '‚' | '‹' | '¿' | '¡')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::lang::Lang;

    fn sentences<'t>(text: &'t str, lang: &str) -> Vec<&'t str> {
        let mut cuts = Cuts::default();
        Uax29::default().cut(&BlockText::paragraph(text, &Lang::parse(lang).expect("a tag")), &mut cuts);
        let places = [&[0], cuts.places(), &[text.len()]].concat();
        places.windows(2).map(|w| text[w[0]..w[1]].trim()).collect()
    }

    proptest! {
        /// Asking about the surroundings of marks alone gives every boundary that asking about all gives.
        #[test]
        fn windows_find_the_boundaries_of_the_whole(text in "[aAbB1é„“”’ Я.!?,;:()\"'\n-]{0,40}") {
            let library = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
            let whole: Vec<usize> = library.segment_str(&text).filter(|&at| at > 0 && at < text.len()).collect();
            let mut windows = Vec::new();
            boundaries(&text, |at| windows.push(at));
            prop_assert_eq!(windows, whole);
        }
    }

    #[test]
    fn titles_initials_and_abbreviations_end_nothing() {
        let text =
            "Mr. J. Arden of the U.S. Department met Dr. Pryce, e.g. on No. 5 Quay Street. He left at noon.";
        assert_eq!(sentences(text, "en").len(), 2, "{:?}", sentences(text, "en"));
    }

    #[test]
    fn an_abbreviation_before_a_word_that_begins_sentences_may_end_one() {
        assert_eq!(sentences("They sailed for the U.S. The ship was late.", "en").len(), 2);
    }

    #[test]
    fn ordinals_end_nothing_where_they_are_written_so() {
        assert_eq!(sentences("Am 11. März schloss die Brücke. Die Fähren fahren.", "de").len(), 2);
        assert_eq!(sentences("There were 11. March was cold.", "en").len(), 2);
    }

    #[test]
    fn marks_of_other_scripts_end_sentences() {
        assert_eq!(sentences("पुल बंद है। नावें चल रही हैं।", "hi").len(), 2);
        assert_eq!(sentences("大桥关闭。渡轮加开。", "zh").len(), 2);
        assert_eq!(sentences("أُغلق الجسر. هل يُفتح غدا؟ لا.", "ar").len(), 3);
    }

    #[test]
    fn a_line_end_inside_a_block_ends_nothing_by_itself() {
        assert_eq!(sentences("The bridge was\nclosed. Ferries\nrun.", "en").len(), 2);
    }
}
