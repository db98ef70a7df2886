//! Days told from another day: `yesterday`, `2 hours ago`, `vor drei Tagen`.
//!
//! To teach it a language: its words in the tables below.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::{Token, tokens};

/// The day that `text` tells, seen from `day`; `None` where it tells none. Times of day count as `day` itself.
///
/// ```
/// # use nutgraf::structure::dates::relative;
/// let day = "2023-06-02".parse().expect("a day");
/// assert_eq!(relative("Yesterday, 14:05", day).as_deref(), Some("2023-06-01"));
/// assert_eq!(relative("vor 3 Stunden", day).as_deref(), Some("2023-06-02"));
/// assert_eq!(relative("The day before", day), None);
/// ```
pub fn relative(text: &str, day: Date) -> Option<String> {
    let text = text.trim();
    if text.len() > 60 {
        return None;
    }
    let tokens = tokens(text)?;
    let words: Vec<&str> = tokens
        .iter()
        .filter_map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None })
        .collect();
    let known = |table: &[&str]| words.iter().any(|word| table.contains(word)) || table.contains(&text);
    let back = if words.len() <= 3 && known(YESTERDAY) {
        1.days()
    } else if words.len() <= 3 && known(TODAY) {
        0.days()
    } else {
        ago(&tokens, &words)?
    };
    Some(day.checked_sub(back).ok()?.to_string())
}

/// How long ago it is that a number, a unit and a word for the past tell.
fn ago(tokens: &[Token], words: &[&str]) -> Option<Span> {
    if words.len() > 5 || !words.iter().any(|word| AGO.iter().any(|ago| word == ago)) {
        return dense(tokens);
    }
    let number = tokens.iter().find_map(|token| match token {
        Token::Number(value, 1..=3) => Some(i64::from(*value)),
        _ => None,
    });
    let number = number.or_else(|| words.iter().any(|word| ONE.contains(word)).then_some(1))?;
    let unit = words.iter().find_map(|word| {
        let of = |(days, forms): &(Unit, &[&str])| forms.contains(word).then_some(*days);
        UNITS.iter().find_map(of)
    })?;
    match unit {
        Unit::Part => Some(0.days()),
        Unit::Day => Some(number.days()),
        Unit::Week => Some(number.weeks()),
        Unit::Month => Some(number.months()),
        Unit::Year => Some(number.years()),
    }
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    /// Of a day: hours, minutes, seconds.
    Part,
    Day,
    Week,
    Month,
    Year,
}

/// The same in scripts that put no blanks between number, unit and word for the past: `3日前`, `3시간 전`.
fn dense(tokens: &[Token]) -> Option<Span> {
    const FORMS: [(&str, Unit); 11] = [
        ("시간전", Unit::Part),
        ("분전", Unit::Part),
        ("일전", Unit::Day),
        ("時間前", Unit::Part),
        ("分前", Unit::Part),
        ("小时前", Unit::Part),
        ("小時前", Unit::Part),
        ("分钟前", Unit::Part),
        ("分鐘前", Unit::Part),
        ("日前", Unit::Day),
        ("天前", Unit::Day),
    ];
    let [Token::Number(value, 1..=3), rest @ ..] = tokens else { return None };
    let mut word = String::new();
    for token in rest.iter().take(4) {
        let Token::Word(part) = token else { return None };
        word.push_str(part);
    }
    let (_, unit) = FORMS.iter().find(|(form, _)| *form == word)?;
    Some(if matches!(unit, Unit::Day) { i64::from(*value).days() } else { 0.days() })
}

