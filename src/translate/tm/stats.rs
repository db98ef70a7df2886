//! What a memory holds, in numbers.

use std::path::Path;

use crate::translate::tm::{Error, Result, schema};

/// What a memory holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// By pair of languages, in their order.
    pub pairs: Vec<PairStats>,
    /// Files that units came from, in the order in which they were imported, with the units met in each.
    pub files: Vec<(String, u64)>,
    /// Size of the memory, in bytes, without what is still in its log.
    pub bytes: u64,
}

/// What a memory holds of one pair of languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairStats {
    /// The language of the sources.
    pub source_lang: String,
    /// The language of the targets.
    pub target_lang: String,
    /// Units.
    pub units: u64,
    /// Sources that differ, taken as equal where they differ by white space, composition or quotes alone.
    pub sources: u64,
}

/// Counts what the memory at `path` holds.
///
/// # Errors
/// When it cannot be read.
pub fn stats(path: &Path) -> Result<Stats> {
    let connection = schema::open(path)?;
    let count = || -> rusqlite::Result<Stats> {
        let snapshot = connection.unchecked_transaction()?;
        let mut counts =
            snapshot.prepare("SELECT count(*), count(DISTINCT hash) FROM unit WHERE pair = ?1")?;
        let mut pairs = Vec::new();
        for (id, source_lang, target_lang) in schema::pairs(&snapshot)? {
            let (units, sources) = counts.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            pairs.push(PairStats { source_lang, target_lang, units, sources });
        }
        let mut files = snapshot.prepare(
            "SELECT o.file, count(DISTINCT s.unit) FROM origin o LEFT JOIN seen s ON s.origin = o.id GROUP BY o.id ORDER BY o.id",
        )?;
        let files = files.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let bytes = snapshot.query_row(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            [],
            |row| row.get(0),
        )?;
        Ok(Stats { pairs, files, bytes })
    };
    count().map_err(Error::database(path))
}
