//! Plain text: one document, its blocks left for `structure` to find.

use crate::base::error::DocError;
use crate::doc::document::{Document, Field};
use crate::doc::record::Source;
use crate::io::decode::decode;
use crate::read::{ReadOptions, Reader, failed};

/// Reads plain text.
#[derive(Debug, Clone, Copy)]
pub struct Plain {
    /// Whether each line is one segment by decree.
    pub lines: bool,
}

impl Reader for Plain {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        _: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let decoded = decode(bytes).map_err(|kind| failed(&source, None, kind))?;
        out.push(Document {
            source: Source { encoding: decoded.encoding, ..source },
            text: Field::unmarked(decoded.text),
            lines: self.lines,
            ..Document::default()
        });
        Ok(())
    }
}
