//! Messages of GNU gettext (PO), as its manual describes them: the context is the id.

use std::io::Read;

use encoding_rs::Encoding;

use crate::bilingual::read::{filled, undecoded, unread};
use crate::bilingual::row::{Head, Refusal, Row};
use crate::bilingual::state::State;
use crate::io::decode::decode_labelled;

/// Reads a PO file. Of plural forms the first is the target.
///
/// # Errors
/// For a line that is none of PO, a message that is not whole, and bytes that are not in the encoding of the header.
pub(super) fn read(input: &mut dyn Read, take: &mut dyn FnMut(Row)) -> Result<Head, Refusal> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(unread)?;
    let label = charset(&bytes);
    let decoded = decode_labelled(bytes, label).map_err(|kind| undecoded(&kind))?;
    if decoded.replaced > 0 {
        return Err(Refusal::whole(format!("not valid {}", decoded.encoding)));
    }
    let mut messages = Messages { head: Head::default(), now: Message::default(), found: 0, take };
    let mut at = 0;
    for line in decoded.text.as_str().trim_start_matches('\u{feff}').lines() {
        at += 1;
        messages.line(line.trim(), at)?;
    }
    messages.finish(at)?;
    if messages.found == 0 {
        return Err(Refusal::whole("no PO: the file holds no message"));
    }
    Ok(messages.head)
}

/// The encoding that the header names. Its line is ASCII in all of them.
fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4 << 10)];
    let after = &head[memchr::memmem::find(head, b"charset=")? + 8..];
    let end = after
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
        .unwrap_or(after.len());
    Encoding::for_label(&after[..end])
}

/// The messages of a file.
struct Messages<'t> {
    head: Head,
    now: Message,
    found: u64,
    take: &'t mut dyn FnMut(Row),
}

/// A message in the making.
#[derive(Default)]
struct Message {
    context: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
    text: Option<Vec<u8>>,
    notes: Vec<String>,
    fuzzy: bool,
    part: Part,
    line: u64,
}

/// What strings that stand alone on a line go on with.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Part {
    #[default]
    None,
    Context,
    Id,
    Text,
    /// What is passed over: plural forms beyond the first.
    Other,
}

impl Messages<'_> {
    fn line(&mut self, line: &str, at: u64) -> Result<(), Refusal> {
        if let Some(comment) = line.strip_prefix('#') {
            // A comment is that of the next message.
            if self.now.text.is_some() || comment.starts_with('~') {
                self.finish(at)?;
            }
            if comment.starts_with('~') {
                self.now = Message::default();
            } else {
                self.comment(comment);
            }
            return Ok(());
        }
        if line.is_empty() {
            return Ok(());
        }
        if line.starts_with('"') {
            return self.add(self.now.part, line, at);
        }
        let (keyword, rest) =
            line.split_at(line.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(line.len()));
        let part = match keyword {
            "msgctxt" => Part::Context,
            "msgid" => Part::Id,
            "msgstr" | "msgstr[0]" => Part::Text,
            "msgid_plural" | "domain" => Part::Other,
            _ if keyword.starts_with("msgstr[") => Part::Other,
            _ => return Err(Refusal::on_line(at, format!("no PO: `{}`", shown(line)))),
        };
        let begins = part == Part::Context || part == Part::Id && self.now.part != Part::Context;
        if begins && self.now.part != Part::None {
            self.finish(at)?;
        }
        let again = match part {
            Part::Context => self.now.context.is_some(),
            Part::Id => self.now.id.is_some(),
            Part::Text => self.now.text.is_some() || self.now.id.is_none(),
            Part::None | Part::Other => false,
        };
        if again {
            return Err(Refusal::on_line(at, format!("no PO: `{keyword}` is out of place")));
        }
        if matches!(part, Part::Context | Part::Id) && self.now.line == 0 {
            self.now.line = at;
        }
        self.now.part = part;
        self.add(part, rest.trim_start(), at)
    }

    fn comment(&mut self, comment: &str) {
        match comment.strip_prefix(',') {
            Some(flags) => self.now.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy"),
            None if comment.starts_with([':', '|']) => {}
            None => {
                let text = comment.strip_prefix('.').unwrap_or(comment);
                let text = text.strip_prefix(' ').unwrap_or(text);
                self.now.notes.extend(filled(text.to_owned()));
            }
        }
    }

    /// Adds a string in quotes to a part of the message.
    fn add(&mut self, part: Part, quoted: &str, at: u64) -> Result<(), Refusal> {
        let bytes = unquoted(quoted).ok_or_else(|| {
            Refusal::on_line(at, format!("no PO: a string that does not end: `{}`", shown(quoted)))
        })?;
        let slot = match part {
            Part::Context => &mut self.now.context,
            Part::Id => &mut self.now.id,
            Part::Text => &mut self.now.text,
            Part::Other => return Ok(()),
            Part::None => return Err(Refusal::on_line(at, "no PO: a string without a keyword")),
        };
        slot.get_or_insert_default().extend(bytes);
        Ok(())
    }

    /// Gives out the message that was read, where there is one.
    fn finish(&mut self, at: u64) -> Result<(), Refusal> {
        if matches!(self.now.part, Part::None | Part::Other) && self.now.id.is_none() {
            return Ok(());
        }
        let message = std::mem::take(&mut self.now);
        let (Some(id), Some(text)) = (message.id, message.text) else {
            return Err(Refusal::on_line(at, "truncated: a message without `msgid` or `msgstr`"));
        };
        let string = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let (id, text) = (string(id), string(text));
        self.found += 1;
        if id.is_empty() && message.context.is_none() {
            self.header(&text);
            return Ok(());
        }
        (self.take)(Row {
            id: message.context.map(string).unwrap_or_default(),
            source: id,
            target: filled(text),
            state: message.fuzzy.then_some(State::Initial),
            notes: message.notes,
            line: message.line,
            ..Row::default()
        });
        Ok(())
    }

    fn header(&mut self, text: &str) {
        for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
            let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
            match name.trim().to_ascii_lowercase().as_str() {
                "language" => self.head.target_lang = value,
                "x-source-language" => self.head.source_lang = value,
                _ => {}
            }
        }
    }
}

