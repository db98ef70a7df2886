use proptest::prelude::*;

use super::*;
use crate::base::lang::Lang;
use crate::segment::contract::segmenter_contract;

segmenter_contract!(Learned::default());

/// The segments of a paragraph, joined by ` | `.
fn cut(lang: &str, text: &str) -> String {
    let mut cuts = Cuts::default();
    Learned::default().cut(&BlockText::paragraph(text, &Lang::parse(lang).expect("a tag")), &mut cuts);
    let pieces: Vec<_> = cuts.pieces(text.len()).map(|(from, to)| text[from..to].trim()).collect();
    pieces.join(" | ")
}

/// Checks that the text, joined by spaces, is cut at the bars and nowhere else.
fn holds(lang: &str, cases: &[&str]) {
    for case in cases {
        assert_eq!(&cut(lang, &case.replace(" | ", " ")), case);
    }
}

#[test]
fn titles_initials_and_abbreviations_end_nothing() {
    holds(
        "en",
        &[
            "Mr. J. Arden of the U.S. Department met Dr. Pryce, e.g. on No. 5 Quay Street. | He left at noon.",
            "Turn to p. 55 or to figs. 3 and 4. | The rest is cf. Vol. II of the work.",
            "The firm Hale & Co. closed at noon. | Its owner, R. T. Ives Jr., was not there.",
        ],
    );
}

#[test]
fn an_abbreviation_before_a_word_that_opens_sentences_may_end_one() {
    holds(
        "en",
        &["They sailed for the U.S. | The ship was late.", "It opens at 9 a.m. | The ferry leaves then."],
    );
    holds("de", &["Es gibt Brot, Käse usw. | Der Wein ist aus."]);
}

#[test]
fn ordinals_end_nothing_where_they_are_written_so() {
    holds("de", &["Am 11. März schloss die Brücke. | Die Fähren fahren im 2. Quartal wieder."]);
    holds("fi", &["Silta suljettiin 11. maaliskuuta. | Lautat kulkevat."]);
    holds("hu", &["A hidat 1998. szeptember 3. óta javítják. | A kompok járnak."]);
}

#[test]
fn closers_stay_with_the_sentence_they_close() {
    holds(
        "en",
        &[
            "\u{201c}It is safe.\u{201d} | Nobody believed it.",
            "(It was not.) | They left.",
            "\"This is it.\" | She held it out.",
            "The bridge fell.[12] | No one was hurt.",
        ],
    );
    holds("fr", &["« Le pont est sûr. » | Personne ne le croyait."]);
    holds("de", &["„Die Brücke ist sicher.“ | Niemand glaubte es."]);
}

#[test]
fn what_is_said_goes_on_behind_its_quotation_mark() {
    holds("en", &["\"This is great.\" she said.", "\u{201c}Is it safe?\u{201d} he asked. | Nobody knew."]);
    holds("ja", &["「橋は安全だ。」と彼は言った。"]);
}

#[test]
fn marks_of_all_scripts_end_sentences() {
    holds("hi", &["पुल बंद है। | नावें चल रही हैं।"]);
    holds("ar", &["أُغلق الجسر. | هل يُفتح غدا؟ | لا نعرف."]);
    holds("ur", &["پل بند ہے۔ | کشتیاں چل رہی ہیں۔"]);
    holds("hy", &["Կամուրջը փակ է: | Նավերը գնում են։"]);
    holds("el", &["Είναι ασφαλής; | Κανείς δεν ξέρει."]);
    holds("am", &["ድልድዩ ተዘግቷል። | ጀልባዎች ይሄዳሉ።"]);
    holds("my", &["တံတားပိတ်သည်။ | လှေများသွားသည်။"]);
    holds("km", &["ស្ពានបិទ។ | ទូកកំពុងដំណើរការ។"]);
    assert_eq!(
        cut("zh", "大桥关闭。渡轮加开！安全吗？没人知道。"),
        "大桥关闭。 | 渡轮加开！ | 安全吗？ | 没人知道。"
    );
}

#[test]
fn languages_beside_those_of_the_treebanks_are_cut_too() {
    holds("ca", &["El pont es va tancar el dia 11. | Els ferris surten de l'av. Gran cada hora."]);
    holds("hr", &["Most je zatvoren 11. ožujka. | Trajekti voze npr. svakih pet minuta."]);
    holds("sr", &["Мост је затворен 11. марта. | Трајекти возе."]);
    holds("sl", &["Most so zaprli 11. marca. | Trajekti vozijo."]);
    holds("lt", &["Tiltas uždarytas kovo 11 d. ryte. | Keltai plaukia."]);
    holds("lv", &["Tilts slēgts 11. martā. | Prāmji kursē."]);
    holds("et", &["Sild suleti 11. märtsil. | Praamid sõidavad."]);
    holds("vi", &["Cầu đóng cửa lúc 5 giờ. | Phà chạy mỗi giờ."]);
    holds("az", &["Körpü martın 11-də bağlandı. | Bərələr işləyir."]);
    holds("ka", &["ხიდი დაიკეტა. | ბორნები დადის."]);
    holds("mr", &["पूल बंद आहे. | बोटी चालू आहेत."]);
    holds("pa", &["ਪੁਲ ਬੰਦ ਹੈ। | ਕਿਸ਼ਤੀਆਂ ਚੱਲ ਰਹੀਆਂ ਹਨ।"]);
}

#[test]
fn scripts_with_spaces_between_sentences_alone_are_not_cut_at_them() {
    assert_eq!(cut("th", "สะพานปิด เรือวิ่ง"), "สะพานปิด เรือวิ่ง");
}

