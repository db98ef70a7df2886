//! What happened in a run: counts per stage that add up, and every failure by name.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::error::DocError;
use crate::digest::view::Counts;
use crate::doc::done::Done;
use crate::pipeline::plan::Plan;
use crate::run::groups::LostGroup;

/// Counts of a run. They hold no time and no machine: the same input gives the same report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Version of the program.
    pub version: &'static str,
    /// What was read.
    pub input: InputCounts,
    /// What became of the documents.
    pub documents: DocumentCounts,
    /// Edits by step of normalization.
    pub normalize: BTreeMap<String, u64>,
    /// Blocks by role.
    pub blocks: BTreeMap<&'static str, u64>,
    /// Segments by role.
    pub segments: BTreeMap<&'static str, u64>,
    /// Places where a segment was cut for its length alone.
    pub cuts_for_length: u64,
    /// Documents written in which no segment holds a word of the query.
    pub without_focus: u64,
    /// What was chosen.
    pub summaries: SummaryCounts,
    /// Groups that documents were summarized in; only where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<u64>,
    /// The digest; only where one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<DigestCounts>,
    /// Documents written, by language.
    pub languages: BTreeMap<String, u64>,
    /// Documents written, by the encoding they were read from.
    pub encodings: BTreeMap<&'static str, u64>,
    /// Failed documents by kind of failure.
    pub failures: BTreeMap<&'static str, u64>,
    /// Things a person should know that failed nothing.
    pub warnings: Vec<String>,
    #[serde(skip)]
    steps: Vec<String>,
}

/// What went into a digest, and what did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DigestCounts {
    /// What is in it.
    #[serde(flatten)]
    pub counts: Counts,
    /// Documents of other days.
    pub other_days: u64,
    /// Stories that a rule left out.
    pub muted: u64,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InputCounts {
    /// Records taken up: the sum of `documents`.
    pub records: u64,
    /// Records taken up by the format that they came in; `unread` where that was never known.
    pub formats: BTreeMap<&'static str, u64>,
    /// Bytes of the records that could be read, after unpacking.
    pub bytes: u64,
    /// What was passed over, each with its reason.
    pub skipped: Vec<Skipped>,
}

/// Something in a walked folder that is no document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its path.
    pub path: String,
    /// Why it was passed over.
    pub reason: String,
}

/// What became of the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DocumentCounts {
    /// Documents in the outputs.
    pub written: u64,
    /// Documents given up.
    pub failed: u64,
    /// Documents left out for having fewer words than asked for.
    pub short: u64,
    /// Documents left out as near-duplicates of one before.
    pub duplicates: u64,
}

/// Why a document that is well is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It has fewer words than asked for.
    Short,
    /// It is a near-duplicate.
    Duplicate,
}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SummaryCounts {
    /// Segments in all summaries.
    pub segments: u64,
    /// Words in all summaries.
    pub words: u64,
}

/// What a batch adds to the report beside its documents.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    /// Documents, failed ones too, by the format of their records.
    formats: BTreeMap<&'static str, u64>,
    /// Bytes of text read.
    pub(super) bytes: u64,
}

impl Tally {
    /// Counts documents of a format.
    pub(super) fn count(&mut self, format: &'static str, documents: u64) {
        *self.formats.entry(format).or_default() += documents;
    }
}

impl Report {
    pub(super) fn new(plan: &Plan) -> Self {
        let steps = plan.stages.normalizer_names.clone();
        Self {
            version: env!("CARGO_PKG_VERSION"),
            input: InputCounts::default(),
            documents: DocumentCounts::default(),
            normalize: steps.iter().map(|name| (name.clone(), 0)).collect(),
            blocks: BTreeMap::new(),
            segments: BTreeMap::new(),
            cuts_for_length: 0,
            without_focus: 0,
            summaries: SummaryCounts::default(),
            groups: None,
            digest: None,
            languages: BTreeMap::new(),
            encodings: BTreeMap::new(),
            failures: BTreeMap::new(),
            warnings: Vec::new(),
            steps,
        }
    }

