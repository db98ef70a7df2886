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
pub(super) struct SegmentArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: jsonl, units, tsv, xliff
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: String,
    /// Segments that are written: summary, body or all
    #[arg(long, value_name = "WHICH")]
    scope: Option<String>,
    /// Language that labels the file's sources, as a BCP 47 tag [default: the input's one language]
    #[arg(long, value_name = "TAG")]
    source_lang: Option<String>,
    /// Language that labels the file's targets, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Write the rules of the languages of `--lang` or `--langs`, or of all, as an SRX file and read nothing
    #[arg(long, conflicts_with_all = ["inputs", "srx", "scope", "source_lang", "target_lang"])]
    export_srx: bool,
}

/// Runs the command.
pub(super) fn run(args: &SegmentArgs) -> Result<Exit, Error> {
    if args.export_srx {
        return export(&args.job);
    }
    if args.format == "jsonl"
        && (args.scope.is_some() || args.source_lang.is_some() || args.target_lang.is_some())
    {
        let reason = "--scope, --source-lang and --target-lang go with tsv, units and xliff; jsonl holds every segment";
        return Err(Error::Config(reason.to_owned()));
    }
    let mut settings = Table::new();
    let given =
        [("scope", &args.scope), ("source_lang", &args.source_lang), ("target_lang", &args.target_lang)];
    for (key, value) in given {
        if let Some(value) = value {
            settings.insert(key.to_owned(), Value::String(value.clone()));
        }
    }
    args.job.run(Some(&args.rank), Content::Segments, &args.format, settings)
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
