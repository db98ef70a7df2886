//! The pass that finds near-duplicates: signatures in parallel, then clusters.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::base::error::{DocError, Error};
use crate::dedup::cluster::{Relation, clusters};
use crate::dedup::sketch::Sketch;
use crate::doc::document::Document;
use crate::doc::record::Source;
use crate::pipeline::file::OnError;
use crate::pipeline::plan::Plan;
use crate::pipeline::process::{self, Scratch};
use crate::read::ReadOptions;
use crate::run::batch::{Batch, Batches, Idle, contained, documents, failed, format_of, read_options};
use crate::run::exec::{Limits, ordered};
use crate::run::ids::Ids;
use crate::run::report::{LeftOut, Report, Tally};
use crate::run::{Observer, pool};

/// A document and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its id, as every output has it.
    pub id: String,
    /// The number of its cluster's first document among all that were placed.
    pub cluster: usize,
    /// What it is there.
    pub relation: Relation,
}

/// The place of every document of a plan's input, in order; its outputs play no part.
///
/// # Errors
/// Whatever ends the whole run; a document that fails does not, and stands in the report.
pub fn find_duplicates(
    plan: &Plan,
    observer: &mut dyn Observer,
    stop: &AtomicBool,
) -> Result<(Vec<Placed>, Report), Error> {
    let pool = pool(plan.threads)?;
    let batches = Batches::open(plan)?;
    let (found, report) = Duplicates::find(plan, &pool, batches, observer, stop)?;
    Ok((found.placed, report))
}

/// Where documents belong, by where they were found.
#[derive(Debug)]
pub(super) struct Duplicates {
    placed: Vec<Placed>,
    /// By the key of a document: its number in `placed`.
    numbers: FxHashMap<u64, usize>,
}

/// What names a document in every pass over the input: its record, and its number among the record's documents.
pub(super) fn key(source: &Source, number: usize) -> u64 {
    let member = source.member.as_deref().unwrap_or_default();
    xxh3_64(format!("{}\0{member}\0{}\0{number}", source.path, source.record).as_bytes())
}

/// A document that was read: its key, and its id and signature unless it is too short or was given up.
type Signed = (u64, Result<Option<(String, Sketch)>, DocError>);

impl Duplicates {
    /// Compares the documents of `batches`.
    ///
    /// # Errors
    /// An interruption, or a failed document where the plan says that it ends the run.
    pub(super) fn find(
        plan: &Plan,
        workers: &rayon::ThreadPool,
        batches: Batches,
        observer: &mut dyn Observer,
        stop: &AtomicBool,
    ) -> Result<(Self, Report), Error> {
        let mut report = Report::new(plan);
        let signed = sign(plan, workers, batches, observer, stop, &mut report)?;
        let (mut ids, mut names, mut sketches) = (Ids::default(), Vec::new(), Vec::new());
        let mut numbers = FxHashMap::default();
        for (key, signed) in signed {
            let Ok(Some((id, sketch))) = signed else { continue };
            numbers.insert(key, names.len());
            names.push(ids.unique(&id).unwrap_or(id));
            sketches.push(sketch);
        }
        let places = clusters(&sketches);
        let placed = names.into_iter().zip(places);
        let placed = placed
            .map(|(id, place)| Placed { id, cluster: place.cluster, relation: place.relation })
            .collect();
        Ok((Self { placed, numbers }, report))
    }

    /// Whether a document is the first of its cluster; one that was not compared is.
    pub(super) fn is_first(&self, key: u64) -> bool {
        self.placed(key).is_none_or(|placed| placed.relation == Relation::First)
    }

    fn placed(&self, key: u64) -> Option<&Placed> {
        self.placed.get(*self.numbers.get(&key)?)
    }

    /// The number of a document's cluster, and whether it is the first there.
    pub(super) fn place(&self, key: u64) -> Option<(usize, bool)> {
        self.placed(key).map(|placed| (placed.cluster, placed.relation == Relation::First))
    }

    /// Writes a document's cluster and relation under `extra`.
    pub(super) fn label(&self, key: u64, document: &mut Document) {
        let Some(placed) = self.placed(key) else { return };
        let label = Label { cluster: &self.placed[placed.cluster].id, relation: placed.relation.name() };
        if let Ok(label) = serde_json::value::to_raw_value(&label) {
            document.extra.insert("dedup".to_owned(), label);
        }
    }
}

/// What is written of a document's place.
#[derive(Serialize)]
struct Label<'l> {
    cluster: &'l str,
    relation: &'static str,
}

/// What reading a batch came to.
struct SignedBatch {
    /// The documents of each record.
    documents: Vec<Result<Vec<Signed>, DocError>>,
    tally: Tally,
    position: u64,
    total: Option<u64>,
}

/// Reads the documents of a batch and makes their signatures, in a worker.
fn sign_batch(batch: Batch, plan: &Plan, options: &ReadOptions, idle: &Idle<Scratch>) -> SignedBatch {
    let mut scratch = idle.take();
    let mut tally = Tally::default();
    let mut all = Vec::with_capacity(batch.records.len());
    for record in batch.records {
        let format = format_of(&record);
        let signed = record.map_err(|lost| lost.error).and_then(|record| {
            contained(&mut scratch, record, |record, scratch| {
                let place = record.source.clone();
                let (documents, bytes) = documents(record, options)?;
                let sign = |(number, document): (usize, Document)| {
                    let id = document.id.clone();
                    let signed = process::sketch(document, &plan.stages, scratch);
                    (key(&place, number), signed.map_err(|(stage, kind)| failed(&place, id, stage, kind)))
                };
                Ok((documents.into_iter().enumerate().map(sign).collect::<Vec<Signed>>(), bytes))
            })
        });
        let signed = signed.map(|(documents, bytes)| {
            tally.bytes += bytes;
            documents
        });
        tally.count(format, signed.as_ref().map_or(1, |documents| documents.len() as u64));
        all.push(signed);
    }
    idle.put(scratch);
    SignedBatch { documents: all, tally, position: batch.position, total: batch.total }
}

/// Reads every document and makes its signature, in the order of the input.
fn sign(
    plan: &Plan,
    workers: &rayon::ThreadPool,
    mut batches: Batches,
    observer: &mut dyn Observer,
    stop: &AtomicBool,
    report: &mut Report,
) -> Result<Vec<Signed>, Error> {
    let idle = Idle::<Scratch>::default();
    let options = read_options(plan);
    let mut interrupted = false;
    let mut all = Vec::new();
    let next = || {
        interrupted = stop.load(Ordering::Relaxed);
        if interrupted { None } else { batches.next() }
    };
    let take = |batch: SignedBatch| {
        report.add(batch.tally);
        for record in batch.documents {
            let documents = record.unwrap_or_else(|error| vec![(0, Err(error))]);
            for (_, signed) in &documents {
                match signed {
                    Ok(Some(_)) => report.count(),
                    Ok(None) => report.leave_out(LeftOut::Short),
                    Err(error) => {
                        observer.failure(error);
                        report.fail(error);
                        if plan.on_error == OnError::Fail {
                            return Err(Error::Stopped(Box::new(error.clone())));
                        }
                    }
                }
            }
            all.extend(documents);
        }
        observer.progress(report.records(), report.failed(), batch.position, batch.total);
        Ok(())
    };
    let limits = Limits::new(workers.current_num_threads(), plan.memory);
    ordered(workers, limits, next, |batch| sign_batch(batch, plan, &options, &idle), |_| 0, take)?;
    if interrupted { Err(Error::Interrupted) } else { Ok(all) }
}
