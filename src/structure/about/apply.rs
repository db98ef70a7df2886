//! What is known of a page, put to the blocks of its text.

use crate::doc::block::Role;
use crate::doc::document::Document;
use crate::structure::Structured;
use crate::structure::about::About;
use crate::structure::header::Verdict;
use crate::structure::lines::Line;

/// Most words of a block that is nothing but authors or a date.
const SHORT: usize = 16;
/// How sure a role is that a page gives.
const SURE: f64 = 0.95;

/// Gives the blocks that show title, dek, authors and date their roles, and completes what was found.
///
/// What the page says of itself wins over what its lines seem to say. A role is left alone where it would take the last
/// block of the body.
pub(in crate::structure) fn apply(
    about: About,
    document: &Document,
    lines: &[Line<'_>],
    verdicts: &mut [Option<Verdict>],
    structured: &mut Structured,
) {
    let line = |block: Option<u32>| line_of(document, lines, block?);
    let roles = [
        (line(about.title_block), Role::Title, usize::MAX),
        (line(about.dek_block), Role::Dek, usize::MAX),
        (line(about.date_block), Role::Date, SHORT),
        (line(about.byline_block), Role::Byline, SHORT),
    ];
    if about.meta.title.is_some() && document.title.is_none() {
        for verdict in verdicts.iter_mut().flatten().filter(|(role, _)| *role == Role::Title) {
            verdict.0 = Role::Furniture;
        }
    }
    for (at, role, most) in roles {
        let Some(at) = at.filter(|at| lines[*at].words <= most) else { continue };
        let others = verdicts.iter().enumerate();
        let is_body = |v: &Option<Verdict>| v.is_none_or(|(role, _)| role == Role::Body);
        if role == Role::Dek && verdicts[at].is_some_and(|(role, _)| role == Role::Body) {
            // A standfirst that reads as the first paragraph is kept once, as that.
            structured.dek_copy = Some(lines[at].span);
            continue;
        }
        let taken = matches!(verdicts[at], Some((Role::Title | Role::Dek, _))) && role != Role::Title;
        if !taken && others.into_iter().any(|(other, verdict)| other != at && is_body(verdict)) {
            verdicts[at] = Some((role, SURE));
        }
    }
    if about.title_block.is_none() {
        structured.head_title.clone_from(&about.meta.title);
    }
    let (told, found) = (about.meta, &mut structured.found);
    found.title = told.title.or(found.title.take());
    found.dek = told.dek.or(found.dek.take());
    found.byline = told.byline.or(found.byline.take());
    found.publisher = told.publisher.or(found.publisher.take());
    found.published = told.published.or(found.published.take());
    found.url = told.url.or(found.url.take());
}

/// The line that a block of the page became.
fn line_of(document: &Document, lines: &[Line<'_>], block: u32) -> Option<usize> {
    let mark = document.text.marks.get(block as usize)?.span;
    let at = lines.partition_point(|line| line.span.end <= mark.start);
    lines.get(at).filter(|line| line.span.start < mark.end).map(|_| at)
}
