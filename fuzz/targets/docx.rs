//! Any main part of a document gives blocks whose characters lead into it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::record::Format;

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::open_and_check("a.docx", Some(Format::Docx), bytes));
