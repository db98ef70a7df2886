//! Digests as messages of mail (RFC 5322): one text, as text and as a page, with nothing to load from elsewhere.

use minijinja::context;
use xxhash_rust::xxh3::xxh3_128;

use super::templates::{Templates, value};
use super::{Settings, date, mime, text};
use crate::base::error::Error;
use crate::base::escape::terminal;
use crate::digest::view::Digest;
use crate::write::bytes::push;

/// Longest value of an address field, in bytes: RFC 5322 allows lines of 998.
const LONGEST_FIELD: usize = 900;

/// The message, ready to be sent; lines end in CR LF.
pub(super) fn render(digest: &Digest, settings: &Settings, templates: &Templates) -> Result<Vec<u8>, Error> {
    let (from, to) = (addresses("from", &settings.from)?, addresses("to", &settings.to)?);
    let parts = [
        ("text/plain", text::render(digest, false)),
        ("text/html", templates.fill(context! { digest => value(digest) })?),
    ];
    let hash = xxh3_128(format!("{}\0{}\0{from}\0{to}", parts[0].1, parts[1].1).as_bytes());
    // Neither encoding writes `=_`, so no part can hold the boundary.
    let boundary = format!("=_{hash:032x}");
    let mut out = Vec::new();
    let fields = [
        ("From", from),
        ("To", to),
        ("Subject", mime::header(&terminal(&digest.title))),
        ("Date", date::mail(date::newest(digest))),
        ("Message-ID", format!("<{hash:032x}@{}>", domain(&settings.from))),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", format!("multipart/alternative;\r\n boundary=\"{boundary}\"")),
    ];
    for (name, value) in fields {
        push(&mut out, &format!("{name}: {value}\r\n"));
    }
    for (kind, text) in parts {
        let (encoding, body) = mime::body(&text);
        push(&mut out, &format!("\r\n--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\n"));
        push(&mut out, &format!("Content-Transfer-Encoding: {encoding}\r\n\r\n{body}"));
    }
    push(&mut out, &format!("\r\n--{boundary}--\r\n"));
    Ok(out)
}

/// The value of an address field: as it is in ASCII, else one address with its name in encoded words.
fn addresses(setting: &str, value: &str) -> Result<String, Error> {
    let refused = |reason: &str| Err(Error::Config(format!("`{setting}` of a message: {reason}: `{value}`")));
    let value = value.trim();
    if value.is_empty() || value.len() > LONGEST_FIELD || value.chars().any(char::is_control) {
        return refused("empty, too long or with control characters");
    }
    if value.is_ascii() {
        return Ok(value.to_owned());
    }
    match value.strip_suffix('>').and_then(|value| value.rsplit_once('<')) {
        Some((name, address)) if address.is_ascii() && address.contains('@') => {
            Ok(format!("{}\r\n <{address}>", mime::encoded_words(name.trim().trim_matches('"'))))
        }
        _ => refused("not of the form `Name <name@example.org>`"),
    }
}

/// What follows the `@` of the sender's address, by which its message's id is its own.
fn domain(from: &str) -> &str {
    let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain.trim_end_matches(['>', ' ']));
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.');
    if !domain.is_empty() && domain.bytes().all(plain) { domain } else { "nutgraf.invalid" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_add_a_field() {
        assert!(addresses("from", "a@example.org\r\nBcc: b@example.org").is_err());
        assert!(addresses("to", "Žofie").is_err());
        assert_eq!(addresses("to", "Ana <a@example.org>").expect("fine"), "Ana <a@example.org>");
        assert_eq!(
            addresses("to", "Žofie <z@example.org>").expect("fine"),
            "=?utf-8?B?xb1vZmll?=\r\n <z@example.org>"
        );
        assert_eq!(domain("Ana <a@example.org>"), "example.org");
        assert_eq!(domain("nobody"), "nutgraf.invalid");
    }
}
