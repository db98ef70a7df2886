//! The authors: who the page says wrote it, in its head, its elements and its lines.
//!
//! Each source gives names and how sure it is that they are people; the surest wins, the earlier of two that are as sure.

use crate::base::lang::Lang;
use crate::doc::document::Document;
use crate::markup::entity;
use crate::structure::about::elements::{Element, Kind};
use crate::structure::about::head::Head;
use crate::structure::about::names::{self, Named, Sure};
use crate::structure::about::site::{Site, joined};
use crate::structure::{byline, dates};

/// Authors, joined by `; `, and the block that names them where a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Authors {
    pub(super) names: String,
    pub(super) block: Option<u32>,
}

/// Names under which heads of pages give authors, surest first.
const NAMES: [&str; 19] = [
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "citation_author",
    "article.author",
    "rbauthors",
    "authors",
    "shareaholic:article_author_name",
    "dc.contributor",
    "dcsext.author",
    "twitter:creator",
];
/// Most authors of one page.
const MOST: usize = 12;
/// Blocks before and after the title in which its authors may stand.
const NEAR: (u32, u32) = (3, 8);
/// Blocks from the title beyond which other articles may begin.
const FAR: u32 = 25;
/// Bytes of a line that names authors.
const LINE: usize = 120;

/// What authors are looked for in.
#[derive(Debug)]
pub(super) struct Cx<'a> {
    pub(super) document: &'a Document,
    pub(super) head: &'a Head<'a>,
    pub(super) elements: &'a [Element],
    pub(super) site: &'a Site,
    pub(super) lang: &'a Lang,
    pub(super) title: Option<u32>,
}

/// Names from one source.
#[derive(Debug)]
struct Candidate {
    sure: Sure,
    names: Vec<String>,
    block: Option<u32>,
}

/// Finds them.
pub(super) fn find(cx: &Cx<'_>) -> Option<Authors> {
    let mut all = cx.of_data();
    all.extend(cx.of_elements(true));
    all.extend(cx.of_head());
    all.extend(cx.of_elements(false));
    all.extend(cx.of_near_lines());
    if !all.iter().any(|candidate| candidate.sure == Sure::Person) {
        all.extend(cx.of_labels());
    }
    let best = all.iter().map(|candidate| candidate.sure).max()?;
    let chosen = all.iter().find(|candidate| candidate.sure == best)?;
    let same = |other: &&Candidate| other.names.iter().any(|name| chosen.names.contains(name));
    let block = chosen.block.or_else(|| all.iter().filter(same).find_map(|candidate| candidate.block));
    Some(Authors { names: chosen.names.join("; "), block })
}

