//! JSON as pages hold it: read as far as it goes, whatever is wrong with it.
//!
//! Comments around it, raw line ends in strings, commas too many, several objects one after the other and a missing end
//! stop nobody. Nothing is built: the reader hears of each key, string and bracket in turn, in time linear in the text.

/// What comes next in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// `{`
    Object,
    /// `[`
    Array,
    /// `}` or `]`
    End,
    /// A string before a colon.
    Key(String),
    /// A string, number or word.
    Value(String),
}

/// The events of a text.
#[derive(Debug)]
pub(super) struct Events<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Events<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The string whose opening quote was just passed; an unclosed one goes to the end.
    fn string(&mut self) -> String {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut out = String::new();
        let mut from = start;
        loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[from..]) else {
                out.push_str(&self.text[from..]);
                self.at = bytes.len();
                return out;
            };
            let at = from + found;
            out.push_str(&self.text[from..at]);
            if bytes[at] == b'"' {
                self.at = at + 1;
                return out;
            }
            from = at + escape(&self.text[at..], &mut out);
        }
    }
}

impl Iterator for Events<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'{' => return Some(Event::Object),
                b'[' => return Some(Event::Array),
                b'}' | b']' => return Some(Event::End),
                b'"' => {
                    let string = self.string();
                    let rest = self.text[self.at..].trim_ascii_start();
                    let key = rest.starts_with(':');
                    return Some(if key { Event::Key(string) } else { Event::Value(string) });
                }
                b if b.is_ascii_alphanumeric() || b == b'-' => {
                    let start = self.at - 1;
                    let word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.' | b'_');
                    let rest = &bytes[self.at..];
                    self.at += rest.iter().take_while(|b| word(b)).count();
                    return Some(Event::Value(self.text[start..self.at].to_owned()));
                }
                _ => {}
            }
        }
    }
}

/// Adds what the escape at the front of `text` stands for; gives its length.
fn escape(text: &str, out: &mut String) -> usize {
    let Some(kind) = text[1..].chars().next() else { return 1 };
    let unit = |at: usize| u32::from_str_radix(text.get(at..at + 4)?, 16).ok();
    match kind {
        'u' => {
            let Some(high) = unit(2) else { return 2 };
            let low = if text.get(6..8) == Some("\\u") { unit(8) } else { None };
            let pair = low.filter(|low| (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(low));
            let code = pair.map_or(high, |low| 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            out.extend(char::from_u32(code));
            if pair.is_some() { 12 } else { 6 }
        }
        'n' | 'r' | 't' | 'b' | 'f' => {
            out.push(' ');
            2
        }
        other => {
            out.push(other);
            1 + other.len_utf8()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(text: &str) -> Vec<String> {
        let value = |event| if let Event::Value(value) = event { Some(value) } else { None };
        Events::new(text).filter_map(value).collect()
    }

    #[test]
    fn what_is_wrong_with_it_stops_nobody() {
        let text = "<!-- {\"a\": \"one\ntwo\",, \"b\": [\"x\", 3.5, null,],} {\"c\" : \"open";
        assert_eq!(values(text), ["--", "one\ntwo", "x", "3.5", "null", "open"]);
        let keys: Vec<_> = Events::new(text).filter(|event| matches!(event, Event::Key(_))).collect();
        assert_eq!(keys.len(), 3);
    }

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(values(r#""a\"b\/c\u00e9\ud83d\ude00\n\ud83dx\q""#), ["a\"b/cé😀 xq"]);
        assert_eq!(values(r#""\u12"#), ["12"]);
        assert_eq!(values("\"\\"), [""]);
    }

    proptest! {
        /// Every text has an end, and brackets and strings are what it holds.
        #[test]
        fn any_text_is_read(text in "[{}\\[\\]\"\\\\:,u0-9a-dé \n]{0,60}") {
            prop_assert!(Events::new(&text).count() <= text.len());
        }
    }
}
