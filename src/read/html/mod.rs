//! HTML: the text that a reader sees, block by block, with the way back to the page, and the page's elements for those
//! who judge it.
//!
//! Nothing is dropped here but what no reader sees: which blocks are the article is decided in `structure`.

mod build;
mod charset;

use crate::base::error::{DocError, DocErrorKind};
use crate::doc::document::{Document, Field};
use crate::doc::record::Source;
use crate::doc::text::Text;
use crate::read::{ReadOptions, Reader, failed};

/// Reads a page of HTML.
#[derive(Debug, Clone, Copy)]
pub struct Html;

impl Reader for Html {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        _: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        out.push(page(bytes, None, source)?);
        Ok(())
    }
}

/// The document of a page, which its server said to be in the encoding `label`.
pub(crate) fn page(bytes: Vec<u8>, label: Option<&str>, source: Source) -> Result<Document, DocError> {
    let decoded = charset::decode(bytes, label).map_err(|kind| failed(&source, None, kind))?;
    let mut document =
        Document { source: Source { encoding: decoded.encoding, ..source }, ..Document::default() };
    match fill(&mut document, decoded.text) {
        Ok(()) => Ok(document),
        Err(kind) => Err(failed(&document.source, None, kind)),
    }
}

/// Makes `html` the text of `document`: its blocks become marks, its elements [`Document::page`].
///
/// Spans lead through the map of `html` to where it came from.
///
/// # Errors
/// `Malformed` when there is no text in it.
pub fn fill(document: &mut Document, html: Text) -> Result<(), DocErrorKind> {
    let built = build::build(html.as_str());
    if built.text.is_empty() {
        return Err(DocErrorKind::Malformed { reason: "a page without text".to_owned() });
    }
    let map = html.map().then(&built.map);
    document.text = Field { text: Text::mapped(built.text, map), marks: built.marks, inline: built.inline };
    let mut page = built.page;
    page.html = html.into_string();
    document.page = Some(Box::new(page));
    Ok(())
}
