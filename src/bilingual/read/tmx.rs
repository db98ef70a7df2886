//! Translation memories: TMX 1.1 to 1.4b, two of their languages.

use std::io::Read;

use crate::bilingual::provenance::{Provenance, Stamp};
use crate::bilingual::read::inline::{Inline, inline};
use crate::bilingual::read::xml::{Node, Tag, Xml};
use crate::bilingual::read::{Options, filled};
use crate::bilingual::row::{Head, Neighbour, Refusal, Row};

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
    told: Told,
    variants: Vec<Variant>,
    line: u64,
}

/// A unit's text in one language.
struct Variant {
    lang: String,
    seg: Inline,
    told: Told,
}

/// What is told of a unit, or of its text in one language.
#[derive(Default)]
struct Told {
    notes: Vec<String>,
    provenance: Provenance,
    context: [Option<Neighbour>; 2],
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
            Some((std::mem::take(&mut variant.seg), std::mem::take(&mut variant.told)))
        };
        let ((source, of_source), (target, of_target)) =
            (taken(Some(source))?, taken(target).unwrap_or_default());
        // A date of the source's is none of the translation's, and the target's neighbours are no sources.
        let provenance = over(of_target.provenance, self.told.provenance);
        let provenance = (provenance != Provenance::default()).then(|| Box::new(provenance));
        let [before, after] = self.told.context;
        let [own_before, own_after] = of_source.context;
        Some(Row {
            id: self.id,
            source: source.text,
            target: filled(target.text),
            notes: [self.told.notes, of_source.notes, of_target.notes].concat(),
            context: [before.or(own_before), after.or(own_after)],
            codes: [source.codes, target.codes],
            line: self.line,
            provenance,
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

/// What is told of a translation where `own` is said of it and `unit` of its unit.
fn over(own: Provenance, unit: Provenance) -> Provenance {
    Provenance {
        changed: own.changed.or(unit.changed),
        created: own.created.or(unit.created),
        changed_by: own.changed_by.or(unit.changed_by),
        created_by: own.created_by.or(unit.created_by),
        tool: own.tool.or(unit.tool),
        client: own.client.or(unit.client),
        project: own.project.or(unit.project),
    }
}

/// What the attributes of a unit or of one of its languages tell (TMX 1.4b, section 3).
fn provenance(tag: &Tag) -> Provenance {
    let stamp = |name| tag.attribute(name).and_then(Stamp::parse);
    let text = |name| tag.owned(name).and_then(filled);
    Provenance {
        changed: stamp("changedate"),
        created: stamp("creationdate"),
        changed_by: text("changeid"),
        created_by: text("creationid"),
        tool: text("creationtool"),
        client: None,
        project: None,
    }
}

fn unit(xml: &mut Xml<'_>, tag: &Tag) -> Result<Unit, Refusal> {
    let mut variants = Vec::new();
    let mut told = Told { provenance: provenance(tag), ..Told::default() };
    loop {
        match xml.next()? {
            Node::Open(child) if child.ours && child.name == "tuv" => variants.push(variant(xml, &child)?),
            Node::Open(child) => note(xml, &child, &mut told)?,
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    let (id, lang) = (tag.owned("tuid").unwrap_or_default(), tag.owned("srclang"));
    Ok(Unit { id, lang, told, variants, line: tag.line })
}

fn variant(xml: &mut Xml<'_>, tag: &Tag) -> Result<Variant, Refusal> {
    let lang = tag.attribute("xml:lang").or_else(|| tag.attribute("lang")).unwrap_or_default().to_owned();
    let mut seg = None;
    let mut told = Told { provenance: provenance(tag), ..Told::default() };
    loop {
        match xml.next()? {
            Node::Open(child) if child.ours && child.name == "seg" && seg.is_none() => {
                seg = Some(inline(xml)?);
            }
            Node::Open(child) => note(xml, &child, &mut told)?,
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    Ok(Variant { lang, seg: seg.unwrap_or_default(), told })
}

/// Takes a note or a property; anything else is passed over.
fn note(xml: &mut Xml<'_>, tag: &Tag, told: &mut Told) -> Result<(), Refusal> {
    let text = filled(xml.content()?);
    match (tag.ours, tag.name.as_str()) {
        (true, "note") => told.notes.extend(text),
        (true, "prop") => {
            let kind = tag.attribute("type").unwrap_or_default();
            let Provenance { client, project, .. } = &mut told.provenance;
            let [before, after] = &mut told.context;
            match (property(kind).as_str(), &text) {
                ("client", Some(text)) => _ = client.get_or_insert_with(|| text.clone()),
                ("project", Some(text)) => _ = project.get_or_insert_with(|| text.clone()),
                ("context-pre" | "prev" | "previous", Some(text)) => *before = before.take().or(named(text)),
                ("context-post" | "next", Some(text)) => *after = after.take().or(named(text)),
                ("context-pre-hash", Some(text)) => *before = before.take().or(numbered(text)),
                ("context-post-hash", Some(text)) => *after = after.take().or(numbered(text)),
                _ => {}
            }
            told.notes.extend(text.map(|text| format!("{kind}: {text}")));
        }
        _ => {}
    }
    Ok(())
}

/// The neighbour that a property names: as plain text (OmegaT, Matecat, we), or as a `seg` with codes (memoQ).
fn named(text: &str) -> Option<Neighbour> {
    let as_seg = || {
        let mut bytes = text.as_bytes();
        let (mut xml, _) = Xml::open(&mut bytes, "seg").ok()?;
        Some(inline(&mut xml).ok()?.text)
    };
    let plain = if text.trim_start().starts_with("<seg>") { as_seg() } else { None };
    filled(plain.unwrap_or_else(|| text.to_owned())).map(Neighbour::Text)
}

/// The neighbour whose hash a property of our own has.
fn numbered(text: &str) -> Option<Neighbour> {
    u64::from_str_radix(text.trim(), 16).ok().map(Neighbour::Hash)
}

/// What a property is called by all tools: `x-Client:SingleString`, `Att::Client` and `client` are one.
fn property(kind: &str) -> String {
    let kind = kind.rsplit("::").next().unwrap_or(kind);
    let kind = kind.split(':').next().unwrap_or(kind).to_ascii_lowercase();
    let plain = kind.strip_prefix("x-").unwrap_or(&kind);
    plain.strip_suffix("_name").unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use crate::bilingual::Neighbour;
    use crate::bilingual::read::Options;
    use crate::bilingual::read::tests::{rows_of, told, told_with};

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
    fn who_made_a_translation_and_when_is_read_from_its_language_before_its_unit() {
        let file = "<tmx><header creationdate='20200101T000000Z' creationid='head'/><body>\
            <tu creationdate='20210101T000000Z' creationid='max' changedate='20220101T000000Z' creationtool='Tool'>\
            <prop type='x-Project:SingleString'>Port</prop><prop type='Att::Client'>Tarn</prop>\
            <tuv xml:lang='en' changedate='20250101T000000Z' changeid='not her'><seg>Tide</seg></tuv>\
            <tuv xml:lang='fr' changedate='2023-05-03T10:15:00Z' changeid='ida'><prop type='project'>Quay</prop><seg>Marée</seg></tuv></tu>\
            <tu creationdate='yesterday' creationid=' '><tuv xml:lang='en'><seg>Ebb</seg></tuv><tuv xml:lang='fr'><seg>Jusant</seg></tuv></tu>\
            </body></tmx>";
        let (_, rows) = rows_of("a.tmx", file, &Options::default()).expect("a memory");
        let told: Vec<_> = rows.iter().map(|row| row.provenance.as_ref().map(|told| told.told())).collect();
        insta::assert_snapshot!(
            told[0].as_deref().unwrap_or_default(),
            @"changed 2023-05-03 10:15 by ida, created 2021-01-01 00:00 by max, tool Tool, client Tarn, project Quay"
        );
        assert_eq!(told[1], None);
    }

    #[test]
    fn neighbours_are_read_from_the_properties_of_several_tools() {
        let unit = |props: &str, of_source: &str| {
            format!(
                "<tu>{props}<tuv xml:lang='en'>{of_source}<seg>Tide</seg></tuv><tuv xml:lang='fr'>\
                <prop type='x-context-pre'>Non.</prop><seg>Marée</seg></tuv></tu>"
            )
        };
        let prop = |kind: &str, text: &str| format!("<prop type='{kind}'>{text}</prop>");
        let file = [
            unit(&(prop("prev", "Ebb &amp; flow.") + &prop("next", "")), ""),
            unit("", &(prop("x-context-pre", "Ebb.") + &prop("x-context-post", "Wave."))),
            unit(
                &prop("x-context-pre", "&lt;seg&gt;A &lt;ph i=&quot;1&quot;/&gt;&amp;amp; b.&lt;/seg&gt;"),
                "",
            ),
            unit(&(prop("x-previous", "Ebb.") + &prop("x-context-post-hash", "00000000000000ff")), ""),
        ];
        let file = format!("<tmx><header srclang='en'/><body>{}</body></tmx>", file.concat());
        let (_, rows) = rows_of("a.tmx", file, &Options::default()).expect("a memory");
        let text = |text: &str| Some(Neighbour::Text(text.to_owned()));
        let found: Vec<_> = rows.into_iter().map(|row| row.context).collect();
        assert_eq!(
            found,
            [
                [text("Ebb & flow."), None],
                [text("Ebb."), text("Wave.")],
                [text("A & b."), None],
                [text("Ebb."), Some(Neighbour::Hash(255))],
            ]
        );
    }

    #[test]
    fn entities_and_other_roots_are_refused() {
        insta::assert_snapshot!(told("a.tmx", "<!DOCTYPE tmx [<!ENTITY j \"x\">]><tmx><body/></tmx>"), @"refused: line 1: the file declares entities, which are never expanded");
        insta::assert_snapshot!(told("a.tmx", "\n<martif/>"), @"refused: line 2: the root is `martif` and not `tmx`");
    }
}
