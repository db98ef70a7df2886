//! Normalizing twice changes nothing, and every character leads to bytes of the source, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::doc::text::Edits;
use nutgraf::normalize::normalize;
use nutgraf::{Document, Span, Stages};

fn normalized(text: &str, stages: &Stages) -> Document {
    let mut document = Document::from_text(text);
    let mut counts = vec![0; stages.normalizers.len()];
    normalize(&mut document, &stages.normalizers, &mut Edits::default(), &mut counts);
    document
}

fuzz_target!(|text: &str| {
    let stages = Stages::default();
    let once = normalized(text, &stages).text.text;
    let mut last = 0;
    for (at, c) in once.as_str().char_indices() {
        let span = once.to_src(Span::at(at..at + c.len_utf8()));
        assert!(text.get(span.range()).is_some(), "{c:?} at {at} leads to {span:?}");
        assert!(last <= span.start, "{c:?} at {at} leads back to {span:?}");
        last = span.start;
    }
    let twice = normalized(once.as_str(), &stages).text.text;
    assert_eq!(once.as_str(), twice.as_str(), "normalizing again made a change");
});
