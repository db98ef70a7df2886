//! Half-open byte ranges in two coordinate spaces that the compiler keeps apart.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// The coordinate space of a record's bytes as they were found (after unpacking and, where needed, decoding).
#[derive(Debug, Clone, Copy)]
pub enum Src {}

/// The coordinate space of normalized text.
#[derive(Debug, Clone, Copy)]
pub enum Txt {}

/// A half-open byte range `[start, end)` in the space `S`.
///
/// Documents are at most 4 GiB long: readers refuse larger ones by name.
pub struct Span<S> {
    /// First byte.
    pub start: u32,
    /// One past the last byte; never below `start`.
    pub end: u32,
    space: PhantomData<fn() -> S>,
}

impl<S> Span<S> {
    /// The range `[start, end)`; an `end` below `start` gives the empty range at `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start), space: PhantomData }
    }

    /// The range as positions in a document.
    ///
    /// # Panics
    /// Beyond 4 GiB, which readers refuse before any span is made.
    pub fn at(range: Range<usize>) -> Self {
        Self::new(position(range.start), position(range.end))
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The range as indices of a slice.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text at this range; empty when it lies outside `text` or splits a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A byte position as it is stored.
///
/// # Panics
/// Beyond 4 GiB, which readers refuse before any position is taken.
pub fn position(at: usize) -> u32 {
    u32::try_from(at).expect("readers refuse documents over 4 GiB")
}

impl<S> Clone for Span<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Span<S> {}

impl<S> PartialEq for Span<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<S> Eq for Span<S> {}

impl<S> PartialOrd for Span<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> Ord for Span<S> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}

impl<S> Hash for Span<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}

impl<S> fmt::Debug for Span<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_splits_a_character_or_leaves_the_text_shows_nothing() {
        assert_eq!(Span::<Txt>::new(0, 1).of("é"), "");
        assert_eq!(Span::<Txt>::new(0, 9).of("é"), "");
        assert_eq!(Span::<Txt>::new(0, 2).of("é"), "é");
    }

    #[test]
    fn an_end_before_the_start_is_an_empty_span() {
        assert!(Span::<Src>::new(5, 3).is_empty());
    }
}
