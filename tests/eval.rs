//! Scores of segmenters and summaries: known figures, and agreement with the scripts they are laid beside.

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

const ARTICLES: &str = r#"{"id": "a", "lang": "en", "split": "dev", "sents": ["The old bridge was closed on Monday.", "It had cracked in the storm.", "However, no boats were damaged.", "“They sailed on,” said Ann Ives."], "reference": ["The bridge closed after a storm.\nBoats were not damaged."]}
{"id": "b", "lang": "en", "split": "dev", "sents": ["Rain fell in the hills.", "This raised the river.", "Two houses were flooded."], "reference": ["Two houses flooded.", "Rain raised the river."]}
{"id": "c", "lang": "en", "split": "heldout", "docs": [{"sents": ["Prices rose.", "But wages fell."]}, {"sents": ["Wages fell in May.", "It is unclear why."]}], "reference": ["Prices rose and wages fell."]}
{"id": "d", "lang": "fr", "sents": ["La forêt brûle.", "Elle est fermée.", "Il faut attendre."], "reference": ["La forêt, fermée, a brûlé."]}
"#;

const LEAD: &str = r#"{"id": "a", "summary": ["The old bridge was closed on Monday.", "It had cracked in the storm."]}
{"id": "b", "summary": ["Rain fell in the hills.", "This raised the river."]}
{"id": "c", "summary": ["Prices rose.", "But wages fell."]}
{"id": "d", "summary": ["La forêt brûle.", "Elle est fermée."]}
"#;

/// Nothing for `c`, and one that is not asked for.
const LAST: &str = r#"{"id": "a", "summary": ["However, no boats were damaged.", "“They sailed on,” said Ann Ives."]}
{"id": "b", "summary": ["This raised the river.", "Two houses were flooded."]}
{"id": "d", "summary": ["Elle est fermée."]}
{"id": "other", "summary": ["Not asked for."]}
"#;

fn summaries() -> Folder {
    Folder::new(&[("articles.jsonl", ARTICLES), ("lead.jsonl", LEAD), ("last.jsonl", LAST)])
}

const ROUGE: [&str; 8] =
    ["eval", "rouge", "--gold", "articles.jsonl", "--sys", "last=last.jsonl", "--sys", "lead=lead.jsonl"];

const DANGLING: [&str; 8] =
    ["eval", "dangling", "--gold", "articles.jsonl", "--sys", "lead=lead.jsonl", "--sys", "last=last.jsonl"];

/// Output as the scripts print it, with a mark where a line ends in white space.
fn marked(out: &str) -> String {
    out.lines().flat_map(|line| [line, "|\n"]).collect()
}

