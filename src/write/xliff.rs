//! Segments for translation tools as XLIFF 2.0 (OASIS, 2014): core only, plain text, one sentence a unit.
//!
//! That is the shape that every tool we tried reads without loss; ids of units are those of segments, and nothing else
//! in the file is needed to bring translations home.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, de};

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::doc::done::Done;
use crate::doc::id::segment_id;
use crate::write::bytes::push;
use crate::write::escape::{xml, xml_attribute};
use crate::write::unit::{Scope, Unit, units};
use crate::write::{Totals, Writer};

/// One `<file>` a document, one `<unit>` a segment, without targets. Characters that XML 1.0 forbids are dropped; a
/// document without a segment in scope is left out, as a `<file>` must hold a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Xliff {
    /// The language of the sources, which labels the whole file; the input's one language when not given.
    #[serde(deserialize_with = "tag")]
    pub source_lang: Option<Lang>,
    /// The language to translate into; may be left to the tool.
    #[serde(deserialize_with = "tag")]
    pub target_lang: Option<Lang>,
    /// Which segments are written.
    pub scope: Scope,
}

impl Writer for Xliff {
    fn head_needs_totals(&self) -> bool {
        self.source_lang.is_none()
    }

    fn head(&self, totals: &Totals, out: &mut Vec<u8>) -> Result<(), Error> {
        let source_lang = match &self.source_lang {
            Some(lang) => lang.clone(),
            None => only_language(totals)?,
        };
        push(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        push(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\"");
        attribute(out, "srcLang", source_lang.as_str());
        if let Some(lang) = &self.target_lang {
            attribute(out, "trgLang", lang.as_str());
        }
        push(out, ">\n");
        Ok(())
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let mut units = units(done, self.scope).peekable();
        if units.peek().is_none() {
            return;
        }
        push(out, " <file");
        attribute(out, "id", &file_id(&done.id));
        attribute(out, "original", &done.document.source.path);
        // Ids must survive, and sources are compared when translations come home.
        push(out, " canResegment=\"no\" xml:space=\"preserve\">\n");
        for unit in units {
            push_unit(out, &unit);
        }
        push(out, " </file>\n");
    }

    fn tail(&self, out: &mut Vec<u8>) {
        push(out, "</xliff>\n");
    }
}

fn push_unit(out: &mut Vec<u8>, unit: &Unit<'_>) {
    push(out, "  <unit");
    attribute(out, "id", &unit.segment.id);
    push(out, ">\n   <notes>\n");
    if let Some(title) = &unit.done.document.meta.title {
        push_note(out, "title", title);
    }
    push_note(out, "position", &format!("{} of {}", unit.number, unit.done.segments.len()));
    push_note(out, "role", unit.segment.role.name());
    if unit.segment.in_summary {
        push_note(out, "summary", "in summary");
    }
    push(out, "   </notes>\n   <segment state=\"initial\"><source>");
    push(out, &xml(unit.source()));
    push(out, "</source></segment>\n  </unit>\n");
}

fn push_note(out: &mut Vec<u8>, category: &str, text: &str) {
    push(out, "    <note");
    attribute(out, "category", category);
    push(out, ">");
    push(out, &xml(text));
    push(out, "</note>\n");
}

fn attribute(out: &mut Vec<u8>, name: &str, value: &str) {
    push(out, " ");
    push(out, name);
    push(out, "=\"");
    push(out, &xml_attribute(value));
    push(out, "\"");
}

/// The document's id where it is an XML `NMTOKEN` of ASCII characters, else a hash of it.
fn file_id(id: &str) -> Cow<'_, str> {
    let valid = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if !id.is_empty() && id.bytes().all(valid) {
        Cow::Borrowed(id)
    } else {
        Cow::Owned(segment_id("file", id, 0).to_string())
    }
}

