//! Segments that hold nothing to translate but things that are copied or converted: numbers, codes, measures.
//!
//! They are the numeric-only, alphanumeric-only and measurement-only text units of GMX-V.

use super::volume::address;

/// What a segment without words to translate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placeable {
    /// Numbers, dates in figures, marks: no letter at all.
    Numeric,
    /// Numbers with units of measure or currencies.
    Measurement,
    /// Codes of letters and digits, addresses of the web and of mail, numbers beside them.
    Alphanumeric,
}

/// Units that follow a number, or stand before it, in texts of many languages; in lower case.
const UNITS: &[&str] = &[
    "km", "m", "cm", "mm", "µm", "nm", "mi", "ft", "in", "yd", "ha", "m²", "km²", "m³", "kg", "g", "mg", "t",
    "lb", "lbs", "oz", "l", "ml", "cl", "hl", "h", "min", "s", "ms", "km/h", "mph", "m/s", "kn", "w", "kw",
    "mw", "gw", "kwh", "mwh", "gwh", "v", "kv", "a", "hz", "khz", "mhz", "ghz", "kb", "mb", "gb", "tb", "pa",
    "hpa", "bar", "psi", "°c", "°f", "k", "db", "px", "pt", "m2", "km2", "m3", "%", "‰", "°", "usd", "eur",
    "gbp", "jpy", "cny", "chf", "inr", "rub", "cad", "aud",
];

/// What `text` is made of, when it holds nothing else.
///
/// ```
/// # use nutgraf::translate::quote::placeable::{placeable, Placeable};
/// assert_eq!(placeable("2024-03-11, 10:30"), Some(Placeable::Numeric));
/// assert_eq!(placeable("€ 30; 12 km"), Some(Placeable::Measurement));
/// assert_eq!(placeable("https://example.org, AB-1234"), Some(Placeable::Alphanumeric));
/// assert_eq!(placeable("11 March 2024"), None);
/// ```
pub fn placeable(text: &str) -> Option<Placeable> {
    let mut found = Placeable::Numeric;
    let mut figures = false;
    for chunk in text.split_whitespace() {
        let here = piece(chunk)?;
        figures |= chunk.contains(char::is_numeric) || here == Placeable::Alphanumeric;
        found = found.max(here);
    }
    (figures || found == Placeable::Numeric).then_some(found)
}

fn piece(chunk: &str) -> Option<Placeable> {
    if address(chunk).is_some_and(|found| !chunk[..found.start].contains(char::is_alphanumeric)) {
        return Some(Placeable::Alphanumeric);
    }
    let core = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !is_sign(c));
    let lower = core.to_lowercase();
    let amount = lower.trim_matches(|c: char| c.is_numeric() || is_mark(c) || is_currency(c));
    if !core.contains(char::is_alphabetic) {
        return Some(if core.contains(is_sign) { Placeable::Measurement } else { Placeable::Numeric });
    }
    if UNITS.contains(&amount) {
        return Some(Placeable::Measurement);
    }
    // A code mixes capitals and digits; `3rd`, `1960s` and `5-year` are words.
    let is_code =
        core.contains(char::is_numeric) && core.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
    is_code.then_some(Placeable::Alphanumeric)
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20A0}'..='\u{20CF}')
}

fn is_sign(c: char) -> bool {
    is_currency(c) || matches!(c, '%' | '‰' | '°')
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '+' | '−' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_translator_only_copies_is_told_by_kind() {
        use Placeable::{Alphanumeric, Measurement, Numeric};
        for (text, kind) in [
            ("***", Some(Numeric)),
            ("12,500", Some(Numeric)),
            ("(2024/03/11)", Some(Numeric)),
            ("45 %", Some(Measurement)),
            ("€30", Some(Measurement)),
            ("12.5km, 3 kg", Some(Measurement)),
            ("EUR 30", Some(Measurement)),
            ("AB-1234", Some(Alphanumeric)),
            ("ana@port.example", Some(Alphanumeric)),
            ("See https://example.org", None),
            ("km", None),
            ("in a", None),
            ("the 1960s", None),
            ("3rd", None),
            ("9 days", None),
            ("港口 9", None),
        ] {
            assert_eq!(placeable(text), kind, "{text}");
        }
    }
}
