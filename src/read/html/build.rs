//! From tokens to text and elements, in one pass: implied ends as in browsers, caps on depth and number, no recursion.

use std::ops::Range;

use crate::base::span::{Span, Txt, position};
use crate::doc::block::BlockKind;
use crate::doc::document::Mark;
use crate::doc::inline::{Inline, Inlines, Style};
use crate::doc::map::{Change, SpanMap};
use crate::doc::page::{Node, Page, PageBlock};
use crate::markup::entity;
use crate::markup::tag::Tag;
use crate::markup::token::{Token, Tokens, is_xml};
use crate::read::elements::{markup, style};

/// Elements inside one another, at most; the content of deeper ones belongs to the last that fits.
const DEPTH: usize = 512;
/// Elements that are recorded; the text of a page with more is still read whole.
const NODES: usize = 1 << 20;

/// A page that was read.
#[derive(Debug)]
pub(super) struct Built {
    /// The text that shows, a blank line between blocks.
    pub(super) text: String,
    /// The way back to the page.
    pub(super) map: SpanMap,
    /// The blocks.
    pub(super) marks: Vec<Mark>,
    /// Emphasis and links.
    pub(super) inline: Vec<Inline>,
    /// The elements; `html` is left empty.
    pub(super) page: Page,
}

/// Reads a page.
pub(super) fn build(html: &str) -> Built {
    let mut builder = Builder::new(html);
    for token in Tokens::new(html) {
        match token {
            Token::Text(at) => builder.text(at),
            Token::Open { tag, at, closed } => builder.open(tag, at, closed),
            Token::Close { tag, at } => builder.close(tag, at),
            Token::Raw(_) | Token::Aside(_) => {}
        }
    }
    builder.finish()
}

/// What must stand between two pieces of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
    Block,
}

impl Gap {
    fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Blank => " ",
            Self::Line => "\n",
            Self::Block => "\n\n",
        }
    }
}

/// An element that is open.
#[derive(Debug, Clone, Copy)]
struct Open {
    tag: Tag,
    /// Its number; that of the element around it when there were too many.
    node: u32,
    /// Whether it is a link that was closed across the ends of blocks.
    ended: bool,
    /// What it makes of the text in it.
    style: Option<Style>,
}

#[derive(Debug)]
struct Builder<'h> {
    html: &'h str,
    /// Whether the page is XML, in which any tag may close itself.
    xml: bool,
    out: String,
    changes: Vec<Change>,
    marks: Vec<Mark>,
    inlines: Inlines,
    page: Page,
    stack: Vec<Open>,
    /// How many elements of each kind are open.
    opened: [u16; Tag::Other as usize + 1],
    /// The page up to here stands in `out` or was dropped.
    at: usize,
    gap: Gap,
    /// Where the open block begins in `out`, once it has text.
    block: Option<(usize, PageBlock)>,
    /// How many open elements hold nothing that shows.
    unseen: usize,
}

impl<'h> Builder<'h> {
    fn new(html: &'h str) -> Self {
        let root = Node { tag: Tag::Other, parent: 0, open: 0..0, end: position(html.len()), blocks: 0..0 };
        Self {
            html,
            xml: is_xml(html),
            out: String::with_capacity(html.len() / 4),
            changes: Vec::new(),
            marks: Vec::new(),
            inlines: Inlines::default(),
            page: Page { nodes: vec![root], ..Page::default() },
            stack: Vec::new(),
            opened: [0; Tag::Other as usize + 1],
            at: 0,
            gap: Gap::None,
            block: None,
            unseen: 0,
        }
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.opened[tag as usize] > 0
    }

    fn node(&self) -> u32 {
        self.stack.last().map_or(0, |open| open.node)
    }

