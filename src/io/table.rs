//! Tables of values separated by commas, semicolons or tabs, cut into rows: each becomes a JSON object under the names of the
//! header row, so that columns and fields are one thing. A cell without a value is no member.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;

use crate::base::error::DocErrorKind;
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::decode::decode;
use crate::io::frame::{Cut, Framer};
use crate::io::json_lines::{decoded, unmarked};
use crate::io::open::Place;
use crate::io::stream::Stream;

/// The most columns that a table may have.
const MOST_COLUMNS: usize = 1 << 16;

/// How much is looked at to find the encoding, the separator and the quoting, in bytes.
const LOOKED_AT: usize = 64 << 10;

/// Cuts a table into rows.
#[derive(Debug)]
pub struct Table {
    stream: Stream,
    core: Box<Reader>,
    place: Place,
    format: Format,
    encoding: &'static Encoding,
    /// The names of the columns, each as a JSON string.
    columns: Vec<String>,
    /// The cells of the row, one after the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    /// The number of the next row, from 0; the header is none.
    row: u64,
}

/// What reading a row came to.
#[derive(Debug, PartialEq)]
enum Row {
    /// A row of so many bytes and cells.
    Whole(usize, usize),
    /// A row over the cap; it was passed over.
    TooLong,
    End,
}

impl Table {
    /// The rows of `stream`, which is unpacked: `Csv` or `Tsv`.
    ///
    /// # Errors
    /// `Malformed` when no column of the header is that of the text, `Binary` for what is no text, and what the stream ends
    /// with before the header is whole.
    pub fn open(stream: Stream, place: Place, format: Format) -> Result<Self, DocErrorKind> {
        let (mut encoding, mut stream) = unmarked(stream);
        let head = stream.peek(LOOKED_AT);
        if let Some(other) = other_encoding(head)? {
            encoding = other;
            stream = decoded(stream, other);
        }
        let head = stream.peek(LOOKED_AT);
        let delimiter = if format == Format::Tsv { b'\t' } else { delimiter(head) };
        let quoting = format != Format::Tsv || is_quoted(head);
        let core = ReaderBuilder::new().delimiter(delimiter).quoting(quoting).build();
        let (core, columns) = (Box::new(core), Vec::new());
        let (cells, ends) = (vec![0; 4 << 10], vec![0; 64]);
        let mut table = Self { stream, core, place, format, encoding, columns, cells, ends, row: 0 };
        table.header()?;
        Ok(table)
    }

    fn header(&mut self) -> Result<(), DocErrorKind> {
        let malformed = |reason: String| DocErrorKind::Malformed { reason };
        match self.read()? {
            Row::End => return Err(malformed("a table without a header row".to_owned())),
            Row::TooLong => return Err(DocErrorKind::TooLarge { limit: self.place.cap() as u64 }),
            Row::Whole(_, cells) => {
                let names = (0..cells).map(|at| self.cell(at).trim().to_owned());
                let names: Vec<String> = names.collect();
                let wanted = &self.place.options.text_columns;
                if !names.iter().any(|name| wanted.contains(name)) {
                    let shown = names.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
                    let shown: String = shown.chars().take(300).collect();
                    let wanted = wanted.join("` or `");
                    return Err(malformed(format!(
                        "no column is called `{wanted}`; the header row is: {shown}"
                    )));
                }
                let named = |(at, name): (usize, &String)| match name.as_str() {
                    "" => json(&format!("column {}", at + 1)),
                    name => json(name),
                };
                self.columns = names.iter().enumerate().map(named).collect();
            }
        }
        Ok(())
    }

    /// Reads the next row into `cells` and `ends`. One over the cap is passed over in bounded memory.
    fn read(&mut self) -> Result<Row, DocErrorKind> {
        let cap = self.place.cap();
        let (mut bytes, mut cells, mut too_long) = (0, 0, false);
        loop {
            let input = self.stream.chunk()?;
            let (result, taken, written, ended) =
                self.core.read_record(input, &mut self.cells[bytes..], &mut self.ends[cells..]);
            self.stream.skip(taken);
            (bytes, cells) = (bytes + written, cells + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.cells.len() <= cap => {
                    self.cells.resize((2 * self.cells.len()).min(cap + 1), 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_COLUMNS => {
                    self.ends.resize(2 * self.ends.len(), 0);
                }
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    (bytes, cells, too_long) = (0, 0, true);
                }
                ReadRecordResult::Record if too_long || bytes > cap => return Ok(Row::TooLong),
                ReadRecordResult::Record => return Ok(Row::Whole(bytes, cells)),
                ReadRecordResult::End => return Ok(Row::End),
            }
        }
    }

    fn cell(&self, at: usize) -> std::borrow::Cow<'_, str> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        String::from_utf8_lossy(&self.cells[start..self.ends[at]])
    }

