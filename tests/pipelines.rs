//! Corpus models and pipeline files, through the program.

#![cfg(feature = "cli")]

mod common;

use common::{BRIDGE, DEICH, EELS, Folder, PIPELINE, gzip, objects};

/// A folder with two articles in English and one in German.
fn newsroom() -> Folder {
    Folder::new(&[("in/bridge.txt", BRIDGE), ("in/eels.txt", EELS), ("in/sub/deich.txt", DEICH)])
}

fn lines(records: &[(&str, &str)]) -> String {
    let line = |(id, text): &(&str, &str)| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    records.iter().map(line).collect()
}

// Models

#[test]
fn models_merged_in_any_order_are_the_model_of_all() {
    let folder = newsroom();
    for (input, output) in [("in/bridge.txt", "a"), ("in/eels.txt", "b"), ("in/sub", "c"), ("in", "all")] {
        folder.run(&["model", "build", input, "-o", output]).ends(0);
    }
    folder.run(&["model", "merge", "a", "b", "c", "-o", "abc"]).ends(0);
    folder.run(&["model", "merge", "c", "a", "b", "-o", "cab"]).ends(0);
    let bytes = |name: &str| std::fs::read(folder.path(name)).unwrap();
    assert!(bytes("abc") == bytes("cab") && bytes("abc") == bytes("all"));
}

#[test]
fn a_model_tells_what_it_holds() {
    let folder = newsroom();
    folder.run(&["model", "build", "in", "-o", "all.model"]).ends(0);
    let told = folder.run(&["model", "inspect", "all.model", "bridge", "eels"]).ends(0);
    let rows: Vec<Vec<&str>> = told.lines().map(|row| row.split('\t').collect()).collect();
    assert_eq!((&rows[1][..2], &rows[2][..2]), (&["de", "1"][..], &["en", "2"][..]));
    assert!(rows.iter().any(|row| row.starts_with(&["en", "bridge", "1"])), "{told}");
    assert!(rows.iter().any(|row| row.starts_with(&["de", "bridge", "0"])), "{told}");
    assert!(
        rows.windows(2).any(|two| two[0] == ["documents", "lines", "repeated", "most"] && two[1][0] == "3"),
        "{told}"
    );
}

#[test]
fn what_ships_can_be_looked_into() {
    let told = Folder::new(&[]).run(&["model", "inspect", "builtin", "government"]).ends(0);
    let rows: Vec<Vec<&str>> = told.lines().map(|row| row.split('\t').collect()).collect();
    assert!(rows.iter().any(|row| row[0] == "en" && row[1] == "100" && row.last() == Some(&"300")), "{told}");
    assert!(rows.iter().any(|row| row.starts_with(&["en", "government"]) && row[2] != "0"), "{told}");
}

/// Weights by which a line is article when it has many words, and else not.
fn long_lines_alone() -> String {
    let names = nutgraf::structure::evidence::NAMES.iter().filter(|name| **name != "words");
    let zeros: Vec<String> = names.map(|name| format!("{name}\t0")).collect();
    format!("# by length alone\nbias\t-20\nwords\t9\n{}", zeros.join("\n"))
}

#[test]
fn weights_and_furniture_of_ones_own_are_read_beside_the_pipeline() {
    let menu = ["Home", "World", "Sport", "Science", "Travel", "Money", "Food", "Books"].join("\\n");
    let page = format!(
        r#"{{"id":"a","text":"{menu}\nThe bridge is shut.\n{LONG}\n{LONG}\n{LONG}\nOur sponsor: Dunmore Steel pays for all of this page, every day of the week.\n{menu}"}}"#
    );
    let file = "input.paths = ['in.jsonl']\n[stage.article]\nweights = 'long.tsv'\nfurniture_file = 'own.txt'\n[output.docs]\nformat = 'text'\npath = 'docs.txt'\nkind = 'documents'\n";
    let long = long_lines_alone();
    let folder = Folder::new(&[
        ("p/in.jsonl", &page),
        ("p/p.toml", file),
        ("p/long.tsv", &long),
        ("p/own.txt", "# sponsors\nour sponsor:*\n"),
    ]);
    folder.run(&["run", "p/p.toml", "--out", "out"]).ends(0);
    assert_eq!(std::fs::read_to_string(folder.path("out/docs.txt")).unwrap().trim(), [LONG; 3].join("\n\n"));
    folder.write("p/long.tsv", "bias\tmuch\n");
    let err = folder.run(&["run", "p/p.toml", "--out", "out"]).refused();
    assert!(err.contains("long.tsv: line 1: the weight is no number"), "{err}");
}

const LONG: &str =
    "Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.";

#[test]
fn a_model_that_is_damaged_or_none_is_refused_before_any_document() {
    let folder = newsroom();
    folder.run(&["model", "build", "in", "-o", "whole"]).ends(0);
    let whole = std::fs::read(folder.path("whole")).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    folder.write("cut", &whole[..whole.len() - 1]);
    folder.write("flipped", &flipped);
    folder.write("longer", [&whole[..], b"x"].concat());
    for model in ["cut", "flipped", "longer", "in/eels.txt", "none", "in"] {
        let err = folder.run(&["summarize", "in", "--model", model, "-o", "out"]).refused();
        assert!(err.contains(model), "{err}");
        folder.run(&["model", "inspect", model]).refused();
        folder.run(&["model", "merge", "whole", model, "-o", "out"]).refused();
    }
    assert!(!folder.names().contains(&"out".to_owned()));
}

