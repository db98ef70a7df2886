//! Words beside a mark: their shape, their case-folded hash, and what is listed of them.

use crate::base::letters::is_plain_caseless;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    /// There is none.
    None,
    /// One digit.
    Digit,
    /// Two digits.
    TwoDigits,
    /// Three digits and more.
    Digits,
    /// Digits with marks or letters: `3.10`, `5th`.
    Number,
    /// One capital.
    Initial,
    /// One small letter.
    Letter,
    /// Roman numerals of two letters and more.
    Roman,
    /// Capitals, two and more.
    Capitals,
    /// A capital, then small letters.
    Title,
    /// Small letters.
    Small,
    /// Capitals inside: `iPhone`.
    Mixed,
    /// Letters of a script without case.
    Caseless,
    /// One letter of a script without case.
    CaselessLetter,
    /// Short parts with full stops between them: `U.S`, `z.B`.
    Dotted,
    /// Anything else, addresses above all.
    Other,
}

/// Longest word that is looked at, in bytes; longer ones are [`Shape::Other`].
pub(super) const LONGEST: usize = 64;

/// A word beside a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) shape: Shape,
    /// Letters and digits in it, 8 at most.
    pub(super) chars: u8,
    /// Whether a vowel stands behind its first letter, or its script writes none.
    pub(super) voiced: bool,
    /// Whether a hyphen or an apostrophe stands in it.
    pub(super) joined: bool,
    /// Hash of its case-folded form; 0 for none.
    pub(super) hash: u64,
}

impl Word {
    /// No word, at `at`.
    pub(super) fn none(at: usize) -> Self {
        Self { start: at, end: at, shape: Shape::None, chars: 0, voiced: false, joined: false, hash: 0 }
    }

    /// The word that stands in `text[start..end]`.
    pub(super) fn at(text: &str, start: usize, end: usize) -> Self {
        if start == end {
            return Self::none(start);
        }
        if end - start > LONGEST {
            return Self { start, end, shape: Shape::Other, chars: 8, voiced: true, joined: false, hash: 1 };
        }
        let word = &text[start..end];
        let (count, hash) = Count::of(word);
        let shape = count.shape(word);
        let chars = count.all.min(8);
        Self { start, end, shape, chars, voiced: count.voiced, joined: count.joined, hash: hash.0 }
    }

    /// Whether it begins with a small letter.
    pub(super) fn is_lower(&self) -> bool {
        matches!(self.shape, Shape::Small | Shape::Letter)
    }

    /// Whether it begins with a capital.
    pub(super) fn is_upper(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Capitals | Shape::Initial | Shape::Roman)
    }

    /// Whether its script has no case.
    pub(super) fn is_caseless(&self) -> bool {
        matches!(self.shape, Shape::Caseless | Shape::CaselessLetter)
    }

    /// Whether it is digits alone.
    pub(super) fn is_digits(&self) -> bool {
        matches!(self.shape, Shape::Digit | Shape::TwoDigits | Shape::Digits)
    }
}

/// A case-folding hash of a word, the same on every machine (FNV-1a over folded characters).
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(pub(super) u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hash {
    #[inline]
    pub(super) fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.mix(u64::from(c.to_ascii_lowercase() as u32));
        } else {
            match c {
                // A typographic apostrophe and a plain one are one.
                '’' => self.mix(u64::from(b'\'')),
                'А'..='Я' => self.mix(u64::from(c as u32 + 0x20)),
                'а'..='я' => self.mix(u64::from(c as u32)),
                c if is_plain_caseless(c) => self.mix(u64::from(c as u32)),
                'ß'..='ö' | 'ø'..='ÿ' => self.mix(u64::from(c as u32)),
                c => c.to_lowercase().for_each(|c| self.mix(u64::from(c as u32))),
            }
        }
    }

    fn mix(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0000_01B3);
    }

    /// The hash of a word of ASCII letters.
    pub(super) fn of_letters(word: &[u8]) -> u64 {
        let mut hash = Self::default();
        for &b in word {
            hash.mix(u64::from(b | 0x20));
        }
        hash.0
    }

    /// The hash of all of `text`.
    pub(super) fn of(text: &str) -> u64 {
        let mut hash = Self::default();
        text.chars().for_each(|c| hash.add(c));
        hash.0
    }
}

/// What a character adds to the counts of a word, a count a byte from the lowest: letters and digits, capitals, small
/// letters, digits, full stops, others, vowels, hyphens and apostrophes.
type Lanes = u64;

const UPPER: Lanes = 1 | 1 << 8;
const LOWER: Lanes = 1 | 1 << 16;
const CASELESS: Lanes = 1 | VOWEL;
const DIGIT: Lanes = 1 | 1 << 24;
const STOP: Lanes = 1 << 32;
const OTHER: Lanes = 1 << 40;
const VOWEL: Lanes = 1 << 48;
const JOINT: Lanes = 1 << 56;

