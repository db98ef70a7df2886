//! Batches: a few records that one worker takes through everything, from bytes to rendered bytes.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::base::error::{DocError, DocErrorKind, Error};
use crate::base::lang::Lang;
use crate::digest::kept::Kept;
use crate::doc::document::Document;
use crate::doc::done::Done;
use crate::doc::record::{Format, Payload, Record, Source};
use crate::io::frame::{FrameOptions, Framed, Frames, Lost};
use crate::io::load::load;
use crate::io::walk::{Found, find};
use crate::pipeline::file::Dedup;
use crate::pipeline::kept::kept;
use crate::pipeline::member::{group_of, member};
use crate::pipeline::plan::{Output, Plan};
use crate::pipeline::process::{Scratch, body_words, process};
use crate::read::fields::Known;
use crate::read::{ReadOptions, read};
use crate::run::duplicates::{Duplicates, key};
use crate::run::groups::Grouped;
use crate::run::panics;
use crate::run::report::{LeftOut, Tally};
use crate::structure::dates;

/// Records in a batch, at most.
const MOST_RECORDS: usize = 16;

/// Bytes in a batch, about: a record that passes it is its last.
const MOST_BYTES: usize = 256 << 10;

/// Where a run's records come from, in batches.
#[derive(Debug)]
pub(super) struct Batches {
    found: Vec<Found>,
    options: FrameOptions,
    frames: Frames,
    /// How many records are chosen by chance, and by which; taken when the first batch is asked for.
    sample: Option<(u64, u64)>,
    /// What was chosen and waits for its turn.
    chosen: VecDeque<Framed>,
    notes: Vec<(String, String)>,
    /// Files that hold what could be read only once; removed with this.
    spooled: Vec<tempfile::NamedTempFile>,
}

/// Records and failures in the order of the input.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) records: Vec<Result<Record, Lost>>,
    pub(super) position: u64,
    pub(super) total: Option<u64>,
}

impl Batches {
    /// Finds the inputs of a plan.
    ///
    /// # Errors
    /// An input that does not exist.
    pub(super) fn open(plan: &Plan) -> Result<Self, Error> {
        let found = find(&plan.inputs)?;
        let options = FrameOptions {
            input_format: plan.format,
            max_record_bytes: plan.max_record_bytes,
            limit: plan.limit,
            text_columns: [Known::Text, Known::Html].map(|known| plan.fields.key(known).to_owned()).to_vec(),
        };
        let frames = Frames::new(found.clone(), options.clone());
        let sample = plan.sample.map(|count| (count, plan.seed));
        let chosen = VecDeque::new();
        Ok(Self { found, options, frames, sample, chosen, notes: Vec::new(), spooled: Vec::new() })
    }

    /// The batches of the same inputs once more, for counting before the run; what can be read only once is kept in
    /// temporary files first.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub(super) fn spool(&mut self) -> Result<Self, Error> {
        for found in &mut self.found {
            if let Some(file) = found.spool().map_err(|e| Error::output("temporary file", e))? {
                self.spooled.push(file);
            }
        }
        self.frames = Frames::new(self.found.clone(), self.options.clone());
        let frames = Frames::new(self.found.clone(), self.options.clone());
        Ok(Self {
            found: self.found.clone(),
            options: self.options.clone(),
            frames,
            sample: self.sample,
            chosen: VecDeque::new(),
            notes: Vec::new(),
            spooled: Vec::new(),
        })
    }

    /// What was passed over so far, each with its reason.
    pub(super) fn notes(self) -> Vec<(String, String)> {
        self.notes
    }

    /// The next batch; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Batch> {
        if let Some((count, seed)) = self.sample.take() {
            self.chosen = sample(&mut self.frames, count, seed);
        }
        let mut records = Vec::new();
        let mut bytes = 0;
        while records.len() < MOST_RECORDS && bytes < MOST_BYTES {
            match self.chosen.pop_front().or_else(|| self.frames.next()) {
                None => break,
                Some(Framed::Skipped(note)) => self.notes.push((note.path, note.reason)),
                Some(Framed::Failed(lost)) => records.push(Err(lost)),
                Some(Framed::Record(record)) => {
                    if let Payload::Bytes(payload) = &record.payload {
                        bytes += payload.len();
                    }
                    records.push(Ok(record));
                }
            }
        }
        (!records.is_empty()).then(|| Batch {
            records,
            position: self.frames.at_byte(),
            total: self.frames.total(),
        })
    }
}

