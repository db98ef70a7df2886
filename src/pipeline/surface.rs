//! What the look of a segment tells a ranker beside its words.

use crate::lex::analyzed::Surface;
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
pub fn surfaces(body: &[&str]) -> impl Iterator<Item = Surface> {
    let ended = body.iter().filter(|text| ends_with_mark(text)).count();
    let place = move |number| Place { number, of: body.len(), marked: 2 * ended >= body.len() };
    body.iter().enumerate().map(move |(number, text)| surface(text, place(number)))
}

/// The surface of a segment.
pub fn surface(text: &str, place: Place) -> Surface {
    let ended = ends_with_mark(text);
    let at_edge = place.number < EDGE || place.number + EDGE >= place.of;
    Surface {
        quotation: has_quotation_mark(text),
        question: ended && is_question(text),
        ended,
        furniture: place.marked && !ended && is_short(text) || at_edge && is_furniture(text, ended),
    }
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(FRAGMENT).is_none()
}

fn has_quotation_mark(text: &str) -> bool {
    // Most sentences are ASCII, and a search for one byte is quicker than one for many characters.
    memchr::memchr(b'"', text.as_bytes()).is_some()
        || !text.is_ascii() && text.contains(['“', '”', '„', '«', '»', '「', '」'])
}

/// Whether a short line at an edge reads like a byline, a time stamp or a label: names or figures without a clause.
fn is_furniture(text: &str, ended: bool) -> bool {
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

    fn at(number: usize) -> Place {
        Place { number, of: 30, marked: true }
    }

    #[test]
    fn a_fragment_among_sentences_is_furniture() {
        assert!(surface("Tuesday, at 7 p.m., in the big barn at Larkmoor", at(15)).furniture);
        assert!(!surface("Tuesday, at 7 p.m., in the big barn", Place { marked: false, ..at(15) }).furniture);
    }

    #[test]
    fn bylines_and_time_stamps_read_like_the_page() {
        for line in ["By Mara Ellison", "Tidewater Post", "12:05 GMT, 11 March", "Daily Ledger Reporter."] {
            assert!(surface(line, at(0)).furniture, "{line}");
        }
        for line in ["Nobody was hurt.", "“Not yet,” he said.", "The bridge shut at dawn on Monday for good."]
        {
            assert!(!surface(line, at(0)).furniture, "{line}");
        }
        assert!(!surface("Nine boats sank.", at(15)).furniture, "the middle of a body holds no bylines");
    }
}