    /// The row as a JSON object.
    fn object(&self, cells: usize) -> Result<Vec<u8>, DocErrorKind> {
        let spare = |at| self.cell(at).trim().is_empty();
        if cells < self.columns.len() || !(self.columns.len()..cells).all(spare) {
            let reason = format!("a row of {cells} cells under {} columns", self.columns.len());
            return Err(DocErrorKind::Malformed { reason });
        }
        let mut object = String::from("{");
        for (at, name) in self.columns.iter().enumerate() {
            let cell = self.cell(at);
            if cell.is_empty() {
                continue;
            }
            if object.len() > 1 {
                object.push(',');
            }
            object.push_str(name);
            object.push(':');
            object.push_str(&json(&cell));
        }
        object.push('}');
        Ok(object.into_bytes())
    }
}

impl Framer for Table {
    fn next(&mut self) -> Option<Cut> {
        let number = self.row;
        self.row += 1;
        let object = match self.read() {
            Ok(Row::End) => return None,
            Ok(Row::TooLong) => Err(DocErrorKind::TooLarge { limit: self.place.cap() as u64 }),
            Ok(Row::Whole(bytes, cells)) => {
                // A table that begins in ASCII may go on in an older encoding.
                if let Some(Ok(Some(other))) = std::str::from_utf8(&self.cells[..bytes])
                    .is_err()
                    .then(|| other_encoding(&self.cells[..bytes]))
                {
                    self.encoding = other;
                    self.recode(other, cells);
                }
                self.object(cells)
            }
            Err(kind) => Err(kind),
        };
        Some(match object {
            Err(kind) => Cut::Failed(self.place.failed(number, kind)),
            Ok(object) => {
                let source = Source { encoding: self.encoding.name(), ..self.place.source(number) };
                let record = Record::new(Payload::Bytes(object), Format::Jsonl, source);
                Cut::Record(Box::new(Record { within: Some(self.format), ..record }))
            }
        })
    }

    fn format(&self) -> Option<Format> {
        Some(self.format)
    }
}

impl Table {
    /// Makes UTF-8 of the cells of a row that is in `encoding`.
    fn recode(&mut self, encoding: &'static Encoding, cells: usize) {
        let mut recoded = Vec::new();
        let mut start = 0;
        for end in &mut self.ends[..cells] {
            let (cell, _) = encoding.decode_without_bom_handling(&self.cells[start..*end]);
            start = *end;
            recoded.extend_from_slice(cell.as_bytes());
            *end = recoded.len();
        }
        if self.cells.len() < recoded.len() {
            self.cells.resize(recoded.len(), 0);
        }
        self.cells[..recoded.len()].copy_from_slice(&recoded);
    }
}

/// The encoding of bytes that are not UTF-8, one character at their end that may be cut off aside.
fn other_encoding(head: &[u8]) -> Result<Option<&'static Encoding>, DocErrorKind> {
    let sound = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(e) => e.error_len().is_none(),
    };
    if sound && !head.contains(&0) {
        return Ok(None);
    }
    let name = decode(head.to_vec())?.encoding;
    Ok(Encoding::for_label(name.as_bytes()).filter(|&encoding| encoding != encoding_rs::UTF_8))
}

/// The separator: of comma, semicolon, tab and bar the one that the header row has most of, outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let known = [b',', b';', b'\t', b'|'];
    let (mut counts, mut quoted) = ([0_u32; 4], false);
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = known.iter().position(|&k| k == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    // The first of equals.
    let best = (0..known.len()).rev().max_by_key(|&at| counts[at]).unwrap_or_default();
    known[best]
}

/// Whether quotes enclose cells of a table of tabs, as spreadsheets write them; in other such tables a quote is a character.
///
/// They do not where every line has as many tabs as the header and some cell begins with a quote that does not enclose it.
fn is_quoted(head: &[u8]) -> bool {
    let end = memchr::memrchr(b'\n', head).unwrap_or(head.len());
    let tabs = |line: &[u8]| memchr::memchr_iter(b'\t', line).count();
    let lines = || head[..end].split(|&b| b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines().next().map_or(0, tabs);
    let encloses = |cell: &[u8]| {
        let inner = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\""));
        inner.is_some_and(|inner| {
            let bare = inner.split(|&b| b == b'"').collect::<Vec<_>>();
            // Doubled quotes leave an empty piece between them.
            bare.len() % 2 == 1 && bare.iter().skip(1).step_by(2).all(|piece| piece.is_empty())
        })
    };
    let even = lines().all(|line| line.is_empty() || tabs(line) == first);
    let stray = || {
        lines().any(|line| line.split(|&b| b == b'\t').any(|cell| cell.starts_with(b"\"") && !encloses(cell)))
    };
    !(even && stray())
}

