//! Automata walked state by state: which patterns match beside a place, and where any does.

use memchr::memchr;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::{Anchored, Input};

/// Why a walk never stops half-way: a full cache is emptied as often as need be.
pub(super) const GOES_ON: &str = "the cache may be emptied without limit";

/// What one thread needs to walk the automata of a language; its content changes speed, never results.
#[derive(Debug)]
pub(super) struct Caches {
    pub(super) left: Cache,
    pub(super) right: Cache,
    pub(super) finder: FinderCache,
    pub(super) places: Vec<usize>,
    pub(super) before: Held,
    pub(super) after: Held,
}

impl Caches {
    /// Empty ones.
    pub(super) fn new(left: &DFA, right: &DFA, finder: &Finder) -> Self {
        Self {
            left: left.create_cache(),
            right: right.create_cache(),
            finder: finder.cache(),
            places: Vec::new(),
            before: Held::new(left.pattern_len()),
            after: Held::new(right.pattern_len()),
        }
    }
}

/// Patterns that match beside a place.
#[derive(Debug)]
pub(super) struct Held {
    numbers: Vec<usize>,
    has: Vec<bool>,
}

impl Held {
    /// None of `patterns` patterns.
    pub(super) fn new(patterns: usize) -> Self {
        Self { numbers: Vec::new(), has: vec![false; patterns] }
    }

    /// Their numbers, each once.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.numbers.iter().copied()
    }

    /// Whether the pattern `number` is one of them.
    pub(super) fn has(&self, number: usize) -> bool {
        self.has[number]
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        for number in self.numbers.drain(..) {
            self.has[number] = false;
        }
    }

    /// Adds those that match in `state`.
    pub(super) fn add(&mut self, dfa: &DFA, cache: &Cache, state: LazyStateID) {
        for at in 0..dfa.match_len(cache, state) {
            self.put(dfa.match_pattern(cache, state, at).as_usize());
        }
    }

    /// Adds those with these numbers.
    pub(super) fn extend(&mut self, numbers: &[usize]) {
        for &number in numbers {
            self.put(number);
        }
    }

    fn put(&mut self, number: usize) {
        if !self.has[number] {
            self.has[number] = true;
            self.numbers.push(number);
        }
    }
}

/// Finds which patterns of `dfa` match from `at` on (`ahead`), or up to it, leaves them in `held`, and tells how many
/// bytes were looked at.
pub(super) fn held(
    dfa: &DFA,
    cache: &mut Cache,
    text: &[u8],
    at: usize,
    ahead: bool,
    held: &mut Held,
) -> usize {
    held.clear();
    let input = Input::new(text).anchored(Anchored::Yes);
    let (start, rest) = if ahead {
        (dfa.start_state_forward(cache, &input.range(at..)), &text[at..])
    } else {
        (dfa.start_state_reverse(cache, &input.range(..at)), &text[..at])
    };
    let mut state = start.expect(GOES_ON);
    for step in 0..rest.len() {
        let byte = if ahead { rest[step] } else { rest[rest.len() - 1 - step] };
        state = dfa.next_state(cache, state, byte).expect(GOES_ON);
        if state.is_match() {
            held.add(dfa, cache, state);
        } else if state.is_dead() {
            return step;
        }
    }
    state = dfa.next_eoi_state(cache, state).expect(GOES_ON);
    if state.is_match() {
        held.add(dfa, cache, state);
    }
    rest.len()
}

/// Finds the places where rules may break.
#[derive(Debug, Clone)]
pub(super) struct Finder {
    /// Matches up to them …
    up: Scan,
    /// … or, run backwards, from them on.
    from: Scan,
    everywhere: bool,
}

/// What a [`Finder`] keeps for one thread.
#[derive(Debug)]
pub(super) struct FinderCache {
    up: ScanCache,
    from: ScanCache,
}

impl Finder {
    /// A finder of what `up` matches forwards and `from` backwards, or of every place.
    pub(super) fn new(up: DFA, from: DFA, everywhere: bool) -> Self {
        Self { up: Scan::new(up), from: Scan::new(from), everywhere }
    }

    fn cache(&self) -> FinderCache {
        FinderCache { up: self.up.cache(), from: self.from.cache() }
    }

    /// Adds the places to `places`, which then rise.
    pub(super) fn find(&self, cache: &mut FinderCache, text: &str, places: &mut Vec<usize>) {
        if self.everywhere {
            places.extend(text.char_indices().map(|(at, _)| at));
            return;
        }
        self.up.run(&mut cache.up, text.as_bytes(), true, |at| places.push(at));
        let found = places.len();
        self.from.run(&mut cache.from, text.as_bytes(), false, |at| places.push(at));
        if places.len() > found {
            places.sort_unstable();
            places.dedup();
        }
    }
}

