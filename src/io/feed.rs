//! RSS, Atom and JSON Feed: each item is a record, whose bytes are its text as the feed gives it, decoded.

use std::borrow::Cow;

use feed_rs::model::{Entry, Feed as Model, FeedType, Person, Text};
use feed_rs::parser::Builder;

use crate::base::error::{DocError, DocErrorKind};
use crate::base::lang::Lang;
use crate::doc::document::Meta;
use crate::doc::page::plain;
use crate::doc::record::{Format, Given, Payload, Record};
use crate::io::frame::{Cut, Framer};
use crate::io::open::Place;

/// How deep the elements of a feed may be nested.
const DEPTH: usize = 256;

/// How many names of vocabularies a feed may declare; each costs the look-up of every element.
const MOST_VOCABULARIES: usize = 256;

/// How many attributes a tag may have; the parser compares each with those before it.
const MOST_ATTRIBUTES: usize = 256;

/// Gives the items of a feed.
#[derive(Debug)]
pub struct Feed {
    items: std::vec::IntoIter<Entry>,
    place: Place,
    number: u64,
    /// What items inherit.
    publisher: Option<String>,
    byline: Option<String>,
    lang: Option<String>,
}

impl Feed {
    /// The items of the feed that `bytes` hold.
    ///
    /// # Errors
    /// `Malformed` for what is no feed, is not well-formed, or is nested too deep.
    pub fn open(bytes: &[u8], place: Place) -> Result<Self, DocErrorKind> {
        let malformed = |reason: String| DocErrorKind::Malformed { reason: format!("not a feed: {reason}") };
        guard(bytes).map_err(malformed)?;
        let parser = Builder::new().sanitize_content(false).id_generator(|_, _, _| String::new()).build();
        let feed = parser.parse(known_types(bytes).as_ref()).map_err(|e| malformed(e.to_string()))?;
        let Model { title, authors, language, entries, feed_type, .. } = feed;
        let byline = if feed_type == FeedType::Atom { names(&authors) } else { None };
        let publisher = title.as_ref().and_then(line);
        Ok(Self { items: entries.into_iter(), place, number: 0, publisher, byline, lang: language })
    }

    fn item(&self, item: Entry) -> Result<Record, DocError> {
        let id = Some(item.id).filter(|id| !id.is_empty());
        let content = item.content.and_then(|content| {
            let html = content.content_type.subty().as_str().contains("html");
            Some((content.body?, html))
        });
        let summary = item.summary.map(|text| {
            let html = text.content_type.subty().as_str().contains("html");
            (text.content, html)
        });
        let shows = |text: &(String, bool)| text.0.contains(char::is_alphanumeric);
        let Some((text, html)) = content.filter(shows).or(summary.filter(shows)) else {
            return Err(DocError { id, ..self.place.failed(self.number, DocErrorKind::NoBody) });
        };
        // Line ends count in text, and are blanks in HTML.
        let format =
            if html && text.contains(['<', '&']) || is_markup(&text) { Format::Html } else { Format::Text };
        let link = item.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let date = item.published.or(item.updated);
        let meta = Meta {
            byline: names(&item.authors).or_else(|| self.byline.clone()),
            publisher: self.publisher.clone(),
            published: date.map(|date| date.to_rfc3339().replace("+00:00", "Z")),
            url: link.or(item.links.first()).map(|link| link.href.clone()),
            ..Meta::default()
        };
        let lang = item.language.as_ref().or(self.lang.as_ref()).and_then(|tag| Lang::parse(tag));
        let given = Given { id, title: item.title.as_ref().and_then(line), lang, meta };
        let record = Record::new(Payload::Bytes(text.into_bytes()), format, self.place.source(self.number));
        Ok(Record { within: Some(Format::Feed), given: Some(Box::new(given)), ..record })
    }
}