/// The lanes of ASCII.
static ASCII: [Lanes; 128] = {
    let mut lanes = [OTHER; 128];
    let mut b = 0u8;
    while b < 128 {
        lanes[b as usize] = match b {
            b'A'..=b'Z' => UPPER,
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => LOWER | VOWEL,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'.' => STOP,
            b'-' | b'\'' => JOINT,
            _ => OTHER,
        };
        b += 1;
    }
    lanes
};

/// The lanes of a character.
#[inline]
fn lanes(c: char) -> Lanes {
    // The scripts of most texts that are not in ASCII, told without tables.
    match c {
        '\0'..='\u{7F}' => ASCII[c as usize & 0x7F],
        'а'..='я' => LOWER | (u64::from(is_cyrillic_vowel(c as u8)) * VOWEL),
        'А'..='Я' => UPPER,
        c if is_plain_caseless(c) => CASELESS,
        c => match kind_of(c) {
            Kind::Upper => UPPER | (u64::from(is_vowel(c)) * VOWEL),
            Kind::Lower => LOWER | (u64::from(is_vowel(c)) * VOWEL),
            Kind::Digit => DIGIT,
            Kind::Caseless => CASELESS,
            Kind::Stop => STOP,
            Kind::Silent => u64::from(matches!(c, '-' | '\'' | '’')) * JOINT,
            Kind::Other => OTHER,
        },
    }
}

/// The vowels of Russian among `а` to `я`, a bit for the low five bits of each.
const CYRILLIC_VOWELS: u32 = {
    let (mut bits, mut at) = (0, 0);
    let vowels = ['а', 'е', 'и', 'о', 'у', 'ъ', 'ы', 'э', 'ю', 'я'];
    while at < vowels.len() {
        bits |= 1 << (vowels[at] as u32 & 0x1F);
        at += 1;
    }
    bits
};

/// Whether the small letter from `а` to `я` that ends with these bits is a vowel; its last byte of UTF-8 ends like it.
#[inline]
pub(super) fn is_cyrillic_vowel(last: u8) -> bool {
    CYRILLIC_VOWELS >> (last & 0x1F) & 1 != 0
}

/// What a word is made of; it has too few characters for a count to overflow ([`LONGEST`]).
#[derive(Debug)]
struct Count {
    /// Letters and digits.
    all: u8,
    upper: u8,
    lower: u8,
    caseless: u8,
    digits: u8,
    dots: u8,
    other: u8,
    /// Whether the first letter or digit is a capital.
    first_upper: bool,
    joined: bool,
    voiced: bool,
}

impl Count {
    /// Counts the characters of a word, and gives its hash.
    #[inline]
    fn of(word: &str) -> (Self, Hash) {
        let mut hash = Hash::default();
        let mut sums: Lanes = 0;
        if word.is_ascii() {
            for b in word.bytes() {
                sums += ASCII[usize::from(b & 0x7F)];
                hash.mix(u64::from(b.to_ascii_lowercase()));
            }
        } else {
            for c in word.chars() {
                sums += lanes(c);
                hash.add(c);
            }
        }
        let first = word.chars().map(lanes).find(|lanes| lanes & 0xFF != 0).unwrap_or_default();
        let [all, upper, lower, digits, dots, other, vowels, joints] = sums.to_le_bytes();
        let [_, first_upper, .., first_vowel, _] = first.to_le_bytes();
        let count = Self {
            all,
            upper,
            lower,
            caseless: all - upper - lower - digits,
            digits,
            dots,
            other,
            first_upper: first_upper > 0,
            joined: joints > 0,
            voiced: vowels > first_vowel,
        };
        (count, hash)
    }

    fn shape(&self, word: &str) -> Shape {
        // Nearly all words are small letters, with a capital before them or without.
        if self.lower == self.all && self.lower > 1 && self.other | self.dots == 0 {
            return Shape::Small;
        }
        let letters = self.upper + self.lower + self.caseless;
        if self.digits > 0
            && letters == 0
            && word.bytes().all(|b| b.is_ascii_digit() || b".,:-/%+$".contains(&b))
            && self.other > 0
        {
            return Shape::Number;
        }
        if self.other > 0 || self.all == 0 {
            return Shape::Other;
        }
        if self.digits > 0 {
            return match (letters, self.dots, self.digits) {
                (0, 0, 1) => Shape::Digit,
                (0, 0, 2) => Shape::TwoDigits,
                (0, 0, _) => Shape::Digits,
                _ => Shape::Number,
            };
        }
        if self.dots > 0 {
            return if longest_part(word) <= 4 { Shape::Dotted } else { Shape::Other };
        }
        match (self.upper, self.lower, self.caseless) {
            (0, 0, 1) => Shape::CaselessLetter,
            (0, 0, _) => Shape::Caseless,
            (1, 0, 0) => Shape::Initial,
            (0, 1, 0) => Shape::Letter,
            (0, _, 0) => Shape::Small,
            (_, 0, 0) if word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')) => Shape::Roman,
            (_, 0, 0) => Shape::Capitals,
            (1, _, 0) if self.first_upper => Shape::Title,
            (2, _, 0) if self.first_upper && word.contains(['-', '\'', '’']) => Shape::Title,
            _ => Shape::Mixed,
        }
    }
}

