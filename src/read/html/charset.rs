//! The encoding of a page: its mark, valid UTF-8, what its server says, what the page says of itself, a guess, in this
//! order.

use encoding_rs::Encoding;

use crate::base::error::DocErrorKind;
use crate::io::decode::{self, Decoded};
use crate::markup::attribute;
use crate::markup::tag::Tag;
use crate::markup::token::{Token, Tokens};

/// Bytes in which a page must say its encoding; the standard asks for 1,024, and some pages say it late.
const LOOKED_AT: usize = 8 << 10;

/// Reads the bytes of a page, which its server said to be in the encoding `label`.
///
/// # Errors
/// As [`decode::decode`].
pub(super) fn decode(bytes: Vec<u8>, label: Option<&str>) -> Result<Decoded, DocErrorKind> {
    let label = label.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| said(&bytes));
    decode::decode_labelled(bytes, label)
}

/// The encoding that a page says it is in.
fn said(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
    let metas = Tokens::new(&head).filter_map(|token| match token {
        Token::Open { tag: Tag::Meta, at, .. } => Some(at),
        _ => None,
    });
    for at in metas {
        let tag = &head[at];
        let label = match attribute::value(tag, "charset") {
            Some(label) => Some(label.into_owned()),
            None => attribute::value(tag, "content").and_then(|content| {
                let (_, label) = content.split_once("charset=")?;
                Some(label.split([';', ' ']).next()?.trim_matches(['"', '\'']).to_owned())
            }),
        };
        let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        if let Some(encoding) = encoding {
            // A page in UTF-16 could not have been read so far.
            return (encoding.is_ascii_compatible()).then_some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &[u8]) -> (String, &'static str) {
        let decoded = decode(page.to_vec(), None).unwrap();
        (decoded.text.as_str().to_owned(), decoded.encoding)
    }

    #[test]
    fn what_a_page_says_counts_where_its_bytes_do_not_contradict() {
        let (text, encoding) = read(b"<meta charset=\"iso-8859-2\"><p>Cze\xb6\xe6");
        assert_eq!((text.contains("Cześć"), encoding), (true, "ISO-8859-2"));
        let old =
            b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"><p>\xcc\xee\xf1\xf2";
        assert!(read(old).0.ends_with("Мост"));
        let wrong = "<meta charset=iso-8859-1><p>café".as_bytes();
        assert_eq!(read(wrong), ("<meta charset=iso-8859-1><p>café".to_owned(), "UTF-8"));
        let (text, encoding) = read(b"<meta charset=utf-8><p>It\x92s a caf\xe9, n'est-ce pas");
        assert_eq!((text.contains("It’s a café"), encoding), (true, "windows-1252"));
    }
}
