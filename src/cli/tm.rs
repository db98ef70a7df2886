//! `nutgraf tm import|export|search|stats`.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};

use crate::base::error::Error;
use crate::base::escape;
use crate::bilingual::Refusal;
use crate::bilingual::read::{Format as Bilingual, Options, read};
use crate::cli::common::OutputArgs;
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::io::atomic::Beside;
use crate::translate::leverage::{Match, Query, diff};
use crate::translate::tm::export::{Format as Exported, export};
use crate::translate::tm::import::{Failure, import};
use crate::translate::tm::{self, Memory, Writer, languages, stats};

/// Keep translations, and find those that fit a new text
#[derive(Debug, clap::Args)]
pub(super) struct TmArgs {
    #[command(subcommand)]
    command: TmCommand,
}

#[derive(Debug, Subcommand)]
enum TmCommand {
    /// Put the translated units of TMX, XLIFF, PO, TSV, CSV, DOCX and units files into a memory
    Import(ImportArgs),
    /// Write a memory as TMX 1.4b or as a table, one pair of languages, sorted
    Export(ExportArgs),
    /// Show the units that fit a text best, and what differs
    ///
    /// One line a match: percent, its source with what the text has more or less, target, notes, origin, who made it and when.
    Search(SearchArgs),
    /// Count what a memory holds, by pair of languages and by file
    Stats(StatsArgs),
}

/// Which memory.
#[derive(Debug, clap::Args)]
struct MemoryArgs {
    /// The translation memory
    #[arg(long, value_name = "FILE")]
    tm: PathBuf,
}

/// Which of its languages.
#[derive(Debug, clap::Args)]
struct LanguageArgs {
    /// Language of the sources, as a BCP 47 tag [default: the only one, or what the file says]
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language of the targets, as a BCP 47 tag [default: the only one, or what the file says]
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The files to put in; gzip is opened on the way
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    memory: MemoryArgs,
    #[command(flatten)]
    languages: LanguageArgs,
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    #[command(flatten)]
    memory: MemoryArgs,
    #[command(flatten)]
    languages: LanguageArgs,
    /// Format of the result
    #[arg(long, value_enum, default_value_t = Format::Tmx)]
    format: Format,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Debug, clap::Args)]
struct SearchArgs {
    /// The text to find translations for
    #[arg(value_name = "TEXT")]
    text: String,
    #[command(flatten)]
    memory: MemoryArgs,
    #[command(flatten)]
    languages: LanguageArgs,
    /// Least percentage of a match, from 1 to 100
    #[arg(long, value_name = "PERCENT", default_value_t = 75, value_parser = clap::value_parser!(u8).range(1..=100))]
    threshold: u8,
    /// Matches at most
    #[arg(long, value_name = "N", default_value_t = 3)]
    best: usize,
}

#[derive(Debug, clap::Args)]
struct StatsArgs {
    #[command(flatten)]
    memory: MemoryArgs,
}

/// Formats of an exported memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Translation memory exchange 1.4b
    Tmx,
    /// A table with the columns source, target, state and origin
    Tsv,
}

/// Runs the command.
pub(super) fn run(args: &TmArgs) -> Result<Exit, Error> {
    match &args.command {
        TmCommand::Import(args) => import_all(args),
        TmCommand::Export(args) => export_to(args),
        TmCommand::Search(args) => search(args),
        TmCommand::Stats(args) => show_stats(&args.memory.tm),
    }
}

/// What the run ends with when the memory fails.
fn failed(error: tm::Error) -> Error {
    match error {
        tm::Error::Database { path, source } => Error::output(path, std::io::Error::other(source)),
        tm::Error::Write(source) => Error::output("the result", source),
        other => Error::Config(other.to_string()),
    }
}

fn import_all(args: &ImportArgs) -> Result<Exit, Error> {
    for path in &args.files {
        let missing =
            |e: std::io::Error| Error::Input { path: path.display().to_string(), reason: e.to_string() };
        std::fs::metadata(path).map_err(missing)?;
    }
    let mut writer = Writer::open(&args.memory.tm).map_err(failed)?;
    let mut exit = Exit::Done;
    for path in &args.files {
        let shown = path.display();
        match import_one(&mut writer, path, &args.languages) {
            Ok(done) => terminal::say(&format!("{shown}: {} units new, {} known", done.added, done.known)),
            Err(Failure::File(refusal)) => {
                terminal::say(&format!("{shown}: {refusal}"));
                exit = Exit::SomeFailed;
            }
            Err(Failure::Memory(error)) => return Err(failed(error)),
        }
    }
    Ok(exit)
}

