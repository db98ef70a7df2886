//! Segments with their translations as a table.

use crate::translate::merge::Merged;
use crate::write::merged::{MergedForm, MergedHead};
use crate::write::tsv::push_row;

/// Columns `id doc source target state` under a header; untranslated is empty.
#[derive(Debug)]
pub(super) struct Tsv;

impl MergedForm for Tsv {
    fn head(&self, _: &MergedHead, out: &mut Vec<u8>) {
        push_row(out, &["id", "doc", "source", "target", "state"]);
    }

    fn document(&self, _: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>) {
        for segment in &doc.segments {
            let target = segment.target.unwrap_or_default();
            push_row(out, &[segment.id, doc.id, segment.text, target, segment.state.name()]);
        }
    }
}