    fn open(&mut self, tag: Tag, at: Range<usize>, closed: bool) {
        if self.is_open(Tag::Head) && !self.is_open(Tag::Noscript) && !tag.is_of_head() {
            self.pop_to(Tag::Head, at.start);
        }
        match tag {
            Tag::Br if self.unseen == 0 => self.line(),
            Tag::Hr if self.unseen == 0 => self.end_block(),
            _ => {}
        }
        if tag.ends_paragraph() && self.is_open(Tag::P) {
            self.end_implied(at.start, |open| open == Tag::P);
        }
        if self.is_open(tag) || tag.heading().is_some() || is_sibling(tag) {
            self.end_implied(at.start, |open| open.is_closed_by(tag));
        }
        if tag.is_block() && self.unseen == 0 {
            self.end_block();
        }
        let empty = tag.is_void() || closed && (self.xml || !tag.is_block() && !tag.is_raw());
        let node = self.record(tag, &at);
        if !empty && self.stack.len() < DEPTH {
            self.opened[tag as usize] += 1;
            self.unseen += usize::from(tag.is_unseen());
            let style = style(tag);
            if let Some(style) = style {
                self.inlines.open(style, markup(&self.html[at], style));
            }
            self.stack.push(Open { tag, node, ended: false, style });
        }
    }

    /// Records an element; nothing is in it yet.
    fn record(&mut self, tag: Tag, at: &Range<usize>) -> u32 {
        let parent = self.node();
        if self.page.nodes.len() >= NODES {
            return parent;
        }
        let blocks = position(self.page.blocks.len());
        self.page.nodes.push(Node {
            tag,
            parent,
            open: position(at.start)..position(at.end),
            end: position(at.end),
            blocks: blocks..blocks,
        });
        position(self.page.nodes.len() - 1)
    }

    fn close(&mut self, tag: Tag, at: Range<usize>) {
        if tag == Tag::Br {
            return self.line();
        }
        if tag == Tag::P && !self.is_open(tag) {
            // A browser makes an empty paragraph of it.
            return self.end_block();
        }
        if !self.is_open(tag) || matches!(tag, Tag::Body | Tag::Html) {
            return;
        }
        let reaches = self.stack.iter().rev().take_while(|open| open.tag == tag || !stops(tag, open.tag));
        if !reaches.into_iter().any(|open| open.tag == tag) {
            // A link that is closed across blocks is over for what comes after it.
            let link = |open: &&mut Open| open.tag == Tag::A && !open.ended;
            if let (Tag::A, Some(open)) = (tag, self.stack.iter_mut().rev().find(link)) {
                open.ended = true;
                self.inlines.close(Style::Link, self.out.len());
            }
            return;
        }
        self.pop_to(tag, at.start);
    }

    /// Ends the innermost element that `ends` names, unless a scope stands before it.
    fn end_implied(&mut self, at: usize, ends: impl Fn(Tag) -> bool) {
        let found = self.stack.iter().rev().find(|open| ends(open.tag) || open.tag.is_scope());
        if let Some(open) = found.filter(|open| ends(open.tag)) {
            self.pop_to(open.tag, at);
        }
    }

    /// Ends elements up to and with the innermost `tag`.
    fn pop_to(&mut self, tag: Tag, at: usize) {
        while let Some(open) = self.stack.pop() {
            if open.tag.is_block() && self.unseen == 0 {
                self.end_block();
            }
            let next = self.page.blocks.len() + usize::from(self.block.is_some());
            let node = &mut self.page.nodes[open.node as usize];
            node.end = position(at);
            node.blocks.end = position(next).max(node.blocks.start);
            self.opened[open.tag as usize] -= 1;
            self.unseen -= usize::from(open.tag.is_unseen());
            if let Some(style) = open.style.filter(|_| !open.ended) {
                self.inlines.close(style, self.out.len());
            }
            if open.tag == tag {
                return;
            }
        }
    }

    /// A line break; the second in a row ends the block.
    fn line(&mut self) {
        if self.gap == Gap::Line {
            self.end_block();
        } else {
            self.gap = self.gap.max(Gap::Line);
        }
    }

    fn end_block(&mut self) {
        if let Some((start, block)) = self.block.take() {
            self.inlines.cut(self.out.len());
            self.marks
                .push(Mark { span: Span::<Txt>::at(start..self.out.len()), kind: self.kind(block.node) });
            self.page.blocks.push(block);
        }
        self.gap = if self.out.is_empty() { Gap::None } else { Gap::Block };
    }

    /// What the elements around a block say it is.
    fn kind(&self, node: u32) -> BlockKind {
        let own = &self.page.nodes[node as usize];
        let mut quoted = false;
        for node in std::iter::once(own).chain(self.page.around(node)) {
            match node.tag {
                tag if tag.heading().is_some() => return BlockKind::Heading,
                Tag::Figcaption | Tag::Caption => return BlockKind::Caption,
                Tag::Li | Tag::Dd | Tag::Dt => return BlockKind::ListItem,
                Tag::Blockquote => quoted = true,
                Tag::Ul | Tag::Ol | Tag::Dl | Tag::Table | Tag::Body => break,
                _ => {}
            }
        }
        if quoted { BlockKind::Quote } else { BlockKind::Paragraph }
    }

