use super::*;

#[track_caller]
fn found(text: &str) -> String {
    detect(text).to_string()
}

/// What every sentence below says, as far as its script needs it said: a bridge was closed on Monday.
const BRIDGES: &[(&str, &str)] = &[
    ("af", "Die brug is Maandag gesluit nadat ingenieurs 'n kraak in 'n kabel gevind het."),
    ("ar", "أُغلق الجسر يوم الاثنين بعد أن وجد المهندسون شقا في أحد الكابلات"),
    ("be", "Мост закрылі ў панядзелак пасля таго, як інжынеры знайшлі расколіну ў тросе."),
    ("bg", "Мостът беше затворен в понеделник, след като инженерите откриха пукнатина в кабела."),
    ("bn", "সোমবার সেতুটি বন্ধ করে দেওয়া হয়েছে।"),
    ("ca", "El pont es va tancar dilluns després que els enginyers trobessin una esquerda en un cable."),
    ("cs", "Most byl v pondělí uzavřen poté, co inženýři našli trhlinu v laně."),
    ("da", "Broen blev lukket i mandags, efter at ingeniører havde fundet en revne i et kabel."),
    ("de", "Die Brücke wurde am Montag gesperrt, weil Ingenieure einen Riss in einem Seil fanden."),
    ("el", "Η γέφυρα έκλεισε τη Δευτέρα."),
    ("en", "The bridge was closed on Monday after engineers found a crack in a cable."),
    ("es", "El puente se cerró el lunes después de que los ingenieros hallaran una grieta en un cable."),
    ("et", "Sild suleti esmaspäeval pärast seda, kui insenerid leidsid trossist prao."),
    ("eu", "Zubia astelehenean itxi zuten, ingeniariek kable batean pitzadura bat aurkitu ondoren."),
    ("fa", "پل روز دوشنبه پس از آن که مهندسان در یکی از کابل‌ها ترک پیدا کردند بسته شد"),
    ("fi", "Silta suljettiin maanantaina, kun insinöörit löysivät vaijerista halkeaman."),
    ("fr", "Le pont a été fermé lundi après que des ingénieurs ont trouvé une fissure dans un câble."),
    ("he", "הגשר נסגר ביום שני לאחר שמהנדסים מצאו סדק בכבל."),
    ("hi", "इंजीनियरों को एक केबल में दरार मिलने के बाद सोमवार को पुल बंद कर दिया गया।"),
    ("hr", "Most je zatvoren u ponedjeljak nakon što su inženjeri pronašli pukotinu u kabelu."),
    ("hu", "A hidat hétfőn lezárták, miután a mérnökök repedést találtak az egyik kábelen."),
    ("hy", "Կամուրջը փակվել է երկուշաբթի։"),
    ("is", "Brúnni var lokað á mánudag eftir að verkfræðingar fundu sprungu í kapli."),
    ("it", "Il ponte è stato chiuso lunedì dopo che gli ingegneri hanno trovato una crepa in un cavo."),
    ("ja", "橋は月曜日に閉鎖された。"),
    ("ka", "ხიდი ორშაბათს დაიკეტა."),
    ("kk", "Инженерлер кабельден жарық тапқаннан кейін көпір дүйсенбіде жабылды."),
    ("ko", "대교가 월요일에 폐쇄되었다."),
    ("lt", "Tiltas buvo uždarytas pirmadienį, kai inžinieriai rado įtrūkimą lyne."),
    ("lv", "Tilts tika slēgts pirmdien, kad inženieri atrada plaisu trosē."),
    ("mk", "Мостот беше затворен во понеделникот откако инженерите најдоа пукнатина во кабелот."),
    ("mr", "अभियंत्यांना एका केबलमध्ये तडा आढळल्यानंतर सोमवारी पूल बंद करण्यात आला आहे."),
    ("nb", "Broen ble stengt mandag etter at ingeniørene fant en sprekk i en kabel, sier politiet."),
    ("nl", "De brug werd maandag afgesloten nadat ingenieurs een scheur in een kabel hadden gevonden."),
    ("pl", "Most został zamknięty w poniedziałek po tym, jak inżynierowie znaleźli pęknięcie w linie."),
    (
        "pt",
        "A ponte foi fechada na segunda-feira depois que os engenheiros encontraram uma rachadura num cabo.",
    ),
    ("ro", "Podul a fost închis luni după ce inginerii au găsit o fisură într-un cablu."),
    ("ru", "Мост закрыли в понедельник после того, как инженеры нашли трещину в тросе."),
    ("sk", "Most bol v pondelok uzavretý po tom, čo inžinieri našli trhlinu v lane."),
    ("sl", "Most so v ponedeljek zaprli, potem ko so inženirji našli razpoko v kablu."),
    ("sq", "Ura u mbyll të hënën pasi inxhinierët gjetën një të çarë në një kabllo."),
    ("sr", "Мост је затворен у понедељак након што су инжењери пронашли пукотину на каблу."),
    (
        "sr-Latn",
        "Most je zatvoren u ponedeljak nakon što su inženjeri uvideli da je čelik posle zime oštećen.",
    ),
    ("sv", "Bron stängdes i måndags efter att ingenjörer hittat en spricka i en kabel."),
    ("th", "สะพานปิดเมื่อวันจันทร์"),
    ("tr", "Mühendislerin bir kabloda çatlak bulmasının ardından köprü pazartesi günü kapatıldı."),
    ("uk", "Міст закрили в понеділок після того, як інженери знайшли тріщину в тросі."),
    ("ur", "انجینئروں کو ایک کیبل میں دراڑ ملنے کے بعد پیر کو پل بند کر دیا گیا ہے"),
    ("vi", "Cây cầu bị đóng cửa hôm thứ Hai sau khi các kỹ sư phát hiện vết nứt trên dây cáp."),
    ("yi", "דער בריק איז געװען פֿאַרמאַכט מאָנטיק."),
    ("zh", "大桥星期一关闭，渡轮加开班次。"),
];

