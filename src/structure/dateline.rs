//! The dateline that opens a first paragraph: `TIDEWATER, March 11 (Meridian Wire) — `, `(CNN)`, `【卢辛港3月12日电】`.

use crate::base::lang::Lang;
use crate::doc::block::{Block, BlockKind, Role};
use crate::doc::document::{Document, FieldName};
use crate::structure::lines::has_words;
use crate::structure::names::month;

/// Words of a paragraph that may open with a dateline, at least: shorter ones are lines of the page.
const PROSE: usize = 10;

/// The block of the body that opens with a dateline that names an agency, by its number, and how many bytes that is with the
/// blanks after it; `None` where the structure set the dateline apart already.
///
/// A place alone before a dash is left to the structure: where all is body, it may as well be who speaks, or a part of the sentence.
pub(crate) fn in_body(document: &Document, blocks: &[Block]) -> Option<(usize, usize)> {
    if blocks.iter().any(|block| block.role == Role::Dateline) {
        return None;
    }
    let text = document.text.text.as_str();
    let paragraph = |block: &Block| {
        (block.field, block.kind, block.role) == (FieldName::Text, BlockKind::Paragraph, Role::Body)
    };
    let mut paragraphs = blocks.iter().enumerate().filter(|(_, block)| paragraph(block));
    let (number, block) = paragraphs.find(|(_, block)| has_words(block.span.of(text), PROSE))?;
    let paragraph = block.span.of(text);
    let length = length(paragraph, &document.lang_or_unknown())?;
    paragraph[..length].contains([')', '】']).then_some((number, length))
}

/// How many bytes at the front of `paragraph` are its dateline with the dash and blanks after it, if it has one and a sentence
/// follows.
///
/// Before a dash stand a place in capitals, a place with a date or an agency in brackets, an agency alone, or, in a script without
/// capitals, at most three words. Without a dash it takes an agency in brackets that is well known, stands behind a date or has
/// lost the blank after it, or both place and date, and a full stop.
pub(super) fn length(paragraph: &str, lang: &Lang) -> Option<usize> {
    bracketed(paragraph)
        .or_else(|| dashed(paragraph, lang))
        .or_else(|| credited(paragraph, lang))
        .or_else(|| stopped(paragraph, lang))
        .filter(|&length| length < paragraph.len())
}

/// Longest dateline, in characters.
const LONGEST: usize = 70;

/// Longest name of an agency, in bytes, and longest that is made of initials.
const AGENCY: usize = 30;
const INITIALS: usize = 6;

/// Agencies that stand in brackets before a sentence without a dash.
const KNOWN: [&str; 16] = [
    "AFP",
    "ANI",
    "ANSA",
    "AP",
    "Bloomberg",
    "CNN",
    "CNN Business",
    "CNNMoney",
    "EFE",
    "HLN",
    "IANS",
    "PTI",
    "Reuters",
    "UPI",
    "Xinhua",
    "dpa",
];

/// What stands before a dash and is no place: pictures of archives are called so.
const FILED: [&str; 2] = ["FILE", "FILE PHOTO"];

/// `【…电】` and the like.
fn bracketed(paragraph: &str) -> Option<usize> {
    let rest = paragraph.strip_prefix('【')?;
    let end = rest.find('】')?;
    (rest[..end].chars().count() <= LONGEST / 2)
        .then(|| with_blanks(paragraph, '【'.len_utf8() + end + '】'.len_utf8()))
}

fn dashed(paragraph: &str, lang: &Lang) -> Option<usize> {
    let (at, end) = paragraph.char_indices().take(LONGEST).find_map(|(at, c)| {
        let dash = match c {
            '—' | '–' => c.len_utf8(),
            '-' if paragraph[at..].starts_with("--") => 2,
            '-' => 1,
            _ => return None,
        };
        let before = paragraph[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, ')' | '.'));
        let after = paragraph[at + dash..].starts_with(char::is_whitespace);
        (before && (after || c == '—' || dash == 2)).then_some((at, at + dash))
    })?;
    let place = paragraph[..at].trim_end().trim_end_matches('.');
    let end = with_blanks(paragraph, end);
    (is_place(place, lang) && may_open(&paragraph[end..])).then_some(end)
}

/// Whether what stands before the dash is a place, perhaps with a date and an agency, or an agency alone.
fn is_place(text: &str, lang: &Lang) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > 9 || text.contains(['"', '“', '«', '?', '!', ':', ';']) {
        return false;
    }
    let place = text.split([',', '(', '/', '،']).next().unwrap_or_default().trim();
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    if place.is_empty() {
        return alone(text).is_some_and(|agency| !agency.starts_with(char::is_lowercase));
    }
    if letters().next().is_none() || FILED.contains(&place) {
        return false;
    }
    let cased = letters().any(|c| c.is_uppercase() || c.is_lowercase());
    if !cased {
        return words.len() <= 3 || dated(text, lang) && words.len() <= 6;
    }
    let capitals = letters().count() > 1 && letters().all(char::is_uppercase);
    let titled = place.split_whitespace().count() <= 4 && place.starts_with(char::is_uppercase);
    let agency = || text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    capitals
        || titled
            && (dated(text, lang)
                || agency().is_some_and(|(place, name)| !is_short_for(name, place) && !is_year(name)))
}

