//! Bytes with a look ahead and a fault that stays: what was read before damage is given out, then the damage, once.

use std::io::{self, Read};

use crate::base::error::DocErrorKind;

/// How much is read at once from a file or pipe, in bytes.
const BLOCK: usize = 1 << 20;

/// How much is read at once of what is passed over or looked through, in bytes.
const CHUNK: usize = 64 << 10;

/// How much is looked at to tell what a file is, in bytes.
pub const HEAD: usize = 8 << 10;

/// Bytes from a file, pipe or decoder.
pub struct Stream {
    rest: Box<dyn Read + Send>,
    /// `buffer[start..filled]` was read and not yet taken.
    buffer: Vec<u8>,
    start: usize,
    filled: usize,
    /// How reading ended, once it did.
    end: Option<Result<(), DocErrorKind>>,
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("ahead", &self.ahead().len())
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// What [`Stream::line`] came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A line, without its line feed.
    Whole(Vec<u8>),
    /// A line longer than the cap; it was passed over.
    TooLong,
    /// The bytes end here.
    End,
    /// The bytes are damaged here; a line that had begun is not whole and was dropped.
    Fault(DocErrorKind),
}

impl Stream {
    /// The bytes of `rest`. Its errors that carry a [`DocErrorKind`] keep it; others become `Unreadable`.
    pub fn new(rest: impl Read + Send + 'static) -> Self {
        Self { rest: Box::new(rest), buffer: Vec::new(), start: 0, filled: 0, end: None }
    }

    /// The next bytes without taking them: `want` of them, or fewer when the stream ends or fails before.
    pub fn peek(&mut self, want: usize) -> &[u8] {
        while self.ahead().len() < want && self.end.is_none() {
            self.fill(want - self.ahead().len());
        }
        &self.ahead()[..want.min(self.ahead().len())]
    }

    /// The next bytes without taking them, as many as there are at once; none at the end.
    ///
    /// # Errors
    /// What the stream failed with, once.
    pub fn chunk(&mut self) -> Result<&[u8], DocErrorKind> {
        if self.ahead().is_empty() {
            while self.ahead().is_empty() && self.end.is_none() {
                self.fill(CHUNK);
            }
            if self.ahead().is_empty()
                && let Some(Err(kind)) = &self.end
            {
                let kind = kind.clone();
                self.end = Some(Ok(()));
                return Err(kind);
            }
        }
        Ok(self.ahead())
    }

    /// What the stream failed with, where reading ahead has met it.
    pub(crate) fn failed(&self) -> Option<DocErrorKind> {
        self.end.as_ref()?.as_ref().err().cloned()
    }

    /// Takes `bytes` that were looked at.
    pub fn skip(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.filled);
    }

    /// Passes over the next `bytes` in bounded memory; gives how many there were before the end.
    ///
    /// # Errors
    /// What the stream failed with before that.
    pub fn pass(&mut self, bytes: u64) -> Result<u64, DocErrorKind> {
        let mut passed = 0;
        while passed < bytes {
            let left = usize::try_from(bytes - passed).unwrap_or(usize::MAX);
            if self.ahead().is_empty() {
                match &self.end {
                    None => self.fill(left.min(CHUNK)),
                    Some(Ok(())) => break,
                    Some(Err(kind)) => return Err(kind.clone()),
                }
            }
            let step = self.ahead().len().min(left);
            self.skip(step);
            passed += step as u64;
        }
        Ok(passed)
    }

    /// Takes all that is left, `cap` bytes at most; `expected` bytes are made room for.
    ///
    /// # Errors
    /// `TooLarge` beyond the cap, after reading one byte more; otherwise what the stream ended with.
    pub fn whole(mut self, cap: usize, expected: usize) -> Result<Vec<u8>, DocErrorKind> {
        let mut all = std::mem::take(&mut self.buffer);
        all.truncate(self.filled);
        all.drain(..self.start);
        if self.end.is_none() {
            all.reserve(expected.min(cap).saturating_sub(all.len()));
            let most = (cap + 1).saturating_sub(all.len());
            let read = self.rest.take(most as u64).read_to_end(&mut all);
            self.end = Some(read.map(|_| ()).map_err(fault));
        }
        if all.len() > cap {
            return Err(DocErrorKind::TooLarge { limit: cap as u64 });
        }
        self.end.unwrap_or(Ok(())).map(|()| all)
    }

    /// Takes the next line; the last one may lack its line feed. One over `cap` bytes is passed over in bounded memory.
    pub fn line(&mut self, cap: usize) -> Line {
        let (mut searched, mut too_long) = (0, false);
        loop {
            let feed = memchr::memchr(b'\n', &self.ahead()[searched..]).map(|at| searched + at);
            if let Some(feed) = feed {
                let line = if too_long || feed > cap {
                    Line::TooLong
                } else {
                    Line::Whole(self.ahead()[..feed].to_vec())
                };
                self.skip(feed + 1);
                return line;
            }
            searched = self.ahead().len();
            match &mut self.end {
                None => {}
                Some(Err(kind)) => {
                    let kind = kind.clone();
                    self.end = Some(Ok(()));
                    self.skip(searched);
                    return Line::Fault(kind);
                }
                Some(Ok(())) => {
                    let last = self.ahead().to_vec();
                    self.skip(searched);
                    return match last.len() {
                        _ if too_long => Line::TooLong,
                        0 => Line::End,
                        bytes if bytes > cap => Line::TooLong,
                        _ => Line::Whole(last),
                    };
                }
            }
            if searched > cap {
                too_long = true;
                self.skip(searched);
                searched = 0;
            }
            self.fill(BLOCK);
        }
    }

    fn ahead(&self) -> &[u8] {
        &self.buffer[self.start..self.filled]
    }

    /// Reads once, at most `most` bytes: a slow pipe's lines are not held back until a block is full.
    fn fill(&mut self, most: usize) {
        if self.start > 0 && self.filled + most > self.buffer.len() {
            self.buffer.copy_within(self.start..self.filled, 0);
            self.filled -= self.start;
            self.start = 0;
        }
        if self.filled + most > self.buffer.len() {
            self.buffer.resize(self.filled + most, 0);
        }
        let room = &mut self.buffer[self.filled..self.filled + most];
        match self.rest.read(room) {
            Ok(0) => self.end = Some(Ok(())),
            Ok(bytes) => self.filled += bytes,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => self.end = Some(Err(fault(e))),
        }
    }
}

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.ahead().is_empty() {
            return match &self.end {
                None => self.rest.read(out),
                Some(Ok(())) => Ok(0),
                Some(Err(kind)) => Err(io::Error::other(kind.clone())),
            };
        }
        let taken = self.ahead().len().min(out.len());
        out[..taken].copy_from_slice(&self.ahead()[..taken]);
        self.skip(taken);
        Ok(taken)
    }
}

