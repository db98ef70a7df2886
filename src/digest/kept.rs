//! What a digest keeps of a document until all are known.

use jiff::civil::Date;

use crate::base::lang::Lang;
use crate::digest::view::{Block, Line};
use crate::group::Member;
use crate::lex::sequence::Sequences;

/// A document that waits for the others of its digest.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its sentences, and what is known of it.
    pub member: Member,
    /// Its language.
    pub lang: Lang,
    /// The day it appeared on.
    pub day: Option<Date>,
    /// The terms of its headline.
    pub title: Sequences,
    /// Keys of the terms of names in it; none where clustering gives names no weight.
    pub names: Vec<u64>,
    /// Its text as a page shows it.
    pub blocks: Vec<Block>,
    /// The number of its cluster of near-duplicates, and whether it is the first there; none where they were not looked for.
    pub cluster: Option<(usize, bool)>,
}

impl Kept {
    /// Bytes that it holds, about.
    pub fn bytes(&self) -> usize {
        let lines = self.blocks.iter().flat_map(|block| &block.sentences);
        self.member.bytes() + lines.map(|line| line.text.len() + size_of::<Line>()).sum::<usize>()
    }
}
