//! Out to a translator and back: what `segment` writes, what comes home, and what `merge` says of it.
#![cfg(feature = "cli")]

mod common;

use common::{BRIDGE, DEICH, EELS, Folder, list, objects};
use serde_json::Value;

fn newsroom() -> Folder {
    Folder::new(&[("in/bridge.txt", BRIDGE), ("in/eels.txt", EELS)])
}

/// Writes `out/news.EXT` in `format`.
fn out(folder: &Folder, format: &str, extension: &str, flags: &[&str]) -> String {
    let file = format!("out/news.{extension}");
    let fixed = ["segment", "in", "--format", format, "-o", &file, "--target-lang", "fr"];
    folder.run(&[&fixed[..], flags].concat()).ends(0);
    file
}

/// The rows of a table, each with `target` put in where it says one.
fn filled(folder: &Folder, file: &str, target: impl Fn(usize, &str) -> Option<String>) {
    let table = folder.read(file);
    let mut rows = table.lines();
    let mut back = vec![rows.next().expect("a header").to_owned()];
    for (number, row) in rows.enumerate() {
        let mut cells: Vec<String> = row.split('\t').map(str::to_owned).collect();
        cells[2] = target(number, &cells[1]).unwrap_or_default();
        back.push(cells.join("\t"));
    }
    folder.write(file, back.join("\n") + "\n");
}

fn segments(documents: &[Value]) -> Vec<&Value> {
    documents.iter().flat_map(|one| list(one, "segments")).collect()
}

#[test]
fn what_was_translated_stands_at_every_segment_and_in_the_summary() {
    let folder = newsroom();
    let file = out(&folder, "tsv", "tsv", &[]);
    filled(&folder, &file, |_, source| Some(format!("FR {source}")));
    let ran = folder.run(&["merge", &file]);
    assert!(ran.err.contains("units translated"), "{}", ran.err);
    let merged = objects(&ran.ends(0));
    let before = objects(&folder.run(&["segment", "in"]).ends(0));
    for (one, other) in segments(&merged).into_iter().zip(segments(&before)) {
        assert_eq!(one["text"], other["text"]);
        assert_eq!(one["target"], format!("FR {}", other["text"].as_str().unwrap()));
        assert_eq!(one["state"], "translated");
    }
    let summary = merged[0]["summary"]["target"].as_str().unwrap();
    assert!(summary.starts_with("FR Engineers closed the Corran bridge"), "{summary}");
}

#[test]
fn half_done_files_come_home_half_done() {
    let folder = newsroom();
    let file = out(&folder, "tsv", "tsv", &[]);
    filled(&folder, &file, |number, source| (number % 2 == 0).then(|| format!("FR {source}")));
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    for (number, one) in segments(&merged).into_iter().enumerate() {
        assert_eq!(one["target"].is_null(), number % 2 == 1, "{one}");
    }
    assert!(merged[0]["summary"]["target"].is_null());
    let text = folder.run(&["merge", &file, "--format", "text", "--fallback", "mark"]).ends(0);
    assert!(text.contains("FR Bridge closed after cracks found\n") && text.contains("[["), "{text}");
    let ran = folder.run(&["merge", &file, "--fallback", "fail", "-o", "back.jsonl"]);
    assert!(ran.err.contains("nothing is written"), "{}", ran.err);
    ran.ends(1);
    assert!(!folder.path("back.jsonl").exists());
}

