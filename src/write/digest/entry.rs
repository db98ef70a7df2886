//! A story as feeds tell it: its id, its address, its summary as a fragment of HTML.

use xxhash_rust::xxh3::xxh3_128;

use super::link::link;
use super::{date, text};
use crate::base::escape::{xml, xml_attribute};
use crate::digest::view::{Digest, Reference, Section, Sentence, Story};

/// A `urn:uuid:` made from content (RFC 9562, version 8): the same for the same `parts`, and for no others.
pub(super) fn urn(parts: &[&str]) -> String {
    let mut content = String::from("nutgraf digest");
    for part in parts {
        content.push('\0');
        content.push_str(part);
    }
    let version_and_variant = 0xf000 << 64 | 0xc000 << 48;
    let bits = xxh3_128(content.as_bytes()) & !version_and_variant | 0x8000 << 64 | 0x8000 << 48;
    let hex = format!("{bits:032x}");
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    format!("urn:uuid:{}", parts.join("-"))
}

/// The id of a story's entry: the same as long as its thread goes on, so that readers see an entry that was updated.
pub(super) fn id(story: &Story) -> String {
    urn(&["story", &story.id])
}

/// The id of the feed: its address, which stays; or else one made from its title.
pub(super) fn feed_id(digest: &Digest, address: Option<&str>) -> String {
    address.and_then(link).map_or_else(|| urn(&["feed", &digest.title]), std::borrow::Cow::into_owned)
}

/// When a story was last told: midnight of its newest day, or else of the digest's.
pub(super) fn updated(story: &Story, digest: &Digest) -> String {
    date::midnight(story.date.as_deref().and_then(date::day).or_else(|| date::newest(digest)))
}

/// The address of the article whose headline a story has, or else of its first article that has one.
pub(super) fn address(story: &Story, digest: &Digest) -> Option<String> {
    let headline = story.title_article.and_then(|at| digest.articles.get(at)).map(|article| &article.about);
    let mut articles = headline.into_iter().chain(&story.docs);
    articles.find_map(|article| link(article.url.as_deref()?)).map(std::borrow::Cow::into_owned)
}

/// The headline as it is read: translated where it was.
pub(super) fn title(story: &Story) -> &str {
    story.title_target.as_deref().unwrap_or(&story.title)
}

/// The section of each story, by its position in the digest.
pub(super) fn sections(digest: &Digest) -> Vec<Option<&Section>> {
    let mut sections = vec![None; digest.stories.len()];
    for section in &digest.sections {
        for &at in &section.stories {
            if let Some(slot) = sections.get_mut(at) {
                *slot = Some(section);
            }
        }
    }
    sections
}

/// The summary in paragraphs, and a list of the articles it was made of.
pub(super) fn html(story: &Story, digest: &Digest) -> String {
    let mut parts = Vec::new();
    if !story.sentences.is_empty() {
        if let Some(target) = &digest.target_lang {
            parts.push(paragraph(target, digest.target_dir, &story.sentences, told));
        }
        parts.push(paragraph(&story.lang, story.dir, &story.sentences, |sentence| &sentence.text));
    }
    for (name, documents) in [("Sources", &story.docs), ("Also in", &story.also_in)] {
        if !documents.is_empty() {
            let items: Vec<String> = documents.iter().map(item).collect();
            parts.push(format!("<p>{name}:</p><ul>{}</ul>", items.concat()));
        }
    }
    parts.concat()
}

fn paragraph<'s>(
    lang: &str,
    dir: &str,
    sentences: &'s [Sentence],
    text: impl Fn(&'s Sentence) -> &'s str,
) -> String {
    let sentences: Vec<_> = sentences.iter().map(|sentence| xml(text(sentence))).collect();
    let (lang, dir) = (xml_attribute(lang), direction(dir));
    format!("<p lang=\"{lang}\" dir=\"{dir}\">{}</p>", sentences.join(" "))
}

/// A sentence as it is read: translated where it was.
fn told(sentence: &Sentence) -> &str {
    sentence.target.as_deref().unwrap_or(&sentence.text)
}

/// A direction as HTML has it, whatever stands in a digest.
fn direction(dir: &str) -> &'static str {
    if dir == "rtl" { "rtl" } else { "ltr" }
}

fn item(document: &Reference) -> String {
    let title = xml(document.title.as_deref().unwrap_or(&document.place));
    let title = match document.url.as_deref().and_then(link) {
        Some(address) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">{title}</a>",
            xml_attribute(&address)
        ),
        None => format!("<bdi>{title}</bdi>"),
    };
    let day = document.published.as_deref().map(date::short);
    let known = [document.publisher.as_deref(), document.byline.as_deref(), day.as_deref()];
    let known: Vec<_> = known.into_iter().flatten().map(|part| format!("<bdi>{}</bdi>", xml(part))).collect();
    let parts: Vec<_> = std::iter::once(title).chain(known).collect();
    format!("<li>{}</li>", parts.join(" · "))
}

/// The summary as text alone.
pub(super) fn plain(story: &Story) -> String {
    let sentences: Vec<&str> = story.sentences.iter().map(told).collect();
    sentences.join(" ")
}

/// What a digest holds, in a line.
pub(super) fn subtitle(digest: &Digest) -> String {
    text::counts(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_urns_that_never_change_between_releases() {
        assert_eq!(urn(&["story", "s1"]), "urn:uuid:25309578-6c98-8587-8399-8afa06ec0905");
        assert_ne!(urn(&["a", "b"]), urn(&["ab"]));
    }
}
