//! The authors: who the page says wrote it, in its head, its elements and the lines around the title.

use crate::base::lang::Lang;
use crate::doc::document::Document;
use crate::structure::about::elements::{Element, Kind};
use crate::structure::about::head::Head;
use crate::structure::about::site::{Site, joined};
use crate::structure::byline;

/// Authors, joined by `; `, and the block that names them where a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authors {
    pub(super) names: String,
    pub(super) block: Option<u32>,
}

/// Names under which heads of pages give authors, surest first.
const NAMES: [&str; 18] = [
    "author", "article:author", "article:author_name", "og:article:author", "parsely-author", "sailthru.author", "byl",
    "byline", "dc.creator", "dcterms.creator", "dc:creator", "citation_author", "article.author", "rbauthors", "authors",
    "shareaholic:article_author_name", "dc.contributor", "dcsext.author",
];
/// Most authors of one page.
const MOST: usize = 12;
/// Blocks before and after the title in which its authors may stand.
const NEAR: (u32, u32) = (3, 8);

/// What authors are looked for in.
#[derive(Debug)]
pub(super) struct Cx<'a> {
    pub(super) document: &'a Document,
    pub(super) head: &'a Head<'a>,
    pub(super) elements: &'a [Element],
    pub(super) site: &'a Site,
    pub(super) lang: &'a Lang,
    pub(super) title: Option<u32>,
}

/// Finds them.
pub(super) fn find(cx: &Cx<'_>) -> Option<Authors> {
    let said = cx.of_data().or_else(|| cx.of_head());
    let shown = cx.of_elements().or_else(|| cx.of_lines());
    match (said, shown) {
        (Some(said), shown) => {
            let block = shown.filter(|shown| shown.names == said).and_then(|shown| shown.block);
            Some(Authors { names: said, block })
        }
        (None, shown) => shown,
    }
}

impl Cx<'_> {
    fn of_data(&self) -> Option<String> {
        let article = self.head.article()?;
        let people = article.authors.iter().filter(|author| !author.kind.contains("Organization"));
        self.joined(people.flat_map(|author| names(&author.name)))
    }

    fn of_head(&self) -> Option<String> {
        NAMES.iter().find_map(|name| self.joined(self.head.all(&[name]).flat_map(names)))
    }

    fn of_elements(&self) -> Option<Authors> {
        let own = |e: &&Element| e.kind == Kind::Author && !e.aside && e.text.len() <= 200;
        let rank = |element: &Element| match () {
            () if element.says("=author") || element.says("@author") || element.says("@creator") => 0,
            () => 1,
        };
        for wanted in 0..2 {
            let all = self.elements.iter().filter(own).filter(|element| rank(element) == wanted);
            let mut found: Vec<(u32, u32, Vec<String>)> = Vec::new();
            for element in all {
                let text = if element.text.is_empty() { &element.machine } else { &element.text };
                let given = self.given(text);
                if !given.is_empty() {
                    found.push((self.distance(element.block), element.block, given));
                }
            }
            let Some((nearest, block)) = found.iter().map(|(d, b, _)| (*d, *b)).min() else { continue };
            let beside = found.into_iter().filter(|(distance, ..)| *distance <= nearest + 1);
            if let Some(names) = self.joined(beside.flat_map(|(.., names)| names)) {
                return Some(Authors { names, block: Some(block) });
            }
        }
        None
    }

    /// The names of an element that says it has some.
    fn given(&self, text: &str) -> Vec<String> {
        if let Some(found) = byline::parse(text, self.lang).and_then(|found| found.authors) {
            return found.split("; ").map(str::to_owned).collect();
        }
        names(text)
    }

    fn of_lines(&self) -> Option<Authors> {
        let title = self.title?;
        let marks = &self.document.text.marks;
        let text = self.document.text.text.as_str();
        let last = u32::try_from(marks.len()).unwrap_or(u32::MAX);
        let after = title + 1..(title + NEAR.1).min(last);
        let before = (title.saturating_sub(NEAR.0)..title).rev();
        after.chain(before).find_map(|number| {
            let line = marks.get(number as usize)?.span.of(text);
            let found = line.lines().take(4).find_map(|line| byline::parse(line, self.lang)?.authors)?;
            let names = self.joined(found.split("; ").map(str::to_owned))?;
            Some(Authors { names, block: Some(number) })
        })
    }

    fn distance(&self, block: u32) -> u32 {
        self.title.map_or(block, |title| if block >= title { block - title } else { 2 * (title - block) })
    }

    /// Names, each once, without those of the site; `None` when none is left.
    fn joined(&self, names: impl Iterator<Item = String>) -> Option<String> {
        let mut kept: Vec<String> = Vec::new();
        for name in names.take(MOST * 2) {
            let key = joined(&name);
            let known = kept.iter().any(|other| joined(other) == key);
            if !key.is_empty() && !known && !self.site.is(&name) && kept.len() < MOST {
                kept.push(name);
            }
        }
        (!kept.is_empty()).then(|| kept.join("; "))
    }
}

