//! The nouns of the pipeline: record, document, block, segment, summary, and the map that ties text to source bytes.

pub mod block;
pub mod document;
pub mod done;
pub mod id;
pub mod inline;
pub mod map;
pub mod page;
pub mod record;
pub mod script;
pub mod segment;
pub mod text;
pub mod wraps;
