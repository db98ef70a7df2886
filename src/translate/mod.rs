//! What is done with the units of bilingual files.

pub mod fold;
pub mod merge;
pub mod repeated;
pub mod unit;