#[test]
fn items_in_one_line_begin_segments_with_their_marks() {
    holds("en", &["1) Flour | 2) Salt | 3) Yeast", "• One | • Two", "a. First item | b. Second item"]);
}

#[test]
fn addresses_and_numbers_are_never_cut() {
    holds("en", &["See www.example.com/a.b?c=d!e or write to J.Ives@example.org. | It cost $3.50."]);
}

#[test]
fn a_missing_space_hides_no_sentence() {
    assert_eq!(cut("en", "The bridge was shut.Ferries ran."), "The bridge was shut. | Ferries ran.");
    assert_eq!(cut("en", "It is long (see p. 5).Then it ends."), "It is long (see p. 5). | Then it ends.");
    assert_eq!(cut("en", "Call list(a).Then(b) or f(b).x."), "Call list(a).Then(b) or f(b).x.");
}

#[test]
fn unbalanced_quotation_marks_swallow_nothing() {
    let sentences = "The board is long. ".repeat(161);
    let inches = format!("A 6\" board lies here. {sentences}An 8\" one is there.");
    assert_eq!(cut("en", &inches).split(" | ").count(), 163);
    let quoted = format!("\u{201c}{}\u{201d} He left.", "It is long. ".repeat(120).trim());
    assert_eq!(cut("en", &quoted).split(" | ").count(), 121);
}

#[test]
fn abbreviations_of_the_user_end_nothing() {
    let settings = toml::toml! { abbreviations = ["Klm", "qx."] };
    let own: Learned = settings.try_into().expect("settings");
    let lang = Lang::parse("en").expect("a tag");
    let mut cuts = Cuts::default();
    own.cut(&BlockText::paragraph("He ran 5 klm. Then a qx. Bale fell.", &lang), &mut cuts);
    assert_eq!(cuts.places(), [] as [usize; 0]);
}

#[test]
fn a_bias_moves_the_decision_that_was_nearest() {
    let text = "I have a Kodak Camera (10 Megapixels)... Kodak lenses... how do I stop it? maybe not at all.";
    let lang = Lang::parse("en").expect("a tag");
    let count = |bias: f64| {
        let learned = Learned { settings: Settings { bias, ..Settings::default() }, ..Learned::default() };
        let mut cuts = Cuts::default();
        learned.cut(&BlockText::paragraph(text, &lang), &mut cuts);
        cuts.places().len()
    };
    assert!(count(-20.0) < count(0.0) && count(0.0) < count(20.0));
}

#[test]
fn every_decision_has_a_reason_and_the_open_ones_a_margin() {
    let lang = Lang::parse("en").expect("a tag");
    let mut cuts = Cuts::new(true);
    Learned::default()
        .cut(&BlockText::paragraph("It shut. Why... nobody knew? Mr. Ives did.", &lang), &mut cuts);
    let told: Vec<_> =
        cuts.decisions().iter().map(|d| (d.at, d.breaks, d.reason.as_ref(), d.margin.is_some())).collect();
    assert_eq!(
        told,
        [
            (8, true, "full-stop", false),
            (15, false, "ellipsis-before-small-letter", true),
            (28, true, "question-or-exclamation", true),
            (32, false, "abbreviation", false),
        ]
    );
}

/// Every candidate with its decision by the rules, as the scan tells them.
fn told(lang: &str, text: &str, glance: bool) -> Vec<(usize, &'static str, bool)> {
    let lang = Lang::parse(lang).expect("a tag");
    let mut told = Vec::new();
    scan(&BlockText::paragraph(text, &lang), &FxHashSet::default(), glance, |at, verdict, _| {
        told.push((at, verdict.reason.name(), verdict.breaks));
        verdict.breaks
    });
    told
}

proptest! {
    /// What is told at a glance is what the rules tell: the same places, reasons and verdicts.
    #[test]
    fn decides_as_the_rules_do(
        text in "(([a-z]{1,12}|[A-Z][a-z]{0,9}|mr|etc|it|viii|3|12|[A-Z]|[a-z]|\\(|\\[|é|“)(\\. |\\.|: |; |, | |\\) | \\(| \"|\"|!|\n|\\)|'')){1,14}[A-Za-z]{0,3}",
        lang in "en|de|hu|el|hy|und",
    ) {
        let text = text.trim();
        prop_assert_eq!(told(&lang, text, true), told(&lang, text, false), "{}", text);
    }

    /// The same of Cyrillic.
    #[test]
    fn decides_as_the_rules_do_in_cyrillic(
        text in "(([а-я]{1,9}|[А-Я][а-я]{0,5}|[А-Я]{2}|ул|тыс|напр|руб|ё|Ж1|[a-z]{1,3})(\\. |\\.|: |, | |\\) | \\(|-| – |!|\n)){1,14}[А-яA-Z]{0,3}",
        lang in "ru|uk|bg|kk|en|und",
    ) {
        let text = text.trim();
        prop_assert_eq!(told(&lang, text, true), told(&lang, text, false), "{}", text);
    }

    /// Places rise, whatever stands in a block, and none is at its edges.
    #[test]
    fn places_rise_inside_a_block(text in "[a-zA-Z0-9 .!?…:;\"'()\\[\\]«»“”•–-]{0,80}", lang in "en|de|ru|ko|fr|hy") {
        let mut last = 0;
        for (at, ..) in told(&lang, text.trim(), true) {
            prop_assert!(at > last && at < text.trim().len(), "{at} after {last}");
            last = at;
        }
    }
}
