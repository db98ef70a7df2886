//! `nutgraf merge`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::base::error::Error;
use crate::cli::common::{OutputArgs, ShowArgs};
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::io::atomic::Beside;
use crate::run::merge::{MergeJob, MergeReport, merge};
use crate::run::write_file;
use crate::translate::merge::Settings;
use crate::write::merged::{Fallback, MERGED};

/// Put translated files back: translated documents and summaries
///
/// Files come from `segment` and went through any tool; the skeleton that `segment` wrote beside them is found by their
/// names. What is not used, and why, is said on standard error, a line a unit.
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// Translated files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Skeleton of the files [default: by their names]
    #[arg(long, value_name = "FILE")]
    skeleton: Option<PathBuf>,
    /// Format of the result: jsonl, text, md, tsv, tmx
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    format: String,
    /// What stands where nothing was translated
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FallbackArg::Source)]
    fallback: FallbackArg,
    /// Use the targets of units whose source has changed, too
    #[arg(long)]
    accept_stale: bool,
    /// Write what happened to FILE as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// What stands where nothing was translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FallbackArg {
    /// The source
    Source,
    /// The source between [[ and ]]
    Mark,
    /// Nothing is written, and the exit status is 1
    Fail,
}

/// Runs the command.
pub(super) fn run(args: &MergeArgs) -> Result<Exit, Error> {
    let form = MERGED.iter().find(|(name, _)| *name == args.format).ok_or_else(|| {
        let known: Vec<_> = MERGED.iter().map(|(name, _)| *name).collect();
        Error::Config(format!("unknown format `{}`; known formats: {}", args.format, known.join(", ")))
    })?;
    let job = MergeJob {
        files: &args.files,
        skeleton: args.skeleton.as_deref(),
        settings: Settings { accept_stale: args.accept_stale },
        fallback: match args.fallback {
            FallbackArg::Source => Fallback::Source,
            FallbackArg::Mark => Fallback::Mark,
            FallbackArg::Fail => Fallback::Fail,
        },
        form: form.1,
    };
    let report = if let Some(path) = &args.output.output {
        let mut file = Beside::create(path)?;
        let report = merge(&job, &mut file)?;
        if !report.withheld {
            file.commit()?;
        }
        report
    } else {
        let mut stdout = terminal::stdout();
        let report = merge(&job, &mut stdout)?;
        stdout.flush().map_err(|e| Error::output("standard output", e))?;
        report
    };
    if let Some(path) = &args.report {
        let json = serde_json::to_string_pretty(&report).expect("texts and numbers are JSON");
        write_file(path, (json + "\n").as_bytes())?;
    }
    if !args.show.quiet {
        tell(&report);
    }
    Ok(if report.units.refused() > 0 || report.withheld { Exit::SomeFailed } else { Exit::Done })
}

fn tell(report: &MergeReport) {
    for finding in &report.findings {
        terminal::say(&format!("nutgraf: {finding}"));
    }
    let units = &report.units;
    let mut line = format!("nutgraf: {} of {} units translated", units.translated, units.units);
    let rest = [
        (units.untranslated, "untranslated"),
        (units.missing, "missing"),
        (units.stale, "stale"),
        (units.unknown, "unknown"),
        (units.duplicate, "duplicate"),
        (units.suspicious, "suspicious"),
        (units.marks_lost, "emphasis or link marks lost"),
    ];
    for (count, what) in rest.into_iter().filter(|(count, _)| *count > 0) {
        _ = write!(line, ", {count} {what}");
    }
    if report.withheld {
        line.push_str("; nothing is written");
    }
    terminal::say(&line);
}
