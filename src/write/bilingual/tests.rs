//! Whole files, as translators get them.

use std::io::{Read, Seek, SeekFrom, Write};

use super::*;
use crate::write::SEGMENT_KINDS;
use crate::write::sample;

/// The output of `format` with `settings` (TOML) for `documents`.
fn assembled(
    format: &str,
    settings: &str,
    documents: &[Done],
    place: Option<&Path>,
) -> Result<Assembled, Error> {
    let kind = SEGMENT_KINDS.iter().find(|kind| kind.name == format).expect("in the table");
    let writer = kind.make(settings.parse().expect("TOML"))?;
    let mut aside = tempfile::tempfile().expect("a file");
    let mut out = Vec::new();
    for done in documents {
        writer.render(done, &mut out);
    }
    aside.write_all(&out).expect("written");
    aside.seek(SeekFrom::Start(0)).expect("a file");
    writer.assemble(aside, &sample::totals(documents), place)
}

fn text(mut file: File) -> String {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).expect("a file");
    file.read_to_string(&mut text).expect("UTF-8");
    text
}

fn written(format: &str, settings: &str, documents: &[Done]) -> String {
    let assembled = assembled(format, settings, documents, None).expect("written");
    text(assembled.file.expect("one file"))
}

const ENGLISH: &str = "source_lang = 'en'\ntarget_lang = 'fr'\n";

#[test]
fn every_format_has_a_unit_for_each_segment() {
    for format in ["xliff", "xliff12", "tmx", "po", "tsv", "csv", "units"] {
        let file = written(format, ENGLISH, &[sample::council(), sample::empty()]);
        insta::assert_snapshot!(format, file);
    }
}

#[test]
fn hostile_text_breaks_out_of_no_format() {
    for format in ["xliff", "xliff12", "tmx", "po", "tsv", "csv", "units"] {
        insta::assert_snapshot!(format!("hostile-{format}"), written(format, ENGLISH, &[sample::hostile()]));
    }
}