/// The agency, where the text is nothing but its name in brackets.
fn alone(text: &str) -> Option<&str> {
    let agency = text.strip_prefix('(')?.strip_suffix(')')?.trim();
    is_agency(agency).then_some(agency)
}

/// Whether this may be the name of one, and is no number of a paragraph.
fn is_agency(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=4).contains(&words)
        && (2..=AGENCY).contains(&name.len())
        && name.starts_with(char::is_alphabetic)
        && !name.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// `Havana, Cuba (CNN)Fidel …`, `New Delhi, Aug 2 (PTI) Bomb squads …`: an agency in brackets and no dash.
fn credited(paragraph: &str, lang: &Lang) -> Option<usize> {
    let close = paragraph.char_indices().take(LONGEST).find(|(_, c)| *c == ')')?.0;
    let text = &paragraph[..=close];
    let (place, agency) = text[..close].split_once('(')?;
    let (place, agency) = (place.trim(), agency.trim());
    let rest = &paragraph[close + 1..];
    let glued = rest.starts_with(|c: char| !c.is_whitespace());
    let initials = agency.len() <= INITIALS && agency.bytes().all(|b| b.is_ascii_uppercase());
    let told =
        KNOWN.contains(&agency) || initials && (glued || dated(place, lang)) || glued && place.is_empty();
    let opens = |c: char| c.is_uppercase() || OPENERS.contains(&c);
    // `Rio de Janeiro` and no `The bridge`.
    let named = |word: &str| word.len() <= 3 || !word.starts_with(char::is_lowercase);
    (told
        && is_agency(agency)
        && place.split_whitespace().all(named)
        && rest.trim_start().starts_with(opens)
        && is_place(text, lang))
    .then(|| with_blanks(paragraph, close + 1))
}

/// Whether `name` is made of the initials of the last words of `place`, as in `National Green Tribunal (NGT)`.
fn is_short_for(name: &str, place: &str) -> bool {
    let initials =
        place.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase());
    let (initials, name) = (initials.collect::<Vec<_>>(), name.trim().chars().collect::<Vec<_>>());
    name.len() > 1 && initials.ends_with(&name)
}

/// Whether brackets hold years or an age, as in `Mara Ellison (born 1950)`, and no channel, as in `(KPIX 5)`.
fn is_year(name: &str) -> bool {
    name.contains(char::is_numeric) && !name.trim_start().starts_with(char::is_uppercase)
}

/// Marks that open a quotation.
const OPENERS: [char; 9] = ['"', '\'', '“', '„', '«', '‘', '「', '¿', '¡'];

/// Whether a sentence may begin so.
fn may_open(text: &str) -> bool {
    let first = text.trim_start_matches(OPENERS).chars().next();
    first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
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
            ("(MNW) -- Ferries stand still.", "en", "(MNW) --"),
            ("(Tin Sóng) – Sáng 23/10, bão đổ bộ.", "vi", "(Tin Sóng) –"),
            ("Brannheim (mwd) - Die Brücke ist zu.", "de", "Brannheim (mwd) -"),
            ("PORT ALDER, Ellander (MNW) -- “Go,” he said.", "en", "PORT ALDER, Ellander (MNW) --"),
        ] {
            assert_eq!(of(text, tag), Some(dateline));
        }
    }

    #[test]
    fn an_agency_that_lost_its_dash_is_a_dateline() {
        for (text, dateline) in [
            ("(MNW)Ferries stand still.", "(MNW)"),
            ("(Meridian Wire)“Go,” he said.", "(Meridian Wire)"),
            ("Port Alder, Ellander (MNW)Nine boats sank.", "Port Alder, Ellander (MNW)"),
            ("Port Alder, Mar 11 (MNW) Nine boats sank.", "Port Alder, Mar 11 (MNW)"),
            ("(Reuters) Nine boats sank.", "(Reuters)"),
            ("Port Alder (AP) Nine boats sank.", "Port Alder (AP)"),
        ] {
            assert_eq!(of(text, "en"), Some(dateline));
        }
    }

    #[test]
    fn what_brackets_explain_is_no_dateline() {
        for text in [
            "The Harbour Bridges Authority (HBA) Said no.",
            "Harbour Bridges Authority (HBA) - The agency said no.",
            "Associated Press (AP) President Mara Ellison resigned.",
            "Mara Ellison (MNW) Monday said no.",
            "Mara Ellison (54) of Port Alder said no.",
            "Mara Ellison (born 1950) - The painter of harbours died.",
            "Mara Ellison (1950–2024) – The painter of harbours died.",
            "The bridge (MNW)Closed at dawn.",
            "(IV)The parties agree.",
            "(A)The parties agree.",
            "(a) - The parties agree.",
            "(Photo: MNW) - The bridge.",
            "(Reuters)",
            "FILE - In this picture of March 11, the bridge is open.",
            "الجسر F-GZ - 200 قارب",
        ] {
            assert_eq!(of(text, "en"), None, "{text}");
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
