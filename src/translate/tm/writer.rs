//! Units put in, in batches that are whole or not there.

use std::path::{Path, PathBuf};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use xxhash_rust::xxh3::Xxh3;

use crate::bilingual::{Provenance, Stamp, State};
use crate::translate::leverage::{Tokens, fold};
use crate::translate::tm::{Error, Result, schema};

/// Units in a batch. A block of posting lists is written four times; a smaller batch would write it more often, a larger one
/// confirms less often.
const BATCH: usize = 1 << 14;

/// A unit to be remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The text that was translated.
    pub source: String,
    /// Its translation.
    pub target: String,
    /// The [hash](fold::hash) of the source before it, where order tells something.
    pub previous: Option<u64>,
    /// The hash of the source after it.
    pub next: Option<u64>,
    /// How far the translation is.
    pub state: State,
    /// Its id in the file; may be empty.
    pub name: String,
    /// Who translated it, and when; nothing where it is not known.
    pub provenance: Provenance,
}

/// What became of units, of those that are committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Units that are new in the memory.
    pub added: u64,
    /// Units that it had already, with the same languages, source, target and neighbours.
    pub known: u64,
}

/// The one that writes into a memory. What is dropped without [`Writer::commit`] is lost since the last batch.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    connection: Connection,
    file: String,
    languages: (String, String),
    waiting: Vec<Unit>,
    imported: Imported,
}

impl Writer {
    /// Opens the memory at `path`, or makes it.
    ///
    /// # Errors
    /// When the file is something else or of another version, or cannot be written.
    pub fn open(path: &Path) -> Result<Self> {
        let connection = schema::create(path)?;
        let path = path.to_owned();
        let imported = Imported::default();
        Ok(Self {
            path,
            connection,
            file: String::new(),
            languages: Default::default(),
            waiting: Vec::new(),
            imported,
        })
    }

    /// Says of which file and languages the units are that follow; commits those before.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn begin(&mut self, file: &str, source_lang: &str, target_lang: &str) -> Result<()> {
        self.commit()?;
        self.imported = Imported::default();
        file.clone_into(&mut self.file);
        self.languages = (source_lang.to_owned(), target_lang.to_owned());
        Ok(())
    }

    /// Takes a unit; gives what is committed of this file when that has just grown.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn add(&mut self, unit: Unit) -> Result<Option<Imported>> {
        self.waiting.push(unit);
        if self.waiting.len() < BATCH { Ok(None) } else { self.commit().map(Some) }
    }

    /// Commits what waits; gives what is committed of this file.
    ///
    /// # Errors
    /// When another program writes for longer than 30 seconds, or the disk is full. The batch is not in the memory then.
    pub fn commit(&mut self) -> Result<Imported> {
        if !self.waiting.is_empty() {
            let batch = write(&mut self.connection, &self.file, &self.languages, &self.waiting);
            let batch = batch.map_err(Error::database(&self.path))?;
            self.imported.added += batch.added;
            self.imported.known += batch.known;
            self.waiting.clear();
        }
        Ok(self.imported)
    }
}

fn write(
    connection: &mut Connection,
    file: &str,
    (source_lang, target_lang): &(String, String),
    units: &[Unit],
) -> rusqlite::Result<Imported> {
    let batch = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let pair = number_of(
        &batch,
        (
            "SELECT id FROM pair WHERE source_lang = ?1 AND target_lang = ?2",
            "INSERT INTO pair (source_lang, target_lang) VALUES (?1, ?2)",
        ),
        &[source_lang, target_lang],
    )?;
    let origin = number_of(
        &batch,
        ("SELECT id FROM origin WHERE file = ?1", "INSERT INTO origin (file) VALUES (?1)"),
        &[file],
    )?;
    let mut imported = Imported::default();
    let mut postings = Vec::new();
    {
        let mut put = Put::new(&batch)?;
        for unit in units {
            if let Some(id) = put.unit(unit, pair, origin)? {
                imported.added += 1;
                post(&unit.source, pair, id, &mut postings);
            } else {
                imported.known += 1;
            }
        }
    }
    write_postings(&batch, postings)?;
    batch.commit()?;
    Ok(imported)
}

/// The number of a row that is made where it is missing.
fn number_of(batch: &Transaction<'_>, (find, make): (&str, &str), values: &[&str]) -> rusqlite::Result<i64> {
    let values = rusqlite::params_from_iter(values);
    match batch.query_row(find, values.clone(), |row| row.get(0)).optional()? {
        Some(id) => Ok(id),
        None => batch.execute(make, values).map(|_| batch.last_insert_rowid()),
    }
}

/// The statements that put units in.
struct Put<'b> {
    next_id: i64,
    find: CachedStatement<'b>,
    insert: CachedStatement<'b>,
    raise: CachedStatement<'b>,
    renew: CachedStatement<'b>,
    see: CachedStatement<'b>,
}

