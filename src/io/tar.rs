//! Tar archives, member by member as they stream by: names are shown and never used as paths.

use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tar::{EntryType, Header, PaxExtensions};

use crate::base::error::DocErrorKind;
use crate::io::frame::{Cut, Framer};
use crate::io::members::{Passed, is_hidden, name_of, open_member};
use crate::io::open::Place;
use crate::io::sniff::is_tar;
use crate::io::stream::{Stream, fault};

/// Headers and members stand at multiples of this.
const BLOCK: u64 = 512;

/// The longest header that goes before a member, in bytes: it holds names and times.
const LONGEST_EXTENSION: u64 = 1 << 20;

/// Cuts a tar archive into what its members hold.
#[derive(Debug)]
pub struct Tar {
    body: Arc<Mutex<Body>>,
    place: Place,
    passed: Passed,
    /// Whether the last member was given to a framer, which tells what breaks in it.
    inside: bool,
    ended: bool,
}

/// The stream, which a member that is being read shares with the archive.
#[derive(Debug)]
struct Body {
    stream: Stream,
    /// Bytes of the member that were not read.
    left: u64,
    /// Bytes after the member up to the next block.
    padding: u64,
    /// Bytes of the archive up to here.
    at: u64,
    /// How the archive broke.
    broken: Option<DocErrorKind>,
}

/// What the headers before a member say of it.
#[derive(Debug, Default)]
struct Ahead {
    name: Option<Vec<u8>>,
    size: Option<u64>,
}

impl Tar {
    /// The members of `stream`, which is unpacked.
    pub fn new(stream: Stream, place: Place) -> Self {
        let body = Body { stream, left: 0, padding: 0, at: 0, broken: None };
        Self {
            body: Arc::new(Mutex::new(body)),
            place,
            passed: Passed::default(),
            inside: false,
            ended: false,
        }
    }

    /// The next header with what stood before it; `None` at the end.
    fn header(&self) -> Result<Option<(Header, Ahead)>, DocErrorKind> {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        let mut ahead = Ahead::default();
        loop {
            body.finish_member()?;
            let Some(header) = body.block()? else { return Ok(None) };
            let size = header.entry_size().map_err(|e| body.damage(e.to_string()))?;
            match header.entry_type() {
                EntryType::GNULongName => {
                    let name = body.extension(size)?;
                    ahead.name = name.map(|name| name.split(|&b| b == 0).next().unwrap_or_default().to_vec());
                }
                EntryType::XHeader => {
                    if let Some(extension) = body.extension(size)? {
                        ahead.read(&extension);
                    }
                }
                EntryType::GNULongLink | EntryType::XGlobalHeader => body.member(size),
                _ => {
                    let size = ahead.size.unwrap_or(size);
                    body.member(size);
                    ahead.size = Some(size);
                    return Ok(Some((header, ahead)));
                }
            }
        }
    }

    /// What the member after `header` comes to; `None` for what is passed over.
    fn member(&mut self, header: &Header, ahead: Ahead) -> Option<Cut> {
        let raw = ahead.name.unwrap_or_else(|| header.path_bytes().into_owned());
        let kind = header.entry_type();
        if kind == EntryType::Directory || raw.ends_with(b"/") {
            return None;
        }
        let name = match name_of(&raw) {
            Ok(name) => name,
            Err(kind) => return Some(Cut::Failed(self.place.failed(0, kind))),
        };
        if is_hidden(&name) {
            self.passed.hidden(&name);
            return None;
        }
        match kind {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::GNUSparse => {
                let place = self.place.inside(&name, self.place.depth);
                let kind = DocErrorKind::Unsupported { format: "a sparse member of a tar archive" };
                return Some(Cut::Failed(place.failed(0, kind)));
            }
            _ => {
                self.passed.special(&name);
                return None;
            }
        }
        let stream = Stream::new(Member(Arc::clone(&self.body)));
        let cut = open_member(stream, &self.place, &name, Path::new(&name));
        self.inside = matches!(cut, Cut::Open(_));
        // One error for an archive that breaks, whatever was being read: that of the archive follows.
        if self.is_broken() && matches!(cut, Cut::Failed(_)) { None } else { Some(cut) }
    }

