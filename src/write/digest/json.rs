//! A digest as one object: all that templates may use, under the same names.

use crate::digest::view::Digest;
use crate::write::bytes::push_json;

/// The object, on one line.
pub(super) fn render(digest: &Digest) -> Vec<u8> {
    let mut out = Vec::new();
    push_json(&mut out, digest);
    out.push(b'\n');
    out
}
