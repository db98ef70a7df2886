//! Markdown (`CommonMark` with the tables and strike-through of GitHub): its text without the markup, block by block.
//!
//! Emphasis, links, code and what is struck through are kept aside, as places in the text.
//!
//! Dropped: front matter, fenced code, HTML, pictures with their words, footnote marks, rules. Indented code is kept as a
//! paragraph, since articles are indented by hand more often than they hold listings. A soft break is a blank (nothing
//! between two Chinese or Japanese characters), a hard one a line feed.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::base::error::DocError;
use crate::base::span::{Span, position};
use crate::doc::block::BlockKind;
use crate::doc::document::{Document, Field, Mark};
use crate::doc::inline::{Inline, Inlines, Markup, Style};
use crate::doc::map::{Change, SpanMap};
use crate::doc::record::Source;
use crate::doc::text::Text;
use crate::io::decode::decode;
use crate::markup::tag::Tag as Element;
use crate::read::elements;
use crate::read::{ReadOptions, Reader, failed};

/// Reads Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Markdown;

impl Reader for Markdown {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        _: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let decoded = decode(bytes).map_err(|kind| failed(&source, None, kind))?;
        let Stripped { text, map, marks, inline } = strip(decoded.text.as_str());
        out.push(Document {
            source: Source { encoding: decoded.encoding, ..source },
            text: Field { text: Text::mapped(text, decoded.text.map().then(&map)), marks, inline },
            ..Document::default()
        });
        Ok(())
    }
}

/// A text without its markup.
struct Stripped {
    text: String,
    /// The way back to the source.
    map: SpanMap,
    /// The blocks; a blank line stands between them.
    marks: Vec<Mark>,
    inline: Vec<Inline>,
}

/// Takes the markup out of `source`.
fn strip(source: &str) -> Stripped {
    let from = start(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS;
    let mut page = Page { source, ..Page::default() };
    for (event, range) in Parser::new_ext(&source[from..], options).into_offset_iter() {
        page.take(event, from + range.start, from + range.end);
    }
    page.close();
    let inline = page.inlines.finish(page.out.len());
    Stripped { text: page.out, map: SpanMap::new(page.changes), marks: page.marks, inline }
}

/// Where the Markdown begins: after a byte order mark and front matter.
fn start(source: &str) -> usize {
    let after_mark = source.len() - source.trim_start_matches('\u{feff}').len();
    let text = &source[after_mark..];
    after_mark + front_matter(text, "---", &["---", "..."], ':').max(front_matter(text, "+++", &["+++"], '='))
}

/// The length of the front matter that `text` begins with, 0 without any. Its first line must give a value to a key: a
/// rule at the top of an article is none.
fn front_matter(text: &str, open: &str, close: &[&str], gives: char) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == open) else { return 0 };
    let mut at = first.len();
    for (number, line) in lines.enumerate() {
        at += line.len();
        let line = line.trim_end();
        if close.contains(&line) {
            return at;
        }
        if number == 0 && !line.contains(gives) && !line.starts_with('#') {
            return 0;
        }
    }
    0
}

/// What must stand between two pieces of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    Soft,
    Line,
}

/// Text in the making.
#[derive(Debug, Default)]
struct Page<'s> {
    source: &'s str,
    out: String,
    changes: Vec<Change>,
    marks: Vec<Mark>,
    inlines: Inlines,
    /// Styles of the elements of HTML that are open in the block.
    elements: Vec<Style>,
    /// The source up to here stands in `out` or was dropped.
    at: usize,
    gap: Gap,
    /// Where the open block begins in `out`, once it has text.
    block: Option<usize>,
    heading: bool,
    /// How many list items and tables are open.
    items: usize,
    /// How many pictures are open.
    pictures: usize,
    /// Whether a block that holds no prose is open.
    listing: bool,
}

