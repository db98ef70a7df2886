//! Segments from the text to the finished document: what always holds, and what users can overrule.

mod common;

use common::{Folder, each, list, objects};
use nutgraf::pipeline::file::Loaded;
use nutgraf::segment::{Exceptions, KINDS, Overrides};
use nutgraf::{Document, Done, Lang, Scratch, Stages, process};
use proptest::prelude::*;
use serde_json::json;

/// The stages that take a text as it stands, for each kind of segmenter that needs no settings, with and without overrides.
fn all_stages() -> Vec<Stages> {
    let plain = "pipeline.structure = 'blocks'\npipeline.normalize = []\n";
    let mut all = Vec::new();
    for kind in KINDS {
        let text = format!("{plain}pipeline.segment = '{}'", kind.name);
        let loaded = Loaded::parse("test", &text, &[]).expect("a pipeline");
        let Ok(stages) = Stages::build(&loaded) else { continue };
        let exceptions = Exceptions::parse("[never]\na.\nЯ\n[always]\n;\n大\n[before]\nB\n").expect("a list");
        let overrides = Overrides { max_chars: std::num::NonZeroUsize::new(9), exceptions: Some(exceptions) };
        let again = Stages::build(&loaded).expect("built before");
        all.push(stages);
        all.push(Stages { overrides, explain_boundaries: true, ..again });
    }
    all
}

fn finished(text: &str, lang: &str, stages: &Stages) -> Option<Done> {
    let document = Document { lang: Lang::parse(lang), ..Document::from_text(text) };
    process(document, stages, &mut Scratch::default()).ok()
}

proptest! {
    /// Whatever is not white space stands in exactly one segment, in order; source spans are the same bytes.
    #[test]
    fn segments_and_gaps_are_the_text(
        text in "[aBéßЯя大。1.!?…,;:()“”„»'\"•\n\r \u{a0}\u{301}\u{200d}\u{1F600}\u{202e}\u{2028}।؟-]{0,80}",
        lang in "en|de|zh|ar|und",
    ) {
        for stages in all_stages() {
            let Some(done) = finished(&text, &lang, &stages) else {
                prop_assert!(text.trim().is_empty(), "{text:?} has no segments");
                continue;
            };
            let mut at = 0;
            for segment in &done.segments {
                let span = segment.span.range();
                let gap = text.get(at..span.start);
                prop_assert!(gap.is_some_and(|gap| gap.trim().is_empty()), "{gap:?} before {span:?} of {text:?}");
                let shown = done.text(segment);
                prop_assert!(!shown.is_empty() && shown.trim() == shown, "{shown:?} of {text:?}");
                prop_assert_eq!(segment.source_span.map(nutgraf::Span::range), Some(span.clone()));
                let block = &done.blocks[segment.block as usize];
                prop_assert!(block.span.contains(segment.span), "{span:?} leaves its block");
                at = span.end;
            }
            prop_assert!(text[at..].trim().is_empty(), "{:?} is left of {text:?}", &text[at..]);
        }
    }

    /// Recording why changes no segment, and a place that breaks begins one.
    #[test]
    fn explaining_changes_no_segment(text in "[aBé大。1.!?,;“”\n \u{301}]{1,60}") {
        for stages in all_stages() {
            let explained = Stages { explain_boundaries: true, ..stages };
            let with = finished(&text, "en", &explained);
            let without = finished(&text, "en", &Stages { explain_boundaries: false, ..explained });
            let segments = |done: &Option<Done>| done.as_ref().map(|done| done.segments.clone());
            prop_assert_eq!(segments(&with), segments(&without));
            let Some(done) = with else { continue };
            for boundary in done.boundaries.as_deref().expect("asked for").iter().filter(|b| b.breaks) {
                let begins = |span: std::ops::Range<usize>| text[boundary.at as usize..span.start].trim().is_empty();
                let later = done.segments.iter().map(|s| s.span.range()).find(|s| s.start >= boundary.at as usize);
                prop_assert!(later.is_some_and(begins), "{boundary:?} of {text:?}");
            }
        }
    }
}

const FERRY: &str = "The ferry ran 5 klm. Upstream of the old bridge, which was closed in March; it then came back. \
    Q: Why? A: Nobody knows.\n";

fn segments(folder: &Folder, args: &[&str]) -> String {
    let args = [&["segment", "--clean", "off", "--lang", "en", "ferry.txt"], args].concat();
    let document = objects(&folder.run(&args).ends(0)).remove(0);
    each(list(&document, "segments"), "text").join("\n")
}

