//! What is known of the elements around blocks: found once an element, from the page down.

use rustc_hash::FxHashMap;

use crate::doc::page::{Node, Page};
use crate::markup::tag::Tag;
use crate::structure::page::classes::{self, KINDS};
use crate::structure::page::words::Words;

/// Steps to an element that is not there.
pub(super) const FAR: u8 = 40;
/// Share of the page's characters, in percent, from which on what an element says of itself says nothing of a block.
const WHOLE: u64 = 90;

/// Tags whose presence around a block counts.
pub(super) const TAGS: [(&str, &[Tag]); 10] = [
    ("article", &[Tag::Article]),
    ("main", &[Tag::Main]),
    ("list", &[Tag::Ul, Tag::Ol, Tag::Dl, Tag::Menu]),
    ("table", &[Tag::Table]),
    ("td", &[Tag::Td, Tag::Th]),
    ("quote", &[Tag::Blockquote]),
    ("figure", &[Tag::Figure, Tag::Figcaption]),
    ("section", &[Tag::Section]),
    ("details", &[Tag::Details, Tag::Dialog]),
    ("aside", &[Tag::Aside]),
];

/// An element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fact {
    pub(super) depth: u16,
    /// Steps up to the nearest element of each kind, itself 0.
    pub(super) kinds: [u8; KINDS],
    /// Steps up to the nearest of each of [`TAGS`].
    pub(super) tags: [u8; TAGS.len()],
    /// Equal for elements that are named alike, and whose parents are.
    pub(super) near: u64,
    /// The same with one more element above.
    pub(super) wide: u64,
    /// The same number for elements with the same name and classes.
    alike: u64,
    /// The nearest element around it that makes blocks.
    pub(super) up: u32,
}

/// Sums over the blocks before each, so that those of an element are two look-ups.
#[derive(Debug)]
pub(super) struct Sums {
    pub(super) prose: Vec<u64>,
    pub(super) chars: Vec<u64>,
    pub(super) linked: Vec<u64>,
}

impl Sums {
    pub(super) fn of(page: &Page, words: &[Words]) -> Self {
        let run = |of: &dyn Fn(usize) -> u64| {
            let mut sum = 0;
            let mut sums = Vec::with_capacity(words.len() + 1);
            sums.push(0);
            for at in 0..words.len() {
                sum += of(at);
                sums.push(sum);
            }
            sums
        };
        Self {
            prose: run(&|at| if words[at].prose { u64::from(page.blocks[at].chars) } else { 0 }),
            chars: run(&|at| u64::from(page.blocks[at].chars)),
            linked: run(&|at| u64::from(page.blocks[at].linked)),
        }
    }

    pub(super) fn total(sums: &[u64]) -> u64 {
        sums.last().copied().unwrap_or_default()
    }
}

/// The sum over the blocks `from..to`.
pub(super) fn sum(sums: &[u64], blocks: &std::ops::Range<u32>) -> u64 {
    let last = sums.len() - 1;
    sums[(blocks.end as usize).min(last)] - sums[(blocks.start as usize).min(last)]
}

/// The elements of a page; those without text stay blank.
pub(super) fn facts(page: &Page, sums: &Sums) -> Vec<Fact> {
    let total = Sums::total(&sums.chars);
    let blank =
        Fact { depth: 0, kinds: [FAR; KINDS], tags: [FAR; TAGS.len()], near: 0, wide: 0, alike: 0, up: 0 };
    let mut facts = vec![blank; page.nodes.len()];
    let mut word = String::new();
    for (at, node) in page.nodes.iter().enumerate().skip(1) {
        if node.blocks.is_empty() {
            continue;
        }
        let above = facts[node.parent as usize];
        let up = if page.nodes[node.parent as usize].tag.is_block() { node.parent } else { above.up };
        if !node.tag.is_block() {
            facts[at] = Fact { up, ..above };
            continue;
        }
        let over = facts[page.nodes[node.parent as usize].parent as usize].alike;
        let said = classes::said(node, page.open_tag(node), &mut word);
        let fact = &mut facts[at];
        fact.depth = above.depth + 1;
        fact.up = up;
        let whole = sum(&sums.chars, &node.blocks) * 100 > total * WHOLE;
        for kind in 0..KINDS {
            let here = !whole && said.kinds & (1 << kind) != 0;
            fact.kinds[kind] = if here { 0 } else { FAR.min(above.kinds[kind] + 1) };
        }
        for (slot, (above, (_, tags))) in fact.tags.iter_mut().zip(above.tags.iter().zip(TAGS)) {
            *slot = if tags.contains(&node.tag) { 0 } else { FAR.min(above + 1) };
        }
        fact.alike = said.alike;
        fact.near = joined(said.alike, above.alike);
        fact.wide = joined(fact.near, over);
    }
    facts
}

