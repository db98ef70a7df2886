//! Windows of bytes that vector instructions compare at once: what is found in one, as bits.

/// Bytes of a window.
pub(super) const WINDOW: usize = 64;

/// Bytes of a window and of the two behind it, which the characters that begin in it may reach into.
pub(super) const WITH_TAIL: usize = WINDOW + 2;

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