impl Page<'_> {
    fn take(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            Event::Start(tag) if !is_inline(tag.to_end()) => self.begin(&tag),
            Event::End(tag) if !is_inline(tag) => self.end(tag),
            Event::Start(tag) => {
                if let Some(style) = style(tag.to_end()) {
                    self.inlines.open(style, markup(&tag, style));
                }
            }
            Event::End(tag) => {
                if let Some(style) = style(tag) {
                    self.inlines.close(style, self.out.len());
                }
            }
            Event::Text(text) if self.source.get(start..end) == Some(&text) => self.copy(start, end),
            Event::Code(text) => {
                self.inlines.open(Style::Code, Some(Markup::of(Style::Code)));
                match self.source.get(start..end).and_then(|code| code.find(&*text)) {
                    Some(at) => self.copy(start + at, start + at + text.len()),
                    None => self.replace(start, end, &text),
                }
                self.inlines.close(Style::Code, self.out.len());
            }
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.replace(start, end, &text);
            }
            Event::SoftBreak => self.gap = self.gap.max(Gap::Soft),
            Event::HardBreak => self.gap = Gap::Line,
            Event::InlineHtml(tag) => self.element(&tag),
            Event::Rule => self.close(),
            Event::Html(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    /// An element of HTML inside a line opens or closes.
    fn element(&mut self, tag: &str) {
        let closes = tag.starts_with("</");
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let element = Element::of(name);
        if element == Element::Br {
            self.gap = Gap::Line;
        }
        let Some(style) = elements::style(element) else { return };
        if closes {
            if let Some(at) = self.elements.iter().rposition(|open| *open == style) {
                self.elements.remove(at);
                self.inlines.close(style, self.out.len());
            }
        } else if !tag.ends_with("/>") {
            self.elements.push(style);
            self.inlines.open(style, elements::markup(tag, style));
        }
    }

    /// A block begins; text of the block around it, as before a list in an item, is a block of its own.
    fn begin(&mut self, tag: &Tag<'_>) {
        self.close();
        match tag {
            Tag::Heading { .. } => self.heading = true,
            Tag::Item | Tag::Table(_) => self.items += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.listing = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.close();
        match tag {
            TagEnd::Heading(_) => self.heading = false,
            TagEnd::Item | TagEnd::Table => self.items = self.items.saturating_sub(1),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.listing = false,
            _ => {}
        }
    }

    /// Marks the open block, if it shows anything.
    fn close(&mut self) {
        self.gap = Gap::None;
        let Some(from) = self.block.take() else { return };
        let end = self.out.len();
        for style in self.elements.drain(..) {
            self.inlines.close(style, end);
        }
        self.inlines.cut(end);
        let shown = self.out[from..].trim_end().len();
        let kind = match (self.heading, self.items) {
            (true, _) => BlockKind::Heading,
            (false, 0) => BlockKind::Paragraph,
            (false, _) => BlockKind::ListItem,
        };
        if shown > 0 {
            self.marks.push(Mark { span: Span::at(from..from + shown), kind });
        }
    }

    /// Takes the source `start..end` as it stands.
    fn copy(&mut self, start: usize, end: usize) {
        let start = start.max(self.at);
        if start >= end || !self.is_shown() {
            return;
        }
        let text = &self.source[start..end];
        let mut start = start;
        let escaped = self.source[self.at..start].ends_with('\\')
            && text.starts_with(|c: char| c.is_ascii_punctuation());
        if escaped {
            // A sentence that begins here begins with the backslash.
            self.replace(start - 1, start + 1, &text[..1]);
            start += 1;
        } else {
            self.reach(start, text);
        }
        self.out.push_str(&self.source[start..end]);
        self.at = end;
    }

    /// Puts `text` in the place of the source `start..end`.
    fn replace(&mut self, start: usize, end: usize, text: &str) {
        if text.is_empty() || !self.is_shown() {
            return;
        }
        let start = start.max(self.at);
        self.reach(start, text);
        let from = self.out.len();
        self.out.push_str(text);
        self.at = end.max(start);
        self.change(start, from);
    }

    fn is_shown(&self) -> bool {
        self.pictures == 0 && !self.listing
    }

    /// Drops the source up to `start`, where `text` is to follow, and puts what must stand between in its place.
    fn reach(&mut self, start: usize, text: &str) {
        let from = self.out.len();
        let between = match (self.block, self.gap) {
            (None, _) if self.out.is_empty() => "",
            (None, _) => "\n\n",
            (Some(_), Gap::None) => "",
            (Some(_), Gap::Soft) if joins(self.out.chars().next_back()) && joins(text.chars().next()) => "",
            (Some(_), Gap::Soft) => " ",
            (Some(_), Gap::Line) => "\n",
        };
        self.out.push_str(between);
        self.gap = Gap::None;
        let dropped = std::mem::replace(&mut self.at, start);
        if dropped < start || !between.is_empty() {
            self.change(dropped, from);
        }
        self.block.get_or_insert(self.out.len());
        self.inlines.text(self.out.len());
    }

    /// Ties the source `start..self.at` to the text from `from` on.
    fn change(&mut self, start: usize, from: usize) {
        self.changes.push(Change {
            src: Span::new(position(start), position(self.at)),
            out: Span::new(position(from), position(self.out.len())),
        });
    }
}

/// Whether a tag stands inside a line.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// The style of an inline tag that is kept.
fn style(tag: TagEnd) -> Option<Style> {
    match tag {
        TagEnd::Emphasis => Some(Style::Emphasis),
        TagEnd::Strong => Some(Style::Strong),
        TagEnd::Strikethrough => Some(Style::Deleted),
        TagEnd::Link => Some(Style::Link),
        _ => None,
    }
}

/// What an inline tag says.
fn markup(tag: &Tag<'_>, style: Style) -> Option<Markup> {
    match tag {
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
            Markup::link(&format!("mailto:{dest_url}"), None)
        }
        Tag::Link { dest_url, title, .. } => Markup::link(dest_url, Some(title)),
        _ => Some(Markup::of(style)),
    }
}

