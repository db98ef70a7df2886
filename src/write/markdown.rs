//! Summaries in Markdown.

use serde::Deserialize;

use crate::base::escape::markdown;
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::about::{meta_line, place};
use crate::write::bytes::push;

/// A heading, a line of who and when, the summary as one paragraph, where it came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {}

impl Writer for Markdown {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let meta = &done.document.meta;
        paragraph(out, "## ", meta.title.as_deref().unwrap_or_default(), "");
        paragraph(out, "*", &meta_line(meta), "*");
        paragraph(out, "", &done.summary_text(), "");
        paragraph(out, "", &format!("Source: {}", place(&done.document.source)), "");
    }
}

/// A paragraph and the empty line after it; nothing when there is nothing to say.
pub(super) fn paragraph(out: &mut Vec<u8>, before: &str, text: &str, after: &str) {
    let escaped = markdown(text);
    if !escaped.is_empty() {
        push(out, before);
        push(out, &escaped);
        push(out, after);
        push(out, "\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn documents_stand_one_below_the_other() {
        let documents = [sample::council(), sample::empty(), sample::arabic()];
        insta::assert_snapshot!(rendered(&Markdown {}, &documents));
    }

    #[test]
    fn markup_in_an_article_shows_as_it_stands() {
        insta::assert_snapshot!(rendered(&Markdown {}, &[sample::hostile()]));
    }
}
