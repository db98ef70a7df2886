//! Hard wraps: line ends that a mailer or terminal put inside paragraphs.
//!
//! A text is hard-wrapped when nearly every line that another follows at once is so full that the next word would not
//! have fitted. The decision is made for the whole text, the line ends are named one by one.

use memchr::memchr_iter;

/// Widest robust line, in columns, of a text that counts as wrapped; longer lines are paragraphs.
const WIDEST: usize = 120;
/// Narrowest: below it, lists of words and verse look wrapped.
const NARROWEST: usize = 36;
/// Fewest full lines that prove a wrap.
const EVIDENCE: usize = 3;

/// Positions of the `\n` that stand inside a paragraph, rising; empty where the text is not hard-wrapped.
///
/// A line end is soft when the first word of the next line would not have fitted on the line before it, and the next line
/// is neither a list item nor indented. The width is the 90th percentile of the lines that have a successor, 36 to 120
/// columns (an East Asian character takes two); at least 3 lines and 85 % of those longer than half the width must be
/// full, and under half of the full ones may end a sentence.
///
/// ```
/// # use nutgraf::doc::wraps::soft_line_ends;
/// assert!(soft_line_ends("A title\nA paragraph that is as long as it likes to be.").is_empty());
/// ```
pub fn soft_line_ends(text: &str) -> Vec<usize> {
    let lines = lines(text);
    let followed = || lines.iter().zip(lines.iter().skip(1)).filter(|(a, b)| joinable(a, b));
    let widths: Vec<usize> = followed().map(|(a, _)| columns(a.text)).collect();
    let Some(width) = width(&widths) else { return Vec::new() };
    let pairs: Vec<Pair> = followed()
        .zip(&widths)
        .map(|((a, b), &width)| Pair {
            width,
            first: first_word(b.text),
            end: a.end,
            stops: a.text.ends_with(['.', '!', '?', '。', '।', '؟', '۔', '！', '？']),
            opens: begins_item(b.text) || b.indented && !a.indented,
        })
        .collect();
    if !is_wrapped(&pairs, width) {
        return Vec::new();
    }
    pairs.iter().filter(|p| p.full(width) && !p.opens).map(|p| p.end).collect()
}

/// Whether `line` begins as an item of a list does: `- `, `• `, `* `, `1. `, `2) `, `a) `.
pub fn begins_item(line: &str) -> bool {
    item_mark(line).is_some()
}

/// The mark that begins an item of a list, with its white space: `- `, `• `, `12. `, `a) `.
pub fn item_mark(line: &str) -> Option<&str> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let mark = match first {
        '-' | '*' | '•' | '–' | '—' | '‣' | '◦' | '·' | '▪' | '■' | '●' => first.len_utf8(),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let closed = digits <= 2 && line[digits..].starts_with(['.', ')']);
            if !closed {
                return None;
            }
            digits + 1
        }
        'a'..='z' | 'A'..='Z' if line[1..].starts_with(')') => 2,
        _ => return None,
    };
    let rest = &line[mark..];
    let space = rest.len() - rest.trim_start().len();
    (space > 0 && space < rest.len()).then(|| &line[..mark + space])
}

#[derive(Debug)]
struct Line<'t> {
    text: &'t str,
    end: usize,
    indented: bool,
}

#[derive(Debug)]
struct Pair {
    width: usize,
    first: usize,
    end: usize,
    stops: bool,
    opens: bool,
}

impl Pair {
    fn full(&self, width: usize) -> bool {
        self.width + 1 + self.first > width
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let raw = &text[start..end];
        lines.push(Line { text: raw.trim(), end, indented: raw.starts_with(['\t', ' ', '\u{3000}']) });
        start = end + 1;
    }
    lines
}

fn joinable(line: &Line<'_>, next: &Line<'_>) -> bool {
    !line.text.is_empty() && !next.text.is_empty()
}

/// The width at which lines of these widths, which others follow, may have been wrapped.
fn width(widths: &[usize]) -> Option<usize> {
    if widths.len() < EVIDENCE {
        return None;
    }
    let mut widths = widths.to_vec();
    let at = widths.len() - 1 - widths.len() / 10;
    let (_, &mut width, _) = widths.select_nth_unstable(at);
    (NARROWEST..=WIDEST).contains(&width).then_some(width)
}

/// Whether lines were wrapped at `width`.
fn is_wrapped(pairs: &[Pair], width: usize) -> bool {
    let long = pairs.iter().filter(|p| p.width * 2 > width).count();
    let full = pairs.iter().filter(|p| p.full(width)).count();
    let stops = pairs.iter().filter(|p| p.full(width) && p.stops).count();
    full >= EVIDENCE && full * 100 >= long * 85 && full * 10 >= pairs.len() * 6 && stops * 2 < full
}

/// Columns of the first word; in scripts without spaces, of the first character.
fn first_word(line: &str) -> usize {
    match line.chars().next() {
        Some(c) if is_wide(c) => 2,
        _ => columns(line.split_whitespace().next().unwrap_or_default()),
    }
}

fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Wide characters begin with this byte or a higher one, the letters of most alphabets with a lower one.
    let wide = |text: &str| text.bytes().fold(0, u8::max) >= 0xE2;
    text.chars().count() + if wide(text) { text.chars().filter(|&c| is_wide(c)).count() } else { 0 }
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRAPPED: &str = "Eels that leave the rivers of Ellander to spawn do not swim straight to\n\
        their breeding grounds, as had been believed for a century, but make a\n\
        wide loop to the north that adds 1,300 kilometres to their journey. The\n\
        finding comes from 88 animals.\n\nThe tags are small.";

    fn joined(text: &str) -> String {
        let mut text = text.as_bytes().to_vec();
        for at in soft_line_ends(std::str::from_utf8(&text).unwrap()) {
            text[at] = b' ';
        }
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn full_lines_are_joined_and_paragraphs_stay_apart() {
        assert_eq!(joined(WRAPPED).lines().count(), 3);
    }

    #[test]
    fn a_header_over_wrapped_text_keeps_its_lines() {
        let text = format!("11 March 2024\nEels take a detour\nBy Wren Callis\n\n{WRAPPED}");
        assert_eq!(joined(&text).lines().count(), 7);
    }

    #[test]
    fn a_line_that_is_clearly_shorter_ends_its_paragraph() {
        let text = WRAPPED.replace("animals.\n\nThe", "animals.\nThe");
        assert_eq!(joined(&text).lines().count(), 2);
    }

    #[test]
    fn list_items_are_never_joined() {
        let text = WRAPPED.replace("wide loop", "- wide loop");
        assert!(joined(&text).contains("\n- wide loop"));
    }

    #[test]
    fn verse_lists_and_one_line_paragraphs_are_not_wrapped() {
        for text in [
            "apple\nbanana\ncherry\ndamson\nelderberry\nfig",
            "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\nRough winds do shake the darling buds of May,\n\
             And summer's lease hath all too short a date;\nSometime too hot the eye of heaven shines,\nAnd often is his gold complexion dimm'd;",
            "The first paragraph is on one line.\nThe second one, which is longer, is on one line too.\nThe third.\nAnd a fourth that goes on a bit.\nFifth.",
        ] {
            assert!(soft_line_ends(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn east_asian_text_wraps_between_characters() {
        let line = "风暴在马罗万岛造成的死亡人数升至九人另有十一人失踪救援人员当";
        let text = format!("{line}\n{line}\n{line}\n{line}\n失踪。");
        assert_eq!(soft_line_ends(&text).len(), 4);
    }
}
