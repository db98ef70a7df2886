//! Keys for comparing lines: what two spellings of the same line have in common.

/// A short line as patterns see it: lower case, quotes straight, blanks single and none
/// before a colon, Arabic without vowel marks, each run of digits one `0`, marks at
/// its ends gone.
pub(super) fn line(text: &str, out: &mut String) {
    out.clear();
    if is_plain(text) {
        out.push_str(trimmed(text));
        out.make_ascii_lowercase();
    } else {
        line_by_character(text, out);
    }
}

fn line_by_character(text: &str, out: &mut String) {
    let mut digits = false;
    for c in text.chars() {
        if c.is_numeric() {
            if !digits {
                out.push('0');
            }
            digits = true;
            continue;
        }
        digits = false;
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '\u{60}' | '\u{B4}' => out.push('\''),
            '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' => out.push('"'),
            ':' | '\u{FF1A}' => {
                out.truncate(out.trim_end().len());
                out.push(':');
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{64B}'..='\u{652}' => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    let lead = out.len() - out.trim_start_matches(is_edge).len();
    out.truncate(lead + trimmed(out).len());
    out.drain(..lead);
}

/// `text` without what means nothing at its ends.
fn trimmed(text: &str) -> &str {
    text.trim_start_matches(is_edge).trim_end_matches(is_edge)
}

/// Whether folding a line surely changes no more than its ends and case.
fn is_plain(text: &str) -> bool {
    let kept = |b: u8| matches!(b, b' '..=b'/' | b';'..=b'_' | b'a'..=b'~');
    let pairs = text.as_bytes().windows(2);
    // Without a branch, many are looked at together.
    text.bytes().fold(true, |all, b| all & kept(b)) & pairs.fold(true, |all, pair| all & (pair != b"  "))
}

/// Blanks and punctuation, which mean nothing at the ends of a line.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(
            c,
            '…' | '。'
                | '،'
                | '؟'
                | '؛'
                | '।'
                | '۔'
                | '！'
                | '？'
                | '，'
                | '、'
                | '；'
                | '¿'
                | '¡'
                | '·'
                | '•'
        )
        || matches!(
            c,
            '–' | '—'
                | '―'
                | '【'
                | '】'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '（'
                | '）'
                | '›'
                | '‹'
                | '→'
                | '←'
                | '▶'
                | '►'
        )
}

/// The longest run of small letters and digits in `text`: what a copy of it holds too, whatever its quotes and dashes, and
/// whichever of its words begins a sentence. Empty, which everything holds, where there is none.
pub(super) fn landmark(text: &str) -> &str {
    let small = text.split(|c: char| !c.is_alphanumeric() || c.is_uppercase());
    small.max_by_key(|run| run.len()).filter(|_| text.contains(char::is_whitespace)).unwrap_or_default()
}

/// Letters and digits of `text` alone, in lower case: quotes, dashes, case and blanks play no part.
pub(super) fn letters(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
    } else {
        out.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
}

/// The same, each with the bytes it came from.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) key: String,
    /// For each byte of the key, the bytes of the text its character stood at.
    pub(super) from: Vec<(u32, u32)>,
}

impl Letters {
    pub(super) fn of(text: &str) -> Self {
        let mut letters =
            Self { key: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let was = letters.key.len();
            if c.is_ascii() {
                letters.key.push(c.to_ascii_lowercase());
            } else {
                letters.key.extend(c.to_lowercase());
            }
            let place = (crate::base::span::position(at), crate::base::span::position(at + c.len_utf8()));
            letters.from.extend(std::iter::repeat_n(place, letters.key.len() - was));
        }
        letters
    }

    /// Where `text` holds the letters of `part`, one after the other and whole words at both ends.
    pub(super) fn find(&self, text: &str, part: &Letters) -> Option<(usize, usize)> {
        if part.key.is_empty() {
            return None;
        }
        memchr::memmem::find_iter(self.key.as_bytes(), part.key.as_bytes()).find_map(|at| {
            let start = self.from.get(at)?.0 as usize;
            let end = self.from.get(at + part.key.len() - 1)?.1 as usize;
            let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c.is_ascii());
            let cut =
                inside(text.get(..start)?.chars().next_back()) || inside(text.get(end..)?.chars().next());
            (!cut).then_some((start, end))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_line_is_folded_as_any_other(text in "[ -~\\t]{0,40}|[ a-zA-Z.,]{0,40}") {
            let (mut folded, mut by_character) = (String::new(), String::new());
            line(&text, &mut folded);
            line_by_character(&text, &mut by_character);
            prop_assert_eq!(folded, by_character);
        }
    }

    #[test]
    fn quotes_digits_case_and_end_marks_play_no_part_in_a_line() {
        let mut out = String::new();
        line("  12 Comments: ", &mut out);
        assert_eq!(out, "0 comments");
        line("→ Don’t\u{a0}miss…", &mut out);
        assert_eq!(out, "don't miss");
    }

    #[test]
    fn letters_are_found_again_whatever_stands_between_them() {
        let text = "He said: “Baku’s ties hold.” Then he left.";
        let (start, end) = Letters::of(text).find(text, &Letters::of("baku's ties, hold")).unwrap();
        assert_eq!(&text[start..end], "Baku’s ties hold");
    }

    #[test]
    fn a_part_of_a_word_is_no_copy() {
        let text = "The bridges hold.";
        assert!(Letters::of(text).find(text, &Letters::of("the bridge")).is_none());
    }
}
