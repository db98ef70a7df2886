//! What a block's own words say: how many, how they end, how much of them is grammar.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::doc::block::BlockKind;
use crate::doc::page::PageBlock;
use crate::lex::fold::fold;
use crate::lex::stop::StopList;
use crate::structure::lines::{self, Ending};

/// Words of pages, not of articles, that a block counts.
static PAGE_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let rows = include_str!("data/page_words.txt").lines().filter(|row| !row.starts_with('#'));
    rows.flat_map(|row| row.split(' ')).filter(|word| !word.is_empty()).collect()
});

/// Bytes of a block whose words are looked at one by one: more says no more.
const LOOKED_AT: usize = 2000;
/// Fewest words of prose.
const PROSE: f32 = 10.0;
/// Fewest words of prose that does not end as sentences do.
const PROSE_OPEN: f32 = 40.0;
/// Greatest share of links in prose.
const LINKED: f32 = 0.5;

/// A block's words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words {
    pub(super) count: f32,
    pub(super) chars: f32,
    /// Share of characters in links.
    pub(super) linked: f32,
    /// Share of characters that are bold or italic.
    pub(super) stressed: f32,
    pub(super) ending: f32,
    /// What the text begins with.
    pub(super) opening: f32,
    /// Shares of the words looked at.
    pub(super) stop: f32,
    pub(super) capital: f32,
    pub(super) digits: f32,
    pub(super) page_share: f32,
    pub(super) of_pages: f32,
    /// Marks within sentences, and those at their ends.
    pub(super) commas: f32,
    pub(super) stops: f32,
    pub(super) lines: f32,
    pub(super) heading: bool,
    pub(super) prose: bool,
    /// The number of the text, for finding it again.
    pub(super) hash: u64,
}

/// Reads a block; `folded` is a buffer.
pub(super) fn of(
    text: &str,
    kind: BlockKind,
    block: PageBlock,
    lang: &str,
    list: &StopList,
    folded: &mut String,
) -> Words {
    let mut words = Words {
        count: number(lines::words(text)),
        chars: number(block.chars as usize),
        linked: number(block.linked as usize) / number(block.chars.max(1) as usize),
        stressed: number(block.stressed as usize) / number(block.chars.max(1) as usize),
        ending: ending(text),
        opening: opening(text),
        heading: kind == BlockKind::Heading,
        hash: xxhash_rust::xxh3::xxh3_64(text.as_bytes()),
        ..Words::default()
    };
    let looked = start(text, LOOKED_AT);
    words.each(looked, lang, list, folded);
    for byte in looked.bytes() {
        words.commas += f32::from(u8::from(byte == b',' || byte == b';'));
        words.stops += f32::from(u8::from(matches!(byte, b'.' | b'!' | b'?')));
        words.lines += f32::from(u8::from(byte == b'\n'));
    }
    let least = if words.ending > 0.0 { PROSE } else { PROSE_OPEN };
    words.prose = !words.heading && words.count >= least && words.linked <= LINKED;
    words
}

impl Words {
    fn each(&mut self, text: &str, lang: &str, list: &StopList, folded: &mut String) {
        let mut all = 0.0_f32;
        let edge = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '@' | '©'));
        for word in text.split(edge).filter(|word| !word.is_empty()) {
            all += 1.0;
            let first = word.chars().next().unwrap_or_default();
            if first.is_numeric() {
                self.digits += 1.0;
                continue;
            }
            self.capital += f32::from(u8::from(first.is_uppercase()));
            fold(word, lang, folded);
            self.stop += f32::from(u8::from(list.holds(folded)));
            self.of_pages += f32::from(u8::from(PAGE_WORDS.contains(folded.as_str())));
        }
        let all = all.max(1.0);
        self.digits /= all;
        self.capital /= all;
        self.stop /= all;
        self.page_share = self.of_pages / all;
    }
}

/// How a text ends, as a number.
fn ending(text: &str) -> f32 {
    match lines::ending(text) {
        Ending::Open => 0.0,
        Ending::Colon => 1.0,
        Ending::Ask => 2.0,
        Ending::Stop => 3.0,
    }
}

/// The beginning of `text`, of at most `most` bytes.
pub(super) fn start(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a text begins with, as a number.
fn opening(text: &str) -> f32 {
    match text.chars().next() {
        Some(c) if c.is_lowercase() => 0.0,
        Some(c) if c.is_alphabetic() => 1.0,
        Some('"' | '“' | '„' | '«' | '\'' | '‘' | '»' | '「') => 2.0,
        Some(c) if c.is_numeric() => 3.0,
        Some('-' | '–' | '—' | '•' | '*' | '·') => 4.0,
        Some('(' | '[') => 5.0,
        _ => 6.0,
    }
}

/// A count as a number; exact for any that plays a part.
#[expect(clippy::cast_precision_loss, reason = "features are thresholds on small counts")]
pub(super) fn number(n: usize) -> f32 {
    n as f32
}
