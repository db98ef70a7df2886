//! Any archive gives what came before its damage, and ends.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "common.rs"]
mod common;

fuzz_target!(|bytes: &[u8]| common::open_and_check("a.tar", None, bytes));
