//! XLIFF 1.0 to 2.2: units wherever they stand, with what tools add passed over.

use std::io::Read;

use crate::bilingual::read::filled;
use crate::bilingual::read::inline::{Inline, Part, inline};
use crate::bilingual::read::xml::{Node, Tag, Xml};
use crate::bilingual::row::{Head, Refusal, Row};
use crate::bilingual::state::State;

/// Elements between the root and a unit.
const AROUND: [&str; 4] = ["file", "body", "group", "bin-unit"];

/// Reads an XLIFF file.
///
/// A unit of several segments gives a row for each, with `segment` set to the segment's id or, without one, its number in the
/// unit from 1. Text between segments is dropped.
///
/// # Errors
/// As [`Xml::next`], and for another root.
pub(super) fn read(input: &mut dyn Read, take: &mut dyn FnMut(Row)) -> Result<Head, Refusal> {
    let (mut xml, root) = Xml::open(input, "xliff")?;
    let mut head = Head { source_lang: root.owned("srcLang"), target_lang: root.owned("trgLang") };
    let (mut files, mut in_characters) = (0_usize, false);
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name == "profiles" => {
                in_characters = tag.attribute("generalProfile") == Some("xliff:codepoints");
                xml.skip()?;
            }
            Node::Open(tag) if !tag.ours => xml.skip()?,
            Node::Open(tag) => match tag.name.as_str() {
                "trans-unit" | "unit" => {
                    let (document, old) = (files.saturating_sub(1), tag.name == "trans-unit");
                    let mut placed = |row: Row| {
                        let max_chars = row.max_chars.filter(|_| old || in_characters);
                        take(Row { max_chars, document, ..row });
                    };
                    let reading = if tag.name == "unit" { unit } else { trans_unit };
                    reading(&mut xml, &tag, &mut placed)?;
                }
                name if AROUND.contains(&name) => {
                    files += usize::from(name == "file");
                    in_characters &= name != "file";
                    let Head { source_lang, target_lang } = &mut head;
                    *source_lang = source_lang.take().or_else(|| tag.owned("source-language"));
                    *target_lang = target_lang.take().or_else(|| tag.owned("target-language"));
                }
                _ => xml.skip()?,
            },
            Node::Text(_) | Node::Close => {}
            Node::End => return Ok(head),
        }
    }
}

