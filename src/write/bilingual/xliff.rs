//! XLIFF 2 (OASIS): one unit a sentence, plain text inside, in the core that 2.0, 2.1 and 2.2 share.
//!
//! That is the shape that every tool we tried reads without loss; ids of units are those of segments, and nothing else
//! in the file is needed to bring translations home. Proposals stand in the Translation Candidates module, limits in the
//! Size and Length Restriction module; tools that know neither pass over them.

use crate::base::escape::xml;
use crate::bilingual::skeleton::Doc;
use crate::doc::inline::Style;
use crate::translate::unit::{Part, Unit};
use crate::write::bilingual::file::{FileHead, Form, attribute, element, name_part, original};
use crate::write::bilingual::inline::{Marking, Spot, push_source, push_target};
use crate::write::bilingual::settings::Version;
use crate::write::bytes::push;

/// One `<file>` a document.
#[derive(Debug)]
pub(super) struct Xliff {
    pub(super) head: FileHead,
    pub(super) version: Version,
}

impl Form for Xliff {
    fn head(&self, out: &mut Vec<u8>) {
        let (label, namespace) = match self.version {
            Version::V20 => ("2.0", "2.0"),
            Version::V21 => ("2.1", "2.0"),
            Version::V22 => ("2.2", "2.2"),
        };
        push(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff");
        attribute(out, "xmlns", &format!("urn:oasis:names:tc:xliff:document:{namespace}"));
        attribute(out, "version", label);
        if self.head.limits {
            attribute(out, "xmlns:slr", "urn:oasis:names:tc:xliff:sizerestriction:2.0");
        }
        attribute(out, "srcLang", &self.head.source_lang);
        if let Some(lang) = &self.head.target_lang {
            attribute(out, "trgLang", lang);
        }
        push(out, ">\n");
    }

    fn document(&self, doc: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        push(out, " <file");
        attribute(out, "id", &name_part(&doc.id));
        attribute(out, "original", &original(doc));
        // Ids must survive, and sources are compared when translations come home.
        push(out, " canResegment=\"no\" xml:space=\"preserve\">\n");
        if self.head.limits {
            push(out, "  <slr:profiles generalProfile=\"xliff:codepoints\"/>\n");
        }
        for unit in units {
            self.unit(out, unit);
        }
        push(out, " </file>\n");
    }

    fn tail(&self, out: &mut Vec<u8>) {
        push(out, "</xliff>\n");
    }
}

/// The id of the only segment of a unit, where something has to point to it.
const ONLY: &str = "s1";

impl Xliff {
    fn unit(&self, out: &mut Vec<u8>, unit: &Unit<'_>) {
        push(out, "  <unit");
        attribute(out, "id", unit.id);
        if let Some(most) = unit.max_chars {
            attribute(out, "slr:sizeRestriction", &most.to_string());
        }
        push(out, ">\n");
        let several = unit.parts.len() > 1;
        // A proposal needs a target language.
        let matches = if self.head.target_lang.is_some() { unit.matches.as_slice() } else { &[] };
        if !matches.is_empty() {
            push(out, "   <mtc:matches xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\">\n");
            for (number, found) in matches.iter().enumerate() {
                let percent = found.percent.min(100).to_string();
                push(out, "    <mtc:match");
                attribute(out, "id", &format!("m{}", number + 1));
                let place = if several { unit.parts[0].segment.id.as_str() } else { ONLY };
                attribute(out, "ref", &format!("#{place}"));
                attribute(out, "type", if found.percent > 100 { "icm" } else { "tm" });
                attribute(out, "similarity", &percent);
                attribute(out, "matchQuality", &percent);
                attribute(out, "origin", &found.origin);
                push(out, ">");
                element(out, "source", &found.source);
                element(out, "target", &found.target);
                push(out, "</mtc:match>\n");
            }
            push(out, "   </mtc:matches>\n");
        }
        if !unit.notes.is_empty() {
            push(out, "   <notes>\n");
            for note in &unit.notes {
                push(out, "    <note");
                attribute(out, "category", note.category);
                push(out, ">");
                push(out, &xml(&note.text));
                push(out, "</note>\n");
            }
            push(out, "   </notes>\n");
        }
        for (number, part) in unit.parts.iter().enumerate() {
            if !part.gap.is_empty() {
                push(out, "   <ignorable>");
                element(out, "source", part.gap);
                push(out, "</ignorable>\n");
            }
            let id = match (several, matches) {
                (true, _) => Some(part.segment.id.as_str()),
                (false, [_, ..]) => Some(ONLY),
                (false, []) => None,
            };
            self.segment(out, &unit.parts, number, id);
        }
        push(out, "  </unit>\n");
    }

    fn segment(&self, out: &mut Vec<u8>, parts: &[Part<'_>], at: usize, id: Option<&str>) {
        let part = &parts[at];
        let marking = self.head.inline_marks.then_some(self as &dyn Marking);
        push(out, "   <segment");
        if let Some(id) = id {
            attribute(out, "id", id);
        }
        attribute(out, "state", part.state.name());
        push(out, "><source>");
        push_source(out, parts, at, marking);
        push(out, "</source>");
        if let Some(target) = &part.target {
            push(out, "<target>");
            push_target(out, part, target, marking);
            push(out, "</target>");
        }
        push(out, "</segment>\n");
    }
}

impl Marking for Xliff {
    fn open(&self, spot: Spot<'_>, out: &mut Vec<u8>) {
        match spot {
            Spot::Code(number, markup) => {
                let (kind, of_kind) = match markup.style {
                    Style::Emphasis => ("fmt", Some("xlf:i")),
                    Style::Strong => ("fmt", Some("xlf:b")),
                    Style::Deleted => ("fmt", Some("nutgraf:deleted")),
                    Style::Code => ("fmt", Some("nutgraf:code")),
                    Style::Link => ("link", None),
                };
                push(out, "<pc");
                attribute(out, "id", &number.to_string());
                attribute(out, "type", kind);
                if let Some(of_kind) = of_kind {
                    attribute(out, "subType", of_kind);
                }
                if let Some(href) = &markup.href {
                    attribute(out, "dispEnd", href);
                }
                push(out, ">");
            }
            Spot::Guarded(number, item) => {
                push(out, "<mrk");
                attribute(out, "id", &format!("p{number}"));
                if item.verbatim {
                    attribute(out, "translate", "no");
                } else {
                    attribute(out, "type", &format!("nutgraf:{}", item.kind));
                }
                push(out, ">");
            }
        }
    }

    fn close(&self, spot: Spot<'_>, out: &mut Vec<u8>) {
        push(out, if matches!(spot, Spot::Code(..)) { "</pc>" } else { "</mrk>" });
    }
}
