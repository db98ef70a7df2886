//! The command line: turns flags into library types, shows progress, and ends with the right code.

mod analyze;
mod check;
mod common;
mod dedup;
mod digest;
mod eval;
mod exit;
mod explain;
mod extract;
mod generate;
mod init;
mod merge;
mod model;
mod progress;
mod run;
mod segment;
mod summarize;
mod terminal;
mod terms;
#[cfg(feature = "tm")]
mod tm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cli::exit::Exit;
use crate::run::panics;

/// Normalizes articles, finds and scores their sentences, and writes summaries and aligned segments for translators
#[derive(Debug, Parser)]
#[command(name = "nutgraf", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArgs),
    Analyze(Box<analyze::AnalyzeArgs>),
    Extract(extract::ExtractArgs),
    Summarize(summarize::SummarizeArgs),
    Segment(Box<segment::SegmentArgs>),
    Merge(merge::MergeArgs),
    Check(check::CheckArgs),
    Digest(Box<digest::DigestArgs>),
    Explain(explain::ExplainArgs),
    Dedup(Box<dedup::DedupArgs>),
    Terms(terms::TermsArgs),
    Model(model::ModelArgs),
    #[cfg(feature = "tm")]
    Tm(Box<tm::TmArgs>),
    Eval(eval::EvalArgs),
    Init(init::InitArgs),
    Completions(generate::CompletionsArgs),
    Man(generate::ManArgs),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    panics::keep_workers_quiet();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version are results; what cannot be printed has no one to read it.
            let _ = e.print();
            return if e.use_stderr() { Exit::Usage } else { Exit::Done }.into();
        }
    };
    let done = match cli.command {
        Command::Run(args) => run::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Summarize(args) => summarize::run(&args),
        Command::Segment(args) => segment::run(&args),
        Command::Digest(args) => digest::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Dedup(args) => dedup::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Terms(args) => terms::run(&args),
        Command::Model(args) => model::run(&args),
        #[cfg(feature = "tm")]
        Command::Tm(args) => tm::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions(args) => generate::completions(args),
        Command::Man(args) => generate::man(&args),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) => {
            if let Some(message) = exit::message(&error) {
                terminal::say(&format!("nutgraf: {message}"));
            }
            Exit::from(&error).into()
        }
    }
}
