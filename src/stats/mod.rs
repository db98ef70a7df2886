//! What a corpus knows: in how many documents of a language each term stands.
//!
//! Counts are a commutative monoid: shards, threads and machines may count apart and merge in any order to the same
//! bytes.

pub mod counts;
pub mod file;
pub mod idf;
pub mod model;
