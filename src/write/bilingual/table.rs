//! Units as tables, to be filled in and put back: tabs with escapes, or commas as RFC 4180 has them.

use crate::bilingual::skeleton::Doc;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::Form;
use crate::write::bytes::push;
use crate::write::tsv::push_row;

/// The columns, under a header.
pub(super) const COLUMNS: [&str; 5] = ["id", "source", "target", "state", "note"];

/// The cells of a unit, in the order of [`COLUMNS`].
pub(super) fn cells(unit: &Unit<'_>) -> [String; 5] {
    let state = unit.state().name().to_owned();
    [unit.id.to_owned(), unit.source(), unit.target().unwrap_or_default(), state, unit.note()]
}

/// Cells parted by tabs; tab, line feed, carriage return and backslash are escaped.
#[derive(Debug)]
pub(super) struct Tsv;

impl Form for Tsv {
    fn head(&self, out: &mut Vec<u8>) {
        push_row(out, &COLUMNS);
    }

    fn document(&self, _: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        for unit in units {
            push_row(out, &cells(unit).each_ref().map(String::as_str));
        }
    }
}

/// Cells parted by commas, quoted where they need it; lines end in CR and LF.
#[derive(Debug)]
pub(super) struct Csv;

impl Form for Csv {
    fn head(&self, out: &mut Vec<u8>) {
        row(out, &COLUMNS);
    }

    fn document(&self, _: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        for unit in units {
            row(out, &cells(unit).each_ref().map(String::as_str));
        }
    }
}

fn row(out: &mut Vec<u8>, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            push(out, "\"");
            push(out, &cell.replace('"', "\"\""));
            push(out, "\"");
        } else {
            push(out, cell);
        }
    }
    push(out, "\r\n");
}
