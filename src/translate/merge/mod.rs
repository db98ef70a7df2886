//! Translations that come home: which target belongs to which segment, and what is said of those that do not.

mod checks;
mod expected;
mod finding;
mod gather;
mod put;

pub use checks::Checks;
pub use expected::Expected;
pub use finding::{Counts, Finding, Trouble};
pub use gather::{Gathered, Settings};
pub use put::{Merged, MergedSegment, MergedSummary, put};
