//! Paragraphs, headings, list items … with the role each plays in the article.

use crate::base::span::{Span, Txt};
use crate::doc::document::FieldName;

/// What a block is by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A line that names what follows.
    Heading,
    /// An item of a list, with its mark.
    ListItem,
    /// Running text that is quoted as a block.
    Quote,
    /// Words under a picture or over a table.
    Caption,
    /// A line that is one segment by decree: never cut.
    Line,
}

/// What a block is for. The list is closed; `CONTRACT` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The headline.
    Title,
    /// The standfirst.
    Dek,
    /// A heading inside the body.
    Heading,
    /// The article itself: what summaries choose from.
    Body,
    /// Text that belongs to a picture.
    Caption,
    /// A line that says when the article appeared.
    Date,
    /// Place and agency at the opening of the first paragraph.
    Dateline,
    /// A line that says who wrote it.
    Byline,
    /// A line that says who published it.
    Publisher,
    /// A standfirst that repeats a body sentence; kept once, as that sentence.
    RepeatedDek,
    /// Buttons to share.
    Share,
    /// The comment box and what stands in it.
    Comments,
    /// Links to elsewhere.
    Navigation,
    /// Whatever else belongs to the page and not to the article.
    Furniture,
}

impl Role {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Dek | Self::RepeatedDek => "dek",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Date => "date",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Publisher => "publisher",
            Self::Share => "share",
            Self::Comments => "comments",
            Self::Navigation => "navigation",
            Self::Furniture => "furniture",
        }
    }

    /// Whether a translator translates it; the rest is boilerplate.
    pub fn is_segment(self) -> bool {
        matches!(self, Self::Title | Self::Dek | Self::Heading | Self::Body | Self::Caption)
    }
}

/// A stretch of a field that belongs together.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The field it stands in.
    pub field: FieldName,
    /// Its place in the field's text, without surrounding white space.
    pub span: Span<Txt>,
    /// What it is by its shape.
    pub kind: BlockKind,
    /// What it is for.
    pub role: Role,
    /// How sure the role is, in `0.0..=1.0`.
    pub score: f64,
}