/// Letters and digits of the longest part of a word between full stops.
fn longest_part(word: &str) -> usize {
    let letters = |part: &str| part.chars().filter(|&c| lanes(c) & 0xFF != 0).count();
    word.split('.').map(letters).max().unwrap_or_default()
}

/// What a character is to the shape of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Caseless,
    Digit,
    Stop,
    /// Stands in words without being a letter of theirs.
    Silent,
    Other,
}

fn kind_of(c: char) -> Kind {
    match c {
        'a'..='z' | 'а'..='я' => Kind::Lower,
        'A'..='Z' | 'А'..='Я' => Kind::Upper,
        '0'..='9' => Kind::Digit,
        '.' => Kind::Stop,
        '-'
        | '\''
        | '’'
        | '·'
        | '°'
        | '\u{300}'..='\u{36F}'
        | '\u{591}'..='\u{5C7}'
        | '\u{64B}'..='\u{65F}' => Kind::Silent,
        c if is_plain_caseless(c) => Kind::Caseless,
        'ß'..='ö' | 'ø'..='ÿ' => Kind::Lower,
        'À'..='Ö' | 'Ø'..='Þ' => Kind::Upper,
        c if c.is_numeric() => Kind::Digit,
        c if c.is_uppercase() => Kind::Upper,
        // Georgian letters are small ones by name, but no sentence begins with a capital.
        '\u{10D0}'..='\u{10FF}' => Kind::Caseless,
        c if c.is_lowercase() => Kind::Lower,
        c if c.is_alphabetic() => Kind::Caseless,
        c if is_mark(c) => Kind::Silent,
        _ => Kind::Other,
    }
}

/// Whether `c` is a sign that hangs on the letter before it, in scripts of India and South East Asia.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{DFF}' | '\u{E31}'..='\u{E4E}' | '\u{EB1}'..='\u{ECD}' | '\u{102B}'..='\u{109D}' | '\u{17B4}'..='\u{17DD}' | '\u{200C}' | '\u{200D}')
}

/// Whether a small letter is a vowel, in scripts that write them as letters.
fn is_vowel(c: char) -> bool {
    matches!(
        c,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á'..='æ' | 'à' | 'è'..='ï' | 'ò'..='ö' | 'ø'..='ý' | 'ā' | 'ă' | 'ą' | 'ē' | 'ė' | 'ę' | 'ě'
            | 'ī' | 'į' | 'ı' | 'ō' | 'ő' | 'œ' | 'ū' | 'ů' | 'ű' | 'ų' | 'ÿ' | 'ơ' | 'ư' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'ё'
            | 'є' | 'і' | 'ї' | 'ъ' | 'ә' | 'ө' | 'ү' | 'ұ' | 'ў' | 'α' | 'ε' | 'η' | 'ι' | 'ο' | 'υ' | 'ω' | 'ά' | 'έ' | 'ή' | 'ί' | 'ό' | 'ύ' | 'ώ'
            | 'ա' | 'ե' | 'է' | 'ը' | 'ի' | 'ո' | 'օ' | 'ạ'..='ỹ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(word: &str) -> Shape {
        Word::at(word, 0, word.len()).shape
    }

    #[test]
    fn shapes_tell_initials_numbers_and_dotted_forms_apart() {
        assert_eq!(shape("J"), Shape::Initial);
        assert_eq!(shape("U.S"), Shape::Dotted);
        assert_eq!(shape("т.п"), Shape::Dotted);
        assert_eq!(shape("example.com"), Shape::Other);
        assert_eq!(shape("3.10"), Shape::Number);
        assert_eq!(shape("XIV"), Shape::Roman);
        assert_eq!(shape("NATO"), Shape::Capitals);
        assert_eq!(shape("O'Brien"), Shape::Title);
        assert_eq!(shape("iPhone"), Shape::Mixed);
        assert_eq!(shape("पुल"), Shape::Caseless);
        assert_eq!(shape("www/x"), Shape::Other);
    }

    #[test]
    fn case_and_the_shape_of_an_apostrophe_play_no_part_in_a_hash() {
        assert_eq!(Hash::of("L’Été"), Hash::of("l'été"));
        assert_ne!(Hash::of("no"), Hash::of("on"));
    }
}
