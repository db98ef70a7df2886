//! What the look of a segment tells a ranker beside its words.

use crate::base::span::position;
use crate::lex::analyzed::Surface;
use crate::lex::opening::Openings;
use crate::segment::marks::{ends_with_mark, is_question};

/// Segments from either end of the body among which lines of the page are looked for.
const EDGE: usize = 8;

/// Words a line of the page has at most.
const SHORT: usize = 8;

/// Words a fragment has at most; what is longer and has no sentence mark is a sentence that lost it.
const FRAGMENT: usize = 12;

/// Where a segment stands in its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its number, from 0.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Whether most of them end with a sentence mark, so that one without it is a fragment.
    pub marked: bool,
}

/// The surface of each segment of a body.
pub fn surfaces(body: &[&str], openings: Option<&Openings>) -> impl Iterator<Item = Surface> {
    let ended = body.iter().filter(|text| ends_with_mark(text)).count();
    let place = move |number| Place { number, of: body.len(), marked: 2 * ended >= body.len() };
    body.iter().enumerate().map(move |(number, text)| surface(text, place(number), openings))
}

/// The surface of a segment.
pub fn surface(text: &str, place: Place, openings: Option<&Openings>) -> Surface {
    let ended = ends_with_mark(text);
    let Counted { surface, straight } = counted(text);
    let ascii = surface.chars as usize == text.len();
    let quotation = straight > 0 || !ascii && text.contains(['“', '”', '„', '«', '»', '「', '」']);
    let at_edge = place.number < EDGE || place.number + EDGE >= place.of;
    Surface {
        quotation,
        question: ended && is_question(text),
        ended,
        furniture: place.marked && !ended && !is_longer(text, FRAGMENT)
            || at_edge && is_furniture(text, ended),
        dangles: openings.map(|openings| openings.of(text).is_some()),
        leads_on: text.ends_with([':', '：']),
        unbalanced: quotation && !(straight.is_multiple_of(2) && (ascii || is_balanced(text))),
        bare_quotation: quotation && is_bare_quotation(text),
        ..surface
    }
}

/// Characters of a segment, counted.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    /// A surface of which only characters are known.
    surface: Surface,
    /// Straight quotation marks.
    straight: u32,
}

fn counted(text: &str) -> Counted {
    let mut all = Counted::default();
    all.surface.chars = position(text.len());
    for stretch in text.as_bytes().chunks(STRETCH) {
        let Some([capitals, straight]) = counted_in(stretch) else { return counted_by_character(text) };
        all.surface.capitals += capitals;
        all.straight += straight;
    }
    all
}

fn counted_by_character(text: &str) -> Counted {
    let Counted { mut surface, mut straight } = Counted::default();
    for c in text.chars() {
        surface.chars += 1;
        surface.capitals += u32::from(is_capital(c));
        straight += u32::from(c == '"');
    }
    Counted { surface, straight }
}

/// What the standard library says of a capital letter, faster for most letters that are not ASCII.
fn is_capital(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_uppercase(),
        '\u{C0}'..='\u{DE}' => c != '×',
        'А'..='Я' => true,
        '\u{1EA0}'..='\u{1EFF}' => u32::from(c) % 2 == 0,
        '\u{DF}'..='\u{FF}'
        | 'а'..='я'
        | '\u{590}'..='\u{109F}'
        | '\u{3040}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7FF}' => false,
        _ => c.is_uppercase(),
    }
}

/// Bytes that are looked at together: as many as a vector register holds on every processor.
const LANES: usize = 16;

/// Bytes of which no lane sees more than a byte can count.
const STRETCH: usize = LANES * (u8::MAX as usize - 1);

/// The numbers of the lanes.
const NUMBERS: [u8; LANES] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// What each lane has seen.
#[derive(Default)]
struct Lanes {
    any: [u8; LANES],
    capitals: [u8; LANES],
    straight: [u8; LANES],
}

