//! Documents of word processors (DOCX, ISO 29500): paragraphs, headings and list items with the way back to the bytes of
//! `word/document.xml`. Cells of tables are paragraphs; what was deleted, notes and pictures are left out.

use std::collections::BTreeMap;

use quick_xml::Reader as XmlReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::base::error::{DocError, DocErrorKind};
use crate::base::lang::Lang;
use crate::base::span::Span;
use crate::doc::block::BlockKind;
use crate::doc::document::{Document, Field, Mark, Meta};
use crate::doc::map::{Change, SpanMap};
use crate::doc::record::Source;
use crate::doc::text::Text;
use crate::io::decode::decode;
use crate::io::load::cap;
use crate::io::unpack::Allowance;
use crate::io::xml::{Element, LONGEST, elements};
use crate::io::zip::{Seekable, Zip};
use crate::read::{ReadOptions, Reader, failed};

/// Reads a DOCX file.
#[derive(Debug, Clone, Copy)]
pub struct Docx;

impl Reader for Docx {
    fn read(
        &self,
        bytes: Vec<u8>,
        source: Source,
        options: &ReadOptions,
        out: &mut Vec<Document>,
    ) -> Result<(), DocError> {
        let document =
            document(bytes, source.clone(), options).map_err(|kind| failed(&source, None, kind))?;
        out.push(document);
        Ok(())
    }
}

fn document(bytes: Vec<u8>, source: Source, options: &ReadOptions) -> Result<Document, DocErrorKind> {
    let allowance = Allowance::of(bytes.len() as u64);
    let zip = Zip::open(Seekable::memory(bytes))?;
    let read = |name: &str, cap: usize| zip.find(name).map(|member| zip.read(member, cap, &allowance));
    let Some(main) = read("word/document.xml", cap(options.max_record_bytes)) else {
        return Err(DocErrorKind::Malformed {
            reason: "not a DOCX document: no word/document.xml".to_owned(),
        });
    };
    // What is known beside the text is worth no failure.
    let small = |name| read(name, LONGEST).and_then(Result::ok).and_then(|bytes| elements(bytes).ok());
    let styles = small("word/styles.xml").map(|elements| styles(&elements)).unwrap_or_default();
    let core = small("docProps/core.xml").unwrap_or_default();
    let decoded = decode(main?)?;
    let (text, map, marks) = strip(decoded.text.as_str(), &styles)?;
    if marks.is_empty() {
        return Err(DocErrorKind::NoBody);
    }
    let text = Text::mapped(text, decoded.text.map().then(&map));
    let found =
        |name: &str| core.iter().find(|e| e.name == name && !e.text.is_empty()).map(|e| e.text.clone());
    let lang = found("language").and_then(|tag| Lang::parse(&tag));
    let date = found("created").and_then(|date| (options.parse_date)(&date, lang.as_ref()));
    let titled = marks.first().is_some_and(|mark| mark.kind == BlockKind::Heading);
    Ok(Document {
        source: Source { encoding: decoded.encoding, ..source },
        lang,
        meta: Meta {
            // A title at the top of the text says what the properties, often those of a template, may not.
            title: found("title").filter(|_| !titled),
            byline: found("creator").filter(|name| !is_program(name)),
            published: date,
            ..Meta::default()
        },
        text: Field { text, marks, inline: Vec::new() },
        ..Document::default()
    })
}

/// Programs that name themselves as the creator.
fn is_program(creator: &str) -> bool {
    ["python-docx", "Microsoft Office User", "Apache POI", "Un-named"].contains(&creator)
}

/// What paragraphs of a style are; styles of running text are left out.
type Styles = BTreeMap<String, BlockKind>;

/// The kinds of styles by the names that word processors agree on in all languages.
fn styles(elements: &[Element]) -> Styles {
    let named = |element: &Element| {
        let style =
            elements.get(element.parent).filter(|style| element.name == "name" && style.name == "style")?;
        Some((style.attribute("styleId")?.to_owned(), kind_of(element.attribute("val")?)?))
    };
    elements.iter().filter_map(named).collect()
}

