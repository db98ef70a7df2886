//! Lines that stand around articles, by their wording: buttons, links, comment boxes, advertisements.
//!
//! To teach it a line: a row in `data/furniture.tsv`, as `data/SOURCES.md` says; for one run, the `furniture` setting.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::base::lang::Lang;
use crate::doc::block::Role;
use crate::lex::stop::stop_list;
use crate::structure::fold;
use crate::structure::lines::Line;

/// Most words of a line that patterns are tried on.
pub(super) const WORDS: usize = 14;
/// Most bytes of the words before a colon that tell what the line is.
const HEAD: usize = 40;
/// Bytes of a character, at most.
const MOST_BYTES: usize = 4;
/// The tag of texts whose language is not known.
const UNKNOWN: &str = "und";
/// Stands for a role in rows that hold no pattern but a word of notices: `cookies`.
const WORDING: &str = "wording";
/// Most bytes of such a line.
const BYTES: usize = 240;

/// Most words of a caption.
const CAPTION: usize = 60;

/// What a pattern says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) role: Role,
    /// Whether the line is nothing but the pattern, so that what it announces stands on the lines after it.
    pub(super) whole: bool,
}

/// A user's own lines of furniture: `*` at either end stands for anything, `0` for any number; case, the shape of
/// quotes and marks at the end play no part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct OwnLines(Vec<Pattern>);

impl From<Vec<String>> for OwnLines {
    fn from(lines: Vec<String>) -> Self {
        Self(lines.iter().filter_map(|line| Pattern::read(line)).collect())
    }
}

impl OwnLines {
    fn of(&self, line: &str, folded: &mut String) -> Option<Hit> {
        if self.0.is_empty() {
            return None;
        }
        fold::line(line, folded);
        self.hit(folded)
    }

    fn hit(&self, folded: &str) -> Option<Hit> {
        let hit = self.0.iter().any(|pattern| pattern.matches(folded));
        hit.then_some(Hit { role: Role::Furniture, whole: false })
    }
}

/// What the patterns say of each line: the user's own of any, those that ship of short ones and of captions.
pub(super) fn hits(lines: &[Line<'_>], lang: &Lang, own: &OwnLines) -> Vec<Option<Hit>> {
    let mut folded = String::new();
    lines.iter().map(|line| said(line.text, line.words, lang, own, &mut folded)).collect()
}

/// What the patterns say of a line of so many words. `folded` is a buffer.
pub(super) fn said(
    line: &str,
    words: usize,
    lang: &Lang,
    own: &OwnLines,
    folded: &mut String,
) -> Option<Hit> {
    let tag = lang.primary();
    if words <= WORDS {
        return hit(line, tag, own, folded);
    }
    let shipped = |folded: &mut String| if words <= CAPTION { caption(line, tag, folded) } else { None };
    own.of(line, folded).or_else(|| shipped(folded))
}

/// What the patterns say of a line of at most [`WORDS`] words; the user's own are asked first, then those of the
/// language and English, then whole lines of all languages. `folded` is a buffer.
fn hit(line: &str, tag: &str, own: &OwnLines, folded: &mut String) -> Option<Hit> {
    if line.len() > BYTES {
        return own.of(line, folded);
    }
    fold::line(line, folded);
    if folded.is_empty() {
        return None;
    }
    own.hit(folded)
        .or_else(|| TABLE.hit(folded, tag))
        .or_else(|| headed(folded, tag))
        .or_else(|| networks(folded))
        .or_else(|| bars(folded, tag))
}

/// What the words before a colon say of a line too long for patterns; captions only.
fn caption(line: &str, tag: &str, folded: &mut String) -> Option<Hit> {
    // Few lines hold a colon so early, which their bytes tell at once.
    let bytes = &line.as_bytes()[..line.len().min(HEAD * MOST_BYTES)];
    memchr::memchr2(b':', "：".as_bytes()[0], bytes)?;
    let head = line.get(..line.char_indices().take(HEAD).find(|(_, c)| matches!(c, ':' | '：'))?.0)?;
    fold::line(head, folded);
    folded.push(':');
    let hit = headed(folded, tag).or_else(|| TABLE.hit(folded, tag))?;
    (hit.role == Role::Caption).then_some(Hit { role: Role::Caption, whole: false })
}

/// A line whose words before a colon are a whole pattern: `Tags: eels, migration`.
fn headed(folded: &str, tag: &str) -> Option<Hit> {
    let head = &folded[..memchr::memchr(b':', folded.as_bytes()).filter(|&at| at <= HEAD)?];
    let known = TABLE.whole.get(head.trim_end())?;
    let of = |tag: &str| known.iter().find(|(t, _)| *t == tag);
    let role = of(tag).or_else(|| of("en")).or_else(|| known.first().filter(|_| tag == UNKNOWN))?.1;
    Some(Hit { role, whole: false })
}

/// A row of share buttons: two names of networks, and few other words.
fn networks(folded: &str) -> Option<Hit> {
    const NETWORKS: [&str; 28] = [
        "facebook",
        "twitter",
        "x",
        "tweet",
        "whatsapp",
        "email",
        "e-mail",
        "mail",
        "e-posta",
        "linkedin",
        "reddit",
        "pinterest",
        "telegram",
        "messenger",
        "فيسبوك",
        "تويتر",
        "واتساب",
        "tumblr",
        "threads",
        "bluesky",
        "mastodon",
        "vk",
        "flipboard",
        "pocket",
        "viber",
        "line",
        "微信",
        "微博",
    ];
    let (mut known, mut other) = (0, 0);
    for word in folded
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ':' | '/'))
        .filter(|w| !w.is_empty())
    {
        if NETWORKS.contains(&word) {
            known += 1;
        } else if other == 3 {
            return None;
        } else {
            other += 1;
        }
    }
    (known >= 2).then_some(Hit { role: Role::Share, whole: true })
}

