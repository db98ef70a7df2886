//! Any text goes through the whole pipeline: segments rise, lead into the source, and their parts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::write::{Content, Writer};
use nutgraf::{Document, Done, Role, Scratch, Stages, process};

fuzz_target!(|text: &str| {
    let stages = Stages { explain: true, ..Stages::default() };
    let mut scratch = Scratch::default();
    let Ok(done) = process(Document::from_text(text), &stages, &mut scratch) else { return };
    check(&done, text);
    for kind in Content::Summaries.kinds().iter().chain(Content::Segments.kinds()) {
        let writer: Box<dyn Writer> = kind.make(toml::Table::new()).expect("defaults are enough");
        writer.render(&done, &mut Vec::new());
    }
    let again = process(Document::from_text(text), &stages, &mut scratch).expect("it went through before");
    assert_eq!(done.segments, again.segments, "a used scratch changed the result");
});

fn check(done: &Done, text: &str) {
    let mut last = None;
    for segment in &done.segments {
        let shown = done.text(segment);
        assert!(!shown.is_empty() && shown == shown.trim(), "{segment:?} is {shown:?}");
        let leaves = |span: nutgraf::Span<nutgraf::Src>| text.get(span.range()).is_none();
        assert!(!segment.source_span.is_some_and(leaves), "{segment:?} leaves the source");
        let (field, end) = last.unwrap_or((segment.field, 0));
        assert!(field < segment.field || end <= segment.span.start, "{segment:?} begins before {end}");
        last = Some((segment.field, segment.span.end));
    }
    let body: Vec<_> = done.segments.iter().filter(|segment| segment.role == Role::Body).collect();
    let parts = done.parts.as_ref().expect("asked for");
    for (row, segment) in body.iter().enumerate() {
        let score = segment.score.expect("the body is scored");
        let sum: f64 = parts.row(row).iter().sum();
        assert!(score.is_finite() && (sum - score).abs() < 1e-9, "parts {:?} of {score}", parts.row(row));
    }
    let mut ranks: Vec<_> = body.iter().map(|segment| segment.rank.expect("the body is ranked")).collect();
    ranks.sort_unstable();
    assert!(ranks.iter().copied().eq(1..=body.len() as u32), "ranks {ranks:?}");
    assert!(!done.summary.segments.is_empty() && done.summary.segments.is_sorted_by(|a, b| a < b));
    assert!(done.summary.segments.iter().all(|&at| done.segments[at].in_summary));
}
