//! Where normalized text came from: a list of the stretches that changed.
//!
//! Unchanged text costs nothing. A change ties a stretch of output to the stretch of source that made it; either may be
//! empty (a deletion, an insertion). Maps compose, so that every step of reading and normalizing keeps the way back.

use crate::base::span::{Span, Src, Txt};

/// One stretch that differs between source and output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The stretch in the source.
    pub src: Span<Src>,
    /// The stretch in the output.
    pub out: Span<Txt>,
}

/// A map from output spans back to source spans; the identity when empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpanMap {
    /// Sorted, disjoint in both spaces.
    changes: Vec<Change>,
}

impl SpanMap {
    /// The map of these changes, which must be sorted and disjoint in both spaces, with equal distances between them.
    pub fn new(changes: Vec<Change>) -> Self {
        debug_assert!(changes.is_sorted_by(|a, b| a.src.end <= b.src.start && a.out.end <= b.out.start));
        Self { changes }
    }

    /// The stretches that changed, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The smallest source span that made this output: an end inside a changed stretch takes all of it, deletions at an
    /// edge are left out. An empty span gives an empty one.
    pub fn to_src(&self, span: Span<Txt>) -> Span<Src> {
        let (start, end) = widen(
            &self.changes,
            span.start,
            span.end,
            |c| (c.out.start, c.out.end),
            |c| (c.src.start, c.src.end),
        );
        Span::new(start, end)
    }

    /// The smallest output span that this source became, by the same rule.
    pub fn to_out(&self, span: Span<Src>) -> Span<Txt> {
        let (start, end) = widen(
            &self.changes,
            span.start,
            span.end,
            |c| (c.src.start, c.src.end),
            |c| (c.out.start, c.out.end),
        );
        Span::new(start, end)
    }

    /// The map of doing `self` first and `next` on its output.
    #[must_use]
    pub fn then(&self, next: &SpanMap) -> SpanMap {
        if self.changes.is_empty() {
            return next.clone();
        }
        if next.changes.is_empty() {
            return self.clone();
        }
        SpanMap { changes: compose(&self.changes, &next.changes) }
    }
}

type Ends = (u32, u32);

/// Maps `start..end` through `changes`, from the side `from` tells to the side `to` tells.
fn widen(
    changes: &[Change],
    start: u32,
    end: u32,
    from: impl Fn(&Change) -> Ends,
    to: impl Fn(&Change) -> Ends,
) -> Ends {
    let before = changes.partition_point(|c| from(c).0 <= start);
    let first = match before.checked_sub(1).map(|i| &changes[i]) {
        None => start,
        Some(c) if start < from(c).1 => to(c).0,
        Some(c) => start - from(c).1 + to(c).1,
    };
    if start >= end {
        return (first, first);
    }
    let before = changes.partition_point(|c| from(c).0 < end);
    let last = match before.checked_sub(1).map(|i| &changes[i]) {
        None => end,
        Some(c) if end <= from(c).1 => to(c).1,
        Some(c) => end - from(c).1 + to(c).1,
    };
    (first, last.max(first))
}

/// The changes of `first` (source to middle) followed by `second` (middle to output).
///
/// Both lists are walked by their middle coordinates; changes that overlap there become one.
fn compose(first: &[Change], second: &[Change]) -> Vec<Change> {
    let mut out = Vec::with_capacity(first.len() + second.len());
    let (mut firsts, mut seconds) = (first.iter().peekable(), second.iter().peekable());
    // What to add to a middle position outside all changes to reach the other two spaces.
    let (mut to_src, mut to_out) = (0_i64, 0_i64);
    loop {
        let mid_first = firsts.peek().map(|c| (c.out.start, c.out.end));
        let mid_second = seconds.peek().map(|c| (c.src.start, c.src.end));
        let Some((lo, mut hi)) = mid_first.into_iter().chain(mid_second).min() else { return out };
        let (src_before, out_before) = (to_src, to_out);
        let joins = |ends: Ends, hi: u32| ends.0 < hi || ends == (lo, hi);
        loop {
            if let Some(change) = firsts.next_if(|c| joins((c.out.start, c.out.end), hi)) {
                hi = hi.max(change.out.end);
                to_src = i64::from(change.src.end) - i64::from(change.out.end);
            } else if let Some(change) = seconds.next_if(|c| joins((c.src.start, c.src.end), hi)) {
                hi = hi.max(change.src.end);
                to_out = i64::from(change.out.end) - i64::from(change.src.end);
            } else {
                break;
            }
        }
        out.push(Change {
            src: Span::new(shifted(lo, src_before), shifted(hi, to_src)),
            out: Span::new(shifted(lo, out_before), shifted(hi, to_out)),
        });
    }
}

fn shifted(at: u32, by: i64) -> u32 {
    u32::try_from(i64::from(at) + by).expect("positions stay inside the document")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(changes: &[(Ends, Ends)]) -> SpanMap {
        let change = |&(s, o): &(Ends, Ends)| Change { src: Span::new(s.0, s.1), out: Span::new(o.0, o.1) };
        SpanMap::new(changes.iter().map(change).collect())
    }

    #[test]
    fn a_composed_character_covers_all_its_bytes() {
        // "e\u{301}x" to "éx"
        let map = map(&[((0, 3), (0, 2))]);
        assert_eq!(map.to_src(Span::new(0, 2)), Span::new(0, 3));
        assert_eq!(map.to_src(Span::new(2, 3)), Span::new(3, 4));
    }

    #[test]
    fn a_deletion_at_an_edge_is_left_out_and_one_inside_is_taken() {
        // "ab--cd" to "abcd"
        let map = map(&[((2, 4), (2, 2))]);
        assert_eq!(map.to_src(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(map.to_src(Span::new(2, 4)), Span::new(4, 6));
        assert_eq!(map.to_src(Span::new(1, 3)), Span::new(1, 5));
    }

    #[test]
    fn changes_that_touch_stay_apart_when_composed() {
        let first = map(&[((2, 4), (2, 2))]);
        let second = map(&[((2, 3), (2, 5))]);
        assert_eq!(first.then(&second), map(&[((2, 4), (2, 2)), ((4, 5), (2, 5))]));
    }

    #[test]
    fn changes_that_overlap_become_one_when_composed() {
        let first = map(&[((0, 1), (0, 3))]);
        let second = map(&[((2, 5), (2, 3))]);
        assert_eq!(first.then(&second), map(&[((0, 3), (0, 3))]));
    }
}
