//! What a pipeline file asks of a digest.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::digest::days::{self, Choice, Wanted};
use crate::digest::sections::{By, Rule};
use crate::digest::threads::Linking;
use crate::group::Weights;
use crate::pipeline::file::Loaded;
use crate::pipeline::plan::{Output, relative};
use crate::write::Content;

/// What a digest covers and how it is made.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestPlan {
    /// Its headline.
    pub title: String,
    /// Its days.
    pub choice: Choice,
    /// Where days begin.
    pub zone: TimeZone,
    /// Whether each day has stories of its own.
    pub daily: bool,
    /// Stories of a day, at most.
    pub stories: Option<usize>,
    /// Sections of stories that no rule is for.
    pub sections: By,
    /// Rules for sections.
    pub rules: Vec<Rule>,
    /// What earlier digests told.
    pub state: Option<PathBuf>,
    /// What is shown beside the sentences.
    pub translations: Vec<PathBuf>,
    /// The language of that.
    pub target_lang: Option<Lang>,
    /// Where sentences without a translation go.
    pub untranslated: Option<PathBuf>,
    /// How documents are joined to stories.
    pub settings: crate::digest::Settings,
    /// How stories are linked over days.
    pub linking: Linking,
    /// What the parts of a sentence's score weigh.
    pub weights: Weights,
}

/// What the `[digest]` table asks for; it goes with outputs of digests.
///
/// # Errors
/// A table without such an output; a day, zone or language that is none.
pub(super) fn digest(
    loaded: &Loaded,
    outputs: &[Output],
    home: &Path,
    out: &Path,
) -> Result<Option<DigestPlan>, Error> {
    if !outputs.iter().any(|output| output.content == Content::Digest) {
        return match &loaded.file.digest {
            None => Ok(None),
            Some(_) => Err(loaded.mistake("digest", "no output is of the kind `digest`")),
        };
    }
    let table = loaded.file.digest.clone().unwrap_or_default();
    let day = |key: &str, text: &str| {
        let refuse =
            |_| loaded.mistake(&format!("digest.{key}"), &format!("`{text}` is no day: expected 2024-03-12"));
        text.parse::<Date>().map_err(refuse)
    };
    let wanted = match table.date.as_deref() {
        None => Wanted::Newest,
        Some("all") => Wanted::All,
        Some(text) => Wanted::Day(day("date", text)?),
    };
    if table.days == Some(0) {
        return Err(loaded.mistake("digest.days", "expected 1 or more"));
    }
    let since = table.since.as_deref().map(|text| day("since", text)).transpose()?;
    let zone = days::zone(&table.time_zone).ok_or_else(|| {
        let reason = format!("`{}` is no time zone: expected UTC, an offset or a name", table.time_zone);
        loaded.mistake("digest.time_zone", &reason)
    })?;
    let lang = |text: &String| {
        Lang::parse(text).ok_or_else(|| loaded.mistake("digest.target_lang", "not a language tag"))
    };
    let file = |path: &String| PathBuf::from(relative(home, path));
    Ok(Some(DigestPlan {
        choice: Choice { wanted, days: table.days, since },
        zone,
        daily: table.daily,
        stories: table.stories.map(|most| usize::try_from(most).unwrap_or(usize::MAX)),
        sections: table.sections,
        state: table.state.as_ref().map(file),
        translations: table.translations.iter().map(file).collect(),
        target_lang: table.target_lang.as_ref().map(lang).transpose()?,
        untranslated: table.untranslated.as_ref().map(|path| out.join(path)),
        settings: table.clusters,
        linking: table.threads,
        weights: table.weights,
        rules: table.section,
        title: table.title,
    }))
}