    fn is_broken(&self) -> bool {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).broken.is_some()
    }
}

impl Framer for Tar {
    fn next(&mut self) -> Option<Cut> {
        while !self.ended {
            let told = std::mem::take(&mut self.inside) && self.is_broken();
            let cut = match self.header() {
                Ok(Some((header, ahead))) => self.member(&header, ahead),
                Ok(None) => {
                    self.ended = true;
                    self.passed.note(&self.place).map(Cut::Skipped)
                }
                Err(kind) => {
                    self.ended = true;
                    (!told).then(|| Cut::Failed(self.place.failed(0, kind)))
                }
            };
            if cut.is_some() {
                return cut;
            }
        }
        None
    }
}

impl Ahead {
    /// Takes what a POSIX extension says.
    fn read(&mut self, extension: &[u8]) {
        for said in PaxExtensions::new(extension).map_while(Result::ok) {
            match said.key_bytes() {
                b"path" => self.name = Some(said.value_bytes().to_vec()),
                b"size" => self.size = said.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }
}

impl Body {
    /// Begins a member of `size` bytes.
    fn member(&mut self, size: u64) {
        self.left = size;
        self.padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    /// Passes over what is left of the member.
    fn finish_member(&mut self) -> Result<(), DocErrorKind> {
        if let Some(kind) = &self.broken {
            return Err(kind.clone());
        }
        let rest = self.left.saturating_add(self.padding);
        let passed = self.stream.pass(rest);
        let passed = passed.map_err(|kind| self.breaks(kind))?;
        self.at += passed;
        // The last block need not be filled.
        if passed < self.left {
            return Err(self.damage("it ends inside a member".to_owned()));
        }
        (self.left, self.padding) = (0, 0);
        Ok(())
    }

    /// The next header; `None` at the end of the archive, which two blocks of zeros should mark and the end of the bytes may.
    fn block(&mut self) -> Result<Option<Header>, DocErrorKind> {
        let mut header = Header::new_old();
        let mut filled = 0;
        while filled < header.as_bytes().len() {
            match self.stream.read(&mut header.as_mut_bytes()[filled..]) {
                Ok(0) => break,
                Ok(bytes) => filled += bytes,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(self.breaks(fault(e))),
            }
        }
        self.at += filled as u64;
        if filled == 0 || header.as_bytes().iter().all(|&b| b == 0) {
            // What goes on after the mark is not ours, but damage in it is told.
            return self.stream.pass(u64::MAX).map(|_| None).map_err(|kind| self.breaks(kind));
        }
        if filled < header.as_bytes().len() {
            return Err(self.damage("it ends inside a header".to_owned()));
        }
        if !is_tar(header.as_bytes()) {
            return Err(self.damage("the checksum of a header is wrong".to_owned()));
        }
        Ok(Some(header))
    }

    /// The bytes of a header that goes before a member; `None` when it is too long to be true.
    fn extension(&mut self, size: u64) -> Result<Option<Vec<u8>>, DocErrorKind> {
        self.member(size);
        if size > LONGEST_EXTENSION {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        let read = Read::by_ref(&mut self.stream).take(size).read_to_end(&mut bytes);
        read.map_err(|e| self.breaks(fault(e)))?;
        self.at += bytes.len() as u64;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    fn damage(&mut self, reason: String) -> DocErrorKind {
        let kind = DocErrorKind::Truncated { packing: "tar", at: self.at, reason };
        self.breaks(kind)
    }

    fn breaks(&mut self, kind: DocErrorKind) -> DocErrorKind {
        self.broken = Some(kind.clone());
        kind
    }
}

/// The bytes of the member that the archive stands at.
struct Member(Arc<Mutex<Body>>);

impl Read for Member {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = usize::try_from(body.left).unwrap_or(usize::MAX).min(out.len());
        if most == 0 {
            return Ok(0);
        }
        match body.stream.read(&mut out[..most]) {
            Ok(0) => Err(io::Error::other(body.damage("it ends inside a member".to_owned()))),
            Ok(bytes) => {
                body.left -= bytes as u64;
                body.at += bytes as u64;
                Ok(bytes)
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
            Err(e) => Err(io::Error::other(body.breaks(fault(e)))),
        }
    }
}
