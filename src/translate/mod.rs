//! What is done with the units of bilingual files.

pub mod quote;
pub mod terms;
