//! The dateline that opens a first paragraph: `TIDEWATER, March 11 (Meridian Wire) — `, `【卢辛港3月12日电】`.

use crate::base::lang::Lang;
use crate::structure::names::month;

/// How many bytes at the front of `paragraph` are its dateline with the dash and blanks after it, if it has one.
///
/// Before a dash stand a place in capitals, or a place with a date or an agency in brackets, or, in a script without
/// capitals, at most three words; without a dash it takes both place and date, and a full stop.
pub(super) fn length(paragraph: &str, lang: &Lang) -> Option<usize> {
    bracketed(paragraph).or_else(|| dashed(paragraph, lang)).or_else(|| stopped(paragraph, lang))
}

/// Longest dateline, in characters.
const LONGEST: usize = 70;

/// `【…电】` and the like.
fn bracketed(paragraph: &str) -> Option<usize> {
    let rest = paragraph.strip_prefix('【')?;
    let end = rest.find('】')?;
    (rest[..end].chars().count() <= LONGEST / 2)
        .then(|| with_blanks(paragraph, '【'.len_utf8() + end + '】'.len_utf8()))
}

fn dashed(paragraph: &str, lang: &Lang) -> Option<usize> {
    let (at, dash) = paragraph.char_indices().take(LONGEST).find(|(at, c)| {
        matches!(c, '—' | '–' | '-') && {
            let before = paragraph[..*at].ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | '.'));
            let after = paragraph[at + c.len_utf8()..].starts_with(char::is_whitespace);
            before && (after || *c == '—')
        }
    })?;
    let place = paragraph[..at].trim_end().trim_end_matches('.');
    is_place(place, lang).then(|| with_blanks(paragraph, at + dash.len_utf8()))
}

/// Whether what stands before the dash is a place, perhaps with a date and an agency.
fn is_place(text: &str, lang: &Lang) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > 9 || text.contains(['"', '“', '«', '?', '!', ':', ';']) {
        return false;
    }
    let place = text.split([',', '(', '/', '،']).next().unwrap_or_default().trim();
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    if letters().next().is_none() {
        return false;
    }
    let cased = letters().any(|c| c.is_uppercase() || c.is_lowercase());
    if !cased {
        return words.len() <= 3 || dated(text, lang) && words.len() <= 6;
    }
    let capitals = letters().count() > 1 && letters().all(|c| !c.is_lowercase());
    let titled = place.split_whitespace().count() <= 4 && place.starts_with(char::is_uppercase);
    capitals || titled && (dated(text, lang) || text.ends_with(')'))
}

/// `BRANNHEIM, 11. März. In acht …`, `पोर्ट-लूसीन, 13 मार्च। …`
fn stopped(paragraph: &str, lang: &Lang) -> Option<usize> {
    let comma = paragraph.char_indices().take(LONGEST / 2).find(|(_, c)| matches!(c, ',' | '،'))?.0;
    let place = &paragraph[..comma];
    if place.split_whitespace().count() > 3 {
        return None;
    }
    let stop =
        paragraph.char_indices().take(LONGEST).skip_while(|(at, _)| *at <= comma).find(|(at, c)| {
            matches!(c, '.' | '।' | '。')
                && paragraph[at + c.len_utf8()..].starts_with(char::is_whitespace)
                && !paragraph[..*at].ends_with(char::is_numeric)
        })?;
    let date = paragraph.get(comma + 1..stop.0)?;
    let letters = place.chars().filter(|c| c.is_alphabetic());
    let quiet = letters.clone().next().is_some() && letters.clone().all(|c| !c.is_lowercase());
    let words = date.split_whitespace().count();
    (quiet && words <= 4 && dated(date, lang)).then(|| with_blanks(paragraph, stop.0 + stop.1.len_utf8()))
}

/// Whether a month's name and a number stand in it.
fn dated(text: &str, lang: &Lang) -> bool {
    text.chars().any(char::is_numeric)
        && text
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '،'))
            .any(|word| month(&word.to_lowercase(), lang).is_some())
}

fn with_blanks(paragraph: &str, end: usize) -> usize {
    let rest = &paragraph[end..];
    end + rest.len() - rest.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'t>(text: &'t str, tag: &str) -> Option<&'t str> {
        length(text, &Lang::parse(tag).unwrap()).map(|end| text[..end].trim_end())
    }

    #[test]
    fn place_date_and_agency_before_a_dash_are_a_dateline() {
        for (text, tag, dateline) in [
            (
                "TIDEWATER, March 11 (Meridian Wire) — The bridge was closed.",
                "en",
                "TIDEWATER, March 11 (Meridian Wire) —",
            ),
            ("PORT-LUCINE — With the crane lost, they rowed.", "en", "PORT-LUCINE —"),
            ("Halvern (Meridian) - Ministers met.", "en", "Halvern (Meridian) -"),
            ("VILLA SERENA, 11 de marzo. — El Tribunal falló.", "es", "VILLA SERENA, 11 de marzo. —"),
            ("BRANNHEIM, 11. März. In acht Krankenhäusern ruht die Arbeit.", "de", "BRANNHEIM, 11. März."),
            ("زهروان – أعلن متحف زهروان يوم الاثنين", "ar", "زهروان –"),
            ("पोर्ट-लूसीन, 13 मार्च। तूफ़ान से तबाह", "hi", "पोर्ट-लूसीन, 13 मार्च।"),
            ("【卢辛港3月12日电】风暴造成九人死亡。", "zh", "【卢辛港3月12日电】"),
        ] {
            assert_eq!(of(text, tag), Some(dateline));
        }
    }

    #[test]
    fn a_dash_in_a_first_sentence_is_no_dateline() {
        for text in [
            "Bridges — the big ones — are closed.",
            "The bridge - closed on Monday - will open.",
            "“NO” — that was all he said.",
            "I — said the fly.",
            "In March, 11 people. They left.",
        ] {
            assert_eq!(of(text, "en"), None, "{text}");
        }
    }
}
