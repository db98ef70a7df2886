//! Cleaned documents in Markdown.

use serde::Deserialize;

use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::about::meta_line;
use crate::write::documents::{article, one_line};
use crate::write::markdown::paragraph;

/// The title as a heading, a line of who and when, then headings, paragraphs, items and quotations as such.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {}

impl Writer for Markdown {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let meta = &done.document.meta;
        paragraph(out, "# ", meta.title.as_deref().unwrap_or_default(), "");
        paragraph(out, "*", &meta_line(meta), "*");
        for block in article(done) {
            let line = one_line(done.block_text(block));
            let (before, text) = shape(block, &line);
            paragraph(out, before, text, "");
        }
    }
}

/// The mark that a block has in Markdown, and its text without one that it had before.
fn shape<'t>(block: &Block, text: &'t str) -> (&'static str, &'t str) {
    match (block.role, block.kind) {
        (Role::Heading, _) => ("## ", text),
        (_, BlockKind::ListItem) => ("- ", text.trim_start_matches(['-', '*', '•', '–', '—', '·', '▪', ' '])),
        (_, BlockKind::Quote) => ("> ", text),
        _ => ("", text),
    }
}
