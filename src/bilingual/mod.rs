//! Files that translators work on: what stands in them, and one file a format.

pub mod read;
pub mod row;
pub mod skeleton;
pub mod state;

pub use row::{Head, Refusal, Row};
pub use state::State;
