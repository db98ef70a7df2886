//! Zip archives: the directory, then one member at a time. Names are shown and never used as paths.
//!
//! An archive that is cut off has no directory: its members are then found by their own headers, up to where it breaks.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::ZipArchive;

use crate::base::error::DocErrorKind;
use crate::io::stream::{Stream, fault};
use crate::io::unpack::Allowance;
use crate::io::unpack::layer::Layer;

/// A zip archive and what its directory says.
#[derive(Debug)]
pub struct Zip {
    bytes: Seekable,
    /// The members in the order of the directory.
    pub(crate) members: Vec<Member>,
    /// Where the last member of each name stands among them.
    places: BTreeMap<Vec<u8>, usize>,
    /// How the archive is broken, where it is.
    pub(crate) broken: Option<DocErrorKind>,
    /// Whether a name stands twice: the last of that name is read.
    pub(crate) twice: bool,
}

/// One member of a zip archive.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Its name, as it stands in the archive where that is UTF-8.
    pub(crate) name: Vec<u8>,
    /// What it is.
    pub(crate) kind: MemberKind,
    /// Where its data begin.
    start: u64,
    /// Bytes of the data.
    packed: u64,
    /// Bytes that come out of them.
    pub(crate) size: u64,
    crc: u32,
    method: u16,
}

/// What a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MemberKind {
    /// A file that can be read.
    File,
    /// A folder.
    Folder,
    /// A link.
    Link,
    /// A file that cannot be read.
    Refused(DocErrorKind),
}

impl Zip {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// `Truncated` when there is neither a directory nor a whole member.
    pub fn open(bytes: Seekable) -> Result<Self, DocErrorKind> {
        match ZipArchive::new(bytes.clone()) {
            Ok(archive) => Ok(Self::listed(archive, bytes)),
            Err(e) => salvaged(bytes, &e.to_string()),
        }
    }

    fn listed(mut archive: ZipArchive<Seekable>, bytes: Seekable) -> Self {
        let twice = archive.has_duplicate_names();
        let mut members = Vec::with_capacity(archive.len());
        for at in 0..archive.len() {
            let name = archive.name_for_index(at).and_then(Result::ok).map(|name| name.as_bytes().to_vec());
            members.push(match archive.by_index_raw(at) {
                Err(e) => Member::refused(name.unwrap_or_default(), damaged(0, e.to_string())),
                Ok(entry) => {
                    let kind = match () {
                        () if entry.is_dir() => MemberKind::Folder,
                        () if entry.is_symlink() => MemberKind::Link,
                        () if entry.encrypted() => refused("an encrypted member of a zip archive"),
                        () => MemberKind::File,
                    };
                    #[expect(deprecated, reason = "the number is all that is wanted of the method")]
                    let method = entry.compression().to_u16();
                    Member {
                        name: name.unwrap_or_else(|| entry.name_raw().to_vec()),
                        kind: if kind == MemberKind::File { readable(method) } else { kind },
                        start: entry.data_start().unwrap_or_default(),
                        packed: entry.compressed_size(),
                        size: entry.size(),
                        crc: entry.crc32(),
                        method,
                    }
                }
            });
        }
        Self::of(bytes, members, None, twice)
    }

    fn of(bytes: Seekable, members: Vec<Member>, broken: Option<DocErrorKind>, twice: bool) -> Self {
        let places = members.iter().enumerate().map(|(at, member)| (member.name.clone(), at)).collect();
        Self { bytes, members, places, broken, twice }
    }

    /// The member with this very name.
    pub(crate) fn find(&self, name: &str) -> Option<&Member> {
        self.places.get(name.as_bytes()).map(|&at| &self.members[at])
    }

