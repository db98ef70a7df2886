//! What pages say of themselves in JSON-LD, in the words of schema.org: articles, their authors, dates and publishers.

use rustc_hash::FxHashMap;

use crate::structure::about::json::{Event, Events};

/// Bytes of one script that are read.
const SCRIPT: usize = 1 << 20;
/// Bytes of scripts that are read of one page.
const PAGE: usize = 4 << 20;
/// Objects inside one another that are told apart; what stands deeper belongs to none.
const DEPTH: usize = 32;
/// Things that are kept of a page.
const THINGS: usize = 512;

/// Bytes of the longest key that is known.
const KEY: usize = 40;
/// Authors of one thing that are read.
const AUTHORS: usize = 24;

/// Something that has a type, a date, an author or a headline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) headline: String,
    pub(super) url: String,
    pub(super) published: String,
    pub(super) created: String,
    pub(super) modified: String,
    pub(super) authors: Vec<Author>,
    pub(super) publisher: String,
    /// Whether it stands in a list, a comment or a part of something else.
    pub(super) aside: bool,
}

/// An author as given: a name, or the id of a thing that has one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Author {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) id: String,
}

impl Thing {
    /// Whether it is an article of some kind.
    pub(super) fn is_article(&self) -> bool {
        let kind = &self.kind;
        kind.contains("Article") || kind.contains("Posting") || matches!(kind.as_str(), "Report" | "Review")
    }

    /// Whether it may be what the page is about, article or not.
    pub(super) fn is_page(&self) -> bool {
        const KINDS: [&str; 8] =
            ["WebPage", "VideoObject", "Recipe", "CreativeWork", "Event", "Product", "Book", "Question"];
        self.is_article() || KINDS.contains(&self.kind.as_str()) || self.kind.ends_with("Page")
    }
}

/// The things in the scripts of a page, in the order in which they end; names of authors given by id are filled in.
pub(super) fn things<'p>(scripts: impl Iterator<Item = &'p str>) -> Vec<Thing> {
    let mut things = Vec::new();
    let mut left = PAGE;
    for script in scripts {
        let mut end = script.len().min(SCRIPT).min(left);
        while !script.is_char_boundary(end) {
            end -= 1;
        }
        left -= end;
        read(&script[..end], &mut things);
    }
    let mut known: FxHashMap<&str, (&str, &str)> = FxHashMap::default();
    for thing in things.iter().filter(|thing| !thing.id.is_empty() && !thing.name.is_empty()) {
        known.entry(&thing.id).or_insert((&thing.name, &thing.kind));
    }
    let named = |author: &Author| {
        let (name, kind) = known.get(author.id.as_str()).filter(|_| author.name.is_empty())?;
        Some(Author { name: (*name).to_owned(), kind: (*kind).to_owned(), id: String::new() })
    };
    let all: Vec<Vec<Author>> = things
        .iter()
        .map(|thing| thing.authors.iter().map(|a| named(a).unwrap_or_else(|| a.clone())).collect())
        .collect();
    for (thing, authors) in things.iter_mut().zip(all) {
        thing.authors = authors;
    }
    things
}

/// An object or array that is open.
#[derive(Debug, Default)]
struct Frame {
    /// The key under which it stands in the object around it.
    key: String,
    object: bool,
    thing: Thing,
}

fn read(text: &str, things: &mut Vec<Thing>) {
    let mut open: Vec<Frame> = Vec::new();
    let mut deeper = 0_usize;
    let mut key = String::new();
    for event in Events::new(text) {
        match event {
            Event::Object | Event::Array if open.len() >= DEPTH => deeper += 1,
            Event::Object | Event::Array => {
                // What stands in an array stands under the key of the array.
                let inherited = open.last().filter(|frame| !frame.object).map(|frame| frame.key.clone());
                let key = inherited.unwrap_or_else(|| std::mem::take(&mut key));
                let aside = open.last().is_some_and(|frame| frame.thing.aside) || is_aside(&key);
                let thing = Thing { aside, ..Thing::default() };
                open.push(Frame { key, object: event == Event::Object, thing });
            }
            Event::End if deeper > 0 => deeper -= 1,
            Event::End => {
                if let Some(frame) = open.pop() {
                    close(frame, &mut open, things);
                }
                key.clear();
            }
            Event::Key(found) => key = if found.len() <= KEY { found } else { String::new() },
            Event::Value(value) if deeper == 0 => {
                let array = open.last().is_some_and(|frame| !frame.object);
                let inherited = if array { open.last().map(|frame| frame.key.clone()) } else { None };
                let owner = open.iter_mut().rev().find(|frame| frame.object);
                if let Some(owner) = owner {
                    take(&mut owner.thing, inherited.as_deref().unwrap_or(&key), value);
                }
                if !array {
                    key.clear();
                }
            }
            Event::Value(_) => {}
        }
    }
    while let Some(frame) = open.pop() {
        close(frame, &mut open, things);
    }
}

