//! Translation memories: TMX 1.1 to 1.4b, two of their languages.

use std::io::Read;

use crate::bilingual::read::inline::{Inline, inline};
use crate::bilingual::read::xml::{Node, Tag, Xml};
use crate::bilingual::read::{Options, filled};
use crate::bilingual::row::{Head, Refusal, Row};

/// Reads a TMX file.
///
/// The source of a unit is in the language that the options name, otherwise in that of the unit or the header, otherwise the
/// first; languages are compared without case, and by their primary subtag where none is equal. Units without the languages
/// that the options name as source give no row.
///
/// # Errors
/// As [`Xml::next`], and for another root.
pub(super) fn read(
    input: &mut dyn Read,
    options: &Options<'_>,
    take: &mut dyn FnMut(Row),
) -> Result<Head, Refusal> {
    let (mut xml, _) = Xml::open(input, "tmx")?;
    let mut head = Head::default();
    loop {
        match xml.next()? {
            Node::Open(tag) if !tag.ours => xml.skip()?,
            Node::Open(tag) => match tag.name.as_str() {
                "body" => {}
                "header" => {
                    head.source_lang = tag.owned("srclang").filter(|lang| !is_any(lang));
                    xml.skip()?;
                }
                "tu" => {
                    let unit = unit(&mut xml, &tag)?;
                    if let Some(row) = unit.row(options, &mut head) {
                        take(row);
                    }
                }
                _ => xml.skip()?,
            },
            Node::Text(_) | Node::Close => {}
            Node::End => return Ok(head),
        }
    }
}

/// Whether a header or unit says that any language may be the source.
fn is_any(lang: &str) -> bool {
    lang.eq_ignore_ascii_case("*all*") || lang.trim().is_empty()
}

/// A unit of all languages.
struct Unit {
    id: String,
    lang: Option<String>,
    notes: Vec<String>,
    variants: Vec<Variant>,
    line: u64,
}

/// A unit's text in one language.
struct Variant {
    lang: String,
    seg: Inline,
    notes: Vec<String>,
}

impl Unit {
    /// The row of the two languages that are wanted; what the header does not say of them goes to `head`.
    fn row(mut self, options: &Options<'_>, head: &mut Head) -> Option<Row> {
        let said = self.lang.as_deref().filter(|lang| !is_any(lang)).or(head.source_lang.as_deref());
        let source = match options.source_lang {
            Some(wanted) => self.find(wanted, None)?,
            None => said.and_then(|said| self.find(said, None)).unwrap_or(0),
        };
        let target = match options.target_lang {
            Some(wanted) => self.find(wanted, Some(source)),
            None => (0..self.variants.len()).find(|&at| at != source),
        };
        let lang = |at: usize| self.variants.get(at).map(|variant| variant.lang.clone());
        head.source_lang = head.source_lang.take().or_else(|| lang(source));
        head.target_lang = head.target_lang.take().or_else(|| lang(target?));
        let mut taken = |at: Option<usize>| {
            let variant = at.and_then(|at| self.variants.get_mut(at))?;
            self.notes.append(&mut variant.notes);
            Some(std::mem::take(&mut variant.seg))
        };
        let (source, target) = (taken(Some(source))?, taken(target).unwrap_or_default());
        Some(Row {
            id: self.id,
            source: source.text,
            target: filled(target.text),
            notes: self.notes,
            codes: [source.codes, target.codes],
            line: self.line,
            ..Row::default()
        })
    }

    /// The variant in the language `wanted`, one that is not at `but`.
    fn find(&self, wanted: &str, but: Option<usize>) -> Option<usize> {
        let places = || (0..self.variants.len()).filter(|&at| Some(at) != but);
        let lang = |at: usize| self.variants[at].lang.as_str();
        places()
            .find(|&at| same(lang(at), wanted))
            .or_else(|| places().find(|&at| same(primary(lang(at)), primary(wanted))))
    }
}

/// Whether two tags are equal; POSIX writes an underscore for the hyphen.
fn same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    one.trim().bytes().map(plain).eq(other.trim().bytes().map(plain))
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

