//! Any bytes either are refused or decode to text whose map stays within them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Span;
use nutgraf::io::decode::decode;

fuzz_target!(|bytes: &[u8]| {
    let Ok(decoded) = decode(bytes.to_vec()) else { return };
    if decoded.encoding != "UTF-8" {
        return; // Spans of other encodings are those of the decoded text.
    }
    let mut end = 0;
    for (at, c) in decoded.text.as_str().char_indices() {
        let source = decoded.text.to_src(Span::at(at..at + c.len_utf8()));
        assert_eq!(source.start, end, "bytes before {c:?} at {at} are nobody's");
        end = source.end;
    }
    assert_eq!(end as usize, bytes.len());
});