    /// Documents given up.
    pub fn failed(&self) -> u64 {
        self.documents.failed
    }

    /// Records taken up.
    pub fn records(&self) -> u64 {
        self.input.records
    }

    /// The report as a JSON text with a line end.
    ///
    /// # Panics
    /// Never: maps with text keys and numbers are always JSON.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("maps with text keys and numbers are JSON");
        text.push('\n');
        text
    }

    pub(super) fn add(&mut self, tally: Tally) {
        for (format, count) in tally.formats {
            *self.input.formats.entry(format).or_default() += count;
        }
        self.input.bytes += tally.bytes;
    }

    pub(super) fn count(&mut self) {
        self.input.records += 1;
        self.documents.written += 1;
    }

    pub(super) fn finish(&mut self, done: &Done) {
        self.input.records += 1;
        self.documents.written += 1;
        for (name, count) in self.steps.iter().zip(&done.edits) {
            if let Some(sum) = self.normalize.get_mut(name) {
                *sum += count;
            }
        }
        for block in &done.blocks {
            *self.blocks.entry(block.role.name()).or_default() += 1;
        }
        for segment in &done.segments {
            *self.segments.entry(segment.role.name()).or_default() += 1;
        }
        self.cuts_for_length += done.cuts_for_length;
        self.without_focus += u64::from(done.focused == Some(false));
        self.summaries.segments += done.summary.segments.len() as u64;
        self.summaries.words += done.summary.words as u64;
        *self.languages.entry(done.document.lang_or_unknown().to_string()).or_default() += 1;
        *self.encodings.entry(done.document.source.encoding).or_default() += 1;
    }

    pub(super) fn tell_digest(&mut self, counts: &Counts, other_days: u64, muted: u64) {
        self.digest = Some(DigestCounts { counts: *counts, other_days, muted });
    }

    pub(super) fn add_group(&mut self, segments: u64, words: u64) {
        *self.groups.get_or_insert_default() += 1;
        self.summaries.segments += segments;
        self.summaries.words += words;
    }

    /// Takes back that the documents of a group were written, and counts them as failed.
    pub(super) fn lose_group(&mut self, lost: &LostGroup) {
        self.documents.written -= lost.documents;
        self.documents.failed += lost.documents;
        *self.failures.entry(lost.error.kind.name()).or_default() += lost.documents;
    }

    pub(super) fn fail(&mut self, error: &DocError) {
        self.input.records += 1;
        self.documents.failed += 1;
        *self.failures.entry(error.kind.name()).or_default() += 1;
    }

    pub(super) fn leave_out(&mut self, why: LeftOut) {
        self.input.records += 1;
        match why {
            LeftOut::Short => self.documents.short += 1,
            LeftOut::Duplicate => self.documents.duplicates += 1,
        }
    }

    pub(super) fn skip(&mut self, path: String, reason: String) {
        self.input.skipped.push(Skipped { path, reason });
    }

    pub(super) fn warn(&mut self, text: String) {
        self.warnings.push(text);
    }
}

#[derive(Serialize)]
struct ErrorLine<'e> {
    path: &'e str,
    member: Option<&'e str>,
    record: u64,
    id: Option<&'e str>,
    stage: &'static str,
    kind: &'static str,
    reason: String,
}

/// A failed document as its line in `errors.jsonl`.
pub(super) fn error_line(error: &DocError) -> String {
    let line = ErrorLine {
        path: &error.path,
        member: error.member.as_deref(),
        record: error.record,
        id: error.id.as_deref(),
        stage: error.stage,
        kind: error.kind.name(),
        reason: error.kind.to_string(),
    };
    let mut text = serde_json::to_string(&line).expect("texts and numbers are JSON");
    text.push('\n');
    text
}
