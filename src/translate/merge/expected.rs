//! What went out: units by id, from the skeleton.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::bilingual::skeleton::{Doc, Grain, Head, Segment};
use crate::translate::leverage::fold;
use crate::translate::unit::units;

/// A unit that went out.
#[derive(Debug, Clone)]
pub(super) struct Out {
    /// Hashes of the folded sources of its segments, one for each.
    pub(super) sources: Vec<u64>,
    /// Hash of its folded source.
    pub(super) whole: u64,
    /// Ids of its segments; empty where the only one has the unit's id.
    pub(super) segments: Vec<String>,
}

/// All units that went out. Eighty bytes and an id a unit.
#[derive(Debug, Default)]
pub struct Expected {
    pub(super) units: HashMap<String, Out, FxBuildHasher>,
    /// Units by source, for files without ids.
    pub(super) by_source: HashMap<u64, Vec<String>, FxBuildHasher>,
    /// Ids in the order they went out.
    pub(super) order: Vec<String>,
    /// Whether sources were copied into targets.
    pub(super) copied: bool,
}

impl Expected {
    /// Nothing yet, of a skeleton that says `head`.
    pub fn of(head: &Head) -> Self {
        Self { copied: head.copied, ..Self::default() }
    }

    /// Adds the units of a document.
    pub fn add(&mut self, doc: &Doc, head: &Head) {
        for unit in units(doc, head.unit, |segment| goes_out(head, segment)) {
            let source = unit.source();
            let out = Out {
                sources: unit.parts.iter().map(|part| fold::hash(&part.segment.text)).collect(),
                whole: fold::hash(&source),
                segments: match head.unit {
                    Grain::Sentence => Vec::new(),
                    Grain::Paragraph => unit.parts.iter().map(|part| part.segment.id.clone()).collect(),
                },
            };
            self.by_source.entry(out.whole).or_default().push(unit.id.to_owned());
            self.order.push(unit.id.to_owned());
            self.units.insert(unit.id.to_owned(), out);
        }
    }

    /// Whether a unit went out as `id`.
    pub fn has(&self, id: &str) -> bool {
        self.units.contains_key(id)
    }

    /// Whether a unit with this source went out.
    pub fn holds(&self, source: &str) -> bool {
        self.by_source.contains_key(&fold::hash(source))
    }

    /// Whether `source` is that of the unit `id`, which may be unknown.
    pub fn knows(&self, id: &str, source: &str) -> bool {
        self.units.get(id).is_some_and(|out| out.whole == fold::hash(source))
    }
}

/// Whether a segment went out under an id of its own or of its paragraph.
pub(super) fn goes_out(head: &Head, segment: &Segment) -> bool {
    head.scope.holds(segment) && segment.unit.is_none()
}
