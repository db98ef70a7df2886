//! What a memory holds, for other programs.

use std::io::Write;
use std::path::Path;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};

use crate::base::escape::{tsv, xml, xml_attribute};
use crate::bilingual::{Provenance, Stamp};
use crate::translate::tm::{Error, Result, one_pair, schema};

/// Formats of an exported memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TMX 1.4b, with neighbours, dates and authors.
    Tmx,
    /// A table with the columns `source`, `target`, `state` and `origin`; pairs that differ only by their neighbours are one.
    Tsv,
}

/// Writes the units of one pair of languages, sorted by source and target.
///
/// Languages need to be given only where the memory holds several pairs. The same units give the same bytes, in whatever order
/// they were imported, but for the origin of what was met in several files.
///
/// # Errors
/// When the memory cannot be read, the languages do not tell one pair, or `out` cannot be written.
pub fn export(
    path: &Path,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
    format: Format,
    out: &mut dyn Write,
) -> Result<u64> {
    let connection = schema::open(path)?;
    let failed = Error::database(path);
    let snapshot = connection.unchecked_transaction().map_err(&failed)?;
    let (pair, source_lang, target_lang) = one_pair(&connection, path, source_lang, target_lang)?;
    match format {
        Format::Tmx => {
            head(&source_lang, out)?;
            let mut form = Tmx::new(&snapshot, pair, [&source_lang, &target_lang]).map_err(&failed)?;
            let written = each(&snapshot, &all(), pair, &failed, &mut |row| form.unit(row), out)?;
            out.write_all(b"  </body>\n</tmx>\n")?;
            Ok(written)
        }
        Format::Tsv => {
            out.write_all(b"source\ttarget\tstate\torigin\n")?;
            each(&snapshot, &merged(), pair, &failed, &mut line, out)
        }
    }
}

/// Writes what `text` makes of each row of `query`; gives the number of rows.
fn each(
    connection: &Connection,
    query: &str,
    pair: i64,
    failed: &dyn Fn(rusqlite::Error) -> Error,
    text: &mut dyn FnMut(&Row<'_>) -> rusqlite::Result<String>,
    out: &mut dyn Write,
) -> Result<u64> {
    let mut units = connection.prepare(query).map_err(failed)?;
    let mut rows = units.query([pair]).map_err(failed)?;
    let mut written = 0;
    while let Some(row) = rows.next().map_err(failed)? {
        out.write_all(text(row).map_err(failed)?.as_bytes())?;
        written += 1;
    }
    Ok(written)
}

/// Where a unit was first met.
const ORIGIN: &str = "(SELECT o.file || CASE s.name WHEN '' THEN '' ELSE '#' || s.name END
     FROM seen s JOIN origin o ON o.id = s.origin WHERE s.unit = u.id ORDER BY s.origin, s.name LIMIT 1)";

/// Units in the order of a sorted memory, each by itself.
fn all() -> String {
    format!(
        "SELECT u.source, u.target, u.state, {ORIGIN}, u.previous, u.next, {} FROM unit u WHERE u.pair = ?1
         ORDER BY u.source, u.target, u.previous, u.next",
        schema::PROVENANCE
    )
}

/// Units in the same order, those with one source and target as one.
fn merged() -> String {
    format!(
        "SELECT u.source, u.target, max(u.state), min({ORIGIN}) FROM unit u WHERE u.pair = ?1
         GROUP BY u.source, u.target ORDER BY u.source, u.target"
    )
}

/// The columns that both formats have: source, target, state, origin.
fn common(row: &Row<'_>) -> rusqlite::Result<(String, String, &'static str, String)> {
    let origin = row.get::<_, Option<String>>(3)?.unwrap_or_default();
    Ok((row.get(0)?, row.get(1)?, schema::state_of(row.get(2)?).name(), origin))
}

fn line(row: &Row<'_>) -> rusqlite::Result<String> {
    let (source, target, state, origin) = common(row)?;
    let [source, target, origin] = [&source, &target, &origin].map(|text| tsv(text));
    Ok(format!("{source}\t{target}\t{state}\t{origin}\n"))
}

fn head(source_lang: &str, out: &mut dyn Write) -> Result<()> {
    let (version, source_lang) = (env!("CARGO_PKG_VERSION"), xml_attribute(source_lang));
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n  \
         <header creationtool=\"nutgraf\" creationtoolversion=\"{version}\" segtype=\"sentence\" o-tmf=\"nutgraf\" \
         adminlang=\"en\" srclang=\"{source_lang}\" datatype=\"plaintext\"/>\n  <body>\n"
    )?;
    Ok(())
}

/// Units of TMX.
struct Tmx<'c> {
    pair: i64,
    languages: [String; 2],
    /// Finds the text of a neighbour.
    neighbour: CachedStatement<'c>,
}

impl<'c> Tmx<'c> {
    fn new(connection: &'c Connection, pair: i64, languages: [&str; 2]) -> rusqlite::Result<Self> {
        let neighbour =
            connection.prepare_cached("SELECT min(source) FROM unit WHERE hash = ?1 AND pair = ?2")?;
        Ok(Self { pair, languages: languages.map(|tag| xml_attribute(tag).into_owned()), neighbour })
    }

    fn unit(&mut self, row: &Row<'_>) -> rusqlite::Result<String> {
        let (source, target, state, origin) = common(row)?;
        let told = schema::provenance(row, 6)?;
        let mut out = format!("    <tu{}>\n", attributes(&told));
        for (kind, text) in [("x-client", &told.client), ("x-project", &told.project)] {
            out.extend(text.as_ref().map(|text| property(kind, text)));
        }
        for (kind, at) in [("x-context-pre", 4), ("x-context-post", 5)] {
            let hash: Option<i64> = row.get(at)?;
            out.extend(hash.map(|hash| self.context(kind, hash)).transpose()?);
        }
        out.push_str(&property("x-origin", &origin));
        out.push_str(&property("x-state", state));
        for (lang, text) in self.languages.iter().zip([&source, &target]) {
            out.extend(["      <tuv xml:lang=\"", lang, "\"><seg>", &xml(text), "</seg></tuv>\n"]);
        }
        out.push_str("    </tu>\n");
        Ok(out)
    }

    /// A neighbour's text where it is the source of a unit, as other tools expect it; else its hash, for ourselves.
    fn context(&mut self, kind: &str, hash: i64) -> rusqlite::Result<String> {
        let kept = schema::source_hash(hash.cast_unsigned(), self.pair);
        let text: Option<String> =
            self.neighbour.query_row([kept, self.pair], |row| row.get(0)).optional()?.flatten();
        Ok(match text {
            Some(text) => property(kind, &text),
            None => property(&format!("{kind}-hash"), &format!("{hash:016x}")),
        })
    }
}

fn property(kind: &str, text: &str) -> String {
    format!("      <prop type=\"{kind}\">{}</prop>\n", xml(text))
}

/// The attributes of a unit that say how it came about, in the order of the specification.
fn attributes(told: &Provenance) -> String {
    let date = |stamp: Option<Stamp>| stamp.map(|stamp| stamp.to_string());
    let all = [
        ("creationtool", told.tool.clone()),
        ("creationdate", date(told.created)),
        ("creationid", told.created_by.clone()),
        ("changedate", date(told.changed)),
        ("changeid", told.changed_by.clone()),
    ];
    let all = all.iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let mut written = String::new();
    for (name, value) in all {
        written.extend([" ", name, "=\"", &xml_attribute(value), "\""]);
    }
    written
}
