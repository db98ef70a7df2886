//! XML one piece after the other, in memory that does not grow with the file. Only what is well-formed is read on; no entity
//! is expanded but the five of XML and characters by number, and a file that declares others is refused.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::bilingual::read::source::Source;
use crate::bilingual::read::unread;
use crate::bilingual::row::Refusal;

/// How deep elements may lie in one another; groups of real files stay far below.
const DEEPEST: usize = 256;

/// The most attributes of an element, and the most namespaces declared at one place.
const MOST: usize = 256;

/// Core namespaces of XLIFF begin with this (1.1, 1.2, 2.0, 2.2).
const XLIFF: &str = "urn:oasis:names:tc:xliff:document:";

/// A piece of a file.
pub(super) enum Node {
    /// An element opens; an empty one closes next.
    Open(Tag),
    /// Characters. They may come in several pieces.
    Text(String),
    /// The element that opened last closes.
    Close,
    /// The file ends, all its elements closed.
    End,
}

/// The opening of an element.
pub(super) struct Tag {
    /// Its name without a prefix.
    pub(super) name: String,
    /// Whether it is in the namespace of the root, in another of the same family, or in none.
    pub(super) ours: bool,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Attributes as they are named, prefix and all.
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, by its full name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The value of an attribute, by its name without a prefix: modules choose their own.
    pub(super) fn local(&self, name: &str) -> Option<&str> {
        let local = |own: &str| own.rsplit(':').next() == Some(name);
        self.attributes.iter().find(|(own, _)| local(own)).map(|(_, value)| value.as_str())
    }

    /// A copy of the value of an attribute, by its full name.
    pub(super) fn owned(&self, name: &str) -> Option<String> {
        self.attribute(name).map(str::to_owned)
    }
}

/// A file that is read.
pub(super) struct Xml<'r> {
    reader: Reader<Source<'r>>,
    buffer: Vec<u8>,
    /// Names of the open elements.
    open: Vec<String>,
    /// Prefixes in scope with their namespaces, and how many elements were open before.
    bound: Vec<(usize, String, String)>,
    root: Option<Root>,
    line: u64,
}

struct Root {
    prefix: String,
    space: Option<String>,
}

impl<'r> Xml<'r> {
    /// Opens a file and reads its root element, which must be called `name`.
    ///
    /// # Errors
    /// As [`Xml::next`], and for another root.
    pub(super) fn open(input: &'r mut dyn Read, name: &str) -> Result<(Self, Tag), Refusal> {
        let source = Source::open(input).map_err(unread)?;
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        let (open, bound) = (Vec::new(), Vec::new());
        let mut xml = Self { reader, buffer: Vec::new(), open, bound, root: None, line: 1 };
        match xml.next()? {
            Node::Open(root) if root.name == name => Ok((xml, root)),
            Node::Open(root) => Err(xml.refuse(format!("the root is `{}` and not `{name}`", root.name))),
            _ => Err(Refusal::whole("no XML: the file holds no element")),
        }
    }

    /// The next piece. Comments and processing instructions are passed over, and so is white space around the root.
    ///
    /// # Errors
    /// For what is not well-formed, declares an entity or uses one that is not predefined, or lies too deep.
    pub(super) fn next(&mut self) -> Result<Node, Refusal> {
        loop {
            self.buffer.clear();
            self.line = self.reader.get_ref().line();
            let mut buffer = std::mem::take(&mut self.buffer);
            let event = self.reader.read_event_into(&mut buffer);
            let node = match event {
                Ok(event) => self.node(&event),
                Err(error) => Err(self.refuse(format!("not well-formed: {error}"))),
            };
            self.buffer = buffer;
            if let Some(node) = node? {
                return Ok(node);
            }
        }
    }

