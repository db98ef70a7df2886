//! One object a group, its keys in a fixed order.

use serde::{Deserialize, Serialize};

use crate::doc::done::Done;
use crate::group::{Group, Member, Sentence};
use crate::write::Writer;
use crate::write::bytes::push_json;

/// JSON lines: the group's name, its summary with the document of each sentence, and the ids of all its documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Jsonl {}

impl Writer for Jsonl {
    fn render(&self, _: &Done, _: &mut Vec<u8>) {}

    fn render_group(&self, group: &Group<'_>, out: &mut Vec<u8>) {
        push_json(out, &Line::of(group));
        out.push(b'\n');
    }
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'g> {
    group: &'g str,
    summary: SummaryPart<'g>,
    docs: Vec<&'g str>,
}

#[derive(Serialize)]
struct SummaryPart<'g> {
    sentences: Vec<&'g str>,
    segments: Vec<Place<'g>>,
    words: u64,
}

#[derive(Serialize)]
struct Place<'g> {
    doc: &'g str,
    id: &'g str,
}

impl<'g> Line<'g> {
    fn of(group: &Group<'g>) -> Self {
        let place =
            |(member, sentence): (&'g Member, &'g Sentence)| Place { doc: &member.id, id: &sentence.id };
        Self {
            group: group.name,
            summary: SummaryPart {
                sentences: group.sentences().map(|(_, sentence)| &*sentence.text).collect(),
                segments: group.sentences().map(place).collect(),
                words: group.words(),
            },
            docs: group.members.iter().map(|member| &*member.id).collect(),
        }
    }
}
