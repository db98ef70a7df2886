//! How much text there is: words, characters, and words as they stand between blanks.
//!
//! Words are those of Unicode Standard Annex #29 that hold a letter or digit, joined as GMX-V (LISA, later ETSI) joins them.

use std::ops::{AddAssign, Range};

use crate::lex::words;

/// An amount of text. Sums of parts are the amounts of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Volume {
    /// Segments.
    pub segments: u64,
    /// Words by the rules of [`count_words`].
    pub words: u64,
    /// Stretches between white space, as `wc -w` counts them.
    pub blank_words: u64,
    /// Unicode characters, white space among them.
    pub chars: u64,
    /// Unicode characters that are no white space.
    pub dense_chars: u64,
}

impl Volume {
    /// The amount of one segment.
    pub fn of(text: &str) -> Self {
        let mut volume = Self { segments: 1, words: count_words(text), ..Self::default() };
        let mut inside = false;
        for c in text.chars() {
            let blank = c.is_whitespace();
            volume.chars += 1;
            volume.dense_chars += u64::from(!blank);
            volume.blank_words += u64::from(!blank && !inside);
            inside = !blank;
        }
        volume
    }
}

impl AddAssign for Volume {
    fn add_assign(&mut self, other: Self) {
        self.segments += other.segments;
        self.words += other.words;
        self.blank_words += other.blank_words;
        self.chars += other.chars;
        self.dense_chars += other.dense_chars;
    }
}

/// Characters of Thai, Lao, Khmer and Burmese that count as one word: the factor that GMX-V is quoted with for Thai.
const CHARS_PER_WORD: u64 = 6;

/// How many words a translation of `text` is quoted by.
///
/// A word holds a letter or digit. Words with a hyphen or an apostrophe are one; so is a number with its marks
/// (`3,000.5`, `10:30`, `12/03/2024`), and an address of the web or of mail. A character of Han or kana is a word. Runs of Thai, Lao,
/// Khmer and Burmese, which write no blanks between words, count a word for every six characters, rounded up.
///
/// ```
/// # use nutgraf::translate::quote::volume::count_words;
/// assert_eq!(count_words("It’s a well-known 10:30 ferry — see https://example.org/a?b=c."), 7);
/// assert_eq!(count_words("港口大桥关闭。"), 6);
/// ```
pub fn count_words(text: &str) -> u64 {
    let mut count = 0;
    for mut chunk in text.split_whitespace() {
        while let Some(address) = address(chunk) {
            count += words_of(&chunk[..address.start]) + 1;
            chunk = &chunk[address.end..];
        }
        count += words_of(chunk);
    }
    count
}

/// What a word is counted by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Words between blanks.
    Spaced,
    /// Han and kana: each character.
    Characters,
    /// Thai, Lao, Khmer, Burmese: characters in sixes.
    Runs,
}

fn script(c: char) -> Script {
    match c {
        '\u{30A0}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Characters,
        _ => match words::term_chars(c) {
            0 => Script::Spaced,
            2 => Script::Characters,
            _ => Script::Runs,
        },
    }
}

fn words_of(chunk: &str) -> u64 {
    let mut count = 0;
    let mut run = 0;
    let mut last: Option<(Script, usize)> = None;
    words::for_each(chunk, |word| {
        let here = chunk[word.clone()].chars().next().map_or(Script::Spaced, script);
        if here == Script::Runs {
            let follows = last.is_some_and(|(script, end)| script == Script::Runs && end == word.start);
            if !follows {
                count += u64::div_ceil(run, CHARS_PER_WORD);
                run = 0;
            }
            run += chars(&chunk[word.clone()]);
        } else if here == Script::Characters {
            count += chars(&chunk[word.clone()]);
        } else {
            let joined =
                last.is_some_and(|(script, end)| script == Script::Spaced && joins(chunk, end..word.start));
            count += u64::from(!joined);
        }
        last = Some((here, word.end));
    });
    count + u64::div_ceil(run, CHARS_PER_WORD)
}

