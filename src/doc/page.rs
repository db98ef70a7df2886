//! What is known of a page of HTML beside its text: its elements, and where each block of the text stood among them.

use std::borrow::Cow;
use std::ops::Range;

use crate::markup::attribute;
use crate::markup::entity;
use crate::markup::tag::Tag;
use crate::markup::token::{Token, Tokens};

/// A page as it was read; its blocks are those of the document's text, in the same order as the field's marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The decoded page.
    pub html: String,
    /// Its elements in the order in which they open; the first is the page itself.
    pub nodes: Vec<Node>,
    /// Its blocks of text.
    pub blocks: Vec<PageBlock>,
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// The number of the element around it; the page is its own.
    pub parent: u32,
    /// Its opening tag in the page; empty for the page itself.
    pub open: Range<u32>,
    /// Where its content ends in the page.
    pub end: u32,
    /// The blocks that stand in it, wholly or in part.
    pub blocks: Range<u32>,
}

/// A block of the page's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageBlock {
    /// The innermost element around it that makes blocks.
    pub node: u32,
    /// Its characters that show.
    pub chars: u32,
    /// Those of them that stand in links.
    pub linked: u32,
    /// Those of them that are bold or italic.
    pub stressed: u32,
}

impl Page {
    /// The value of an attribute (its name in lower case), decoded.
    pub fn attribute(&self, node: &Node, name: &str) -> Option<Cow<'_, str>> {
        attribute::value(self.open_tag(node), name)
    }

    /// The opening tag of an element.
    pub fn open_tag(&self, node: &Node) -> &str {
        &self.html[node.open.start as usize..node.open.end as usize]
    }

    /// What stands between an element's tags, as it stands in the page.
    pub fn content(&self, node: &Node) -> &str {
        &self.html[node.open.end as usize..node.end.max(node.open.end) as usize]
    }

    /// The text of an element: without tags, references decoded, white space to one blank.
    pub fn text(&self, node: &Node) -> String {
        plain(self.content(node))
    }

    /// The elements around `node`, from the nearest to the page.
    pub fn around(&self, node: u32) -> impl Iterator<Item = &Node> {
        let mut at = node;
        std::iter::from_fn(move || {
            let parent = self.nodes.get(at as usize)?.parent;
            let done = parent == at;
            at = parent;
            (!done).then(|| &self.nodes[parent as usize])
        })
    }
}

/// The text of a piece of HTML: without tags, references decoded, white space to one blank.
///
/// ```
/// # use nutgraf::doc::page::plain;
/// assert_eq!(plain("<b>Caf&eacute;</b>\n  <script>x</script>open"), "Café open");
/// ```
pub fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut push = |piece: &str| {
        for word in piece.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let bare = word.trim_ascii_end();
            out.push_str(bare);
            if bare.len() < word.len() && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    };
    let mut title = false;
    for token in Tokens::new(html) {
        match token {
            Token::Text(at) => push(&entity::decode(&html[at])),
            Token::Raw(at) if title => push(&entity::decode(&html[at])),
            Token::Open { tag, .. } | Token::Close { tag, .. } => {
                title = tag == Tag::Title;
                if tag.is_block() || tag == Tag::Br {
                    push(" ");
                }
            }
            Token::Raw(_) | Token::Aside(_) => {}
        }
    }
    out.truncate(out.trim_ascii_end().len());
    out
}
