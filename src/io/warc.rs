//! Archives of the web (WARC, ISO 28500) and their extracted text (WET): one record a page, the rest passed over and counted.

use std::collections::BTreeMap;
use std::io::Read;

use crate::base::error::DocErrorKind;
use crate::doc::document::Meta;
use crate::doc::record::{Format, Given, Payload, Record};
use crate::io::frame::{Cut, Framer, Note};
use crate::io::http::{self, Head};
use crate::io::open::Place;
use crate::io::stream::{Line, Stream, fault};

/// The most lines and the longest line of a record's header, in bytes.
const MOST_LINES: usize = 1000;
const LONGEST_LINE: usize = 64 << 10;

/// How much of a response is looked at to tell what it holds, in bytes.
const LOOKED_AT: u64 = 16 << 10;

/// How addresses begin that a page can be fetched from.
const SCHEMES: [&str; 4] = ["http:", "https:", "ftp:", "file:"];

/// Cuts an archive of the web into pages.
#[derive(Debug)]
pub struct Warc {
    stream: Stream,
    place: Place,
    /// Number of the next record, from 0; those passed over count.
    number: u64,
    /// Records that hold no page, by their type.
    passed: BTreeMap<String, u64>,
    ended: bool,
}

/// What the header of a record says.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    content_type: String,
    url: Option<String>,
    length: u64,
}

/// What a record holds.
#[derive(Debug, PartialEq)]
enum Holds {
    /// An answer of a server, with its header.
    Answer,
    /// A page or text without one.
    Body(Format, Format),
    Nothing,
}

impl Warc {
    /// The pages of `stream`, which is unpacked.
    pub fn new(stream: Stream, place: Place) -> Self {
        Self { stream, place, number: 0, passed: BTreeMap::new(), ended: false }
    }

    /// The header of the next record; `None` at the end.
    fn header(&mut self) -> Result<Option<Header>, DocErrorKind> {
        let malformed = |what: &str| DocErrorKind::Malformed { reason: format!("not a WARC record: {what}") };
        let mut header = Header::default();
        let (mut begun, mut length) = (false, None);
        for _ in 0..MOST_LINES {
            let line = match self.stream.line(LONGEST_LINE) {
                Line::Whole(line) => line,
                Line::End if !begun => return Ok(None),
                Line::End => return Err(truncated("it ends inside a header")),
                Line::TooLong => return Err(malformed("a line of its header is too long")),
                Line::Fault(kind) => return Err(kind),
            };
            let line = String::from_utf8_lossy(line.trim_ascii()).into_owned();
            if line.is_empty() {
                if !begun {
                    continue;
                }
                header.length = length.ok_or_else(|| malformed("no length"))?;
                return Ok(Some(header));
            }
            if !begun {
                if !line.starts_with("WARC/") {
                    return Err(malformed("no version"));
                }
                begun = true;
                continue;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "content-type" => header.content_type = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                // Some writers follow the letter of WARC 1.0 and put the address in angle brackets.
                "warc-target-uri" => header.url = Some(value.trim_matches(['<', '>']).to_owned()),
                _ => {}
            }
        }
        Err(malformed("its header is too long"))
    }

    /// What the record after `header` holds.
    fn holds(&mut self, header: &Header) -> Holds {
        let kind = header.content_type.split(';').next().unwrap_or_default().trim();
        // Crawlers keep their own logs as resources, under addresses that lead nowhere.
        let fetched =
            header.url.as_deref().is_some_and(|url| SCHEMES.iter().any(|scheme| url.starts_with(scheme)));
        match header.kind.as_str() {
            "resource" if !fetched => Holds::Nothing,
            "conversion" if kind == "text/plain" || kind.is_empty() => Holds::Body(Format::Text, Format::Wet),
            "response" if kind == "application/http" => {
                let most = usize::try_from(header.length.min(LOOKED_AT)).unwrap_or(usize::MAX);
                let page = |head: Head<'_>| (200..300).contains(&head.status) && head.page().is_some();
                if Head::parse(self.stream.peek(most)).is_some_and(page) {
                    Holds::Answer
                } else {
                    Holds::Nothing
                }
            }
            "resource" | "response" | "conversion" => match http::page_format(kind) {
                Some(format) => Holds::Body(format, Format::Warc),
                None => Holds::Nothing,
            },
            _ => Holds::Nothing,
        }
    }

    /// The next page; `None` for a record that holds none.
    fn record(&mut self, header: Header) -> Result<Option<Result<Record, DocErrorKind>>, DocErrorKind> {
        let cap = self.place.cap();
        let (format, within) = match self.holds(&header) {
            Holds::Nothing => {
                let mut kind: String = header.kind.chars().filter(|c| !c.is_control()).take(40).collect();
                if kind.is_empty() || self.passed.len() > 20 {
                    "other".clone_into(&mut kind);
                }
                *self.passed.entry(kind).or_default() += 1;
                return self.pass(header.length).map(|()| None);
            }
            Holds::Answer => (Format::Warc, None),
            Holds::Body(format, within) => (format, Some(within)),
        };
        if header.length > cap as u64 {
            return self
                .pass(header.length)
                .map(|()| Some(Err(DocErrorKind::TooLarge { limit: cap as u64 })));
        }
        let mut bytes = Vec::new();
        Read::by_ref(&mut self.stream).take(header.length).read_to_end(&mut bytes).map_err(fault)?;
        if (bytes.len() as u64) < header.length {
            return Err(truncated("it ends inside a record"));
        }
        let record = Record::new(Payload::Bytes(bytes), format, self.place.source(self.number));
        let meta = Meta { url: header.url, ..Meta::default() };
        let given = Some(Box::new(Given { meta, ..Given::default() }));
        Ok(Some(Ok(Record { within, given, ..record })))
    }

