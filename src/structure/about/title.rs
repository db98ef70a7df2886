//! The title: the heading that what the page says of itself agrees with, without the name of the site.

use crate::doc::document::Document;
use crate::structure::about::elements::{Aside, Element, Kind};
use crate::structure::about::head::{Head, squash};
use crate::structure::about::site::{Site, key};
use crate::structure::byline::is_publisher;

/// A title, and the block it stands in where a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) block: Option<u32>,
}

/// What the head says the title is.
struct Claim {
    key: String,
    text: String,
    weight: f64,
}

/// How much the `<title>` counts, which often says more than the title.
const TITLE: f64 = 0.85;
/// Least score of a heading that is taken for the title.
const ENOUGH: f64 = 0.5;

/// Finds the title of a page.
pub(super) fn find(
    document: &Document,
    head: &Head<'_>,
    elements: &[Element],
    site: &Site,
    url: Option<&str>,
) -> Option<Title> {
    let claims = claims(head, site);
    let slug = url.map(slug).unwrap_or_default();
    let headings = elements.iter().filter(|e| matches!(e.kind, Kind::Heading(_)));
    let mut best: Option<(f64, &Element)> = None;
    for heading in headings {
        let score = score(heading, &claims, site, &slug);
        if score > best.map_or(f64::MIN, |(best, _)| best) {
            best = Some((score, heading));
        }
    }
    let sole = || if claims.iter().any(|claim| claim.weight > TITLE) { None } else { sole(elements, site) };
    let heading = best.filter(|(score, _)| *score >= ENOUGH).map(|(_, heading)| heading).or_else(sole);
    if let Some(heading) = heading {
        let block = (heading.blocks > 0).then_some(heading.block);
        return Some(Title { text: without_kicker(&heading.text, &claims).to_owned(), block });
    }
    let claim = claims.into_iter().next()?;
    let text = if claim.weight > TITLE { claim.text } else { without_tail(&claim.text).to_owned() };
    Some(Title { block: shown(document, &key(&text)), text })
}

/// The only first heading of a page whose `<title>` says nothing of it.
fn sole<'e>(elements: &'e [Element], site: &Site) -> Option<&'e Element> {
    let fits = |e: &&Element| e.aside == Aside::No && !e.text.is_empty() && !site.is(&e.text);
    let mut first = elements.iter().filter(|e| e.kind == Kind::Heading(1)).filter(fits);
    first.next().filter(|_| first.next().is_none())
}

/// A heading without what stands before the title in it, such as the name of a series.
fn without_kicker<'h>(heading: &'h str, claims: &[Claim]) -> &'h str {
    let ends = |claim: &&Claim| {
        let words = claim.key.split(' ').count();
        words >= 3 && heading.len() > claim.text.len() && heading.ends_with(claim.text.as_str())
    };
    let claim = claims.iter().find(ends);
    claim.map_or(heading, |claim| &heading[heading.len() - claim.text.len()..])
}

