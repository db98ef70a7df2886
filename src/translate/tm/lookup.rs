//! The few old sources worth comparing with a new one, and the best of them.
//!
//! Tokens are looked up from the rarest on. A source that has at least *t* of *n* tokens in common must hold one of the *n* − *t* + 1
//! rarest (Chaudhuri et al., *A primitive operator for similarity joins*, 2006), and *t* grows with its length; counts of tokens held
//! and the lengths then bound the percentage from above, and sources are compared in the order of that bound until none can be
//! better than what was found.

use std::ops::Range;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::translate::leverage::adapt::Languages;
use crate::translate::leverage::{Candidate, Found, Match, Prepared, Query, Tokens, fold, tokens_for};
use crate::translate::tm::writer::Posting;
use crate::translate::tm::{Error, Result, schema};

/// Entries of a posting list that are read, at most, to spare the comparison of one source: they cost about as much. From 128
/// to 8,192, `memory_speed` takes the same time.
const WORTH: usize = 2048;

/// The most sources that are compared with one query. Only a memory with thousands of sources that are alike by their tokens
/// comes to it.
const COMPARED: usize = 4096;

/// The most units with one source that are looked at: those in context, done and newest.
const EXACT: usize = 256;

/// A connection with what a look-up needs.
#[derive(Debug)]
pub(super) struct Reader {
    connection: Connection,
    source_lang: String,
    target_lang: String,
    /// The pairs that serve.
    pairs: Vec<i64>,
    scratch: Scratch,
}

/// Bytes of a list, at most, that is read with its length: finding it costs more than reading so few.
const SHORT: usize = 4096;

/// Counts of one block.
#[derive(Debug)]
struct Scratch {
    /// Short lists, one behind the other.
    short: Vec<u8>,
    held: Vec<u16>,
    /// Numbers of the query that a unit holds as they stand.
    numbers: Vec<u8>,
    lengths: Vec<u8>,
    touched: Vec<u16>,
    /// By length: the tokens of the query that a unit may lack.
    allowed: [i32; 256],
    /// Units by the bound of their percentage.
    bounds: Vec<Vec<i64>>,
}

/// A token of the query in one block.
struct Term {
    /// The key of its list.
    key: i64,
    /// The number of units that hold it.
    units: usize,
    /// The bytes of a short list among those that were read with its length.
    read: Option<Range<usize>>,
}

impl Reader {
    pub(super) fn open(path: &Path, source_lang: &str, target_lang: &str) -> Result<Self> {
        let connection = schema::open(path)?;
        connection.pragma_update(None, "cache_size", -32_768).map_err(Error::database(path))?;
        let all = schema::pairs(&connection).map_err(Error::database(path))?;
        let serving = all
            .iter()
            .filter(|(_, source, target)| serves(source, source_lang) && covers(target, target_lang));
        let pairs = serving.map(|(id, ..)| *id).collect();
        let block = 1 << schema::BLOCK_BITS;
        let scratch = Scratch {
            short: Vec::new(),
            held: vec![0; block],
            numbers: vec![0; block],
            lengths: vec![0; block],
            touched: Vec::new(),
            allowed: [-1; 256],
            bounds: vec![Vec::new(); 101],
        };
        let (source_lang, target_lang) = (source_lang.to_owned(), target_lang.to_owned());
        Ok(Self { connection, source_lang, target_lang, pairs, scratch })
    }

    pub(super) fn lookup(
        &mut self,
        query: &Query<'_>,
        threshold: u8,
        best: usize,
    ) -> rusqlite::Result<Vec<Match>> {
        // All statements see the memory as it is now, whatever is imported meanwhile.
        let snapshot = self.connection.unchecked_transaction()?;
        let languages = Languages { source: &self.source_lang, target: &self.target_lang };
        let prepared = Prepared::new(query.source, languages.source);
        let neighbours =
            [query.previous, query.next].map(|text| text.map(|text| fold::hash(text).cast_signed()));
        let mut search = Search {
            connection: &self.connection,
            prepared: &prepared,
            neighbours,
            languages,
            threshold,
            best,
            found: Vec::new(),
        };
        if best > 0 && !prepared.tokens.is_empty() {
            for &pair in &self.pairs {
                search.exact(pair)?;
            }
            for &pair in &self.pairs {
                if search.lacks(99) {
                    search.fuzzy(pair, &mut self.scratch)?;
                }
            }
        }
        let found = search.found.into_iter().map(|found| found.found).collect();
        snapshot.commit()?;
        Ok(found)
    }
}

