//! A whole run: inputs in, outputs written in the order of the input, counts that add up.
//!
//! The calling thread cuts records, writes results, and nothing else; reading, cleaning, ranking and rendering happen in
//! workers.

mod batch;
mod digest;
mod duplicates;
mod exec;
mod groups;
mod ids;
pub mod merge;
pub mod panics;
pub mod report;
mod sink;
#[cfg(not(feature = "digest"))]
mod stateless;
mod survey;
mod translations;
mod untranslated;
mod waiting;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::base::error::{DocError, Error};
use crate::pipeline::file::{Dedup, OnError};
use crate::pipeline::kept;
use crate::pipeline::member::adopt_ids;
use crate::pipeline::plan::{ModelSource, Plan};
use crate::pipeline::process::{Scratch, rename};
use crate::run::batch::{Batches, Item, Worker};
use crate::run::digest::{Ready, digest};
use crate::run::duplicates::Duplicates;
use crate::run::exec::{Limits, ordered};
use crate::run::groups::Groups;
use crate::run::ids::Ids;
use crate::run::report::Report;
use crate::run::sink::Sink;
use crate::run::waiting::Waiting;
use crate::write::{Content, Totals};

pub use duplicates::{Placed, find_duplicates};
pub use sink::write_file;
pub use survey::{build_model, read_model, write_model};

/// What a run tells while it goes on; all methods are called on the calling thread.
pub trait Observer {
    /// So many records were taken up, of which so many failed; `done` of `total` bytes of input were read, where the
    /// total is known.
    fn progress(&mut self, records: u64, failed: u64, done: u64, total: Option<u64>);

    /// Something a person should know that failed nothing.
    fn warning(&mut self, text: &str);

    /// A document was given up.
    fn failure(&mut self, error: &DocError);
}

/// Stack of a worker: deep enough for any text the caps let through.
const STACK_BYTES: usize = 64 << 20;

/// A pool of workers; 0 threads takes one for each processor.
fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK_BYTES)
        .thread_name(|n| format!("{}{n}", panics::WORKER))
        .build()
        .map_err(|e| Error::Config(format!("no worker threads: {e}")))
}

/// Runs a plan. `stdout` takes the outputs that go to standard output; `stop` ends the run early when it turns true.
///
/// # Errors
/// Whatever ends the whole run; a document that fails does not, and stands in the report.
pub fn run(
    mut plan: Plan,
    stdout: &mut dyn Write,
    observer: &mut dyn Observer,
    stop: &AtomicBool,
) -> Result<Report, Error> {
    let pool = pool(plan.threads)?;
    let mut batches = Batches::open(&plan)?;
    match &plan.model {
        ModelSource::Builtin => {}
        ModelSource::File(path) => plan.stages.model = Some(Arc::new(read_model(path)?)),
        ModelSource::Batch => {
            let (model, _) = survey::survey(&plan, &pool, batches.spool()?, &mut survey::Silent, stop)?;
            plan.stages.model = Some(Arc::new(model));
        }
    }
    let mut run = Run {
        sinks: plan
            .outputs
            .iter()
            .map(|o| Sink::open(&o.target, o.writer.as_ref()))
            .collect::<Result<_, _>>()?,
        report: Report::new(&plan),
        totals: Totals::default(),
        ids: Ids::default(),
        groups: Groups::default(),
        waiting: Waiting::default(),
        scratch: Scratch::default(),
        errors: Vec::new(),
    };
    let duplicates = match plan.dedup {
        Dedup::Off => None,
        Dedup::KeepFirst | Dedup::Group => {
            let spooled = batches.spool()?;
            Some(Duplicates::find(&plan, &pool, spooled, &mut survey::Silent, stop)?.0)
        }
    };
    let worker = Worker::new(&plan, duplicates);
    let limits = Limits::new(pool.current_num_threads(), plan.memory);
    let mut interrupted = false;
    ordered(
        &pool,
        limits,
        || {
            interrupted = stop.load(Ordering::Relaxed);
            if interrupted { None } else { batches.next() }
        },
        |batch| worker.work(batch),
        |batch| batch.bytes,
        |batch| {
            run.report.add(batch.tally);
            for item in batch.items {
                run.take(item, &plan, stdout, observer)?;
            }
            let failed = run.report.failed();
            observer.progress(run.report.records(), failed, batch.position, batch.total);
            Ok(())
        },
    )?;
    if interrupted {
        return Err(Error::Interrupted);
    }
    run.summarize_groups(&plan, &pool, limits, stop, stdout, observer)?;
    let ready = run.digest(&plan, &pool, stdout, observer)?;
    run.finish(&plan, ready, batches.notes(), stdout, observer)
}

struct Run<'p> {
    sinks: Vec<Sink<'p>>,
    report: Report,
    totals: Totals,
    ids: Ids,
    groups: Groups,
    /// Documents that wait for their digest.
    waiting: Waiting,
    scratch: Scratch,
    errors: Vec<u8>,
}