#[test]
fn the_versions_of_xliff_2_differ_in_label_and_namespace() {
    let head = |version: &str| {
        let settings = format!("{ENGLISH}xliff_version = '{version}'");
        let file = written("xliff", &settings, &[sample::council()]);
        file.lines().nth(1).map(str::to_owned)
    };
    insta::assert_snapshot!(head("2.1").unwrap(), @r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="fr">"#);
    insta::assert_snapshot!(head("2.2").unwrap(), @r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.2" version="2.2" srcLang="en" trgLang="fr">"#);
}

#[test]
fn a_paragraph_is_a_unit_whose_segments_and_ignorables_tile_it() {
    let settings = format!("{ENGLISH}unit = 'paragraph'\nscope = 'body'");
    insta::assert_snapshot!(written("xliff", &settings, &[sample::council()]));
}

#[test]
fn a_limit_stands_in_the_module_for_it_and_in_a_note() {
    let settings = format!("{ENGLISH}max_target_ratio = 1.2\nscope = 'summary'");
    let file = written("xliff", &settings, &[sample::council()]);
    assert!(file.contains("<slr:profiles generalProfile=\"xliff:codepoints\"/>"), "{file}");
    assert!(file.contains("slr:sizeRestriction=\"76\""), "{file}");
    assert!(file.contains("76 characters at most"), "{file}");
    let file = written("xliff12", &settings, &[sample::council()]);
    assert!(file.contains("maxwidth=\"76\" size-unit=\"char\""), "{file}");
}

#[test]
fn a_repeated_sentence_goes_out_once_and_names_its_places() {
    let mut twin = sample::council();
    twin.id = "twin".to_owned();
    for segment in &mut twin.segments {
        segment.id = crate::doc::id::segment_id("twin", &segment.id, 0);
    }
    let settings = format!("{ENGLISH}unique = true\nscope = 'summary'");
    let place = Path::new("news.tsv");
    let assembled = assembled("tsv", &settings, &[sample::council(), twin], Some(place)).expect("written");
    let table = text(assembled.file.expect("one file"));
    assert_eq!(table.lines().count(), 1 + sample::council().summary.segments.len(), "{table}");
    assert!(table.contains("places: stands in 2 places, also of twin"), "{table}");
    let [(name, skeleton)] = <[_; 1]>::try_from(assembled.beside).expect("a skeleton");
    assert_eq!(name, Path::new("news.skeleton.jsonl"));
    let skeleton = text(skeleton);
    let last = skeleton.lines().last().expect("two documents");
    let doc: Doc = serde_json::from_str(last).expect("a document");
    let pointed = doc.segments.iter().filter(|segment| segment.unit.is_some()).count();
    assert_eq!(pointed, doc.summary.segments.len());
}

#[test]
fn several_languages_and_documents_have_files_of_their_own() {
    let settings = "source_lang = 'en'\ntarget_lang = ['fr', 'pt-BR']\nsplit = true";
    let documents = [sample::council(), sample::hostile()];
    let assembled =
        assembled("xliff", settings, &documents, Some(Path::new("out/news.xlf"))).expect("written");
    let names: Vec<_> = assembled.beside.iter().map(|(name, _)| name.display().to_string()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    out/news.0001-council.fr.xlf
    out/news.0001-council.pt-BR.xlf
    out/news.0002-9bq176p7bf05vbtt.fr.xlf
    out/news.0002-9bq176p7bf05vbtt.pt-BR.xlf
    out/news.skeleton.jsonl
    ");
    assert!(assembled.file.is_none());
}

#[test]
fn several_files_need_a_name() {
    let settings = "source_lang = 'en'\ntarget_lang = ['fr', 'de']";
    let refusal = assembled("xliff", settings, &[sample::council()], None).expect_err("no place").to_string();
    insta::assert_snapshot!(refusal, @"several files cannot go to standard output: name one by -o, their names are made from it");
}

#[test]
fn the_input_s_one_language_is_the_source_language() {
    let file = written("xliff", "", &[sample::arabic()]);
    assert!(file.contains("srcLang=\"ar\">"), "{file}");
}

#[test]
fn several_languages_are_refused_unless_one_is_set() {
    let documents = [sample::council(), sample::arabic(), sample::arabic()];
    let refusal = assembled("xliff", "", &documents, None).expect_err("two languages").to_string();
    insta::assert_snapshot!(refusal, @"a bilingual file has one source language, the input has several: ar (2), en (1); name one by source_lang (--source-lang)");
    let warned = assembled("xliff", ENGLISH, &documents, None).expect("one is set").warnings;
    insta::assert_snapshot!(warned.join("\n"), @"2 documents in `ar` stand in a file that says `en`");
}

#[test]
fn settings_that_cannot_be_are_refused() {
    for (settings, snapshot) in [
        ("source_lang = 'not a tag'", "tag"),
        ("target_lang = ['fr', 'fr']", "twice"),
        ("max_target_ratio = 0.0", "ratio"),
        ("for = 'notepad'", "client"),
        ("unit = 'paragraph'\nunique = true", "unique"),
        ("xliff_version = '3.0'", "version"),
    ] {
        let refusal = assembled("xliff", settings, &[], None).expect_err(settings).to_string();
        insta::assert_snapshot!(format!("refused-{snapshot}"), refusal);
    }
}

#[test]
fn a_client_settles_the_format() {
    let settings = |client: &str| format!("{ENGLISH}for = '{client}'");
    let omegat = written("xliff", &settings("omegat"), &[sample::council()]);
    assert!(omegat.contains("version=\"1.2\"") && omegat.contains("<target state=\"new\">"), "{omegat}");
    let weblate = written("xliff", &settings("weblate"), &[sample::council()]);
    assert!(weblate.contains("version=\"1.2\"") && !weblate.contains("<target"), "{weblate}");
}

#[test]
fn emphasis_links_and_protected_items_are_marked_where_that_is_asked_for() {
    for (format, settings) in [("xliff", ""), ("xliff12", ""), ("xliff", "unit = 'paragraph'")] {
        let settings = format!("{ENGLISH}inline_marks = true\n{settings}");
        let file = written(format, &settings, &[sample::marked_up()]);
        let name = if settings.contains("paragraph") {
            "marked-paragraph".to_owned()
        } else {
            format!("marked-{format}")
        };
        insta::assert_snapshot!(name, file);
    }
    let plain = written("xliff", ENGLISH, &[sample::marked_up()]);
    assert!(!plain.contains("<pc") && !plain.contains("<mrk"), "{plain}");
}

#[test]
fn marks_are_for_formats_and_tools_that_keep_them() {
    let refused = |format: &str, settings: &str| {
        assembled(format, settings, &[], None).expect_err("refused").to_string()
    };
    insta::assert_snapshot!(refused("tsv", "inline_marks = true"), @"stage `tsv`: `inline_marks` goes with xliff and xliff12");
    insta::assert_snapshot!(refused("xliff", "inline_marks = true\nfor = 'qt'"), @"stage `xliff`: `inline_marks` does not go with this tool, which loses text in marks");
}

#[test]
fn a_skeleton_knows_emphasis_and_links() {
    let written =
        assembled("xliff", ENGLISH, &[sample::marked_up()], Some(Path::new("a.xlf"))).expect("written");
    let skeleton = written.beside.into_iter().map(|(_, file)| text(file)).next().expect("a skeleton");
    let lines: Vec<&str> = skeleton.lines().filter(|line| line.contains("inline\":[")).collect();
    let doc: Doc = serde_json::from_str(lines[0]).expect("a document");
    let held: Vec<_> = doc
        .segments
        .iter()
        .flat_map(|segment| {
            segment.inline.iter().map(|inline| (&segment.text[inline.range()], inline.markup.style))
        })
        .collect();
    insta::assert_debug_snapshot!(held);
}