/// Whether what stands under `key` is another thing than the page.
fn is_aside(key: &str) -> bool {
    const KEYS: [&str; 14] = [
        "comment",
        "review",
        "itemListElement",
        "hasPart",
        "isPartOf",
        "mentions",
        "citation",
        "isBasedOn",
        "video",
        "image",
        "about",
        "relatedLink",
        "suggestedAnswer",
        "acceptedAnswer",
    ];
    KEYS.contains(&key)
}

/// Takes a value of a thing into account; the first of its kind counts.
fn take(thing: &mut Thing, key: &str, value: String) {
    let slot = match key {
        "author" | "creator" => {
            if thing.authors.len() < AUTHORS {
                thing.authors.push(Author { name: value, ..Author::default() });
            }
            return;
        }
        "@type" if thing.kind.is_empty() || thing.kind == "Thing" => {
            value.rsplit(['/', ':']).next().unwrap_or_default().clone_into(&mut thing.kind);
            return;
        }
        "@id" => &mut thing.id,
        "name" => &mut thing.name,
        "headline" => &mut thing.headline,
        "url" => &mut thing.url,
        "datePublished" => &mut thing.published,
        "dateCreated" | "uploadDate" => &mut thing.created,
        "dateModified" => &mut thing.modified,
        "publisher" => &mut thing.publisher,
        _ => return,
    };
    if slot.is_empty() {
        *slot = value;
    }
}

fn close(frame: Frame, open: &mut [Frame], things: &mut Vec<Thing>) {
    if !frame.object {
        return;
    }
    let thing = frame.thing;
    if let Some(owner) = open.iter_mut().rev().find(|frame| frame.object) {
        match frame.key.as_str() {
            "author" | "creator" if owner.thing.authors.len() < AUTHORS => {
                let (name, kind, id) = (thing.name.clone(), thing.kind.clone(), thing.id.clone());
                owner.thing.authors.push(Author { name, kind, id });
            }
            "publisher" if owner.thing.publisher.is_empty() => owner.thing.publisher.clone_from(&thing.name),
            "mainEntityOfPage" if owner.thing.url.is_empty() => owner.thing.url.clone_from(&thing.id),
            _ => {}
        }
    }
    if things.len() < THINGS && thing != (Thing { aside: thing.aside, ..Thing::default() }) {
        things.push(thing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(script: &str) -> Thing {
        let things = things(std::iter::once(script));
        things.into_iter().find(|thing| thing.is_article() && !thing.aside).unwrap_or_default()
    }

    #[test]
    fn an_article_gives_its_headline_date_and_authors() {
        let found = article(
            r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Tidewater Post"},
            {"@type":["Article","NewsArticle"],"headline":"Bridge shut","datePublished":"2024-03-13T08:00:00+01:00",
             "author":[{"@type":"Person","name":"Mara Ellison"},{"@id":"#tom"},"Ann Lee"],
             "comment":[{"@type":"Comment","datePublished":"2024-03-15","author":{"name":"Troll"}}],
             "publisher":{"@type":"Organization","name":"Tidewater Post"}},
            {"@type":"Person","@id":"#tom","name":"Tom Arden"}]}"##,
        );
        let names: Vec<_> = found.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!(names, ["Mara Ellison", "Tom Arden", "Ann Lee"]);
        assert_eq!((found.headline.as_str(), found.publisher.as_str()), ("Bridge shut", "Tidewater Post"));
        assert_eq!(found.published, "2024-03-13T08:00:00+01:00");
    }

    #[test]
    fn an_article_cut_off_or_nested_too_deep_is_still_read() {
        let cut = r#"<!-- {"@type":"BlogPosting","headline":"Bridge shut","author":{"name":"Mara"#;
        assert_eq!(article(cut).authors[0].name, "Mara");
        let deep = format!("{}{}", r#"{"@type":"Article","x":"#, "[{".repeat(100_000));
        assert_eq!(article(&deep).kind, "Article");
    }
}
