//! Words beside a mark: their shape, their case-folded hash, and what is listed of them.

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
        let mut count = Count::default();
        let mut hash = Hash::default();
        let word = &text.as_bytes()[start..end];
        if word.is_ascii() {
            hash = count.add_ascii(word);
        } else {
            for c in text[start..end].chars() {
                count.add(c);
                hash.add(c);
            }
        }
        let shape = count.shape(&text[start..end]);
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

/// What each ASCII character adds to the counts of a word, a count a byte: letters and digits, capitals, small letters,
/// digits, full stops, others, small vowels, hyphens and
/// apostrophes.
static LANES: [u64; 128] = lanes();

const fn lanes() -> [u64; 128] {
    let mut lanes = [0; 128];
    let mut b = 0u8;
    while b < 128 {
        lanes[b as usize] = match b {
            b'A'..=b'Z' => 1 | 1 << 8,
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 1 | 1 << 16 | 1 << 48,
            b'a'..=b'z' => 1 | 1 << 16,
            b'0'..=b'9' => 1 | 1 << 24,
            b'.' => 1 << 32,
            b'-' | b'\'' => 1 << 56,
            _ => 1 << 40,
        };
        b += 1;
    }
    lanes
}

/// What a word is made of.
#[derive(Debug, Default)]
struct Count {
    all: u8,
    upper: u8,
    lower: u8,
    digits: u8,
    caseless: u8,
    dots: u8,
    other: u8,
    /// Letters and digits since the last full stop.
    part: u8,
    longest_part: u8,
    first_upper: bool,
    joined: bool,
    voiced: bool,
}

impl Count {
    /// Counts a word in ASCII, as [`Count::add`] does character by character, and gives its hash.
    #[inline]
    fn add_ascii(&mut self, word: &[u8]) -> Hash {
        let mut hash = Hash::default();
        let mut sums = 0u64;
        for &b in word {
            sums += LANES[usize::from(b & 0x7F)];
            hash.mix(u64::from(b.to_ascii_lowercase()));
        }
        let [all, upper, lower, digits, dots, other, vowels, joints] = sums.to_le_bytes();
        self.joined = joints > 0;
        (self.all, self.upper, self.lower) = (all, upper, lower);
        (self.digits, self.dots, self.other) = (digits, dots, other);
        let first = word.iter().copied().find(u8::is_ascii_alphanumeric).unwrap_or_default();
        self.voiced = vowels > LANES[usize::from(first)].to_le_bytes()[6];
        self.first_upper = first.is_ascii_uppercase();
        if dots > 0 {
            let parts = word.split(|&b| b == b'.');
            let longest = parts.map(|part| part.iter().filter(|b| b.is_ascii_alphanumeric()).count()).max();
            self.longest_part = u8::try_from(longest.unwrap_or_default()).unwrap_or(u8::MAX);
        }
        hash
    }

    /// Counts a character; a word has too few of them for a count to overflow ([`LONGEST`]).
    fn add(&mut self, c: char) {
        let kind = kind_of(c);
        if matches!(kind, Kind::Upper | Kind::Lower | Kind::Caseless | Kind::Digit) {
            self.voiced = self.voiced || self.all > 0 && (kind == Kind::Caseless || is_vowel(c));
            self.first_upper |= self.all == 0 && kind == Kind::Upper;
            self.all += 1;
            self.part += 1;
            self.longest_part = self.longest_part.max(self.part);
        }
        match kind {
            Kind::Digit => self.digits += 1,
            Kind::Upper => self.upper += 1,
            Kind::Lower => self.lower += 1,
            Kind::Caseless => self.caseless += 1,
            Kind::Stop => {
                self.part = 0;
                self.dots += 1;
            }
            Kind::Silent => self.joined |= matches!(c, '-' | '\'' | '’'),
            Kind::Other => self.other += 1,
        }
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
            return if self.longest_part <= 4 { Shape::Dotted } else { Shape::Other };
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

/// Whether `c` is a letter: [`char::is_alphabetic`], with the ranges first that nearly all letters are of.
#[inline]
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='\u{2C1}'
        | '\u{400}'..='\u{481}'
        | '\u{48A}'..='\u{52F}'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{657}'
        | '\u{904}'..='\u{939}' => true,
        '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' => false,
        c => is_plain_caseless(c) || c.is_alphabetic(),
    }
}

/// Whether `c` is a letter or a digit: [`char::is_alphanumeric`], as [`is_letter`] tells it.
#[inline]
pub(super) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() }
}

/// Letters of scripts without case that are many and known by their range alone: Arabic, kana, Han, Hangul.
fn is_plain_caseless(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{671}'..='\u{6D3}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
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
    fn letters_and_digits_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn case_and_the_shape_of_an_apostrophe_play_no_part_in_a_hash() {
        assert_eq!(Hash::of("L’Été"), Hash::of("l'été"));
        assert_ne!(Hash::of("no"), Hash::of("on"));
    }
}
