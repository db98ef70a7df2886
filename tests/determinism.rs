//! Same input, same bytes: on any number of threads, in fresh or used buffers, whoever the neighbours are.

mod common;

use std::collections::BTreeSet;

use nutgraf::doc::done::Done;
use nutgraf::pipeline::file::{Loaded, PipelineFile};
use nutgraf::pipeline::plan::Stages;
use nutgraf::pipeline::process::{Scratch, process};
use nutgraf::write::Content;
use nutgraf::{Document, Field, FieldName};
use proptest::prelude::*;

#[cfg(feature = "cli")]
#[test]
fn the_number_of_threads_plays_no_part() {
    let corpus = common::root().join("corpus");
    let corpus = corpus.to_str().expect("a path in Unicode");
    let folder = common::Folder::new(&[]);
    let mut commands = Vec::new();
    for (command, content) in [
        ("summarize", Content::Summaries),
        ("segment", Content::Segments),
        ("extract", Content::Documents),
        ("explain", Content::Explanations),
        ("digest", Content::Groups),
    ] {
        // What is packed is no text; its parts are those of other formats.
        for kind in content.kinds().iter().filter(|kind| kind.name != "docx") {
            for model in ["builtin", "batch"] {
                commands.push(vec![command, corpus, "--format", kind.name, "--model", model]);
            }
        }
    }
    for mut args in commands {
        if args[0] == "digest" {
            args.extend(["--group-by", "lang"]);
        }
        if args[0] == "segment" && args[3] != "jsonl" {
            args.extend(["--source-lang", "en"]);
        }
        let run = |threads| {
            folder.run(&[&args[..], &["--threads", threads, "--report", "report.json"]].concat()).ends(0)
        };
        let one = (run("1"), folder.read("report.json"));
        for threads in ["2", "7", "8"] {
            let many = (run(threads), folder.read("report.json"));
            assert!(one == many, "{args:?} differs on {threads} threads");
        }
        let little = folder.run(&[&args[..], &["--memory", "1"]].concat()).ends(0);
        assert!(one.0 == little, "{args:?} differs when results may not wait");
    }
}

#[cfg(feature = "cli")]
#[test]
fn models_are_the_same_on_any_number_of_threads() {
    let corpus = common::root().join("corpus");
    let folder = common::Folder::new(&[]);
    let built = ["1", "2", "7"].map(|threads| {
        let args = ["model", "build", corpus.to_str().expect("Unicode"), "-o", threads, "--threads", threads];
        folder.run(&args).ends(0);
        std::fs::read(folder.path(threads)).expect("a model")
    });
    assert!(built[0] == built[1] && built[0] == built[2]);
}

fn stages() -> Stages {
    Stages::build(&Loaded::from_flags(PipelineFile::default())).expect("the defaults are a pipeline")
}

fn done(text: &str, stages: &Stages, scratch: &mut Scratch) -> Option<Done> {
    let document = Document { text: Field::plain(text.to_owned()), ..Document::default() };
    process(document, stages, scratch).ok()
}

fn rendered(done: Option<&Done>) -> String {
    let mut out = Vec::new();
    for kind in [Content::Summaries, Content::Segments].into_iter().flat_map(Content::kinds) {
        let writer = kind.make(toml::Table::new()).expect("defaults are enough");
        if let Some(done) = done {
            writer.render(done, &mut out);
        }
    }
    String::from_utf8(out).expect("every format is UTF-8")
}

/// Lines of an article: dates, names, sentences, furniture, in any order and with the hard characters.
fn article() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Monday, 11 March 2024".to_owned()),
        Just("By Mara Ellison".to_owned()),
        Just("Bridge closed after cracks found".to_owned()),
        Just("Post a Comment".to_owned()),
        Just("- a list item".to_owned()),
        Just("The council, Mr. Brown said, “would pay.” It did not! Who knew?".to_owned()),
        Just("अदालत ने फ़ैसला सुनाया। नदी लौटेगी।".to_owned()),
        Just("风暴袭击。九人失踪！".to_owned()),
        "[A-Za-zé .!?“”\u{301}\u{200d}\u{ad}\u{a0}\r\t\u{0}\u{1F600}]{0,60}",
    ];
    prop::collection::vec((line, prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n\r\n")]), 0..9)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

fn nmtoken(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || "-._:".contains(c))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Spans of a field rise and never overlap, inside their blocks; ids are unique and valid in XML.
    #[test]
    fn spans_rise_and_ids_are_unique(text in article()) {
        let Some(done) = done(&text, &stages(), &mut Scratch::default()) else { return Ok(()) };
        let mut at = 0;
        for segment in &done.segments {
            prop_assert_eq!(segment.field, FieldName::Text);
            prop_assert!(at <= segment.span.start && segment.span.start < segment.span.end, "{segment:?} after {at}");
            prop_assert!(done.blocks[segment.block as usize].span.contains(segment.span), "{segment:?} leaves its block");
            prop_assert!(segment.role == done.blocks[segment.block as usize].role);
            at = segment.span.end;
        }
        let ids: BTreeSet<_> = done.segments.iter().map(|segment| &segment.id).collect();
        prop_assert_eq!(ids.len(), done.segments.len());
        prop_assert!(ids.iter().all(|id| nmtoken(id)), "{ids:?}");
        prop_assert!(done.summary.segments.is_sorted_by(|a, b| a < b));
    }

    /// The source's slice, normalized, is the segment's text, runs of blanks taken as one.
    #[test]
    fn source_slices_normalize_to_their_text(text in article()) {
        let stages = stages();
        let Some(done) = done(&text, &stages, &mut Scratch::default()) else { return Ok(()) };
        for segment in &done.segments {
            let slice = segment.source_span.expect("plain text has all its bytes").of(&text);
            let mut document = Document { text: Field::plain(slice.to_owned()), ..Document::default() };
            let mut counts = vec![0; stages.normalizers.len()];
            let edits = &mut nutgraf::doc::text::Edits::default();
            nutgraf::normalize::normalize(&mut document, &stages.normalizers, edits, &mut counts);
            prop_assert_eq!(common::spaced(document.text.text.as_str()), common::spaced(done.text(segment)), "from {:?}", slice);
        }
    }

    /// Buffers that held other documents give the same bytes as fresh ones.
    #[test]
    fn what_a_worker_did_before_plays_no_part(texts in prop::collection::vec(article(), 1..4)) {
        let (stages, mut used) = (stages(), Scratch::default());
        for text in &texts {
            let fresh = done(text, &stages, &mut Scratch::default());
            let used = done(text, &stages, &mut used);
            prop_assert_eq!(rendered(fresh.as_ref()), rendered(used.as_ref()));
        }
    }
}

#[cfg(feature = "cli")]
#[test]
fn neighbours_and_their_order_play_no_part() {
    use common::{BRIDGE, DEICH, EELS, Folder, objects};
    let line = |id: &str, text: &str| format!("{}\n", serde_json::json!({"id": id, "text": text}));
    let records = [line("a", BRIDGE), line("b", EELS), line("c", DEICH)];
    let folder = Folder::new(&[]);
    let run = |order: &[usize]| {
        let input: String = order.iter().map(|&at| records[at].as_str()).collect();
        let mut all = objects(&folder.feed(&["segment"], input).ends(0));
        for one in &mut all {
            one["source"]["record"] = 0.into();
        }
        all.sort_by_key(|one| one["id"].to_string());
        all
    };
    let all = run(&[0, 1, 2]);
    assert_eq!(all, run(&[2, 0, 1]));
    assert_eq!(all[1..2], run(&[1])[..]);
}
