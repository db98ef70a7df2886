//! White space, and characters that should not be there.

use super::{Kind, Severity, Unit, words};

/// Checks white space and characters.
pub(super) fn check(unit: &mut Unit<'_>) {
    edges(unit);
    double_space(unit);
    line_breaks(unit);
    punctuation_space(unit);
    joined_by_punctuation(unit);
    forbidden(unit);
    repeated_word(unit);
}

fn edges(unit: &mut Unit<'_>) {
    let (source, target) = (unit.pair.source, unit.whole);
    let lead = |text: &'_ str| text[..text.len() - text.trim_start().len()].to_owned();
    let trail = |text: &'_ str| text[text.trim_end().len()..].to_owned();
    if lead(source) != lead(target) {
        let message = format!(
            "{} before the source, {} before the target",
            blanks(&lead(source)),
            blanks(&lead(target))
        );
        unit.say_at(Kind::LeadingSpace, Severity::Warning, message, Some(0..lead(target).len()));
    }
    if trail(source) != trail(target) {
        let message = format!(
            "{} behind the source, {} behind the target",
            blanks(&trail(source)),
            blanks(&trail(target))
        );
        unit.say_at(
            Kind::TrailingSpace,
            Severity::Warning,
            message,
            Some(target.trim_end().len()..target.len()),
        );
    }
}

fn blanks(space: &str) -> String {
    match space.chars().count() {
        0 => "no blank".into(),
        1 => "1 blank".into(),
        count => format!("{count} blanks"),
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\r'
}

fn double_space(unit: &mut Unit<'_>) {
    let place = |text: &str| {
        let mut last: Option<(usize, char)> = None;
        text.char_indices().find_map(|(at, c)| {
            let from = last.filter(|(_, before)| is_blank(*before) && is_blank(c)).map(|(from, _)| from);
            last = Some((at, c));
            from.map(|from| from..at + c.len_utf8())
        })
    };
    if let (None, Some(place)) = (place(unit.source), place(unit.target)) {
        let offset = unit.offset();
        let span = Some(place.start + offset..place.end + offset);
        unit.say_at(Kind::DoubleSpace, Severity::Warning, "two blanks stand in a row".into(), span);
    }
}

fn line_breaks(unit: &mut Unit<'_>) {
    for (mark, name) in [('\n', "line breaks"), ('\t', "tabs")] {
        let (source, target) = (unit.source.matches(mark).count(), unit.target.matches(mark).count());
        if source != target {
            unit.say(
                Kind::LineBreaks,
                Severity::Warning,
                format!("{source} {name} in the source, {target} in the target"),
            );
        }
    }
}

/// Marks that stand without a blank before them; French has one before those of `TALL`.
const LOW: &str = ",.;:!?";
const TALL: &str = ";:!?";

fn punctuation_space(unit: &mut Unit<'_>) {
    let french =
        unit.target_lang() == "fr" && !unit.settings.target_lang.as_str().to_lowercase().contains("-ca");
    // A mark that goes on into a word or an ellipsis (`.com`, `...`) is none.
    let spaced = |text: &str| {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let ends = |at: usize| chars.get(at + 1).is_none_or(|(_, next)| next.is_whitespace());
        let hit = chars.windows(2).enumerate().find(|(at, pair)| {
            let (before, mark) = (pair[0].1, pair[1].1);
            is_blank(before)
                && LOW.contains(mark)
                && ends(at + 1)
                && !(french && TALL.contains(mark))
                && *at > 0
        });
        hit.map(|(_, pair)| pair[1].0)
    };
    if let (None, Some(at)) = (spaced(unit.source), spaced(unit.target)) {
        let start = at + unit.offset();
        let message = "a blank stands before a punctuation mark".to_owned();
        unit.say_at(Kind::PunctuationSpace, Severity::Warning, message, Some(start..start + 1));
    }
    if french {
        let chars: Vec<(usize, char)> = unit.target.char_indices().collect();
        let bare = chars.windows(2).enumerate().find(|(at, pair)| {
            let next =
                chars.get(at + 2).is_none_or(|(_, next)| next.is_whitespace() || "»\"”)".contains(*next));
            pair[0].1.is_alphabetic() && TALL.contains(pair[1].1) && next
        });
        if let Some(at) = bare.map(|(_, pair)| pair[1].0 + unit.offset()) {
            let message = "French puts a no-break space before this mark".to_owned();
            unit.say_at(Kind::PunctuationSpace, Severity::Info, message, Some(at..at + 1));
        }
    }
}

/// A mark between two words without a blank. Letters have cases there: scripts without them go without blanks, too.
fn joined_by_punctuation(unit: &mut Unit<'_>) {
    let joined = |text: &str| {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let cased = |c: char| c.is_lowercase() || c.is_uppercase();
        let hit = chars
            .windows(3)
            .find(|three| cased(three[0].1) && ",;!?".contains(three[1].1) && cased(three[2].1));
        hit.map(|three| three[1].0)
    };
    if let (None, Some(at)) = (joined(unit.source), joined(unit.target)) {
        let start = at + unit.offset();
        let message = "no blank stands behind a punctuation mark".to_owned();
        unit.say_at(Kind::PunctuationSpace, Severity::Warning, message, Some(start..start + 1));
    }
}

/// What XML 1.0 (section 2.2) forbids, and what stands for lost characters.
fn forbidden(unit: &mut Unit<'_>) {
    let bad = |c: char| {
        matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}')
            || c == '\u{fffd}'
            || (c as u32) & 0xfffe == 0xfffe
            || ('\u{fdd0}'..='\u{fdef}').contains(&c)
    };
    if let Some((at, c)) = unit.whole.char_indices().find(|(_, c)| bad(*c)) {
        let message = match c {
            '\u{fffd}' => "U+FFFD stands where a character was lost".to_owned(),
            _ => format!("U+{:04X} may not stand in a file", c as u32),
        };
        unit.say_at(Kind::ForbiddenCharacters, Severity::Error, message, Some(at..at + c.len_utf8()));
    }
    let (mut embeds, mut isolates, mut broken) = (0_i32, 0_i32, false);
    for c in unit.whole.chars() {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => embeds += 1,
            '\u{202c}' => embeds -= 1,
            '\u{2066}'..='\u{2068}' => isolates += 1,
            '\u{2069}' => isolates -= 1,
            _ => {}
        }
        broken |= embeds < 0 || isolates < 0;
    }
    if broken || embeds != 0 || isolates != 0 {
        let message = "marks of writing direction are out of pair".to_owned();
        unit.say(Kind::ForbiddenCharacters, Severity::Warning, message);
    }
}

