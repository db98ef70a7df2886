//! Segments for translators as JSON lines: one object a segment, to be filled in and put back.

use serde::{Deserialize, Serialize};

use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::bytes::push_json;
use crate::write::unit::{Scope, units};

/// `{"id","doc","source","target","state","note"}`, one a line; `target` is null, `state` is `initial`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Units {
    /// Which segments are written.
    pub scope: Scope,
}

impl Writer for Units {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        for unit in units(done, self.scope) {
            let line = Line {
                id: &unit.segment.id,
                doc: &done.id,
                source: unit.source(),
                target: None,
                state: "initial",
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
    source: &'d str,
    target: Option<&'d str>,
    state: &'static str,
    note: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn every_segment_is_one_line() {
        insta::assert_snapshot!(rendered(&Units::default(), &[sample::council(), sample::empty()]));
    }

    #[test]
    fn hostile_text_comes_back_as_it_was() {
        let done = sample::hostile();
        let lines = rendered(&Units { scope: Scope::Body }, std::slice::from_ref(&done));
        let body: Vec<_> = units(&done, Scope::Body).map(|unit| unit.source()).collect();
        assert_eq!(lines.lines().count(), body.len());
        for (line, source) in lines.lines().zip(body) {
            let value: serde_json::Value = serde_json::from_str(line).expect("valid JSON");
            assert_eq!(value["source"], source);
        }
    }
}
