//! Near-duplicates: which documents tell the same text, and which stand whole in another.
//!
//! [`sketch`] makes a signature of about a kilobyte of each document, [`cluster`] compares them.

pub mod cluster;
pub mod sketch;
