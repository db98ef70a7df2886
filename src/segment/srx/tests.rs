//! Rules as a person reads them, one by one and character by character, against the automata; and what is refused.

use std::sync::Arc;

use proptest::prelude::*;

use super::automata::Automata;
use super::dialect::Dialect;
use super::expression::parse;
use super::file::{LanguageMap, RuleFile, RuleList, RuleText};
use super::rules::{Rule, Rules};
use super::tree::{Look, Near, Node, holds};
use super::{Srx, told};
use crate::base::lang::Lang;
use crate::segment::{BlockText, Code, CodeKind, Cuts, Segmenter};

/// Calls `then` with every place at which a match of `node` ends that begins at `at`, until one call says that it is
/// enough.
fn each_end(node: &Node, text: &str, at: usize, then: &mut dyn FnMut(usize) -> bool) -> bool {
    match node {
        Node::Class(class) => {
            text[at..].chars().next().is_some_and(|c| holds(class, c) && then(at + c.len_utf8()))
        }
        Node::Concat(nodes) => match nodes.split_first() {
            None => then(at),
            Some((first, rest)) => {
                let rest = Node::Concat(rest.to_vec());
                each_end(first, text, at, &mut |at| each_end(&rest, text, at, then))
            }
        },
        Node::Alt(nodes) => nodes.iter().any(|node| each_end(node, text, at, then)),
        Node::Repeat { node, min, max } => {
            let rest = max.is_none_or(|max| max > 0).then(|| Node::Repeat {
                node: node.clone(),
                min: min.saturating_sub(1),
                max: max.map(|max| max - 1),
            });
            let again = |rest: &Node, then: &mut dyn FnMut(usize) -> bool| {
                // Once more only where that takes a character, or is owed.
                each_end(node, text, at, &mut |end| (end > at || *min > 0) && each_end(rest, text, end, then))
            };
            *min == 0 && then(at) || rest.is_some_and(|rest| again(&rest, then))
        }
        Node::Near(Near { ahead, class, edge }) => {
            let beside = if *ahead { text[at..].chars().next() } else { text[..at].chars().next_back() };
            beside.map_or(*edge, |c| holds(class, c)) && then(at)
        }
        Node::Look(Look { ahead: true, negative, node }) => {
            each_end(node, text, at, &mut |_| true) != *negative && then(at)
        }
        Node::Look(Look { ahead: false, negative, node }) => ends_at(node, text, at) != *negative && then(at),
    }
}

/// Whether a match of `node` that begins anywhere ends at `at`.
fn ends_at(node: &Node, text: &str, at: usize) -> bool {
    let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
    starts.take_while(|&start| start <= at).any(|start| each_end(node, text, start, &mut |end| end == at))
}

/// The places at which rules break, found as the standard tells it: at each place the rules in order.
fn reference(rules: &[(bool, Node, Node)], text: &str) -> Vec<usize> {
    let places = text.char_indices().map(|(at, _)| at).skip(1);
    let decides = |at: usize| {
        let holds = |(_, before, after): &&(bool, Node, Node)| {
            ends_at(before, text, at) && each_end(after, text, at, &mut |_| true)
        };
        rules.iter().find(holds).is_some_and(|(breaks, ..)| *breaks)
    };
    places.filter(|&at| decides(at)).collect()
}

fn file(rules: &[(bool, String, String)]) -> RuleFile {
    let rule = |(breaks, before, after): &(bool, String, String)| RuleText {
        breaks: *breaks,
        before: before.clone(),
        after: after.clone(),
        line: 1,
    };
    RuleFile {
        lists: vec![RuleList { name: "all".to_owned(), rules: rules.iter().map(rule).collect() }],
        maps: vec![LanguageMap { pattern: ".*".to_owned(), list: "all".to_owned(), line: 1 }],
        ..RuleFile::default()
    }
}

fn broken(automata: &Automata, text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    automata.decide(text, &[], |at, rule| {
        if rule.is_some_and(|rule| rule.breaks) {
            breaks.push(at);
        }
    });
    breaks
}

/// The places at which the rules break that are asked one by one.
fn one_by_one(rules: &[Arc<Rule>], text: &str) -> Vec<usize> {
    let places = text.char_indices().map(|(at, _)| at).skip(1);
    let decides =
        |at: &usize| rules.iter().find(|rule| rule.holds(text, *at)).is_some_and(|rule| rule.breaks);
    places.filter(decides).collect()
}

