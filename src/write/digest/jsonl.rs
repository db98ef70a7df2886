//! One object a story, its keys in a fixed order.

use serde::Serialize;

use crate::digest::view::{Digest, Reference, Sentence, Story};
use crate::write::bytes::push_json;

/// JSON lines in the order of the digest.
pub(super) fn render(digest: &Digest) -> Vec<u8> {
    let mut out = Vec::new();
    for story in &digest.stories {
        push_json(&mut out, &Line::of(story, digest));
        out.push(b'\n');
    }
    out
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    story: &'d str,
    title: &'d str,
    date: Option<&'d str>,
    continues: Option<&'d str>,
    docs: Vec<&'d str>,
    also_in: Vec<&'d str>,
    summary: SummaryPart<'d>,
}

#[derive(Serialize)]
struct SummaryPart<'d> {
    sentences: Vec<&'d str>,
    segments: Vec<Place<'d>>,
    words: u64,
}

#[derive(Serialize)]
struct Place<'d> {
    doc: Option<&'d str>,
    id: &'d str,
}

impl<'d> Line<'d> {
    fn of(story: &'d Story, digest: &'d Digest) -> Self {
        let ids = |references: &'d [Reference]| references.iter().map(|document| &*document.id).collect();
        let place = |sentence: &'d Sentence| {
            let article = digest.articles.get(sentence.article);
            Place { doc: article.map(|article| &*article.about.id), id: &sentence.id }
        };
        Self {
            story: &story.thread,
            title: &story.title,
            date: story.date.as_deref(),
            continues: story.continues.as_deref(),
            docs: ids(&story.docs),
            also_in: ids(&story.also_in),
            summary: SummaryPart {
                sentences: story.sentences.iter().map(|sentence| &*sentence.text).collect(),
                segments: story.sentences.iter().map(place).collect(),
                words: story.words,
            },
        }
    }
}
