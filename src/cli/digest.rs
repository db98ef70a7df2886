//! `nutgraf digest`.

use clap::ValueEnum;
use toml::{Table, Value};

use crate::base::error::Error;
use crate::cli::common::{BudgetArgs, CutArgs, JobArgs};
use crate::cli::exit::Exit;
use crate::digest::sections::By;
use crate::group::Weights;
use crate::pipeline::file::{Dedup, DigestTable, GroupsTable, PipelineFile};
use crate::write::Content;

/// One digest of many documents: stories told by several articles, folded, ranked and summarized
///
/// Takes the newest day of the input, unless told otherwise; never asks the clock.
#[derive(Debug, clap::Args)]
pub(super) struct DigestArgs {
    #[command(flatten)]
    job: JobArgs,
    /// Day to take, as 2024-03-12, or all [default: the newest of the input]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// First day to take, where there are several
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// How many days to take, up to the last
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Where days begin: UTC, an offset (+05:30) or a name (Europe/Paris) [default: UTC]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Give each day stories of its own, which go on from those of the days before
    #[arg(long)]
    daily: bool,
    /// Stories of a day, at most: the first ones
    #[arg(long, value_name = "N")]
    stories: Option<u64>,
    /// Sections: lang (where there are several), topic or none
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = ByArg::Lang)]
    sections: ByArg,
    /// What was told before, in this file; it is made where it is not there, and remembers this digest
    #[arg(long, value_name = "FILE")]
    state: Option<String>,
    /// Translated file, translation memory or merged document to show beside the sentences; may be repeated
    #[arg(long, value_name = "FILE")]
    translations: Vec<String>,
    /// Language of the translations, where no file says
    #[arg(long, value_name = "TAG")]
    target_lang: Option<String>,
    /// Write the sentences that have no translation to FILE as XLIFF
    #[arg(long, value_name = "FILE")]
    untranslated: Option<String>,
    /// Headline of the digest [default: Daily digest]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Template of your own for the format
    #[arg(long, value_name = "FILE")]
    template: Option<String>,
    /// Print the built-in template of FORMAT (md, html, epub, eml) and read nothing
    #[arg(long, value_name = "FORMAT")]
    print_template: Option<String>,
    /// Summarize given groups instead of finding stories: by the field whose value names a document's group: lang, publisher,
    /// published (its day) … or any other field of the record; dots lead into objects
    #[arg(long, value_name = "FIELD", conflicts_with_all = [
        "date", "since", "days", "time_zone", "daily", "stories", "state", "translations", "untranslated", "title",
        "template", "print_template",
    ])]
    group_by: Option<String>,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    cut: CutArgs,
    /// Format of the result: md, html, epub, eml, atom, jsonfeed, json, jsonl, text
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: String,
}

/// Sections of stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ByArg {
    /// A section for each language, where there are several
    Lang,
    /// A section for each word that headlines share
    Topic,
    /// One section
    None,
}

/// Runs the command.
pub(super) fn run(args: &DigestArgs) -> Result<Exit, Error> {
    if let Some(format) = &args.print_template {
        return print_template(format);
    }
    let mut file = PipelineFile::default();
    args.budget.fill(&mut file);
    args.cut.fill(&mut file);
    if let Some(by) = args.group_by.clone() {
        file.groups = Some(GroupsTable { by, weights: Weights::default() });
        return args.job.run_file(file, Content::Groups, &args.format, Table::new());
    }
    let defaults = DigestTable::default();
    file.input.dedup = Dedup::Group;
    file.digest = Some(DigestTable {
        title: args.title.clone().unwrap_or(defaults.title),
        date: args.date.clone(),
        since: args.since.clone(),
        days: args.days,
        time_zone: args.time_zone.clone().unwrap_or(defaults.time_zone),
        daily: args.daily,
        stories: args.stories,
        sections: match args.sections {
            ByArg::Lang => By::Lang,
            ByArg::Topic => By::Topic,
            ByArg::None => By::None,
        },
        state: args.state.clone(),
        translations: args.translations.clone(),
        target_lang: args.target_lang.clone(),
        untranslated: args.untranslated.clone(),
        ..DigestTable::default()
    });
    let mut settings = Table::new();
    if let Some(template) = &args.template {
        settings.insert("template".to_owned(), Value::String(template.clone()));
    }
    args.job.run_file(file, Content::Digest, &args.format, settings)
}

#[cfg(not(feature = "digest"))]
fn print_template(_: &str) -> Result<Exit, Error> {
    let reason = "--print-template: only a program that was built with the feature `digest` has templates";
    Err(Error::Config(reason.to_owned()))
}

#[cfg(feature = "digest")]
fn print_template(format: &str) -> Result<Exit, Error> {
    use crate::cli::terminal;
    use crate::write::digest::Format;

    let format = Format::find(format)?;
    let Some(text) = format.template() else {
        let with = Format::ALL.into_iter().filter(|format| format.template().is_some()).map(Format::name);
        let with = with.collect::<Vec<_>>().join(", ");
        let reason =
            format!("--print-template: `{}` has no template; formats that have one: {with}", format.name());
        return Err(Error::Config(reason));
    };
    terminal::print(text.as_bytes())?;
    Ok(Exit::Done)
}
