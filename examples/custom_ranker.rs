//! How to add a ranker: one that prefers sentences dense in meaning.
//!
//! Run it: `cargo run --example custom_ranker`.
//!
//! To make it built in, so that `--ranker`, pipeline files, `--help` and `explain` know it: move the first half to
//! `src/rank/density.rs` (with `crate::` for `nutgraf::`), then add two lines to `src/rank/mod.rs`:
//!
//! ```text
//! mod density;
//! Kind::new("density", "words that carry meaning over all words", |t| Ok(Box::new(t.try_into::<Density>()?))),
//! ```

use nutgraf::{Analyzed, Budget, DocErrorKind, Document, RankCx, Ranker, Scratch, Stages, process};
use serde::Deserialize;

/// Lexical density (Ure 1971): the share of a sentence's words that are no stop words, damped for short sentences.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Density {
    /// Stop words added to every sentence, above 0: with 4, three words that all carry meaning score 3/7.
    damping: f64,
}

impl Default for Density {
    fn default() -> Self {
        Self { damping: 4.0 }
    }
}

impl Ranker for Density {
    fn features(&self) -> &'static [&'static str] {
        &["density"]
    }

    fn rank(
        &self,
        document: &Analyzed,
        _: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        for (row, slot) in salience.iter_mut().enumerate() {
            let full: f64 = document.rows.row(row).map(|(_, count)| f64::from(count)).sum();
            *slot = full / (f64::from(document.words[row]) + self.damping);
        }
        Ok(())
    }
}

const ARTICLE: &str = "Harbour bridge shut at dawn\n\n\
    It was not as if there had not been a warning of it. Inspectors found two cracks in the main girder of the eastern \
    span on Monday. They had been there before.\n\n\
    Engineers will bolt sixteen steel plates over the damaged girder. What is to come after that is not for us to say.\n";

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ranker = Box::new(Density::default());
    let stages = Stages { ranker, budget: Budget::Sentences(2), ..Stages::default() };
    let done = process(Document::from_text(ARTICLE), &stages, &mut Scratch::default())
        .map_err(|(stage, reason)| format!("{stage}: {reason}"))?;

    println!("{}\n", done.document.meta.title.as_deref().unwrap_or("untitled"));
    for &at in &done.summary.segments {
        let sentence = &done.segments[at];
        println!("{:.2}  {}", sentence.score.unwrap_or_default(), done.text(sentence));
    }
    Ok(())
}
