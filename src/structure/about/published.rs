//! The day an article first appeared: what the page says of itself, the address, the elements and lines around the title.

use crate::base::lang::Lang;
use crate::doc::document::Document;
use crate::structure::about::elements::{Element, Kind};
use crate::structure::about::head::Head;
use crate::structure::dates;

/// A date, and the block it stands in where a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) date: String,
    pub(super) block: Option<u32>,
}

/// Names under which heads of pages say when the article appeared, surest first.
const NAMES: [&str; 33] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article:published",
    "og:pubdate",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "publicationdate",
    "published_time_telegram",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "originalpublicationdate",
    "article_date_original",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:post_date",
    "prism.publicationdate",
    "ptime",
    "rbpubdate",
    "release_date",
    "og:date",
];
/// Names of a date of the page, which may be any.
const VAGUE: [&str; 13] = [
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dcterms.available",
    "article.created",
    "datecreated",
    "created",
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "doc_date",
    "date.created",
];
/// Names under which they say when it was changed.
const CHANGED: [&str; 10] = [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
    "datemodified",
    "modified",
    "revision_date",
];
/// Blocks before and after the title in which its date may stand.
const NEAR: (u32, u32) = (4, 8);
/// Blocks from the title in which an element may give its date; before the title, each counts double.
const ELEMENTS: u32 = 40;
/// Bytes at the beginning of a longer text in which a date may be its own.
const OPENING: usize = 100;
/// Years in which pages could appear.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// Finds it.
pub(super) fn find(cx: &Cx<'_>) -> Option<Published> {
    let shown = |found: Published| cx.shown(found);
    let near = Some(ELEMENTS);
    cx.of_head()
        .or_else(|| cx.of_elements(&is_said_published, None))
        .map(shown)
        .or_else(|| cx.of_address().map(shown))
        .or_else(|| cx.of_elements(&is_time, near))
        .or_else(|| cx.of_near_lines(160))
        .or_else(|| cx.of_elements(&is_date, near))
        .or_else(|| cx.of_near_lines(2000))
        .or_else(|| cx.of_vague_head().map(shown))
        .or_else(|| cx.of_labels())
        .or_else(|| cx.of_elements(&is_date, None))
        .or_else(|| cx.of_change().map(shown))
        .or_else(|| cx.of_elements(&|_| true, None))
        .or_else(|| cx.of_any_line())
}

/// What dates are looked for in.
#[derive(Debug)]
pub(super) struct Cx<'a> {
    pub(super) document: &'a Document,
    pub(super) head: &'a Head<'a>,
    pub(super) elements: &'a [Element],
    pub(super) url: Option<&'a str>,
    /// The language, with the region that settles the order of day and month.
    pub(super) lang: &'a Lang,
    pub(super) title: Option<u32>,
}

/// Whether an element says that its date is that of the article's appearance.
fn is_said_published(element: &Element) -> bool {
    let changed = element.says("update") || element.says("modif");
    element.says("@datepublished")
        || element.says("@datecreated")
        || !changed && element.says("published") && !element.machine.is_empty()
        || element.says("entry-date") && element.says("published")
}

fn is_time(element: &Element) -> bool {
    !element.machine.is_empty() && !is_changed(element)
}

fn is_date(element: &Element) -> bool {
    !is_changed(element)
}

fn is_changed(element: &Element) -> bool {
    element.says("update") && !element.says("published") || element.says("modif")
}