fn import_one(writer: &mut Writer, path: &Path, languages: &LanguageArgs) -> Result<tm::Imported, Failure> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let inner = name.strip_suffix(".gz").unwrap_or(&name);
    let options = Options {
        known: None,
        source_lang: languages.source_lang.as_deref(),
        target_lang: languages.target_lang.as_deref(),
    };
    let mut start = Vec::new();
    open(path)?.take(4096).read_to_end(&mut start).map_err(unreadable)?;
    // A memory's units stand in no order that means anything.
    let in_order = Bilingual::of(inner, &start) != Some(Bilingual::Tmx);
    let mut feed = |take: &mut dyn FnMut(crate::bilingual::Row)| {
        let mut head = read(&mut *open(path)?, inner, &options, take)?;
        // What is said on the command line labels files that say nothing.
        head.source_lang = head.source_lang.or_else(|| languages.source_lang.clone());
        head.target_lang = head.target_lang.or_else(|| languages.target_lang.clone());
        Ok(head)
    };
    let mut committed = |done: tm::Imported| {
        terminal::say(&format!("{}: {} units are safe", path.display(), done.added + done.known));
    };
    import(writer, &name, in_order, &mut feed, &mut committed)
}

fn unreadable(error: impl std::fmt::Display) -> Refusal {
    Refusal::whole(error.to_string())
}

/// Opens a file, unpacked where it is gzip.
fn open(path: &Path) -> Result<Box<dyn Read>, Refusal> {
    let file = std::io::BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
    #[cfg(feature = "unpack")]
    if path.extension().is_some_and(|extension| extension == "gz") {
        return Ok(Box::new(flate2::bufread::MultiGzDecoder::new(file)));
    }
    Ok(Box::new(file))
}

fn export_to(args: &ExportArgs) -> Result<Exit, Error> {
    let format = match args.format {
        Format::Tmx => Exported::Tmx,
        Format::Tsv => Exported::Tsv,
    };
    let [source_lang, target_lang] =
        [&args.languages.source_lang, &args.languages.target_lang].map(Option::as_deref);
    let write = |out: &mut dyn Write, name: &Path| match export(
        &args.memory.tm,
        source_lang,
        target_lang,
        format,
        out,
    ) {
        Ok(_) => out.flush().map_err(|e| Error::output(name, e)),
        Err(tm::Error::Write(e)) => Err(Error::output(name, e)),
        Err(other) => Err(failed(other)),
    };
    if let Some(path) = &args.output.output {
        let mut file = Beside::create(path)?;
        write(&mut file, path)?;
        file.commit()?;
    } else {
        write(&mut terminal::stdout(), Path::new("standard output"))?;
    }
    Ok(Exit::Done)
}

fn search(args: &SearchArgs) -> Result<Exit, Error> {
    let [source_lang, target_lang] =
        [&args.languages.source_lang, &args.languages.target_lang].map(Option::as_deref);
    let (source_lang, target_lang) = match (source_lang, target_lang) {
        (Some(source), Some(target)) => (source.to_owned(), target.to_owned()),
        _ => languages(&args.memory.tm, source_lang, target_lang).map_err(failed)?,
    };
    let memory = Memory::open(&args.memory.tm, &source_lang, &target_lang).map_err(failed)?;
    let query = Query { source: &args.text, ..Query::default() };
    let found = memory.lookup(&query, args.threshold, args.best).map_err(failed)?;
    let lines: String = found.iter().map(|found| line(found, &args.text)).collect();
    terminal::print(lines.as_bytes())?;
    Ok(Exit::Done)
}

fn line(found: &Match, text: &str) -> String {
    let changes = diff::words(&found.source, text);
    let notes: Vec<_> = found.notes.iter().map(|note| note.name()).collect();
    let notes = notes.join(",");
    let provenance = found.provenance.told();
    let cells = [&*changes, &found.target, &notes, &found.origin, &provenance].map(escape::tsv);
    format!("{}\t{}\n", found.percent, cells.join("\t"))
}

fn show_stats(path: &Path) -> Result<Exit, Error> {
    let counted = stats(path).map_err(failed)?;
    let mut lines = vec!["source\ttarget\tunits\tsources".to_owned()];
    lines.extend(counted.pairs.iter().map(|pair| {
        let [source, target] = [&pair.source_lang, &pair.target_lang].map(|lang| escape::tsv(lang));
        format!("{source}\t{target}\t{}\t{}", pair.units, pair.sources)
    }));
    lines.push("\nfile\tunits".to_owned());
    lines.extend(counted.files.iter().map(|(file, units)| format!("{}\t{units}", escape::tsv(file))));
    lines.push(format!("\nbytes\n{}\n", counted.bytes));
    let out = lines.join("\n");
    terminal::print(out.as_bytes())?;
    Ok(Exit::Done)
}