#[test]
fn a_batch_from_standard_input_equals_one_from_a_file() {
    let input = lines(&[("a", BRIDGE), ("b", EELS), ("c", DEICH)]);
    let folder = Folder::new(&[("in.jsonl", &input)]);
    folder.run(&["model", "build", "in.jsonl", "-o", "in.model"]).ends(0);
    let args = |model| ["explain", "--format", "json", "--model", model];
    let strip = |out: String| out.replace(r#""path":"-""#, r#""path":"in.jsonl""#);
    let file = folder.run(&[&args("batch")[..], &["in.jsonl"]].concat()).ends(0);
    assert_eq!(strip(folder.feed(&args("batch"), &input).ends(0)), file);
    assert_eq!(strip(folder.feed(&args("in.model"), gzip(input.as_bytes())).ends(0)), file);
    assert_ne!(strip(folder.feed(&args("builtin"), &input).ends(0)), file, "frequencies count for something");
}

// Pipelines

#[test]
fn a_pipeline_writes_its_outputs_report_and_errors_into_one_folder() {
    let folder = newsroom();
    folder.write("p.toml", PIPELINE);
    let read = folder.run(&["run", "p.toml"]).ends(0);
    assert_eq!(
        read,
        folder.run(&["summarize", "in", "-n", "2"]).ends(0),
        "flags and a file make the same pipeline"
    );
    assert_eq!(
        folder.read("out/sub/all.jsonl"),
        folder.run(&["summarize", "in", "-n", "2", "--format", "jsonl"]).ends(0)
    );
    assert_eq!(folder.read("out/errors.jsonl"), "");
    assert!(folder.read("out/report.json").contains("\"written\": 3"));
    assert_eq!(folder.names().len(), 7, "{:?}", folder.names());
}

#[test]
fn inputs_of_a_pipeline_are_relative_to_its_file_and_outputs_to_the_folder_given() {
    let folder = Folder::new(&[("desk/in/eels.txt", EELS), ("desk/p.toml", PIPELINE)]);
    folder.run(&["run", "desk/p.toml", "--out", "elsewhere"]).ends(0);
    let all = objects(&folder.read("elsewhere/sub/all.jsonl"));
    assert_eq!(all[0]["source"]["path"], "desk/in/eels.txt");
}

#[test]
fn a_value_of_a_pipeline_can_be_set_for_one_run() {
    let folder = newsroom();
    folder.write("p.toml", PIPELINE);
    let set = ["run", "p.toml", "--set", "budget.sentences=1", "--set", "pipeline.rank=lead"];
    assert_eq!(
        folder.run(&set).ends(0),
        folder.run(&["summarize", "in", "-n", "1", "--ranker", "lead"]).ends(0)
    );
    for wrong in ["budget.sentences", "budget.wrods=1", "budget.sentences=none", "stage.mmr.lamda=1"] {
        let err = folder.run(&["run", "p.toml", "--out", "other", "--set", wrong]).refused();
        assert!(err.contains(wrong.split('=').next().unwrap()), "{err}");
    }
    assert!(!folder.path("other").exists());
}

#[test]
fn a_dry_run_says_where_every_value_comes_from_and_runs_nothing() {
    let folder = newsroom();
    folder.write("p.toml", PIPELINE);
    let told = folder.run(&["run", "p.toml", "--dry-run", "--set", "budget.sentences=1"]).ends(0);
    for line in ["sentences = 1  # --set", "paths = [\"in\"]  # file", "rank = \"tfidf-position\"  # default"]
    {
        assert!(told.lines().any(|told| told == line), "no {line} in {told}");
    }
    assert!(!folder.path("out").exists());
    folder.write("resolved.toml", &told);
    assert!(
        folder.run(&["run", "resolved.toml", "--dry-run"]).ends(0).contains("sentences = 1"),
        "it is a pipeline too"
    );
}

#[test]
fn mistakes_in_a_pipeline_name_their_line() {
    let folder = newsroom();
    for (mistake, said) in [
        ("[pipeline]\nrank = \"tfdif\"\n", "p.toml:13:1"),
        ("[pipeline]\nrnk = \"tfidf\"\n", "line 13"),
        ("[stage.mmr]\nlamda = 1.0\n", "p.toml:13:1"),
        ("[output.more]\nformat = \"xml\"\npath = \"a\"\n", "p.toml:13:1"),
        ("[pipeline\n", "line 12"),
        ("[run]\non_error = \"stop\"\n", "line 13"),
    ] {
        folder.write("p.toml", format!("{PIPELINE}{mistake}"));
        let err = folder.run(&["run", "p.toml"]).refused();
        assert!(err.contains(said), "{mistake}: {err}");
    }
    assert!(!folder.path("out").exists());
    folder.run(&["run", "none.toml"]).refused();
}

#[test]
fn init_writes_a_pipeline_that_runs_and_overwrites_nothing() {
    let folder = newsroom();
    folder.run(&["init"]).ends(0);
    folder.run(&["run", "pipeline.toml", "--dry-run", "--set", "input.paths=['in']"]).ends(0);
    folder.run(&["run", "pipeline.toml", "--set", "input.paths=['in']"]).ends(0);
    assert!(folder.read("out/segments.tsv").starts_with("id\tsource\ttarget"));
    folder.write("mine.toml", "mine");
    folder.run(&["init", "mine.toml"]).refused();
    assert_eq!(folder.read("mine.toml"), "mine");
}
