//! One line of JSON lines: one document, its known fields decoded and the others kept as they stood.
//!
//! One pass over the line; nothing is built for what has no meaning here. Of a key that stands twice, the last counts.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::error::{DocError, DocErrorKind};
use crate::base::lang::Lang;
use crate::doc::document::{Document, Extracted, Field, Meta};
use crate::doc::record::Source;
use crate::doc::text::Text;
use crate::read::fields::{Fields, Known, Members, take};
use crate::read::surrogates::without_lone_surrogates;
use crate::read::{ReadOptions, Reader, failed, html};

/// How deep values that have no meaning here may be nested: as deep as `serde_json` reads them back.
const DEPTH: usize = 127;

/// Reads one JSON object.
#[derive(Debug, Clone, Copy)]
pub struct Jsonl;

impl Reader for Jsonl {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        options: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let mut object = match object(&bytes, &options.fields) {
            Ok(object) => object,
            Err(kind) => return Err(failed(&source, None, kind)),
        };
        if let Err(kind) = object.finish(options) {
            return Err(failed(&source, object.id, kind));
        }
        let html = object.html.take().filter(|_| object.text.is_none());
        let mut document = object.into_document(source);
        if let Some(html) = html {
            html::fill(&mut document, Text::as_read(html))
                .map_err(|kind| failed(&document.source, document.id.clone(), kind))?;
        }
        out.push(document);
        Ok(())
    }
}

/// The members of one line's object, with what is left to be done to them.
struct Object<'f> {
    fields: &'f Fields,
    id: Option<String>,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    dek: Option<String>,
    lang: Option<Box<RawValue>>,
    published: Option<Box<RawValue>>,
    meta: Meta,
    language: Option<Lang>,
    extra: BTreeMap<String, Box<RawValue>>,
    extracted: Option<Box<Extracted>>,
    /// The first member that is not what its meaning asks for.
    wrong: Option<Wrong>,
}

/// A known field of another type than it must have.
#[derive(Clone, Copy)]
struct Wrong {
    field: Known,
    expected: &'static str,
    found: &'static str,
}

fn object<'f>(line: &[u8], fields: &'f Fields) -> Result<Object<'f>, DocErrorKind> {
    let line = std::str::from_utf8(line)
        .map_err(|e| DocErrorKind::Encoding { encoding: "UTF-8", at: e.valid_up_to() as u64 })?;
    if !line.trim_ascii_start().starts_with('{') {
        return Err(malformed("not a JSON object"));
    }
    let parse = |line: &str| {
        let mut json = serde_json::Deserializer::from_str(line);
        json.deserialize_map(Line(fields)).and_then(|object| json.end().map(|()| object))
    };
    let object = parse(line).or_else(|e| match without_lone_surrogates(line) {
        Some(mended) => parse(&mended),
        None => Err(e),
    });
    object.map_err(|e| malformed(&complaint(&e)))
}

/// What the parser said, with the column as the only position: a record is one line.
fn complaint(e: &serde_json::Error) -> String {
    let said = e.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    match e.column() {
        0 => format!("not valid JSON: {what}"),
        column => format!("not valid JSON: {what} at column {column}"),
    }
}

fn malformed(reason: &str) -> DocErrorKind {
    DocErrorKind::Malformed { reason: reason.to_owned() }
}

impl<'f> Object<'f> {
    fn new(fields: &'f Fields) -> Self {
        Self {
            fields,
            id: None,
            text: None,
            html: None,
            title: None,
            dek: None,
            lang: None,
            published: None,
            meta: Meta::default(),
            language: None,
            extra: BTreeMap::new(),
            extracted: None,
            wrong: None,
        }
    }

