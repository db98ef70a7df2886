//! Bytes become text, with the way back to them, or are refused as no text at all.
//!
//! In order: a byte order mark; UTF-16 and UTF-32 by where their NUL bytes stand; UTF-8; UTF-8 with a few bad bytes; and
//! else a guess among the older encodings (chardetng, as in Firefox).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::base::error::DocErrorKind;
use crate::base::span::{Span, position};
use crate::doc::map::{Change, SpanMap};
use crate::doc::text::Text;
use crate::io::magic;

/// Text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text. Its map leads to the bytes when they were UTF-8, and is the identity otherwise: spans then point into the
    /// text that decoding the bytes with `encoding` gives. A byte order mark stays, as U+FEFF.
    pub text: Text,
    /// The encoding's name in the WHATWG Encoding Standard, or `UTF-32LE`, `UTF-32BE`.
    pub encoding: &'static str,
    /// How many bad sequences became U+FFFD.
    pub replaced: u64,
}

/// Reads `bytes` as text.
///
/// # Errors
/// `Binary` and `Unsupported` by a mark of what is not text, `Binary` when too many bytes are control characters, and
/// `TooLarge` when the text would be longer than 4 GiB.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, DocErrorKind> {
    decode_labelled(bytes, None)
}

/// Reads `bytes` as text that is said to be in the encoding `label`; valid UTF-8 is what it is, whatever is said of it.
///
/// # Errors
/// As [`decode`].
pub fn decode_labelled(bytes: Vec<u8>, label: Option<&'static Encoding>) -> Result<Decoded, DocErrorKind> {
    magic::refuse(&bytes)?;
    let decoded = match marked(&bytes).or_else(|| wide_without_mark(&bytes)) {
        Some(wide) => wide,
        None => match String::from_utf8(bytes) {
            Ok(text) => {
                refuse_controls(text.as_bytes(), TEXT)?;
                Decoded { text: Text::as_read(text), encoding: "UTF-8", replaced: 0 }
            }
            Err(e) => {
                let bytes = e.into_bytes();
                refuse_controls(&bytes, NOT_UTF_8)?;
                let said = label.filter(|&label| label != encoding_rs::UTF_8);
                match mended(&bytes) {
                    Some(mended) => mended,
                    None => said.map_or_else(|| guessed(&bytes), |said| by(said, &bytes)),
                }
            }
        },
    };
    if decoded.text.as_str().len() >= u32::MAX as usize {
        return Err(DocErrorKind::TooLarge { limit: u64::from(u32::MAX) });
    }
    Ok(decoded)
}

/// A control character in this many bytes makes valid UTF-8 a binary file; some text has strays.
const TEXT: usize = 10;

/// The same for bytes that are not UTF-8: of random bytes, every ninth is a control character.
const NOT_UTF_8: usize = 25;

/// So many control characters are strays in a text of any length.
const STRAYS: usize = 3;

/// Refuses bytes of which more than one in `share` is a control character that no text holds.
fn refuse_controls(bytes: &[u8], share: usize) -> Result<(), DocErrorKind> {
    // In chunks that a byte can count, so that many are looked at in one step.
    let controls: usize = bytes
        .chunks(255)
        .map(|chunk| usize::from(chunk.iter().map(|&b| u8::from(is_control(b))).sum::<u8>()))
        .sum();
    if controls <= STRAYS || controls.saturating_mul(share) <= bytes.len() {
        return Ok(());
    }
    let nuls = memchr::memchr_iter(0, bytes).count();
    Err(DocErrorKind::Binary { what: if nuls * 2 > controls { "NUL bytes" } else { "control characters" } })
}

/// Control characters that stand in no text; of the rest, tabs, line and page ends do, and escapes that colour a terminal.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "branches would keep bytes from being looked at many at a time"
)]
fn is_control(byte: u8) -> bool {
    (byte < 9) | ((byte > 13) & (byte < 32) & (byte != 27)) | (byte == 127)
}

/// UTF-16 or UTF-32 by its byte order mark.
fn marked(bytes: &[u8]) -> Option<Decoded> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some(utf_32(bytes, "UTF-32LE", u32::from_le_bytes)),
        [0, 0, 0xfe, 0xff, ..] => Some(utf_32(bytes, "UTF-32BE", u32::from_be_bytes)),
        [0xff, 0xfe, ..] => Some(by(encoding_rs::UTF_16LE, bytes)),
        [0xfe, 0xff, ..] => Some(by(encoding_rs::UTF_16BE, bytes)),
        _ => None,
    }
}

/// How many bytes are looked at to see where the NUL bytes stand.
const PATTERN: usize = 4 << 10;