#[test]
fn a_sentence_is_known_in_many_languages() {
    for &(tag, text) in BRIDGES {
        assert_eq!(found(text), tag, "{text}");
    }
}

#[test]
fn what_is_in_no_language_stays_unknown() {
    let none = [
        "",
        "0815 4711",
        "https://www.example.com/a/b.html?id=7",
        "fjdksl ewqoi cxnmz",
        "x",
        "… — !",
        "a b c d",
    ];
    for text in none {
        assert_eq!(found(text), "und", "{text:?}");
    }
}

#[test]
fn a_menu_at_the_head_does_not_decide() {
    let body = "Die Brücke wurde am Montag gesperrt, weil Ingenieure einen Riss in einem Seil fanden. ";
    assert_eq!(
        found(&format!("Home About us Contact Privacy policy Sign in to your account\n{}", body.repeat(20))),
        "de"
    );
}

#[test]
fn only_what_is_allowed_is_found() {
    let detector = |tags: &[&'static str]| Detector::only(tags).expect("known");
    let text = "Broen ble stengt på mandag.";
    assert_eq!(detector(&["sv", "en"]).detect(text).as_str(), "sv");
    assert_eq!(detector(&["no", "pt-BR"]).detect(text).as_str(), "nb");
    assert_eq!(detector(&["ru", "el"]).detect(text).as_str(), "und", "in none of their scripts");
    assert_eq!(detector(&["sr"]).detect("Мост је затворен у понедељак.").as_str(), "sr");
    assert_eq!(detector(&["sr"]).detect("Most je zatvoren u ponedeljak.").as_str(), "sr-Latn");
    assert_eq!(Detector::only(&["en", "tlh"]).expect_err("Klingon"), "tlh");
}

#[test]
fn a_block_in_another_script_has_a_language_of_its_own() {
    let lang = |tag| Lang::parse(tag).expect("a tag");
    let block = |text, tag| Detector::default().detect_block(text, &lang(tag)).map(|lang| lang.to_string());
    assert_eq!(block("The bridge was closed on Monday.", "ru").as_deref(), Some("en"));
    assert_eq!(block("The bridge was closed on Monday.", "de"), None, "the script is the same");
    assert_eq!(block("大桥星期一关闭", "ja"), None, "Japanese is written with Han too");
    assert_eq!(block("Мост закрыли в понедельник.", "und"), None);
    assert_eq!(block("Most je zatvoren u ponedeljak.", "sr"), None, "Serbian has two scripts");
}

#[test]
fn a_quotation_where_a_text_is_read_first_does_not_decide() {
    let own = "The bridge was closed on Monday and it will be shut for a week, said the mayor of the town. "
        .repeat(12);
    let other = "Le pont a été fermé lundi après que des ingénieurs ont trouvé une fissure dans un câble de la travée. ";
    for thirds in [1, 2] {
        let at = own[..thirds * own.len() / 3 - 90].rfind(". ").expect("sentences") + 2;
        let text = format!("{}{}{}", &own[..at], other.repeat(2), &own[at..]);
        assert_eq!(found(&text), "en", "{text}");
    }
}
