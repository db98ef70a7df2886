//! Words as Unicode Standard Annex #29 cuts them, of which those that hold a letter or digit count.
//!
//! A text of ASCII is cut by the bits of 64 bytes at a time. From the first block on that holds anything else it is walked by a
//! table of classes that knows the plain letters of Latin, Greek and Cyrillic too, and a stretch with anything else, up to the
//! next space, goes to the library.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::base::letters::is_letter_or_digit;
use crate::base::span::position;

/// What an ASCII byte is to the rules of word boundaries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Underscore,
    /// Joins letters: `:`.
    MidLetter,
    /// Joins digits: `,` and `;`.
    MidDigit,
    /// Joins either: `.` and `'`.
    MidBoth,
    Other,
    Wide,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidDigit,
            b'.' | b'\'' => Class::MidBoth,
            0x80..=0xFF => Class::Wide,
            _ => Class::Other,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

fn class(bytes: &[u8], at: usize) -> Class {
    bytes.get(at).map_or(Class::Space, |&b| CLASSES[b as usize])
}

/// Calls `each` with the byte range of every word of `text`, in order.
pub fn for_each(text: &str, mut each: impl FnMut(Range<usize>)) {
    let rest = plain_stretch(text, &mut each);
    for_each_from(text, rest, each);
}

/// The same for what follows a place where words may begin and none goes on.
pub(super) fn for_each_from(text: &str, from: usize, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match CLASSES[bytes[at] as usize] {
            Class::Letter | Class::Digit | Class::Underscore | Class::Wide => {
                // Most words end at a space, and no rule reaches over one.
                let end = at + letters_and_digits(bytes, at);
                if at < end && bytes.get(end) == Some(&b' ') {
                    each(at..end);
                    at = end + 1;
                    continue;
                }
                match plain_word(bytes, at) {
                    Some((end, counts)) => {
                        if counts {
                            each(at..end);
                        }
                        at = end;
                    }
                    None => at = wide_stretch(text, at, &mut each),
                }
            }
            _ => at += 1,
        }
    }
}

/// Bytes that are looked at together, a bit each.
const BLOCK: usize = 64;

/// The words from the beginning of a text to the first block that holds an underscore or something that is not ASCII, where
/// every bit of a block tells of a letter or digit and words are the stretches of ones; gives the place where it stopped.
#[inline]
pub(super) fn plain_stretch(text: &str, each: &mut impl FnMut(Range<usize>)) -> usize {
    let bytes = text.as_bytes();
    // The word that began in a block before.
    let mut begun = None;
    // Where the last word ended that holds more than letters and digits.
    let mut joined = 0;
    // A last block of no bytes ends a word that ends with the text.
    for base in (0..=bytes.len()).step_by(BLOCK) {
        let Some(Bits { words, mut joints }) = bits(bytes, base) else {
            return joined.max(begun.unwrap_or(base));
        };
        // A joint is one if it stands before something to join.
        let next = class(bytes, base + BLOCK);
        let next = matches!(next, Class::Letter | Class::Digit | Class::Underscore | Class::Wide);
        joints &= words >> 1 | u64::from(next) << (BLOCK - 1);
        let after = words << 1 | u64::from(begun.is_some());
        let (mut starts, mut ends) = (words & !after, after & !words);
        while ends != 0 {
            let bit = ends.trailing_zeros();
            ends &= ends - 1;
            let start = begun.take().unwrap_or_else(|| base + taken(&mut starts));
            if joints >> bit & 1 == 1 && start >= joined {
                let Some((end, _)) = plain_word(bytes, start) else { return start };
                joined = end;
                each(start..end);
            } else if start >= joined {
                each(start..base + bit as usize);
            }
        }
        if starts != 0 {
            begun = Some(base + taken(&mut starts));
        }
    }
    bytes.len()
}

/// The number of the lowest bit, which is taken away.
fn taken(bits: &mut u64) -> usize {
    let bit = bits.trailing_zeros();
    *bits &= *bits - 1;
    bit as usize
}

/// What a block holds, a bit for each byte.
struct Bits {
    /// Letters and digits.
    words: u64,
    /// What may stand between them within a word.
    joints: u64,
}

