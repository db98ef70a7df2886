//! `nutgraf digest`: stories of a day, told once, over days.
#![cfg(all(feature = "cli", feature = "digest"))]

mod common;

use std::collections::BTreeSet;

use common::{Folder, objects, root};
use serde_json::Value;

/// Two stories on two days, and a wire copy.
const DAYS: [&str; 7] = [
    r#"{"id":"a1","published":"2024-03-11","publisher":"Post","lang":"en","title":"Corran bridge closed over cracks","text":"Engineers closed the Corran bridge on Monday after divers found cracks in two piers. Traffic is sent over the old ford at Fenwick. Shops on the far bank of the Corran fear for their trade."}"#,
    r#"{"id":"a2","published":"2024-03-11","publisher":"Ledger","lang":"en","title":"Cracks shut the Corran bridge","text":"Divers have found cracks in two piers of the Corran bridge, and engineers closed it on Monday. The ferry will run every ten minutes while the Corran bridge is shut. Bus drivers go round by the Fenwick ford."}"#,
    r#"{"id":"a3","published":"2024-03-11","publisher":"Wire","lang":"en","title":"Corran bridge closed over cracks","text":"Engineers closed the Corran bridge on Monday after divers found cracks in two piers. Traffic is sent over the old ford at Fenwick. Shops on the far bank of the Corran fear for their trade."}"#,
    r#"{"id":"b1","published":"2024-03-11","publisher":"Post","lang":"en","title":"Eels take a detour to spawn","text":"Eels that leave the rivers of Ellander swim a wide loop to the north before they spawn. Researchers tagged 88 eels and followed their signals for a year. Nobody knows why the eels swim so far."}"#,
    r#"{"id":"c1","published":"2024-03-12","publisher":"Post","lang":"en","title":"Repairs of the Corran bridge to take six weeks","text":"Engineers closed the Corran bridge on Monday after divers found cracks in two piers. Repairs of the Corran bridge will take six weeks and cost nine million crowns, the council said on Tuesday. A third crack was found by the divers at noon in the northern pier of the Corran bridge."}"#,
    r#"{"id":"d1","published":"2024-03-12","publisher":"Ledger","lang":"en","title":"Opera house opens without a roof","text":"The opera house at Larkmoor opened on Tuesday under the open sky. Singers wore coats. The roof will follow in autumn."}"#,
    r#"{"id":"u1","publisher":"Post","lang":"en","title":"A recipe for plum cake","text":"Plums should be ripe. Flour and butter are mixed by hand. The cake rests for an hour."}"#,
];

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

fn input() -> String {
    DAYS.map(|line| format!("{line}\n")).concat()
}

fn digest(folder: &Folder, flags: &[&str]) -> Vec<Value> {
    folder.write("in.jsonl", input());
    objects(&folder.run(&[&["digest", "in.jsonl", "--format", "jsonl"], flags].concat()).ends(0))
}

fn told(stories: &[Value]) -> Vec<String> {
    stories.iter().flat_map(|story| strings(&story["summary"]["sentences"])).collect()
}

#[test]
fn the_newest_day_is_taken_and_other_days_are_counted() {
    let folder = Folder::new(&[]);
    let stories = digest(&folder, &["--report", "report.json"]);
    let docs: BTreeSet<String> = stories.iter().flat_map(|story| strings(&story["docs"])).collect();
    assert_eq!(docs, BTreeSet::from(["c1".to_owned(), "d1".to_owned()]));
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!((&report["digest"]["other_days"], &report["digest"]["undated"]), (&4.into(), &1.into()));
}

#[test]
fn articles_on_one_event_are_one_story_and_copies_are_only_named() {
    let folder = Folder::new(&[]);
    let stories = digest(&folder, &["--date", "2024-03-11"]);
    assert_eq!(stories.len(), 2, "{stories:?}");
    let bridge = &stories[0];
    assert_eq!(
        strings(&bridge["docs"]).into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from(["a1".to_owned(), "a2".to_owned()])
    );
    assert_eq!(strings(&bridge["also_in"]), ["a3"]);
    assert_eq!(bridge["date"], "2024-03-11");
    assert!(bridge["continues"].is_null());
    let all = digest(&folder, &["--date", "all"]);
    let docs: Vec<String> =
        all.iter().flat_map(|s| [strings(&s["docs"]), strings(&s["also_in"])].concat()).collect();
    assert_eq!(docs.len(), DAYS.len(), "every document stands in one story");
    assert_eq!(docs.iter().collect::<BTreeSet<_>>().len(), DAYS.len());
}

