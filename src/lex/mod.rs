//! Words, and the terms that are scored: folded, stemmed, with stop words known.

pub mod words;
