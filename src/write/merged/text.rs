//! Translated documents for reading: title, who and when, then the summary or the text.

use crate::base::escape::terminal;
use crate::bilingual::skeleton::Scope;
use crate::translate::merge::Merged;
use crate::write::bytes::push;
use crate::write::merged::{MergedForm, MergedHead, about};

/// Paragraphs with a blank line between them, and two after a document; the summary alone where only it went out.
#[derive(Debug)]
pub(super) struct Text;

impl MergedForm for Text {
    fn document(&self, head: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>) {
        let title = head.title(doc).map(|title| title.text);
        let mut paragraphs: Vec<String> = [title, Some(about(doc))].into_iter().flatten().collect();
        match head.scope {
            Scope::Summary => paragraphs.push(head.summary(doc).text),
            Scope::Body | Scope::All => {
                paragraphs.extend(head.blocks(doc).into_iter().map(|(_, shown)| shown.text));
            }
        }
        for text in paragraphs.iter().filter(|text| !text.is_empty()) {
            push(out, &terminal(text));
            push(out, "\n\n");
        }
        push(out, "\n");
    }
}
