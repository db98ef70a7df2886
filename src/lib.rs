//! nutgraf

pub mod base;
#[cfg(feature = "cli")]
pub mod cli;
pub mod doc;
pub mod io;
pub mod langid;
pub mod lex;
pub mod normalize;
pub mod pipeline;
pub mod rank;
pub mod read;
pub mod run;
pub mod segment;
pub mod select;
pub mod stats;
pub mod structure;
pub mod write;

pub use base::error::{DocError, DocErrorKind, Error};
pub use base::lang::Lang;
pub use base::span::{Span, Src, Txt};
pub use doc::document::{Document, Field, FieldName, Mark, Meta};
pub use doc::done::Done;
pub use lex::analyzed::Analyzed;
pub use pipeline::plan::Stages;
pub use rank::{RankCx, Ranker};