/// Words that may well stand twice in a row.
const MAY_REPEAT: &[&str] = &[
    "had",
    "that",
    "very",
    "no",
    "so",
    "ha",
    "bye",
    "now",
    "there",
    "well",
    "yes",
    "nous",
    "vous",
    "oui",
    "non",
    "que",
    "die",
    "der",
    "das",
    "den",
    "dem",
    "sie",
    "ja",
    "nein",
    "sehr",
    "de",
    "som",
    "er",
    "at",
    "og",
    "det",
    "en",
    "nei",
    "si",
    "sí",
    "no",
    "muy",
    "più",
    "piano",
    "och",
    "há",
    "sempre",
    "да",
    "нет",
    "очень",
    "тихо",
    "nagyon",
    "nem",
    "igen",
    "csak",
    "az",
    "egy",
    "da",
    "nu",
    "tare",
    "mult",
    "foarte",
    "wie",
    "blah",
    "knock",
    "in",
    "is",
    "hans",
    "það",
    "var",
    "sem",
    "til",
];

fn repeated_word(unit: &mut Unit<'_>) {
    let repeats = |text: &'_ str| -> Vec<(usize, String)> {
        let all: Vec<(usize, &str)> = words(text).collect();
        let twice = all.windows(2).filter(|pair| {
            let between = &text[pair[0].0 + pair[0].1.len()..pair[1].0];
            let letters = pair[0].1.chars().count() > 1 && pair[0].1.chars().all(char::is_alphabetic);
            letters && !between.is_empty() && between.chars().all(is_blank)
        });
        let lower = twice.map(|pair| (pair[1].0, pair[0].1.to_lowercase(), pair[1].1.to_lowercase()));
        lower
            .filter(|(_, a, b)| a == b && !MAY_REPEAT.contains(&a.as_str()))
            .map(|(at, a, _)| (at, a))
            .collect()
    };
    let found = repeats(unit.target);
    if let Some((at, word)) = found.first().filter(|_| repeats(unit.source).is_empty()) {
        let start = at + unit.offset();
        let span = Some(start..start + word.len()).filter(|span| unit.whole.get(span.clone()).is_some());
        unit.say_at(Kind::RepeatedWord, Severity::Warning, format!("{word} stands twice in a row"), span);
    }
}