#[test]
fn every_unit_that_is_not_as_it_went_out_is_said_in_one_line() {
    let folder = newsroom();
    let file = out(&folder, "tsv", "tsv", &[]);
    filled(&folder, &file, |_, source| Some(format!("FR {source}")));
    let table = folder.read(&file);
    let mut rows: Vec<String> = table.lines().map(str::to_owned).collect();
    let gone = rows.remove(5);
    rows[2] = rows[2].replacen("\tEngineers closed", "\tWorkers closed", 1);
    rows.push("nosuchunit\tA source.\tUne source.\tinitial\t".to_owned());
    rows.push(rows[1].replacen("FR ", "Again ", 1));
    folder.write(&file, rows.join("\r\n") + "\r\n");
    let ran = folder.run(&["merge", &file, "--report", "report.json"]);
    for said in [": stale: unit ", ": unknown: unit nosuchunit: ", ": duplicate: unit ", ": missing: unit "] {
        assert_eq!(ran.err.lines().filter(|line| line.contains(said)).count(), 1, "{said} in {}", ran.err);
    }
    assert!(ran.err.contains(gone.split('\t').next().unwrap()), "{}", ran.err);
    let merged = objects(&ran.ends(1));
    let segments = segments(&merged);
    assert_eq!(segments[0]["target"], "FR Bridge closed after cracks found");
    assert!(segments[1]["target"].is_null() && segments[4]["target"].is_null());
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    let units = &report["units"];
    let counts = ["stale", "unknown", "duplicate", "missing"].map(|name| units[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1, 1]);
    let accepted = folder.run(&["merge", &file, "--accept-stale"]);
    let merged = objects(&accepted.ends(1));
    assert!(!list(&merged[0], "segments")[1]["target"].is_null());
}

#[test]
fn files_that_are_not_ours_or_not_whole_are_refused() {
    let folder = newsroom();
    let file = out(&folder, "xliff", "xlf", &[]);
    let xliff = folder.read(&file);
    folder.write(&file, &xliff[..xliff.len() / 2]);
    let err = folder.run(&["merge", &file]).refused();
    assert!(err.contains("out/news.xlf: line "), "{err}");
    folder.write(&file, "<xliff version=\"1.2\"><file><body><trans-unit id=\"a\"><source>A</source><target>B</target></trans-unit></body></file></xliff>");
    let err = folder.run(&["merge", &file]).refused();
    assert!(err.contains("nothing in it went out with"), "{err}");
    let err = folder.run(&["merge", "out/other.xlf"]).refused();
    assert!(err.contains("no such file"), "{err}");
    folder.write("alone.xlf", &xliff);
    let err = folder.run(&["merge", "alone.xlf"]).refused();
    assert!(err.contains("`alone.skeleton.jsonl`; name it by --skeleton"), "{err}");
    folder.run(&["merge", "alone.xlf", "--skeleton", "out/news.skeleton.jsonl"]).ends(0);
}

#[test]
fn a_repeated_sentence_goes_out_once_and_comes_back_to_all_places() {
    let wire = "The ferry sinks\n\nThe ferry sank at dawn. Nobody was hurt in the harbour of Ostrel.\n";
    let other =
        "Harbour closed\n\nNobody was hurt in the harbour of Ostrel. It opens again on Friday at noon.\n";
    let folder = Folder::new(&[("in/a.txt", wire), ("in/b.txt", other)]);
    let file = out(&folder, "tsv", "tsv", &["--unique", "--clean", "repair"]);
    let table = folder.read(&file);
    assert_eq!(table.matches("\tNobody was hurt").count(), 1, "{table}");
    filled(&folder, &file, |_, source| Some(format!("FR {source}")));
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    assert!(segments(&merged).iter().all(|one| one["target"].as_str().is_some_and(|t| t.starts_with("FR "))));
}

#[test]
fn one_file_a_document_and_language_comes_home_by_the_same_skeleton() {
    let folder = newsroom();
    out(&folder, "tsv", "tsv", &["--target-lang", "de", "--split"]);
    let names = folder.names();
    assert_eq!(names.iter().filter(|name| name.ends_with(".fr.tsv")).count(), 2, "{names:?}");
    let french: Vec<String> = names.iter().filter(|name| name.ends_with(".fr.tsv")).cloned().collect();
    for file in &french {
        filled(&folder, file, |_, source| Some(format!("FR {source}")));
    }
    let files: Vec<&str> = french.iter().map(String::as_str).collect();
    let merged = objects(&folder.run(&[&["merge"][..], &files].concat()).ends(0));
    assert!(segments(&merged).iter().all(|one| !one["target"].is_null()));
}