const TODAY: &[&str] = &[
    "today",
    "heute",
    "hoy",
    "oggi",
    "hoje",
    "vandaag",
    "idag",
    "today's",
    "сегодня",
    "сьогодні",
    "dziś",
    "dzisiaj",
    "dnes",
    "bugün",
    "σήμερα",
    "اليوم",
    "امروز",
    "היום",
    "आज",
    "আজ",
    "hari ini",
    "今日",
    "今天",
    "오늘",
    "วันนี้",
    "hôm nay",
    "aujourd'hui",
    "aujourd’hui",
    "azi",
    "ma",
    "danas",
    "днес",
    "tänään",
    "i dag",
    "avui",
];
const YESTERDAY: &[&str] = &[
    "yesterday",
    "gestern",
    "ayer",
    "ieri",
    "ontem",
    "gisteren",
    "igår",
    "hier",
    "вчера",
    "вчора",
    "wczoraj",
    "včera",
    "dün",
    "χθες",
    "χτες",
    "أمس",
    "دیروز",
    "אתמול",
    "कल",
    "গতকাল",
    "kemarin",
    "昨日",
    "昨天",
    "어제",
    "เมื่อวาน",
    "hôm qua",
    "tegnap",
    "jučer",
    "juče",
    "eilen",
    "i går",
    "ahir",
];
const AGO: &[&str] = &[
    "ago",
    "vor",
    "hace",
    "fa",
    "há",
    "atrás",
    "geleden",
    "sedan",
    "siden",
    "назад",
    "тому",
    "temu",
    "před",
    "önce",
    "πριν",
    "قبل",
    "منذ",
    "پیش",
    "לפני",
    "पहले",
    "আগে",
    "lalu",
    "trước",
    "ezelőtt",
    "prije",
    "sitten",
    "acum",
    "преди",
    "ya",
    "il",
];
/// Words for one.
const ONE: &[&str] = &[
    "a", "an", "one", "ein", "eine", "einer", "einem", "un", "una", "une", "uno", "um", "uma", "een", "en",
    "et", "один", "одну", "jeden", "jednu", "bir", "μία", "ένα", "seorang",
];
const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Part,
        &[
            "second",
            "seconds",
            "minute",
            "minutes",
            "min",
            "mins",
            "hour",
            "hours",
            "hr",
            "hrs",
            "sekunden",
            "minuten",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "minuto",
            "minutos",
            "hora",
            "horas",
            "ora",
            "ore",
            "minuti",
            "uur",
            "timmar",
            "timme",
            "minuter",
            "timer",
            "time",
            "час",
            "часа",
            "часов",
            "минут",
            "минуты",
            "минуту",
            "годин",
            "години",
            "godzin",
            "godziny",
            "minut",
            "hodinami",
            "saat",
            "dakika",
            "ώρες",
            "ώρα",
            "λεπτά",
            "ساعة",
            "ساعات",
            "دقيقة",
            "دقائق",
            "ساعت",
            "دقیقه",
            "שעות",
            "שעה",
            "דקות",
            "घंटे",
            "मिनट",
            "ঘণ্টা",
            "মিনিট",
            "jam",
            "menit",
            "giờ",
            "phút",
            "órával",
            "perccel",
            "sata",
            "tuntia",
            "minuuttia",
            "minute",
        ],
    ),
    (
        Unit::Day,
        &[
            "day",
            "days",
            "tag",
            "tagen",
            "tage",
            "jour",
            "jours",
            "día",
            "días",
            "giorno",
            "giorni",
            "dia",
            "dias",
            "dag",
            "dagen",
            "dagar",
            "dage",
            "dager",
            "день",
            "дня",
            "дней",
            "дні",
            "днів",
            "dni",
            "dzień",
            "dny",
            "gün",
            "μέρες",
            "ημέρες",
            "ημέρα",
            "يوم",
            "أيام",
            "روز",
            "ימים",
            "दिन",
            "দিন",
            "hari",
            "ngày",
            "nappal",
            "dana",
            "päivää",
            "zile",
        ],
    ),
    (
        Unit::Week,
        &[
            "week",
            "weeks",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "weken",
            "vecka",
            "veckor",
            "uge",
            "uger",
            "uke",
            "uker",
            "неделю",
            "недели",
            "недель",
            "tydzień",
            "tygodnie",
            "týdny",
            "hafta",
            "أسبوع",
            "أسابيع",
            "هفته",
            "שבועות",
            "सप्ताह",
            "সপ্তাহ",
            "minggu",
            "tuần",
        ],
    ),
    (
        Unit::Month,
        &[
            "month",
            "months",
            "monat",
            "monaten",
            "mois",
            "mes",
            "meses",
            "mese",
            "mesi",
            "mês",
            "maand",
            "maanden",
            "månad",
            "månader",
            "måned",
            "måneder",
            "месяц",
            "месяца",
            "месяцев",
            "miesiąc",
            "miesiące",
            "ay",
            "شهر",
            "أشهر",
            "ماه",
            "חודשים",
            "महीने",
            "মাস",
            "bulan",
            "tháng",
        ],
    ),
    (
        Unit::Year,
        &[
            "year",
            "years",
            "jahr",
            "jahren",
            "an",
            "ans",
            "año",
            "años",
            "anno",
            "anni",
            "ano",
            "anos",
            "jaar",
            "år",
            "год",
            "года",
            "лет",
            "rok",
            "lata",
            "lat",
            "yıl",
            "sene",
            "سنة",
            "سنوات",
            "سال",
            "שנים",
            "साल",
            "বছর",
            "tahun",
            "năm",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_from_the_day_that_is_given() {
        let day = "2023-06-04".parse().unwrap();
        for (text, wanted) in [
            ("3 days ago", "2023-06-01"),
            ("vor 3 Tagen", "2023-06-01"),
            ("il y a 3 jours", "2023-06-01"),
            ("hace 3 días", "2023-06-01"),
            ("3 дня назад", "2023-06-01"),
            ("3 gün önce", "2023-06-01"),
            ("منذ ٣ أيام", "2023-06-01"),
            ("3日前", "2023-06-01"),
            ("3天前", "2023-06-01"),
            ("a week ago", "2023-05-28"),
            ("gestern", "2023-06-03"),
            ("昨天", "2023-06-03"),
            ("hier à 14h", "2023-06-03"),
            ("2 hours ago", "2023-06-04"),
            ("2 months ago", "2023-04-04"),
        ] {
            assert_eq!(relative(text, day).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_tells_no_day_is_refused() {
        let day = "2023-06-04".parse().unwrap();
        for text in ["", "the long day ago it was that we met", "3 days", "days ago", "3 apples ago"] {
            assert_eq!(relative(text, day), None, "{text}");
        }
    }
}
