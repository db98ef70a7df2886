//! What earlier digests told, in one `SQLite` file: their stories by day, the threads these belong to, and every sentence shown.
//!
//! A digest of a day sees only what was told before that day, and takes the place of an earlier digest of the same day: so
//! making a day again gives the same bytes. All of a digest is written in one transaction, or nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};

use crate::base::error::Error;
use crate::digest::remembered::Remembered;

/// Tells our files from those of other programs: `nuds`.
const APPLICATION: i64 = 0x6e75_6473;

/// Version of the shape.
const VERSION: i64 = 1;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

const TABLES: &str = "
CREATE TABLE story (
    day TEXT NOT NULL, thread TEXT NOT NULL, title TEXT NOT NULL, lang TEXT NOT NULL, kept TEXT NOT NULL,
    PRIMARY KEY (day, thread)
) WITHOUT ROWID;
CREATE TABLE told (
    day TEXT NOT NULL, thread TEXT NOT NULL, number INTEGER NOT NULL, segment TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (day, thread, number)
) WITHOUT ROWID;
";

/// Why a state cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The file is something else.
    #[error("{}: not the state of digests", .0.display())]
    NotOurs(PathBuf),
    /// The file was made by a version that writes another shape.
    #[error("{}: a state of version {found}; this program reads up to version {VERSION}", .path.display())]
    Version {
        /// The file as given.
        path: PathBuf,
        /// The version that made it.
        found: i64,
    },
    /// It cannot be opened or written, another program holds it, or it is damaged.
    #[error("{}: {source}", .path.display())]
    Database {
        /// The file as given.
        path: PathBuf,
        /// What `SQLite` said.
        source: rusqlite::Error,
    },
}

impl From<StateError> for Error {
    fn from(error: StateError) -> Self {
        Self::Config(error.to_string())
    }
}

/// An open state.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    connection: Connection,
}

