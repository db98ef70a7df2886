//! Summaries as a table, one row a document.

use serde::Deserialize;

use crate::base::error::Error;
use crate::base::escape::tsv;
use crate::doc::done::Done;
use crate::write::about::{lang, place};
use crate::write::bytes::push;
use crate::write::{Totals, Writer};

/// Columns `id lang title published source summary words` under a header; unknown is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tsv {}

impl Writer for Tsv {
    fn head(&self, _: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        push_row(out, &["id", "lang", "title", "published", "source", "summary", "words"]);
        Ok(())
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let meta = &done.document.meta;
        push_row(
            out,
            &[
                &done.id,
                lang(done),
                meta.title.as_deref().unwrap_or_default(),
                meta.published.as_deref().unwrap_or_default(),
                &place(&done.document.source),
                &done.summary_text(),
                &done.summary.words.to_string(),
            ],
        );
    }
}

/// A row of cells, escaped and parted by tabs.
pub(crate) fn push_row(out: &mut Vec<u8>, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b'\t');
        }
        push(out, &tsv(cell));
    }
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn every_document_is_one_row_of_seven_cells() {
        let table = rendered(&Tsv {}, &sample::all());
        insta::assert_snapshot!(table);
        for row in table.lines() {
            assert_eq!(row.split('\t').count(), 7, "{row}");
        }
    }
}
