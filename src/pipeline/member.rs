//! From a finished document to a member of its group.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::error::{DocErrorKind, place};
use crate::doc::block::Role;
use crate::doc::done::Done;
use crate::doc::segment::Segment;
use crate::group::{Member, Sentence};
use crate::lex::analyzed::Surface;
use crate::pipeline::plan::Stages;
use crate::pipeline::process::Scratch;
use crate::pipeline::surface::surfaces;

/// The name of the group that a document belongs to: its value of `field`.
///
/// `field` is a known field by the contract's name, or one that the record has beside those; dots lead into objects.
/// `published` is the day alone. Numbers and truth values are named as JSON writes them.
///
/// # Errors
/// Where the field is absent, null, empty, a list or an object.
pub fn group_of(done: &Done, field: &str) -> Result<String, DocErrorKind> {
    let refuse = |found| DocErrorKind::Ungrouped { field: field.to_owned(), found };
    match known(done, field).or_else(|| beside(done, field)) {
        None | Some(Value::Null) => Err(refuse("absent")),
        Some(Value::Array(_)) => Err(refuse("a list")),
        Some(Value::Object(_)) => Err(refuse("an object")),
        Some(Value::String(text)) if text.trim().is_empty() => Err(refuse("empty")),
        Some(Value::String(text)) => Ok(text),
        Some(value @ (Value::Bool(_) | Value::Number(_))) => Ok(value.to_string()),
    }
}

/// The value of a known field that can name a group, null when it is absent; `None` when there is no such field.
fn known(done: &Done, field: &str) -> Option<Value> {
    let meta = &done.document.meta;
    let value = match field {
        "id" => Some(&done.id),
        "title" => meta.title.as_ref(),
        "dek" => meta.dek.as_ref(),
        "lang" => return Some(done.document.lang_or_unknown().to_string().into()),
        "url" => meta.url.as_ref(),
        "published" => {
            let day = meta.published.as_deref().map(|date| date.get(..10).unwrap_or(date));
            return Some(day.into());
        }
        "byline" => meta.byline.as_ref(),
        "publisher" => meta.publisher.as_ref(),
        _ => return None,
    };
    Some(value.map(String::as_str).into())
}

/// The value of a field that the record has beside the known ones: one of that whole name, else one that dots lead to.
fn beside(done: &Done, field: &str) -> Option<Value> {
    let extra = &done.document.extra;
    let read = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).ok();
    if let Some(raw) = extra.get(field) {
        return read(raw);
    }
    let (first, rest) = field.split_once('.')?;
    let value = read(extra.get(first)?)?;
    rest.split('.').try_fold(value, |value, key| value.get(key).cloned())
}

/// What its group needs of a document.
pub fn member(done: &Done, stages: &Stages, scratch: &mut Scratch) -> Member {
    let body: Vec<&Segment> = body(done).collect();
    let texts: Vec<&str> = body.iter().map(|segment| done.text(segment)).collect();
    let lang = done.document.lang_or_unknown();
    let source = &done.document.source;
    let sentence = |(number, surface): (usize, Surface)| Sentence {
        id: body[number].id,
        text: texts[number].into(),
        furniture: surface.furniture,
        dangles: number > 0 && surface.dangles == Some(true),
    };
    Member {
        id: done.id.clone(),
        meta: done.document.meta.clone(),
        place: place(&source.path, source.member.as_deref(), source.record),
        sentences: surfaces(&texts, &lang).enumerate().map(sentence).collect(),
        terms: scratch.analyzer.sequences(lang.primary(), stages.model.as_deref(), texts.iter().copied()),
    }
}

/// Gives a member the ids of its document, which was renamed.
pub fn adopt_ids(member: &mut Member, done: &Done) {
    member.id.clone_from(&done.id);
    for (sentence, segment) in member.sentences.iter_mut().zip(body(done)) {
        sentence.id = segment.id;
    }
}

fn body(done: &Done) -> impl Iterator<Item = &Segment> {
    done.segments.iter().filter(|segment| segment.role == Role::Body)
}
