//! `nutgraf digest --group-by`: one summary of each group of documents.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use nutgraf::group::{Member, Weights, summarize};
use nutgraf::pipeline::file::{Loaded, PipelineFile};
use nutgraf::pipeline::member::{group_of, member};
use nutgraf::pipeline::plan::{Reach, Stages};
use nutgraf::pipeline::process::{Scratch, process};
use nutgraf::{Budget, Document};
use proptest::prelude::*;

/// Two stories told by several documents, with their lines mixed.
const WIRE: [&str; 5] = [
    r#"{"id":"a","story":"bridge","desk":{"name":"harbour"},"published":"2024-03-12","title":"Bridge shut","text":"Engineers closed the Corran bridge on Monday after divers found cracks in two piers. Traffic is sent over the old ford. Shops on the far bank fear for their trade."}"#,
    r#"{"id":"b","story":"eels","desk":{"name":"science"},"text":"Eels that leave the rivers of Ellander swim a wide loop to the north. Nobody knows why. Researchers tagged 88 eels."}"#,
    r#"{"id":"c","story":"bridge","desk":{"name":"harbour"},"published":"2024-03-11","text":"Divers found cracks in two piers of the Corran bridge. The ferry will run every ten minutes. Engineers closed the Corran bridge on Monday after divers found cracks in two piers."}"#,
    r#"{"id":"d","story":"eels","desk":{"name":"science"},"text":"A wide loop to the north is what eels swim before they spawn. Tags were found on beaches in spring."}"#,
    r#"{"id":"e","story":"bridge","desk":{"name":"harbour"},"published":"2024-03-13","text":"Repairs of the Corran bridge will take six weeks, the council said. It will cost nine million crowns."}"#,
];

#[cfg(feature = "cli")]
fn wire() -> String {
    WIRE.map(|line| format!("{line}\n")).concat()
}

/// The members of each group of `lines`, as the command makes them.
fn groups(lines: &str, by: &str) -> BTreeMap<String, Vec<Member>> {
    let mut stages = Stages::build(&Loaded::from_flags(PipelineFile::default())).expect("the defaults");
    stages.reach = Reach::Segments;
    let mut scratch = Scratch::default();
    let mut groups: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for line in lines.lines() {
        let record: BTreeMap<String, Box<serde_json::value::RawValue>> =
            serde_json::from_str(line).expect("an object");
        let text: String = serde_json::from_str(record["text"].get()).expect("a text");
        let document = Document { extra: record, ..Document::from_text(text) };
        let done = process(document, &stages, &mut scratch).expect("a body");
        let group = group_of(&done, by).expect("a group");
        groups.entry(group).or_default().push(member(&done, &stages, &mut scratch));
    }
    groups
}

#[cfg(feature = "cli")]
mod command {
    use super::*;
    use common::{Folder, objects};

    fn folder() -> Folder {
        Folder::new(&[("wire.jsonl", &wire())])
    }

    fn digest(folder: &Folder, args: &[&str]) -> Vec<serde_json::Value> {
        let all = [&["digest", "wire.jsonl", "--format", "jsonl"], args].concat();
        objects(&folder.run(&all).ends(0))
    }

    fn texts(group: &serde_json::Value) -> Vec<&str> {
        let sentences = group["summary"]["sentences"].as_array().expect("a list");
        sentences.iter().map(|sentence| sentence.as_str().expect("a text")).collect()
    }

    #[test]
    fn groups_come_in_the_order_of_their_first_documents_however_they_are_mixed() {
        let folder = folder();
        let groups = digest(&folder, &["--group-by", "story", "-n", "2"]);
        let names: Vec<_> = groups.iter().map(|group| group["group"].clone()).collect();
        assert_eq!(names, ["bridge", "eels"]);
        assert_eq!(groups[0]["docs"], serde_json::json!(["a", "c", "e"]));
        assert_eq!(groups[1]["docs"], serde_json::json!(["b", "d"]));
        let keys: Vec<_> = groups[0].as_object().expect("an object").keys().collect();
        assert_eq!(
            keys.into_iter().collect::<BTreeSet<_>>(),
            BTreeSet::from(["group", "summary", "docs"].map(String::from).each_ref())
        );
    }