impl Framer for Feed {
    fn next(&mut self) -> Option<Cut> {
        let item = self.items.next()?;
        let cut = match self.item(item) {
            Ok(record) => Cut::Record(Box::new(record)),
            Err(e) => Cut::Failed(e),
        };
        self.number += 1;
        Some(cut)
    }

    fn format(&self) -> Option<Format> {
        Some(Format::Feed)
    }
}

/// A text as one line without markup; `None` when nothing shows.
fn line(text: &Text) -> Option<String> {
    let is_html = text.content_type.subty().as_str().contains("html") || is_markup(&text.content);
    let line = if is_html { plain(&text.content) } else { text.content.clone() };
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Whether a text that is not said to be HTML is: a tag that closes stands in it.
fn is_markup(text: &str) -> bool {
    text.starts_with('<') && text.contains('>') || text.contains("</") || text.contains("<br")
}

/// The names of people, joined by `; `. RSS wants an address there, with the name in parentheses.
fn names(people: &[Person]) -> Option<String> {
    let name = |person: &Person| {
        let name = person.name.as_deref().or(person.email.as_deref())?.trim();
        let inner = name.strip_suffix(')').and_then(|name| name.split_once('('));
        let name = match inner {
            Some((address, inner)) if address.is_empty() || address.contains('@') => inner.trim(),
            _ => name,
        };
        (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
    };
    let names: Vec<_> = people.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

/// The feed with types that generators made up replaced by what they mean: one would cost the whole feed.
fn known_types(bytes: &[u8]) -> Cow<'_, [u8]> {
    let made_up = b"type=\"CDATA\"";
    let mut places = memchr::memmem::find_iter(bytes, made_up).peekable();
    if places.peek().is_none() {
        return Cow::Borrowed(bytes);
    }
    let (mut known, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for place in places {
        known.extend_from_slice(&bytes[at..place]);
        known.extend_from_slice(b"type=\"html\"");
        at = place + made_up.len();
    }
    known.extend_from_slice(&bytes[at..]);
    Cow::Owned(known)
}

/// Refuses what could cost the parser more than its length: one linear look, before anything is built.
fn guard(bytes: &[u8]) -> Result<(), String> {
    if memchr::memmem::find_iter(bytes, b"xmlns").nth(MOST_VOCABULARIES).is_some() {
        return Err(format!("more than {MOST_VOCABULARIES} vocabularies"));
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|found| at + found) {
        let rest = &bytes[open..];
        let end = |mark: &[u8]| {
            memchr::memmem::find(rest, mark).map_or(bytes.len(), |found| open + found + mark.len())
        };
        at = match rest {
            _ if rest.starts_with(b"<![CDATA[") => end(b"]]>"),
            _ if rest.starts_with(b"<!--") => end(b"-->"),
            [_, b'?' | b'!', ..] => open + 2,
            [_, b'/', ..] => {
                depth = depth.saturating_sub(1);
                open + 2
            }
            _ => {
                let tag = tag(rest);
                if memchr::memchr_iter(b'=', tag).nth(MOST_ATTRIBUTES).is_some() {
                    return Err(format!("a tag with more than {MOST_ATTRIBUTES} attributes"));
                }
                depth += usize::from(!tag.ends_with(b"/"));
                open + 1 + tag.len()
            }
        };
        if depth > DEPTH {
            return Err(format!("nested deeper than {DEPTH}"));
        }
    }
    Ok(())
}

/// What stands between the `<` that `rest` begins with and its `>`, which may not be quoted.
fn tag(rest: &[u8]) -> &[u8] {
    let mut quote = None;
    let inner = &rest[1..];
    let end = inner.iter().position(|&byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        quote.is_none() && byte == b'>'
    });
    &inner[..end.unwrap_or(inner.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::frame::tests::place;

    fn items(feed: &str) -> Vec<String> {
        let mut feed = match Feed::open(feed.as_bytes(), place(1 << 20)) {
            Ok(feed) => feed,
            Err(kind) => return vec![kind.to_string()],
        };
        let mut all = Vec::new();
        while let Some(cut) = feed.next() {
            all.push(match cut {
                Cut::Record(record) => {
                    let Payload::Bytes(bytes) = record.payload else { panic!("items come as bytes") };
                    let Given { id, title, lang, meta } = *record.given.expect("items are known");
                    let known = [
                        id,
                        title,
                        lang.map(|lang| lang.to_string()),
                        meta.byline,
                        meta.publisher,
                        meta.published,
                        meta.url,
                    ];
                    let known: Vec<_> = known.into_iter().map(Option::unwrap_or_default).collect();
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    format!("{} {} | {text}", record.format.name(), known.join(" | "))
                }
                Cut::Failed(e) => format!("{}! {:?} {}", e.record, e.id, e.kind),
                other => panic!("{other:?}"),
            });
        }
        all
    }

    #[test]
    fn items_of_rss_prefer_their_whole_content() {
        let feed = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
            xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Harbour Post</title><language>en-gb</language>
            <item><title>Bridge &amp; ford</title><link>http://a/1</link><guid>g1</guid><author>ann@a (Ann Bow)</author>
            <pubDate>Tue, 12 Mar 2024 08:00:00 +0100</pubDate><description>Short.</description>
            <content:encoded><![CDATA[<p>Whole <b>text</b>.</p>]]></content:encoded></item>
            <item><title>Two</title><description>Plain words.</description></item>
            <item><guid>g3</guid><title>Nothing</title></item></channel></rss>"#;
        assert_eq!(
            items(feed),
            [
                "html g1 | Bridge & ford | en-gb | Ann Bow | The Harbour Post | 2024-03-12T07:00:00Z | http://a/1 | <p>Whole <b>text</b>.</p>",
                "text  | Two | en-gb |  | The Harbour Post |  |  | Plain words.",
                "2! Some(\"g3\") no body text",
            ]
        );
    }

    #[test]
    fn items_of_atom_and_json_feed_are_read_the_same_way() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title><author><name>Red</name></author>
            <entry><id>e1</id><title type="html">A &lt;i&gt;b&lt;/i&gt;</title><link rel="self" href="http://s"/><link href="http://x/1"/>
            <updated>2024-03-12T08:00:00Z</updated><content type="CDATA">&lt;p&gt;Wort&lt;/p&gt;</content></entry></feed>"#;
        assert_eq!(
            items(atom),
            ["html e1 | A b | de | Red | Blatt | 2024-03-12T08:00:00Z | http://x/1 | <p>Wort</p>"]
        );
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"http://j/1",
            "title":"T","content_text":"Words.\nMore.","date_published":"2024-03-12T08:00:00Z"}]}"#;
        assert_eq!(items(json), ["text 1 | T |  |  | J | 2024-03-12T08:00:00Z | http://j/1 | Words.\nMore."]);
    }

    #[test]
    fn bombs_of_entities_depth_and_vocabularies_are_harmless() {
        let bomb = r#"<!DOCTYPE rss [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;">]>
            <rss version="2.0"><channel><title>x</title><item><description>&b; words</description></item></channel></rss>"#;
        assert_eq!(items(bomb), ["html  |  |  |  | x |  |  | &b; words"]);
        let deep = format!("<rss version='2.0'><channel>{}", "<item>".repeat(100_000));
        assert_eq!(items(&deep), ["not a feed: nested deeper than 256"]);
        let many = format!("<rss version='2.0' {}>", "xmlns:a='b' ".repeat(1000));
        assert_eq!(items(&many), ["not a feed: more than 256 vocabularies"]);
        let wide = format!("<rss version='2.0' {}>", "a='b' ".repeat(100_000));
        assert_eq!(items(&wide), ["not a feed: a tag with more than 256 attributes"]);
        assert!(items("<p>words</p>")[0].starts_with("not a feed: "));
    }
}
