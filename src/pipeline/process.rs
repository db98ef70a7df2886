//! One document through all stages, in a worker.

use std::num::NonZeroUsize;

use crate::base::error::DocErrorKind;
use crate::base::span::{Span, Txt, position};
use crate::dedup::sketch::Sketch;
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::document::{Document, Field, FieldName};
use crate::doc::done::{Boundary, Done, Parts};
use crate::doc::id::{SegmentIds, document_id, document_key};
use crate::doc::segment::{Segment, Summary};
use crate::doc::text::{Edits, Text};
use crate::lex::analyzed::{Analyzed, Analyzer};
use crate::lex::opening::openings;
use crate::lex::words;
use crate::normalize::{normalize, normalize_field};
use crate::pipeline::plan::{Reach, Stages};
use crate::pipeline::surface::surfaces;
use crate::rank::vectors::Vectors;
use crate::rank::{Focus, rank};
use crate::segment::{self, BlockText, Cuts};
use crate::select::Candidates;
use crate::stats::counts::Counts;
use crate::structure::about::said_language;
use crate::structure::blocks::tell_title;
use crate::structure::{StructureCx, Structured, dateline, evidence};

/// A worker's reusable buffers and caches. They change speed, never results.
#[derive(Debug, Default)]
pub struct Scratch {
    edits: Edits,
    pub(super) analyzer: Analyzer,
    analyzed: Analyzed,
    vectors: Vectors,
    salience: Vec<f64>,
    cuts: Cuts,
    ids: SegmentIds,
}

/// Bytes of text to a segment, about: room is made for as many segments at once.
const BYTES_PER_SEGMENT: usize = 100;

