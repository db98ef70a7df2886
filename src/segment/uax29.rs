//! Sentence boundaries of Unicode Standard Annex #29, less those after abbreviations, initials and ordinals.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;
use serde::Deserialize;

use super::Segmenter;
use super::abbreviations::{Abbreviations, Behaviour, abbreviations};
use super::marks::ends_with_mark;
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
    fn cut(&self, block: &str, lang: &str, cuts: &mut Vec<usize>) {
        let rules =
            Rules { own: &self.abbreviations, listed: abbreviations(lang), starters: stop_list(lang), lang };
        for at in SentenceSegmenter::new(SentenceBreakInvariantOptions::default()).segment_str(block) {
            if at > 0 && at < block.len() && rules.ends_sentence(&block[..at], &block[at..]) {
                cuts.push(at);
            }
        }
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
    use super::*;

    fn sentences<'t>(text: &'t str, lang: &str) -> Vec<&'t str> {
        let mut cuts = vec![0];
        Uax29::default().cut(text, lang, &mut cuts);
        cuts.push(text.len());
        cuts.windows(2).map(|w| text[w[0]..w[1]].trim()).collect()
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
