//! Scores of segmenters: known figures, and agreement with the script they are laid beside.

mod common;

use std::path::PathBuf;
use std::process::Command;

use common::{Folder, objects};
use serde_json::Value;

const GOLD: &str = r#"{"id": "a", "lang": "en", "source": "news/1", "half": "dev", "text": "Bridge shut\n\nThe bridge was closed. “It is safe,” said Mr. Ives. (He left.)\nNo boats ran", "sentences": ["Bridge shut", "The bridge was closed.", "“It is safe,” said Mr. Ives.", "(He left.)", "No boats ran"]}
{"id": "b", "lang": "el", "source": "news/2", "half": "heldout", "text": "Γιατί; Δεν ξέρω.", "sentences": ["Γιατί;", "Δεν ξέρω."]}
{"id": "c", "lang": "de", "source": "books/1", "text": "Am 3. März kam er. Er ging", "sentences": ["Am 3. März kam er.", "Er ging"]}
{"id": "d", "lang": "de", "source": "books/2", "half": "dev", "text": "Nein. Doch!", "sentences": ["Nein.", "Doch!"]}
"#;

const GOLDEN: &str = r#"{"id": "x/1", "lang": "en", "source": "pysbd:english", "title": "one", "text": "Hello. World.", "sentences": ["Hello.", "World."]}
{"id": "x/2", "lang": "en", "source": "pysbd:english", "title": "two", "text": "St. Anne was here. Yes.", "sentences": ["St. Anne was here.", "Yes."]}
{"id": "y/1", "lang": "de", "source": "other:german", "text": "Ja. Nein.", "sentences": ["Ja.", "Nein."]}
"#;

/// What a program might answer: quotation marks changed in `a`, nothing for `d`, a mark changed in `y/1`.
const ANSWERS: &str = r#"{"id": "a", "sentences": ["Bridge shut", "The bridge was closed.", "\"It is safe,\" said Mr.", "Ives.", "(He left.) No boats ran"]}
{"id": "b", "sentences": ["Γιατί;", "Δεν ξέρω."]}
{"id": "c", "sentences": ["Am 3.", "März kam er.", "Er ging"]}
{"id": "x/1", "sentences": ["Hello.", "World."]}
{"id": "x/2", "sentences": ["St.", "Anne was here.", "Yes."]}
{"id": "y/1", "sentences": ["Ja. Nein!"]}
"#;

fn folder() -> Folder {
    Folder::new(&[("gold.jsonl", GOLD), ("golden.jsonl", GOLDEN), ("answers.jsonl", ANSWERS)])
}

