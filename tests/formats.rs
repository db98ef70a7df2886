//! Every format in, from files made here and from files that public tools made.

#![cfg(all(feature = "cli", feature = "feeds", feature = "mail", feature = "office", feature = "unpack"))]

mod common;

use std::io::{Cursor, Write as _};

use common::{BRIDGE, EELS, Folder, each, gzip, list, objects, root, slice, spaced};
use serde_json::Value;

const MILL: &str = "The old mill at Ardell opened its doors again after nine years of repairs. Its wheel turns on \
    Saturdays. The miller grinds oats for the village.";

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).expect("memory can be written");
    }
    builder.into_inner().expect("memory can be written")
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn epub() -> Vec<u8> {
    let package = "<package xmlns:dc='d'><metadata><dc:title>Two banks</dc:title><dc:creator>Mara Ellison</dc:creator>\
        <dc:language>en</dc:language><dc:date>2024-03-12</dc:date></metadata><manifest>\
        <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='a' href='text/a%201.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='a'/><itemref idref='lost'/></spine></package>";
    let chapter =
        format!("<html><head><title>x</title></head><body><h1>The mill</h1><p>{MILL}</p></body></html>");
    zip(&[
        ("mimetype", b"application/epub+zip"),
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        ),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", b"<html><body>Contents</body></html>"),
        ("OEBPS/text/a 1.xhtml", chapter.as_bytes()),
    ])
}

fn docx() -> Vec<u8> {
    let body = format!(
        "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>The mill</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{MILL}</w:t></w:r></w:p></w:body></w:document>"
    );
    let core = "<cp:coreProperties xmlns:dc='d'><dc:title>Mills</dc:title><dc:creator>Ann Bow</dc:creator></cp:coreProperties>";
    zip(&[("word/document.xml", body.as_bytes()), ("docProps/core.xml", core.as_bytes())])
}

fn page(title: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{MILL}</p></article></body></html>"
    )
}

fn feed() -> String {
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Courier</title><item><guid>f1</guid><title>Mill opens</title>\
         <link>http://news.example/mill</link><description>&lt;p&gt;{MILL}&lt;/p&gt;</description></item>\
         <item><guid>f2</guid><title>Empty</title></item></channel></rss>"
    )
}

fn warc() -> String {
    let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", page("Mill opens"));
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/warc\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{body}\r\n\r\n",
        body.len()
    )
}

fn letter() -> String {
    format!(
        "From: Ann Bow <ann@x>\nSubject: Mill opens\nMessage-ID: <l1@x>\nDate: Tue, 12 Mar 2024 08:00:00 +0000\nMIME-Version: 1.0\n\n{MILL}\n"
    )
}

/// One line a document: its path and member, id, and title.
fn lines(documents: &[Value]) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |document: &Value| {
        let source = &document["source"];
        let member = source["member"].as_str().map(|member| format!("!{member}")).unwrap_or_default();
        let record =
            source["record"].as_u64().filter(|&record| record > 0).map(|record| format!("#{record}"));
        format!(
            "{}{member}{} | {} | {} | {} | {}",
            text(&source["path"]),
            record.unwrap_or_default(),
            text(&document["title"]),
            text(&document["byline"]),
            text(&document["published"]),
            text(&document["url"]),
        )
    };
    documents.iter().map(line).collect()
}

