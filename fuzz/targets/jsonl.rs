//! Any line either is refused or gives documents whose spans stay within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::Format;

#[path = "common.rs"]
mod common;

fuzz_target!(|line: &[u8]| common::read_and_check(Format::Jsonl, line));
