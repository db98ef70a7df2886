//! Units as JSON lines: one object a unit, to be filled in and put back.

use serde::Serialize;

use crate::bilingual::skeleton::Doc;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::Form;
use crate::write::bytes::push_json;

/// `{"id","doc","source","target","state","note"}`, one a line.
#[derive(Debug)]
pub(super) struct Units;

impl Form for Units {
    fn head(&self, _: &mut Vec<u8>) {}

    fn document(&self, doc: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        for unit in units {
            let line = Line {
                id: unit.id,
                doc: &doc.id,
                source: unit.source(),
                target: unit.target(),
                state: unit.state().name(),
                note: unit.note(),
            };
            push_json(out, &line);
            out.push(b'\n');
        }
    }
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    id: &'d str,
    doc: &'d str,
    source: String,
    target: Option<String>,
    state: &'static str,
    note: String,
}
