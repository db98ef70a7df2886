//! TMX 1.4b (LISA, 2005): one `tu` a unit, one pair of languages a file.

use crate::base::escape::xml;
use crate::bilingual::skeleton::Doc;
use crate::translate::unit::{Note, Unit};
use crate::write::bilingual::file::{FileHead, Form, attribute, element};
use crate::write::bytes::push;

/// A memory of sources, with the translations that are known.
#[derive(Debug)]
pub(super) struct Tmx {
    pub(super) head: FileHead,
}

impl Form for Tmx {
    fn head(&self, out: &mut Vec<u8>) {
        head(out, &self.head.source_lang);
    }

    fn document(&self, _: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        for one in units {
            let filled = one.target();
            let target = self.head.target_lang.as_deref().zip(filled.as_deref());
            unit(out, one.id, &one.notes, (&self.head.source_lang, &one.source()), target);
        }
    }

    fn tail(&self, out: &mut Vec<u8>) {
        tail(out);
    }
}

/// What stands before the first unit.
pub(in crate::write) fn head(out: &mut Vec<u8>, source_lang: &str) {
    push(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n <header");
    attribute(out, "creationtool", "nutgraf");
    attribute(out, "creationtoolversion", env!("CARGO_PKG_VERSION"));
    push(out, " segtype=\"sentence\" o-tmf=\"nutgraf\" adminlang=\"en\"");
    attribute(out, "srclang", source_lang);
    push(out, " datatype=\"plaintext\"/>\n <body>\n");
}

/// A unit with its notes; `source` and `target` are each a language and a text.
pub(in crate::write) fn unit(
    out: &mut Vec<u8>,
    id: &str,
    notes: &[Note],
    source: (&str, &str),
    target: Option<(&str, &str)>,
) {
    push(out, "  <tu");
    attribute(out, "tuid", id);
    push(out, ">\n");
    for note in notes {
        push(out, "   <prop");
        attribute(out, "type", &format!("x-{}", note.category));
        push(out, ">");
        push(out, &xml(&note.text));
        push(out, "</prop>\n");
    }
    for (lang, text) in [Some(source), target].into_iter().flatten() {
        variant(out, lang, text);
    }
    push(out, "  </tu>\n");
}

/// What stands after the last unit.
pub(in crate::write) fn tail(out: &mut Vec<u8>) {
    push(out, " </body>\n</tmx>\n");
}

fn variant(out: &mut Vec<u8>, lang: &str, text: &str) {
    push(out, "   <tuv");
    attribute(out, "xml:lang", lang);
    push(out, ">");
    element(out, "seg", text);
    push(out, "</tuv>\n");
}
