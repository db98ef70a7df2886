//! Translated files back into the documents they were made of.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::bilingual::read::{Options, read};
use crate::bilingual::skeleton::{self, Doc, Head};
use crate::bilingual::{self, Refusal, Row};
use crate::translate::merge::{Checks, Counts, Expected, Finding, Gathered, Merged, Settings, Trouble, put};
use crate::write::merged::{Fallback, MergedForm, MergedHead};

/// What is merged, and how.
#[derive(Debug)]
pub struct MergeJob<'j> {
    /// Translated files.
    pub files: &'j [PathBuf],
    /// The skeleton of all of them; found by their names when not given.
    pub skeleton: Option<&'j Path>,
    /// How targets are taken.
    pub settings: Settings,
    /// What stands where nothing was translated.
    pub fallback: Fallback,
    /// The format of the result.
    pub form: &'j dyn MergedForm,
}

/// What came of a merge. It holds no time and no machine: the same files give the same report.
#[derive(Debug, Serialize)]
pub struct MergeReport {
    /// Version of the program.
    pub version: &'static str,
    /// The files, as given.
    pub files: Vec<String>,
    /// Documents written.
    pub documents: u64,
    /// Units, by what became of them.
    pub units: Counts,
    /// What is said of them, in the order of the files.
    pub findings: Vec<Finding>,
    /// Whether nothing was written, since units are not translated and that was not to be.
    pub withheld: bool,
}

/// A skeleton with what came home of it.
struct Home {
    skeleton: PathBuf,
    head: Head,
    gathered: Gathered,
    target_lang: Option<String>,
}

/// Reads the files of a job and writes the documents to `out`. Nothing is written before all files are known to be whole.
///
/// # Errors
/// [`Error::Input`] for a file that does not exist, [`Error::Config`] for one that is refused as a whole, with its line.
pub fn merge(job: &MergeJob<'_>, out: &mut dyn Write) -> Result<MergeReport, Error> {
    let mut homes: Vec<Home> = Vec::new();
    for file in job.files {
        let skeleton = match job.skeleton {
            Some(path) => path.to_owned(),
            None => skeleton_of(file)?,
        };
        let seen = homes.iter().position(|home| home.skeleton == skeleton);
        let at = seen.unwrap_or(homes.len());
        if seen.is_none() {
            homes.push(open(skeleton, job.settings)?);
        }
        take(file, &mut homes[at])?;
    }
    let mut report = MergeReport {
        version: env!("CARGO_PKG_VERSION"),
        files: job.files.iter().map(|path| path.to_string_lossy().into_owned()).collect(),
        documents: 0,
        units: Counts::default(),
        findings: Vec::new(),
        withheld: false,
    };
    for home in &mut homes {
        home.gathered.close(&home.skeleton.to_string_lossy());
        report.units.join(home.gathered.counts);
        report.findings.append(&mut home.gathered.findings);
    }
    report.withheld = job.fallback == Fallback::Fail && report.units.translated < report.units.units;
    if !report.withheld {
        write(job, &homes, &mut report, out)?;
    }
    Ok(report)
}

fn write(
    job: &MergeJob<'_>,
    homes: &[Home],
    report: &mut MergeReport,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut buffer = Vec::new();
    for (number, home) in homes.iter().enumerate() {
        let head = MergedHead::of(&home.head, home.target_lang.clone(), job.fallback);
        let checks = Checks::new(&head.source_lang, head.target_lang.as_deref());
        if number == 0 {
            job.form.head(&head, &mut buffer);
        }
        let put_one = |doc: Doc| {
            let merged = put(&doc, &home.head, &home.gathered);
            report.units.marks_lost += marks_lost(&doc, &merged);
            let found = checks.of(&merged, &home.gathered);
            report.units.suspicious += found.len() as u64;
            report.findings.extend(found);
            job.form.document(&head, &merged, &mut buffer);
            report.documents += 1;
            out.write_all(&buffer).map_err(|e| Error::output("the result", e))?;
            buffer.clear();
            Ok(())
        };
        each(&home.skeleton, |_| (), put_one)?;
    }
    job.form.tail(&mut buffer);
    out.write_all(&buffer).map_err(|e| Error::output("the result", e))
}

/// Emphasis and links of translated segments that did not come home.
fn marks_lost(doc: &Doc, merged: &Merged<'_>) -> u64 {
    let translated = doc.segments.iter().zip(&merged.segments).filter(|(_, merged)| merged.target.is_some());
    let (went, came) = translated.fold((0, 0), |(went, came), (segment, merged)| {
        (went + segment.inline.len() as u64, came + merged.target_inline.len() as u64)
    });
    went.saturating_sub(came)
}

/// The skeleton beside a translated file: `news.skeleton.jsonl` for `news.xlf`, `news.fr.xlf` and `news.0001-a.fr.po`.
pub fn skeleton_beside(file: &Path) -> Option<PathBuf> {
    let mut stem = file.to_owned();
    while stem.extension().is_some() {
        stem.set_extension("");
        let name = stem.file_name().map(|name| format!("{}.skeleton.jsonl", name.to_string_lossy()));
        let skeleton = stem.with_file_name(name.unwrap_or_default());
        if skeleton.exists() {
            return Some(skeleton);
        }
    }
    None
}

