//! Putting text and JSON into an output buffer.

use serde::Serialize;

use crate::base::span::Span;

/// Appends `text` as it is.
pub(crate) fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// A span as it stands in JSON: `[start, end]`.
pub(crate) fn pair<S>(span: Span<S>) -> [u32; 2] {
    [span.start, span.end]
}

/// Appends `value` as JSON without line breaks.
pub(crate) fn push_json<T: Serialize>(out: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(out, value).expect("memory takes all bytes, and keys are strings");
}