/// `count` of the records of `frames`, each set of as many being as likely (Vitter's algorithm R, 1985), in the order of the
/// input, with all that failed or was skipped on the way.
fn sample(frames: &mut Frames, count: u64, seed: u64) -> VecDeque<Framed> {
    let mut places: Vec<(u64, Framed)> = Vec::new();
    let mut others: Vec<(u64, Framed)> = Vec::new();
    let mut records = 0_u64;
    for (number, framed) in (0_u64..).zip(frames) {
        if !matches!(framed, Framed::Record(_)) {
            others.push((number, framed));
            continue;
        }
        if (places.len() as u64) < count {
            places.push((number, framed));
        } else {
            let place = xxh3_64_with_seed(&records.to_le_bytes(), seed) % (records + 1);
            let slot = usize::try_from(place).ok().and_then(|place| places.get_mut(place));
            if let Some(slot) = slot {
                *slot = (number, framed);
            }
        }
        records += 1;
    }
    places.append(&mut others);
    places.sort_by_key(|(number, _)| *number);
    places.into_iter().map(|(_, framed)| framed).collect()
}

/// A document that is done, with its bytes for each output.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) done: Box<Done>,
    pub(super) rendered: Vec<Vec<u8>>,
    /// What its group needs of it, where documents are grouped.
    pub(super) grouped: Option<Box<Grouped>>,
    /// What a digest needs of it, where one is made.
    pub(super) kept: Option<Box<Kept>>,
}

impl Finished {
    /// Renders the document for each output.
    pub(super) fn render(&mut self, outputs: &[Output]) {
        self.rendered.resize(outputs.len(), Vec::new());
        for (output, bytes) in outputs.iter().zip(&mut self.rendered) {
            bytes.clear();
            // Most formats write about as much as the text or more; growing step by step would copy it again and again.
            bytes.reserve(self.done.document.text.text.as_str().len());
            output.writer.render(&self.done, bytes);
        }
    }
}

/// What became of a record.
#[derive(Debug)]
pub(super) enum Item {
    Done(Finished),
    Failed(DocError),
    LeftOut(LeftOut),
}

/// What became of a batch.
#[derive(Debug)]
pub(super) struct BatchDone {
    pub(super) items: Vec<Item>,
    pub(super) tally: Tally,
    /// Bytes that wait while it waits.
    pub(super) bytes: u64,
    pub(super) position: u64,
    pub(super) total: Option<u64>,
}

/// What no task uses at the moment: one lock a batch.
#[derive(Debug, Default)]
pub(super) struct Idle<T>(Mutex<Vec<T>>);

impl<T: Default> Idle<T> {
    pub(super) fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub(super) fn put(&self, used: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(used);
    }

    pub(super) fn into_all(self) -> Vec<T> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What all workers share.
#[derive(Debug)]
pub(super) struct Worker<'p> {
    plan: &'p Plan,
    options: ReadOptions,
    idle: Idle<Scratch>,
    duplicates: Option<Duplicates>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, duplicates: Option<Duplicates>) -> Self {
        Self { plan, options: read_options(plan), idle: Idle::default(), duplicates }
    }

    /// Takes a batch through everything. A panic costs the document it happened in, and the scratch.
    pub(super) fn work(&self, batch: Batch) -> BatchDone {
        let mut scratch = self.idle.take();
        let mut tally = Tally::default();
        let mut items = Vec::with_capacity(batch.records.len());
        for record in batch.records {
            let before = items.len();
            let format = format_of(&record);
            let done = record.map_err(|lost| lost.error).and_then(|record| {
                contained(&mut scratch, record, |record, scratch| self.record(record, scratch, &mut tally))
            });
            match done {
                Ok(finished) => items.extend(finished),
                Err(error) => items.push(Item::Failed(error)),
            }
            tally.count(format, (items.len() - before) as u64);
        }
        self.idle.put(scratch);
        let bytes = items.iter().map(weight).sum();
        BatchDone { items, tally, bytes, position: batch.position, total: batch.total }
    }

    fn is_short(&self, done: &Done) -> bool {
        self.plan.stages.min_words > 0 && body_words(done) < self.plan.stages.min_words
    }

    /// What its group needs of a document, where documents are grouped.
    fn grouped(&self, done: &Done, scratch: &mut Scratch) -> Result<Option<Box<Grouped>>, DocErrorKind> {
        let Some(grouping) = &self.plan.grouping else { return Ok(None) };
        let group = group_of(done, &grouping.by)?;
        Ok(Some(Box::new(Grouped { group, member: member(done, &self.plan.stages, scratch) })))
    }

    /// What a digest needs of a document, where one is made.
    fn kept(&self, done: &Done, cluster: Option<(usize, bool)>, scratch: &mut Scratch) -> Option<Box<Kept>> {
        let asked = self.plan.digest.as_ref()?;
        Some(Box::new(Kept { cluster, ..kept(done, asked, &self.plan.stages, scratch) }))
    }

    fn record(
        &self,
        record: Record,
        scratch: &mut Scratch,
        tally: &mut Tally,
    ) -> Result<Vec<Item>, DocError> {
        let place = record.source.clone();
        let (documents, bytes) = documents(record, &self.options)?;
        tally.bytes += bytes;
        let finish = |(number, mut document): (usize, Document)| {
            let id = document.id.clone();
            if let Some(found) = &self.duplicates {
                if self.plan.dedup == Dedup::KeepFirst && !found.is_first(key(&place, number)) {
                    return Item::LeftOut(LeftOut::Duplicate);
                }
                if self.plan.dedup == Dedup::Group {
                    found.label(key(&place, number), &mut document);
                }
            }
            match process(document, &self.plan.stages, scratch) {
                Ok(done) if self.is_short(&done) => Item::LeftOut(LeftOut::Short),
                Ok(done) => match self.grouped(&done, scratch) {
                    Ok(grouped) => {
                        let cluster =
                            self.duplicates.as_ref().and_then(|found| found.place(key(&place, number)));
                        let kept = self.kept(&done, cluster, scratch);
                        let mut finished =
                            Finished { done: Box::new(done), rendered: Vec::new(), grouped, kept };
                        finished.render(&self.plan.outputs);
                        Item::Done(finished)
                    }
                    Err(kind) => Item::Failed(failed(&place, id, "group", kind)),
                },
                Err((stage, kind)) => Item::Failed(failed(&place, id, stage, kind)),
            }
        };
        Ok(documents.into_iter().enumerate().map(finish).collect())
    }
}