    #[test]
    fn every_sentence_is_a_segment_of_the_document_it_names() {
        let folder = folder();
        let segments = objects(&folder.run(&["segment", "wire.jsonl", "--format", "jsonl"]).ends(0));
        let text = |doc: &str, id: &str| -> String {
            let document = segments.iter().find(|document| document["id"] == doc).expect("the document");
            let all = document["segments"].as_array().expect("a list");
            let segment = all.iter().find(|segment| segment["id"] == id).expect("the segment");
            assert_eq!(segment["role"], "body");
            segment["text"].as_str().expect("a text").to_owned()
        };
        for group in digest(&folder, &["--group-by", "story", "--ratio", "1"]) {
            let places = group["summary"]["segments"].as_array().expect("a list");
            let told: Vec<String> = places
                .iter()
                .map(|place| {
                    text(place["doc"].as_str().expect("an id"), place["id"].as_str().expect("an id"))
                })
                .collect();
            assert_eq!(told, texts(&group));
        }
    }

    #[test]
    fn budgets_are_kept() {
        let folder = folder();
        for n in 1..5 {
            let n = n.to_string();
            let groups = digest(&folder, &["--group-by", "story", "-n", &n]);
            assert!(groups.iter().all(|group| texts(group).len().to_string() <= n), "{groups:?}");
            assert_eq!(texts(&groups[0]).len().to_string(), n);
        }
        for words in [1_u64, 12, 30, 45] {
            for group in digest(&folder, &["--group-by", "story", "--words", &words.to_string()]) {
                let used = group["summary"]["words"].as_u64().expect("a count");
                let told: usize = texts(&group).iter().map(|text| text.split_whitespace().count()).sum();
                assert_eq!(used, told as u64);
                assert!(used <= words || texts(&group).len() == 1, "{used} of {words}: {group}");
            }
        }
        let share = digest(&folder, &["--group-by", "story", "--ratio", "0.4"]);
        assert!(share[0]["summary"]["words"].as_u64() <= Some(35), "{}", share[0]);
    }

    #[test]
    fn a_sentence_of_two_documents_is_told_once() {
        let folder = folder();
        let groups = digest(&folder, &["--group-by", "story", "--ratio", "1"]);
        let all = texts(&groups[0]);
        let closed = all.iter().filter(|text| text.starts_with("Engineers closed")).count();
        assert_eq!(closed, 1, "{all:?}");
    }

    #[test]
    fn sentences_follow_the_dates_of_their_documents() {
        let folder = folder();
        let groups = digest(&folder, &["--group-by", "story", "--ratio", "1"]);
        let order: Vec<_> = groups[0]["summary"]["segments"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|place| place["doc"].as_str().expect("an id"))
            .collect();
        let mut sorted = order.clone();
        sorted.sort_by_key(|doc| ["c", "a", "e"].iter().position(|d| d == doc));
        assert_eq!(order, sorted);
        assert!(order.contains(&"c") && order.contains(&"a") && order.contains(&"e"));
    }

    #[test]
    fn what_points_back_comes_after_what_it_points_to_or_not_at_all() {
        let folder = folder();
        for n in 1..8 {
            for group in digest(&folder, &["--group-by", "story", "-n", &n.to_string()]) {
                let told = texts(&group);
                if let Some(at) = told.iter().position(|text| text.starts_with("It will cost")) {
                    assert!(at > 0 && told[at - 1].starts_with("Repairs of"), "{told:?}");
                }
            }
        }
    }

