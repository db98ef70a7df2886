//! Translated documents as Markdown.

use crate::bilingual::skeleton::Scope;
use crate::translate::merge::Merged;
use crate::write::bytes::push;
use crate::write::merged::marked::marked;
use crate::write::merged::{MergedForm, MergedHead, Shown, about};

/// A heading, a line of who and when, the summary as a quotation, then the text; the summary alone where only it went out.
#[derive(Debug)]
pub(super) struct Markdown;

impl MergedForm for Markdown {
    fn document(&self, head: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>) {
        if let Some(title) = head.title(doc) {
            line(out, "# ", &title);
        }
        line(out, "", &Shown::new("", &about(doc), "", &[]));
        let summary = head.summary(doc);
        if head.scope == Scope::Summary {
            return line(out, "", &summary);
        }
        line(out, "> ", &summary);
        for (role, text) in head.blocks(doc) {
            line(out, if role == "heading" { "## " } else { "" }, &text);
        }
    }
}

/// A paragraph behind `mark`, and an empty line; nothing for an empty text.
fn line(out: &mut Vec<u8>, mark: &str, shown: &Shown<'_>) {
    if !shown.text.is_empty() {
        push(out, mark);
        push(out, &marked(shown));
        push(out, "\n\n");
    }
}
