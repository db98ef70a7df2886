//! What the look of a segment tells a ranker beside its words.

use crate::base::lang::Lang;
use crate::base::span::position;
use crate::lex::analyzed::Surface;
use crate::lex::opening::{Openings, openings};
use crate::segment::marks::{ends_with_mark, is_question};
use crate::structure::patterns::{is_furniture_end, is_furniture_sentence};

/// Segments from either end of the body among which bylines and time stamps are looked for.
const EDGE: usize = 8;

/// Words a line of the page has at most.
const SHORT: usize = 8;

/// Bytes of a button or a link within a paragraph, at most.
const BUTTON: usize = 64;

/// Segments at the end of the body among which credits are looked for.
const END: usize = 2;

/// Words a fragment has at most; what is longer and has no sentence mark is a sentence that lost it.
const FRAGMENT: usize = 12;

/// What is known of a body before its segments are looked at one by one.
#[derive(Debug, Clone, Copy)]
pub struct Body<'l> {
    lang: &'l Lang,
    openings: Option<&'static Openings>,
    segments: usize,
    /// Whether most segments end with a sentence mark, so that one without it is a fragment.
    marked: bool,
    /// Whether most begin with no small letter, so that one that does goes on with what stands before it.
    cased: bool,
}

impl<'l> Body<'l> {
    /// What is known of these segments in a language.
    pub fn of(body: &[&str], lang: &'l Lang) -> Self {
        let most = |is: fn(&str) -> bool| 2 * body.iter().filter(|text| is(text)).count() >= body.len();
        Self {
            lang,
            openings: openings(lang.primary()),
            segments: body.len(),
            marked: most(is_ended),
            cased: most(|text| !opens_small(text)),
        }
    }
}

/// The surface of each segment of a body.
pub fn surfaces(body: &[&str], lang: &Lang) -> impl Iterator<Item = Surface> {
    let known = Body::of(body, lang);
    let mut folded = String::new();
    body.iter().enumerate().map(move |(number, text)| surface(text, number, &known, &mut folded))
}

/// The surface of the segment of this number, from 0. `folded` is a buffer.
pub fn surface(text: &str, number: usize, body: &Body<'_>, folded: &mut String) -> Surface {
    let ended = is_ended(text);
    let Counted { surface, straight } = counted(text);
    let ascii = surface.chars as usize == text.len();
    let quotation = straight > 0 || !ascii && text.contains(['“', '”', '„', '«', '»', '「', '」']);
    let at_edge = number < EDGE || number + EDGE >= body.segments;
    Surface {
        quotation,
        question: ended && is_question(text),
        ended,
        furniture: body.marked && !ended && !is_longer(text, FRAGMENT)
            || at_edge && is_furniture(text, ended)
            || if number + END >= body.segments {
                is_furniture_end(text, body.lang, folded)
            } else {
                text.len() <= BUTTON && is_furniture_sentence(text, body.lang, folded)
            },
        dangles: body.openings.map(|openings| openings.of(text).is_some()),
        goes_on: body.cased && opens_small(text),
        leads_on: text.strip_suffix(SET_APART).unwrap_or(text).ends_with([':', '：']),
        unbalanced: quotation && !(straight.is_multiple_of(2) && (ascii || is_balanced(text))),
        bare_quotation: quotation && is_bare_quotation(text),
        ..surface
    }
}

/// A full stop that a corpus gave to a line without one: a caption, a heading, a link.
const SET_APART: &str = " .";

/// Whether the text ends with a sentence mark of its own, closers aside.
fn is_ended(text: &str) -> bool {
    ends_with_mark(text) && !text.ends_with(SET_APART)
}