impl Cx<'_> {
    fn of_head(&self) -> Option<Published> {
        let article = self.head.article();
        let data = article.map(|thing| thing.published.as_str()).filter(|date| !date.is_empty());
        let mut all = data.into_iter().chain(self.head.all(&NAMES));
        let date = all.find_map(|text| machine(text, self.lang))?;
        Some(Published { date, block: None })
    }

    fn of_vague_head(&self) -> Option<Published> {
        let created = self.head.article().map(|thing| thing.created.as_str());
        let mut all = created.into_iter().chain(self.head.all(&VAGUE));
        let date = all.find_map(|text| machine(text, self.lang))?;
        Some(Published { date, block: None })
    }

    fn of_change(&self) -> Option<Published> {
        let article = self.head.article().map(|thing| thing.modified.as_str());
        let mut all = article.into_iter().chain(self.head.all(&CHANGED));
        let date = all.find_map(|text| machine(text, self.lang))?;
        Some(Published { date, block: None })
    }

    /// A whole day in the address: `/2023/06/01/`, `/2023-06-01-`, `/20230601/`.
    fn of_address(&self) -> Option<Published> {
        let url = self.url?;
        // An archive's address begins with the day on which it kept the page.
        let own = url.rfind("://").map_or(url, |at| &url[at + 3..]);
        let path = &own[own.find('/')?..];
        let date = day_in_path(path)?;
        Some(Published { date, block: None })
    }

    /// The date of the element that `fits` nearest to the title.
    fn of_elements(&self, fits: &dyn Fn(&Element) -> bool, within: Option<u32>) -> Option<Published> {
        let all = self.elements.iter().filter(|e| e.kind == Kind::Date && e.is_own(self.title) && fits(e));
        let dated = all.filter_map(|element| {
            let told = machine(&element.machine, self.lang);
            let date = told.or_else(|| {
                let short = element.text.len() <= 200;
                let found = dates::find_short(&element.text, self.lang).filter(|_| short)?;
                plausible(found.published)
            })?;
            let block = (element.blocks > 0).then_some(element.block);
            Some((self.distance(element.block), Published { date, block }))
        });
        let dated = dated.filter(|(distance, _)| within.is_none_or(|within| *distance <= within));
        dated.min_by_key(|(distance, _)| *distance).map(|(_, found)| found)
    }

    /// How far a block is from the title; before it counts double.
    fn distance(&self, block: u32) -> u32 {
        self.title.map_or(block, |title| if block >= title { block - title } else { 2 * (title - block) })
    }

    fn block(&self, number: u32) -> Option<&str> {
        let mark = self.document.text.marks.get(number as usize)?;
        Some(mark.span.of(self.document.text.text.as_str()))
    }

    /// The date of a line near the title that has at most so many bytes.
    fn of_near_lines(&self, bytes: usize) -> Option<Published> {
        let title = self.title?;
        let after = title..(title + NEAR.1).min(self.blocks());
        let before = (title.saturating_sub(NEAR.0)..title).rev();
        after.chain(before).find_map(|number| self.dated(number, bytes))
    }

    fn blocks(&self) -> u32 {
        u32::try_from(self.document.text.marks.len()).unwrap_or(u32::MAX)
    }

    fn dated(&self, number: u32, bytes: usize) -> Option<Published> {
        let text = self.block(number).filter(|text| text.len() <= bytes)?;
        let mut end = if text.len() <= 160 { text.len() } else { OPENING };
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let found = dates::find_short(&text[..end], self.lang)?;
        Some(Published { date: plausible(found.published)?, block: Some(number) })
    }

    /// The first line that says that its date is that of the article.
    fn of_labels(&self) -> Option<Published> {
        (0..self.blocks()).find_map(|number| {
            let text = self.block(number).filter(|text| text.len() <= 240)?;
            if !text.chars().any(char::is_numeric) {
                return None;
            }
            let lower = text.to_lowercase();
            let same = lower.len() == text.len();
            let at = LABELS.into_iter().find_map(|label| lower.find(label)).filter(|_| same)?;
            let found = dates::find_short(text.get(at..)?, self.lang)?;
            Some(Published { date: plausible(found.published)?, block: Some(number) })
        })
    }

    /// The first date of any line.
    fn of_any_line(&self) -> Option<Published> {
        let lines = || (0..self.blocks()).take(2000);
        lines()
            .find_map(|number| self.dated(number, 60))
            .or_else(|| lines().find_map(|n| self.dated(n, 2000)))
    }

    /// The block near the title that shows a date known already.
    fn shown(&self, found: Published) -> Published {
        let near = self
            .title
            .map_or(0..0, |title| title.saturating_sub(NEAR.0)..(title + NEAR.1).min(self.blocks()));
        let same = |number: &u32| {
            let text = self.block(*number).filter(|text| text.len() <= 160);
            let date = text.and_then(|text| dates::find_short(text, self.lang));
            date.is_some_and(|date| date.published.get(..10) == found.date.get(..10))
        };
        let block = found.block.or_else(|| near.into_iter().find(same));
        Published { block, ..found }
    }
}

