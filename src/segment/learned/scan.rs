//! The walk over a block: from mark to mark, and what is asked at each.

use rustc_hash::FxHashSet;

use super::bare::Bare;
use super::context;
use super::features::{self, FEATURES};
use super::lexicon::{self, Lexicon};
use super::list::Items;
use super::mark::{self, Found, Mark, Marks, Run};
use super::passed::Passed;
use super::plain;
use super::reason::Reason;
use super::rules::{self, Verdict};
use crate::segment::BlockText;

/// Calls `decide` with every candidate of `block`, in order: where it is, what the rules say, and the keys of its features
/// unless the rules are sure. The answer says whether a segment ends there. The plainest cases are told at a glance when
/// `glance` is set, which changes nothing but the time it takes.
pub(super) fn scan(
    block: &BlockText<'_>,
    own: &FxHashSet<u64>,
    glance: bool,
    decide: impl FnMut(usize, Verdict, Option<&[u32; FEATURES]>) -> bool,
) {
    let text = block.text;
    let lang = block.lang.primary();
    let mut marks = Marks::of(text);
    let marked = marks.find(0);
    let (lexicon, items) = (lexicon::lexicon(lang), Items::of(text));
    let (bare, passed) = (Bare::of(text, lexicon), Passed::default());
    let mut scan = Scan { text, lang, lexicon, own, glance, marks, marked, bare, from: 0, passed, decide };
    if items.is_list() {
        scan.list(items);
    }
    while let Some(run) = scan.next_run() {
        let from = scan.step(run, None);
        scan.go_on(&run, from);
    }
}

struct Scan<'t, 's, D> {
    text: &'t str,
    lang: &'s str,
    lexicon: &'static Lexicon,
    own: &'s FxHashSet<u64>,
    glance: bool,
    marks: Marks<'t>,
    /// The next mark.
    marked: Option<Found>,
    bare: Bare<'t>,
    /// Where the next run is looked for.
    from: usize,
    passed: Passed,
    decide: D,
}

impl<D: FnMut(usize, Verdict, Option<&[u32; FEATURES]>) -> bool> Scan<'_, '_, D> {
    /// The next run of marks, or the next place without one.
    fn next_run(&mut self) -> Option<Run> {
        let to = self.marked.map_or(self.text.len(), |(at, ..)| at);
        let bare = self.bare.find(self.from.min(to), to, self.lexicon);
        bare.or_else(|| self.marked.map(|found| mark::run(self.text, found)))
    }

    /// Goes on behind `run`, or further.
    fn go_on(&mut self, run: &Run, from: usize) {
        self.from = self.from.max(from);
        if run.mark == Mark::Bare {
            self.from = self.from.max(run.end + 1);
        }
        if self.marked.is_some_and(|(at, ..)| at < self.from) {
            self.marked = self.marks.find(self.from);
        }
    }

    /// A decision that the rules made alone; it ends a segment or does not.
    fn sure(&mut self, at: usize, reason: Reason, breaks: bool) {
        let verdict = Verdict { reason, breaks, sure: true };
        if (self.decide)(at, verdict, None) {
            self.passed.cut(at);
        }
    }

    /// Decides about `run`, and gives where to go on; `item` is where the text before the next item of a list ends.
    #[inline]
    fn step(&mut self, run: Run, item: Option<usize>) -> usize {
        if self.glance
            && let Some((at, reason, breaks)) = self.at_a_glance(&run, item)
        {
            self.sure(at, reason, breaks);
            return at;
        }
        self.look(run, item).unwrap_or(run.end)
    }

    /// Decides about `run` by what stands around it; `None` where there is nothing to decide.
    #[inline(never)]
    fn look(&mut self, run: Run, item: Option<usize>) -> Option<usize> {
        if run.end == self.text.len() {
            return None;
        }
        let cx = context::read(self.text, run, &mut self.passed, self.lexicon)?;
        if item.is_some_and(|at| at <= cx.end) || cx.end <= self.passed.since {
            return None;
        }
        let verdict = match run.mark {
            Mark::Stop if self.own.contains(&cx.left.hash) => {
                Verdict { reason: Reason::AbbreviationOwn, breaks: false, sure: true }
            }
            _ => rules::judge(&cx, self.lexicon, self.lang),
        };
        let breaks = if verdict.sure {
            (self.decide)(cx.end, verdict, None)
        } else {
            (self.decide)(cx.end, verdict, Some(&features::keys(&cx, verdict, self.lexicon.key)))
        };
        if breaks {
            self.passed.cut(cx.end);
        }
        Some(cx.end)
    }

    /// What is sure without a look at what stands around: the place, the reason, and whether a segment ends.
    #[inline]
    fn at_a_glance(&self, run: &Run, item: Option<usize>) -> Option<(usize, Reason, bool)> {
        let bytes = self.text.as_bytes();
        if run.mark == Mark::Stop && item.is_none() {
            let (lexicon, since) = (self.lexicon, self.passed.since);
            let ends = match bytes[run.end..] {
                [b' ', b'A'..=b'Z', ..] => plain::ends(bytes, run.start, since, lexicon, self.own),
                [b' ', 0xD0, ..] => plain::ends_cyrillic(self.text, run.start, since, lexicon, self.own),
                _ => false,
            };
            if ends {
                return Some((run.end, Reason::Stop, true));
            }
            if let Some((reason, breaks)) = plain::short(bytes, run.start, since, lexicon) {
                return Some((run.end, reason, breaks));
            }
            if self.own.is_empty()
                && let Some(end) = plain::closed_before_stop(bytes, run.end)
            {
                return Some((end, Reason::InsideWord, false));
            }
        }
        plain::goes_on(bytes, run, self.lang).map(|reason| (run.end, reason, false))
    }

    /// The same for a block that is a list, as far as it has items: each next one begins a segment.
    fn list(&mut self, items: Items<'_>) {
        let mut items = items.peekable();
        while items.peek().is_some()
            && let Some(run) = self.next_run()
        {
            while let Some(at) = items.next_if(|&at| at < run.start) {
                self.sure(at, Reason::ListItem, true);
            }
            let from = self.step(run, items.peek().copied());
            self.go_on(&run, from);
            while let Some(at) = items.next_if(|&at| at <= self.from) {
                self.sure(at, Reason::ListItem, true);
            }
        }
        for at in items {
            self.sure(at, Reason::ListItem, true);
        }
    }
}