/// The name of the format that a record counts as; `unread` where that was never known.
pub(super) fn format_of(record: &Result<Record, Lost>) -> &'static str {
    match record {
        Ok(record) => record.counted().name(),
        Err(lost) => lost.format.map_or("unread", Format::name),
    }
}

/// The documents of a record, and its bytes after unpacking.
pub(super) fn documents(mut record: Record, options: &ReadOptions) -> Result<(Vec<Document>, u64), DocError> {
    let bytes = load(record.payload, options.max_record_bytes)
        .map_err(|kind| failed(&record.source, None, "read", kind))?;
    let size = bytes.len() as u64;
    record.payload = Payload::Bytes(bytes);
    let mut documents = Vec::new();
    read(record, options, &mut documents)?;
    Ok((documents, size))
}

/// What `work` makes of a record; a panic becomes a failure of the record, and the scratch is made anew.
pub(super) fn contained<S: Default, R>(
    scratch: &mut S,
    record: Record,
    work: impl FnOnce(Record, &mut S) -> Result<R, DocError>,
) -> Result<R, DocError> {
    let place = record.source.clone();
    panics::caught(|| work(record, scratch)).unwrap_or_else(|kind| {
        *scratch = S::default();
        Err(failed(&place, None, "process", kind))
    })
}

/// How the records of a plan are read.
pub(super) fn read_options(plan: &Plan) -> ReadOptions {
    ReadOptions {
        lang: plan.lang.clone(),
        url: plan.url.clone(),
        fields: plan.fields.clone(),
        max_record_bytes: plan.max_record_bytes,
        parse_date: |text, lang| match lang {
            Some(lang) => dates::parse(text, lang),
            None => dates::parse(text, &Lang::unknown()),
        },
    }
}

pub(super) fn failed(
    source: &Source,
    id: Option<String>,
    stage: &'static str,
    kind: DocErrorKind,
) -> DocError {
    let Source { path, member, record, .. } = source.clone();
    DocError { path, member, record, id, stage, kind }
}

/// Bytes that an item holds, about: its rendered bytes, and its text twice over for spans and maps.
fn weight(item: &Item) -> u64 {
    match item {
        Item::Failed(_) | Item::LeftOut(_) => 256,
        Item::Done(finished) => {
            let rendered: usize = finished.rendered.iter().map(Vec::len).sum();
            let grouped = finished.grouped.as_ref().map_or(0, |grouped| grouped.member.bytes());
            let kept = finished.kept.as_ref().map_or(0, |kept| kept.bytes());
            (rendered + grouped + kept + 2 * finished.done.document.text.text.as_str().len()) as u64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_record_and_the_scratch() {
        let source = Source { path: "a.txt".to_owned(), ..Source::default() };
        let record = Record::new(Payload::Bytes(Vec::new()), Format::Text, source);
        let mut scratch = vec![1];
        let failed = contained(&mut scratch, record.clone(), |_, scratch| -> Result<(), DocError> {
            scratch.push(2);
            panic!("a stage broke")
        });
        let error = failed.expect_err("the panic");
        assert_eq!(error.to_string(), "a.txt: a bug in nutgraf: a stage broke");
        assert_eq!(error.kind.name(), "bug");
        assert!(scratch.is_empty(), "what a panic left half done is not used again");
        assert_eq!(contained(&mut scratch, record, |_, _| Ok(7)), Ok(7));
    }
}
