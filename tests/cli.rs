//! The program as a person or a script meets it: flags, formats, exit codes, files.

#![cfg(feature = "cli")]

mod common;

use common::{BRIDGE, DEICH, EELS, Folder, PIPELINE, each, list, objects, slice, spaced};

/// A folder with two articles in English and one in German.
fn newsroom() -> Folder {
    Folder::new(&[("in/bridge.txt", BRIDGE), ("in/eels.txt", EELS), ("in/sub/deich.txt", DEICH)])
}

fn lines(records: &[(&str, &str)]) -> String {
    let line = |(id, text): &(&str, &str)| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    records.iter().map(line).collect()
}

// What is read

#[test]
fn a_file_a_folder_a_glob_and_standard_input_give_the_same_summary() {
    let folder = Folder::new(&[("in/bridge.txt", BRIDGE)]);
    let ids = ["in/bridge.txt", "in", "in/*.txt", "**/*.txt"].map(|input| {
        let all = objects(&folder.run(&["summarize", input, "--format", "jsonl"]).ends(0));
        assert_eq!(
            all[0]["source"]["path"], "in/bridge.txt",
            "paths are as given, joined with what was walked"
        );
        (all[0]["id"].clone(), all[0]["summary"].clone())
    });
    let piped = objects(&folder.feed(&["summarize", "--format", "jsonl"], BRIDGE).ends(0));
    assert_eq!(piped[0]["source"]["path"], "-");
    for id in ids {
        assert_eq!(id, (piped[0]["id"].clone(), piped[0]["summary"].clone()));
    }
}