/// Whether the text begins with a small letter, and not as `iPhone` does.
fn opens_small(text: &str) -> bool {
    if text.as_bytes().first().is_some_and(u8::is_ascii_uppercase) {
        return false;
    }
    let mut letters = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars();
    letters.next().is_some_and(char::is_lowercase) && !letters.next().is_some_and(char::is_uppercase)
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
    if begins(text.as_bytes()) > SHORT {
        return false;
    }
    let mut words = 0;
    let (mut capitals, mut clock) = (0, false);
    for word in text.split_whitespace() {
        words += 1;
        if words > SHORT {
            return false;
        }
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

    /// The surface of a segment of a body of thirty English sentences.
    fn at(number: usize, text: &str) -> Surface {
        among(&["Ferries sail at dawn."; 30], number, text)
    }

    fn among(body: &[&str], number: usize, text: &str) -> Surface {
        let lang = Lang::parse("en").expect("a tag");
        surface(text, number, &Body::of(body, &lang), &mut String::new())
    }

    #[test]
    fn a_fragment_among_sentences_is_furniture() {
        let notice = "Tuesday, at 7 p.m., in the big barn at Larkmoor";
        assert!(at(15, notice).furniture);
        assert!(!among(&[notice; 3], 1, notice).furniture);
    }

    #[test]
    fn a_full_stop_that_stands_apart_ends_no_sentence() {
        for line in ["Ferries march on .", "March 10, 2015 .", "In the mayor's own words: ."] {
            assert!(at(15, line).furniture, "{line}");
        }
        assert!(
            at(15, "The mayor, who had seen nine such winters in the old port, said of the ice: .").leads_on
        );
        let tokens = ["The bridge shut .", "Ferries sail at dawn .", "Nobody was hurt ."];
        assert!(!among(&tokens, 1, tokens[1]).furniture, "all of them are set apart");
    }

    #[test]
    fn buttons_within_a_paragraph_are_furniture() {
        for line in [
            "Scroll down for video.",
            "E-mail to a friend.",
            "Read more: Ice in the port",
            "Click here to subscribe.",
        ] {
            assert!(at(15, line).furniture, "{line}");
        }
        for line in
            ["By dawn the bridge was shut.", "Friends shared the video.", "She read more than others."]
        {
            assert!(!at(15, line).furniture, "{line}");
        }
    }

    #[test]
    fn credits_at_the_end_are_furniture() {
        let credit = "The Courier's Mara Ellison, Hob Carrick and Wren Callis in Port Alder contributed to this report.";
        assert!(at(29, credit).furniture && !at(20, credit).furniture);
        assert!(!at(29, "Nine of them contributed to this report on the ice of the old port.").furniture);
    }

    #[test]
    fn a_small_letter_goes_on_with_what_stands_before_it() {
        assert!(at(3, "was back in the port at dawn.").goes_on);
        assert!(at(3, "“and soon,” she said.").goes_on);
        for whole in ["The bridge shut.", "iPhones sank.", "12 boats sank.", "大桥关闭。", "…"] {
            assert!(!at(3, whole).goes_on, "{whole}");
        }
        let small = ["nine boats sank.", "the bridge shut.", "Ferries sail."];
        assert!(!among(&small, 1, small[1]).goes_on);
    }

    #[test]
    fn bylines_and_time_stamps_read_like_the_page() {
        for line in ["By Mara Ellison", "Tidewater Post", "12:05 GMT, 11 March", "Daily Ledger Reporter."] {
            assert!(at(0, line).furniture, "{line}");
        }
        for line in ["Nobody was hurt.", "“Not yet,” he said.", "The bridge shut at dawn on Monday for good."]
        {
            assert!(!at(0, line).furniture, "{line}");
        }
        assert!(!at(15, "Nine boats sank.").furniture, "the middle of a body holds no bylines");
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
            assert!(!at(0, whole).unbalanced, "{whole}");
        }
        for half in ["“It is safe, he said.", "It was late.”", "He said: \"We go.", "« Nous partons."] {
            assert!(at(0, half).unbalanced, "{half}");
        }
    }

    #[test]
    fn a_quotation_from_end_to_end_is_bare() {
        assert!(at(0, "“We are going home.”").bare_quotation);
        assert!(at(0, "\"We are going home\".").bare_quotation);
        assert!(!at(0, "“We are going home,” said Ellison.").bare_quotation);
        assert!(!at(0, "“We go,” she said, “and soon.”").bare_quotation);
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
        let surface = at(9, &"\"A1, ".repeat(3001));
        assert_eq!((surface.chars, surface.capitals, surface.unbalanced), (15_005, 3001, true));
    }

    #[test]
    fn characters_are_counted_alike_in_every_script() {
        let counts = |text: &str| {
            let s = at(9, text);
            (s.chars, s.capitals, s.quotation)
        };
        assert_eq!(counts("On 5 May, “Ann” left."), (21, 3, true));
        assert_eq!(counts("Ön 5 May, \"Ann\" left."), (21, 3, true));
        assert_eq!(counts("On 5 May, \"Ann\" left."), (21, 3, true));
    }
}
