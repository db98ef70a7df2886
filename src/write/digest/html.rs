//! Digests as one page, with its style sheet and its script inside, and nothing to load from elsewhere.
//!
//! The page is whole without its script: articles open as the targets of links, in style alone. The script adds keys and
//! keeps the place that was read.

use minijinja::context;

use super::templates::{Templates, value};
use crate::base::error::Error;
use crate::digest::view::Digest;

const STYLE: &str = include_str!("templates/page.css");
const SCRIPT: &str = include_str!("templates/page.js");

/// The template with the digest filled in.
pub(super) fn render(digest: &Digest, templates: &Templates) -> Result<Vec<u8>, Error> {
    let openers = value(&openers(digest));
    let context = context! { digest => value(digest), openers, style => STYLE, script => SCRIPT };
    templates.fill(context).map(String::into_bytes)
}

/// For each article the id of the first story that opens it, where a reader without script goes back to.
fn openers(digest: &Digest) -> Vec<Option<&str>> {
    let mut openers = vec![None; digest.articles.len()];
    for story in &digest.stories {
        let headline = story.title_article.into_iter();
        let listed = story.docs.iter().chain(&story.also_in).filter_map(|document| document.article);
        for at in headline.chain(story.sentences.iter().map(|sentence| sentence.article)).chain(listed) {
            if let Some(slot) = openers.get_mut(at) {
                slot.get_or_insert(&*story.id);
            }
        }
    }
    openers
}
