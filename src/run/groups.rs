//! Documents gathered by group while a run goes on, and their summaries when all are known.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use crate::base::error::Error;
use crate::group::{Member, summarize};
use crate::pipeline::plan::{Grouping, Output, Plan};
use crate::run::exec::{Limits, ordered};
use crate::write::Content;

/// A document that waits for the rest of its group.
#[derive(Debug)]
pub(super) struct Grouped {
    /// The name of its group.
    pub(super) group: String,
    /// What the group needs of it.
    pub(super) member: Member,
}

/// The groups of a run, in the order of their first documents.
#[derive(Debug, Default)]
pub(super) struct Groups {
    names: Vec<String>,
    members: Vec<Vec<Member>>,
    numbers: FxHashMap<String, usize>,
}

/// A group's summary, written.
#[derive(Debug)]
pub(super) struct Rendered {
    /// Its bytes for each output; none for outputs that are not of groups.
    pub(super) bytes: Vec<Vec<u8>>,
    /// Sentences of the summary.
    pub(super) sentences: u64,
    /// Words of the summary.
    pub(super) words: u64,
}

impl Groups {
    /// Adds a document, the next in the input.
    pub(super) fn add(&mut self, grouped: Grouped) {
        let Grouped { group, member } = grouped;
        let number = *self.numbers.entry(group).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.members.push(Vec::new());
            self.names.len() - 1
        });
        self.members[number].push(member);
    }

    /// Summarizes the groups in parallel and hands them to `take` in order, on this thread.
    ///
    /// # Errors
    /// The first of `take`, and [`Error::Interrupted`] when `stop` turns true.
    pub(super) fn summarize(
        self,
        plan: &Plan,
        grouping: &Grouping,
        pool: &rayon::ThreadPool,
        limits: Limits,
        stop: &AtomicBool,
        take: impl FnMut(Rendered) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut interrupted = false;
        let mut groups = self.names.into_iter().zip(self.members);
        let work = |(name, members): (String, Vec<Member>)| render(&name, &members, plan, grouping);
        let bytes = |group: &Rendered| group.bytes.iter().map(Vec::len).sum::<usize>() as u64;
        let next = || {
            interrupted = stop.load(Ordering::Relaxed);
            if interrupted { None } else { groups.next() }
        };
        ordered(pool, limits, next, work, bytes, take)?;
        if interrupted { Err(Error::Interrupted) } else { Ok(()) }
    }
}

fn render(name: &str, members: &[Member], plan: &Plan, grouping: &Grouping) -> Rendered {
    let group = summarize(name, members, &grouping.weights, plan.stages.budget);
    let render = |output: &Output| {
        let mut bytes = Vec::new();
        if output.content == Content::Groups {
            output.writer.render_group(&group, &mut bytes);
        }
        bytes
    };
    Rendered {
        bytes: plan.outputs.iter().map(render).collect(),
        sentences: group.summary.len() as u64,
        words: group.words(),
    }
}
