//! Books in EPUB: the package file names the parts and their order; each that has text is a record.

use std::fmt::Write as _;

use crate::base::error::DocErrorKind;
use crate::base::lang::Lang;
use crate::doc::document::Meta;
use crate::doc::page::plain;
use crate::doc::record::{Format, Given, Payload, Record};
use crate::io::frame::{Cut, Framer, Note};
use crate::io::members::name_of;
use crate::io::open::Place;
use crate::io::xml::{Element, LONGEST, elements, percent_decoded};
use crate::io::zip::Zip;

/// Cuts a book into its parts.
#[derive(Debug)]
pub struct Epub {
    zip: Zip,
    place: Place,
    /// Names of the parts in reading order.
    parts: std::vec::IntoIter<String>,
    given: Given,
    /// Names of parts without text of their own.
    passed: Vec<String>,
}

/// Kinds of parts that hold no text of the book, by their `epub:type`.
const ASIDE: [&str; 4] = ["cover", "titlepage", "toc", "landmarks"];

impl Epub {
    /// The parts of the book in `zip`.
    ///
    /// # Errors
    /// `Malformed` when the package file is missing or names no parts, and whatever reading it ends with.
    pub fn open(zip: Zip, place: Place) -> Result<Self, DocErrorKind> {
        let malformed = |what: &str| DocErrorKind::Malformed { reason: format!("not an EPUB book: {what}") };
        let read = |name: &str| {
            let member = zip.find(name).ok_or_else(|| malformed(&format!("no {name}")))?;
            elements(zip.read(member, LONGEST, &place.allowance)?)
        };
        let container = read("META-INF/container.xml")?;
        let package = container.iter().find(|e| e.name == "rootfile").and_then(|e| e.attribute("full-path"));
        let package = package.ok_or_else(|| malformed("no package file is named"))?;
        let elements = read(package)?;
        let parts = parts(&elements, package);
        if parts.is_empty() {
            return Err(malformed("its package file names no parts"));
        }
        let given = given(&elements);
        Ok(Self { zip, place, parts: parts.into_iter(), given, passed: Vec::new() })
    }

    fn part(&mut self, name: &str) -> Option<Cut> {
        let shown = name_of(name.as_bytes()).unwrap_or_default();
        let place = self.place.inside(&shown, self.place.depth);
        let read = match self.zip.find(name) {
            // One error for a book that is cut off, which follows.
            None if self.zip.broken.is_some() => return None,
            None => Err(DocErrorKind::Malformed { reason: "named by the book and not in it".to_owned() }),
            Some(member) => self.zip.read(member, self.place.cap(), &self.place.allowance),
        };
        match read {
            Err(kind) => Some(Cut::Failed(place.failed(0, kind))),
            Ok(bytes) if is_aside(&bytes) => {
                self.passed.push(shown);
                None
            }
            Ok(bytes) => {
                let record = Record::new(Payload::Bytes(bytes), Format::Html, place.source(0));
                let given = Some(Box::new(self.given.clone()));
                Some(Cut::Record(Box::new(Record { within: Some(Format::Epub), given, ..record })))
            }
        }
    }
}

impl Framer for Epub {
    fn next(&mut self) -> Option<Cut> {
        while let Some(name) = self.parts.next() {
            if let Some(cut) = self.part(&name) {
                return Some(cut);
            }
        }
        if let Some(kind) = self.zip.broken.take() {
            return Some(Cut::Failed(self.place.failed(0, kind)));
        }
        let passed = std::mem::take(&mut self.passed);
        let first = passed.first()?;
        let mut reason = format!("no text of the book in {first}");
        if passed.len() > 1 {
            // Writing to a string cannot fail.
            let _ = write!(reason, " and {} more parts", passed.len() - 1);
        }
        Some(Cut::Skipped(Note { path: self.place.shown(), reason }))
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Epub)
    }
}

/// The names of the parts in the zip, in reading order; navigation and cover left out.
fn parts(elements: &[Element], package: &str) -> Vec<String> {
    let named = |name: &'static str| elements.iter().filter(move |e| e.name == name);
    let cover = named("reference")
        .find(|e| e.attribute("type") == Some("cover"))
        .and_then(|e| e.attribute("href"))
        .map(|href| resolved(package, href));
    let items: std::collections::BTreeMap<_, _> =
        named("item").filter_map(|item| Some((item.attribute("id")?, item))).collect();
    let (mut parts, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    for entry in named("itemref") {
        let Some(item) = entry.attribute("idref").and_then(|id| items.get(id)) else { continue };
        let kind = item.attribute("media-type").unwrap_or_default();
        let is_navigation =
            item.attribute("properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
        if is_navigation || !(kind.contains("html") || kind == "text/x-oeb1-document") {
            continue;
        }
        let name = resolved(package, item.attribute("href").unwrap_or_default());
        if cover.as_ref() != Some(&name) && seen.insert(name.clone()) {
            parts.push(name);
        }
    }
    parts
}

/// The name in the zip of what `package` calls `href`: a key to look up, never a path.
fn resolved(package: &str, href: &str) -> String {
    let href = percent_decoded(href.split('#').next().unwrap_or_default());
    let mut names: Vec<&str> = package.split('/').collect();
    names.pop();
    for name in href.split('/') {
        match name {
            "." | "" => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// What the package file says of the book.
fn given(elements: &[Element]) -> Given {
    let all = |name: &'static str| elements.iter().filter(move |e| e.name == name && !e.text.is_empty());
    let first = |name| all(name).next().map(|e| e.text.clone());
    let creators: Vec<_> = all("creator").map(|e| e.text.as_str()).collect();
    // The date of the book, not that of its file.
    let is_published = |e: &&Element| matches!(e.attribute("event"), None | Some("publication" | "issued"));
    let published = all("date").find(is_published).map(|e| e.text.clone());
    let meta = Meta {
        title: first("title"),
        byline: (!creators.is_empty()).then(|| creators.join("; ")),
        publisher: first("publisher"),
        published,
        ..Meta::default()
    };
    Given { lang: first("language").and_then(|tag| Lang::parse(&tag)), meta, ..Given::default() }
}

/// Whether a part has no text of the book: a cover, a page of titles, a table of contents, a picture.
fn is_aside(bytes: &[u8]) -> bool {
    let page = String::from_utf8_lossy(bytes);
    let body = &page[page.find("<body").unwrap_or_default()..];
    let kind = |name: &str| {
        let head = &body.as_bytes()[..body.len().min(1 << 10)];
        memchr::memmem::find(head, format!("epub:type=\"{name}\"").as_bytes()).is_some()
            || memchr::memmem::find(head, format!("epub:type=\"frontmatter {name}\"").as_bytes()).is_some()
    };
    ASIDE.iter().any(|name| kind(name)) || !plain(body).contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_inside_the_book_alone() {
        assert_eq!(resolved("OEBPS/a/content.opf", "../text/ch%201.xhtml#top"), "OEBPS/text/ch 1.xhtml");
        assert_eq!(resolved("content.opf", "../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn parts_without_text_of_the_book_are_aside() {
        assert!(is_aside(b"<html><head><title>x</title></head><body><img src='a'/></body>"));
        assert!(is_aside(b"<body epub:type=\"cover\">A book"));
        assert!(!is_aside(b"<body><p>The harbour was quiet.</p></body>"));
    }
}
