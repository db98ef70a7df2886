//! `nutgraf explain`.

use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::common::{JobArgs, RankArgs};
use crate::cli::exit::Exit;
use crate::write::Content;

/// Show why each sentence scored as it did, or where sentences end and why
#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    #[command(flatten)]
    job: JobArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: text, json (one object a document), html (one page)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// Show every place where a segment might begin, whether one does, and why; with text and json
    #[arg(long)]
    boundaries: bool,
}

/// Runs the command.
pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Error> {
    let mut settings = Table::new();
    if args.boundaries {
        if args.format == "html" {
            return Err(Error::Config("--boundaries goes with text and json".to_owned()));
        }
        settings.insert("boundaries".to_owned(), Value::Boolean(true));
    }
    args.job.run(Some(&args.rank), Content::Explanations, &args.format, settings)
}
