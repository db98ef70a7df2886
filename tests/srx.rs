//! Sentences cut by the rules of an SRX file, as a person asks for it.

#![cfg(feature = "cli")]

mod common;

use common::{Folder, each, list, objects};

/// Breaks behind full stops, but not behind `Nr.`; German alone breaks behind semicolons.
const RULES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"/>
<body>
<languagerules>
<languagerule languagerulename="German">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\s</afterbreak></rule>
</languagerule>
<languagerule languagerulename="All">
<rule break="no"><beforebreak>\bNr\.</beforebreak><afterbreak>\s</afterbreak></rule>
<rule break="yes"><beforebreak>\.</beforebreak><afterbreak>\s</afterbreak></rule>
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern="DE.*" languagerulename="German"/>
<languagemap languagepattern=".*" languagerulename="All"/>
</maprules>
</body>
</srx>
"#;

const TEXT: &str = "Das Boot Nr. 5 fuhr; es kam an. Dr. Arden stieg aus.\n";

fn harbour() -> Folder {
    Folder::new(&[("in/boat.txt", TEXT), ("rules/own.srx", RULES)])
}

/// The texts of the segments of the one document that was written.
fn texts(written: &str) -> Vec<String> {
    let all = objects(written);
    each(list(&all[0], "segments"), "text").into_iter().map(str::to_owned).collect()
}

#[test]
fn a_file_of_rules_says_where_sentences_end() {
    let folder = harbour();
    let args = ["segment", "in/boat.txt", "--clean", "repair", "--srx", "rules/own.srx", "--lang"];
    let german = folder.run(&[&args[..], &["de"]].concat()).ends(0);
    assert_eq!(texts(&german), ["Das Boot Nr. 5 fuhr;", "es kam an.", "Dr.", "Arden stieg aus."]);
    let dutch = folder.run(&[&args[..], &["nl"]].concat()).ends(0);
    assert_eq!(texts(&dutch), ["Das Boot Nr. 5 fuhr; es kam an.", "Dr.", "Arden stieg aus."]);
}

#[test]
fn a_pipeline_finds_its_rules_beside_itself() {
    let folder = harbour();
    let pipeline = "[input]\npaths = ['../in/boat.txt']\nlang = 'de'\n[pipeline]\nstructure = 'blocks'\nsegment = 'srx'\n\
        [stage.srx]\nfile = 'own.srx'\ndialect = 'java'\n[output.all]\nformat = 'jsonl'\nkind = 'segments'\npath = 'all.jsonl'\n";
    folder.write("rules/p.toml", pipeline);
    folder.run(&["run", "rules/p.toml"]).ends(0);
    assert_eq!(texts(&folder.read("out/all.jsonl")).len(), 4);
    let args = ["run", "rules/p.toml", "--set", "pipeline.segment=learned"];
    assert!(folder.run(&args).refused().contains("configured but never run"));
}

#[test]
fn rules_that_cannot_be_used_are_told_with_their_lines() {
    let folder = harbour();
    folder
        .write("bad.srx", RULES.replace(r"\bNr\.", r"(Nr)\1").replace("<beforebreak>;", r"<beforebreak>\X"));
    folder.write("text.srx", "rules");
    let refusal = |args: &[&str]| folder.run(&[&["segment", "in/boat.txt"], args].concat()).refused();
    insta::assert_snapshot!(refusal(&["--srx", "bad.srx"]), @r"nutgraf: command line: stage.srx: stage `srx`: bad.srx:7: beforebreak: `\X`, a character as a reader sees it, is not known here; bad.srx:10: beforebreak: what a group matched cannot be asked for again");
    insta::assert_snapshot!(refusal(&["--srx", "text.srx"]), @"nutgraf: command line: stage.srx: stage `srx`: text.srx:1: not SRX: there is no `srx` element");
    insta::assert_snapshot!(refusal(&["--srx", "none.srx"]), @"nutgraf: command line: stage.srx: stage `srx`: none.srx: No such file or directory (os error 2)");
    folder.write("p.toml", "input.paths = ['in']\npipeline.segment = 'srx'\n");
    insta::assert_snapshot!(folder.run(&["run", "p.toml"]).refused(), @"nutgraf: p.toml: stage.srx: stage `srx`: no `file` of rules is named");
    folder.write("p.toml", "input.paths = ['in']\npipeline.segment = 'srx'\nstage.srx = { file = 'rules/own.srx', dialect = 'perl' }\n");
    insta::assert_snapshot!(folder.run(&["run", "p.toml"]).refused(), @"nutgraf: p.toml:3:7: stage `srx`: unknown variant `perl`, expected `icu` or `java`");
}

#[test]
fn rules_that_were_exported_cut_sentences_again() {
    let folder = harbour();
    folder.run(&["segment", "--export-srx", "--langs", "de,nb", "-o", "own/rules.srx"]).ends(0);
    assert_eq!(
        folder.run(&["segment", "--export-srx", "--langs", "nn,de"]).ends(0),
        folder.read("own/rules.srx")
    );
    let args = ["segment", "in/boat.txt", "--clean", "repair", "--srx", "own/rules.srx", "--lang", "de"];
    assert_eq!(
        texts(&folder.run(&args).ends(0)),
        ["Das Boot Nr. 5 fuhr; es kam an.", "Dr. Arden stieg aus."]
    );
}

#[test]
fn an_export_reads_nothing() {
    let folder = harbour();
    let refusal = |args: &[&str]| folder.run(&[&["segment", "--export-srx"], args].concat()).refused();
    insta::assert_snapshot!(refusal(&["--lang", "tlh"]), @"nutgraf: --export-srx: no rules of its own are known of `tlh`");
    assert!(refusal(&["in/boat.txt"]).contains("cannot be used with"));
    assert!(refusal(&["--srx", "rules/own.srx"]).contains("cannot be used with"));
}
