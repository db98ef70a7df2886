//! What stands before the article: date, headline, byline, publisher and standfirst, in any order.

use crate::base::lang::Lang;
use crate::doc::block::{BlockKind, Role};
use crate::doc::document::Meta;
use crate::structure::byline::{self, Byline};
use crate::structure::fold::Letters;
use crate::structure::lines::{Ending, Line};
use crate::structure::patterns::Hit;
use crate::structure::{dates, patterns};

/// A line's role and how sure it is.
pub(super) type Verdict = (Role, f64);

/// What the lines before the article turned out to be.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// The line of the headline, if there is one.
    pub(super) title: Option<usize>,
    /// How many lines the header takes.
    pub(super) end: usize,
}

/// Most words of a headline.
const HEADLINE: usize = 25;
/// Most words of a standfirst that ends as sentences do.
const DEK: usize = 42;
/// Words from which a line under the headline is a standfirst and not a name or a section.
const DEK_LEAST: usize = 5;
/// Most lines under a headline that are not names, dates or buttons; with more of them it is no header but text.
const OPEN: usize = 4;

/// What the header grammar looks at.
#[derive(Debug)]
pub(super) struct Cx<'c, 't> {
    pub(super) lines: &'c [Line<'t>],
    pub(super) hits: &'c [Option<Hit>],
    pub(super) lang: &'c Lang,
    /// The headline that the record gave apart.
    pub(super) given: Option<&'c str>,
}

impl Cx<'_, '_> {
    /// `LARKMOOR, 11 March 2024. By Fenella Ashgrove`.
    fn dated_byline(&self, line: &str) -> Option<Byline> {
        let (date, authors) = line.split_once(". ")?;
        let published = dates::read(date, self.lang)?.published;
        Some(Byline { published: Some(published), ..byline::parse(authors, self.lang)? })
    }
    fn date(&self, i: usize) -> Option<dates::Found> {
        let line = &self.lines[i];
        if line.words > patterns::WORDS { None } else { dates::read(line.text, self.lang) }
    }

    /// A line of authors after a word such as `By`.
    fn byline(&self, i: usize) -> Option<Byline> {
        let line = &self.lines[i];
        if line.words > patterns::WORDS + 4 {
            return None;
        }
        byline::parse(line.text, self.lang).or_else(|| self.dated_byline(line.text))
    }
}

/// Gives the lines before the first prose line `first` their roles, and the standfirst that is prose itself.
pub(super) fn header(
    cx: &Cx<'_, '_>,
    first: usize,
    found: &mut Meta,
    verdicts: &mut [Option<Verdict>],
) -> Header {
    let end = end(cx, first);
    let mut open = Vec::new();
    for (i, verdict) in verdicts.iter_mut().enumerate().take(end) {
        *verdict = sign(cx, i, found);
        if verdict.is_none() {
            open.push(i);
        }
    }
    let title = title(cx, &open, end);
    if let Some(i) = title {
        verdicts[i] = Some((Role::Title, if i == 0 { 0.8 } else { 0.9 }));
        found.title = Some(cx.lines[i].text.replace('\n', " "));
    }
    let start = title.or_else(|| cx.given.map(|_| 0));
    let under: Vec<usize> = open.iter().copied().filter(|i| Some(*i) != title).collect();
    under_title(cx, start, &under, end, found, verdicts);
    Header { title, end }
}

/// Where the header ends: at the first prose line, or after it where it is a standfirst over a byline or a date.
fn end(cx: &Cx<'_, '_>, first: usize) -> usize {
    let Some(line) = cx.lines.get(first) else { return cx.lines.len() };
    if line.words > DEK {
        return first;
    }
    let before = 0..first;
    let headed = cx.given.is_some()
        || before
            .clone()
            .any(|i| cx.hits[i].is_none() && cx.lines[i].ending != Ending::Stop && cx.date(i).is_none())
        || line.ending == Ending::Ask && line.words <= HEADLINE;
    if !headed {
        return first;
    }
    let after = first + 1..cx.lines.len().min(first + 6);
    let next = after.clone().find(|i| cx.lines[*i].is_prose() && cx.hits[*i].is_none()).unwrap_or(after.end);
    let signed = |i: usize| cx.date(i).is_some() || cx.byline(i).is_some();
    let shared = |i: usize| cx.hits[i].is_some_and(|hit| hit.role == Role::Share);
    let met = before.clone().any(signed);
    let prose_follows = next < cx.lines.len() && cx.lines[next].is_prose();
    let over = (first + 1..next).any(|i| signed(i) || !met && shared(i));
    if over && prose_follows { next } else { first }
}