/// A unit of XLIFF 1.
fn trans_unit(xml: &mut Xml<'_>, tag: &Tag, take: &mut dyn FnMut(Row)) -> Result<(), Refusal> {
    let (mut source, mut cut, mut target) = (None, None, None);
    let (mut state, mut notes) = (None, Vec::new());
    loop {
        match xml.next()? {
            Node::Open(child) if !child.ours => xml.skip()?,
            Node::Open(child) => match child.name.as_str() {
                "source" if source.is_none() => source = Some(inline(xml)?),
                "seg-source" if cut.is_none() => cut = Some(inline(xml)?),
                "target" if target.is_none() => {
                    state = child.attribute("state").and_then(State::parse);
                    target = Some(inline(xml)?);
                }
                "note" => notes.extend(filled(xml.content()?)),
                _ => xml.skip()?,
            },
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    if tag.attribute("approved") == Some("yes") && target.as_ref().is_some_and(|t| !t.text.trim().is_empty())
    {
        state = state.max(Some(State::Reviewed));
    }
    let id = tag.owned("id").unwrap_or_default();
    let row = Row { id, state, notes, max_chars: max_width(tag), line: tag.line, ..Row::default() };
    let cut = cut.unwrap_or_default();
    // A tool that knows nothing of segments fills the unit as one, and the marks are gone.
    let filled_whole = target.as_ref().is_some_and(|t| t.parts.is_empty() && !t.text.trim().is_empty());
    if cut.parts.len() > 1 && !filled_whole {
        let mut targets = target.unwrap_or_default().parts;
        for part in cut.parts {
            let own = targets.iter().position(|target| target.mid == part.mid);
            let own = own.map(|at| targets.swap_remove(at)).unwrap_or_default();
            take(segment_row(&row, part, own));
        }
    } else {
        let target = target.unwrap_or_default();
        take(whole_row(row, source.unwrap_or(cut), target));
    }
    Ok(())
}

fn segment_row(unit: &Row, source: Part, target: Part) -> Row {
    let target_text = filled(target.text);
    Row {
        segment: Some(source.mid),
        source: source.text,
        target: target_text,
        codes: [source.codes, target.codes],
        marked: target.marked,
        ..unit.clone()
    }
}

fn whole_row(unit: Row, source: Inline, target: Inline) -> Row {
    Row {
        source: source.text,
        target: filled(target.text),
        codes: [source.codes, target.codes],
        marked: target.marked,
        ..unit
    }
}

/// A segment of a unit of XLIFF 2.
#[derive(Default)]
struct Segment {
    id: Option<String>,
    state: Option<State>,
    source: Inline,
    target: Inline,
    line: u64,
}

/// A unit of XLIFF 2.
fn unit(xml: &mut Xml<'_>, tag: &Tag, take: &mut dyn FnMut(Row)) -> Result<(), Refusal> {
    let (mut segments, mut notes) = (Vec::new(), Vec::new());
    loop {
        match xml.next()? {
            Node::Open(child) if !child.ours => xml.skip()?,
            Node::Open(child) => match child.name.as_str() {
                "segment" => segments.push(segment(xml, &child)?),
                // Its children are looked at as the unit's own.
                "notes" => while let Node::Open(_) | Node::Text(_) = note(xml, &mut notes)? {},
                _ => xml.skip()?,
            },
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    let id = tag.owned("id").unwrap_or_default();
    let row = Row { id, notes, max_chars: size_restriction(tag), line: tag.line, ..Row::default() };
    let several = segments.len() > 1;
    for (number, segment) in segments.into_iter().enumerate() {
        let own = Row { state: segment.state, ..row.clone() };
        let mut whole = whole_row(own, segment.source, segment.target);
        if several {
            whole.segment = Some(segment.id.unwrap_or_else(|| (number + 1).to_string()));
            whole.line = segment.line;
        }
        take(whole);
    }
    Ok(())
}

/// The limit of a unit of XLIFF 1, where it is one of characters: without a unit of its own a width is in pixels (§2.3).
fn max_width(tag: &Tag) -> Option<usize> {
    tag.attribute("size-unit").filter(|unit| *unit == "char")?;
    tag.attribute("maxwidth")?.trim().parse().ok()
}

/// The limit of a unit of XLIFF 2 in the profile `xliff:codepoints`: `max`, `min,max` or `min,*` (2.1, §5.7).
fn size_restriction(tag: &Tag) -> Option<usize> {
    let value = tag.local("sizeRestriction")?;
    value.rsplit(',').next()?.trim().parse().ok()
}

/// The next piece in a list of notes; a note is read whole.
fn note(xml: &mut Xml<'_>, notes: &mut Vec<String>) -> Result<Node, Refusal> {
    let node = xml.next()?;
    if let Node::Open(tag) = &node {
        let text = xml.content()?;
        notes.extend(filled(text).filter(|_| tag.ours && tag.name == "note"));
    }
    Ok(node)
}

fn segment(xml: &mut Xml<'_>, tag: &Tag) -> Result<Segment, Refusal> {
    let state = tag.attribute("state").and_then(State::parse);
    let (mut source, mut target) = (None, None);
    loop {
        match xml.next()? {
            Node::Open(child) if child.ours && child.name == "source" && source.is_none() => {
                source = Some(inline(xml)?);
            }
            Node::Open(child) if child.ours && child.name == "target" && target.is_none() => {
                target = Some(inline(xml)?);
            }
            Node::Open(_) => xml.skip()?,
            Node::Text(_) => {}
            Node::Close | Node::End => break,
        }
    }
    let (source, target) = (source.unwrap_or_default(), target.unwrap_or_default());
    Ok(Segment { id: tag.owned("id"), state, source, target, line: tag.line })
}

#[cfg(test)]
mod tests {
    use crate::bilingual::read::Options;
    use crate::bilingual::read::tests::{rows_of, told, utf_16};

    #[test]
    fn units_of_xliff_2_stand_under_any_prefix_and_what_modules_add_is_passed_over() {
        let file = r##"<?xml version="1.0"?>
<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"
    xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" srcLang="en" trgLang="fr-CA">
 <x:file id="f1"><x:skeleton href="a"/><x:notes><x:note>of the file</x:note></x:notes>
  <x:group id="g"><x:unit id="u1" translate="no">
   <mtc:matches><mtc:match ref="#m"><x:source>Not this.</x:source><x:target>Ni cela.</x:target></mtc:match></mtc:matches>
   <mda:metadata><mda:metaGroup><mda:meta type="x">1</mda:meta></mda:metaGroup></mda:metadata>
   <x:notes><x:note id="n1" category="seen">In the <!-- c -->summary</x:note><mda:meta>no</mda:meta><x:note/></x:notes>
   <x:originalData><x:data id="d1">&lt;b&gt;</x:data></x:originalData>
   <x:segment id="s1" state="reviewed" subState="x:checked">
    <x:source>Ferries <x:pc id="1"><!-- c -->run</x:pc><?pi x?> <x:mrk id="m" translate="no">today</x:mrk><x:ph id="2"/>.</x:source>
    <x:target>Les ferrys <x:pc id="1">circulent</x:pc><x:cp hex="0009"/>aujourd’hui<x:cp hex="0001"/>.</x:target>
   </x:segment>
  </x:unit></x:group>
  <mtc:unit id="foreign"><x:segment><x:source>No.</x:source></x:segment></mtc:unit>
 </x:file>
</x:xliff>"##;
        insta::assert_snapshot!(told("a.xlf", file), @r#"
        en > fr-CA
        5 u1 "Ferries run today." Some("Les ferrys circulent\taujourd’hui.") reviewed notes ["In the summary"] codes [["pc:1", "ph:2"], ["pc:1"]] marked [("1", "circulent")]
        "#);
    }

    #[test]
    fn segments_of_a_unit_are_rows_of_their_own_and_what_is_between_them_is_dropped() {
        let file = "<xliff version='2.0' srcLang='en'><file id='f'>\n\
            <unit id='u'>\n<segment id='s1' state='final'><source>One.</source><target>Un.</target></segment>\n\
            <ignorable><source> </source></ignorable>\n<segment><source>Two.</source><target> </target></segment></unit>\n\
            <unit id='v'><segment id='s1'><source>One. Two.</source><target/></segment></unit></file></xliff>";
        insta::assert_snapshot!(told("a.xlf", file), @r#"
        en > -
        3 u/s1 "One." Some("Un.") final
        5 u/2 "Two." None -
        6 v "One. Two." None -
        "#);
    }

    #[test]
    fn limits_of_length_are_read_where_they_are_in_characters() {
        let limits = |file: &str| {
            let (_, rows) = rows_of("a.xlf", file, &Options::default()).expect("a file");
            rows.iter().map(|row| row.max_chars).collect::<Vec<_>>()
        };
        let unit = |id: &str, limit: &str| {
            format!(
                "<unit id='{id}' s:sizeRestriction='{limit}'><segment><source>{id}</source></segment></unit>"
            )
        };
        let units = [unit("a", "12"), unit("b", "3,40"), unit("c", "3,*")].concat();
        let profile = "<s:profiles generalProfile='xliff:codepoints'/>";
        let file = format!(
            "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' xmlns:s='urn:oasis:names:tc:xliff:sizerestriction:2.0' \
             version='2.1' srcLang='en'><file id='f'>{profile}{units}</file><file id='g'>{units}</file></xliff>"
        );
        assert_eq!(limits(&file), [Some(12), Some(40), None, None, None, None]);
        let unit = |limit: &str| format!("<trans-unit id='a' {limit}><source>a</source></trans-unit>");
        let units = [unit("maxwidth='12' size-unit='char'"), unit("maxwidth='12'"), unit("size-unit='char'")]
            .concat();
        let file =
            format!("<xliff version='1.2'><file source-language='en'><body>{units}</body></file></xliff>");
        assert_eq!(limits(&file), [Some(12), None, None]);
    }

    #[test]
    fn each_file_element_is_a_document() {
        let unit = |id: &str| format!("<unit id='{id}'><segment><source>{id}</source></segment></unit>");
        let (a, b, c) = (unit("a"), unit("b"), unit("c"));
        let file = format!(
            "<xliff version='2.0' srcLang='en'><file id='f'>{a}{b}</file><file id='g'>{c}</file></xliff>"
        );
        let (_, rows) = rows_of("a.xlf", file, &Options::default()).expect("a file");
        assert_eq!(rows.iter().map(|row| row.document).collect::<Vec<_>>(), [0, 0, 1]);
    }

    #[test]
    fn units_of_xliff_1_have_their_own_source_and_not_that_of_a_match() {
        let file = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:v="urn:vendor" version="1.2"><file original="a" source-language="en" target-language="fr" datatype="plaintext">
<header><note>of the file</note><v:unit/></header><body><group id="g"><group>
<trans-unit id="u1" approved="yes" v:id="no">
  <alt-trans match-quality="88"><source>Not this.</source><target state="final">Ni cela.</target><note>no</note></alt-trans>
  <v:source>nor this</v:source>
  <source xml:space="preserve">A <g id="1">bold</g> <x id="2"/><bpt id="3">&lt;i><sub>title</sub></bpt>word<ept id="3">&lt;/i></ept> </source>
  <target state="needs-review-translation">Un <mrk mtype="protected" mid="4">mot</mrk><ph id="2">{0}</ph></target>
  <note from="x">One.</note><note>Two.</note>
</trans-unit></group></group>
<trans-unit id="u2" approved="yes"><source>Same.</source><target state="x-own">  </target></trans-unit>
<trans-unit id="u3" approved="yes"><source>Same.</source><target state="final">Pareil.</target></trans-unit>
<bin-unit id="b" mime-type="x"><bin-source/><trans-unit id="u4"><source>In a binary.</source></trans-unit></bin-unit>
</body></file></xliff>"#;
        insta::assert_snapshot!(told("a.xlf", file), @r#"
        en > fr
        3 u1 "A bold titleword " Some("Un mot") reviewed notes ["One.", "Two."] codes [["bpt:3", "ept:3", "g:1", "sub:", "x:2"], ["ph:2"]]
        10 u2 "Same." None -
        11 u3 "Same." Some("Pareil.") final
        12 u4 "In a binary." None -
        "#);
    }

    #[test]
    fn segments_that_marks_cut_are_rows_unless_there_is_one_or_the_target_has_none() {
        let unit = |id: &str, seg: &str, target: &str| {
            format!(
                "<trans-unit id='{id}'><source>One. Two.</source><seg-source>{seg}</seg-source><target state='translated'>{target}</target></trans-unit>\n"
            )
        };
        let two = "<mrk mtype='seg' mid='0'>One <g id='1'/>.</mrk> <mrk mtype='seg' mid='1'>Two.</mrk>";
        let file = format!(
            "<xliff version='1.2'><file><body>\n{}{}{}{}</body></file></xliff>",
            unit(
                "a",
                two,
                "<mrk mtype='seg' mid='1'>Deux.</mrk><mrk mtype='seg' mid='0'>Un <g id='1'/>.</mrk>"
            ),
            unit("b", two, "Un. Deux."),
            unit("c", "<mrk mtype='seg' mid='0'>One. Two.</mrk>", "<mrk mtype='seg' mid='0'>Un. Deux.</mrk>"),
            unit("d", two, "<mrk mtype='seg' mid='0'>Un.</mrk>"),
        );
        insta::assert_snapshot!(told("a.xlf", file), @r#"
        - > -
        2 a/0 "One ." Some("Un .") translated codes [["g:1"], ["g:1"]] marked [("1", "")]
        2 a/1 "Two." Some("Deux.") translated
        3 b "One. Two." Some("Un. Deux.") translated
        4 c "One. Two." Some("Un. Deux.") translated
        5 d/0 "One ." Some("Un.") translated codes [["g:1"], []]
        5 d/1 "Two." None translated
        "#);
    }

    #[test]
    fn what_paired_codes_hold_is_told_however_the_pair_is_written() {
        let unit = |version: &str, target: &str| {
            let file = format!(
                "<xliff version='{version}'><file><unit id='u'><segment><source>S</source><target>{target}</target></segment></unit></file></xliff>"
            );
            told("a.xlf", file).lines().nth(1).unwrap_or_default().to_owned()
        };
        insta::assert_snapshot!(unit("2.0", "A <pc id='2'>b <pc id='1'>c</pc></pc><mrk id='p1' translate='no'>d</mrk>."), @r#"1 u "S" Some("A b cd.") - codes [[], ["pc:1", "pc:2"]] marked [("2", "b c"), ("1", "c")]"#);
        insta::assert_snapshot!(unit("2.0", "<sc id='1'/>a<sc id='2'/>b<ec startRef='1'/>c<ec startRef='2'/><ec startRef='9'/>"), @r#"1 u "S" Some("abc") - codes [[], ["ec:1", "ec:2", "ec:9", "sc:1", "sc:2"]] marked [("1", "ab"), ("2", "bc")]"#);
        let file = "<xliff version='1.2'><file><body><trans-unit id='u'><source>S</source><target><bpt id='7' rid='1'>&lt;i></bpt>a<ept id='8' rid='1'>&lt;/i></ept> <g id='2'>b<x id='3'/></g><bx id='4'/>c<ex id='4'/></target></trans-unit></body></file></xliff>";
        insta::assert_snapshot!(told("a.xlf", file).lines().nth(1).unwrap_or_default(), @r#"1 u "S" Some("a bc") - codes [[], ["bpt:7", "bx:4", "ept:8", "ex:4", "g:2", "x:3"]] marked [("1", "a"), ("2", "b"), ("4", "c")]"#);
    }

    #[test]
    fn namespaces_may_be_missing_undeclared_or_emptied_by_tools() {
        for root in [
            "<xliff version='1.2'>",
            "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.1'>",
            "<xliff xmlns='urn:own'>",
        ] {
            let file = format!(
                "{root}<file><body xmlns=''><trans-unit id='u'><source>S</source><target xmlns=''>T</target></trans-unit></body></file></xliff>"
            );
            assert_eq!(told("a.xlf", file), "- > -\n1 u \"S\" Some(\"T\") -\n");
        }
        let undeclared = "<x:xliff><x:file><y:unit/><x:unit id='u'><x:segment><x:source>S</x:source><y:target>N</y:target><x:target>T</x:target></x:segment></x:unit></x:file></x:xliff>";
        assert_eq!(told("a.xlf", undeclared), "- > -\n1 u \"S\" Some(\"T\") -\n");
        let latest = "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.2' version='2.2'><file><unit id='u'><segment><source>S</source></segment></unit></file></xliff>";
        assert_eq!(told("a.xlf", latest), "- > -\n1 u \"S\" None -\n");
    }

    fn unit(declaration: &str, target: &str) -> String {
        format!(
            "{declaration}<xliff><file><body><trans-unit id='u'><source>S</source><target>{target}</target></trans-unit></body></file></xliff>"
        )
    }

    #[test]
    fn encodings_are_those_of_mark_declaration_or_first_bytes() {
        let expected = "- > -\n1 u \"S\" Some(\"é €\") -\n";
        let declared = |name: &str| format!("<?xml version='1.0' encoding = \"{name}\"?>");
        for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(told("a.xlf", utf_16(&unit(&declared("UTF-16"), "é €"), big, mark)), expected);
        }
        assert_eq!(told("a.xlf", unit(&declared("US-ASCII"), "&#xE9; &#8364;")), expected);
        assert_eq!(told("a.xlf", unit(&declared("utf-16"), "é €")), expected);
        assert_eq!(told("a.xlf", format!("\u{feff}{}", unit("", "é €"))), expected);
        for encoding in [encoding_rs::WINDOWS_1252, encoding_rs::ISO_8859_15] {
            let bytes = encoding.encode(&unit(&declared(encoding.name()), "é €")).0.into_owned();
            assert_eq!(told("a.xlf", bytes), expected);
        }
        let cyrillic = unit(&declared("windows-1251"), "Мост закрыт");
        assert!(told("a.xlf", encoding_rs::WINDOWS_1251.encode(&cyrillic).0).contains("Мост закрыт"));
        insta::assert_snapshot!(told("a.xlf", unit(&declared("x-own"), "")), @"refused: cannot be read: unknown encoding `x-own`");
        insta::assert_snapshot!(told("a.xlf", [unit("", "é").as_bytes(), b"\xff"].concat()), @"refused: line 1: not well-formed: cannot decode input using UTF-8: invalid utf-8 sequence of 1 bytes from index 0");
        insta::assert_snapshot!(told("a.xlf", &utf_16(&unit("", "é"), false, true)[..201]), @"refused: line 1: not well-formed: I/O error: not valid UTF-16LE");
    }

    #[test]
    fn line_ends_are_line_feeds_unless_they_are_written_by_number() {
        let lines = unit("<?xml version='1.0'?>\r\n\r\n", "a\r\nb\rc&#13;d&#xD;\ne");
        assert_eq!(told("a.xlf", lines), "- > -\n3 u \"S\" Some(\"a\\nb\\nc\\rd\\r\\ne\") -\n");
        let returns = unit("<?xml version='1.0'?>\r\r\r", "T");
        assert_eq!(told("a.xlf", returns), "- > -\n4 u \"S\" Some(\"T\") -\n");
    }

    #[test]
    fn what_is_not_well_formed_is_refused_with_its_line() {
        let refused = |text: &str| told("a.xlf", text);
        insta::assert_snapshot!(refused("<xliff>\n<file>\n<unit>"), @"refused: line 3: truncated: the file ends inside `unit`");
        insta::assert_snapshot!(refused("<xliff>\n<file></unit></xliff>"), @"refused: line 2: not well-formed: ill-formed document: expected `</file>`, but `</unit>` was found");
        insta::assert_snapshot!(refused("<xliff/>\n<xliff/>"), @"refused: line 2: not well-formed: a second root element");
        insta::assert_snapshot!(refused("<xliff/>\nmore"), @"refused: line 1: not well-formed: text outside the root element");
        insta::assert_snapshot!(refused("<xliff>\n<file a='1' a='2'/></xliff>"), @"refused: line 2: not well-formed: the attribute `a` stands twice");
        insta::assert_snapshot!(refused("<xliff>\n<file a='<'/></xliff>"), @"refused: line 2: not well-formed: the attributes of an element");
        insta::assert_snapshot!(refused(&unit("\n", "\u{1b}")), @"refused: line 2: not well-formed: the character U+001B");
        insta::assert_snapshot!(refused(&unit("\n", "&#27;")), @"refused: line 2: not well-formed: the character U+001B");
        insta::assert_snapshot!(refused(&unit("\n", "&nbsp;")), @"refused: line 2: the entity `&nbsp;` is not one of XML, and no other is expanded");
        insta::assert_snapshot!(refused(&unit("\n", "AT&T")), @"refused: line 2: not well-formed: ill-formed document: entity or character reference not closed: `;` not found before end of input");
        insta::assert_snapshot!(refused("<html>\n</html>"), @"refused: line 1: the root is `html` and not `xliff`");
        insta::assert_snapshot!(refused(""), @"refused: no XML: the file holds no element");
        insta::assert_snapshot!(refused(&("<xliff>".to_owned() + &"<group>".repeat(100_000))), @"refused: line 1: elements lie more than 256 deep");
    }

    #[test]
    fn entities_are_refused_at_once_and_a_doctype_without_any_is_not() {
        let bomb = "<!DOCTYPE x [\n<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">\n]>\n";
        insta::assert_snapshot!(told("a.xlf", unit(bomb, "&b;")), @"refused: line 1: the file declares entities, which are never expanded");
        let file = "<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
        insta::assert_snapshot!(told("a.xlf", unit(file, "&x;")), @"refused: line 1: the file declares entities, which are never expanded");
        let plain =
            "<!DOCTYPE xliff PUBLIC \"-//XLIFF//DTD XLIFF//EN\" \"http://example.invalid/xliff.dtd\">";
        assert_eq!(told("a.xlf", unit(plain, "T")), "- > -\n1 u \"S\" Some(\"T\") -\n");
    }
}
