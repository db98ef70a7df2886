//! gzip, Zstandard, bzip2 and xz, known by their first bytes, opened on the way; damage says how many bytes came out whole.
//!
//! To add a packing: its magic number in [`packing`], its decoder in `peel`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::error::DocErrorKind;
use crate::doc::record::Packing;
use crate::io::stream::Stream;

/// How many packings and archives may lie inside one another.
pub const DEPTH: usize = 8;

/// The most bytes that are unpacked for each byte of an input: text shrinks to a tenth, pages and tables from a mould to a
/// fiftieth, a bomb to a thousandth (the most that deflate can do) and less.
pub const RATIO: u64 = 200;

/// So many bytes may be unpacked from an input of any size.
pub const FREE_BYTES: u64 = 100 << 20;

/// How much may still be unpacked from one input, all its layers and members together.
///
/// The same for all clones.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// Bytes of the input: its size, or as many as were read so far.
    packed: Arc<AtomicU64>,
    unpacked: Arc<AtomicU64>,
}

impl Allowance {
    /// What may be unpacked from an input of `packed` bytes.
    pub fn of(packed: u64) -> Self {
        Self::counted(Arc::new(AtomicU64::new(packed)))
    }

    /// What may be unpacked from an input whose bytes are counted in `packed` as they are read.
    pub fn counted(packed: Arc<AtomicU64>) -> Self {
        Self { packed, unpacked: Arc::default() }
    }

    /// Takes `bytes` that were unpacked.
    ///
    /// # Errors
    /// `Bomb` beyond [`FREE_BYTES`] when they are more than [`RATIO`] times the input.
    pub fn take(&self, bytes: u64) -> Result<(), DocErrorKind> {
        let unpacked = self.unpacked.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if unpacked > FREE_BYTES && unpacked / RATIO > self.packed.load(Ordering::Relaxed) {
            return Err(DocErrorKind::Bomb { ratio: RATIO });
        }
        Ok(())
    }
}

/// How many bytes [`packing`] must see.
const MARK: usize = 10;

/// How a file that begins with `head` is packed.
pub fn packing(head: &[u8]) -> Packing {
    match head {
        [0x1f, 0x8b, 8, ..] => Packing::Gzip,
        // A frame, or a skippable one before it.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Packing::Zstd,
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Packing::Xz,
        // A block, or the end of a file without any: the letters alone may begin a text.
        [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Packing::Bzip2,
        _ => Packing::Plain,
    }
}

/// A stream freed of its packings.
#[derive(Debug)]
pub struct Unpacked {
    /// What was packed.
    pub stream: Stream,
    /// The outermost packing.
    pub packing: Packing,
    /// How deep the stream lies now.
    pub depth: usize,
}

/// Opens every packing around `stream`, which lies `depth` deep already; what comes out is taken from `allowance`.
///
/// All members of a gzip file, frames of a Zstandard file and streams of the others are read one after the other.
///
/// # Errors
/// `Unsupported` for what lies deeper than [`DEPTH`], and for any packing without the feature `unpack`.
/// Damage is found only later, by reading.
pub fn open(mut stream: Stream, allowance: &Allowance, mut depth: usize) -> Result<Unpacked, DocErrorKind> {
    let outermost = packing(stream.peek(MARK));
    loop {
        match packing(stream.peek(MARK)) {
            Packing::Plain => return Ok(Unpacked { stream, packing: outermost, depth }),
            packing => {
                depth = deeper(depth)?;
                stream = peel(stream, packing, allowance)?;
            }
        }
    }
}

/// One more than `depth`.
///
/// # Errors
/// `Unsupported` when that is more than [`DEPTH`].
pub fn deeper(depth: usize) -> Result<usize, DocErrorKind> {
    if depth >= DEPTH {
        return Err(DocErrorKind::Unsupported { format: "data packed more than eight deep" });
    }
    Ok(depth + 1)
}

/// Most memory that a decoder of xz may ask for: four times what the strongest usual setting needs.
#[cfg(feature = "unpack")]
const XZ_MEMORY: u64 = 256 << 20;

#[cfg(feature = "unpack")]
fn peel(stream: Stream, packing: Packing, allowance: &Allowance) -> Result<Stream, DocErrorKind> {
    use layer::Layer;
    let refused = |e: std::io::Error| DocErrorKind::Unreadable { reason: e.to_string() };
    let allowance = allowance.clone();
    Ok(match packing {
        Packing::Plain => stream,
        Packing::Gzip => {
            Stream::new(Layer::new(flate2::read::MultiGzDecoder::new(stream), "gzip", allowance))
        }
        Packing::Zstd => {
            let decoder = zstd::stream::read::Decoder::new(stream).map_err(refused)?;
            Stream::new(Layer::new(decoder, "zstd", allowance))
        }
        Packing::Bzip2 => {
            Stream::new(Layer::new(bzip2::read::MultiBzDecoder::new(stream), "bzip2", allowance))
        }
        Packing::Xz => {
            let decoder =
                liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, liblzma::stream::CONCATENATED)
                    .map_err(|e| refused(e.into()))?;
            Stream::new(Layer::new(liblzma::read::XzDecoder::new_stream(stream, decoder), "xz", allowance))
        }
    })
}

