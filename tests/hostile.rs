//! Input made to break readers: bombs, tricks in names, files cut anywhere, endless lines. One clear error each, nothing
//! hangs, memory stays bounded, and no other document is touched.

#![cfg(all(feature = "cli", feature = "feeds", feature = "mail", feature = "office", feature = "unpack"))]

mod common;

use std::io::{self, Cursor, Read, Write as _};
use std::path::Path;
use std::sync::Arc;

use common::{BRIDGE, EELS, Folder, each, gzip, objects};
use nutgraf::io::frame::{Cut, FrameOptions, Framer};
use nutgraf::io::open::{Opened, Place, open};
use nutgraf::io::stream::Stream;
use nutgraf::io::unpack::Allowance;
use nutgraf::read::{ReadOptions, read};

/// What came of some bytes: documents as `member: first words`, and failures.
#[derive(Debug, Default)]
struct Came {
    documents: Vec<String>,
    failures: Vec<String>,
}

/// Reads what `bytes` hold under `name`, as a run does.
fn came(bytes: impl Read + Send + 'static, packed: u64, name: &str) -> Came {
    let options = Arc::new(FrameOptions { max_record_bytes: 32 << 20, ..FrameOptions::default() });
    let allowance = Allowance::of(packed);
    let place = Place { path: name.to_owned(), member: None, depth: 0, allowance, options };
    let mut came = Came::default();
    let mut framers: Vec<Box<dyn Framer>> = Vec::new();
    match open(Stream::new(bytes), place, Some(Path::new(name)), None) {
        Ok(Opened::Record(record)) => came.take(*record),
        Ok(Opened::Framer(framer)) => framers.push(framer),
        Err(kind) => came.failures.push(kind.to_string()),
    }
    while let Some(framer) = framers.last_mut() {
        match framer.next() {
            Some(Cut::Record(record)) => came.take(*record),
            Some(Cut::Failed(e)) => came.failures.push(e.to_string()),
            Some(Cut::Skipped(_)) => {}
            Some(Cut::Open(inner)) => framers.push(inner),
            None => _ = framers.pop(),
        }
    }
    came
}

fn in_memory(bytes: &[u8], name: &str) -> Came {
    came(Cursor::new(bytes.to_vec()), bytes.len() as u64, name)
}