/// Output without what a command cost.
fn timeless(out: &str) -> String {
    let lines = out.lines().map(|line| line.split("  user CPU").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The figures in this test are those that `evaluate.py` prints and writes for the same files.
#[cfg(unix)]
#[test]
fn figures_of_a_command_are_known() {
    let folder = folder();
    let files =
        ["--gold", "gold.jsonl", "--golden", "golden.jsonl", "--errors", "wrong.jsonl", "--json", "all.json"];
    let command = ["--by-source", "--", "cat", "answers.jsonl"];
    let out = folder.run(&[&["eval", "segments"], &files[..], &command].concat()).ends(0);
    assert!(out.contains("  user CPU 0.") && out.contains(" s  wall "), "{out}");
    insta::assert_snapshot!(timeless(&out), @r"
                       P       R      F1         Pp      Rp     F1p    gold
    books          50.00  100.00   66.67      50.00  100.00   66.67       1
    de             50.00  100.00   66.67      50.00  100.00   66.67       1
    el            100.00  100.00  100.00     100.00  100.00  100.00       1
    en             66.67   66.67   66.67      66.67   66.67   66.67       3
    news           75.00   75.00   75.00      75.00   75.00   75.00       4
    macro F1 77.78  macro F1p 77.78  languages 3  texts changed 1  no answer 1 ['de']
    golden  all 1/3  other 0/1  pysbd 1/2  pysbd:english 1/2
    ");
    insta::assert_snapshot!(folder.read("wrong.jsonl"), @r#"
    {"id": "a", "lang": "en", "kind": "FP", "left": "hutThebridgewasclosed.“Itissafe,”saidMr.", "right": "Ives.(Heleft.)Noboatsran", "ctx": "\nThe bridge was closed. “It is safe,” said Mr.⏐ Ives. (He left.)\nNo boats ran"}
    {"id": "a", "lang": "en", "kind": "FN", "left": "sclosed.“Itissafe,”saidMr.Ives.(Heleft.)", "right": "Noboatsran", "ctx": "losed. “It is safe,” said Mr. Ives. (He left.)⏐\nNo boats ran"}
    {"id": "c", "lang": "de", "kind": "FP", "left": "Am3.", "right": "Märzkamer.Erging", "ctx": "Am 3.⏐ März kam er. Er ging"}
    {"id": "x/2", "lang": "en", "title": "two", "gold": ["St. Anne was here.", "Yes."], "got": ["St.", "Anne was here.", "Yes."], "kind": "RULE"}
    {"id": "y/1", "lang": "de", "title": null, "gold": ["Ja.", "Nein."], "got": ["Ja. Nein!"], "kind": "RULE"}
    "#);
    let figures = folder.read("all.json");
    let mut figures: Value = serde_json::from_str(&figures).expect("JSON");
    assert!(figures["cpu"].take().is_f64());
    insta::assert_snapshot!(
        figures["langs"]["en"],
        @r#"{"F1":0.6666666666666666,"F1p":0.6666666666666666,"P":0.6666666666666666,"Pp":0.6666666666666666,"R":0.6666666666666666,"Rp":0.6666666666666666,"fn":1,"fp":1,"gold":3}"#
    );
    assert_eq!(figures["golden"]["lang:en"], serde_json::json!([1, 2]));
    assert_eq!(figures["command"], "cat answers.jsonl");
}

#[test]
fn halves_and_languages_choose_texts() {
    let folder = folder();
    let languages = |args: &[&str]| {
        let out = folder.run(&[&["eval", "segments", "--gold", "gold.jsonl"], args].concat()).ends(0);
        let rows = out.lines().skip(1).filter_map(|line| line.split_whitespace().next().map(str::to_owned));
        rows.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(languages(&[]), "de el en macro");
    assert_eq!(languages(&["--half", "dev"]), "de en macro");
    assert_eq!(languages(&["--half", "heldout"]), "de el macro", "what names no half is in both");
    assert_eq!(languages(&["--langs", "el,en"]), "el en macro");
}

#[test]
fn without_a_command_nutgraf_itself_is_scored_and_no_clock_is_read() {
    let folder = folder();
    let args = [
        "eval",
        "segments",
        "--gold",
        "gold.jsonl",
        "--golden",
        "golden.jsonl",
        "--quiet",
        "--json",
        "all.json",
    ];
    let out = folder.run(&args).ends(0);
    assert!(out.starts_with("macro F1 ") && !out.contains("CPU") && out.contains("golden  all "), "{out}");
    let figures: Value = serde_json::from_str(&folder.read("all.json")).expect("JSON");
    assert!(figures["command"].is_null() && figures.get("cpu").is_none(), "{figures}");
    assert_eq!(folder.run(&args).ends(0), out);
    let limited = [&args[..], &["--set", "segments.max_chars=4"]].concat();
    assert_ne!(folder.run(&limited).ends(0), out, "the pipeline that is scored can be set");
}

/// The program is cut from its own `segment` command, as another program would use it.
#[test]
fn the_program_scores_itself_as_it_segments() {
    let folder = folder();
    let args = ["segment", "gold.jsonl", "--clean", "off"];
    let segmented = objects(&folder.run(&args).ends(0));
    let answers = segmented.iter().map(|document| {
        let segments = common::list(document, "segments");
        let answer = serde_json::json!({"id": document["id"], "sentences": common::each(segments, "text")});
        format!("{answer}\n")
    });
    folder.write("own.jsonl", answers.collect::<String>());
    if cfg!(unix) {
        let scored = |more: &[&str]| {
            timeless(&folder.run(&[&["eval", "segments", "--gold", "gold.jsonl"], more].concat()).ends(0))
        };
        assert_eq!(scored(&["--", "cat", "own.jsonl"]), scored(&[]));
    }
}

#[test]
fn mistakes_are_told_with_their_line() {
    let folder = folder();
    folder.write(
        "bad.jsonl",
        "{\"id\": \"a\", \"lang\": \"en\", \"text\": \"One. Two.\", \"sentences\": [\"One.\"]}\n",
    );
    folder.write("worse.jsonl", "\n{\"id\": 1}\n");
    let refused = |args: &[&str]| folder.run(&[&["eval", "segments"], args].concat()).refused();
    insta::assert_snapshot!(refused(&["--gold", "bad.jsonl"]), @"nutgraf: gold text `a`: its sentences are not its text");
    insta::assert_snapshot!(refused(&["--gold", "worse.jsonl"]), @"nutgraf: worse.jsonl: line 2: invalid type: integer `1`, expected a string at line 1 column 8");
    let set = refused(&["--gold", "gold.jsonl", "--set", "pipeline.segment=nope"]);
    assert!(
        set.starts_with("nutgraf: --set pipeline.segment: unknown kind `nope`; known segmenters: "),
        "{set}"
    );
    assert!(refused(&["--gold", "none.jsonl"]).contains("none.jsonl: No such file"));
    assert!(refused(&["--gold", "gold.jsonl", "--", "no-such-program"]).contains("no-such-program: "));
    assert!(refused(&[]).contains("--gold <FILE>"));
    if cfg!(unix) {
        insta::assert_snapshot!(refused(&["--gold", "gold.jsonl", "--", "echo", "yes"]), @"nutgraf: what echo wrote: line 1: expected value at line 1 column 1");
        let failed = folder.run(&["eval", "segments", "--golden", "golden.jsonl", "--", "false"]);
        assert_eq!((failed.code, failed.out.as_str()), (Some(1), "golden  \n"), "{}", failed.err);
    }
}

/// Where research data stands beside the checkout, or where `NUTGRAF_DATA` names its folder.
fn data() -> Option<PathBuf> {
    let beside = common::root().join("../shared/data");
    let folder = std::env::var_os("NUTGRAF_DATA").map_or(beside, PathBuf::from);
    folder.join("seg/ud.jsonl").exists().then_some(folder)
}

/// Splits after `. ` and changes characters, so that answers have to be laid beside the text.
const MANGLE: &str = "import json, sys\n\
    for line in sys.stdin:\n\
    \x20   d = json.loads(line)\n\
    \x20   t = d['text'].replace(',', '').replace('e', 'ee').replace('“', '\"')\n\
    \x20   if len(t) % 7: print(json.dumps({'id': d['id'], 'sentences': t.replace('. ', '.\\n').split('\\n')}))\n";

#[test]
fn every_figure_is_that_of_the_script() {
    let Some(data) = data() else {
        eprintln!("skipped: no seg/ud.jsonl beside the checkout or in NUTGRAF_DATA");
        return;
    };
    let script = data.join("../eval/seg/evaluate.py");
    if !script.exists() || Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: no evaluate.py beside the data, or no python3");
        return;
    }
    let folder = Folder::new(&[("mangle.py", MANGLE)]);
    // The script takes minutes to lay long texts beside each other.
    let text = std::fs::read_to_string(data.join("seg/ud.jsonl")).expect("it exists");
    let short = text.lines().filter(|line| line.len() < 1500).step_by(5).map(|line| format!("{line}\n"));
    folder.write("gold.jsonl", short.collect::<String>());
    let golden = data.join("seg/golden.jsonl").display().to_string();
    let script = script.display().to_string();
    let args = |errors: &'static str, json: &'static str| {
        [
            "--gold",
            "gold.jsonl",
            "--golden",
            &golden,
            "--half",
            "dev",
            "--by-source",
            "--errors",
            errors,
            "--json",
            json,
            "--",
            "python3",
            "mangle.py",
        ]
        .map(str::to_owned)
    };
    let theirs = Command::new("python3")
        .arg(script)
        .args(args("theirs.jsonl", "theirs.json"))
        .current_dir(folder.path(""))
        .output()
        .expect("python3 starts");
    let ours = args("ours.jsonl", "ours.json");
    let ours: Vec<&str> = ["eval", "segments"].into_iter().chain(ours.iter().map(String::as_str)).collect();
    let ours = folder.run(&ours).ends(0);
    assert_eq!(timeless(&ours), timeless(&String::from_utf8_lossy(&theirs.stdout)));
    assert!(folder.read("ours.jsonl") == folder.read("theirs.jsonl"), "lists of errors differ");
    let figures = |name: &str| {
        let mut figures: Value = serde_json::from_str(&folder.read(name)).expect("JSON");
        figures["cpu"].take();
        figures
    };
    assert_eq!(figures("ours.json"), figures("theirs.json"));
}