/// Several such lines in one, between bars: `Posted in Science | 2 Comments`.
fn bars(folded: &str, tag: &str) -> Option<Hit> {
    memchr::memchr(b'|', folded.as_bytes())?;
    let mut parts = folded.split('|').map(str::trim);
    let last = parts.next_back()?;
    let role = TABLE.hit(last, tag)?.role;
    let like = |part: &str| TABLE.hit(part, tag).is_some() || part.split(' ').count() <= 3;
    parts.all(like).then_some(Hit { role, whole: false })
}

/// Whether a sentence is a button, a link, an advertisement or the like, although it stands among the sentences of a paragraph.
/// Names, dates and sources are told by the lines they stand on alone. `folded` is a buffer.
pub(crate) fn is_furniture_sentence(text: &str, lang: &Lang, folded: &mut String) -> bool {
    // Few sentences begin as any button does; what only an end would tell is left to lines and to the end of an article.
    if first_word(text).is_some_and(|word| !TABLE.firsts.contains(&word)) {
        return false;
    }
    is_furniture_end(text, lang, folded)
}

/// The same for a sentence at the end of an article, where whole lines of the page stand in a paragraph: who helped to write it, whose
/// rights they are.
pub(crate) fn is_furniture_end(text: &str, lang: &Lang, folded: &mut String) -> bool {
    fold::line(text, folded);
    let hit = TABLE.hit(folded, lang.primary()).or_else(|| headed(folded, lang.primary()));
    hit.is_some_and(|hit| {
        matches!(hit.role, Role::Share | Role::Comments | Role::Navigation | Role::Furniture | Role::Caption)
    })
}

