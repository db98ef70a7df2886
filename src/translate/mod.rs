//! What is done with the units of bilingual files.

pub mod known;
pub mod leverage;
pub mod merge;
pub mod protect;
pub mod pseudo;
pub mod qa;
pub mod quote;
pub mod repeated;
pub mod terms;
#[cfg(feature = "tm")]
pub mod tm;
pub mod unit;
pub mod update;
pub mod watch;
