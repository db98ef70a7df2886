//! Segments for translators as a table, to be filled in and put back.

use serde::Deserialize;

use crate::base::error::Error;
use crate::doc::done::Done;
use crate::write::tsv::push_row;
use crate::write::unit::{Scope, units};
use crate::write::{Totals, Writer};

/// Columns `id source target state note` under a header; `target` is empty, `state` is `initial`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SegmentsTsv {
    /// Which segments are written.
    pub scope: Scope,
}

impl Writer for SegmentsTsv {
    fn head(&self, _: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        push_row(out, &["id", "source", "target", "state", "note"]);
        Ok(())
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        for unit in units(done, self.scope) {
            push_row(out, &[&unit.segment.id, unit.source(), "", "initial", &unit.note()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn every_segment_is_one_row_of_five_cells() {
        let table = rendered(&SegmentsTsv::default(), &[sample::council(), sample::hostile()]);
        insta::assert_snapshot!(table);
        for row in table.lines() {
            assert_eq!(row.split('\t').count(), 5, "{row}");
        }
    }
}