/// The beginning of a line, for a message.
fn shown(line: &str) -> String {
    line.chars().take(40).collect()
}

/// The bytes of a string in quotes, escapes of C resolved; `None` where it does not end or more follows.
fn unquoted(quoted: &str) -> Option<Vec<u8>> {
    let mut rest = quoted.strip_prefix('"')?.as_bytes();
    let mut out = Vec::with_capacity(rest.len());
    loop {
        let (&first, after) = rest.split_first()?;
        rest = after;
        match first {
            b'"' => return rest.trim_ascii().is_empty().then_some(out),
            b'\\' => rest = escape(rest, &mut out)?,
            _ => out.push(first),
        }
    }
}

/// Resolves the escape whose backslash stood before `rest`; gives what follows it.
fn escape<'r>(rest: &'r [u8], out: &mut Vec<u8>) -> Option<&'r [u8]> {
    let (&kind, after) = rest.split_first()?;
    let plain = match kind {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 0x07,
        b'b' => 0x08,
        b'f' => 0x0c,
        b'v' => 0x0b,
        b'0'..=b'7' => return Some(number(rest, 8, 3, out)),
        b'x' if after.first().is_some_and(u8::is_ascii_hexdigit) => return Some(number(after, 16, 2, out)),
        b'\\' | b'"' | b'\'' | b'?' => kind,
        _ => {
            // Not an escape: both characters stand for themselves.
            out.push(b'\\');
            return Some(rest);
        }
    };
    out.push(plain);
    Some(after)
}

/// Takes a byte by its number in up to `most` digits.
fn number<'r>(rest: &'r [u8], radix: u32, most: usize, out: &mut Vec<u8>) -> &'r [u8] {
    let digit = |byte: &u8| char::from(*byte).to_digit(radix);
    let count = rest.iter().take(most).take_while(|byte| digit(byte).is_some()).count();
    let value = rest[..count].iter().filter_map(digit).fold(0, |all, digit| all * radix + digit);
    out.push(u8::try_from(value & 0xff).unwrap_or_default());
    &rest[count..]
}

#[cfg(test)]
mod tests {
    use crate::bilingual::read::tests::told;

    #[test]
    fn messages_with_contexts_comments_and_plural_forms() {
        let file = r#"# A file.
msgid ""
msgstr ""
"Language: fr\n"
"X-Source-Language: en\n"

#  kept by hand
#. Position 1 of 7
#: news.txt:3
#, fuzzy, c-format
#| msgid "Old"
msgctxt "u1"
msgid ""
"One \"quoted\"\n"
"line\t\\ \303\251 \x41"
msgstr "Une"
# lost with the obsolete message
#~ msgid "gone"
#~ msgstr "parti"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d jour"
msgstr[1] "%d jours"
msgctxt ""
msgid ""
msgstr "  "
"#;
        insta::assert_snapshot!(told("a.po", file), @r#"
        en > fr
        12 u1 "One \"quoted\"\nline\t\\ é A" Some("Une") initial notes [" kept by hand", "Position 1 of 7"]
        21  "%d day" Some("%d jour") -
        25  "" None -
        "#);
    }

    #[test]
    fn another_encoding_is_that_of_the_header() {
        let file = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-2\\n\"\nmsgid \"a\"\nmsgstr \"žluťoučký kůň úpěl ďábelské ódy\"\n";
        let bytes = encoding_rs::ISO_8859_2.encode(file).0;
        assert_eq!(told("a.po", bytes), "- > -\n3  \"a\" Some(\"žluťoučký kůň úpěl ďábelské ódy\") -\n");
    }

    #[test]
    fn what_is_not_whole_is_refused_with_its_line() {
        insta::assert_snapshot!(told("a.po", "msgid \"a\"\nmsgstr \"b"), @r#"refused: line 2: no PO: a string that does not end: `"b`"#);
        insta::assert_snapshot!(told("a.po", "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\n"), @"refused: line 4: truncated: a message without `msgid` or `msgstr`");
        insta::assert_snapshot!(told("a.po", "msgid \"a\"\nmsgstr \"b\"\nmsgs"), @"refused: line 3: no PO: `msgs`");
        insta::assert_snapshot!(told("a.po", "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n"), @"refused: line 3: no PO: `msgstr` is out of place");
        insta::assert_snapshot!(told("a.po", "\"a\"\n"), @"refused: line 1: no PO: a string without a keyword");
        insta::assert_snapshot!(told("a.po", "msgstr \"a\"\n"), @"refused: line 1: no PO: `msgstr` is out of place");
        insta::assert_snapshot!(told("a.po", "# nothing\n"), @"refused: no PO: the file holds no message");
    }
}
