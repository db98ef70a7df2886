//! Small XML documents as a flat list of elements: package files, lists of feeds, properties of documents.
//!
//! No entity is ever expanded but the five of XML and characters by number.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::base::error::DocErrorKind;
use crate::io::decode::decode;

/// The most elements that are kept.
const MOST_ELEMENTS: usize = 1 << 18;

/// The longest document that is read, in bytes.
pub const LONGEST: usize = 16 << 20;

/// An element without those inside it.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The text directly in it, trimmed.
    pub text: String,
    /// The place of the element around it in the list; the root is its own.
    pub parent: usize,
}

impl Element {
    /// The value of the attribute with this name, a prefix left aside.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of a document in the order in which they open.
///
/// # Errors
/// `Malformed` for what is not well-formed or has too many elements.
pub fn elements(bytes: Vec<u8>) -> Result<Vec<Element>, DocErrorKind> {
    let malformed = |reason: String| DocErrorKind::Malformed { reason: format!("not valid XML: {reason}") };
    let decoded = decode(bytes)?;
    let text = decoded.text.as_str();
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().map_err(|e| malformed(e.to_string()))?;
        match event {
            Event::Start(tag) => {
                all.push(element(&tag, open.last().copied()));
                open.push(all.len() - 1);
            }
            Event::Empty(tag) => all.push(element(&tag, open.last().copied())),
            Event::End(_) => {
                if let Some(at) = open.pop() {
                    let trimmed = all[at].text.trim().to_owned();
                    all[at].text = trimmed;
                }
            }
            Event::Text(text) => add(&mut all, &open, &text.xml10_content()),
            Event::CData(text) => add(&mut all, &open, &text.xml10_content()),
            Event::GeneralRef(named) => {
                let character = named.resolve_char_ref().ok().flatten();
                let known = character.map(String::from);
                let known = known.or_else(|| resolve_predefined_entity(&named).map(str::to_owned));
                add(&mut all, &open, &known.unwrap_or_default());
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
        if all.len() > MOST_ELEMENTS {
            return Err(malformed(format!("more than {MOST_ELEMENTS} elements")));
        }
    }
    Ok(all)
}

fn element(tag: &BytesStart<'_>, parent: Option<usize>) -> Element {
    // Looking for names that stand twice would take time by the square of their number.
    let mut all = tag.attributes();
    let attributes = all.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default().into_owned();
        (attribute.key.local_name().into_inner().to_owned(), value)
    });
    Element {
        name: tag.local_name().into_inner().to_owned(),
        attributes: attributes.collect(),
        text: String::new(),
        parent: parent.unwrap_or_default(),
    }
}

fn add(all: &mut [Element], open: &[usize], text: &str) {
    if let Some(element) = open.last().and_then(|&at| all.get_mut(at)) {
        element.text.push_str(text);
    }
}

/// `%41` as `A`; what is no such sequence stays, bytes that are no UTF-8 become U+FFFD.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|&b| char::from(b).to_digit(16));
        rest = after;
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push(u8::try_from(16 * high + low).unwrap_or_default());
            rest = &after[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(xml: &str) -> Result<String, DocErrorKind> {
        let elements = elements(xml.as_bytes().to_vec())?;
        let tell = |e: &Element| format!("{}({}){:?}", e.name, e.parent, e.text);
        Ok(elements.iter().map(tell).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn elements_come_flat_with_their_own_text() {
        let xml =
            "<?xml version='1.0'?><a:r x:b='1 &amp; 2'>one <i/>two &#233;&lt;<k><![CDATA[<]]></k></a:r>";
        assert_eq!(listed(xml).unwrap(), "r(0)\"one two é<\" i(0)\"\" k(0)\"<\"");
        assert_eq!(elements(xml.into()).unwrap()[0].attribute("b"), Some("1 & 2"));
    }

    #[test]
    fn entities_are_not_expanded_and_depth_costs_no_stack() {
        let bomb = "<!DOCTYPE r [<!ENTITY a 'xxxxxxxx'><!ENTITY b '&a;&a;'>]><r>&b;</r>";
        assert_eq!(listed(bomb).unwrap(), "r(0)\"\"");
        assert!(elements("<a>".repeat(100_000).into_bytes()).is_ok());
        assert!(elements("<a/>".repeat(300_000).into_bytes()).is_err());
        assert!(elements(b"<a></b>".to_vec()).is_err());
    }

    #[test]
    fn percent_signs_are_decoded_where_digits_follow() {
        assert_eq!(percent_decoded("a%20b%C3%A9%zz%4"), "a bé%zz%4");
    }
}