/// What a failed reading means for a document.
pub fn fault(e: io::Error) -> DocErrorKind {
    let reason = e.to_string();
    let told = e.into_inner().and_then(|inner| inner.downcast::<DocErrorKind>().ok());
    told.map_or(DocErrorKind::Unreadable { reason }, |kind| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives `bytes` one at a time, then fails.
    struct Drip(Vec<u8>);

    impl Read for Drip {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("the cable was pulled"));
            }
            out[0] = self.0.remove(0);
            Ok(1)
        }
    }

    fn lines(mut stream: Stream, cap: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        loop {
            let line = stream.line(cap);
            if line == Line::End {
                return lines;
            }
            lines.push(line);
        }
    }

    fn whole(line: &str) -> Line {
        Line::Whole(line.as_bytes().to_vec())
    }

    #[test]
    fn lines_come_whole_and_the_last_may_lack_its_line_feed() {
        let stream = Stream::new(&b"one\n\ntwo\r\nthree"[..]);
        assert_eq!(lines(stream, 99), [whole("one"), whole(""), whole("two\r"), whole("three")]);
        assert_eq!(lines(Stream::new(&b"one\n"[..]), 99), [whole("one")]);
        assert_eq!(lines(Stream::new(&b""[..]), 99), []);
    }

    #[test]
    fn a_line_over_the_cap_is_passed_over_in_bounded_memory() {
        let endless = io::repeat(b'x').take(20 << 20).chain(&b"\nshort\n"[..]);
        let mut stream = Stream::new(endless);
        assert_eq!(stream.line(5), Line::TooLong);
        assert!(stream.buffer.capacity() <= 4 * BLOCK, "{} bytes were kept", stream.buffer.capacity());
        assert_eq!(stream.line(5), whole("short"));
        assert_eq!(
            lines(Stream::new(&b"123456\n12345\n123456"[..]), 5),
            [Line::TooLong, whole("12345"), Line::TooLong]
        );
    }

    #[test]
    fn what_came_before_a_fault_is_given_out_and_the_fault_once() {
        let fault = DocErrorKind::Unreadable { reason: "the cable was pulled".to_owned() };
        let mut stream = Stream::new(Drip(b"one\ntwo\nthr".to_vec()));
        assert_eq!(stream.peek(99), b"one\ntwo\nthr");
        assert_eq!(lines(stream, 99), [whole("one"), whole("two"), Line::Fault(fault.clone())]);
        assert_eq!(Stream::new(Drip(b"one".to_vec())).whole(99, 0), Err(fault));
    }

    #[test]
    fn looking_ahead_takes_nothing() {
        let mut stream = Stream::new(&b"abcdef"[..]);
        assert_eq!(stream.peek(2), b"ab");
        assert_eq!(stream.peek(4), b"abcd");
        assert_eq!(stream.whole(6, 0).unwrap(), b"abcdef");
    }

    #[test]
    fn more_than_the_cap_is_refused_after_one_byte_more() {
        let refused = DocErrorKind::TooLarge { limit: 5 };
        assert_eq!(Stream::new(io::repeat(b'x')).whole(5, 0), Err(refused.clone()));
        let mut looked_at = Stream::new(io::repeat(b'x'));
        looked_at.peek(9);
        assert_eq!(looked_at.whole(5, 0), Err(refused));
        assert_eq!(Stream::new(&b"12345"[..]).whole(5, 99).unwrap(), b"12345");
    }
}
