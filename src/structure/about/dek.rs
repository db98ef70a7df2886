//! The standfirst: what the page says it is about, where a reader sees it under the title.

use crate::doc::document::Document;
use crate::doc::page::Page;
use crate::markup::tag::Tag;
use crate::structure::about::head::{Head, squash};
use crate::structure::about::site::key;

/// A standfirst, and the block it stands in where a reader sees it as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dek {
    pub(super) text: String,
    pub(super) block: Option<u32>,
}

/// Words of a description that can be a standfirst.
const WORDS: std::ops::RangeInclusive<usize> = 4..=80;
/// Blocks after the title in which it may stand.
const NEAR: u32 = 8;

/// Finds it; a description that breaks off is none.
pub(super) fn find(document: &Document, page: &Page, head: &Head<'_>, title: Option<u32>) -> Option<Dek> {
    let said = head.first(&["og:description", "description", "twitter:description", "dc.description"])?;
    let said = squash(said);
    let ends = ["…", "...", "[…]", "[...]", "…]"];
    let wanted = key(&said);
    if !WORDS.contains(&wanted.split(' ').count()) || ends.iter().any(|end| said.ends_with(end)) {
        return None;
    }
    let text = document.text.text.as_str();
    let near = title.map_or(0..0, |title| title + 1..title + 1 + NEAR);
    let block = near.into_iter().find(|number| {
        let mark = document.text.marks.get(*number as usize);
        let same = mark.is_some_and(|mark| key(mark.span.of(text)) == wanted);
        same && is_standfirst(page, *number)
    });
    Some(Dek { text: said, block })
}

/// Whether an element near a block says that it is a standfirst.
fn is_standfirst(page: &Page, block: u32) -> bool {
    const PARTS: [&str; 17] = [
        "standfirst",
        "dek",
        "subtitle",
        "subhead",
        "sub-title",
        "untertitel",
        "lead",
        "intro",
        "teaser",
        "summary",
        "description",
        "excerpt",
        "vorspann",
        "abstract",
        "chapo",
        "entradilla",
        "sommario",
    ];
    let Some(own) = page.blocks.get(block as usize).map(|block| block.node) else { return false };
    let around = page.nodes.get(own as usize).into_iter().chain(page.around(own)).take(3);
    let mut says = around.filter(|node| node.blocks.end - node.blocks.start <= 2).map(|node| {
        let words = ["class", "itemprop"].into_iter().filter_map(|name| page.attribute(node, name));
        let lower: String = words.map(|word| word.to_ascii_lowercase()).collect();
        matches!(node.tag, Tag::H2 | Tag::H3 | Tag::H4) || PARTS.iter().any(|part| lower.contains(part))
    });
    says.any(|says| says)
}
