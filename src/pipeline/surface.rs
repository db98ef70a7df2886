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
    let quotation = has_quotation_mark(text);
    let at_edge = place.number < EDGE || place.number + EDGE >= place.of;
    Surface {
        quotation,
        question: ended && is_question(text),
        ended,
        furniture: place.marked && !ended && is_short(text) || at_edge && is_furniture(text, ended),
        dangles: openings.map(|openings| openings.of(text).is_some()),
        leads_on: text.ends_with([':', '：']),
        unbalanced: quotation && !is_balanced(text),
        bare_quotation: quotation && is_bare_quotation(text),
        ..counted(text)
    }
}

/// The surface of which only characters are counted.
fn counted(text: &str) -> Surface {
    let mut surface = Surface::default();
    if text.is_ascii() {
        surface.chars = position(text.len());
        surface.capitals = count(text, |b| b.is_ascii_uppercase());
        surface.digits = count(text, |b| b.is_ascii_digit());
        surface.marks = count(text, |b| !b.is_ascii_alphanumeric() & !b.is_ascii_whitespace());
        return surface;
    }
    for c in text.chars() {
        let alphanumeric = c.is_alphanumeric();
        surface.chars += 1;
        surface.capitals += u32::from(alphanumeric && c.is_uppercase());
        surface.digits += u32::from(alphanumeric && c.is_numeric());
        surface.marks += u32::from(!alphanumeric && !c.is_whitespace());
    }
    surface
}

fn count(text: &str, holds: impl Fn(u8) -> bool) -> u32 {
    text.bytes().map(|b| u32::from(holds(b))).sum()
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(FRAGMENT).is_none()
}

fn has_quotation_mark(text: &str) -> bool {
    // Most sentences are ASCII, and a search for one byte is quicker than one for many characters.
    memchr::memchr(b'"', text.as_bytes()).is_some()
        || !text.is_ascii() && text.contains(['“', '”', '„', '«', '»', '「', '」'])
}

/// Whether every quotation that begins in the text ends there, as far as the marks tell.
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
    curly && count('"') % 2 == 0 && count('«') == count('»') && count('「') == count('」')
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
    fn characters_are_counted_alike_in_every_script() {
        let counts = |text: &str| {
            let s = surface(text, at(9), None);
            (s.chars, s.capitals, s.digits, s.marks)
        };
        assert_eq!(counts("On 5 May, Ann left."), (19, 3, 1, 2));
        assert_eq!(counts("Ön 5 May, Ann left."), (19, 3, 1, 2));
    }
}