impl<'b> Put<'b> {
    fn new(batch: &'b Transaction<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            next_id: batch.query_row("SELECT coalesce(max(id), 0) + 1 FROM unit", [], |row| row.get(0))?,
            find: batch.prepare_cached(&format!(
                "SELECT u.id, u.state, {} FROM unit u WHERE u.hash = ?1 AND u.key = ?2",
                schema::PROVENANCE
            ))?,
            insert: batch.prepare_cached(
                "INSERT INTO unit (id, pair, hash, key, source, target, previous, next, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?,
            raise: batch.prepare_cached("UPDATE unit SET state = ?2 WHERE id = ?1")?,
            renew: batch.prepare_cached(
                "UPDATE unit SET changed = ?2, created = ?3, changed_by = ?4, created_by = ?5, tool = ?6, client = ?7, project = ?8
                 WHERE id = ?1",
            )?,
            see: batch.prepare_cached("INSERT OR IGNORE INTO seen (unit, origin, name) VALUES (?1, ?2, ?3)")?,
        })
    }

    /// Puts `unit` in; gives its number where it is new.
    fn unit(&mut self, unit: &Unit, pair: i64, origin: i64) -> rusqlite::Result<Option<i64>> {
        let hash = schema::source_hash(fold::hash(&unit.source), pair);
        let key = key(unit);
        let state = schema::state_number(unit.state);
        let found = self.find.query_row([hash, key], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, schema::provenance(row, 2)?))
        });
        let known = found.optional()?;
        let id = known.as_ref().map_or(self.next_id, |(id, ..)| *id);
        let before = if let Some((_, before, provenance)) = &known {
            if *before < state {
                self.raise.execute([id, state])?;
            }
            Some(provenance)
        } else {
            let neighbours = [unit.previous, unit.next].map(|hash| hash.map(u64::cast_signed));
            self.insert.execute(params![
                id,
                pair,
                hash,
                key,
                unit.source,
                unit.target,
                neighbours[0],
                neighbours[1],
                state
            ])?;
            self.next_id += 1;
            None
        };
        let told = &unit.provenance;
        if before.unwrap_or(&Provenance::default()).gives_way_to(told) {
            let [changed, created] = [told.changed, told.created].map(|stamp| stamp.map(Stamp::digits));
            let Provenance { changed_by, created_by, tool, client, project, .. } = told;
            self.renew
                .execute(params![id, changed, created, changed_by, created_by, tool, client, project])?;
        }
        self.see.execute(params![id, origin, unit.name])?;
        Ok(known.is_none().then_some(id))
    }
}

/// What tells units of one folded source apart.
fn key(unit: &Unit) -> i64 {
    let mut hasher = Xxh3::new();
    for text in [&unit.source, &unit.target] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    for neighbour in [unit.previous, unit.next] {
        hasher.update(&[u8::from(neighbour.is_some())]);
        hasher.update(&neighbour.unwrap_or_default().to_le_bytes());
    }
    hasher.digest().cast_signed()
}

/// A unit in a posting list: its place in the block, low byte first, and its number of tokens, 255 for more.
pub(super) type Posting = [u8; 3];

fn post(source: &str, pair: i64, id: i64, postings: &mut Vec<(i64, Posting)>) {
    let tokens = Tokens::of(source);
    let shape = tokens.without_numbers();
    let [low, high, ..] = id.to_le_bytes();
    let length = u8::try_from(shape.len()).unwrap_or(u8::MAX);
    let entry = |token: u64| (schema::posting_key(schema::block(id), pair, token), [low, high, length]);
    let first = postings.len();
    postings.extend(shape.into_iter().chain(tokens.numbers()).map(entry));
    postings[first..].sort_unstable();
    let mut kept = first;
    for at in first..postings.len() {
        if at == first || postings[at] != postings[kept - 1] {
            postings[kept] = postings[at];
            kept += 1;
        }
    }
    postings.truncate(kept);
}

fn write_postings(batch: &Transaction<'_>, mut postings: Vec<(i64, Posting)>) -> rusqlite::Result<()> {
    // Stable: units of one list stay in their order.
    postings.sort_by_key(|(key, _)| *key);
    let mut before = batch.prepare_cached("SELECT units FROM posting WHERE key = ?1")?;
    let mut replace = batch.prepare_cached("INSERT OR REPLACE INTO posting (key, units) VALUES (?1, ?2)")?;
    let mut units: Vec<u8> = Vec::new();
    for list in postings.chunk_by(|(a, _), (b, _)| a == b) {
        let key = list[0].0;
        units.clear();
        let older = before.query_row([key], |row| {
            row.get_ref(0)?.as_blob().map(|older| units.extend_from_slice(older)).map_err(Into::into)
        });
        older.optional()?;
        units.extend(list.iter().flat_map(|(_, posting)| posting));
        replace.execute(params![key, units])?;
    }
    Ok(())
}
