//! From a finished document to what a digest keeps of it until all are known.

use crate::base::lang::Lang;
use crate::digest::days::day;
use crate::digest::kept::Kept;
use crate::digest::view::{Block, Line};
use crate::doc::block::{BlockKind, Role};
use crate::doc::done::Done;
use crate::pipeline::digest::DigestPlan;
use crate::pipeline::member::member;
use crate::pipeline::plan::Stages;
use crate::pipeline::process::Scratch;
use crate::translate::protect::names;

/// What a digest needs of a document.
pub fn kept(done: &Done, plan: &DigestPlan, stages: &Stages, scratch: &mut Scratch) -> Kept {
    let lang = done.document.lang_or_unknown();
    let meta = &done.document.meta;
    let headline = meta.title.as_deref().into_iter();
    let title = scratch.analyzer.sequences(lang.primary(), stages.model.as_deref(), headline);
    let names = if plan.settings.names > 0.0 { named(done, &lang, stages, scratch) } else { Vec::new() };
    Kept {
        member: member(done, stages, scratch),
        day: meta.published.as_deref().and_then(|date| day(date, &plan.zone)),
        title,
        names,
        blocks: blocks(done),
        cluster: None,
        lang,
    }
}

/// The terms of names in the headline and the body.
fn named(done: &Done, lang: &Lang, stages: &Stages, scratch: &mut Scratch) -> Vec<u64> {
    let body = done.segments.iter().filter(|segment| segment.role == Role::Body);
    let texts = done.document.meta.title.as_deref().into_iter().chain(body.map(|segment| done.text(segment)));
    let found = names(texts, lang);
    let texts = found.iter().map(|name| name.text.as_str());
    let sequences = scratch.analyzer.sequences(lang.primary(), stages.model.as_deref(), texts);
    sequences.terms.iter().filter(|term| !term.stop).map(|term| term.key).collect()
}

/// The paragraphs of a document, without its boilerplate.
fn blocks(done: &Done) -> Vec<Block> {
    let mut blocks: Vec<(u32, Block)> = Vec::new();
    for segment in &done.segments {
        if blocks.last().is_none_or(|(number, _)| *number != segment.block) {
            let kind =
                done.blocks.get(segment.block as usize).map_or(BlockKind::Paragraph, |block| block.kind);
            let kind = match kind {
                BlockKind::Heading => "heading",
                BlockKind::ListItem => "item",
                BlockKind::Quote => "quote",
                BlockKind::Caption => "caption",
                BlockKind::Paragraph | BlockKind::Line => "paragraph",
            };
            blocks.push((segment.block, Block { role: segment.role.name(), kind, sentences: Vec::new() }));
        }
        if let Some((_, block)) = blocks.last_mut() {
            block.sentences.push(Line {
                id: segment.id.to_string(),
                text: done.text(segment).to_owned(),
                target: None,
                chosen: false,
            });
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// Gives what is kept the ids of its document, which was renamed.
pub fn adopt_ids(kept: &mut Kept, done: &Done) {
    crate::pipeline::member::adopt_ids(&mut kept.member, done);
    let lines = kept.blocks.iter_mut().flat_map(|block| &mut block.sentences);
    for (line, segment) in lines.zip(&done.segments) {
        line.id = segment.id.to_string();
    }
}