#[test]
fn a_file_in_several_languages_says_so_or_is_refused() {
    let folder = Folder::new(&[("in/bridge.txt", BRIDGE), ("in/deich.txt", DEICH)]);
    let err = folder.run(&["segment", "in", "--format", "tmx"]).refused();
    assert!(err.contains("the input has several: de (1), en (1)"), "{err}");
    let ran = folder.run(&["segment", "in", "--format", "tmx", "--source-lang", "en"]);
    assert!(ran.err.contains("1 documents in `de` stand in a file that says `en`"), "{}", ran.err);
    ran.ends(0);
    folder.run(&["segment", "in", "--format", "units"]).ends(0);
}

#[cfg(feature = "office")]
#[test]
fn a_table_of_a_word_processor_comes_home() {
    let folder = newsroom();
    let file = out(&folder, "docx", "docx", &["--scope", "summary", "--pseudo"]);
    for one in objects(&folder.run(&["merge", &file]).ends(0)) {
        let chosen = list(&one, "segments").iter().filter(|segment| segment["in_summary"] == true);
        let targets: Vec<_> = chosen.map(|segment| segment["target"].as_str().unwrap_or_default()).collect();
        assert_eq!(targets.len(), 3);
        assert!(targets.iter().all(|target| target.starts_with('⟦')), "{targets:?}");
    }
}

/// The older news, and what became of it a day later.
const OLDER: &str = "Bridge closed\n\nEngineers closed the Corran bridge on Monday. Nobody was hurt in the town. \
    Repairs will take six weeks at least.\n";
const NEWER: &str = "Bridge closed\n\nEngineers closed the Corran bridge on Monday. Repairs will take nine weeks at least. \
    Nobody was hurt in the town. A ferry runs every hour from the old pier.\n";

#[test]
fn an_update_sends_out_only_what_is_new_or_changed_and_says_what_it_was() {
    let folder = Folder::new(&[("in/bridge.txt", OLDER)]);
    let file = out(&folder, "tsv", "tsv", &[]);
    filled(&folder, &file, |_, source| Some(format!("FR {source}")));
    let merged = folder.run(&["merge", &file]).ends(0);
    folder.write("merged.jsonl", &merged);
    let before = objects(&merged);
    folder.write("in/bridge.txt", NEWER);
    let update = ["--update", "out/news.skeleton.jsonl", "--from", "merged.jsonl"];
    let fixed = ["segment", "in", "--format", "tsv", "-o", "out/update.tsv", "--target-lang", "fr"];
    folder.run(&[&fixed[..], &update].concat()).ends(0);
    let table = folder.read("out/update.tsv");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert!(rows[0].contains("was: Repairs will take six weeks at least."), "{table}");
    assert!(rows[0].contains("Repairs will take [-six-] {+nine+} weeks"), "{table}");
    assert!(rows[0].contains("translation: FR Repairs will take six weeks"), "{table}");
    assert!(rows[1].contains("A ferry runs"), "{table}");
    filled(&folder, "out/update.tsv", |_, source| Some(format!("NEW {source}")));
    let after = objects(&folder.run(&["merge", "out/update.tsv"]).ends(0));
    let after = segments(&after);
    assert!(after.iter().all(|one| !one["target"].is_null()), "{after:?}");
    for old in segments(&before).iter().filter(|old| !old["text"].as_str().unwrap().contains("six weeks")) {
        let same = after.iter().find(|one| one["text"] == old["text"]).expect("unchanged");
        assert_eq!((&same["id"], &same["target"]), (&old["id"], &old["target"]));
    }
}

