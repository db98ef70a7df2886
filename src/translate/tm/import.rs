//! Files put into a memory.

use crate::bilingual::{Head, Neighbour, Refusal, Row, State};
use crate::translate::leverage::fold;
use crate::translate::tm::writer::{Imported, Unit, Writer};
use crate::translate::tm::{Error, Result};

/// Why a file was not, or not wholly, imported.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file is refused; nothing of it was imported.
    #[error(transparent)]
    File(#[from] Refusal),
    /// The memory could not be written; what was committed is in it.
    #[error(transparent)]
    Memory(#[from] Error),
}

/// A file to be imported, as something that can be read twice.
pub type Feed<'f> = dyn FnMut(&mut dyn FnMut(Row)) -> Result<Head, Refusal> + 'f;

/// Puts the translated rows of `feed` into the memory, as units of the file `name`.
///
/// The file is read twice: first to its end, to see that it is whole and what its languages are, so that nothing of a file
/// comes in that is refused; then row by row, in batches, with `committed` told after each. Rows without a target are left out,
/// and those whose target is their source, unless they are said to be translated. Neighbours are those that a row names; with
/// `in_order`, rows of a document that name none are neighbours as they stand. A memory (TMX) has no such order.
///
/// # Errors
/// [`Failure::File`] where the file is refused or does not say its languages, [`Failure::Memory`] where the memory cannot be written.
pub fn import(
    writer: &mut Writer,
    name: &str,
    in_order: bool,
    feed: &mut Feed<'_>,
    committed: &mut dyn FnMut(Imported),
) -> Result<Imported, Failure> {
    let head = feed(&mut |_| ())?;
    let lang = |lang: Option<String>, which| {
        lang.ok_or_else(|| {
            Refusal::whole(format!("it does not say its {which} language; give --{which}-lang"))
        })
    };
    writer.begin(name, &lang(head.source_lang, "source")?, &lang(head.target_lang, "target")?)?;
    let mut failed = None;
    let mut rows = Neighbours::default();
    let mut put = |unit: Option<Unit>| {
        let Some(unit) = unit.filter(|_| failed.is_none()) else { return };
        match writer.add(unit) {
            Ok(grown) => grown.into_iter().for_each(&mut *committed),
            Err(e) => failed = Some(e),
        }
    };
    feed(&mut |row| put(rows.next(row, in_order)))?;
    put(rows.last.take());
    match failed {
        Some(e) => Err(e.into()),
        None => Ok(writer.commit()?),
    }
}

/// Holds a row back until the next one is known.
#[derive(Default)]
struct Neighbours {
    last: Option<Unit>,
    /// Whether the row that is held back names its neighbours itself.
    named: bool,
    /// The document and the source of the row before, where order tells something.
    previous: Option<(usize, u64)>,
}

impl Neighbours {
    /// Takes a row; gives the unit before it, where that one is to be kept.
    fn next(&mut self, row: Row, in_order: bool) -> Option<Unit> {
        let own = in_order.then(|| (row.document, fold::hash(&row.source)));
        let mut before = self.last.take();
        let beside = |other: Option<(usize, u64)>| {
            let (document, hash) = other?;
            (document == row.document).then_some(hash)
        };
        let previous = beside(self.previous);
        // The row before may be left out, and then nothing waits for this one.
        if let Some(unit) = before.as_mut().filter(|_| !self.named) {
            unit.next = own.filter(|_| previous.is_some()).map(|(_, hash)| hash);
        }
        let [pre, post] = &row.context;
        self.named = pre.is_some() || post.is_some();
        let [pre, post] =
            if self.named { [pre, post].map(|one| one.as_ref().map(hash_of)) } else { [previous, None] };
        self.previous = own;
        self.last = unit(row, [pre, post]);
        before
    }
}

fn hash_of(neighbour: &Neighbour) -> u64 {
    match neighbour {
        Neighbour::Text(text) => fold::hash(text),
        Neighbour::Hash(hash) => *hash,
    }
}

/// The unit of a row; `None` where it has no translation that is one.
fn unit(row: Row, [previous, next]: [Option<u64>; 2]) -> Option<Unit> {
    let target = row.target.filter(|target| !target.trim().is_empty())?;
    let says_so = row.state.is_some_and(|state| state >= State::Translated);
    if row.source.trim().is_empty() || (target == row.source && !says_so) {
        return None;
    }
    let name = match row.segment {
        Some(segment) => format!("{}/{segment}", row.id),
        None => row.id,
    };
    let state = row.state.unwrap_or(State::Translated);
    let provenance = row.provenance.map(|told| *told).unwrap_or_default();
    Some(Unit { source: row.source, target, previous, next, state, name, provenance })
}
