//! Brackets, quotation marks, and the marks that sentences begin and end with.

use super::{Kind, Severity, Unit};

/// Checks marks.
pub(super) fn check(unit: &mut Unit<'_>) {
    brackets(unit);
    quotes(unit);
    end_mark(unit);
    start_mark(unit);
    sentence_count(unit);
}

/// Kinds of brackets: all that open, all that close.
const BRACKETS: &[(&str, &str, &str)] =
    &[("(（﹙", ")）﹚", "round"), ("[［【", "]］】", "square"), ("{｛", "}｝", "curly")];

fn brackets(unit: &mut Unit<'_>) {
    // `a)` is a label.
    let body = |text: &'_ str| {
        text.char_indices().take(4).position(|(_, c)| c == ')').filter(|&at| at > 0).map_or(0, |at| at + 1)
    };
    let count = |text: &str, set: &str| text.chars().skip(body(text)).filter(|c| set.contains(*c)).count();
    for (open, close, name) in BRACKETS {
        let source = [count(unit.source, open), count(unit.source, close)];
        let target = [count(unit.target, open), count(unit.target, close)];
        if source == target {
            continue;
        }
        if target[0] != target[1] && source[0] == source[1] {
            let message = format!("{name} brackets out of pair: {} open, {} close", target[0], target[1]);
            unit.say(Kind::Brackets, Severity::Warning, message);
        } else {
            let message = format!(
                "{} {name} brackets in the source, {} in the target",
                source[0] + source[1],
                target[0] + target[1]
            );
            unit.say(Kind::Brackets, Severity::Info, message);
        }
    }
}

/// Double quotation marks of all languages.
const DOUBLE: &str = "\"“”„‟«»「」『』＂″〝〞";

/// Languages and the marks they put around a quotation, outer pair first and others in use after it (CLDR `delimiters`).
const STYLES: &[(&str, &str)] = &[
    ("en", "“”\""),
    ("fr", "«»“”\""),
    ("de", "„“»«\""),
    ("es", "«»“”\""),
    ("it", "«»“”\""),
    ("pt", "“”«»\""),
    ("nl", "“”„\""),
    ("pl", "„”«»\""),
    ("cs", "„“»«\""),
    ("sk", "„“»«\""),
    ("hu", "„”»«\""),
    ("ro", "„”«»\""),
    ("ru", "«»„“\""),
    ("uk", "«»„“”\""),
    ("sv", "”»\""),
    ("fi", "”»\""),
    ("da", "”“»«„\""),
    ("nb", "«»“”\""),
    ("is", "„“\""),
    ("ja", "「」『』\""),
];

fn is_double(c: char) -> bool {
    DOUBLE.contains(c)
}

fn quotes(unit: &mut Unit<'_>) {
    let count = |text: &str| text.chars().filter(|c| DOUBLE.contains(*c)).count();
    let (source, target) = (count(unit.source), count(unit.target));
    // A quotation of several sentences opens in one unit and closes in another, and its source may have other marks for it.
    let goes_on = source == 0 && (unit.target.starts_with(is_double) || unit.target.ends_with(is_double));
    if source.is_multiple_of(2) && !target.is_multiple_of(2) {
        let severity = if goes_on { Severity::Info } else { Severity::Warning };
        unit.say(Kind::Quotes, severity, format!("{target} quotation marks do not make pairs"));
    } else if source != target {
        let message = format!("{source} quotation marks in the source, {target} in the target");
        unit.say(Kind::Quotes, Severity::Info, message);
    }
    let style = STYLES.iter().find(|(lang, _)| *lang == unit.target_lang()).map(|(_, marks)| *marks);
    let strange = style.and_then(|marks| {
        unit.target.char_indices().find(|(_, c)| DOUBLE.contains(*c) && !marks.contains(*c))
    });
    if let Some((at, mark)) = strange {
        let start = at + unit.offset();
        let message = format!("{mark} is no quotation mark of the target language");
        unit.say_at(Kind::Quotes, Severity::Info, message, Some(start..start + mark.len_utf8()));
    }
}

