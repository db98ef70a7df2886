//! Text as a reader and a translator want it, with the way back to the bytes it came from.
//!
//! Normalizers only propose edits; applying them and composing the map is done here, once for all. Whatever changes the
//! look of the text (curly quotes, no-break spaces, joiners, bidi marks) stays: those are folded in the terms that are
//! scored, not in the text that is shown.
//!
//! To add a kind: write `src/normalize/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod controls;
mod digraphs;
mod entities;
mod hyphens;
mod invisibles;
mod line_ends;
mod mojibake;
mod nfc;
mod scan;
mod spaces;
mod wraps;

use std::fmt::Debug;

use crate::base::stage::Kind;
use crate::doc::document::{Document, Field};
use crate::doc::text::Edits;

pub use controls::Controls;
pub use digraphs::Digraphs;
pub use entities::Entities;
pub use hyphens::Hyphens;
pub use invisibles::Invisibles;
pub use line_ends::LineEnds;
pub use mojibake::Mojibake;
pub use nfc::Nfc;
pub use spaces::Spaces;
pub use wraps::Wraps;

/// What a normalizer may know of the field beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldCx {
    /// Its lines are segments: none may be joined.
    pub lines: bool,
    /// Its blocks are known from markup.
    pub marked: bool,
    /// It holds nothing but ASCII, where much of what is looked for cannot stand; `false` where nobody looked.
    pub ascii: bool,
}

/// One step of normalization.
pub trait Normalizer: Debug + Send + Sync {
    /// Proposes edits to `text`, from its start to its end. Pure; never fails.
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits);

    /// Whether it may make whole what a step before it looks for: a reference, once the control within it is gone. The steps then
    /// run again.
    fn uncovers(&self) -> bool {
        false
    }
}

/// The kinds that `normalize` in a pipeline file can name.
pub const KINDS: &[Kind<dyn Normalizer>] = &[
    Kind::new("entities", "references such as &eacute; decoded, where there are no tags", |t| {
        Ok(Box::new(t.try_into::<Entities>()?))
    }),
    Kind::new("mojibake", "UTF-8 that was read in another encoding mended", |t| {
        Ok(Box::new(t.try_into::<Mojibake>()?))
    }),
    Kind::new("line-ends", "CR, CRLF, NEL, LS, PS, VT and FF to LF", |t| {
        Ok(Box::new(t.try_into::<LineEnds>()?))
    }),
    Kind::new("controls", "stray controls and noncharacters out", |t| {
        Ok(Box::new(t.try_into::<Controls>()?))
    }),
    Kind::new("invisibles", "soft hyphens, byte order marks, zero-width spaces out", |t| {
        Ok(Box::new(t.try_into::<Invisibles>()?))
    }),
    Kind::new("digraphs", "ŉ, ǆ, ǉ, ǌ, ǳ in one code to letters", |t| {
        Ok(Box::new(t.try_into::<Digraphs>()?))
    }),
    Kind::new("nfc", "Unicode normalization form C", |t| Ok(Box::new(t.try_into::<Nfc>()?))),
    Kind::new("spaces", "runs of spaces and tabs to one, none at the ends of lines", |t| {
        Ok(Box::new(t.try_into::<Spaces>()?))
    }),
    Kind::new("hyphens", "words cut at line ends rejoined, where the text has them whole", |t| {
        Ok(Box::new(t.try_into::<Hyphens>()?))
    }),
    Kind::new("wraps", "hard-wrapped lines rejoined", |t| Ok(Box::new(t.try_into::<Wraps>()?))),
];

/// The steps that run by default, in order.
///
/// Mojibake is mended before controls, invisible characters and spaces go: all of them stand inside it.
pub const DEFAULT: &[&str] = &[
    "entities",
    "mojibake",
    "line-ends",
    "controls",
    "invisibles",
    "digraphs",
    "nfc",
    "spaces",
    "hyphens",
    "wraps",
];

