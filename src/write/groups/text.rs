//! Groups for reading in a terminal.

use serde::Deserialize;

use crate::base::escape::terminal;
use crate::doc::done::Done;
use crate::group::Group;
use crate::write::Writer;
use crate::write::bytes::push;
use crate::write::groups::source;
use crate::write::style::{Style, push_styled};

/// The group's name, its summary as one paragraph, a line for each of its documents; then an empty line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// Whether names are bold and documents faint, by codes that only terminals understand.
    pub color: bool,
}

impl Writer for Text {
    fn render(&self, _: &Done, _: &mut Vec<u8>) {}

    fn render_group(&self, group: &Group<'_>, out: &mut Vec<u8>) {
        self.line(out, group.name, Style::Bold);
        self.line(out, &group.text(), Style::Plain);
        for member in group.members {
            self.line(out, &source(member), Style::Dim);
        }
        out.push(b'\n');
    }
}

impl Text {
    fn line(self, out: &mut Vec<u8>, text: &str, style: Style) {
        push_styled(out, &terminal(text), style, self.color);
        push(out, "\n");
    }
}
