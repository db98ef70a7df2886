//! What every other module stands on: spans, errors, language tags, escapes, letters, tables of stages, and deterministic mathematics.

pub mod error;
pub mod escape;
pub mod lang;
pub(crate) mod letters;
pub mod math;
pub mod span;
pub mod stage;