fn unit(xml: &mut Xml<'_>, tag: &Tag) -> Result<Unit, Refusal> {
    let (mut notes, mut variants) = (Vec::new(), Vec::new());
    loop {
        match xml.next()? {
            Node::Open(child) if child.ours && child.name == "tuv" => variants.push(variant(xml, &child)?),
            Node::Open(child) => note(xml, &child, &mut notes)?,
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    let (id, lang) = (tag.owned("tuid").unwrap_or_default(), tag.owned("srclang"));
    Ok(Unit { id, lang, notes, variants, line: tag.line })
}

fn variant(xml: &mut Xml<'_>, tag: &Tag) -> Result<Variant, Refusal> {
    let lang = tag.attribute("xml:lang").or_else(|| tag.attribute("lang")).unwrap_or_default().to_owned();
    let (mut seg, mut notes) = (None, Vec::new());
    loop {
        match xml.next()? {
            Node::Open(child) if child.ours && child.name == "seg" && seg.is_none() => {
                seg = Some(inline(xml)?);
            }
            Node::Open(child) => note(xml, &child, &mut notes)?,
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    Ok(Variant { lang, seg: seg.unwrap_or_default(), notes })
}

/// Takes a note or a property; anything else is passed over.
fn note(xml: &mut Xml<'_>, tag: &Tag, notes: &mut Vec<String>) -> Result<(), Refusal> {
    let text = filled(xml.content()?);
    match (tag.ours, tag.name.as_str()) {
        (true, "note") => notes.extend(text),
        (true, "prop") => {
            let kind = tag.attribute("type").unwrap_or_default();
            notes.extend(text.map(|text| format!("{kind}: {text}")));
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::bilingual::read::Options;
    use crate::bilingual::read::tests::{told, told_with};

    const FILE: &str = r#"<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="EN" datatype="plaintext"><note>of the file</note><prop type="x">1</prop></header><body>
<tu tuid="u1"><note>Seen.</note><prop type="x-doc">d1</prop>
 <tuv xml:lang="fr-CA"><prop type="who">Ines</prop><seg>Le <hi type="x">pont</hi> <bpt i="1">&lt;b></bpt>ferme<ept i="1"/></seg></tuv>
 <tuv xml:lang="de"><seg>Die Brücke</seg></tuv>
 <tuv xml:lang="en-US"><seg>The <hi type="x">bridge</hi> <bpt i="1">&lt;b><sub>alt</sub></bpt>shuts<ept i="1"/></seg></tuv></tu>
<tu srclang="de"><tuv lang="DE"><seg>Nur deutsch</seg></tuv><tuv lang="en"><seg> </seg></tuv></tu>
<tu><tuv xml:lang="pt_BR"><seg>Fora</seg></tuv></tu>
</body></tmx>"#;

    #[test]
    fn languages_are_those_of_the_header_unless_others_are_wanted() {
        insta::assert_snapshot!(told("a.tmx", FILE), @r#"
        EN > fr-CA
        4 u1 "The bridge altshuts" Some("Le pont ferme") - notes ["Seen.", "x-doc: d1", "who: Ines"] codes [["bpt:1", "ept:1", "hi:", "sub:"], ["bpt:1", "ept:1", "hi:"]]
        8  "Nur deutsch" None -
        9  "Fora" None -
        "#);
        let wanted = |source, target| {
            told_with(
                "a.tmx",
                FILE,
                &Options { source_lang: Some(source), target_lang: Some(target), ..Options::default() },
            )
        };
        insta::assert_snapshot!(wanted("en", "DE-at"), @r#"
        EN > de
        4 u1 "The bridge altshuts" Some("Die Brücke") - notes ["Seen.", "x-doc: d1"] codes [["bpt:1", "ept:1", "hi:", "sub:"], []]
        8  " " Some("Nur deutsch") -
        "#);
        insta::assert_snapshot!(wanted("pt-BR", "en"), @r#"
        EN > -
        9  "Fora" None -
        "#);
    }

    #[test]
    fn two_tags_of_one_language_are_told_apart() {
        let file = "<tmx><header srclang='*all*'/><body><tu><tuv xml:lang='en-US'><seg>color</seg></tuv>\
            <tuv xml:lang='en-GB'><seg>colour</seg></tuv></tu></body></tmx>";
        let wanted = |source, target| {
            told_with(
                "a.tmx",
                file,
                &Options { source_lang: Some(source), target_lang: Some(target), ..Options::default() },
            )
        };
        assert_eq!(wanted("en-GB", "en-US"), "en-GB > en-US\n1  \"colour\" Some(\"color\") -\n");
        assert_eq!(wanted("en", "en-AU"), "en-US > en-GB\n1  \"color\" Some(\"colour\") -\n");
        assert_eq!(told("a.tmx", file), wanted("en", "en"));
    }

    #[test]
    fn entities_and_other_roots_are_refused() {
        insta::assert_snapshot!(told("a.tmx", "<!DOCTYPE tmx [<!ENTITY j \"x\">]><tmx><body/></tmx>"), @"refused: line 1: the file declares entities, which are never expanded");
        insta::assert_snapshot!(told("a.tmx", "\n<martif/>"), @"refused: line 2: the root is `martif` and not `tmx`");
    }
}