impl State {
    /// Opens a state; a file that does not exist or is empty becomes one.
    ///
    /// # Errors
    /// A file that is something else, of a later version, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, StateError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let failed = |source| StateError::Database { path: path.to_owned(), source };
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        let mut state = Self { path: path.to_owned(), connection };
        state.connection.busy_timeout(PATIENCE).map_err(failed)?;
        state.make()?;
        // A digest that was confirmed is on the disk, not only in the system's memory.
        state.connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        Ok(state)
    }

    /// Makes the tables of an empty file, and refuses one that is not ours. A later version migrates here, step by step.
    fn make(&mut self) -> Result<(), StateError> {
        let path = self.path.clone();
        let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => StateError::NotOurs(path.clone()),
            _ => StateError::Database { path: path.clone(), source },
        };
        let making =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
        let number = |what: &str| making.query_row(what, [], |row| row.get::<_, i64>(0)).map_err(&failed);
        let application = number("PRAGMA application_id")?;
        let found = number("PRAGMA user_version")?;
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        match (application, found) {
            (APPLICATION, VERSION) => return Ok(()),
            (APPLICATION, found) => return Err(StateError::Version { path: self.path.clone(), found }),
            (0, 0) if tables == 0 => {}
            _ => return Err(StateError::NotOurs(self.path.clone())),
        }
        making.execute_batch(TABLES).map_err(&failed)?;
        making.pragma_update(None, "application_id", APPLICATION).map_err(&failed)?;
        making.pragma_update(None, "user_version", VERSION).map_err(&failed)?;
        making.commit().map_err(&failed)
    }

    /// What was told from `since` on and before `day`, oldest first.
    ///
    /// # Errors
    /// A state that cannot be read any more.
    pub fn before(&self, since: &str, day: &str) -> Result<Vec<Remembered>, StateError> {
        self.read(since, day).map_err(|source| StateError::Database { path: self.path.clone(), source })
    }

    fn read(&self, since: &str, day: &str) -> rusqlite::Result<Vec<Remembered>> {
        let mut stories: BTreeMap<(String, String), Remembered> = BTreeMap::new();
        let mut query = self.connection.prepare(
            "SELECT day, thread, title, lang, kept FROM story WHERE day >= ?1 AND day < ?2 ORDER BY day, thread",
        )?;
        let rows = query.query_map(params![since, day], |row| {
            Ok(Remembered {
                day: row.get(0)?,
                thread: row.get(1)?,
                title: row.get(2)?,
                lang: row.get(3)?,
                kept: row.get(4)?,
                sentences: Vec::new(),
            })
        })?;
        for told in rows {
            let told = told?;
            stories.insert((told.day.clone(), told.thread.clone()), told);
        }
        let mut query = self.connection.prepare(
            "SELECT day, thread, segment, text FROM told WHERE day >= ?1 AND day < ?2 ORDER BY day, thread, number",
        )?;
        let mut rows = query.query(params![since, day])?;
        while let Some(row) = rows.next()? {
            if let Some(story) = stories.get_mut(&(row.get(0)?, row.get(1)?)) {
                story.sentences.push((row.get(2)?, row.get(3)?));
            }
        }
        Ok(stories.into_values().collect())
    }

    /// Remembers what digests of `days` told, in place of what was remembered of these days. When this returns, all of it is on
    /// the disk; when it does not, nothing is.
    ///
    /// # Errors
    /// A state that cannot be written.
    pub fn remember(&mut self, days: &[String], stories: &[Remembered]) -> Result<(), StateError> {
        let path = self.path.clone();
        self.write(days, stories).map_err(|source| StateError::Database { path, source })
    }

    fn write(&mut self, days: &[String], stories: &[Remembered]) -> rusqlite::Result<()> {
        let writing = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for day in days {
            writing.execute("DELETE FROM story WHERE day = ?1", [day])?;
            writing.execute("DELETE FROM told WHERE day = ?1", [day])?;
        }
        for story in stories {
            writing.execute(
                "INSERT INTO story (day, thread, title, lang, kept) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![story.day, story.thread, story.title, story.lang, story.kept],
            )?;
            for (number, (segment, text)) in (0_i64..).zip(&story.sentences) {
                writing.execute(
                    "INSERT INTO told (day, thread, number, segment, text) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![story.day, story.thread, number, segment, text],
                )?;
            }
        }
        writing.commit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(day: &str, thread: &str, sentences: &[&str]) -> Remembered {
        Remembered {
            thread: thread.to_owned(),
            day: day.to_owned(),
            title: format!("Title of {thread}"),
            lang: "en".to_owned(),
            kept: "{}".to_owned(),
            sentences: sentences.iter().map(|&text| (format!("s-{text}"), text.to_owned())).collect(),
        }
    }

    fn days(names: &[&str]) -> Vec<String> {
        names.iter().map(|&day| day.to_owned()).collect()
    }

    #[test]
    fn a_day_sees_what_was_told_before_it_and_takes_its_own_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state");
        let mut state = State::open(&path).expect("made");
        let first = [told("2024-03-11", "a", &["One.", "Two."]), told("2024-03-11", "b", &[])];
        state.remember(&days(&["2024-03-11"]), &first).expect("kept");
        state.remember(&days(&["2024-03-12"]), &[told("2024-03-12", "a", &["Three."])]).expect("kept");
        drop(state);
        let mut state = State::open(&path).expect("opens again");
        assert_eq!(state.before("", "2024-03-12").expect("read"), first);
        assert!(state.before("", "2024-03-11").expect("read").is_empty());
        assert_eq!(state.before("2024-03-12", "2024-03-13").expect("read").len(), 1);
        state.remember(&days(&["2024-03-12"]), &[told("2024-03-12", "c", &["Four."])]).expect("kept");
        let threads: Vec<_> =
            state.before("", "2024-03-13").expect("read").into_iter().map(|told| told.thread).collect();
        assert_eq!(threads, ["a", "b", "c"]);
    }

    #[test]
    fn what_cannot_be_kept_whole_leaves_all_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut state = State::open(&folder.path().join("state")).expect("made");
        let day = days(&["2024-03-11"]);
        state.remember(&day, &[told("2024-03-11", "a", &["One."])]).expect("kept");
        let twice = [told("2024-03-11", "b", &["Two."]), told("2024-03-11", "b", &["Two."])];
        assert!(state.remember(&day, &twice).is_err());
        assert_eq!(state.before("", "2024-03-12").expect("read"), [told("2024-03-11", "a", &["One."])]);
    }

    #[test]
    fn files_of_others_and_of_later_versions_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("other");
        std::fs::write(&path, "a text that is no database at all, and longer than a header would be")
            .expect("written");
        assert!(matches!(State::open(&path), Err(StateError::NotOurs(_))));
        let path = folder.path().join("later");
        State::open(&path).expect("made").connection.pragma_update(None, "user_version", 9).expect("set");
        let refusal = State::open(&path).expect_err("refused").to_string();
        assert!(refusal.ends_with("a state of version 9; this program reads up to version 1"), "{refusal}");
        let path = folder.path().join("database");
        Connection::open(&path).expect("made").execute_batch("CREATE TABLE x (y)").expect("made");
        assert!(matches!(State::open(&path), Err(StateError::NotOurs(_))));
    }
}