/// Words that say that a date is that of the article's appearance.
const LABELS: [&str; 12] = [
    "published",
    "posted",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
    "opublikowano",
    "опубликовано",
    "publicerad",
    "erstellt",
    "stand:",
];

/// A date as machines are told it, where pages could appear on it; a time with an offset as RFC 3339.
pub(super) fn machine(text: &str, lang: &Lang) -> Option<String> {
    let text = text.trim();
    if text.len() < 6 || text.len() > 120 {
        return None;
    }
    if let Some(date) = iso(text) {
        return plausible(date);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return plausible(digits(text)?);
    }
    let found = dates::find_short(text, lang)?;
    plausible(found.published)
}

/// `2023-06-01`, with a time and an offset or not, in the forms that pages use.
fn iso(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let joint = *bytes.get(4)?;
    let shaped = matches!(joint, b'-' | b'/' | b'.') && bytes.get(7) == Some(&joint);
    if !shaped || !text.is_char_boundary(10.min(text.len())) {
        return None;
    }
    let (day, time) = (text.get(..10)?.replace(['/', '.'], "-"), text.get(10..)?);
    day.parse::<jiff::civil::Date>().ok()?;
    Some(timed(&day, time).unwrap_or(day))
}

/// A day with its time, where that has an offset.
fn timed(day: &str, time: &str) -> Option<String> {
    let time = time.trim_start_matches(['T', 't', ' ']).trim_end();
    let end = time.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))?;
    let (clock, offset) = (&time[..end], time[end..].trim_start());
    let clock = if clock.matches(':').count() == 1 { format!("{clock}:00") } else { clock.to_owned() };
    let offset = match offset.as_bytes() {
        [b'Z' | b'z'] => "Z".to_owned(),
        [b'+' | b'-', _, _, b':', _, _] => offset.to_owned(),
        [b'+' | b'-', rest @ ..] if rest.len() == 4 => format!("{}:{}", &offset[..3], &offset[3..]),
        [b'+' | b'-', rest @ ..] if rest.len() == 2 => format!("{offset}:00"),
        _ => return None,
    };
    let whole = format!("{day}T{clock}{offset}");
    whole.parse::<jiff::Timestamp>().is_ok().then_some(whole)
}

/// `20230601`, with a time or not, or seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<String> {
    let packed = || {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
        Some(format!("{year}-{month}-{day}")).filter(|date| date.parse::<jiff::civil::Date>().is_ok())
    };
    match text.len() {
        8 | 12 | 14 if packed().and_then(plausible).is_some() => packed(),
        10 => since(text.parse().ok()?),
        13 => since(text.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

fn since(seconds: i64) -> Option<String> {
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
}

/// A date on which pages could appear.
fn plausible(date: String) -> Option<String> {
    let year: u16 = date.get(..4)?.parse().ok()?;
    YEARS.contains(&year).then_some(date)
}

/// A day that a path holds.
fn day_in_path(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let starts = (0..bytes.len())
        .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_alphanumeric()));
    starts.take(64).find_map(|at| {
        let rest = &path[at..];
        let run = rest.bytes().take_while(u8::is_ascii_digit).count();
        let date = match run {
            8 => digits(&rest[..8])?,
            1 | 2 => {
                let mut parts = rest.split(|c: char| !c.is_ascii_digit());
                let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
                let date = format!("{year}-{month:0>2}-{day:0>2}");
                let fits = year.len() == 4 && matches!(month.len(), 1 | 2);
                fits.then(|| date.parse::<jiff::civil::Date>().ok())??;
                date
            }
            4 => {
                let mut parts = rest.split(|c: char| !c.is_ascii_digit());
                let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
                let fits = |part: &str| matches!(part.len(), 1 | 2);
                if !fits(month) || !fits(day) {
                    return None;
                }
                let date = format!("{year}-{month:0>2}-{day:0>2}");
                date.parse::<jiff::civil::Date>().ok()?;
                date
            }
            _ => return None,
        };
        plausible(date)
    })
}