/// UTF-16 or UTF-32 by where their NUL bytes stand: in UTF-16 those of blanks and ASCII letters, always on one side.
///
/// Taken only when the whole decodes without a fault and has no more control characters than other text.
fn wide_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let head = &bytes[..bytes.len().min(PATTERN)];
    memchr::memchr(0, head)?;
    let mut nuls = [0_usize; 4];
    for quad in head.chunks(4) {
        for (count, &byte) in nuls.iter_mut().zip(quad) {
            *count += usize::from(byte == 0);
        }
    }
    let quads = head.len() / 4;
    let (even, odd) = (nuls[0] + nuls[2], nuls[1] + nuls[3]);
    let mostly = |side: usize, other: usize| side * 20 >= head.len() && other * 10 <= side;
    let wide = if bytes.len().is_multiple_of(4)
        && quads >= 2
        && nuls[3] == quads
        && nuls[2] * 2 > quads
        && nuls[0] * 10 < quads
    {
        utf_32(bytes, "UTF-32LE", u32::from_le_bytes)
    } else if bytes.len().is_multiple_of(4)
        && quads >= 2
        && nuls[0] == quads
        && nuls[1] * 2 > quads
        && nuls[3] * 10 < quads
    {
        utf_32(bytes, "UTF-32BE", u32::from_be_bytes)
    } else if bytes.len().is_multiple_of(2) && mostly(odd, even) {
        by(encoding_rs::UTF_16LE, bytes)
    } else if bytes.len().is_multiple_of(2) && mostly(even, odd) {
        by(encoding_rs::UTF_16BE, bytes)
    } else {
        return None;
    };
    let sound = wide.replaced == 0 && refuse_controls(wide.text.as_str().as_bytes(), NOT_UTF_8).is_ok();
    sound.then_some(wide)
}

/// The bytes as `encoding` has them; a mark stays.
fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let replaced = if faulty { text.matches('\u{fffd}').count() as u64 } else { 0 };
    Decoded { text: Text::as_read(text.into_owned()), encoding: encoding.name(), replaced }
}

