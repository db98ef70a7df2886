//! Any page goes through all stages: its spans and marks stay within it, its blocks rise, a used scratch changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::{Format, Source};
use nutgraf::read::html::Html;
use nutgraf::read::{ReadOptions, Reader};
use nutgraf::{Document, Scratch, Stages, process};

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| {
    common::read_and_check(Format::Html, bytes);
    let (stages, mut scratch) = (Stages::default(), Scratch::default());
    let mut documents: Vec<Document> = Vec::new();
    if Html.read(bytes.to_vec(), Source::default(), &ReadOptions::default(), &mut documents).is_err() {
        return;
    }
    for document in documents {
        let Ok(done) = process(document.clone(), &stages, &mut scratch) else { continue };
        let mut last = None;
        for block in &done.blocks {
            // Each field has a text of its own.
            let end = last.filter(|&(field, _)| field == block.field).map_or(0, |(_, end)| end);
            assert!(end <= block.span.start && block.span.start < block.span.end, "{block:?} begins before {end}");
            assert!(block.score.is_finite() && (0.0..=1.0).contains(&block.score), "{block:?}");
            last = Some((block.field, block.span.end));
        }
        let again = process(document, &stages, &mut scratch).expect("it went through before");
        assert_eq!(done.blocks, again.blocks, "a used scratch changed the result");
    }
});
