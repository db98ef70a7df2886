//! Any bilingual file gives whole rows or is refused, whatever is known of its sources.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::bilingual::Row;
use nutgraf::bilingual::read::{Options, read};

/// Names by whose extensions the first byte picks the format; the last is told by look.
const NAMES: [&str; 8] = ["a.xlf", "a.tmx", "a.po", "a.tsv", "a.csv", "a.jsonl", "a.docx", "a"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&pick, input)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(pick) % NAMES.len()];
    let mut rows: Vec<Row> = Vec::new();
    if read(&mut &*input, name, &Options::default(), &mut |row| rows.push(row)).is_ok() {
        for row in &rows {
            assert!(row.target.as_ref().is_none_or(|target| !target.trim().is_empty()), "{row:?}");
            assert!(row.codes.iter().all(|codes| codes.is_sorted()), "{row:?}");
        }
    }
    let known = |id: &str, source: &str| id.len() <= source.len();
    let options = Options { known: Some(&known), source_lang: Some("en"), target_lang: Some("fr") };
    let _ = read(&mut &*input, name, &options, &mut |_| {});
});
