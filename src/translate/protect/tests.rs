use proptest::prelude::*;

use super::*;

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).expect("a tag")
}

/// Kinds and texts of the items.
fn told(text: &str, tag: &str) -> String {
    let all = items(text, &lang(tag));
    all.iter().map(|item| format!("{} {}", item.kind.name(), item.text)).collect::<Vec<_>>().join(" | ")
}

fn agree(a: (&str, &str), b: (&str, &str)) -> bool {
    let (ours, theirs) = (items(a.1, &lang(a.0)), items(b.1, &lang(b.0)));
    ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| a.value.agrees(&b.value))
}

#[test]
fn addresses_end_before_the_sentence_does() {
    insta::assert_snapshot!(told("See https://tarn.example/a_(b)?q=1, or (www.tarn.example). ⟦http://x.example/⟧", "en"),
        @"url https://tarn.example/a_(b)?q=1 | url www.tarn.example | url http://x.example/");
    insta::assert_snapshot!(told("Write to ida.berg99@mail.tarn.example. Ask @ida_b about #TarnFlood, not #1.", "en"),
        @"email ida.berg99@mail.tarn.example | handle @ida_b | hashtag #TarnFlood | number 1");
}

#[test]
fn code_and_placeholders_are_found_and_percentages_are_none() {
    insta::assert_snapshot!(told("Hi {name}, %1$s of %d in ${x}: <b>`run -x`</b> &amp; {{y}}", "en"),
        @"placeholder {name} | placeholder %1$s | placeholder %d | placeholder ${x} | placeholder <b> | code `run -x` | placeholder </b> | placeholder &amp; | placeholder {{y}}");
    insta::assert_snapshot!(told("5 % des votes, 7% du total, a < b and c > d", "fr"), @"measure 5 % | measure 7%");
}

#[test]
fn numbers_are_equal_across_locales() {
    for (a, b) in [
        (("en", "12,500"), ("fr", "12 500")),
        (("en", "12,500"), ("fr", "12\u{202f}500")),
        (("en", "12,500"), ("de", "12.500")),
        (("en", "12,500"), ("de-CH", "12’500")),
        (("en", "3.5"), ("de", "3,5")),
        (("en", "1,234,567.89"), ("es", "1.234.567,89")),
        (("hi", "12,34,567"), ("en", "1,234,567")),
        (("ar", "١٢٬٥٠٠"), ("en", "12,500")),
        (("hi", "१२५"), ("en", "125")),
        (("en", "3.5 million"), ("de", "3,5 Millionen")),
        (("en", "2.4 billion"), ("es", "2.400 millones")),
        (("en", "120,000"), ("ja", "12万")),
        (("en", "$1.2bn"), ("fr", "1,2 milliard $")),
        (("en", "minus 5 °C"), ("de", "−5 °C")),
        (("en", "9–4"), ("fr", "9-4")),
        (("en", "2½"), ("de", "2,5")),
        (("de", "1 ½ m"), ("fr", "1,50 m")),
        (("en", "the 21st"), ("fr", "le 21e")),
    ] {
        assert!(agree(a, b), "{a:?} {b:?}: {:?} {:?}", items(a.1, &lang(a.0)), items(b.1, &lang(b.0)));
    }
    for (a, b) in [
        (("en", "12,500"), ("fr", "12 600")),
        (("en", "3 million"), ("de", "3 Mrd.")),
        (("en", "3.5"), ("de", "35")),
    ] {
        assert!(!agree(a, b), "{a:?} {b:?}");
    }
}

#[test]
fn dates_are_equal_across_languages() {
    for (a, b) in [
        (("en", "May 3, 2023"), ("fr", "3 mai 2023")),
        (("en", "3rd of May 2023"), ("es", "3 de mayo de 2023")),
        (("en", "3 May"), ("de", "3. Mai")),
        (("en", "2023-05-03"), ("ja", "2023年5月3日")),
        (("en", "May 2023"), ("ru", "май 2023")),
        (("en", "May 3, 2023"), ("hu", "2023. május 3")),
        (("en", "03/05/2023"), ("de", "3.5.2023")),
        (("en", "1 March"), ("fr", "1er mars")),
    ] {
        assert!(agree(a, b), "{a:?} {b:?}: {:?} {:?}", items(a.1, &lang(a.0)), items(b.1, &lang(b.0)));
    }
    assert!(!agree(("en", "May 3, 2023"), ("fr", "3 juin 2023")));
    insta::assert_snapshot!(told("It may be 3 marches, version 1.2.3, in 2010, 300 people May 5", "en"),
        @"number 3 | number 1.2.3 | number 2010 | number 300 | date May 5");
}

#[test]
fn times_are_equal_across_languages() {
    for (a, b) in [
        (("en", "5:30 p.m."), ("de", "17:30")),
        (("en", "5 pm"), ("de", "17 Uhr")),
        (("en", "5.30pm"), ("fr", "17h30")),
        (("de", "20.30 Uhr"), ("fr", "20 h. 30")),
        (("en", "5:30"), ("fr", "17:30")),
    ] {
        assert!(agree(a, b), "{a:?} {b:?}: {:?} {:?}", items(a.1, &lang(a.0)), items(b.1, &lang(b.0)));
    }
    assert!(!agree(("en", "5:30 p.m."), ("de", "16:30")));
}

#[test]
fn names_are_runs_of_capitals_that_no_sentence_opens_alone() {
    let text = [
        "Yesterday Mayor Ida van der Berg met J. R. Holm of the Tarn Water Board.",
        "Holm said Ida van der Berg's plan was late.",
        "Later, Reporters Without Shores wrote to NATO.",
    ];
    let found: Vec<_> =
        names(text, &lang("en")).iter().map(|name| format!("{} {}", name.text, name.count)).collect();
    insta::assert_snapshot!(found.join(" | "),
        @"Ida van der Berg 2 | J. R. Holm 1 | Tarn Water Board 1 | NATO 1 | Reporters Without Shores 1");
}

proptest! {
    /// Items are disjoint and in order, and their text is that of their span.
    #[test]
    fn items_are_disjoint_and_in_order(text in "[0-9a-zé .,:/@#%${}<>`&°€½٣月日年万\u{a0}’-]{0,60}", tag in "en|fr|de|hu|ja") {
        let mut end = 0;
        for item in items(&text, &lang(&tag)) {
            prop_assert!(item.span.start >= end && item.span.end > item.span.start, "{item:?}");
            prop_assert_eq!(&text[item.span.clone()], item.text);
            end = item.span.end;
        }
    }

    /// A whole number reads the same however it is grouped.
    #[test]
    fn grouping_changes_no_value(number in 0_u64..10_000_000_000) {
        let plain = number.to_string();
        let grouped = |by: &str| {
            let digits: Vec<_> = plain.bytes().rev().collect();
            let groups: Vec<_> = digits.chunks(3).map(|g| g.iter().rev().map(|&b| char::from(b)).collect::<String>()).collect();
            groups.into_iter().rev().collect::<Vec<_>>().join(by)
        };
        for (tag, by) in [("en", ","), ("de", "."), ("fr", " "), ("fr", "\u{202f}"), ("de-CH", "’")] {
            let text = grouped(by);
            prop_assert!(agree(("en", &plain), (tag, &text)), "{text} {:?}", items(&text, &lang(tag)));
        }
    }
}
