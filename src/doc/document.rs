//! One article: text and what is known of it.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::base::lang::Lang;
use crate::base::span::{Span, Src, Txt};
use crate::doc::block::BlockKind;
use crate::doc::inline::Inline;
use crate::doc::page::Page;
use crate::doc::record::Source;
use crate::doc::text::Text;

/// One article: its fields of text, and what is known of it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The id that the record gave, if any.
    pub id: Option<String>,
    /// Where it was found.
    pub source: Source,
    /// Its language; `None` until it is known.
    pub lang: Option<Lang>,
    /// Title, byline, date and so on, as given by the record or found in the text.
    pub meta: Meta,
    /// Fields of the record that have no meaning here, by name, as they stood.
    pub extra: BTreeMap<String, Box<RawValue>>,
    /// The text of the article.
    pub text: Field,
    /// Whether `text` is one segment a line, never cut, joined or cleaned away.
    pub lines: bool,
    /// The title, when the record gave it apart.
    pub title: Option<Field>,
    /// The dek, when the record gave it apart.
    pub dek: Option<Field>,
    /// What an earlier extraction wrote beside the text; such a text is all article.
    pub extracted: Option<Box<Extracted>>,
    /// The page it was read from, where that was HTML; given up once its structure is known.
    pub page: Option<Box<Page>>,
}

/// What the extraction that made a record wrote of where it came from, as it stood.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// Where the article was found.
    pub source: Box<RawValue>,
    /// What stood around it.
    pub boilerplate: Box<RawValue>,
}

/// What is known of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// Standfirst under the headline.
    pub dek: Option<String>,
    /// Author or authors, joined by `; `.
    pub byline: Option<String>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// A date (`2023-06-01`), or RFC 3339 when a time with an offset was given.
    pub published: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
}

/// A piece of text of a document with what its reader knew of its markup.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// The text and its way back to the record.
    pub text: Text,
    /// Blocks that the markup named, in order and disjoint; empty where the format has none (plain text).
    pub marks: Vec<Mark>,
    /// Emphasis and links in it, those that begin first before the others.
    pub inline: Vec<Inline>,
}

impl Field {
    /// A field without markup, as it stands in the record.
    pub fn plain(text: String) -> Self {
        Self::unmarked(Text::as_read(text))
    }

    /// A field without markup.
    pub fn unmarked(text: Text) -> Self {
        Self { text, marks: Vec::new(), inline: Vec::new() }
    }

    /// Carries the marks through one step of normalization.
    pub fn carry_marks(&mut self, step: &crate::doc::map::SpanMap) {
        let places = self.marks.iter_mut().map(|mark| &mut mark.span);
        for span in places.chain(self.inline.iter_mut().map(|inline| &mut inline.span)) {
            *span = step.to_out(Span::<Src>::new(span.start, span.end));
        }
    }
}

/// A block that the markup named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its place in the field's text.
    pub span: Span<Txt>,
    /// What the markup says it is.
    pub kind: BlockKind,
}

/// Which field of a document a segment stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldName {
    /// The record's own title.
    Title,
    /// The record's own dek.
    Dek,
    /// The text.
    Text,
}

impl FieldName {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Dek => "dek",
            Self::Text => "text",
        }
    }
}

impl Document {
    /// A document of plain text, of which nothing else is known.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self { text: Field::plain(text.into()), ..Self::default() }
    }

    /// The field called `name`, if the document has it.
    pub fn field(&self, name: FieldName) -> Option<&Field> {
        match name {
            FieldName::Title => self.title.as_ref(),
            FieldName::Dek => self.dek.as_ref(),
            FieldName::Text => Some(&self.text),
        }
    }

    /// The language, or `und`.
    pub fn lang_or_unknown(&self) -> Lang {
        self.lang.clone().unwrap_or_else(Lang::unknown)
    }
}
