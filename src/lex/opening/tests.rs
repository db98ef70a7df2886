//! How sentences open, language by language.

use unicode_normalization::is_nfc;

use super::Opening::{Connective, Demonstrative, Pronoun};
use super::*;

/// Checks that each sentence of `cases` opens as it says.
fn check(lang: &str, cases: &[(&str, Option<Opening>)]) {
    for &(sentence, expected) in cases {
        assert_eq!(opening(sentence, lang), expected, "{lang}: {sentence}");
    }
}

const ALONE: Option<Opening> = None;
const PRONOUN: Option<Opening> = Some(Pronoun);
const DEMONSTRATIVE: Option<Opening> = Some(Demonstrative);
const CONNECTIVE: Option<Opening> = Some(Connective);

#[test]
fn lists_are_well_formed() {
    for &(tag, text) in LISTS {
        assert!(is_nfc(text), "{tag} is not in NFC");
        assert!(text.starts_with("# "), "{tag} does not say what it is");
        for line in lines_of(text) {
            let (kind, rest) = line.split_once(' ').expect("a kind and a phrase");
            assert!(
                ["set", "pronoun", "demonstrative", "connective", "alone"].contains(&kind),
                "{tag}: {line}"
            );
            assert!(rest.to_lowercase() == rest && !rest.contains("  "), "{tag}: {line}");
        }
        let lists = openings(tag).expect("has lists");
        let mut heads: Vec<_> = lists.heads.iter().collect();
        heads.sort_by_key(|(head, _)| *head);
        for (head, rules) in heads {
            let head = std::str::from_utf8(head).expect("folded from text");
            assert!(head.len() <= LONGEST && !head.is_empty(), "{tag}: {head}");
            assert!(head.chars().all(is_inside), "{tag}: {head} is no word");
            for rule in rules {
                let written = format!("{:?}", rule.rest);
                assert!(!written.contains('@'), "{tag}: {head} {written}");
            }
        }
        let kinds = lists.heads.values().flatten().filter_map(|rule| rule.opening);
        let kinds = kinds.chain(lists.prefixes.iter().filter_map(|&(_, opening)| opening));
        let kinds: std::collections::BTreeSet<_> = kinds.collect();
        assert_eq!(kinds.len(), 3, "{tag} lacks a kind");
    }
}

#[test]
fn a_language_without_lists_is_told_from_one_whose_sentences_stand_alone() {
    assert!(has_lists("en") && has_lists("no") && has_lists("ms") && !has_lists("und"));
    assert_eq!(opening("He said so.", "und"), None);
    assert!(languages().count() >= 12);
}

#[test]
fn what_stands_before_the_first_word_plays_no_part() {
    check(
        "en",
        &[
            ("“They’re gone,” she said.", PRONOUN),
            ("\u{200f}— (‘And yet.’)", CONNECTIVE),
            ("  \n He left.", PRONOUN),
            ("", ALONE),
            ("…", ALONE),
            ("1. He left.", ALONE),
        ],
    );
}

#[test]
fn words_end_where_no_letter_apostrophe_or_hyphen_follows() {
    check(
        "en",
        &[
            ("Hera is a moon.", ALONE),
            ("Butter is dear.", ALONE),
            ("He-man is back.", ALONE),
            ("He’ll go.", PRONOUN),
            ("Her: no.", PRONOUN),
            ("But—no.", CONNECTIVE),
            ("HE LEFT.", PRONOUN),
            ("Thenadays", ALONE),
            ("Then-president Bush spoke.", ALONE),
            ("So-called experts left.", ALONE),
            ("But", CONNECTIVE),
            ("Nevertheless, it rained.", CONNECTIVE),
            ("Neverthelesses fell.", ALONE),
            ("Moreover it rained.", CONNECTIVE),
            ("Overtime was paid.", ALONE),
            ("He2 is a rover.", ALONE),
        ],
    );
}

