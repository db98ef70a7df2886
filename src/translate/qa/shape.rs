//! Length and capitals.

use super::{Kind, Severity, Unit, marks};

/// Sources shorter than this, in weighted characters, tell nothing of a good length.
const SHORT: f64 = 25.0;
/// A target this many times as long as its source is suspicious, and so is one shorter than the inverse.
/// Measured on hand-aligned novels, news and yearbooks (`docs/checks.md`): beyond it stand hardly any right translations.
const SUSPICIOUS: f64 = 3.0;

/// Capitals that are more than those of names and acronyms.
const SHOUTED: usize = 12;

/// Checks length and capitals.
pub(super) fn check(unit: &mut Unit<'_>) {
    length(unit);
    capitals(unit);
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts stay far below 2^52")]
fn length(unit: &mut Unit<'_>) {
    let (source, target) = (unit.pair.source.chars().count(), unit.whole.chars().count());
    let whole = target + unit.pair.beside;
    if let Some(limit) = unit.pair.limit.filter(|&limit| whole > limit) {
        let message = format!("{whole} characters, more than the {limit} allowed");
        unit.say(Kind::Length, Severity::Error, message);
        return;
    }
    let ratio = target as f64 / (source.max(1)) as f64;
    if let Some(most) = unit.settings.max_target_ratio.filter(|&most| ratio > most) {
        let message = format!("{ratio:.2} times as long as the source, more than the {most:.2} allowed");
        unit.say(Kind::Length, Severity::Error, message);
        return;
    }
    let (source, target) = (weight(unit.source), weight(unit.target));
    if source < SHORT {
        return;
    }
    if target > source * SUSPICIOUS {
        unit.say(Kind::Length, Severity::Warning, "suspiciously long".into());
    } else if target * SUSPICIOUS < source {
        unit.say(Kind::Length, Severity::Warning, "suspiciously short".into());
    }
}

/// Length in characters, those of Chinese, Japanese and Korean counted as the two or three letters they stand for.
fn weight(text: &str) -> f64 {
    let of = |c: char| match c {
        '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' => 2.0,
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => 3.0,
        _ => 1.0,
    };
    text.chars().map(of).sum()
}

fn capitals(unit: &mut Unit<'_>) {
    if is_shouted(unit.target) && unit.source.contains(char::is_lowercase) {
        unit.say(Kind::Capitals, Severity::Warning, "the target is all in capitals".into());
    }
    let first = |text: &str| {
        let c = behind_label(text).chars().find(|c| c.is_alphanumeric())?;
        (c.is_uppercase() || c.is_lowercase()).then(|| c.is_uppercase())
    };
    let (Some(source), Some(target)) = (first(unit.source), first(unit.target)) else { return };
    // Program words and names written small begin sentences, too: only a small letter for a capital is a slip.
    if source && !target {
        // A translator may join what the source tells in two sentences.
        let goes_on = unit.before.is_some_and(|before| marks::goes_on(before, unit.target_lang()));
        let severity = if goes_on { Severity::Info } else { Severity::Warning };
        unit.say(Kind::Capitals, severity, "the target begins with a small letter".into());
    } else if target && !source {
        unit.say(Kind::Capitals, Severity::Info, "the target begins with a capital".into());
    }
}

/// Whether a text that is more than a name has capitals alone.
fn is_shouted(text: &str) -> bool {
    !text.contains(char::is_lowercase) && text.chars().filter(|c| c.is_uppercase()).count() >= SHOUTED
}

/// `text` without the label of a list that it begins with: `a)`, `(iv)`.
fn behind_label(text: &str) -> &str {
    let inside = text.strip_prefix('(').unwrap_or(text);
    let label = inside.split_once(')').filter(|(label, _)| {
        (1..=4).contains(&label.chars().count()) && label.chars().all(char::is_alphanumeric)
    });
    label.map_or(text, |(_, rest)| rest)
}
