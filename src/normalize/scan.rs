//! Finding the rare byte that matters, at the speed of memory.

/// Bytes looked at together: wide enough for the compiler to use vector registers.
const CHUNK: usize = 64;

/// The first position at or after `from` whose byte, with the byte after it (`\n` at the end), fulfils `matters`.
///
/// `matters` should be comparisons joined by `|` and `&`, without branches, so that a chunk is decided at once.
pub(super) fn find(bytes: &[u8], from: usize, matters: impl Fn(u8, u8) -> bool + Copy) -> Option<usize> {
    let mut at = from;
    while at + CHUNK < bytes.len() {
        let here = &bytes[at..at + CHUNK];
        let next = &bytes[at + 1..=at + CHUNK];
        let any = here.iter().zip(next).fold(false, |any, (&a, &b)| any | matters(a, b));
        if any {
            let hit = here.iter().zip(next).position(|(&a, &b)| matters(a, b));
            return hit.map(|offset| at + offset);
        }
        at += CHUNK;
    }
    (at..bytes.len()).find(|&i| matters(bytes[i], bytes.get(i + 1).copied().unwrap_or(b'\n')))
}

/// Calls `each` with every such position in order; `each` gives the position to go on from, above the one it got.
pub(super) fn each(
    bytes: &[u8],
    matters: impl Fn(u8, u8) -> bool + Copy,
    mut each: impl FnMut(usize) -> usize,
) {
    let mut at = 0;
    while let Some(hit) = find(bytes, at, matters) {
        at = each(hit).max(hit + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_found_on_both_sides_of_a_chunk() {
        let mut bytes = vec![b'a'; 200];
        for at in [0, 63, 64, 127, 128, 199] {
            bytes[at] = b'!';
        }
        let mut hits = Vec::new();
        each(
            &bytes,
            |b, _| b == b'!',
            |at| {
                hits.push(at);
                at + 1
            },
        );
        assert_eq!(hits, [0, 63, 64, 127, 128, 199]);
    }
}
