//! Digests in Markdown.

use minijinja::context;

use super::templates::{Templates, value};
use crate::base::error::Error;
use crate::digest::view::Digest;

/// The template with the digest filled in.
pub(super) fn render(digest: &Digest, templates: &Templates) -> Result<Vec<u8>, Error> {
    templates.fill(context! { digest => value(digest) }).map(String::into_bytes)
}
