//! What was opened before a place in a block: every byte is counted once, however often it is asked.

use super::window::{WINDOW, bits, with_tail};

/// Where the scan stands in a block, and what was opened before: every byte is counted once, however often it is asked.
#[derive(Debug, Default)]
pub(super) struct Passed {
    /// Where the segment began that is being read.
    pub(super) since: usize,
    /// Plain double quotation marks up to `quotes_to`.
    quotes: usize,
    quotes_to: usize,
    spaced: Spaced,
}

/// What may close behind a space.
#[derive(Debug, Default)]
pub(super) struct Spaced {
    to: usize,
    /// Whether the plain single quotation marks that stand at an edge of a word are odd.
    pub(super) odd_single: bool,
    /// The same of two single ones that stand for a double one; `None` before the first.
    pub(super) doubled: Option<bool>,
    /// « less ».
    pub(super) angles: i32,
}

/// The bytes of the window that `rest` begins with which [`Passed::spaced`] looks at, a bit each.
fn spaced_in(rest: &[u8]) -> u64 {
    with_tail(rest, |window| {
        let mut found = [0u8; WINDOW];
        for (found, &b) in found.iter_mut().zip(window) {
            *found = u8::from((b == b',') | (b == b'\'') | (b == 0xAB) | (b == 0xBB));
        }
        bits(&found)
    })
}

impl Passed {
    /// Begins a segment at `at`.
    pub(super) fn cut(&mut self, at: usize) {
        self.since = at;
    }

    /// Whether the plain double quotation marks before `to` are odd.
    pub(super) fn quoted(&mut self, bytes: &[u8], to: usize) -> bool {
        if to > self.quotes_to {
            self.quotes += memchr::memchr_iter(b'"', &bytes[self.quotes_to..to]).count();
            self.quotes_to = to;
        }
        self.quotes % 2 == 1
    }

    /// What may close behind a space, counted up to `to`.
    pub(super) fn spaced(&mut self, bytes: &[u8], to: usize) -> &Spaced {
        let letter = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        let spaced = &mut self.spaced;
        for base in (spaced.to..to).step_by(WINDOW) {
            let mut left = spaced_in(&bytes[base..]);
            while left != 0 {
                let at = base + left.trailing_zeros() as usize;
                left &= left - 1;
                if at >= to {
                    break;
                }
                let (before, after) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at + 1).copied());
                match bytes[at] {
                    // Two commas are low quotation marks.
                    b',' if after == Some(b',') => spaced.doubled = Some(true),
                    b'\'' if after == Some(b'\'') => {
                        spaced.doubled = Some(!spaced.doubled.unwrap_or_default());
                    }
                    b'\'' if before == Some(b'\'') => {}
                    b'\'' if !(at > 0 && letter(at - 1) && letter(at + 1)) => {
                        spaced.odd_single = !spaced.odd_single;
                    }
                    0xAB if before == Some(0xC2) => spaced.angles += 1,
                    0xBB if before == Some(0xC2) => spaced.angles -= 1,
                    _ => {}
                }
            }
        }
        spaced.to = spaced.to.max(to);
        spaced
    }
}
