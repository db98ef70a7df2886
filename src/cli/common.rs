//! Flags that several commands share, and the pipeline they make.

use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::cli::terminal;
use crate::pipeline::file::{Dedup, Loaded, OnError, OutputTable, PipelineFile};
use crate::pipeline::plan::{Plan, Target};
use crate::run;
use crate::write::Content;

/// What is read.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files, folders or globs; `-` is standard input
    #[arg(value_name = "INPUT", default_value = "-")]
    pub(super) inputs: Vec<String>,

    /// Format of the input: text, lines, html, markdown, jsonl, csv, tsv, parquet, feed, opml, warc, wet, eml, mbox,
    /// epub, docx [default: by content and extension]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,

    /// Language of every document, as a BCP 47 tag [default: the record's, else detected]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,

    /// Languages that documents may be detected to be in, as BCP 47 tags [default: all that are known]
    #[arg(long, value_name = "TAGS", value_delimiter = ',', conflicts_with = "lang")]
    langs: Vec<String>,

    /// Address of the one document given
    #[arg(long, value_name = "URL")]
    url: Option<String>,

    /// Field of JSON lines that holds what nutgraf calls NAME, as in `text=body`; may be repeated
    #[arg(long = "field", value_name = "NAME=FIELD", value_parser = field)]
    fields: Vec<(String, String)>,

    /// Records read at most
    #[arg(long, value_name = "N")]
    limit: Option<u64>,

    /// Records taken of those, chosen by chance; the same seed takes the same ones
    #[arg(long, value_name = "N")]
    sample: Option<u64>,

    /// Which chance `--sample` goes by
    #[arg(long, value_name = "N", default_value_t = 0, requires = "sample")]
    seed: u64,

    /// Leave out documents with fewer words of body than this
    #[arg(long, value_name = "N", default_value_t = 0)]
    min_words: u64,

    /// How text is cleaned
    #[arg(long, value_enum, default_value_t = Clean::Auto)]
    clean: Clean,
}

/// What happens to near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Duplicates {
    /// They are not looked for
    Off,
    /// Of each cluster only the first document is written
    KeepFirst,
    /// All are written, each with its cluster and relation under `extra.dedup`
    Group,
}

fn field(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, field)| !name.is_empty() && !field.is_empty());
    pair.map(|(name, field)| (name.to_owned(), field.to_owned()))
        .ok_or_else(|| "expected NAME=FIELD".to_owned())
}

/// How text is cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Clean {
    /// Mend characters, find the body, and give every line a role
    Auto,
    /// Mend characters, and take everything as body
    Repair,
    /// Neither: take everything as it stands
    Off,
}

/// How long summaries are.
#[derive(Debug, Args)]
pub(super) struct BudgetArgs {
    /// Segments per summary [default: 3]
    #[arg(short = 'n', long, value_name = "N", conflicts_with_all = ["words", "ratio"])]
    sentences: Option<NonZeroU64>,

    /// Words per summary, at most, but never less than one segment
    #[arg(long, value_name = "N", conflicts_with = "ratio")]
    words: Option<NonZeroU64>,

    /// Share of the body's words to keep, above 0 and up to 1
    #[arg(long, value_name = "R")]
    ratio: Option<f64>,
}

/// How segments are found, scored and chosen.
#[derive(Debug, Args)]
pub(super) struct RankArgs {
    #[command(flatten)]
    budget: BudgetArgs,

    /// Prefer segments with words of TEXT
    #[arg(long, value_name = "TEXT")]
    focus: Option<String>,

    /// Take no segments but those with a word of the focus
    #[arg(long, requires = "focus")]
    focus_only: bool,

    /// What happens to segments that point back at one that is left out ("He", "But")
    #[arg(long, value_enum, value_name = "WHAT")]
    dangling: Option<DanglingArg>,

    /// How segments are scored
    #[arg(long, value_name = "NAME", default_value = "tfidf-position", help = ranker_help())]
    ranker: String,

    #[command(flatten)]
    cut: CutArgs,
}

