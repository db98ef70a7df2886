//! Allocations of `process` once its buffers have grown: for each document, and for each segment.

#![expect(unsafe_code, reason = "an allocator cannot be written without")]
#![expect(clippy::print_stdout, reason = "a bench reports on standard output")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use nutgraf::{Document, Lang, Scratch, Stages, process};

mod common;

const BYTES: usize = 2_000_000;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static GROWTHS: AtomicU64 = AtomicU64::new(0);
static TAKEN: AtomicU64 = AtomicU64::new(0);

struct Counting;

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        TAKEN.fetch_add(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        GROWTHS.fetch_add(1, Ordering::Relaxed);
        TAKEN.fetch_add((size as u64).saturating_sub(layout.size() as u64), Ordering::Relaxed);
        // SAFETY: the caller keeps the promises of `realloc`.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let documents: Vec<Document> = common::Articles::new(1)
        .of_bytes(BYTES)
        .into_iter()
        .map(|article| {
            // As the line of JSON would be read.
            assert!(article.to_json_line().contains(&article.id));
            let mut document = Document::from_text(article.text);
            document.id = Some(article.id);
            document.meta.title = Some(article.title);
            document.lang = Lang::parse("en");
            document
        })
        .collect();
    let (stages, mut scratch) = (Stages::default(), Scratch::default());
    for document in documents.clone() {
        process(document, &stages, &mut scratch).expect("it has a body");
    }
    let fresh = documents.clone();
    let (number, mut segments) = (documents.len() as u64, 0);
    let counters = [&ALLOCATIONS, &GROWTHS, &TAKEN];
    let before = counters.map(|counter| counter.load(Ordering::Relaxed));
    for document in fresh {
        segments += process(document, &stages, &mut scratch).expect("it has a body").segments.len() as u64;
    }
    let after = counters.map(|counter| counter.load(Ordering::Relaxed));
    println!("{number} documents, {segments} segments");
    for (at, what) in ["allocations", "growths", "bytes"].into_iter().enumerate() {
        let all = after[at] - before[at];
        println!("{what}: {} a document, {} a segment", tenths(all, number), tenths(all, segments));
    }
}

/// `all / of` with one decimal.
fn tenths(all: u64, of: u64) -> String {
    let tenths = (all * 10 + of / 2) / of.max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}
