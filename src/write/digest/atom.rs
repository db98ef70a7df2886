//! Digests as Atom feeds (RFC 4287): an entry a story.
//!
//! Every entry has an id made from its story's, so a story that goes on is an entry that was updated.

use super::link::link;
use super::{Settings, date, entry};
use crate::base::escape::{xml, xml_attribute};
use crate::digest::view::{Digest, Section, Story};
use crate::write::bytes::push;

/// The feed.
pub(super) fn render(digest: &Digest, settings: &Settings) -> Vec<u8> {
    let mut out = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec();
    push(&mut out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(&mut out, "id", &entry::feed_id(digest, settings.feed.as_deref()));
    element(&mut out, "title", &digest.title);
    element(&mut out, "subtitle", &entry::subtitle(digest));
    element(&mut out, "updated", &date::midnight(date::newest(digest)));
    push(&mut out, &format!("<author><name>{}</name></author>\n", xml(author(settings))));
    push(&mut out, "<generator>nutgraf</generator>\n");
    for (relation, kind, address) in [
        ("self", "application/atom+xml", settings.feed.as_deref()),
        ("alternate", "text/html", settings.home.as_deref()),
    ] {
        if let Some(address) = address.and_then(link) {
            let address = xml_attribute(&address);
            push(&mut out, &format!("<link rel=\"{relation}\" type=\"{kind}\" href=\"{address}\"/>\n"));
        }
    }
    for (story, section) in digest.stories.iter().zip(entry::sections(digest)) {
        push_entry(&mut out, story, section, digest);
    }
    push(&mut out, "</feed>\n");
    out
}

/// The author's name; a feed without one would not be valid.
fn author(settings: &Settings) -> &str {
    let author = settings.author.trim();
    if author.is_empty() { "nutgraf" } else { author }
}

fn push_entry(out: &mut Vec<u8>, story: &Story, section: Option<&Section>, digest: &Digest) {
    let (lang, title_lang) = match (&digest.target_lang, &story.title_target) {
        (Some(target), Some(_)) => (&story.lang, target),
        _ => (&story.lang, &story.lang),
    };
    push(out, &format!("<entry xml:lang=\"{}\">\n", xml_attribute(lang)));
    element(out, "id", &entry::id(story));
    let (title_lang, title) = (xml_attribute(title_lang), xml(entry::title(story)));
    push(out, &format!("<title type=\"text\" xml:lang=\"{title_lang}\">{title}</title>\n"));
    element(out, "updated", &entry::updated(story, digest));
    if let Some(address) = entry::address(story, digest) {
        push(out, &format!("<link rel=\"alternate\" href=\"{}\"/>\n", xml_attribute(&address)));
    }
    if let Some(section) = section {
        push(out, &format!("<category term=\"{}\"/>\n", xml_attribute(&section.name)));
    }
    // Markup inside is escaped once more: readers decode it, then read it as HTML.
    let content = entry::html(story, digest);
    push(out, &format!("<content type=\"html\">{}</content>\n</entry>\n", xml(&content)));
}

fn element(out: &mut Vec<u8>, name: &str, text: &str) {
    push(out, &format!("<{name}>{}</{name}>\n", xml(text)));
}
