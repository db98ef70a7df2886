//! Digests for reading in a terminal; also the text of a message of mail.

use super::date;
use crate::base::escape::terminal;
use crate::digest::view::{Digest, Reference, Story};
use crate::write::style::{Style, push_styled};

/// Title and counts; below each section's name its stories: title, summary as one paragraph, a line for each article.
pub(super) fn render(digest: &Digest, color: bool) -> String {
    let mut page = Page { out: Vec::new(), color };
    page.line(&digest.title, Style::Bold);
    page.line(&counts(digest), Style::Dim);
    for section in &digest.sections {
        page.line("", Style::Plain);
        page.line(&section.name.to_uppercase(), Style::Bold);
        for story in section.stories.iter().filter_map(|&at| digest.stories.get(at)) {
            page.story(story, digest.target_lang.is_some());
        }
    }
    String::from_utf8(page.out).expect("only text was pushed")
}

/// Days and counts on one line.
pub(super) fn counts(digest: &Digest) -> String {
    let counts = &digest.counts;
    let mut parts: Vec<String> = Vec::new();
    match (digest.days.first(), digest.days.last()) {
        (Some(first), Some(last)) if first != last => {
            parts.push(date::range(first, last));
        }
        (Some(day), _) => parts.push(date::long(day)),
        _ => {}
    }
    parts.push(number(counts.stories, "story", "stories"));
    parts.push(number(counts.documents, "article", "articles"));
    if counts.sources > 0 {
        parts.push(number(counts.sources, "source", "sources"));
    }
    parts.join(" · ")
}

/// A number with what it counts.
pub(super) fn number(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

struct Page {
    out: Vec<u8>,
    color: bool,
}

impl Page {
    fn line(&mut self, text: &str, style: Style) {
        push_styled(&mut self.out, &terminal(text), style, self.color);
        self.out.push(b'\n');
    }

    fn story(&mut self, story: &Story, bilingual: bool) {
        self.line("", Style::Plain);
        if let Some(title) = &story.title_target {
            self.line(title, Style::Bold);
            self.line(&story.title, Style::Plain);
        } else {
            self.line(&story.title, Style::Bold);
        }
        if let Some(day) = &story.continues {
            self.line(&format!("continues from {}", date::short(day)), Style::Dim);
        }
        if bilingual {
            for sentence in &story.sentences {
                match &sentence.target {
                    Some(target) => {
                        self.line(target, Style::Plain);
                        self.line(&format!("  {}", terminal(&sentence.text)), Style::Dim);
                    }
                    None => self.line(&format!("{} [not translated]", sentence.text), Style::Plain),
                }
            }
        } else {
            let sentences: Vec<&str> = story.sentences.iter().map(|sentence| &*sentence.text).collect();
            self.line(&sentences.join(" "), Style::Plain);
        }
        for document in &story.docs {
            self.line(&source(document), Style::Dim);
        }
        if !story.also_in.is_empty() {
            let names: Vec<&str> = story.also_in.iter().map(name).collect();
            self.line(&format!("also in: {}", names.join(", ")), Style::Dim);
        }
    }
}

/// Who published a document, or else where it was found.
pub(super) fn name(document: &Reference) -> &str {
    document.publisher.as_deref().unwrap_or(&document.place)
}

/// A document on one line: title, who and when, and its address or else where it was found.
fn source(document: &Reference) -> String {
    let day = document.published.as_deref().map(date::short);
    let known = [document.title.as_deref(), document.publisher.as_deref(), document.byline.as_deref()];
    let mut parts: Vec<&str> = known.into_iter().flatten().chain(day.as_deref()).collect();
    parts.push(document.url.as_deref().unwrap_or(&document.place));
    format!("- {}", parts.join(" · "))
}
