//! nutgraf normalizes articles, finds and scores their sentences, and writes summaries and aligned segments for
//! translators. Every sentence it shows points to the bytes it came from; none is invented.
//!
//! ```
//! use nutgraf::{Document, Scratch, Stages, process};
//!
//! let article = "Harbour bridge shut\n\nBy Mara Ellison\n\n\
//!     The harbour bridge was closed on Monday after engineers found a crack in a cable. \
//!     It will stay shut for nine days. Ferries will run every ten minutes until the bridge opens again.";
//! let mut stages = Stages::default();
//! stages.budget = nutgraf::Budget::Sentences(1);
//! let done = process(Document::from_text(article), &stages, &mut Scratch::default()).expect("it has a body");
//! assert_eq!(done.document.meta.title.as_deref(), Some("Harbour bridge shut"));
//! assert_eq!(done.document.meta.byline.as_deref(), Some("Mara Ellison"));
//! assert!(done.summary_text().starts_with("The harbour bridge was closed on Monday"));
//! ```
//!
//! Data flows one way through the modules below, in this order: what is read becomes a [`Document`], is normalized
//! (with a map back to its bytes), cut into blocks with roles and into segments, ranked, selected from, and written.
//! A whole run over files, in parallel and in order, is [`run::run`] of a [`Plan`].

pub mod base;
pub mod bilingual;
#[cfg(feature = "cli")]
pub mod cli;
pub mod dedup;
pub mod digest;
pub mod doc;
pub mod eval;
pub mod group;
pub mod io;
pub mod langid;
pub mod lex;
pub mod markup;
pub mod normalize;
pub mod pipeline;
pub mod rank;
pub mod read;
pub mod run;
pub mod segment;
pub mod select;
pub mod stats;
pub mod structure;
pub mod translate;
pub mod write;

pub use base::error::{DocError, DocErrorKind, Error};
pub use base::lang::Lang;
pub use base::span::{Span, Src, Txt};
pub use doc::block::{Block, BlockKind, Role};
pub use doc::document::{Document, Field, FieldName, Mark, Meta};
pub use doc::done::{Done, Parts};
pub use doc::segment::{Segment, Summary};
pub use lex::analyzed::Analyzed;
pub use pipeline::plan::{Plan, Stages};
pub use pipeline::process::{Scratch, process};
pub use rank::{Budget, RankCx, Ranker};
pub use stats::model::CorpusModel;
pub use write::Writer;
