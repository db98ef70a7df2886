//! Cleaned documents: headings and body, with what is known beside them.

mod jsonl;
mod markdown;
#[cfg(feature = "parquet")]
mod parquet;
mod text;

pub use jsonl::Jsonl;
pub use markdown::Markdown;
#[cfg(feature = "parquet")]
pub use parquet::Parquet;
pub use text::Text;

use crate::doc::block::{Block, Role};
use crate::doc::document::FieldName;
use crate::doc::done::Done;
use crate::doc::script::is_cjk;

/// The blocks that are article: headings and body, in order.
fn article(done: &Done) -> impl Iterator<Item = &Block> {
    let kept = |block: &&Block| matches!(block.role, Role::Body | Role::Heading);
    done.blocks.iter().filter(|block| block.field == FieldName::Text).filter(kept)
}

/// The text of a block on one line, so that reading it again gives one block.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        if !(out.is_empty() || out.ends_with(is_cjk) && line.starts_with(is_cjk)) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// Headings and body, a blank line between blocks.
pub fn text(done: &Done) -> String {
    let mut out = String::new();
    for block in article(done) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&one_line(done.block_text(block)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn a_document_is_one_line_with_its_text_and_what_stood_around_it() {
        insta::assert_snapshot!(rendered(&Jsonl {}, &[sample::council()]));
    }

    #[test]
    fn keys_stand_in_the_order_of_the_documentation() {
        let line = rendered(&Jsonl {}, &[sample::council(), sample::empty()]);
        for line in line.lines() {
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).expect("JSON");
            assert_eq!(object.len(), 12, "{line}");
        }
    }

    #[test]
    fn texts_stand_under_their_titles() {
        let documents = [sample::council(), sample::empty(), sample::arabic()];
        insta::assert_snapshot!(rendered(&Text::default(), &documents));
    }

    #[test]
    fn markdown_keeps_headings_and_shows_markup_as_it_stands() {
        insta::assert_snapshot!(rendered(&Markdown {}, &[sample::council(), sample::hostile()]));
    }

    #[test]
    fn lines_of_a_block_become_one() {
        assert_eq!(one_line("one\n two \n\nthree"), "one two three");
        assert_eq!(one_line("大桥\n关闭"), "大桥关闭");
    }
}