/// Whether a character is of a script whose lines are joined without a blank: Chinese and Japanese.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::span::Txt;

    /// Each block as `kind: text`, and the source that its text leads back to after `<-` where the two differ.
    fn blocks(source: &str) -> Vec<String> {
        let Stripped { text, map, marks, .. } = strip(source);
        let tell = |mark: &Mark| {
            let kind = match mark.kind {
                BlockKind::Paragraph => "p",
                BlockKind::Heading => "h",
                BlockKind::ListItem => "li",
                BlockKind::Line => "line",
                BlockKind::Quote => "quote",
                BlockKind::Caption => "caption",
            };
            let (text, from) = (mark.span.of(&text), map.to_src(mark.span).of(source));
            if text == from { format!("{kind}: {text}") } else { format!("{kind}: {text} <- {from}") }
        };
        marks.iter().map(tell).collect()
    }

    #[test]
    fn headings_paragraphs_and_list_items_are_blocks() {
        let source = "# Title #\n\nOne *two* three.\n\n- a\n- b\n  - c\n\n  more\n\nSub\n---\n> quote\n";
        assert_eq!(
            blocks(source),
            [
                "h: Title",
                "p: One two three. <- One *two* three.",
                "li: a",
                "li: b",
                "li: c",
                "li: more",
                "h: Sub",
                "p: quote"
            ]
        );
        assert_eq!(strip(source).text.split("\n\n").count(), 8, "a blank line stands between blocks");
    }

    #[test]
    fn markup_inside_belongs_to_the_source_and_markup_at_the_edges_does_not() {
        assert_eq!(
            blocks("**Bold** and [a link](http://x) and *end*"),
            ["p: Bold and a link and end <- Bold** and [a link](http://x) and *end"]
        );
        assert_eq!(blocks("`code` stays"), ["p: code stays <- code` stays"]);
    }

    #[test]
    fn emphasis_and_links_are_places_in_the_text() {
        let inline = |source: &str| -> Vec<String> {
            let Stripped { text, inline, .. } = strip(source);
            let tell = |one: &Inline| {
                let href = one.markup.href.as_deref().map(|href| format!(" {href}")).unwrap_or_default();
                let title =
                    one.markup.title.as_deref().map(|title| format!(" ({title})")).unwrap_or_default();
                format!("{:?} {:?}{href}{title}", one.markup.style, one.span.of(&text))
            };
            inline.iter().map(tell).collect()
        };
        assert_eq!(
            inline("**One *two*** and [a ~~b~~](/x \"t\") and `c`"),
            ["Strong \"One two\"", "Emphasis \"two\"", "Link \"a b\" /x (t)", "Deleted \"b\"", "Code \"c\""]
        );
        assert_eq!(
            inline("<em>one</em> <a href='/y'>two</a> <b>three\n\nfour</b> <x>"),
            ["Emphasis \"one\"", "Link \"two\" /y", "Strong \"three\""]
        );
        assert_eq!(
            inline("[a](javascript:x) [b]() <c@d.example> *\\*e*"),
            ["Link \"c@d.example\" mailto:c@d.example", "Emphasis \"*e\""]
        );
    }

    #[test]
    fn entities_and_escapes_are_decoded_and_lead_to_all_their_bytes() {
        assert_eq!(blocks("Q&amp;A"), ["p: Q&A <- Q&amp;A"]);
        assert_eq!(blocks("&amp;"), ["p: & <- &amp;"]);
        assert_eq!(blocks("\\*not bold\\*"), ["p: *not bold* <- \\*not bold\\*"]);
        assert_eq!(blocks("1986\\. It was"), ["p: 1986. It was <- 1986\\. It was"]);
    }

    #[test]
    fn soft_breaks_are_blanks_except_between_chinese_characters_and_hard_ones_line_feeds() {
        assert_eq!(strip("one\ntwo  \nthree\\\nfour<br>five").text, "one two\nthree\nfour\nfive");
        assert_eq!(strip("新しい\n経済 a\nb").text, "新しい経済 a b");
    }

    #[test]
    fn what_is_no_prose_is_dropped() {
        assert_eq!(
            blocks(
                "a ![alt *text*](x.png)\n\n```rust\nlet x;\n```\n\n<!-- note -->\n\n<div>\nx\n</div>\n\nb<sup>2</sup>"
            ),
            ["p: a", "p: b2 <- b<sup>2"]
        );
        assert_eq!(blocks("Said.[^1]\n\n[^1]: A note.\n\n---\n\nend"), ["p: Said.", "p: A note.", "p: end"]);
        assert_eq!(blocks("    indented by hand\n"), ["p: indented by hand"]);
        assert_eq!(blocks("- [x] done"), ["li: done"]);
        assert!(blocks("![only a picture](x.png)").is_empty());
        assert!(blocks("").is_empty());
    }

    #[test]
    fn cells_of_a_table_are_blocks() {
        assert_eq!(
            blocks("| a | b |\n|---|---|\n| ~~c~~ | |\n\nafter"),
            ["li: a", "li: b", "li: c", "p: after"]
        );
    }

    #[test]
    fn front_matter_is_dropped_and_a_rule_at_the_top_is_not_taken_for_it() {
        assert_eq!(blocks("\u{feff}---\ntitle: X\nlist:\n - a\n---\n# T"), ["h: T"]);
        assert_eq!(blocks("+++\ntitle = 'X'\n+++\nbody"), ["p: body"]);
        assert_eq!(blocks("---\r\ntitle: X\r\n---\r\nbody"), ["p: body"]);
        assert_eq!(blocks("---\n\nFirst: words.\n\n---\n\nlast"), ["p: First: words.", "p: last"]);
        assert_eq!(blocks("---\ntitle: never closed"), ["p: title: never closed"]);
    }

    #[test]
    fn breaks_in_the_markup_of_windows_leave_no_carriage_returns() {
        assert_eq!(strip("one\r\ntwo\r\n\r\n* a\r\n* b\r\n").text, "one two\n\na\n\nb");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Blocks stand on character edges, rise, and each of their words stands in the source they lead to, in order.
        #[test]
        fn every_word_of_a_block_stands_in_its_source(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "word", "é日", "1.", "x", " ", "  ", "\n", "\n\n", "\r\n", "*", "**", "_", "`", "```", "~~", "[", "](u)", "![",
                    "# ", "- ", "> ", "    ", "\t", "|", "|-|", "\\", "&amp;", "<b>", "<!--", "-->", "<div>", "[^1]", "[^1]: ", "---", "\0",
                    "- [ ] ", "<http://u>", "!",
                ]),
                0..40,
            ),
        ) {
            let source = pieces.concat();
            let Stripped { text, map, marks, inline } = strip(&source);
            let (mut out_end, mut src_end) = (0, 0);
            for change in map.changes() {
                let kept = (change.out.start - out_end, change.src.start - src_end);
                prop_assert_eq!(kept.0, kept.1, "unchanged stretches are equally long");
                prop_assert_eq!(&text[out_end as usize..change.out.start as usize], &source[src_end as usize..change.src.start as usize]);
                (out_end, src_end) = (change.out.end, change.src.end);
            }
            for inline in &inline {
                prop_assert!(!inline.span.is_empty() && text.get(inline.span.range()).is_some());
                // Blanks at the end of a block belong to none.
                let shown = Span::at(inline.span.range().start..inline.span.range().start + inline.span.of(&text).trim_end().len());
                prop_assert!(shown.is_empty() || marks.iter().any(|mark| mark.span.contains(shown)), "{inline:?} in {marks:?}");
            }
            let mut last = 0;
            for mark in &marks {
                prop_assert!(last <= mark.span.start && !mark.span.is_empty(), "{mark:?} after {last}");
                prop_assert!(text.get(mark.span.range()).is_some(), "{mark:?} splits a character");
                last = mark.span.end;
                let mut from = source.get(map.to_src(mark.span).range()).expect("source spans split no character");
                for word in mark.span.of(&text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    for c in word.chars() {
                        let at = from.find(c);
                        prop_assert!(at.is_some(), "{word:?} is not in {:?} of {source:?}", map.to_src(mark.span).of(&source));
                        from = &from[at.unwrap_or_default()..][c.len_utf8()..];
                    }
                }
                for at in mark.span.range().filter(|&at| text.is_char_boundary(at)) {
                    let one = Span::<Txt>::at(at..at + text[at..].chars().next().map_or(0, char::len_utf8));
                    prop_assert!(source.get(map.to_src(one).range()).is_some(), "{one:?} leads between characters");
                }
            }
        }
    }
}
