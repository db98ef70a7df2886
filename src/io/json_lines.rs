//! JSON lines cut into records: one a line, not parsed.

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::base::error::DocErrorKind;
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::frame::{Cut, Framer};
use crate::io::open::Place;
use crate::io::stream::{Line, Stream};

/// Cuts one file or stream of JSON lines.
#[derive(Debug)]
pub struct JsonLines {
    stream: Stream,
    place: Place,
    encoding: &'static str,
    /// Number of the next line, from 0; blank ones count.
    line: u64,
}

impl JsonLines {
    /// The lines of `stream`, which is unpacked. UTF-16 with a byte order mark becomes UTF-8; a mark of UTF-8 is passed over.
    pub fn new(stream: Stream, place: Place) -> Self {
        let (encoding, stream) = unmarked(stream);
        Self { stream, place, encoding: encoding.name(), line: 0 }
    }
}

/// The stream after its byte order mark, in UTF-8 where the mark is that of UTF-16; and what it was in.
pub(crate) fn unmarked(mut stream: Stream) -> (&'static Encoding, Stream) {
    match stream.peek(3) {
        [0xef, 0xbb, 0xbf] => {
            stream.skip(3);
            (encoding_rs::UTF_8, stream)
        }
        [0xff, 0xfe, ..] => (encoding_rs::UTF_16LE, decoded(stream, encoding_rs::UTF_16LE)),
        [0xfe, 0xff, ..] => (encoding_rs::UTF_16BE, decoded(stream, encoding_rs::UTF_16BE)),
        _ => (encoding_rs::UTF_8, stream),
    }
}

/// The stream, which is in `encoding`, in UTF-8.
pub(crate) fn decoded(stream: Stream, encoding: &'static Encoding) -> Stream {
    Stream::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(stream))
}

impl Framer for JsonLines {
    fn next(&mut self) -> Option<Cut> {
        let cap = self.place.cap();
        loop {
            let cut = self.stream.line(cap);
            let line = self.line;
            self.line += 1;
            return match cut {
                Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Line::Whole(bytes) => {
                    let source = Source { encoding: self.encoding, ..self.place.source(line) };
                    Some(Cut::Record(Box::new(Record::new(Payload::Bytes(bytes), Format::Jsonl, source))))
                }
                Line::TooLong => {
                    Some(Cut::Failed(self.place.failed(line, DocErrorKind::TooLarge { limit: cap as u64 })))
                }
                Line::Fault(kind) => Some(Cut::Failed(self.place.failed(line, kind))),
                Line::End => None,
            };
        }
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Jsonl)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::io::frame::tests::place;
    #[cfg(feature = "unpack")]
    use crate::io::unpack::Allowance;

    /// Each record as `line number: text`, each error as `line number! name`.
    fn cut(bytes: impl Into<Vec<u8>>, cap: usize) -> Vec<String> {
        let mut lines = JsonLines::new(Stream::new(Cursor::new(bytes.into())), place(cap));
        let mut all = Vec::new();
        while let Some(next) = lines.next() {
            all.push(match next {
                Cut::Record(record) => {
                    let Payload::Bytes(bytes) = record.payload else { panic!("lines come as bytes") };
                    let source = record.source;
                    format!("{} {}: {}", source.encoding, source.record, String::from_utf8_lossy(&bytes))
                }
                Cut::Failed(e) => format!("{}! {}", e.record, e.kind.name()),
                other => panic!("{other:?}"),
            });
        }
        all
    }

    #[test]
    fn records_are_numbered_by_their_lines_blank_ones_included() {
        assert_eq!(
            cut("\u{feff}{\"a\":1}\r\n \t\r\n\n{\"b\":2}", 99),
            ["UTF-8 0: {\"a\":1}\r", "UTF-8 3: {\"b\":2}"]
        );
        assert!(cut("", 99).is_empty());
    }

    #[test]
    fn a_line_over_the_cap_fails_alone() {
        assert_eq!(cut("{}\n{\"long\":1}\n{}\n", 5), ["UTF-8 0: {}", "1! too-large", "UTF-8 2: {}"]);
    }

    #[test]
    fn utf_16_becomes_utf_8_and_says_so() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let text = units("\u{feff}{\"é\":1}\n{}\n");
        let little: Vec<u8> = text.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = text.iter().flat_map(|u| u.to_be_bytes()).collect();
        assert_eq!(cut(little, 99), ["UTF-16LE 0: {\"é\":1}", "UTF-16LE 1: {}"]);
        assert_eq!(cut(big, 99), ["UTF-16BE 0: {\"é\":1}", "UTF-16BE 1: {}"]);
    }

    #[cfg(feature = "unpack")]
    #[test]
    fn a_cut_file_gives_its_whole_lines_and_then_one_error() {
        use std::fmt::Write as _;
        let mut text = String::new();
        for n in 0..500 {
            writeln!(text, "{{\"n\":{n},\"text\":\"{}\"}}", n * n * 7919).unwrap();
        }
        let all = cut(text.clone(), 99);
        let packed = crate::io::unpack::tests::gzip(text.as_bytes());
        for end in [20, packed.len() / 3, packed.len() / 2, packed.len() - 9, packed.len() - 1] {
            let stream = Stream::new(Cursor::new(packed[..end].to_vec()));
            let stream = crate::io::unpack::open(stream, &Allowance::of(99), 0).unwrap().stream;
            let mut lines = JsonLines::new(stream, place(99));
            let mut whole = 0;
            let failed = loop {
                match lines.next().expect("a cut file ends with an error") {
                    Cut::Record(record) => {
                        let Payload::Bytes(bytes) = record.payload else { panic!("lines come as bytes") };
                        assert_eq!(format!("UTF-8 {whole}: {}", String::from_utf8_lossy(&bytes)), all[whole]);
                        whole += 1;
                    }
                    Cut::Failed(e) => break e,
                    other => panic!("{other:?}"),
                }
            };
            assert_eq!((failed.kind.name(), failed.record), ("truncated", whole as u64), "cut at {end}");
            assert!(lines.next().is_none());
        }
    }
}
