//! The bytes of one article as they were found, and where.

use std::path::PathBuf;

use serde::Serialize;

use crate::base::lang::Lang;
use crate::doc::document::Meta;

/// Where a record was found and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Source {
    /// The path as given or found; `-` for standard input.
    pub path: String,
    /// The member's name inside an archive.
    pub member: Option<String>,
    /// Number of the record in its file or member, from 0.
    pub record: u64,
    /// The encoding the bytes were read from, by its name in the WHATWG Encoding Standard (or `UTF-32LE`, `UTF-32BE`).
    pub encoding: &'static str,
}

/// How an input is cut into records and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text, one document.
    Text,
    /// Plain text, one document, each line one segment.
    Lines,
    /// A page of HTML or XHTML, one document.
    Html,
    /// Markdown, one document.
    Markdown,
    /// JSON lines, one document a line.
    Jsonl,
    /// Values separated by commas or semicolons under a header row, one document a row.
    Csv,
    /// Values separated by tabs under a header row, one document a row.
    Tsv,
    /// Rows of columns in a Parquet file, one document a row.
    Parquet,
    /// RSS, Atom or JSON Feed, one document an item.
    Feed,
    /// A list of feeds; those that are local files are read.
    Opml,
    /// An archive of the web, one document a page.
    Warc,
    /// The text of an archive of the web, one document a page.
    Wet,
    /// A message of mail, one document.
    Eml,
    /// A mailbox, one document a message.
    Mbox,
    /// A book, one document a chapter.
    Epub,
    /// A document of a word processor, one document.
    Docx,
}

impl Format {
    /// All formats, in the order that messages name them.
    pub const ALL: [Format; 16] = [
        Self::Text,
        Self::Lines,
        Self::Html,
        Self::Markdown,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Parquet,
        Self::Feed,
        Self::Opml,
        Self::Warc,
        Self::Wet,
        Self::Eml,
        Self::Mbox,
        Self::Epub,
        Self::Docx,
    ];

    /// The name in flags, pipeline files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Lines => "lines",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Parquet => "parquet",
            Self::Feed => "feed",
            Self::Opml => "opml",
            Self::Warc => "warc",
            Self::Wet => "wet",
            Self::Eml => "eml",
            Self::Mbox => "mbox",
            Self::Epub => "epub",
            Self::Docx => "docx",
        }
    }

    /// The format called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip, any number of members.
    Gzip,
    /// Zstandard, any number of frames.
    Zstd,
    /// bzip2, any number of streams.
    Bzip2,
    /// xz, any number of streams.
    Xz,
}

/// The bytes of a record, or where a worker finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The bytes themselves, unpacked.
    Bytes(Vec<u8>),
    /// A whole file that a worker reads and unpacks.
    File {
        /// Where it is.
        path: PathBuf,
        /// How it is packed.
        packing: Packing,
    },
}

/// What a container says of one of its records; it wins over what is found in the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The record's id in its container.
    pub id: Option<String>,
    /// The record's own title, to be a field of its document.
    pub title: Option<String>,
    /// Its language.
    pub lang: Option<Lang>,
    /// What else is known of it. Its title is that of the whole, such as a book: for a record that has none.
    pub meta: Meta,
}

/// One article as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its bytes.
    pub payload: Payload,
    /// How they are to be read.
    pub format: Format,
    /// The format that the record was cut out of, where that is another: a feed, whose items are pages.
    pub within: Option<Format>,
    /// Where it was found.
    pub source: Source,
    /// What its container says of it.
    pub given: Option<Box<Given>>,
}

impl Record {
    /// A record that is all there is in its place.
    pub fn new(payload: Payload, format: Format, source: Source) -> Self {
        Self { payload, format, within: None, source, given: None }
    }

    /// The format that the record counts as in reports.
    pub fn counted(&self) -> Format {
        self.within.unwrap_or(self.format)
    }
}
