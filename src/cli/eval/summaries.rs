//! `nutgraf eval rouge` and `nutgraf eval dangling`.

use std::path::PathBuf;

use crate::base::error::Error;
use crate::cli::exit::Exit;
use crate::cli::terminal;
use crate::eval::dangling::{self, Dangling};
use crate::eval::summaries::{System, read_articles, read_system};
use crate::eval::systems;
use crate::lex::opening;
use crate::run::write_file;

#[derive(Debug, clap::Args)]
pub(super) struct RougeArgs {
    /// Documents with references, as JSON lines of id, lang, split, reference
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,

    /// A program's summaries, as JSON lines of id, summary (a list of sentences); may be repeated
    #[arg(long = "sys", value_name = "NAME=FILE", required = true, value_parser = named)]
    systems: Vec<(String, PathBuf)>,

    /// Take documents of this split alone, and those that name none; `all` takes all
    #[arg(long, value_name = "NAME", default_value = "dev")]
    split: String,

    /// Score the first N words of each summary; 0 scores all
    #[arg(long, value_name = "N", default_value_t = 0)]
    words: usize,

    /// Show what each program has over this one
    #[arg(long, value_name = "NAME")]
    base: Option<String>,

    /// Which chance the bootstrap intervals are drawn by; the same seed draws the same documents
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u64,

    /// Give a column to ROUGE-L of the whole text too
    #[arg(long)]
    rouge_l: bool,

    /// Write the scores of each document to FILE, as JSON lines
    #[arg(long, value_name = "FILE")]
    each: Option<PathBuf>,

    /// Write all figures to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct DanglingArgs {
    /// Documents, as JSON lines of id, lang, split, and sents or docs with sents
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,

    /// A program's summaries, as JSON lines of id, summary (a list of sentences); may be repeated
    #[arg(long = "sys", value_name = "NAME=FILE", required = true, value_parser = named)]
    systems: Vec<(String, PathBuf)>,

    /// Take documents of this split alone, and those that name none; `all` takes all
    #[arg(long, value_name = "NAME", default_value = "all")]
    split: String,

    /// Take documents in these languages alone
    #[arg(long, value_name = "TAGS", value_delimiter = ',', default_value = "en")]
    langs: Vec<String>,

    /// Show the first N sentences that dangle, of each program
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,

    /// Write all figures to FILE, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// A name and a file.
fn named(text: &str) -> Result<(String, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("expected NAME=FILE")?;
    Ok((name.to_owned(), PathBuf::from(file)))
}

/// Runs `nutgraf eval rouge`.
pub(super) fn rouge(args: &RougeArgs) -> Result<Exit, Error> {
    let articles = read_articles(&args.gold, &args.split)?;
    let systems = read(&args.systems)?;
    let base = args.base.as_deref();
    if let Some(base) = base.filter(|base| systems.iter().all(|system| system.name != **base)) {
        return Err(Error::Config(format!("--base {base}: no --sys has that name")));
    }
    let words = (args.words > 0).then_some(args.words);
    let score = |system| systems::score(&args.gold, &articles, system, words);
    let scored = systems.iter().map(score).collect::<Result<Vec<_>, _>>()?;
    let rows = systems::rows(&scored, base, args.seed);
    terminal::print(systems::table(&rows, args.rouge_l, base.is_some()).as_bytes())?;
    if let Some(path) = &args.each {
        write_file(path, systems::each(&articles, &scored).as_bytes())?;
    }
    if let Some(path) = &args.json {
        write_file(path, systems::to_json(&rows).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// Runs `nutgraf eval dangling`.
pub(super) fn dangling(args: &DanglingArgs) -> Result<Exit, Error> {
    if let Some(lang) = args.langs.iter().find(|lang| !opening::has_lists(primary(lang))) {
        let known = opening::languages().collect::<Vec<_>>().join(", ");
        return Err(Error::Config(format!("--langs {lang}: no list of openings; there is one of {known}")));
    }
    let mut articles = read_articles(&args.gold, &args.split)?;
    articles.retain(|article| args.langs.contains(&article.lang));
    if articles.is_empty() {
        let reason = format!("no document in {} (split `{}`)", args.langs.join(", "), args.split);
        return Err(Error::Input { path: args.gold.to_string_lossy().into_owned(), reason });
    }
    let systems = read(&args.systems)?;
    let counted: Vec<_> = systems.iter().map(|system| Dangling::count(&articles, system)).collect();
    let lines = counted.iter().map(|counted| counted.line(args.show));
    terminal::print((dangling::head() + &lines.collect::<String>()).as_bytes())?;
    if let Some(path) = &args.json {
        write_file(path, dangling::to_json(&counted).as_bytes())?;
    }
    Ok(Exit::Done)
}

/// The primary subtag of a language tag.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

fn read(named: &[(String, PathBuf)]) -> Result<Vec<System>, Error> {
    for (at, (name, _)) in named.iter().enumerate() {
        if named[..at].iter().any(|(earlier, _)| earlier == name) {
            return Err(Error::Config(format!("--sys {name}: given twice")));
        }
    }
    named.iter().map(|(name, path)| read_system(name, path)).collect()
}