fn joined(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The innermost element that holds at least `percent` of the page's prose, above 50.
pub(super) fn holder(page: &Page, sums: &Sums, percent: u64) -> usize {
    let total = Sums::total(&sums.prose);
    let holds = |at: &usize| sum(&sums.prose, &page.nodes[*at].blocks) * 100 >= total * percent;
    // Those that hold over half stand in one another, and elements come in the order in which they open.
    (0..page.nodes.len()).rev().filter(|at| !page.nodes[*at].blocks.is_empty()).find(holds).unwrap_or(0)
}

/// The element whose own children that are paragraphs hold most prose.
pub(super) fn home(page: &Page, facts: &[Fact], words: &[Words]) -> usize {
    let mut prose = vec![0; page.nodes.len()];
    for (block, words) in page.blocks.iter().zip(words) {
        if words.prose {
            prose[parent_of(page, facts, block.node) as usize] += u64::from(block.chars);
        }
    }
    (0..prose.len()).rev().max_by_key(|at| prose[*at]).unwrap_or(0)
}

/// The element that a block's paragraph stands in, or its own when it is no paragraph.
pub(super) fn parent_of(page: &Page, facts: &[Fact], node: u32) -> u32 {
    let tag = page.nodes[node as usize].tag;
    let leaf = matches!(tag, Tag::P | Tag::Li | Tag::Blockquote) || tag.heading().is_some();
    if leaf { facts[node as usize].up } else { node }
}

/// How far each element is from those around one of them: steps up to the nearest, and its depth.
pub(super) fn measure(page: &Page, facts: &[Fact], from: usize) -> Vec<(u8, u16)> {
    let mut found = vec![(FAR, 0); facts.len()];
    let mut at = from;
    loop {
        found[at] = (0, facts[at].depth);
        if at == 0 {
            break;
        }
        at = page.nodes[at].parent as usize;
    }
    for at in 1..facts.len() {
        if found[at].0 > 0 {
            let (off, meets) = found[page.nodes[at].parent as usize];
            found[at] = (FAR.min(off + u8::from(page.nodes[at].tag.is_block())), meets);
        }
    }
    found
}

/// Which elements stand beside the one that holds `from` and are named like it, or in such a one: other items of a list of
/// articles.
pub(super) fn twins(page: &Page, from: usize) -> Vec<bool> {
    // The element on the way from the page to `from` that each element on it holds.
    let mut holds = FxHashMap::default();
    let mut at = from;
    while at > 0 {
        let parent = page.nodes[at].parent as usize;
        holds.insert(parent, at);
        at = parent;
    }
    let mut twins = vec![false; page.nodes.len()];
    for at in 1..twins.len() {
        let parent = page.nodes[at].parent as usize;
        twins[at] = match holds.get(&parent) {
            Some(way) => *way != at && named_alike(page, *way, at),
            None => twins[parent],
        };
    }
    twins
}

/// Whether two elements are of a kind and share at least half of the words of their classes.
fn named_alike(page: &Page, one: usize, other: usize) -> bool {
    let (one, other) = (&page.nodes[one], &page.nodes[other]);
    if one.tag != other.tag || other.blocks.is_empty() {
        return false;
    }
    let words = |node: &Node| classes::class_words(page.open_tag(node));
    let (one, other) = (words(one), words(other));
    let both = one.intersection(&other).count();
    both > 0 && both * 2 >= one.len().max(other.len())
}
