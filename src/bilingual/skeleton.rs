//! The skeleton: what stays behind when units go to a translator, so that nothing but id, source and target is needed back.
//!
//! JSON lines: a [`Head`], then the documents as `segment --format jsonl` writes them.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::base::error::Error;
use crate::bilingual::row::Refusal;
use crate::bilingual::state::State;
use crate::doc::inline::Markup;

/// The first line of a skeleton: what the bilingual file was made with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Head {
    /// Version of this shape of file.
    pub skeleton: u32,
    /// Version of the program.
    pub version: String,
    /// The format of the bilingual file.
    pub format: String,
    /// The language that labels the sources.
    pub source_lang: String,
    /// The languages that label the targets.
    pub target_langs: Vec<String>,
    /// Which segments went out: `summary`, `body` or `all`.
    pub scope: Scope,
    /// What a unit is: `sentence` or `paragraph`.
    pub unit: Grain,
    /// Whether equal sources went out once.
    pub unique: bool,
    /// Whether sources were copied into targets, so that a target that equals its source is none.
    pub copied: bool,
    /// Whether emphasis, links and protected items went out as codes and marks.
    #[serde(default)]
    pub inline_marks: bool,
    /// Characters of a target, at most, as a multiple of those of its source; `None` without a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_target_ratio: Option<f64>,
}

/// The version of the shape that this program writes and reads.
pub const SKELETON: u32 = 1;

/// Reads the skeleton `file`: its head to `begin`, then its documents to `take`.
///
/// # Errors
/// With its line, what is no line of a skeleton of this version; and what cannot be read.
pub fn read(
    file: impl Read,
    begin: impl FnOnce(Head),
    mut take: impl FnMut(Doc) -> Result<(), Error>,
    refuse: impl Fn(&Refusal) -> Error,
) -> Result<(), Error> {
    let unreadable = |e: io::Error| refuse(&Refusal::whole(e.to_string()));
    let mut lines = BufReader::new(file);
    let mut line = String::new();
    begin(head(&mut lines).map_err(|refusal| refuse(&refusal))?);
    for number in 2.. {
        line.clear();
        if lines.read_line(&mut line).map_err(unreadable)? == 0 {
            break;
        }
        take(serde_json::from_str(&line).map_err(|e| refuse(&not_ours(number, &e)))?)?;
    }
    Ok(())
}

/// Reads the first line of a skeleton.
///
/// # Errors
/// What is none of this version, and what cannot be read.
pub fn head(lines: &mut impl BufRead) -> Result<Head, Refusal> {
    let mut line = String::new();
    lines.read_line(&mut line).map_err(|e| Refusal::whole(e.to_string()))?;
    let head: Head = serde_json::from_str(&line).map_err(|e| not_ours(1, &e))?;
    if head.skeleton != SKELETON {
        let reason = format!("a skeleton of version {}, this program reads {SKELETON}", head.skeleton);
        return Err(Refusal::on_line(1, reason));
    }
    Ok(head)
}

fn not_ours(line: u64, e: &serde_json::Error) -> Refusal {
    Refusal::on_line(line, format!("not a line of a skeleton: {e}"))
}

/// Which segments go out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of the summary.
    Summary,
    /// Those of role `body`.
    Body,
    /// All.
    #[default]
    All,
}

impl Scope {
    /// Whether `segment` goes out.
    pub fn holds(self, segment: &Segment) -> bool {
        match self {
            Self::Summary => segment.in_summary,
            Self::Body => segment.role == "body",
            Self::All => true,
        }
    }
}

/// What a unit is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// One segment: the shape that every tool reads without loss.
    #[default]
    Sentence,
    /// All segments of a block that go out, as one unit with several segments.
    Paragraph,
}

/// A document as it stands in JSON lines; what is only handed through is kept as it was written.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Doc {
    /// Its id.
    pub id: String,
    /// Where it was found.
    pub source: Box<RawValue>,
    /// Its language tag, `und` where unknown.
    pub lang: String,
    /// Headline.
    pub title: Option<String>,
    /// Author or authors.
    pub byline: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date.
    pub published: Option<String>,
    /// Standfirst.
    pub dek: Option<String>,
    /// The body segment that repeats the dek.
    pub dek_segment: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// What was chosen.
    pub summary: Summary,
    /// What a translator translates.
    pub segments: Vec<Segment>,
    /// The rest, by place.
    pub boilerplate: Box<RawValue>,
    /// Fields without a meaning here.
    pub extra: Box<RawValue>,
}

/// Where a document was found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Found {
    /// The path as given or found.
    pub path: String,
    /// The member inside an archive.
    pub member: Option<String>,
    /// Number of the record, from 0.
    pub record: u64,
}

impl Doc {
    /// Where it was found.
    ///
    /// # Errors
    /// When a document of others says it in another way.
    pub fn found(&self) -> Result<Found, serde_json::Error> {
        serde_json::from_str(self.source.get())
    }
}

/// Reads documents that were kept aside as JSON lines and gives each to `take`, with its line.
///
/// # Errors
/// Those of `take`, and a temporary file that cannot be read.
pub fn documents(
    mut lines: impl BufRead,
    mut take: impl FnMut(Doc, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    let aside = |e: io::Error| Error::output("temporary file", e);
    let mut line = String::new();
    while lines.read_line(&mut line).map_err(aside)? > 0 {
        take(serde_json::from_str(&line).map_err(|e| aside(e.into()))?, &line)?;
        line.clear();
    }
    Ok(())
}

/// The summary of a document.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Summary {
    /// Its sentences as one paragraph.
    pub text: String,
    /// Their ids.
    pub segments: Vec<String>,
    /// Words in them.
    pub words: usize,
}

/// A segment of a document.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Segment {
    /// Its id, unique in the run.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Number of its block in the document, from 0.
    pub block: u32,
    /// Its role: `title`, `dek`, `heading`, `body` or `caption`.
    pub role: String,
    /// The field it stands in.
    pub field: String,
    /// Its bytes in the field's text.
    pub span: [u32; 2],
    /// The record's bytes that made it.
    pub source_span: Option<[u32; 2]>,
    /// Its salience, as it was written.
    pub score: Option<Box<RawValue>>,
    /// Its rank.
    pub rank: Option<u32>,
    /// Whether the summary holds it.
    pub in_summary: bool,
    /// The white space between it and the segment before it in its block, where that is neither one space nor nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<String>,
    /// Emphasis and links in its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inline: Vec<Inline>,
    /// Its translation, where documents come back from translators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Emphasis and links in its translation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_inline: Vec<Inline>,
    /// How far that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The id of the unit that brings its translation, where that is another's: one with the same source elsewhere. Empty
    /// where none does, since its translation is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A stretch of a segment or of its translation that markup sets apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Inline {
    /// Its bytes in the text.
    pub span: [u32; 2],
    /// What the markup says.
    #[serde(flatten)]
    pub markup: Markup,
    /// Whether it goes on in the next segment.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
}

impl Inline {
    /// Its bytes as indices of the text.
    pub fn range(&self) -> Range<usize> {
        self.span[0] as usize..self.span[1] as usize
    }
}
