//! Structural rules and learned weights: the default segmenter.
//!
//! A scan finds sentence marks of all scripts and looks at nothing else. Of each run of marks the context is read: what
//! closes, the words to both sides, the white space. Rules give a reason and a verdict; where they are not sure alone,
//! weights learned from treebanks are summed over features of the context, and the sign of the sum decides. Everything is
//! linear in the text and takes no memory.

mod bare;
mod beside;
mod context;
mod edges;
mod features;
mod lexicon;
mod list;
mod mark;
mod passed;
mod plain;
mod reason;
mod rules;
mod scan;
mod weights;
mod window;
mod word;

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::segment::{BlockText, Cuts, Segmenter};
pub(super) use lexicon::writes_ordinals_with_a_stop;
use reason::Reason;
use rules::Verdict;
use scan::scan;
use word::Hash;

/// Rules by structure, corrected by weights learned from treebanks.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, from = "Settings")]
pub struct Learned {
    settings: Settings,
    /// Hashes of the user's abbreviations.
    own: FxHashSet<u64>,
}

/// `[stage.learned]`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// Further abbreviations after which no sentence ends, without their last full stop; case plays no part.
    abbreviations: Vec<String>,
    /// Nats added to the odds that a segment begins: above 0 for shorter segments, below for longer ones.
    bias: f64,
}

impl From<Settings> for Learned {
    fn from(settings: Settings) -> Self {
        let own = settings.abbreviations.iter().map(|word| Hash::of(word.trim_end_matches('.'))).collect();
        Self { settings, own }
    }
}

impl Segmenter for Learned {
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts) {
        #[expect(clippy::cast_possible_truncation, reason = "a float cast saturates")]
        let bias = (self.settings.bias * weights::UNITS) as i32;
        let weights = weights::shipped();
        scan(block, &self.own, true, |at, verdict, keys| {
            let margin = keys.map(|keys| weights.sum(keys).saturating_add(bias) - caution(verdict.reason));
            let breaks = margin.map_or(verdict.breaks, |margin| margin > 0);
            let nats = || margin.map(|margin| f64::from(margin) / weights::UNITS);
            cuts.decide(at, breaks, || (Cow::Borrowed(verdict.reason.name()), nats()));
            breaks
        });
    }
}

/// Units of odds beyond even ones that some reasons need: to cut a sentence in two costs more than to leave two in one.
/// One nat is best for boundaries with marks and for all of them; the endings of Korean, which also stand inside
/// sentences, need more (`tools/train_boundaries.py --folds`).
fn caution(reason: Reason) -> i32 {
    match reason {
        Reason::Colon | Reason::DotsLower | Reason::RunIn => 256,
        Reason::Semicolon | Reason::AskLower => 384,
        Reason::Ending => 448,
        _ => 0,
    }
}

/// What the weights of this segmenter are learned from, of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Bytes of the block before the candidate.
    pub at: usize,
    /// The verdict, where the rules decide alone.
    pub sure: Option<bool>,
    /// The reason, by its stable name.
    pub reason: &'static str,
    /// What speaks against a boundary for this reason beside the weights, in their units.
    pub caution: i32,
    /// Keys of its features; the first [`Evidence::NEUTRAL`] hold in any language.
    pub keys: Vec<u32>,
}

impl Evidence {
    /// How many of the keys name neither a language nor a word.
    pub const NEUTRAL: usize = features::NEUTRAL;
}

/// The evidence of every candidate of `block`, in order. What a candidate is told of its segment supposes that the rules
/// alone decided about those before it.
pub fn evidence(block: &BlockText<'_>) -> Vec<Evidence> {
    let mut found = Vec::new();
    scan(block, &FxHashSet::default(), true, |at, Verdict { reason, breaks, .. }, keys| {
        let sure = if keys.is_none() { Some(breaks) } else { None };
        let keys = keys.map(|keys| keys.to_vec()).unwrap_or_default();
        found.push(Evidence { at, sure, reason: reason.name(), caution: caution(reason), keys });
        breaks
    });
    found
}

#[cfg(test)]
mod tests;
