//! Groups in Markdown.

use serde::Deserialize;

use crate::base::escape::markdown;
use crate::doc::done::Done;
use crate::group::Group;
use crate::write::Writer;
use crate::write::bytes::push;
use crate::write::groups::source;
use crate::write::markdown::paragraph;

/// The group's name as a heading, its summary as one paragraph, and a list of its documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {}

impl Writer for Markdown {
    fn render(&self, _: &Done, _: &mut Vec<u8>) {}

    fn render_group(&self, group: &Group<'_>, out: &mut Vec<u8>) {
        paragraph(out, "## ", group.name, "");
        paragraph(out, "", &group.text(), "");
        for member in group.members {
            push(out, "- ");
            push(out, &markdown(&source(member)));
            push(out, "\n");
        }
        push(out, "\n");
    }
}