    /// Looks up what stands inside objects, then reads what depends on other members.
    fn finish(&mut self, options: &ReadOptions) -> Result<(), DocErrorKind> {
        self.take_nested()?;
        if let Some(deep) = self.extra.iter().find(|(_, value)| is_deeper(value.get(), DEPTH)) {
            return Err(malformed(&format!("field `{}` is nested deeper than {DEPTH}", deep.0)));
        }
        self.merge_extra();
        self.read_lang().map_err(|e| malformed(&complaint(&e)))?;
        if let Some(Wrong { field, expected, found }) = self.wrong {
            let key = self.fields.key(field);
            return Err(malformed(&format!("field `{key}` is {found}, not {expected}")));
        }
        self.read_date(options);
        match (&self.text, &self.html) {
            (Some(_), _) | (None, Some(_)) => Ok(()),
            (None, None) => Err(match self.fields.key(Known::Text) {
                "text" => malformed("no text field"),
                key => malformed(&format!("no field `{key}`, which was to be the text")),
            }),
        }
    }

    fn into_document(self, source: Source) -> Document {
        Document {
            id: self.id,
            source,
            lang: self.language,
            meta: self.meta,
            extra: self.extra,
            text: Field::plain(self.text.unwrap_or_default()),
            lines: false,
            title: self.title.map(Field::plain),
            dek: self.dek.map(Field::plain),
            extracted: self.extracted,
            page: None,
        }
    }

    /// Moves known fields that stand inside other members to where they belong; the rest of those members stays.
    fn take_nested(&mut self) -> Result<(), DocErrorKind> {
        let fields = self.fields;
        for (known, path) in fields.nested() {
            // A member whose own name has the dots was taken before.
            let Some((first, deeper)) = path.split_first() else { continue };
            let Some((value, rest)) = self.extra.get(*first).and_then(|within| take(within, deeper)) else {
                continue;
            };
            match rest {
                Some(rest) => self.extra.insert((*first).to_owned(), rest),
                None => self.extra.remove(*first),
            };
            let mut json = serde_json::Deserializer::from_str(value.get());
            self.set(known, &mut json).map_err(|e| malformed(&complaint(&e)))?;
        }
        Ok(())
    }

    /// What our own output holds under `extra` goes back to where it came from, so that reading it again adds nothing.
    fn merge_extra(&mut self) {
        let Some(Members(members)) = self.extra.get("extra").and_then(|extra| Members::of(extra)) else {
            return;
        };
        self.extra.remove("extra");
        if let Some(source) = self.extra.remove("source") {
            match self.extra.remove("boilerplate") {
                Some(boilerplate) => self.extracted = Some(Box::new(Extracted { source, boilerplate })),
                None => drop(self.extra.insert("source".to_owned(), source)),
            }
        }
        for (key, value) in members {
            self.extra.entry(key).or_insert(value);
        }
    }

    /// Keeps a known field that could not be read under `extra`, by its own name.
    fn keep(&mut self, known: Known, raw: Box<RawValue>) {
        self.extra.insert(self.fields.key(known).to_owned(), raw);
    }

    /// A tag that has not the shape of one says nothing and is kept aside.
    fn read_lang(&mut self) -> Result<(), serde_json::Error> {
        let Some(raw) = self.lang.take() else { return Ok(()) };
        let tag = self.words(Known::Lang, &mut serde_json::Deserializer::from_str(raw.get()))?;
        if let Some(tag) = tag {
            self.language = Lang::parse(&tag);
            if self.language.is_none() {
                self.keep(Known::Lang, raw);
            }
        }
        Ok(())
    }

    /// A date that cannot be read is kept aside and fails nothing.
    fn read_date(&mut self, options: &ReadOptions) {
        let Some(raw) = self.published.take() else { return };
        let lang = options.lang.as_ref().or(self.language.as_ref());
        match serde_json::from_str::<Option<String>>(raw.get()) {
            Ok(None) => {}
            Ok(Some(date)) if date.is_empty() => {}
            Ok(Some(date)) => match (options.parse_date)(&date, lang) {
                Some(date) => self.meta.published = Some(date),
                None => self.keep(Known::Published, raw),
            },
            Err(_) => self.keep(Known::Published, raw),
        }
    }

