//! Any text is refused with words or is weights that give every line a chance.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::structure::evidence::NAMES;
use nutgraf::structure::weigh::Weights;

fuzz_target!(|text: &str| match Weights::parse(text) {
    Ok(weights) => assert!((0.0..=1.0).contains(&weights.chance(&[0.0; NAMES.len()]))),
    Err(reason) => assert!(!reason.is_empty()),
});
