//! Ids that are unique in a run, given out in the order of the input.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The ids that were seen. Eight bytes and a count a document are the only thing of a run that grows with their number.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// By hash of an id: how often it was seen.
    seen: FxHashMap<u64, u32>,
}

impl Ids {
    /// Another id for a document whose own was seen before: with `-2`, `-3` … behind it.
    pub(super) fn unique(&mut self, id: &str) -> Option<String> {
        let count = self.seen.entry(xxh3_64(id.as_bytes())).or_default();
        *count += 1;
        if *count == 1 {
            return None;
        }
        let mut number = *count;
        loop {
            let next = format!("{id}-{number}");
            let free = self.seen.entry(xxh3_64(next.as_bytes())).or_default();
            if *free == 0 {
                *free = 1;
                self.seen.insert(xxh3_64(id.as_bytes()), number);
                return Some(next);
            }
            number += 1;
        }
    }
}
