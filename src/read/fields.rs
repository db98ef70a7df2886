//! Which field of a JSON record holds what: the names of the contract, or others that the user gave for them.

use serde_json::value::RawValue;

use crate::base::error::Error;

/// A field with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The record's id.
    Id,
    /// The article.
    Text,
    /// The article as HTML.
    Html,
    /// The headline.
    Title,
    /// The standfirst.
    Dek,
    /// The language tag.
    Lang,
    /// The address.
    Url,
    /// The date.
    Published,
    /// Who wrote it.
    Byline,
    /// Who published it.
    Publisher,
}

impl Known {
    /// All of them, in the order of the contract.
    pub const ALL: [Known; 10] = [
        Self::Id,
        Self::Text,
        Self::Html,
        Self::Title,
        Self::Dek,
        Self::Lang,
        Self::Url,
        Self::Published,
        Self::Byline,
        Self::Publisher,
    ];

    /// The name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Html => "html",
            Self::Title => "title",
            Self::Dek => "dek",
            Self::Lang => "lang",
            Self::Url => "url",
            Self::Published => "published",
            Self::Byline => "byline",
            Self::Publisher => "publisher",
        }
    }
}

/// Where the known fields stand in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// The key of each of [`Known::ALL`]; dots lead into objects.
    keys: [String; Known::ALL.len()],
}

impl Default for Fields {
    fn default() -> Self {
        Self { keys: Known::ALL.map(|known| known.name().to_owned()) }
    }
}

impl Fields {
    /// The contract's names with the changes of `--field`, each `name=key`, as in `text=body` or `text=article.body`.
    ///
    /// # Errors
    /// [`Error::Config`] for an unknown or repeated name, a missing key, and a key that is asked for twice.
    pub fn parse<S: AsRef<str>>(changes: &[S]) -> Result<Self, Error> {
        let mut fields = Self::default();
        let mut changed = [false; Known::ALL.len()];
        for change in changes {
            let change = change.as_ref();
            let refuse = |reason: &str| Error::Config(format!("field `{change}`: {reason}"));
            let (name, key) =
                change.split_once('=').ok_or_else(|| refuse("expected NAME=KEY, as in text=body"))?;
            let Some(known) = Known::ALL.iter().position(|known| known.name() == name) else {
                let names: Vec<_> = Known::ALL.iter().map(|known| known.name()).collect();
                return Err(refuse(&format!("unknown name `{name}`; known names: {}", names.join(", "))));
            };
            if key.split('.').any(str::is_empty) {
                return Err(refuse("the key is empty, or a part of it between dots is"));
            }
            if std::mem::replace(&mut changed[known], true) {
                return Err(refuse(&format!("`{name}` was given before")));
            }
            key.clone_into(&mut fields.keys[known]);
        }
        for (at, known) in Known::ALL.iter().enumerate() {
            let twice = (0..at).find(|&other| fields.keys[other] == fields.keys[at]);
            if let Some(other) = twice {
                let (one, two) = (Known::ALL[other].name(), known.name());
                return Err(Error::Config(format!(
                    "field `{}` cannot be both {one} and {two}",
                    fields.keys[at]
                )));
            }
        }
        Ok(fields)
    }

    /// The key of a known field.
    pub fn key(&self, known: Known) -> &str {
        &self.keys[known as usize]
    }

    /// The known field that the record's own `key` holds.
    pub(crate) fn known(&self, key: &str) -> Option<Known> {
        let at = self.keys.iter().position(|k| k == key)?;
        Some(Known::ALL[at])
    }

    /// The known fields that stand inside objects, with the parts of their paths.
    pub(crate) fn nested(&self) -> impl Iterator<Item = (Known, Vec<&str>)> {
        let dotted = |&known: &Known| self.key(known).contains('.');
        Known::ALL.into_iter().filter(dotted).map(|known| (known, self.key(known).split('.').collect()))
    }
}

/// Takes what stands at `path` out of the object `within`: the value, and the object without it (`None` when nothing else
/// was in it).
pub(crate) fn take(within: &RawValue, path: &[&str]) -> Option<(Box<RawValue>, Option<Box<RawValue>>)> {
    let (first, deeper) = path.split_first()?;
    let mut members = Members::of(within)?;
    // The last of several with the same name counts.
    let at = members.0.iter().rposition(|(key, _)| key == first)?;
    let (value, rest) =
        if deeper.is_empty() { (members.0[at].1.clone(), None) } else { take(&members.0[at].1, deeper)? };
    match rest {
        Some(rest) => members.0[at].1 = rest,
        None => members.0.retain(|(key, _)| key != first),
    }
    let rest = if members.0.is_empty() { None } else { Some(members.into_raw()?) };
    Some((value, rest))
}

/// The members of an object in their order, their values as they stood.
pub(crate) struct Members(pub(crate) Vec<(String, Box<RawValue>)>);

impl Members {
    /// The members of `object`; `None` when it is no object.
    pub(crate) fn of(object: &RawValue) -> Option<Self> {
        serde_json::from_str(object.get()).ok()
    }

    fn into_raw(self) -> Option<Box<RawValue>> {
        let mut json = String::from("{");
        for (at, (key, value)) in self.0.iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            json.push_str(&serde_json::to_string(key).ok()?);
            json.push(':');
            json.push_str(value.get());
        }
        json.push('}');
        RawValue::from_string(json).ok()
    }
}

impl<'de> serde::Deserialize<'de> for Members {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Members;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_name_the_field_and_the_choices() {
        let refusal = |changes: &[&str]| Fields::parse(changes).unwrap_err().to_string();
        insta::assert_snapshot!(refusal(&["body"]), @"field `body`: expected NAME=KEY, as in text=body");
        insta::assert_snapshot!(refusal(&["txt=body"]), @"field `txt=body`: unknown name `txt`; known names: id, text, html, title, dek, lang, url, published, byline, publisher");
        insta::assert_snapshot!(refusal(&["text=a..b"]), @"field `text=a..b`: the key is empty, or a part of it between dots is");
        insta::assert_snapshot!(refusal(&["text=a", "text=b"]), @"field `text=b`: `text` was given before");
        insta::assert_snapshot!(refusal(&["text=title"]), @"field `title` cannot be both text and title");
    }

    #[test]
    fn a_name_and_its_neighbour_can_change_places() {
        let fields = Fields::parse(&["text=title", "title=text"]).unwrap();
        assert_eq!(fields.known("title"), Some(Known::Text));
    }

    #[test]
    fn what_is_taken_out_leaves_the_rest_as_it_stood() {
        let object = RawValue::from_string(r#"{"a":{"b":"x","c":1.50},"d":[ ]}"#.to_owned()).unwrap();
        let (value, rest) = take(&object, &["a", "b"]).unwrap();
        assert_eq!(value.get(), r#""x""#);
        assert_eq!(rest.unwrap().get(), r#"{"a":{"c":1.50},"d":[ ]}"#);
        assert!(take(&object, &["d", "b"]).is_none());
        let alone = RawValue::from_string(r#"{"a":{"b":1}}"#.to_owned()).unwrap();
        assert!(take(&alone, &["a", "b"]).unwrap().1.is_none());
    }
}
