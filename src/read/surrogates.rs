//! Halves of surrogate pairs that stand alone in JSON, as programs that think in UTF-16 write them.

/// `line` with U+FFFD for halves of surrogate pairs that stand alone, as other languages write them; `None` without any.
pub(super) fn without_lone_surrogates(line: &str) -> Option<String> {
    /// The number of the escape that `text` begins with.
    fn escape(text: &str) -> Option<u32> {
        let digits =
            text.strip_prefix("\\u")?.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        u32::from_str_radix(digits?, 16).ok()
    }
    let mut mended = String::with_capacity(line.len());
    let (mut at, mut kept) = (0, 0);
    while let Some(found) = memchr::memchr(b'\\', &line.as_bytes()[at..]) {
        at += found;
        let rest = &line[at..];
        let length = match escape(rest) {
            Some(0xd800..=0xdbff)
                if rest.get(6..).and_then(escape).is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) =>
            {
                12
            }
            Some(0xd800..=0xdfff) => {
                mended.push_str(&line[kept..at]);
                mended.push_str("\\ufffd");
                kept = at + 6;
                6
            }
            Some(_) => 6,
            // The backslash and what it escapes, which may be another.
            None => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        at += length;
    }
    mended.push_str(&line[kept..]);
    (kept > 0).then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_that_stand_alone_are_marked_as_lost() {
        let mended = |json: &str| without_lone_surrogates(json);
        assert_eq!(mended(r"a\ud83d\ude00\u00e9b"), None);
        assert_eq!(mended(r"a\ud800b").as_deref(), Some(r"a\ufffdb"));
        assert_eq!(mended(r"\uDC00\ud83d\ude00\ud83d").as_deref(), Some(r"\ufffd\ud83d\ude00\ufffd"));
        assert_eq!(mended(r"\ud83d\ud83d\ude00").as_deref(), Some(r"\ufffd\ud83d\ude00"));
        assert_eq!(mended(r"\\ud800\ud800\\").as_deref(), Some(r"\\ud800\ufffd\\"));
        assert_eq!(mended(r"\u\ud8é\"), None);
    }
}
