//! `nutgraf model build|merge|inspect`.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::base::error::Error;
use crate::cli::common::{InputArgs, ShowArgs, WorkArgs, plan, stop_on_signals};
use crate::cli::exit::Exit;
use crate::cli::progress::Progress;
use crate::cli::terminal;
use crate::lex::frequencies::all_shipped;
use crate::lex::lexicon::key_of;
use crate::pipeline::file::PipelineFile;
use crate::run::{build_model, read_model, write_model};
use crate::stats::idf::idf;
use crate::stats::model::CorpusModel;
use crate::structure::evidence::key_of as key_of_line;

/// Build, merge and look into corpus models: document frequencies by language
#[derive(Debug, clap::Args)]
pub(super) struct ModelArgs {
    #[command(subcommand)]
    command: ModelCommand,
}

#[derive(Debug, Subcommand)]
enum ModelCommand {
    /// Count the documents of a corpus that hold each term
    Build(Box<BuildArgs>),
    /// Add models up; the order plays no part
    Merge(MergeArgs),
    /// Show what a model holds, and what it knows of words
    Inspect(InspectArgs),
}

#[derive(Debug, clap::Args)]
struct BuildArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    work: WorkArgs,
    #[command(flatten)]
    show: ShowArgs,
}

#[derive(Debug, clap::Args)]
struct MergeArgs {
    /// The models to add up
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Debug, clap::Args)]
struct InspectArgs {
    /// The model; `builtin` is what ships
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Words to look up in every language of the model, or whole lines of text
    #[arg(value_name = "WORD")]
    words: Vec<String>,
}

/// Runs the command.
pub(super) fn run(args: &ModelArgs) -> Result<Exit, Error> {
    match &args.command {
        ModelCommand::Build(args) => build(args),
        ModelCommand::Merge(args) => {
            let models = args.files.iter().map(|file| read_model(file)).collect::<Result<Vec<_>, _>>()?;
            write_model(&args.output, &models.into_iter().fold(CorpusModel::default(), CorpusModel::merged))?;
            Ok(Exit::Done)
        }
        ModelCommand::Inspect(args) => inspect(&args.file, &args.words),
    }
}

fn build(args: &BuildArgs) -> Result<Exit, Error> {
    let plan = plan(PipelineFile::default(), &args.input, &args.work)?;
    let mut progress = Progress::new(&args.show, false);
    let (model, report) = build_model(&plan, &mut progress, &stop_on_signals())?;
    progress.finish(&report);
    write_model(&args.output, &model)?;
    Ok(Exit::from(&report))
}

fn inspect(path: &Path, words: &[String]) -> Result<Exit, Error> {
    let model = if path == Path::new("builtin") { all_shipped() } else { read_model(path)? };
    let mut out = String::from("language\tdocuments\twords\tterms\n");
    for (tag, language) in &model.languages {
        let counts = [language.documents, language.tokens, language.terms() as u64].map(|n| n.to_string());
        out.extend([tag, "\t", &counts.join("\t"), "\n"]);
    }
    let lines = &model.lines;
    let repeated = lines.frequencies.entries().filter(|(_, df)| *df > 1).count();
    let most = lines.frequencies.entries().map(|(_, df)| df).max().unwrap_or_default();
    out.push_str("\ndocuments\tlines\trepeated\tmost\n");
    let counts = [lines.documents, lines.frequencies.len() as u64, repeated as u64, u64::from(most)];
    out.extend([counts.map(|n| n.to_string()).join("\t").as_str(), "\n"]);
    if !words.is_empty() {
        out.push_str("\nlanguage\tword\tdocuments\tidf\n");
    }
    for word in words {
        for (tag, language) in &model.languages {
            let df = language.df(key_of(word, tag));
            let known = format!("{tag}\t{word}\t{df}\t{:.4}\n", idf(df, language.documents));
            out.push_str(&known);
        }
    }
    let looked_up = words.iter().filter(|word| word.contains(char::is_whitespace));
    for (number, line) in looked_up.enumerate() {
        if number == 0 {
            out.push_str("\nline\tdocuments\n");
        }
        let df = key_of_line(line).map_or(0, |key| lines.frequencies.df(key));
        out.extend([line, "\t", &df.to_string(), "\n"]);
    }
    terminal::print(out.as_bytes())?;
    Ok(Exit::Done)
}