/// What the skeleton says of all its units.
///
/// # Errors
/// When it cannot be read, or is none of this version.
pub fn skeleton_head(skeleton: &Path) -> Result<Head, Error> {
    let file = File::open(skeleton).map_err(|e| unreadable(skeleton, &e))?;
    skeleton::head(&mut BufReader::new(file)).map_err(|refusal| refused(skeleton, &refusal))
}

/// The same, which must be there.
fn skeleton_of(file: &Path) -> Result<PathBuf, Error> {
    if !file.exists() {
        return Err(missing(file));
    }
    if let Some(skeleton) = skeleton_beside(file) {
        return Ok(skeleton);
    }
    let expected = file.with_extension("skeleton.jsonl");
    let reason = format!(
        "its skeleton is not there, `{}`; name it by --skeleton",
        expected.file_name().unwrap_or_default().to_string_lossy()
    );
    Err(Error::Input { path: file.to_string_lossy().into_owned(), reason })
}

fn missing(file: &Path) -> Error {
    Error::Input { path: file.to_string_lossy().into_owned(), reason: "no such file".to_owned() }
}

fn open(skeleton: PathBuf, settings: Settings) -> Result<Home, Error> {
    let known = RefCell::new(None);
    let begin = |head: Head| {
        let expected = Expected::of(&head);
        known.replace(Some((head, expected)));
    };
    each(&skeleton, begin, |doc| {
        if let Some((head, expected)) = known.borrow_mut().as_mut() {
            expected.add(&doc, head);
        }
        Ok(())
    })?;
    match known.into_inner() {
        Some((head, expected)) => {
            Ok(Home { skeleton, head, gathered: Gathered::new(expected, settings), target_lang: None })
        }
        None => Err(refused(&skeleton, &Refusal::whole("it is empty"))),
    }
}

fn refused(path: &Path, refusal: &Refusal) -> Error {
    Error::Config(format!("{}: {refusal}", path.display()))
}

/// Reads a skeleton: its head, then its documents.
fn each(
    skeleton: &Path,
    begin: impl FnOnce(Head),
    take: impl FnMut(Doc) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = File::open(skeleton).map_err(|e| unreadable(skeleton, &e))?;
    skeleton::read(file, begin, take, |refusal| refused(skeleton, refusal))
}

fn unreadable(path: &Path, e: &std::io::Error) -> Error {
    match e.kind() {
        std::io::ErrorKind::NotFound => missing(path),
        _ => refused(path, &Refusal::whole(e.to_string())),
    }
}

/// Takes the rows of a translated file.
fn take(file: &Path, home: &mut Home) -> Result<(), Error> {
    let name = file.to_string_lossy().into_owned();
    let mut input = File::open(file).map_err(|e| unreadable(file, &e))?;
    let mut rows: Vec<Row> = Vec::new();
    let expected = home.gathered.expected();
    let known = |id: &str, source: &str| expected.knows(id, source);
    let options = Options {
        known: Some(&known),
        source_lang: Some(&home.head.source_lang),
        target_lang: match home.head.target_langs.as_slice() {
            [only] => Some(only),
            _ => None,
        },
    };
    let head = read(&mut input, &name, &options, &mut |row| rows.push(row)).map_err(|e| refused(file, &e))?;
    let ours =
        |row: &Row| if row.id.is_empty() { expected.holds(&row.source) } else { expected.has(&row.id) };
    if !rows.is_empty() && !rows.iter().any(ours) {
        let reason = format!("nothing in it went out with `{}`", home.skeleton.display());
        return Err(refused(file, &Refusal::whole(reason)));
    }
    languages(&name, &head, home)?;
    home.gathered.take(&name, rows);
    Ok(())
}

/// Compares the languages that a file says with those that it went out with.
fn languages(file: &str, head: &bilingual::Head, home: &mut Home) -> Result<(), Error> {
    let primary = |tag: &str| Lang::parse(tag).map(|lang| lang.primary().to_owned());
    let Some(target) = head.target_lang.clone() else { return Ok(()) };
    if let Some(other) = &home.target_lang
        && primary(other) != primary(&target)
    {
        let reason = format!(
            "{file}: it is translated into {target}, the file before into {other}; merge one language at a time"
        );
        return Err(Error::Config(reason));
    }
    let out: BTreeSet<_> = home.head.target_langs.iter().map(String::as_str).collect();
    if !out.is_empty() && !out.contains(target.as_str()) {
        let asked = home.head.target_langs.join(", ");
        home.gathered.findings.push(Finding {
            file: file.to_owned(),
            line: None,
            unit: "all".to_owned(),
            trouble: Trouble::Note,
            message: format!("its target language is {target}, it went out for {asked}"),
        });
    }
    home.target_lang = Some(target);
    Ok(())
}