#[cfg(not(feature = "unpack"))]
fn peel(stream: Stream, packing: Packing, _: &Allowance) -> Result<Stream, DocErrorKind> {
    match packing {
        Packing::Plain => Ok(stream),
        Packing::Gzip => Err(DocErrorKind::Unsupported { format: "gzip" }),
        Packing::Zstd => Err(DocErrorKind::Unsupported { format: "zstd" }),
        Packing::Bzip2 => Err(DocErrorKind::Unsupported { format: "bzip2" }),
        Packing::Xz => Err(DocErrorKind::Unsupported { format: "xz" }),
    }
}

#[cfg(feature = "unpack")]
pub(crate) mod layer {
    use std::io::{self, Read};

    use super::Allowance;
    use crate::base::error::DocErrorKind;

    /// A decoder that counts what came out and names itself when it fails.
    pub(crate) struct Layer<R> {
        decoder: R,
        packing: &'static str,
        allowance: Allowance,
        at: u64,
    }

    impl<R> Layer<R> {
        pub(crate) fn new(decoder: R, packing: &'static str, allowance: Allowance) -> Self {
            Self { decoder, packing, allowance, at: 0 }
        }
    }

    impl<R: Read> Read for Layer<R> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            match self.decoder.read(out) {
                Ok(bytes) => {
                    self.at += bytes as u64;
                    self.allowance.take(bytes as u64).map_err(io::Error::other)?;
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

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(bytes).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(bytes).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    fn unpacked(packed: &[u8]) -> Result<Vec<u8>, DocErrorKind> {
        opened(packed)?.stream.whole(64 << 20, 0)
    }

    fn opened(packed: &[u8]) -> Result<Unpacked, DocErrorKind> {
        open(Stream::new(io::Cursor::new(packed.to_vec())), &Allowance::of(packed.len() as u64), 0)
    }

    #[test]
    fn all_members_and_frames_are_read() {
        assert_eq!(unpacked(&[gzip(b"one "), gzip(b""), gzip(b"two")].concat()).unwrap(), b"one two");
        assert_eq!(unpacked(&[zstd(b"one "), zstd(b"two")].concat()).unwrap(), b"one two");
        assert_eq!(unpacked(&[bzip2(b"one "), bzip2(b""), bzip2(b"two")].concat()).unwrap(), b"one two");
        assert_eq!(unpacked(&[xz(b"one "), xz(b"two")].concat()).unwrap(), b"one two");
        assert_eq!(unpacked(&bzip2(b"")).unwrap(), b"");
    }

    #[test]
    fn packings_inside_one_another_are_opened_up_to_eight() {
        let mut packed = b"text".to_vec();
        for pack in [gzip, zstd, bzip2, xz, gzip, zstd, bzip2, xz] {
            packed = pack(&packed);
        }
        assert_eq!(unpacked(&packed).unwrap(), b"text");
        assert_eq!(unpacked(&gzip(&packed)).map_err(|e| e.name()), Err("unsupported"));
    }

    #[test]
    fn a_file_cut_anywhere_gives_a_beginning_of_its_text_and_then_the_damage() {
        let text: Vec<u8> = (0..400_u32).flat_map(|n| format!("line {} ", n * n).into_bytes()).collect();
        for (name, packed) in
            [("gzip", gzip(&text)), ("zstd", zstd(&text)), ("bzip2", bzip2(&text)), ("xz", xz(&text))]
        {
            for cut in MARK..packed.len() {
                let Unpacked { mut stream, packing, .. } = opened(&packed[..cut]).unwrap();
                assert_ne!(packing, Packing::Plain);
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
        for bomb in [gzip(&zeros), zstd(&zeros), bzip2(&zeros), xz(&zeros), gzip(&gzip(&gzip(&zeros)))] {
            let stream = opened(&bomb).unwrap().stream;
            assert_eq!(stream.whole(1000, usize::MAX), Err(DocErrorKind::TooLarge { limit: 1000 }));
        }
    }

    #[test]
    fn what_unpacks_to_far_more_than_its_size_ends_with_one_error() {
        let zeros = vec![0; 1 << 20];
        let mut bomb = Vec::new();
        let member = gzip(&zeros);
        for _ in 0..=(FREE_BYTES >> 20) {
            bomb.extend_from_slice(&member);
        }
        let mut stream = opened(&bomb).unwrap().stream;
        let passed = stream.pass(u64::MAX);
        assert_eq!(passed, Err(DocErrorKind::Bomb { ratio: RATIO }));
        assert_eq!(opened(&member).unwrap().stream.pass(u64::MAX), Ok(1 << 20));
    }
}
