//! Language identification on real sentences, where they lie beside the repository.

#![cfg(feature = "unpack")]

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use nutgraf::langid::{detect, known};

/// Languages taken as one: no reader could tell a short sentence of the one from the other.
const FAMILIES: [&[&str]; 3] = [&["bs", "hr", "sr-Latn"], &["id", "ms"], &["nb", "nn"]];

#[test]
#[allow(clippy::print_stderr, reason = "a test that did not run should say so")]
fn of_a_hundred_web_sentences_at_most_three_are_taken_for_another_language() {
    let name = "shared/data/ingest/langid-dev.tsv.xz";
    let places = [Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), Path::new("/work").to_owned()];
    let Some(file) = places.iter().find_map(|place| File::open(place.join(name)).ok()) else {
        eprintln!("skipped: {name} is not beside the repository");
        return;
    };
    let mut text = String::new();
    liblzma::read::XzDecoder::new(file).read_to_string(&mut text).expect("xz of text");
    let known = known();
    let (mut right, mut all) = (0, 0);
    for line in text.lines() {
        let &[_, kind, tag, text] = line.split('\t').collect::<Vec<_>>().as_slice() else { continue };
        if kind != "sentences" || !known.contains(&tag) {
            continue;
        }
        let found = detect(text);
        let family = FAMILIES.into_iter().find(|family| family.contains(&tag));
        right += usize::from(found.as_str() == tag || family.is_some_and(|f| f.contains(&found.as_str())));
        all += 1;
    }
    assert!(right * 100 >= all * 97, "{right} of {all}");
}
