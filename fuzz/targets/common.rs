//! What every reader owes.

use nutgraf::doc::document::Field;
use nutgraf::doc::record::{Format, Payload, Record, Source};
use nutgraf::read::{ReadOptions, read};
use nutgraf::{Document, Span, Txt};

/// Reads one record and checks that every character and every mark of its documents leads into its bytes.
pub fn read_and_check(format: Format, bytes: &[u8]) {
    let source = Source { path: "fuzz".to_owned(), encoding: "UTF-8", ..Source::default() };
    let record = Record { payload: Payload::Bytes(bytes.to_vec()), format, source };
    let mut documents: Vec<Document> = Vec::new();
    if read(record, &ReadOptions::default(), &mut documents).is_err() {
        assert!(documents.is_empty(), "a failure left documents behind");
    }
    for document in &documents {
        // Spans of other encodings are those of the decoded text, which no byte of which is thrown away for good.
        let most = if document.source.encoding == "UTF-8" { bytes.len() } else { 4 * bytes.len() + 4 };
        for field in [document.title.as_ref(), document.dek.as_ref(), Some(&document.text)].into_iter().flatten() {
            check(field, most);
        }
    }
}

fn check(field: &Field, source: usize) {
    let text = field.text.as_str();
    let mut last = 0;
    for (at, c) in text.char_indices() {
        let span = field.text.to_src(Span::<Txt>::at(at..at + c.len_utf8()));
        assert!(span.start <= span.end && span.end as usize <= source, "{c:?} at {at} leads to {span:?}");
        assert!(last <= span.start || last <= span.end, "{c:?} at {at} leads back to {span:?}");
        last = span.start;
    }
    let mut end = 0;
    for mark in &field.marks {
        assert!(end <= mark.span.start && mark.span.start <= mark.span.end, "{mark:?} begins before {end}");
        assert!(text.get(mark.span.range()).is_some(), "{mark:?} cuts a character or leaves the text");
        end = mark.span.end;
    }
}
