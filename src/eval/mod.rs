//! How well the program does against references: figures that other programs can be given too.
//!
//! To add a scorer: write `src/eval/<name>.rs`, then its `mod` line and its command in `src/cli/eval.rs`.

pub mod dangling;
pub mod gold;
mod json;
mod lcs;
mod matching;
mod porter;
pub mod rouge;
pub mod segments;
pub mod summaries;
pub mod systems;
