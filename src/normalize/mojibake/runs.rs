//! Characters read as the bytes they stand for: whether they form UTF-8, and what it says.

use super::codecs::{DOS, MAC, WESTERN, bytes};

/// A character of the text on its way to repair, with the bytes of the text that made it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The codec it was misread in, once it is repaired.
    pub(super) repaired: Option<usize>,
}

/// Pieces that spell one character in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) c: char,
    /// How many pieces it takes.
    pub(super) len: usize,
    /// Whether a byte of it was lost: a no-break space that became a space, or a replacement character.
    pub(super) lossy: bool,
}

/// Most sequences that are judged together; longer runs are judged in parts.
const LONGEST: usize = 64;

/// Reads the run of sequences that begins at piece `at`, read in `codec`, into `out`.
pub(super) fn run(pieces: &[Piece], at: usize, codec: usize, out: &mut Vec<Sequence>) {
    out.clear();
    let mut next = at;
    while let Some(found) = sequence(pieces, next, codec).filter(|_| out.len() < LONGEST) {
        next += found.len;
        out.push(found);
        // A space that was kept is the end of the run.
        if found.lossy && found.len == 1 {
            break;
        }
    }
}

/// The character that the pieces at `at` spell when read in `codec`.
fn sequence(pieces: &[Piece], at: usize, codec: usize) -> Option<Sequence> {
    let lead = bytes(pieces.get(at)?.c)[codec];
    let trail = match lead {
        0xC2..=0xDF => 1,
        0xE0..=0xEF => 2,
        0xF0..=0xF4 => 3,
        _ => return None,
    };
    let mut code = u32::from(lead) & (0x3F >> trail);
    let mut lost = Lost::Nothing;
    for piece in pieces.get(at + 1..=at + trail)? {
        let byte = match (piece.c, lost) {
            (' ', Lost::Nothing) if (codec == WESTERN || codec < MAC) && loses_blanks(lead) => {
                lost = Lost::Blank;
                0xA0
            }
            ('\u{fffd}', _) => {
                lost = Lost::Byte;
                0x80
            }
            ('?', Lost::Nothing) if lead == 0xE2 && codec == WESTERN => {
                lost = Lost::Byte;
                0x80
            }
            (c, _) => bytes(c)[codec],
        };
        if !(0x80..0xC0).contains(&byte) {
            return None;
        }
        code = code << 6 | u32::from(byte) & 0x3F;
    }
    if lost == Lost::Byte {
        return Some(Sequence { c: '\u{fffd}', len: trail + 1, lossy: true });
    }
    if (0xD800..0xDC00).contains(&code) {
        return surrogates(pieces, at, codec, code);
    }
    let shortest = [0x80, 0x800, 0x1_0000][trail - 1];
    let c = char::from_u32(code).filter(|_| code >= shortest)?;
    let lossy = lost == Lost::Blank;
    let c = if lossy && lead == 0xC2 { ' ' } else { c };
    let len = if lossy && keeps_blank(pieces, at, codec) { 1 } else { trail + 1 };
    Some(Sequence { c, len, lossy })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    Nothing,
    Blank,
    Byte,
}

/// First bytes of the letters whose last byte is often 0xA0, a no-break space: à, Š, Π, Р, נ, ٠, and three-byte ones.
fn loses_blanks(lead: u8) -> bool {
    matches!(lead, 0xC2 | 0xC3 | 0xC5 | 0xCE | 0xD0 | 0xD7 | 0xD9 | 0xE0..=0xEF)
}

/// Whether the space after a first byte at `at` is a space as well as a lost byte: two spaces became one.
///
/// Inside a word the space goes: before another character in the same misreading, after the Š of a word, and in the
/// Portuguese às, àquele, àquela, àquilo.
fn keeps_blank(pieces: &[Piece], at: usize, codec: usize) -> bool {
    if pieces.get(at + 1).is_none_or(|piece| piece.c != ' ') {
        return false;
    }
    let lead = bytes(pieces[at].c)[codec];
    let rest = || pieces[at + 2..].iter().map(|piece| piece.c);
    let spells = |word: &str| rest().take(word.chars().count()).eq(word.chars());
    match lead {
        0xC3 => {
            let plural = spells("s") && !rest().nth(1).is_some_and(char::is_alphanumeric);
            !(plural || spells("quele") || spells("quela") || spells("quilo"))
        }
        0xC5 => !rest().next().is_some_and(char::is_lowercase),
        0xC2 | 0xE0..=0xEF => false,
        _ => {
            let next = rest().next().map_or(0, |c| bytes(c)[codec]);
            next & 0xF8 != lead & 0xF8
        }
    }
}

/// Two surrogates, each written as three bytes (CESU-8), of which the first is read.
fn surrogates(pieces: &[Piece], at: usize, codec: usize, high: u32) -> Option<Sequence> {
    let low: Vec<u8> = pieces.get(at + 3..at + 6)?.iter().map(|piece| bytes(piece.c)[codec]).collect();
    let [0xED, second @ 0xB0..=0xBF, third @ 0x80..=0xBF] = low[..] else { return None };
    let low = (u32::from(second) & 0x0F) << 6 | u32::from(third) & 0x3F;
    let c = char::from_u32(0x1_0000 + ((high - 0xD800) << 10 | low))?;
    Some(Sequence { c, len: 6, lossy: false })
}

/// Whether a codec shows letters as letters: all but Mac Roman and code page 437.
pub(super) fn shows_letters(codec: usize) -> bool {
    codec != MAC && codec != DOS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, codec: usize) -> String {
        let piece = |(start, c): (usize, char)| Piece { c, start, end: start + c.len_utf8(), repaired: None };
        let pieces: Vec<Piece> = text.char_indices().map(piece).collect();
        let mut out = Vec::new();
        run(&pieces, 0, codec, &mut out);
        out.iter().map(|sequence| sequence.c).collect()
    }

    #[test]
    fn runs_end_where_the_bytes_are_no_longer_utf_8() {
        assert_eq!(read("Ã©tÃ©", WESTERN), "é");
        assert_eq!(read("Ã©Ã¨Ã", WESTERN), "éè");
        assert_eq!(read("ðŸ™‚!", WESTERN), "\u{1f642}");
        assert_eq!(read("À©", WESTERN), "", "0xC0 begins nothing");
        assert_eq!(read("à‚‚", WESTERN), "", "longer than it need be");
    }

    #[test]
    fn surrogates_join_and_lost_bytes_leave_a_mark() {
        assert_eq!(read("í\u{a0}½í¸\u{80}", WESTERN), "\u{1f600}");
        assert_eq!(read("Ð ÑƒÐº", WESTERN), "Рук");
        assert_eq!(read("â€?", WESTERN), "\u{fffd}");
    }
}