/// The first word of a text in lower case, as a number; `None` where it holds more than ASCII letters and
/// apostrophes, or too many for a number.
fn first_word(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    let start = bytes.iter().take_while(|b| b.is_ascii_punctuation()).count();
    let mut word = 0;
    for (at, &byte) in bytes[start..].iter().enumerate() {
        match byte {
            b' ' => return Some(word),
            b'a'..=b'z' | b'A'..=b'Z' | b'\'' if at < 16 => {
                word = word << 8 | u128::from(byte.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    Some(word)
}

/// The beginnings that name an author, such as `by `: those of the language and of English, without their `*`.
pub(super) fn bylines(lang: &Lang) -> impl Iterator<Item = &'static str> {
    let tag = lang.primary();
    let own = TABLE.bylines.get(tag).filter(|_| tag != "en");
    own.into_iter().chain(TABLE.bylines.get("en")).flatten().copied()
}

/// The words that furniture of a language is made of, and of English: those of its patterns that are no stop words.
#[derive(Debug)]
pub(super) struct Wording([Option<&'static FxHashSet<&'static str>>; 2]);

impl Wording {
    /// Whether the lower-case `word` is one.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.0.iter().flatten().any(|words| words.contains(word))
    }
}

/// The words of furniture in texts of `lang`.
pub(super) fn wording(lang: &Lang) -> Wording {
    let own = TABLE.words.get(lang.primary()).filter(|_| lang.primary() != "en");
    Wording([own, TABLE.words.get("en")])
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/furniture.tsv")));

/// A folded pattern with its open ends.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern {
    text: String,
    open_start: bool,
    open_end: bool,
}

impl Pattern {
    fn read(pattern: &str) -> Option<Self> {
        let (open_start, rest) = match pattern.strip_prefix('*') {
            Some(rest) => (true, rest),
            None => (false, pattern),
        };
        let (open_end, rest) = match rest.strip_suffix('*') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let mut text = String::new();
        fold::line(rest, &mut text);
        // What folding took off the end of an open pattern (`read more:*`) tells it from prose.
        if open_end
            && let Some(mark) = rest.trim_end().chars().next_back().filter(|c| matches!(c, ':' | '：'))
        {
            text.push(if mark == '：' { ':' } else { mark });
        } else if open_end && rest.ends_with(' ') {
            text.push(' ');
        }
        (!text.trim().is_empty()).then_some(Self { text, open_start, open_end })
    }

    fn matches(&self, line: &str) -> bool {
        match (self.open_start, self.open_end) {
            (false, false) => line == self.text,
            (false, true) => starts(line, &self.text),
            (true, false) => line.ends_with(&self.text),
            (true, true) => line.contains(&self.text),
        }
    }
}

/// Whether `line` starts with `start`, and a word does not go on beyond it.
fn starts(line: &str, start: &str) -> bool {
    line.strip_prefix(start).is_some_and(|rest| {
        let wordy = start.ends_with(|c: char| c.is_ascii_alphanumeric());
        !(wordy && rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    }) || start.strip_suffix(':').is_some_and(|bare| line == bare)
}

/// The shipped patterns, by what is cheapest to look up.
#[derive(Debug, Default)]
struct Table {
    whole: FxHashMap<String, Vec<(&'static str, Role)>>,
    /// Patterns open at the end, by language and first character.
    open: FxHashMap<(&'static str, char), Vec<Row>>,
    /// Patterns open at the start, by language and last character.
    ends: FxHashMap<(&'static str, char), Vec<Row>>,
    /// Patterns open at both ends, by language, each with the way to find it.
    within: FxHashMap<&'static str, Vec<(Row, memmem::Finder<'static>)>>,
    /// All languages.
    tags: BTreeSet<&'static str>,
    bylines: FxHashMap<&'static str, Vec<&'static str>>,
    /// What [`first_word`] gives of each pattern.
    firsts: FxHashSet<u128>,
    /// Words of at least four letters by language, stop words left out.
    words: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

impl Table {
    fn read(rows: &'static str) -> Self {
        let mut table = Self::default();
        for (number, row) in rows.lines().enumerate().filter(|(_, row)| !row.starts_with('#')) {
            let mut cells = row.split('\t');
            let (Some(tag), Some(role), Some(text)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            if role == WORDING {
                table.words.entry(tag).or_default().insert(text);
                continue;
            }
            let (Some(role), Some(pattern)) = (role_of(role), Pattern::read(text)) else { continue };
            if matches!(role, Role::Share | Role::Comments | Role::Navigation | Role::Furniture) {
                let stops = [stop_list(tag), stop_list("en")];
                let words = text.split(|c: char| !c.is_alphabetic());
                let words = words.filter(|word| word.chars().nth(3).is_some());
                let words = words.filter(|word| !stops.iter().any(|stop| stop.holds(word)));
                table.words.entry(tag).or_default().extend(words);
            }
            table.firsts.extend(first_word(&pattern.text));
            if role == Role::Byline {
                // Names decide about bylines, so a pattern alone is only where the names begin.
                if let Some(start) = text.strip_suffix('*') {
                    table.bylines.entry(tag).or_default().push(start);
                }
            } else if pattern.open_start && pattern.open_end {
                table.tags.insert(tag);
                let finder = memmem::Finder::new(&pattern.text).into_owned();
                table.within.entry(tag).or_default().push((Row { number, pattern, role }, finder));
            } else if pattern.open_start {
                table.tags.insert(tag);
                let last = pattern.text.chars().next_back().unwrap_or_default();
                table.ends.entry((tag, last)).or_default().push(Row { number, pattern, role });
            } else if pattern.open_end {
                table.tags.insert(tag);
                let first = pattern.text.chars().next().unwrap_or_default();
                table.open.entry((tag, first)).or_default().push(Row { number, pattern, role });
            } else {
                table.whole.entry(pattern.text).or_default().push((tag, role));
            }
        }
        table
    }

    fn hit(&self, folded: &str, tag: &str) -> Option<Hit> {
        if let Some(known) = self.whole.get(folded) {
            let of = |tag: &str| known.iter().find(|(t, _)| *t == tag);
            let role = of(tag).or_else(|| of("en")).or_else(|| known.first())?.1;
            return Some(Hit { role, whole: true });
        }
        let mut characters = folded.chars();
        let first = characters.next()?;
        let last = characters.next_back().unwrap_or(first);
        let spoken = || self.spoken(tag);
        let begun = spoken().filter_map(|tag| self.open.get(&(tag, first)));
        let ended = spoken().filter_map(|tag| self.ends.get(&(tag, last)));
        let within = spoken().filter_map(|tag| self.within.get(tag)).flatten();
        let held = within.filter(|(_, finder)| finder.find(folded.as_bytes()).is_some()).map(|(row, _)| row);
        let row = first_of(begun, folded)
            .or_else(|| first_of(ended, folded).into_iter().chain(held).min_by_key(|row| row.number))?;
        Some(Hit { role: row.role, whole: folded.len() <= row.pattern.text.len() })
    }

    /// The languages whose patterns hold in texts of this one: itself and English, or all where it is not known.
    fn spoken<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a str> {
        let own = match tag {
            UNKNOWN => 0,
            "en" => 1,
            _ => 2,
        };
        let all = (tag == UNKNOWN).then_some(&self.tags);
        ["en", tag].into_iter().take(own).chain(all.into_iter().flatten().copied())
    }
}

/// The first pattern of the table among these lists, each in its order, that matches.
fn first_of<'r>(lists: impl Iterator<Item = &'r Vec<Row>>, folded: &str) -> Option<&'r Row> {
    let matching = lists.filter_map(|rows| rows.iter().find(|row| row.pattern.matches(folded)));
    matching.min_by_key(|row| row.number)
}

/// A pattern, its place in the table and what it says.
#[derive(Debug)]
struct Row {
    number: usize,
    pattern: Pattern,
    role: Role,
}

fn role_of(name: &str) -> Option<Role> {
    [
        Role::Share,
        Role::Comments,
        Role::Navigation,
        Role::Furniture,
        Role::Byline,
        Role::Date,
        Role::Publisher,
        Role::Caption,
    ]
    .into_iter()
    .find(|role| role.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(line: &str, tag: &str) -> Option<Role> {
        hit(line, tag, &OwnLines::default(), &mut String::new()).map(|hit| hit.role)
    }

    #[test]
    fn wording_tells_furniture_whatever_its_case_quotes_and_numbers() {
        assert_eq!(role("No comments:", "en"), Some(Role::Comments));
        assert_eq!(role("12 COMMENTS", "en"), Some(Role::Comments));
        assert_eq!(role("Advertisement", "en"), Some(Role::Furniture));
        assert_eq!(role("The comments were kind", "en"), None);
    }

    #[test]
    fn a_user_can_name_lines_of_their_own() {
        let own = OwnLines::from(vec!["Our sponsor:*".to_owned(), "*harbour light*".to_owned()]);
        for line in ["OUR SPONSOR: Dunmore Steel", "Sign in to Harbour Light now"] {
            assert!(hit(line, "en", &own, &mut String::new()).is_some(), "{line}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_one_that_can_match() {
        let rows =
            include_str!("data/furniture.tsv").lines().filter(|row| !row.starts_with('#') && !row.is_empty());
        for row in rows {
            let cells: Vec<_> = row.split('\t').collect();
            assert!(cells.len() == 3 && (cells[1] == WORDING || role_of(cells[1]).is_some()), "{row}");
            assert!(Pattern::read(cells[2]).is_some(), "{row}");
        }
    }

    #[test]
    fn every_pattern_is_found_where_its_open_ends_go_on() {
        let (open, ends) = (TABLE.open.iter().map(by_tag), TABLE.ends.iter().map(by_tag));
        let within = TABLE.within.iter().map(|(tag, rows)| (*tag, rows.iter().map(|(row, _)| row).collect()));
        for (tag, rows) in open.chain(ends).chain(within) {
            for Row { pattern, .. } in rows {
                let before = if pattern.open_start { "harbour " } else { "" };
                let after = if pattern.open_end { " harbour" } else { "" };
                let line = format!("{before}{}{after}", pattern.text);
                assert!(TABLE.hit(&line, tag).is_some(), "{line}");
            }
        }
    }

    fn by_tag<'r>(((tag, _), rows): (&(&'static str, char), &'r Vec<Row>)) -> (&'static str, Vec<&'r Row>) {
        (tag, rows.iter().collect())
    }
}
