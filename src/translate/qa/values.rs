//! Numbers, dates, addresses, placeholders and codes.

use super::{Kind, Severity, Unit, missing_and_new, words};
use crate::translate::protect::{self, Item, Value, items, number_words};

/// Checks what must be there character by character, or with its value.
pub(super) fn check(unit: &mut Unit<'_>) {
    let source = items(unit.source, &unit.settings.source_lang);
    let target = items(unit.target, &unit.settings.target_lang);
    for kind in VERBATIM {
        verbatim(unit, *kind, &source, &target);
    }
    program_words(unit);
    escapes(unit);
    leftovers(unit);
    codes(unit);
    numbers(unit, &source, &target);
}

/// Kinds that come back unchanged, as `protect` and as we name them.
const VERBATIM: &[(protect::Kind, Kind, Severity)] = &[
    (protect::Kind::Url, Kind::Url, Severity::Error),
    (protect::Kind::Email, Kind::Email, Severity::Error),
    (protect::Kind::Handle, Kind::Handle, Severity::Error),
    (protect::Kind::Hashtag, Kind::Hashtag, Severity::Info),
    (protect::Kind::Placeholder, Kind::Placeholder, Severity::Error),
    (protect::Kind::Code, Kind::Code, Severity::Error),
];

fn verbatim(
    unit: &mut Unit<'_>,
    (theirs, kind, severity): (protect::Kind, Kind, Severity),
    source: &[Item<'_>],
    target: &[Item<'_>],
) {
    let of = |items: &[Item<'_>]| {
        items.iter().filter(|i| i.kind == theirs).map(|i| i.span.clone()).collect::<Vec<_>>()
    };
    let (ours, others) = (of(source), of(target));
    let (source_text, target_text) = (unit.source, unit.target);
    let not_in = |spans: &[std::ops::Range<usize>], text: &'_ str, other: &'_ str| -> Vec<String> {
        spans
            .iter()
            .map(|span| text[span.clone()].to_owned())
            .filter(|item| !stands_in(item, other))
            .collect()
    };
    let missing = not_in(&ours, source_text, target_text);
    let new = not_in(&others, target_text, source_text);
    if missing.is_empty() && new.is_empty() {
        return;
    }
    let severity = if missing.is_empty() { severity.min(Severity::Warning) } else { severity };
    let message = missing_and_new(&missing, &new);
    let offset = unit.offset();
    let place = new
        .first()
        .and_then(|item| unit.target.find(item.as_str()).map(|at| at + offset..at + offset + item.len()));
    unit.say_at(kind, severity, message, place);
}

/// Whether `item` stands in `text` and does not go on there.
fn stands_in(item: &str, text: &str) -> bool {
    text.match_indices(item).any(|(at, _)| {
        let next = text[at + item.len()..].chars().next();
        let words = item.ends_with(|c: char| c.is_alphanumeric() || c == '/');
        !(words && next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_')))
    })
}

/// Options, paths and calls, which programs read.
fn program_words(unit: &mut Unit<'_>) {
    let is_program = |word: &str| {
        let path =
            word.starts_with('/') && word[1..].contains('/') && !word.starts_with("//") && word.is_ascii();
        let option = word
            .strip_prefix("--")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()) && rest.is_ascii());
        let call = word.strip_suffix("()").is_some_and(|name| !name.is_empty() && name.is_ascii());
        path || option || call
    };
    let bare = |word: &'_ str| word.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”', '»']).len();
    let source: Vec<_> =
        unit.source.split_whitespace().map(|w| &w[..bare(w)]).filter(|w| is_program(w)).collect();
    let missing: Vec<_> = source.into_iter().filter(|word| !unit.target.contains(word)).collect();
    if !missing.is_empty() {
        unit.say(Kind::Placeholder, Severity::Warning, missing_and_new(&missing, &[]));
    }
}

/// Escapes as programs read them, which stand between words or inside them.
fn escapes(unit: &mut Unit<'_>) {
    let count = |text: &str, escape: char| {
        let (mut rest, mut count) = (text, 0);
        while let Some((_, after)) = rest.split_once('\\') {
            let mut chars = after.chars();
            count += usize::from(chars.next() == Some(escape));
            rest = chars.as_str();
        }
        count
    };
    let missing: Vec<String> = ['\\', 'n', 't', 'r']
        .into_iter()
        .filter(|&escape| count(unit.source, escape) > count(unit.target, escape))
        .map(|escape| format!("\\{escape}"))
        .collect();
    if !missing.is_empty() {
        unit.say(Kind::Placeholder, Severity::Warning, missing_and_new(&missing, &[]));
    }
}

