//! The bytes of a file as UTF-8 in pieces, with the number of the line; nothing is replaced by U+FFFD without a word.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// How much is read and decoded at once, in bytes.
const PIECE: usize = 32 << 10;

/// How much is looked at to find the encoding, in bytes.
const LOOKED_AT: usize = 1 << 10;

/// A file as UTF-8.
pub(super) struct Source<'r> {
    input: &'r mut dyn Read,
    /// What turns the bytes into UTF-8; `None` where they are UTF-8, which the parser checks.
    decoder: Option<Decoder>,
    /// `raw[taken..]` was read and not yet decoded.
    raw: Vec<u8>,
    taken: usize,
    /// `ready[given..]` was decoded and not yet given out.
    ready: Vec<u8>,
    given: usize,
    ended: bool,
    line: u64,
    /// Whether the last byte given out was a carriage return.
    returned: bool,
}

impl<'r> Source<'r> {
    /// The text of `input`, in the encoding that its mark, its first bytes or its XML declaration say, otherwise in UTF-8. A
    /// byte order mark is passed over.
    ///
    /// # Errors
    /// Those of `input`, and `InvalidData` for an encoding that is not known.
    pub(super) fn open(input: &'r mut dyn Read) -> io::Result<Self> {
        let mut raw = Vec::new();
        (&mut *input).take(LOOKED_AT as u64).read_to_end(&mut raw)?;
        let (encoding, mark) = encoding(&raw)?;
        let decoder = (encoding != encoding_rs::UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        let (ready, ended, line, returned) = (Vec::new(), false, 1, false);
        Ok(Self { input, decoder, raw, taken: mark, ready, given: 0, ended, line, returned })
    }

    /// The line that the next byte stands on, from 1; a lone carriage return ends one too.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.taken == self.raw.len() && !self.ended {
            self.raw.resize(PIECE, 0);
            self.taken = 0;
            let read = loop {
                match self.input.read(&mut self.raw) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            self.raw.truncate(read);
            self.ended = read == 0;
        }
        let piece = &self.raw[self.taken..];
        let Some(decoder) = &mut self.decoder else {
            self.ready.clear();
            self.ready.extend_from_slice(piece);
            self.taken = self.raw.len();
            return Ok(());
        };
        self.ready.resize(4 * PIECE, 0);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(piece, &mut self.ready, self.ended);
        self.ready.truncate(written);
        self.taken += read;
        match result {
            DecoderResult::Malformed(..) => {
                let reason = format!("not valid {}", decoder.encoding().name());
                Err(io::Error::new(io::ErrorKind::InvalidData, reason))
            }
            DecoderResult::InputEmpty if self.ended => {
                self.decoder = None;
                Ok(())
            }
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
        }
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.given == self.ready.len() {
            self.given = 0;
            self.ready.clear();
            self.fill()?;
            if self.ready.is_empty() && self.ended && (self.decoder.is_none() && self.taken == self.raw.len())
            {
                break;
            }
        }
        Ok(&self.ready[self.given..])
    }

    fn consume(&mut self, count: usize) {
        let taken = &self.ready[self.given..self.given + count];
        for at in memchr::memchr2_iter(b'\n', b'\r', taken) {
            let after_return = if at == 0 { self.returned } else { taken[at - 1] == b'\r' };
            self.line += u64::from(taken[at] == b'\r' || !after_return);
        }
        if let Some(&last) = taken.last() {
            self.returned = last == b'\r';
        }
        self.given += count;
    }
}

impl Read for Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(out.len());
        out[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// The encoding of a file that begins with `head`, and the length of its mark in bytes.
fn encoding(head: &[u8]) -> io::Result<(&'static Encoding, usize)> {
    if let Some(marked) = Encoding::for_bom(head) {
        return Ok(marked);
    }
    match head {
        // No text of these formats begins with anything but ASCII.
        [first, 0, ..] if *first != 0 => return Ok((encoding_rs::UTF_16LE, 0)),
        [0, first, ..] if *first != 0 => return Ok((encoding_rs::UTF_16BE, 0)),
        _ => {}
    }
    let Some(label) = declared(head) else { return Ok((encoding_rs::UTF_8, 0)) };
    let Some(encoding) = Encoding::for_label(label) else {
        let reason = format!("unknown encoding `{}`", String::from_utf8_lossy(label));
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
    };
    // A declaration that could be read is not in UTF-16, whatever it says: some tools write that into UTF-8.
    Ok((if encoding.is_ascii_compatible() { encoding } else { encoding_rs::UTF_8 }, 0))
}

/// The encoding that an XML declaration names.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memchr::memmem::find(declaration, b"?>")?];
    let value = &declaration[memchr::memmem::find(declaration, b"encoding")? + 8..];
    let value = value.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = value.split_first()?;
    value.get(..memchr::memchr(quote, value)?)
}
