//! A translation memory in one `SQLite` file: many read it while one writes, and what was committed survives the program's end.
//!
//! Units are rows with ids that only grow. Their tokens stand in posting lists, one for each token and 65,536 units, which tell
//! the few old sources worth comparing with a new one.

pub mod export;
pub mod import;
mod lookup;
mod schema;
mod stats;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::translate::leverage::{Match, Query};

pub use stats::{PairStats, Stats, stats};
pub use writer::{Imported, Unit, Writer};

/// Why a memory cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file does not exist, or cannot be opened.
    #[error("{path}: {reason}")]
    Open {
        /// The file as given.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The file is something else.
    #[error("{path}: not a translation memory of nutgraf")]
    NotOurs {
        /// The file as given.
        path: PathBuf,
    },
    /// The file was made by a version that writes another shape.
    #[error(
        "{path}: a translation memory of version {found}; this program reads version {ours}: export it to TMX with the program that made it, and import that"
    )]
    Version {
        /// The file as given.
        path: PathBuf,
        /// The version that made it.
        found: i64,
        /// The version that is read.
        ours: i64,
    },
    /// Languages that do not say which pair is meant.
    #[error("{0}")]
    Languages(String),
    /// Another program writes, the disk is full, the file is damaged.
    #[error("{path}: {source}")]
    Database {
        /// The file as given.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
    /// A result that cannot be written.
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

/// Results of this module.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    fn database(path: &Path) -> impl Fn(rusqlite::Error) -> Self {
        move |source| Self::Database { path: path.to_owned(), source }
    }
}

/// A memory that is looked up, from one language into another; may be shared by threads.
///
/// Each thread that looks something up at the same time as another opens a connection of its own, which is kept for the next one.
#[derive(Debug)]
pub struct Memory {
    path: PathBuf,
    source_lang: String,
    target_lang: String,
    idle: Mutex<Vec<lookup::Reader>>,
}

impl Memory {
    /// The memory at `path`, for translations from `source_lang` into `target_lang` (BCP 47 tags).
    ///
    /// Units serve whose source language has the same primary subtag (`en-GB` for `en-US`), and whose target language is the
    /// same or the same but for subtags that only one of the two has (`fr-CA` for `fr`, not for `fr-FR`). There may be none.
    ///
    /// # Errors
    /// When the file does not exist, is not a memory, or one of another version.
    pub fn open(path: &Path, source_lang: &str, target_lang: &str) -> Result<Self> {
        let memory = Self {
            path: path.to_owned(),
            source_lang: source_lang.to_owned(),
            target_lang: target_lang.to_owned(),
            idle: Mutex::default(),
        };
        let reader = memory.reader()?;
        memory.give_back(reader);
        Ok(memory)
    }

    /// The best `best` matches of `query` that have at least `threshold` percent, the best first.
    ///
    /// `threshold` is raised to 1 where it is 0; CAT tools use 75, or 50 to see more. Of several units with one target only the
    /// first is given. Equal percentages are ordered by neighbours that fit, then state, then date, the newest
    /// first, then what was imported first.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub fn lookup(&self, query: &Query<'_>, threshold: u8, best: usize) -> Result<Vec<Match>> {
        let mut reader = self.reader()?;
        let found = reader.lookup(query, threshold.max(1), best).map_err(Error::database(&self.path))?;
        self.give_back(reader);
        Ok(found)
    }

    fn reader(&self) -> Result<lookup::Reader> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(reader) => Ok(reader),
            None => lookup::Reader::open(&self.path, &self.source_lang, &self.target_lang),
        }
    }

    fn give_back(&self, reader: lookup::Reader) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
    }
}

/// The languages of the one pair that `source_lang` and `target_lang` leave of those in the memory at `path`.
///
/// # Errors
/// When the memory cannot be read, or they leave none or several.
pub fn languages(
    path: &Path,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
) -> Result<(String, String)> {
    let (_, source, target) = one_pair(&schema::open(path)?, path, source_lang, target_lang)?;
    Ok((source, target))
}

/// The number and languages of the one pair that `source_lang` and `target_lang` leave of those in the memory.
fn one_pair(
    connection: &Connection,
    path: &Path,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
) -> Result<(i64, String, String)> {
    let all = schema::pairs(connection).map_err(Error::database(path))?;
    let fits = |given: Option<&str>, lang: &str| given.is_none_or(|given| given.eq_ignore_ascii_case(lang));
    let mut left =
        all.iter().filter(|(_, source, target)| fits(source_lang, source) && fits(target_lang, target));
    match (left.next(), left.next()) {
        (Some(pair), None) => Ok(pair.clone()),
        (one, _) => {
            let shown: Vec<_> =
                all.iter().map(|(_, source, target)| format!("{source} to {target}")).collect();
            let which =
                if one.is_none() { "no such languages" } else { "several pairs of languages: choose one" };
            Err(Error::Languages(format!("{}: {which}; it holds {}", path.display(), shown.join(", "))))
        }
    }
}

#[cfg(test)]
mod tests;