#[test]
fn a_folder_is_walked_in_order_and_inputs_keep_theirs() {
    let folder = newsroom();
    let paths = |args: &[&str]| -> Vec<String> {
        let args = [&["summarize", "--format", "jsonl"], args].concat();
        let all = objects(&folder.run(&args).ends(0));
        all.iter().map(|one| one["source"]["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(&["in"]), ["in/bridge.txt", "in/eels.txt", "in/sub/deich.txt"]);
    assert_eq!(paths(&["in/eels.txt", "in/bridge.txt"]), ["in/eels.txt", "in/bridge.txt"]);
    assert_eq!(paths(&["in", "--limit", "2"]), ["in/bridge.txt", "in/eels.txt"]);
}

#[test]
fn an_input_that_does_not_exist_is_refused_before_anything_is_written() {
    let folder = newsroom();
    for input in ["none.txt", "none/*.txt", "in/*.md", "[", ""] {
        let err = folder.run(&["summarize", "in/eels.txt", input, "-o", "out.txt"]).refused();
        assert!(err.contains(input), "{err}");
        assert_eq!(folder.names(), ["in/bridge.txt", "in/eels.txt", "in/sub/deich.txt"]);
    }
}

#[test]
fn every_line_of_lines_is_one_segment() {
    let folder = Folder::new(&[]);
    let text = "One. Two.\nthree\n\nPost a Comment\n";
    let all = objects(&folder.feed(&["segment", "--input-format", "lines"], text).ends(0));
    assert_eq!(each(list(&all[0], "segments"), "text"), ["One. Two.", "three", "Post a Comment"]);
    assert!(list(&all[0], "boilerplate").is_empty());
}

#[test]
fn a_field_of_json_lines_may_have_another_name() {
    let folder = Folder::new(&[]);
    let line = serde_json::json!({"body": "Eels swim north.", "head": {"line": "Eels"}}).to_string();
    let args = ["summarize", "--format", "jsonl", "--field", "text=body", "--field", "title=head.line"];
    let all = objects(&folder.feed(&args, &line).ends(0));
    assert_eq!((&all[0]["summary"]["text"], &all[0]["title"]), (&"Eels swim north.".into(), &"Eels".into()));
    for wrong in ["text", "text=", "=body", "txet=body"] {
        folder.feed(&["summarize", "--field", wrong], &line).refused();
    }
}

#[test]
fn what_json_lines_say_of_a_record_is_handed_through() {
    let folder = Folder::new(&[]);
    let line = r#"{"id":7,"text":"Eels swim north.","lang":"en","title":"Eels","byline":["A","B"],"published":"1 June 2023","url":"http://e.org/","desk":{"n":1.50},"tags":["a",null]}"#;
    let all = objects(&folder.feed(&["summarize", "--format", "jsonl"], line).ends(0));
    let known =
        ["id", "title", "byline", "published", "url", "lang"].map(|key| all[0][key].as_str().unwrap());
    assert_eq!(known, ["7", "Eels", "A; B", "2023-06-01", "http://e.org/", "en"]);
    assert_eq!(all[0]["extra"].to_string(), r#"{"desk":{"n":1.5},"tags":["a",null]}"#);
}

#[test]
fn a_date_that_cannot_be_read_fails_nothing() {
    let folder = Folder::new(&[]);
    let line = r#"{"text":"Eels swim north.","published":"the day after"}"#;
    let all = objects(&folder.feed(&["summarize", "--format", "jsonl"], line).ends(0));
    assert!(all[0]["published"].is_null());
    assert_eq!(all[0]["extra"]["published"], "the day after");
}

#[test]
fn a_repeated_id_gets_a_number_and_a_warning() {
    let folder = Folder::new(&[]);
    let input = lines(&[
        ("a", "Eels swim north."),
        ("a-2", "Cod swim south."),
        ("a", "Herring stay."),
        ("a", "Eels swim north."),
    ]);
    let ran = folder.feed(&["summarize", "--format", "jsonl"], input);
    assert_eq!(ran.err.matches("id `a` was seen before").count(), 2, "{}", ran.err);
    let all = objects(&ran.ends(0));
    assert_eq!(each(&all, "id"), ["a", "a-2", "a-3", "a-4"]);
    let segment = |at: usize| all[at]["segments"][0]["id"].clone();
    assert_ne!(segment(0), segment(3), "ids of segments are unique in the run");
}

#[test]
fn a_given_language_wins_over_the_records_and_the_detected_one() {
    let folder = Folder::new(&[]);
    for (args, expected) in [(&["--lang", "nl"][..], "nl"), (&[], "sv")] {
        let args = [&["summarize", "--format", "jsonl"], args].concat();
        let line = serde_json::json!({"text": BRIDGE, "lang": "sv"}).to_string();
        assert_eq!(objects(&folder.feed(&args, line).ends(0))[0]["lang"], expected);
    }
    folder.feed(&["summarize", "--lang", "not a tag"], BRIDGE).refused();
}

#[test]
fn other_languages_are_detected_and_cut_by_their_own_marks() {
    let folder = Folder::new(&[]);
    let samples = [
        (DEICH, "de", 3),
        ("हड़ताल समाप्त हो गई है। अस्पताल मंगलवार को फिर खुलेंगे। मंत्री ने समझौते का स्वागत किया।", "hi", 3),
        ("انتهى الإضراب في المستشفيات يوم الاثنين. هل يعود الممرضون غدا؟ قال الوزير إن الاتفاق جيد.", "ar", 3),
        ("罢工周一结束。护士们明天会回来吗？部长对协议表示欢迎。", "zh", 3),
    ];
    for (text, lang, sentences) in samples {
        let all = objects(&folder.feed(&["segment"], text).ends(0));
        let body = list(&all[0], "segments").iter().filter(|one| one["role"] == "body").count();
        assert_eq!((all[0]["lang"].as_str(), body), (Some(lang), sentences), "{text}");
    }
}

// How text is cleaned

#[test]
fn auto_gives_every_line_a_role() {
    let folder = Folder::new(&[]);
    let all = objects(&folder.feed(&["segment"], BRIDGE).ends(0));
    let roles = |key| list(&all[0], key).iter().map(|one| one["role"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(roles("segments"), ["title", "body", "body", "body", "body", "body"]);
    assert_eq!(roles("boilerplate"), ["date", "byline", "comments"]);
    let known = ["title", "published", "byline"].map(|key| all[0][key].as_str().unwrap());
    assert_eq!(known, ["Bridge closed after cracks found", "2024-03-12", "Mara Ellison"]);
}

#[test]
fn repair_mends_characters_and_takes_everything_as_body() {
    let folder = Folder::new(&[]);
    let all = objects(
        &folder
            .feed(&["segment", "--clean", "repair"], "Cafe\u{301}  a\u{0}b.\r\n\r\nPost a Comment")
            .ends(0),
    );
    assert_eq!(each(list(&all[0], "segments"), "text"), ["Café ab.", "Post a Comment"]);
    assert_eq!(each(list(&all[0], "segments"), "role"), ["body", "body"]);
    assert!(list(&all[0], "boilerplate").is_empty() && all[0]["title"].is_null());
}

#[test]
fn off_leaves_every_character_as_it_stands() {
    let folder = Folder::new(&[]);
    let all = objects(
        &folder.feed(&["segment", "--clean", "off"], "Cafe\u{301}  a\u{ad}b.\n\nPost a Comment").ends(0),
    );
    assert_eq!(each(list(&all[0], "segments"), "text"), ["Cafe\u{301}  a\u{ad}b.", "Post a Comment"]);
    assert_eq!(each(list(&all[0], "segments"), "role"), ["body", "body"]);
}

#[test]
fn a_records_own_title_and_dek_keep_their_roles_however_text_is_cleaned() {
    let folder = Folder::new(&[]);
    let line =
        serde_json::json!({"title": "Eels", "dek": "A detour", "text": "They swim north."}).to_string();
    for clean in ["auto", "repair", "off"] {
        let all = objects(&folder.feed(&["segment", "--clean", clean], &line).ends(0));
        assert_eq!(each(list(&all[0], "segments"), "role"), ["title", "dek", "body"], "{clean}");
        assert_eq!(each(list(&all[0], "segments"), "field"), ["title", "dek", "text"], "{clean}");
    }
}

// How long summaries are

#[test]
fn a_summary_has_as_many_sentences_as_asked_for() {
    let folder = Folder::new(&[]);
    let chosen = |args: &[&str]| {
        let all =
            objects(&folder.feed(&[&["summarize", "--format", "jsonl"], args].concat(), BRIDGE).ends(0));
        list(&all[0]["summary"], "segments").len()
    };
    assert_eq!([chosen(&[]), chosen(&["-n", "1"]), chosen(&["--sentences", "99"])], [3, 1, 5]);
    assert_eq!(chosen(&["--words", "1"]), 1, "never less than one sentence");
    assert_eq!(chosen(&["--ratio", "1"]), 5);
}

#[test]
fn a_summary_stays_within_its_words() {
    let folder = Folder::new(&[]);
    let words = |args: &[&str]| {
        let all =
            objects(&folder.feed(&[&["summarize", "--format", "jsonl"], args].concat(), BRIDGE).ends(0));
        all[0]["summary"]["words"].as_u64().unwrap()
    };
    let all = words(&["--ratio", "1"]);
    assert!((15..=25).contains(&words(&["--words", "25"])), "{}", words(&["--words", "25"]));
    assert!(words(&["--ratio", "0.5"]) * 2 <= all, "{} of {all}", words(&["--ratio", "0.5"]));
}

#[test]
fn budgets_that_make_no_sense_are_refused() {
    let folder = Folder::new(&[]);
    let wrong: [&[&str]; 7] = [
        &["-n", "0"],
        &["--words", "0"],
        &["--ratio", "0"],
        &["--ratio", "1.1"],
        &["--ratio", "nan"],
        &["-n", "1", "--words", "5"],
        &["--words", "5", "--ratio", "0.5"],
    ];
    for args in wrong {
        folder.feed(&[&["summarize"], args].concat(), BRIDGE).refused();
    }
}

#[test]
fn every_sentence_of_a_summary_is_a_segment_word_for_word() {
    let folder = newsroom();
    for one in objects(&folder.run(&["summarize", "in", "--format", "jsonl"]).ends(0)) {
        let chosen: Vec<_> = list(&one, "segments").iter().filter(|s| s["in_summary"] == true).collect();
        let texts: Vec<_> = chosen.iter().map(|s| s["text"].as_str().unwrap()).collect();
        assert_eq!(one["summary"]["text"], texts.join(" "));
        assert!(chosen.iter().all(|s| s["role"] == "body"), "summaries choose from the body alone");
    }
}

// Mistakes

#[test]
fn unknown_names_are_refused_with_the_choices_and_nothing_is_written() {
    let folder = newsroom();
    let mistakes: [(&[&str], &str); 6] = [
        (&["--ranker", "tfdif"], "tfidf-position"),
        (&["--format", "jsnol"], "text, md, jsonl, tsv"),
        (&["--model", "none.model"], "none.model"),
        (&["--input-format", "txt"], "text, lines, html, markdown, jsonl"),
        (&["--clean", "on"], "auto, repair, off"),
        (&["--frmat", "md"], "--format"),
    ];
    for (args, said) in mistakes {
        let err = folder.run(&[&["summarize", "in", "-o", "out.txt"], args].concat()).refused();
        assert!(err.contains(said), "{args:?}: {err}");
        assert_eq!(folder.names().len(), 3, "{args:?} left {:?}", folder.names());
    }
}

#[test]
fn an_output_that_cannot_stand_there_is_refused_before_any_work() {
    let folder = newsroom();
    for output in ["in", "in/eels.txt/below"] {
        folder.run(&["summarize", "in", "-o", output]).refused();
    }
    assert_eq!((folder.names().len(), folder.read("in/eels.txt").as_str()), (3, EELS));
}

// Outputs

#[test]
fn an_output_file_is_whole_and_nothing_stands_beside_it() {
    let folder = newsroom();
    let printed = folder.run(&["summarize", "in", "--format", "md"]).ends(0);
    let ran = folder.run(&["summarize", "in", "--format", "md", "-o", "made/for/out.md"]);
    assert_eq!(ran.err, "");
    assert_eq!(ran.ends(0), "");
    assert_eq!(folder.read("made/for/out.md"), printed);
    assert_eq!(folder.names(), ["in/bridge.txt", "in/eels.txt", "in/sub/deich.txt", "made/for/out.md"]);
}

#[test]
fn a_failed_run_leaves_the_older_output_alone() {
    let folder = Folder::new(&[("in/a.txt", BRIDGE), ("in/b.txt", ""), ("out.txt", "older")]);
    let ran = folder.run(&["summarize", "in", "--on-error", "fail", "-o", "out.txt"]);
    assert!(ran.err.contains("in/b.txt"), "{}", ran.err);
    ran.ends(3);
    assert_eq!(folder.read("out.txt"), "older");
    assert_eq!(folder.names(), ["in/a.txt", "in/b.txt", "out.txt"]);
}

#[test]
fn the_first_failure_ends_a_run_that_asks_for_it_and_no_output_appears() {
    let folder = Folder::new(&[("in/a.txt", BRIDGE), ("in/b.txt", ""), ("in/c.txt", EELS)]);
    folder
        .run(&["summarize", "in", "--on-error", "fail", "-o", "out.txt", "--report", "report.json"])
        .ends(3);
    assert_eq!(folder.names(), ["in/a.txt", "in/b.txt", "in/c.txt"]);
}

#[test]
fn the_counts_of_a_report_add_up() {
    let folder = newsroom();
    folder.write("in/empty.txt", "");
    let out = folder.run(&["summarize", "in", "--format", "jsonl", "--report", "report.json"]).ends(1);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let sum = |key: &str| report[key].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
    let all = objects(&out);
    assert_eq!(report["input"]["records"], 4);
    assert_eq!(report["input"]["bytes"], BRIDGE.len() + EELS.len() + DEICH.len());
    assert_eq!((&report["documents"]["written"], &report["documents"]["failed"]), (&3.into(), &1.into()));
    assert_eq!([sum("languages"), sum("encodings"), sum("failures")], [3, 3, 1]);
    let segments: usize = all.iter().map(|one| list(one, "segments").len()).sum();
    let boilerplate: usize = all.iter().map(|one| list(one, "boilerplate").len()).sum();
    assert_eq!(sum("segments"), segments as u64);
    let body: usize = all
        .iter()
        .map(|one| {
            let blocks = list(one, "segments").iter().map(|segment| segment["block"].as_u64());
            blocks.collect::<std::collections::BTreeSet<_>>().len()
        })
        .sum();
    assert_eq!(sum("blocks"), (boilerplate + body) as u64);
    let words: u64 = all.iter().map(|one| one["summary"]["words"].as_u64().unwrap()).sum();
    assert_eq!(report["summaries"]["words"], words);
}

#[test]
fn a_table_has_a_row_for_each_document_or_segment() {
    let folder = newsroom();
    let rows = |args: &[&str]| -> Vec<Vec<String>> {
        let table = folder.run(args).ends(0);
        table.lines().map(|row| row.split('\t').map(str::to_owned).collect()).collect()
    };
    let summaries = rows(&["summarize", "in", "--format", "tsv"]);
    assert_eq!(summaries.len(), 4);
    assert!(summaries.iter().all(|row| row.len() == 7), "{summaries:?}");
    let segments = rows(&["segment", "in", "--format", "tsv"]);
    assert_eq!(segments[0], ["id", "source", "target", "state", "note"]);
    assert!(segments.len() > 10 && segments.iter().all(|row| row.len() == 5 && !row[1].is_empty()));
}

#[test]
fn text_and_markdown_show_title_facts_and_summary_of_each_document() {
    let folder = newsroom();
    for format in ["text", "md"] {
        let out = folder.run(&["summarize", "in", "--format", format, "-n", "1"]).ends(0);
        for shown in [
            "Bridge closed after cracks found",
            "Mara Ellison · 2024-03-12",
            "Engineers closed",
            "Eels take a detour",
        ] {
            assert!(out.contains(shown), "{format}: {out}");
        }
        assert!(!out.contains('\u{1b}'), "no colour where there is no terminal");
    }
}

// Segments

#[test]
fn every_source_span_cuts_the_bytes_of_its_segment() {
    let folder = newsroom();
    for one in objects(&folder.run(&["segment", "in"]).ends(0)) {
        let bytes = std::fs::read(folder.path(one["source"]["path"].as_str().unwrap())).unwrap();
        for segment in list(&one, "segments") {
            let slice = std::str::from_utf8(slice(&bytes, &segment["source_span"])).unwrap();
            assert_eq!(segment["text"], spaced(slice));
        }
    }
}

#[test]
fn units_hold_one_segment_a_line_with_room_for_its_translation() {
    let folder = newsroom();
    let units = objects(&folder.run(&["segment", "in", "--format", "units", "--scope", "summary"]).ends(0));
    let all = objects(&folder.run(&["segment", "in"]).ends(0));
    assert_eq!(units.len(), all.iter().map(|one| list(&one["summary"], "segments").len()).sum::<usize>());
    for unit in &units {
        let keys: Vec<_> = unit.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys.iter()
                .filter(|key| ["id", "doc", "source", "target", "state", "note"].contains(key))
                .count(),
            6
        );
        assert_eq!((&unit["target"], &unit["state"]), (&serde_json::Value::Null, &"initial".into()));
    }
}

#[test]
fn xliff_holds_a_unit_for_each_segment_under_its_id() {
    let folder = newsroom();
    let one = ["segment", "in/bridge.txt", "in/eels.txt"];
    let xliff = folder.run(&[&one[..], &["--format", "xliff", "--target-lang", "fr"]].concat()).ends(0);
    assert!(xliff.contains(r#"srcLang="en" trgLang="fr""#), "{xliff}");
    for one in objects(&folder.run(&one).ends(0)) {
        for segment in list(&one, "segments") {
            assert!(xliff.contains(&format!("<unit id=\"{}\">", segment["id"].as_str().unwrap())));
        }
    }
}

#[test]
fn xliff_of_several_languages_is_refused_unless_one_is_named() {
    let folder = newsroom();
    let err = folder.run(&["segment", "in", "--format", "xliff", "-o", "out.xlf"]).refused();
    assert!(err.contains("de (1), en (2); name one by source_lang"), "{err}");
    assert_eq!(folder.names().len(), 3, "{:?}", folder.names());
    folder.run(&["segment", "in", "--format", "xliff"]).refused();
    folder.run(&["segment", "in", "--format", "xliff", "--source-lang", "en", "-o", "out.xlf"]).ends(0);
    assert!(folder.read("out.xlf").ends_with("</xliff>\n"));
}

// Explanations

#[test]
fn the_parts_of_an_explanation_add_up_to_the_score() {
    let folder = newsroom();
    for ranker in ["tfidf-position", "linear", "lead", "tfidf", "centrality", "textrank", "lexrank", "random"]
    {
        for one in objects(&folder.run(&["explain", "in", "--format", "json", "--ranker", ranker]).ends(0)) {
            for segment in list(&one, "segments").iter().filter(|segment| segment["role"] == "body") {
                let parts = segment["parts"].as_object().unwrap();
                let sum: f64 = parts.values().map(|part| part.as_f64().unwrap()).sum();
                let score = segment["score"].as_f64().unwrap();
                assert!((sum - score).abs() < 1e-5, "{ranker}: {parts:?} is not {score}");
            }
        }
    }
}

#[test]
fn a_focus_decides_what_the_summary_is_about() {
    let folder = newsroom();
    let about = ["summarize", "in/bridge.txt", "-n", "1", "--focus", "shops"];
    let text = folder.run(&[&about[..], &["--focus-only"]].concat()).ends(0);
    assert!(text.contains("Shops on the far bank fear for their trade."), "{text}");
    let told = folder.run(&["explain", "in/bridge.txt", "--focus", "shops", "--format", "json"]).ends(0);
    assert!(told.contains("\"focus\":"), "{told}");
    let plain = folder.run(&["summarize", "in/bridge.txt", "-n", "1"]).ends(0);
    let missed = ["summarize", "in/bridge.txt", "-n", "1", "--focus", "opera", "--report", "report.json"];
    assert_eq!(folder.run(&missed).ends(0), plain, "a query without a hit changes nothing");
    assert!(folder.read("report.json").contains("\"without_focus\": 1"));
    folder.run(&["summarize", "in/bridge.txt", "--focus", "?!"]).ends(2);
    folder.run(&["summarize", "in/bridge.txt", "--focus-only"]).ends(2);
}

#[test]
fn an_explanation_is_there_to_read_and_as_a_page() {
    let folder = newsroom();
    let text = folder.run(&["explain", "in/bridge.txt"]).ends(0);
    assert!(text.contains("3 of 5 sentences chosen") && text.contains("linear-rank"), "{text}");
    let page = folder.run(&["explain", "in/bridge.txt", "--format", "html"]).ends(0);
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
    assert!(page.contains("Bridge closed after cracks found") && !page.contains("<script"), "{page}");
}

// The shell

#[test]
fn completions_and_the_manual_know_every_command() {
    let folder = Folder::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).ends(0).contains("summarize"), "{shell}");
    }
    assert!(folder.run(&["man"]).ends(0).starts_with(".ie"), "a page in roff");
    folder.run(&["man", "--out", "man"]).ends(0);
    for page in ["man/nutgraf.1", "man/nutgraf-summarize.1", "man/nutgraf-model-build.1"] {
        assert!(folder.names().contains(&page.to_owned()), "{:?}", folder.names());
    }
}

#[test]
fn help_and_version_are_results_and_no_command_is_a_mistake() {
    let folder = Folder::new(&[]);
    assert!(folder.run(&["--version"]).ends(0).starts_with("nutgraf "));
    assert!(folder.run(&["help", "segment"]).ends(0).contains("--source-lang"));
    let err = folder.run(&[]).refused();
    assert!(err.contains("Usage: nutgraf"), "{err}");
}

#[test]
fn a_quiet_run_says_nothing_and_a_verbose_one_how_it_went() {
    let folder = newsroom();
    folder.write("in/empty.txt", "");
    let quiet = folder.run(&["summarize", "in", "-q"]);
    assert_eq!((quiet.code, quiet.err.as_str()), (Some(1), ""));
    let plain = folder.run(&["summarize", "in"]);
    assert!(plain.err.contains("in/empty.txt: no body text"), "{}", plain.err);
    let verbose = folder.run(&["summarize", "in/eels.txt", "-v"]);
    assert_eq!(verbose.err, "1 records: 1 documents written, none failed\n");
}

#[test]
fn nothing_in_the_environment_is_needed() {
    let folder = newsroom();
    let ran = folder.command(&["summarize", "in"]).env_clear().output().unwrap();
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), folder.run(&["summarize", "in"]).ends(0));
}

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{Read, Write};
    use std::process::Stdio;
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_reader_that_goes_away_ends_the_program_quietly() {
        let many: Vec<_> = (0..3000).map(|n| (n.to_string(), format!("{BRIDGE}\n{n}"))).collect();
        let many: String = many.iter().map(|(id, text)| lines(&[(id, text)])).collect();
        let folder = Folder::new(&[("many.jsonl", &many)]);
        let mut run = folder.command(&["summarize", "many.jsonl", "--format", "jsonl"]);
        let mut run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 10];
        run.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let ended = run.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap().as_str()), (Some(0), ""));
    }

    #[test]
    fn a_full_disk_stops_the_run() {
        let folder = newsroom();
        folder.run(&["model", "build", "in", "-o", "m"]).ends(0);
        folder.write("p.toml", PIPELINE);
        let commands: [&[&str]; 6] = [
            &["summarize", "in"],
            &["segment", "in", "--format", "xliff", "--source-lang", "en"],
            &["model", "inspect", "m"],
            &["run", "p.toml", "--dry-run"],
            &["completions", "bash"],
            &["man"],
        ];
        for args in commands {
            let full = File::options().write(true).open("/dev/full").unwrap();
            let ended = folder.command(args).stdout(full).stderr(Stdio::piped()).output().unwrap();
            let err = String::from_utf8(ended.stderr).unwrap();
            assert_eq!(ended.status.code(), Some(3), "{args:?}: {err}");
            assert!(err.contains("No space left"), "{args:?}: {err}");
        }
        let ran = folder.run(&["summarize", "in", "-o", "/dev/full"]);
        assert!(ran.err.contains("/dev/full: No space left"), "{}", ran.err);
        ran.ends(3);
    }

    #[test]
    fn an_interrupted_run_ends_with_130_and_no_output() {
        let folder = Folder::new(&[]);
        let mut run = folder.command(&["summarize", "--input-format", "jsonl", "-o", "out.txt"]);
        let mut run = run.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = run.stdin.take().unwrap();
        input.write_all(lines(&[("a", BRIDGE)]).as_bytes()).unwrap();
        sleep(Duration::from_millis(300));
        let killed =
            std::process::Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap();
        assert!(killed.success());
        // The flag is looked at between batches: the input goes on until it is seen.
        for _ in 0..200 {
            let more = lines(&[("b", EELS)]).repeat(50);
            if input.write_all(more.as_bytes()).is_err() {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        drop(input);
        let ended = run.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(130), "{}", String::from_utf8_lossy(&ended.stderr));
        assert_eq!(folder.names(), [""; 0]);
    }
}
