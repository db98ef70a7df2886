//! Writes the evidence of each line of labelled pages, from which `tools/train_lines.py` learns weights.
//!
//! Standard input: a JSON object a line, `lines` (texts) and `labels` (1 for article, 0 for the rest), `lang` if known.
//! Standard output: one a page with, for each line, `words`, `labels`, and its values with the counts of these pages
//! (`counted`) and without (`alone`). A wrapped line is one with the others it goes on in.

use std::io::{BufRead, Write, stdin, stdout};

use nutgraf::doc::document::{Document, Field};
use nutgraf::pipeline::process::survey;
use nutgraf::stats::counts::Counts;
use nutgraf::structure::evidence::{NAMES, of_document};
use nutgraf::{CorpusModel, Lang, Scratch, Stages, langid};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Page {
    lines: Vec<String>,
    labels: Vec<u8>,
    lang: Option<String>,
}

impl Page {
    fn document(&self) -> Document {
        let text: Vec<String> = self.lines.iter().map(|line| line.replace('\n', " ")).collect();
        let text = text.join("\n");
        let lang = self.lang.as_deref().and_then(Lang::parse).unwrap_or_else(|| langid::detect(&text));
        Document { text: Field::plain(text), lang: Some(lang), ..Document::default() }
    }

    /// The label of each of `told`, which hold the words of the lines in order: that of most of its bytes.
    fn labels<'t>(&self, told: impl Iterator<Item = &'t str>) -> Vec<u8> {
        let mut lines = self.lines.iter().zip(&self.labels).filter(|(line, _)| !line.trim().is_empty());
        let bytes = |text: &str| text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
        let label = |text: &str| {
            let (mut left, mut article, mut all) = (bytes(text), 0, 0);
            while left > 0 {
                let Some((line, label)) = lines.next() else { break };
                let length = bytes(line);
                article += length * usize::from(*label > 0);
                all += length;
                left = left.saturating_sub(length);
            }
            u8::from(2 * article > all)
        };
        told.map(label).collect()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pages: Vec<Page> = stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<Result<_, Box<dyn std::error::Error>>>()?;
    let mut counts = Counts::default();
    for page in &pages {
        survey(page.document(), &Stages::default(), &mut Scratch::default(), &mut counts);
    }
    let model = CorpusModel::from_counts(counts);
    let mut out = stdout().lock();
    writeln!(out, "{}", json!({ "names": NAMES.as_slice() }))?;
    for page in &pages {
        let document = page.document();
        let counted = of_document(&document, Some(&model.lines));
        let alone = of_document(&document, None);
        let labels = page.labels(alone.iter().map(|told| told.text.as_str()));
        let values = |told: &[nutgraf::structure::evidence::Told]| -> Vec<Vec<f64>> {
            told.iter().map(|told| told.row.to_vec()).collect()
        };
        let words: Vec<usize> = alone.iter().map(|told| told.words).collect();
        let texts: Vec<&str> = alone.iter().map(|told| told.text.as_str()).collect();
        let row = json!({
            "lang": document.lang_or_unknown().as_str(), "words": words, "labels": labels, "texts": texts,
            "counted": values(&counted), "alone": values(&alone),
        });
        writeln!(out, "{row}")?;
    }
    Ok(())
}
