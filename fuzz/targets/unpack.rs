//! Any packed bytes come out, whole or in part, within the cap.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use nutgraf::io::stream::{Line, Stream};
use nutgraf::io::unpack::{Allowance, open};

const CAP: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    let opened = || open(Stream::new(Cursor::new(bytes.to_vec())), &Allowance::of(bytes.len() as u64), 0);
    if let Ok(unpacked) = opened() {
        if let Ok(whole) = unpacked.stream.whole(CAP, 0) {
            assert!(whole.len() <= CAP);
        }
    }
    if let Ok(mut unpacked) = opened() {
        let stream = &mut unpacked.stream;
        let mut faults = 0;
        for _ in 0..10_000 {
            match stream.line(100) {
                Line::Whole(line) => assert!(line.len() <= 100),
                Line::TooLong => {}
                Line::Fault(_) => faults += 1,
                Line::End => break,
            }
        }
        assert!(faults <= 1, "a fault was told {faults} times");
    }
});
