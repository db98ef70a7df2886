//! `nutgraf dedup` and `--dedup`: near-duplicates listed, left out, or named.

#![cfg(feature = "cli")]

mod common;

use common::{BRIDGE, DEICH, EELS, Folder, objects};

/// A story, the same with another byline and a changed word, its first half, and two others.
fn wire() -> Folder {
    let copy = BRIDGE.replace("By Mara Ellison", "By News Desk").replace("six weeks", "seven weeks");
    let records = [("a", BRIDGE), ("b", EELS), ("c", copy.as_str()), ("d", DEICH), ("e", EELS)];
    let line = |(id, text): &(&str, &str)| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    let folder = Folder::new(&[]);
    folder.write("wire.jsonl", records.iter().map(line).collect::<Vec<_>>().concat());
    folder
}

#[test]
fn clusters_are_listed_with_every_document_once() {
    let folder = wire();
    let expected = "a\ta\tfirst\nb\tb\tfirst\nc\ta\tduplicate\nd\td\tfirst\ne\tb\tduplicate\n";
    assert_eq!(folder.run(&["dedup", "wire.jsonl"]).ends(0), expected);
    for threads in ["1", "3"] {
        assert_eq!(folder.run(&["dedup", "wire.jsonl", "--threads", threads]).ends(0), expected);
    }
    let all = objects(&folder.run(&["dedup", "wire.jsonl", "--format", "jsonl"]).ends(0));
    assert_eq!(all[2], serde_json::json!({"id": "c", "cluster": "a", "relation": "duplicate"}));
    folder.run(&["dedup", "wire.jsonl", "-o", "out/pairs.tsv"]).ends(0);
    assert_eq!(folder.read("out/pairs.tsv"), expected);
}

#[test]
fn ids_are_those_of_every_other_output() {
    let folder = Folder::new(&[(
        "two.jsonl",
        "{\"id\":\"x\",\"text\":\"Eels swim north.\"}\n{\"id\":\"x\",\"text\":\"The dike held.\"}\n",
    )]);
    assert_eq!(folder.run(&["dedup", "two.jsonl"]).ends(0), "x\tx\tfirst\nx-2\tx-2\tfirst\n");
}

#[test]
fn a_document_that_fails_is_named_and_the_rest_listed() {
    let folder = wire();
    folder.write("bad.jsonl", "{\"id\":\"z\"}\n{\"id\":\"y\",\"text\":\"Eels swim north.\"}\n");
    let ran = folder.run(&["dedup", "bad.jsonl"]);
    assert!(ran.err.contains("no text field"), "{}", ran.err);
    assert_eq!(ran.ends(1), "y\ty\tfirst\n");
}

#[test]
fn duplicates_are_left_out_or_named_where_asked() {
    let folder = wire();
    let ids = |out: &str| -> Vec<String> {
        objects(out).iter().map(|o| o["id"].as_str().unwrap().to_owned()).collect()
    };
    let kept = folder.run(&["extract", "wire.jsonl", "--dedup", "keep-first", "--report", "r.json"]).ends(0);
    assert_eq!(ids(&kept), ["a", "b", "d"]);
    let report: serde_json::Value = serde_json::from_str(&folder.read("r.json")).unwrap();
    assert_eq!((&report["documents"]["duplicates"], &report["input"]["records"]), (&2.into(), &5.into()));
    let named =
        objects(&folder.run(&["summarize", "wire.jsonl", "--dedup", "group", "--format", "jsonl"]).ends(0));
    assert_eq!(named[4]["extra"]["dedup"], serde_json::json!({"cluster": "b", "relation": "duplicate"}));
    let piped = folder.feed(&["extract", "--dedup", "keep-first"], folder.read("wire.jsonl")).ends(0);
    assert_eq!(ids(&piped), ["a", "b", "d"], "standard input is read twice through a file");
}