/// A `<title>` without its last part, where that is far shorter or has a noun of publishers: the name of a site that is
/// not known otherwise.
fn without_tail(title: &str) -> &str {
    let dense = title.chars().any(|c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'));
    let marks = MARKS.iter().filter(|mark| mark.starts_with(' ') || dense && mark.len() == 1);
    let cut = marks
        .filter_map(|mark| title.rsplit_once(mark))
        .find(|(rest, tail)| rest.len() > 2 * tail.len() || is_publisher(tail));
    cut.map_or(title, |(rest, _)| rest.trim())
}

/// The first block that says nothing but `key`.
fn shown(document: &Document, wanted: &str) -> Option<u32> {
    let text = document.text.text.as_str();
    let same = document.text.marks.iter().position(|mark| {
        let length = mark.span.len() as usize;
        (wanted.len() / 2..=2 * wanted.len() + 20).contains(&length) && key(mark.span.of(text)) == wanted
    });
    same.and_then(|number| u32::try_from(number).ok())
}

fn claims(head: &Head<'_>, site: &Site) -> Vec<Claim> {
    let headline = head.article().map(|thing| thing.headline.as_str()).unwrap_or_default();
    let mut claims: Vec<Claim> = Vec::new();
    let mut add = |text: &str, weight| {
        let text = unsited(&squash(text), site).to_owned();
        let key = key(&text);
        if !key.is_empty() && !site.is(&text) {
            claims.push(Claim { key, text, weight });
        }
    };
    for title in head.all(&["og:title"]).take(2) {
        add(title, 1.0);
    }
    add(headline, 1.0);
    let names = [
        "twitter:title",
        "sailthru.title",
        "parsely-title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "headline",
        "hdl",
        "title",
    ];
    for title in head.all(&names).take(4) {
        add(title, 0.9);
    }
    add(&head.title, TITLE);
    claims
}

/// How surely a heading is the title, about 0 to 2.
fn score(heading: &Element, claims: &[Claim], site: &Site, slug: &str) -> f64 {
    let own = key(&heading.text);
    if own.is_empty() || heading.text.len() > 400 {
        return f64::MIN;
    }
    let agreement = claims.iter().map(|claim| agreement(&own, &claim.key) * claim.weight).fold(0.0, f64::max);
    let shape = match heading.kind {
        Kind::Heading(1) => 0.3,
        Kind::Heading(2) => 0.15,
        Kind::Heading(3) => 0.05,
        Kind::Heading(7) => 0.0,
        _ => -0.1,
    };
    let mut score = agreement + shape;
    if heading.says("@headline") || heading.says("entry-title") || heading.says("headline") {
        score += 0.1;
    }
    score += 0.3 * share(&own, slug);
    if heading.aside != Aside::No {
        score -= 0.4;
    }
    if site.is(&heading.text) {
        score -= 1.0;
    }
    score
}

/// How far a heading and a claim say the same, 0 to 1.
fn agreement(heading: &str, claim: &str) -> f64 {
    if heading == claim {
        return 1.0;
    }
    let words = heading.split(' ').count();
    let (short, long) = if heading.len() < claim.len() { (heading, claim) } else { (claim, heading) };
    let at_word = |rest: &str| rest.starts_with(' ');
    let begins = long.strip_prefix(short).is_some_and(at_word);
    let ends = long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    let ratio = ratio(short, long);
    if begins || ends {
        // The start of a claim is more often the title than its end.
        let base = if begins { 0.6 } else { 0.5 };
        return if words == 1 { 0.4 * base } else { base + 0.35 * ratio };
    }
    let shared = share(short, long) * ratio;
    if shared >= 0.5 { 0.8 * shared } else { 0.3 * shared }
}

fn ratio(short: &str, long: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "lengths of titles")]
    let ratio = short.len() as f64 / long.len().max(1) as f64;
    ratio
}

/// The share of the words of `key` that `other` has.
fn share(key: &str, other: &str) -> f64 {
    if other.is_empty() {
        return 0.0;
    }
    let (mut all, mut shared) = (0_u32, 0_u32);
    for word in key.split(' ').filter(|word| word.len() > 2) {
        all += 1;
        shared += u32::from(other.split(' ').any(|found| found == word));
    }
    if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) }
}

/// The words of the last part of an address that tells something.
fn slug(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let longest = path.split('/').skip(3).max_by_key(|part| part.matches(['-', '_']).count());
    key(longest.unwrap_or_default())
}

/// Marks between a title and the name of its site, surest first.
const MARKS: [&str; 14] =
    [" | ", " :: ", " » ", " « ", " • ", " · ", " – ", " — ", " - ", " / ", "|", "_", " : ", "-"];

/// A title without the name of the site at either end.
fn unsited<'t>(title: &'t str, site: &Site) -> &'t str {
    let mut left = title;
    loop {
        let cut = MARKS.iter().find_map(|mark| {
            let (before, after) = left.rsplit_once(mark)?;
            if !before.trim().is_empty() && site.is_like(after) {
                return Some(before);
            }
            let (before, after) = left.split_once(mark)?;
            (!after.trim().is_empty() && site.is_like(before)).then_some(after)
        });
        match cut {
            Some(rest) => left = rest.trim(),
            None => return left,
        }
    }
}