    fn pass(&mut self, bytes: u64) -> Result<(), DocErrorKind> {
        if self.stream.pass(bytes)? < bytes {
            return Err(truncated("it ends inside a record"));
        }
        Ok(())
    }

    /// How many records were passed over, by type.
    fn note(&mut self) -> Option<Cut> {
        let passed = std::mem::take(&mut self.passed);
        let sum: u64 = passed.values().sum();
        let kinds: Vec<_> = passed.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let reason = format!("{sum} records that hold no page: {}", kinds.join(", "));
        (sum > 0).then(|| Cut::Skipped(Note { path: self.place.shown(), reason }))
    }
}

fn truncated(reason: &str) -> DocErrorKind {
    DocErrorKind::Malformed { reason: format!("the archive is cut off: {reason}") }
}

impl Framer for Warc {
    fn next(&mut self) -> Option<Cut> {
        while !self.ended {
            let read = match self.header() {
                Ok(Some(header)) => self.record(header),
                Ok(None) => break,
                Err(kind) => Err(kind),
            };
            let number = self.number;
            self.number += 1;
            match read {
                Ok(None) => {}
                Ok(Some(Ok(record))) => return Some(Cut::Record(Box::new(record))),
                Ok(Some(Err(kind))) => return Some(Cut::Failed(self.place.failed(number, kind))),
                Err(kind) => {
                    self.ended = true;
                    return Some(Cut::Failed(self.place.failed(number, kind)));
                }
            }
        }
        self.ended = true;
        self.note()
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Warc)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::io::frame::tests::place;

    fn record(kind: &str, content_type: &str, url: &str, body: &str) -> String {
        format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nContent-Type: {content_type}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    }

    fn cut(text: &str) -> Vec<String> {
        let mut warc = Warc::new(Stream::new(Cursor::new(text.as_bytes().to_vec())), place(200));
        let mut all = Vec::new();
        while let Some(cut) = warc.next() {
            all.push(match cut {
                Cut::Record(record) => {
                    let url = record.given.as_ref().and_then(|given| given.meta.url.as_deref());
                    format!(
                        "{} {} {}",
                        record.source.record,
                        record.counted().name(),
                        url.unwrap_or_default()
                    )
                }
                Cut::Failed(e) => format!("{}! {}", e.record, e.kind),
                Cut::Skipped(note) => note.reason,
                other @ Cut::Open(_) => panic!("{other:?}"),
            });
        }
        all
    }

    fn archive() -> String {
        let answer =
            |status: u16, kind: &str| format!("HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n\r\n<p>words");
        let http = "application/http; msgtype=response";
        [
            record("warcinfo", "application/warc-fields", "", "software: x"),
            record("request", "application/http; msgtype=request", "http://a", "GET / HTTP/1.1\r\n\r\n"),
            record("response", http, "<http://a>", &answer(200, "text/html; charset=utf-8")),
            record("response", http, "http://b.png", &answer(200, "image/png")),
            record("response", http, "http://gone", &answer(404, "text/html")),
            record("resource", "text/html", "http://c", "<p>words"),
            record("resource", "text/plain", "metadata://crawler/log", "fetched two pages"),
            record("conversion", "text/plain", "http://d", "words"),
            record("conversion", "text/plain", "http://long", &"words ".repeat(99)),
            record("revisit", http, "http://a", ""),
        ]
        .concat()
    }

    #[test]
    fn pages_come_with_their_addresses_and_the_rest_is_counted() {
        let too_large = "8! more than the 200 bytes that input.max_record_bytes allows";
        let rest = "6 records that hold no page: request 1, resource 1, response 2, revisit 1, warcinfo 1";
        assert_eq!(
            cut(&archive()),
            ["2 warc http://a", "5 warc http://c", "7 wet http://d", too_large, rest]
        );
    }

    #[test]
    fn an_archive_cut_anywhere_gives_what_came_before_and_one_error() {
        let whole = archive();
        let all = cut(&whole);
        for end in 1..whole.len() {
            let cut = cut(&whole[..end]);
            let failed =
                cut.iter().filter(|line| line.contains("cut off") || line.contains("not a WARC")).count();
            assert!(failed <= 1, "{cut:?} at {end}");
            let records = |all: &[String]| {
                all.iter().filter(|line| line.contains(" http")).cloned().collect::<Vec<_>>()
            };
            assert!(records(&all).starts_with(&records(&cut)), "{cut:?} at {end}");
        }
    }
}
