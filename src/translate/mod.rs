//! What is done with the units of bilingual files.

pub mod leverage;
#[cfg(feature = "tm")]
pub mod tm;
