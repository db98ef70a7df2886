//! What a memory holds, for other programs.

use std::io::Write;
use std::path::Path;

use crate::base::escape::{tsv, xml, xml_attribute};
use crate::translate::tm::{Error, Result, one_pair, schema};

/// Formats of an exported memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TMX 1.4b.
    Tmx,
    /// A table with the columns `source`, `target`, `state` and `origin`.
    Tsv,
}

/// Writes the units of one pair of languages, sorted by source and target; pairs that differ only by their neighbours are one.
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
    let snapshot = connection.unchecked_transaction().map_err(Error::database(path))?;
    let (pair, source_lang, target_lang) = one_pair(&connection, path, source_lang, target_lang)?;
    let failed = Error::database(path);
    let mut units = snapshot
        .prepare(
            "SELECT u.source, u.target, max(u.state), min((SELECT o.file || CASE s.name WHEN '' THEN '' ELSE '#' || s.name END
                 FROM seen s JOIN origin o ON o.id = s.origin WHERE s.unit = u.id ORDER BY s.origin, s.name LIMIT 1))
             FROM unit u WHERE u.pair = ?1 GROUP BY u.source, u.target ORDER BY u.source, u.target",
        )
        .map_err(&failed)?;
    let mut rows = units.query([pair]).map_err(&failed)?;
    match format {
        Format::Tmx => head(&source_lang, out)?,
        Format::Tsv => out.write_all(b"source\ttarget\tstate\torigin\n")?,
    }
    let mut written = 0;
    while let Some(row) = rows.next().map_err(&failed)? {
        let text = |at| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default).map_err(&failed);
        let (source, target, origin) = (text(0)?, text(1)?, text(3)?);
        let state = schema::state_of(row.get(2).map_err(&failed)?).name();
        match format {
            Format::Tmx => {
                let [source, target, origin] = [&source, &target, &origin].map(|text| xml(text));
                let [source_lang, target_lang] = [&source_lang, &target_lang].map(|tag| xml_attribute(tag));
                write!(
                    out,
                    "    <tu>\n      <prop type=\"x-origin\">{origin}</prop>\n      <prop type=\"x-state\">{state}</prop>\n      \
                     <tuv xml:lang=\"{source_lang}\"><seg>{source}</seg></tuv>\n      \
                     <tuv xml:lang=\"{target_lang}\"><seg>{target}</seg></tuv>\n    </tu>\n"
                )?;
            }
            Format::Tsv => {
                let [source, target, origin] = [&source, &target, &origin].map(|text| tsv(text));
                writeln!(out, "{source}\t{target}\t{state}\t{origin}")?;
            }
        }
        written += 1;
    }
    if format == Format::Tmx {
        out.write_all(b"  </body>\n</tmx>\n")?;
    }
    Ok(written)
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
