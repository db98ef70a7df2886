//! `nutgraf check`.

mod page;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::bilingual::read::{Options, read};
use crate::bilingual::row::{Head, Row};
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::run::merge::{skeleton_beside, skeleton_head};
use crate::run::write_file;
use crate::translate::qa::{Finding, Kind, Pair, Settings, Severity, Term, check, terms};
use crate::translate::unit::most_chars;

/// Check translated files against their sources
///
/// Compares numbers, dates, addresses, codes, marks, spaces, length and terms, and whether equal sources have equal targets.
/// Reads XLIFF, TMX, PO, TSV, CSV, units and DOCX. Ends with 1 when anything is an error or a warning.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Translated files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Term list: a line a term, source and translations with tabs between
    #[arg(long, value_name = "FILE")]
    terms: Option<PathBuf>,
    /// What must not be translated: a line a term
    #[arg(long, value_name = "FILE")]
    dnt: Option<PathBuf>,
    /// Characters of a target over those of its source, at most
    #[arg(long, value_name = "R", value_parser = ratio)]
    max_target_ratio: Option<f64>,
    /// Skeleton of the files, for limits of length [default: by their names, where there is one]
    #[arg(long, value_name = "FILE")]
    skeleton: Option<PathBuf>,
    /// Language of the sources, where the file does not say
    #[arg(long, value_name = "TAG", value_parser = tag)]
    source_lang: Option<Lang>,
    /// Language of the targets, where the file does not say
    #[arg(long, value_name = "TAG", value_parser = tag)]
    target_lang: Option<Lang>,
    /// Kinds to leave out
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    ignore: Vec<Kind>,
    /// Format of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
}

/// Formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line a finding
    Text,
    /// One list, an object a file
    Json,
    /// One page to look at
    Html,
}

/// A file that was checked.
#[derive(Debug)]
struct Checked {
    name: String,
    source_lang: Lang,
    target_lang: Lang,
    rows: Vec<Row>,
    findings: Vec<Finding>,
}

/// Runs the command.
pub(super) fn run(args: &CheckArgs) -> Result<Exit, Error> {
    let terms = args.terms.as_deref().map(term_list).transpose()?.unwrap_or_default();
    let dnt = args.dnt.as_deref().map(lines).transpose()?.unwrap_or_default();
    let mut all = Vec::new();
    for path in &args.files {
        all.push(check_file(path, args, &terms, &dnt)?);
    }
    let out = match args.format {
        Format::Text => text(&all),
        Format::Json => json(&all),
        Format::Html => page::page(&all),
    };
    match &args.output {
        Some(path) => write_file(path, out.as_bytes())?,
        None => terminal::print(out.as_bytes())?,
    }
    let count =
        |severity| all.iter().flat_map(|file| &file.findings).filter(|f| f.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let units: usize = all.iter().map(|file| file.rows.len()).sum();
    terminal::say(&format!("{units} units: {errors} errors, {warnings} warnings, {infos} remarks"));
    Ok(if errors + warnings == 0 { Exit::Done } else { Exit::SomeFailed })
}

fn check_file(path: &Path, args: &CheckArgs, terms: &[Term], dnt: &[String]) -> Result<Checked, Error> {
    let name = path.display().to_string();
    let mut input = File::open(path).map_err(|e| unread(path, &e))?;
    let mut rows = Vec::new();
    let options = Options {
        known: None,
        source_lang: args.source_lang.as_ref().map(Lang::as_str),
        target_lang: args.target_lang.as_ref().map(Lang::as_str),
    };
    let head = read(&mut input, &name, &options, &mut |row| rows.push(row));
    let Head { source_lang, target_lang } =
        head.map_err(|refusal| Error::Config(format!("{name}: {refusal}")))?;
    let lang = |given: &Option<Lang>, told: Option<String>| {
        given.clone().or_else(|| Lang::parse(&told?)).unwrap_or_else(Lang::unknown)
    };
    let settings = Settings {
        source_lang: lang(&args.source_lang, source_lang),
        target_lang: lang(&args.target_lang, target_lang),
        max_target_ratio: args.max_target_ratio,
        terms: terms.to_vec(),
        dnt: dnt.to_vec(),
        ignore: args.ignore.clone(),
    };
    let skeleton = args.skeleton.clone().or_else(|| skeleton_beside(path));
    let ratio =
        skeleton.map(|skeleton| skeleton_head(&skeleton)).transpose()?.and_then(|head| head.max_target_ratio);
    let pairs = pairs(&rows, ratio);
    let findings = check(&pairs, &settings);
    let Settings { source_lang, target_lang, .. } = settings;
    Ok(Checked { name, source_lang, target_lang, rows, findings })
}

/// The pairs of `rows`. Limits are the file's own, else those that the skeleton's ratio makes; segments of a unit share theirs, and
/// the last one is held against it.
fn pairs(rows: &[Row], ratio: Option<f64>) -> Vec<Pair<'_>> {
    let mut pairs = Vec::with_capacity(rows.len());
    let is_one_unit = |a: &Row, b: &Row| a.id == b.id && a.segment.is_some() && b.segment.is_some();
    for unit in rows.chunk_by(is_one_unit) {
        let source: String = unit.iter().map(|row| row.source.as_str()).collect();
        let limit = unit[0].max_chars.or_else(|| ratio.map(|ratio| most_chars(&source, ratio)));
        let mut beside = 0;
        for (number, row) in unit.iter().enumerate() {
            let is_last = number + 1 == unit.len();
            pairs.push(Pair {
                id: &row.id,
                source: &row.source,
                target: row.target.as_deref(),
                state: row.state,
                line: row.line,
                limit: limit.filter(|_| is_last),
                beside,
                codes: Some([&row.codes[0], &row.codes[1]]),
            });
            beside += row.target.as_ref().map_or(0, |target| target.chars().count());
        }
    }
    pairs
}