/// Whether units from `held` serve a query in `asked`.
fn serves(held: &str, asked: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(held) == primary(asked)
}

/// Whether targets in `held` serve where `asked` is wanted: one tag begins the other.
fn covers(held: &str, asked: &str) -> bool {
    let subtags =
        |tag: &str| tag.to_ascii_lowercase().split(['-', '_']).map(str::to_owned).collect::<Vec<_>>();
    subtags(held).iter().zip(&subtags(asked)).all(|(a, b)| a == b)
}

struct Search<'s> {
    connection: &'s Connection,
    prepared: &'s Prepared,
    neighbours: [Option<i64>; 2],
    languages: Languages<'s>,
    threshold: u8,
    best: usize,
    /// The best so far, in order.
    found: Vec<Found>,
}

/// All of a unit that a match may need.
fn select(condition: &str) -> String {
    format!(
        "SELECT u.id, u.source, u.target, u.state, u.previous, u.next,
         (SELECT o.file || CASE s.name WHEN '' THEN '' ELSE '#' || s.name END FROM seen s JOIN origin o ON o.id = s.origin
          WHERE s.unit = u.id ORDER BY s.origin, s.name LIMIT 1), {} FROM unit u WHERE {condition}",
        schema::PROVENANCE
    )
}

impl Search<'_> {
    /// Whether a source with `percent` could still be among the best.
    fn lacks(&self, percent: u8) -> bool {
        self.found.len() < self.best || self.found.last().is_some_and(|last| last.found.percent <= percent)
    }

    fn exact(&mut self, pair: i64) -> rusqlite::Result<()> {
        let hash = schema::source_hash(fold::hash(self.prepared.tokens.text()), pair);
        let neighbours = self.neighbours;
        let mut units = self.connection.prepare_cached(&select(&format!(
            "u.id IN (SELECT id FROM unit WHERE hash = ?1 AND pair = ?2
             ORDER BY (previous IS ?3) + (next IS ?4) DESC, state DESC, coalesce(changed, created) DESC, id LIMIT {EXACT})"
        )))?;
        let found = units
            .query_map(params![hash, pair, neighbours[0], neighbours[1]], |row| candidate(row, neighbours))?;
        for candidate in found {
            let candidate = candidate?;
            if fold(&candidate.source) == self.prepared.tokens.text() {
                self.take(candidate);
            }
        }
        Ok(())
    }

    fn take(&mut self, candidate: Candidate) {
        let Some(found) = self.prepared.judge(candidate, self.languages, self.threshold) else { return };
        let place = self.found.partition_point(|other| other.order() <= found.order());
        if self.found[..place].iter().any(|other| other.found.target == found.found.target) {
            return;
        }
        let target = found.found.target.clone();
        self.found.insert(place, found);
        // The same target may stand behind it, for less.
        let mut at = 0;
        self.found.retain(|other| {
            at += 1;
            at <= place + 1 || other.found.target != target
        });
        self.found.truncate(self.best);
    }

    fn fuzzy(&mut self, pair: i64, scratch: &mut Scratch) -> rusqlite::Result<()> {
        let last: Option<i64> =
            self.connection.query_row("SELECT max(id) FROM unit", [], |row| row.get(0))?;
        let Some(last) = last.map(schema::block) else { return Ok(()) };
        self.allow(&mut scratch.allowed);
        let mut hashes = self.prepared.shape.clone();
        hashes.sort_unstable();
        hashes.dedup();
        let mut numbers: Vec<u64> = self.prepared.tokens.numbers().collect();
        numbers.sort_unstable();
        numbers.dedup();
        // They are counted in a byte, and no sentence has so many.
        numbers.truncate(usize::from(u8::MAX));
        for block in 0..=last {
            let terms = self.terms(&hashes, pair, block, &mut scratch.short)?;
            let looked_up = self.count(&terms, scratch)?;
            self.count_numbers(&numbers, pair, block, scratch)?;
            self.bound(looked_up, numbers.len(), block, scratch);
        }
        self.compare(&mut scratch.bounds)
    }

    /// How many of the query's tokens a source of each length may lack and still have the threshold; -1 where none can have it.
    fn allow(&self, allowed: &mut [i32; 256]) {
        let tokens = self.prepared.shape.len();
        for (length, slot) in allowed.iter_mut().enumerate() {
            let has_more = length == usize::from(u8::MAX);
            let needed = tokens_for(self.threshold, tokens.max(length)).max(1);
            let lacking = tokens.checked_sub(needed).filter(|_| has_more || length >= needed);
            // Names of months in dates may all be others, and what there is yet be put in.
            let months = if length == tokens { self.prepared.months.len() } else { 0 };
            let months = i32::try_from(months).unwrap_or(i32::MAX);
            *slot = lacking.map_or(-1, |lacking| i32::try_from(lacking).unwrap_or(i32::MAX));
            if *slot >= 0 {
                *slot = slot.saturating_add(months);
            }
        }
    }

    /// The query's tokens, the rarest of a block first.
    fn terms(
        &self,
        hashes: &[u64],
        pair: i64,
        block: i64,
        short: &mut Vec<u8>,
    ) -> rusqlite::Result<Vec<Term>> {
        let mut list = self.connection.prepare_cached(&format!(
            "SELECT length(units), iif(length(units) <= {SHORT}, units, NULL) FROM posting WHERE key = ?1"
        ))?;
        short.clear();
        let mut terms = Vec::with_capacity(hashes.len());
        for hash in hashes {
            let key = schema::posting_key(block, pair, *hash);
            let found = list.query_row([key], |row| {
                let start = short.len();
                let read = row.get_ref(1)?.as_blob_or_null()?.map(|units| {
                    short.extend_from_slice(units);
                    start..short.len()
                });
                Ok((row.get::<_, usize>(0)?, read))
            });
            let (bytes, read) = found.optional()?.unwrap_or_default();
            terms.push(Term { key, units: bytes / size_of::<Posting>(), read });
        }
        terms.sort_by_key(|term| (term.units, term.key));
        Ok(terms)
    }

    /// Counts which tokens the units of a block hold, and gives how many tokens were looked up. Units enter by one of the rarest,
    /// of which any that serves must hold one, and are left out as soon as they lack too many.
    fn count(&self, terms: &[Term], scratch: &mut Scratch) -> rusqlite::Result<usize> {
        let mut list = self.connection.prepare_cached("SELECT units FROM posting WHERE key = ?1")?;
        let Scratch { held, lengths, touched, allowed, short, .. } = scratch;
        let most = allowed.iter().copied().max().unwrap_or(-1);
        for (place, term) in (0_i32..).zip(terms) {
            let enters = place <= most;
            if !enters {
                touched.retain(|&unit| {
                    let at = usize::from(unit);
                    let stays = place - i32::from(held[at]) <= allowed[usize::from(lengths[at])];
                    held[at] = if stays { held[at] } else { 0 };
                    stays
                });
                if term.units > touched.len() * WORTH {
                    return Ok(usize::try_from(place).unwrap_or(0));
                }
            }
            if term.units == 0 {
                continue;
            }
            let mut count = |units: &[u8]| {
                for &[low, high, length] in units.as_chunks::<3>().0 {
                    let unit = u16::from_le_bytes([low, high]);
                    let held = &mut held[usize::from(unit)];
                    if *held > 0 {
                        *held += 1;
                    } else if enters && place <= allowed[usize::from(length)] {
                        *held = 1;
                        lengths[usize::from(unit)] = length;
                        touched.push(unit);
                    }
                }
            };
            match &term.read {
                Some(read) => count(&short[read.clone()]),
                None => list.query_row([term.key], |row| {
                    count(row.get_ref(0)?.as_blob()?);
                    Ok(())
                })?,
            }
        }
        Ok(terms.len())
    }

    /// Counts which numbers of the query stand in the units that entered.
    fn count_numbers(
        &self,
        numbers: &[u64],
        pair: i64,
        block: i64,
        scratch: &mut Scratch,
    ) -> rusqlite::Result<()> {
        let mut list = self.connection.prepare_cached("SELECT units FROM posting WHERE key = ?1")?;
        for number in numbers.iter().take_while(|_| !scratch.touched.is_empty()) {
            let read = list.query_row([schema::posting_key(block, pair, *number)], |row| {
                let (postings, _) = row.get_ref(0)?.as_blob()?.as_chunks::<3>();
                for &[low, high, _] in postings {
                    let unit = usize::from(u16::from_le_bytes([low, high]));
                    scratch.numbers[unit] += u8::from(scratch.held[unit] > 0);
                }
                Ok(())
            });
            read.optional()?;
        }
        Ok(())
    }

    /// Sorts the units of a block by the highest percentage that they can have.
    fn bound(&self, looked_up: usize, numbers: usize, block: i64, scratch: &mut Scratch) {
        let tokens = self.prepared.shape.len();
        for unit in scratch.touched.drain(..) {
            let at = usize::from(unit);
            let held = usize::from(std::mem::take(&mut scratch.held[at]));
            let held_numbers = usize::from(std::mem::take(&mut scratch.numbers[at]));
            let length = usize::from(scratch.lengths[at]);
            let mut missing = looked_up - held;
            if length == tokens && missing <= self.prepared.months.len() {
                missing = 0;
            } else {
                // More than the numbers differs, so they count as any token. Where none is held, that there are numbers at all
                // may be missing already.
                missing += numbers - held_numbers - usize::from(numbers > 0 && held_numbers == 0);
            }
            let has_more = length == usize::from(u8::MAX);
            let longest = tokens.max(length);
            let most = tokens.saturating_sub(missing).min(if has_more { tokens } else { length });
            let bound = 100 * most / longest;
            if bound >= usize::from(self.threshold) {
                scratch.bounds[bound].push((block << schema::BLOCK_BITS) | i64::from(unit));
            }
        }
    }

    /// Compares from the highest bound on, until no unit can be better than those found.
    fn compare(&mut self, bounds: &mut [Vec<i64>]) -> rusqlite::Result<()> {
        let mut source = self.connection.prepare_cached("SELECT source FROM unit WHERE id = ?1")?;
        let mut unit = self.connection.prepare_cached(&select("u.id = ?1"))?;
        let mut compared = 0;
        for bound in (0..bounds.len()).rev() {
            let units = std::mem::take(&mut bounds[bound]);
            for id in units {
                let highest = u8::try_from(bound).unwrap_or(100);
                if compared == COMPARED || !self.lacks(highest) {
                    break;
                }
                compared += 1;
                let percent = source.query_row([id], |row| {
                    Ok(self.prepared.percent(&Tokens::of(row.get_ref(0)?.as_str()?)).0)
                })?;
                // What is exact was found by its hash.
                if percent < 100 && percent >= self.threshold && self.lacks(percent) {
                    let candidate = unit.query_row([id], |row| candidate(row, self.neighbours))?;
                    self.take(candidate);
                }
            }
        }
        Ok(())
    }
}

fn candidate(row: &Row<'_>, neighbours: [Option<i64>; 2]) -> rusqlite::Result<Candidate> {
    let held: [Option<i64>; 2] = [row.get(4)?, row.get(5)?];
    let equal = held.iter().zip(&neighbours).filter(|(held, asked)| held.is_some() && held == asked).count();
    Ok(Candidate {
        id: row.get(0)?,
        source: row.get(1)?,
        target: row.get(2)?,
        state: schema::state_of(row.get(3)?),
        // The first and the last of a document have one neighbour, and no other can be asked for.
        context: if held == neighbours && equal > 0 { 2 } else { u8::from(equal > 0) },
        origin: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        provenance: schema::provenance(row, 7)?,
    })
}
