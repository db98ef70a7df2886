//! Files that translators work on: what stands in them, and one file a format.

pub mod provenance;
pub mod read;
pub mod row;
pub mod skeleton;
pub mod state;
pub mod tag;

pub use provenance::{Provenance, Stamp};
pub use row::{Head, Neighbour, Refusal, Row};
pub use state::State;
