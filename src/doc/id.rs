//! Ids that survive re-runs: hashes of content, never of position in the run.

use std::fmt;
use std::ops::Deref;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::doc::document::Document;

/// Digits of ids: lower-case letters and digits without i, l, o, u (Crockford's base 32), safe in XML and file names.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id: 80 bits. Among 10⁹ segments two share an id with a chance below 10⁻⁶.
const LENGTH: usize = 16;

/// The document's id: as given, or a hash of its normalized title and text, so that the same article has the same id in
/// any encoding and packing.
pub fn document_id(document: &Document) -> String {
    if let Some(id) = &document.id {
        return id.clone();
    }
    let title = document.title.as_ref().map_or("", |field| field.text.as_str());
    hashed(&["document", title, document.text.text.as_str()], 0).to_string()
}

/// What segment ids are made from: the document's id, else its address, else its content (and `id` then).
pub fn document_key<'d>(document: &'d Document, id: &'d str) -> &'d str {
    match (&document.id, &document.meta.url) {
        (None, Some(url)) => url,
        _ => id,
    }
}

/// The id of a segment: a hash of its document's key, its text, and how many equal ones stand before it.
pub fn segment_id(key: &str, text: &str, occurrence: u64) -> SegmentId {
    hashed(&["segment", key, text], occurrence)
}

/// The id of a segment: 16 lower-case letters and digits, a valid XML `NMTOKEN`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId([u8; LENGTH]);

impl Deref for SegmentId {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(&self.0).expect("digits are ASCII")
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Bytes that are hashed at once: those of most segments.
const AT_ONCE: usize = 512;

fn hashed(parts: &[&str], number: u64) -> SegmentId {
    let mut bits = bits_at_once(parts, number).unwrap_or_else(|| bits_in_turn(parts, number));
    let mut id = [0; LENGTH];
    for digit in &mut id {
        *digit = DIGITS[(bits & 31) as usize];
        bits >>= 5;
    }
    SegmentId(id)
}

/// The hash of lengths, parts and number: what [`bits_in_turn`] gives, without its state. `None` for more than [`AT_ONCE`].
fn bits_at_once(parts: &[&str], number: u64) -> Option<u128> {
    let mut bytes = [0; AT_ONCE];
    let mut end = 0;
    let mut put = |part: &[u8]| {
        bytes.get_mut(end..end + part.len())?.copy_from_slice(part);
        end += part.len();
        Some(())
    };
    for part in parts {
        put(&(part.len() as u64).to_le_bytes())?;
        put(part.as_bytes())?;
    }
    put(&number.to_le_bytes())?;
    Some(xxh3_128(&bytes[..end]))
}

fn bits_in_turn(parts: &[&str], number: u64) -> u128 {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&number.to_le_bytes());
    hasher.digest128()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_read_alike_when_joined_have_other_ids() {
        assert_ne!(segment_id("ab", "c", 0), segment_id("a", "bc", 0));
        assert_ne!(segment_id("a", "b", 0), segment_id("a", "b", 1));
    }

    #[test]
    fn hashing_at_once_and_in_turn_are_one() {
        for length in 0..600 {
            let text = "x".repeat(length);
            let parts = ["segment", "key", text.as_str()];
            let at_once = bits_at_once(&parts, 7);
            assert_eq!(at_once.is_some(), length + 7 + 3 + 4 * 8 <= AT_ONCE, "{length}");
            assert_eq!(at_once.unwrap_or(bits_in_turn(&parts, 7)), bits_in_turn(&parts, 7), "{length}");
        }
    }

    #[test]
    fn ids_never_change_between_releases() {
        insta::assert_snapshot!(segment_id("key", "A sentence.", 0), @"9hnxrqpvqvg7x5sk");
    }
}