/// What a text ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Ellipsis,
    Colon,
    Pause,
    Dash,
    Nothing,
}

impl End {
    fn of(text: &str, lang: &str) -> Self {
        let closers = |c: char| c.is_whitespace() || DOUBLE.contains(c) || ")）]］}｝'’‘›‹*_".contains(c);
        let bare = text.trim_end_matches(closers);
        let last = bare.chars().next_back().unwrap_or(' ');
        match last {
            '.' if bare.ends_with("..") || bare.ends_with(". .") => Self::Ellipsis,
            '.' | '。' | '।' | '॥' | '۔' | '։' | '．' | '።' | '។' => Self::Stop,
            ';' | '\u{37e}' if lang == "el" => Self::Question,
            '?' | '？' | '؟' | '\u{37e}' | '՞' => Self::Question,
            '!' | '！' | '՜' => Self::Exclamation,
            '…' | '⋯' => Self::Ellipsis,
            ':' | '：' => Self::Colon,
            ',' | ';' | '、' | '，' | '；' | '،' | '؛' => Self::Pause,
            '-' | '–' | '—' => Self::Dash,
            _ => Self::Nothing,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Stop => "a full stop",
            Self::Question => "a question mark",
            Self::Exclamation => "an exclamation mark",
            Self::Ellipsis => "an ellipsis",
            Self::Colon => "a colon",
            Self::Pause => "a comma or semicolon",
            Self::Dash => "a dash",
            Self::Nothing => "no mark",
        }
    }
}

/// Whether `text` ends where a sentence goes on: at a comma, semicolon, colon or dash.
pub(super) fn goes_on(text: &str, lang: &str) -> bool {
    matches!(End::of(text, lang), End::Pause | End::Colon | End::Dash)
}

/// Languages that often go without a full stop, or whose sentences end otherwise.
const WITHOUT_STOP: &[&str] = &["th", "lo", "km", "my"];

fn end_mark(unit: &mut Unit<'_>) {
    let (source, target) =
        (End::of(unit.source, unit.source_lang()), End::of(unit.target, unit.target_lang()));
    if source == target || WITHOUT_STOP.contains(&unit.target_lang()) {
        return;
    }
    // A translator may well make a statement of an exclamation; a question that is none any more, or a sentence
    // without its end, is a slip.
    let slip = matches!(
        (source, target),
        (End::Stop | End::Question | End::Exclamation, End::Nothing | End::Pause)
            | (End::Nothing, End::Pause)
    ) && !unit.target.ends_with([';', '；']);
    let severity = if slip { Severity::Warning } else { Severity::Info };
    unit.say(
        Kind::EndMark,
        severity,
        format!("the source ends with {}, the target with {}", source.name(), target.name()),
    );
}

fn start_mark(unit: &mut Unit<'_>) {
    let mark = |text: &str| {
        let first = text.chars().next().filter(|c| "-–—•*·…".contains(*c));
        first.map(|c| if "-–—".contains(c) { '–' } else { c })
    };
    let (source, target) = (mark(unit.source), mark(unit.target));
    if source != target {
        let told = |mark: Option<char>| mark.map_or_else(|| "no mark".to_owned(), |c| c.to_string());
        let message = format!("the source begins with {}, the target with {}", told(source), told(target));
        unit.say(Kind::StartMark, Severity::Info, message);
    }
}

fn sentence_count(unit: &mut Unit<'_>) {
    let count = |text: &str| {
        let mut ends = 0;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let wide = matches!(c, '。' | '！' | '？');
            ends += usize::from(
                wide || (".!?।؟".contains(c) && chars.peek().is_none_or(|next| next.is_whitespace())),
            );
        }
        ends
    };
    let (source, target) = (count(unit.source), count(unit.target));
    if source.abs_diff(target) >= 2 {
        let message = format!("{source} sentence ends in the source, {target} in the target");
        unit.say(Kind::SentenceCount, Severity::Info, message);
    }
}
