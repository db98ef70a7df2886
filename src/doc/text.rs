//! Text that remembers where it came from.

use crate::base::span::{Span, Src, Txt, position};
use crate::doc::map::{Change, SpanMap};

/// Text and the map from it back to the record's bytes; changed only by [`Text::apply`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_field_names, reason = "the text of a text is its text")]
pub struct Text {
    text: String,
    map: SpanMap,
    /// Whether no bytes of the record are this text.
    told: bool,
}

impl Text {
    /// Text as it stands in the record.
    pub fn as_read(text: String) -> Self {
        Self { text, map: SpanMap::default(), told: false }
    }

    /// Text that `map` already ties to the record.
    pub fn mapped(text: String, map: SpanMap) -> Self {
        Self { text, map, told: false }
    }

    /// Text that stands nowhere as text in the record, such as a title that only the head of a page tells.
    pub fn told(text: String) -> Self {
        Self { text, map: SpanMap::default(), told: true }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, without its map.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The map back to the record.
    pub fn map(&self) -> &SpanMap {
        &self.map
    }

    /// The record's bytes that made `span`.
    pub fn to_src(&self, span: Span<Txt>) -> Span<Src> {
        self.map.to_src(span)
    }

    /// As [`Text::to_src`]; `None` where no bytes of the record are this text.
    pub fn source(&self, span: Span<Txt>) -> Option<Span<Src>> {
        (!self.told).then(|| self.map.to_src(span))
    }

    /// Makes the edits and composes the map; returns the map of this step alone, by which marks are carried along.
    pub fn apply(&mut self, edits: &Edits) -> SpanMap {
        if edits.is_empty() {
            return SpanMap::default();
        }
        let mut out = String::with_capacity(self.text.len() + edits.text.len());
        let mut changes = Vec::with_capacity(edits.list.len());
        let mut at = 0;
        for edit in &edits.list {
            out.push_str(&self.text[at..edit.start as usize]);
            let from = position(out.len());
            out.push_str(&edits.text[edit.with.range()]);
            changes.push(Change {
                src: Span::new(edit.start, edit.end),
                out: Span::new(from, position(out.len())),
            });
            at = edit.end as usize;
        }
        out.push_str(&self.text[at..]);
        let step = SpanMap::new(changes);
        self.text = out;
        self.map = self.map.then(&step);
        step
    }
}

#[derive(Debug, Clone, Copy)]
struct Edit {
    start: u32,
    end: u32,
    with: Span<Txt>,
}

/// Proposed replacements in a text: sorted, never overlapping.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    list: Vec<Edit>,
    text: String,
}

impl Edits {
    /// Forgets all edits, keeping the buffers.
    pub fn clear(&mut self) {
        self.list.clear();
        self.text.clear();
    }

    /// How many replacements are proposed.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is to be changed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Proposes `with` in place of the bytes `start..end`.
    ///
    /// # Panics
    /// If it begins before the end of the last one: normalizers walk forward.
    pub fn replace(&mut self, start: usize, end: usize, with: &str) {
        assert!(self.list.last().is_none_or(|last| last.end as usize <= start), "edits must rise");
        let from = self.text.len();
        self.text.push_str(with);
        self.list.push(Edit {
            start: position(start),
            end: position(end),
            with: Span::at(from..self.text.len()),
        });
    }

    /// Proposes to take the bytes `start..end` out.
    pub fn delete(&mut self, start: usize, end: usize) {
        self.replace(start, end, "");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edited(text: &mut Text, picks: &[(usize, usize, &str)]) -> SpanMap {
        let mut edits = Edits::default();
        let mut at = 0;
        for &(skip, take, with) in picks {
            let start = at + skip;
            let end = start + take;
            if end > text.as_str().len() {
                break;
            }
            if take > 0 || !with.is_empty() {
                edits.replace(start, end, with);
            }
            at = end;
        }
        text.apply(&edits)
    }

    fn picks() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
        let with = prop_oneof![Just(""), Just("x"), Just("yy"), Just("zzz")];
        prop::collection::vec((0_usize..4, 0_usize..3, with), 0..8)
    }

    proptest! {
        /// What is unchanged maps to itself; every map is monotone and in bounds; steps composed equal steps in turn.
        #[test]
        fn maps_keep_their_laws(first in picks(), second in picks()) {
            let source = "abcdefghijklmnopqrstuvwxyz";
            let mut text = Text::as_read(source.to_owned());
            let step_one = edited(&mut text, &first);
            let middle = text.as_str().to_owned();
            let step_two = edited(&mut text, &second);
            let out = text.as_str();
            let mut last = Span::<Src>::new(0, 0);
            for at in 0..out.len() {
                let here = Span::<Txt>::at(at..at + 1);
                let mapped = text.to_src(here);
                prop_assert!(mapped.end as usize <= source.len(), "{mapped:?} is out of bounds");
                prop_assert!(last.start <= mapped.start && last.end <= mapped.end, "{last:?} then {mapped:?}");
                let byte = &out[at..=at];
                if byte.as_bytes()[0] < b'x' || mapped.len() == 1 && mapped.of(source) == byte {
                    prop_assert!(mapped.of(source).contains(byte), "{byte} came from {mapped:?}");
                }
                let mid = step_two.to_src(here);
                prop_assert!(mid.end as usize <= middle.len());
                let in_turn = step_one.to_src(Span::new(mid.start, mid.end));
                prop_assert!(mapped.contains(in_turn), "{mapped:?} misses {in_turn:?}");
                last = mapped;
            }
        }
    }
}
