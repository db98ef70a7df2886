//! What the tests of all readers use, and properties that hold for each.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// The rows of a file, or why it is refused.
pub(super) fn rows_of(
    name: &str,
    bytes: impl AsRef<[u8]>,
    options: &Options<'_>,
) -> Result<(Head, Vec<Row>), Refusal> {
    let mut rows = Vec::new();
    let head = read(&mut bytes.as_ref(), name, options, &mut |row| rows.push(row))?;
    Ok((head, rows))
}

/// A file as a table of what its rows hold, or the refusal.
pub(super) fn told(name: &str, bytes: impl AsRef<[u8]>) -> String {
    told_with(name, bytes, &Options::default())
}

/// The same with options.
pub(super) fn told_with(name: &str, bytes: impl AsRef<[u8]>, options: &Options<'_>) -> String {
    match rows_of(name, bytes, options) {
        Err(refusal) => format!("refused: {refusal}"),
        Ok((head, rows)) => {
            let lang = |lang: Option<String>| lang.unwrap_or_else(|| "-".to_owned());
            let mut out = format!("{} > {}\n", lang(head.source_lang), lang(head.target_lang));
            for row in rows {
                let segment = row.segment.map(|segment| format!("/{segment}")).unwrap_or_default();
                let state = row.state.map_or("-", crate::bilingual::State::name);
                _ = write!(out, "{} {}{segment} {:?} {:?} {state}", row.line, row.id, row.source, row.target);
                if !row.notes.is_empty() {
                    _ = write!(out, " notes {:?}", row.notes);
                }
                if row.codes != [Vec::<String>::new(), Vec::new()] {
                    _ = write!(out, " codes {:?}", row.codes);
                }
                if !row.marked.is_empty() {
                    let target = row.target.as_deref().unwrap_or_default();
                    let held: Vec<_> =
                        row.marked.iter().map(|one| (one.id.as_str(), &target[one.range.clone()])).collect();
                    _ = write!(out, " marked {held:?}");
                }
                out.push('\n');
            }
            out
        }
    }
}

/// Text in UTF-16, little-endian or big-endian, with a mark or without.
pub(super) fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn formats_are_known_by_extension_and_then_by_look() {
    let of = |name: &str, head: &[u8]| Format::of(name, head).map_or("-", Format::name);
    assert_eq!(of("a.TMX", b"<xliff"), "tmx");
    assert_eq!(of("a.xml", b"<?xml version='1.0'?>\n<x:xliff version='2.0'>"), "xliff");
    assert_eq!(of("a", &utf_16("<?xml version='1.0'?><tmx version='1.4'>", false, true)), "tmx");
    assert_eq!(of("a.txt", &utf_16("id\tsource\ttarget\r\n", false, true)), "tsv");
    assert_eq!(of("a.txt", b"\xef\xbb\xbfSource;Target;Id\n"), "csv");
    assert_eq!(of("a.txt", b"# a comment\nmsgid \"\"\n"), "po");
    assert_eq!(of("a.json", b"{\"id\":1}"), "units");
    assert_eq!(of("a", b"PK\x03\x04"), "docx");
    assert_eq!(of("a.html", b"<html>"), "-");
    insta::assert_snapshot!(told("a.html", "<html>"), @"refused: not a bilingual file that is known; known are: xliff, tmx, po, tsv, csv, units, docx");
}

/// Texts that hold what formats escape, quote, cut or normalize. XML has no room for the rest.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "word",
        "é",
        "e\u{301}",
        "\u{1F600}",
        "\u{10FFFF}",
        "שלום",
        "\u{202e}",
        "&",
        "&amp;",
        "<",
        "<b>",
        ">",
        "]]>",
        "<!--",
        "\"",
        "\"\"",
        "'",
        "\\",
        "\\n",
        "\\t",
        "\t",
        "\n",
        ",",
        ";",
        "#",
        "#~",
        "msgid \"x\"",
        "=",
        " ",
        "  ",
        "\u{a0}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "{",
        "}",
        "\u{7f}",
        "\u{fffd}",
        "%s",
        "{0}",
        "id",
        "source",
        "sep=;",
    ]);
    // A letter at its end keeps it from being white space alone.
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat() + "z")
}

/// Units with hostile sources, and targets for some.
fn units() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    // Quotes around all of a target may be part of it or not; only those of a source can be looked up.
    let target = hostile().prop_map(|text| format!("S{text}"));
    prop::collection::vec((hostile(), prop::option::of(target)), 1..5)
}

fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

/// Writes units by hand, each between what a format has around it.
fn written(units: &[(String, Option<String>)], unit: impl Fn(usize, &str, Option<&str>) -> String) -> String {
    let each = units.iter().enumerate();
    each.map(|(at, (source, target))| unit(at, source, target.as_deref())).collect()
}

/// What a file of these units must give back.
fn expected(units: &[(String, Option<String>)]) -> Vec<(String, String, Option<String>)> {
    let each = units.iter().enumerate();
    each.map(|(at, (source, target))| (format!("u{at}"), source.clone(), target.clone())).collect()
}

fn given(
    name: &str,
    bytes: impl AsRef<[u8]>,
    options: &Options<'_>,
) -> Vec<(String, String, Option<String>)> {
    let (_, rows) = rows_of(name, bytes, options).expect("a good file");
    rows.into_iter().map(|row| (row.id, row.source, row.target)).collect()
}

