//! `nutgraf summarize`.

use toml::Table;

use crate::base::error::Error;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
use crate::write::Content;

/// Summarize documents, one summary each
#[derive(Debug, clap::Args)]
pub(super) struct SummarizeArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: text, md, jsonl, tsv
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &SummarizeArgs) -> Result<Exit, Error> {
    args.job.run(Some(&args.rank), Content::Summaries, &args.format, Table::new())
}
