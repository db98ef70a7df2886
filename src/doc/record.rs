//! The bytes of one article as they were found, and where.

use std::path::PathBuf;

use serde::Serialize;

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
    /// HTML, one document.
    Html,
    /// Markdown, one document.
    Markdown,
    /// JSON lines, one document a line.
    Jsonl,
}

impl Format {
    /// All formats, in the order that messages name them.
    pub const ALL: [Format; 5] = [Self::Text, Self::Lines, Self::Html, Self::Markdown, Self::Jsonl];

    /// The name in flags, pipeline files and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Lines => "lines",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Jsonl => "jsonl",
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

/// One article as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its bytes.
    pub payload: Payload,
    /// How they are to be read.
    pub format: Format,
    /// Where it was found.
    pub source: Source,
}
