//! Where sentences end.
//!
//! To add a kind: write `src/segment/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod abbreviations;
pub mod marks;
mod uax29;

use std::fmt::Debug;

use crate::base::stage::Kind;

pub use uax29::Uax29;

/// Names the places inside a block where a new segment begins. It cannot lose text: it only names places.
pub trait Segmenter: Debug + Send + Sync {
    /// Adds the positions in `block` at which a segment begins, rising, without 0 and the end; `lang` is a primary
    /// subtag. White space belongs to neither side.
    fn cut(&self, block: &str, lang: &str, cuts: &mut Vec<usize>);
}

/// The kinds that `segment` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Segmenter>] =
    &[Kind::new("uax29", "Unicode sentence boundaries, corrected by abbreviations", |t| {
        Ok(Box::new(t.try_into::<Uax29>()?))
    })];