impl Came {
    fn take(&mut self, record: nutgraf::doc::record::Record) {
        let mut documents = Vec::new();
        match read(record, &ReadOptions::default(), &mut documents) {
            Err(e) => self.failures.push(e.to_string()),
            Ok(()) => self.documents.extend(documents.iter().map(|document| {
                let words: String = document.text.text.as_str().chars().take(30).collect();
                format!("{}: {words}", document.source.member.as_deref().unwrap_or_default())
            })),
        }
    }
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

/// A tar archive whose members are called exactly so, whatever a careful writer thinks of it.
fn tar(members: &[(&[u8], tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, kind, content) in members {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
    }
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

const FILE: tar::EntryType = tar::EntryType::Regular;

#[test]
fn names_that_lead_elsewhere_are_shown_and_never_followed() {
    let folder = Folder::new(&[]);
    let long = [b'n'; 5000];
    let archive = tar(&[
        (b"../../up.txt", FILE, BRIDGE.as_bytes()),
        (b"/abs.txt", FILE, BRIDGE.as_bytes()),
        (b"c:\\dir\\\x1b[31m.txt", FILE, BRIDGE.as_bytes()),
        (b"link.txt", tar::EntryType::Symlink, b""),
        (b"device", tar::EntryType::Char, b""),
        (b"__MACOSX/a.txt", FILE, b"x"),
        (b"././@LongLink", tar::EntryType::GNULongName, &long),
        (b"cut", FILE, EELS.as_bytes()),
        (b"last.txt", FILE, EELS.as_bytes()),
    ]);
    folder.write("a.tar", archive);
    let before = folder.names();
    let ran = folder.run(&["segment", "a.tar", "--format", "jsonl"]);
    assert_eq!(ran.code, Some(1));
    let documents = objects(&ran.out);
    let sources: Vec<_> = documents.iter().map(|document| document["source"].clone()).collect();
    assert_eq!(
        each(&sources, "member"),
        ["../../up.txt", "/abs.txt", "c:\\\\dir\\\\\\u{1b}[31m.txt", "last.txt"]
    );
    assert!(ran.err.contains("the name of a member is 5000 bytes long"), "{}", ran.err);
    assert!(ran.err.contains("2 members (not regular files), the first link.txt"), "{}", ran.err);
    assert!(!ran.err.contains('\x1b'), "{}", ran.err);
    assert_eq!(folder.names(), before);
}

#[test]
fn bombs_cost_no_more_than_the_caps() {
    let zeros = vec![b' '; 30 << 20];
    let inner = zip(&[("a.txt", &zeros)]);
    let names: Vec<String> = (0..8).map(|n| format!("{n}.zip")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), inner.as_slice())).collect();
    let bomb = in_memory(&zip(&members), "bomb.zip");
    let stopped =
        bomb.failures.iter().filter(|e| e.contains("unpacks to more than 200 times its size")).count();
    assert!(stopped >= 4 && stopped + bomb.documents.len() == 8, "{bomb:?}");

    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b'x'; 10 << 20]).expect("memory can be written");
    let lines = packed.finish().expect("memory can be written").repeat(30);
    let bomb = in_memory(&lines, "bomb.jsonl.gz");
    assert_eq!(bomb.failures, ["bomb.jsonl.gz: unpacks to more than 200 times its size"]);

    let mut deep = gzip(b"words");
    for _ in 0..8 {
        deep = gzip(&deep);
    }
    assert_eq!(in_memory(&deep, "a.gz").failures, ["data packed more than eight deep is not read"]);
    let mut nested = zip(&[("a.txt", BRIDGE.as_bytes())]);
    for _ in 0..8 {
        nested = zip(&[("in.zip", &nested)]);
    }
    let nested = in_memory(&nested, "a.zip");
    assert_eq!(nested.failures.len(), 1, "{nested:?}");
}

#[test]
fn a_single_line_of_a_gigabyte_is_one_error_in_bounded_memory() {
    for (name, begin, end) in [
        ("a.jsonl", "{\"text\":\"", "\"}\n{\"text\":\"short\"}\n"),
        ("a.csv", "text\n", "\nshort\n"),
        ("a.mbox", "From a\n", "\n\nFrom b Mon\nSubject: x\n\nshort\n"),
    ] {
        let line = io::repeat(b'x').take(1 << 30);
        let all =
            Cursor::new(begin.as_bytes().to_vec()).chain(line).chain(Cursor::new(end.as_bytes().to_vec()));
        let came = came(all, 1 << 30, name);
        assert_eq!((came.failures.len(), came.documents.len()), (1, 1), "{came:?}");
        assert!(came.failures[0].contains("more than the 33554432 bytes"), "{came:?}");
    }
}

/// Small files of each kind, each with its name and whether it holds several documents one after the other.
fn small_files() -> Vec<(&'static str, Vec<u8>, bool)> {
    let page = format!("<!doctype html><body><h1>Eels</h1><p>{EELS}</p></body>");
    let letter = format!("From: A <a@x>\nSubject: s\nMIME-Version: 1.0\n\n{EELS}\n");
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let item = format!("<item><title>t</title><description>{EELS}</description></item>");
    let container = b"<container><rootfile full-path='p.opf'/></container>".as_slice();
    let package =
        b"<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/></spine></package>"
            .as_slice();
    let word = format!("<w:document><w:p><w:t>{EELS}</w:t></w:p></w:document>");
    let texts = [("a.txt", BRIDGE.as_bytes()), ("b.txt", EELS.as_bytes()), ("c.html", page.as_bytes())];
    let tarred = tar(&texts.map(|(name, text)| (name.as_bytes(), FILE, text)));
    vec![
        ("a.zip", zip(&texts), true),
        ("a.tgz", gzip(&tarred), true),
        ("a.tar", tarred, true),
        ("a.warc", record.repeat(2).into_bytes(), true),
        ("a.warc.gz", gzip(record.repeat(2).as_bytes()), true),
        ("a.mbox", format!("From a Mon 1:\n{letter}\nFrom b Mon\n{letter}").into_bytes(), false),
        ("a.csv", format!("id,text\n1,\"{EELS}\"\n2,\"{BRIDGE}\"\n").into_bytes(), false),
        ("a.rss", format!("<rss version='2.0'><channel>{item}{item}</channel></rss>").into_bytes(), false),
        ("a.eml", letter.into_bytes(), false),
        (
            "a.epub",
            zip(&[("META-INF/container.xml", container), ("p.opf", package), ("a.xhtml", page.as_bytes())]),
            false,
        ),
        ("a.docx", zip(&[("word/document.xml", word.as_bytes())]), false),
    ]
}

