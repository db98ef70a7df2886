//! Windows of bytes that vector instructions compare at once: what is found in one, as bits.

/// Bytes of a window.
pub(super) const WINDOW: usize = 64;

/// Bytes of a window and of the two behind it, which the characters that begin in it may reach into.
pub(super) const WITH_TAIL: usize = WINDOW + 2;

/// What is left of the bits of the window at `base` when all before `from` is passed.
#[inline]
pub(super) fn unpassed(left: u64, base: usize, from: usize) -> u64 {
    match from.saturating_sub(base) {
        passed @ 0..WINDOW => left & (u64::MAX << passed),
        _ => 0,
    }
}

/// Calls `found` with the window at the start of `rest` and the two bytes behind it; zeros stand where the text ends
/// before. Bits that are told of zeros are none of the text.
#[inline]
pub(super) fn with_tail(rest: &[u8], found: impl Fn(&[u8; WITH_TAIL]) -> u64) -> u64 {
    if let Some(whole) = rest.first_chunk::<WITH_TAIL>() {
        return found(whole);
    }
    let mut padded = [0; WITH_TAIL];
    padded[..rest.len()].copy_from_slice(rest);
    found(&padded)
}

/// The top bit of each of eight bytes that is no small letter of ASCII.
#[inline]
pub(super) fn not_small(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & (0x7F * EACH);
    let from_a = low + (0x80 - u64::from(b'a')) * EACH;
    let behind_z = low + (0x7F - u64::from(b'z')) * EACH;
    (!from_a | behind_z | eight) & (0x80 * EACH)
}

/// Bytes of 0 or 1 as bits, the first the lowest.
#[inline]
pub(super) fn bits(found: &[u8; WINDOW]) -> u64 {
    let (eights, _) = found.as_chunks::<8>();
    let gather = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().enumerate().fold(0, |bits, (at, eight)| bits | gather(eight) << (8 * at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_told_apart_in_every_byte() {
        for (b, at) in (0..=u8::MAX).flat_map(|b| (0..8).map(move |at| (b, at))) {
            for around in [0, b'a', b'z', u8::MAX] {
                let mut eight = [around; 8];
                eight[at] = b;
                let expected = eight.map(|b| if b.is_ascii_lowercase() { 0 } else { 0x80 });
                assert_eq!(not_small(u64::from_le_bytes(eight)), u64::from_le_bytes(expected), "{eight:?}");
            }
        }
    }

    #[test]
    fn each_byte_is_its_bit() {
        for at in 0..WINDOW {
            let mut found = [0; WINDOW];
            found[at] = 1;
            assert_eq!(bits(&found), 1 << at);
            found.fill(1);
            found[at] = 0;
            assert_eq!(bits(&found), !(1 << at));
        }
    }
}
