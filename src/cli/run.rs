//! `nutgraf run`.

use std::path::{Path, PathBuf};

use crate::base::error::Error;
use crate::cli::common::{ShowArgs, execute};
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::pipeline::file::Loaded;
use crate::pipeline::plan::Plan;

/// Run a pipeline file: the batch main job
#[derive(Debug, clap::Args)]
pub(super) struct RunArgs {
    /// The pipeline file
    #[arg(value_name = "PIPELINE.toml")]
    pipeline: PathBuf,

    /// Folder for the outputs, the report and the list of errors
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,

    /// Override a value, as in `budget.sentences=5`; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Worker threads [default: the file's, else one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,

    /// Print the resolved pipeline with where each value came from, and run nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    show: ShowArgs,
}

/// Runs the command.
pub(super) fn run(args: &RunArgs) -> Result<Exit, Error> {
    let name = args.pipeline.to_string_lossy();
    let text = std::fs::read_to_string(&args.pipeline)
        .map_err(|e| Error::Input { path: name.clone().into_owned(), reason: e.to_string() })?;
    let mut overrides = args.overrides.clone();
    overrides.extend(args.threads.map(|threads| format!("run.threads={threads}")));
    let loaded = Loaded::parse(&name, &text, &overrides)?;
    let home = args.pipeline.parent().unwrap_or(Path::new(""));
    let mut plan = Plan::build(&loaded, home, &args.out)?;
    if args.dry_run {
        terminal::print(loaded.resolved().as_bytes())?;
        return Ok(Exit::Done);
    }
    if plan.outputs.is_empty() {
        return Err(loaded.mistake("output", "no output is declared"));
    }
    plan.report = Some(args.out.join("report.json"));
    plan.errors = Some(args.out.join("errors.jsonl"));
    execute(plan, &args.show)
}
