//! Explanations as one page to look at: the article with every sentence shaded by its salience.
//!
//! The page needs nothing else, no network and no script; its style sheet is `page.css`.

use serde::Deserialize;

use super::scale::Scale;
use super::sentence::Sheet;
use super::{body, decimals, parts_of, score};
use crate::base::error::Error;
use crate::base::escape::{xml, xml_attribute};
use crate::base::lang::Lang;
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::done::Done;
use crate::doc::segment::Segment;
use crate::write::about::{known, lang, place};
use crate::write::bytes::push;
use crate::write::{Totals, Writer};

/// One page; documents stand one below the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Html {}

const STYLE: &str = include_str!("page.css");

impl Writer for Html {
    fn head(&self, _: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        push(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        push(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        push(out, "style-src 'unsafe-inline'\">\n");
        push(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        push(out, "<meta name=\"color-scheme\" content=\"light dark\">\n");
        push(out, "<title>Why these sentences</title>\n<style>\n");
        push(out, STYLE);
        push(out, "</style>\n</head>\n<body>\n<main>\n<h1 class=\"ui\">Why these sentences</h1>\n");
        Ok(())
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let parts = parts_of(done);
        let scale = Scale::of(done, &parts);
        let right_to_left = done.document.lang.as_ref().is_some_and(Lang::is_right_to_left);
        let (article, dir) = if right_to_left { ("rtl", "") } else { ("ltr", " dir=\"auto\"") };
        let sheet = Sheet { done, parts: &parts, scale, decimals: decimals(done), dir };
        let lang = xml_attribute(lang(done));
        push(
            out,
            &format!("<article lang=\"{lang}\" dir=\"{article}\" style=\"--zero:{:.1}%\">\n", scale.zero()),
        );
        push_header(out, &sheet);
        push_blocks(out, &sheet);
        push(out, "</article>\n");
    }

    fn tail(&self, out: &mut Vec<u8>) {
        push(out, "</main>\n</body>\n</html>\n");
    }
}

fn push_header(out: &mut Vec<u8>, sheet: &Sheet<'_>) {
    let meta = &sheet.done.document.meta;
    push(out, "<header>\n");
    if let Some(title) = &meta.title {
        push(out, &format!("<h2{}>{}</h2>\n", sheet.dir, xml(title)));
    }
    // Each in its own direction: a date beside an Arabic name would be read from its end.
    let known: Vec<_> = known(meta).into_iter().map(|part| format!("<bdi>{}</bdi>", xml(part))).collect();
    if !known.is_empty() {
        push(out, &format!("<p class=\"meta ui\" dir=\"auto\">{}</p>\n", known.join(" · ")));
    }
    push(out, "<div class=\"ui\" lang=\"en\" dir=\"ltr\">\n");
    let from = place(&sheet.done.document.source);
    push(out, &format!("<p class=\"meta\">{} · {}</p>\n", xml(&from), xml(lang(sheet.done))));
    let sentences = body(sheet.done).count();
    if sentences == 0 {
        push(out, "<p class=\"none\">No sentence to choose from.</p>\n</div>\n</header>\n");
        return;
    }
    push_map(out, sheet);
    let (chosen, words) = (sheet.done.summary.segments.len(), sheet.done.summary.words);
    push(
        out,
        &format!("<p class=\"chosen\"><b>{chosen}</b> of {sentences} sentences chosen, {words} words</p>\n"),
    );
    sheet.push_legend(out);
    push_key(out, sheet.scale.has_negative());
    push(out, "</div>\n</header>\n");
}

/// What shades and marks mean.
fn push_key(out: &mut Vec<u8>, has_negative: bool) {
    push(
        out,
        "<p class=\"key\"><span><i></i>salience, low to high</span><span class=\"in\"><i></i>chosen</span>",
    );
    if has_negative {
        push(out, "<span class=\"axis\"><i></i>parts left of the line count against a sentence</span>");
    }
    push(out, "</p>\n");
}

/// The article at a glance: a column a sentence, as high as its score, that leads to it.
fn push_map(out: &mut Vec<u8>, sheet: &Sheet<'_>) {
    push(out, "<div class=\"map\" aria-hidden=\"true\">");
    for segment in body(sheet.done) {
        let (id, shade) = (xml_attribute(&segment.id), sheet.scale.shade(score(segment)));
        let chosen = if segment.in_summary { " class=\"in\"" } else { "" };
        push(out, &format!("<a{chosen} href=\"#s-{id}\" tabindex=\"-1\" style=\"--s:{shade:.2}\"></a>"));
    }
    push(out, "</div>\n");
}

/// Blocks in reading order; what stands around the article folds away.
fn push_blocks(out: &mut Vec<u8>, sheet: &Sheet<'_>) {
    let title = sheet.done.document.meta.title.as_deref();
    let mut segments = sheet.done.segments.iter().peekable();
    let mut row = 0;
    let mut left_out: Vec<&Block> = Vec::new();
    for (number, block) in (0_u32..).zip(&sheet.done.blocks) {
        if !block.role.is_segment() {
            left_out.push(block);
            continue;
        }
        let mut inside: Vec<&Segment> = Vec::new();
        while let Some(segment) = segments.next_if(|segment| segment.block <= number) {
            inside.push(segment);
        }
        let shown_above =
            block.role == Role::Title && inside.iter().all(|s| title == Some(sheet.done.text(s)));
        if inside.is_empty() || shown_above {
            continue;
        }
        push_left_out(out, sheet, &mut left_out);
        if block.role == Role::Body {
            push_body(out, sheet, block, &inside, &mut row);
        } else {
            push_beside(out, sheet, block.role, &inside);
        }
    }
    push_left_out(out, sheet, &mut left_out);
}

fn push_body(out: &mut Vec<u8>, sheet: &Sheet<'_>, block: &Block, inside: &[&Segment], row: &mut usize) {
    let item = if block.kind == BlockKind::ListItem { " item" } else { "" };
    push(out, &format!("<section class=\"block{item}\">\n"));
    for segment in inside {
        sheet.push_sentence(out, *row, segment);
        *row += 1;
    }
    push(out, "</section>\n");
}

/// A heading, caption or dek: part of the article, but without a score.
fn push_beside(out: &mut Vec<u8>, sheet: &Sheet<'_>, role: Role, inside: &[&Segment]) {
    let (tag, class) = match role {
        Role::Title | Role::Heading => ("h3", "heading"),
        Role::Dek => ("p", "dek"),
        _ => ("p", "caption"),
    };
    let texts: Vec<_> = inside.iter().map(|segment| xml(sheet.done.text(segment))).collect();
    push(out, &format!("<{tag} class=\"{class}\"{}>{}</{tag}>\n", sheet.dir, texts.join(" ")));
}

/// A run of blocks that are not the article, by their roles; the list is empty afterwards.
fn push_left_out(out: &mut Vec<u8>, sheet: &Sheet<'_>, blocks: &mut Vec<&Block>) {
    if blocks.is_empty() {
        return;
    }
    let mut roles: Vec<_> = blocks.iter().map(|block| block.role.name()).collect();
    roles.dedup();
    push(out, "<details class=\"out\"><summary class=\"ui\" lang=\"en\" dir=\"ltr\">Left out: ");
    push(out, &format!("{}</summary>\n", roles.join(", ")));
    for block in blocks.drain(..) {
        let text =
            sheet.done.document.field(block.field).map_or("", |field| block.span.of(field.text.as_str()));
        push(out, &format!("<p{}>{}</p>\n", sheet.dir, xml(text)));
    }
    push(out, "</details>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    /// What stands between head and tail.
    fn page(documents: &[Done]) -> String {
        let page = rendered(&Html {}, documents);
        let (_, body) = page.split_once("</style>").expect("a style sheet");
        body.to_owned()
    }

    #[test]
    fn the_article_stands_in_reading_order_with_a_bar_for_every_sentence() {
        insta::assert_snapshot!("council", page(&[sample::council()]));
    }

    #[test]
    fn a_document_without_sentences_says_so() {
        let page = page(&[sample::empty()]);
        assert!(page.contains("No sentence to choose from.") && !page.contains("class=\"map\""), "{page}");
    }

    #[test]
    fn nothing_in_an_article_becomes_markup() {
        let page = page(&[sample::hostile()]);
        assert!(page.contains("&lt;script&gt;alert(\"1\")&lt;/script&gt;"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>\"") && !page.contains('\u{1b}'), "{page}");
    }

    #[test]
    fn the_page_asks_for_nothing_from_elsewhere() {
        let page = rendered(&Html {}, &sample::all()[..1]);
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        for loading in ["src=", "url(", "@import", "<link", "<script", "http:", "https:"] {
            assert!(!page.contains(loading), "{loading}");
        }
    }

    #[test]
    fn the_page_is_well_formed_but_for_its_doctype_and_meta() {
        for documents in sample::all() {
            let page = page(&[documents]);
            let page = page.trim_start().trim_start_matches("</head>").trim_end().trim_end_matches("</html>");
            let mut reader = quick_xml::Reader::from_str(page);
            let mut depth = 0_i32;
            loop {
                match reader.read_event().expect("well-formed") {
                    quick_xml::events::Event::Start(_) => depth += 1,
                    quick_xml::events::Event::End(_) => depth -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(depth, 0);
        }
    }

    #[test]
    fn an_article_runs_as_its_language_does() {
        assert!(page(&[sample::arabic()]).contains("<article lang=\"ar\" dir=\"rtl\""));
    }
}
