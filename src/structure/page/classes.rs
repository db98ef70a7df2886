//! What an element's attributes say it is for: words of classes and ids, roles, item properties.
//!
//! To teach it a word: a row or a word in `data/class_words.tsv`; the trees must be trained again after that.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::doc::page::Node;
use crate::markup::attribute;
use crate::markup::tag::Tag;

/// How many kinds of element there are.
pub(super) const KINDS: usize = 20;
/// The kinds, in the order of their numbers.
pub(super) const NAMES: [&str; KINDS] = [
    "body", "article", "nav", "header", "footer", "side", "comment", "share", "related", "ad", "author",
    "meta", "tags", "caption", "call", "consent", "hidden", "lead", "title", "box",
];

/// A set of kinds, a bit each.
pub(super) type Kinds = u32;

/// The set of one kind.
pub(super) fn kind(name: &str) -> Kinds {
    NAMES.iter().position(|known| *known == name).map_or(0, |at| 1 << at)
}

/// Bytes of an attribute's value that are looked at.
const LOOKED_AT: usize = 256;

static WORDS: LazyLock<FxHashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for row in include_str!("data/class_words.tsv").lines().filter(|row| !row.starts_with('#')) {
        if let Some((name, list)) = row.split_once('\t') {
            for word in list.split(' ') {
                *words.entry(word).or_default() |= kind(name);
            }
        }
    }
    words
});

/// What an element says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// The kinds that its attributes name.
    pub(super) kinds: Kinds,
    /// The same number for elements with the same name and classes, whatever numbers stand in these.
    pub(super) alike: u64,
}

/// Reads the attributes of an element; `word` is a buffer.
pub(super) fn said(node: &Node, tag: &str, word: &mut String) -> Said {
    let mut said = Said { kinds: by_tag(node.tag), alike: 1 + node.tag as u64 };
    if matches!(node.tag, Tag::Html | Tag::Body) {
        return said;
    }
    for (name, value) in attribute::attributes(tag) {
        let name_is = |known: &str| name.eq_ignore_ascii_case(known);
        if name_is("class") {
            words(value, word, |found| {
                said.alike = mixed(said.alike, found);
                said.kinds |= WORDS.get(found).copied().unwrap_or_default();
            });
        } else if ["id", "data-component", "data-testid", "data-type", "data-module", "data-qa"]
            .iter()
            .any(|n| name_is(n))
        {
            words(value, word, |found| said.kinds |= WORDS.get(found).copied().unwrap_or_default());
        } else if name_is("itemprop") || name_is("property") {
            said.kinds |= property(value);
        } else if name_is("role") {
            said.kinds |= role(value);
        } else if name_is("hidden")
            || name_is("aria-hidden") && value == "true"
            || name_is("style") && is_undisplayed(value)
        {
            said.kinds |= kind("hidden");
        }
    }
    said
}

/// The words of a tag's classes.
pub(super) fn class_words(tag: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Some(value) = attribute::value(tag, "class") {
        words(&value, &mut String::new(), |word| _ = found.insert(word.to_owned()));
    }
    found
}

fn by_tag(tag: Tag) -> Kinds {
    match tag {
        Tag::Nav | Tag::Menu => kind("nav"),
        Tag::Header => kind("header"),
        Tag::Footer => kind("footer"),
        Tag::Aside => kind("side"),
        Tag::Figcaption | Tag::Figure => kind("caption"),
        Tag::Form | Tag::Button | Tag::Label | Tag::Fieldset => kind("call"),
        Tag::Dialog => kind("consent"),
        Tag::Address => kind("author"),
        _ => 0,
    }
}

fn property(value: &str) -> Kinds {
    let last = value.rsplit(':').next().unwrap_or(value);
    match last {
        "articleBody" | "encoded" | "text" => kind("body"),
        "author" | "creator" => kind("author"),
        "description" | "alternativeHeadline" | "abstract" => kind("lead"),
        "headline" | "name" | "title" => kind("title"),
        "datePublished" | "dateModified" | "publisher" => kind("meta"),
        "comment" | "review" => kind("comment"),
        "caption" | "image" => kind("caption"),
        "keywords" | "about" => kind("tags"),
        _ => 0,
    }
}