/// The bits of the block of `bytes` at `base`, zeros behind its end; `None` where the block, or one before it, holds an underscore
/// or something that is not ASCII.
fn bits(bytes: &[u8], base: usize) -> Option<Bits> {
    let rest = &bytes[base..];
    if let Some(block) = rest.first_chunk() {
        return bits_of(block);
    }
    // A last block that is not whole is read with what stands before it, which is quicker than to copy it.
    if let Some(last) = bytes.last_chunk() {
        let Bits { words, joints } = bits_of(last)?;
        let here = |bits: u64| bits.unbounded_shr(position(BLOCK - rest.len()));
        return Some(Bits { words: here(words), joints: here(joints) });
    }
    let mut block = [b' '; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    bits_of(&block)
}

#[inline]
fn bits_of(block: &[u8; BLOCK]) -> Option<Bits> {
    let (mut words, mut joints, mut odd) = ([0_u8; BLOCK], [0_u8; BLOCK], 0);
    for at in 0..BLOCK {
        let b = block[at];
        let within = |first: u8, count: u8| u8::from(b.wrapping_sub(first) < count);
        words[at] = within(b'0', 10) | u8::from((b | 0x20).wrapping_sub(b'a') < 26);
        joints[at] = within(b':', 2) | within(b',', 1) | within(b'.', 1) | within(b'\'', 1);
        odd |= within(b'_', 1) | within(0x80, 0x80);
    }
    (odd == 0).then(|| Bits { words: gathered(&words), joints: gathered(&joints) })
}

/// A bit of each byte, which is 0 or 1.
#[inline]
fn gathered(bytes: &[u8; BLOCK]) -> u64 {
    // Byte i of eight, times 2⁷ · ⁽⁸⁻ⁱ⁾, is bit i of the highest byte of the product, and nothing else meets it there.
    const TO_THE_TOP: u64 = 0x0102_0408_1020_4080;
    let (eights, _) = bytes.as_chunks();
    eights
        .iter()
        .rev()
        .fold(0, |bits, &eight| bits << 8 | u64::from_le_bytes(eight).wrapping_mul(TO_THE_TOP) >> 56)
}

/// The end of the word that starts at `start` and whether it holds a letter or digit; `None` when it touches
/// something that is neither ASCII nor a plain letter, which may belong to it.
fn plain_word(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let (mut at, mut last) = (start, Class::Other);
    let mut counts = false;
    loop {
        loop {
            let plain = letters_and_digits(bytes, at);
            if plain > 0 {
                at += plain;
                (last, counts) = (CLASSES[bytes[at - 1] as usize], true);
            }
            match class(bytes, at) {
                Class::Underscore => (at, last) = (at + 1, Class::Underscore),
                Class::Wide => {
                    at += plain_letter(bytes, at)?;
                    (last, counts) = (Class::Letter, true);
                }
                _ => break,
            }
        }
        let joined = match class(bytes, at) {
            Class::MidLetter => Some(Class::Letter),
            Class::MidDigit => Some(Class::Digit),
            Class::MidBoth => Some(last),
            _ => None,
        };
        let Some(joined) = joined else { return Some((at, counts)) };
        let next = match class(bytes, at + 1) {
            Class::Wide => plain_letter(bytes, at + 1).map(|_| Class::Letter)?,
            class => class,
        };
        if joined != last || next != last || last == Class::Underscore {
            return Some((at, counts));
        }
        at += 1;
    }
}

/// How many bytes a letter has that is not ASCII but one to the rules as those are: of Latin, Greek and Cyrillic, as far as whole
/// ranges are. Others are left to the library.
fn plain_letter(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes[at..] {
        [0xC3, 0x97 | 0xB7, ..] => None, // × ÷
        [0xC3..=0xC8 | 0xD0 | 0xD1, ..] // À to ȿ, Ѐ to ѿ
        | [0xC9, 0x80..=0x8F, ..] // to ɏ
        | [0xCE, 0x91..=0xA1 | 0xA3..=0xA9 | 0xAC..=0xBF, ..] // Α to Ω, ά to ο
        | [0xCF, 0x80..=0x8E, ..] => Some(2), // to ώ
        [0xE1, 0xB8..=0xBB, ..] => Some(3), // Ḁ to ỿ
        _ => None,
    }
}

/// How many ASCII letters and digits stand at `at`, eight bytes at a time: most words are decided at once.
pub(super) fn letters_and_digits(bytes: &[u8], at: usize) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut length = 0;
    while let Some(chunk) = bytes[at + length..].first_chunk::<8>() {
        let chunk = u64::from_le_bytes(*chunk);
        // The high bit of each byte of `digit(b)` and `letter(b)` tells whether the byte, taken as ASCII, is `b` or above.
        let low = chunk & !HIGH;
        let lower = low | (0x20 * ONES);
        let digit = |b: u64| low + (0x80 - b) * ONES;
        let letter = |b: u64| lower + (0x80 - b) * ONES;
        let digits = digit(0x30) & !digit(0x3A);
        let letters = letter(0x61) & !letter(0x7B);
        let others = !((digits | letters) & !chunk) & HIGH;
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + bytes[at + length..].iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

/// The library's words from `start` to the next ASCII space, where every rule allows a boundary; gives that place.
fn wide_stretch(text: &str, start: usize, each: &mut impl FnMut(Range<usize>)) -> usize {
    let bytes = text.as_bytes();
    let length = bytes[start..].iter().position(|&b| CLASSES[b as usize] == Class::Space);
    let end = length.map_or(bytes.len(), |length| start + length);
    let pieces = text[start..end].split_word_bound_indices();
    for (at, word) in pieces.filter(|(_, piece)| piece.chars().any(is_letter_or_digit)) {
        each(start + at..start + at + word.len());
    }
    end
}

/// Whether the script writes words without spaces between them, so that a single character is not a word:
/// Han, Hiragana, Thai, Lao, Burmese, Khmer.
pub fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{309F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AA7F}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// How many characters make a term where no spaces are written: 2 of Han and kana, of which a word has one or two; 3 of the
/// alphabets of Thai, Lao, Burmese and Khmer, where it has three or four; 0 in all other scripts, whose words are terms.
///
/// Measured beside dictionary words: `docs/ranking.md`.
pub fn term_chars(c: char) -> usize {
    match c {
        '\u{0E00}'..='\u{0EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AA7F}' => 3,
        _ if is_spaceless(c) => 2,
        _ => 0,
    }
}

/// How many words `text` has.
///
/// Scripts that write no spaces count two characters as a word, rounded up for each run of them: the usual rule of
/// thumb for Chinese, Japanese and Thai, where no dictionary is asked.
///
/// ```
/// # use nutgraf::lex::words;
/// assert_eq!(words::count("Don't pay 3,000 U.S. dollars — yet."), 6);
/// assert_eq!(words::count("港口大桥关闭。"), 3);
/// ```
pub fn count(text: &str) -> usize {
    let mut words = 0;
    let mut run = 0;
    let mut run_end = 0;
    for_each(text, |word| {
        let spaceless = text[word.clone()].chars().next().is_some_and(is_spaceless);
        if run > 0 && !(spaceless && word.start == run_end) {
            words += usize::div_ceil(run, 2);
            run = 0;
        }
        if spaceless {
            run += 1;
            run_end = word.end;
        } else {
            words += 1;
        }
    });
    words + usize::div_ceil(run, 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::is_combining_mark;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        for_each(text, |range| out.push(&text[range]));
        out
    }

    proptest! {
        /// The table and the library agree on every boundary.
        #[test]
        fn equals_the_library(text in "[a-cA-C0-2_.,:;'\"’\\- \néếжω×\u{483}\u{301}\u{200d}\u{ad}בא\"가漢かカ\u{1F1E6}\u{1F600}]{0,40}") {
            let library: Vec<&str> = text.unicode_words().collect();
            prop_assert_eq!(words(&text), library);
        }
    }

    proptest! {
        /// Wherever a block of a long text ends, and whatever stands there.
        #[test]
        fn blocks_leave_no_seam(
            plain in "([a-c0-2]{0,9}[.,:' ]){12,24}",
            odd in "[é_“ ]?[a-c0-2]{0,3}[.,:'é_”]?",
            rest in "([a-c0-2]{0,9}[.,:' ]){0,24}",
        ) {
            let text = plain + &odd + &rest;
            let library: Vec<&str> = text.unicode_words().collect();
            prop_assert_eq!(words(&text), library);
        }
    }

    #[test]
    fn every_character_is_to_words_what_it_is_to_the_library() {
        for c in '\u{80}'..='\u{2FFF}' {
            let within = format!("a{c}b a{c} é{c}1 ж{c}.a 1{c} a.{c} 1,{c}2 _{c} a{c}\u{301}");
            // The library has a mark and the space before it as a word.
            let before = format!(" {c} {c}b {c}{c}1 {c}'ж {c}.{c} {c}_");
            let text = if is_combining_mark(c) { within } else { within + &before };
            let library: Vec<&str> = text.unicode_words().collect();
            assert_eq!(words(&text), library, "{c:?}");
        }
    }

    #[test]
    fn marks_inside_words_and_numbers_belong_to_them() {
        assert_eq!(
            words("U.S. e-mail at 10:30, 3,000.5 km; l'été d’hier"),
            ["U.S", "e", "mail", "at", "10", "30", "3,000.5", "km", "l'été", "d’hier"]
        );
    }
}