/// What a line says by itself: a pattern, a date, authors, a publisher.
fn sign(cx: &Cx<'_, '_>, i: usize, found: &mut Meta) -> Option<Verdict> {
    let line = &cx.lines[i];
    if let Some(hit) = cx.hits[i] {
        if let (Role::Date, Some(date)) = (hit.role, cx.date(i)) {
            found.published.get_or_insert(date.published);
        }
        return Some((hit.role, 0.9));
    }
    if let Some(given) = cx.given
        && Letters::of(given).key == Letters::of(line.text).key
    {
        return Some((Role::Furniture, 0.9));
    }
    let byline =
        if line.kind == BlockKind::Heading && line.ending != Ending::Open { None } else { cx.byline(i) };
    if let Some(byline) = byline {
        take(byline, found);
        return Some((Role::Byline, 0.9));
    }
    if let Some(date) = cx.date(i) {
        found.published.get_or_insert(date.published);
        return Some((Role::Date, if date.sound { 0.97 } else { 0.8 }));
    }
    if line.kind == BlockKind::Heading && line.ending != Ending::Open {
        return None;
    }
    if let Some(byline) = byline::unintroduced(line.text, cx.lang) {
        take(byline, found);
        return Some((Role::Byline, 0.75));
    }
    byline::is_publisher_line(line.text).then(|| {
        found.publisher.get_or_insert_with(|| line.text.to_owned());
        (Role::Publisher, 0.7)
    })
}

fn take(byline: Byline, found: &mut Meta) {
    if let Some(authors) = byline.authors {
        match &mut found.byline {
            Some(known) if *known != authors => {
                known.push_str("; ");
                known.push_str(&authors);
            }
            Some(_) => {}
            none => *none = Some(authors),
        }
    }
    if found.publisher.is_none() {
        found.publisher = byline.publisher;
    }
    if found.published.is_none() {
        found.published = byline.published;
    }
}

/// The headline among the lines that say nothing by themselves.
fn title(cx: &Cx<'_, '_>, open: &[usize], end: usize) -> Option<usize> {
    if cx.given.is_some() || end >= cx.lines.len() {
        return None;
    }
    let able = |i: &usize| {
        let line = &cx.lines[*i];
        let ends = match line.ending {
            Ending::Open => true,
            Ending::Ask => *i + 1 < end || line.words <= HEADLINE / 2,
            Ending::Stop | Ending::Colon => false,
        };
        line.kind != BlockKind::ListItem && ends && line.words <= HEADLINE
    };
    let able: Vec<usize> = open.iter().copied().filter(able).collect();
    let marked =
        able.iter().copied().find(|i| cx.lines[*i].kind == BlockKind::Heading && cx.lines[*i].words > 1);
    let long = able.iter().copied().find(|i| cx.lines[*i].words >= 3);
    if able.len() > OPEN {
        return echoed(cx, &able, end).or(long);
    }
    let marked = marked.filter(|m| long.is_none_or(|l| *m <= l));
    marked.or(long).or_else(|| able.first().copied())
}

/// Among many short lines (a menu), the one whose words the article says again.
fn echoed(cx: &Cx<'_, '_>, able: &[usize], end: usize) -> Option<usize> {
    let body: String = cx.lines[end..].iter().take(8).map(|line| line.text.to_lowercase() + " ").collect();
    let score = |i: &usize| {
        let text = cx.lines[*i].text.to_lowercase();
        text.split_whitespace().filter(|word| word.chars().count() > 3 && body.contains(*word)).count()
    };
    able.iter().copied().filter(|i| score(i) >= 2).max_by_key(|i| (score(i), *i))
}

/// Roles of the lines that are neither headline nor speak for themselves.
fn under_title(
    cx: &Cx<'_, '_>,
    title: Option<usize>,
    open: &[usize],
    end: usize,
    found: &mut Meta,
    verdicts: &mut [Option<Verdict>],
) {
    let long = open.iter().filter(|i| cx.lines[**i].words >= DEK_LEAST).count();
    for &i in open {
        let line = &cx.lines[i];
        let Some(title) = title else {
            verdicts[i] = Some((Role::Body, 0.6));
            continue;
        };
        let signed_after = (i + 1..end).any(|j| {
            verdicts[j].is_some_and(|(role, _)| {
                matches!(role, Role::Byline | Role::Date | Role::Share | Role::Publisher)
            })
        });
        verdicts[i] = Some(if i < title {
            if line.is_sentence() || line.words > 6 { (Role::Body, 0.5) } else { (Role::Navigation, 0.6) }
        } else if line.kind == BlockKind::ListItem || line.ending == Ending::Colon {
            (Role::Body, 0.5)
        } else if line.is_sentence() {
            if signed_after && line.words >= DEK_LEAST && long <= OPEN {
                (Role::Dek, 0.8)
            } else {
                (Role::Body, 0.7)
            }
        } else if line.words >= DEK_LEAST {
            if long <= OPEN { (Role::Dek, 0.8) } else { (Role::Body, 0.5) }
        } else if found.byline.is_none() && open.len() <= OPEN && byline::is_bare_name(line.text) {
            found.byline = Some(line.text.to_owned());
            (Role::Byline, 0.6)
        } else if i + 1 == end && line.kind == BlockKind::Heading && line.apart {
            (Role::Heading, 0.5)
        } else {
            (Role::Navigation, 0.5)
        });
        if let (Some((Role::Dek, _)), None) = (verdicts[i], &found.dek) {
            found.dek = Some(line.text.replace('\n', " "));
        }
    }
}
