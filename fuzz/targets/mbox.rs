//! Any mailbox gives messages within the cap, and ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::Format;

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::open_and_check("a.mbox", Some(Format::Mbox), bytes));
