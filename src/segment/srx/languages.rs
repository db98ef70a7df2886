//! Which rules a language has: codes tried against the language maps, and the automata of those met so far.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use super::automata::Automata;
use super::rules::Rules;
use crate::base::lang::Lang;

/// Bytes that the states of one automaton may take, about; where more are needed, it is slower and says the same.
const CACHE: usize = 8 << 20;

/// Tags whose automata are kept; when there are more, all are forgotten, and made again as they are asked for.
const KEPT: usize = 256;

/// The rules of a file by language.
#[derive(Debug)]
pub(super) struct Languages {
    pub(super) rules: Rules,
    suffix: String,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    by_tag: BTreeMap<Box<str>, Arc<Automata>>,
    by_lists: BTreeMap<Vec<usize>, Arc<Automata>>,
}

impl Languages {
    /// The rules, for codes that end with `suffix`.
    pub(super) fn new(rules: Rules, suffix: String) -> Self {
        Self { rules, suffix, known: RwLock::default() }
    }

    /// The automata of the rules that `lang` has.
    pub(super) fn automata(&self, lang: &Lang) -> Arc<Automata> {
        let read = self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = read.by_tag.get(lang.as_str()) {
            return Arc::clone(known);
        }
        drop(read);
        let lists = self.lists(lang);
        let mut known = self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Known { by_tag, by_lists } = &mut *known;
        if by_tag.len() >= KEPT {
            by_tag.clear();
            by_lists.clear();
        }
        let made = by_lists
            .entry(lists)
            .or_insert_with_key(|lists| Arc::new(Automata::new(self.rules.of_lists(lists), CACHE)));
        by_tag.insert(lang.as_str().into(), Arc::clone(made));
        Arc::clone(made)
    }

    /// The lists of the first way to write the code that has more than every language has: the whole tag, its language
    /// alone, and both in capitals. Where none has, what every language has.
    pub(super) fn lists(&self, lang: &Lang) -> Vec<usize> {
        let common = self.lists_of("und");
        let tag = lang.as_str();
        let language = tag.split('-').next().unwrap_or_default();
        [tag.to_owned(), language.to_owned(), tag.to_uppercase(), language.to_uppercase()]
            .iter()
            .map(|code| self.lists_of(code))
            .find(|lists| *lists != common)
            .unwrap_or(common)
    }

    fn lists_of(&self, code: &str) -> Vec<usize> {
        self.rules.lists_of(&format!("{code}{}", self.suffix))
    }
}
