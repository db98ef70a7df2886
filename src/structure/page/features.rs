//! Each block of a page as a row of numbers, which the trees of `model` read.

use rustc_hash::FxHashMap;

use crate::base::lang::Lang;
use crate::doc::block::{BlockKind, Role};
use crate::doc::document::Document;
use crate::doc::page::Page;
use crate::lex::stop::stop_list;
use crate::markup::tag::Tag;
use crate::structure::lines;
use crate::structure::page::classes::Kinds;
use crate::structure::page::evidence::{Evidence, Match};
use crate::structure::page::tree::{self, Fact, Sums, sum};
use crate::structure::page::words::{self, Words, number};
use crate::structure::patterns::{self, Hit, OwnLines};

/// All that rows are made of.
#[derive(Debug)]
pub(super) struct Seen<'p> {
    page: &'p Page,
    kinds: Vec<BlockKind>,
    pub(super) words: Vec<Words>,
    pub(super) hits: Vec<Option<Hit>>,
    matches: Vec<Match>,
    facts: Vec<Fact>,
    sums: Sums,
    groups: FxHashMap<(u64, u8), Group>,
    repeated: FxHashMap<u64, u16>,
    /// The elements that hold half, three quarters and nine tenths of the prose; and most paragraphs.
    holders: [usize; 3],
    home: usize,
    /// How far each element is from the one that holds most paragraphs, and from the title.
    from_home: Vec<(u8, u16)>,
    from_title: Vec<(u8, u16)>,
    /// Which elements are other items beside that of the title.
    twins: Vec<bool>,
    /// The block that is the title, and blocks of prose before each.
    pub(super) title: Option<usize>,
    last_prose: Vec<u32>,
    next_prose: Vec<u32>,
}

/// Blocks that are named alike.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    prose: u64,
    chars: u64,
    linked: u64,
    blocks: u32,
}

/// Blocks farther away than this are as far as can be.
const FAR: u32 = 50;

