//! `nutgraf terms`.

use std::num::NonZeroU32;

use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::common::JobArgs;
use crate::cli::exit::Exit;
use crate::pipeline::file::PipelineFile;
use crate::write::Content;

/// List candidates for a glossary: terms and names, with how often and where they stand
///
/// Texts in scripts that write no blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give none.
#[derive(Debug, clap::Args)]
pub(super) struct TermsArgs {
    #[command(flatten)]
    job: JobArgs,
    /// Format of the result: tsv, tbx
    #[arg(long, value_name = "FORMAT", default_value = "tsv")]
    format: String,
    /// Times a term has to stand in the batch
    #[arg(long, value_name = "N", default_value = "2")]
    min_count: NonZeroU32,
    /// Terms at most, the best first [default: all]
    #[arg(long, value_name = "N")]
    top: Option<NonZeroU32>,
}

/// Runs the command.
pub(super) fn run(args: &TermsArgs) -> Result<Exit, Error> {
    let mut settings = Table::new();
    settings.insert("min_count".to_owned(), Value::Integer(args.min_count.get().into()));
    if let Some(top) = args.top {
        settings.insert("top".to_owned(), Value::Integer(top.get().into()));
    }
    args.job.run_file(PipelineFile::default(), Content::Terms, &args.format, settings)
}