/// What gettext and its tools put into a text for translators, and should have been taken out.
fn leftovers(unit: &mut Unit<'_>) {
    let between = "#-#-#-#-#";
    if unit.target.contains(between) && !unit.source.contains(between) {
        let message = format!("{between} stands where two translations were put together");
        unit.say(Kind::Placeholder, Severity::Error, message);
    }
    if unit.target.starts_with("_: ") && !unit.source.starts_with("_: ") {
        unit.say(Kind::Placeholder, Severity::Error, "it begins with a comment for translators".into());
    }
}

/// Inline codes of the file's format.
fn codes(unit: &mut Unit<'_>) {
    let Some([source, target]) = unit.pair.codes else { return };
    let left = |these: &[String], others: &[String]| -> Vec<String> {
        let mut others = others.to_vec();
        let mut left = Vec::new();
        for code in these {
            match others.iter().position(|other| other == code) {
                Some(at) => drop(others.swap_remove(at)),
                None => left.push(code.clone()),
            }
        }
        left
    };
    let (missing, new) = (left(source, target), left(target, source));
    if missing.is_empty() && new.is_empty() {
        return;
    }
    let refs = |all: &'_ [String]| all.iter().map(|code| format!("inline code {code}")).collect::<Vec<_>>();
    let (missing, new) = (refs(&missing), refs(&new));
    let message = missing_and_new(&missing, &new);
    unit.say(Kind::Code, Severity::Error, message);
}

/// Numbers, measures, dates and times: each must stand on the other side by its value.
fn numbers(unit: &mut Unit<'_>, source: &[Item<'_>], target: &[Item<'_>]) {
    let has_value = |item: &&Item<'_>| !matches!(item.value, Value::Text(_));
    let lone = |these: &[Item<'_>], others: &[Item<'_>]| -> Vec<usize> {
        let left = these.iter().enumerate().filter(|(_, item)| has_value(item));
        left.filter(|(_, item)| !others.iter().any(|other| item.value.agrees(&other.value)))
            .map(|(i, _)| i)
            .collect()
    };
    let (ours, theirs) = (lone(source, target), lone(target, source));
    if ours.is_empty() && theirs.is_empty() {
        return;
    }
    let is_day = |item: &Item<'_>| matches!(item.value, Value::Day(_) | Value::Time(_));
    let days = |lone: &[usize], items: &[Item<'_>]| lone.iter().any(|&i| is_day(&items[i]));
    let (source_side, target_side) = (Side::of(unit.source, source), Side::of(unit.target, target));
    // Two dates that do not agree are wrong even where their parts stand elsewhere.
    let clash = days(&ours, source) && days(&theirs, target);
    let keep = |lone: &[usize], items: &[Item<'_>], side: &Side| -> Vec<usize> {
        lone.iter()
            .copied()
            .filter(|&i| (clash && is_day(&items[i])) || !side.holds(&items[i].value))
            .collect()
    };
    let (missing, new) = (keep(&ours, source, &target_side), keep(&theirs, target, &source_side));
    for dates in [true, false] {
        let texts = |kept: &[usize], items: &[Item<'_>]| -> Vec<String> {
            kept.iter()
                .map(|&i| &items[i])
                .filter(|item| is_day(item) == dates)
                .map(|i| i.text.to_owned())
                .collect()
        };
        let (missing, fresh) = (texts(&missing, source), texts(&new, target));
        if missing.is_empty() && fresh.is_empty() {
            continue;
        }
        let many_digits = |text: &String| text.chars().filter(char::is_ascii_digit).count() > 1;
        let changed = !missing.is_empty() && (!fresh.is_empty() || missing.iter().any(many_digits));
        // Numbers that only the target has are most often words of the source that no table knows.
        let severity = match (changed, missing.is_empty()) {
            (true, _) => Severity::Error,
            (false, false) => Severity::Warning,
            (false, true) => Severity::Info,
        };
        let message = missing_and_new(&missing, &fresh);
        let offset = unit.offset();
        let blamed = new.iter().map(|&i| &target[i]).find(|item| is_day(item) == dates);
        let span = blamed.map(|item| item.span.start + offset..item.span.end + offset);
        unit.say_at(if dates { Kind::Date } else { Kind::Number }, severity, message, span);
    }
}

/// What one side has that may be worth a number: figures, words, Roman numerals.
struct Side {
    /// Numbers in figures, parts of dates and times among them, in normal form.
    figures: Vec<String>,
    /// Numbers in words and in Roman numerals.
    words: Vec<u32>,
    /// All digits in one row.
    digits: String,
}

impl Side {
    fn of(text: &str, items: &[Item<'_>]) -> Self {
        let mut figures = Vec::new();
        for item in items {
            figures.extend(parts(&item.value));
        }
        let mut numbers = Vec::new();
        for (_, word) in words(text) {
            let lower = word.to_lowercase();
            numbers.extend(number_words(&lower));
            for part in
                lower.split(['-', '\'', '’']).filter(|part| part.len() < lower.len() && !part.is_empty())
            {
                numbers.extend(number_words(part));
            }
            numbers.extend(roman(word));
            if word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                numbers.extend(
                    word.chars().flat_map(|c| number_words(c.encode_utf8(&mut [0; 4])).collect::<Vec<_>>()),
                );
            }
        }
        let digits =
            text.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| char::from_digit(d, 10)).collect();
        Self { figures, words: numbers, digits }
    }

    /// Whether `value` stands here in any form.
    fn holds(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Quantity(quantity) => {
                quantity.readings.iter().chain(&quantity.scaled).any(|reading| self.holds_number(reading))
            }
            _ => parts(value).iter().all(|part| self.holds_number(part)),
        }
    }

    fn holds_number(&self, reading: &str) -> bool {
        if self.figures.iter().any(|figure| figure == reading || is_short_year(figure, reading)) {
            return true;
        }
        let digits: String = reading.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 4 && self.digits.contains(&digits) {
            return true;
        }
        let Ok(number) = reading.parse::<u32>() else { return false };
        let has = |number: u32| self.words.contains(&number);
        let tens = number > 20
            && number < 100
            && !number.is_multiple_of(10)
            && has(number / 10 * 10)
            && has(number % 10);
        let hundreds = number >= 100 && number.is_multiple_of(100) && has(number / 100) && has(100);
        let thousands = number >= 1000 && number.is_multiple_of(1000) && has(1000);
        has(number) || tens || hundreds || thousands
    }
}

