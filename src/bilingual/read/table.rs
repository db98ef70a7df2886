//! Tables of tabs, commas or semicolons, plain or quoted as spreadsheets do (RFC 4180). Which of these a file is, is decided
//! once for the whole of it.

use std::io::Read;

use crate::bilingual::read::columns::{Columns, is_blank};
use crate::bilingual::read::{Format, Options, undecoded, unread};
use crate::bilingual::row::{Head, Refusal, Row};
use crate::io::decode::decode;

/// How the text of a table is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    separator: char,
    /// Whether quotes around a cell enclose it.
    quoted: bool,
    /// Whether `\t`, `\n`, `\r` and `\\` stand for what they name.
    escaped: bool,
}

/// Reads a table.
///
/// # Errors
/// For bytes that are no text, a header row without the columns `id` and `source`, and a quoted cell that does not end.
pub(super) fn read(
    input: &mut dyn Read,
    format: Format,
    options: &Options<'_>,
    take: &mut dyn FnMut(Row),
) -> Result<Head, Refusal> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(unread)?;
    let decoded = decode(bytes).map_err(|kind| undecoded(&kind))?;
    if decoded.replaced > 0 {
        return Err(Refusal::whole(format!("not valid {}", decoded.encoding)));
    }
    let text = decoded.text.as_str().trim_start_matches('\u{feff}');
    let (text, line, separator) = opened(text, format);
    let lines = |reading: Reading| Lines { rest: text, reading, line, fault: None, told: false };
    let readings =
        readings(separator, || is_quoted(lines(Reading { separator, quoted: true, escaped: false })));
    let mut best = readings[0];
    if let Some(known) = options.known {
        let mut most = 0;
        for reading in readings {
            let mut count = 0_u64;
            // What cannot be read whole is not what the file is.
            let whole =
                rows(lines(reading), &mut |row| count += u64::from(known(&row.id, &row.source))).is_ok();
            if whole && count > most {
                (best, most) = (reading, count);
            }
        }
    }
    rows(lines(best), take)?;
    Ok(Head::default())
}

/// The text behind a line that names the separator (`sep=;`, as Excel takes it), the number of its first line, and the separator.
fn opened(text: &str, format: Format) -> (&str, u64, char) {
    let (first, rest) = text.split_at(text.find(['\n', '\r']).unwrap_or(text.len()));
    let named = first.trim_matches('"').strip_prefix("sep=").and_then(|named| named.chars().next());
    if let Some(separator @ ('\t' | ',' | ';')) = named {
        return (rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default(), 2, separator);
    }
    // The one that the header has most of; the format decides between equals.
    let header = text.trim_start_matches(['\n', '\r']).lines().next().unwrap_or_default();
    let order = if format == Format::Tsv { ['\t', ',', ';'] } else { [',', ';', '\t'] };
    let separator = order.into_iter().rev().max_by_key(|&separator| header.matches(separator).count());
    (text, 1, separator.unwrap_or('\t'))
}

/// The ways to take a table, the likeliest by look first.
fn readings(separator: char, is_quoted: impl FnOnce() -> bool) -> Vec<Reading> {
    let reading = |quoted, escaped| Reading { separator, quoted, escaped };
    match separator {
        '\t' if is_quoted() => vec![reading(true, true), reading(false, true), reading(true, false)],
        '\t' => vec![reading(false, true), reading(true, true), reading(true, false)],
        // A table of tabs that a spreadsheet wrote anew still has its escapes.
        _ => vec![reading(true, false), reading(true, true)],
    }
}

/// Whether a table of tabs looks quoted: all its quoted cells are well quoted, and one of them is so for a reason.
fn is_quoted(mut lines: Lines<'_>) -> bool {
    while lines.next().is_some() {}
    lines.fault.is_none() && lines.told
}

