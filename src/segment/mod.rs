//! Where sentences end.
//!
//! To add a kind: write `src/segment/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod abbreviations;
#[cfg(test)]
pub(crate) mod contract;
pub mod cuts;
mod exceptions;
pub mod export;
pub mod learned;
mod longest;
pub mod marks;
mod overrides;
pub mod srx;
mod starters;

use std::fmt::Debug;
use std::ops::Range;

use crate::base::lang::Lang;
use crate::base::stage::Kind;
use crate::doc::block::BlockKind;

pub use cuts::{Cuts, Decision};
pub use exceptions::Exceptions;
pub use learned::Learned;
pub use overrides::{Overrides, cut};
pub use srx::Srx;

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
    /// Places where a segment begins whatever the segmenter says, rising; one inside a character or at an edge is none.
    pub forced: &'t [usize],
    /// Bytes inside which none begins, at their edges aside; disjoint and rising. Where a place is forced too, it is cut.
    pub forbidden: &'t [Range<usize>],
}

impl<'t> BlockText<'t> {
    /// A paragraph without inline codes.
    pub fn paragraph(text: &'t str, lang: &'t Lang) -> Self {
        Self { text, lang, kind: BlockKind::Paragraph, codes: &[], forced: &[], forbidden: &[] }
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
    /// Decides about every place of `block` where a segment may begin, in order. White space belongs to neither side, and
    /// is never all that lies between two places.
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts);
}

/// The kinds that `segment` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Segmenter>] = &[
    Kind::new("learned", "structural rules and weights learned from treebanks", |t| {
        Ok(Box::new(t.try_into::<Learned>()?))
    }),
    Kind::new("srx", "the rules of an SRX file", |t| Ok(Box::new(t.try_into::<Srx>()?))),
];
