//! LanguageTool's own test cases by its own rules, and the automata against the rules asked one by one.

use std::path::Path;

use nutgraf::segment::{BlockText, Cuts, Segmenter, Srx};
use srx_languagetool::{Case, cases, data, languagetool, load, paragraphs, sentences};

/// Texts of each language that the slow way is tried on.
const TRIED: usize = 12;

#[test]
fn its_cases_are_cut_as_it_cuts_them() {
    let Some(path) = data("golden.jsonl") else { return };
    let srx = languagetool();
    let own: Vec<Case> =
        cases(&path).into_iter().filter(|case| case.source.starts_with("languagetool:")).collect();
    let differs = |case: &&Case| sentences(&srx, &case.text, &case.lang) != case.sentences;
    let different: Vec<&Case> = own.iter().filter(differs).collect();
    println!("{} of {} cases", own.len() - different.len(), own.len());
    for case in &different {
        println!("{} {:?}: {:?}", case.source, case.text, sentences(&srx, &case.text, &case.lang));
    }
    assert!((own.len() - different.len()) * 1000 >= own.len() * 978, "{} differ", different.len());
}

#[test]
fn automata_cut_as_its_rules_asked_one_by_one() {
    agrees(&languagetool());
}

#[test]
fn automata_cut_as_the_rules_of_okapi_asked_one_by_one() {
    let Some(path) = std::env::var_os("OKAPI_SRX") else {
        eprintln!("skipped: OKAPI_SRX names no file, as okapi's defaultSegmentation.srx");
        return;
    };
    agrees(&load(Path::new(&path)));
}

/// Asserts that both ways cut the rule cases and some texts of each language alike.
fn agrees(srx: &Srx) {
    let (Some(golden), Some(treebanks)) = (data("golden.jsonl"), data("ud.jsonl")) else { return };
    let mut all = cases(&golden);
    let mut tried = std::collections::BTreeMap::new();
    all.extend(cases(&treebanks).into_iter().filter(|case| {
        let count = tried.entry(case.lang.clone()).or_insert(0);
        *count += 1;
        *count <= TRIED
    }));
    let (mut fast, mut slow, mut places) = (Cuts::new(true), Cuts::new(true), 0);
    for case in &all {
        for paragraph in paragraphs(&case.text) {
            let block = BlockText::paragraph(paragraph, &case.lang);
            fast.clear();
            slow.clear();
            srx.cut(&block, &mut fast);
            srx.cut_rule_by_rule(&block, &mut slow);
            // Places where only rules against a break hold are looked at by the slow way alone.
            let mut breaks: Vec<_> = slow.decisions().to_vec();
            breaks.retain(|decision| decision.breaks || fast.decisions().contains(decision));
            assert_eq!(fast.decisions(), breaks, "{}: {paragraph:?}", case.source);
            places += fast.decisions().len();
        }
    }
    println!("{places} decisions in {} texts", all.len());
}