/// The kind of block that a style is for, by its name or id.
fn kind_of(style: &str) -> Option<BlockKind> {
    let name: String = style.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match name.as_str() {
        "title" => Some(BlockKind::Heading),
        _ if name.starts_with("heading") => Some(BlockKind::Heading),
        _ if name.starts_with("list") || name == "compact" => Some(BlockKind::ListItem),
        _ if name.ends_with("caption") => Some(BlockKind::Caption),
        "quote" | "intensequote" | "blocktext" | "quotations" => Some(BlockKind::Quote),
        _ => None,
    }
}

/// Text in the making.
#[derive(Debug, Default)]
struct Page {
    out: String,
    changes: Vec<Change>,
    marks: Vec<Mark>,
    /// The source up to here stands in `out` or was dropped.
    at: usize,
    /// Where the open paragraph begins in `out`, once it has text.
    paragraph: Option<usize>,
    kind: Option<BlockKind>,
    numbered: bool,
    /// Blank that stands before the next text of the paragraph.
    gap: &'static str,
    /// Whether text shows here: inside `w:t`.
    text: bool,
    /// How many elements are open whose text is not that of the document.
    aside: usize,
}

/// Elements whose text is not that of the document: what was deleted, codes of fields, and the second version of a drawing.
const ASIDE: [&str; 4] = ["del", "instrText", "Fallback", "moveFrom"];