/// Runs the steps over every field of the document; adds the number of edits of step `i` to `counts[i]`.
pub fn normalize(
    document: &mut Document,
    steps: &[Box<dyn Normalizer>],
    edits: &mut Edits,
    counts: &mut [u64],
) {
    let lines = document.lines;
    let fields = [document.title.as_mut(), document.dek.as_mut(), Some(&mut document.text)];
    for field in fields.into_iter().flatten() {
        normalize_field(field, lines, steps, edits, counts);
    }
}

/// Most times that the steps run over a field.
const MOST_ROUNDS: usize = 4;

/// Runs the steps over one field, and again where one made an edit that [uncovers](Normalizer::uncovers) something; `lines` where
/// its lines are segments.
pub fn normalize_field(
    field: &mut Field,
    lines: bool,
    steps: &[Box<dyn Normalizer>],
    edits: &mut Edits,
    counts: &mut [u64],
) {
    let mut ascii = field.text.as_str().is_ascii();
    for _ in 0..MOST_ROUNDS {
        let mut uncovered = false;
        for (step, count) in steps.iter().zip(&mut *counts) {
            let made = apply(step.as_ref(), field, FieldCx { lines, ascii, ..FieldCx::default() }, edits);
            if made > 0 {
                ascii = field.text.as_str().is_ascii();
                uncovered |= step.uncovers();
            }
            *count += made;
        }
        if !uncovered {
            break;
        }
    }
}

