//! What a page says of itself where no reader looks: its `<title>`, `<meta>` elements, links, JSON-LD and language.

use std::borrow::Cow;

use crate::base::lang::Lang;
use crate::doc::page::{Node, Page};
use crate::markup::attribute::attributes;
use crate::markup::entity;
use crate::markup::tag::Tag;
use crate::structure::about::json_ld::{self, Thing};

/// Elements of the head that are read; a page that has more says nothing with them.
const MOST: usize = 512;
/// Bytes of a value that are read.
const VALUE: usize = 2 << 10;

/// What the head of a page says.
#[derive(Debug, Default)]
pub(super) struct Head<'p> {
    /// Names in lower case, and what stands under them.
    metas: Vec<(String, Cow<'p, str>)>,
    pub(super) title: String,
    pub(super) lang: Option<Lang>,
    pub(super) canonical: Option<String>,
    pub(super) things: Vec<Thing>,
}

impl<'p> Head<'p> {
    pub(super) fn read(page: &'p Page) -> Self {
        let mut head = Self::default();
        let mut scripts = Vec::new();
        let mut locale = None;
        for node in &page.nodes {
            match node.tag {
                Tag::Meta if head.metas.len() < MOST => head.meta(page.open_tag(node)),
                Tag::Title if head.title.is_empty() && !in_picture(page, node) => {
                    head.title = decoded(clipped(page.content(node)));
                }
                Tag::Html => locale = locale.or_else(|| said_of(page, node)),
                Tag::Link if head.canonical.is_none() => head.canonical = canonical(page, node),
                Tag::Script if is_json_ld(page.open_tag(node)) => scripts.push(page.content(node)),
                _ => {}
            }
        }
        head.things = json_ld::things(scripts.into_iter());
        head.lang = locale.or_else(|| {
            let names = ["og:locale", "content-language", "dc.language", "language"];
            head.all(&names).find_map(|tag| Lang::parse(tag.split(',').next()?))
        });
        head
    }

    fn meta(&mut self, tag: &'p str) {
        let (mut names, mut content) = ([None; 3], None);
        for (name, value) in attributes(tag) {
            match () {
                () if name.eq_ignore_ascii_case("name") => names[0] = Some(value),
                () if name.eq_ignore_ascii_case("property") => names[1] = Some(value),
                () if name.eq_ignore_ascii_case("http-equiv") => names[2] = Some(value),
                () if name.eq_ignore_ascii_case("content") => content = Some(value),
                () => {}
            }
        }
        let Some(content) = content.map(|raw| entity::decode(clipped(raw))) else { return };
        if content.trim().is_empty() {
            return;
        }
        for name in names.into_iter().flatten().filter(|name| name.len() <= 64) {
            self.metas.push((name.trim().to_ascii_lowercase(), content.clone()));
        }
    }

    /// The values under any of `names`, in the order of the names.
    pub(super) fn all<'h>(&'h self, names: &'h [&str]) -> impl Iterator<Item = &'h str> {
        names.iter().flat_map(|name| {
            self.metas.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.trim())
        })
    }

    /// The first value under any of `names`.
    pub(super) fn first<'h>(&'h self, names: &'h [&str]) -> Option<&'h str> {
        self.all(names).next()
    }

    /// The thing that the page is about, as its JSON-LD has it.
    pub(super) fn article(&self) -> Option<&Thing> {
        let own = || self.things.iter().filter(|thing| !thing.aside);
        own()
            .find(|thing| thing.is_article() && !thing.published.is_empty())
            .or_else(|| own().find(|thing| thing.is_article()))
            .or_else(|| own().find(|thing| thing.is_page() && !thing.published.is_empty()))
            .or_else(|| own().find(|thing| !thing.published.is_empty() && !thing.headline.is_empty()))
            .or_else(|| own().find(|thing| thing.is_page()))
            .or_else(|| own().find(|thing| !thing.published.is_empty()))
    }
}

/// The language that a page says it is in.
pub(super) fn said(page: &Page) -> Option<Lang> {
    page.nodes.iter().find(|node| node.tag == Tag::Html).and_then(|node| said_of(page, node))
}

fn said_of(page: &Page, node: &Node) -> Option<Lang> {
    let tag = page.attribute(node, "lang").or_else(|| page.attribute(node, "xml:lang"))?;
    Lang::parse(&tag)
}

/// Whether a title names a drawing rather than the page.
fn in_picture(page: &Page, node: &Node) -> bool {
    page.nodes.get(node.parent as usize).is_some_and(|parent| parent.tag == Tag::Svg)
}

fn canonical(page: &Page, node: &Node) -> Option<String> {
    let rel = page.attribute(node, "rel")?;
    let is = rel.eq_ignore_ascii_case("canonical");
    is.then(|| page.attribute(node, "href")).flatten().map(Cow::into_owned)
}

fn is_json_ld(tag: &str) -> bool {
    attributes(tag).any(|(name, value)| name.eq_ignore_ascii_case("type") && value.contains("ld+json"))
}

/// A text with its references decoded, white space to one blank.
fn decoded(raw: &str) -> String {
    squash(&entity::decode(raw))
}

/// `text` with each run of white space as one blank.
pub(super) fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clipped(raw: &str) -> &str {
    let mut end = raw.len().min(VALUE);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    &raw[..end]
}