impl Run<'_> {
    fn take(
        &mut self,
        item: Item,
        plan: &Plan,
        stdout: &mut dyn Write,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        match item {
            Item::Failed(error) => {
                self.report.fail(&error);
                self.fail(error, plan, observer)?;
            }
            Item::LeftOut(why) => self.report.leave_out(why),
            Item::Done(mut finished) => {
                if let Some(id) = self.ids.unique(&finished.done.id) {
                    let text = format!(
                        "{}: id `{}` was seen before, written as `{id}`",
                        finished.done.document.source.path, finished.done.id
                    );
                    observer.warning(&text);
                    self.report.warn(text);
                    rename(&mut finished.done, id, &mut self.scratch);
                    finished.render(&plan.outputs);
                    if let Some(grouped) = &mut finished.grouped {
                        adopt_ids(&mut grouped.member, &finished.done);
                    }
                    if let Some(kept) = &mut finished.kept {
                        kept::adopt_ids(kept, &finished.done);
                    }
                }
                if let Some(grouped) = finished.grouped {
                    self.groups.add(*grouped);
                }
                if let (Some(kept), Some(asked)) = (finished.kept, &plan.digest) {
                    self.waiting.add(*kept, &asked.choice);
                }
                *self.totals.languages.entry(finished.done.document.lang_or_unknown()).or_default() += 1;
                self.report.finish(&finished.done);
                for (sink, bytes) in self.sinks.iter_mut().zip(&finished.rendered) {
                    sink.write(bytes, stdout)?;
                }
            }
        }
        Ok(())
    }

    /// Tells of a failure, which may end the run.
    fn fail(&mut self, error: DocError, plan: &Plan, observer: &mut dyn Observer) -> Result<(), Error> {
        observer.failure(&error);
        self.errors.extend_from_slice(report::error_line(&error).as_bytes());
        if plan.on_error == OnError::Fail { Err(Error::Stopped(Box::new(error))) } else { Ok(()) }
    }

    /// Writes the groups, where there are some, now that all documents are known.
    fn summarize_groups(
        &mut self,
        plan: &Plan,
        pool: &rayon::ThreadPool,
        limits: Limits,
        stop: &AtomicBool,
        stdout: &mut dyn Write,
        observer: &mut dyn Observer,
    ) -> Result<(), Error> {
        let Some(grouping) = &plan.grouping else { return Ok(()) };
        let groups = std::mem::take(&mut self.groups);
        self.report.groups = Some(0);
        groups.summarize(plan, grouping, pool, limits, stop, |group| {
            let group = match group {
                Ok(group) => group,
                Err(lost) => {
                    self.report.lose_group(&lost);
                    return self.fail(lost.error, plan, observer);
                }
            };
            self.report.add_group(group.sentences, group.words);
            for (sink, bytes) in self.sinks.iter_mut().zip(&group.bytes) {
                sink.write(bytes, stdout)?;
            }
            Ok(())
        })
    }

    /// Makes the digest, where one is asked for, and renders it.
    fn digest(
        &mut self,
        plan: &Plan,
        pool: &rayon::ThreadPool,
        stdout: &mut dyn Write,
        observer: &mut dyn Observer,
    ) -> Result<Option<Ready>, Error> {
        let Some(asked) = &plan.digest else { return Ok(None) };
        let chosen = std::mem::take(&mut self.waiting).settle(&asked.choice);
        if let Some(text) = chosen.complaint() {
            observer.warning(&text);
            self.report.warn(text);
        }
        let mut ready = digest(plan, asked, &chosen.kept, pool)?;
        let counts = &mut ready.made.digest.counts;
        counts.undated = chosen.undated;
        self.report.tell_digest(counts, chosen.other_days, ready.made.muted);
        for (output, sink) in plan.outputs.iter().zip(&mut self.sinks) {
            if output.content == Content::Digest {
                let mut bytes = Vec::new();
                output.writer.render_digest(&ready.made.digest, &mut bytes)?;
                sink.write(&bytes, stdout)?;
            }
        }
        Ok(Some(ready))
    }

    fn finish(
        mut self,
        plan: &Plan,
        ready: Option<Ready>,
        notes: Vec<(String, String)>,
        stdout: &mut dyn Write,
        observer: &mut dyn Observer,
    ) -> Result<Report, Error> {
        for (path, reason) in notes {
            observer.warning(&format!("{path}: skipped, {reason}"));
            self.report.skip(path, reason);
        }
        for sink in &mut self.sinks {
            for text in sink.close(&self.totals, stdout)? {
                observer.warning(&text);
                self.report.warn(text);
            }
        }
        let mut beside = Vec::new();
        if let Some(mut ready) = ready {
            for (path, file) in std::mem::take(&mut ready.beside) {
                beside.push(sink::filled(&path, file)?);
            }
            ready.remember()?;
        }
        // Files take their places together, after everything that could fail has not.
        for file in beside {
            file.commit()?;
        }
        for sink in self.sinks {
            sink.commit()?;
        }
        if let Some(path) = &plan.errors {
            write_file(path, &self.errors)?;
        }
        if let Some(path) = &plan.report {
            write_file(path, self.report.to_json().as_bytes())?;
        }
        Ok(self.report)
    }
}