    fn text(&mut self, at: Range<usize>) {
        let html = self.html;
        let text = &html[at.clone()];
        let blank = text.trim_ascii().is_empty();
        if !blank && self.stack.last().is_some_and(|open| open.tag == Tag::Head) {
            self.pop_to(Tag::Head, at.start);
        }
        if self.unseen > 0 {
            return;
        }
        if blank {
            self.gap = self.gap.max(Gap::Blank);
            return;
        }
        let keeps_lines = self.is_open(Tag::Pre);
        let mut from = 0;
        while from < text.len() {
            let rest = &text[from..];
            let run = rest.bytes().take_while(u8::is_ascii_whitespace).count();
            if run > 0 {
                let feeds = keeps_lines && rest[..run].contains('\n');
                self.gap = self.gap.max(if feeds { Gap::Line } else { Gap::Blank });
                from += run;
            } else if let Some((length, characters)) =
                rest.starts_with('&').then(|| entity::reference(rest)).flatten()
            {
                self.replace(at.start + from, at.start + from + length, &characters);
                from += length;
            } else {
                let length = plain_bytes(rest);
                self.copy(at.start + from, at.start + from + length);
                from += length;
            }
        }
    }

    /// Brings the text up to the piece of the page that begins at `start`.
    fn catch_up(&mut self, start: usize) {
        if self.block.is_none() && !self.out.is_empty() {
            self.gap = Gap::Block;
        }
        let gap = if self.out.is_empty() { Gap::None } else { self.gap };
        let from = self.out.len();
        self.out.push_str(gap.text());
        if self.html[self.at..start] != *gap.text() {
            self.change(self.at..start, from);
        }
        self.gap = Gap::None;
        if self.block.is_none() {
            let holds = self.stack.iter().rev().find(|open| open.tag.is_block());
            let node = holds.map_or(0, |open| open.node);
            self.block = Some((self.out.len(), PageBlock { node, chars: 0, linked: 0, stressed: 0 }));
        }
        self.inlines.text(self.out.len());
    }

    fn copy(&mut self, start: usize, end: usize) {
        self.catch_up(start);
        let piece = &self.html[start..end];
        self.out.push_str(piece);
        self.at = end;
        self.count(piece);
    }

    /// Characters that a reference stands for.
    fn replace(&mut self, start: usize, end: usize, characters: &str) {
        if characters.trim_ascii().is_empty() {
            self.gap = self.gap.max(Gap::Blank);
            return;
        }
        self.catch_up(start);
        let from = self.out.len();
        self.out.push_str(characters);
        self.change(start..end, from);
        self.at = end;
        self.count(characters);
    }

    /// The page's bytes `src` became what stands in `out` from `from` on.
    fn change(&mut self, src: Range<usize>, from: usize) {
        self.changes.push(Change {
            src: Span::new(position(src.start), position(src.end)),
            out: Span::new(position(from), position(self.out.len())),
        });
    }

    /// Counts the characters of a piece that was added to the block.
    fn count(&mut self, piece: &str) {
        let linked = self.is_open(Tag::A) && self.stack.iter().any(|open| open.tag == Tag::A && !open.ended);
        let stressed = [Tag::B, Tag::Strong, Tag::Em, Tag::I].into_iter().any(|tag| self.is_open(tag));
        let shown = piece.chars().filter(|c| !c.is_whitespace()).count();
        if let Some((_, block)) = &mut self.block {
            block.chars += position(shown);
            block.linked += if linked { position(shown) } else { 0 };
            block.stressed += if stressed { position(shown) } else { 0 };
        }
    }

    fn finish(mut self) -> Built {
        let end = self.html.len();
        while let Some(open) = self.stack.last() {
            self.pop_to(open.tag, end);
        }
        self.end_block();
        self.page.nodes[0].blocks = 0..position(self.page.blocks.len());
        let inline = self.inlines.finish(self.out.len());
        Built { text: self.out, map: SpanMap::new(self.changes), marks: self.marks, inline, page: self.page }
    }
}

