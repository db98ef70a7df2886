//! `nutgraf eval`.

mod summaries;

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Subcommand;
use serde::Serialize;

use crate::base::error::Error;
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::eval::gold::{Answers, Gold, read_answers, read_gold};
use crate::eval::segments::{Cases, Figures, Texts, own_answers};
use crate::pipeline::file::Loaded;
use crate::pipeline::plan::Stages;
use crate::run::write_file;

/// Score results against references
#[derive(Debug, clap::Args)]
pub(super) struct EvalArgs {
    #[command(subcommand)]
    command: EvalCommand,
}

#[derive(Debug, Subcommand)]
enum EvalCommand {
    /// Score where sentences end: of nutgraf itself, or of any other program
    Segments(SegmentsArgs),
    /// Score summaries against references: ROUGE-1, -2 and -Lsum, of any programs
    Rouge(summaries::RougeArgs),
    /// Count summary sentences that open with what only a sentence left out explains
    Dangling(summaries::DanglingArgs),
}

#[derive(Debug, clap::Args)]
struct SegmentsArgs {
    /// Texts whose sentences are known, as JSON lines of id, lang, source, text, sentences
    #[arg(long, value_name = "FILE", required_unless_present = "golden")]
    gold: Option<PathBuf>,

    /// Rule cases in the same form, each passed as a whole or not
    #[arg(long, value_name = "FILE")]
    golden: Option<PathBuf>,

    /// Take texts of this half alone, and those that name none
    #[arg(long, value_name = "NAME")]
    half: Option<String>,

    /// Take texts in these languages alone
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    langs: Vec<String>,

    /// Write every place and rule case that is wrong to FILE, as JSON lines
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,

    /// Write all figures to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Print no table, only the last lines
    #[arg(short, long)]
    quiet: bool,

    /// Give a row to each collection too: what stands before the first `/` of a source
    #[arg(long)]
    by_source: bool,

    /// Override a value of the pipeline that is scored, as in `segments.max_chars=80`; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE", conflicts_with = "command")]
    overrides: Vec<String>,

    /// A program that reads {"id","lang","text"} lines and writes {"id","sentences"} lines, in any order
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// The pipeline that is scored where no command is given: texts as they stand, of which only segments are wanted.
const PIPELINE: &str = "pipeline.structure = 'blocks'\npipeline.normalize = []\npipeline.rank = 'lead'";

/// Runs the command.
pub(super) fn run(args: &EvalArgs) -> Result<Exit, Error> {
    match &args.command {
        EvalCommand::Segments(args) => segments(args),
        EvalCommand::Rouge(args) => summaries::rouge(args),
        EvalCommand::Dangling(args) => summaries::dangling(args),
    }
}

fn segments(args: &SegmentsArgs) -> Result<Exit, Error> {
    let load = |path: &Path| read_gold(path, args.half.as_deref(), &args.langs);
    let mut subject = Subject::of(args)?;
    let (mut texts, mut cases, mut cpu) = (None, None, None);
    if let Some(path) = &args.gold {
        let golds = load(path)?;
        let (answers, usage) = subject.answers(&golds)?;
        let scored = Texts::score(&golds, &answers, args.by_source)?;
        let mut out = if args.quiet { String::new() } else { scored.table() };
        let closing = scored.closing();
        if !closing.is_empty() {
            let usage = usage.as_ref().map_or(String::new(), Usage::shown);
            out.extend([closing.as_str(), &usage, "\n"]);
        }
        terminal::print(out.as_bytes())?;
        cpu = usage.and_then(|usage| usage.cpu);
        texts = Some(scored);
    }
    if let Some(path) = &args.golden {
        let golds = load(path)?;
        let (answers, _) = subject.answers(&golds)?;
        let scored = Cases::score(&golds, &answers);
        terminal::print(scored.line().as_bytes())?;
        cases = Some(scored);
    }
    if let Some(path) = &args.errors {
        let errors = [texts.as_ref().map(|t| t.errors.as_str()), cases.as_ref().map(|c| c.errors.as_str())];
        write_file(path, errors.map(Option::unwrap_or_default).concat().as_bytes())?;
    }
    if let Some(path) = &args.json {
        let command = (!args.command.is_empty()).then(|| args.command.join(" "));
        let figures = Figures { command, texts: texts.as_ref(), cpu, golden: cases.as_ref() };
        write_file(path, figures.to_json().as_bytes())?;
    }
    Ok(if subject.failed() { Exit::SomeFailed } else { Exit::Done })
}

/// What is scored.
enum Subject<'a> {
    Own(Box<Stages>),
    Command { words: &'a [String], failed: bool },
}

impl<'a> Subject<'a> {
    fn of(args: &'a SegmentsArgs) -> Result<Self, Error> {
        if args.command.is_empty() {
            let loaded = Loaded::parse("eval", PIPELINE, &args.overrides)?;
            return Ok(Self::Own(Box::new(Stages::build(&loaded)?)));
        }
        Ok(Self::Command { words: &args.command, failed: false })
    }

