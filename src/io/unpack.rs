//! gzip and Zstandard, known by their first bytes, opened on the way; damage says how many bytes came out whole.
//!
//! To add a packing: its magic number in [`packing`], its decoder in `peel`.

use crate::base::error::DocErrorKind;
use crate::doc::record::Packing;
use crate::io::stream::Stream;

/// How many packings may lie inside one another.
const DEPTH: usize = 3;

/// How a file that begins with `head` is packed.
pub fn packing(head: &[u8]) -> Packing {
    match head {
        [0x1f, 0x8b, 8, ..] => Packing::Gzip,
        // A frame, or a skippable one before it.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Packing::Zstd,
        _ => Packing::Plain,
    }
}

/// Opens every packing around `stream`; also gives the outermost.
///
/// All members of a gzip file and all frames of a Zstandard file are read one after the other.
///
/// # Errors
/// `Unsupported` for more than three packings inside one another, and for any packing without the feature `unpack`.
/// Damage is found only later, by reading.
pub fn open(mut stream: Stream) -> Result<(Stream, Packing), DocErrorKind> {
    let outermost = packing(stream.peek(4));
    for _ in 0..DEPTH {
        match packing(stream.peek(4)) {
            Packing::Plain => return Ok((stream, outermost)),
            packing => stream = peel(stream, packing)?,
        }
    }
    match packing(stream.peek(4)) {
        Packing::Plain => Ok((stream, outermost)),
        _ => Err(DocErrorKind::Unsupported { format: "data packed more than three times" }),
    }
}

#[cfg(feature = "unpack")]
fn peel(stream: Stream, packing: Packing) -> Result<Stream, DocErrorKind> {
    match packing {
        Packing::Plain => Ok(stream),
        Packing::Gzip => {
            Ok(Stream::new(layer::Layer::new(flate2::read::MultiGzDecoder::new(stream), "gzip")))
        }
        Packing::Zstd => {
            let decoder = zstd::stream::read::Decoder::new(stream)
                .map_err(|e| DocErrorKind::Unreadable { reason: e.to_string() })?;
            Ok(Stream::new(layer::Layer::new(decoder, "zstd")))
        }
    }
}

#[cfg(not(feature = "unpack"))]
fn peel(stream: Stream, packing: Packing) -> Result<Stream, DocErrorKind> {
    match packing {
        Packing::Plain => Ok(stream),
        Packing::Gzip => Err(DocErrorKind::Unsupported { format: "gzip" }),
        Packing::Zstd => Err(DocErrorKind::Unsupported { format: "zstd" }),
    }
}

#[cfg(feature = "unpack")]
mod layer {
    use std::io::{self, Read};

    use crate::base::error::DocErrorKind;

    /// A decoder that counts what came out and names itself when it fails.
    pub(super) struct Layer<R> {
        decoder: R,
        packing: &'static str,
        at: u64,
    }

    impl<R> Layer<R> {
        pub(super) fn new(decoder: R, packing: &'static str) -> Self {
            Self { decoder, packing, at: 0 }
        }
    }

    impl<R: Read> Read for Layer<R> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            match self.decoder.read(out) {
                Ok(bytes) => {
                    self.at += bytes as u64;
                    Ok(bytes)
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
                // A fault of what lies below, already told.
                Err(e) if is_told(&e) => Err(e),
                Err(e) => Err(io::Error::other(DocErrorKind::Truncated {
                    packing: self.packing,
                    at: self.at,
                    reason: e.to_string(),
                })),
            }
        }
    }

    fn is_told(e: &io::Error) -> bool {
        e.get_ref().is_some_and(|inner| inner.downcast_ref::<DocErrorKind>().is_some())
    }
}

#[cfg(all(test, feature = "unpack"))]
pub(crate) mod tests {
    use std::io::{self, Read, Write};

    use super::*;

    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::stream::encode_all(bytes, 3).expect("memory can be written")
    }

    fn unpacked(packed: &[u8]) -> Result<Vec<u8>, DocErrorKind> {
        open(Stream::new(io::Cursor::new(packed.to_vec())))?.0.whole(64 << 20, 0)
    }

    #[test]
    fn all_members_and_frames_are_read() {
        assert_eq!(unpacked(&[gzip(b"one "), gzip(b""), gzip(b"two")].concat()).unwrap(), b"one two");
        assert_eq!(unpacked(&[zstd(b"one "), zstd(b"two")].concat()).unwrap(), b"one two");
    }

    #[test]
    fn packings_inside_one_another_are_opened_up_to_three() {
        let thrice = zstd(&gzip(&gzip(b"text")));
        assert_eq!(unpacked(&thrice).unwrap(), b"text");
        assert_eq!(unpacked(&gzip(&thrice)).map_err(|e| e.name()), Err("unsupported"));
    }

    #[test]
    fn a_file_cut_anywhere_gives_a_beginning_of_its_text_and_then_the_damage() {
        let text: Vec<u8> = (0..400_u32).flat_map(|n| format!("line {} ", n * n).into_bytes()).collect();
        for (name, packed) in [("gzip", gzip(&text)), ("zstd", zstd(&text))] {
            for cut in 4..packed.len() {
                let (mut stream, outermost) =
                    open(Stream::new(io::Cursor::new(packed[..cut].to_vec()))).unwrap();
                assert_ne!(outermost, Packing::Plain);
                let mut out = Vec::new();
                let failed = stream.read_to_end(&mut out).expect_err("a cut file is not whole");
                assert!(text.starts_with(&out), "{name} cut at {cut} invented bytes");
                match crate::io::stream::fault(failed) {
                    DocErrorKind::Truncated { packing, at, .. } => {
                        assert_eq!((packing, at), (name, out.len() as u64), "cut at {cut}");
                    }
                    other => panic!("{name} cut at {cut}: {other}"),
                }
            }
        }
    }

    #[test]
    fn a_wrong_checksum_and_garbage_at_the_end_are_damage() {
        let mut wrong = gzip(b"text");
        let crc = wrong.len() - 8;
        wrong[crc] ^= 1;
        assert_eq!(unpacked(&wrong).map_err(|e| e.name()), Err("truncated"));
        assert_eq!(
            unpacked(&[&gzip(b"text")[..], b"garbage"].concat()).map_err(|e| e.name()),
            Err("truncated")
        );
        assert_eq!(
            unpacked(&[&zstd(b"text")[..], b"garbage"].concat()).map_err(|e| e.name()),
            Err("truncated")
        );
    }

    #[test]
    fn a_bomb_costs_no_more_than_the_cap() {
        let zeros = vec![0; 10 << 20];
        for bomb in [gzip(&zeros), zstd(&zeros), gzip(&gzip(&gzip(&zeros)))] {
            let (stream, _) = open(Stream::new(io::Cursor::new(bomb))).unwrap();
            assert_eq!(stream.whole(1000, usize::MAX), Err(DocErrorKind::TooLarge { limit: 1000 }));
        }
    }
}
