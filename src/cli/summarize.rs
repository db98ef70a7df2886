//! `nutgraf summarize`.

use toml::Table;

use crate::base::error::Error;
use crate::cli::common::{InputArgs, Job, OutputArgs, RankArgs, ShowArgs, WorkArgs};
use crate::cli::exit::Exit;
use crate::write::Content;

/// Summarize documents, one summary each
#[derive(Debug, clap::Args)]
pub(super) struct SummarizeArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    rank: RankArgs,
    /// Format of the result: text, md, jsonl, tsv
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// Runs the command.
pub(super) fn run(args: &SummarizeArgs) -> Result<Exit, Error> {
    let job = Job {
        input: &args.input,
        rank: Some(&args.rank),
        work: &args.work,
        show: &args.show,
        output: args.output.output.as_deref(),
        content: Content::Summaries,
        format: &args.format,
        settings: Table::new(),
    };
    job.run()
}
