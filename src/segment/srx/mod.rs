//! Sentence boundaries by rules of your own: SRX 2.0, the format in which translators' tools exchange them.
//!
//! A file is read (`file`), its expressions are parsed (`expression` and those beside it, `tree`), each rule becomes
//! conditions beside a place (`edges`, `conditions`), all rules of a language automata (`automata`, `candidates`),
//! which are walked (`walk`). To add an expression's feature: its arm in `expression` or `escapes`, if need be a node
//! in `tree`.

mod automata;
mod candidates;
mod classes;
mod codes;
mod conditions;
mod dialect;
mod edges;
mod escapes;
mod expression;
pub mod file;
mod languages;
mod property;
mod rules;
mod sets;
mod sweep;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
mod write;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{BlockText, Cuts, Segmenter};
use crate::io::decode::decode;
use codes::Bare;
pub use dialect::Dialect;
use file::{Fault, RuleFile};
use languages::Languages;
use rules::{Rule, Rules};
pub use write::write;

/// Largest file that is read, in bytes.
const FILE: u64 = 16 << 20;
/// Most mistakes that a message names.
const NAMED: usize = 20;

/// Sentence boundaries by the rules of an SRX file.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Settings")]
pub struct Srx {
    languages: Languages,
}

/// The `[stage.srx]` table.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The file of rules.
    file: PathBuf,
    /// Whose expressions it holds; what the file says, else ICU's.
    dialect: Option<Dialect>,
    /// What codes of languages end with in the file's language maps, as `_one` in LanguageTool's.
    language_suffix: String,
}

impl TryFrom<Settings> for Srx {
    type Error = String;

    fn try_from(settings: Settings) -> Result<Self, String> {
        let Settings { file, dialect, language_suffix } = settings;
        let name = file.to_string_lossy();
        if file.as_os_str().is_empty() {
            return Err("no `file` of rules is named".to_owned());
        }
        let xml = read(&file).map_err(|reason| format!("{name}: {reason}"))?;
        let parsed = RuleFile::parse(&xml).map_err(|fault| told(&name, &[fault]))?;
        Self::new(&parsed, dialect, &language_suffix).map_err(|faults| told(&name, &faults))
    }
}

impl Srx {
    /// The rules of `file`, whose expressions are of `dialect`, or of the one it names, or ICU's; codes of languages
    /// get `language_suffix` before they are looked up in its language maps.
    ///
    /// # Errors
    /// Every rule whose expressions cannot be read, or not be kept exactly, with its line and the reason.
    pub fn new(file: &RuleFile, dialect: Option<Dialect>, language_suffix: &str) -> Result<Self, Vec<Fault>> {
        let named = if file.options.java { Dialect::Java } else { Dialect::Icu };
        let rules = Rules::new(file, dialect.unwrap_or(named))?;
        Ok(Self { languages: Languages::new(rules, language_suffix.to_owned()) })
    }

    /// What [`Segmenter::cut`] does, by asking every rule at every place: slow, to check it by.
    pub fn cut_rule_by_rule(&self, block: &BlockText<'_>, cuts: &mut Cuts) {
        let lists = self.languages.lists(block.lang);
        let ordered = self.languages.rules.of_lists(&lists);
        self.cut_by(block, cuts, |text, breaks, each| {
            for at in text.char_indices().map(|(at, _)| at).skip(1) {
                let rule = ordered.iter().find(|rule| rule.holds(text, at)).map(Arc::as_ref);
                if rule.is_some() || breaks.binary_search(&at).is_ok() {
                    each(at, rule);
                }
            }
        });
    }

    /// Cuts `block` where `decide` says, given the text without codes and Unicode's own breaks where the file asks for
    /// them.
    fn cut_by(
        &self,
        block: &BlockText<'_>,
        cuts: &mut Cuts,
        decide: impl FnOnce(&str, &[usize], &mut dyn FnMut(usize, Option<&Rule>)),
    ) {
        let rules = &self.languages.rules;
        let bare = Bare::new(block.text, block.codes, rules.options.isolated_as_space);
        let breaks = if rules.options.unicode_breaks { unicode_breaks(&bare.text) } else { Vec::new() };
        decide(&bare.text, &breaks, &mut |at, rule| {
            let place = bare.place(at, rules.codes);
            if place > 0 && place < block.text.len() {
                let reason = || rule.map_or("uax29".into(), |rule| format!("srx {}", rule.name).into());
                cuts.decide(place, rule.is_none_or(|rule| rule.breaks), || (reason(), None));
            }
        });
    }
}

impl Segmenter for Srx {
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts) {
        let automata = self.languages.automata(block.lang);
        self.cut_by(block, cuts, |text, breaks, each| automata.decide(text, breaks, each));
    }
}

/// The boundaries of Unicode Standard Annex #29 inside `text`, before the white space that they follow.
fn unicode_breaks(text: &str) -> Vec<usize> {
    let mut breaks: Vec<usize> =
        text.split_sentence_bound_indices().map(|(at, _)| text[..at].trim_end().len()).collect();
    breaks.retain(|&at| at > 0);
    breaks.dedup();
    breaks
}

fn read(path: &Path) -> Result<String, String> {
    let file = File::open(path).map_err(|e| e.to_string())?;
    let mut bytes = Vec::new();
    let length = file.take(FILE + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
    if length as u64 > FILE {
        return Err(format!("more than {FILE} bytes"));
    }
    decode(bytes).map(|decoded| decoded.text.as_str().to_owned()).map_err(|e| e.to_string())
}

/// All faults of the file called `name` in one line, or as many as a person reads.
fn told(name: &str, faults: &[Fault]) -> String {
    let tell = |Fault { line, reason }: &Fault| format!("{name}:{line}: {reason}");
    let mut told: Vec<String> = faults.iter().take(NAMED).map(tell).collect();
    if faults.len() > NAMED {
        told.push(format!("{} more", faults.len() - NAMED));
    }
    told.join("; ")
}