    /// Passes over the element that opened last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        self.content().map(drop)
    }

    /// All text in the element that opened last, up to where it closes.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn content(&mut self) -> Result<String, Refusal> {
        let (mut all, mut depth) = (String::new(), 1_usize);
        while depth > 0 {
            match self.next()? {
                Node::Open(_) => depth += 1,
                Node::Text(text) => all.push_str(&text),
                Node::Close => depth -= 1,
                Node::End => break,
            }
        }
        Ok(all)
    }

    /// A refusal at the piece that was read last.
    pub(super) fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal::on_line(self.line, reason)
    }

    fn node(&mut self, event: &Event<'_>) -> Result<Option<Node>, Refusal> {
        match event {
            Event::Start(tag) | Event::Empty(tag) => self.enter(tag).map(|tag| Some(Node::Open(tag))),
            Event::End(_) => {
                self.open.pop();
                let depth = self.open.len();
                self.bound.retain(|&(before, ..)| before < depth);
                Ok(Some(Node::Close))
            }
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(named) => {
                let character = self.character(named)?;
                self.text(&character)
            }
            Event::DocType(text) if text.contains("<!ENTITY") => {
                Err(self.refuse("the file declares entities, which are never expanded"))
            }
            Event::Eof => match self.open.last() {
                Some(name) => Err(self.refuse(format!("truncated: the file ends inside `{name}`"))),
                None => Ok(Some(Node::End)),
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(None),
        }
    }

    fn text(&self, text: &str) -> Result<Option<Node>, Refusal> {
        if self.open.is_empty() {
            let blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
            let refusal = || self.refuse("not well-formed: text outside the root element");
            return if blank { Ok(None) } else { Err(refusal()) };
        }
        self.check(text)?;
        Ok(Some(Node::Text(text.to_owned())))
    }

    /// Refuses characters that XML 1.0 forbids (section 2.2).
    fn check(&self, text: &str) -> Result<(), Refusal> {
        match text.chars().find(|&c| !is_xml(c)) {
            Some(c) => Err(self.refuse(format!("not well-formed: the character U+{:04X}", u32::from(c)))),
            None => Ok(()),
        }
    }

    fn character(&self, named: &BytesRef<'_>) -> Result<String, Refusal> {
        let number =
            named.resolve_char_ref().map_err(|error| self.refuse(format!("not well-formed: {error}")))?;
        if let Some(character) = number {
            return Ok(character.into());
        }
        let known = resolve_predefined_entity(named).map(str::to_owned);
        known.ok_or_else(|| {
            let name: &str = named;
            self.refuse(format!("the entity `&{name};` is not one of XML, and no other is expanded"))
        })
    }

    fn enter(&mut self, tag: &BytesStart<'_>) -> Result<Tag, Refusal> {
        let depth = self.open.len();
        if depth == 0 && self.root.is_some() {
            return Err(self.refuse("not well-formed: a second root element"));
        }
        if depth == DEEPEST {
            return Err(self.refuse(format!("elements lie more than {DEEPEST} deep")));
        }
        let full = tag.name().into_inner();
        let (prefix, name) = full.split_once(':').unwrap_or(("", full));
        if name.is_empty() {
            return Err(self.refuse("not well-formed: an element without a name"));
        }
        let attributes = self.attributes(tag)?;
        for (key, value) in &attributes {
            let declared = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            if let Some(declared) = declared {
                self.bound.push((depth, declared.to_owned(), value.clone()));
            }
        }
        if self.bound.len() > MOST {
            return Err(self.refuse(format!("more than {MOST} namespaces")));
        }
        let space =
            self.bound.iter().rev().find(|(_, own, _)| own == prefix).map(|(_, _, space)| space.as_str());
        let ours = match (&self.root, space) {
            (None, _) | (_, Some("")) => true,
            (Some(root), None) => prefix.is_empty() || root.space.is_none() && root.prefix == prefix,
            (Some(root), Some(space)) => root.space.as_deref() == Some(space) || space.starts_with(XLIFF),
        };
        if self.root.is_none() {
            self.root = Some(Root { prefix: prefix.to_owned(), space: space.map(str::to_owned) });
        }
        self.open.push(full.to_owned());
        Ok(Tag { name: name.to_owned(), ours, line: self.line, attributes })
    }

    fn attributes(&self, tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Refusal> {
        let mut found: Vec<(String, String)> = Vec::new();
        // Names that stand twice are looked for below, in time that does not grow by the square.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.refuse(format!("not well-formed: {error}")))?;
            if found.len() == MOST || attribute.value.contains('<') {
                return Err(self.refuse("not well-formed: the attributes of an element"));
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.refuse(format!("not well-formed: {error}")))?;
            self.check(&value)?;
            found.push((attribute.key.into_inner().to_owned(), value.into_owned()));
        }
        let twice = |at: usize| found[..at].iter().any(|(name, _)| *name == found[at].0);
        match (1..found.len()).find(|&at| twice(at)) {
            Some(at) => {
                Err(self.refuse(format!("not well-formed: the attribute `{}` stands twice", found[at].0)))
            }
            None => Ok(found),
        }
    }
}

/// Whether XML 1.0 allows a character.
pub(super) fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