#[test]
fn what_was_translated_for_the_digest_is_not_paid_again_for_the_article() {
    let folder = newsroom();
    let file = out(&folder, "tsv", "tsv", &["--scope", "summary", "-n", "1"]);
    filled(&folder, &file, |_, source| Some(format!("FR {source}")));
    folder.write("merged.jsonl", folder.run(&["merge", &file]).ends(0));
    let file = out(&folder, "xliff12", "xlf", &["--from", "merged.jsonl", "-n", "1"]);
    let xliff = folder.read(&file);
    assert_eq!(xliff.matches("<target state=\"translated\">FR ").count(), 2, "{xliff}");
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    let done = segments(&merged).iter().filter(|one| !one["target"].is_null()).count();
    assert_eq!(done, 2);
}

#[cfg(feature = "tm")]
#[test]
fn a_memory_proposes_and_prefills() {
    let folder = newsroom();
    let memory = "source\ttarget\nEels take a detour to spawn\tDétour des anguilles\n\
        The cracks are up to seven millimetres wide.\tLes fissures ont sept millimètres.\n";
    let rows: Vec<String> = memory.lines().enumerate().map(|(n, row)| format!("{n}\t{row}")).collect();
    folder.write("old.tsv", rows.join("\n").replacen("0\t", "id\t", 1) + "\n");
    folder
        .run(&["tm", "import", "old.tsv", "--tm", "news.tm", "--source-lang", "en", "--target-lang", "fr"])
        .ends(0);
    let file = out(&folder, "xliff", "xlf", &["--tm", "news.tm", "--prefill", "100"]);
    let xliff = folder.read(&file);
    assert!(xliff.contains("<target>Détour des anguilles</target></segment>"), "{xliff}");
    assert!(xliff.contains("similarity=\"88\""), "{xliff}");
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    assert_eq!(segments(&merged).iter().filter(|one| !one["target"].is_null()).count(), 1);
    let quote =
        folder.run(&["analyze", "in", "--tm", "news.tm", "--target-lang", "fr", "--format", "csv"]).ends(0);
    // One segment of each band, over all files; the words are those of the article.
    for row in [",100,1,6,6,", ",85-94,1,8,8,"] {
        assert_eq!(quote.lines().filter(|line| line.starts_with(row)).count(), 1, "{row} in {quote}");
    }
}

#[test]
fn a_pseudo_translation_comes_home() {
    let folder = newsroom();
    let file = out(&folder, "po", "po", &["--pseudo"]);
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    assert!(segments(&merged).iter().all(|one| one["target"].as_str().is_some_and(|t| t.starts_with('⟦'))));
}

const QUAY_MD: &str = "# The **new** quay\n\nThe [town council](https://tarnvale.example/council \"who\") of Tarnvale *never* said why the quay was closed. \
    Write to <desk@tarnvale.example> before noon. **Nobody came.** **Nobody asked.**\n\n- `make quay` builds a ~~small~~ large model of it all.\n";
const QUAY_HTML: &str = "<html><body><article><h1>The new quay</h1><p>The <a href=\"/council?a=1&amp;b=2\">town council</a> of Tarnvale \
    <em>never</em> said why the quay was closed for the whole of last winter.</p></article></body></html>";

/// What a translator's tool makes of a unit that keeps its codes: accents on its vowels, the codes where they were.
fn accented(folder: &Folder, file: &str) {
    let text = folder.read(file);
    let mut back = String::new();
    for piece in text.split_inclusive("</source>") {
        let Some((before, source)) = piece.rsplit_once("<source>") else {
            back.push_str(piece);
            continue;
        };
        let source = source.trim_end_matches("</source>");
        let mut target = String::new();
        let mut kept = 0;
        for piece in source.split_inclusive('>') {
            let (text, tag) = piece.find('<').map_or((piece, ""), |at| piece.split_at(at));
            let vowels = [('a', "á"), ('e', "é"), ('i', "í"), ('o', "ó"), ('u', "ú")];
            let foreign = vowels.into_iter().fold(text.to_owned(), |text, (c, with)| text.replace(c, with));
            target.push_str(if kept > 0 { text } else { &foreign });
            kept += usize::from(tag.contains("translate=\"no\""));
            kept -= usize::from(tag == "</mrk>" && kept > 0);
            target.push_str(tag);
        }
        back.extend([before, "<source>", source, "</source><target>", &target, "</target>"]);
    }
    folder.write(file, back.replace("state=\"initial\"", "state=\"translated\""));
}