/// One automaton run over a whole text, and the bytes that it need not look at: in most places nothing begins.
#[derive(Debug, Clone)]
struct Scan {
    dfa: DFA,
    stops: Stops,
}

/// The bytes at which something may begin.
#[derive(Debug, Clone)]
enum Stops {
    One(u8),
    Many(Box<[bool; 256]>),
}

#[derive(Debug)]
struct ScanCache {
    cache: Cache,
    /// The state in which nothing has begun, and how often the cache had been emptied when it was met.
    idle: Option<(LazyStateID, usize)>,
}

impl Scan {
    fn new(dfa: DFA) -> Self {
        let mut scan = Self { dfa, stops: Stops::Many(Box::new([true; 256])) };
        let mut cache = scan.cache();
        let mut stops = [true; 256];
        if let Some(idle) = scan.idle(&mut cache) {
            for byte in 0..=u8::MAX {
                let next = scan.dfa.next_state(&mut cache.cache, idle, byte).expect(GOES_ON);
                stops[usize::from(byte)] = next != idle || cache.cache.clear_count() > 0;
            }
        }
        let mut all = (0..=u8::MAX).filter(|&byte| stops[usize::from(byte)]);
        scan.stops = match (all.next(), all.next()) {
            (Some(one), None) => Stops::One(one),
            _ => Stops::Many(Box::new(stops)),
        };
        scan
    }

    fn cache(&self) -> ScanCache {
        ScanCache { cache: self.dfa.create_cache(), idle: None }
    }

    /// The state after a letter with which nothing begins.
    fn idle(&self, cache: &mut ScanCache) -> Option<LazyStateID> {
        let emptied = cache.cache.clear_count();
        if let Some((idle, then)) = cache.idle
            && then == emptied
        {
            return Some(idle);
        }
        let start = self.dfa.start_state_forward(&mut cache.cache, &Input::new(b"")).expect(GOES_ON);
        let once = self.dfa.next_state(&mut cache.cache, start, b'a').expect(GOES_ON);
        let twice = self.dfa.next_state(&mut cache.cache, once, b'a').expect(GOES_ON);
        let lasts = once == twice && emptied == cache.cache.clear_count() && !once.is_match();
        cache.idle = lasts.then_some((once, emptied));
        cache.idle.map(|(idle, _)| idle)
    }

    /// Calls `each` with the places inside `text` where a pattern ends, in the order of the walk.
    fn run(&self, cache: &mut ScanCache, text: &[u8], ahead: bool, mut each: impl FnMut(usize)) {
        if self.dfa.pattern_len() == 0 {
            return;
        }
        let mut idle = self.idle(cache);
        let emptied = cache.cache.clear_count();
        let cache = &mut cache.cache;
        let mut state = match idle {
            Some(idle) => idle,
            None => self.dfa.start_state_forward(cache, &Input::new(b"")).expect(GOES_ON),
        };
        let place = |step: usize| if ahead { step } else { text.len() - step };
        let mut step = 0;
        while step < text.len() {
            if Some(state) == idle {
                step = self.stops.next(text, step, ahead);
                if step == text.len() {
                    return;
                }
            }
            let byte = if ahead { text[step] } else { text[text.len() - 1 - step] };
            state = self.dfa.next_state(cache, state, byte).expect(GOES_ON);
            if state.is_match() {
                each(place(step));
            }
            if idle.is_some() && cache.clear_count() != emptied {
                idle = None;
            }
            step += 1;
        }
    }
}

impl Stops {
    /// The first step from `step` on whose byte is one of these; the length of the text where none is.
    fn next(&self, text: &[u8], step: usize, ahead: bool) -> usize {
        let found = match (self, ahead) {
            (Self::One(byte), true) => memchr(*byte, &text[step..]),
            (Self::One(byte), false) => {
                let rest = &text[..text.len() - step];
                memchr::memrchr(*byte, rest).map(|at| rest.len() - 1 - at)
            }
            (Self::Many(stops), true) => text[step..].iter().position(|&byte| stops[usize::from(byte)]),
            (Self::Many(stops), false) => {
                text[..text.len() - step].iter().rev().position(|&byte| stops[usize::from(byte)])
            }
        };
        found.map_or(text.len(), |more| step + more)
    }
}
