//! `nutgraf dedup`.

use clap::ValueEnum;
use serde::Serialize;

use crate::base::error::Error;
use crate::base::escape;
use crate::cli::common::{InputArgs, OutputArgs, ShowArgs, WorkArgs, plan, stop_on_signals};
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::cli::terminal;
use crate::pipeline::file::PipelineFile;
use crate::run::{Placed, find_duplicates, write_file};

/// List clusters of near-duplicates, and of documents that stand whole in another
///
/// One line a document, in the order of the input: its id, its cluster (named by its first document), and what it is
/// there: first, duplicate or contained.
#[derive(Debug, clap::Args)]
pub(super) struct DedupArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    show: ShowArgs,
    /// Format of the result
    #[arg(long, value_enum, default_value_t = Format::Tsv)]
    format: Format,
}

/// Formats of clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table without a header
    Tsv,
    /// One object a document
    Jsonl,
}

/// Runs the command.
pub(super) fn run(args: &DedupArgs) -> Result<Exit, Error> {
    let mut plan = plan(PipelineFile::default(), &args.input, &args.work)?;
    let report_file = plan.report.take();
    let mut progress = Progress::new(&args.show, args.output.output.is_none());
    let (placed, report) = find_duplicates(&plan, &mut progress, &stop_on_signals())?;
    let mut out = String::new();
    for document in &placed {
        line(document, &placed[document.cluster].id, args.format, &mut out);
    }
    match &args.output.output {
        Some(path) => write_file(path, out.as_bytes())?,
        None => terminal::print(out.as_bytes())?,
    }
    if let Some(path) = report_file {
        write_file(&path, report.to_json().as_bytes())?;
    }
    progress.finish(&report);
    Ok(Exit::from(&report))
}

fn line(document: &Placed, cluster: &str, format: Format, out: &mut String) {
    let relation = document.relation.name();
    match format {
        Format::Tsv => {
            let cells = [escape::tsv(&document.id), escape::tsv(cluster), relation.into()];
            out.push_str(&cells.join("\t"));
        }
        Format::Jsonl => {
            let row = Row { id: &document.id, cluster, relation };
            out.push_str(&serde_json::to_string(&row).expect("texts are JSON"));
        }
    }
    out.push('\n');
}

/// A line of JSON.
#[derive(Serialize)]
struct Row<'r> {
    id: &'r str,
    cluster: &'r str,
    relation: &'static str,
}
