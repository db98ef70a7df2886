//! The bytes that characters stand for in the one-byte encodings that UTF-8 is misread as.

use std::sync::LazyLock;

use encoding_rs::{
    Encoding, ISO_8859_2, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1257,
};

/// How many misreadings are told apart.
pub(super) const CODECS: usize = 8;
/// Latin-1, Windows-1252 and Windows-1254 taken as one: texts mix them, and no character has two bytes in them.
pub(super) const WESTERN: usize = 0;
/// Mac Roman.
pub(super) const MAC: usize = 6;
/// The code page of DOS, 437.
pub(super) const DOS: usize = 7;

/// The byte of a character in each codec; 0 where it has none above 0x7F.
pub(super) type Bytes = [u8; CODECS];

/// Code page 437 from 0x80 to 0xFF, as Unicode's mapping table gives it.
const DOS_HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The blocks that hold nearly all characters of these codecs: U+0080 to U+04FF, U+2000 to U+25FF.
const LOW: u32 = 0x80;
const LOW_END: u32 = 0x500;
const HIGH: u32 = 0x2000;
const HIGH_END: u32 = 0x2600;

struct Table {
    low: Vec<Bytes>,
    high: Vec<Bytes>,
    /// The few that stand elsewhere: ligatures and the logotype of Mac Roman.
    rest: Vec<(char, Bytes)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        low: vec![Bytes::default(); (LOW_END - LOW) as usize],
        high: vec![Bytes::default(); (HIGH_END - HIGH) as usize],
        rest: Vec::new(),
    };
    let encodings: [(usize, &'static Encoding); 8] = [
        (WESTERN, WINDOWS_1254),
        (WESTERN, WINDOWS_1252),
        (1, WINDOWS_1250),
        (2, ISO_8859_2),
        (3, WINDOWS_1251),
        (4, WINDOWS_1253),
        (5, WINDOWS_1257),
        (MAC, MACINTOSH),
    ];
    for (codec, encoding) in encodings {
        for byte in 0x80..=0xFF {
            let (decoded, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            // Programs show a byte that the codec leaves open as Latin-1 does.
            let shown = decoded.chars().next().filter(|&c| c != '\u{fffd}').unwrap_or(char::from(byte));
            table.set(shown, codec, byte);
        }
    }
    for (byte, c) in (0x80..=0xFF).zip(DOS_HIGH.chars()) {
        table.set(c, DOS, byte);
    }
    // Misread as Latin-1, these bytes come as controls.
    for byte in 0x80..=0x9F {
        table.set(char::from(byte), WESTERN, byte);
    }
    table
});

impl Table {
    fn set(&mut self, c: char, codec: usize, byte: u8) {
        let row = match u32::from(c) {
            code @ LOW..LOW_END => &mut self.low[(code - LOW) as usize],
            code @ HIGH..HIGH_END => &mut self.high[(code - HIGH) as usize],
            _ => {
                let found = self.rest.iter().position(|&(other, _)| other == c);
                let at = found.unwrap_or_else(|| {
                    self.rest.push((c, Bytes::default()));
                    self.rest.len() - 1
                });
                &mut self.rest[at].1
            }
        };
        row[codec] = byte;
    }
}

/// The bytes that `c` stands for.
pub(super) fn bytes(c: char) -> Bytes {
    match u32::from(c) {
        0..LOW => Bytes::default(),
        code @ LOW..LOW_END => TABLE.low[(code - LOW) as usize],
        code @ HIGH..HIGH_END => TABLE.high[(code - HIGH) as usize],
        _ => TABLE.rest.iter().find(|&&(other, _)| other == c).map(|&(_, row)| row).unwrap_or_default(),
    }
}

/// The character that Windows-1252 means by a C1 control, if it means any.
pub(super) fn control(c: char) -> Option<char> {
    let byte = u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..0xA0).contains(byte))?;
    let (decoded, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    decoded.chars().next().filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_the_bytes_of_their_codecs() {
        assert_eq!(bytes('Ã')[WESTERN], 0xC3);
        assert_eq!(bytes('\u{93}')[WESTERN], 0x93);
        assert_eq!(bytes('“')[WESTERN], 0x93);
        assert_eq!(bytes('Ş')[WESTERN], 0xDE);
        assert_eq!(bytes('Ś')[1], 0x8C);
        assert_eq!(bytes('Ђ')[3], 0x80);
        assert_eq!(bytes('√')[MAC], 0xC3);
        assert_eq!(bytes('├')[DOS], 0xC3);
        assert_eq!(bytes('漢'), Bytes::default());
    }
}
