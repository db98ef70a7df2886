//! Where sentences end.
//!
//! To add a kind: write `src/segment/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod abbreviations;
pub mod cuts;
pub mod marks;
mod uax29;

use std::fmt::Debug;

use crate::base::lang::Lang;
use crate::base::stage::Kind;
use crate::doc::block::BlockKind;

pub use cuts::{Cuts, Decision};
pub use uax29::Uax29;

/// A block to be cut, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct BlockText<'t> {
    /// Its text, without white space around it.
    pub text: &'t str,
    /// Its language, the whole tag.
    pub lang: &'t Lang,
    /// What it is by its shape.
    pub kind: BlockKind,
    /// Inline codes in its text, disjoint and rising; empty where the text is plain.
    pub codes: &'t [Code],
}

impl<'t> BlockText<'t> {
    /// A paragraph without inline codes.
    pub fn paragraph(text: &'t str, lang: &'t Lang) -> Self {
        Self { text, lang, kind: BlockKind::Paragraph, codes: &[] }
    }
}

/// An inline code: markup that stands in the text of a block, or stood where its empty span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Bytes of the block's text that hold it.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Which kind it is.
    pub kind: CodeKind,
}

/// What an inline code does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Opens a format: `<b>`.
    Start,
    /// Closes one: `</b>`.
    End,
    /// Stands alone: `<br/>`.
    Isolated,
}

/// Names the places inside a block where a new segment begins. It cannot lose text: it only names places.
pub trait Segmenter: Debug + Send + Sync {
    /// Decides about every place of `block` where a segment may begin, in order. White space belongs to neither side.
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts);
}

/// The kinds that `segment` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Segmenter>] =
    &[Kind::new("uax29", "Unicode sentence boundaries, corrected by abbreviations", |t| {
        Ok(Box::new(t.try_into::<Uax29>()?))
    })];