/// Means in this test are those that `rouge_eval.py` prints and writes for the same files; intervals are drawn by another
/// generator.
#[test]
fn rouge_of_programs_is_known() {
    let folder = summaries();
    let all = ["--split", "all", "--base", "lead", "--json", "all.json", "--each", "each.jsonl"];
    insta::assert_snapshot!(marked(&folder.run(&[&ROUGE[..], &all].concat()).ends(0)), @r"
    system                           R1     R2  RLsum  words     n  diff vs base [95%]|
    lead                          57.72  27.15  57.72    8.2     4  |
    last                          27.03  12.63  27.03    5.5     3  -25.30 [-53.36, -2.04]|
    ");
    insta::assert_snapshot!(folder.read("all.json"), @r#"{"lead": {"r1": 57.71663119489207, "r2": 27.146464646464647, "rl": 57.71663119489207, "rouge_l": 57.71663119489207, "words": 8.25, "n": 4, "r1_interval": [41.47157190635451, 73.63636363636364], "r2_interval": [9.090909090909092, 43.18181818181819], "rl_interval": [41.47157190635451, 73.63636363636364], "rouge_l_interval": [41.47157190635451, 73.63636363636364]}, "last": {"r1": 27.029220779220775, "r2": 12.631578947368421, "rl": 27.029220779220775, "rouge_l": 27.029220779220775, "words": 5.5, "n": 3, "r1_interval": [7.1428571428571415, 48.051948051948045], "r2_interval": [0.0, 32.631578947368425], "rl_interval": [7.1428571428571415, 48.051948051948045], "rouge_l_interval": [7.1428571428571415, 48.051948051948045], "base": "lead", "difference": -25.296568843479605, "difference_interval": [-53.36247086247088, -2.0409491347706448]}}"#);
    insta::assert_snapshot!(folder.read("each.jsonl"), @r#"
    {"id": "a", "system": "last", "r1": 0.28571428571428564, "r2": 0.10526315789473685, "rl": 0.28571428571428564, "rouge_l": 0.28571428571428564}
    {"id": "b", "system": "last", "r1": 0.5454545454545454, "r2": 0.4, "rl": 0.5454545454545454, "rouge_l": 0.5454545454545454}
    {"id": "c", "system": "last", "r1": 0.0, "r2": 0.0, "rl": 0.0, "rouge_l": 0.0}
    {"id": "d", "system": "last", "r1": 0.25, "r2": 0.0, "rl": 0.25, "rouge_l": 0.25}
    {"id": "a", "system": "lead", "r1": 0.34782608695652173, "r2": 0.0, "rl": 0.34782608695652173, "rouge_l": 0.34782608695652173}
    {"id": "b", "system": "lead", "r1": 0.6153846153846153, "r2": 0.36363636363636365, "rl": 0.6153846153846153, "rouge_l": 0.6153846153846153}
    {"id": "c", "system": "lead", "r1": 0.8000000000000002, "r2": 0.5, "rl": 0.8000000000000002, "rouge_l": 0.8000000000000002}
    {"id": "d", "system": "lead", "r1": 0.5454545454545454, "r2": 0.22222222222222224, "rl": 0.5454545454545454, "rouge_l": 0.5454545454545454}
    "#);
    let cut = ["--words", "5", "--rouge-l"];
    insta::assert_snapshot!(marked(&folder.run(&[&ROUGE[..6], &cut].concat()).ends(0)), @r"
    system                           R1     R2  RLsum     RL  words     n  |
    last                          43.89  24.18  43.89  43.89    4.3     3  |
    ");
}

#[test]
fn intervals_depend_on_the_seed_and_means_do_not() {
    let folder = Folder::new(&[]);
    let lines = |line: fn(usize) -> Value| (0..40).map(|n| line(n).to_string() + "\n").collect::<String>();
    folder.write(
        "articles.jsonl",
        lines(|n| serde_json::json!({"id": n.to_string(), "lang": "en", "reference": ["w0 w1 w2 w3 w4"]})),
    );
    folder.write(
        "lead.jsonl",
        lines(|n| serde_json::json!({"id": n.to_string(), "summary": [&"w0 w1 w2 w3 w4 w5 w6 w7 w8 w9"[..n * n % 30]]})),
    );
    let figures = |seed: &str| {
        folder
            .run(&[&ROUGE[..4], &["--sys", "lead=lead.jsonl", "--seed", seed, "--json", "f.json"]].concat())
            .ends(0);
        serde_json::from_str::<Value>(&folder.read("f.json")).expect("JSON")
    };
    let (one, other) = (figures("1"), figures("2"));
    assert_eq!(figures("1"), one);
    assert_eq!(one["lead"]["r1"], other["lead"]["r1"]);
    assert_ne!(one["lead"]["r1_interval"], other["lead"]["r1_interval"]);
}

/// The figures in this test are those that `dangling.py` prints and writes for the same files.
#[test]
fn dangling_openings_of_programs_are_known() {
    let folder = summaries();
    let all = ["--show", "2", "--json", "all.json"];
    insta::assert_snapshot!(marked(&folder.run(&[&DANGLING[..], &all].concat()).ends(0)), @r"
    system                       summaries sentences   pron   demo   conn  quoted openings not found      n|
    lead                              0.0%      0.0%    0.0    0.0    0.0     0.0     50.0         0      3|
    last                             66.7%     50.0%    0.0   25.0   25.0     0.0     75.0         0      3|
        a [connective] However, no boats were damaged.|
        b [demonstrative] This raised the river.|
    ");
    insta::assert_snapshot!(folder.read("all.json"), @r#"{"lead": {"summaries": 0.0, "sentences": 0.0, "pronoun": 0.0, "demonstrative": 0.0, "connective": 0.0, "quoted": 0.0, "openings": 50.0, "not_found": 0, "n": 3, "n_sentences": 6}, "last": {"summaries": 66.66666666666667, "sentences": 50.0, "pronoun": 0.0, "demonstrative": 25.0, "connective": 25.0, "quoted": 0.0, "openings": 75.0, "not_found": 0, "n": 3, "n_sentences": 4}}"#);
    let french = ["--langs", "fr", "--show", "9"];
    insta::assert_snapshot!(marked(&folder.run(&[&DANGLING[..], &french].concat()).ends(0)), @r"
    system                       summaries sentences   pron   demo   conn  quoted openings not found      n|
    lead                              0.0%      0.0%    0.0    0.0    0.0     0.0     50.0         0      1|
    last                            100.0%    100.0%  100.0    0.0    0.0     0.0    100.0         0      1|
        d [pronoun] Elle est fermée.|
    ");
}

#[test]
fn mistakes_about_summaries_are_told_with_their_line() {
    let folder = summaries();
    folder.write("bad.jsonl", "{\"id\": \"a\", \"summary\": []}\n\n{\"id\": \"b\"}\n");
    folder.write("bare.jsonl", "{\"id\": \"a\", \"lang\": \"en\"}\n");
    let refused = |args: &[&str]| folder.run(&[&["eval"], args].concat()).refused();
    let gold = ["--gold", "articles.jsonl"];
    for command in ["rouge", "dangling"] {
        let with = |args: &[&str]| refused(&[&[command], args].concat());
        let of = |args: &[&str]| with(&[&gold[..], args].concat());
        assert!(of(&["--sys", "a=none.jsonl"]).contains("none.jsonl: No such file"), "{command}");
        assert!(
            with(&["--gold", "none.jsonl", "--sys", "a=last.jsonl"]).contains("none.jsonl: No such file")
        );
        assert_eq!(
            of(&["--sys", "a=bad.jsonl"]),
            "nutgraf: bad.jsonl: line 3: missing field `summary` at line 1 column 11\n"
        );
        assert!(with(&["--gold", "last.jsonl", "--sys", "a=last.jsonl"]).contains("last.jsonl: line 1: "));
        assert_eq!(
            of(&["--sys", "a=lead.jsonl", "--sys", "a=last.jsonl"]),
            "nutgraf: --sys a: given twice\n"
        );
        assert!(of(&["--sys", "lead.jsonl"]).contains("expected NAME=FILE"));
        assert!(of(&[]).contains("--sys <NAME=FILE>"));
        folder.write("dev.jsonl", ARTICLES.lines().next().expect("a line"));
        assert_eq!(
            with(&["--gold", "dev.jsonl", "--sys", "a=last.jsonl", "--split", "none"]),
            "nutgraf: dev.jsonl: no document of the split `none`\n"
        );
    }
    insta::assert_snapshot!(refused(&["rouge", "--gold", "bare.jsonl", "--sys", "a=last.jsonl"]), @"nutgraf: bare.jsonl: document `a`: no reference");
    insta::assert_snapshot!(refused(&["rouge", "--gold", "articles.jsonl", "--sys", "a=last.jsonl", "--base", "b"]), @"nutgraf: --base b: no --sys has that name");
    let langs = |tag| refused(&["dangling", "--gold", "bare.jsonl", "--sys", "a=last.jsonl", "--langs", tag]);
    insta::assert_snapshot!(langs("de"), @"nutgraf: bare.jsonl: no document in de (split `all`)");
    assert!(langs("xx").starts_with("nutgraf: --langs xx: no list of openings; there is one of ar, "));
}

#[test]
fn tables_of_summaries_are_those_of_the_scripts() {
    let Some(data) = data().filter(|data| data.join("summ/dmmix.jsonl").exists()) else {
        eprintln!("skipped: no summ/dmmix.jsonl beside the checkout or in NUTGRAF_DATA");
        return;
    };
    let folder = Folder::new(&[]);
    let gold = data.join("summ/dmmix.jsonl").display().to_string();
    let articles = std::fs::read_to_string(&gold).expect("it exists");
    let lines = |from: usize, step: usize| {
        let summary = |line: &str| {
            let article: Value = serde_json::from_str(line).expect("an article");
            let sentences: Vec<_> =
                common::list(&article, "sents").iter().skip(from).step_by(step).take(3).collect();
            format!("{}\n", serde_json::json!({"id": article["id"], "summary": sentences}))
        };
        articles.lines().map(summary).collect::<String>()
    };
    folder.write("lead.jsonl", lines(0, 1));
    folder.write("some.jsonl", lines(2, 3));
    for (command, script, more) in
        [("dangling", "dangling.py", ["--show", "50"]), ("rouge", "rouge_eval.py", ["--words", "60"])]
    {
        let script = data.join("../eval/summ").join(script);
        let args =
            ["--gold", &gold, "--split", "all", "--sys", "lead=lead.jsonl", "--sys", "some=some.jsonl"];
        let args = [&args[..], &more].concat();
        let theirs = Command::new("python3").arg(&script).args(&args).current_dir(folder.path("")).output();
        match theirs {
            Ok(theirs) if theirs.status.success() => {
                let ours = folder.run(&[&["eval", command], &args[..]].concat()).ends(0);
                assert!(ours == String::from_utf8_lossy(&theirs.stdout), "{ours}");
            }
            _ => eprintln!("skipped: {} does not run here", script.display()),
        }
    }
}