/// The numbers that a value is made of, in normal form; the month only where it stands in figures anyway.
fn parts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::Text(_) => Vec::new(),
        // `3 million` is no three.
        Value::Quantity(quantity) if quantity.scaled.is_empty() => quantity.readings.clone(),
        Value::Quantity(quantity) => quantity.scaled.clone(),
        Value::Day(day) => {
            [day.day, day.year].into_iter().flatten().map(|number| number.to_string()).collect()
        }
        Value::Time(time) => {
            let hour = if time.hour > 12 { vec![time.hour - 12] } else { vec![time.hour] };
            let minute = (time.minute > 0).then_some(time.minute);
            hour.into_iter().chain(minute).map(|number| number.to_string()).collect()
        }
    }
}

/// Whether one is a year and the other its last two digits.
fn is_short_year(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.len() == 4
        && short.len() == 2
        && (long.starts_with("19") || long.starts_with("20"))
        && long.ends_with(short)
}

/// The number that a word is as a Roman numeral in capitals, with an ordinal's ending left off.
fn roman(word: &str) -> Option<u32> {
    let numeral: String = word.chars().take_while(|c| "IVXLCDM".contains(*c)).collect();
    let rest = &word[numeral.len()..];
    if numeral.is_empty()
        || numeral.len() > 12
        || rest.chars().any(char::is_uppercase)
        || rest.chars().count() > 3
    {
        return None;
    }
    let worth = |c| match c {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        _ => 1000,
    };
    let values: Vec<u32> = numeral.chars().map(worth).collect();
    let mut total = 0_u32;
    for (at, &value) in values.iter().enumerate() {
        let larger_follows = values.get(at + 1).is_some_and(|&next| next > value);
        total = if larger_follows {
            total.checked_sub(value).unwrap_or(total.wrapping_sub(value))
        } else {
            total.wrapping_add(value)
        };
    }
    (total < 4000).then_some(total)
}
