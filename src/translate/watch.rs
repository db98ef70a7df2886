//! What a translator should watch in a sentence: names, figures, what must not change, terms with a fixed translation.

use crate::base::lang::Lang;
use crate::bilingual::skeleton::Doc;
use crate::translate::protect::{Name, items, names};
use crate::translate::qa::{Term, holds};
use crate::translate::unit::{Note, Unit};

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
        let terms = self.terms.iter().filter(|term| holds(&source, &term.source, term.case));
        let told: [(&'static str, Vec<String>); 4] = [
            ("names", named.map(str::to_owned).collect()),
            ("numbers", figures.iter().map(|item| item.text.to_owned()).collect()),
            ("keep", verbatim.iter().map(|item| item.text.to_owned()).collect()),
            ("terms", terms.map(|term| format!("{} → {}", term.source, term.targets.join(" / "))).collect()),
        ];
        for (category, found) in told.into_iter().filter(|(_, found)| !found.is_empty()) {
            unit.notes.push(Note { category, text: found.join(", ") });
        }
    }
}
