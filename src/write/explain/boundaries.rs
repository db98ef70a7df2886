//! Where segments might begin, whether they do, and why.

use serde::Serialize;

use super::Head;
use crate::base::escape::terminal;
use crate::doc::block::Block;
use crate::doc::done::{Boundary, Done};
use crate::write::about::{lang, place};
use crate::write::bytes::{pair, push, push_json};
use crate::write::style::{Style, push_styled};

/// What stands where a segment begins.
const BREAK: char = '⏐';

/// What stands where one might begin and does not.
const JOIN: char = '┆';

/// Characters shown on either side of a place.
const AROUND: usize = 24;

/// Appends each block with its places marked, and below a line a place: whether it breaks, the reason, how sure, what stands
/// around it.
pub(super) fn push_text(out: &mut Vec<u8>, done: &Done, color: bool) {
    let all = done.boundaries.as_deref().unwrap_or_default();
    let breaks = all.iter().filter(|boundary| boundary.breaks).count();
    let counts = format!("{breaks} breaks ({BREAK}), {} joins ({JOIN})", all.len() - breaks);
    let from = terminal(&place(&done.document.source)).into_owned();
    push_styled(out, &format!("{from} · {} · {counts}", lang(done)), Style::Dim, color);
    push(out, "\n");
    let widest = all.iter().map(|boundary| boundary.reason.chars().count()).max().unwrap_or_default();
    for (_, block, places) in blocks(done) {
        push(out, "\n");
        push_styled(out, block.role.name(), Style::Dim, color);
        push(out, &format!("  {}\n", terminal(&marked(done, block, places))));
        for boundary in places {
            let (sign, word, style) =
                if boundary.breaks { (BREAK, "break", Style::Bold) } else { (JOIN, "join ", Style::Plain) };
            let margin = boundary.margin.map_or(String::new(), |margin| format!("{margin:.2}"));
            push(out, &format!("  {sign} "));
            push_styled(out, word, style, color);
            let (left, right) = around(done, block, boundary);
            let (before, after) = (if left.1 { "…" } else { "" }, if right.1 { "…" } else { "" });
            let context = format!("{before}{}{BREAK}{}{after}", left.0, right.0);
            push(out, &format!("  {:widest$}  {margin:>6}  {}\n", boundary.reason, terminal(&context)));
        }
    }
    push(out, "\n");
}

/// Appends a line of JSON.
pub(super) fn push_lines(out: &mut Vec<u8>, done: &Done) {
    let blocks = blocks(done).map(|(number, block, places)| BlockPart {
        block: number,
        role: block.role.name(),
        field: block.field.name(),
        span: pair(block.span),
        text: done.block_text(block),
        boundaries: places.iter().map(|boundary| BoundaryPart::of(done, block, boundary)).collect(),
    });
    let line = Line { head: Head::of(done), blocks: blocks.collect() };
    push_json(out, &line);
    push(out, "\n");
}

/// The blocks that hold segments, each with its number and what was decided in it.
fn blocks(done: &Done) -> impl Iterator<Item = (u32, &Block, &[Boundary])> {
    let all = done.boundaries.as_deref().unwrap_or_default();
    let segments = (0..).zip(&done.blocks).filter(|(_, block)| block.role.is_segment());
    segments.map(move |(number, block)| {
        let from = all.partition_point(|boundary| boundary.block < number);
        let to = all.partition_point(|boundary| boundary.block <= number);
        (number, block, &all[from..to])
    })
}

/// The text of a block with a sign at each place.
fn marked(done: &Done, block: &Block, places: &[Boundary]) -> String {
    let mut text = String::new();
    let mut rest = done.block_text(block);
    let mut at = block.span.start;
    for boundary in places {
        let (before, after) = rest.split_at_checked((boundary.at - at) as usize).unwrap_or((rest, ""));
        text.push_str(before);
        text.push(if boundary.breaks { BREAK } else { JOIN });
        (rest, at) = (after, boundary.at);
    }
    text.push_str(rest);
    text
}

/// What stands in the block before and after a place, each with whether more does.
fn around<'d>(done: &'d Done, block: &Block, boundary: &Boundary) -> ((&'d str, bool), (&'d str, bool)) {
    let at = (boundary.at - block.span.start) as usize;
    let (left, right) = done.block_text(block).split_at_checked(at).unwrap_or_default();
    let from = left.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = right.char_indices().nth(AROUND).map_or(right.len(), |(at, _)| at);
    ((&left[from..], from > 0), (&right[..to], to < right.len()))
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    #[serde(flatten)]
    head: Head<'d>,
    blocks: Vec<BlockPart<'d>>,
}

#[derive(Serialize)]
struct BlockPart<'d> {
    block: u32,
    role: &'static str,
    field: &'static str,
    span: [u32; 2],
    text: &'d str,
    boundaries: Vec<BoundaryPart<'d>>,
}

#[derive(Serialize)]
struct BoundaryPart<'d> {
    /// Bytes of the field's text before the place.
    at: u32,
    breaks: bool,
    reason: &'d str,
    margin: Option<f64>,
    left: &'d str,
    right: &'d str,
}

impl<'d> BoundaryPart<'d> {
    fn of(done: &'d Done, block: &Block, boundary: &'d Boundary) -> Self {
        let ((left, _), (right, _)) = around(done, block, boundary);
        let margin = boundary.margin.map(crate::base::math::rounded);
        let Boundary { at, breaks, reason, .. } = boundary;
        Self { at: *at, breaks: *breaks, reason, margin, left, right }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::explain::{json, text};
    use crate::write::sample::{self, rendered};

    /// A document with places decided between its sentences and behind their first letters.
    fn decided(mut done: Done) -> Done {
        let breaks = done.segments.windows(2).filter(|pair| pair[0].block == pair[1].block);
        let breaks = breaks.map(|pair| Boundary {
            block: pair[1].block,
            at: pair[1].span.start,
            breaks: true,
            reason: "mark".into(),
            margin: None,
        });
        let joins = done.segments.iter().filter(|segment| segment.span.len() > 30);
        let joins = joins.map(|segment| Boundary {
            block: segment.block,
            at: segment.span.start + 4,
            breaks: false,
            reason: "exception-never".into(),
            margin: Some(2.5),
        });
        let mut all: Vec<_> = breaks.chain(joins).collect();
        all.retain(|boundary| done.document.text.text.as_str().is_char_boundary(boundary.at as usize));
        all.sort_by_key(|boundary| boundary.at);
        done.boundaries = Some(all);
        done
    }

    #[test]
    fn every_place_is_marked_and_told_with_its_reason() {
        let writer = text::Text { boundaries: true, ..text::Text::default() };
        let documents = [decided(sample::council()), decided(sample::empty())];
        insta::assert_snapshot!(rendered(&writer, &documents));
    }

    #[test]
    fn programs_get_the_same() {
        let writer = json::Json { boundaries: true };
        insta::assert_snapshot!(rendered(&writer, &[decided(sample::council())]));
    }

    #[test]
    fn nothing_in_an_article_steers_the_terminal() {
        let writer = text::Text { boundaries: true, ..text::Text::default() };
        let shown = rendered(&writer, &[decided(sample::hostile())]);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    }
}
