//! `nutgraf segment`.

use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
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
}

/// Runs the command.
pub(super) fn run(args: &SegmentArgs) -> Result<Exit, Error> {
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
