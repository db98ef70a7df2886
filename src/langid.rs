//! Which language a text is in.
//!
//! Function words decide first: a handful of look-ups settles ordinary prose in the languages with stop lists. What
//! they leave open goes to a trigram library.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use whatlang::Lang as Whatlang;

use crate::base::lang::Lang;
use crate::lex::{stop, words};

/// Bytes of text that are looked at: more changes nothing but the time.
const LOOKED_AT: usize = 1024;

/// Votes a language needs before function words alone decide.
const ENOUGH: f64 = 3.0;

/// How many times the votes of the next language it needs.
const AHEAD: f64 = 2.0;

/// Languages by stop word; a word of many languages votes little for each.
static VOTERS: LazyLock<FxHashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut voters: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (at, tag) in stop::languages().enumerate() {
        for word in stop::words_of(tag) {
            voters.entry(word).or_default().push(at);
        }
    }
    voters
});

static TAGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| stop::languages().collect());

/// The language of `text`, judged by its first kilobyte; `und` when that is not clear.
///
/// ```
/// # use nutgraf::langid::detect;
/// assert_eq!(detect("The bridge was closed on Monday and it will be shut for a week.").as_str(), "en");
/// assert_eq!(detect("0815 4711").as_str(), "und");
/// ```
pub fn detect(text: &str) -> Lang {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let tag = by_function_words(text).or_else(|| by_trigrams(text));
    tag.and_then(Lang::parse).unwrap_or_else(Lang::unknown)
}

fn by_function_words(text: &str) -> Option<&'static str> {
    let mut votes = vec![0.0; TAGS.len()];
    let mut folded = String::new();
    words::for_each(text, |word| {
        let word = &text[word];
        let found = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            VOTERS.get(word)
        } else {
            crate::lex::fold::fold(word, "und", &mut folded);
            VOTERS.get(folded.as_str())
        };
        if let Some(voters) = found {
            let vote = 1.0 / crate::base::math::count(voters.len());
            for &at in voters {
                votes[at] += vote;
            }
        }
    });
    let (mut best, mut next) = ((0, 0.0), 0.0);
    for (at, &vote) in votes.iter().enumerate() {
        if vote > best.1 {
            (best, next) = ((at, vote), best.1);
        } else if vote > next {
            next = vote;
        }
    }
    (best.1 >= ENOUGH && best.1 >= AHEAD * next).then(|| TAGS[best.0])
}

fn by_trigrams(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    info.is_reliable().then(|| tag(info.lang()))
}

/// BCP 47 writes two letters where ISO 639-1 has them.
#[rustfmt::skip]
const TWO_LETTERS: &[(&str, &str)] = &[
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"), ("ben", "bn"),
    ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"), ("dan", "da"), ("deu", "de"),
    ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"), ("fin", "fi"), ("fra", "fr"), ("guj", "gu"),
    ("heb", "he"), ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"),
    ("jav", "jv"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"),
    ("lav", "lv"), ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"),
    ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"), ("sna", "sn"), ("spa", "es"),
    ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"),
    ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"), ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

fn tag(lang: Whatlang) -> &'static str {
    let code = lang.code();
    TWO_LETTERS.iter().find(|row| row.0 == code).map_or(code, |row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_prose_is_known_by_its_function_words() {
        let cases = [
            (
                "fr",
                "Le pont a été fermé lundi et il ne sera pas rouvert avant une semaine, selon les autorités du port.",
            ),
            (
                "de",
                "Die Brücke wurde am Montag geschlossen und wird nach Angaben der Behörde für eine Woche nicht geöffnet.",
            ),
            (
                "es",
                "El puente se cerró el lunes y no volverá a abrirse hasta dentro de una semana, según las autoridades.",
            ),
            (
                "ru",
                "Мост был закрыт в понедельник, и он не откроется раньше чем через неделю, сообщили власти порта.",
            ),
        ];
        for (tag, text) in cases {
            assert_eq!(by_function_words(text), Some(tag), "{text}");
        }
    }

    #[test]
    fn scripts_of_one_language_need_no_words() {
        assert_eq!(detect("대교가 월요일에 폐쇄되었다.").as_str(), "ko");
        assert_eq!(detect("大桥星期一关闭，渡轮加开班次。").as_str(), "zh");
    }
}
