//! Any list of feeds, its folder out of reach, ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::Format;

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::open_and_check("nowhere/a.opml", Some(Format::Opml), bytes));
