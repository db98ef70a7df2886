//! Digests as JSON Feed 1.1: an item a story.

use serde::Serialize;

use super::link::link;
use super::{Settings, entry};
use crate::digest::view::{Digest, Section, Story};
use crate::write::bytes::push_json;

/// The feed, on one line.
pub(super) fn render(digest: &Digest, settings: &Settings) -> Vec<u8> {
    let address = |address: &Option<String>| Some(link(address.as_deref()?)?.into_owned());
    let stories = digest.stories.iter().zip(entry::sections(digest));
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &digest.title,
        home_page_url: address(&settings.home),
        feed_url: address(&settings.feed),
        description: entry::subtitle(digest),
        authors: [Author { name: &settings.author }],
        items: stories.map(|(story, section)| Item::of(story, section, digest)).collect(),
    };
    let mut out = Vec::new();
    push_json(&mut out, &feed);
    out.push(b'\n');
    out
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are those of the format")]
struct Feed<'d> {
    version: &'static str,
    title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    description: String,
    authors: [Author<'d>; 1],
    items: Vec<Item<'d>>,
}

#[derive(Serialize)]
struct Author<'d> {
    name: &'d str,
}

#[derive(Serialize)]
struct Item<'d> {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: &'d str,
    content_html: String,
    summary: String,
    date_published: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'d str>,
}

impl<'d> Item<'d> {
    fn of(story: &'d Story, section: Option<&'d Section>, digest: &'d Digest) -> Self {
        Self {
            id: entry::id(story),
            url: entry::address(story, digest),
            title: entry::title(story),
            content_html: entry::html(story, digest),
            summary: entry::plain(story),
            date_published: entry::updated(story, digest),
            tags: section.into_iter().map(|section| &*section.name).collect(),
            language: Some(&*story.lang).filter(|&lang| lang != "und" && !lang.is_empty()),
        }
    }
}
