use super::*;

fn told_with(source: &str, target: &str, langs: (&str, &str), settings: Settings) -> String {
    let lang = |tag| Lang::parse(tag).expect("a tag");
    let settings = Settings { source_lang: lang(langs.0), target_lang: lang(langs.1), ..settings };
    let pair = Pair { id: "u1", source, target: Some(target), line: 7, ..Pair::default() };
    let found = check(&[pair], &settings);
    found
        .iter()
        .map(|f| format!("{} {}: {}", f.severity.name(), f.kind.name(), f.message))
        .collect::<Vec<_>>()
        .join("\n")
}

fn told(source: &str, target: &str, langs: (&str, &str)) -> String {
    told_with(source, target, langs, Settings::default())
}

const EN_FR: (&str, &str) = ("en", "fr");

#[test]
fn a_good_translation_has_no_finding() {
    for (source, target, langs) in [
        ("On 3 May 2023, 12,500 people came.", "Le 3 mai 2023, 12 500 personnes sont venues.", EN_FR),
        ("The three boats cost $1.2 million.", "Die 3 Boote kosteten 1,2 Millionen Dollar.", ("en", "de")),
        ("“Will it rain at 5:30 pm?” she asked.", "« Pleuvra-t-il à 17h30 ? » demanda-t-elle.", EN_FR),
        (
            "Write to ida@tarn.example or see https://tarn.example/.",
            "Schreiben Sie an ida@tarn.example, siehe https://tarn.example/.",
            ("en", "de"),
        ),
        ("Where is the ferry?", "Πού είναι το πλοίο;", ("en", "el")),
        ("The ferry left in the 19th century.", "Паром ушёл в XIX веке.", ("en", "ru")),
        ("It rained for 21 days.", "雨下了21天。", ("en", "zh")),
        ("Come on, 6!", "Komdu með sexu!", ("en", "is")),
    ] {
        assert_eq!(told(source, target, langs), "", "{source}");
    }
}

#[test]
fn what_is_not_translated_is_told_once() {
    insta::assert_snapshot!(told("The bridge is shut.", " ", EN_FR), @"warning untranslated: there is no translation");
    insta::assert_snapshot!(told("The bridge is shut.", "The bridge is shut.", EN_FR), @"warning same-as-source: the target is the source");
    assert_eq!(told("2023", "2023", EN_FR), "");
    let pair = Pair {
        source: "The bridge is shut.",
        target: Some("The bridge is shut."),
        state: Some(State::Initial),
        ..Pair::default()
    };
    assert_eq!(check(&[pair], &Settings::default())[0].kind, Kind::Untranslated);
}

