//! Digests, from what they show to bytes; templates of readers' own.
//!
//! To add a format: write `src/write/digest/<name>.rs`, then its `mod` line, its variant of [`Format`] and its rows in
//! [`Format::name`], [`Format::about`] and [`render`].

mod atom;
mod date;
mod eml;
mod entry;
mod epub;
mod html;
mod json;
mod jsonfeed;
mod jsonl;
mod link;
mod md;
mod mime;
mod output;
#[cfg(test)]
mod sample;
mod templates;
#[cfg(test)]
mod tests;
mod text;

use serde::{Deserialize, Serialize};

pub use output::KINDS;
pub use templates::{Template, Templates};

use crate::base::error::Error;
use crate::digest::view::Digest;

/// A format of digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Markdown.
    Md,
    /// One page that needs nothing else.
    Html,
    /// For reading in a terminal.
    Text,
    /// A book.
    Epub,
    /// A message of mail.
    Eml,
    /// An Atom feed.
    Atom,
    /// A JSON feed.
    JsonFeed,
    /// One object with all that a digest shows.
    Json,
    /// One object a story.
    Jsonl,
}

impl Format {
    /// All of them, in the order they are told in.
    pub const ALL: [Self; 9] = [
        Self::Md,
        Self::Html,
        Self::Text,
        Self::Epub,
        Self::Eml,
        Self::Atom,
        Self::JsonFeed,
        Self::Json,
        Self::Jsonl,
    ];

    /// Its name in flags and pipeline files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Text => "text",
            Self::Epub => "epub",
            Self::Eml => "eml",
            Self::Atom => "atom",
            Self::JsonFeed => "jsonfeed",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// What it is, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Md => "Markdown",
            Self::Html => "one page to read, which needs nothing else",
            Self::Text => "for reading in a terminal",
            Self::Epub => "a book for readers of EPUB 3, a chapter a section",
            Self::Eml => "a message of mail, as text and as a page",
            Self::Atom => "an Atom feed, an entry a story",
            Self::JsonFeed => "a JSON Feed 1.1, an item a story",
            Self::Json => "one object with all that templates may use",
            Self::Jsonl => "one object a story",
        }
    }

    /// The format called `name`.
    ///
    /// # Errors
    /// Names the unknown format and the known ones.
    pub fn find(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            Error::Config(format!("unknown format of digests `{name}`; known ones: {known}"))
        })
    }

    /// The text of its built-in template, which a reader may copy and change; `None` where it has none.
    pub fn template(self) -> Option<&'static str> {
        match self {
            Self::Md => Some(include_str!("templates/md.j2")),
            Self::Html => Some(include_str!("templates/html.j2")),
            Self::Epub => Some(include_str!("templates/epub.j2")),
            Self::Eml => Some(include_str!("templates/eml.j2")),
            _ => None,
        }
    }
}

/// What a digest cannot know of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Who is named as the author of feeds and books.
    pub author: String,
    /// The address where the digest can be read as a page; feeds lead there.
    pub home: Option<String>,
    /// The address of the feed itself; a feed without one has an id made from its title.
    pub feed: Option<String>,
    /// Who sends the message of mail.
    pub from: String,
    /// To whom it goes.
    pub to: String,
    /// Whether text has titles in bold and sources faint, by codes that only terminals understand.
    pub color: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            author: "nutgraf".to_owned(),
            home: None,
            feed: None,
            from: "Digest <digest@example.invalid>".to_owned(),
            to: "undisclosed-recipients:;".to_owned(),
            color: false,
        }
    }
}

/// The digest in a format: the same bytes for the same digest, settings and template.
///
/// # Errors
/// When a template of a reader's own fails, with its name, line and reason; when a setting cannot be written in this
/// format; for `epub`, when the program was built without the feature `office`.
pub fn render(
    format: Format,
    digest: &Digest,
    settings: &Settings,
    templates: &Templates,
) -> Result<Vec<u8>, Error> {
    match format {
        Format::Md => md::render(digest, templates),
        Format::Html => html::render(digest, templates),
        Format::Text => Ok(text::render(digest, settings.color).into_bytes()),
        Format::Epub => epub::render(digest, settings, templates),
        Format::Eml => eml::render(digest, settings, templates),
        Format::Atom => Ok(atom::render(digest, settings)),
        Format::JsonFeed => Ok(jsonfeed::render(digest, settings)),
        Format::Json => Ok(json::render(digest)),
        Format::Jsonl => Ok(jsonl::render(digest)),
    }
}
