//! Articles that changed since they went out: what stayed keeps its id and stays at home, the rest is told what it was.

use std::collections::VecDeque;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::bilingual::skeleton::{Doc, Head, Segment};
use crate::bilingual::state::State;
use crate::translate::known::{Known, Translation};
use crate::translate::leverage::{diff, fold, fuzzy};
use crate::translate::unit::Note;

/// How much an old sentence and a new one must be alike to be told as one that changed, in percent: where CAT tools' bands
/// begin.
const ALIKE: u8 = 50;

/// Old sentences that a new one is compared with, at most, on either side of where it stands.
const WINDOW: usize = 20;

/// What went out before.
#[derive(Debug)]
pub struct Older {
    head: Head,
    documents: Vec<OldDocument>,
    /// Documents by id, by address, and by where they were found.
    by_name: HashMap<String, usize, FxBuildHasher>,
}

#[derive(Debug)]
struct OldDocument {
    segments: Vec<OldSegment>,
}

#[derive(Debug)]
struct OldSegment {
    id: String,
    text: String,
    hash: u64,
    /// Whether it went out, or was known then.
    sent: bool,
    target: Option<Translation>,
}

/// Names under which a document may be found again, the surest first.
fn names(doc: &Doc) -> Vec<String> {
    let mut names = vec![format!("id {}", doc.id)];
    names.extend(doc.url.as_ref().map(|url| format!("url {url}")));
    if let Ok(source) = doc.found() {
        let member = source.member.unwrap_or_default();
        names.push(format!("source {}!{member}:{}", source.path, source.record));
    }
    names
}

impl Older {
    /// Nothing yet, of a skeleton that says `head`.
    pub fn new(head: Head) -> Self {
        Self { head, documents: Vec::new(), by_name: HashMap::default() }
    }

    /// Adds a document of the old skeleton.
    pub fn add(&mut self, doc: Doc) {
        let number = self.documents.len();
        for name in names(&doc) {
            self.by_name.entry(name).or_insert(number);
        }
        let old = |mut segment: Segment| OldSegment {
            hash: fold::hash(&segment.text),
            sent: self.head.scope.holds(&segment),
            target: Translation::take(&mut segment, State::default()),
            id: segment.id,
            text: segment.text,
        };
        let segments = doc.segments.into_iter().map(old).collect();
        self.documents.push(OldDocument { segments });
    }

    /// Gives sentences of `doc` that went out before their old ids, and says which of them stay at home; tells the others what
    /// they were, by the number of the segment. `known` holds the translations that came home, if any.
    pub fn carry(&self, doc: &mut Doc, known: Option<&Known>) -> HashMap<usize, Vec<Note>, FxBuildHasher> {
        let mut notes: HashMap<usize, Vec<Note>, FxBuildHasher> = HashMap::default();
        let Some(&number) = names(doc).iter().find_map(|name| self.by_name.get(name)) else { return notes };
        let old = &self.documents[number].segments;
        let mut places: HashMap<u64, VecDeque<usize>, FxBuildHasher> = HashMap::default();
        for (at, segment) in old.iter().enumerate() {
            places.entry(segment.hash).or_default().push_back(at);
        }
        let mut left = vec![true; old.len()];
        let mut changed = Vec::new();
        let mut after = 0;
        for at in 0..doc.segments.len() {
            let hash = fold::hash(&doc.segments[at].text);
            let Some(place) = places.get_mut(&hash).and_then(VecDeque::pop_front) else {
                changed.push((at, after));
                continue;
            };
            left[place] = false;
            after = place + 1;
            rename(doc, at, &old[place].id);
            let translation = known.and_then(|known| known.of(&old[place].id)).or(old[place].target.as_ref());
            let segment = &mut doc.segments[at];
            if let Some(translation) = translation {
                translation.fill(segment);
            }
            // Without the translations nobody can tell which are still missing: all that went out are thought to come home.
            if translation.is_some() || (old[place].sent && known.is_none()) {
                segment.unit = Some(String::new());
            }
        }
        for (at, after) in changed {
            let text = &doc.segments[at].text;
            let near = after.saturating_sub(WINDOW)..(after + WINDOW).min(old.len());
            let candidates = near.filter(|&place| left[place]);
            let alike = candidates.map(|place| (fuzzy(text, &old[place].text), place));
            // The nearest of equals: positions are compared as they stand.
            let best =
                alike.max_by_key(|&(percent, place)| (percent, std::cmp::Reverse(place.abs_diff(after))));
            let Some((_, place)) = best.filter(|&(percent, _)| percent >= ALIKE) else { continue };
            left[place] = false;
            let was = &old[place];
            let told = notes.entry(at).or_default();
            told.push(Note { category: "was", text: was.text.clone() });
            told.push(Note { category: "changes", text: diff::words(&was.text, text) });
            let translation = known.and_then(|known| known.of(&was.id)).or(was.target.as_ref());
            if let Some(translation) = translation {
                told.push(Note { category: "translation", text: translation.text.clone() });
            }
        }
        notes
    }
}

/// Gives a segment another id, wherever its document names it.
fn rename(doc: &mut Doc, at: usize, id: &str) {
    let old = std::mem::replace(&mut doc.segments[at].id, id.to_owned());
    if old == id {
        return;
    }
    for named in doc.summary.segments.iter_mut().chain(&mut doc.dek_segment).filter(|named| **named == old) {
        id.clone_into(named);
    }
}
