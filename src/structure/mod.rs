//! From text to blocks, each with a role: what is article, and what only stood around it.
//!
//! To add a kind: write `src/structure/<name>.rs`, then its `mod` line and its row in [`KINDS`].

pub mod about;
pub mod article;
pub mod blocks;
pub mod byline;
pub(crate) mod dateline;
pub mod dates;
pub mod evidence;
mod fold;
mod header;
mod lines;
mod menu;
pub(crate) mod names;
pub mod page;
pub mod patterns;
mod tail;
pub mod weigh;

use std::fmt::Debug;

use crate::base::span::{Span, Txt};
use crate::base::stage::Kind;
use crate::doc::block::Block;
use crate::doc::document::{Document, Meta};
use crate::stats::model::CorpusModel;

/// What a structurer found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Structured {
    /// Blocks of the title field, of the dek field, then of the text; disjoint and rising within a field.
    pub blocks: Vec<Block>,
    /// Title, byline, date … found in the text; what the record gave wins over it.
    pub found: Meta,
    /// The title, where only the head of a page tells it.
    pub head_title: Option<String>,
    /// The place in the body that the dek repeats, in the text field.
    pub dek_copy: Option<Span<Txt>>,
}

/// What a structurer may use beside the document.
#[derive(Debug, Clone, Copy, Default)]
pub struct StructureCx<'m> {
    /// What the corpus knows: in how many documents each line stands.
    pub model: Option<&'m CorpusModel>,
}

/// Cuts a normalized document into blocks and gives each a role; deletes nothing.
pub trait Structurer: Debug + Send + Sync {
    /// The blocks of `document`, whose language is known by now (or `und`).
    fn structure(&self, document: &Document, cx: &StructureCx<'_>) -> Structured;
}

/// The kinds that `structure` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Structurer>] = &[
    Kind::new("article", "finds the body and gives every line a role", |table| {
        Ok(Box::new(table.try_into::<article::Article>()?))
    }),
    Kind::new("blocks", "takes everything as body", |table| {
        Ok(Box::new(table.try_into::<blocks::Blocks>()?))
    }),
];