impl<'p> Seen<'p> {
    pub(super) fn of(document: &'p Document, page: &'p Page, own: &OwnLines) -> Self {
        let text = document.text.text.as_str();
        let marks = &document.text.marks;
        let lang = language(document, page);
        let list = stop_list(lang.primary());
        let mut folded = String::new();
        let mut words = Vec::with_capacity(marks.len());
        let mut hits = Vec::with_capacity(marks.len());
        let mut matches = Vec::with_capacity(marks.len());
        let evidence = Evidence::of(page);
        let mut repeated: FxHashMap<u64, u16> = FxHashMap::default();
        for (mark, block) in marks.iter().zip(&page.blocks) {
            let text = mark.span.of(text).trim();
            let read = words::of(text, mark.kind, *block, lang.primary(), list, &mut folded);
            let times = repeated.entry(read.hash).or_default();
            *times = times.saturating_add(1);
            hits.push(patterns::said(text, lines::words(text), &lang, own, &mut folded));
            matches.push(evidence.matches(text));
            words.push(read);
        }
        let sums = Sums::of(page, &words);
        let facts = tree::facts(page, &sums);
        let home = tree::home(page, &facts, &words);
        let from_home = tree::measure(page, &facts, home);
        let (last_prose, next_prose) = nearest(&words);
        let mut seen = Self {
            page,
            kinds: marks.iter().map(|mark| mark.kind).collect(),
            hits,
            matches,
            facts,
            groups: FxHashMap::default(),
            repeated,
            holders: [51, 75, 90].map(|percent| tree::holder(page, &sums, percent)),
            home,
            from_home,
            from_title: Vec::new(),
            twins: Vec::new(),
            title: None,
            last_prose,
            next_prose,
            sums,
            words,
        };
        seen.title = seen.find_title();
        let titled = seen.title.map_or(0, |title| page.blocks[title].node as usize);
        seen.from_title = tree::measure(page, &seen.facts, titled);
        seen.twins = tree::twins(page, titled);
        seen.group();
        seen
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What a block is by its shape.
    pub(super) fn kind(&self, at: usize) -> BlockKind {
        self.kinds[at]
    }

    /// Steps from a block up to an element of one of `kinds`.
    pub(super) fn steps(&self, at: usize, kinds: Kinds) -> u8 {
        let steps = self.facts[self.page.blocks[at].node as usize].kinds;
        (0..steps.len())
            .filter(|kind| kinds & (1 << kind) != 0)
            .map(|kind| steps[kind])
            .min()
            .unwrap_or(u8::MAX)
    }

    /// The numbers of the names under which a block is grouped with those named alike.
    pub(super) fn names(&self, at: usize) -> [u64; 2] {
        let fact = &self.facts[self.page.blocks[at].node as usize];
        [fact.near, fact.wide]
    }

    fn group(&mut self) {
        for at in 0..self.len() {
            let block = self.page.blocks[at];
            for (level, name) in (0..).zip(self.names(at)) {
                let group = self.groups.entry((name, level)).or_default();
                group.prose += if self.words[at].prose { u64::from(block.chars) } else { 0 };
                group.chars += u64::from(block.chars);
                group.linked += u64::from(block.linked);
                group.blocks += 1;
            }
        }
    }

    /// The heading that is most like the page's title, preferring those of the first level.
    fn find_title(&self) -> Option<usize> {
        let score = |at: usize| {
            let found = &self.matches[at];
            let level = match self.tag(at) {
                Tag::H1 => 1.0,
                tag if tag.heading().is_some() => 0.5,
                _ => 0.0,
            };
            let full = found.of_title + found.title_of;
            if found.of_title < 0.6 || found.title_of < 0.4 || self.words[at].linked > 0.9 && level < 1.0 {
                0.0
            } else {
                full + level
            }
        };
        let mut best = None;
        let mut most = 1.2;
        for at in 0..self.len() {
            let score = score(at);
            if score > most {
                (best, most) = (Some(at), score);
            }
        }
        best.or_else(|| (0..self.len()).find(|at| self.tag(*at) == Tag::H1))
    }

    fn tag(&self, at: usize) -> Tag {
        self.page.nodes[self.page.blocks[at].node as usize].tag
    }

    /// Writes the row of a block.
    pub(super) fn row(&self, at: usize, row: &mut Vec<f32>) {
        row.clear();
        self.own(at, row);
        self.around(at, row);
        self.place(at, row);
        for step in [-2, -1, 1, 2] {
            self.beside(at, step, row);
        }
    }

    fn own(&self, at: usize, row: &mut Vec<f32>) {
        let words = &self.words[at];
        row.extend([
            words.count,
            words.chars,
            words.chars / words.count.max(1.0),
            words.linked,
            words.stressed,
            words.ending,
            words.opening,
            words.stop,
            words.capital,
            words.digits,
            words.page_share,
            words.of_pages,
            words.commas,
            words.stops,
            words.lines,
            f32::from(self.repeated.get(&words.hash).copied().unwrap_or_default()),
            kind_number(self.kinds[at]),
            tag_number(self.tag(at)),
            hit_number(self.hits[at]),
        ]);
        let found = &self.matches[at];
        row.extend([found.of_title, found.title_of, found.of_description, found.description_of, found.given]);
    }

    fn around(&self, at: usize, row: &mut Vec<f32>) {
        let node = self.page.blocks[at].node;
        let fact = &self.facts[node as usize];
        row.extend(fact.kinds.iter().map(|steps| f32::from(*steps)));
        row.extend(fact.tags.iter().map(|steps| f32::from(*steps)));
        row.push(f32::from(fact.depth));
        row.push(f32::from(u8::from(self.twins[node as usize])));
        let title = self.title.map_or(0, |title| self.page.blocks[title].node as usize);
        for (from, found) in [(self.home, &self.from_home), (title, &self.from_title)] {
            let (off, meets) = found[node as usize];
            row.push(f32::from(off));
            row.push(f32::from(self.facts[from].depth) - f32::from(meets));
        }
        let parent = tree::parent_of(self.page, &self.facts, node);
        row.push(f32::from(u8::from(parent as usize == self.home)));
        let mut node = parent;
        for _ in 0..3 {
            self.element(node, row);
            node = self.facts[node as usize].up;
        }
        let all = Sums::total(&self.sums.prose);
        for (level, name) in (0..).zip(self.names(at)) {
            let group = self.groups.get(&(name, level)).copied().unwrap_or_default();
            row.extend([
                share(group.prose, all),
                share(group.prose, group.chars),
                share(group.linked, group.chars),
                number(group.blocks as usize),
                share(group.chars, u64::from(group.blocks)),
            ]);
        }
    }

    /// What an element holds.
    fn element(&self, node: u32, row: &mut Vec<f32>) {
        let blocks = &self.page.nodes[node as usize].blocks;
        let (prose, chars) = (sum(&self.sums.prose, blocks), sum(&self.sums.chars, blocks));
        row.extend([
            share(prose, Sums::total(&self.sums.prose)),
            share(prose, chars),
            share(sum(&self.sums.linked, blocks), chars),
            number(blocks.len()),
            share(chars, blocks.len() as u64),
        ]);
    }

    fn place(&self, at: usize, row: &mut Vec<f32>) {
        let position = crate::base::span::position(at);
        let before = self.sums.prose[at];
        let all = Sums::total(&self.sums.prose);
        row.push(share(at as u64, self.len() as u64));
        row.push(share(self.sums.chars[at], Sums::total(&self.sums.chars)));
        row.push(share(before, all));
        row.push(number(usize::try_from(all).unwrap_or(usize::MAX)));
        row.push(number(self.len()));
        for holder in self.holders {
            let blocks = &self.page.nodes[holder].blocks;
            let inside = if blocks.contains(&position) {
                share(u64::from(position - blocks.start), blocks.len() as u64)
            } else if position < blocks.start {
                -1.0
            } else {
                2.0
            };
            row.push(inside);
        }
        row.push(number(self.last_prose[at] as usize));
        row.push(number(self.next_prose[at] as usize));
        row.push(match self.title {
            Some(title) => (number(at) - number(title)).clamp(-50.0, 300.0),
            None => -60.0,
        });
        row.push(self.title.map_or(-1.0, |title| share(before.saturating_sub(self.sums.prose[title]), all)));
    }

    /// What stands `step` blocks away.
    fn beside(&self, at: usize, step: isize, row: &mut Vec<f32>) {
        let Some(other) = at.checked_add_signed(step).filter(|other| *other < self.len()) else {
            row.extend([-1.0; 10]);
            return;
        };
        let words = &self.words[other];
        let (own, its) = (self.page.blocks[at].node, self.page.blocks[other].node);
        let parent = |node| tree::parent_of(self.page, &self.facts, node);
        let same = parent(own) == parent(its);
        row.extend([
            words.count,
            words.linked,
            words.stressed,
            words.ending,
            words.stop,
            tag_number(self.tag(other)),
            hit_number(self.hits[other]),
            f32::from(u8::from(same)),
            f32::from(u8::from(self.names(at)[0] == self.names(other)[0])),
            self.matches[other].title_of,
        ]);
    }
}

/// The language of the page's longest stretch of prose: a page begins with its menus.
fn language(document: &Document, page: &Page) -> Lang {
    let text = document.text.text.as_str();
    let unlinked = |at: &usize| page.blocks[*at].chars - page.blocks[*at].linked;
    let longest = (0..page.blocks.len().min(document.text.marks.len())).rev().max_by_key(unlinked);
    let found = longest.map(|at| crate::langid::detect(document.text.marks[at].span.of(text)));
    found.filter(|lang| !lang.is_unknown()).unwrap_or_else(|| document.lang_or_unknown())
}

/// Blocks since the last prose and to the next.
fn nearest(words: &[Words]) -> (Vec<u32>, Vec<u32>) {
    let walk = |order: &mut dyn Iterator<Item = usize>| {
        let mut distance = vec![0; words.len()];
        let mut steps = FAR;
        for at in order {
            distance[at] = steps;
            steps = if words[at].prose { 1 } else { FAR.min(steps + 1) };
        }
        distance
    };
    (walk(&mut (0..words.len())), walk(&mut (0..words.len()).rev()))
}

#[expect(clippy::cast_precision_loss, reason = "a share needs few digits")]
fn share(of: u64, all: u64) -> f32 {
    of as f32 / all.max(1) as f32
}

fn kind_number(kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Paragraph | BlockKind::Line => 0.0,
        BlockKind::Quote => 1.0,
        BlockKind::ListItem => 2.0,
        BlockKind::Caption => 3.0,
        BlockKind::Heading => 4.0,
    }
}

fn tag_number(tag: Tag) -> f32 {
    match tag {
        Tag::P => 0.0,
        Tag::Div => 2.0,
        Tag::Section | Tag::Article | Tag::Main | Tag::Body => 3.0,
        Tag::Blockquote => 1.0,
        Tag::Li => 5.0,
        Tag::Td | Tag::Th => 4.0,
        Tag::H1 => 9.0,
        Tag::H2 => 8.0,
        Tag::H3 => 7.5,
        Tag::H4 | Tag::H5 | Tag::H6 => 7.0,
        Tag::Figcaption | Tag::Caption => 10.0,
        Tag::Pre => 1.5,
        Tag::Dd | Tag::Dt => 6.0,
        _ => 11.0,
    }
}

fn hit_number(hit: Option<Hit>) -> f32 {
    match hit.map(|hit| hit.role) {
        None => 0.0,
        Some(Role::Caption) => 1.0,
        Some(Role::Byline | Role::Publisher) => 2.0,
        Some(Role::Date) => 3.0,
        Some(Role::Furniture) => 4.0,
        Some(Role::Navigation) => 5.0,
        Some(Role::Comments) => 6.0,
        Some(Role::Share) => 7.0,
        Some(_) => 8.0,
    }
}
