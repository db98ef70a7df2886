//! The rules of a file, ready to be asked: expressions read, lists found, languages mapped.

use std::sync::Arc;

use super::dialect::Dialect;
use super::expression;
use super::file::{CodeSides, Fault, LanguageMap, Options, RuleFile, RuleText};
use super::sets::{matches_beside, matches_whole};
use super::tree::Node;

/// Largest a rule may be, counted in ranges of characters as often as they are repeated.
const LARGEST_RULE: u64 = 100_000;
/// Largest the rules of a list may be together, so that the automata of a language take some hundred megabytes at most;
/// LanguageTool's largest list has a fifth of it.
const LARGEST_LIST: u64 = 2_000_000;
/// Largest all rules of a file may be together; LanguageTool's have a sixth of it.
const LARGEST_FILE: u64 = 10_000_000;

/// A rule whose expressions were read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// Whether a segment ends where it holds.
    pub(super) breaks: bool,
    /// What stands before the place.
    pub(super) before: Node,
    /// What stands after it.
    pub(super) after: Node,
    /// The name of its list and its line.
    pub(super) name: Box<str>,
    /// The line of the file on which it begins.
    pub(super) line: usize,
}

impl Rule {
    /// Whether it holds at a place, found without automata.
    pub(super) fn holds(&self, text: &str, at: usize) -> bool {
        matches_beside(&self.after, text, at, true) && matches_beside(&self.before, text, at, false)
    }
}

/// The rules of a file.
#[derive(Debug)]
pub(super) struct Rules {
    cascade: bool,
    pub(super) codes: CodeSides,
    pub(super) options: Options,
    lists: Vec<Vec<Arc<Rule>>>,
    maps: Vec<(Node, usize)>,
}

impl Rules {
    /// Reads the expressions of `file`.
    ///
    /// # Errors
    /// Everything that cannot be read or kept exactly, each with its line.
    pub(super) fn new(file: &RuleFile, dialect: Dialect) -> Result<Self, Vec<Fault>> {
        let (mut faults, mut whole) = (Vec::new(), 0);
        let mut lists = Vec::with_capacity(file.lists.len());
        for list in &file.lists {
            let mut rules = Vec::with_capacity(list.rules.len());
            let mut size = 0;
            for text in &list.rules {
                match read(text, &list.name, dialect, &mut size) {
                    Ok(rule) => rules.push(Arc::new(rule)),
                    Err(reason) => faults.push(Fault { line: text.line, reason }),
                }
                if size > LARGEST_LIST || whole + size > LARGEST_FILE {
                    let reason = "the rules up to here are too large together".to_owned();
                    faults.push(Fault { line: text.line, reason });
                    return Err(faults);
                }
            }
            whole += size;
            lists.push(rules);
        }
        let mut maps = Vec::with_capacity(file.maps.len());
        for map in &file.maps {
            match mapped(map, file, dialect) {
                Ok(map) => maps.push(map),
                Err(reason) => faults.push(Fault { line: map.line, reason }),
            }
        }
        if faults.is_empty() {
            Ok(Self { cascade: file.cascade, codes: file.codes, options: file.options, lists, maps })
        } else {
            Err(faults)
        }
    }

    /// The lists of the language with this code, in order, each once.
    pub(super) fn lists_of(&self, code: &str) -> Vec<usize> {
        let mut lists = Vec::new();
        for (pattern, list) in &self.maps {
            if !lists.contains(list) && matches_whole(pattern, code) {
                lists.push(*list);
                if !self.cascade {
                    break;
                }
            }
        }
        lists
    }

    /// The rules of these lists, one after the other.
    pub(super) fn of_lists(&self, lists: &[usize]) -> Vec<Arc<Rule>> {
        lists.iter().flat_map(|&list| self.lists[list].iter().cloned()).collect()
    }
}

fn read(text: &RuleText, list: &str, dialect: Dialect, size: &mut u64) -> Result<Rule, String> {
    let side = |side: &str, written: &str| {
        expression::parse(written, dialect).map_err(|reason| format!("{side}: {reason}"))
    };
    let (before, after) = (side("beforebreak", &text.before)?, side("afterbreak", &text.after)?);
    let own = before.size().saturating_add(after.size());
    if own > LARGEST_RULE {
        return Err("the rule is too large: fewer repetitions or smaller classes are needed".to_owned());
    }
    *size += own;
    let name = format!("{list}:{}", text.line).into_boxed_str();
    Ok(Rule { breaks: text.breaks, before, after, name, line: text.line })
}

fn mapped(map: &LanguageMap, file: &RuleFile, dialect: Dialect) -> Result<(Node, usize), String> {
    let pattern =
        expression::parse(&map.pattern, dialect).map_err(|reason| format!("languagepattern: {reason}"))?;
    if pattern.size() > LARGEST_RULE {
        return Err("languagepattern: too large".to_owned());
    }
    let list = file.lists.iter().position(|list| list.name == map.list);
    Ok((pattern, list.ok_or_else(|| format!("no `languagerule` is called `{}`", map.list))?))
}
