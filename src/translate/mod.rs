//! What is done with the units of bilingual files.

pub mod protect;
pub mod pseudo;
pub mod qa;
