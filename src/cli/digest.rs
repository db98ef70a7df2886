//! `nutgraf digest`.

use toml::Table;

use crate::base::error::Error;
use crate::cli::common::{BudgetArgs, CutArgs, JobArgs};
use crate::cli::exit::Exit;
use crate::group::Weights;
use crate::pipeline::file::{GroupsTable, PipelineFile};
use crate::write::Content;

/// Summarize groups of documents, one summary each
#[derive(Debug, clap::Args)]
pub(super) struct DigestArgs {
    #[command(flatten)]
    job: JobArgs,
    /// Field whose value names a document's group: lang, publisher, published (its day) … or any other field of the
    /// record; dots lead into objects
    #[arg(long, value_name = "FIELD")]
    group_by: Option<String>,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    cut: CutArgs,
    /// Format of the result: md, text, jsonl
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: String,
}

/// Runs the command.
pub(super) fn run(args: &DigestArgs) -> Result<Exit, Error> {
    let Some(by) = args.group_by.clone() else {
        let reason = "digest: pass --group-by FIELD, the field whose value names each document's group; \
            documents are not clustered into stories yet";
        return Err(Error::Config(reason.to_owned()));
    };
    let mut file = PipelineFile::default();
    args.budget.fill(&mut file);
    args.cut.fill(&mut file);
    file.groups = Some(GroupsTable { by, weights: Weights::default() });
    args.job.run_file(file, Content::Groups, &args.format, Table::new())
}