fn chars(text: &str) -> u64 {
    text.chars().count() as u64
}

/// Whether what stands between two words makes them one.
fn joins(text: &str, between: Range<usize>) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    match &text[between.clone()] {
        "-" | "\u{2010}" | "\u{2011}" | "'" | "’" => true,
        ":" | "/" | "." | "," => {
            is_digit(text[..between.start].chars().next_back())
                && is_digit(text[between.end..].chars().next())
        }
        _ => false,
    }
}

/// Where the first address of the web or of mail stands in a stretch without blanks.
pub(in crate::translate) fn address(chunk: &str) -> Option<Range<usize>> {
    web(chunk).or_else(|| mail(chunk))
}

fn web(chunk: &str) -> Option<Range<usize>> {
    let start = if let Some(colon) = chunk.find("://") {
        let scheme = chunk[..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if scheme == 0 {
            return None;
        }
        colon - scheme
    } else {
        let bare = chunk.find("www.")?;
        if chunk[..bare].ends_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        bare
    };
    let body = &chunk[start..];
    let end = body.find(|c: char| script(c) != Script::Spaced).unwrap_or(body.len());
    let trailing: &[char] =
        &['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '”', '’', '»', '。', '，'];
    let end = body[..end].trim_end_matches(trailing).len();
    Some(start..start + end)
}

fn mail(chunk: &str) -> Option<Range<usize>> {
    let at = chunk.find('@')?;
    let bytes = chunk.as_bytes();
    let local =
        bytes[..at].iter().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b)).count();
    let host = bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let host = chunk[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
    (local > 0 && host.contains('.')).then(|| at - local..at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hyphens_apostrophes_and_marks_of_numbers_join() {
        for (text, words) in [
            ("", 0),
            (" — … ***", 0),
            ("the well-known mayor's rock'n'roll", 4),
            ("l’été, aujourd'hui", 2),
            ("on 12/03/2024 at 10:30, 3,000.5 km", 6),
            ("and/or, either, or", 4),
            ("pages 10–12", 3),
            ("a 1990-95 self-made man", 4),
            ("U.S. €30m 45%", 3),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }

    #[test]
    fn an_address_is_one_word() {
        for (text, words) in [
            ("See https://example.org/a-b/c?d=e&f=1.", 2),
            ("(www.example.org), write to ana.lopez@port-alder.example!", 4),
            ("请看https://example.org/新", 4),
            ("ask @harbour about a@b", 5),
            ("://", 0),
        ] {
            assert_eq!(count_words(text), words, "{text}");
        }
    }

    #[test]
    fn scripts_without_blanks_count_characters() {
        assert_eq!(count_words("港口大桥，关闭 9 天。"), 8);
        assert_eq!(count_words("コラン橋が閉鎖"), 7);
        assert_eq!(count_words("สะพานปิดแล้ว"), 2);
        assert_eq!(count_words("한국어 문장입니다"), 2);
    }

    #[test]
    fn blanks_of_all_kinds_part_words_between_blanks() {
        let volume = Volume::of("one\u{a0}two  three—four\n");
        assert_eq!((volume.blank_words, volume.words), (3, 4));
        assert_eq!((volume.chars, volume.dense_chars), (20, 16));
    }

    proptest! {
        /// What stands on both sides of a blank is counted apart.
        #[test]
        fn texts_parted_by_a_blank_add_up(
            a in "[a-b1-2.,:/'’@w港ก‑é\u{301} -]{0,20}",
            b in "[a-b1-2.,:/'’@w港ก‑é -]{0,20}",
        ) {
            let mut sum = Volume::of(&a);
            sum += Volume::of(&b);
            let whole = Volume::of(&format!("{a} {b}"));
            prop_assert_eq!((sum.words, sum.blank_words, sum.dense_chars), (whole.words, whole.blank_words, whole.dense_chars));
        }
    }
}
