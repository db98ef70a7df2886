//! The words beside a mark, and what is listed of them.

use super::edges::{blank, char_at, char_before};
use super::lexicon::{EITHER, Flags, LISTED, Lexicon, SECOND, STARTER};
use super::word::{Hash, LONGEST, Word};
use crate::base::letters::is_letter_or_digit;

/// The word that begins at `at`, up to an apostrophe, and the character behind it.
pub(super) fn right_word(text: &str, at: usize) -> (Word, char) {
    let (mut end, mut behind) = (at, ' ');
    let ascii = text.as_bytes()[at..].iter().take(LONGEST);
    end += ascii.take_while(|b| b.is_ascii_alphanumeric()).count();
    for c in text[end..].chars() {
        let letter = is_letter_or_digit(c) || c >= '\u{300}' && in_word(c);
        if !letter || end - at > LONGEST {
            behind = c;
            break;
        }
        end += c.len_utf8();
    }
    (Word::at(text, at, end), behind)
}

/// Signs that belong to the letter before them.
fn in_word(c: char) -> bool {
    !c.is_whitespace()
        && (unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'))
}

/// Whether a word to the left of a mark begins behind `c`.
fn bounds_left(c: char) -> bool {
    blank(c)
        || matches!(
            c,
            '(' | '['
                | '{'
                | '"'
                | '“'
                | '„'
                | '«'
                | '»'
                | '‘'
                | '‚'
                | '/'
                | '—'
                | '–'
                | '¿'
                | '¡'
                | '「'
                | '（'
                | '*'
                | '•'
                | '⁃'
                | '‣'
                | '▪'
                | '●'
                | '◦'
                | '■'
        )
}

/// Where the word before the mark at `start` ends: before the one space that some write between them.
pub(super) fn spaced_end(text: &str, start: usize) -> usize {
    let before = text[..start].strip_suffix([' ', '\u{A0}', '\u{202F}']);
    before.filter(|word| word.ends_with(is_letter_or_digit)).map_or(start, str::len)
}

/// The word that ends at `end`, as far as it lies behind `floor`.
pub(super) fn left_word(text: &str, end: usize, floor: usize) -> Word {
    let bytes = &text.as_bytes()[floor..end];
    let mut start = bytes.len();
    let mut elides = false;
    while start > 0 && bytes.len() - start <= LONGEST {
        let last = bytes[start - 1];
        if last.is_ascii() {
            // A bracket closes what stands before the word: `[27]cf.`
            if ENDS_WORD[last as usize] || start < bytes.len() && matches!(last, b']' | b')') {
                break;
            }
            elides |= last == b'\'';
            start -= 1;
        } else if start > 1 && leads_letter(bytes[start - 2]) {
            start -= 2;
        } else {
            let Some(c) = char_before(text, floor + start).filter(|&c| !bounds_left(c)) else { break };
            elides |= c == '’';
            start -= c.len_utf8();
        }
    }
    let start = floor + start;
    Word::at(text, if elides { elided_start(text, start, end) } else { start }, end)
}

/// Whether the two bytes from this one on are a character from U+00C0 to U+07FF: no word begins behind one of these.
#[inline]
fn leads_letter(lead: u8) -> bool {
    matches!(lead, 0xC3..=0xDF)
}

/// What [`bounds_left`] says of ASCII.
static ENDS_WORD: [bool; 128] = {
    let mut ends = [false; 128];
    let marks = b" \t\n\r\x0B\x0C([{\"/*";
    let mut at = 0;
    while at < marks.len() {
        ends[marks[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Longest word that is elided before another, in bytes.
const ELIDED: usize = 7;

/// Where the word begins behind an elided one: `d'À`, `l'Av`, `dell'Avv`.
fn elided_start(text: &str, start: usize, end: usize) -> usize {
    let word = &text.as_bytes()[start..end];
    let plain = word.iter().position(|&b| b == b'\'').map(|at| start + at + 1);
    let behind = plain
        .or_else(|| if word.is_ascii() { None } else { text[start..end].find('’').map(|at| start + at + 3) });
    behind
        .filter(|&at| at - start <= ELIDED && text[at..end].starts_with(char::is_uppercase))
        .unwrap_or(start)
}

/// The word before the one that begins at `start`, and whether a full stop closes it.
pub(super) fn word_before(text: &str, start: usize) -> (Word, bool) {
    let Some(space) = char_before(text, start).filter(|&c| blank(c)) else {
        return (Word::none(start), false);
    };
    let end = start - space.len_utf8();
    let stopped = text[..end].strip_suffix('.');
    let end = stopped.map_or(end, str::len);
    (left_word(text, end, 0), stopped.is_some())
}

/// What is listed of the word before a full stop: of all of it, of two words (`z. B.`), or of its last part.
pub(super) fn left_flags(text: &str, left: &Word, lexicon: &Lexicon) -> Flags {
    if left.hash <= 1 {
        return 0;
    }
    let whole = lexicon.flags(left.hash);
    if whole & LISTED != 0 {
        return whole;
    }
    let pairs = whole & SECOND != 0 && left.chars <= 4 && !left.is_digits();
    let (before, before_stops) = if pairs { word_before(text, left.start) } else { (Word::none(0), false) };
    if before.chars <= 4 && before.hash > 1 {
        let stop = if before_stops { "." } else { "" };
        let mut hash = Hash::default();
        let pair = text[before.start..before.end].chars().chain(stop.chars()).chain([' ']);
        pair.chain(text[left.start..left.end].chars()).for_each(|c| hash.add(c));
        let pair = lexicon.flags(hash.0);
        if pair & LISTED != 0 {
            return pair;
        }
    }
    if !left.joined {
        return whole;
    }
    let word = &text[left.start..left.end];
    let part = word
        .rfind(['-', '\'', '’'])
        .map(|at| &word[at..])
        .map(|part| part.trim_start_matches(['-', '\'', '’']));
    match part.filter(|part| part.len() > 1) {
        Some(part) => whole | lexicon.flags(Hash::of(part)),
        None => whole,
    }
}

/// What is listed of the word that follows: [`STARTER`] where it has a capital, or its script none.
pub(super) fn right_flags(text: &str, right: &Word, lexicon: &Lexicon) -> Flags {
    if right.hash <= 1 {
        return 0;
    }
    let flags = lexicon.flags(right.hash);
    let opens = (right.is_upper() || right.is_caseless())
        && (right.chars > 1 || char_at(text, right.end) != Some('.'));
    let starts = opens && (flags & STARTER != 0 || elided(text, right, lexicon));
    flags & (LISTED | EITHER) | if starts { STARTER } else { 0 }
}

/// Whether an apostrophe follows the word, and both are listed as one that opens sentences: `L'`, `Dell'`.
fn elided(text: &str, right: &Word, lexicon: &Lexicon) -> bool {
    if !matches!(char_at(text, right.end), Some('\'' | '’')) {
        return false;
    }
    let mut hash = Hash(right.hash);
    hash.add('\'');
    lexicon.flags(hash.0) & STARTER != 0
}