/// What happens to segments that point back at one that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DanglingArg {
    /// Nothing
    Off,
    /// They are taken only for want of anything near as good (default)
    Avoid,
    /// They are taken only for want of anything else
    Forbid,
}

/// How segments are found.
#[derive(Debug, Args)]
pub(super) struct CutArgs {
    /// Characters of a segment, at most; longer ones are cut at a sensible place
    #[arg(long, value_name = "N")]
    max_segment: Option<NonZeroU64>,

    /// List of strings after which segments never end (section `[never]`) or always do (`[always]`), or before which one
    /// begins (`[before]`)
    #[arg(long, value_name = "FILE")]
    exceptions: Option<String>,

    /// Cut sentences by the rules of this SRX file
    #[arg(long, value_name = "FILE")]
    srx: Option<String>,
}

fn ranker_help() -> String {
    let kinds = crate::rank::KINDS.iter().map(|kind| format!("{} ({})", kind.name, kind.about));
    format!("How segments are scored: {}", kinds.collect::<Vec<_>>().join(", "))
}

/// How a run behaves.
#[derive(Debug, Args)]
pub(super) struct WorkArgs {
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Bytes of finished results that may wait for their turn
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    memory: u64,

    /// What a document that fails does to the run
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Failing::Skip)]
    on_error: Failing,

    /// Write what happened, in counts that add up, to FILE as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What a document that fails does to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Failing {
    /// Nothing: it is counted and named
    Skip,
    /// It ends the run
    Fail,
}

/// What is shown beside the results.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Draw no progress bar
    #[arg(long)]
    pub(super) no_progress: bool,

    /// Say nothing but what ends the run
    #[arg(short, long)]
    pub(super) quiet: bool,

    /// Say every failure and how it went
    #[arg(short, long, conflicts_with = "quiet")]
    pub(super) verbose: bool,
}

/// Where the result goes.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Write to PATH instead of standard output
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
}

impl InputArgs {
    fn fill(&self, file: &mut PipelineFile) {
        file.input.paths.clone_from(&self.inputs);
        file.input.format.clone_from(&self.input_format);
        file.input.lang.clone_from(&self.lang);
        file.input.langs.clone_from(&self.langs);
        file.input.url.clone_from(&self.url);
        file.input.fields = self.fields.iter().cloned().collect();
        file.input.limit = self.limit;
        file.input.sample = self.sample;
        file.input.seed = self.seed;
        file.input.min_words = self.min_words;
        if self.clean != Clean::Auto {
            "blocks".clone_into(&mut file.pipeline.structure);
        }
        if self.clean == Clean::Off {
            file.pipeline.normalize.clear();
        }
    }
}

impl BudgetArgs {
    /// Says in `file` what the flags say.
    pub(super) fn fill(&self, file: &mut PipelineFile) {
        file.budget.sentences = self.sentences.map(NonZeroU64::get);
        file.budget.words = self.words.map(NonZeroU64::get);
        file.budget.ratio = self.ratio;
    }
}

impl RankArgs {
    fn fill(&self, file: &mut PipelineFile) {
        self.budget.fill(file);
        file.focus.query.clone_from(&self.focus);
        file.focus.only = self.focus_only;
        file.pipeline.rank.clone_from(&self.ranker);
        if let Some(dangling) = self.dangling {
            let name = match dangling {
                DanglingArg::Off => "off",
                DanglingArg::Avoid => "avoid",
                DanglingArg::Forbid => "forbid",
            };
            let settings = Table::from_iter([("dangling".to_owned(), Value::String(name.to_owned()))]);
            file.stage.insert("mmr".to_owned(), Value::Table(settings));
            file.pipeline.select = Some("mmr".to_owned());
        }
        self.cut.fill(file);
    }
}

impl CutArgs {
    /// Says in `file` what the flags say.
    pub(super) fn fill(&self, file: &mut PipelineFile) {
        file.segments.max_chars = self.max_segment.map(NonZeroU64::get);
        file.segments.exceptions.clone_from(&self.exceptions);
        if let Some(rules) = &self.srx {
            "srx".clone_into(&mut file.pipeline.segment);
            let settings = Table::from_iter([("file".to_owned(), Value::String(rules.clone()))]);
            file.stage.insert("srx".to_owned(), Value::Table(settings));
        }
    }
}

