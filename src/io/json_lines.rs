//! JSON lines cut into records: one a line, not parsed.

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::frame::Framer;
use crate::io::stream::{Line, Stream};

/// Cuts one file or stream of JSON lines.
#[derive(Debug)]
pub struct JsonLines {
    stream: Stream,
    path: String,
    encoding: &'static str,
    /// The longest line that is taken, in bytes.
    cap: usize,
    /// Number of the next line, from 0; blank ones count.
    line: u64,
}

impl JsonLines {
    /// The lines of `stream`, which is unpacked. UTF-16 with a byte order mark becomes UTF-8; a mark of UTF-8 is passed over.
    pub fn new(mut stream: Stream, path: String, cap: usize) -> Self {
        let (encoding, stream) = match stream.peek(3) {
            [0xef, 0xbb, 0xbf] => {
                stream.skip(3);
                (encoding_rs::UTF_8, stream)
            }
            [0xff, 0xfe, ..] => decoded(stream, encoding_rs::UTF_16LE),
            [0xfe, 0xff, ..] => decoded(stream, encoding_rs::UTF_16BE),
            _ => (encoding_rs::UTF_8, stream),
        };
        Self { stream, path, encoding: encoding.name(), cap, line: 0 }
    }

    fn source(&self, line: u64) -> Source {
        Source { path: self.path.clone(), member: None, record: line, encoding: self.encoding }
    }

    fn failed(&self, line: u64, kind: DocErrorKind) -> DocError {
        DocError { path: self.path.clone(), member: None, record: line, id: None, stage: "read", kind }
    }
}

fn decoded(stream: Stream, encoding: &'static Encoding) -> (&'static Encoding, Stream) {
    let decoder = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).strip_bom(true).build(stream);
    (encoding, Stream::new(decoder))
}

impl Framer for JsonLines {
    fn next(&mut self) -> Option<Result<Record, DocError>> {
        loop {
            let cut = self.stream.line(self.cap);
            let line = self.line;
            self.line += 1;
            return match cut {
                Line::Whole(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Line::Whole(bytes) => Some(Ok(Record {
                    payload: Payload::Bytes(bytes),
                    format: Format::Jsonl,
                    source: self.source(line),
                })),
                Line::TooLong => {
                    Some(Err(self.failed(line, DocErrorKind::TooLarge { limit: self.cap as u64 })))
                }
                Line::Fault(kind) => Some(Err(self.failed(line, kind))),
                Line::End => None,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Each record as `line number: text`, each error as `line number! name`.
    fn cut(bytes: impl Into<Vec<u8>>, cap: usize) -> Vec<String> {
        let mut lines = JsonLines::new(Stream::new(Cursor::new(bytes.into())), "a.jsonl".to_owned(), cap);
        let mut all = Vec::new();
        while let Some(next) = lines.next() {
            all.push(match next {
                Ok(Record { payload: Payload::Bytes(bytes), source, .. }) => {
                    format!("{} {}: {}", source.encoding, source.record, String::from_utf8_lossy(&bytes))
                }
                Ok(other) => panic!("{other:?}"),
                Err(e) => format!("{}! {}", e.record, e.kind.name()),
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
            let (stream, _) =
                crate::io::unpack::open(Stream::new(Cursor::new(packed[..end].to_vec()))).unwrap();
            let mut lines = JsonLines::new(stream, "a.jsonl.gz".to_owned(), 99);
            let mut whole = 0;
            let failed = loop {
                match lines.next().expect("a cut file ends with an error") {
                    Ok(record) => {
                        let Payload::Bytes(bytes) = record.payload else { panic!("lines come as bytes") };
                        assert_eq!(format!("UTF-8 {whole}: {}", String::from_utf8_lossy(&bytes)), all[whole]);
                        whole += 1;
                    }
                    Err(e) => break e,
                }
            };
            assert_eq!((failed.kind.name(), failed.record), ("truncated", whole as u64), "cut at {end}");
            assert!(lines.next().is_none());
        }
    }
}