impl Lanes {
    /// Sums and comparisons alone: a branch would have each byte looked at by itself.
    #[inline]
    fn see(&mut self, bytes: &[u8; LANES]) {
        for (lane, &b) in bytes.iter().enumerate() {
            self.any[lane] |= b;
            self.capitals[lane] += u8::from(b.wrapping_sub(b'A') < 26);
            self.straight[lane] += u8::from(b == b'"');
        }
    }

    /// The same for the last of the bytes, as many as `rest`; those before were seen.
    fn see_last(&mut self, bytes: &[u8; LANES], rest: usize) {
        let mut last = *bytes;
        for (b, number) in last.iter_mut().zip(NUMBERS) {
            *b &= u8::from(usize::from(number) + rest >= LANES).wrapping_neg();
        }
        self.see(&last);
    }
}

/// Capital letters and straight quotation marks of at most [`STRETCH`] bytes; `None` where one is not ASCII.
fn counted_in(stretch: &[u8]) -> Option<[u32; 2]> {
    let mut lanes = Lanes::default();
    let (whole, rest) = stretch.as_chunks();
    for bytes in whole {
        lanes.see(bytes);
    }
    if let Some(last) = stretch.last_chunk() {
        lanes.see_last(last, rest.len());
    } else {
        let mut last = [0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        lanes.see(&last);
    }
    let sum = |lanes: [u8; LANES]| lanes.into_iter().map(u32::from).sum();
    lanes.any.is_ascii().then(|| [lanes.capitals, lanes.straight].map(sum))
}

/// Whether the text has more than `most` words, as white space sets them apart.
fn is_longer(text: &str, most: usize) -> bool {
    // A word begins where a letter follows a space: enough such places need no closer look.
    begins(text.as_bytes()) > most || text.split_whitespace().nth(most).is_some()
}

/// Vectors of a segment in which words are counted, few enough for a byte to count those of a lane.
const VECTORS: usize = 32;

/// Places in the first vectors where a visible ASCII character follows a space.
fn begins(bytes: &[u8]) -> usize {
    let next = bytes.get(1..).unwrap_or_default();
    let (here, next) = (bytes.as_chunks().0, next.as_chunks().0);
    let mut found = [0_u8; LANES];
    for (here, next) in here.iter().zip(next).take(VECTORS) {
        let (here, next): (&[u8; LANES], &[u8; LANES]) = (here, next);
        for lane in 0..LANES {
            found[lane] +=
                u8::from(here[lane] == b' ') & u8::from(next[lane].wrapping_sub(b'!') <= b'~' - b'!');
        }
    }
    found.into_iter().map(usize::from).sum()
}

/// Whether every quotation that begins in the text ends there, as far as curly and angled marks tell.
///
/// `“` closes after `„`, and guillemets point either way.
fn is_balanced(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    let (low, left, right) = (count('„'), count('“'), count('”'));
    let curly = match (low, left) {
        // Swedish and Finnish open and close alike.
        (0, 0) => right % 2 == 0,
        (0, _) => left == right,
        _ => low == left + right,
    };
    curly && count('«') == count('»') && count('「') == count('」')
}

/// Whether the text is one quotation and nothing else.
fn is_bare_quotation(text: &str) -> bool {
    const MARKS: [char; 8] = ['"', '“', '”', '„', '«', '»', '「', '」'];
    let inner = text.strip_prefix(MARKS).and_then(|rest| {
        rest.strip_suffix(MARKS).or_else(|| rest.trim_end_matches(['.', '!', '?', ',']).strip_suffix(MARKS))
    });
    inner.is_some_and(|inner| !inner.contains(MARKS))
}

/// Whether a short line at an edge reads like a byline, a time stamp or a label: names or figures without a clause.
fn is_furniture(text: &str, ended: bool) -> bool {
    if is_longer(text, SHORT) {
        return false;
    }
    let mut words = 0;
    let (mut capitals, mut clock) = (0, false);
    for word in text.split_whitespace() {
        words += 1;
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        clock |= is_clock(letters);
        capitals += usize::from(letters.chars().next().is_none_or(|c| c.is_uppercase() || c.is_numeric()));
    }
    let quoted = text.ends_with(['"', '”', '!', '?', '»']);
    clock || words <= 4 && !quoted && (!ended || words <= 3) && capitals == words
}

/// `12:05`, `9.30`: a figure, a colon or stop, two digits.
fn is_clock(word: &str) -> bool {
    let Some((hours, minutes)) = word.split_once([':', '.']) else { return false };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    (1..=2).contains(&hours.len()) && minutes.len() == 2 && digits(hours) && digits(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(number: usize) -> Place {
        Place { number, of: 30, marked: true }
    }

    #[test]
    fn a_fragment_among_sentences_is_furniture() {
        assert!(surface("Tuesday, at 7 p.m., in the big barn at Larkmoor", at(15), None).furniture);
        assert!(
            !surface("Tuesday, at 7 p.m., in the big barn", Place { marked: false, ..at(15) }, None)
                .furniture
        );
    }

    #[test]
    fn bylines_and_time_stamps_read_like_the_page() {
        for line in ["By Mara Ellison", "Tidewater Post", "12:05 GMT, 11 March", "Daily Ledger Reporter."] {
            assert!(surface(line, at(0), None).furniture, "{line}");
        }
        for line in ["Nobody was hurt.", "“Not yet,” he said.", "The bridge shut at dawn on Monday for good."]
        {
            assert!(!surface(line, at(0), None).furniture, "{line}");
        }
        assert!(
            !surface("Nine boats sank.", at(15), None).furniture,
            "the middle of a body holds no bylines"
        );
    }

    #[test]
    fn halves_of_quotations_are_told_from_whole_ones() {
        for whole in [
            "“Stay,” he said.",
            "„Bleib“, sagte er.",
            "”Stanna”, sa han.",
            "«Reste», dit-il.",
            "»Bleib«",
            "\"No.\"",
        ] {
            assert!(!surface(whole, at(0), None).unbalanced, "{whole}");
        }
        for half in ["“It is safe, he said.", "It was late.”", "He said: \"We go.", "« Nous partons."] {
            assert!(surface(half, at(0), None).unbalanced, "{half}");
        }
    }

    #[test]
    fn a_quotation_from_end_to_end_is_bare() {
        assert!(surface("“We are going home.”", at(0), None).bare_quotation);
        assert!(surface("\"We are going home\".", at(0), None).bare_quotation);
        assert!(!surface("“We are going home,” said Ellison.", at(0), None).bare_quotation);
        assert!(!surface("“We go,” she said, “and soon.”", at(0), None).bare_quotation);
    }

    #[test]
    fn white_space_of_any_kind_sets_words_apart() {
        let texts = [
            "",
            " \u{b}\t",
            " a ",
            "a\u{b}b\u{c}c",
            "a\u{1f}b c",
            "  a  b c \u{a0} \u{2003} d",
            "a b c d e f g",
        ];
        for text in texts {
            let words = text.split_whitespace().count();
            assert!(!is_longer(text, words) && (words == 0 || is_longer(text, words - 1)), "{text:?}");
        }
    }

    #[test]
    fn capitals_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
        }
    }

    #[test]
    fn long_segments_are_counted_to_their_end() {
        let surface = surface(&"\"A1, ".repeat(3001), at(9), None);
        assert_eq!((surface.chars, surface.capitals, surface.unbalanced), (15_005, 3001, true));
    }

    #[test]
    fn characters_are_counted_alike_in_every_script() {
        let counts = |text: &str| {
            let s = surface(text, at(9), None);
            (s.chars, s.capitals, s.quotation)
        };
        assert_eq!(counts("On 5 May, “Ann” left."), (21, 3, true));
        assert_eq!(counts("Ön 5 May, \"Ann\" left."), (21, 3, true));
        assert_eq!(counts("On 5 May, \"Ann\" left."), (21, 3, true));
    }
}