/// The names in a text that is known to hold names.
fn names(text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > 300 || text.contains("://") || text.starts_with("www.") {
        return Vec::new();
    }
    let bare = unlabelled(text);
    let pieces = bare.split([',', ';', '|', '/', '•', '·', '&', '、']).flat_map(|piece| {
        AND.iter().fold(vec![piece], |pieces, and| {
            pieces.into_iter().flat_map(|piece| piece.split(and)).collect()
        })
    });
    pieces.filter_map(name).collect()
}

/// Words that join names.
const AND: [&str; 8] = [" and ", " und ", " et ", " y ", " e ", " og ", " och ", " en "];

/// A text without the words that say it names authors.
fn unlabelled(text: &str) -> &str {
    const LABELS: [&str; 30] = [
        "written by", "posted by", "published by", "geschrieben von", "veröffentlicht von", "ein artikel von",
        "ein beitrag von", "eingestellt von", "verfasst von", "artikel von", "text von", "von", "by", "par", "por", "di",
        "da", "av", "af", "door", "autor", "autorin", "author", "auteur", "autore", "redaktion", "text", "byline",
        "autoren", "authors",
    ];
    let mut left = text.trim();
    loop {
        let cut = LABELS.iter().find_map(|label| {
            let rest = left.get(label.len()..).filter(|_| left.is_char_boundary(label.len()))?;
            let same = left.get(..label.len())?.to_lowercase() == *label;
            let bounded = rest.starts_with([' ', ':', '\u{a0}']);
            (same && bounded).then(|| rest.trim_start_matches([' ', ':', '\u{a0}']))
        });
        match cut {
            Some(rest) if !rest.is_empty() => left = rest,
            _ => return left,
        }
    }
}

/// A piece as a name; `None` for what cannot be one: a post, an address, a date, a sentence.
fn name(piece: &str) -> Option<String> {
    let bare = piece.split(['(', '[', '<']).next().unwrap_or_default();
    let bare = bare.trim().trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | ':' | '.' | '"' | '@' | '*'));
    let words = bare.split_whitespace().count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    if !(1..=5).contains(&words) || letters < 2 || bare.contains('@') || bare.chars().any(|c| c.is_ascii_digit() && words > 1) {
        return None;
    }
    let lower = bare.to_lowercase();
    if NOBODY.contains(&lower.as_str()) || POSTS.iter().any(|post| lower.split(' ').any(|word| word == *post)) {
        return None;
    }
    Some(bare.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What stands for nobody.
const NOBODY: [&str; 26] = [
    "admin", "administrator", "redaktion", "die redaktion", "editor", "editors", "staff", "webmaster", "guest", "gast",
    "gastautor", "anonymous", "unknown", "redaction", "la rédaction", "redacción", "redazione", "autor", "author",
    "website", "home", "dpa", "afp", "reuters", "ap", "user",
];

/// Words of posts rather than names.
const POSTS: [&str; 20] = [
    "correspondent", "reporter", "editor", "staff", "writer", "columnist", "korrespondent", "redakteur", "redakteurin",
    "journalist", "journaliste", "uhr", "comments", "kommentare", "follow", "min", "updated", "published", "posts",
    "artikel",
];
