//! Translations that came home before, by the ids of their segments.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::bilingual::skeleton::Doc;
use crate::bilingual::state::State;

/// Translations by segment.
#[derive(Debug, Default)]
pub struct Known {
    targets: HashMap<String, (String, State), FxBuildHasher>,
}

impl Known {
    /// Adds those of a merged document.
    pub fn add(&mut self, doc: Doc) {
        for segment in doc.segments {
            if let Some(target) = segment.target {
                self.targets.insert(segment.id, (target, segment.state.unwrap_or(State::Translated)));
            }
        }
    }

    /// The translation of the segment `id`.
    pub fn of(&self, id: &str) -> Option<&(String, State)> {
        self.targets.get(id)
    }

    /// Fills in what is known of `doc`; says whether anything is.
    pub fn fill(&self, doc: &mut Doc) -> bool {
        let mut filled = false;
        for segment in doc.segments.iter_mut().filter(|segment| segment.target.is_none()) {
            if let Some((target, state)) = self.targets.get(&segment.id) {
                segment.target = Some(target.clone());
                segment.state = Some(*state);
                filled = true;
            }
        }
        filled
    }
}