/// The one language of the input; `und` when nothing was written.
fn only_language(totals: &Totals) -> Result<Lang, Error> {
    let mut languages = totals.languages.keys();
    match (languages.next(), languages.next()) {
        (None, _) => Ok(Lang::unknown()),
        (Some(lang), None) => Ok(lang.clone()),
        _ => {
            let found: Vec<_> = totals.languages.iter().map(|(lang, n)| format!("{lang} ({n})")).collect();
            Err(Error::Config(format!(
                "xliff has one source language, the input has several: {}; name one by source_lang (--source-lang)",
                found.join(", ")
            )))
        }
    }
}

fn tag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    Lang::parse(&tag).map(Some).ok_or_else(|| de::Error::custom(format!("`{tag}` is not a language tag")))
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;
    use quick_xml::events::Event;

    use super::*;
    use crate::write::SEGMENT_KINDS;
    use crate::write::sample::{self, rendered};

    fn english() -> Xliff {
        Xliff { source_lang: Lang::parse("en"), target_lang: Lang::parse("fr"), ..Xliff::default() }
    }

    /// Unescaped texts of all `<source>` elements.
    fn sources(file: &str) -> Vec<String> {
        let mut reader = Reader::from_str(file);
        let (mut sources, mut inside) = (Vec::new(), false);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) if tag.name().as_ref() == "source" => {
                    inside = true;
                    sources.push(String::new());
                }
                Event::End(_) => inside = false,
                Event::Text(text) if inside => {
                    sources.last_mut().expect("open").push_str(&text);
                }
                Event::GeneralRef(name) if inside => {
                    let entity = format!("&{};", &*name);
                    let text = quick_xml::escape::unescape(&entity).expect("predefined");
                    sources.last_mut().expect("open").push_str(&text);
                }
                Event::Eof => return sources,
                _ => {}
            }
        }
    }

    #[test]
    fn every_document_is_a_file_and_every_segment_a_unit() {
        insta::assert_snapshot!(rendered(&english(), &[sample::council(), sample::empty()]));
    }

    #[test]
    fn the_text_comes_back_less_what_xml_forbids() {
        let done = sample::hostile();
        let file = rendered(&english(), std::slice::from_ref(&done));
        insta::assert_snapshot!(file);
        let texts: Vec<_> =
            done.segments.iter().map(|s| done.text(s).replace(['\u{1b}', '\u{1}'], "")).collect();
        assert_eq!(sources(&file), texts);
    }

    #[test]
    fn the_input_s_one_language_is_the_source_language() {
        let file = rendered(&Xliff::default(), &[sample::arabic()]);
        assert!(file.contains("srcLang=\"ar\">"), "{file}");
    }

    #[test]
    fn several_languages_are_refused_unless_one_is_set() {
        let totals = sample::totals(&[sample::council(), sample::arabic(), sample::arabic()]);
        let refusal = Xliff::default().head(&totals, &mut Vec::new()).expect_err("two languages").to_string();
        insta::assert_snapshot!(refusal, @"xliff has one source language, the input has several: ar (2), en (1); name one by source_lang (--source-lang)");
        assert!(Xliff::default().head_needs_totals() && !english().head_needs_totals());
        english().head(&totals, &mut Vec::new()).expect("one is set");
    }

    #[test]
    fn a_scope_leaves_out_what_it_does_not_hold() {
        let file = rendered(&Xliff { scope: Scope::Summary, ..english() }, &[sample::council()]);
        assert_eq!(sources(&file).len(), sample::council().summary.segments.len());
    }

    #[test]
    fn an_id_that_xml_does_not_take_is_hashed() {
        assert_eq!(file_id("news-1.a_b"), "news-1.a_b");
        insta::assert_snapshot!(file_id("a/b c"), @"xrfyr2vjp67b8vy6");
        assert_ne!(file_id("a b"), file_id("a/b"));
    }

    #[test]
    fn a_wrong_language_tag_is_refused() {
        let xliff = SEGMENT_KINDS.iter().find(|kind| kind.name == "xliff").expect("in the table");
        let settings = "source_lang = 'not a tag'".parse().expect("TOML");
        insta::assert_snapshot!(xliff.make(settings).expect_err("refused").to_string(), @"stage `xliff`: `not a tag` is not a language tag");
    }
}