/// `text` as a JSON string.
pub(crate) fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::io::frame::tests::place;

    fn rows_within(bytes: impl Into<Vec<u8>>, format: Format, cap: usize) -> Vec<String> {
        let mut table = match Table::open(Stream::new(Cursor::new(bytes.into())), place(cap), format) {
            Ok(table) => table,
            Err(kind) => return vec![kind.to_string()],
        };
        let mut rows = Vec::new();
        while let Some(cut) = table.next() {
            rows.push(match cut {
                Cut::Record(record) => {
                    assert_eq!((record.format, record.within), (Format::Jsonl, Some(format)));
                    let Payload::Bytes(bytes) = record.payload else { panic!("rows come as bytes") };
                    String::from_utf8(bytes).unwrap()
                }
                Cut::Failed(e) => format!("{}: {}", e.record, e.kind),
                other => panic!("{other:?}"),
            });
        }
        rows
    }

    fn rows(bytes: impl Into<Vec<u8>>) -> Vec<String> {
        rows_within(bytes, Format::Csv, 1 << 20)
    }

    #[test]
    fn rows_become_objects_under_the_names_of_the_header() {
        assert_eq!(
            rows("\u{feff}id,text,\r\n1,\"He said \"\"no\"\".\nThen, yes.\",x\r\n\r\n2,,\r\n"),
            [r#"{"id":"1","text":"He said \"no\".\nThen, yes.","column 3":"x"}"#, r#"{"id":"2"}"#]
        );
    }

    #[test]
    fn the_separator_is_the_one_that_the_header_has_most_of() {
        assert_eq!(rows("a;text;\"b,c\"\n1;x, y;2"), [r#"{"a":"1","text":"x, y","b,c":"2"}"#]);
        assert_eq!(rows("text\nx, y\n"), ["0: a row of 2 cells under 1 columns"]);
        assert_eq!(rows("a\ttext\n1\tx"), [r#"{"a":"1","text":"x"}"#]);
    }

    #[test]
    fn a_ragged_row_fails_alone_and_empty_cells_at_its_end_do_not_count() {
        let failed = "1: a row of 1 cells under 2 columns";
        assert_eq!(
            rows("a,text\n1,x,,\n2\n3,y\n"),
            [r#"{"a":"1","text":"x"}"#, failed, r#"{"a":"3","text":"y"}"#]
        );
    }

    #[test]
    fn a_header_without_a_text_is_one_error_that_names_the_columns() {
        insta::assert_snapshot!(rows("id,body\n1,x\n2,y\n")[0], @"no column is called `text` or `html`; the header row is: id, body");
        insta::assert_snapshot!(rows("")[0], @"a table without a header row");
    }

    #[test]
    fn a_row_over_the_cap_and_one_that_is_never_closed_are_passed_over_in_bounded_memory() {
        let long = format!("text\n{}\nshort\n\"{}", "x".repeat(9000), "y\n".repeat(9000));
        let limit = "more than the 8000 bytes that input.max_record_bytes allows";
        assert_eq!(
            rows_within(long, Format::Csv, 8000),
            [&format!("0: {limit}"), r#"{"text":"short"}"#, &format!("2: {limit}")]
        );
    }

    #[test]
    fn other_encodings_become_utf_8_wherever_they_begin() {
        let text = "id;text\n1;Le café était fermé, hélas, depuis l’été.\n";
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let expected = [r#"{"id":"1","text":"Le café était fermé, hélas, depuis l’été."}"#];
        assert_eq!(rows(wide), expected);
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(rows(western.into_owned()), expected);
        let mut late = format!("id;text\n{}", "0;plain words\n".repeat(8000)).into_bytes();
        late.extend_from_slice(&encoding_rs::WINDOWS_1252.encode(&text[8..]).0);
        assert_eq!(rows(late).last().map(String::as_str), Some(expected[0]));
    }

    #[test]
    fn quotes_in_a_table_of_tabs_are_characters_unless_a_spreadsheet_wrote_them() {
        let rows = |text: &str| rows_within(text, Format::Tsv, 1 << 20);
        assert_eq!(rows("id\ttext\n1\t\"No,\" he said.\n"), [r#"{"id":"1","text":"\"No,\" he said."}"#],);
        assert_eq!(rows("id\ttext\n1\t\"one\ntwo\"\n"), [r#"{"id":"1","text":"one\ntwo"}"#]);
        assert_eq!(rows("id\ttext\n1\t\"say \"\"no\"\"\"\n"), [r#"{"id":"1","text":"say \"no\""}"#]);
    }

    #[test]
    fn fifty_thousand_columns_are_read_and_more_than_the_most_are_refused() {
        let header = |count: usize| {
            (0..count).fold(String::new(), |all, n| all + "c" + &n.to_string() + ",") + "text\n"
        };
        let row = |count: usize| ",".repeat(count) + "x\n";
        assert_eq!(rows(header(50_000) + &row(50_000)), [r#"{"text":"x"}"#]);
        assert_eq!(rows(header(70_000) + &row(70_000)).len(), 1);
    }
}
