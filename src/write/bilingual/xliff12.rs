//! XLIFF 1.2 (OASIS, 2008): one `trans-unit` a unit, plain text inside, ids unique in the whole file.

use crate::base::escape::xml;
use crate::bilingual::skeleton::Doc;
use crate::bilingual::state::State;
use crate::doc::inline::Style;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::{FileHead, Form, attribute, element, original};
use crate::write::bilingual::inline::{Marking, Spot, push_source, push_target};
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
        push(out, ">\n    <source>");
        self.source(out, unit);
        push(out, "</source>\n");
        if unit.target().is_some() {
            open_target(out, unit.state());
            self.target(out, unit);
            push(out, "</target>\n");
        } else if self.head.copies_sources {
            open_target(out, State::Initial);
            self.source(out, unit);
            push(out, "</target>\n");
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

    fn source(&self, out: &mut Vec<u8>, unit: &Unit<'_>) {
        let marking = self.head.inline_marks.then_some(self as &dyn Marking);
        for (number, part) in unit.parts.iter().enumerate() {
            push(out, part.gap);
            push_source(out, &unit.parts, number, marking);
        }
    }

    fn target(&self, out: &mut Vec<u8>, unit: &Unit<'_>) {
        let marking = self.head.inline_marks.then_some(self as &dyn Marking);
        for part in &unit.parts {
            if let Some(target) = part.target.as_deref().filter(|target| !target.is_empty()) {
                push(out, part.gap);
                push_target(out, part, target, marking);
            }
        }
    }
}

impl Marking for Xliff12 {
    fn open(&self, spot: Spot<'_>, out: &mut Vec<u8>) {
        match spot {
            Spot::Code(number, markup) => {
                push(out, "<g");
                attribute(out, "id", &number.to_string());
                let kind = match markup.style {
                    Style::Emphasis => "italic",
                    Style::Strong => "bold",
                    Style::Deleted => "x-deleted",
                    Style::Code => "x-code",
                    Style::Link => "link",
                };
                attribute(out, "ctype", kind);
                if let Some(href) = &markup.href {
                    attribute(out, "equiv-text", href);
                }
                push(out, ">");
            }
            Spot::Guarded(_, item) => {
                push(out, "<mrk");
                let kind = match (item.verbatim, item.kind) {
                    (true, _) => "protected".to_owned(),
                    (false, "date") => "datetime".to_owned(),
                    (false, kind) => format!("x-{kind}"),
                };
                attribute(out, "mtype", &kind);
                push(out, ">");
            }
        }
    }

    fn close(&self, spot: Spot<'_>, out: &mut Vec<u8>) {
        push(out, if matches!(spot, Spot::Code(..)) { "</g>" } else { "</mrk>" });
    }
}

fn open_target(out: &mut Vec<u8>, state: State) {
    push(out, "    <target");
    attribute(out, "state", state.name_12());
    push(out, ">");
}
