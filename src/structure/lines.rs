//! Lines and what can be told of one by its shape: how long it is and how it ends.

use crate::base::span::{Span, Txt};
use crate::doc::block::BlockKind;

/// How a line ends, closing quotes and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// As a sentence does.
    Stop,
    /// As a question or exclamation does, which headings may too.
    Ask,
    /// With a colon: something follows.
    Colon,
    /// Without a mark.
    Open,
}

/// A block before it has a role.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) span: Span<Txt>,
    pub(super) text: &'t str,
    pub(super) kind: BlockKind,
    /// About how many words it has.
    pub(super) words: usize,
    pub(super) ending: Ending,
    /// Whether an empty line stands before it.
    pub(super) apart: bool,
}

/// Bytes from which a line with an end mark is prose without counting its words.
const SURELY_PROSE: usize = 240;
/// Fewest words of a line of prose that ends as sentences do; rule of the measured baseline (.82 F1 on bare lines).
const PROSE: usize = 10;
/// Fewest words of a line of prose without an end mark: longer than headlines and standfirsts get.
const PROSE_OPEN: usize = 40;

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str, span: Span<Txt>, kind: BlockKind, apart: bool) -> Self {
        let text = span.of(text);
        let ending = ending(text);
        let sure = text.len() >= SURELY_PROSE && ending == Ending::Stop;
        let words = if sure { text.len() / 6 } else { words(text) };
        Self { span, text, kind, words, ending, apart }
    }

    /// Whether it reads as running text by its length and end.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::Quote)
            && match self.ending {
                Ending::Open => self.words >= PROSE_OPEN,
                Ending::Stop | Ending::Ask | Ending::Colon => self.words >= PROSE,
            }
    }

    /// Whether it ends as sentences do.
    pub(super) fn is_sentence(&self) -> bool {
        matches!(self.ending, Ending::Stop | Ending::Ask)
    }
}

/// `text` without closing quotes and brackets and the white space around them.
pub(super) fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\''
                    | '’'
                    | '”'
                    | '“'
                    | '»'
                    | '«'
                    | '›'
                    | ')'
                    | ']'
                    | '」'
                    | '』'
                    | '】'
                    | '）'
                    | '*'
                    | '_'
            )
    })
}

/// How `text` ends.
pub(super) fn ending(text: &str) -> Ending {
    match bare(text).chars().next_back() {
        Some('.' | '…' | '。' | '．' | '۔' | '।' | '॥' | '։' | '።' | '။' | '។' | '｡') => {
            Ending::Stop
        }
        Some('!' | '?' | '！' | '？' | '؟' | '՞' | '\u{37E}') => Ending::Ask,
        Some(':' | '：' | '፡') => Ending::Colon,
        _ => Ending::Open,
    }
}

/// About how many words `text` has: runs between blanks; two characters of Chinese or Japanese, five of Thai, Lao, Khmer
/// or Burmese count for one.
pub(super) fn words(text: &str) -> usize {
    if text.is_ascii() {
        return runs(text.as_bytes());
    }
    let (mut runs, mut dense, mut loose, mut inside) = (0, 0, 0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            inside = false;
        } else if matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}') {
            dense += 1;
            inside = false;
        } else if matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}') {
            loose += 1;
            inside = false;
        } else if !inside && c.is_alphanumeric() {
            runs += 1;
            inside = true;
        }
    }
    runs + usize::div_ceil(dense, 2) + usize::div_ceil(loose, 5)
}

/// Whether `text` has about so many words or more; its beginning mostly tells.
pub(super) fn has_words(text: &str, many: usize) -> bool {
    // Hardly any prose has fewer than a word in ten bytes.
    let beginning = text.get(..many * 10).unwrap_or_default();
    words(beginning) >= many || words(text) >= many
}

/// Runs of ASCII between white space, which are counted many bytes at a time.
fn runs(bytes: &[u8]) -> usize {
    // No more than a byte can count.
    const TOGETHER: usize = 128;
    let blank = |b: u8| (b == b' ') | (b.wrapping_sub(b'\t') < 5) & (b != b'\x0B');
    let Some((&first, after)) = bytes.split_first() else { return 0 };
    let begin = |(before, after): (&[u8], &[u8])| {
        let begins = before.iter().zip(after).map(|(&b, &a)| u8::from(blank(b) & !blank(a)));
        usize::from(begins.fold(0, |sum: u8, begins| sum.wrapping_add(begins)))
    };
    let later: usize = bytes.chunks(TOGETHER).zip(after.chunks(TOGETHER)).map(begin).sum();
    usize::from(!blank(first)) + later
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_ascii_are_counted_as_the_library_splits_them() {
        for blank in [' ', '\t', '\n', '\r', '\u{b}', '\u{c}'] {
            for length in 0..400_usize {
                let letter = |at: usize| if (at * at / 3).is_multiple_of(4) { blank } else { 'a' };
                let text: String = (0..length).map(letter).collect();
                assert_eq!(words(&text), text.split_ascii_whitespace().count(), "{text:?}");
            }
        }
    }

    #[test]
    fn long_words_and_short_texts_have_as_many_words_as_they_have() {
        let long = "unforeseeably ".repeat(10);
        for (text, holds) in
            [(long.as_str(), true), (&long[14..], false), ("a b c d e f g h i j", true), ("a b", false)]
        {
            assert_eq!(has_words(text, 10), holds, "{text:?}");
        }
        assert!(has_words(&"大".repeat(40), 10));
    }

    #[test]
    fn closing_quotes_do_not_hide_the_end_of_a_sentence() {
        assert_eq!(ending("He said: “No.”"), Ending::Stop);
        assert_eq!(ending("minister warns of \"days, not hours\""), Ending::Open);
        assert_eq!(ending("لماذا؟"), Ending::Ask);
    }

    #[test]
    fn scripts_without_spaces_have_words_too() {
        assert_eq!(words("风暴袭击马罗万岛"), 4);
        assert_eq!(words("le pont — fermé"), 3);
        assert_eq!(words("le pont « fermé »"), 3);
    }
}
