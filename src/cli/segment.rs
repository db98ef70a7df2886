//! `nutgraf segment`.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::run::write_file;
use crate::segment::{export, srx};
use crate::write::Content;

/// Cut documents into aligned segments, ready for a translator
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags are what they are")]
pub(super) struct SegmentArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: jsonl, units, tsv, csv, xliff, xliff12, tmx, po, docx
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: String,
    /// Tool that the file is for, which settles the format: omegat, okapi, weblate, symfony, npm-xliff, qt, translate-toolkit
    #[arg(long = "for", value_name = "TOOL", conflicts_with = "format")]
    client: Option<String>,
    /// Segments that are written: summary, body or all
    #[arg(long, value_name = "WHICH")]
    scope: Option<String>,
    /// Language that labels the file's sources, as a BCP 47 tag [default: the input's one language]
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Languages that label the targets, as BCP 47 tags; a file for each when there are several
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    target_lang: Vec<String>,
    /// What a unit is: sentence or paragraph
    #[arg(long, value_name = "WHAT")]
    unit: Option<String>,
    /// Version of XLIFF 2: 2.0, 2.1 or 2.2
    #[arg(long, value_name = "VERSION")]
    xliff_version: Option<String>,
    /// Write a file for each document
    #[arg(long)]
    split: bool,
    /// Write equal sentences once; their translation comes back to all places
    #[arg(long)]
    unique: bool,
    /// Mark emphasis, links and protected items inside the text, for tools that keep such marks (xliff, xliff12)
    #[arg(long)]
    inline_marks: bool,
    /// Characters of a target, at most, as a multiple of those of its source
    #[arg(long, value_name = "R")]
    max_target_ratio: Option<f64>,
    /// Fill in the translations of documents that `merge` wrote as JSON lines
    #[arg(long, value_name = "MERGED")]
    from: Option<String>,
    /// Write only what is new or changed since this skeleton was written, and say what changed
    #[arg(long, value_name = "SKELETON")]
    update: Option<String>,
    /// Translation memory that proposals are taken from
    #[arg(long, value_name = "FILE")]
    tm: Option<String>,
    /// Percentage that a proposal of the memory has at least [default: 75]
    #[arg(long, value_name = "PERCENT", requires = "tm")]
    threshold: Option<i64>,
    /// Proposals of the memory a unit, at most [default: 3]
    #[arg(long, value_name = "N", requires = "tm")]
    best: Option<i64>,
    /// Percentage from which the best proposal is filled in as the target
    #[arg(long, value_name = "PERCENT", requires = "tm")]
    prefill: Option<i64>,
    /// List of terms and their translations, parted by tabs, which notes then name
    #[arg(long, value_name = "FILE")]
    terms: Option<String>,
    /// Fill targets with a pseudo-translation, to see what comes back
    #[arg(long)]
    pseudo: bool,
    /// Write the rules of the languages of `--lang` or `--langs`, or of all, as an SRX file and read nothing
    #[arg(long, conflicts_with_all = ["inputs", "srx", "scope", "source_lang", "target_lang", "client"])]
    export_srx: bool,
}

/// Runs the command.
pub(super) fn run(args: &SegmentArgs) -> Result<Exit, Error> {
    if args.export_srx {
        return export(&args.job);
    }
    let settings = args.settings();
    let format = if args.client.is_some() { "xliff" } else { args.format.as_str() };
    if format == "jsonl"
        && let Some(key) = settings.keys().next()
    {
        let flag = key.replace('_', "-");
        let reason = format!("--{flag} goes with formats for translators; jsonl holds every segment");
        return Err(Error::Config(reason));
    }
    args.job.run(Some(&args.rank), Content::Segments, format, settings)
}

impl SegmentArgs {
    /// The settings that flags give, by their keys in pipeline files.
    fn settings(&self) -> Table {
        let mut settings = Table::new();
        let texts = [
            ("for", &self.client),
            ("scope", &self.scope),
            ("source_lang", &self.source_lang),
            ("unit", &self.unit),
            ("xliff_version", &self.xliff_version),
            ("from", &self.from),
            ("update", &self.update),
            ("tm", &self.tm),
            ("terms", &self.terms),
        ];
        for (key, value) in texts {
            if let Some(value) = value {
                settings.insert(key.to_owned(), Value::String(value.clone()));
            }
        }
        if !self.target_lang.is_empty() {
            let tags = self.target_lang.iter().cloned().map(Value::String).collect();
            settings.insert("target_lang".to_owned(), Value::Array(tags));
        }
        let numbers = [("threshold", self.threshold), ("best", self.best), ("prefill", self.prefill)];
        for (key, value) in numbers {
            if let Some(value) = value {
                settings.insert(key.to_owned(), Value::Integer(value));
            }
        }
        let switches = [
            ("split", self.split),
            ("unique", self.unique),
            ("pseudo", self.pseudo),
            ("inline_marks", self.inline_marks),
        ];
        for (key, value) in switches {
            if value {
                settings.insert(key.to_owned(), Value::Boolean(true));
            }
        }
        if let Some(ratio) = self.max_target_ratio {
            settings.insert("max_target_ratio".to_owned(), Value::Float(ratio));
        }
        settings
    }
}

/// Writes the rules of the languages asked for, or of all.
fn export(job: &JobArgs) -> Result<Exit, Error> {
    let listed = |tag: &str| {
        let language = Lang::parse(tag).as_ref().and_then(export::language);
        language
            .ok_or_else(|| Error::Config(format!("--export-srx: no rules of its own are known of `{tag}`")))
    };
    let asked = job.langs().map(listed).collect::<Result<BTreeSet<_>, Error>>()?;
    let langs = if asked.is_empty() { export::languages() } else { asked };
    let xml = srx::write(&export::rules(langs));
    match job.output() {
        Some(path) => write_file(path, xml.as_bytes())?,
        None => terminal::print(xml.as_bytes())?,
    }
    Ok(Exit::Done)
}