    /// Reads the value of a known field.
    fn set<'de, D: Deserializer<'de>>(&mut self, known: Known, value: D) -> Result<(), D::Error> {
        match known {
            Known::Lang => self.lang = Some(raw(value)?),
            Known::Published => self.published = Some(raw(value)?),
            Known::Id => self.id = self.id_of(&raw(value)?).map_err(D::Error::custom)?,
            Known::Text => self.text = self.words(known, value)?,
            Known::Html => self.html = self.words(known, value)?,
            Known::Title => self.title = self.words(known, value)?,
            Known::Dek => self.dek = self.words(known, value)?,
            Known::Url => self.meta.url = self.words(known, value)?,
            Known::Byline => self.meta.byline = self.words(known, value)?,
            Known::Publisher => self.meta.publisher = self.words(known, value)?,
        }
        Ok(())
    }

    /// An id is a string, or a number as it is written.
    fn id_of(&mut self, raw: &RawValue) -> Result<Option<String>, serde_json::Error> {
        match raw.get().as_bytes().first() {
            Some(b'0'..=b'9' | b'-') => Ok(Some(raw.get().to_owned())),
            _ => self.words(Known::Id, &mut serde_json::Deserializer::from_str(raw.get())),
        }
    }

    /// A string; for the byline also a list of them, joined by `; `. Empty ones and null are absent.
    fn words<'de, D: Deserializer<'de>>(
        &mut self,
        field: Known,
        value: D,
    ) -> Result<Option<String>, D::Error> {
        let expected = match field {
            Known::Id => "a string or number",
            Known::Byline => "a string or list of strings",
            _ => "a string",
        };
        let found = match value.deserialize_any(Words)? {
            Value::Words(words) => return Ok(Some(words)),
            Value::Absent => return Ok(None),
            Value::List(Some(names)) if field == Known::Byline => {
                return Ok((!names.is_empty()).then(|| names.join("; ")));
            }
            Value::List(Some(_)) => "a list",
            Value::List(None) => "a list of other things",
            Value::Other(what) => what,
        };
        self.wrong = self.wrong.or(Some(Wrong { field, expected, found }));
        Ok(None)
    }
}

fn raw<'de, D: Deserializer<'de>>(value: D) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(value)
}

/// Reads the object of a line.
struct Line<'f>(&'f Fields);

impl<'de, 'f> Visitor<'de> for Line<'f> {
    type Value = Object<'f>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'f>, A::Error> {
        let mut object = Object::new(self.0);
        while let Some(key) = map.next_key_seed(KeySeed(self.0))? {
            match key {
                Key::Known(known) => map.next_value_seed(Slot(&mut object, known))?,
                Key::Other(name) => {
                    object.extra.insert(name, map.next_value()?);
                }
            }
        }
        Ok(object)
    }
}

/// A key, looked up before it is copied.
enum Key {
    Known(Known),
    Other(String),
}

#[derive(Clone, Copy)]
struct KeySeed<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Key, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(self.0.known(key).map_or_else(|| Key::Other(key.to_owned()), Key::Known))
    }
}

/// Where the value of a known field goes.
struct Slot<'o, 'f>(&'o mut Object<'f>, Known);

impl<'de> DeserializeSeed<'de> for Slot<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.0.set(self.1, value)
    }
}

/// A value of any type, as far as known fields need it.
enum Value {
    /// A string that is not empty.
    Words(String),
    /// Null or an empty string.
    Absent,
    /// A list: its strings, or `None` when something else is in it.
    List(Option<Vec<String>>),
    /// Anything else, by the name that messages give it.
    Other(&'static str),
}

/// Reads a [`Value`].
struct Words;

impl<'de> Visitor<'de> for Words {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, words: &str) -> Result<Value, E> {
        Ok(if words.is_empty() { Value::Absent } else { Value::Words(words.to_owned()) })
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Absent)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("a boolean"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut names = Some(Vec::new());
        while let Some(next) = list.next_element_seed(AnyWords)? {
            match (next, &mut names) {
                (Value::Words(name), Some(names)) => names.push(name),
                (Value::Absent | Value::Words(_), _) => {}
                (Value::List(_) | Value::Other(_), _) => names = None,
            }
        }
        Ok(Value::List(names))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("an object"))
    }
}

/// Reads a [`Value`] inside a list.
struct AnyWords;

impl<'de> DeserializeSeed<'de> for AnyWords {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(Words)
    }
}

