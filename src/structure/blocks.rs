//! Blocks of a field: its lines, hard wraps joined, or what the markup named; without a thought for what they are for.

use std::ops::Range;

use serde::Deserialize;

use crate::base::span::{Span, Txt, position};
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::document::{Document, Field, FieldName};
use crate::doc::wraps::{item_mark, soft_line_ends};
use crate::structure::lines::{Ending, Line, words};
use crate::structure::{StructureCx, Structured, Structurer};

/// Everything is body: the `structure` of `--clean repair` and `--clean off`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Blocks {}

impl Structurer for Blocks {
    fn structure(&self, document: &Document, _: &StructureCx<'_>) -> Structured {
        let mut blocks = given(document);
        blocks.extend(body(document));
        Structured { blocks, ..Structured::default() }
    }
}

/// Most words of a heading.
const HEADING: usize = 12;
/// Words that a question needs to be a heading and not a remark.
const QUESTION: std::ops::RangeInclusive<usize> = 3..=10;

/// Gives `document` the title that only the head of its page tells, and `structured` its block.
pub fn tell_title(document: &mut Document, title: Field, structured: &mut Structured) {
    document.title = Some(title);
    let blocks = given(document).into_iter().filter(|block| block.field == FieldName::Title);
    structured.blocks.splice(0..0, blocks);
}

/// The blocks of the title and of the dek that the record gave apart.
pub(super) fn given(document: &Document) -> Vec<Block> {
    [(FieldName::Title, Role::Title), (FieldName::Dek, Role::Dek)]
        .into_iter()
        .filter_map(|(field, role)| {
            let text = document.field(field)?.text.as_str();
            let span = trimmed(text, 0..text.len())?;
            Some(Block { field, span, kind: BlockKind::Paragraph, role, score: 1.0 })
        })
        .collect()
}

/// The blocks of the text, all of them body.
pub(super) fn body(document: &Document) -> Vec<Block> {
    let text = document.text.text.as_str();
    let block = |span, kind| Block { field: FieldName::Text, span, kind, role: Role::Body, score: 1.0 };
    if document.lines {
        return rows(text, |_| false).into_iter().map(|row| block(row.span, BlockKind::Line)).collect();
    }
    cut(&document.text).into_iter().map(|line| block(line.span, line.kind)).collect()
}

/// The blocks of a text that an earlier extraction cleaned: headings and body.
pub(super) fn cleaned(document: &Document) -> Vec<Block> {
    let mut blocks = body(document);
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Heading) {
        block.role = Role::Heading;
    }
    blocks
}

/// The blocks of a field, in order; they hold all but its white space.
pub(super) fn cut(field: &Field) -> Vec<Line<'_>> {
    let text = field.text.as_str();
    if !field.marks.is_empty() {
        return marked(field);
    }
    let soft = soft_line_ends(text);
    let mut soft = soft.into_iter().peekable();
    let rows = rows(text, |end| soft.next_if_eq(&end).is_some());
    let mut lines: Vec<Line<'_>> =
        rows.iter().map(|row| Line::new(text, row.span, BlockKind::Paragraph, row.apart)).collect();
    name_items(&mut lines);
    name_headings(&mut lines);
    lines
}

#[derive(Debug)]
struct Row {
    span: Span<Txt>,
    apart: bool,
}

/// Lines that hold something, without the white space around them; an end that is `soft` does not end one.
fn rows(text: &str, mut soft: impl FnMut(usize) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut start, mut apart) = (0, false);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        if end < text.len() && soft(end) {
            continue;
        }
        if let Some(span) = trimmed(text, start..end) {
            rows.push(Row { span, apart });
            apart = false;
        } else {
            apart = true;
        }
        start = end + 1;
    }
    rows
}

/// The place of what is left of `range` without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Option<Span<Txt>> {
    let raw = text.get(range.clone())?;
    let rest = raw.trim_start();
    let start = range.start + raw.len() - rest.len();
    let len = rest.trim_end().len();
    (len > 0).then(|| Span::new(position(start), position(start + len)))
}

/// What the markup named; lines between its blocks are paragraphs.
fn marked(field: &Field) -> Vec<Line<'_>> {
    let text = field.text.as_str();
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(field.marks.len());
    let mut at = 0;
    for mark in &field.marks {
        let range = mark.span.range();
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        between(text, at, range.start, &mut lines);
        if let Some(span) = trimmed(text, range.clone()) {
            lines.push(Line::new(text, span, mark.kind, true));
        }
        at = range.end;
    }
    between(text, at, text.len(), &mut lines);
    lines
}

/// Lines of `from..to`, which no mark covers.
fn between<'t>(text: &'t str, from: usize, to: usize, lines: &mut Vec<Line<'t>>) {
    for row in rows(text.get(from..to).unwrap_or_default(), |_| false) {
        let shift = position(from);
        let span = Span::new(row.span.start + shift, row.span.end + shift);
        lines.push(Line::new(text, span, BlockKind::Paragraph, true));
    }
}

