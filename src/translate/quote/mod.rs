//! What a translation is quoted from: how much there is to translate, and how much of it was translated before.
//!
//! Counting rules stand in `docs/quotes.md`. To add a category: its row in [`Category::ALL`], and where it is decided,
//! [`Analyst::segment`].

pub mod analysis;
pub mod category;
pub mod earlier;
pub mod placeable;
pub mod rates;
pub mod volume;

pub use analysis::{Analysis, Analyst, FileCounts};
pub use category::{Band, Category, Counts};
pub use placeable::Placeable;
pub use rates::{Cost, Rates};
pub use volume::Volume;

/// A segment as a translation memory is asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<'t> {
    /// The segment before it in its document.
    pub previous: Option<&'t str>,
    /// Its text.
    pub source: &'t str,
    /// The segment after it in its document.
    pub next: Option<&'t str>,
}

/// What a translation memory knows of a segment.
pub trait Leverage {
    /// The best match, in per cent: 101 and more where neighbours are equal too, 100 for an equal source, less for a
    /// similar one; `None` where nothing is similar.
    fn best(&self, query: Query<'_>) -> Option<u8>;
}