#[test]
fn the_order_of_the_input_and_the_threads_change_nothing_about_what_is_one_story() {
    let folder = Folder::new(&[]);
    let sorted = |stories: &[Value]| -> BTreeSet<Vec<String>> {
        let docs = |story: &Value| {
            let mut docs = [strings(&story["docs"]), strings(&story["also_in"])].concat();
            docs.sort();
            docs
        };
        stories.iter().map(docs).collect()
    };
    let first = digest(&folder, &["--date", "all", "--threads", "1"]);
    assert_eq!(first, digest(&folder, &["--date", "all", "--threads", "4"]));
    let mut lines = DAYS;
    lines.reverse();
    folder.write("other.jsonl", lines.map(|line| format!("{line}\n")).concat());
    let other =
        objects(&folder.run(&["digest", "other.jsonl", "--format", "jsonl", "--date", "all"]).ends(0));
    assert_eq!(sorted(&first), sorted(&other));
}

#[test]
fn what_was_told_yesterday_is_not_told_today_and_a_day_made_again_is_the_same() {
    let folder = Folder::new(&[]);
    let first = digest(&folder, &["--state", "told", "--date", "2024-03-11"]);
    let second = digest(&folder, &["--state", "told", "--date", "2024-03-12"]);
    let before: BTreeSet<String> = told(&first).into_iter().collect();
    assert!(told(&second).iter().all(|sentence| !before.contains(sentence)), "{second:?}");
    let thread = |stories: &[Value], doc: &str| {
        let story = stories.iter().find(|story| strings(&story["docs"]).contains(&doc.to_owned())).unwrap();
        (story["story"].clone(), story["continues"].clone())
    };
    let (id, none) = thread(&first, "a1");
    assert!(none.is_null());
    assert_eq!(thread(&second, "c1"), (id, "2024-03-11".into()));
    assert!(thread(&second, "d1").1.is_null());
    assert_eq!(first, digest(&folder, &["--state", "told", "--date", "2024-03-11"]));
    assert_eq!(second, digest(&folder, &["--state", "told", "--date", "2024-03-12"]));
    let alone = digest(&folder, &["--date", "2024-03-12"]);
    assert!(alone.iter().all(|story| story["continues"].is_null()), "without a state each run stands alone");
}

/// Kills runs at every moment of their lives; what a killed run left behind is a state as before it or as after it.
#[test]
#[cfg(unix)]
fn a_killed_run_leaves_a_state_that_opens_and_nothing_half_told() {
    let folder = Folder::new(&[("in.jsonl", &input())]);
    let second = ["--date", "2024-03-12", "--state"];
    let untold = digest(&folder, &[&second[..], &["untold"]].concat());
    digest(&folder, &["--date", "2024-03-11", "--state", "told"]);
    let told = digest(&folder, &[&second[..], &["told"]].concat());
    assert_ne!(untold, told);
    let (mut before, mut after) = (0, 0);
    for moment in 0..40 {
        let state = format!("state{moment}");
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .args([
                "digest",
                "in.jsonl",
                "--date",
                "2024-03-11",
                "--no-progress",
                "-o",
                "out.md",
                "--state",
                &state,
            ])
            .current_dir(folder.path(""))
            .spawn()
            .expect("the program starts");
        std::thread::sleep(std::time::Duration::from_millis(moment));
        run.kill().expect("it is killed, or has ended");
        run.wait().expect("it has ended");
        match digest(&folder, &[&second[..], &[&state]].concat()) {
            stories if stories == untold => before += 1,
            stories if stories == told => after += 1,
            stories => panic!("half told: {stories:?}"),
        }
    }
    assert!(before > 0, "no run was killed in time, {after} were not");
}

#[test]
fn days_in_one_digest_go_on_from_each_other() {
    let folder = Folder::new(&[]);
    let stories = digest(&folder, &["--date", "all", "--daily"]);
    let goes_on: Vec<_> = stories.iter().filter(|story| !story["continues"].is_null()).collect();
    assert_eq!(goes_on.len(), 1, "{stories:?}");
    assert_eq!(strings(&goes_on[0]["docs"]), ["c1"]);
    let told = told(&stories);
    assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), told.len(), "nothing twice");
}

