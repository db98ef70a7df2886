//! Ids that survive re-runs: hashes of content, never of position in the run.

use std::fmt;
use std::ops::Deref;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::doc::document::Document;

/// Digits of ids: lower-case letters and digits without i, l, o, u (Crockford's base 32), safe in XML and file names.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id: 80 bits. Among 10⁹ segments two share an id with a chance below 10⁻⁶.
const LENGTH: usize = 16;

/// What tells segments from documents of the same text.
const SEGMENT: &str = "segment";

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
    hashed(&[SEGMENT, key, text], occurrence)
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

/// The ids of a document's segments, in their order; kept and used again from document to document.
#[derive(Debug, Default)]
pub struct SegmentIds {
    /// What is hashed: what all segments begin with, then a segment.
    bytes: Vec<u8>,
    shared: usize,
    /// How many segments had the same text, by what their first id is made of.
    occurrences: FxHashMap<u128, u64>,
}

impl SegmentIds {
    /// Begins a document with this key.
    pub fn begin(&mut self, key: &str) {
        self.bytes.clear();
        self.occurrences.clear();
        for part in [SEGMENT, key] {
            self.put(part);
        }
        self.shared = self.bytes.len();
    }

    /// The id of the next segment, as [`segment_id`] gives it.
    pub fn next(&mut self, text: &str) -> SegmentId {
        self.bytes.truncate(self.shared);
        self.put(text);
        let end = self.bytes.len();
        self.bytes.extend(0_u64.to_le_bytes());
        let first = xxh3_128(&self.bytes);
        let occurrences = self.occurrences.entry(first).or_default();
        let occurrence = *occurrences;
        *occurrences += 1;
        if occurrence == 0 {
            return id_of(first);
        }
        self.bytes.truncate(end);
        self.bytes.extend(occurrence.to_le_bytes());
        id_of(xxh3_128(&self.bytes))
    }

    fn put(&mut self, part: &str) {
        self.bytes.extend((part.len() as u64).to_le_bytes());
        self.bytes.extend(part.as_bytes());
    }
}

/// Parts with their lengths, and a number.
fn hashed(parts: &[&str], number: u64) -> SegmentId {
    let mut hasher = Xxh3::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&number.to_le_bytes());
    id_of(hasher.digest128())
}

fn id_of(bits: u128) -> SegmentId {
    let mut id = [0; LENGTH];
    // Digits of five bits, eight from either half of the lowest eighty.
    let halves = [bits, bits >> 40].map(|half| (half & 0xFF_FFFF_FFFF) as u64);
    for (digits, half) in id.chunks_exact_mut(LENGTH / 2).zip(halves) {
        for (at, digit) in digits.iter_mut().enumerate() {
            *digit = DIGITS[(half >> (5 * at) & 31) as usize];
        }
    }
    SegmentId(id)
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
    fn ids_in_turn_are_those_of_each_alone() {
        let mut ids = SegmentIds::default();
        let long = "x".repeat(600);
        for key in ["key", "another"] {
            ids.begin(key);
            let texts = [("a", 0), ("", 0), ("a", 1), ("b", 0), (&long, 0), ("a", 2), ("", 1), (&long, 1)];
            for (text, occurrence) in texts {
                assert_eq!(ids.next(text), segment_id(key, text, occurrence), "{text}, {occurrence}");
            }
        }
    }

    #[test]
    fn ids_never_change_between_releases() {
        insta::assert_snapshot!(segment_id("key", "A sentence.", 0), @"9hnxrqpvqvg7x5sk");
    }
}
