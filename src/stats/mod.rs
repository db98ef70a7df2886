//! What a corpus knows: in how many documents of a language each term stands, and in how many each line.
//!
//! Counts are a commutative monoid: shards, threads and machines may count apart and merge in any order to the same
//! bytes.

pub mod counts;
pub mod file;
pub mod frequencies;
pub mod idf;
pub mod model;
