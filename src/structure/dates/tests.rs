use proptest::prelude::*;

use super::*;

fn of(text: &str, tag: &str) -> Option<String> {
    parse(text, &Lang::parse(tag).unwrap())
}

#[test]
fn a_date_is_read_in_the_ways_that_articles_print_it() {
    for (text, tag) in [
        ("2024-03-13", "en"),
        ("2024/03/13", "ja"),
        ("Wednesday, March 13, 2024", "en"),
        ("Wednesday 13 March 2024 | 09:42", "en"),
        ("Updated: 13 Mar 2024, 14:05", "en"),
        ("Published March 13th, 2024 at 5:40 p.m. ET", "en"),
        ("March 13, 2024 | Science", "en"),
        ("MARCH 13, 2024 08:15", "en"),
        ("Mittwoch, 13. März 2024, 17.30 Uhr", "de"),
        ("13.03.2024", "de"),
        ("13.3.2024", "fi"),
        ("mercredi 13 mars 2024 à 14h05", "fr"),
        ("Actualizado: 13 de marzo de 2024, 19:40", "es"),
        ("13 марта 2024, среда", "ru"),
        ("13 Mart 2024 Çarşamba", "tr"),
        ("2024年3月13日(水)", "ja"),
        ("2024년 3월 13일 수요일", "ko"),
        ("Thứ Tư, 13 tháng 3 năm 2024", "vi"),
        ("الأربعاء، ١٣ مارس ٢٠٢٤", "ar"),
        ("چهارشنبه ۲۳ اسفند ۱۴۰۲ – 13 مارس 2024", "fa"),
        ("बुधवार, १३ मार्च 2024", "hi"),
        ("13/03/2024", "en"),
        ("03/13/2024", "en"),
        ("Wednesday 03/13/2024", "fr"),
    ] {
        assert_eq!(of(text, tag).as_deref(), Some("2024-03-13"), "{text}");
    }
}

#[test]
fn header_lines_in_thirty_styles_give_their_day() {
    for (text, tag) in [
        ("Thursday, June 01, 2023", "en"),
        ("Jun 1, 2023, 10:32 AM EDT", "en"),
        ("06/01/2023", "en-US"),
        ("01/06/2023 09:15", "en-GB"),
        ("Published on the 1st of June 2023", "en"),
        ("01.06.2023", "de"),
        ("Donnerstag, 1. Juni 2023, 17:30 Uhr", "de"),
        ("jeudi 1er juin 2023 à 14h05", "fr"),
        ("1 de junio de 2023", "es"),
        ("giovedì 1 giugno 2023", "it"),
        ("quinta-feira, 1 de junho de 2023", "pt"),
        ("donderdag 1 juni 2023", "nl"),
        ("torsdag den 1. juni 2023 kl. 10.30", "da"),
        ("torstai 1. kesäkuuta 2023", "fi"),
        ("1 июня 2023 г.", "ru"),
        ("1 червня 2023 року", "uk"),
        ("czwartek, 1 czerwca 2023", "pl"),
        ("čtvrtek 1. června 2023", "cs"),
        ("2023. június 1., csütörtök", "hu"),
        ("1 Haziran 2023 Perşembe", "tr"),
        ("Πέμπτη, 1 Ιουνίου 2023", "el"),
        ("2023年6月1日(木)", "ja"),
        ("令和5年6月1日", "ja"),
        ("二〇二三年六月一日", "zh"),
        ("2023년 6월 1일 목요일", "ko"),
        ("الخميس، ١ يونيو ٢٠٢٣", "ar"),
        ("پنجشنبه ۱۱ خرداد ۱۴۰۲", "fa"),
        ("۱۴۰۲/۰۳/۱۱", "fa"),
        ("วันพฤหัสบดีที่ 1 มิถุนายน 2566", "th"),
        ("1 มิ.ย. 2566", "th"),
        ("গুরুবার, ১ জুন ২০২৩", "bn"),
        ("गुरुवार, 1 जून 2023", "hi"),
        ("Thứ Năm, 01/06/2023", "vi"),
        ("1 ביוני 2023", "he"),
        ("Kamis, 1 Juni 2023 pukul 10.00 WIB", "id"),
        ("1 iunie 2023", "ro"),
        ("2023 m. birželio 1 d.", "lt"),
    ] {
        assert_eq!(of(text, tag).as_deref(), Some("2023-06-01"), "{text}");
    }
}

#[test]
fn a_time_with_an_offset_is_kept_as_given_and_one_without_is_dropped() {
    assert_eq!(of("2024-03-12T11:05:00+05:30", "hi").as_deref(), Some("2024-03-12T11:05:00+05:30"));
    assert_eq!(of("2024-03-12T11:05:00Z", "en").as_deref(), Some("2024-03-12T11:05:00Z"));
    assert_eq!(of("2024-03-12 11:05", "en").as_deref(), Some("2024-03-12"));
}

#[test]
fn the_order_of_numbers_comes_from_language_or_weekday_and_else_is_not_guessed() {
    assert_eq!(of("03/04/2024", "fr").as_deref(), Some("2024-04-03"));
    assert_eq!(of("03/04/2024", "en-US").as_deref(), Some("2024-03-04"));
    assert_eq!(of("03/04/2024", "en-GB").as_deref(), Some("2024-04-03"));
    assert_eq!(of("03/04/2024", "en"), None);
    assert_eq!(of("Monday, 03/04/2024", "en").as_deref(), Some("2024-03-04"));
    assert_eq!(of("04/04/2024", "en").as_deref(), Some("2024-04-04"));
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2023",
        "31 February 2024",
        "12.03.24",
        "The bridge closed on 12 March 2024 by order",
        "May 2024",
        "555-2368-11",
    ] {
        assert_eq!(of(text, "en"), None, "{text}");
    }
}

#[test]
fn a_wrong_weekday_makes_a_date_doubtful_and_no_less_a_date() {
    let en = Lang::parse("en").unwrap();
    let found = read("Friday, June 01, 2023", &en).unwrap();
    assert_eq!((found.published.as_str(), found.sound), ("2023-06-01", false));
    assert!(read("Thursday, June 01, 2023", &en).unwrap().sound);
}

proptest! {
    /// Whatever is read names a day that exists.
    #[test]
    fn only_days_that_exist_are_read(text in "[0-9]{1,4}[-/. ]{1,2}([0-9]{1,2}|may|март|月)[-/. ,年]{1,2}[0-9]{1,5}[ A-Z:+日]{0,6}") {
        if let Some(date) = of(&text, "fr") {
            prop_assert!(date[..10].parse::<Date>().is_ok(), "{text} gave {date}");
        }
    }
}
