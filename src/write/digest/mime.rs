//! Text in messages of mail, where lines are short and bytes are ASCII (RFC 2045, RFC 2047).

use base64::prelude::{BASE64_STANDARD, Engine};

/// Longest line of an encoded text, its break aside.
const LINE: usize = 76;

/// Bytes of one encoded word: with `=?utf-8?B?` and `?=` it stays within the 75 characters that RFC 2047 allows.
const WORD: usize = 45;

/// The body of a part of text and the name of its encoding; lines end in CR LF.
///
/// Quoted-printable can be read without a program; base64 is shorter where most bytes are not ASCII.
pub(super) fn body(text: &str) -> (&'static str, String) {
    let canonical = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let plain = canonical.bytes().filter(u8::is_ascii).count();
    if plain * 6 >= canonical.len() * 5 {
        return ("quoted-printable", quoted_printable(&canonical));
    }
    let encoded = BASE64_STANDARD.encode(canonical.as_bytes());
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 38);
    for (number, c) in encoded.chars().enumerate() {
        if number > 0 && number % LINE == 0 {
            lines.push_str("\r\n");
        }
        lines.push(c);
    }
    lines.push_str("\r\n");
    ("base64", lines)
}

fn quoted_printable(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive("\r\n") {
        let (line, end) = line.strip_suffix("\r\n").map_or((line, ""), |line| (line, "\r\n"));
        let mut length = 0;
        for (at, byte) in line.bytes().enumerate() {
            let last = at + 1 == line.len();
            let piece = match byte {
                b' ' | b'\t' if last => format!("={byte:02X}"),
                b' ' | b'\t' | b'!'..=b'<' | b'>'..=b'~' => char::from(byte).to_string(),
                _ => format!("={byte:02X}"),
            };
            // Room is kept for the soft break.
            if length + piece.len() >= LINE {
                encoded.push_str("=\r\n");
                length = 0;
            }
            length += piece.len();
            encoded.push_str(&piece);
        }
        encoded.push_str(end);
    }
    encoded
}

/// The value of an unstructured header field such as a subject: as it is where it is short and ASCII, else in encoded
/// words on lines of their own.
pub(super) fn header(text: &str) -> String {
    let plain = text.bytes().all(|b| (b' '..=b'~').contains(&b)) && !text.contains("=?") && text.len() <= 60;
    if plain { text.to_owned() } else { encoded_words(text) }
}

/// `text` in encoded words, none of which cuts a character.
pub(super) fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = (1..=WORD.min(rest.len())).rev().find(|&end| rest.is_char_boundary(end));
        let (word, left) = rest.split_at(end.unwrap_or(rest.len()));
        words.push(format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(word)));
        rest = left;
    }
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blanks_at_the_end_of_a_line_and_equals_signs_are_encoded() {
        assert_eq!(body("1 + 1 = 2 \nné\t").1, "1 + 1 =3D 2=20\r\nn=C3=A9=09");
    }

    #[test]
    fn text_without_latin_letters_is_shorter_in_base64() {
        assert_eq!(body("Всё хорошо").0, "base64");
        assert_eq!(body("Alles in Ordnung, früher oder später").0, "quoted-printable");
    }

    #[test]
    fn a_subject_never_breaks_out_of_its_line() {
        assert_eq!(header("Digest"), "Digest");
        assert_eq!(header("Digest\r\nBcc: x"), "=?utf-8?B?RGlnZXN0DQpCY2M6IHg=?=");
        let long = header(&"ж".repeat(60));
        assert!(long.split("\r\n ").count() > 1 && long.lines().all(|line| line.len() <= 76), "{long}");
    }

    proptest! {
        /// Lines of a body are short and ASCII whatever stands in it.
        #[test]
        fn lines_are_short_and_ascii(text in "[a =é\u{1F600}\t\r\n]{0,300}") {
            for line in body(&text).1.split("\r\n") {
                prop_assert!(line.len() <= LINE && line.is_ascii() && !line.contains(['\r', '\n']), "{line:?}");
            }
        }
    }
}