    #[test]
    fn a_document_without_the_field_is_a_failure_of_its_own() {
        let folder = folder();
        let odd = [
            r#"{"id":"p","text":"No field is here."}"#,
            r#"{"id":"q","story":["bridge","eels"],"text":"A list names none."}"#,
            r#"{"id":"r","story":"","text":"Nor does an empty text."}"#,
            r#"{"id":"s","story":7,"text":"A number does."}"#,
            r#"{"id":"t","story":{"name":"x"},"text":"An object does not."}"#,
        ];
        folder.write("odd.jsonl", odd.join("\n"));
        let args = ["digest", "odd.jsonl", "--group-by", "story", "--format", "jsonl", "--report", "r.json"];
        let ran = folder.run(&args);
        for told in [
            "odd.jsonl: field `story` is absent: it names no group",
            "odd.jsonl:2: field `story` is a list: it names no group",
            "odd.jsonl:3: field `story` is ",
            "odd.jsonl:5: field `story` is an object: it names no group",
        ] {
            assert!(ran.err.contains(told), "{told}: {}", ran.err);
        }
        let groups = objects(&ran.ends(1));
        assert_eq!((groups.len(), &groups[0]["group"]), (1, &"7".into()));
        let report: serde_json::Value = serde_json::from_str(&folder.read("r.json")).expect("JSON");
        assert_eq!((&report["failures"]["ungrouped"], &report["groups"]), (&4.into(), &1.into()));
        assert_eq!(folder.run(&[&args[..], &["--on-error", "fail"]].concat()).code, Some(3));
    }

    #[test]
    fn known_fields_and_fields_within_fields_name_groups() {
        let folder = folder();
        let names = |by: &str| -> Vec<String> {
            let run = folder.run(&["digest", "wire.jsonl", "--format", "jsonl", "--group-by", by]);
            objects(&run.out)
                .iter()
                .map(|group| group["group"].as_str().expect("a name").to_owned())
                .collect()
        };
        assert_eq!(names("desk.name"), ["harbour", "science"]);
        assert_eq!(names("lang"), ["en"]);
        assert_eq!(names("published"), ["2024-03-12", "2024-03-11", "2024-03-13"]);
        assert_eq!(names("title"), ["Bridge shut"]);
    }

    #[test]
    fn ids_seen_before_are_told_apart_in_groups_too() {
        let folder = Folder::new(&[]);
        let line = r#"{"id":"x","g":"g","text":"Eels swim north. The dike held."}"#;
        folder.write("wire.jsonl", format!("{line}\n{}\n", line.replace("north", "south")));
        let groups = digest(&folder, &["--group-by", "g", "-n", "3"]);
        assert_eq!(groups[0]["docs"], serde_json::json!(["x", "x-2"]));
        let segments = objects(&folder.run(&["segment", "wire.jsonl", "--format", "jsonl"]).ends(0));
        for place in groups[0]["summary"]["segments"].as_array().expect("a list") {
            let document = segments.iter().find(|d| d["id"] == place["doc"]).expect("the document");
            let ids: Vec<_> =
                document["segments"].as_array().expect("a list").iter().map(|s| &s["id"]).collect();
            assert!(ids.contains(&&place["id"]), "{place}");
        }
    }

    #[test]
    fn threads_play_no_part_and_files_are_whole() {
        let folder = folder();
        let many: String = (0..40)
            .flat_map(|n| {
                WIRE.map(|line| line.replace("\"story\":\"", &format!("\"story\":\"{}", n % 7)) + "\n")
            })
            .enumerate()
            .map(|(n, line)| line.replacen("\"id\":\"", &format!("\"id\":\"{n}"), 1))
            .collect();
        folder.write("many.jsonl", many);
        for format in ["jsonl", "md", "text"] {
            let run = |threads: &str| {
                let args = ["digest", "many.jsonl", "--group-by", "story", "--format", format];
                folder.run(&[&args[..], &["-o", "out.txt", "--threads", threads]].concat()).ends(0);
                folder.read("out.txt")
            };
            let one = run("1");
            assert!(!one.is_empty() && run("2") == one && run("5") == one, "{format}");
        }
    }

