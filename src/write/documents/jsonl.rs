//! Cleaned documents as JSON lines; keys stand in a fixed order and are always there, `null` where unknown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::doc::done::Done;
use crate::doc::record::Source;
use crate::write::Writer;
use crate::write::about::lang;
use crate::write::bytes::push_json;
use crate::write::documents::text;
use crate::write::jsonl::Boilerplate;

/// The shape of `extract --format jsonl`. A document that was extracted before is written as it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Jsonl {}

impl Writer for Jsonl {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        push_json(out, &Line::of(done));
        out.push(b'\n');
    }
}

/// The object; its fields are the keys, in order.
#[derive(Serialize)]
struct Line<'d> {
    id: &'d str,
    source: Place<'d>,
    lang: &'d str,
    title: Option<&'d str>,
    byline: Option<&'d str>,
    publisher: Option<&'d str>,
    published: Option<&'d str>,
    dek: Option<&'d str>,
    url: Option<&'d str>,
    text: String,
    boilerplate: Around<'d>,
    extra: &'d BTreeMap<String, Box<RawValue>>,
}

/// Where it was found: now, or by the extraction before.
#[derive(Serialize)]
#[serde(untagged)]
enum Place<'d> {
    Now(&'d Source),
    Before(&'d RawValue),
}

/// What stood around it: now, or in the extraction before.
#[derive(Serialize)]
#[serde(untagged)]
enum Around<'d> {
    Now(Boilerplate<'d>),
    Before(&'d RawValue),
}

impl<'d> Line<'d> {
    fn of(done: &'d Done) -> Self {
        let document = &done.document;
        let meta = &document.meta;
        let (source, boilerplate) = match document.extracted.as_deref() {
            Some(before) => (Place::Before(&before.source), Around::Before(&before.boilerplate)),
            None => (Place::Now(&document.source), Around::Now(Boilerplate(done))),
        };
        Self {
            id: &done.id,
            source,
            lang: lang(done),
            title: meta.title.as_deref(),
            byline: meta.byline.as_deref(),
            publisher: meta.publisher.as_deref(),
            published: meta.published.as_deref(),
            dek: meta.dek.as_deref(),
            url: meta.url.as_deref(),
            text: text(done),
            boilerplate,
            extra: &document.extra,
        }
    }
}
