//! The rules of a language as automata: all left sides in one that runs back from a place, all right sides in one that
//! runs on from it, and one that finds the places.
//!
//! States are made as they are met and kept in a cache of bounded size; a full cache is emptied, which costs time and
//! changes nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use regex_automata::MatchKind;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{Compiler, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_syntax::hir::Hir;

use super::candidates::{Trail, trail};
use super::conditions::{Condition, ways, wider};
use super::rules::Rule;
use super::sweep::Swept;
use super::walk::{Caches, Finder, Held, held};

/// Why an automaton can always be made: rules are refused long before one outgrows the library's numbers.
const FITS: &str = "the size of rules is capped where they are read";

/// What must hold for a rule to decide, besides the pattern under which it is listed.
#[derive(Debug, Clone)]
struct Way {
    /// Which rule: those before it are asked first.
    rule: usize,
    left: Vec<(usize, bool)>,
    right: Vec<(usize, bool)>,
    /// Whether that is all; else the rule itself has the last word.
    exact: bool,
}

/// The rules that a language is cut by, ready to run.
#[derive(Debug)]
pub(super) struct Automata {
    /// In order: the first that holds at a place decides.
    rules: Vec<Arc<Rule>>,
    left: Side,
    right: Side,
    finder: Finder,
    /// See [`PATIENCE`].
    pub(super) patience: usize,
    /// Ways by a pattern that must match up to the place, in the order of rules.
    by_left: Vec<Vec<Way>>,
    /// Those that need none such, by a pattern that must match from the place on.
    by_right: Vec<Vec<Way>>,
    /// Those that need neither.
    always: Vec<Way>,
    caches: Pool<
        Caches,
        Box<dyn Fn() -> Caches + Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>,
    >,
}

impl Automata {
    /// Makes the automata of `rules`, whose caches take at most about `cache` bytes each.
    pub(super) fn new(rules: Vec<Arc<Rule>>, cache: usize) -> Self {
        let mut patterns = [Patterns::default(), Patterns::default()];
        let (mut up, mut from, mut everywhere) = (Patterns::default(), Patterns::default(), false);
        let mut listed = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            if rule.breaks {
                match trail(rule) {
                    Trail::Up(pattern) => _ = up.number(pattern),
                    Trail::From(pattern) => _ = from.number(pattern),
                    Trail::Everywhere => everywhere = true,
                }
            }
            match ways(rule) {
                Some(ways) => listed.extend(ways.iter().map(|all| way(number, all, true, &mut patterns))),
                None => listed.push(way(number, &wider(rule), false, &mut patterns)),
            }
        }
        let [left, right] = &patterns;
        let (mut by_left, mut by_right, mut always) =
            (vec![Vec::new(); left.all.len()], vec![Vec::new(); right.all.len()], Vec::new());
        for way in listed {
            let first =
                |all: &[(usize, bool)]| all.iter().find(|(_, wanted)| *wanted).map(|(number, _)| *number);
            match (first(&way.left), first(&way.right)) {
                (Some(number), _) => by_left[number].push(way),
                (None, Some(number)) => by_right[number].push(way),
                (None, None) => always.push(way),
            }
        }
        let finder = Finder::new(lazy(&up.all, false, cache), lazy(&from.all, true, cache), everywhere);
        let [left, right] = patterns;
        let (left, right) = (Side::new(left.all, false, cache), Side::new(right.all, true, cache));
        let own = (left.walk.clone(), right.walk.clone(), finder.clone());
        let caches = Pool::new(Box::new(move || Caches::new(&own.0, &own.1, &own.2)) as Box<_>);
        Self { rules, left, right, finder, patience: PATIENCE, by_left, by_right, always, caches }
    }

    /// Calls `each` with every place inside `text` where a rule holds, or which is one of `further`, and the rule that
    /// decides there. `further` and the places rise.
    pub(super) fn decide<'a>(
        &'a self,
        text: &str,
        further: &[usize],
        mut each: impl FnMut(usize, Option<&'a Rule>),
    ) {
        let mut caches = self.caches.get();
        let Caches { left, right, finder, places, before, after } = &mut *caches;
        places.clear();
        self.finder.find(finder, text, places);
        if !further.is_empty() {
            places.extend_from_slice(further);
            places.sort_unstable();
            places.dedup();
        }
        places.retain(|&at| at > 0 && at < text.len());
        let (mut to_left, mut to_right) = (self.walks(&self.left, text), self.walks(&self.right, text));
        for (number, &at) in places.iter().enumerate() {
            to_left.held(left, places, number, before);
            to_right.held(right, places, number, after);
            let decides = self.first(text, at, before, after);
            if decides.is_some() || further.binary_search(&at).is_ok() {
                each(at, decides);
            }
        }
    }

    fn walks<'a>(&self, side: &'a Side, text: &'a str) -> Walks<'a> {
        Walks { side, text: text.as_bytes(), left: self.patience * text.len(), swept: None }
    }

    /// The first rule that holds at a place, by the patterns that match beside it.
    fn first(&self, text: &str, at: usize, before: &Held, after: &Held) -> Option<&Rule> {
        let mut first = usize::MAX;
        let lists = before.numbers().map(|number| &self.by_left[number]);
        let lists = lists.chain(after.numbers().map(|number| &self.by_right[number]));
        for list in lists.chain([&self.always]) {
            let holds = |way: &&Way| self.holds(way, text, at, before, after);
            if let Some(way) = list.iter().take_while(|way| way.rule < first).find(holds) {
                first = way.rule;
            }
        }
        self.rules.get(first).map(Arc::as_ref)
    }

    fn holds(&self, way: &Way, text: &str, at: usize, before: &Held, after: &Held) -> bool {
        let all = |conditions: &[(usize, bool)], held: &Held| {
            conditions.iter().all(|&(number, wanted)| held.has(number) == wanted)
        };
        all(&way.left, before)
            && all(&way.right, after)
            && (way.exact || self.rules[way.rule].holds(text, at))
    }

    /// How many of the rules no automaton decides alone.
    #[cfg(test)]
    pub(super) fn inexact(&self) -> Vec<usize> {
        let lists = self.by_left.iter().chain(&self.by_right).flatten().chain(&self.always);
        lists.filter(|way| !way.exact).map(|way| self.rules[way.rule].line).collect()
    }
}

