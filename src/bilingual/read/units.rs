//! Units as JSON lines.

use std::io::{BufRead, Read};

use serde::Deserialize;

use crate::bilingual::read::source::Source;
use crate::bilingual::read::{filled, unread};
use crate::bilingual::row::{Head, Refusal, Row};
use crate::bilingual::state::State;

/// A line; what else stands in it is passed over.
#[derive(Deserialize)]
struct Unit {
    id: String,
    source: String,
    target: Option<String>,
    state: Option<String>,
    note: Option<String>,
    doc: Option<String>,
}

/// Reads units. Empty lines are passed over.
///
/// # Errors
/// For the first line that is no unit.
pub(super) fn read(input: &mut dyn Read, take: &mut dyn FnMut(Row)) -> Result<Head, Refusal> {
    let mut source = Source::open(input).map_err(unread)?;
    let (mut line, mut bytes) = (0, Vec::new());
    let (mut document, mut inside) = (0, None);
    loop {
        line += 1;
        bytes.clear();
        let read = source.read_until(b'\n', &mut bytes);
        if read.map_err(|error| Refusal::on_line(line, error.to_string()))? == 0 {
            return Ok(Head::default());
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let unit: Unit = serde_json::from_slice(&bytes)
            .map_err(|error| Refusal::on_line(line, format!("no unit: {}", told(&error))))?;
        document += usize::from(inside.as_ref().is_some_and(|inside| *inside != unit.doc));
        inside = Some(unit.doc);
        take(Row {
            id: unit.id,
            source: unit.source,
            target: unit.target.and_then(filled),
            state: unit.state.as_deref().and_then(State::parse),
            notes: unit.note.and_then(filled).into_iter().collect(),
            document,
            line,
            ..Row::default()
        });
    }
}

/// The error of a parser that counts the lines of its own text, which is one.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.replacen(" at line 1 column ", " at column ", 1)
}

#[cfg(test)]
mod tests {
    use crate::bilingual::read::tests::{told, utf_16};

    #[test]
    fn targets_may_be_null_absent_or_empty() {
        let file = "\u{feff}{\"id\":\"u1\",\"doc\":\"d\",\"source\":\"One\\n\",\"target\":\"Un\",\"state\":\"final\",\"note\":\"n\"}\r\n\r\n\
            {\"id\":\"u2\",\"source\":\"Two\",\"target\":null,\"state\":null}\n{\"id\":\"u3\",\"source\":\"\",\"target\":\" \",\"more\":[1]}";
        insta::assert_snapshot!(told("a.jsonl", file), @r#"
        - > -
        1 u1 "One\n" Some("Un") final notes ["n"]
        3 u2 "Two" None -
        4 u3 "" None -
        "#);
        assert_eq!(told("a.jsonl", utf_16(&file[3..], false, true)), told("a.jsonl", file));
    }

    #[test]
    fn a_bad_line_refuses_the_file_with_its_number() {
        insta::assert_snapshot!(told("a.jsonl", "{\"id\":\"u1\",\"source\":\"One\"}\n{\"id\":\"u2\",\"sour"), @"refused: line 2: no unit: EOF while parsing a string at column 16");
        insta::assert_snapshot!(told("a.jsonl", "\n{\"id\":\"u1\",\"target\":\"a\"}\n"), @"refused: line 2: no unit: missing field `source` at column 24");
        insta::assert_snapshot!(told("a.jsonl", "{\"id\":\"u1\",\"source\":\"\\ud800\"}\n"), @"refused: line 1: no unit: unexpected end of hex escape at column 28");
        insta::assert_snapshot!(told("a.jsonl", b"{\"id\":\"u1\",\"source\":\"\xff\"}\n"), @"refused: line 1: no unit: invalid unicode code point at column 22");
    }
}
