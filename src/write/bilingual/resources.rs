//! What bilingual files are prefilled and annotated from: translations that came home, an older skeleton, a memory, terms.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use crate::base::error::Error;
use crate::bilingual::skeleton::{self, Doc};
use crate::translate::known::Known;
use crate::translate::qa::{Term, terms};
use crate::translate::unit::Unit;
use crate::translate::update::Older;
use crate::write::bilingual::settings::Settings;

/// All that settings name.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Translations that came home.
    pub(super) known: Option<Known>,
    /// What went out before.
    pub(super) older: Option<Older>,
    /// Terms and their translations.
    pub(super) terms: Vec<Term>,
}

fn refused(path: &Path, reason: impl std::fmt::Display) -> Error {
    Error::Config(format!("{}: {reason}", path.display()))
}

impl Resources {
    /// Reads what `settings` name.
    ///
    /// # Errors
    /// A file that cannot be read or is something else, with its line.
    pub(super) fn open(settings: &Settings) -> Result<Self, Error> {
        let mut resources = Self::default();
        if let Some(path) = &settings.from {
            resources.known = Some(known(path)?);
        }
        if let Some(path) = &settings.update {
            resources.older = Some(older(path)?);
        }
        if let Some(path) = &settings.terms {
            let text = std::fs::read_to_string(path).map_err(|e| refused(path, e))?;
            resources.terms = terms(&text)
                .map_err(|line| refused(path, format!("line {line}: a term without a translation")))?;
        }
        Ok(resources)
    }
}

/// The translations of documents that `merge` wrote as JSON lines.
fn known(path: &Path) -> Result<Known, Error> {
    let lines = BufReader::new(File::open(path).map_err(|e| refused(path, e))?);
    let mut known = Known::default();
    for (number, line) in (1_u64..).zip(lines.lines()) {
        let line = line.map_err(|e| refused(path, e))?;
        let doc: Doc = serde_json::from_str(&line)
            .map_err(|e| refused(path, format!("line {number}: not a document that `merge` wrote: {e}")))?;
        known.add(doc);
    }
    Ok(known)
}

fn older(path: &Path) -> Result<Older, Error> {
    let file = File::open(path).map_err(|e| refused(path, e))?;
    let older = std::cell::RefCell::new(None);
    let add = |doc: Doc| {
        if let Some(older) = older.borrow_mut().as_mut() {
            Older::add(older, doc);
        }
        Ok(())
    };
    skeleton::read(
        file,
        |head| _ = older.replace(Some(Older::new(head))),
        add,
        |refusal| refused(path, refusal),
    )?;
    older.into_inner().ok_or_else(|| refused(path, "it is empty"))
}

/// A memory that proposals are taken from.
#[cfg(feature = "tm")]
#[derive(Debug)]
pub(super) struct Proposals {
    memory: crate::translate::tm::Memory,
    threshold: u8,
    best: usize,
}

#[cfg(feature = "tm")]
impl Proposals {
    /// The memory that `settings` name, for a pair of languages; `None` where they name none, or no target language is known.
    ///
    /// # Errors
    /// A memory that cannot be used.
    pub(super) fn open(
        settings: &Settings,
        source: &str,
        target: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        let Some(path) = &settings.tm else { return Ok(None) };
        let target = target
            .ok_or_else(|| Error::Config("a memory needs a target language (--target-lang)".to_owned()))?;
        let memory = crate::translate::tm::Memory::open(path, source, target)
            .map_err(|e| Error::Config(e.to_string()))?;
        let threshold = settings.threshold.unwrap_or(THRESHOLD);
        Ok(Some(Self { memory, threshold, best: settings.best.unwrap_or(BEST) }))
    }

    /// Adds to a unit of one segment what the memory has for it, and fills it in where that is good enough.
    ///
    /// # Errors
    /// A memory that cannot be read any more.
    pub(super) fn add(&self, doc: &Doc, unit: &mut Unit<'_>, prefill: Option<u8>) -> Result<(), Error> {
        use std::borrow::Cow;

        use crate::bilingual::state::State;
        use crate::translate::leverage::Query;
        use crate::translate::unit::{Match, Note};

        let text =
            |at: Option<usize>| at.and_then(|at| doc.segments.get(at)).map(|segment| segment.text.as_str());
        let source = unit.source();
        let query = Query {
            source: &source,
            previous: text((unit.number - 1).checked_sub(1)),
            next: text(Some(unit.number - 1 + unit.parts.len())),
        };
        let found = self.memory.lookup(&query, self.threshold, self.best);
        for one in found.map_err(|e| Error::Config(e.to_string()))? {
            let mut origin = one.origin;
            for note in &one.notes {
                origin.push_str("; ");
                origin.push_str(note.name());
            }
            unit.matches.push(Match { percent: one.percent, source: one.source, target: one.target, origin });
        }
        let [part] = unit.parts.as_mut_slice() else { return Ok(()) };
        let best = unit.matches.first().filter(|best| prefill.is_some_and(|least| best.percent >= least));
        if let Some(best) = best.filter(|_| part.target.is_none()) {
            part.target = Some(Cow::Owned(best.target.clone()));
            part.state = State::Translated;
            let text = format!("from the memory, {} %", best.percent);
            unit.notes.push(Note { category: "match", text });
        }
        Ok(())
    }
}

/// Percentage that a proposal has at least, where none is asked for: that of most tools.
#[cfg(feature = "tm")]
const THRESHOLD: u8 = 75;

/// Proposals of a unit at most, where no number is asked for.
#[cfg(feature = "tm")]
const BEST: usize = 3;

/// Without the feature there is no memory.
#[cfg(not(feature = "tm"))]
#[derive(Debug)]
pub(super) struct Proposals;

#[cfg(not(feature = "tm"))]
impl Proposals {
    pub(super) fn open(settings: &Settings, _: &str, _: Option<&str>) -> Result<Option<Self>, Error> {
        match &settings.tm {
            None => Ok(None),
            Some(_) => Err(Error::Config(
                "memories are read only by a program that was built with the feature `tm`".to_owned(),
            )),
        }
    }

    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as with the feature")]
    pub(super) fn add(&self, _: &Doc, _: &mut Unit<'_>, _: Option<u8>) -> Result<(), Error> {
        Ok(())
    }
}
