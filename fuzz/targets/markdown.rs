//! Any Markdown either is refused or gives a document whose spans and marks stay within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::Format;

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::read_and_check(Format::Markdown, bytes));
