//! The digest of a run, once all its documents are known.

use std::fs::File;
use std::path::PathBuf;

use jiff::ToSpan;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::digest::edition::{Made, Making, make};
use crate::digest::kept::Kept;
#[cfg(feature = "digest")]
use crate::digest::state::State;
use crate::digest::view::Digest;
use crate::pipeline::digest::DigestPlan;
use crate::pipeline::plan::Plan;
#[cfg(not(feature = "digest"))]
use crate::run::stateless::State;
use crate::run::translations::Translations;
use crate::run::untranslated::untranslated;

/// Days before the first one of a digest that its stories may go on from; what was told earlier is not looked at.
const LOOK_BACK: i32 = 60;

/// A digest that is ready to be written, and what follows when it is.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) made: Made,
    state: Option<State>,
    /// Files for translators, each with its place.
    pub(super) beside: Vec<(PathBuf, File)>,
}

/// Makes the digest of `kept`.
///
/// # Errors
/// A state, a translated file or a memory that cannot be used.
pub(super) fn digest(
    plan: &Plan,
    asked: &DigestPlan,
    kept: &[Kept],
    pool: &rayon::ThreadPool,
) -> Result<Ready, Error> {
    let days = kept.iter().filter_map(|kept| kept.day);
    let first = if asked.daily { days.min() } else { days.max() };
    let making = Making {
        title: &asked.title,
        daily: asked.daily,
        stories: asked.stories,
        by: asked.sections,
        rules: &asked.rules,
        settings: &asked.settings,
        linking: &asked.linking,
        weights: &asked.weights,
        budget: plan.stages.budget,
        model: plan.stages.model.as_deref(),
    };
    let state = asked.state.as_deref().map(State::open).transpose()?;
    let told = match (&state, first) {
        (Some(state), Some(first)) => {
            let since = first.checked_sub(LOOK_BACK.days()).unwrap_or(jiff::civil::Date::MIN);
            state.before(&since.to_string(), &first.to_string())?
        }
        _ => Vec::new(),
    };
    let mut made = pool.install(|| make(kept, told, &making));
    let mut ready = Ready { state, beside: Vec::new(), made: Made::default() };
    if !asked.translations.is_empty() || asked.untranslated.is_some() {
        let mut translations = Translations::open(&asked.translations, asked.target_lang.as_ref())?;
        translate(&mut made.digest, &mut translations)?;
        if let Some(place) = &asked.untranslated {
            let lang = asked.target_lang.as_ref().or(translations.lang.as_ref());
            ready.beside = untranslated(&made.digest, lang, place)?;
        }
    }
    ready.made = made;
    Ok(ready)
}

impl Ready {
    /// Remembers what the digest tells, now that all its outputs are whole but for their names.
    ///
    /// # Errors
    /// A state that cannot be written: nothing of the digest is remembered then.
    pub(super) fn remember(&mut self) -> Result<(), Error> {
        match &mut self.state {
            Some(state) => Ok(state.remember(&self.made.days, &self.made.told)?),
            None => Ok(()),
        }
    }
}

/// Puts translations beside what a digest shows.
fn translate(digest: &mut Digest, translations: &mut Translations) -> Result<(), Error> {
    for story in &mut digest.stories {
        let lang = Lang::parse(&story.lang).unwrap_or_else(Lang::unknown);
        story.title_target = translations.of("", &story.title, &lang)?;
        for sentence in &mut story.sentences {
            sentence.target = translations.of(&sentence.id, &sentence.text, &lang)?;
        }
    }
    for article in &mut digest.articles {
        let lang = Lang::parse(&article.about.lang).unwrap_or_else(Lang::unknown);
        for line in article.blocks.iter_mut().flat_map(|block| &mut block.sentences) {
            line.target = translations.of(&line.id, &line.text, &lang)?;
        }
    }
    if let Some(lang) = &translations.lang {
        digest.target_lang = Some(lang.to_string());
        digest.target_dir = if lang.is_right_to_left() { "rtl" } else { "ltr" };
    }
    Ok(())
}
