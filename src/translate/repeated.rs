//! Sentences that stand in several places: wire copy that is translated once and comes back to all.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;
use xxhash_rust::xxh3::Xxh3;

use crate::bilingual::skeleton::{Doc, Segment};
use crate::translate::unit::Note;

/// Documents that a note names, at most.
const NAMED: usize = 10;

/// What is known of sources that may stand in several places. Sources are equal when their bytes and languages are.
#[derive(Debug, Default)]
pub struct Repeated {
    /// By hash of language and text.
    sources: HashMap<u128, Places, FxBuildHasher>,
    /// Ids of documents, in order.
    documents: Vec<String>,
}

#[derive(Debug, Default)]
struct Places {
    /// Numbers of the documents, one for each place.
    documents: Vec<u32>,
    /// The id of the unit that brings the translation, once it is out.
    unit: Option<String>,
}

fn key(lang: &str, text: &str) -> u128 {
    let mut hasher = Xxh3::new();
    hasher.update(&(lang.len() as u64).to_le_bytes());
    hasher.update(lang.as_bytes());
    hasher.update(text.as_bytes());
    hasher.digest128()
}

impl Repeated {
    /// Takes note of the places of a document's segments, those that go out.
    pub fn count(&mut self, doc: &Doc, goes_out: impl Fn(&Segment) -> bool) {
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        self.documents.push(doc.id.clone());
        for segment in doc.segments.iter().filter(|segment| goes_out(segment)) {
            self.sources.entry(key(&doc.lang, &segment.text)).or_default().documents.push(number);
        }
    }

    /// Points the segments whose source went out before to the unit that brings their translation; says whether there
    /// are any.
    pub fn point(&mut self, doc: &mut Doc, goes_out: impl Fn(&Segment) -> bool) -> bool {
        let mut pointed = false;
        for segment in doc.segments.iter_mut().filter(|segment| goes_out(segment)) {
            let places = self.sources.entry(key(&doc.lang, &segment.text)).or_default();
            match &places.unit {
                Some(unit) => {
                    segment.unit = Some(unit.clone());
                    pointed = true;
                }
                None => places.unit = Some(segment.id.clone()),
            }
        }
        pointed
    }

    /// The other places of a segment's source; `None` where there are none.
    pub fn note(&self, doc: &Doc, segment: &Segment) -> Option<Note> {
        let places = &self.sources.get(&key(&doc.lang, &segment.text))?.documents;
        let (first, others) = places.split_first()?;
        if others.is_empty() {
            return None;
        }
        let mut named: Vec<&str> = Vec::new();
        for number in others.iter().filter(|number| *number != first) {
            let id = self.documents.get(*number as usize)?;
            if named.last() != Some(&id.as_str()) {
                named.push(id);
            }
        }
        let mut text = format!("stands in {} places", places.len());
        if !named.is_empty() {
            text.push_str(", also of ");
            text.push_str(&named[..named.len().min(NAMED)].join(", "));
            if named.len() > NAMED {
                text.push_str(" …");
            }
        }
        Some(Note { category: "places", text })
    }
}