#[test]
fn exceptions_and_the_longest_segment_overrule_the_segmenter() {
    let list = "[never]\nklm.\n[always]\n;\n[before]\nQ:\nA:\n";
    let folder = Folder::new(&[("ferry.txt", FERRY), ("mine.txt", list)]);
    insta::assert_snapshot!(segments(&folder, &["--exceptions", "mine.txt"]), @r"
    The ferry ran 5 klm. Upstream of the old bridge, which was closed in March;
    it then came back.
    Q: Why?
    A: Nobody knows.
    ");
    insta::assert_snapshot!(segments(&folder, &["--exceptions", "mine.txt", "--max-segment", "60"]), @r"
    The ferry ran 5 klm. Upstream of the old bridge,
    which was closed in March;
    it then came back.
    Q: Why?
    A: Nobody knows.
    ");
}

#[test]
fn lines_that_are_segments_by_decree_are_never_cut() {
    let folder = Folder::new(&[("ferry.txt", FERRY), ("mine.txt", "[always]\n;\n")]);
    let args = ["--input-format", "lines", "--max-segment", "10", "--exceptions", "mine.txt"];
    assert_eq!(segments(&folder, &args), FERRY.trim_end());
}

#[test]
fn cuts_for_length_are_counted_and_said() {
    let folder = Folder::new(&[("ferry.txt", FERRY)]);
    let args = ["segment", "ferry.txt", "--clean", "off", "--max-segment", "60", "--report", "report.json"];
    let said = folder.run(&args);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).expect("JSON");
    let loud = folder.run(&[&args[..], &["-v"]].concat()).err;
    let count = report["cuts_for_length"].as_u64().expect("a count");
    assert!(count > 0 && loud.contains(&format!("cut at {count} places for length alone")), "{loud}");
}

#[test]
fn a_pipeline_takes_both_and_finds_the_list_beside_it() {
    let pipeline = "[input]\npaths = [\"../ferry.txt\"]\n[segments]\nmax_chars = 60\nexceptions = \"mine.txt\"\n\
        [output.all]\nformat = \"jsonl\"\npath = \"-\"\n";
    let list = "[never]\nklm.\n";
    let folder = Folder::new(&[("ferry.txt", FERRY), ("jobs/p.toml", pipeline), ("jobs/mine.txt", list)]);
    let document = objects(&folder.run(&["run", "jobs/p.toml"]).ends(0)).remove(0);
    let texts = each(common::list(&document, "segments"), "text");
    assert!(texts.iter().all(|text| text.chars().count() <= 60), "{texts:#?}");
    assert!(texts[0].starts_with("The ferry ran 5 klm. Upstream"), "{texts:#?}");
}

#[test]
fn mistakes_in_overrides_name_file_and_line() {
    let files = [("ferry.txt", FERRY), ("mine.txt", "[never]\nklm.\n\n[allways]\n;\n"), ("latin.txt", "")];
    let folder = Folder::new(&files);
    folder.write("latin.txt", b"[never]\n\xe9.\n");
    let refused = |args: &[&str]| folder.run(&[&["segment", "ferry.txt"], args].concat()).refused();
    insta::assert_snapshot!(refused(&["--exceptions", "mine.txt"]), @"nutgraf: mine.txt:4: unknown section `[allways]`; known sections: [never], [always], [before]");
    insta::assert_snapshot!(refused(&["--exceptions", "latin.txt"]), @"nutgraf: command line: segments.exceptions: latin.txt: stream did not contain valid UTF-8");
    assert!(refused(&["--exceptions", "none.txt"]).contains("none.txt: No such file"));
    insta::assert_snapshot!(refused(&["--max-segment", "0"]), @r"
    error: invalid value '0' for '--max-segment <N>': number would be zero for non-zero type

    For more information, try '--help'.
    ");
    let pipeline = |keys: &str| {
        folder.write("p.toml", format!("[input]\npaths = [\"ferry.txt\"]\n[segments]\n{keys}\n"));
        folder.run(&["run", "p.toml"]).refused()
    };
    insta::assert_snapshot!(pipeline("max_chars = 0"), @"nutgraf: p.toml:4:1: expected 1 or more");
    insta::assert_snapshot!(pipeline("max = 5"), @"nutgraf: p.toml: TOML parse error at line 4, column 1 | 4 | max = 5 | ^^^ unknown field `max`, expected `max_chars` or `exceptions`");
}

#[test]
fn boundaries_are_explained_to_people_and_programs() {
    let folder = Folder::new(&[("ferry.txt", FERRY), ("mine.txt", "[never]\nklm.\n[always]\n;\n")]);
    let explain = |format: &str| {
        let args = ["explain", "ferry.txt", "--clean", "off", "--lang", "en", "--boundaries"];
        let more = ["--exceptions", "mine.txt", "--max-segment", "60", "--format", format];
        folder.run(&[&args[..], &more].concat())
    };
    let text = explain("text").ends(0);
    for told in
        ["┆ join   exception-never", "⏐ break  exception-always", "⏐ break  max-segment", "klm. ⏐Upstream"]
    {
        assert!(text.contains(told), "no {told:?} in\n{text}");
    }
    let document = objects(&explain("json").ends(0)).remove(0);
    let block = &list(&document, "blocks")[0];
    let reasons = each(list(block, "boundaries"), "reason");
    for reason in ["exception-never", "exception-always", "max-segment"] {
        assert!(reasons.contains(&reason), "no {reason} in {block:#}");
    }
    assert!(block["text"].as_str().is_some_and(|text| text == FERRY.trim_end()));
    insta::assert_snapshot!(explain("html").refused(), @"nutgraf: --boundaries goes with text and json");
}

#[test]
fn a_pipeline_explains_boundaries_beside_its_other_outputs() {
    let pipeline = "[input]\npaths = [\"ferry.txt\"]\n[output.why]\nkind = \"explanations\"\nformat = \"json\"\n\
        boundaries = true\npath = \"why.jsonl\"\n[output.all]\nformat = \"jsonl\"\npath = \"-\"\n";
    let folder = Folder::new(&[("ferry.txt", FERRY), ("p.toml", pipeline)]);
    folder.run(&["run", "p.toml"]).ends(0);
    let document = objects(&folder.read("out/why.jsonl")).remove(0);
    assert!(!list(&list(&document, "blocks")[0], "boundaries").is_empty(), "{document:#}");
    folder.run(&["run", "p.toml", "--set", "output.why.boundaries=false"]).ends(0);
    let document = objects(&folder.read("out/why.jsonl")).remove(0);
    assert!(list(&document, "features").len() > 1, "scores are told by their parts: {document:#}");
}

const DATED: &str = "(MNW)Nine boats sank in the harbour of Port Alder on Monday night. The mayor spoke of a storm. \
                     Ferries stand still until noon.";

#[test]
fn a_dateline_is_a_segment_of_its_own_and_never_in_a_summary() {
    let folder = Folder::new(&[("dated.txt", DATED)]);
    let args = ["dated.txt", "--lang", "en", "--format", "jsonl", "-n", "2"];
    for clean in ["off", "repair", "auto"] {
        let run = folder.run(&[&["summarize", "--clean", clean], &args[..]].concat());
        let done = objects(&run.ends(0)).remove(0);
        let segments = list(&done, "segments");
        let texts = each(segments, "text");
        if clean == "auto" {
            assert_eq!(
                done["boilerplate"],
                json!([{"source_span": [0, 5], "role": "dateline", "score": 0.9}])
            );
        } else {
            assert_eq!((texts[0], &segments[0]["span"]), ("(MNW)", &json!([0, 5])));
            assert_eq!(segments[0]["in_summary"], false);
        }
        let first = &segments[segments.len() - 3];
        assert_eq!(first["text"], "Nine boats sank in the harbour of Port Alder on Monday night.");
        assert_eq!(first["span"], json!([5, 66]));
        let summary = &done["summary"];
        let shown = summary["text"].as_str().expect("a text");
        assert!(shown.starts_with("Nine boats"), "{shown}");
        assert_eq!(summary["words"], shown.split_whitespace().count(), "the dateline's word does not count");
    }
    let told =
        folder.run(&["explain", "dated.txt", "--clean", "off", "--lang", "en", "--boundaries"]).ends(0);
    assert!(told.contains("(MNW)⏐Nine boats") && told.contains("⏐ break  dateline"), "{told}");
}

#[test]
fn a_dateline_stays_before_what_points_back_and_in_lines() {
    let back = DATED.replace("Nine boats", "They");
    let folder = Folder::new(&[("dated.txt", DATED), ("back.txt", back.as_str())]);
    let first = |args: &[&str]| {
        let run =
            folder.run(&[&["segment", "--clean", "off", "--lang", "en", "--format", "jsonl"], args].concat());
        list(&objects(&run.ends(0)).remove(0), "segments")[0]["text"].as_str().expect("a text").to_owned()
    };
    assert_eq!(first(&["back.txt"]), "(MNW)They sank in the harbour of Port Alder on Monday night.");
    assert_eq!(first(&["dated.txt", "--input-format", "lines"]), DATED);
}
