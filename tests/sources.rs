//! Real and messy articles: what is found in them, and the way back to their bytes, whatever they come packed in.

#![cfg(all(feature = "cli", feature = "unpack"))]

mod common;

use nutgraf::doc::page::plain;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use common::{Folder, each, gzip, list, objects, root, slice, spaced};
use serde_json::Value;

const TITLE: &str = "Azerbaijan, Israel discuss ‘Iranian threat’";

/// The real article, where it lies beside the repository.
#[expect(clippy::print_stderr, reason = "a test that did not run should say so")]
fn cradle() -> Option<String> {
    let name = "shared/data/real/cradle-2023-06-01.txt";
    let places = [root().join("..").join(name), Path::new("/work").join(name)];
    let found = places.iter().find_map(|place| fs::read_to_string(place).ok());
    if found.is_none() {
        eprintln!("skipped: {name} is not beside the repository");
    }
    found
}

/// The one document that comes out.
#[track_caller]
fn document(folder: &Folder, args: &[&str], input: impl AsRef<[u8]>) -> Value {
    let mut all = objects(&folder.feed(&[&["segment"], args].concat(), input).ends(0));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// What a reader wants to know, apart from where it was found.
fn gist(one: &Value) -> [&Value; 8] {
    ["id", "title", "published", "byline", "publisher", "lang", "dek_segment", "summary"].map(|key| &one[key])
}

#[test]
fn the_real_article_is_taken_apart_as_a_reader_would() {
    let Some(text) = cradle() else { return };
    let one = document(&Folder::new(&[]), &[], &text);
    let known = ["title", "published", "byline", "publisher", "lang"].map(|key| one[key].as_str().unwrap());
    assert_eq!(known, [TITLE, "2023-06-01", "News Desk", "The Cradle", "en"]);
    let chosen: Vec<_> =
        list(&one, "segments").iter().filter(|segment| segment["in_summary"] == true).collect();
    assert!(chosen.len() == 3 && chosen.iter().all(|segment| segment["role"] == "body"), "{chosen:?}");
    let left: Vec<_> = list(&one, "boilerplate")
        .iter()
        .map(|line| {
            (
                line["role"].as_str().unwrap(),
                std::str::from_utf8(slice(text.as_bytes(), &line["source_span"])).unwrap(),
            )
        })
        .collect();
    let dek =
        "The two leaders also discussed Baku's strategic partnership with Ankara and its support for Ukraine";
    let expected = [
        ("date", "Thursday, June 01, 2023"),
        ("byline", "ByNews Desk-\u{a0}The Cradle"),
        ("dek", dek),
        ("comments", "No comments:"),
        ("comments", "Post a Comment"),
    ];
    assert_eq!(left, expected);
    assert_eq!(one["dek"], dek);
    let repeats = list(&one, "segments").iter().find(|segment| segment["id"] == one["dek_segment"]).unwrap();
    assert_eq!(
        (&repeats["role"], &repeats["text"]),
        (&"body".into(), &Value::from(dek.replace('\'', "’") + "."))
    );
}

#[test]
fn every_span_of_the_real_article_cuts_its_bytes() {
    let Some(text) = cradle() else { return };
    let one = document(&Folder::new(&[]), &[], &text);
    assert_eq!(list(&one, "segments").len(), 16);
    for segment in list(&one, "segments") {
        let slice = std::str::from_utf8(slice(text.as_bytes(), &segment["source_span"])).unwrap();
        assert_eq!(segment["text"].as_str().map(spaced), Some(spaced(slice)));
    }
}

#[test]
fn the_real_article_is_the_same_in_every_encoding_and_packing() {
    let Some(text) = cradle() else { return };
    let folder = Folder::new(&[]);
    let plain = document(&folder, &[], &text);
    let utf16 = |order: fn(u16) -> [u8; 2], bom: &[u8]| {
        let units = text.encode_utf16().flat_map(order);
        bom.iter().copied().chain(units).collect::<Vec<_>>()
    };
    let western = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!western.2, "every character has a place there");
    let forms: [(&str, Vec<u8>, &str); 9] = [
        ("bom.txt", [b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
        ("le.txt", utf16(u16::to_le_bytes, b"\xff\xfe"), "UTF-16LE"),
        ("be.txt", utf16(u16::to_be_bytes, b"\xfe\xff"), "UTF-16BE"),
        ("western.txt", western.0.into_owned(), "windows-1252"),
        ("crlf.txt", text.replace('\n', "\r\n").into_bytes(), "UTF-8"),
        ("packed.txt.gz", gzip(text.as_bytes()), "UTF-8"),
        ("packed.txt.zst", zstd::encode_all(text.as_bytes(), 3).unwrap(), "UTF-8"),
        ("twice.gz", gzip(&zstd::encode_all(text.as_bytes(), 3).unwrap()), "UTF-8"),
        ("none", text.clone().into_bytes(), "UTF-8"),
    ];
    for (name, bytes, encoding) in forms {
        folder.write(name, &bytes);
        for one in [document(&folder, &[name], ""), document(&folder, &["-"], &bytes)] {
            assert_eq!(gist(&one), gist(&plain), "{name}");
            assert_eq!(one["source"]["encoding"], encoding, "{name}");
        }
    }
}

#[test]
fn the_real_article_is_the_same_inside_a_record() {
    let Some(text) = cradle() else { return };
    let folder = Folder::new(&[]);
    let plain = document(&folder, &[], &text);
    let inside = document(&folder, &[], serde_json::json!({"text": text}).to_string());
    assert_eq!(gist(&inside), gist(&plain));
    let spans =
        |one: &Value| list(one, "segments").iter().map(|s| s["source_span"].clone()).collect::<Vec<_>>();
    assert_eq!(spans(&inside), spans(&plain), "spans are those of the decoded field");
}

/// The bytes that source spans point into: the file as read, decoded where it was not UTF-8; a byte order mark counts.
fn source(one: &Value) -> Vec<u8> {
    let path = root().join(path(one));
    let bytes = fs::read(&path).expect("a file of the corpus");
    let bytes = match path.extension().and_then(|extension| extension.to_str()) {
        Some("gz") => {
            let mut out = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut out).expect("gzip");
            out
        }
        Some("zst") => zstd::decode_all(&bytes[..]).expect("Zstandard"),
        _ => bytes,
    };
    match one["source"]["encoding"].as_str() {
        Some("UTF-8") | None => bytes,
        Some(label) => {
            let encoding =
                encoding_rs::Encoding::for_label(label.as_bytes()).expect("a name of the standard");
            encoding.decode_without_bom_handling(&bytes).0.into_owned().into_bytes()
        }
    }
}

/// Where a document was found.
fn path(one: &Value) -> &str {
    one["source"]["path"].as_str().expect("every document has a path")
}

/// Every document of the corpus.
fn corpus() -> Vec<Value> {
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_nutgraf"))
        .current_dir(root())
        .args(["segment", "corpus"])
        .output();
    let ran = ran.expect("the program starts");
    assert_eq!((ran.status.code(), String::from_utf8_lossy(&ran.stderr).as_ref()), (Some(0), ""));
    objects(&String::from_utf8(ran.stdout).expect("UTF-8"))
}

#[test]
fn every_article_of_the_corpus_has_a_title_a_date_and_a_summary() {
    let all = corpus();
    assert_eq!(all.len(), 50, "39 files, 8 lines and 3 items of a feed");
    for one in &all {
        let path = path(one);
        assert!(one["title"].as_str().is_some_and(|title| title.len() > 10), "{path} has no title");
        let date = one["published"].as_str().unwrap_or_default();
        let day = path.split('/').find(|part| part.starts_with("2024"));
        assert!(date.starts_with("2024-03-1"), "{path}: {date}");
        assert!(day.is_none_or(|day| date.starts_with(day)), "{path}: {date}");
        assert_eq!(list(&one["summary"], "segments").len(), 3, "{path}");
        let lang =
            Path::new(path).file_name().and_then(|name| name.to_str()).unwrap().split('.').nth(1).unwrap();
        assert!(matches!(lang, "jsonl" | "rss" | "eml") || one["lang"] == lang, "{path}: {}", one["lang"]);
    }
}

#[test]
fn every_span_of_the_corpus_leads_back_to_its_bytes() {
    let stages = nutgraf::pipeline::plan::Stages::build(&nutgraf::pipeline::file::Loaded::from_flags(
        nutgraf::pipeline::file::PipelineFile::default(),
    ))
    .unwrap();
    for one in &corpus() {
        let extension = Path::new(path(one)).extension().and_then(|extension| extension.to_str()).unwrap();
        // Spans of records lie in fields that are decoded first.
        if matches!(extension, "jsonl" | "rss" | "eml") {
            continue;
        }
        let bytes = source(one);
        for segment in list(one, "segments").iter().filter(|segment| !segment["source_span"].is_null()) {
            let slice =
                std::str::from_utf8(slice(&bytes, &segment["source_span"])).expect("cut between characters");
            let bare = if extension == "html" { plain(slice) } else { slice.to_owned() };
            let normalized = normalized(&bare, &stages.normalizers);
            let text = segment["text"].as_str().unwrap();
            let (text, normalized) = if extension == "md" {
                (letters(text), letters(&without_links(&normalized)))
            } else {
                (spaced(text), spaced(&normalized))
            };
            assert_eq!(text, normalized, "{}", one["source"]["path"]);
        }
    }
}

#[test]
fn every_span_of_a_record_leads_back_to_its_field() {
    let lines = objects(&fs::read_to_string(root().join("corpus/wire.jsonl")).unwrap());
    let all = corpus();
    let wire: Vec<_> = all.iter().filter(|one| one["source"]["path"] == "corpus/wire.jsonl").collect();
    for (one, line) in wire.iter().zip(&lines) {
        assert!(line["id"].is_null() || one["id"] == line["id"], "{}", one["id"]);
        for segment in list(one, "segments") {
            let field = line[segment["field"].as_str().unwrap()].as_str().unwrap();
            let slice = std::str::from_utf8(slice(field.as_bytes(), &segment["source_span"])).unwrap();
            assert_eq!(segment["text"].as_str().map(spaced), Some(spaced(slice)), "{}", one["id"]);
        }
    }
}

/// Ids of segments are unique over the whole corpus.
#[test]
fn no_two_segments_of_a_run_share_an_id() {
    let all = corpus();
    let ids: Vec<&str> = all.iter().flat_map(|one| each(list(one, "segments"), "id")).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
}

fn normalized(text: &str, steps: &[Box<dyn nutgraf::normalize::Normalizer>]) -> String {
    let mut document =
        nutgraf::Document { text: nutgraf::Field::plain(text.to_owned()), ..Default::default() };
    let edits = &mut nutgraf::doc::text::Edits::default();
    nutgraf::normalize::normalize(&mut document, steps, edits, &mut vec![0; steps.len()]);
    document.text.text.as_str().to_owned()
}

/// Markdown without the addresses of its links.
fn without_links(text: &str) -> String {
    let mut parts = text.split("](");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// What marks of emphasis, code and links are not: letters and digits alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
