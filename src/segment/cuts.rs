//! What a segmenter decided about a block: the places where segments begin and, where asked for, why.

use std::borrow::Cow;
use std::mem;

/// What was decided about one place where a segment might begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Bytes of the block before the place.
    pub at: usize,
    /// Whether a segment begins there.
    pub breaks: bool,
    /// The rule that decided, by a name that stays the same between releases.
    pub reason: Cow<'static, str>,
    /// How far the decision was from the other, in nats of the odds that a segment begins; `None` where a rule decided
    /// alone.
    pub margin: Option<f64>,
}

/// The places where segments begin, rising, without the start and the end of the block.
#[derive(Debug, Clone, Default)]
pub struct Cuts {
    places: Vec<usize>,
    decisions: Option<Vec<Decision>>,
}

impl Cuts {
    /// None yet; `explained` keeps what was decided about every candidate.
    pub fn new(explained: bool) -> Self {
        Self { places: Vec::new(), decisions: explained.then(Vec::new) }
    }

    /// Keeps what is decided about every candidate from now on, or does not; forgets all.
    pub fn explain(&mut self, explained: bool) {
        self.places.clear();
        self.decisions = explained.then(Vec::new);
    }

    /// Forgets all, for another block.
    pub fn clear(&mut self) {
        self.places.clear();
        if let Some(decisions) = &mut self.decisions {
            decisions.clear();
        }
    }

    /// The places where segments begin, rising.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// The stretches between the places of a block of `len` bytes: where each begins and ends.
    pub fn pieces(&self, len: usize) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.places.iter().copied().chain([len]);
        std::iter::once(0).chain(self.places.iter().copied()).zip(ends)
    }

    /// What was decided about every candidate, in order; empty unless it was to be explained.
    pub fn decisions(&self) -> &[Decision] {
        self.decisions.as_deref().unwrap_or_default()
    }

    /// Records what was decided about the place `at`, which lies behind all before it.
    #[inline]
    pub fn decide(
        &mut self,
        at: usize,
        breaks: bool,
        reason: impl FnOnce() -> (Cow<'static, str>, Option<f64>),
    ) {
        if breaks {
            self.places.push(at);
        }
        if let Some(decisions) = &mut self.decisions {
            let (reason, margin) = reason();
            decisions.push(Decision { at, breaks, reason, margin });
        }
    }

    /// Puts what `rulings` say, rising and one a gap, in the place of what was decided there.
    pub(super) fn overrule(&mut self, rulings: &[Ruling]) {
        if rulings.is_empty() {
            return;
        }
        let places = mem::take(&mut self.places);
        self.places = overruled(places, rulings, |&at| at, |ruling| ruling.breaks.then_some(ruling.at));
        if let Some(decisions) = &mut self.decisions {
            *decisions = overruled(
                mem::take(decisions),
                rulings,
                |decision| decision.at,
                |&Ruling { at, breaks, reason, .. }| {
                    Some(Decision { at, breaks, reason: reason.into(), margin: None })
                },
            );
        }
    }
}

/// What is decided about a gap, whatever a segmenter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ruling {
    /// Where the white space of the gap begins; `at` where there is none.
    pub(super) from: usize,
    /// Where it ends: bytes of the block before the place.
    pub(super) at: usize,
    /// Whether a segment begins there.
    pub(super) breaks: bool,
    /// Why.
    pub(super) reason: &'static str,
}

impl Ruling {
    /// A ruling on the gap that holds the place `at` of `text`; `None` at the edges of the text, and inside a character.
    pub(super) fn at(text: &str, at: usize, breaks: bool, reason: &'static str) -> Option<Self> {
        let (left, right) = text.split_at_checked(at)?;
        let from = left.trim_end().len();
        let at = text.len() - right.trim_start().len();
        (from > 0 && at < text.len()).then_some(Self { from, at, breaks, reason })
    }
}

/// `old`, rising by `place`, with what `new` makes of each ruling instead of what stands in its gap.
fn overruled<T>(
    old: Vec<T>,
    rulings: &[Ruling],
    place: impl Fn(&T) -> usize,
    new: impl Fn(&Ruling) -> Option<T>,
) -> Vec<T> {
    let mut out = Vec::with_capacity(old.len() + rulings.len());
    let mut rulings = rulings.iter().peekable();
    for item in old {
        let at = place(&item);
        while let Some(ruling) = rulings.next_if(|ruling| ruling.at < at) {
            out.extend(new(ruling));
        }
        if rulings.peek().is_none_or(|ruling| at < ruling.from) {
            out.push(item);
        }
    }
    out.extend(rulings.filter_map(new));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ruling_takes_the_place_of_all_that_was_decided_in_its_gap() {
        let text = "One.  Two. Three.";
        let mut cuts = Cuts::new(true);
        cuts.decide(4, true, || ("a".into(), Some(1.0)));
        cuts.decide(11, true, || ("b".into(), None));
        let ruling = |at, breaks| Ruling::at(text, at, breaks, "mine").expect("inside");
        cuts.overrule(&[ruling(5, false), ruling(11, true)]);
        assert_eq!(cuts.places(), [11]);
        let told: Vec<_> = cuts.decisions().iter().map(|d| (d.at, d.breaks, d.reason.as_ref())).collect();
        assert_eq!(told, [(6, false, "mine"), (11, true, "mine")]);
    }

    #[test]
    fn nothing_is_ruled_at_the_edges_of_a_block() {
        for at in [0, 2, 5, 6, 99] {
            assert_eq!(Ruling::at("  ab  ", at, true, "mine"), None, "{at}");
        }
        assert_eq!(Ruling::at("é a", 1, true, "mine"), None, "inside a character");
    }
}