fn text(all: &[Checked]) -> String {
    let mut out = String::new();
    for file in all {
        for finding in &file.findings {
            let Finding { kind, severity, line, message, id, .. } = finding;
            let line = format!("{}:{line}: {} {}: {message} [{id}]", file.name, severity.name(), kind.name());
            out.push_str(&line.replace(['\n', '\r', '\t'], " "));
            out.push('\n');
        }
    }
    out
}

/// What JSON tells of a file.
#[derive(Serialize)]
struct JsonFile<'c> {
    file: &'c str,
    source_lang: &'c str,
    target_lang: &'c str,
    units: usize,
    counts: BTreeMap<&'static str, usize>,
    findings: Vec<JsonFinding<'c>>,
}

/// What JSON tells of a finding.
#[derive(Serialize)]
struct JsonFinding<'c> {
    id: &'c str,
    line: u64,
    severity: &'static str,
    kind: &'static str,
    message: &'c str,
    span: Option<[usize; 2]>,
    source: &'c str,
    target: Option<&'c str>,
}

fn json(all: &[Checked]) -> String {
    let files = all.iter().map(|file| {
        let findings = file.findings.iter().map(|finding| {
            let Row { source, target, .. } = &file.rows[finding.pair];
            JsonFinding {
                id: &finding.id,
                line: finding.line,
                severity: finding.severity.name(),
                kind: finding.kind.name(),
                message: &finding.message,
                span: finding.span.as_ref().map(|span| [span.start, span.end]),
                source,
                target: target.as_deref(),
            }
        });
        JsonFile {
            file: &file.name,
            source_lang: file.source_lang.as_str(),
            target_lang: file.target_lang.as_str(),
            units: file.rows.len(),
            counts: counts(file),
            findings: findings.collect(),
        }
    });
    let files: Vec<_> = files.collect();
    serde_json::to_string_pretty(&files).expect("texts are JSON") + "\n"
}

/// Findings of a file by kind.
fn counts(file: &Checked) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in &file.findings {
        *counts.entry(finding.kind.name()).or_insert(0) += 1;
    }
    counts
}

fn term_list(path: &Path) -> Result<Vec<Term>, Error> {
    terms(&file(path)?).map_err(|line| {
        Error::Config(format!("{}, line {line}: a term without a translation", path.display()))
    })
}

fn lines(path: &Path) -> Result<Vec<String>, Error> {
    let text = file(path)?;
    let all = text.lines().map(|line| line.split('\t').next().unwrap_or_default().trim());
    Ok(all.filter(|line| !line.is_empty() && !line.starts_with('#')).map(ToOwned::to_owned).collect())
}

fn file(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| unread(path, &e))
}

fn unread(path: &Path, error: &std::io::Error) -> Error {
    Error::Input { path: path.display().to_string(), reason: error.to_string() }
}

fn kind(name: &str) -> Result<Kind, String> {
    let known = || Kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    Kind::parse(name).ok_or_else(|| format!("known kinds: {}", known()))
}

fn tag(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "no language tag (BCP 47)".to_owned())
}

fn ratio(text: &str) -> Result<f64, String> {
    let ratio = text.parse::<f64>().ok().filter(|ratio| ratio.is_finite() && *ratio > 0.0);
    ratio.ok_or_else(|| "a number above 0".to_owned())
}
