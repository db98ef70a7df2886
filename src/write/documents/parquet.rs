//! Cleaned documents as one Parquet file: a column for each key of the JSON lines, compressed with Zstandard.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::error::Error;
use crate::doc::done::Done;
use crate::write::documents::Jsonl;
use crate::write::{Assembled, Totals, Writer};

/// Columns of text, `null` where unknown.
const TEXTS: [&str; 9] = ["id", "lang", "title", "byline", "publisher", "published", "dek", "url", "text"];
/// Columns that hold JSON.
const OBJECTS: [&str; 3] = ["source", "boilerplate", "extra"];
/// Documents in a row group, at most.
const MOST_ROWS: usize = 4096;
/// Bytes of JSON in a row group, about: a document that passes it is its last.
const MOST_BYTES: usize = 16 << 20;

/// A Parquet file with the documents in the order of the input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Parquet {}

impl Writer for Parquet {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        Jsonl {}.render(done, out);
    }

    fn is_assembled(&self) -> bool {
        true
    }

    fn assemble(&self, documents: File, _: &Totals, _: Option<&Path>) -> Result<Assembled, Error> {
        let file = columns(documents).map_err(|e| Error::output("temporary file", e))?;
        Ok(Assembled::of(file))
    }
}

/// The Parquet file of documents that are JSON lines.
fn columns(documents: File) -> io::Result<File> {
    let mut lines = BufReader::new(documents);
    let mut writer = writer(tempfile::tempfile()?).map_err(io::Error::other)?;
    loop {
        let rows = rows(&mut lines)?;
        if rows.is_empty() {
            return writer.into_inner().map_err(io::Error::other);
        }
        let mut group = writer.next_row_group().map_err(io::Error::other)?;
        write_rows(&rows, &mut group).map_err(io::Error::other)?;
        group.close().map_err(io::Error::other)?;
    }
}

fn writer(file: File) -> Result<SerializedFileWriter<File>, ParquetError> {
    let texts = TEXTS.iter().map(|name| format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"));
    let objects = OBJECTS.iter().map(|name| format!("OPTIONAL BYTE_ARRAY {name} (JSON);"));
    let columns: Vec<_> = texts.chain(objects).collect();
    let schema = Arc::new(parse_message_type(&format!("message document {{ {} }}", columns.concat()))?);
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
    SerializedFileWriter::new(file, schema, Arc::new(properties.build()))
}

type Row = BTreeMap<String, Box<RawValue>>;

/// The documents of the next row group; none at the end.
fn rows(lines: &mut impl BufRead) -> io::Result<Vec<Row>> {
    let (mut rows, mut bytes, mut line) = (Vec::new(), 0, String::new());
    while rows.len() < MOST_ROWS && bytes < MOST_BYTES && lines.read_line(&mut line)? > 0 {
        rows.push(serde_json::from_str(&line)?);
        bytes += line.len();
        line.clear();
    }
    Ok(rows)
}

fn write_rows(rows: &[Row], group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
    for name in TEXTS.iter().chain(&OBJECTS) {
        let Some(mut column) = group.next_column()? else { break };
        let (mut values, mut levels) = (Vec::new(), Vec::with_capacity(rows.len()));
        for row in rows {
            let value = value(row, name)?;
            levels.push(i16::from(value.is_some()));
            values.extend(value.map(|value| ByteArray::from(value.into_bytes())));
        }
        column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

/// The value of a column: a text, or JSON as it stands.
fn value(row: &Row, name: &str) -> Result<Option<String>, ParquetError> {
    let Some(raw) = row.get(name) else { return Ok(None) };
    if OBJECTS.contains(&name) {
        return Ok(Some(raw.get().to_owned()));
    }
    serde_json::from_str(raw.get()).map_err(|e| ParquetError::External(Box::new(e)))
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use serde_json::Value;

    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn every_key_of_the_json_lines_comes_back() {
        let lines = rendered(&Jsonl {}, &sample::all());
        let mut aside = tempfile::tempfile().unwrap();
        aside.write_all(lines.as_bytes()).unwrap();
        aside.rewind().unwrap();
        let file = columns(aside).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<Value> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_json_value()).collect();
        assert_eq!(rows.len(), lines.lines().count());
        for (row, line) in rows.iter().zip(lines.lines()) {
            let object: Value = serde_json::from_str(line).unwrap();
            for name in TEXTS {
                assert_eq!(row[name], object[name], "{name}");
            }
            for name in OBJECTS {
                let json: Value = serde_json::from_str(row[name].as_str().unwrap()).unwrap();
                assert_eq!(json, object[name], "{name}");
            }
        }
    }
}