#[test]
fn letters_marks_and_digits_belong_to_words_and_white_space_does_not() {
    let mut chars =
        ('\0'..='\u{10ffff}').filter(|&c| !matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{bc}'..='\u{be}'));
    let wrong = chars.find(|&c| {
        let word = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        // Numbers in rings are nothing that a sentence opens with.
        word && !is_word(c) && !matches!(c, '\u{2776}'..='\u{2793}' | '\u{1f100}'..='\u{1f189}')
            || c.is_whitespace() && is_word(c)
    });
    assert_eq!(wrong, None);
}

#[test]
fn an_expletive_it_points_to_nothing() {
    check(
        "en",
        &[
            ("It closed on Friday.", PRONOUN),
            ("It’s unclear who paid.", ALONE),
            ("It is not yet known why.", ALONE),
            ("It was Smith who won.", ALONE),
            ("It was a good year.", PRONOUN),
            ("It took two hours to land.", ALONE),
            ("It was not until Friday.", ALONE),
            ("It isn't about money, that's all.", ALONE),
            ("It will be one, two, three, four, five, six, seven that", ALONE),
            ("It will be one, two, three, four, five, six, seven, eight that", PRONOUN),
            ("It is over. The men that", PRONOUN),
            ("It is, he said, clear that", PRONOUN),
            ("It was 5 p.m.", ALONE),
            ("It had been raining.", ALONE),
            ("It turned out that he left.", ALONE),
            ("It turned blue.", PRONOUN),
            ("Its shares fell.", PRONOUN),
        ],
    );
}

#[test]
fn dates_and_those_who_stand_alone() {
    check(
        "en",
        &[
            ("This week, markets fell.", ALONE),
            ("This past summer's heat", ALONE),
            ("This weekly fell.", DEMONSTRATIVE),
            ("This is why.", DEMONSTRATIVE),
            ("That’s it.", DEMONSTRATIVE),
            ("Those who stayed won.", ALONE),
            ("Those living nearby won.", ALONE),
            ("Those shares fell.", DEMONSTRATIVE),
            ("These are old.", DEMONSTRATIVE),
        ],
    );
}

#[test]
fn connectives_of_several_words_are_known_and_their_lookalikes() {
    check(
        "en",
        &[
            ("But he left.", CONNECTIVE),
            ("So far, so good.", ALONE),
            ("So he left.", CONNECTIVE),
            ("In addition, it rained.", CONNECTIVE),
            ("In addition to rain, it snowed.", ALONE),
            ("In Addis Ababa", ALONE),
            ("As a result of rain", ALONE),
            ("As a result, he left.", CONNECTIVE),
            ("By contrast, he left.", CONNECTIVE),
            ("On the other hand, no.", CONNECTIVE),
            ("On the other side", ALONE),
            ("Instead of rain, snow.", ALONE),
            ("Still photographs show", ALONE),
            ("Still, he left.", CONNECTIVE),
            ("Despite this, no.", CONNECTIVE),
            ("Despite the rain", ALONE),
            ("The man left.", ALONE),
            ("I left.", ALONE),
        ],
    );
}

#[test]
fn german() {
    check(
        "de",
        &[
            ("Er kam.", PRONOUN),
            ("„Ihre Mutter ging“, sagte er.", PRONOUN),
            ("Es gibt Brot.", ALONE),
            ("Das Haus ist alt.", ALONE),
            ("Erst kam er.", ALONE),
            ("Dieser Schritt ist neu.", DEMONSTRATIVE),
            ("Diese Woche regnet es.", ALONE),
            ("Diesen vergangenen Montag kam er.", ALONE),
            ("Darüber hinaus regnet es.", CONNECTIVE),
            ("Darüber sprach er.", ALONE),
            ("So genannte Experten", ALONE),
            ("So kam es.", CONNECTIVE),
            ("Außerdem regnet es.", CONNECTIVE),
            ("AUSSERDEM", ALONE),
            ("Damit die Kinder lernen,", ALONE),
            ("Damit ist es vorbei.", CONNECTIVE),
            ("Dafür, dass es regnet,", ALONE),
        ],
    );
}

#[test]
fn french() {
    check(
        "fr",
        &[
            ("Il est venu.", PRONOUN),
            ("Il y a du pain.", ALONE),
            ("Il faut partir.", ALONE),
            ("Il n’est pas certain que", ALONE),
            ("Il est 5 heures.", ALONE),
            ("Il est accusé de vol.", PRONOUN),
            ("Il reste optimiste.", PRONOUN),
            ("Il reste deux places.", ALONE),
            ("Sa mère est partie.", PRONOUN),
            ("C’est à Paris que le roi vit.", ALONE),
            ("C’est une erreur.", DEMONSTRATIVE),
            ("C’est ce qu’a dit le roi.", DEMONSTRATIVE),
            ("Ce matin, il pleut.", ALONE),
            ("Cet été", ALONE),
            ("Cette loi est neuve.", DEMONSTRATIVE),
            ("Ces derniers jours", ALONE),
            ("Par ailleurs, il pleut.", CONNECTIVE),
            ("Par la route", ALONE),
            ("Ainsi que le roi", ALONE),
            ("Aussi, il pleut.", CONNECTIVE),
            ("Aussi grand soit-il", ALONE),
            ("Ou bien", CONNECTIVE),
            ("Où est-il ?", ALONE),
        ],
    );
}

#[test]
fn spanish_italian_and_portuguese() {
    check(
        "es",
        &[
            ("Él vino.", PRONOUN),
            ("El rey vino.", ALONE),
            ("¿Ella vino?", PRONOUN),
            ("Su madre se fue.", PRONOUN),
            ("Esta semana llueve.", ALONE),
            ("Estos últimos días", ALONE),
            ("Esta ley es nueva.", DEMONSTRATIVE),
            ("Sin embargo, llueve.", CONNECTIVE),
            ("Sin pan", ALONE),
            ("Además, llueve.", CONNECTIVE),
            ("Además de la lluvia", ALONE),
            ("Y llueve.", CONNECTIVE),
            ("Y. García", ALONE),
        ],
    );
    check(
        "it",
        &[
            ("Lui è venuto.", PRONOUN),
            ("Questa settimana piove.", ALONE),
            ("Quest’anno piove.", ALONE),
            ("Questa legge è nuova.", DEMONSTRATIVE),
            ("Quelli che restano", ALONE),
            ("Però piove.", CONNECTIVE),
            ("E piove.", CONNECTIVE),
            ("E’ vero.", ALONE),
            ("È vero.", ALONE),
            ("Nel frattempo piove.", CONNECTIVE),
            ("Nel parco", ALONE),
            ("Invece di piovere", ALONE),
        ],
    );
    check(
        "pt",
        &[
            ("Ele veio.", PRONOUN),
            ("Esta semana chove.", ALONE),
            ("Essa lei é nova.", DEMONSTRATIVE),
            ("No entanto, chove.", CONNECTIVE),
            ("No parque", ALONE),
            ("É verdade.", ALONE),
            ("Ainda, chove.", CONNECTIVE),
            ("Ainda chove.", ALONE),
            ("Ao contrário do pai", ALONE),
        ],
    );
}

#[test]
fn dutch_and_the_north() {
    check(
        "nl",
        &[
            ("Hij kwam.", PRONOUN),
            ("Het regent.", ALONE),
            ("Dit jaar regent het.", ALONE),
            ("Dit besluit is nieuw.", DEMONSTRATIVE),
            ("Dat blijkt uit cijfers.", ALONE),
            ("Bovendien regent het.", CONNECTIVE),
            ("Aan de andere kant", CONNECTIVE),
            ("Aan de kust", ALONE),
        ],
    );
    check(
        "sv",
        &[
            ("Hon kom.", PRONOUN),
            ("Hans mor kom.", PRONOUN),
            ("Hans Andersson kom.", ALONE),
            ("Det regnar.", ALONE),
            ("Denna vecka regnar det.", ALONE),
            ("Denna lag är ny.", DEMONSTRATIVE),
            ("Däremot regnar det.", CONNECTIVE),
            ("Sedan 2010 regnar det.", ALONE),
            ("I stället för regn", ALONE),
        ],
    );
    check(
        "da",
        &[
            ("Hun kom.", PRONOUN),
            ("Denne uge regner det.", ALONE),
            ("Disse love er nye.", DEMONSTRATIVE),
            ("På den anden side regner det.", CONNECTIVE),
            ("Der er brød.", ALONE),
        ],
    );
    check(
        "nb",
        &[
            ("Hun kom.", PRONOUN),
            ("Denne uken regner det.", ALONE),
            ("Dette er nytt.", DEMONSTRATIVE),
            ("Likevel regner det.", CONNECTIVE),
            ("Samtidig som det regner", ALONE),
        ],
    );
    check("no", &[("Men det regner.", CONNECTIVE)]);
    check(
        "fi",
        &[
            ("Hän tuli.", PRONOUN),
            ("Se, joka tuli", ALONE),
            ("Tällä viikolla sataa.", ALONE),
            ("Tämä laki on uusi.", DEMONSTRATIVE),
            ("Kuitenkin sataa.", CONNECTIVE),
            ("Sen jälkeen satoi.", CONNECTIVE),
            ("Sataa.", ALONE),
        ],
    );
}

#[test]
fn western_slavic_languages() {
    check(
        "pl",
        &[
            ("Ona przyszła.", PRONOUN),
            ("To jest dom.", ALONE),
            ("W tym roku pada.", ALONE),
            ("Tym razem pada.", ALONE),
            ("Ta ustawa jest nowa.", DEMONSTRATIVE),
            ("Ten, kto przyszedł", ALONE),
            ("Jednak pada.", CONNECTIVE),
            ("Mimo to pada.", CONNECTIVE),
            ("Mimo deszczu", ALONE),
            ("A. Nowak przyszedł.", ALONE),
            ("I wojna światowa", ALONE),
        ],
    );
    check(
        "cs",
        &[
            ("Ona přišla.", PRONOUN),
            ("Tento týden prší.", ALONE),
            ("Tento zákon je nový.", DEMONSTRATIVE),
            ("Nicméně prší.", CONNECTIVE),
            ("Přesto, že prší", ALONE),
            ("Přesto prší.", CONNECTIVE),
            ("Kromě toho prší.", CONNECTIVE),
            ("Kromě toho, že prší", ALONE),
            ("Dům stojí.", ALONE),
        ],
    );
}

#[test]
fn cyrillic_languages_and_romanian() {
    check(
        "uk",
        &[
            ("Вона прийшла.", PRONOUN),
            ("Цього тижня дощить.", ALONE),
            ("Цей закон новий.", DEMONSTRATIVE),
            ("Однак дощить.", CONNECTIVE),
            ("У зв’язку з цим дощить.", CONNECTIVE),
            ("Після того, як дощило", ALONE),
            ("Дім стоїть.", ALONE),
        ],
    );
    check(
        "ru",
        &[
            ("Она пришла.", PRONOUN),
            ("ОН пришёл.", PRONOUN),
            ("Это дом.", ALONE),
            ("Это не дом.", DEMONSTRATIVE),
            ("Этим летом дождь.", ALONE),
            ("Этот закон новый.", DEMONSTRATIVE),
            ("Кроме того, дождь.", CONNECTIVE),
            ("Кроме того, что дождь", ALONE),
            ("Кроме дождя", ALONE),
            ("И. Иванов пришёл.", ALONE),
            ("И дождь.", CONNECTIVE),
            ("Из-за этого дождь.", CONNECTIVE),
        ],
    );
    check(
        "ro",
        &[
            ("Ea a venit.", PRONOUN),
            ("Această săptămână plouă.", ALONE),
            ("Această lege e nouă.", DEMONSTRATIVE),
            ("Însă plouă.", CONNECTIVE),
            ("În plus, plouă.", CONNECTIVE),
            ("În parc", ALONE),
        ],
    );
}

#[test]
fn turkish_keeps_its_dotless_i() {
    check(
        "tr",
        &[
            ("O geldi.", PRONOUN),
            ("O. Pamuk geldi.", ALONE),
            ("Bu hafta yağmur var.", ALONE),
            ("Bu yasa yeni.", DEMONSTRATIVE),
            ("Öte yandan yağmur var.", CONNECTIVE),
            ("YOKSA", CONNECTIVE),
            ("ARDINDAN", CONNECTIVE),
            ("Bununla birlikte", CONNECTIVE),
            ("Bugün geldi.", ALONE),
        ],
    );
}

#[test]
fn languages_of_asia_with_spaces() {
    check(
        "vi",
        &[
            ("Họ đến.", PRONOUN),
            ("Ông ấy đến.", PRONOUN),
            ("Ông cho biết trời mưa.", PRONOUN),
            ("Ông Nam đến.", ALONE),
            ("Chúng tôi đến.", ALONE),
            ("Điều này là mới.", DEMONSTRATIVE),
            ("Tuy nhiên, trời mưa.", CONNECTIVE),
            ("Sau đó trời mưa.", CONNECTIVE),
            ("Sau trận mưa", ALONE),
        ],
    );
    check(
        "id",
        &[
            ("Mereka datang.", PRONOUN),
            ("Hal ini baru.", DEMONSTRATIVE),
            ("Hal lain", ALONE),
            ("Namun hujan.", CONNECTIVE),
            ("Dan Brown datang.", ALONE),
            ("Selain itu hujan.", CONNECTIVE),
        ],
    );
    check(
        "hi",
        &[
            ("वह आया।", PRONOUN),
            ("वहां बारिश हुई।", ALONE),
            ("इस साल बारिश हुई।", ALONE),
            ("इस कानून को देखो।", DEMONSTRATIVE),
            ("लेकिन बारिश हुई।", CONNECTIVE),
            ("इसके अलावा बारिश हुई।", CONNECTIVE),
        ],
    );
    check(
        "bn",
        &[
            ("তিনি এলেন।", PRONOUN),
            ("তারিখ ঠিক হয়নি।", ALONE),
            ("এই সপ্তাহে বৃষ্টি হয়েছে।", ALONE),
            ("এটি নতুন।", DEMONSTRATIVE),
            ("কিন্তু বৃষ্টি হয়েছে।", CONNECTIVE),
        ],
    );
    check(
        "ko",
        &[
            ("그는 왔다.", PRONOUN),
            ("이 같은 일", DEMONSTRATIVE),
            ("이 집은 새 집이다.", ALONE),
            ("그러나 비가 왔다.", CONNECTIVE),
            ("서울은 비가 왔다.", ALONE),
        ],
    );
}

#[test]
fn arabic_hebrew_and_greek() {
    check(
        "ar",
        &[
            ("وهو جديد.", PRONOUN),
            ("هذا العام ماطر.", ALONE),
            ("هذا القانون جديد.", DEMONSTRATIVE),
            ("لكن المطر نزل.", CONNECTIVE),
            ("وفي المقابل نزل المطر.", CONNECTIVE),
            ("وفي المدينة", ALONE),
            ("وقال الوزير", ALONE),
        ],
    );
    check(
        "he",
        &[
            ("הוא בא.", PRONOUN),
            ("אלה שבאו", ALONE),
            ("זה חדש.", DEMONSTRATIVE),
            ("אבל ירד גשם.", CONNECTIVE),
            ("עם זאת, ירד גשם.", CONNECTIVE),
            ("עם הגשם", ALONE),
        ],
    );
    check(
        "el",
        &[
            ("Αυτός ήρθε.", PRONOUN),
            ("Αυτή την εβδομάδα βρέχει.", ALONE),
            ("Αυτός που ήρθε", ALONE),
            ("Αυτό είναι νέο.", DEMONSTRATIVE),
            ("Ωστόσο βρέχει.", CONNECTIVE),
            ("Παρ’ όλα αυτά βρέχει.", CONNECTIVE),
            ("Έτσι ώστε", ALONE),
        ],
    );
}

#[test]
fn chinese_and_japanese_have_phrases_without_spaces() {
    check(
        "zh",
        &[
            ("他来了。", PRONOUN),
            ("“他们来了。”", PRONOUN),
            ("其他人来了。", ALONE),
            ("这项法律是新的。", DEMONSTRATIVE),
            ("这周下雨。", ALONE),
            ("但是下雨了。", CONNECTIVE),
            ("但丁来了。", ALONE),
            ("北京下雨了。", ALONE),
        ],
    );
    check(
        "ja",
        &[
            ("彼は来た。", PRONOUN),
            ("「これは新しい」", DEMONSTRATIVE),
            ("この夏は暑い。", ALONE),
            ("しかし雨だ。", CONNECTIVE),
            ("一方、雨だ。", CONNECTIVE),
            ("一方通行の道", ALONE),
            ("東京は雨だ。", ALONE),
        ],
    );
}
