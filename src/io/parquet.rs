//! Parquet files: each row becomes a JSON object under the names of its columns, as a row of a table does.
//!
//! Rows are read page by page; a file that can be read only once is kept in a temporary file first.

use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;

use crate::base::error::DocErrorKind;
use crate::doc::record::{Format, Payload, Record};
use crate::io::frame::{Cut, Framer};
use crate::io::open::Place;
use crate::io::stream::{Stream, fault};

/// Rows that a column is read ahead by.
const BATCH: usize = 64;

/// Gives the rows of a Parquet file.
pub struct Parquet {
    rows: RowIter<'static>,
    place: Place,
    row: u64,
    ended: bool,
}

impl std::fmt::Debug for Parquet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parquet").field("place", &self.place).field("row", &self.row).finish_non_exhaustive()
    }
}

impl Parquet {
    /// The rows of `stream`, which lies in `file` where it is not packed.
    ///
    /// # Errors
    /// `Malformed` for what is no Parquet file or has no column of text, and what the stream ends with.
    pub fn open(mut stream: Stream, place: Place, file: Option<&Path>) -> Result<Self, DocErrorKind> {
        let file = if let Some(path) = file {
            File::open(path).map_err(fault)?
        } else {
            let mut file = tempfile::tempfile().map_err(fault)?;
            io::copy(&mut stream, &mut file).map_err(fault)?;
            file
        };
        let reader = guarded(|| SerializedFileReader::new(file))?;
        let schema = reader.metadata().file_metadata().schema();
        let wanted = &place.options.text_columns;
        let has = |name: &String| schema.get_fields().iter().any(|field| field.name() == name);
        if !wanted.iter().any(has) {
            let names: Vec<_> = schema.get_fields().iter().take(20).map(|field| field.name()).collect();
            let (wanted, names) = (wanted.join("` or `"), names.join(", "));
            return Err(malformed(format!("no column is called `{wanted}`; the columns are: {names}")));
        }
        let rows = RowIter::from_file_into(Box::new(reader)).with_batch_size(BATCH);
        Ok(Self { rows, place, row: 0, ended: false })
    }
}

impl Framer for Parquet {
    fn next(&mut self) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let number = self.row;
        self.row += 1;
        let row = match guarded(|| self.rows.next().transpose()) {
            Ok(row) => row?,
            Err(kind) => {
                self.ended = true;
                return Some(Cut::Failed(self.place.failed(number, kind)));
            }
        };
        let mut object = row.to_json_value();
        if let Some(members) = object.as_object_mut() {
            members.retain(|_, value| !value.is_null());
        }
        let bytes = object.to_string().into_bytes();
        if bytes.len() > self.place.cap() {
            let kind = DocErrorKind::TooLarge { limit: self.place.cap() as u64 };
            return Some(Cut::Failed(self.place.failed(number, kind)));
        }
        let record = Record::new(Payload::Bytes(bytes), Format::Jsonl, self.place.source(number));
        Some(Cut::Record(Box::new(Record { within: Some(Format::Parquet), ..record })))
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Parquet)
    }
}

fn malformed(reason: String) -> DocErrorKind {
    DocErrorKind::Malformed { reason }
}

/// What `work` gives; the library panics on some damaged files, which is one more way of being damaged.
fn guarded<T>(work: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, DocErrorKind> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|e| malformed(format!("not valid Parquet: {e}"))),
        Err(_) => Err(malformed("not valid Parquet".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;
    use crate::io::frame::tests::place;

    fn file(column: &str) -> Vec<u8> {
        let schema = format!("message m {{ REQUIRED INT32 n; OPTIONAL BYTE_ARRAY {column} (UTF8); }}");
        let schema = Arc::new(parse_message_type(&schema).unwrap());
        let mut writer =
            SerializedFileWriter::new(Vec::new(), schema, Arc::new(WriterProperties::new())).unwrap();
        let mut group = writer.next_row_group().unwrap();
        let mut numbers = group.next_column().unwrap().unwrap();
        numbers.typed::<Int32Type>().write_batch(&[1, 2], None, None).unwrap();
        numbers.close().unwrap();
        let mut texts = group.next_column().unwrap().unwrap();
        let text = [ByteArray::from("One. \"Two\".")];
        texts.typed::<ByteArrayType>().write_batch(&text, Some(&[1, 0]), None).unwrap();
        texts.close().unwrap();
        group.close().unwrap();
        writer.into_inner().unwrap()
    }

    fn rows(bytes: Vec<u8>) -> Vec<String> {
        let stream = Stream::new(io::Cursor::new(bytes));
        let mut parquet = match Parquet::open(stream, place(1 << 20), None) {
            Ok(parquet) => parquet,
            Err(kind) => return vec![kind.to_string()],
        };
        let mut all = Vec::new();
        while let Some(cut) = parquet.next() {
            all.push(match cut {
                Cut::Record(record) => {
                    let Payload::Bytes(bytes) = record.payload else { panic!("rows come as bytes") };
                    String::from_utf8(bytes).unwrap()
                }
                Cut::Failed(e) => e.kind.to_string(),
                other => panic!("{other:?}"),
            });
        }
        all
    }

    #[test]
    fn rows_become_objects_without_what_is_null() {
        assert_eq!(rows(file("text")), [r#"{"n":1,"text":"One. \"Two\"."}"#, r#"{"n":2}"#]);
        let missing = "no column is called `text` or `html`; the columns are: n, body";
        assert_eq!(rows(file("body")), [missing]);
    }

    #[test]
    fn a_file_cut_or_changed_anywhere_is_an_error_and_no_more() {
        let whole = file("text");
        for at in 0..whole.len() {
            rows(whole[..at].to_vec());
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            rows(changed);
        }
    }
}
