//! Cleaned documents for reading.

use serde::Deserialize;

use crate::base::escape::terminal;
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::about::meta_line;
use crate::write::bytes::push;
use crate::write::documents::text;
use crate::write::style::{Style, push_styled};

/// Title, a line of who and when, the text; then two empty lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// Whether titles are bold, by codes that only terminals understand.
    pub color: bool,
}

impl Writer for Text {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let meta = &done.document.meta;
        let known = [(meta.title.clone().unwrap_or_default(), Style::Bold), (meta_line(meta), Style::Plain)];
        let known = known.iter().map(|(line, style)| (terminal(line), *style));
        let known: Vec<_> = known.filter(|(line, _)| !line.is_empty()).collect();
        for (line, style) in &known {
            push_styled(out, line, *style, self.color);
            push(out, "\n");
        }
        if !known.is_empty() {
            push(out, "\n");
        }
        for (number, block) in text(done).split("\n\n").enumerate() {
            push(out, if number > 0 { "\n\n" } else { "" });
            push(out, &terminal(block));
        }
        push(out, "\n\n\n");
    }
}
