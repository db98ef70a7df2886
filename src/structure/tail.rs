//! What stands inside and after the article: buttons, captions, links to other stories, the comment box.

use crate::base::lang::Lang;
use crate::doc::block::{BlockKind, Role};
use crate::structure::byline;
use crate::structure::header::Verdict;
use crate::structure::lines::{Ending, Line};
use crate::structure::patterns::{self, Hit};

/// Share of the prose, in percent of its bytes, after which a comment box ends the article.
const COMMENTS_AFTER: usize = 60;
/// Words from which a sentence after the article's furniture is still article.
const SENTENCE: usize = 4;
/// Lines without an end mark after the article that are, together, a page's foot.
const LOOSE: usize = 6;
/// Most words of a line without an end mark that is taken for a stray label right after the article.
const LABEL: usize = 3;

/// One past the last line of the article that begins at `start`: its last prose line, unless a comment box comes before
/// that after most of the prose.
pub(super) fn end(lines: &[Line<'_>], hits: &[Option<Hit>], start: usize) -> usize {
    let prose = |i: &usize| hits[*i].is_none() && lines[*i].is_prose();
    let all: usize = (start..lines.len()).filter(prose).map(|i| lines[i].text.len()).sum();
    let (mut end, mut seen) = (start, 0);
    for i in start..lines.len() {
        if prose(&i) {
            seen += lines[i].text.len();
            end = i + 1;
        } else if hits[i].is_some_and(|hit| hit.role == Role::Comments)
            && seen * 100 >= all * COMMENTS_AFTER
            && seen > 0
        {
            break;
        }
    }
    end
}

/// Roles of the lines between the first and last prose line.
pub(super) fn inside(
    lines: &[Line<'_>],
    hits: &[Option<Hit>],
    range: std::ops::Range<usize>,
    verdicts: &mut [Option<Verdict>],
) {
    let mut listing = false;
    for i in range {
        let line = &lines[i];
        verdicts[i] = Some(if let Some(hit) = hits[i] {
            listing = announces(hit, line);
            (hit.role, 0.85)
        } else if line.is_prose() {
            listing = false;
            (Role::Body, 0.95)
        } else if listing && is_link(line) && !(line.kind == BlockKind::Heading && line.apart) {
            (Role::Navigation, 0.6)
        } else if line.kind == BlockKind::Heading {
            listing = false;
            (Role::Heading, 0.8)
        } else {
            listing = false;
            (Role::Body, if line.is_sentence() { 0.9 } else { 0.7 })
        });
    }
}

/// Roles of the lines after the last prose line.
pub(super) fn after(
    lines: &[Line<'_>],
    hits: &[Option<Hit>],
    start: usize,
    lang: &Lang,
    verdicts: &mut [Option<Verdict>],
) {
    let mut under: Option<Role> = None;
    let loose = (start..lines.len()).filter(|i| hits[*i].is_none() && is_loose(&lines[*i])).count();
    for i in start..lines.len() {
        let line = &lines[i];
        let hit = hits[i];
        verdicts[i] = Some(if let Some(hit) = hit {
            let opens = hit.role == Role::Comments || announces(hit, line);
            if opens || !matches!(under, Some(Role::Comments)) {
                under = Some(if opens || hit.role != Role::Navigation { hit.role } else { Role::Furniture });
            }
            (hit.role, 0.9)
        } else if loose >= LOOSE && is_loose(line) && under != Some(Role::Comments) {
            (Role::Navigation, 0.5)
        } else {
            rest(line, under, lang)
        });
    }
}

/// Whether a line can be a label or link of a page's foot.
fn is_loose(line: &Line<'_>) -> bool {
    line.ending == Ending::Open && line.kind != BlockKind::ListItem
}

/// The role of a line after the article that no pattern knows, under the last that one knew.
fn rest(line: &Line<'_>, under: Option<Role>, lang: &Lang) -> Verdict {
    let short = line.words <= patterns::WORDS;
    if short && byline::parse(line.text, lang).is_some() {
        return (Role::Byline, 0.7);
    }
    let item = line.kind == BlockKind::ListItem;
    match under {
        Some(Role::Navigation) if is_link(line) => (Role::Navigation, 0.8),
        Some(Role::Comments) => (Role::Comments, 0.6),
        Some(_) if line.is_sentence() && line.words >= SENTENCE => (Role::Body, 0.5),
        Some(_) => (Role::Furniture, 0.5),
        None if line.is_sentence() || item || line.words > LABEL => (Role::Body, 0.6),
        None => (Role::Furniture, 0.4),
    }
}

/// Whether what a line announces stands on the lines after it.
fn announces(hit: Hit, line: &Line<'_>) -> bool {
    hit.role == Role::Navigation && (hit.whole || line.ending == Ending::Colon)
}

/// Whether it can be the title of another story.
fn is_link(line: &Line<'_>) -> bool {
    line.words <= 20 && line.ending != Ending::Stop
}