    /// The bytes of a member; what comes out is taken from `allowance`.
    pub(crate) fn stream(&self, member: &Member, allowance: &Allowance) -> Result<Stream, DocErrorKind> {
        if let MemberKind::Refused(kind) = &member.kind {
            return Err(kind.clone());
        }
        let mut bytes = self.bytes.clone();
        bytes.seek(SeekFrom::Start(member.start)).map_err(fault)?;
        let packed = bytes.take(member.packed);
        let whole =
            |rest: Box<dyn Read + Send>| Whole { rest, crc: Crc::new(), left: member.size, sum: member.crc };
        let opened: Box<dyn Read + Send> = match member.method {
            STORED => Box::new(packed),
            DEFLATED => Box::new(DeflateDecoder::new(packed)),
            BZIP2 => Box::new(bzip2::read::BzDecoder::new(packed)),
            _ => Box::new(zstd::stream::read::Decoder::new(packed).map_err(fault)?),
        };
        Ok(Stream::new(Layer::new(whole(opened), "zip", allowance.clone())))
    }

    /// All bytes of a member, `cap` at most.
    #[cfg(feature = "office")]
    pub(crate) fn read(
        &self,
        member: &Member,
        cap: usize,
        allowance: &Allowance,
    ) -> Result<Vec<u8>, DocErrorKind> {
        self.stream(member, allowance)?.whole(cap, usize::try_from(member.size).unwrap_or(cap))
    }

    /// All bytes of the archive itself, `cap` at most.
    #[cfg(feature = "office")]
    pub(crate) fn into_bytes(self, cap: usize) -> Result<Vec<u8>, DocErrorKind> {
        let mut bytes = self.bytes;
        bytes.rewind().map_err(fault)?;
        Stream::new(bytes).whole(cap, 0)
    }
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const BZIP2: u16 = 12;
const ZSTD: u16 = 93;

fn readable(method: u16) -> MemberKind {
    match method {
        STORED | DEFLATED | BZIP2 | ZSTD => MemberKind::File,
        _ => refused("a member of a zip archive packed in a rare way"),
    }
}

fn refused(format: &'static str) -> MemberKind {
    MemberKind::Refused(DocErrorKind::Unsupported { format })
}

fn damaged(at: u64, reason: String) -> DocErrorKind {
    DocErrorKind::Truncated { packing: "zip", at, reason }
}

impl Member {
    fn refused(name: Vec<u8>, kind: DocErrorKind) -> Self {
        let kind = MemberKind::Refused(kind);
        Self { name, kind, start: 0, packed: 0, size: 0, crc: 0, method: 0 }
    }
}

/// Checks that a member is as long as its header says and has its checksum.
struct Whole {
    rest: Box<dyn Read + Send>,
    crc: Crc,
    left: u64,
    sum: u32,
}

impl Read for Whole {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.rest.read(out)?;
        self.crc.update(&out[..bytes]);
        if bytes as u64 > self.left {
            return Err(io::Error::other("longer than its header says"));
        }
        self.left -= bytes as u64;
        if bytes == 0 && !out.is_empty() {
            if self.left > 0 {
                return Err(io::Error::other("shorter than its header says"));
            }
            if self.crc.sum() != self.sum {
                return Err(io::Error::other("its checksum is wrong"));
            }
        }
        Ok(bytes)
    }
}

/// The whole members of an archive without a directory, by the headers before them.
fn salvaged(mut bytes: Seekable, reason: &str) -> Result<Zip, DocErrorKind> {
    let mut members = Vec::new();
    let mut at = 0;
    while let Some((member, next)) = next_member(&mut bytes, at).map_err(fault)? {
        members.push(member);
        at = next;
    }
    if members.is_empty() {
        return Err(damaged(0, reason.to_owned()));
    }
    Ok(Zip::of(bytes, members, Some(damaged(at, reason.to_owned())), false))
}

