//! How long a summary may be.

use crate::base::math;
use crate::lex::analyzed::Analyzed;

/// The length of a summary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// This many segments, or all there are.
    Sentences(usize),
    /// At most this many words, but never less than one segment.
    Words(usize),
    /// This share of the body's words, above 0 and up to 1, as near as whole segments come to it; never less than one segment.
    Ratio(f64),
}

impl Default for Budget {
    fn default() -> Self {
        Self::Sentences(3)
    }
}

impl Budget {
    /// About how many segments of `document` it takes.
    pub fn in_segments(self, document: &Analyzed) -> f64 {
        let segments = math::count(document.len());
        let words = math::count(usize::try_from(document.total_words()).unwrap_or(usize::MAX));
        let wanted = match self {
            Self::Sentences(wanted) => math::count(wanted),
            Self::Words(wanted) => math::count(wanted) * segments / words.max(1.0),
            Self::Ratio(ratio) => ratio * segments,
        };
        wanted.min(segments).max(1.0)
    }
}