fn rows(mut lines: Lines<'_>, take: &mut dyn FnMut(Row)) -> Result<(), Refusal> {
    let mut columns: Option<Columns> = None;
    while let Some((line, cells)) = lines.next() {
        if let Some(Fault { open: true, line }) = lines.fault {
            return Err(Refusal::on_line(line, "truncated: a quoted cell that does not end"));
        }
        match &columns {
            Some(columns) => columns.row(cells, line).into_iter().for_each(&mut *take),
            None if is_blank(&cells) => {}
            None => {
                columns = Some(Columns::of(&cells).map_err(|reason| Refusal::on_line(line, reason))?);
            }
        }
    }
    columns.map(drop).ok_or_else(|| Refusal::whole("a table without a header row"))
}

/// The lines of a table, each with its number and its cells.
#[derive(Debug, Clone)]
struct Lines<'t> {
    rest: &'t str,
    reading: Reading,
    /// Number of the line that `rest` begins on.
    line: u64,
    /// What is not well quoted.
    fault: Option<Fault>,
    /// Whether a quoted cell held what must be quoted, or was one of the header.
    told: bool,
}

/// A cell that is not well quoted.
#[derive(Debug, Clone, Copy)]
struct Fault {
    line: u64,
    /// Whether the text ended inside it.
    open: bool,
}

impl Lines<'_> {
    fn next(&mut self) -> Option<(u64, Vec<String>)> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, mut cells) = (self.line, Vec::new());
        loop {
            cells.push(self.cell());
            let Some(end) = self.rest.chars().next() else { break };
            self.rest = &self.rest[end.len_utf8()..];
            if end != self.reading.separator {
                if end == '\r' {
                    self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
                }
                self.line += 1;
                break;
            }
        }
        Some((line, cells))
    }

    /// The next cell; `rest` then begins with what ended it.
    fn cell(&mut self) -> String {
        let ends = [self.reading.separator, '\n', '\r'];
        let mut cell = String::new();
        if self.reading.quoted && self.rest.starts_with('"') {
            self.told |= self.line == 1;
            self.enclosed(&mut cell);
        }
        let (plain, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        cell.push_str(plain);
        self.rest = rest;
        if self.reading.escaped { unescaped(&cell) } else { cell }
    }

    /// Takes a cell in quotes up to the one that ends it.
    fn enclosed(&mut self, cell: &mut String) {
        let begin = self.line;
        self.rest = &self.rest[1..];
        loop {
            let Some(at) = self.rest.find('"') else {
                self.fault = Some(Fault { line: begin, open: true });
                cell.push_str(std::mem::take(&mut self.rest));
                return;
            };
            let inside = &self.rest[..at];
            self.line += breaks(inside);
            self.told |= inside.contains([self.reading.separator, '\n', '\r']);
            cell.push_str(inside);
            self.rest = &self.rest[at + 1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    cell.push('"');
                    self.told = true;
                    self.rest = rest;
                }
                None => break,
            }
        }
        let ended = self.rest.is_empty() || self.rest.starts_with([self.reading.separator, '\n', '\r']);
        if !ended && self.fault.is_none() {
            self.fault = Some(Fault { line: begin, open: false });
        }
    }
}

/// Line ends in a text; a lone carriage return is one.
fn breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    ends.filter(|&at| bytes[at] == b'\r' || at == 0 || bytes[at - 1] != b'\r').count() as u64
}

