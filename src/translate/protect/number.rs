//! Numbers, with their sign, unit and scale, as locales write them (CLDR, number symbols and patterns).

use super::digits::{digit, digits};
use super::value::{Quantity, Value, normal, times_ten};
use super::words::{is_minus, is_unit, scale};
use super::{Item, Kind, Scan};

/// Languages that group digits with a blank, where it may be the plain one.
const BLANK_GROUPS: &[&str] = &[
    "be", "bg", "ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "it", "kk", "lt", "lv", "nb",
    "pl", "pt", "ru", "sk", "sl", "sv", "uk",
];
/// Languages whose decimals stand behind a point.
const POINT: &[&str] = &[
    "ar", "bn", "cy", "en", "fil", "ga", "gu", "he", "hi", "ja", "km", "kn", "ko", "ml", "mr", "ms", "ne",
    "pa", "si", "sw", "ta", "te", "th", "tl", "ur", "yo", "zh",
];
/// Most groups of one number.
const GROUPS: usize = 12;

/// Digits and what stands before each run of them but the first.
struct Run {
    first: String,
    more: Vec<(char, String)>,
    end: usize,
}

impl<'t> Scan<'t, '_> {
    /// A number that begins at `at`: with its sign or currency before it, with its unit behind it.
    pub(super) fn number(&self, at: usize) -> Option<Item<'t>> {
        let c = self.char_at(at)?;
        let before = self.char_before(at);
        let mut from = at;
        let (mut negative, mut measured) = (false, false);
        if is_sign(c)
            && !before.is_some_and(|b| b.is_alphanumeric() || is_sign(b) || matches!(b, ')' | '%' | '°'))
        {
            negative = c != '+';
            from += c.len_utf8();
        } else if is_currency(c) {
            measured = true;
            from = self.after_blanks(at + c.len_utf8(), 1);
        } else if c.is_alphabetic() {
            from = self.after_code(at)?;
            measured = true;
        }
        let (mut quantity, mut end) = self.figures(from)?;
        if !negative && from == at {
            negative = self.follows_minus(at);
        }
        if negative {
            quantity.readings.iter_mut().for_each(|reading| reading.insert(0, '-'));
        }
        end = self.scaled(end, &mut quantity);
        if let Some(unit) = self.unit(end) {
            measured = true;
            end = unit;
        }
        let kind = if measured { Kind::Measure } else { Kind::Number };
        Some(self.made(kind, at..end, Value::Quantity(quantity)))
    }

    /// Behind a currency's code before a number: `EUR 5`, `US$5`.
    fn after_code(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let behind = at + word.len();
        let sign = self.char_at(behind).filter(|c| is_currency(*c));
        let known =
            matches!(word, "USD" | "EUR" | "GBP" | "CHF" | "JPY" | "Rs" | "INR" | "CNY" | "RMB" | "RUB");
        let named = sign.is_some() && word.len() <= 3 && word.chars().all(char::is_uppercase);
        (known || named).then(|| self.after_blanks(behind + sign.map_or(0, char::len_utf8), 1))
    }

    /// Whether the word before `at` makes a number negative.
    fn follows_minus(&self, at: usize) -> bool {
        let before = self.text[..at].trim_end();
        let near = before.char_indices().rev().take(9).last().map_or(before, |(i, _)| &before[i..]);
        let word = near.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        before.len() < at && !word.is_empty() && is_minus(&word.to_lowercase())
    }

    /// The readings of the figures at `at`, and their end.
    fn figures(&self, at: usize) -> Option<(Quantity, usize)> {
        if let Some((part, bytes)) = vulgar(self.rest(at)) {
            return Some((Quantity { readings: vec![part.to_owned()], scaled: Vec::new() }, at + bytes));
        }
        let run = self.run(at)?;
        let fraction = self.after_blanks(run.end, 1);
        if let Some((part, bytes)) = vulgar(self.rest(fraction)).filter(|_| run.more.is_empty()) {
            let part = part.trim_start_matches("0.");
            let readings = vec![normal(&run.first, part)];
            return Some((Quantity { readings, scaled: Vec::new() }, fraction + bytes));
        }
        let (readings, end) = self.readings(&run);
        Some((Quantity { readings, scaled: Vec::new() }, end))
    }

    /// The figures at `at` as runs of digits, with the separators that may belong to one number.
    fn run(&self, at: usize) -> Option<Run> {
        let (first, bytes) = digits(self.rest(at));
        if first.is_empty() {
            return None;
        }
        let mut run = Run { first, more: Vec::new(), end: at + bytes };
        while run.more.len() < GROUPS {
            let Some(separator) = self.char_at(run.end).filter(|c| is_separator(*c)) else { break };
            let (more, bytes) = digits(self.rest(run.end + separator.len_utf8()));
            let spaced = separator.is_whitespace() || matches!(separator, '\'' | '’');
            let groups =
                more.len() == 3 && run.first.len() <= 3 && run.more.iter().all(|(_, d)| d.len() == 3);
            let wrong_blank = separator == ' ' && !BLANK_GROUPS.contains(&self.lang.primary());
            let fresh = run.more.last().is_some_and(|(last, _)| *last != separator);
            if more.is_empty() || (spaced && (!groups || wrong_blank || fresh)) {
                break;
            }
            run.end += separator.len_utf8() + bytes;
            run.more.push((separator, more));
        }
        Some(run)
    }

    /// What the figures may be worth, the likeliest first, and their end: a list (`1,2,3`) is its first number.
    fn readings(&self, run: &Run) -> (Vec<String>, usize) {
        let joined = |groups: &[(char, String)]| groups.iter().fold(run.first.clone(), |all, (_, d)| all + d);
        let Some((last, part)) = run.more.last() else { return (vec![normal(&run.first, "")], run.end) };
        let before = &run.more[..run.more.len() - 1];
        let decimal = normal(&joined(before), part);
        let whole = normal(&joined(&run.more), "");
        if before.is_empty() {
            let ambiguous = part.len() == 3 && run.first.len() <= 3 && !run.first.starts_with('0');
            return match last {
                '.' | ',' if ambiguous => {
                    let point = POINT.contains(&self.lang.primary());
                    let grouped = point == (*last == ',');
                    (if grouped { vec![whole, decimal] } else { vec![decimal, whole] }, run.end)
                }
                '.' | ',' | '٫' => (vec![decimal], run.end),
                _ => (vec![whole], run.end),
            };
        }
        let same = before.iter().all(|(separator, _)| separator == last);
        let grouped = before.iter().all(|(s, d)| *s == before[0].0 && (d.len() == 3 || d.len() == 2));
        if same && grouped && part.len() == 3 {
            return (vec![whole], run.end);
        }
        if !same && grouped && matches!(last, '.' | ',' | '٫') && before[0].0 != *last {
            return (vec![decimal], run.end);
        }
        if same && *last == '.' {
            let parts: Vec<_> = run.more.iter().map(|(_, d)| d.as_str()).collect();
            return (vec![format!("{}.{}", run.first, parts.join("."))], run.end);
        }
        let rest: usize = run.more.iter().map(|(separator, d)| separator.len_utf8() + d.len()).sum();
        // Digits of other scripts take more bytes; such lists are cut at their end instead.
        let end = run.end.checked_sub(rest).filter(|&end| self.text.is_char_boundary(end));
        (vec![normal(&run.first, "")], end.filter(|_| self.is_ascii_before(run.end, rest)).unwrap_or(run.end))
    }

    fn is_ascii_before(&self, end: usize, bytes: usize) -> bool {
        end.checked_sub(bytes).and_then(|start| self.text.get(start..end)).is_some_and(str::is_ascii)
    }

    /// Takes the scale that a word behind `end` names into the quantity; the end of both.
    fn scaled(&self, end: usize, quantity: &mut Quantity) -> usize {
        let start = self.after_blanks(end, 1);
        let word = self.word(start);
        if word.is_empty() {
            return end;
        }
        let lower = word.to_lowercase();
        let attached = start == end;
        let (powers, bytes): (&[usize], usize) = match lower.as_str() {
            "m" if attached => (&[6, 0], word.len()),
            "b" if attached => (&[9], word.len()),
            "k" if attached => (&[3], word.len()),
            _ => match scale(&lower) {
                Some((powers, bytes)) if bytes <= word.len() => (powers, bytes),
                _ => return end,
            },
        };
        let mut behind = start + bytes;
        let mut extra = 0;
        // `mil millones`, `тыс. млн` and the like: a thousand of something larger.
        let second = self.word(self.after_blanks(behind, 1)).to_lowercase();
        if powers == [3]
            && let Some(([power, ..], _)) = scale(&second)
        {
            extra = *power;
            behind = self.after_blanks(behind, 1) + second.len();
        }
        let all = powers
            .iter()
            .flat_map(|power| quantity.readings.iter().map(move |r| times_ten(r, power + extra)));
        quantity.scaled = all.flatten().collect();
        if self.text.is_char_boundary(behind) { behind } else { start + bytes }
    }

    /// The end of the unit behind a number, where there is one.
    fn unit(&self, end: usize) -> Option<usize> {
        let start = self.after_blanks(end, 1);
        let sign = self.char_at(start)?;
        if is_currency(sign) || matches!(sign, '%' | '‰' | '°' | '٪' | '％' | '℃') {
            let mut behind = start + sign.len_utf8();
            if sign == '°'
                && let Some(scale @ ('C' | 'F')) = self.char_at(behind)
            {
                behind += scale.len_utf8();
            }
            // A currency may belong to the number that follows.
            let next = self.char_at(behind).is_some_and(|c| digit(c).is_some());
            return (!(is_currency(sign) && next && start > end)).then_some(behind);
        }
        let word = self.word(start);
        let over =
            self.char_at(start + word.len()).is_some_and(|c| c == '\'' || c == '’' || digit(c).is_some());
        (!word.is_empty() && !over && is_unit(&word.to_lowercase())).then_some(start + word.len())
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '٫' | '٬' | '，' | '．')
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '+')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}' | '＄' | '￥')
}

/// The decimal that a fraction in one character is, and its bytes.
fn vulgar(text: &str) -> Option<(&'static str, usize)> {
    let c = text.chars().next()?;
    let part = match c {
        '½' => "0.5",
        '¼' => "0.25",
        '¾' => "0.75",
        '⅓' => "0.333",
        '⅔' => "0.667",
        '⅕' => "0.2",
        '⅖' => "0.4",
        '⅗' => "0.6",
        '⅘' => "0.8",
        '⅛' => "0.125",
        '⅜' => "0.375",
        '⅝' => "0.625",
        '⅞' => "0.875",
        _ => return None,
    };
    Some((part, c.len_utf8()))
}
