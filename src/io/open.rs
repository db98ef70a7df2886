//! A stream becomes one record, or a framer that cuts it into records: here archives, books and lists meet.
//!
//! To add a container: write its [`Framer`] in `src/io/<name>.rs`, then its arm in [`open`].

use std::path::Path;
use std::sync::Arc;

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::frame::{FrameOptions, Framer};
use crate::io::json_lines::JsonLines;
use crate::io::load::cap;
use crate::io::sniff::{self, Kind};
use crate::io::stream::{HEAD, Stream};
use crate::io::unpack::{self, Allowance};
use crate::io::{mbox, table, warc};

/// Where bytes stand among the inputs, and what may still be opened there.
#[derive(Debug, Clone)]
pub struct Place {
    /// The path as reports show it.
    pub path: String,
    /// The member inside an archive, inner members after a `/`.
    pub member: Option<String>,
    /// How many packings and archives lie around it.
    pub depth: usize,
    /// How much may be unpacked.
    pub allowance: Allowance,
    /// How records are cut.
    pub options: Arc<FrameOptions>,
}

impl Place {
    /// The place of the member called `name`, one deeper.
    #[cfg(feature = "unpack")]
    pub(crate) fn inside(&self, name: &str, depth: usize) -> Self {
        let member = self.member.as_ref().map_or_else(|| name.to_owned(), |outer| format!("{outer}/{name}"));
        Self { member: Some(member), depth, ..self.clone() }
    }

    /// Where the record with this number stands.
    pub(crate) fn source(&self, record: u64) -> Source {
        Source { path: self.path.clone(), member: self.member.clone(), record, encoding: "UTF-8" }
    }

    /// The failure of the record with this number.
    pub(crate) fn failed(&self, record: u64, kind: DocErrorKind) -> DocError {
        let Source { path, member, .. } = self.source(record);
        DocError { path, member, record, id: None, stage: "read", kind }
    }

    /// The path with the member, for notes.
    pub(crate) fn shown(&self) -> String {
        crate::base::error::place(&self.path, self.member.as_deref(), 0)
    }

    /// The cap on a record, in bytes.
    pub(crate) fn cap(&self) -> usize {
        cap(self.options.max_record_bytes)
    }
}

/// What a stream turned out to be.
#[derive(Debug)]
pub enum Opened {
    /// One record.
    Record(Box<Record>),
    /// Many.
    Framer(Box<dyn Framer>),
}

impl Opened {
    fn of(framer: impl Framer + 'static) -> Self {
        Self::Framer(Box::new(framer))
    }
}

/// Opens what stands at `place`: packings are peeled, archives and lists of records are cut, anything else is one record.
///
/// `name` is what it is called. `file` is where a worker can read the same bytes again; without it, a single record is read
/// here.
///
/// # Errors
/// `Unsupported`, `Binary` and `Malformed` for what cannot be read at all; and what reading a single record ends with.
pub fn open(
    stream: Stream,
    place: Place,
    name: Option<&Path>,
    file: Option<&Path>,
) -> Result<Opened, DocErrorKind> {
    let unpacked = unpack::open(stream, &place.allowance, place.depth)?;
    let (mut stream, packing) = (unpacked.stream, unpacked.packing);
    let place = Place { depth: unpacked.depth, ..place };
    let asked = place.options.input_format;
    let kind = match sniff::kind(stream.peek(HEAD), name, asked) {
        Ok(kind) => kind,
        // What came before a fault may be too little to tell anything.
        Err(kind) => return Err(stream.failed().unwrap_or(kind)),
    };
    if let Some(kind) = stream.failed().filter(|_| stream.peek(1).is_empty()) {
        return Err(kind);
    }
    let format = match kind {
        #[cfg(feature = "unpack")]
        Kind::Tar => {
            let place = Place { depth: unpack::deeper(place.depth)?, ..place };
            return Ok(Opened::of(crate::io::tar::Tar::new(stream, place)));
        }
        #[cfg(feature = "unpack")]
        Kind::Zip => {
            let place = Place { depth: unpack::deeper(place.depth)?, ..place };
            let again = file.filter(|_| packing == crate::doc::record::Packing::Plain);
            return crate::io::zipped::zipped(stream, place, again);
        }
        #[cfg(not(feature = "unpack"))]
        Kind::Tar | Kind::Zip => return Err(DocErrorKind::Unsupported { format: "an archive" }),
        Kind::Format(format) => format,
    };
    match format {
        Format::Jsonl => Ok(Opened::of(JsonLines::new(stream, place))),
        Format::Csv | Format::Tsv => Ok(Opened::of(table::Table::open(stream, place, format)?)),
        Format::Warc | Format::Wet => Ok(Opened::of(warc::Warc::new(stream, place))),
        Format::Mbox => Ok(Opened::of(mbox::Mbox::new(stream, place))),
        #[cfg(feature = "feeds")]
        Format::Feed => {
            let bytes = stream.whole(place.cap(), 0)?;
            Ok(Opened::of(crate::io::feed::Feed::open(&bytes, place)?))
        }
        #[cfg(feature = "feeds")]
        Format::Opml => {
            let bytes = stream.whole(crate::io::xml::LONGEST, 0)?;
            // Standard input stands in the folder where the program was started.
            let folder = name.map_or(Some(Path::new("")), Path::parent).filter(|_| place.member.is_none());
            Ok(Opened::of(crate::io::opml::Opml::open(bytes, place, folder)?))
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            let again = file.filter(|_| packing == crate::doc::record::Packing::Plain);
            Ok(Opened::of(crate::io::parquet::Parquet::open(stream, place, again)?))
        }
        Format::Epub | Format::Docx => {
            Err(DocErrorKind::Malformed { reason: format!("not a zip archive, as {} is", format.name()) })
        }
        _ => {
            let payload = match file {
                Some(path) => Payload::File { path: path.to_owned(), packing },
                None => Payload::Bytes(stream.whole(place.cap(), 0)?),
            };
            Ok(Opened::Record(Box::new(Record::new(payload, format, place.source(0)))))
        }
    }
}
