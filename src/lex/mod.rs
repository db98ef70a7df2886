//! Words, and the terms that are scored: folded, stemmed, with stop words known.

pub mod analyzed;
pub mod fold;
pub mod frequencies;
pub mod lexicon;
pub mod opening;
mod packed;
mod rows;
pub mod sequence;
pub mod stem;
pub mod stop;
pub mod terms;
pub mod words;