/// Finds list items. A dash opens dialogue too, and a number with a full stop a date: a dash needs one on the line before or
/// after it, a number the one before or after it on the nearest numbered line.
fn name_items(lines: &mut [Line<'_>]) {
    let mut last: Option<(usize, Mark)> = None;
    for i in 0..lines.len() {
        let Some(mark) = Mark::of(lines[i].text) else { continue };
        let pair = last.filter(|(j, before)| match (before, mark) {
            (Mark::Number(a), Mark::Number(b)) => a + 1 == b,
            (Mark::Sign(a), Mark::Sign(b)) => *a == b && j + 1 == i,
            _ => false,
        });
        if let Some((j, _)) = pair {
            lines[j].kind = BlockKind::ListItem;
            lines[i].kind = BlockKind::ListItem;
        }
        if matches!(mark, Mark::Sign('•' | '*' | '‣' | '◦' | '▪' | '■' | '●')) {
            lines[i].kind = BlockKind::ListItem;
        }
        last = Some((i, mark));
    }
}

/// What a list item begins with.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// `12. `, `12) `; `b) ` counts as 2.
    Number(u32),
    /// `- `, `• ` …
    Sign(char),
}

impl Mark {
    fn of(line: &str) -> Option<Self> {
        let mark = item_mark(line)?.trim_end();
        let first = mark.chars().next()?;
        if first.is_ascii_alphabetic() {
            return Some(Self::Number(u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1));
        }
        let digits = mark.trim_end_matches(['.', ')']);
        Some(digits.parse().map_or(Self::Sign(first), Self::Number))
    }
}

/// Finds headings: short lines without an end mark, or short questions, that prose or a list follows.
fn name_headings(lines: &mut [Line<'_>]) {
    for i in 0..lines.len().saturating_sub(1) {
        let (line, next) = (lines[i], lines[i + 1]);
        let quiet = match line.ending {
            Ending::Open => line.words <= HEADING && words_alone(line.text),
            Ending::Ask => QUESTION.contains(&line.words) && !quoted(line.text),
            Ending::Stop | Ending::Colon => false,
        };
        let leads = next.is_prose() || next.kind == BlockKind::ListItem && next.apart;
        if line.kind == BlockKind::Paragraph && quiet && leads {
            lines[i].kind = BlockKind::Heading;
        }
    }
}

/// Whether there is a word at all, not a rule or an ornament.
fn words_alone(text: &str) -> bool {
    words(text) > 0 && text.chars().any(char::is_alphabetic)
}

fn quoted(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«', '‘', '「', '—', '–'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document(text: &str) -> Document {
        Document { text: Field::plain(text.to_owned()), ..Document::default() }
    }

    fn kinds(text: &str) -> Vec<BlockKind> {
        body(&document(text)).iter().map(|b| b.kind).collect()
    }

    const PROSE: &str = "The bridge was closed on Monday after two cracks were found in it.";

    #[test]
    fn each_line_is_a_block_and_no_break_spaces_at_its_ends_are_not_part_of_it() {
        let blocks = body(&document("\u{a0}One.\u{a0}\n\n \nTwo."));
        assert_eq!(blocks.iter().map(|b| b.span.range()).collect::<Vec<_>>(), [2..6, 12..16]);
    }

    #[test]
    fn a_short_line_over_prose_is_a_heading() {
        assert_eq!(
            kinds(&format!("{PROSE}\nWhat next\n{PROSE}")),
            [BlockKind::Paragraph, BlockKind::Heading, BlockKind::Paragraph]
        );
    }

    #[test]
    fn a_lone_dash_opens_dialogue_and_a_second_one_makes_a_list() {
        assert_eq!(kinds(&format!("– No, he said.\n{PROSE}"))[0], BlockKind::Paragraph);
        assert_eq!(kinds("– eggs\n– milk"), [BlockKind::ListItem; 2]);
        assert_eq!(kinds(&format!("1) Eggs\n{PROSE}\n2) Milk\n{PROSE}"))[2], BlockKind::ListItem);
        assert_eq!(kinds("11. März war ein kalter Tag in der Hauptstadt.")[0], BlockKind::Paragraph);
    }

    #[test]
    fn in_a_document_of_lines_each_line_is_a_block_of_its_own() {
        let mut document = document("one\n\n- two");
        document.lines = true;
        let blocks = Blocks::default().structure(&document, &StructureCx::default()).blocks;
        assert!(blocks.iter().all(|b| b.kind == BlockKind::Line && b.role == Role::Body), "{blocks:?}");
        assert_eq!(blocks.len(), 2);
    }

    proptest! {
        /// Blocks rise, never overlap, and hold all but white space.
        #[test]
        fn blocks_hold_all_but_white_space(text in "[a-zA-Zé .!?“”\n\u{a0}\t\u{301}•\\-0-9風。]{0,200}") {
            let mut at = 0;
            for block in body(&document(&text)) {
                prop_assert!(!block.span.of(&text).trim().is_empty(), "{:?} is empty", block.span);
                let gap = text.get(at..block.span.start as usize);
                prop_assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "{gap:?} is in no block");
                at = block.span.end as usize;
            }
            prop_assert!(text[at..].trim().is_empty(), "{:?} is left", &text[at..]);
        }
    }
}