impl WorkArgs {
    fn fill(&self, file: &mut PipelineFile) {
        file.run.threads = self.threads.map_or(0, NonZeroUsize::get);
        file.run.memory = self.memory;
        file.run.on_error = match self.on_error {
            Failing::Skip => OnError::Skip,
            Failing::Fail => OnError::Fail,
        };
    }
}

/// The flags of a command that reads documents and writes one output.
#[derive(Debug, Args)]
pub(super) struct JobArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Where document frequencies come from: builtin, batch, or a file made by `model build`
    #[arg(long, value_name = "SOURCE", default_value = "builtin")]
    model: String,

    /// What happens to near-duplicates [default: off; group in a digest of stories]
    #[arg(long, value_enum, value_name = "WHAT")]
    dedup: Option<Duplicates>,

    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    show: ShowArgs,
}

impl JobArgs {
    /// The tags of `--lang` or `--langs`.
    pub(super) fn langs(&self) -> impl Iterator<Item = &str> {
        self.input.lang.iter().chain(&self.input.langs).map(String::as_str)
    }

    /// The file that `--output` names.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.output.as_deref()
    }

    /// Runs the command: `content` in `format`, with the format's `settings`; `rank` where something is scored.
    pub(super) fn run(
        &self,
        rank: Option<&RankArgs>,
        content: Content,
        format: &str,
        settings: Table,
    ) -> Result<Exit, Error> {
        let mut file = PipelineFile::default();
        if let Some(rank) = rank {
            rank.fill(&mut file);
        }
        self.run_file(file, content, format, settings)
    }

    /// Runs the command as `file` has it so far: `content` in `format`, with the format's `settings`.
    pub(super) fn run_file(
        &self,
        mut file: PipelineFile,
        content: Content,
        format: &str,
        mut settings: Table,
    ) -> Result<Exit, Error> {
        let output = self.output.output.as_deref();
        if format == "text" && output.is_none() && terminal::stdout_has_color() {
            settings.insert("color".to_owned(), Value::Boolean(true));
        }
        file.model.from.clone_from(&self.model);
        if let Some(dedup) = self.dedup {
            file.input.dedup = match dedup {
                Duplicates::Off => Dedup::Off,
                Duplicates::KeepFirst => Dedup::KeepFirst,
                Duplicates::Group => Dedup::Group,
            };
        }
        let path = output.map_or("-".to_owned(), |path| path.to_string_lossy().into_owned());
        let table = OutputTable { format: format.to_owned(), path, kind: Some(content), settings };
        file.output.insert("result".to_owned(), table);
        let plan = plan(file, &self.input, &self.work)?;
        execute(plan, &self.show)
    }
}

/// The plan of a pipeline made from flags.
pub(super) fn plan(mut file: PipelineFile, input: &InputArgs, work: &WorkArgs) -> Result<Plan, Error> {
    input.fill(&mut file);
    work.fill(&mut file);
    let mut plan = Plan::build(&Loaded::from_flags(file), Path::new(""), Path::new(""))?;
    plan.report.clone_from(&work.report);
    Ok(plan)
}

/// Runs a plan with progress, and with signals heeded.
pub(super) fn execute(plan: Plan, show: &ShowArgs) -> Result<Exit, Error> {
    let to_stdout = plan.outputs.iter().any(|output| output.target == Target::Stdout);
    let mut progress = Progress::new(show, to_stdout);
    let report = run::run(plan, &mut terminal::stdout(), &mut progress, &stop_on_signals())?;
    progress.finish(&report);
    Ok(Exit::from(&report))
}

/// A flag that the first SIGINT or SIGTERM turns true; the second one ends the program at once.
pub(super) fn stop_on_signals() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    let handler = move || {
        if seen.swap(true, Ordering::Relaxed) {
            #[expect(clippy::exit, reason = "asked twice")]
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    // Where no handler can be set, a signal ends the program as it always did.
    let _ = ctrlc::set_handler(handler);
    stop
}