/// Expressions that use all that may stand in them.
fn expression() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a",
        "A",
        "é",
        r"\.",
        r"\s",
        r"\w",
        r"\W",
        r"\d",
        r"\b",
        r"\B",
        "^",
        "$",
        r"\z",
        ".",
        "[ab]",
        r"[^\s.]",
        r"\p{Lu}",
        r"\p{Ll}+",
        "[.!?]",
        "1",
        r"\n",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        r"(?<!\.)",
        r"(?!a\b)",
        r"(?<!a\.)",
        "(?:ab|)",
        "a*+",
        r"\h",
        r"\R",
        "(?i)b",
        "(?m:^)",
        "(?m:$)",
    ]);
    let count = prop::sample::select(vec!["", "", "", "", "?", "*", "+", "{2}", "{0,2}"]);
    let counted = (part, count).prop_map(|(part, count)| match part {
        "a*+" | r"\p{Ll}+" => part.to_owned(),
        r"\b" | r"\B" => format!("(?:{part}){count}"),
        _ => format!("{part}{count}"),
    });
    let sequence = prop::collection::vec(counted, 0..4).prop_map(|parts| parts.concat());
    (sequence.clone(), sequence.clone(), sequence, 0..4).prop_map(|(a, b, c, shape)| match shape {
        0 => format!("{a}|{b}"),
        1 => format!("{a}(?:{b}|{c}){a}"),
        2 => format!("{a}({b})?{c}"),
        _ => a,
    })
}

