//! A record's bytes, in the worker that is to read them.

use std::fs::File;

use crate::base::error::DocErrorKind;
use crate::doc::record::Payload;
use crate::io::stream::{Stream, fault};
use crate::io::unpack::{self, Allowance};

/// The default cap on a record, in bytes after unpacking.
pub const MAX_RECORD_BYTES: u64 = 64 << 20;

/// The bytes of `payload`, unpacked; at most `max_record_bytes` of them, whatever a packed file would give.
///
/// # Errors
/// `Unreadable` when the file went away or the system refuses it, `TooLarge`, `Truncated`, and `Unsupported` packings.
pub fn load(payload: Payload, max_record_bytes: u64) -> Result<Vec<u8>, DocErrorKind> {
    let cap = cap(max_record_bytes);
    match payload {
        Payload::Bytes(bytes) if bytes.len() > cap => Err(DocErrorKind::TooLarge { limit: cap as u64 }),
        Payload::Bytes(bytes) => Ok(bytes),
        Payload::File { path, .. } => {
            let file = File::open(path).map_err(fault)?;
            let expected = file.metadata().map_or(0, |known| known.len());
            let unpacked = unpack::open(Stream::new(file), &Allowance::of(expected), 0)?;
            unpacked.stream.whole(cap, usize::try_from(expected).unwrap_or(cap))
        }
    }
}

/// The cap that is kept: positions in a document are 32 bits wide, whatever a setting allows.
pub fn cap(max_record_bytes: u64) -> usize {
    usize::try_from(max_record_bytes.min(u64::from(u32::MAX) - 1)).unwrap_or(usize::MAX - 1)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::doc::record::Packing;

    fn file(path: &Path) -> Payload {
        Payload::File { path: path.to_owned(), packing: Packing::Plain }
    }

    #[test]
    fn a_file_over_the_cap_is_refused_and_one_at_the_cap_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(load(file(&path), 5).unwrap(), b"12345");
        assert_eq!(load(file(&path), 4), Err(DocErrorKind::TooLarge { limit: 4 }));
        assert_eq!(load(Payload::Bytes(b"12345".to_vec()), 4), Err(DocErrorKind::TooLarge { limit: 4 }));
    }

    #[test]
    fn a_file_that_went_away_is_unreadable() {
        let gone = load(file(Path::new("/nowhere/a.txt")), 9);
        assert_eq!(gone.map_err(|e| e.name()), Err("unreadable"));
    }
}