/// Bytes at the beginning of `text`, at least one character, that stand in the output as they are.
fn plain_bytes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 1;
    loop {
        let Some(found) = bytes[from..].iter().position(|b| b.is_ascii_whitespace() || *b == b'&') else {
            return bytes.len();
        };
        let end = from + found;
        let single =
            bytes[end] == b' ' && bytes.get(end + 1).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'&');
        if !single {
            return end;
        }
        from = end + 2;
    }
}

/// Whether the beginning of `tag` may end another element than one of its own kind.
fn is_sibling(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Dt
            | Tag::Dd
            | Tag::Td
            | Tag::Th
            | Tag::Tr
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Optgroup
    )
}

/// Whether the end of `tag` does not reach beyond an open `other`.
fn stops(tag: Tag, other: Tag) -> bool {
    match tag {
        // Nothing that was left open in these stays open beyond them: a browser reads some as no markup at all.
        Tag::Table | Tag::Noscript | Tag::Object | Tag::Select | Tag::Svg | Tag::Template => false,
        _ if other == Tag::Noscript => true,
        Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
            other == Tag::Table
        }
        _ if tag.is_block() => {
            matches!(other, Tag::Table | Tag::Td | Tag::Th | Tag::Caption | Tag::Object | Tag::Template)
        }
        _ => other.is_block(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        let built = build(html);
        built.marks.iter().map(|mark| mark.span.of(&built.text).to_owned()).collect()
    }

    #[test]
    fn blocks_are_what_a_reader_sees() {
        let html = "<!doctype html><title>Site</title><script>var a = '<p>no</p>';</script><body>\
            <h1>Bridge   shut</h1><p>One <b>two</b>\n three&nbsp;four.<p>Next<br>line<br><br>Apart\
            <ul><li>eggs<li>milk</ul><noscript>no</noscript>tail";
        let expected =
            ["Bridge shut", "One two three\u{a0}four.", "Next\nline", "Apart", "eggs", "milk", "tail"];
        assert_eq!(blocks(html), expected);
    }

    #[test]
    fn the_text_leads_back_to_the_page() {
        let html = "<p>Caf&eacute; &amp;<i> tea</i>\n at <a href=x>noon</a></p>";
        let built = build(html);
        assert_eq!(built.text, "Café & tea at noon");
        let source = |piece: &str| {
            let at = built.text.find(piece).unwrap();
            built.map.to_src(Span::<Txt>::at(at..at + piece.len())).of(html)
        };
        assert_eq!(source("Café"), "Caf&eacute;");
        assert_eq!(source("& tea"), "&amp;<i> tea");
        assert_eq!(source("at noon"), "at <a href=x>noon");
        assert_eq!((built.page.blocks[0].chars, built.page.blocks[0].linked), (14, 4));
    }

    #[test]
    fn kinds_come_from_the_elements_around_a_block() {
        let html = "<h2><a>Head</a></h2><blockquote><p>Quoted</blockquote><figure><img><figcaption>Cap</figcaption></figure>\
            <ol><li><p>Item</ol><p>Text";
        let kinds: Vec<_> = build(html).marks.iter().map(|mark| mark.kind).collect();
        let expected = [
            BlockKind::Heading,
            BlockKind::Quote,
            BlockKind::Caption,
            BlockKind::ListItem,
            BlockKind::Paragraph,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn emphasis_and_links_are_places_in_the_text() {
        let inline = |html: &str| -> Vec<String> {
            let built = build(html);
            let tell = |one: &Inline| {
                let href = one.markup.href.as_deref().map(|href| format!(" {href}")).unwrap_or_default();
                format!("{:?} {:?}{href}", one.markup.style, one.span.of(&built.text))
            };
            built.inline.iter().map(tell).collect()
        };
        assert_eq!(
            inline("<p>One <b>two <i>three</i></b> <a href=/x?a=1&amp;b title=y>four&nbsp;</a>.</p>"),
            ["Strong \"two three\"", "Emphasis \"three\"", "Link \"four\\u{a0}\" /x?a=1&b"]
        );
        assert_eq!(
            inline("<a href=x><div>in</a>out</div><b><p>a<p>b</b>"),
            ["Link \"in\" x", "Strong \"a\"", "Strong \"b\""]
        );
        assert_eq!(
            inline("<p><a>no</a> <a href='javascript:x'>no</a> <i class=icon></i><s>old</s> <kbd>q</kbd>"),
            ["Deleted \"old\"", "Code \"q\""]
        );
        assert_eq!(build(&"<b><p>x".repeat(2_000)).inline.len(), 2_000);
    }

    #[test]
    fn elements_know_what_is_in_them() {
        let html = "<div class=a><p>One</p><p>Two <span>three</span></p></div><p>Four</p>";
        let page = build(html).page;
        let of = |tag| page.nodes.iter().find(|node| node.tag == tag).unwrap().blocks.clone();
        assert_eq!((of(Tag::Div), of(Tag::P), of(Tag::Span)), (0..2, 0..1, 1..2));
        assert_eq!(page.nodes[0].blocks, 0..3);
    }

    #[test]
    fn what_is_open_ends_as_in_a_browser() {
        assert_eq!(blocks("<table><td>a<td>b</table>c"), ["a", "b", "c"]);
        assert_eq!(blocks("<p>a<div>b</p>c</div>d"), ["a", "b", "c", "d"]);
        assert_eq!(blocks("<select><option>x</select>a</b>b</span>"), ["ab"]);
        let linked: Vec<_> =
            build("<a href=x><div>in</a>out</div>").page.blocks.iter().map(|b| b.linked).collect();
        assert_eq!(linked, [2]);
        assert_eq!(blocks("<noscript><div></noscript>x"), ["x"]);
        assert_eq!(blocks("<?xml version='1.0'?><p/><script/><a/>x<p>y</p>"), ["x", "y"]);
    }

    #[test]
    fn what_stands_in_for_scripts_is_closed_whatever_is_open_in_it() {
        assert_eq!(blocks("<noscript><div id=x></noscript><p>a</p>"), ["a"]);
        assert_eq!(blocks("<div><p>a<noscript><p>no</div></noscript>b</div>"), ["ab"]);
        assert_eq!(blocks("<head><noscript><div>no</div></noscript></head><p>a"), ["a"]);
        assert_eq!(blocks("<svg><g><desc>no</svg>a<template><div>no</template>b"), ["ab"]);
    }

    #[test]
    fn hostile_pages_are_read_flat() {
        let deep = format!("{}text{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
        assert_eq!(blocks(&deep), ["text"]);
        let wide = format!("<p {}>text", "a=b ".repeat(100_000));
        assert_eq!(blocks(&wide), ["text"]);
        let spans = format!("{}text", "<b><p>".repeat(50_000));
        assert_eq!(blocks(&spans), ["text"]);
    }

    proptest! {
        /// Blocks tile the text, each character leads to a place in bounds, and places only rise.
        #[test]
        fn any_page_keeps_the_laws(
            html in "(<p>|</p>|<div>|</div>|<a>|</a>|<br>|<li>|<ul>|</ul>|<td>|<table>|</table>|<b|é|x|&amp;|&| |\n|<pre>|<h1>){0,40}",
        ) {
            let built = build(&html);
            let mut at = 0;
            for (number, mark) in built.marks.iter().enumerate() {
                prop_assert!(mark.span.start as usize >= at && !mark.span.is_empty());
                let gap = &built.text[at..mark.span.start as usize];
                prop_assert_eq!(gap, if number == 0 { "" } else { "\n\n" });
                at = mark.span.end as usize;
            }
            prop_assert_eq!(at, built.text.len());
            prop_assert_eq!(built.marks.len(), built.page.blocks.len());
            for inline in &built.inline {
                prop_assert!(!inline.span.is_empty() && built.text.get(inline.span.range()).is_some());
                prop_assert!(built.marks.iter().any(|mark| mark.span.contains(inline.span)), "{:?}", inline);
            }
            let mut last = 0;
            for (from, c) in built.text.char_indices() {
                let src = built.map.to_src(Span::<Txt>::at(from..from + c.len_utf8()));
                prop_assert!(src.start >= last && src.end as usize <= html.len());
                last = src.start;
            }
            for node in &built.page.nodes {
                prop_assert!(node.blocks.start <= node.blocks.end && node.blocks.end as usize <= built.marks.len());
                prop_assert!(node.open.end <= node.end || node.open.is_empty());
            }
        }
    }
}