/// The patterns on one side of places.
#[derive(Debug)]
struct Side {
    patterns: Vec<Hir>,
    /// Whether they match from a place on; up to it otherwise.
    ahead: bool,
    /// Runs away from a place.
    walk: DFA,
    /// Runs over a whole text, towards its places; made when a text asks for it.
    sweep: OnceLock<DFA>,
    cache: usize,
}

impl Side {
    fn new(patterns: Vec<Hir>, ahead: bool, cache: usize) -> Self {
        let walk = lazy(&patterns, !ahead, cache);
        Self { patterns, ahead, walk, sweep: OnceLock::new(), cache }
    }
}

/// Bytes that walks may look at, for each byte of a text, before one pass over the text is taken to be cheaper.
const PATIENCE: usize = 16;

/// The walks from the places of a text to one side.
#[derive(Debug)]
struct Walks<'a> {
    side: &'a Side,
    text: &'a [u8],
    /// Bytes that may yet be looked at.
    left: usize,
    swept: Option<Swept>,
}

impl Walks<'_> {
    /// Leaves in `held` what matches beside the place `number` of `places`.
    fn held(&mut self, cache: &mut Cache, places: &[usize], number: usize, found: &mut Held) {
        let Side { patterns, ahead, walk, sweep, cache: capacity } = self.side;
        if patterns.is_empty() {
            return;
        }
        if let Some(swept) = &self.swept {
            swept.at(number, found);
            return;
        }
        let walked = held(walk, cache, self.text, places[number], *ahead, found);
        self.left = self.left.saturating_sub(walked);
        if self.left == 0 {
            let sweep = sweep.get_or_init(|| lazy(patterns, *ahead, *capacity));
            self.swept = Some(Swept::new(sweep, self.text, places, *ahead));
        }
    }
}

/// Patterns with numbers; equal ones have one.
#[derive(Debug, Default)]
struct Patterns {
    all: Vec<Hir>,
    numbers: BTreeMap<String, usize>,
}

impl Patterns {
    fn number(&mut self, pattern: Hir) -> usize {
        let next = self.all.len();
        let number = *self.numbers.entry(pattern.to_string()).or_insert(next);
        if number == next {
            self.all.push(pattern);
        }
        number
    }
}

fn way(rule: usize, all: &[Condition], exact: bool, [left, right]: &mut [Patterns; 2]) -> Way {
    let mut way = Way { rule, left: Vec::new(), right: Vec::new(), exact };
    for Condition { ahead, pattern, wanted } in all {
        // What matches everywhere need not be asked.
        if *wanted
            && pattern.properties().minimum_len() == Some(0)
            && pattern.properties().look_set().is_empty()
        {
            continue;
        }
        match ahead {
            true => way.right.push((right.number(pattern.clone()), *wanted)),
            false => way.left.push((left.number(pattern.clone()), *wanted)),
        }
    }
    way
}

/// An automaton that says which of `patterns` match: forwards, or, reversed, backwards.
fn lazy(patterns: &[Hir], reversed: bool, cache: usize) -> DFA {
    let nfa = NFA::config().reverse(reversed).utf8(false).shrink(false).which_captures(WhichCaptures::None);
    let nfa = Compiler::new().configure(nfa).build_many_from_hir(patterns).expect(FITS);
    let lazy = DFA::config().match_kind(MatchKind::All).cache_capacity(cache).skip_cache_capacity_check(true);
    DFA::builder().configure(lazy).build_from_nfa(nfa).expect(FITS)
}
