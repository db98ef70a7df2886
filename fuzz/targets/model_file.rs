//! Any bytes either are refused or are a model that is written as it was read. The checksum is put right first, so that
//! the fuzzer gets past it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::stats::file::{from_bytes, to_bytes};

const HEAD: usize = 12;
const FINGERPRINT: u64 = 5;

fuzz_target!(|bytes: &[u8]| {
    let _ = from_bytes(bytes, FINGERPRINT);
    let mut whole = to_bytes(&nutgraf::CorpusModel::default(), FINGERPRINT);
    whole.truncate(HEAD + 8);
    whole.extend_from_slice(bytes);
    let hash = xxhash_rust::xxh3::xxh3_64(&whole);
    whole.extend_from_slice(&hash.to_le_bytes());
    if let Ok(model) = from_bytes(&whole, FINGERPRINT) {
        let written = to_bytes(&model, FINGERPRINT);
        assert_eq!(from_bytes(&written, FINGERPRINT).as_ref(), Ok(&model));
        for language in model.languages.values() {
            for (key, df) in language.frequencies.entries() {
                assert_eq!(language.df(key), u64::from(df));
            }
        }
        for (key, df) in model.lines.frequencies.entries() {
            assert_eq!(model.lines.frequencies.df(key), u64::from(df));
        }
    }
});