    fn failed(&self) -> bool {
        matches!(self, Self::Command { failed: true, .. })
    }

    /// Answers about texts, and what they cost where a command gave them.
    fn answers(&mut self, golds: &[Gold]) -> Result<(Answers, Option<Usage>), Error> {
        match self {
            Self::Own(stages) => Ok((own_answers(golds, stages), None)),
            Self::Command { words, failed } => {
                let (answers, usage, ended) = ask(words, golds)?;
                *failed |= ended;
                Ok((answers, Some(usage)))
            }
        }
    }
}

/// What a command cost.
struct Usage {
    /// Seconds of processor time, where the system tells them.
    cpu: Option<f64>,
    /// Seconds on the clock.
    wall: f64,
}

impl Usage {
    fn shown(&self) -> String {
        let cpu = self.cpu.map_or("?".to_owned(), |cpu| format!("{cpu:.2}"));
        format!("  user CPU {cpu} s  wall {:.1} s", self.wall)
    }
}

/// A line of a command's input.
#[derive(Serialize)]
struct Question<'g> {
    id: &'g str,
    lang: &'g str,
    text: &'g str,
}

/// Runs a command over texts; also whether it ended with a failure, which is said.
fn ask(words: &[String], golds: &[Gold]) -> Result<(Answers, Usage, bool), Error> {
    let [program, rest @ ..] = words else { return Err(Error::Config("no command".to_owned())) };
    let spooled = |e| Error::output("temporary file", e);
    let (mut questions, mut answers) =
        (tempfile::tempfile().map_err(spooled)?, tempfile::tempfile().map_err(spooled)?);
    let mut lines = Vec::new();
    for Gold { id, lang, text, .. } in golds {
        serde_json::to_writer(&mut lines, &Question { id, lang, text }).expect("texts are JSON");
        lines.push(b'\n');
    }
    questions.write_all(&lines).and_then(|()| questions.seek(SeekFrom::Start(0))).map_err(spooled)?;
    let (cpu, start) = (cpu_of_children(), Instant::now());
    let output = answers.try_clone().map_err(spooled)?;
    let status = Command::new(program).args(rest).stdin(questions).stdout(Stdio::from(output)).status();
    let status = status.map_err(|e| Error::Config(format!("{program}: {e}")))?;
    let wall = start.elapsed().as_secs_f64();
    let cpu = cpu_of_children().zip(cpu).map(|(after, before)| after - before);
    if !status.success() {
        terminal::say(&format!("nutgraf: {program}: ended with {status}"));
    }
    let mut lines = String::new();
    let read = answers.seek(SeekFrom::Start(0)).and_then(|_| answers.read_to_string(&mut lines));
    let refuse = |reason: String| Error::Input { path: format!("what {program} wrote"), reason };
    read.map_err(|e| refuse(e.to_string()))?;
    let answers = read_answers(&lines).map_err(refuse)?;
    Ok((answers, Usage { cpu, wall }, !status.success()))
}

/// Seconds of processor time that programs started from here have taken so far; `None` where the system does not tell.
#[cfg(unix)]
#[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
fn cpu_of_children() -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    Some(used.user_time().num_microseconds() as f64 / 1e6)
}

/// The same where no such thing is told.
#[cfg(not(unix))]
fn cpu_of_children() -> Option<f64> {
    None
}
