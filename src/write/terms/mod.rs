//! Candidates for a glossary: what `nutgraf terms` writes. How they are found: [`crate::translate::terms`].
//!
//! To add a format: write `src/write/terms/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod table;
mod tbx;

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::Path;

use serde::Deserialize;

use crate::base::error::Error;
use crate::base::stage::Kind;
use crate::doc::done::Done;
use crate::translate::terms::{Sentence, Term, find};
use crate::write::analysis::{each_document, spooled};
use crate::write::jsonl::Jsonl;
use crate::write::{Assembled, Totals, Writer};

/// Formats of terms: those of `nutgraf terms`.
pub const KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("tsv", "a table, one row a term", |t| {
        Ok(Box::new(Terms { settings: t.try_into()?, render: table::render }))
    }),
    Kind::new("tbx", "TBX version 2, one entry a term", |t| {
        Ok(Box::new(Terms { settings: t.try_into()?, render: tbx::render }))
    }),
];

/// Which terms are written; the `[output.NAME]` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Times a term has to stand in the batch.
    pub min_count: NonZeroU64,
    /// Terms at most, the best first; all where it is not given.
    pub top: Option<NonZeroUsize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min_count: NonZeroU64::MIN.saturating_add(1), top: None }
    }
}

#[derive(Debug)]
struct Terms {
    settings: Settings,
    render: fn(&[Term], &mut Vec<u8>),
}

impl Writer for Terms {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        Jsonl {}.render(done, out);
    }

    fn is_assembled(&self) -> bool {
        true
    }

    fn assemble(&self, mut documents: File, _: &Totals, _: Option<&Path>) -> Result<Assembled, Error> {
        let mut terms = find(self.settings.min_count.get(), |each| {
            documents.seek(SeekFrom::Start(0)).map_err(|e| Error::output("temporary file", e))?;
            each_document(&documents, |doc, _| {
                let sentences: Vec<_> = doc
                    .segments
                    .iter()
                    .map(|segment| Sentence { id: &segment.id, text: &segment.text })
                    .collect();
                each(&doc.lang, &sentences);
            })
        })?;
        terms.truncate(self.settings.top.map_or(usize::MAX, NonZeroUsize::get));
        let mut out = Vec::new();
        (self.render)(&terms, &mut out);
        spooled(&out)
    }
}
