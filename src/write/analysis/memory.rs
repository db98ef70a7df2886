//! The translation memory that an analysis asks.

use crate::base::error::Error;
use crate::translate::quote::{Leverage, Query};
use crate::write::Totals;
use crate::write::analysis::Settings;

/// Where the lowest band of an analysis begins, in percent.
#[cfg(feature = "tm")]
const LEAST: u8 = 50;

/// A memory that answers with its best match.
#[cfg(feature = "tm")]
#[derive(Debug)]
pub(super) struct Memory(crate::translate::tm::Memory);

#[cfg(feature = "tm")]
impl Leverage for Memory {
    fn best(&self, query: Query<'_>) -> Option<u8> {
        let Query { previous, source, next } = query;
        let query = crate::translate::leverage::Query { source, previous, next };
        // A memory that breaks while it is read counts as one without a match: the price is then the higher one.
        self.0.lookup(&query, LEAST, 1).ok()?.first().map(|found| found.percent)
    }
}

/// The memory that `settings` name.
///
/// # Errors
/// A memory that cannot be used, or sources in several languages.
#[cfg(feature = "tm")]
pub(super) fn open(settings: &Settings, totals: &Totals) -> Result<Option<Memory>, Error> {
    let Some((path, target)) = &settings.tm else { return Ok(None) };
    let source = match &settings.source_lang {
        Some(lang) => lang.clone(),
        None => crate::write::bilingual::only_language(totals)?,
    };
    let memory = crate::translate::tm::Memory::open(path, source.as_str(), target.as_str());
    memory.map(|memory| Some(Memory(memory))).map_err(|e| Error::Config(e.to_string()))
}

/// Without the feature there is no memory.
#[cfg(not(feature = "tm"))]
#[derive(Debug)]
pub(super) enum Memory {}

#[cfg(not(feature = "tm"))]
impl Leverage for Memory {
    fn best(&self, _: Query<'_>) -> Option<u8> {
        match *self {}
    }
}

#[cfg(not(feature = "tm"))]
pub(super) fn open(settings: &Settings, _: &Totals) -> Result<Option<Memory>, Error> {
    match &settings.tm {
        None => Ok(None),
        Some(_) => Err(Error::Config(
            "memories are read only by a program that was built with the feature `tm`".to_owned(),
        )),
    }
}
