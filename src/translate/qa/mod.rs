//! Quality checks of translations: what a person would be ashamed to have sent out.
//!
//! To add a check: its kind in `finding.rs`, and a function that [`check`] calls with a `Unit`.

mod consistency;
mod finding;
mod marks;
mod shape;
mod spaces;
mod terms;
mod values;
mod wording;

use std::ops::Range;

use crate::base::lang::Lang;
use crate::bilingual::state::State;
use crate::translate::pseudo::inner;

pub use finding::{Finding, Kind, Severity};
pub use terms::{Term, holds, terms};

/// A source with its target, as a check needs it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pair<'p> {
    /// The unit's id.
    pub id: &'p str,
    /// The text that was to be translated.
    pub source: &'p str,
    /// Its translation.
    pub target: Option<&'p str>,
    /// How far it is.
    pub state: Option<State>,
    /// Its line in the file, 0 where unknown.
    pub line: u64,
    /// Characters that the unit's target may have at most.
    pub limit: Option<usize>,
    /// Characters of the unit's other segments, which share that limit.
    pub beside: usize,
    /// Inline codes of source and target, sorted; none where the format has none.
    pub codes: Option<[&'p [String]; 2]>,
}

/// What is checked, and by which rules.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language of the sources.
    pub source_lang: Lang,
    /// The language of the targets.
    pub target_lang: Lang,
    /// Characters of the target over those of the source, at most; no limit where none is given.
    pub max_target_ratio: Option<f64>,
    /// Terms and what they are in the target language.
    pub terms: Vec<Term>,
    /// What must stand in the target as it stands in the source.
    pub dnt: Vec<String>,
    /// Kinds that are left out.
    pub ignore: Vec<Kind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            source_lang: Lang::unknown(),
            target_lang: Lang::unknown(),
            max_target_ratio: None,
            terms: Vec::new(),
            dnt: Vec::new(),
            ignore: Vec::new(),
        }
    }
}

/// Findings in the pairs of a file, in the order of the pairs, in each by kind.
///
/// Units without a target have only the finding that says so; a target that is the copied source counts as none where
/// nobody has begun the unit ([`State::Initial`]). Of a pseudo-translation ([`inner`]) the text between its brackets is looked
/// at. Takes time linear in the text of a pair, save for the term list, which each pair is held against.
///
/// ```
/// use nutgraf::translate::qa::{Kind, Pair, Settings, check};
///
/// let pair = Pair { id: "u1", source: "It took 12 days.", target: Some("Il a fallu 13 jours."), ..Pair::default() };
/// let found = check(&[pair], &Settings::default());
/// assert_eq!(found[0].kind, Kind::Number);
/// assert_eq!(found[0].message, "12 is missing, 13 is new");
/// ```
pub fn check(pairs: &[Pair<'_>], settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut consistency = consistency::Consistency::default();
    let mut before = None;
    for (number, pair) in pairs.iter().enumerate() {
        let mut unit = Unit::new(number, pair, settings);
        unit.before = before.replace(unit.target);
        if !unit.is_translated() {
            found.append(&mut unit.found);
            continue;
        }
        values::check(&mut unit);
        marks::check(&mut unit);
        spaces::check(&mut unit);
        shape::check(&mut unit);
        wording::check(&mut unit);
        consistency.add(&unit);
        found.append(&mut unit.found);
    }
    consistency.finish(pairs, &mut found);
    found.retain(|finding| !settings.ignore.contains(&finding.kind));
    found.sort_by(|a, b| a.pair.cmp(&b.pair).then(a.kind.cmp(&b.kind)));
    found
}

/// A translated pair under check.
struct Unit<'p> {
    number: usize,
    pair: &'p Pair<'p>,
    settings: &'p Settings,
    /// The source without white space around it.
    source: &'p str,
    /// The target as it stands.
    whole: &'p str,
    /// The target without white space around it, and without what makes a pseudo-translation.
    target: &'p str,
    /// The target of the pair before, in the same way.
    before: Option<&'p str>,
    found: Vec<Finding>,
}

