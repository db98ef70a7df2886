//! Writes what the default ranker sees of each sentence, from which `tools/train_ranker.py` learns its trees.
//!
//! Standard input: a JSON object a line, `id`, `lang`, `title`, `text`, and `sentences` or `ratio`, the length of its summary.
//! Standard output: first `{"features": […]}`, their names; then one object a document, `id`, `sentences` and `rows`, the
//! features of each.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::sync::{Arc, Mutex, PoisonError};

use nutgraf::pipeline::file::Loaded;
use nutgraf::rank::tfidf_position::{NAMES, evidence};
use nutgraf::{
    Analyzed, Budget, DocErrorKind, Document, Field, Lang, RankCx, Ranker, Role, Scratch, Stages, process,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Record {
    id: String,
    lang: String,
    title: Option<String>,
    text: String,
    sentences: Option<usize>,
    ratio: Option<f64>,
}

/// A ranker that keeps what the default would see.
#[derive(Debug, Default, Clone)]
struct Witness(Arc<Mutex<Vec<Vec<f64>>>>);

impl Ranker for Witness {
    fn features(&self) -> &'static [&'static str] {
        &["none"]
    }

    fn rank(&self, document: &Analyzed, cx: &mut RankCx<'_>, _: &mut [f64]) -> Result<(), DocErrorKind> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = evidence(document, cx.vectors, cx.budget);
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let as_it_stands = "pipeline.structure = 'blocks'\npipeline.normalize = []";
    let mut stages = Stages::build(&Loaded::parse("features", as_it_stands, &[])?)?;
    let witness = Witness::default();
    stages.ranker = Box::new(witness.clone());
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{}", json!({ "features": NAMES.as_slice() }))?;
    let mut scratch = Scratch::default();
    for line in stdin().lock().lines() {
        let record: Record = serde_json::from_str(&line?)?;
        stages.budget = match (record.sentences, record.ratio) {
            (Some(sentences), _) => Budget::Sentences(sentences),
            (None, Some(ratio)) => Budget::Ratio(ratio),
            (None, None) => Budget::default(),
        };
        let mut document = Document::from_text(record.text);
        document.lang = Lang::parse(&record.lang);
        document.title = record.title.filter(|title| !title.is_empty()).map(Field::plain);
        let done = process(document, &stages, &mut scratch)
            .map_err(|(stage, reason)| format!("{stage}: {reason}"))?;
        let body = done.segments.iter().filter(|segment| segment.role == Role::Body);
        let sentences: Vec<&str> = body.map(|segment| done.text(segment)).collect();
        let rows = witness.0.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(out, "{}", json!({ "id": record.id, "sentences": sentences, "rows": *rows }))?;
    }
    Ok(out.flush()?)
}
