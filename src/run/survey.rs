//! The pass before the run: document frequencies of the input, counted in parallel, the same in any order.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use xxhash_rust::xxh3::xxh3_64;

use crate::base::error::{DocError, Error};
use crate::lex::lexicon::fingerprint;
use crate::pipeline::file::OnError;
use crate::pipeline::plan::Plan;
use crate::pipeline::process::{self, Scratch};
use crate::read::ReadOptions;
use crate::run::batch::{Batch, Batches, Idle, contained, documents, format_of, read_options};
use crate::run::exec::{Limits, ordered};
use crate::run::report::{Report, Tally};
use crate::run::{Observer, pool, sink};
use crate::stats::counts::Counts;
use crate::stats::file::{from_bytes, to_bytes};
use crate::stats::model::CorpusModel;
use crate::structure::evidence::LINES;

/// Counts the input of a plan into a corpus model; its outputs play no part.
///
/// # Errors
/// Whatever ends the whole run; a document that fails does not, and stands in the report.
pub fn build_model(
    plan: &Plan,
    observer: &mut dyn Observer,
    stop: &AtomicBool,
) -> Result<(CorpusModel, Report), Error> {
    let pool = pool(plan.threads)?;
    let batches = Batches::open(plan)?;
    survey(plan, &pool, batches, observer, stop)
}

/// Counts every document of `batches`.
///
/// # Errors
/// An interruption, or a failed document where the plan says that it ends the run.
pub(super) fn survey(
    plan: &Plan,
    pool: &rayon::ThreadPool,
    mut batches: Batches,
    observer: &mut dyn Observer,
    stop: &AtomicBool,
) -> Result<(CorpusModel, Report), Error> {
    let idle = Idle::<(Scratch, Counts)>::default();
    let options = read_options(plan);
    let mut report = Report::new(plan);
    let mut interrupted = false;
    let next = || {
        interrupted = stop.load(Ordering::Relaxed);
        if interrupted { None } else { batches.next() }
    };
    let work = |batch: Batch| count(batch, plan, &options, &idle);
    ordered(
        pool,
        Limits::new(pool.current_num_threads(), plan.memory),
        next,
        work,
        |_| 0,
        |batch| {
            report.add(batch.tally);
            for documents in batch.found {
                match documents {
                    Ok(found) => (0..found).for_each(|_| report.count()),
                    Err(error) => {
                        observer.failure(&error);
                        report.fail(&error);
                        if plan.on_error == OnError::Fail {
                            return Err(Error::Stopped(Box::new(error)));
                        }
                    }
                }
            }
            observer.progress(report.records(), report.failed(), batch.position, batch.total);
            Ok(())
        },
    )?;
    if interrupted {
        return Err(Error::Interrupted);
    }
    let mut sum = Counts::default();
    for (_, counts) in idle.into_all() {
        sum.merge(counts);
    }
    Ok((CorpusModel::from_counts(sum), report))
}

/// What counting a batch came to.
struct Counted {
    /// How many documents each record holds.
    found: Vec<Result<usize, DocError>>,
    tally: Tally,
    position: u64,
    total: Option<u64>,
}

/// Counts the documents of a batch, in a worker.
fn count(batch: Batch, plan: &Plan, options: &ReadOptions, idle: &Idle<(Scratch, Counts)>) -> Counted {
    let (mut scratch, mut counts) = idle.take();
    let mut tally = Tally::default();
    let mut found = Vec::with_capacity(batch.records.len());
    for record in batch.records {
        let format = format_of(&record);
        let counted = record.map_err(|lost| lost.error).and_then(|record| {
            contained(&mut scratch, record, |record, scratch| {
                let (documents, bytes) = documents(record, options)?;
                let found = documents.len();
                for document in documents {
                    process::survey(document, &plan.stages, scratch, &mut counts);
                }
                Ok((found, bytes))
            })
        });
        let counted = counted.map(|(documents, bytes)| {
            tally.bytes += bytes;
            documents
        });
        tally.count(format, *counted.as_ref().unwrap_or(&1) as u64);
        found.push(counted);
    }
    idle.put((scratch, counts));
    Counted { found, tally, position: batch.position, total: batch.total }
}

/// Says nothing: what fails while counting fails again, and is told then.
#[derive(Debug)]
pub(super) struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _: u64, _: u64, _: u64, _: Option<u64>) {}
    fn warning(&mut self, _: &str) {}
    fn failure(&mut self, _: &DocError) {}
}

/// Names the rules by which terms and lines are counted.
fn rules() -> u64 {
    xxh3_64(format!("{:016x} {LINES}", fingerprint()).as_bytes())
}

/// Reads a corpus model.
///
/// # Errors
/// A file that is missing, damaged, or made by other rules.
pub fn read_model(path: &Path) -> Result<CorpusModel, Error> {
    let refuse = |reason: String| Error::Model { path: path.to_string_lossy().into_owned(), reason };
    let bytes = std::fs::read(path).map_err(|e| refuse(e.to_string()))?;
    from_bytes(&bytes, rules()).map_err(|e| refuse(e.to_string()))
}

/// Writes a corpus model, whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn write_model(path: &Path, model: &CorpusModel) -> Result<(), Error> {
    sink::write_file(path, &to_bytes(model, rules()))
}