/// The stage that gave a document up, and why.
pub type Refusal = (&'static str, DocErrorKind);

/// Takes a document through all stages, as far as they reach.
///
/// # Errors
/// When there is no body, or a stage refuses the document.
pub fn process(mut document: Document, stages: &Stages, scratch: &mut Scratch) -> Result<Done, Refusal> {
    let (structured, edits) = prepare(&mut document, stages, scratch);
    let id = document_id(&document);
    if stages.reach == Reach::Blocks {
        return extracted(document, id, structured, edits);
    }
    let Segmented { mut segments, dateline, boundaries, cuts_for_length } =
        segment(&document, &structured.blocks, &id, stages, scratch);
    let body: Vec<usize> = (0..segments.len()).filter(|&at| segments[at].role == Role::Body).collect();
    if body.is_empty() {
        return Err(("segment", DocErrorKind::NoBody));
    }
    let (summary, parts, focused) = match stages.reach {
        Reach::Summary => summarize(&document, &mut segments, &body, dateline, stages, scratch)?,
        Reach::Segments | Reach::Blocks => (Summary::default(), None, None),
    };
    let dek_segment = structured.dek_copy.and_then(|copy| holds(&segments, copy));
    Ok(Done {
        document,
        id,
        blocks: structured.blocks,
        segments,
        summary,
        dek_segment,
        parts,
        boundaries,
        focused,
        cuts_for_length,
        edits,
    })
}

/// Words of the article itself, without its title and headings.
pub fn body_words(done: &Done) -> usize {
    let body = done.blocks.iter().filter(|block| block.role == Role::Body);
    body.map(|block| words::count(done.block_text(block))).sum()
}

/// The document with its blocks alone.
fn extracted(
    document: Document,
    id: String,
    structured: Structured,
    edits: Vec<u64>,
) -> Result<Done, Refusal> {
    if !structured.blocks.iter().any(|block| block.role == Role::Body) {
        return Err(("structure", DocErrorKind::NoBody));
    }
    Ok(Done {
        document,
        id,
        blocks: structured.blocks,
        segments: Vec::new(),
        summary: Summary::default(),
        dek_segment: None,
        parts: None,
        boundaries: None,
        focused: None,
        cuts_for_length: 0,
        edits,
    })
}

/// Gives a finished document another id: that of one seen before it in the run was the same.
pub fn rename(done: &mut Done, id: String, scratch: &mut Scratch) {
    done.id = id;
    scratch.ids.begin(&done.id);
    for at in 0..done.segments.len() {
        done.segments[at].id = scratch.ids.next(done.text(&done.segments[at]));
    }
}

/// Counts the terms of a document's title and body, and all its lines, for a corpus model.
pub fn survey(mut document: Document, stages: &Stages, scratch: &mut Scratch, counts: &mut Counts) {
    let (structured, _) = prepare(&mut document, stages, scratch);
    if !document.lines {
        counts.add_lines(&evidence::keys(&document));
    }
    let lang = document.lang_or_unknown();
    let body = structured.blocks.iter().filter(|block| block.role == Role::Body);
    let texts =
        body.filter_map(|block| document.field(block.field).map(|field| block.span.of(field.text.as_str())));
    let title = document.meta.title.as_deref().unwrap_or_default();
    let found = scratch.analyzer.sequences(lang.primary(), None, texts.chain([title]));
    let Some((_, words @ [_, ..])) = found.words.split_last() else { return };
    let keys: Vec<u64> = found.terms.iter().map(|term| term.key).collect();
    counts.add(lang.primary(), words.iter().copied().map(u64::from).sum(), &keys);
}

/// The id and the signature of a document's body; `None` where that has fewer words than asked for.
///
/// # Errors
/// When there is no body.
pub fn sketch(
    mut document: Document,
    stages: &Stages,
    scratch: &mut Scratch,
) -> Result<Option<(String, Sketch)>, Refusal> {
    let (structured, edits) = prepare(&mut document, stages, scratch);
    let id = document_id(&document);
    let done = extracted(document, id, structured, edits)?;
    if stages.min_words > 0 && body_words(&done) < stages.min_words {
        return Ok(None);
    }
    let body = done.blocks.iter().filter(|block| block.role == Role::Body);
    let sketch = Sketch::of(body.map(|block| done.block_text(block)));
    Ok(Some((done.id, sketch)))
}

/// Normalizes, finds the language, finds blocks and roles, and completes what is known of the document.
fn prepare(document: &mut Document, stages: &Stages, scratch: &mut Scratch) -> (Structured, Vec<u64>) {
    let mut edits = vec![0; stages.normalizers.len()];
    normalize(document, &stages.normalizers, &mut scratch.edits, &mut edits);
    if document.lang.is_none() {
        document.lang = Some(stages.detector.detect(document.text.text.as_str()));
    }
    if let Some(page) = document.page.as_deref().filter(|_| document.lang_or_unknown().is_unknown()) {
        document.lang = said_language(page).or(document.lang.take());
    }
    let dek = document.dek.as_ref().map(|field| field.text.as_str().trim().to_owned());
    let mut structured =
        stages.structurer.structure(document, &StructureCx { model: stages.model.as_deref() });
    if let Some(title) = structured.head_title.take().filter(|_| document.title.is_none()) {
        let mut title = Field::unmarked(Text::told(title));
        normalize_field(&mut title, document.lines, &stages.normalizers, &mut scratch.edits, &mut edits);
        tell_title(document, title, &mut structured);
    }
    let title = document.title.as_ref().map(|field| field.text.as_str().trim().to_owned());
    // Only the structure needs the page; finished documents wait for their turn without it.
    document.page = None;
    let meta = &mut document.meta;
    let found = &structured.found;
    let known = |given: Option<String>, found: &Option<String>| {
        given.filter(|s| !s.is_empty()).or_else(|| found.clone())
    };
    meta.title = known(title.or(meta.title.take()), &found.title);
    meta.dek = known(dek.or(meta.dek.take()), &found.dek);
    meta.byline = known(meta.byline.take(), &found.byline);
    meta.publisher = known(meta.publisher.take(), &found.publisher);
    meta.published = known(meta.published.take(), &found.published);
    meta.url = known(meta.url.take(), &found.url);
    (structured, edits)
}

/// The segments of a document, and how they came about.
struct Segmented {
    segments: Vec<Segment>,
    /// The dateline, whether it is a segment or boilerplate.
    dateline: Option<Span<Txt>>,
    boundaries: Option<Vec<Boundary>>,
    cuts_for_length: u64,
}

/// Cuts the blocks that translators translate into segments.
fn segment(
    document: &Document,
    blocks: &[Block],
    id: &str,
    stages: &Stages,
    scratch: &mut Scratch,
) -> Segmented {
    let lang = document.lang_or_unknown();
    let mut boundaries = stages.explain_boundaries.then(Vec::new);
    let mut cuts_for_length = 0;
    scratch.cuts.explain(stages.explain_boundaries);
    let mut segments = Vec::with_capacity(document.text.text.as_str().len() / BYTES_PER_SEGMENT);
    scratch.ids.begin(document_key(document, id));
    let apart = dateline_apart(document, blocks, stages.overrides.max_chars);
    let mut dateline = blocks.iter().find(|block| block.role == Role::Dateline).map(|block| block.span);
    for (number, block) in blocks.iter().enumerate().filter(|(_, block)| block.role.is_segment()) {
        let Some(field) = document.field(block.field) else { continue };
        let text = block.span.of(field.text.as_str());
        let opening = apart.filter(|(at, _)| *at == number).map_or(0, |(_, length)| length);
        let rest = &text[opening..];
        scratch.cuts.clear();
        if block.kind != BlockKind::Line {
            let own = stages.detector.detect_block(text, &lang);
            let lang = own.as_ref().unwrap_or(&lang);
            let block = BlockText { kind: block.kind, ..BlockText::paragraph(rest, lang) };
            let shorter =
                segment::cut(stages.segmenter.as_ref(), &stages.overrides, &block, &mut scratch.cuts);
            cuts_for_length += shorter as u64;
        }
        let start = block.span.start + position(opening);
        if let Some(boundaries) = &mut boundaries {
            boundaries.extend((opening > 0).then(|| behind_dateline(number, start)));
            boundaries.extend(told(number, start, &scratch.cuts));
        }
        let pieces = scratch.cuts.pieces(rest.len()).map(|(from, to)| (opening + from, opening + to));
        for (from, to) in (opening > 0).then_some((0, opening)).into_iter().chain(pieces) {
            let begun = text[from..to].trim_start();
            let trimmed = begun.trim_end();
            if trimmed.is_empty() {
                continue;
            }
            let start = block.span.start + position(to - begun.len());
            let span = Span::<Txt>::new(start, start + position(trimmed.len()));
            dateline = dateline.or((to == opening).then_some(span));
            segments.push(Segment {
                id: scratch.ids.next(trimmed),
                field: block.field,
                span,
                source_span: field.text.source(span),
                block: position(number),
                role: block.role,
                score: None,
                rank: None,
                in_summary: false,
            });
        }
    }
    Segmented { segments, dateline, boundaries, cuts_for_length }
}

/// The block that opens with a dateline, by its number, and how many bytes are to be a segment of their own.
///
/// Before a word that points back it stays where it is: it shows that the sentence is the first of its article. So it does where it is
/// longer than a segment may be.
fn dateline_apart(
    document: &Document,
    blocks: &[Block],
    max_chars: Option<NonZeroUsize>,
) -> Option<(usize, usize)> {
    let (number, length) = dateline::in_body(document, blocks)?;
    let (dateline, sentence) = blocks[number].span.of(document.text.text.as_str()).split_at(length);
    let openings = openings(document.lang_or_unknown().primary());
    let points_back = openings.is_some_and(|openings| openings.of(sentence).is_some());
    let fits = max_chars.is_none_or(|max| dateline.chars().count() <= max.get());
    (fits && !points_back).then_some((number, length))
}

/// What was decided about the places of the block numbered `number`, of which `start` is the first byte that was looked at.
fn told(number: usize, start: u32, cuts: &Cuts) -> impl Iterator<Item = Boundary> + use<'_> {
    cuts.decisions().iter().map(move |decision| Boundary {
        block: position(number),
        at: start + position(decision.at),
        breaks: decision.breaks,
        reason: decision.reason.clone(),
        margin: decision.margin,
    })
}

