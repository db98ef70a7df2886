//! Writes the evidence of each candidate for a boundary, from which `tools/train_boundaries.py` learns weights.
//!
//! Standard input: a JSON object a line, `id`, `lang` and `text`, whose lines are blocks. Standard output: first
//! `{"neutral": N}`, how many of the keys hold in any language; then one object a text, `id` and `candidates`, each
//! `[at, sure, reason, caution, keys]`: `at` counts the characters before it that are no white space; `sure` is the verdict
//! where the rules decide alone, else null.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use nutgraf::Lang;
use nutgraf::segment::BlockText;
use nutgraf::segment::learned::{Evidence, evidence};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Record {
    id: String,
    lang: String,
    text: String,
}

fn dark(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    writeln!(out, "{}", json!({ "neutral": Evidence::NEUTRAL }))?;
    for line in stdin().lock().lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let lang = Lang::parse(&record.lang).unwrap_or_else(Lang::unknown);
        let (mut before, mut candidates): (usize, Vec<Value>) = (0, Vec::new());
        for block in record.text.split('\n').map(str::trim) {
            for found in evidence(&BlockText::paragraph(block, &lang)) {
                let at = before + dark(&block[..found.at]);
                candidates.push(json!([at, found.sure, found.reason, found.caution, found.keys]));
            }
            before += dark(block);
        }
        writeln!(out, "{}", json!({ "id": record.id, "candidates": candidates }))?;
    }
    Ok(out.flush()?)
}
