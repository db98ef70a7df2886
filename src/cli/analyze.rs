//! `nutgraf analyze`.

use clap::ValueEnum;
use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
use crate::write::Content;

/// Count what a translation is quoted from: segments, words, characters, repetitions, similar segments
///
/// Every segment counts as one thing, so that categories add up. Of equal segments the first counts as new, later ones as
/// repetitions.
#[derive(Debug, clap::Args)]
pub(super) struct AnalyzeArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: text, json, csv, html
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// Segments that are counted: summary, body or all
    #[arg(long, value_name = "WHICH", default_value = "all")]
    scope: String,
    /// Whether segments are compared with earlier ones of the batch
    #[arg(long, value_enum, value_name = "SWITCH", default_value_t = Switch::On)]
    internal_fuzzy: Switch,
    /// Prices by the word and words by the hour, for each category, as TOML
    #[arg(long, value_name = "FILE")]
    rates: Option<String>,
    /// Translation memory that segments are looked up in
    #[arg(long, value_name = "FILE", requires = "target_lang")]
    tm: Option<String>,
    /// Language of the sources in the memory [default: the input's one language]
    #[arg(long, value_name = "TAG", requires = "tm")]
    source_lang: Option<String>,
    /// Language that is translated into
    #[arg(long, value_name = "TAG", requires = "tm")]
    target_lang: Option<String>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    /// They are
    On,
    /// They are not
    Off,
}

/// Runs the command.
pub(super) fn run(args: &AnalyzeArgs) -> Result<Exit, Error> {
    let mut settings = Table::new();
    let fuzzy = if args.internal_fuzzy == Switch::On { "on" } else { "off" };
    let given = [
        ("scope", Some(&*args.scope)),
        ("internal_fuzzy", Some(fuzzy)),
        ("rates", args.rates.as_deref()),
        ("tm", args.tm.as_deref()),
        ("source_lang", args.source_lang.as_deref()),
        ("target_lang", args.target_lang.as_deref()),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            settings.insert(key.to_owned(), Value::String(value.to_owned()));
        }
    }
    args.job.run(Some(&args.rank), Content::Analysis, &args.format, settings)
}
