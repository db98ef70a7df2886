//! The elements of a page that may hold its title, its authors or its date, and those that belong to something else.

use std::sync::LazyLock;

use crate::base::span::Span;
use crate::doc::document::Document;
use crate::doc::page::{Node, Page};
use crate::markup::attribute::attributes;
use crate::markup::entity;
use crate::markup::tag::Tag;
use crate::structure::about::head::squash;

/// Elements of one kind that are kept.
const MOST: usize = 160;
/// Bytes of an element that can be a name or a date.
const SHORT: usize = 2 << 10;
/// Bytes of what attributes say that are read.
const VALUE: usize = 400;

/// What an element says by its name and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of this level; 7 for what is a headline by its class or property alone.
    Heading(u8),
    /// Says it names an author.
    Author,
    /// Says it gives a date.
    Date,
}

/// Which other thing than the article an element is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aside {
    /// None that is known.
    No,
    /// Other articles, a side bar, the foot of the page.
    Beside,
    /// What readers wrote.
    Comments,
}

/// An element that may say something of the article.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// What a machine is told: `datetime`, `content` or `title`.
    pub(super) machine: String,
    /// Class, id, itemprop and rel, in lower case, each word after a blank.
    pub(super) words: String,
    /// Whether it stands in a part of the page that is about something else.
    pub(super) aside: Aside,
    /// Its first block.
    pub(super) block: u32,
    /// How many blocks it has.
    pub(super) blocks: u32,
}

/// Blocks around the title in which nothing is about something else but comments.
const BY_TITLE: u32 = 3;

impl Element {
    /// Whether it is about the article whose title stands in block `title`.
    pub(super) fn is_own(&self, title: Option<u32>) -> bool {
        let by_title = title.is_some_and(|title| title.abs_diff(self.block) <= BY_TITLE);
        self.aside == Aside::No || self.aside == Aside::Beside && by_title
    }

    /// Whether one of its words holds `part`.
    pub(super) fn says(&self, part: &str) -> bool {
        self.words.contains(part)
    }
}

/// Finds them.
pub(super) fn find(document: &Document, page: &Page) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut counts = [0_usize; 3];
    let mut aside = vec![(Aside::No, false); page.nodes.len()];
    let mut words = String::new();
    let total = page.blocks.len();
    for (number, node) in page.nodes.iter().enumerate() {
        let (around, in_article) = aside[node.parent as usize];
        let machine = describe(page.open_tag(node), node.tag, &mut words);
        let says = said(&words);
        let own = own_aside(node, says, &words, total, in_article);
        aside[number] = (around.max(own), in_article || node.tag == Tag::Article);
        let short = node.end.saturating_sub(node.open.end) as usize <= SHORT;
        let empty = node.blocks.is_empty() && machine.is_none();
        let kinds = if short && !empty { kinds(node, says, &words) } else { [None; 3] };
        for kind in kinds.into_iter().flatten() {
            let count = match kind {
                Kind::Heading(_) => &mut counts[0],
                Kind::Author => &mut counts[1],
                Kind::Date => &mut counts[2],
            };
            if *count >= MOST {
                continue;
            }
            *count += 1;
            found.push(Element {
                kind,
                text: text(document, page, node),
                machine: machine.map(|raw| squash(&entity::decode(raw))).unwrap_or_default(),
                words: words.clone(),
                aside: aside[number].0,
                block: node.blocks.start,
                blocks: node.blocks.end - node.blocks.start,
            });
        }
    }
    found
}

/// Puts what a tag says it is for into `words`, and gives what it tells machines.
fn describe<'t>(tag: &'t str, kind: Tag, words: &mut String) -> Option<&'t str> {
    words.clear();
    let mut machine = None;
    // `<p>` and the like say nothing more.
    if tag.len() < 8 || matches!(kind, Tag::Img | Tag::Script | Tag::Link | Tag::Input | Tag::Br) {
        return None;
    }
    for (name, value) in attributes(tag).filter(|(_, value)| !value.is_empty()) {
        let bytes = name.as_bytes();
        let named = |wanted: &str| bytes.eq_ignore_ascii_case(wanted.as_bytes());
        match bytes.len() {
            5 if named("class") => add(words, value, ' '),
            2 if named("id") => add(words, value, '#'),
            8 if named("itemprop") => add(words, value, '@'),
            8 if named("property") => add(words, value.rsplit(':').next().unwrap_or(value), '@'),
            3 if named("rel") => add(words, value, '='),
            8 if named("datetime") => machine = Some(value),
            7 if named("content") => machine = machine.or(Some(value)),
            5 if named("title") && matches!(kind, Tag::Other | Tag::Time | Tag::Span) => {
                machine = machine.or(Some(value));
            }
            4 if named("href") && kind == Tag::A && is_author_address(value) => words.push_str(" =author"),
            _ => {}
        }
    }
    machine.filter(|value| value.len() <= VALUE)
}

fn add(words: &mut String, value: &str, mark: char) {
    for word in value.split_ascii_whitespace().take(12).filter(|word| word.len() <= 64) {
        words.push(' ');
        if mark != ' ' {
            words.push(mark);
        }
        words.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    }
}

