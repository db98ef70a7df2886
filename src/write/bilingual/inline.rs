//! Codes and marks inside the text of a unit: emphasis and links as pairs of codes, protected items as marks.

use std::ops::Range;

use crate::base::escape::xml;
use crate::doc::inline::Markup;
use crate::translate::unit::{Guarded, Part};
use crate::write::bytes::push;
use crate::write::nested::{Event, nested};

/// What stands around a stretch of text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot<'u> {
    /// The two halves of a code, numbered in the unit from 1.
    Code(usize, &'u Markup),
    /// A mark around a protected item, numbered in the unit from 1.
    Guarded(usize, &'u Guarded),
}

/// How a format opens and closes what stands around a stretch.
pub(super) trait Marking {
    /// The opening tag.
    fn open(&self, spot: Spot<'_>, out: &mut Vec<u8>);

    /// The closing tag.
    fn close(&self, spot: Spot<'_>, out: &mut Vec<u8>);
}

/// Appends the source of the part `at` of a unit; without a `marking` as plain text.
pub(super) fn push_source(out: &mut Vec<u8>, parts: &[Part<'_>], at: usize, marking: Option<&dyn Marking>) {
    let part = &parts[at];
    let Some(marking) = marking else { return push(out, &xml(&part.segment.text)) };
    let codes = part.segment.inline.iter().enumerate();
    let codes =
        codes.map(|(number, inline)| (inline.range(), Spot::Code(part.first_code + number, &inline.markup)));
    let before: usize = parts[..at].iter().map(|part| part.guarded.len()).sum();
    let guarded = part.guarded.iter().enumerate();
    let guarded =
        guarded.map(|(number, item)| (item.range.clone(), Spot::Guarded(before + number + 1, item)));
    push_marked(out, &part.segment.text, codes.chain(guarded).collect(), marking);
}

/// Appends the prefilled target of a part: codes have the numbers of those in the source that say the same.
pub(super) fn push_target(out: &mut Vec<u8>, part: &Part<'_>, target: &str, marking: Option<&dyn Marking>) {
    let Some(marking) = marking else { return push(out, &xml(target)) };
    let source = &part.segment.inline;
    let mut left = vec![true; source.len()];
    let mut placed = Vec::new();
    for inline in part.target_inline {
        let same = |&at: &usize| left[at] && source[at].markup == inline.markup;
        if let Some(at) = (0..source.len()).find(same) {
            left[at] = false;
            placed.push((inline.range(), Spot::Code(part.first_code + at, &source[at].markup)));
        }
    }
    push_marked(out, target, placed, marking);
}

/// Appends `text` with the tags of `placed` in it.
fn push_marked(out: &mut Vec<u8>, text: &str, placed: Vec<(Range<usize>, Spot<'_>)>, marking: &dyn Marking) {
    for event in nested(text, placed) {
        match event {
            Event::Text(text) => push(out, &xml(text)),
            Event::Open(spot) => marking.open(spot, out),
            Event::Close(spot) => marking.close(spot, out),
        }
    }
}
