//! Documents gathered by group while a run goes on, and their summaries when all are known.

use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use crate::base::error::{DocError, Error};
use crate::group::{Member, summarize};
use crate::pipeline::plan::{Grouping, Output, Plan};
use crate::run::exec::{Limits, ordered};
use crate::run::panics;
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

/// A group that was given up.
#[derive(Debug)]
pub(super) struct LostGroup {
    /// Why; the id is the name of the group, the path that of its first document.
    pub(super) error: DocError,
    /// Documents in it.
    pub(super) documents: u64,
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
        take: impl FnMut(Result<Rendered, LostGroup>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut interrupted = false;
        let mut groups = self.names.into_iter().zip(self.members);
        let work = |(name, members): (String, Vec<Member>)| {
            rendered(&name, &members, || render(&name, &members, plan, grouping))
        };
        let bytes = |group: &Result<Rendered, LostGroup>| {
            group.as_ref().map_or(0, |group| group.bytes.iter().map(Vec::len).sum::<usize>() as u64)
        };
        let next = || {
            interrupted = stop.load(Ordering::Relaxed);
            if interrupted { None } else { groups.next() }
        };
        ordered(pool, limits, next, work, bytes, take)?;
        if interrupted { Err(Error::Interrupted) } else { Ok(()) }
    }
}

/// What `render` makes of a group; a panic costs this group alone.
fn rendered(
    name: &str,
    members: &[Member],
    render: impl FnOnce() -> Rendered,
) -> Result<Rendered, LostGroup> {
    panics::caught(render).map_err(|kind| {
        let path = members.first().map(|member| member.place.clone()).unwrap_or_default();
        let error =
            DocError { path, member: None, record: 0, id: Some(name.to_owned()), stage: "group", kind };
        LostGroup { error, documents: members.len() as u64 }
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::testing::member;

    #[test]
    fn a_panic_costs_its_group_and_names_it() {
        let members = [member("a", &["One."]), member("b", &["Two."])];
        let lost = rendered("corran", &members, || panic!("ranking broke")).expect_err("the panic");
        assert_eq!(lost.error.to_string(), "a.txt: a bug in nutgraf: ranking broke");
        assert_eq!((lost.error.id.as_deref(), lost.documents), (Some("corran"), 2));
    }
}