/// A cell as a spreadsheet writes it.
fn quoted(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn escaped(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn xliff_2(units: &[(String, Option<String>)]) -> String {
    let body = written(units, |at, source, target| {
        let target = target.map(|t| format!("<x:target>{}</x:target>", xml(t))).unwrap_or_default();
        format!(
            "<x:unit id='u{at}'>\n<x:segment><x:source>{}</x:source>{target}</x:segment></x:unit>",
            xml(source)
        )
    });
    format!(
        "<x:xliff xmlns:x='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='en'><x:file id='f'>{body}</x:file></x:xliff>"
    )
}

fn xliff_1(units: &[(String, Option<String>)]) -> String {
    let data = |text: &str| format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"));
    let body = written(units, |at, source, target| {
        let target = target.map(|t| format!("<target>{}</target>", data(t))).unwrap_or_default();
        format!("<trans-unit id='u{at}'><source>{}</source>{target}</trans-unit>", data(source))
    });
    format!(
        "<xliff xmlns='urn:oasis:names:tc:xliff:document:1.2' version='1.2'><file><body>{body}</body></file></xliff>"
    )
}

fn tmx(units: &[(String, Option<String>)]) -> String {
    let body = written(units, |at, source, target| {
        let tuv = |lang: &str, text: &str| format!("<tuv xml:lang='{lang}'><seg>{}</seg></tuv>", xml(text));
        let target = target.map(|target| tuv("fr-CA", target)).unwrap_or_default();
        format!("<tu tuid='u{at}'>{target}{}</tu>", tuv("EN-us", source))
    });
    format!("<tmx version='1.4'><header srclang='en'/><body>{body}</body></tmx>")
}

fn po(units: &[(String, Option<String>)]) -> String {
    let string = |text: &str| {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\t', "\\t");
        format!("\"\"\n\"{}\"", text.replace('\n', "\\n\"\n\""))
    };
    written(units, |at, source, target| {
        format!(
            "msgctxt \"u{at}\"\nmsgid {}\nmsgstr {}\n",
            string(source),
            target.map_or("\"\"".to_owned(), string)
        )
    })
}

fn json_lines(units: &[(String, Option<String>)]) -> String {
    written(units, |at, source, target| {
        let unit =
            serde_json::json!({"id": format!("u{at}"), "doc": "d", "source": source, "target": target});
        format!("{unit}\n")
    })
}

fn table(
    units: &[(String, Option<String>)],
    separator: char,
    end: &str,
    cell: impl Fn(&str) -> String,
) -> String {
    let row = |cells: [&str; 4]| cells.map(&cell).join(&separator.to_string()) + end;
    let body =
        written(units, |at, source, target| row([target.unwrap_or_default(), &format!("u{at}"), source, ""]));
    row(["Target", "ID", "source", "note"]) + &body
}

proptest! {
    #[test]
    fn xml_written_by_hand_comes_back(units in units()) {
        let options = Options::default();
        for (name, text) in [("a.xlf", xliff_2(&units)), ("a.xlf", xliff_1(&units)), ("a.tmx", tmx(&units))] {
            prop_assert_eq!(given(name, &text, &options), expected(&units), "{}", text);
            let returned = text.replace('\n', "\r\n");
            prop_assert_eq!(given(name, returned, &options), expected(&units));
            for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
                prop_assert_eq!(given(name, utf_16(&text, big, mark), &options), expected(&units));
            }
        }
    }

    #[test]
    fn messages_and_json_lines_written_by_hand_come_back(units in units()) {
        let options = Options::default();
        prop_assert_eq!(given("a.po", po(&units), &options), expected(&units));
        prop_assert_eq!(given("a.jsonl", json_lines(&units), &options), expected(&units));
    }

    #[test]
    fn tables_written_by_hand_come_back_however_they_are_quoted(units in units()) {
        let known = |id: &str, source: &str| {
            expected(&units).iter().any(|(own, text, _)| own == id && text == source)
        };
        let options = Options { known: Some(&known), ..Options::default() };
        let plain = table(&units, '\t', "\n", escaped);
        prop_assert_eq!(given("a.tsv", &plain, &options), expected(&units), "{}", plain);
        let rewritten = |separator, end| table(&units, separator, end, |cell| quoted(&escaped(cell), separator));
        for end in ["\n", "\r\n"] {
            let tabs = rewritten('\t', end);
            prop_assert_eq!(given("a.tsv", utf_16(&tabs, false, true), &options), expected(&units), "{}", tabs);
            for separator in [',', ';'] {
                if units.iter().any(|(source, _)| escaped(source) != *source) {
                    let text = format!("\u{feff}{}", rewritten(separator, end));
                    prop_assert_eq!(given("a.csv", &text, &options), expected(&units), "{}", text);
                }
                let own = table(&units, separator, end, |cell| quoted(cell, separator));
                prop_assert_eq!(given("a.csv", &own, &options), expected(&units), "{}", own);
            }
        }
    }

    /// XML cut anywhere is refused, whatever rows came before.
    #[test]
    fn xml_cut_anywhere_is_refused(units in units(), at in 0.0..1.0_f64) {
        for (name, text) in [("a.xlf", xliff_2(&units)), ("a.xlf", xliff_1(&units)), ("a.tmx", tmx(&units))] {
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
            let cut = ((text.len() as f64) * at) as usize;
            prop_assert!(rows_of(name, &text.as_bytes()[..cut], &Options::default()).is_err());
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(format in 0_usize..7, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let name = format!("a.{}", Format::ALL[format].2[0]);
        _ = rows_of(&name, bytes, &Options::default());
    }
}