#[test]
fn values_that_differ_are_named() {
    insta::assert_snapshot!(told("It took 12 days and $3 million.", "Il a fallu 13 jours et 3 milliards $.", EN_FR), @"error number: 12, $3 million are missing, 13, 3 milliards $ are new");
    insta::assert_snapshot!(told("Since May 3, 2023 at 5 pm.", "Depuis le 3 juin 2023 à 17 heures.", EN_FR), @"error date: May 3, 2023 is missing, 3 juin 2023 is new");
    insta::assert_snapshot!(told("See https://tarn.example/a or ask @ida_b, {name}.", "Voir https://tarn.example/b ou demander à @ida_c, {nom}.", EN_FR), @r#"
    error url: https://tarn.example/a is missing, https://tarn.example/b is new
    error handle: @ida_b is missing, @ida_c is new
    error placeholder: {name} is missing, {nom} is new
    "#);
    insta::assert_snapshot!(told("A few ferries.", "48 ferries.", EN_FR), @"info number: 48 is new");
}

#[test]
fn inline_codes_must_come_back() {
    let (source, target) = (["ph:1".to_owned(), "ph:2".to_owned()], ["ph:1".to_owned()]);
    let pair =
        Pair { source: "A b.", target: Some("C d."), codes: Some([&source, &target]), ..Pair::default() };
    let found = check(&[pair], &Settings::default());
    assert_eq!((found[0].kind, found[0].message.as_str()), (Kind::Code, "inline code ph:2 is missing"));
}

#[test]
fn marks_and_spaces_are_compared() {
    insta::assert_snapshot!(told("The ferry (the old one) left.", "Le ferry (l’ancien est parti", EN_FR), @r#"
    warning brackets: round brackets out of pair: 1 open, 0 close
    warning end-mark: the source ends with a full stop, the target with no mark
    "#);
    insta::assert_snapshot!(told("“Yes,” she said.", "«\u{a0}Oui, dit-elle.", EN_FR), @"warning quotes: 1 quotation marks do not make pairs");
    insta::assert_snapshot!(told("The ferry left.", "⟦The ferry left.⟧ \u{a0}", EN_FR), @"warning trailing-space: no blank behind the source, 2 blanks behind the target");
    insta::assert_snapshot!(told("The ferry left , late.\n", " le ferry  est parti tard tard .", EN_FR), @r#"
    warning leading-space: no blank before the source, 1 blank before the target
    warning trailing-space: 1 blank behind the source, no blank behind the target
    warning double-space: two blanks stand in a row
    warning repeated-word: tard stands twice in a row
    warning capitals: the target begins with a small letter
    "#);
    insta::assert_snapshot!(told("The ferry left.", "Le fer\u{fffd}y est \u{202e}parti.", EN_FR), @r#"
    error forbidden-characters: U+FFFD stands where a character was lost
    warning forbidden-characters: marks of writing direction are out of pair
    "#);
    insta::assert_snapshot!(told("Really?", "Vraiment?", EN_FR), @"info punctuation-space: French puts a no-break space before this mark");
}

#[test]
fn what_pofilter_finds_is_found() {
    insta::assert_snapshot!(told("One\\ntwo, a \\\\ three.", "Un deux, un trois.", EN_FR), @r"warning placeholder: \\, \n are missing");
    insta::assert_snapshot!(told("It rained, then it stopped.", "Il a plu,puis cela cessa.", EN_FR), @"warning punctuation-space: no blank stands behind a punctuation mark");
    insta::assert_snapshot!(told("The ferry left the quay.", "LE FERRY A QUITTÉ LE QUAI.", EN_FR), @"warning capitals: the target is all in capitals");
    insta::assert_snapshot!(told("The ferry left.", "#-#-#-#-# Le ferry est parti.", EN_FR), @"error placeholder: #-#-#-#-# stands where two translations were put together");
    insta::assert_snapshot!(told("The ferry left.", "_: A verb. Le ferry est parti.", EN_FR), @"error placeholder: it begins with a comment for translators");
}

#[test]
fn terms_are_followed_in_any_form() {
    let list = || terms("harbour\tHafen\n# names\nTarn Board\tTarn-Ausschuss\tTarnrat\n").expect("a list");
    let with = |source, target| {
        told_with(
            source,
            target,
            ("en", "de"),
            Settings { terms: list(), dnt: vec!["TarnNet".into()], ..Settings::default() },
        )
    };
    assert_eq!(with("Both harbours are shut.", "Beide Häfen des Hafens sind zu."), "");
    insta::assert_snapshot!(with("The harbour and the Tarn Board use TarnNet.", "Die Bucht und der Rat nutzen Tarn-Netz."), @r#"
    warning term: harbour should be Hafen
    warning term: Tarn Board should be Tarn-Ausschuss, Tarnrat
    error dnt: TarnNet is missing
    "#);
}

#[test]
fn limits_are_kept() {
    let settings = Settings { max_target_ratio: Some(1.2), ..Settings::default() };
    insta::assert_snapshot!(told_with("Short and sweet.", "Bien plus long que la source.", EN_FR, settings), @"error length: 1.81 times as long as the source, more than the 1.20 allowed");
    let pair = Pair { source: "Short.", target: Some("Court et bon."), limit: Some(10), ..Pair::default() };
    assert_eq!(check(&[pair], &Settings::default())[0].message, "13 characters, more than the 10 allowed");
    let shared = Pair { limit: Some(20), beside: 8, ..pair };
    assert_eq!(check(&[shared], &Settings::default())[0].message, "21 characters, more than the 20 allowed");
}

#[test]
fn a_small_letter_is_no_slip_behind_a_label_or_where_a_sentence_goes_on() {
    assert_eq!(told("The articles in the Tarn Post.", "a) Les articles de la Poste.", EN_FR), "");
    insta::assert_snapshot!(told("The ferries.", "a) les ferries.", EN_FR), @"warning capitals: the target begins with a small letter");
    let pair = |source, target| Pair { source, target: Some(target), ..Pair::default() };
    let after = |first| {
        let pairs = [pair("It never ran.", first), pair("The path was long.", "le chemin était long.")];
        check(&pairs, &Settings::default())
            .into_iter()
            .find(|found| found.kind == Kind::Capitals)
            .map(|found| found.severity)
    };
    assert_eq!(after("Il ne courait jamais ;"), Some(Severity::Info));
    assert_eq!(after("Il ne courait jamais."), Some(Severity::Warning));
}

#[test]
fn a_pseudo_translation_is_as_good_as_its_source() {
    let en = Lang::parse("en").expect("a tag");
    for source in [
        "The ferry left at 9:30 (or so).",
        "Really?",
        "\"Open,\" she said, \"and shut!\"",
        "Tide tables",
        "A list:",
    ] {
        let target = crate::translate::pseudo::pseudo(source, &en);
        assert_eq!(told(source, &target, ("en", "de")), "", "{target}");
    }
    assert_ne!(told("The tide turned.", "⟦Ţĥé ţíďé ţúŕñéď ~~~~⟧", EN_FR), "", "its end is lost");
}

#[test]
fn equal_sources_want_equal_targets() {
    let pair = |id, source, target| Pair { id, source, target: Some(target), ..Pair::default() };
    let pairs = [
        pair("a", "The ferry has left already.", "Le ferry est déjà parti."),
        pair("b", "The ferry has left already.", "Le bac est déjà parti."),
        pair("c", "The boat has left already.", "Le bac est déjà parti."),
    ];
    let found: Vec<_> = check(&pairs, &Settings::default())
        .iter()
        .map(|f| format!("{} {} {}", f.id, f.kind.name(), f.message))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r#"
    b inconsistent unit a translates otherwise: Le ferry est déjà parti.
    c inconsistent-source unit b has the same target for another source: The ferry has left already.
    "#);
}

#[test]
fn kinds_have_names_of_their_own_and_can_be_left_out() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(*kind));
    }
    let settings = Settings { ignore: vec![Kind::Number], ..Settings::default() };
    assert_eq!(told_with("It took 12 days.", "Il a fallu 13 jours.", EN_FR, settings), "");
}

proptest::proptest! {
    /// Any two texts can be checked, and spans are places of the target.
    #[test]
    fn spans_lie_in_the_target(source in "\\PC{0,30}", target in "[ \\PC\u{a0}\u{202e}\u{fffd}⟦⟧1-3a-c,.!?]{0,30}") {
        let settings = Settings { source_lang: Lang::parse("en").expect("a tag"), target_lang: Lang::parse("fr").expect("a tag"), ..Settings::default() };
        let pair = Pair { source: &source, target: Some(&target), ..Pair::default() };
        for finding in check(&[pair], &settings) {
            if let Some(span) = &finding.span {
                proptest::prop_assert!(target.get(span.clone()).is_some(), "{finding:?}");
            }
        }
    }
}