fn rules() -> impl Strategy<Value = Vec<(bool, String, String)>> {
    prop::collection::vec((prop::bool::weighted(0.6), expression(), expression()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Automata break where the rules do, read one by one, whatever the size of their caches.
    #[test]
    fn automata_break_where_the_rules_do(
        rules in rules(),
        texts in prop::collection::vec("[aAbBé1.!? \n\r\u{301}]{0,12}", 1..8),
        java: bool,
    ) {
        let dialect = if java { Dialect::Java } else { Dialect::Icu };
        let node = |written: &str| parse(written, dialect).expect("an expression");
        let nodes: Vec<_> = rules.iter().map(|(breaks, b, a)| (*breaks, node(b), node(a))).collect();
        let read = Rules::new(&file(&rules), dialect).expect("rules");
        let (large, small) = (Automata::new(read.of_lists(&[0]), 1 << 20), Automata::new(read.of_lists(&[0]), 0));
        let mut swept = Automata::new(read.of_lists(&[0]), 1 << 20);
        swept.patience = 0;
        for text in &texts {
            let expected = reference(&nodes, text);
            prop_assert_eq!(broken(&large, text), expected.clone(), "{:?} {:?}", rules, text);
            prop_assert_eq!(one_by_one(&read.of_lists(&[0]), text), expected.clone(), "{:?} {:?}, asked", rules, text);
            prop_assert_eq!(broken(&small, text), expected.clone(), "{:?} {:?}, small cache", rules, text);
            prop_assert_eq!(broken(&swept, text), expected, "{:?} {:?}, in one pass", rules, text);
        }
    }

    /// A file that is written is read as it was.
    #[test]
    fn written_rules_are_read_as_they_were(
        rules in prop::collection::vec(
            (any::<bool>(), "[a<>&\"'\t\n\r \u{85}\u{2028}é😀\\\\]{0,8}", "[a<>&\"'\t\n\r é]{0,8}"), 1..4),
        name in "[a<>&\"' \t\né]{1,6}",
        flags in any::<[bool; 8]>(),
    ) {
        let mut file = file(&rules);
        let [cascade, subflows, start, end, isolated, unicode_breaks, isolated_as_space, java] = flags;
        (file.cascade, file.subflows) = (cascade, subflows);
        file.codes = super::file::CodeSides { start, end, isolated };
        file.options = super::file::Options { unicode_breaks, isolated_as_space, java };
        file.lists[0].name.clone_from(&name);
        file.maps[0].list = name;
        let mut read = RuleFile::parse(&super::write(&file)).expect("what was written");
        for rule in &mut read.lists[0].rules {
            rule.line = 1;
        }
        read.maps[0].line = 1;
        prop_assert_eq!(read, file);
    }
}

/// A text and codes in it: `<` starts, `>` ends, `^` stands alone; an empty code stands before each `|`.
fn coded(text: &str) -> Vec<Code> {
    let code = |(at, c): (usize, char)| {
        let code = |end: usize, kind| Some(Code { start: at, end, kind });
        match c {
            '<' => code(at + 1, CodeKind::Start),
            '>' => code(at + 1, CodeKind::End),
            '^' => code(at + 1, CodeKind::Isolated),
            '|' => code(at, CodeKind::Start),
            _ => None,
        }
    };
    text.char_indices().filter_map(code).collect()
}

proptest! {
    /// Codes move no break to another character, and none falls inside a code.
    #[test]
    fn rules_do_not_see_codes(text in "[ab. é<>^|]{0,20}", spaces: bool, sides in any::<[bool; 3]>()) {
        let mut file = file(&[(false, "b\\.".to_owned(), String::new()), (true, "[.]\\s?".to_owned(), String::new())]);
        file.options.isolated_as_space = spaces;
        file.codes = super::file::CodeSides { start: sides[0], end: sides[1], isolated: sides[2] };
        let srx = Srx::new(&file, None, "").expect("rules");
        let (codes, lang) = (coded(&text), Lang::unknown());
        let seen = |text: &str| {
            let isolated = if spaces { " " } else { "" };
            text.replace(['<', '>'], "").replace('^', isolated)
        };
        let (mut with, mut without) = (Cuts::new(false), Cuts::new(false));
        srx.cut(&BlockText { codes: &codes, ..BlockText::paragraph(&text, &lang) }, &mut with);
        srx.cut(&BlockText::paragraph(&seen(&text), &lang), &mut without);
        let places: Vec<usize> = with.places().iter().map(|&at| seen(&text[..at]).len()).collect();
        prop_assert!(with.places().is_sorted_by(|a, b| a < b), "{:?}", with);
        // A break beside the first or last character falls at the edge where nothing but codes is beyond it.
        let inner = |at: &usize| *at > 0 && *at < seen(&text).len();
        prop_assert_eq!(places.into_iter().filter(inner).collect::<Vec<_>>(), without.places());
    }
}

/// What is wrong with rules whose `beforebreak` is each of `written`.
fn refusals(dialect: Dialect, written: &[&str]) -> String {
    let told = |written: &&str| match parse(written, dialect) {
        Ok(_) => format!("{written} is read"),
        Err(reason) => format!("{written} — {reason}"),
    };
    written.iter().map(told).collect::<Vec<_>>().join("\n")
}

/// Whether `written` matches all of `text`.
fn is_whole(dialect: Dialect, written: &str, text: &str) -> bool {
    super::sets::matches_whole(&parse(written, dialect).expect(written), text)
}

#[test]
fn what_real_files_use_means_what_it_means_there() {
    let same = [
        (r"\Qa.b\E+", "a.bb"),
        (r"[\Q]-\Ex]+", "]-x"),
        (r"\p{InCyrillic}+", "абв"),
        (r"\p{javaLowerCase}\p{IsLatin}\p{L}\pN", "aBc1"),
        (r"\uD83D\uDE00\x{1F600}", "😀😀"),
        (r"\x41\0101\cA\t", "AA\u{1}\t"),
        (r"[a-z&&[^bc]]+", "ad"),
        (r"[a[bc]-]+", "a-cb"),
        (r"(?<name>a)(?#a remark)b", "ab"),
        (r"(?x) a  b # remark", "ab"),
        (r"(?i:a)b", "Ab"),
        (r"a|(?i)b|c", "C"),
        (r"\R\h\v", "\r\n \n"),
        (r"a*+b", "aab"),
        (r"[]a]", "]"),
        (r"\d{2,}", "123"),
        (r"(?>ab)c", "abc"),
    ];
    for (written, text) in same {
        for dialect in [Dialect::Icu, Dialect::Java] {
            assert!(is_whole(dialect, written, text), "{written} matches {text:?} in {dialect:?}");
        }
    }
    assert!(!is_whole(Dialect::Icu, "a*+a", "aa"), "a possessive count gives nothing back");
    let apart = [
        (r"\w", "é", true, false),
        (r"\d", "٣", true, false),
        (r"\s", "\u{a0}", true, false),
        (r"(?i)é", "É", true, false),
        (r"\p{Punct}", "$", false, true),
        (r"\p{Punct}", "…", true, false),
        (r"[[:alpha:]]", "é", true, false),
        (r"[[:alpha:]]", ":", false, true),
        (r"[a-c--b]", "b", false, false),
        (".", "\u{b}", false, true),
    ];
    for (written, text, icu, java) in apart {
        assert_eq!(is_whole(Dialect::Icu, written, text), icu, "{written} and {text:?} in ICU");
        if written != "[a-c--b]" {
            assert_eq!(is_whole(Dialect::Java, written, text), java, "{written} and {text:?} in Java");
        }
    }
    assert!(is_whole(Dialect::Java, r"(?U)\w", "é") && is_whole(Dialect::Java, "(?iu)é", "É"));
}

#[test]
fn what_cannot_be_kept_exactly_is_refused_with_the_reason() {
    let written = [
        r"(a)\1",
        r"(?<n>a)\k<n>",
        r"\Ga",
        r"\X",
        r"\N{BULLET}",
        "(?:ab)*+c",
        "(?>a|ab)c",
        r"\p{Nothing}",
        r"\j",
        "a{2000}",
        "a{3,2}",
        "*a",
        "(a",
        "a)",
        "[a",
        "[z-a]",
        "a**",
        "(?w)a",
        "(?P<n>a)",
        r"\uD83D",
        "{a",
        r"\b{g}",
    ];
    insta::assert_snapshot!(refusals(Dialect::Icu, &written), @r"
(a)\1 — what a group matched cannot be asked for again
(?<n>a)\k<n> — what a group matched cannot be asked for again
\Ga — `\G`, where the last match ended, has no meaning here
\X — `\X`, a character as a reader sees it, is not known here
\N{BULLET} — characters by name, `\N{…}`, are not known here: write `\x{…}`
(?:ab)*+c — a count that gives nothing back, as in `a*+`, is known after one character alone
(?>a|ab)c — a group that gives nothing back, `(?>…)`, is not known here
\p{Nothing} — no class is called `Nothing`
\j — `\j` is not known
a{2000} — a count is more than 1000
a{3,2} — a count ends below its start
*a — a count stands after nothing
(a — a group has no end
a) — `)` closes nothing
[a — a class has no end
[z-a] — the range `z-a` ends before it begins
a** — a count stands after a count
(?w)a — the flag `w` is not known
(?P<n>a) — the flag `P` is not known
\uD83D — an escape names no character
{a — a count stands after nothing
\b{g} — `\b{…}` is not known here
");
}

#[test]
fn every_rule_that_cannot_be_read_is_named_with_its_line() {
    let xml = "<srx xmlns=\"http://www.lisa.org/srx20\" version=\"2.0\">\n<header segmentsubflows=\"yes\" cascade=\"no\"/>\n<body><languagerules>
<languagerule languagerulename=\"a\">
<rule break=\"no\"><beforebreak>(a)\\1</beforebreak></rule>
<rule><beforebreak>[.]</beforebreak><afterbreak>\\X</afterbreak></rule>
</languagerule></languagerules><maprules>
<languagemap languagepattern=\"(\" languagerulename=\"a\"/>
<languagemap languagepattern=\".*\" languagerulename=\"b\"/></maprules></body></srx>";
    let refused = Srx::new(&RuleFile::parse(xml).expect("SRX"), None, "").expect_err("bad rules");
    insta::assert_snapshot!(told("own.srx", &refused).replace("; ", "\n"), @r"
own.srx:5: beforebreak: what a group matched cannot be asked for again
own.srx:6: afterbreak: `\X`, a character as a reader sees it, is not known here
own.srx:8: languagepattern: a group has no end
own.srx:9: no `languagerule` is called `b`
");
}

#[test]
fn what_is_no_srx_is_refused() {
    let root = "<srx xmlns='http://www.lisa.org/srx20' version='2.0'>";
    let nested =
        format!("{root}<header cascade='no'/><body><languagerules><languagerule languagerulename='a'>");
    let files = [
        String::new(),
        "no XML".to_owned(),
        "<a/>".to_owned(),
        "<srx version='2.0'/>".to_owned(),
        "<srx xmlns='http://www.lisa.org/srx20'/>".to_owned(),
        "<srx xmlns='http://www.lisa.org/srx20' version='3.0'/>".to_owned(),
        root.to_owned(),
        format!("<!DOCTYPE srx [<!ENTITY a 'b'>]>{root}</srx>"),
        format!("{root}&a;</srx>").replace("<srx", "<!DOCTYPE srx SYSTEM 'srx.dtd'><srx"),
        format!("{root}\n<header/></srx>"),
        format!("{root}<header cascade='maybe'/></srx>"),
        format!("{root}<rule/></srx>"),
        format!("{root}<ruel/></srx>"),
        format!(
            "{root}<header cascade='no'>\n<o:maskRule xmlns:o='http://okapi.sf.net/srx-extensions'>a</o:maskRule></header></srx>"
        ),
        format!("{nested}{}</languagerule></languagerules></body></srx>", "<rule/>".repeat(100_000)),
        format!(
            "{nested}<rule><beforebreak>{}</beforebreak></rule></languagerule></languagerules></body></srx>",
            "a".repeat(70_000)
        ),
    ];
    let told =
        |xml: &String| RuleFile::parse(xml).map_or_else(|fault| fault.to_string(), |_| "is read".to_owned());
    insta::assert_snapshot!(files.iter().map(told).collect::<Vec<_>>().join("\n"), @"
line 1: not SRX: there is no `srx` element
line 1: not SRX: there is no `srx` element
line 1: not SRX: the root is `a`
line 1: SRX 2.0 has the namespace `http://www.lisa.org/srx20`, not ``
line 1: `srx` does not say its version
line 1: SRX 3.0 is not known; versions 2.0 and 1.0 are
line 1: not valid XML: it ends too early
line 1: definitions inside the file, as of entities, are refused
line 1: the entity `&a;` is not known
line 2: `header` does not say its `cascade`
line 1: `cascade` is `yes` or `no`, not `maybe`
line 1: a rule stands in no `languagerule`
line 1: `ruel` is no element of SRX
line 2: Okapi's `maskRule` is not known here
line 1: more than 20000 rules
line 1: a side of a rule has more than 65536 bytes
");
}

#[test]
fn files_of_the_first_version_are_read_without_cascade() {
    let xml = r#"<!DOCTYPE srx SYSTEM "srx.dtd"><srx version="1.0"><header segmentsubflows="yes"/><body><languagerules>
<languagerule languagerulename="Default"><rule><beforebreak>[.]</beforebreak></rule></languagerule></languagerules>
<maprules><maprule maprulename="Default"><languagemap languagepattern=".*" languagerulename="Default"/></maprule>
</maprules></body></srx>"#;
    let file = RuleFile::parse(xml).expect("SRX 1.0");
    assert!(!file.cascade && file.codes.end && file.lists[0].rules[0].breaks);
    assert_eq!((file.maps[0].list.as_str(), file.maps[0].line), ("Default", 3));
}

#[test]
fn rules_that_grow_beyond_bounds_are_refused() {
    let wide = (true, r"(?:\w{900}){900}".to_owned(), String::new());
    let refused = Rules::new(&file(&[wide]), Dialect::Icu).expect_err("too large");
    insta::assert_snapshot!(told("own.srx", &refused), @"own.srx:1: the rule is too large: fewer repetitions or smaller classes are needed");
    let many = vec![(true, r"\w{100}".to_owned(), String::new()); 2000];
    let refused = Rules::new(&file(&many), Dialect::Icu).expect_err("too large together");
    insta::assert_snapshot!(told("own.srx", &refused), @"own.srx:1: the rules up to here are too large together");
}

/// The sentences of `text` by `rules`, with the rest of the file as `change` leaves it.
fn sentences<'t>(
    change: impl Fn(&mut RuleFile),
    rules: &[(bool, &str, &str)],
    lang: &str,
    text: &'t str,
) -> Vec<&'t str> {
    let owned =
        |(breaks, before, after): &(bool, &str, &str)| (*breaks, (*before).to_owned(), (*after).to_owned());
    let mut file = file(&rules.iter().map(owned).collect::<Vec<_>>());
    change(&mut file);
    let srx = Srx::new(&file, None, "").expect("rules");
    let mut cuts = Cuts::new(false);
    srx.cut(&BlockText::paragraph(text, &Lang::parse(lang).expect("a tag")), &mut cuts);
    cuts.pieces(text.len()).map(|(from, to)| &text[from..to]).collect()
}

#[test]
fn the_first_rule_that_holds_decides() {
    let rules = [(false, r"\bMr\.", r"\s"), (true, r"[.!?]", r"\s"), (false, "!", r"\s")];
    assert_eq!(sentences(|_| (), &rules, "en", "Mr. A! B. C"), ["Mr. A!", " B.", " C"]);
}

#[test]
fn rules_without_a_left_side_break_before_what_they_name() {
    assert_eq!(sentences(|_| (), &[(true, "", "<0")], "en", "a<0b<0"), ["a", "<0b", "<0"]);
    assert_eq!(sentences(|_| (), &[(true, "", "")], "en", "aé!"), ["a", "é", "!"]);
}

#[test]
fn unicode_breaks_hold_where_no_rule_says_otherwise() {
    let unicode = |file: &mut RuleFile| file.options.unicode_breaks = true;
    assert_eq!(
        sentences(unicode, &[(false, r"\bMr\.", r"\s")], "en", "A. Mr. B. C"),
        ["A.", " Mr. B.", " C"]
    );
}

#[test]
fn maps_give_lists_in_their_order_and_without_cascade_one() {
    let lists = |cascade: bool| {
        let map = |pattern: &str, list: &str| LanguageMap {
            pattern: pattern.to_owned(),
            list: list.to_owned(),
            line: 1,
        };
        let list = |name: &str| RuleList { name: name.to_owned(), rules: vec![RuleText::default()] };
        let file = RuleFile {
            cascade,
            lists: ["German", "French", "Default"].map(list).into(),
            maps: vec![
                map("(de|DE).*", "German"),
                map("FR.*", "French"),
                map("xx_one", "French"),
                map(".*", "Default"),
            ],
            ..RuleFile::default()
        };
        move |tag: &str, suffix: &str| {
            let rules = Rules::new(&file, Dialect::Icu).expect("rules");
            super::Languages::new(rules, suffix.to_owned()).lists(&Lang::parse(tag).expect("a tag"))
        }
    };
    let (one, all) = (lists(false), lists(true));
    assert_eq!((one("de-AT", ""), all("de-AT", "")), (vec![0], vec![0, 2]));
    assert_eq!((one("fr-CA", ""), all("fr", "")), (vec![1], vec![1, 2]), "capitals are tried too");
    assert_eq!((one("en", ""), all("und", "")), (vec![2], vec![2]));
    assert_eq!((all("xx", ""), all("xx-YY", "_one")), (vec![2], vec![1, 2]), "codes may end with a suffix");
}

#[test]
fn languages_without_end_are_cut_alike() {
    let file = file(&[(true, r"\.".to_owned(), r"\s".to_owned())]);
    let srx = Srx::new(&file, None, "").expect("rules");
    for number in 0..600 {
        let lang = Lang::parse(&format!("en-x{number}")).expect("a tag");
        let mut cuts = Cuts::new(false);
        srx.cut(&BlockText::paragraph("A. B", &lang), &mut cuts);
        assert_eq!(cuts.places(), [2]);
    }
}

#[test]
fn decisions_name_the_rule_and_its_line() {
    let file = file(&[
        (false, r"\be\.g\.".to_owned(), r"\s".to_owned()),
        (true, r"\.".to_owned(), r"\s".to_owned()),
    ]);
    let srx = Srx::new(&file, None, "").expect("rules");
    let mut cuts = Cuts::new(true);
    srx.cut(&BlockText::paragraph("So e.g. this. That", &Lang::unknown()), &mut cuts);
    let told: Vec<_> = cuts.decisions().iter().map(|d| (d.at, d.breaks, d.reason.as_ref())).collect();
    assert_eq!(told, [(7, false, "srx all:1"), (13, true, "srx all:1")]);
}

#[test]
fn rules_that_look_far_take_time_by_the_length_of_the_text() {
    let rules = [(true, r"\b([A-Z]\.)+", r"([A-Z]\.)+x"), (true, r"\.+", r"\.+y")];
    let text = "A.".repeat(200_000) + "x" + &".".repeat(400_000) + "y";
    assert_eq!(sentences(|_| (), &rules, "en", &text).len(), 600_000 - 1);
}

#[test]
fn questions_in_the_middle_need_no_automaton_of_their_own() {
    let exact = |before: &str, after: &str| {
        let rules =
            Rules::new(&file(&[(true, before.to_owned(), after.to_owned())]), Dialect::Java).expect("rules");
        Automata::new(rules.of_lists(&[0]), 0).inexact().is_empty()
    };
    assert!(exact(r"\b(Mr|\bDr)\b\.\B", r"(?![ab]c)\s\b"));
    assert!(exact(r"\s(?<!\.)[A-Z]\.\s", r"(?<!x)(?=a)\w"));
    assert!(!exact(r"a*(?!bc)[a-z]+", ""), "this one is asked itself, at candidates");
}
