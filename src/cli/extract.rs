//! `nutgraf extract`.

use toml::Table;

use crate::base::error::Error;
use crate::cli::common::JobArgs;
use crate::cli::exit::Exit;
use crate::write::Content;

/// Write documents cleaned: the article alone, with its title, date and author
#[derive(Debug, clap::Args)]
pub(super) struct ExtractArgs {
    #[command(flatten)]
    job: JobArgs,
    /// Format of the result: jsonl, text, md
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &ExtractArgs) -> Result<Exit, Error> {
    args.job.run(None, Content::Documents, &args.format, Table::new())
}