/// The place `at` behind the dateline that opens a block.
fn behind_dateline(number: usize, at: u32) -> Boundary {
    Boundary { block: position(number), at, breaks: true, reason: "dateline".into(), margin: None }
}

/// Ranks the body and marks what is chosen.
fn summarize(
    document: &Document,
    segments: &mut [Segment],
    body: &[usize],
    dateline: Option<Span<Txt>>,
    stages: &Stages,
    scratch: &mut Scratch,
) -> Result<(Summary, Option<Parts>, Option<bool>), Refusal> {
    let texts: Vec<&str> = body.iter().map(|&at| read_as(document, &segments[at], dateline)).collect();
    let lang = document.lang_or_unknown();
    let lines = texts.iter().copied().zip(surfaces(&texts, &lang));
    let heading = |segment: &&Segment| segment.role == Role::Heading;
    let first_heading = || segments.iter().find(heading).map(|s| text_of(document, s));
    let title = document.meta.title.as_deref().or_else(first_heading).unwrap_or_default();
    scratch.analyzer.analyze(lang.primary(), stages.model.as_deref(), title, lines, &mut scratch.analyzed);
    if segments.iter().any(|segment| segment.role == Role::Heading) {
        let mut headings = 0;
        scratch.analyzed.section.extend(segments.iter().filter_map(|segment| {
            headings += u32::from(segment.role == Role::Heading);
            (segment.role == Role::Body).then_some(headings)
        }));
    }
    if let Some(focus) = &stages.focus {
        scratch.analyzer.ask(lang.primary(), stages.model.as_deref(), &focus.query, &mut scratch.analyzed);
    }
    scratch.vectors.fill(&scratch.analyzed);
    let mut parts = rank(
        stages.ranker.as_ref(),
        &scratch.analyzed,
        &scratch.vectors,
        stages.budget,
        &mut scratch.salience,
        stages.explain,
    )
    .map_err(|kind| ("rank", kind))?;
    forget_dateline(document, segments, body, dateline, &mut scratch.analyzed.words);
    let mut open = None;
    let focused = stages.focus.as_ref().map(|focus| {
        let likeness = Focus::likeness(&scratch.analyzed);
        focus.bias(&likeness, &mut scratch.salience, parts.as_mut());
        let hit = likeness.iter().any(|&like| like > 0.0);
        open = (focus.only && hit).then(|| about(&likeness, &scratch.analyzed));
        hit
    });
    let salience = scratch.salience.as_slice();
    let chosen = stages.selector.select(
        Candidates {
            document: &scratch.analyzed,
            vectors: &scratch.vectors,
            salience,
            open: open.as_deref(),
        },
        stages.budget,
    );
    let mut order: Vec<(f64, usize)> = salience.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (rank, &(score, row)) in order.iter().enumerate() {
        segments[body[row]].score = Some(score);
        segments[body[row]].rank = Some(position(rank + 1));
    }
    for &row in &chosen {
        segments[body[row]].in_summary = true;
    }
    let words = chosen.iter().map(|&row| scratch.analyzed.words[row] as usize).sum();
    Ok((Summary { segments: chosen.into_iter().map(|row| body[row]).collect(), words }, parts, focused))
}