impl Cx<'_> {
    fn of_data(&self) -> Vec<Candidate> {
        let Some(article) = self.head.article() else { return Vec::new() };
        let people = article.authors.iter().filter(|author| !author.kind.contains("Organization"));
        let named = people.map(|author| names::read(&entity::decode(&author.name)));
        self.candidate(named.collect(), None, false).into_iter().collect()
    }

    fn of_head(&self) -> Vec<Candidate> {
        let told = |name: &&str| {
            let named = self.head.all(&[name]).map(names::read).collect();
            // A firm that made the page often stands where its author should.
            self.candidate(named, None, false).filter(|candidate| candidate.sure > Sure::Body)
        };
        NAMES.iter().filter_map(told).collect()
    }

    /// Names in elements that say they hold an author's: by rel or property, or by class alone.
    fn of_elements(&self, said: bool) -> Vec<Candidate> {
        let says = |e: &Element| e.says("=author") || e.says("@author") || e.says("@creator");
        let own = |e: &&Element| e.kind == Kind::Author && e.is_own(self.title) && says(e) == said;
        let mut found: Vec<(u32, &Element, Named)> = Vec::new();
        for element in self.elements.iter().filter(own) {
            let named = self.given(element);
            if !named.names.is_empty() {
                found.push((self.distance(element.block), element, named));
            }
        }
        // Many names far from the title are those of other articles.
        let mut keys: Vec<String> = found.iter().map(|(.., named)| joined(&named.names.concat())).collect();
        keys.sort_unstable();
        keys.dedup();
        let many = keys.len() > 2;
        let Some(nearest) = found.iter().map(|(distance, ..)| *distance).min() else { return Vec::new() };
        found.retain(|(distance, ..)| *distance <= nearest + 1);
        if nearest > FAR && many {
            return Vec::new();
        }
        let block =
            found.iter().find(|(_, element, _)| element.blocks > 0).map(|(_, element, _)| element.block);
        let named = found.into_iter().map(|(.., named)| named).collect();
        self.candidate(named, block, true).into_iter().collect()
    }

    /// The names of an element that says it has some.
    fn given(&self, element: &Element) -> Named {
        let text = if element.text.is_empty() { &element.machine } else { &element.text };
        if element.blocks > 1
            && let Some(first) = self.block(element.block)
        {
            let opening = names::read(first);
            if opening.sure == Sure::Person && first.len() <= LINE {
                return opening;
            }
        }
        if text.len() > LINE {
            return Named::default();
        }
        let found = byline::parse(text, self.lang).and_then(|found| found.authors);
        names::read(found.as_deref().unwrap_or(text))
    }

    fn block(&self, number: u32) -> Option<&str> {
        let mark = self.document.text.marks.get(number as usize)?;
        Some(mark.span.of(self.document.text.text.as_str()))
    }

    fn of_near_lines(&self) -> Vec<Candidate> {
        let Some(title) = self.title else { return Vec::new() };
        let after = title + 1..title + NEAR.1;
        let before = (title.saturating_sub(NEAR.0)..title).rev();
        let found = after.chain(before).find_map(|number| {
            let named = self.block(number)?.lines().take(4).find_map(|line| self.in_line(line))?;
            self.candidate(vec![named], Some(number), true)
        });
        found.into_iter().collect()
    }

    /// Names of a line near the title: after a word such as `By`, or beside a date.
    fn in_line(&self, line: &str) -> Option<Named> {
        if line.len() > LINE {
            return None;
        }
        if let Some(found) = byline::parse(line, self.lang).and_then(|found| found.authors) {
            return Some(names::read(&found)).filter(|named| named.sure == Sure::Person);
        }
        let joint =
            [" - ", " – ", " | ", " · ", " • ", ", "].into_iter().find(|joint| line.contains(joint))?;
        let parts: Vec<&str> = line.split(joint).collect();
        let dated = parts.iter().any(|part| dates::find_short(part, self.lang).is_some());
        let bare = parts.iter().find(|part| byline::is_bare_name(part.trim()))?;
        // A line may hold a date and something else than its author.
        dated.then(|| Named { sure: Sure::Handle, ..names::read(bare) })
    }

    /// Names of a line anywhere that begins with a word such as `Author:`.
    fn of_labels(&self) -> Vec<Candidate> {
        let text = self.document.text.text.as_str();
        let marks = self.document.text.marks.iter().enumerate();
        let found = marks.skip(self.title.unwrap_or(0) as usize).find_map(|(number, mark)| {
            let block = mark.span.of(text);
            let line = block.lines().find(|line| line.len() <= LINE && line.contains([':', '：']))?;
            let (label, rest) = line.split_once([':', '：'])?;
            let label = label.trim().to_lowercase();
            if !LABELS.contains(&label.as_str()) {
                return None;
            }
            let named = Some(names::read(rest)).filter(|named| named.sure == Sure::Person)?;
            self.candidate(vec![named], u32::try_from(number).ok(), true)
        });
        found.into_iter().collect()
    }

    fn distance(&self, block: u32) -> u32 {
        self.title.map_or(block, |title| if block >= title { block - title } else { 2 * (title - block) })
    }

    /// One candidate of all that a source names; the site's own name counts only where a reader sees it as author.
    fn candidate(&self, all: Vec<Named>, block: Option<u32>, shown: bool) -> Option<Candidate> {
        let mut kept: Vec<(Sure, String)> = Vec::new();
        for named in all.into_iter().take(MOST * 2) {
            for name in named.names {
                let key = joined(&name);
                let known = kept.iter().any(|(_, other)| joined(other) == key);
                let site = self.site.is(&name);
                // A blog may bear its author's name.
                let at_best = if site { if shown { Sure::Handle } else { Sure::Body } } else { named.sure };
                if !key.is_empty() && !known && (shown || !site) && kept.len() < MOST {
                    let sure = names::sure(&name).min(at_best);
                    kept.push((sure, name));
                }
            }
        }
        let sure = kept.iter().map(|(sure, _)| *sure).max()?;
        kept.retain(|(found, _)| *found >= sure.min(Sure::Handle));
        Some(Candidate { sure, names: kept.into_iter().map(|(_, name)| name).collect(), block })
    }
}

/// Words that, with a colon, announce the author of a text wherever they stand.
const LABELS: [&str; 26] = [
    "autor",
    "autorin",
    "autoren",
    "text",
    "author",
    "written by",
    "von",
    "by",
    "auteur",
    "autore",
    "autora",
    "автор",
    "yazar",
    "作者",
    "记者",
    "責任編集",
    "责任编辑",
    "redaktion",
    "bericht",
    "skribent",
    "forfatter",
    "kirjoittaja",
    "texto",
    "tekst",
    "redakteur",
    "text und fotos",
];
