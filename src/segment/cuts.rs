//! What a segmenter decided about a block: the places where segments begin and, where asked for, why.

use std::borrow::Cow;

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
}