/// What a segment is ranked by: its own text, and that of a dateline before it. Where and from whom a report comes belongs to what its
/// first sentence says, although it is not shown; by itself a dateline says nothing.
fn read_as<'d>(document: &'d Document, segment: &Segment, dateline: Option<Span<Txt>>) -> &'d str {
    match dateline {
        Some(dateline) if segment.field == FieldName::Text && segment.span == dateline => "",
        Some(dateline) if follows(document, segment, dateline) => {
            Span::<Txt>::new(dateline.start, segment.span.end).of(document.text.text.as_str())
        }
        _ => text_of(document, segment),
    }
}

/// Whether the segment stands right behind the dateline.
fn follows(document: &Document, segment: &Segment, dateline: Span<Txt>) -> bool {
    let gap = document.text.text.as_str().get(dateline.range().end..segment.span.range().start);
    segment.field == FieldName::Text && gap.is_some_and(|gap| gap.chars().all(char::is_whitespace))
}

/// Counts the words of the segment that was read with the dateline anew: no budget is spent on what is not shown.
fn forget_dateline(
    document: &Document,
    segments: &[Segment],
    body: &[usize],
    dateline: Option<Span<Txt>>,
    counts: &mut [u32],
) {
    let Some(dateline) = dateline else { return };
    let first = |&(_, &at): &(&mut u32, &usize)| follows(document, &segments[at], dateline);
    if let Some((count, &at)) = counts.iter_mut().zip(body).find(first) {
        *count = position(words::count(text_of(document, &segments[at])));
    }
}

fn text_of<'d>(document: &'d Document, segment: &Segment) -> &'d str {
    document.field(segment.field).map_or("", |field| segment.span.of(field.text.as_str()))
}

/// Segments that hold a word of the query, and those before them at which they point back.
fn about(likeness: &[f64], document: &Analyzed) -> Vec<bool> {
    let hit = |row: usize| likeness.get(row).is_some_and(|&like| like > 0.0);
    let back = |row: usize| document.surface.get(row).is_some_and(|s| s.dangles == Some(true));
    (0..likeness.len()).map(|row| hit(row) || hit(row + 1) && back(row + 1)).collect()
}

/// The first segment of the text that shares most of its bytes with `copy`.
fn holds(segments: &[Segment], copy: Span<Txt>) -> Option<usize> {
    let shared =
        |segment: &Segment| segment.span.end.min(copy.end).saturating_sub(segment.span.start.max(copy.start));
    let in_text = |at: &usize| segments[*at].role == Role::Body && segments[*at].field == FieldName::Text;
    (0..segments.len())
        .filter(in_text)
        .filter(|&at| shared(&segments[at]) > 0)
        .max_by_key(|&at| (shared(&segments[at]), std::cmp::Reverse(at)))
}