/// Whether a link leads to the page of an author.
fn is_author_address(href: &str) -> bool {
    const PARTS: [&str; 9] = [
        "/author/",
        "/authors/",
        "/autor/",
        "/autoren/",
        "/auteur/",
        "/auteurs/",
        "/autore/",
        "/autores/",
        "/by/",
    ];
    PARTS.iter().any(|part| href.contains(part))
}

/// What an element by itself says it is about.
fn own_aside(node: &Node, says: u8, words: &str, total: usize, in_article: bool) -> Aside {
    let bears = matches!(
        node.tag,
        Tag::Div | Tag::Section | Tag::Ul | Tag::Ol | Tag::Li | Tag::Td | Tag::Table | Tag::Article | Tag::Dl
    );
    let little = covers_little(node, total);
    if bears && little && says & COMMENTS != 0 {
        return Aside::Comments;
    }
    let by_tag = match node.tag {
        Tag::Aside | Tag::Nav | Tag::Select | Tag::Noscript => true,
        // The foot of an article tells who wrote it; a form around the whole page is how some servers work.
        Tag::Footer => !in_article,
        Tag::Form => little,
        _ => false,
    };
    let by_word = || bears && little && says & BESIDE != 0;
    let foot = || (in_article || says & AUTHOR != 0) && words.contains("footer");
    if by_tag || by_word() && !foot() { Aside::Beside } else { Aside::No }
}

/// Whether an element holds less than half of the page's blocks: a class of the whole page tells how it looks.
fn covers_little(node: &Node, total: usize) -> bool {
    2 * ((node.blocks.end - node.blocks.start) as usize) < total
}

/// What words say of an element: that it holds comments,
const COMMENTS: u8 = 1;
/// something beside the article,
const BESIDE: u8 = 2;
/// an author,
const AUTHOR: u8 = 4;
/// a date,
const DATE: u8 = 8;
/// a headline.
const HEADLINE: u8 = 16;

/// Parts of words and what they say.
const PARTS: [(u8, &str); 5] = [
    (COMMENTS, "comment kommentar respond disqus"),
    (
        BESIDE,
        "sidebar side-bar related teaser widget recommend popular most-read recent breadcrumb footer modal newsletter \
         verwandt",
    ),
    (
        AUTHOR,
        "author byline autor auteur writer verfasser redakteur creator posted-by postedby written credit journalist",
    ),
    (DATE, "date datum time publish posted fecha data meta zeit day info stand created veroeff"),
    (HEADLINE, "headline title titel titulo titre"),
];

/// What a part says, and its letters.
type Part = (u8, &'static [u8]);

/// The parts by their first letter.
static BY_LETTER: LazyLock<[Vec<Part>; 26]> = LazyLock::new(|| {
    let mut table = [const { Vec::new() }; 26];
    for (says, parts) in PARTS {
        for part in parts.split(' ') {
            table[usize::from(part.as_bytes()[0] - b'a')].push((says, part.as_bytes()));
        }
    }
    table
});

/// What `words` say.
fn said(words: &str) -> u8 {
    let bytes = words.as_bytes();
    let mut says = 0;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_lowercase()) {
        for (what, part) in &BY_LETTER[usize::from(byte - b'a')] {
            // Most parts fail at their second letter, before a call to compare the rest.
            if says & what == 0 && bytes.get(at + 1) == part.get(1) && bytes[at..].starts_with(part) {
                says |= what;
            }
        }
    }
    says
}

/// What an element is by its name, and what it says it is.
fn kinds(node: &Node, says: u8, words: &str) -> [Option<Kind>; 3] {
    if matches!(node.tag, Tag::Html | Tag::Body) || node.tag == Tag::Meta && !words.contains(" @") {
        return [None; 3];
    }
    let author = says & AUTHOR != 0;
    let date = node.tag == Tag::Time || says & DATE != 0;
    let named = (!author && !date && says & HEADLINE != 0).then_some(Kind::Heading(7));
    let heading = node.tag.heading().map(Kind::Heading).or(named);
    [heading, author.then_some(Kind::Author), date.then_some(Kind::Date)]
}

/// The text of an element: as the document has it where it is whole blocks.
fn text(document: &Document, page: &Page, node: &Node) -> String {
    let blocks = node.blocks.start as usize..node.blocks.end as usize;
    let whole = |number: &u32| {
        let holder = page.blocks.get(*number as usize).map(|block| block.node);
        holder.is_some_and(|holder| {
            page.nodes
                .get(holder as usize)
                .is_some_and(|inner| inner.open.start >= node.open.start && inner.end <= node.end)
        })
    };
    let marks = document.text.marks.get(blocks).unwrap_or_default();
    if marks.is_empty() || !(node.blocks.clone()).all(|number| whole(&number)) {
        return squash(&page.text(node));
    }
    let text = document.text.text.as_str();
    let pieces: Vec<String> = marks.iter().map(|mark| squash(Span::of(mark.span, text))).collect();
    pieces.join(" ")
}