#[test]
fn emphasis_and_links_of_markdown_come_back_as_they_were() {
    let folder = Folder::new(&[("in/quay.md", QUAY_MD)]);
    let file = out(&folder, "xliff", "xlf", &["--inline-marks"]);
    accented(&folder, &file);
    let ran = folder.run(&["merge", &file, "--format", "md"]);
    insta::assert_snapshot!(ran.err, @"nutgraf: 6 of 6 units translated");
    insta::assert_snapshot!(ran.ends(0), @r##"
    # Thé **néw** qúáy

    > Thé [tówn cóúncíl](https://tarnvale.example/council "who") óf Tárnválé *névér* sáíd why thé qúáy wás clóséd. **Nóbódy cámé.** `máké qúáy` búílds á ~~smáll~~ lárgé módél óf ít áll.

    Thé [tówn cóúncíl](https://tarnvale.example/council "who") óf Tárnválé *névér* sáíd why thé qúáy wás clóséd. Wríté tó [desk@tarnvale.example](mailto:desk@tarnvale.example) béfóré nóón. **Nóbódy cámé.** **Nóbódy áskéd.**

    `máké qúáy` búílds á ~~smáll~~ lárgé módél óf ít áll.
    "##);
    let merged = objects(&folder.run(&["merge", &file]).ends(0));
    let never =
        segments(&merged).into_iter().find(|one| one["text"].as_str().unwrap().contains("never")).unwrap();
    insta::assert_snapshot!(never["target_inline"], @r#"[{"href":"https://tarnvale.example/council","span":[5,21],"style":"link","title":"who"},{"span":[38,45],"style":"emphasis"}]"#);
}

#[test]
fn links_of_pages_come_back_through_either_version() {
    let folder = Folder::new(&[("in/quay.html", QUAY_HTML)]);
    let file = out(&folder, "xliff", "xlf", &["--inline-marks"]);
    accented(&folder, &file);
    let page = folder.run(&["merge", &file, "--format", "md"]).ends(0);
    assert!(page.contains("Thé [tówn cóúncíl](</council?a=1\\&b=2>) óf Tárnválé *névér* sáíd"), "{page}");
    let file = out(&folder, "xliff12", "xlf", &["--inline-marks"]);
    let text = folder.read(&file);
    let (sources, target) = text.rsplit_once("<target state=\"new\">").unwrap();
    let target = target.replace("never</g> said", "jamais</g> dit");
    folder.write(&file, format!("{sources}<target state=\"translated\">{target}"));
    let page = folder.run(&["merge", &file, "--format", "md"]).ends(0);
    assert!(page.contains("The [town council](</council?a=1\\&b=2>) of Tarnvale *jamais* dit"), "{page}");
}

#[test]
fn without_marks_emphasis_and_links_are_left_out_and_counted() {
    let folder = Folder::new(&[("in/quay.md", QUAY_MD)]);
    let file = out(&folder, "tsv", "tsv", &[]);
    filled(&folder, &file, |_, source| Some(source.to_uppercase()));
    let ran = folder.run(&["merge", &file, "--format", "md", "--report", "report.json"]);
    assert!(ran.err.contains("8 emphasis or link marks lost"), "{}", ran.err);
    assert!(ran.ends(0).contains("THE TOWN COUNCIL OF TARNVALE NEVER SAID"));
    let report: Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["units"]["marks_lost"], 8);
}

#[test]
fn what_came_home_with_its_links_goes_out_with_them_again() {
    let folder = Folder::new(&[("in/quay.md", QUAY_MD)]);
    let file = out(&folder, "xliff", "xlf", &["--inline-marks"]);
    accented(&folder, &file);
    folder.run(&["merge", &file, "-o", "home.jsonl"]).ends(0);
    let again = out(&folder, "xliff12", "xlf", &["--inline-marks", "--from", "home.jsonl"]);
    let written = folder.read(&again);
    assert!(written.contains("equiv-text=\"https://tarnvale.example/council\">tówn cóúncíl</g> óf Tárnválé <g id=\"2\" ctype=\"italic\">névér</g>"), "{written}");
}

#[test]
fn a_code_that_a_translator_left_out_is_said() {
    let folder = Folder::new(&[("in/quay.md", QUAY_MD)]);
    let file = out(&folder, "xliff", "xlf", &["--inline-marks"]);
    accented(&folder, &file);
    let text = folder.read(&file);
    let (before, after) = text.split_once("<target>Thé <pc id=\"1\" type=\"link\"").unwrap();
    let (_, after) = after.split_once('>').unwrap();
    folder.write(&file, format!("{before}<target>Thé {}", after.replacen("</pc>", "", 1)));
    let ran = folder.run(&["merge", &file, "--format", "md"]);
    assert!(
        ran.err.contains("suspicious") && ran.err.contains("1 emphasis or link marks lost"),
        "{}",
        ran.err
    );
    assert!(ran.ends(0).contains("Thé tówn cóúncíl óf Tárnválé *névér* sáíd"));
}

#[test]
fn a_link_over_two_sentences_is_one_again_when_it_comes_home() {
    let folder = Folder::new(&[(
        "in/a.md",
        "The quay is shut. [It was shut in 1998. It opened in 2003.](/history) *Nobody asked why.* *Nobody knows.*\n",
    )]);
    let file = out(&folder, "xliff", "xlf", &["--inline-marks"]);
    accented(&folder, &file);
    let back = folder.run(&["merge", &file, "--format", "md"]).ends(0);
    let body = back.lines().rfind(|line| !line.is_empty()).unwrap();
    assert_eq!(
        body,
        "Thé qúáy ís shút. [It wás shút ín 1998. It ópénéd ín 2003.](/history) *Nóbódy áskéd why.* *Nóbódy knóws.*"
    );
}

#[test]
fn a_paragraph_is_tiled_by_its_sentences_and_the_space_between_them() {
    let folder =
        Folder::new(&[("in/a.md", "The quay is shut.  \nIt was shut in 1998. It opened in 2003.\n")]);
    let file = out(&folder, "xliff", "xlf", &["--unit", "paragraph"]);
    let text = folder.read(&file);
    assert!(text.contains("<ignorable><source>\n</source></ignorable>"), "{text}");
    assert!(text.contains("<ignorable><source> </source></ignorable>"), "{text}");
}

#[test]
fn a_pseudo_translation_is_not_suspicious() {
    let folder = newsroom();
    let file = out(&folder, "xliff", "xlf", &["--pseudo"]);
    assert!(!folder.run(&["merge", &file]).err.contains("suspicious"));
    folder.run(&["check", &file]).ends(0);
}

#[test]
fn targets_over_the_limit_that_went_out_are_found_in_every_format() {
    let folder = newsroom();
    for (format, extension) in [("xliff", "xlf"), ("xliff12", "xlf"), ("tsv", "tsv")] {
        let limited = out(&folder, format, extension, &["--max-target-ratio", "1.1", "--pseudo"]);
        let found = folder.run(&["check", &limited]);
        assert_eq!(found.code, Some(1), "{format}: {}", found.err);
        assert!(found.out.contains("error length: "), "{format}: {}", found.out);
        let free = out(&folder, format, extension, &["--max-target-ratio", "3", "--pseudo"]);
        folder.run(&["check", &free]).ends(0);
    }
}
