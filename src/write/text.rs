//! Summaries for reading in a terminal.

use serde::Deserialize;

use crate::base::escape::terminal;
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::about::{meta_line, place};
use crate::write::bytes::push;
use crate::write::style::{Style, push_styled};

/// Title, a line of who and when, the summary as one paragraph, where it came from; then an empty line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// Whether titles are bold and places faint, by codes that only terminals understand.
    pub color: bool,
}

impl Writer for Text {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let meta = &done.document.meta;
        self.line(out, meta.title.as_deref().unwrap_or_default(), Style::Bold);
        self.line(out, &meta_line(meta), Style::Plain);
        self.line(out, &done.summary_text(), Style::Plain);
        self.line(out, &place(&done.document.source), Style::Dim);
        out.push(b'\n');
    }
}

impl Text {
    /// A line of text; none when there is nothing to say.
    fn line(self, out: &mut Vec<u8>, text: &str, style: Style) {
        let shown = terminal(text);
        if !shown.is_empty() {
            push_styled(out, &shown, style, self.color);
            push(out, "\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn documents_stand_one_below_the_other() {
        let documents = [sample::council(), sample::empty(), sample::arabic()];
        insta::assert_snapshot!(rendered(&Text::default(), &documents));
    }

    #[test]
    fn with_color_titles_are_bold_and_places_faint() {
        let shown = rendered(&Text { color: true }, &[sample::empty()]).replace('\u{1b}', "ESC");
        insta::assert_snapshot!(shown, @r"
        ESC[1mPicture of the dayESC[0m
        ESC[2m-ESC[0m
        ");
    }

    #[test]
    fn nothing_in_an_article_steers_the_terminal() {
        let shown = rendered(&Text::default(), &[sample::hostile()]);
        insta::assert_snapshot!(shown);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    }
}