/// The member whose header stands at `at`, and where the next stands; `None` when it is not whole.
fn next_member(bytes: &mut Seekable, at: u64) -> io::Result<Option<(Member, u64)>> {
    let Some(header) = bytes.some(at, 30)? else { return Ok(None) };
    let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if !header.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let (name_length, extra_length) = (u64::from(short(26)), u64::from(short(28)));
    let Some(name) = bytes.some(at + 30, usize::from(short(26)))? else { return Ok(None) };
    let start = at + 30 + name_length + extra_length;
    let (flags, method) = (short(6), short(8));
    let kind = match () {
        () if name.ends_with(b"/") => MemberKind::Folder,
        () if flags & 1 > 0 => refused("an encrypted member of a zip archive"),
        () => readable(method),
    };
    let mut member = Member {
        name,
        kind,
        start,
        packed: u64::from(long(18)),
        size: u64::from(long(22)),
        crc: long(14),
        method,
    };
    if flags & 8 > 0 && member.packed == 0 && member.method == DEFLATED {
        // Its sizes stand after it: it must be unpacked to be measured.
        let Some(end) = measure(bytes, &mut member)? else { return Ok(None) };
        return Ok(Some((member, end)));
    }
    let end = start.saturating_add(member.packed);
    Ok((end <= bytes.length && member.packed != u64::from(u32::MAX)).then_some((member, end)))
}

/// Unpacks a member to learn its sizes; gives where the next stands, `None` when it is not whole.
fn measure(bytes: &mut Seekable, member: &mut Member) -> io::Result<Option<u64>> {
    bytes.seek(SeekFrom::Start(member.start))?;
    let allowance = Allowance::of(bytes.length);
    let mut decoder = DeflateDecoder::new(bytes.clone());
    let (mut crc, mut block) = (Crc::new(), vec![0; 64 << 10]);
    loop {
        match decoder.read(&mut block) {
            Ok(0) => break,
            Ok(bytes) if allowance.take(bytes as u64).is_ok() => crc.update(&block[..bytes]),
            Ok(_) | Err(_) => return Ok(None),
        }
    }
    (member.packed, member.size, member.crc) = (decoder.total_in(), decoder.total_out(), crc.sum());
    let after = member.start + member.packed;
    // The sizes follow, behind a mark that may be left out.
    let Some(mark) = bytes.some(after, 4)? else { return Ok(Some(after)) };
    Ok(Some(after + if mark == b"PK\x07\x08" { 16 } else { 12 }))
}

/// Bytes that can be read from any place, by several readers in turn.
#[derive(Debug, Clone)]
pub struct Seekable {
    bytes: Arc<Mutex<Bytes>>,
    length: u64,
    at: u64,
}

#[derive(Debug)]
enum Bytes {
    File(File),
    Memory(Cursor<Vec<u8>>),
    Spooled(tempfile::SpooledTempFile),
}

/// So many bytes of an archive inside another are kept in memory; more go to a temporary file.
const SPOOLED_IN_MEMORY: usize = 4 << 20;

impl Seekable {
    /// A file.
    ///
    /// # Errors
    /// When its size cannot be found out.
    pub fn file(mut file: File) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self::of(Bytes::File(file), length))
    }

    /// Bytes in memory.
    pub fn memory(bytes: Vec<u8>) -> Self {
        let length = bytes.len() as u64;
        Self::of(Bytes::Memory(Cursor::new(bytes)), length)
    }

    /// What can be read only once, kept until the last clone is dropped.
    ///
    /// # Errors
    /// What the stream ends with, or a temporary file that cannot be written.
    pub fn spooled(mut stream: Stream) -> Result<Self, DocErrorKind> {
        let mut file = tempfile::spooled_tempfile(SPOOLED_IN_MEMORY);
        let length = io::copy(&mut stream, &mut file).map_err(fault)?;
        Ok(Self::of(Bytes::Spooled(file), length))
    }

    fn of(bytes: Bytes, length: u64) -> Self {
        Self { bytes: Arc::new(Mutex::new(bytes)), length, at: 0 }
    }

    /// `count` bytes from `at`; `None` when there are fewer.
    fn some(&mut self, at: u64, count: usize) -> io::Result<Option<Vec<u8>>> {
        self.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        self.take(count as u64).read_to_end(&mut bytes)?;
        Ok((bytes.len() == count).then_some(bytes))
    }
}

impl Read for Seekable {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let from = SeekFrom::Start(self.at);
        let read = match &mut *bytes {
            Bytes::File(file) => file.seek(from).and_then(|_| file.read(out)),
            Bytes::Memory(memory) => memory.seek(from).and_then(|_| memory.read(out)),
            Bytes::Spooled(file) => file.seek(from).and_then(|_| file.read(out)),
        }?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Seekable {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