#[test]
fn a_digest_goes_to_a_translator_and_is_shown_in_two_languages() {
    let folder = Folder::new(&[]);
    let flags = [
        "--date",
        "2024-03-12",
        "--untranslated",
        "todo.xlf",
        "--target-lang",
        "fr",
        "--translations",
        "none.tsv",
    ];
    folder.write("none.tsv", "id\tsource\ttarget\tstate\tnote\n");
    let stories = digest(&folder, &flags);
    let todo = folder.read("todo.xlf");
    let units = todo.matches("<unit ").count();
    let headlines = stories.len();
    assert_eq!(units, told(&stories).len() + headlines, "{todo}");
    let done = todo
        .replace("state=\"initial\"", "state=\"translated\"")
        .replace("</source>", "</source><target>FR</target>");
    folder.write("done.xlf", done);
    folder.write("in.jsonl", input());
    let shown = folder
        .run(&[
            "digest",
            "in.jsonl",
            "--date",
            "2024-03-12",
            "--translations",
            "done.xlf",
            "--untranslated",
            "todo.xlf",
            "--format",
            "json",
        ])
        .ends(0);
    let page: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(page["target_lang"], "fr");
    assert_eq!(page["stories"][0]["title_target"], "FR");
    assert!(page["stories"][0]["sentences"].as_array().unwrap().iter().all(|one| one["target"] == "FR"));
}

#[test]
fn sections_are_named_pinned_and_muted_by_rules() {
    let folder = Folder::new(&[("in.jsonl", &input())]);
    folder.write(
        "p.toml",
        "version = 1\n[input]\npaths = [\"in.jsonl\"]\n[digest]\ndate = \"all\"\n[[digest.section]]\nname = \"Kitchen\"\nwords = [\"plum\"]\npin = true\n\
         [[digest.section]]\nwords = [\"opera\"]\nmute = true\n[output.d]\nkind = \"digest\"\nformat = \"json\"\npath = \"-\"\n",
    );
    let page: Value =
        serde_json::from_str(&folder.run(&["run", "p.toml", "--out", "out", "--quiet"]).ends(0)).unwrap();
    let names: Vec<&str> =
        page["sections"].as_array().unwrap().iter().filter_map(|s| s["name"].as_str()).collect();
    assert_eq!(names, ["Kitchen", "English"]);
    assert!(!page.to_string().contains("opera house at Larkmoor opened"));
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let folder = Folder::new(&[("in.jsonl", &input()), ("other", "no state")]);
    let refused = |flags: &[&str]| folder.run(&[&["digest", "in.jsonl"], flags].concat()).refused();
    assert!(refused(&["--date", "yesterday"]).contains("`yesterday` is no day"));
    assert!(refused(&["--time-zone", "Nowhere/Else"]).contains("no time zone"));
    assert!(refused(&["--format", "pdf"]).contains("formats of digests: md, html"));
    assert!(refused(&["--days", "0"]).contains("expected 1 or more"));
    let nothing = folder.run(&["digest", "in.jsonl", "--date", "2019-01-01"]);
    assert!(
        nothing.err.contains("no document is of the chosen days; of other days 6, the newest of 2024-03-12"),
        "{}",
        nothing.err
    );
    assert!(folder.run(&["digest", "in.jsonl", "--state", "other"]).err.contains("not the state of digests"));
    let template = folder.run(&["digest", "--print-template", "html"]).ends(0);
    assert!(template.contains("<!doctype html>"), "{template}");
    assert!(folder.run(&["digest", "--print-template", "json"]).refused().contains("has no template"));
}

#[test]
fn the_digest_of_the_sample_corpus_is_the_same_every_time_and_in_all_formats() {
    let folder = Folder::new(&[]);
    let pipeline = root().join("pipelines/daily-digest.toml");
    let pipeline = pipeline.to_str().expect("UTF-8");
    folder.run(&["run", pipeline, "--out", "one", "--threads", "1", "--quiet"]).ends(0);
    folder.run(&["run", pipeline, "--out", "four", "--threads", "4", "--quiet"]).ends(0);
    let files =
        ["digest.md", "digest.html", "digest.epub", "digest.eml", "digest.json", "feed.xml", "feed.json"];
    for file in files {
        let bytes = |out: &str| std::fs::read(folder.path(out).join(file)).expect(file);
        assert!(bytes("one") == bytes("four"), "{file}");
    }
    let page: Value = serde_json::from_str(&folder.read("one/digest.json")).unwrap();
    assert_eq!(strings(&page["days"]), ["2024-03-11", "2024-03-12", "2024-03-13"]);
    let threads = page["stories"].as_array().unwrap().iter().filter(|story| !story["continues"].is_null());
    assert!(threads.count() >= 5, "stories go on over days");
    let folded = page["stories"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|story| story["docs"].as_array().is_some_and(|docs| docs.len() > 1));
    assert!(folded.count() >= 3, "stories are folded");
}