fn role(value: &str) -> Kinds {
    match value {
        "navigation" | "menu" | "menubar" | "tablist" | "toolbar" => kind("nav"),
        "banner" => kind("header"),
        "contentinfo" => kind("footer"),
        "complementary" | "note" => kind("side"),
        "dialog" | "alert" | "alertdialog" => kind("consent"),
        "search" | "form" | "button" => kind("call"),
        "main" | "article" => kind("article"),
        _ => 0,
    }
}

fn is_undisplayed(style: &str) -> bool {
    let bare = |value: &str| {
        value.split(';').any(|rule| {
            rule.split_once(':').is_some_and(|(name, value)| {
                let (name, value) = (name.trim(), value.trim());
                name.eq_ignore_ascii_case("display") && value.starts_with("none")
                    || name.eq_ignore_ascii_case("visibility") && value.starts_with("hidden")
            })
        })
    };
    bare(style)
}

/// The words of a list of classes: what stands between marks and where small letters turn to capitals, and whole
/// classes without their marks.
fn words(value: &str, buffer: &mut String, mut each: impl FnMut(&str)) {
    let value = value.get(..LOOKED_AT).unwrap_or(value);
    for class in value.split_ascii_whitespace() {
        let mut parts = 0;
        buffer.clear();
        let mut small = false;
        for c in class.chars() {
            let parted = !c.is_alphabetic() || small && c.is_uppercase();
            if parted && !buffer.is_empty() {
                each(buffer);
                buffer.clear();
                parts += 1;
            }
            if c.is_alphabetic() {
                buffer.extend(c.to_lowercase());
            }
            small = c.is_lowercase();
        }
        if !buffer.is_empty() {
            each(buffer);
            parts += 1;
        }
        if parts > 1 {
            buffer.clear();
            buffer.extend(class.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase));
            each(buffer);
        }
    }
}

/// `hash` with a word mixed in.
fn mixed(hash: u64, word: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(word.as_bytes(), hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::page::Page;

    fn names(tag: &str, html: &str) -> Vec<&'static str> {
        let open = 0..crate::base::span::position(html.len());
        let node = Node { tag: Tag::of(tag), parent: 0, open, end: 0, blocks: 0..0 };
        let page = Page { html: html.to_owned(), ..Page::default() };
        let kinds = said(&node, page.open_tag(&node), &mut String::new()).kinds;
        NAMES.into_iter().filter(|name| kinds & kind(name) != 0).collect()
    }

    #[test]
    fn words_of_classes_and_ids_name_an_element() {
        assert_eq!(names("div", "<div class='site-nav_2 x'>"), ["nav"]);
        assert_eq!(names("div", "<div id=articleBody>"), ["body", "article"]);
        assert_eq!(names("div", "<div class=js-commentList>"), ["comment", "related"]);
        assert_eq!(names("aside", "<aside role=contentinfo>"), ["footer", "side"]);
        assert_eq!(
            names("p", "<p itemprop=articleBody style='color:red; display: none'>"),
            ["body", "hidden"]
        );
        assert_eq!(names("body", "<body class=sidebar>"), [""; 0], "it speaks of the whole page");
    }

    #[test]
    fn numbers_in_classes_do_not_part_what_is_named_alike() {
        let alike = |html: &str| {
            let node = Node { tag: Tag::Div, parent: 0, open: 0..0, end: 0, blocks: 0..0 };
            said(&node, html, &mut String::new()).alike
        };
        assert_eq!(alike("<div class=post-17>"), alike("<div id=z class='post-2024'>"));
        assert_ne!(alike("<div class=post>"), alike("<div class=past>"));
    }

    #[test]
    fn every_row_of_the_list_has_a_known_kind() {
        let rows = include_str!("data/class_words.tsv").lines().filter(|row| !row.starts_with('#'));
        let kinds: Vec<_> = rows.map(|row| row.split('\t').next().unwrap_or_default()).collect();
        assert_eq!(kinds, NAMES);
    }
}