#[test]
fn a_folder_of_all_formats_is_read_and_its_counts_add_up() {
    let folder = Folder::new(&[("in/a.txt", BRIDGE), ("in/b.md", EELS), ("in/c.html", &page("Mill opens"))]);
    folder.write("in/d.csv", format!("id;title;text;tags\nc1;Mill opens;\"{MILL}\";x\nc2;short\n"));
    folder.write("in/e.tsv", format!("id\thtml\nt1\t<p>{MILL}</p>\n"));
    folder.write("in/f.jsonl", format!("{{\"id\":\"j1\",\"html\":\"<h1>Mill opens</h1><p>{MILL}</p>\"}}\n"));
    folder.write("in/g.rss", feed());
    folder.write(
        "in/h.opml",
        "<opml><body><outline xmlUrl='../feeds/one.xml'/><outline xmlUrl='http://x/feed'/></body></opml>",
    );
    folder.write("feeds/one.xml", feed());
    folder.write("in/i.warc.gz", gzip(warc().as_bytes()));
    folder.write("in/j.eml", letter());
    folder.write(
        "in/k.mbox",
        format!("From a Mon Mar  1 00:00:00 2024\n{}\nFrom b Mon\n{}", letter(), letter()),
    );
    folder.write("in/l.epub", epub());
    folder.write("in/m.docx", docx());
    folder.write("in/n.txt.bz2", bzip2(BRIDGE.as_bytes()));
    folder.write("in/o.txt.xz", xz(EELS.as_bytes()));
    let inner = zip(&[("deep/p.txt", BRIDGE.as_bytes()), ("deep/.hidden", b"x"), ("book.epub", &epub())]);
    folder.write(
        "in/p.tar.gz",
        gzip(&tar(&[
            ("one/a.txt", EELS.as_bytes()),
            ("inner.zip", &inner),
            ("b.jsonl", b"{\"text\":\"A line. Of text.\"}\n"),
        ])),
    );
    folder.write("in/q.parquet", "PAR1\0");
    let ran = folder.run(&["segment", "in", "--format", "jsonl", "--report", "report.json"]);
    let documents = objects(&ran.ends(1));
    insta::assert_snapshot!(lines(&documents).join("\n"));
    let report: Value = serde_json::from_str(&folder.read("report.json")).expect("JSON");
    insta::assert_snapshot!(
        "counts_of_a_folder",
        serde_json::to_string_pretty(&report["input"]).expect("JSON")
    );
    let sum: u64 =
        report["input"]["formats"].as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert_eq!(report["input"]["records"], sum);
    assert_eq!(report["documents"]["written"].as_u64().unwrap_or_default(), documents.len() as u64);
}

#[test]
fn what_public_tools_made_is_read() {
    let folder = Folder::new(&[]);
    for file in [
        "pages.warc.gz",
        "pages.wet",
        "courier.rss",
        "courier.atom",
        "letters.mbox",
        "letter.eml",
        "banks.epub",
        "banks.docx",
    ] {
        folder.write(file, std::fs::read(root().join("tests/fixtures").join(file)).expect("a fixture"));
    }
    let ran = folder.run(&["segment", ".", "--format", "jsonl"]);
    let documents = objects(&ran.ends(0));
    insta::assert_snapshot!(lines(&documents).join("\n"));
    for document in &documents {
        let body = list(document, "segments").iter().filter(|segment| segment["role"] == "body");
        assert!(body.count() >= 3, "{document}");
    }
}

#[test]
fn spans_of_members_lead_into_the_member() {
    let folder = Folder::new(&[]);
    folder.write("a.zip", zip(&[("x/b.tar", &tar(&[("c.txt", BRIDGE.as_bytes())]))]));
    let documents = objects(&folder.run(&["segment", "a.zip", "--format", "jsonl"]).ends(0));
    assert_eq!(documents[0]["source"]["member"], "x/b.tar/c.txt");
    for segment in list(&documents[0], "segments") {
        let bytes = slice(BRIDGE.as_bytes(), &segment["source_span"]);
        assert_eq!(
            spaced(std::str::from_utf8(bytes).expect("UTF-8")),
            spaced(segment["text"].as_str().expect("text"))
        );
    }
}

#[test]
fn archives_come_on_standard_input_as_well() {
    let folder = Folder::new(&[]);
    for bytes in [zip(&[("a.txt", BRIDGE.as_bytes())]), gzip(&tar(&[("a.txt", BRIDGE.as_bytes())]))] {
        let documents = objects(&folder.feed(&["segment", "-", "--format", "jsonl"], bytes).ends(0));
        assert_eq!((documents.len(), &documents[0]["source"]["member"]), (1, &Value::from("a.txt")));
    }
    let documents = objects(&folder.feed(&["segment", "-", "--format", "jsonl"], docx()).ends(0));
    assert_eq!(each(&documents, "byline"), ["Ann Bow"]);
}

#[test]
fn the_format_asked_for_holds_inside_archives() {
    let folder = Folder::new(&[]);
    folder.write("a.zip", zip(&[("a.dat", b"id,body\n1,One sentence. Another one.\n")]));
    let ran = folder.run(&[
        "segment",
        "a.zip",
        "--format",
        "jsonl",
        "--input-format",
        "csv",
        "--field",
        "text=body",
    ]);
    let documents = objects(&ran.ends(0));
    assert_eq!((each(&documents, "id"), list(&documents[0], "segments").len()), (vec!["1"], 2));
}
