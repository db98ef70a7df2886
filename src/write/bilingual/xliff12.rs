//! XLIFF 1.2 (OASIS, 2008): one `trans-unit` a unit, plain text inside, ids unique in the whole file.

use crate::base::escape::xml;
use crate::bilingual::skeleton::Doc;
use crate::bilingual::state::State;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::{FileHead, Form, attribute, element, original};
use crate::write::bytes::push;

/// One `<file>` a document.
#[derive(Debug)]
pub(super) struct Xliff12 {
    pub(super) head: FileHead,
}

impl Form for Xliff12 {
    fn head(&self, out: &mut Vec<u8>) {
        push(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        push(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n");
    }

    fn document(&self, doc: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        push(out, " <file");
        attribute(out, "original", &original(doc));
        attribute(out, "source-language", &self.head.source_lang);
        if let Some(lang) = &self.head.target_lang {
            attribute(out, "target-language", lang);
        }
        push(out, " datatype=\"plaintext\" xml:space=\"preserve\">\n  <body>\n");
        for unit in units {
            self.unit(out, unit);
        }
        push(out, "  </body>\n </file>\n");
    }

    fn tail(&self, out: &mut Vec<u8>) {
        push(out, "</xliff>\n");
    }
}

impl Xliff12 {
    fn unit(&self, out: &mut Vec<u8>, unit: &Unit<'_>) {
        push(out, "   <trans-unit");
        attribute(out, "id", unit.id);
        if let Some(most) = unit.max_chars {
            attribute(out, "maxwidth", &most.to_string());
            attribute(out, "size-unit", "char");
        }
        push(out, ">\n    ");
        let source = unit.source();
        element(out, "source", &source);
        push(out, "\n");
        match unit.target() {
            Some(target) => push_target(out, unit.state(), &target),
            None if self.head.copies_sources => push_target(out, State::Initial, &source),
            None => {}
        }
        for note in &unit.notes {
            push(out, "    <note");
            attribute(out, "from", note.category);
            push(out, ">");
            push(out, &xml(&note.text));
            push(out, "</note>\n");
        }
        for found in &unit.matches {
            push(out, "    <alt-trans");
            attribute(out, "match-quality", &found.percent.min(100).to_string());
            attribute(out, "origin", &found.origin);
            push(out, ">");
            element(out, "source", &found.source);
            element(out, "target", &found.target);
            push(out, "</alt-trans>\n");
        }
        push(out, "   </trans-unit>\n");
    }
}

fn push_target(out: &mut Vec<u8>, state: State, target: &str) {
    push(out, "    <target");
    attribute(out, "state", state.name_12());
    push(out, ">");
    push(out, &xml(target));
    push(out, "</target>\n");
}
