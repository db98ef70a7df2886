//! GNU gettext's PO: one entry a unit, its id as the context, so that equal sources stay apart.

use crate::bilingual::skeleton::Doc;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::{FileHead, Form};
use crate::write::bytes::push;

/// A catalogue.
#[derive(Debug)]
pub(super) struct Po {
    pub(super) head: FileHead,
}

impl Form for Po {
    fn head(&self, out: &mut Vec<u8>) {
        let target = self.head.target_lang.as_deref().unwrap_or_default().replace('-', "_");
        push(out, "msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n");
        push(out, "\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n");
        for (key, value) in [("Language", target.as_str()), ("X-Source-Language", &self.head.source_lang)] {
            push(out, &format!("\"{key}: {value}\\n\"\n"));
        }
        push(out, concat!("\"X-Generator: nutgraf ", env!("CARGO_PKG_VERSION"), "\\n\"\n"));
    }

    fn document(&self, _: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        for unit in units {
            push(out, "\n");
            for note in &unit.notes {
                push(out, "#. ");
                push(out, note.category);
                push(out, ": ");
                let one_line: String =
                    note.text.chars().map(|c| if is_line_end(c) { ' ' } else { c }).collect();
                push(out, &one_line);
                push(out, "\n");
            }
            keyword(out, "msgctxt", unit.id);
            keyword(out, "msgid", &unit.source());
            keyword(out, "msgstr", unit.target().as_deref().unwrap_or_default());
        }
    }
}

/// Whether some reader of lines takes `c` for an end of a line.
fn is_line_end(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn keyword(out: &mut Vec<u8>, name: &str, text: &str) {
    push(out, name);
    push(out, " \"");
    for c in text.chars() {
        match c {
            '"' => push(out, "\\\""),
            '\\' => push(out, "\\\\"),
            '\n' => push(out, "\\n"),
            '\t' => push(out, "\\t"),
            '\r' => push(out, "\\r"),
            // Tools cut lines here, or lose what follows.
            '\u{85}' | '\u{2028}' | '\u{2029}' => push(out, " "),
            c if c.is_control() => {}
            c => push(out, c.encode_utf8(&mut [0; 4])),
        }
    }
    push(out, "\"\n");
}