fn apply(step: &dyn Normalizer, field: &mut Field, cx: FieldCx, edits: &mut Edits) -> u64 {
    edits.clear();
    step.edit(field.text.as_str(), FieldCx { marked: !field.marks.is_empty(), ..cx }, edits);
    if edits.is_empty() {
        return 0;
    }
    let map = field.text.apply(edits);
    field.carry_marks(&map);
    edits.len() as u64
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::doc::text::Text;

    /// The text after one step.
    pub(crate) fn edited(step: &dyn Normalizer, text: &str) -> String {
        let mut field = Field::plain(text.to_owned());
        apply(step, &mut field, FieldCx::default(), &mut Edits::default());
        field.text.as_str().to_owned()
    }

    /// The text after the default steps.
    pub(crate) fn normalized(text: &str) -> Text {
        let mut document = Document { text: Field::plain(text.to_owned()), ..Document::default() };
        let steps: Vec<_> = KINDS.iter().map(|k| k.make(toml::Table::new()).expect("defaults")).collect();
        let mut counts = vec![0; steps.len()];
        normalize(&mut document, &steps, &mut Edits::default(), &mut counts);
        document.text.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::normalized;
    use super::{Edits, Field, FieldCx, KINDS, apply};
    use crate::base::span::{Span, Txt};

    /// Characters that stand for first and later bytes of UTF-8 in several codecs, and what surrounds them.
    const BROKEN: &str =
        "([a-zA-Z ,]{0,6}(Ã©|Ã¼|â€™|â€œ|Ð¿|Ñ€|Ð²|РїСЂ|√©|├⌐|Ä\u{9b}|Ã|Ã |Ã¥|É’|É»|\u{93}|–|é|&eacute;)){0,8}";
    /// As [`HARD`] without NEL: `é` before two of them are the bytes of an ideograph, which is mended by what else the line holds.
    const LINES: &str = "[a-z é’\u{a0}\t\n\r\u{b}\u{2028}\u{301}e\u{200b}\u{ad}\u{feff}\u{0}\u{fffe}가ᄀ\u{1161}한漢\u{1F600}\u{200d}]{0,60}";
    const HARD: &str = "[a-z é’\u{a0}\t\n\r\u{b}\u{85}\u{2028}\u{301}e\u{200b}\u{ad}\u{feff}\u{0}\u{fffe}가ᄀ\u{1161}한漢\u{1F600}\u{200d}]{0,60}";

    proptest! {
        /// The source slice of any stretch normalizes to that stretch, runs of blanks taken as one.
        #[test]
        fn a_source_slice_normalizes_to_its_text(source in LINES, from in 0_usize..60, length in 1_usize..20) {
            let text = normalized(&source);
            let out = text.as_str();
            let ends: Vec<usize> = out.char_indices().map(|(i, _)| i).chain([out.len()]).collect();
            let from = from % ends.len();
            let to = (from + length).min(ends.len() - 1);
            let span = Span::<Txt>::at(ends[from]..ends[to]);
            let again = normalized(text.to_src(span).of(&source));
            let words = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert!(words(again.as_str()).contains(&words(span.of(out))), "{:?} gave {:?}", span.of(out), again);
        }

        /// Normalizing twice changes nothing.
        #[test]
        fn normalizing_again_changes_nothing(source in HARD) {
            let once = normalized(&source);
            let twice = normalized(once.as_str());
            prop_assert_eq!(once.as_str(), twice.as_str());
        }
    }

    proptest! {
        /// Mended text is sound, and each of its characters came from bytes that stand in order.
        #[test]
        fn mended_text_is_left_alone(source in BROKEN) {
            let once = normalized(&source);
            let twice = normalized(once.as_str());
            prop_assert_eq!(once.as_str(), twice.as_str(), "from {:?}", source);
            let mut last = 0;
            for (at, c) in once.as_str().char_indices() {
                let span = once.to_src(Span::<Txt>::at(at..at + c.len_utf8()));
                prop_assert!(last <= span.start && source.get(span.range()).is_some(), "{:?} gave {:?}", c, span);
                last = span.start;
            }
        }

        /// The law of slices holds for what is sure: the slice of any stretch of whole words normalizes to it.
        #[test]
        fn a_slice_of_mended_words_normalizes_to_them(words in prop::collection::vec("[a-z]{1,4}(Ã©|Ã¼|Â£|â€™|Ð¿Ñ€Ð¸|\u{93})[a-z]{1,4}", 1..8), from in 0_usize..8) {
            let source = words.join(" ");
            let text = normalized(&source);
            let from = text.as_str().split(' ').take(from % words.len()).map(|word| word.len() + 1).sum();
            let span = Span::<Txt>::at(from..text.as_str().len());
            let again = normalized(text.to_src(span).of(&source));
            prop_assert_eq!(again.as_str(), span.of(text.as_str()));
        }
    }

    proptest! {
        /// What a step does to ASCII does not depend on whether somebody looked.
        #[test]
        fn steps_find_the_same_in_text_known_to_be_ascii(source in "([a-z&;.-]{0,6}[ \t\n\r\u{0}\u{b}\u{1b}\u{7f}]{1,2}){0,12}") {
            for kind in KINDS {
                let step = kind.make(toml::Table::new()).expect("defaults");
                let edited = |ascii| {
                    let mut field = Field::plain(source.clone());
                    let cx = FieldCx { ascii, ..FieldCx::default() };
                    let edits = apply(step.as_ref(), &mut field, cx, &mut Edits::default());
                    (edits, field.text.as_str().to_owned())
                };
                prop_assert_eq!(edited(true), edited(false), "{}", kind.name);
            }
        }
    }

    #[test]
    fn what_is_parted_by_what_goes_is_found() {
        for (text, expected) in [
            ("a &\0eacute; b", "a é b"),
            ("Caf&eac\u{ad}ute;s", "Cafés"),
            ("R&amp\u{37e}D", "R&D"),
            ("&\u{1f3}igrarr; x", "⟿ x"),
            ("caf\u{c3}\0© x", "café x"),
            ("∋¬\0\0°U", "∋¡U"),
        ] {
            let once = normalized(text);
            assert_eq!(once.as_str(), expected, "{text:?}");
            let of_last = Span::<Txt>::at(expected.len() - 1..expected.len());
            assert_eq!(once.to_src(of_last).end as usize, text.len(), "{text:?}");
            assert_eq!(normalized(once.as_str()).as_str(), expected);
        }
    }

    #[test]
    fn what_translators_need_stays() {
        let text = "« Dit-il\u{a0}: “l’été”\u{202f}! » می\u{200c}خواهم \u{200f}שלום";
        assert_eq!(normalized(text).as_str(), text);
    }
}
