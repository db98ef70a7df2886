//! What a zip archive is: a book, a document of a word processor, or members to be read one by one.

use std::fs::File;
use std::path::Path;

use crate::base::error::DocErrorKind;
use crate::doc::record::Format;
use crate::io::frame::{Cut, Framer};
use crate::io::members::{Passed, is_hidden, name_of, open_member};
use crate::io::open::{Opened, Place};
use crate::io::stream::{Stream, fault};
use crate::io::zip::{MemberKind, Seekable, Zip};

/// Opens the archive that `stream` holds; `file` is where it lies, if it can be read from any place there.
///
/// # Errors
/// `Truncated` when nothing can be read of it, `Unsupported` for documents that are not read.
pub(crate) fn zipped(stream: Stream, place: Place, file: Option<&Path>) -> Result<Opened, DocErrorKind> {
    let bytes = match file {
        Some(path) => {
            drop(stream);
            File::open(path).and_then(Seekable::file).map_err(fault)?
        }
        None => Seekable::spooled(stream)?,
    };
    let zip = Zip::open(bytes)?;
    let asked = place.options.input_format;
    match kind(&zip) {
        Some(Document::Epub) if asked.is_none_or(|asked| asked == Format::Epub) => epub(zip, place),
        Some(Document::Docx) if asked.is_none_or(|asked| asked == Format::Docx) => docx(zip, &place, file),
        Some(Document::Other(format)) if asked.is_none() => Err(DocErrorKind::Unsupported { format }),
        _ => match asked {
            Some(Format::Epub) => epub(zip, place),
            Some(Format::Docx) => docx(zip, &place, file),
            _ => Ok(Opened::Framer(Box::new(Members { zip, place, next: 0, passed: Passed::default() }))),
        },
    }
}

#[derive(Debug, Clone, Copy)]
enum Document {
    Epub,
    Docx,
    Other(&'static str),
}

/// The document that an archive is.
fn kind(zip: &Zip) -> Option<Document> {
    let kinds = [
        ("META-INF/container.xml", Document::Epub),
        ("word/document.xml", Document::Docx),
        ("xl/workbook.xml", Document::Other("xlsx")),
        ("ppt/presentation.xml", Document::Other("pptx")),
    ];
    let known = kinds.into_iter().find(|(name, _)| zip.find(name).is_some()).map(|(_, kind)| kind);
    let open_document = || zip.find("mimetype").is_some() && zip.find("content.xml").is_some();
    known.or_else(|| open_document().then_some(Document::Other("odt")))
}

#[cfg(feature = "office")]
fn epub(zip: Zip, place: Place) -> Result<Opened, DocErrorKind> {
    Ok(Opened::Framer(Box::new(crate::io::epub::Epub::open(zip, place)?)))
}

#[cfg(not(feature = "office"))]
fn epub(_: Zip, _: Place) -> Result<Opened, DocErrorKind> {
    Err(DocErrorKind::Unsupported { format: "epub" })
}

#[cfg(feature = "office")]
fn docx(zip: Zip, place: &Place, file: Option<&Path>) -> Result<Opened, DocErrorKind> {
    use crate::doc::record::{Packing, Payload, Record};
    let payload = match file {
        Some(path) => Payload::File { path: path.to_owned(), packing: Packing::Plain },
        None => Payload::Bytes(zip.into_bytes(place.cap())?),
    };
    Ok(Opened::Record(Box::new(Record::new(payload, Format::Docx, place.source(0)))))
}

#[cfg(not(feature = "office"))]
fn docx(_: Zip, _: &Place, _: Option<&Path>) -> Result<Opened, DocErrorKind> {
    Err(DocErrorKind::Unsupported { format: "docx" })
}

/// Cuts a zip archive into what its members hold.
#[derive(Debug)]
struct Members {
    zip: Zip,
    place: Place,
    next: usize,
    passed: Passed,
}

impl Framer for Members {
    fn next(&mut self) -> Option<Cut> {
        while let Some(member) = self.zip.members.get(self.next) {
            self.next += 1;
            let name = match name_of(&member.name) {
                Ok(name) => name,
                Err(kind) => return Some(Cut::Failed(self.place.failed(0, kind))),
            };
            match member.kind {
                MemberKind::Folder => {}
                _ if is_hidden(&name) => self.passed.hidden(&name),
                MemberKind::Link => self.passed.special(&name),
                MemberKind::File | MemberKind::Refused(_) => {
                    let stream = self.zip.stream(member, &self.place.allowance);
                    return Some(match stream {
                        Ok(stream) => open_member(stream, &self.place, &name, Path::new(&name)),
                        Err(kind) => Cut::Failed(self.place.inside(&name, self.place.depth).failed(0, kind)),
                    });
                }
            }
        }
        if let Some(kind) = self.zip.broken.take() {
            return Some(Cut::Failed(self.place.failed(0, kind)));
        }
        if std::mem::take(&mut self.zip.twice) {
            let reason = "members whose name stands twice; the last of each is read".to_owned();
            return Some(Cut::Skipped(crate::io::frame::Note { path: self.place.shown(), reason }));
        }
        self.passed.note(&self.place).map(Cut::Skipped)
    }
}