    #[test]
    fn a_pipeline_file_can_declare_groups_beside_other_outputs() {
        let folder = folder();
        let pipeline = "version = 1\n[input]\npaths = ['wire.jsonl']\n[budget]\nwords = 30\n[groups]\nby = 'story'\n\
            weights = { position = 1.0 }\n[output.groups]\nkind = 'groups'\nformat = 'jsonl'\npath = 'groups.jsonl'\n\
            [output.each]\nformat = 'jsonl'\npath = 'each.jsonl'\n";
        folder.write("p.toml", pipeline);
        folder.run(&["run", "p.toml"]).ends(0);
        assert_eq!(objects(&folder.read("out/groups.jsonl")).len(), 2);
        let each = objects(&folder.read("out/each.jsonl"));
        assert!(each.len() == 5 && each.iter().all(|d| d["summary"]["words"].as_u64() > Some(0)), "{each:?}");
        let refuses = |change: (&str, &str), told: &str| {
            folder.write("p.toml", pipeline.replace(change.0, change.1));
            let refusal = folder.run(&["run", "p.toml"]).refused();
            assert!(refusal.contains(told), "{refusal}");
        };
        let table = "[groups]\nby = 'story'\nweights = { position = 1.0 }\n";
        refuses((table, ""), "groups need the field that they are made by");
        refuses(("position", "postion"), "unknown field `postion`");
        refuses(("kind = 'groups'\n", ""), "no output is of the kind `groups`");
    }
}

#[test]
fn opinions_without_order_lose_the_first_word_to_what_many_say() {
    let opinion = |n: usize| match n % 4 {
        0 => format!("The battery life is great, said buyer{n}."),
        1 => format!("Great battery life for me{n}."),
        _ => format!("A battery is what place{n} wanted from person{n} in month{n}."),
    };
    let first =
        "My battery came in a red box that my cousin from the coast had tied with a ribbon.".to_owned();
    let all: Vec<String> = std::iter::once(first.clone()).chain((0..80).map(opinion)).collect();
    let line = serde_json::json!({"g": "x", "text": all.join("\n\n")}).to_string();
    let groups = groups(&line, "g");
    let group = summarize("x", &groups["x"], &Weights::default(), Budget::Sentences(1));
    let told = group.text();
    assert!(told.contains("attery life"), "{told}");
}

#[test]
fn one_article_alone_is_a_group_that_begins_as_it_does() {
    let line = WIRE[0];
    let groups = groups(line, "story");
    let group = summarize("bridge", &groups["bridge"], &Weights::default(), Budget::Sentences(1));
    assert!(group.text().starts_with("Engineers closed the Corran bridge"), "{}", group.text());
}

proptest! {
    /// Whatever the group, its summary is of sentences of its documents, none twice, within the budget, in order.
    #[test]
    fn a_summary_of_a_group_is_made_of_its_sentences(
        documents in prop::collection::vec("([A-C][a-d ]{0,12}[.?] ?|It [a-c]{1,3}\\. |[一二三]{1,4}。|\\n\\n){1,9}[a-z]{1,3}\\.", 1..6),
        words in 1_usize..40,
        by_words in any::<bool>(),
    ) {
        let lines: String = documents.iter().map(|text| serde_json::json!({"g": "g", "text": text}).to_string() + "\n").collect();
        let groups = groups(&lines, "g");
        let members = &groups["g"];
        let budget = if by_words { Budget::Words(words) } else { Budget::Sentences(words) };
        let group = summarize("g", members, &Weights::default(), budget);
        prop_assert!(!group.summary.is_empty());
        prop_assert_eq!(group.summary.iter().collect::<BTreeSet<_>>().len(), group.summary.len());
        for (member, sentence) in group.sentences() {
            prop_assert!(member.sentences.iter().any(|own| own.id == sentence.id && own.text == sentence.text));
        }
        if by_words {
            prop_assert!(group.words() <= words as u64 || group.summary.len() == 1);
        } else {
            prop_assert!(group.summary.len() <= words);
        }
        prop_assert!(group.summary.is_sorted(), "undated documents keep their order: {:?}", group.summary);
        let again = summarize("g", members, &Weights::default(), budget);
        prop_assert_eq!(again.summary, group.summary);
    }
}