fn utf_32(bytes: &[u8], encoding: &'static str, number: fn([u8; 4]) -> u32) -> Decoded {
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut replaced = 0;
    let (quads, rest) = bytes.as_chunks::<4>();
    for &quad in quads {
        text.push(char::from_u32(number(quad)).unwrap_or_else(|| {
            replaced += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
        replaced += 1;
    }
    Decoded { text: Text::as_read(text), encoding, replaced }
}

/// UTF-8 with a few bad bytes, each sequence of them U+FFFD; `None` when it is more likely another encoding.
///
/// Bytes of other encodings hardly ever form a valid sequence by chance, so as many valid sequences as bad ones are proof
/// enough; a mark of UTF-8 is as well.
fn mended(bytes: &[u8]) -> Option<Decoded> {
    let (mut valid, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|&b| b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if valid < bad && !bytes.starts_with(b"\xef\xbb\xbf") {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + 2 * bad);
    let mut changes = Vec::with_capacity(bad);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            let from = text.len();
            text.push(char::REPLACEMENT_CHARACTER);
            let end = at + chunk.invalid().len();
            // A text that outgrows its positions is refused by the caller: it needs no map.
            if text.len() < u32::MAX as usize {
                changes.push(Change {
                    src: Span::new(position(at), position(end)),
                    out: Span::new(position(from), position(text.len())),
                });
            }
            at = end;
        }
    }
    Some(Decoded { text: Text::mapped(text, SpanMap::new(changes)), encoding: "UTF-8", replaced: bad as u64 })
}

/// How many bytes are looked at to guess an encoding, from the first that is not ASCII. The guess is slow (some 8 MB a
/// second), and hardly changes after the first pages.
const GUESS: usize = 128 << 10;

/// The likeliest of the older encodings.
fn guessed(bytes: &[u8]) -> Decoded {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or_default();
    // From the beginning of its line, for the letters around it.
    let from =
        memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |feed| feed + 1).max(first.saturating_sub(64));
    let telling = &bytes[from..bytes.len().min(from + GUESS)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(telling, from + telling.len() == bytes.len());
    by(detector.guess(None, Utf8Detection::Deny), bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::span::{Src, Txt};

    fn text(bytes: impl Into<Vec<u8>>) -> (String, &'static str, u64) {
        let decoded = decode(bytes.into()).unwrap();
        (decoded.text.as_str().to_owned(), decoded.encoding, decoded.replaced)
    }

    fn wide(text: &str, unit: usize, big: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let mut push = |bytes: &[u8]| if big { out.extend(bytes.iter().rev()) } else { out.extend(bytes) };
        if unit == 2 {
            text.encode_utf16().for_each(|u| push(&u.to_le_bytes()));
        } else {
            text.chars().for_each(|c| push(&(c as u32).to_le_bytes()));
        }
        out
    }

    #[test]
    fn utf_16_and_utf_32_are_read_in_both_byte_orders_with_and_without_a_mark() {
        let words = "The café opened “late”. \u{1f600} It was full.";
        for (unit, big, name) in
            [(2, false, "UTF-16LE"), (2, true, "UTF-16BE"), (4, false, "UTF-32LE"), (4, true, "UTF-32BE")]
        {
            assert_eq!(text(wide(words, unit, big)), (words.to_owned(), name, 0));
            let marked = format!("\u{feff}{words}");
            assert_eq!(text(wide(&marked, unit, big)), (marked, name, 0));
        }
    }

    #[test]
    fn utf_16_of_another_alphabet_is_known_by_its_blanks() {
        let words = "Это было давно и неправда, но мы помним.";
        assert_eq!(text(wide(words, 2, false)), (words.to_owned(), "UTF-16LE", 0));
    }

    #[test]
    fn half_a_character_at_the_end_of_utf_16_is_replaced() {
        let mut bytes = wide("\u{feff}words", 2, false);
        bytes.pop();
        assert_eq!(text(bytes), ("\u{feff}word\u{fffd}".to_owned(), "UTF-16LE", 1));
    }

    #[test]
    fn a_mark_of_utf_8_stays_and_counts() {
        let decoded = decode("\u{feff}é".into()).unwrap();
        assert_eq!(decoded.text.as_str(), "\u{feff}é");
        assert_eq!(decoded.text.to_src(Span::new(3, 5)), Span::new(3, 5));
    }

    #[test]
    fn a_few_bad_bytes_in_utf_8_are_replaced_where_they_stand() {
        let decoded = decode(b"caf\xc3\xa9 \xff na\xc3\xafve \xe2\x80 end".to_vec()).unwrap();
        assert_eq!(decoded.text.as_str(), "café \u{fffd} naïve \u{fffd} end");
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 2));
        assert_eq!(decoded.text.to_src(Span::new(6, 9)), Span::new(6, 7));
        assert_eq!(decoded.text.to_src(Span::new(17, 20)), Span::new(15, 17));
        assert_eq!(decoded.text.to_src(Span::new(21, 24)), Span::new(18, 21));
    }

    #[test]
    fn older_encodings_are_guessed() {
        let western = "He said “it’s a café — naïve, isn’t it?” and left the building at once.";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(western);
        assert_eq!(text(bytes), (western.to_owned(), "windows-1252", 0));
        let russian = "Президент подписал указ о назначении нового министра. Об этом сообщает пресс-служба.";
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R] {
            let (read, name, replaced) = text(encoding.encode(russian).0);
            assert_eq!((read.as_str(), replaced), (russian, 0), "{} read as {name}", encoding.name());
        }
        let japanese = "首相は二十日、新しい経済対策を発表した。詳細は来週公表される。";
        assert_eq!(text(encoding_rs::SHIFT_JIS.encode(japanese).0), (japanese.to_owned(), "Shift_JIS", 0));
    }

    #[test]
    fn what_is_not_text_is_refused_and_a_stray_nul_is_not_enough() {
        let what = |bytes: &[u8]| decode(bytes.to_vec()).map_err(|e| e.to_string()).map(|d| d.encoding);
        assert_eq!(what(&[0; 4096]), Err("not text (NUL bytes)".to_owned()));
        assert_eq!(what(b"\x7fELF\x02\x01\x01"), Err("not text (ELF program)".to_owned()));
        let noise: Vec<u8> = (0..4096_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        assert_eq!(what(&noise).map_err(|e| e[..8].to_owned()), Err("not text".to_owned()));
        assert_eq!(what(b"a word\0 and another\0"), Ok("UTF-8"));
        assert_eq!(what(b"caf\xe9 and\0 tea"), Ok("windows-1252"));
        assert_eq!(what(b""), Ok("UTF-8"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_decoding_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(decoded) = decode(bytes.clone()) {
                if decoded.encoding == "UTF-8" {
                    let all = decoded.text.to_src(Span::at(0..decoded.text.as_str().len()));
                    prop_assert_eq!(all.range(), 0..bytes.len());
                } else {
                    prop_assert!(decoded.text.map().changes().is_empty());
                }
            }
        }

        #[test]
        fn valid_utf_8_is_left_as_it_is(words in "[a-zé“”日\u{1F600} \n\u{feff}]{0,60}") {
            let decoded = decode(words.clone().into_bytes()).unwrap();
            prop_assert_eq!(decoded, Decoded { text: Text::as_read(words), encoding: "UTF-8", replaced: 0 });
        }

        /// A character that was valid leads back to its own bytes, and U+FFFD to the bytes it stands for.
        #[test]
        fn in_mended_utf_8_each_character_leads_to_its_own_bytes(
            pieces in prop::collection::vec(
                prop::sample::select(vec![&b"a"[..], "é".as_bytes(), "日".as_bytes(), b"\xff", b"\xe2\x80"]),
                0..30,
            ),
        ) {
            let bytes = [b"\xef\xbb\xbf", pieces.concat().as_slice()].concat();
            let decoded = decode(bytes.clone()).unwrap();
            prop_assert_eq!(decoded.encoding, "UTF-8");
            let mut end = 0;
            for (at, c) in decoded.text.as_str().char_indices() {
                let src: Span<Src> = decoded.text.to_src(Span::<Txt>::at(at..at + c.len_utf8()));
                prop_assert_eq!(src.start, end, "bytes before {} are nobody's", c);
                end = src.end;
                if c != char::REPLACEMENT_CHARACTER {
                    prop_assert_eq!(String::from_utf8_lossy(&bytes[src.range()]), c.to_string());
                }
            }
            prop_assert_eq!(end as usize, bytes.len());
        }
    }
}
