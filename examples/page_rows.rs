//! Writes what `tools/train_page.py` learns from: the blocks of pages, each as its numbers, a line of JSON a page.
//! `cargo run --release --example page_rows a.html b.html > rows.jsonl`.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};

use nutgraf::Stages;
use nutgraf::doc::document::Document;
use nutgraf::doc::record::Source;
use nutgraf::doc::text::Edits;
use nutgraf::langid;
use nutgraf::normalize::normalize;
use nutgraf::read::html::Html;
use nutgraf::read::{ReadOptions, Reader};
use nutgraf::structure::page;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for path in std::env::args().skip(1) {
        let mut documents: Vec<Document> = Vec::new();
        let bytes = std::fs::read(&path)?;
        // A page without text teaches nothing.
        if Html.read(bytes, Source::default(), &ReadOptions::default(), &mut documents).is_err() {
            continue;
        }
        for document in &mut documents {
            writeln!(out, "{}", row(&path, document))?;
        }
    }
    Ok(out.flush()?)
}

fn row(path: &str, document: &mut Document) -> serde_json::Value {
    let normalizers = Stages::default().normalizers;
    normalize(document, &normalizers, &mut Edits::default(), &mut vec![0; normalizers.len()]);
    document.lang = Some(langid::detect(document.text.text.as_str()));
    let text = document.text.text.as_str();
    let of = |span: nutgraf::Span<nutgraf::Txt>| span.of(text);
    let marks = &document.text.marks;
    let (rows, title) = page::rows(document);
    json!({
        "path": path,
        "title": title,
        "blocks": marks.iter().map(|mark| of(mark.span)).collect::<Vec<_>>(),
        "kinds": marks.iter().map(|mark| format!("{:?}", mark.kind)).collect::<Vec<_>>(),
        "rows": rows.iter().map(|row| &row.numbers).collect::<Vec<_>>(),
        "names": rows.iter().map(|row| row.names).collect::<Vec<_>>(),
    })
}
