//! `nutgraf explain`.

use toml::Table;

use crate::base::error::Error;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
use crate::write::Content;

/// Show why each sentence scored as it did
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: text, json (one object a document), html (one page)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Error> {
    args.job.run(Some(&args.rank), Content::Explanations, &args.format, Table::new())
}
