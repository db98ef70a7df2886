//! What every reader owes.
#![allow(dead_code, reason = "each target takes its part")]

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use nutgraf::doc::document::Field;
use nutgraf::doc::record::{Format, Payload, Record, Source};
use nutgraf::io::frame::{Cut, FrameOptions, Framer};
use nutgraf::io::open::{Opened, Place, open};
use nutgraf::io::stream::Stream;
use nutgraf::io::unpack::Allowance;
use nutgraf::read::{ReadOptions, read};
use nutgraf::{Document, Span, Txt};

/// Reads one record and checks that every character and every mark of its documents leads into its bytes.
pub fn read_and_check(format: Format, bytes: &[u8]) {
    let source = Source { path: "fuzz".to_owned(), encoding: "UTF-8", ..Source::default() };
    let record = Record::new(Payload::Bytes(bytes.to_vec()), format, source);
    let mut documents: Vec<Document> = Vec::new();
    if read(record, &ReadOptions::default(), &mut documents).is_err() {
        assert!(documents.is_empty(), "a failure left documents behind");
    }
    for document in &documents {
        // Spans of other encodings are those of the decoded text, which no byte of which is thrown away for good.
        let most = if document.source.encoding == "UTF-8" { bytes.len() } else { 4 * bytes.len() + 4 };
        for field in [document.title.as_ref(), document.dek.as_ref(), Some(&document.text)].into_iter().flatten() {
            check(field, most);
        }
    }
}

/// The cap on a record, in bytes.
const CAP: u64 = 1 << 20;

/// Opens bytes as a file called `name`, reads every record in it, and checks that no record is over the cap and that there
/// are no more of them than the bytes can hold.
pub fn open_and_check(name: &str, format: Option<Format>, bytes: &[u8]) {
    let options = Arc::new(FrameOptions { input_format: format, max_record_bytes: CAP, ..FrameOptions::default() });
    let allowance = Allowance::of(bytes.len() as u64);
    let place = Place { path: name.to_owned(), member: None, depth: 0, allowance, options };
    let mut framers: Vec<Box<dyn Framer>> = Vec::new();
    match open(Stream::new(Cursor::new(bytes.to_vec())), place, Some(Path::new(name)), None) {
        Ok(Opened::Record(record)) => check_record(*record),
        Ok(Opened::Framer(framer)) => framers.push(framer),
        Err(_) => return,
    }
    let mut found = 0_usize;
    while let Some(framer) = framers.last_mut() {
        found += 1;
        assert!(found < 1 << 20, "it never ends");
        match framer.next() {
            Some(Cut::Record(record)) => check_record(*record),
            Some(Cut::Open(inner)) => {
                framers.push(inner);
                assert!(framers.len() < 40, "opened too deep");
            }
            Some(Cut::Failed(_) | Cut::Skipped(_)) => {}
            None => _ = framers.pop(),
        }
    }
}

fn check_record(record: Record) {
    if let Payload::Bytes(bytes) = &record.payload {
        // A row stands under the names of its columns.
        assert!(bytes.len() as u64 <= 8 * CAP, "{} bytes", bytes.len());
    }
    let mut documents: Vec<Document> = Vec::new();
    let options = ReadOptions { max_record_bytes: CAP, ..ReadOptions::default() };
    if read(record, &options, &mut documents).is_err() {
        assert!(documents.is_empty(), "a failure left documents behind");
    }
    for document in &documents {
        for field in [document.title.as_ref(), Some(&document.text)].into_iter().flatten() {
            check(field, usize::MAX);
        }
    }
}

fn check(field: &Field, source: usize) {
    let text = field.text.as_str();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let span = field.text.to_src(Span::<Txt>::at(at..at + c.len_utf8()));
        assert!(span.start <= span.end && span.end as usize <= source, "{c:?} at {at} leads to {span:?}");
        assert!(last <= span.start || last <= span.end, "{c:?} at {at} leads back to {span:?}");
        last = span.start;
    }
    let mut end = 0;
    for mark in &field.marks {
        assert!(end <= mark.span.start && mark.span.start <= mark.span.end, "{mark:?} begins before {end}");
        assert!(text.get(mark.span.range()).is_some(), "{mark:?} cuts a character or leaves the text");
        end = mark.span.end;
    }
}
