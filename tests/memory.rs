//! The translation memory from the outside.
#![cfg(all(feature = "cli", feature = "tm"))]

mod common;

use common::Folder;

const HARBOUR: &str = "id\tsource\ttarget\tstate\tnote
a\tThe ferry left at 9.\tLe ferry est parti à 9 h.\ttranslated\t
b\tThe tide turned.\tLa marée a tourné.\treviewed\t
c\tNothing yet.\t\tinitial\t
";

#[test]
fn what_goes_in_is_found_counted_and_comes_out() {
    let cut = "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header";
    let folder = Folder::new(&[("harbour.tsv", HARBOUR), ("cut.tmx", cut)]);
    let langs = ["--source-lang", "en", "--target-lang", "fr"];
    let ran =
        folder.run(&[["tm", "import", "cut.tmx", "harbour.tsv", "--tm", "m.tm"].as_slice(), &langs].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.starts_with("cut.tmx: "), "{}", ran.err);
    assert!(ran.err.ends_with("harbour.tsv: 2 units new, 0 known\n"), "{}", ran.err);
    let found = folder.run(&["tm", "search", "The ferry left at 10.", "--tm", "m.tm"]).ends(0);
    assert_eq!(
        found,
        "99\tThe ferry left at [-9-] {+10+}.\tLe ferry est parti à 10 h.\tnumbers-adapted\tharbour.tsv#a\t\n"
    );
    let counted = folder.run(&["tm", "stats", "--tm", "m.tm"]).ends(0);
    let expected = "source\ttarget\tunits\tsources\nen\tfr\t2\t2\n\nfile\tunits\nharbour.tsv\t2\n";
    assert!(counted.starts_with(expected), "{counted}");
    folder.run(&["tm", "export", "--tm", "m.tm", "-o", "out.tmx"]).ends(0);
    let again = folder.run(&["tm", "import", "out.tmx", "--tm", "again.tm"]);
    assert_eq!(again.err, "out.tmx: 2 units new, 0 known\n");
    let texts = |memory| {
        let table = folder.run(&["tm", "export", "--tm", memory, "--format", "tsv"]).ends(0);
        let pair = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join("=");
        table.lines().map(pair).collect::<Vec<_>>()
    };
    assert_eq!(texts("m.tm"), texts("again.tm"));
}

#[test]
fn proposals_stand_beside_units_but_for_a_tool_that_takes_targets_for_them() {
    let folder = Folder::new(&[
        ("harbour.tsv", HARBOUR),
        ("in/a.txt", "Tides\n\nThe tide turned. The ferry left at 9.\n"),
    ]);
    let langs = ["--source-lang", "en", "--target-lang", "fr"];
    folder.run(&[["tm", "import", "harbour.tsv", "--tm", "m.tm"].as_slice(), &langs].concat()).ends(0);
    let written = |tool| {
        let flags = ["segment", "in", "--for", tool, "-o", "out.xlf", "--tm", "m.tm", "--prefill", "100"];
        folder.run(&[flags.as_slice(), &langs].concat()).ends(0);
        folder.read("out.xlf")
    };
    assert!(written("omegat").contains("<alt-trans"));
    let qt = written("qt");
    assert!(qt.contains("La marée a tourné.</target>") && !qt.contains("<alt-trans"), "{qt}");
}

#[test]
fn what_cannot_be_used_is_told_before_anything_is_written() {
    let folder = Folder::new(&[("list.tm", "a shopping list")]);
    folder.run(&["tm", "import", "none.tmx", "--tm", "m.tm"]).refused();
    assert_eq!(folder.names(), ["list.tm"]);
    let said = folder.run(&["tm", "stats", "--tm", "list.tm"]).refused();
    assert_eq!(said, "nutgraf: list.tm: not a translation memory of nutgraf\n");
}
