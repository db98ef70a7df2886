//! LanguageTool's rules, and texts to run them on.

use std::fs;
use std::path::{Path, PathBuf};

use nutgraf::Lang;
use nutgraf::segment::srx::file::RuleFile;
use nutgraf::segment::{BlockText, Cuts, Segmenter, Srx};
use serde_json::Value;

/// LanguageTool's rules.
pub fn languagetool() -> Srx {
    load(Path::new(env!("SEGMENT_SRX")))
}

/// The rules in the file at `path`, expressions as the file says.
pub fn load(path: &Path) -> Srx {
    let xml = fs::read_to_string(path).expect("a file of rules");
    let file = RuleFile::parse(&xml).expect("SRX");
    Srx::new(&file, None, "").unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Where texts with known sentences are: `NUTGRAF_DATA`, or `shared/data` beside the checkout; `None`, said, where
/// there are none.
pub fn data(file: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data");
    let folder = std::env::var_os("NUTGRAF_DATA").map_or(beside, PathBuf::from);
    let path = folder.join("seg").join(file);
    if !path.is_file() {
        eprintln!("skipped: no {} (NUTGRAF_DATA names the folder)", path.display());
        return None;
    }
    Some(path)
}

/// A text with its sentences.
#[derive(Debug)]
pub struct Case {
    /// Where it is from.
    pub source: String,
    /// Its language.
    pub lang: Lang,
    /// The text.
    pub text: String,
    /// Its sentences, without white space.
    pub sentences: Vec<String>,
}

/// The cases of a file.
pub fn cases(path: &Path) -> Vec<Case> {
    let lines = fs::read_to_string(path).expect("a file of cases");
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).expect("JSON lines");
        let text = |key: &str| case[key].as_str().expect("a string").to_owned();
        let sentences = case["sentences"].as_array().expect("a list").iter();
        Case {
            source: text("source"),
            lang: Lang::parse(&text("lang")).expect("a tag"),
            text: text("text"),
            sentences: sentences.map(|s| squashed(s.as_str().expect("a string"))).collect(),
        }
    };
    lines.lines().map(case).collect()
}

/// The paragraphs of a text, as every engine gets them.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
}

/// The sentences that `srx` finds, without white space.
pub fn sentences(srx: &Srx, text: &str, lang: &Lang) -> Vec<String> {
    let mut cuts = Cuts::new(false);
    let mut found = Vec::new();
    for paragraph in paragraphs(text) {
        cuts.clear();
        srx.cut(&BlockText::paragraph(paragraph, lang), &mut cuts);
        found.extend(cuts.pieces(paragraph.len()).map(|(from, to)| squashed(&paragraph[from..to])));
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

fn squashed(text: &str) -> String {
    text.split_whitespace().collect()
}
