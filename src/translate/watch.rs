//! What a translator should watch in a sentence: names, figures, what must not change, terms with a fixed translation.

use std::cmp::Reverse;
use std::ops::Range;

use crate::base::lang::Lang;
use crate::bilingual::skeleton::Doc;
use crate::translate::protect::{Kind, Name, items, names};
use crate::translate::qa::{Term, holds};
use crate::translate::unit::{Guarded, Note, Unit};

/// What is watched for in the units of a document.
#[derive(Debug)]
pub struct Watch<'t> {
    lang: Lang,
    names: Vec<Name>,
    terms: &'t [Term],
}

impl<'t> Watch<'t> {
    /// Looks for the names of `doc`; `terms` are looked for, too.
    pub fn over(doc: &Doc, terms: &'t [Term]) -> Self {
        let lang = Lang::parse(&doc.lang).unwrap_or_else(Lang::unknown);
        let names = names(doc.segments.iter().map(|segment| segment.text.as_str()), &lang);
        Self { lang, names, terms }
    }

    /// Adds what is to be watched to the notes of `unit`.
    pub fn tell(&self, unit: &mut Unit<'_>) {
        let source = unit.source();
        let (verbatim, figures): (Vec<_>, Vec<_>) =
            items(&source, &self.lang).into_iter().partition(|item| item.kind.is_verbatim());
        let named = self.names.iter().map(|name| name.text.as_str()).filter(|name| source.contains(name));
        let (kept, terms): (Vec<&Term>, Vec<&Term>) = self
            .terms
            .iter()
            .filter(|term| holds(&source, &term.source, term.case))
            .partition(|term| stays(term));
        let verbatim =
            verbatim.iter().map(|item| item.text).chain(kept.iter().map(|term| term.source.as_str()));
        let told: [(&'static str, Vec<String>); 4] = [
            ("names", named.map(str::to_owned).collect()),
            ("numbers", figures.iter().map(|item| item.text.to_owned()).collect()),
            ("keep", verbatim.map(str::to_owned).collect()),
            (
                "terms",
                terms.iter().map(|term| format!("{} → {}", term.source, term.targets.join(" / "))).collect(),
            ),
        ];
        for (category, found) in told.into_iter().filter(|(_, found)| !found.is_empty()) {
            unit.notes.push(Note { category, text: found.join(", ") });
        }
    }

    /// Finds the protected items of `unit`, so that they can be marked where they stand: what must come back as it is, and
    /// dates and measures, whose form may change.
    pub fn guard(&self, unit: &mut Unit<'_>) {
        for part in &mut unit.parts {
            let text = part.segment.text.as_str();
            let found = items(text, &self.lang).into_iter();
            let found = found
                .filter(|item| item.kind.is_verbatim() || matches!(item.kind, Kind::Date | Kind::Measure));
            part.guarded = found
                .map(|item| Guarded {
                    range: item.span,
                    kind: item.kind.name(),
                    verbatim: item.kind.is_verbatim(),
                })
                .collect();
            for term in self.terms.iter().filter(|term| stays(term)) {
                let places = text.match_indices(&term.source).map(|(at, term)| at..at + term.len());
                let whole = places.filter(|range| stands_alone(text, range));
                let kind = Kind::Term.name();
                part.guarded.extend(whole.map(|range| Guarded { range, kind, verbatim: true }));
            }
            part.guarded.sort_by_key(|item| (item.range.start, Reverse(item.range.end)));
        }
    }
}

/// Whether a term is its own translation, so that it must not be translated.
fn stays(term: &Term) -> bool {
    term.targets.iter().all(|target| *target == term.source)
}

/// Whether no letter or digit stands directly beside `range`.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].ends_with(char::is_alphanumeric)
        && !text[range.end..].starts_with(char::is_alphanumeric)
}