/// The text of a main part, the map back to it, and its blocks; a blank line stands between blocks.
fn strip(source: &str, styles: &Styles) -> Result<(String, SpanMap, Vec<Mark>), DocErrorKind> {
    let malformed = |e: quick_xml::Error| DocErrorKind::Malformed { reason: format!("not valid XML: {e}") };
    let skip = source.len() - source.trim_start_matches('\u{feff}').len();
    let mut reader = XmlReader::from_str(&source[skip..]);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut page = Page::default();
    let position =
        |reader: &XmlReader<&[u8]>| skip + usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(malformed)?;
        let end = position(&reader);
        match event {
            Event::Start(tag) => page.begin(&tag, styles, true),
            Event::Empty(tag) => page.begin(&tag, styles, false),
            Event::End(tag) => page.end(tag.local_name().into_inner()),
            Event::Text(text) => {
                let shown = text.xml10_content();
                page.push(start, end, &shown, source);
            }
            Event::CData(text) => page.push(start, end, &text.xml10_content(), source),
            Event::GeneralRef(named) => {
                let character = named.resolve_char_ref().ok().flatten().map(String::from);
                let known = character.or_else(|| resolve_predefined_entity(&named).map(str::to_owned));
                page.push(start, end, &known.unwrap_or_default(), source);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    page.close();
    Ok((page.out, SpanMap::new(page.changes), page.marks))
}

impl Page {
    fn begin(&mut self, tag: &BytesStart<'_>, styles: &Styles, open: bool) {
        let name = tag.local_name().into_inner();
        if ASIDE.contains(&name) {
            self.aside += usize::from(open);
            return;
        }
        match name {
            // A text box stands inside the paragraph that it is anchored to.
            "p" => self.close(),
            "pStyle" => {
                let id = value(tag);
                self.kind = id.and_then(|id| styles.get(&id).copied().or_else(|| kind_of(&id)));
            }
            "numPr" => self.numbered = true,
            "t" => self.text = open,
            "tab" | "ptab" if self.paragraph.is_some() => self.gap = " ",
            "br" | "cr" => self.gap = "\n",
            "noBreakHyphen" => self.insert("\u{2011}"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close(),
            "t" => self.text = false,
            _ if ASIDE.contains(&name) => self.aside = self.aside.saturating_sub(1),
            _ => {}
        }
    }

    /// Takes text that stands at `start..end` of the source.
    fn push(&mut self, start: usize, end: usize, text: &str, source: &str) {
        if !self.text || self.aside > 0 || text.is_empty() {
            return;
        }
        let from = self.out.len();
        match self.paragraph {
            None if self.marks.is_empty() => {}
            None => self.out.push_str("\n\n"),
            Some(_) => self.out.push_str(self.gap),
        }
        self.gap = "";
        self.paragraph.get_or_insert(self.out.len());
        let as_it_stands = source.get(start..end) == Some(text);
        if as_it_stands {
            self.change(start, from);
            self.out.push_str(text);
        } else {
            self.change(start, from);
            let from = self.out.len();
            self.out.push_str(text);
            self.changes.push(Change { src: Span::at(start..end), out: Span::at(from..self.out.len()) });
        }
        self.at = end;
    }

    /// Ties what was dropped before `start` to what was put in from `from` on.
    fn change(&mut self, start: usize, from: usize) {
        if start > self.at || self.out.len() > from {
            self.changes.push(Change { src: Span::at(self.at..start), out: Span::at(from..self.out.len()) });
        }
        self.at = start;
    }

    /// A character that an element stands for.
    fn insert(&mut self, character: &'static str) {
        if self.paragraph.is_some() && self.aside == 0 {
            self.gap = character;
        }
    }

    fn close(&mut self) {
        if let Some(from) = self.paragraph.take() {
            let kind = match self.kind {
                Some(kind) => kind,
                None if self.numbered => BlockKind::ListItem,
                None => BlockKind::Paragraph,
            };
            if self.out[from..].trim().is_empty() {
                // Blanks alone are no block; they are left between two.
                self.paragraph = None;
            } else {
                self.marks.push(Mark { span: Span::at(from..self.out.len()), kind });
            }
        }
        (self.kind, self.numbered, self.gap) = (None, false, "");
    }
}

fn value(tag: &BytesStart<'_>) -> Option<String> {
    let mut all = tag.attributes();
    let attribute = all
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == "val")?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::span::Txt;

    fn blocks(source: &str) -> Vec<String> {
        let (text, map, marks) = strip(source, &Styles::new()).unwrap();
        let tell = |mark: &Mark| {
            let src = map.to_src(mark.span);
            format!("{:?} {:?} {}", mark.kind, mark.span.of(&text), src.of(source))
        };
        marks.iter().map(tell).collect()
    }

    #[test]
    fn paragraphs_headings_and_items_lead_to_their_bytes() {
        let source = "<w:document><w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Head</w:t></w:r></w:p>\
            <w:p><w:r><w:t>One &amp; </w:t></w:r><w:r><w:t>two</w:t><w:br/><w:t>three</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del></w:p>\
            <w:tbl><w:tc><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tbl></w:document>";
        assert_eq!(
            blocks(source),
            [
                "Heading \"Head\" Head",
                "Paragraph \"One & two\\nthree\" One &amp; </w:t></w:r><w:r><w:t>two</w:t><w:br/><w:t>three",
                "ListItem \"cell\" cell",
            ]
        );
    }

    #[test]
    fn styles_are_known_by_their_names_in_any_language() {
        let xml = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
            <w:style w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
        let styles = styles(&elements(xml.into()).unwrap());
        assert_eq!(styles.into_iter().collect::<Vec<_>>(), [("berschrift1".to_owned(), BlockKind::Heading)]);
    }

    proptest! {
        /// Whatever the markup, blocks stand on character edges and each character leads into the source.
        #[test]
        fn every_character_of_a_block_leads_into_its_source(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<w:p>", "</w:p>", "<w:r>", "<w:t>", "</w:t>", "<w:t/>", "word", "é日", " ", "&amp;", "&#233;", "&x;", "<w:br/>",
                    "<w:tab/>", "<w:del>", "</w:del>", "<![CDATA[raw]]>", "<!-- c -->", "<w:noBreakHyphen/>", "\r\n", "<w:numPr/>",
                ]),
                0..40,
            ),
        ) {
            let source = pieces.concat();
            let Ok((text, map, marks)) = strip(&source, &Styles::new()) else { return Ok(()) };
            let mut last = 0;
            for mark in &marks {
                prop_assert!(last <= mark.span.start && !mark.span.is_empty());
                prop_assert!(text.get(mark.span.range()).is_some_and(|block| !block.trim().is_empty()));
                last = mark.span.end;
                for (at, c) in mark.span.of(&text).char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                    let at = mark.span.start as usize + at;
                    let src = map.to_src(Span::<Txt>::at(at..at + c.len_utf8()));
                    let slice = source.get(src.range());
                    prop_assert!(slice.is_some_and(|slice| slice.contains(c) || slice.starts_with('&') || slice.starts_with('<')), "{c} from {slice:?}");
                }
            }
        }
    }
}
