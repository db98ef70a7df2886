//! Whether equal sources have equal targets over a whole file.

use std::collections::BTreeMap;

use super::{Finding, Kind, Pair, Severity, Unit};

/// Sources shorter than this, in words, may well be translated by what stands around them.
const WORDS: usize = 4;

/// Pairs by their source and by their target.
#[derive(Debug, Default)]
pub(super) struct Consistency<'p> {
    by_source: BTreeMap<&'p str, Vec<(usize, &'p str)>>,
    by_target: BTreeMap<&'p str, Vec<(usize, &'p str)>>,
}

impl<'p> Consistency<'p> {
    /// Notes a pair.
    pub(super) fn add(&mut self, unit: &Unit<'p>) {
        self.by_source.entry(unit.source).or_default().push((unit.number, unit.target));
        self.by_target.entry(unit.target).or_default().push((unit.number, unit.source));
    }

    /// Adds what differs from the first pair with the same source, or with the same target.
    pub(super) fn finish(&self, pairs: &[Pair<'_>], found: &mut Vec<Finding>) {
        for (source, targets) in &self.by_source {
            let long = source.split_whitespace().count() >= WORDS;
            let severity = if long { Severity::Warning } else { Severity::Info };
            differing(targets, pairs, (Kind::Inconsistent, severity, "translates otherwise"), found);
        }
        for sources in self.by_target.values() {
            differing(
                sources,
                pairs,
                (Kind::InconsistentSource, Severity::Info, "has the same target for another source"),
                found,
            );
        }
    }
}

fn differing(
    all: &[(usize, &str)],
    pairs: &[Pair<'_>],
    (kind, severity, what): (Kind, Severity, &str),
    found: &mut Vec<Finding>,
) {
    let Some(((first, text), rest)) = all.split_first() else { return };
    for (pair, _) in rest.iter().filter(|(_, other)| other != text) {
        let Pair { id, line, .. } = pairs[*pair];
        let unit = pairs[*first].id;
        let message = format!("unit {unit} {what}: {}", clipped(text));
        found.push(Finding { kind, severity, pair: *pair, id: id.to_owned(), line, message, span: None });
    }
}

/// At most sixty characters of a text.
fn clipped(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
