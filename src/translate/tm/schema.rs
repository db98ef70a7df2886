//! The shape of the file.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Row};

use crate::bilingual::{Provenance, Stamp};
use crate::translate::tm::{Error, Result};

/// Tells our files from those of other programs: `nutm`.
const APPLICATION: i64 = 0x6e75_746d;

/// Version of the shape; a change of tokens, hashes or tables makes a new one.
const VERSION: i64 = 2;

/// What makes a memory of each version one of the next, from version 1 on.
const MIGRATIONS: [&str; 1] = ["
ALTER TABLE unit ADD COLUMN changed INTEGER;
ALTER TABLE unit ADD COLUMN created INTEGER;
ALTER TABLE unit ADD COLUMN changed_by TEXT;
ALTER TABLE unit ADD COLUMN created_by TEXT;
ALTER TABLE unit ADD COLUMN tool TEXT;
ALTER TABLE unit ADD COLUMN client TEXT;
ALTER TABLE unit ADD COLUMN project TEXT;
"];

/// What lets a program that may not write see a memory of version 1 as one of ours.
const VERSION_1: &str = "
CREATE TEMP VIEW unit AS SELECT *, NULL AS changed, NULL AS created, NULL AS changed_by, NULL AS created_by, NULL AS tool,
    NULL AS client, NULL AS project FROM main.unit;
";

/// The columns of a unit that [`provenance`] reads, of the table `u`.
pub(super) const PROVENANCE: &str =
    "u.changed, u.created, u.changed_by, u.created_by, u.tool, u.client, u.project";

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// Units in a posting list.
pub(super) const BLOCK_BITS: u32 = 16;

/// Bits of a token's number in the key of its posting lists; two tokens may share one, which costs comparisons and no match.
const TERM_BITS: u32 = 40;

const TABLES: &str = "
CREATE TABLE pair (id INTEGER PRIMARY KEY, source_lang TEXT NOT NULL, target_lang TEXT NOT NULL, UNIQUE (source_lang, target_lang));
CREATE TABLE origin (id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE);
CREATE TABLE unit (
    id INTEGER PRIMARY KEY, pair INTEGER NOT NULL, hash INTEGER NOT NULL, key INTEGER NOT NULL, source TEXT NOT NULL,
    target TEXT NOT NULL, previous INTEGER, next INTEGER, state INTEGER NOT NULL,
    changed INTEGER, created INTEGER, changed_by TEXT, created_by TEXT, tool TEXT, client TEXT, project TEXT
);
CREATE UNIQUE INDEX unit_key ON unit (hash, key);
CREATE TABLE seen (unit INTEGER NOT NULL, origin INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (unit, origin, name)) WITHOUT ROWID;
CREATE TABLE posting (key INTEGER PRIMARY KEY, units BLOB NOT NULL);
";

/// Opens a memory to read it.
pub(super) fn open(path: &Path) -> Result<Connection> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match version(&connection, path)? {
        Some(VERSION) => Ok(connection),
        Some(_) => {
            connection.execute_batch(VERSION_1).map_err(Error::database(path))?;
            Ok(connection)
        }
        None => Err(Error::NotOurs { path: path.to_owned() }),
    }
}

/// Opens a memory to write into it; a file that does not exist or is empty becomes one, and an older one becomes one of ours.
pub(super) fn create(path: &Path) -> Result<Connection> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    let failed = Error::database(path);
    let found = version(&connection, path)?;
    if found.is_none() {
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(&failed)?;
    }
    if found != Some(VERSION) {
        let making = connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(&failed)?;
        // Another writer may have made it meanwhile.
        match version(&making, path)? {
            None => {
                making.execute_batch(TABLES).map_err(&failed)?;
                making.pragma_update(None, "application_id", APPLICATION).map_err(&failed)?;
            }
            Some(older) => {
                let done = usize::try_from(older - 1).unwrap_or(0);
                for step in MIGRATIONS.iter().skip(done) {
                    making.execute_batch(step).map_err(&failed)?;
                }
            }
        }
        making.pragma_update(None, "user_version", VERSION).map_err(&failed)?;
        making.commit().map_err(&failed)?;
    }
    // A batch that was confirmed is on the disk, not only in the system's memory.
    connection.pragma_update(None, "synchronous", "FULL").map_err(&failed)?;
    connection.pragma_update(None, "cache_size", -65_536).map_err(&failed)?;
    Ok(connection)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let open = |e: rusqlite::Error| Error::Open { path: path.to_owned(), reason: e.to_string() };
    if flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        std::fs::metadata(path).map_err(|e| Error::Open { path: path.to_owned(), reason: e.to_string() })?;
    }
    let connection =
        Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(open)?;
    connection.busy_timeout(PATIENCE).map_err(open)?;
    Ok(connection)
}

/// The version of a memory that can be read or made so; `None` of an empty file.
fn version(connection: &Connection, path: &Path) -> Result<Option<i64>> {
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let not_a_database = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::NotOurs { path: path.to_owned() },
        _ => Error::Database { path: path.to_owned(), source: e },
    };
    let application = pragma("application_id").map_err(not_a_database)?;
    let found = pragma("user_version").map_err(not_a_database)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(not_a_database)?;
    match (application, found) {
        (APPLICATION, 1..=VERSION) => Ok(Some(found)),
        (APPLICATION, found) => Err(Error::Version { path: path.to_owned(), found, ours: VERSION }),
        (0, 0) if tables == 0 => Ok(None),
        _ => Err(Error::NotOurs { path: path.to_owned() }),
    }
}

/// All pairs of languages, in their order: number, source, target.
pub(super) fn pairs(connection: &Connection) -> rusqlite::Result<Vec<(i64, String, String)>> {
    let mut all = connection
        .prepare("SELECT id, source_lang, target_lang FROM pair ORDER BY source_lang, target_lang")?;
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// The number of a unit's block of posting lists.
pub(super) fn block(unit: i64) -> i64 {
    unit >> BLOCK_BITS
}

/// The key of the posting list of a token in a block.
pub(super) fn posting_key(block: i64, pair: i64, token: u64) -> i64 {
    let mixed = (token ^ pair.unsigned_abs()).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - TERM_BITS);
    (block << TERM_BITS) | mixed.cast_signed()
}

/// The number that the folded source has in its pair.
pub(super) fn source_hash(folded: u64, pair: i64) -> i64 {
    (folded ^ pair.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15)).cast_signed()
}

/// The state as it is kept.
pub(super) fn state_number(state: crate::bilingual::State) -> i64 {
    state as i64
}

/// The state that is kept as `number`.
pub(super) fn state_of(number: i64) -> crate::bilingual::State {
    usize::try_from(number)
        .ok()
        .and_then(|at| crate::bilingual::State::ALL.get(at).copied())
        .unwrap_or_default()
}

/// What is known of how a unit came about, from the columns of [`PROVENANCE`], of which the first is at `first`.
pub(super) fn provenance(row: &Row<'_>, first: usize) -> rusqlite::Result<Provenance> {
    let stamp = |at| row.get::<_, Option<i64>>(first + at).map(|digits| digits.and_then(Stamp::from_digits));
    Ok(Provenance {
        changed: stamp(0)?,
        created: stamp(1)?,
        changed_by: row.get(first + 2)?,
        created_by: row.get(first + 3)?,
        tool: row.get(first + 4)?,
        client: row.get(first + 5)?,
        project: row.get(first + 6)?,
    })
}