/// Whether `json` nests lists and objects more than `depth` deep.
fn is_deeper(json: &str, depth: usize) -> bool {
    let opens = json.starts_with(['[', '{'])
        && memchr::memchr2_iter(b'[', b'{', json.as_bytes()).nth(depth).is_some();
    if !opens {
        return false;
    }
    let (mut open, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                open += 1;
                if open > depth {
                    return true;
                }
            }
            b']' | b'}' if !quoted => open = open.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with(line: impl AsRef<[u8]>, options: &ReadOptions) -> Result<Document, DocError> {
        let mut out = Vec::new();
        Jsonl.read(line.as_ref().to_vec(), Source::default(), options, &mut out)?;
        assert_eq!(out.len(), 1);
        Ok(out.remove(0))
    }

    fn read(line: impl AsRef<[u8]>) -> Document {
        read_with(line, &ReadOptions::default()).unwrap()
    }

    fn refusal(line: impl AsRef<[u8]>) -> String {
        read_with(line, &ReadOptions::default()).unwrap_err().kind.to_string()
    }

    fn extra(document: &Document) -> String {
        serde_json::to_string(&document.extra).unwrap()
    }

    #[test]
    fn known_fields_are_decoded_and_unknown_ones_kept_as_they_stood() {
        let document = read(
            r#" {"id":"a/1","text":"One.\nTwo \u00e9\ud83d\ude00.","title":"T","dek":"D","lang":"pt_BR","url":"http://x",
               "byline":["Ann","","Bob",null],"publisher":"P","score": 1.50,"tags":[ "a" ],"none":null} "#,
        );
        assert_eq!(document.id.as_deref(), Some("a/1"));
        assert_eq!(document.text.text.as_str(), "One.\nTwo é😀.");
        assert_eq!(document.title.as_ref().map(|t| t.text.as_str()), Some("T"));
        assert_eq!(document.dek.as_ref().map(|t| t.text.as_str()), Some("D"));
        assert_eq!(document.lang.as_ref().map(Lang::as_str), Some("pt-BR"));
        assert_eq!(document.meta.byline.as_deref(), Some("Ann; Bob"));
        assert_eq!(document.meta.publisher.as_deref(), Some("P"));
        assert_eq!(document.meta.url.as_deref(), Some("http://x"));
        assert_eq!(extra(&document), r#"{"none":null,"score":1.50,"tags":[ "a" ]}"#);
    }

    #[test]
    fn empty_strings_and_null_are_absent() {
        let document = read(
            r#"{"id":"","text":"x","title":null,"dek":"","lang":"","url":null,"byline":[],"published":""}"#,
        );
        assert!(document.id.is_none() && document.title.is_none() && document.dek.is_none());
        assert_eq!((document.lang, document.meta), (None, Meta::default()));
        assert!(document.extra.is_empty());
    }

    #[test]
    fn a_number_as_id_is_kept_as_it_is_written() {
        assert_eq!(
            read(r#"{"id":12345678901234567890123,"text":"x"}"#).id.as_deref(),
            Some("12345678901234567890123")
        );
        assert_eq!(read(r#"{"id": -1.50 ,"text":"x"}"#).id.as_deref(), Some("-1.50"));
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        let document = read(r#"{"text":"a","x":1,"title":"T","text":"b","x":2,"title":null}"#);
        assert_eq!(document.text.text.as_str(), "b");
        assert_eq!(extra(&document), r#"{"x":2}"#);
        assert!(document.title.is_none());
    }

    #[test]
    fn refusals_name_the_field_and_what_stands_there() {
        insta::assert_snapshot!(refusal(r#"{"text":5}"#), @"field `text` is a number, not a string");
        insta::assert_snapshot!(refusal(r#"{"text":"x","id":[]}"#), @"field `id` is a list, not a string or number");
        insta::assert_snapshot!(refusal(r#"{"text":"x","byline":[{"name":"A"}]}"#), @"field `byline` is a list of other things, not a string or list of strings");
        insta::assert_snapshot!(refusal(r#"{"text":"x","lang":true}"#), @"field `lang` is a boolean, not a string");
        insta::assert_snapshot!(refusal(r#"{"title":"x"}"#), @"no text field");
        insta::assert_snapshot!(refusal(r#"{"text":""}"#), @"no text field");
        insta::assert_snapshot!(refusal(r#"{"html":"<br>"}"#), @"a page without text");
        insta::assert_snapshot!(refusal("[1]"), @"not a JSON object");
        insta::assert_snapshot!(refusal(r#"{"text":"x""#), @"not valid JSON: EOF while parsing an object at column 11");
        insta::assert_snapshot!(refusal(r#"{"text":"x"} {"#), @"not valid JSON: trailing characters at column 14");
        insta::assert_snapshot!(refusal(b"{\"text\":\"\xe9\"}"), @"not valid UTF-8 at byte 9");
    }

    #[test]
    fn a_failure_carries_the_id_where_it_is_known() {
        let failed = read_with(r#"{"id":"a"}"#, &ReadOptions::default()).unwrap_err();
        assert_eq!(failed.id.as_deref(), Some("a"));
    }

    #[test]
    fn deep_nesting_fails_its_record_and_no_stack() {
        let deep = |depth: usize| format!(r#"{{"text":"x","y":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(read(deep(DEPTH)).extra.contains_key("y"));
        assert_eq!(refusal(deep(DEPTH + 1)), "field `y` is nested deeper than 127");
        assert_eq!(refusal(deep(1_000_000)), "field `y` is nested deeper than 127");
        assert!(refusal(deep(1_000_000).replace("\"y\"", "\"title\"")).contains("recursion limit"));
        assert!(read(format!(r#"{{"text":"x","y":"{}"}}"#, "[".repeat(999))).extra.contains_key("y"));
    }

    #[test]
    fn dates_go_through_the_reader_of_dates_and_stay_aside_when_it_cannot_read_them() {
        let options = ReadOptions {
            parse_date: |date, lang| {
                (date == "1er juin" && lang?.as_str() == "fr").then(|| "2023-06-01".to_owned())
            },
            ..ReadOptions::default()
        };
        let read = |line: &str| read_with(line, &options).unwrap();
        assert_eq!(
            read(r#"{"published":"1er juin","text":"x","lang":"fr"}"#).meta.published.as_deref(),
            Some("2023-06-01")
        );
        assert_eq!(extra(&read(r#"{"published":"soon","text":"x"}"#)), r#"{"published":"soon"}"#);
        assert_eq!(extra(&read(r#"{"published":20230601,"text":"x"}"#)), r#"{"published":20230601}"#);
        assert_eq!(extra(&read(r#"{"text":"x","lang":"not a tag"}"#)), r#"{"lang":"not a tag"}"#);
    }

    #[test]
    fn renamed_fields_are_read_from_there_and_not_kept_twice() {
        let fields = Fields::parse(&["text=body", "title=head.line.main", "byline=head.by"]).unwrap();
        let options = ReadOptions { fields, ..ReadOptions::default() };
        let document = read_with(
            r#"{"body":"x","text":"other","head":{"line":{"main":"T"},"by":["A","B"],"n":1}}"#,
            &options,
        )
        .unwrap();
        assert_eq!(document.text.text.as_str(), "x");
        assert_eq!(document.title.as_ref().map(|t| t.text.as_str()), Some("T"));
        assert_eq!(document.meta.byline.as_deref(), Some("A; B"));
        assert_eq!(extra(&document), r#"{"head":{"n":1},"text":"other"}"#);
        let missing = read_with(r#"{"text":"x"}"#, &options).unwrap_err();
        assert_eq!(missing.kind.to_string(), "no field `body`, which was to be the text");
        let literal = read_with(r#"{"body":"x","head.by":"C"}"#, &options).unwrap();
        assert_eq!(literal.meta.byline.as_deref(), Some("C"));
    }

    #[test]
    fn our_own_output_reads_back_without_growing() {
        let line = r#"{"text":"x","source":{"path":"a"},"boilerplate":[],"extra":{"tags":["a"]}}"#;
        assert_eq!(extra(&read(line)), r#"{"tags":["a"]}"#);
        let other = r#"{"text":"x","source":"Reuters","extra":5}"#;
        assert_eq!(extra(&read(other)), r#"{"extra":5,"source":"Reuters"}"#);
    }
}
