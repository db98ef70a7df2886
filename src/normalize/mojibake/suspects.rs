//! Where mojibake may begin, at the speed of memory.

/// Bytes looked at together: wide enough for the compiler to use vector registers.
const CHUNK: usize = 64;
/// Bytes that decide on a position: it and the three after it.
const WINDOW: usize = 4;

/// Positions where mojibake may begin, rising.
#[derive(Debug)]
pub(super) struct Suspects<'t> {
    bytes: &'t [u8],
    /// The chunk that is looked at, and which positions of it are still to come, the lowest bit first.
    chunk: usize,
    hits: u64,
}

impl<'t> Suspects<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { bytes, chunk: 0, hits: if bytes.is_empty() { 0 } else { hits(bytes, 0) } }
    }

    /// The next position at or after `from`, which must not fall.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        if from >= self.chunk + CHUNK {
            self.chunk = from;
            self.hits = if from < self.bytes.len() { hits(self.bytes, from) } else { 0 };
        }
        loop {
            while self.hits != 0 {
                let at = self.chunk + self.hits.trailing_zeros() as usize;
                self.hits &= self.hits - 1;
                if at >= from {
                    return Some(at);
                }
            }
            self.chunk += CHUNK;
            if self.chunk >= self.bytes.len() {
                return None;
            }
            self.hits = hits(self.bytes, self.chunk);
        }
    }
}

/// The suspects among the bytes of the chunk at `at`, the first in the lowest bit.
fn hits(bytes: &[u8], at: usize) -> u64 {
    let mut last = [b'\n'; CHUNK + WINDOW - 1];
    let window: &[u8; CHUNK + WINDOW - 1] = if let Some(window) = bytes[at..].first_chunk() {
        window
    } else {
        last[..bytes.len() - at].copy_from_slice(&bytes[at..]);
        &last
    };
    if window[..CHUNK].iter().fold(0, |all, &b| all | b) < 0x80 {
        return 0;
    }
    let mut found = [0_u8; CHUNK];
    for i in 0..CHUNK {
        found[i] = u8::from(suspect(window[i], window[i + 1], window[i + 2], window[i + 3]));
    }
    let (eights, _) = found.as_chunks::<8>();
    // The product gathers the lowest bits of eight bytes in the highest byte.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |hits, eight| hits << 8 | gathered(eight))
}

/// Whether the bytes begin with a character that some codec shows for the first byte of a sequence, and go on with one
/// that it shows for a later byte. Wrong only by saying yes too often.
///
/// Branchless, so that a chunk is decided at once.
#[inline]
fn suspect(a: u8, b: u8, c: u8, d: u8) -> bool {
    // Symbols (C2, CB, E2), letters that Windows-125x has in place of symbols (C4, C5, C6), U+FFFD (EF).
    let symbol = (c == 0xC2) | (c == 0xCB) | (c == 0xE2) | (c == 0xEF);
    let western = symbol | (c == 0xC4) | (c == 0xC5) | (c == 0xC6);
    let capital = (b < 0xA0) | (b == 0xBF);
    let latin = (a == 0xC3) & (western | capital & ((c == 0xC3) | (c == 0xCE) | (c == 0xCF)));
    let central = ((a == 0xC4) | (a == 0xC5)) & (western & (c != 0xC6) | (c == 0xC3));
    let lossy = (a == 0xC3)
        & ((c == b' ') | (c == b'?'))
        & ((b == 0x82) | (b == 0x83) | (b == 0x85) | (b == 0x8E) | (b == 0x90) | (b == 0x97) | (b == 0x99));
    let greek =
        ((a == 0xCE) | (a == 0xCF)) & (symbol | (c == 0xC3) | (c == 0xC6) | ((c == 0xCE) & (d < 0x90)));
    let cyrillic = ((a == 0xD0) | (a == 0xD1))
        & (symbol | ((c == 0xD0) & (d < 0x90)) | ((c == 0xD1) & (d >= 0x90)) | (c == 0xD2));
    let sign = (a == 0xC2) & ((b < 0xA0) | ((b == 0xAC) | (b == 0xB5) | (b == 0xB7)) & (c >= 0xC2));
    let florin = (a == 0xC6) & (b == 0x92) & (c >= 0xC2);
    let marks =
        (b == 0x80) & ((c == 0x93) | (c == 0x94) | (c == 0x9A) | (c == 0x9E) | (c == 0xA1) | (c == 0xB0));
    let drawn = (0x88..=0x89).contains(&b) | (0x94..=0x97).contains(&b) | (b == 0x8C);
    let three = (a == 0xE2)
        & (marks | drawn)
        & ((d == 0xC2) | (d == 0xC3) | (d == 0xC6) | (d == 0xCE) | (d == 0xCF) | (d == 0xE2));
    let logotype = (a == 0xEF) & (b == 0xA3) & (d >= 0xC2);
    latin | central | lossy | greek | cyrillic | sign | florin | three | logotype
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suspects_are_found_on_both_sides_of_a_chunk() {
        for before in [0, 1, 61, 62, 63, 64, 65, 127, 200] {
            let text = format!("{}Ã©{}Ã©", "a".repeat(before), "b".repeat(70));
            let mut suspects = Suspects::new(&text);
            assert_eq!(suspects.next(0), Some(before));
            assert_eq!(suspects.next(before + 1), Some(before + 74));
            assert_eq!(suspects.next(before + 75), None);
        }
    }
}
