//! One sentence, the translator's unit.

use crate::base::span::{Span, Src, Txt};
use crate::doc::block::Role;
use crate::doc::document::FieldName;
use crate::doc::id::SegmentId;

/// One sentence of a document; never crosses a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Unique in the run and stable over runs; a valid XML `NMTOKEN`.
    pub id: SegmentId,
    /// The field it stands in.
    pub field: FieldName,
    /// Its place in the field's text.
    pub span: Span<Txt>,
    /// The record's bytes that made it; `None` where only the head of a page tells it.
    pub source_span: Option<Span<Src>>,
    /// Number of its block in the document, from 0.
    pub block: u32,
    /// The role of its block.
    pub role: Role,
    /// How much it is worth keeping, comparable within its document only; `None` outside the body.
    pub score: Option<f64>,
    /// 1 for the highest score, ties to the earlier segment; `None` outside the body.
    pub rank: Option<u32>,
    /// Whether the summary holds it.
    pub in_summary: bool,
}

/// What was chosen of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Positions of the chosen segments in the document's list of segments, rising.
    pub segments: Vec<usize>,
    /// Words in them.
    pub words: usize,
}
