//! Translations that came home before, by the ids of their segments.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::bilingual::skeleton::{Doc, Inline, Segment};
use crate::bilingual::state::State;

/// A translation that came home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Its text.
    pub text: String,
    /// How far it is.
    pub state: State,
    /// Emphasis and links in it.
    pub inline: Vec<Inline>,
}

impl Translation {
    /// Takes the translation of a segment out of it, if it has one; a state that it does not say is `unsaid`.
    pub fn take(segment: &mut Segment, unsaid: State) -> Option<Self> {
        let text = segment.target.take()?;
        let inline = std::mem::take(&mut segment.target_inline);
        Some(Self { text, state: segment.state.unwrap_or(unsaid), inline })
    }

    /// Gives the translation to a segment.
    pub fn fill(&self, segment: &mut Segment) {
        segment.target = Some(self.text.clone());
        segment.state = Some(self.state);
        segment.target_inline.clone_from(&self.inline);
    }
}

/// Translations by segment.
#[derive(Debug, Default)]
pub struct Known {
    targets: HashMap<String, Translation, FxBuildHasher>,
}

impl Known {
    /// Adds those of a merged document.
    pub fn add(&mut self, doc: Doc) {
        for mut segment in doc.segments {
            if let Some(translation) = Translation::take(&mut segment, State::Translated) {
                self.targets.insert(segment.id, translation);
            }
        }
    }

    /// The translation of the segment `id`.
    pub fn of(&self, id: &str) -> Option<&Translation> {
        self.targets.get(id)
    }

    /// Fills in what is known of `doc`; says whether anything is.
    pub fn fill(&self, doc: &mut Doc) -> bool {
        let mut filled = false;
        for segment in doc.segments.iter_mut().filter(|segment| segment.target.is_none()) {
            if let Some(translation) = self.targets.get(&segment.id) {
                translation.fill(segment);
                filled = true;
            }
        }
        filled
    }
}
