//! From finished documents to bytes.
//!
//! To add a format: write `src/write/<name>.rs`, then its `mod` line and its row in [`KINDS`].

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::base::stage::Kind;
use crate::doc::done::Done;

/// What is known of a run when its last document is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents written, by language tag.
    pub languages: BTreeMap<Lang, u64>,
}

/// A format. Documents are rendered in workers, in any order; the run joins them in input order:
/// head, documents, tail. Nothing is written before the head is known.
pub trait Writer: Debug + Send + Sync {
    /// Whether [`Writer::head`] needs the totals, so that documents are kept aside until all are done.
    fn head_needs_totals(&self) -> bool {
        false
    }

    /// What stands before the first document.
    ///
    /// # Errors
    /// When the totals cannot be written in this format; nothing is written then.
    fn head(&self, totals: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        let (_, _) = (totals, out);
        Ok(())
    }

    /// One document. Pure: the same document gives the same bytes wherever it stands.
    fn render(&self, done: &Done, out: &mut Vec<u8>);

    /// What stands after the last document.
    fn tail(&self, out: &mut Vec<u8>) {
        let _ = out;
    }
}

/// The kinds that `format` of an output can name.
pub const KINDS: &[Kind<dyn Writer>] = &[];
