//! What the look of a segment tells a ranker beside its words.

use crate::lex::analyzed::Surface;
use crate::segment::marks::{ends_with_mark, is_question};

/// Segments from either end of the body among which lines of the page are looked for.
const EDGE: usize = 8;

/// Words a line of the page has at most.
const SHORT: usize = 8;

/// The surface of the segment number `at` of `count` in the body.
pub fn surface(text: &str, at: usize, count: usize) -> Surface {
    let ended = ends_with_mark(text);
    Surface {
        quotation: text.contains(['"', '“', '”', '„', '«', '»', '「', '」']),
        question: ended && is_question(text),
        ended,
        furniture: (at < EDGE || at + EDGE >= count) && is_furniture(text, ended),
    }
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

    #[test]
    fn bylines_and_time_stamps_read_like_the_page() {
        for line in ["By Mara Ellison", "Tidewater Post", "12:05 GMT, 11 March", "Daily Ledger Reporter."] {
            assert!(surface(line, 0, 30).furniture, "{line}");
        }
        for line in ["Nobody was hurt.", "“Not yet,” he said.", "The bridge shut at dawn on Monday for good."]
        {
            assert!(!surface(line, 0, 30).furniture, "{line}");
        }
        assert!(!surface("By Mara Ellison", 15, 30).furniture, "the middle of a body holds no bylines");
    }
}
