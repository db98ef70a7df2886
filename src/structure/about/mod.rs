//! What a page is about beside its text: title, dek, authors, publisher, date, address, language.
//!
//! Evidence is what the page says of itself (`head`), the elements that say what they are for (`elements`), the address,
//! and the text that shows. To add a source of evidence: its names in `title`, `author` or `published`.

mod apply;
mod author;
mod dek;
mod elements;
mod head;
mod json;
mod json_ld;
mod names;
mod published;
mod site;
mod title;

use crate::base::lang::Lang;
use crate::doc::document::{Document, Meta};
use crate::doc::page::Page;

pub(super) use apply::apply;

/// What was found of a page, and the blocks of the text that show it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// Title, dek, authors, publisher, date and address.
    pub meta: Meta,
    /// Number of the block that is the title.
    pub title_block: Option<u32>,
    /// Number of the block that names the authors.
    pub byline_block: Option<u32>,
    /// Number of the block that gives the date.
    pub date_block: Option<u32>,
    /// Number of the block that is the dek.
    pub dek_block: Option<u32>,
}

/// The language that a page says it is in, as its `lang` attribute has it.
pub fn said_language(page: &Page) -> Option<Lang> {
    head::said(page)
}

/// Finds what a page is about; `document` holds its text and the address it came from, where that is known.
pub fn about(document: &Document, page: &Page) -> About {
    let head = head::Head::read(page);
    let url = document.meta.url.as_deref().or(head.canonical.as_deref());
    let site = site::Site::of(&head, url);
    let elements = elements::find(document, page);
    let mut about = About::default();
    if let Some(title) = title::find(document, &head, &elements, &site, url) {
        about.meta.title = Some(title.text);
        about.title_block = title.block;
    }
    let lang = language(document, &head, url);
    let cx = published::Cx {
        document,
        head: &head,
        elements: &elements,
        url,
        lang: &lang,
        title: about.title_block,
    };
    if let Some(published) = published::find(&cx) {
        about.meta.published = Some(published.date);
        about.date_block = published.block;
    }
    let title = about.title_block;
    let cx = author::Cx { document, head: &head, elements: &elements, site: &site, lang: &lang, title };
    if let Some(authors) = author::find(&cx) {
        about.meta.byline = Some(authors.names);
        about.byline_block = authors.block;
    }
    if let Some(dek) = dek::find(document, page, &head, title) {
        about.meta.dek = Some(dek.text);
        about.dek_block = dek.block;
    }
    about.meta.publisher.clone_from(&site.shown);
    about.meta.url = head.canonical.clone().filter(|url| url.starts_with("http"));
    about
}

/// The language of the text, with the region that the page or its address gives it: it settles the order of day and month.
fn language(document: &Document, head: &head::Head<'_>, url: Option<&str>) -> Lang {
    let found = document.lang_or_unknown();
    let said = head.lang.as_ref();
    if found.is_unknown() {
        return said.cloned().unwrap_or(found);
    }
    if found.as_str().contains('-') {
        return found;
    }
    if let Some(said) = said.filter(|said| said.primary() == found.primary() && said.as_str().contains('-')) {
        return said.clone();
    }
    let end = url.and_then(site::host).and_then(|host| host.rsplit('.').next());
    match (found.primary(), end) {
        ("en", Some("uk" | "au" | "nz" | "in" | "ie" | "za" | "sg" | "eu" | "de")) => {
            Lang::parse("en-GB").unwrap_or(found)
        }
        ("en", Some("us" | "gov" | "mil" | "edu")) => Lang::parse("en-US").unwrap_or(found),
        _ => found,
    }
}

#[cfg(test)]
mod tests;
