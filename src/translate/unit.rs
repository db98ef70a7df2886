//! Units: what goes out to a translator of a document, and what is told of it.

use std::borrow::Cow;
use std::ops::Range;

use crate::bilingual::skeleton::{Doc, Grain, Inline, Segment};
use crate::bilingual::state::State;

/// What a translator is told of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the note is about, in a word: `title`, `position`, `numbers` …
    pub category: &'static str,
    /// What is told.
    pub text: String,
}

/// A proposal from a translation memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How much of the source it has: 101 for equal in equal surroundings, 100 for equal, below for similar.
    pub percent: u8,
    /// The source it was made for.
    pub source: String,
    /// Its translation, with numbers and dates put in where these alone differ.
    pub target: String,
    /// Where it comes from.
    pub origin: String,
}

/// A protected item in the source of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is, by the name of its kind.
    pub kind: &'static str,
    /// Whether it must come back character by character.
    pub verbatim: bool,
}

/// A segment inside a unit.
#[derive(Debug, Clone)]
pub struct Part<'d> {
    /// The segment.
    pub segment: &'d Segment,
    /// White space between it and the part before.
    pub gap: &'d str,
    /// What its target is prefilled with.
    pub target: Option<Cow<'d, str>>,
    /// Emphasis and links in that.
    pub target_inline: &'d [Inline],
    /// How far that is.
    pub state: State,
    /// The number of its first emphasis or link among those of the unit, from 1.
    pub first_code: usize,
    /// Protected items in its source, where they are to be marked.
    pub guarded: Vec<Guarded>,
}

/// What goes out under one id.
#[derive(Debug, Clone)]
pub struct Unit<'d> {
    /// The id of its first segment.
    pub id: &'d str,
    /// Its segments: one, or those of a paragraph.
    pub parts: Vec<Part<'d>>,
    /// The number of its first segment in the document, from 1, whatever goes out.
    pub number: usize,
    /// What is told of it.
    pub notes: Vec<Note>,
    /// Characters that its target may have, at most.
    pub max_chars: Option<usize>,
    /// Proposals, best first.
    pub matches: Vec<Match>,
}

impl Unit<'_> {
    /// The text to translate.
    pub fn source(&self) -> String {
        self.parts.iter().flat_map(|part| [part.gap, part.segment.text.as_str()]).collect()
    }

    /// The prefilled target, where all parts have one.
    pub fn target(&self) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            let target = part.target.as_deref()?;
            text.push_str(if target.is_empty() { "" } else { part.gap });
            text.push_str(target);
        }
        Some(text)
    }

    /// How far the target is: as far as its least part.
    pub fn state(&self) -> State {
        self.parts.iter().map(|part| part.state).min().unwrap_or_default()
    }

    /// All notes in one line: `title: …; 3 of 12; body; in summary`.
    pub fn note(&self) -> String {
        let shown = self.notes.iter().map(|note| match note.category {
            "position" | "role" | "summary" => note.text.clone(),
            category => format!("{category}: {}", note.text),
        });
        shown.collect::<Vec<_>>().join("; ")
    }
}

/// The units of `doc`, in order: all segments that `goes_out`, by themselves or with their neighbours in the block.
pub fn units<'d>(doc: &'d Doc, grain: Grain, goes_out: impl Fn(&Segment) -> bool) -> Vec<Unit<'d>> {
    let mut units: Vec<Unit<'d>> = Vec::new();
    let mut before: Option<(usize, &Segment)> = None;
    for (at, segment) in doc.segments.iter().enumerate().filter(|(_, segment)| goes_out(segment)) {
        let state = segment.state.unwrap_or_default();
        let mut part = Part {
            segment,
            gap: "",
            target: segment.target.as_deref().map(Cow::Borrowed),
            target_inline: &segment.target_inline,
            state,
            first_code: 1,
            guarded: Vec::new(),
        };
        let joins = grain == Grain::Paragraph
            && before.is_some_and(|(last, other)| last + 1 == at && is_same_block(other, segment));
        match units.last_mut().filter(|_| joins) {
            Some(unit) => {
                part.gap = before.map_or("", |(_, other)| gap(other, segment));
                part.first_code += unit.parts.iter().map(|part| part.segment.inline.len()).sum::<usize>();
                unit.parts.push(part);
            }
            None => units.push(Unit {
                id: &segment.id,
                parts: vec![part],
                number: at + 1,
                notes: notes(doc, segment, at),
                max_chars: None,
                matches: Vec::new(),
            }),
        }
        before = Some((at, segment));
    }
    units
}

/// The characters that a translation of `source` may have, at most, where it may have `ratio` times those of its source.
///
/// ```
/// # use nutgraf::translate::unit::most_chars;
/// assert_eq!(most_chars("Tide.", 1.5), 8);
/// ```
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of text, not negative"
)]
pub fn most_chars(source: &str, ratio: f64) -> usize {
    (source.chars().count() as f64 * ratio).ceil() as usize
}

/// Whether two neighbours stand in one block.
pub fn is_same_block(one: &Segment, other: &Segment) -> bool {
    one.block == other.block && one.field == other.field
}

/// The white space between neighbours of a block: as it was told, else a space, or nothing where they touch.
pub fn gap<'s>(one: &Segment, other: &'s Segment) -> &'s str {
    let common = if one.span[1] == other.span[0] { "" } else { " " };
    other.gap.as_deref().unwrap_or(common)
}

/// What is told of every unit: of its document, and where it stands there.
fn notes(doc: &Doc, segment: &Segment, at: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut tell = |category, text: &str| notes.push(Note { category, text: text.to_owned() });
    if let Some(title) = &doc.title {
        tell("title", title);
    }
    if let Some(url) = &doc.url {
        tell("url", url);
    }
    tell("position", &format!("{} of {}", at + 1, doc.segments.len()));
    tell("role", &segment.role);
    if segment.in_summary {
        tell("summary", "in summary");
    }
    notes
}

/// Adds what stands before and after a unit, for those who see it alone.
pub fn tell_neighbours(doc: &Doc, unit: &mut Unit<'_>) {
    let first = unit.number - 1;
    if let Some(before) = first.checked_sub(1).and_then(|at| doc.segments.get(at)) {
        unit.notes.push(Note { category: "previous", text: before.text.clone() });
    }
    if let Some(after) = doc.segments.get(first + unit.parts.len()) {
        unit.notes.push(Note { category: "next", text: after.text.clone() });
    }
}