#[test]
fn a_file_cut_anywhere_gives_what_came_before_and_no_more_than_one_error() {
    for (name, bytes, is_archive) in small_files() {
        let whole = in_memory(&bytes, name);
        assert!(whole.failures.is_empty() && !whole.documents.is_empty(), "{name}: {whole:?}");
        for end in (0..bytes.len()).step_by(1 + bytes.len() / 700) {
            let cut = in_memory(&bytes[..end], name);
            assert!(cut.failures.len() <= 1, "{name} cut at {end}: {cut:?}");
            if is_archive && end > 600 {
                assert!(whole.documents.starts_with(&cut.documents), "{name} cut at {end}: {cut:?}");
                assert!(cut.documents.len() + cut.failures.len() > 0, "{name} cut at {end}");
            }
        }
    }
}

#[test]
fn a_byte_changed_anywhere_costs_no_more_than_its_file() {
    for (name, bytes, _) in small_files() {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 300) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x55;
            let came = in_memory(&changed, name);
            assert!(came.documents.len() + came.failures.len() <= 20, "{name} changed at {at}: {came:?}");
        }
    }
}

#[test]
fn members_that_cannot_be_read_fail_one_by_one() {
    let options = zip::write::SimpleFileOptions::default();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["a.txt", "locked.txt", "rare.txt", "z.txt"] {
        writer.start_file(name, options).expect("a member");
        writer.write_all(BRIDGE.as_bytes()).expect("memory can be written");
    }
    let mut bytes = writer.finish().expect("memory can be written").into_inner();
    // The flag of encryption and the number of the method, in the directory.
    let entry = |bytes: &[u8], name: &[u8]| memchr_last(bytes, name).expect("in the directory") - 46;
    let locked = entry(&bytes, b"locked.txt");
    bytes[locked + 8] |= 1;
    let rare = entry(&bytes, b"rare.txt");
    bytes[rare + 10] = 14;
    let came = in_memory(&bytes, "a.zip");
    assert_eq!(came.documents.len(), 2, "{came:?}");
    assert_eq!(
        came.failures,
        [
            "a.zip!locked.txt: an encrypted member of a zip archive is not read",
            "a.zip!rare.txt: a member of a zip archive packed in a rare way is not read",
        ]
    );
}

fn memchr_last(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}

#[test]
fn feeds_made_to_explode_are_one_error_or_read_flat() {
    let entities: String = (1..10).fold(String::new(), |all, n| {
        all + &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))
    });
    let bomb = format!(
        "<!DOCTYPE rss [<!ENTITY l0 \"lol\">{entities}]><rss version='2.0'><channel><item><title>t</title>\
         <description>{EELS} &l9;</description></item></channel></rss>"
    );
    let came = in_memory(bomb.as_bytes(), "bomb.rss");
    assert_eq!((came.documents.len(), came.failures.len()), (1, 0), "{came:?}");
    let deep = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{}",
        "<b>".repeat(1 << 20)
    );
    assert_eq!(in_memory(deep.as_bytes(), "deep.atom").failures, ["not a feed: nested deeper than 256"]);
    let json = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(1 << 20));
    assert_eq!(in_memory(json.as_bytes(), "deep.json").failures.len(), 1);
}
