//! Addresses that may be followed.

use std::borrow::Cow;
use std::fmt::Write;

/// `address` where it may be a link: `http` or `https` with a host; what no address may hold is percent-encoded, so that
/// it ends where it seems to end in every format.
pub(super) fn link(address: &str) -> Option<Cow<'_, str>> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '@');
    if !host.chars().all(plain) || !host.contains(char::is_alphanumeric) {
        return None;
    }
    if rest.char_indices().all(|(at, c)| is_allowed(c, rest.get(at + 1..at + 3))) {
        return Some(Cow::Borrowed(address));
    }
    let mut encoded = format!("{scheme}://");
    for (at, c) in rest.char_indices() {
        if is_allowed(c, rest.get(at + 1..at + 3)) {
            encoded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            write!(encoded, "%{byte:02X}").expect("memory takes all text");
        }
    }
    Some(Cow::Owned(encoded))
}

/// Whether an IRI may hold `c` (RFC 3987, by and large); brackets and parentheses end links of Markdown.
fn is_allowed(c: char, next: Option<&str>) -> bool {
    match c {
        '%' => next.is_some_and(|next| next.bytes().all(|b| b.is_ascii_hexdigit())),
        '-' | '.' | '_' | '~' | ':' | '/' | '?' | '#' | '@' | '!' | '$' | '&' | '*' | '+' | ',' | ';'
        | '=' => true,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for bad in [
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "/relative",
            "http:example.org",
            "http://",
            "http://a b/",
            "https://ex\u{202e}ample.org/",
            " \u{1}javascript:x",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
        assert_eq!(
            link(" HTTPS://example.org/a?b=c&d=%20 ").as_deref(),
            Some("HTTPS://example.org/a?b=c&d=%20")
        );
    }

    #[test]
    fn what_ends_a_link_somewhere_is_encoded() {
        assert_eq!(
            link("http://example.org/a(b)\"'<>\u{202e} é%zz").as_deref(),
            Some("http://example.org/a%28b%29%22%27%3C%3E%E2%80%AE%20é%25zz")
        );
    }
}