/// The text that a cell of a table of tabs stands for; a backslash before anything else is one.
fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((plain, after)) = rest.split_once('\\') {
        out.push_str(plain);
        let known = match after.as_bytes().first() {
            Some(b't') => Some('\t'),
            Some(b'n') => Some('\n'),
            Some(b'r') => Some('\r'),
            Some(b'\\') => Some('\\'),
            _ => None,
        };
        out.push(known.unwrap_or('\\'));
        rest = &after[usize::from(known.is_some())..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bilingual::read::tests::{rows_of, told, told_with, utf_16};

    #[test]
    fn columns_go_by_name_and_what_is_missing_or_more_is_no_matter() {
        let file = "\u{feff}\r\nNOTE\tmore\t Target\tState\tSOURCE\tid\r\nn\tx\tDeux\\n\tReviewed\tTwo\\n\\\\n \\a\tu2\t\t\r\n\t\t\t\t\t\r\n\t\t \tinitial\tOne\tu1\r\n\tx\r\n";
        insta::assert_snapshot!(told("a.tsv", file), @r#"
        - > -
        3 u2 "Two\n\\n \\a" Some("Deux\n") reviewed notes ["n"]
        5 u1 "One" None initial
        6  "" None -
        "#);
        assert_eq!(told("a.txt", utf_16(file, false, true)), told("a.tsv", file));
        insta::assert_snapshot!(told("a.csv", "id,source\nu1,a"), @r#"
        - > -
        2 u1 "a" None -
        "#);
        insta::assert_snapshot!(told("a.csv", "sep=;\nid;source;target\nu1;a,b;\"c;\nd\"\nu2;e;f"), @r#"
        - > -
        3 u1 "a,b" Some("c;\nd") -
        5 u2 "e" Some("f") -
        "#);
    }

    #[test]
    fn a_header_without_the_columns_is_refused_with_what_it_has() {
        insta::assert_snapshot!(told("a.tsv", "key\tsource\n1\ta\n"), @"refused: line 1: no column `id` or no column `source`; the header row is: key, source");
        insta::assert_snapshot!(told("a.csv", ""), @"refused: a table without a header row");
        insta::assert_snapshot!(told("a.csv", "id,source\n1,a\n2,\"b\n"), @"refused: line 3: truncated: a quoted cell that does not end");
    }

    #[test]
    fn a_table_of_tabs_looks_quoted_only_where_that_explains_more() {
        let target = |cells: &str| {
            let (_, rows) =
                rows_of("a.tsv", format!("id\tsource\ttarget\nu1\ta\t{cells}\n"), &Options::default())
                    .unwrap();
            rows[0].target.clone().unwrap_or_default()
        };
        assert_eq!(target("\"Yes.\""), "\"Yes.\"");
        assert_eq!(target("\"Yes,\" she said"), "\"Yes,\" she said");
        assert_eq!(target("\"\"\"Yes,\"\" she\\nsaid\""), "\"Yes,\" she\nsaid");
        assert_eq!(target("\"two\nlines\""), "two\nlines");
        assert_eq!(target("\"one\nu2\tb\t\"c\" d"), "\"one");
    }

    #[test]
    fn known_sources_decide_for_the_whole_file() {
        let plain = "id\tsource\ttarget\nu1\t\"Yes.\"\t\"Oui.\"\nu2\tback\\\\slash\tx\n";
        let quoted = "id\tsource\ttarget\nu1\tYes.\t\"Oui.\"\nu2\tback\\\\slash\tx\n";
        let known = |id: &str, source: &str| matches!((id, source), ("u1", "Yes.") | ("u2", "back\\slash"));
        let options = Options { known: Some(&known), ..Options::default() };
        insta::assert_snapshot!(told_with("a.tsv", plain, &options), @r#"
        - > -
        2 u1 "Yes." Some("Oui.") -
        3 u2 "back\\slash" Some("x") -
        "#);
        insta::assert_snapshot!(told_with("a.tsv", quoted, &options), @r#"
        - > -
        2 u1 "Yes." Some("\"Oui.\"") -
        3 u2 "back\\slash" Some("x") -
        "#);
        let sheet = plain.replace('\t', ",");
        insta::assert_snapshot!(told_with("a.csv", &sheet, &options), @r#"
        - > -
        2 u1 "Yes." Some("Oui.") -
        3 u2 "back\\slash" Some("x") -
        "#);
        insta::assert_snapshot!(told("a.csv", &sheet), @r#"
        - > -
        2 u1 "Yes." Some("Oui.") -
        3 u2 "back\\\\slash" Some("x") -
        "#);
    }

    #[test]
    fn older_encodings_of_spreadsheets_are_read_and_broken_ones_refused() {
        let bytes = encoding_rs::WINDOWS_1252
            .encode("id;source;target\r\nu1;Closed;Fermé à l’été\r\n")
            .0
            .into_owned();
        assert_eq!(told("a.csv", bytes), "- > -\n2 u1 \"Closed\" Some(\"Fermé à l’été\") -\n");
        insta::assert_snapshot!(told("a.csv", b"id,source,target\nu1,a,caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xc3\n"), @"refused: not valid UTF-8");
    }
}
