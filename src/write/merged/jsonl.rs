//! Documents as they were in JSON lines, with `target` and `state` on every segment and `summary.target`.

use crate::translate::merge::Merged;
use crate::write::bytes::push_json;
use crate::write::merged::{MergedForm, MergedHead};

/// One object a line.
#[derive(Debug)]
pub(super) struct Jsonl;

impl MergedForm for Jsonl {
    fn document(&self, _: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>) {
        push_json(out, doc);
        out.push(b'\n');
    }
}