impl<'p> Unit<'p> {
    fn new(number: usize, pair: &'p Pair<'p>, settings: &'p Settings) -> Self {
        let whole = pair.target.unwrap_or_default();
        let trimmed = whole.trim();
        let target = inner(trimmed).unwrap_or(trimmed);
        let source = pair.source.trim();
        Self { number, pair, settings, source, whole, target, before: None, found: Vec::new() }
    }

    /// Whether there is a translation to check; says so where there is none.
    fn is_translated(&mut self) -> bool {
        let bare = |text: &str| text.chars().all(|c| c.is_whitespace() || c.is_control());
        if bare(self.target) && !bare(self.source) {
            let done = self.pair.state.is_some_and(|state| state > State::Translated);
            let severity = if done { Severity::Error } else { Severity::Warning };
            self.say(Kind::Untranslated, severity, "there is no translation".into());
            return false;
        }
        if self.whole.trim() != self.source {
            return !bare(self.source);
        }
        if self.pair.state == Some(State::Initial) && has_words(self.source) {
            self.say(Kind::Untranslated, Severity::Warning, "the target is still the copied source".into());
            return false;
        }
        if has_words(self.source) {
            self.say(Kind::SameAsSource, Severity::Warning, "the target is the source".into());
        } else if self.source.chars().any(char::is_alphabetic) {
            self.say(Kind::SameAsSource, Severity::Info, "the target is the source".into());
        }
        // What is copied has no other faults.
        false
    }

    fn say(&mut self, kind: Kind, severity: Severity, message: String) {
        self.say_at(kind, severity, message, None);
    }

    /// Adds a finding; `span` is in the target as it stands.
    fn say_at(&mut self, kind: Kind, severity: Severity, message: String, span: Option<Range<usize>>) {
        let (id, line) = (self.pair.id.to_owned(), self.pair.line);
        self.found.push(Finding { kind, severity, pair: self.number, id, line, message, span });
    }

    /// Where the target without what surrounds it begins in the target as it stands.
    fn offset(&self) -> usize {
        self.whole.find(self.target).unwrap_or(0)
    }

    fn source_lang(&self) -> &str {
        self.settings.source_lang.primary()
    }

    fn target_lang(&self) -> &str {
        self.settings.target_lang.primary()
    }
}

/// Whether something in `text` wants translating: two words of which one has small letters or no case, or a long one.
fn has_words(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let words =
        words.filter(|word| !word.contains("://") && !word.contains('@') && !word.starts_with("www."));
    let (mut all, mut small, mut without_blanks) = (0, 0, 0);
    for word in words {
        all += 1;
        small += usize::from(word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()));
        without_blanks += word.chars().filter(|c| ('\u{e00}'..='\u{d7ff}').contains(c)).count();
    }
    all >= 2 && small >= 1 || without_blanks >= 4
}

/// Words of `text` with their places: letters, digits and what joins them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '\u{300}'..='\u{36f}');
    let mut at = 0;
    text.split_inclusive(move |c: char| !joins(c)).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let left = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word =
            left.trim_end_matches(|c: char| !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c));
        (!word.is_empty()).then_some((start + piece.len() - left.len(), word))
    })
}

/// Texts with commas between, at most four.
fn listed<S: AsRef<str>>(texts: &[S]) -> String {
    let mut all: Vec<_> = texts.iter().take(4).map(|text| text.as_ref().to_owned()).collect();
    if texts.len() > 4 {
        all.push("…".into());
    }
    all.join(", ")
}

/// `a is missing, b is new` of what there is.
fn missing_and_new<S: AsRef<str>>(missing: &[S], new: &[S]) -> String {
    let told = |texts: &[S], one: &str, more: &str| match texts.len() {
        0 => None,
        1 => Some(format!("{} {one}", texts[0].as_ref())),
        _ => Some(format!("{} {more}", listed(texts))),
    };
    let parts = [told(missing, "is missing", "are missing"), told(new, "is new", "are new")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
