//! What the structure around a mark says: a reason for every candidate, and what it speaks for.

use super::bare::Places;
use super::context::{Context, Gap};
use super::edges::{Closer, Opener};
use super::lexicon::{EITHER, LISTED, Lexicon, NEVER, NUMBER, ORDINARY};
use super::mark::Mark;
use super::reason::Reason;
use super::word::Shape;
use crate::base::letters::is_letter_or_digit;

/// What the rules say of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) reason: Reason,
    /// Whether they speak for a boundary.
    pub(super) breaks: bool,
    /// Whether they decide alone; otherwise the weights have the last word.
    pub(super) sure: bool,
}

fn sure(reason: Reason, breaks: bool) -> Verdict {
    Verdict { reason, breaks, sure: true }
}

fn open(reason: Reason, breaks: bool) -> Verdict {
    Verdict { reason, breaks, sure: false }
}

/// What the structure around the marks says, in a language with this lexicon.
pub(super) fn judge(cx: &Context<'_>, lexicon: &Lexicon, lang: &str) -> Verdict {
    if cx.run.mark == Mark::Bare {
        return open(if lexicon.bare == Places::Endings { Reason::Ending } else { Reason::RunIn }, false);
    }
    if !cx.is_spaced() {
        return unspaced(cx, lang);
    }
    if let Some(verdict) = what_follows(cx).or_else(|| stands_alone(cx)) {
        return verdict;
    }
    match cx.run.mark {
        Mark::Full => sure(Reason::Full, true),
        Mark::Script => sure(Reason::Script, true),
        Mark::Colon if lang == "hy" => open(Reason::Script, true),
        Mark::Semicolon if lang == "el" => open(Reason::Ask, true),
        Mark::Colon | Mark::Semicolon if cx.follows.is_lowercase() => sure(Reason::MarkFollows, false),
        Mark::Colon => open(Reason::Colon, false),
        Mark::Semicolon => open(Reason::Semicolon, false),
        Mark::Ask if cx.right.is_lower() && cx.closer.is_closed() => sure(Reason::QuotedInside, false),
        Mark::Ask if cx.right.is_lower() => open(Reason::AskLower, false),
        Mark::Ask if cx.right.is_digits() && clipped(cx) => sure(Reason::QuotedInside, false),
        Mark::Ask if named(cx) => sure(Reason::Name, false),
        Mark::Ask => open(Reason::Ask, true),
        Mark::Dots => dots(cx),
        Mark::Stop if cx.right.is_lower() && cx.opener != Opener::Bullet => lower(cx, lexicon),
        Mark::Stop | Mark::Bare => stop(cx, lexicon),
    }
}

/// Names that are written with a mark, and are not much else.
const NAMES: [&str; 6] = ["Haikyu", "Jeopardy", "Joomla", "Kahoot", "Wham", "Yahoo"];

/// Whether the mark belongs to a name, and no word follows that opens sentences.
fn named(cx: &Context<'_>) -> bool {
    !cx.starts() && NAMES.contains(&&cx.text[cx.left.start..cx.left.end])
}

/// Bytes before a mark in which the bracket of a clipping is looked for.
const CLIPPING: usize = 64;

/// Whether the mark stands in square brackets: `[16: company? 13:28]`.
fn clipped(cx: &Context<'_>) -> bool {
    let before = &cx.text.as_bytes()[cx.since..cx.run.start];
    let last = before.iter().rev().take(CLIPPING).find(|b| matches!(b, b'[' | b']'));
    last == Some(&b'[')
}

/// Marks that follow and tie what is before to what is after.
fn what_follows(cx: &Context<'_>) -> Option<Verdict> {
    let low_quotes = cx.follows == ',' && cx.text[cx.next..].starts_with(",,");
    match cx.follows {
        '.' if cx.opens_with_dots() => None,
        '/' => Some(sure(Reason::MarkFollows, false)),
        ',' | ';' | ':' | '.' | '№' | ')' | ']' | '}' | '%' | '،' | '؛' | '、' | '，' | '|'
            if !low_quotes =>
        {
            Some(sure(Reason::MarkFollows, false))
        }
        '!' | '?' | '…' if cx.right.shape == Shape::None && cx.run.mark != Mark::Full => {
            Some(open(Reason::MarkFollows, false))
        }
        _ => None,
    }
}

/// The signature of a note in brackets: `(It was. - Ed.)`.
fn signed(cx: &Context<'_>) -> bool {
    cx.opener == Opener::Dash && cx.right.chars <= 4 && cx.text[cx.right.end..].starts_with(".)")
}

/// Marks between brackets or quotation marks with nothing else: `(!)`, `"."`, `[...]`.
fn stands_alone(cx: &Context<'_>) -> Option<Verdict> {
    let opened = cx.text[..cx.run.start].ends_with(['(', '[', '"', '“', '„', '«', '（', '\'', '‘']);
    // Behind the words of a narrator the quotation goes on: «Come, – she said. – It is late».
    let narrated =
        cx.opener == Opener::Dash && cx.closer == Closer::None && cx.in_angles && cx.run.mark == Mark::Stop;
    if narrated {
        return Some(sure(Reason::QuotedInside, false));
    }
    let alone = opened && matches!(cx.closer, Closer::Bracket | Closer::Quote);
    (alone || signed(cx)).then_some(sure(Reason::QuotedInside, false))
}

/// Marks that no white space follows.
fn unspaced(cx: &Context<'_>, lang: &str) -> Verdict {
    match cx.run.mark {
        Mark::Full => full(cx),
        Mark::Script => match cx.follows {
            ',' | '.' | ')' | ']' | '،' | ':' => sure(Reason::MarkFollows, false),
            _ => open(Reason::Script, true),
        },
        Mark::Colon | Mark::Semicolon => {
            let own =
                lang == "hy" && cx.run.mark == Mark::Colon || lang == "el" && cx.run.mark == Mark::Semicolon;
            let joined = cx.follows.is_numeric()
                || cx.follows == '/'
                || cx.left.is_digits()
                || !is_letter_or_digit(cx.follows);
            if own && !joined { open(Reason::NoSpace, true) } else { sure(Reason::InsideWord, false) }
        }
        Mark::Ask | Mark::Dots | Mark::Stop | Mark::Bare => glued(cx),
    }
}

/// A mark of Chinese or Japanese that something follows at once.
fn full(cx: &Context<'_>) -> Verdict {
    let closed = cx.closer != Closer::None;
    let particle = closed && matches!(cx.follows, 'と' | 'は' | 'が' | 'を' | 'の' | 'で' | 'に' | 'も');
    if particle {
        return sure(Reason::QuotedInside, false);
    }
    if matches!(
        cx.follows,
        '、' | '，' | ',' | '。' | '」' | '』' | '）' | ')' | '】' | '》' | '…' | '—' | '～' | '：' | '；'
    ) {
        return sure(Reason::MarkFollows, false);
    }
    if cx.text[..cx.run.start].ends_with(char::is_numeric) && cx.follows.is_numeric() {
        return sure(Reason::InsideWord, false);
    }
    if titled(cx) {
        return sure(Reason::QuotedInside, false);
    }
    sure(Reason::Full, true)
}

/// Characters of a title that may stand behind a mark in it.
const TITLE: usize = 12;

/// Whether the mark stands inside the brackets of a title: `《摔跤吧！爸爸》`.
fn titled(cx: &Context<'_>) -> bool {
    let mut rest = cx.text[cx.run.end..].chars().take(TITLE);
    rest.find(|c| matches!(c, '《' | '》' | '。')) == Some('》')
}

/// A full stop, ellipsis, question or exclamation mark with something glued to it: a sentence without its space, where a
/// word of three small letters stands before it and a capital with small letters follows; inside a word otherwise.
fn glued(cx: &Context<'_>) -> Verdict {
    let plain = cx.right.start == cx.end;
    let capital = cx.right.shape == Shape::Title && cx.right.chars >= 2
        || matches!(cx.right.shape, Shape::Initial) && cx.behind == ' ';
    let small = matches!(cx.left.shape, Shape::Small | Shape::Title) && cx.left.chars >= 3;
    let listed = cx.left_flags & LISTED != 0;
    let address = matches!(cx.behind, '@' | '/' | '.' | '_' | '(' | '=')
        && cx.text[cx.right.end..].chars().nth(1).is_some_and(is_letter_or_digit);
    if capital && plain && !address {
        let asked = cx.run.mark == Mark::Ask && cx.left.shape != Shape::Other;
        if cx.run.mark == Mark::Dots && !(small && cx.starts()) {
            return sure(Reason::InsideWord, false);
        }
        if small && !listed || asked {
            return open(Reason::NoSpace, true);
        }
        // A sentence that ends with a bracket: `(see p. 5).Then`.
        let bracketed = cx.run.mark == Mark::Stop && cx.text[..cx.run.start].ends_with([')', ']']);
        if bracketed && cx.starts() && cx.behind == ' ' {
            return sure(Reason::NoSpace, true);
        }
        let known = cx.starts() || cx.left.shape == Shape::Number && cx.right.chars >= 2;
        if cx.starts()
            && cx.behind == ' '
            && cx.run.mark == Mark::Stop
            && (cx.left.shape == Shape::Number || cx.left.chars >= 3 && !listed)
        {
            return sure(Reason::NoSpace, true);
        }
        if known && cx.left.shape != Shape::Other {
            return open(Reason::NoSpace, !listed);
        }
    }
    let loud = cx.run.mark == Mark::Ask
        && cx.run.marks > 1
        && plain
        && cx.right.is_upper()
        && cx.left.shape != Shape::Other;
    let quoted = cx.closer == Closer::Quote && cx.right.is_upper() && plain && cx.left.chars >= 2;
    let opened = cx.opener != Opener::None
        && cx.run.mark != Mark::Dots
        && (cx.right.is_upper() || cx.right.is_caseless())
        && cx.left.chars >= 2;
    if loud || quoted || opened {
        return open(Reason::NoSpace, loud);
    }
    if cx.right.is_caseless() && cx.left.is_caseless() && cx.left.chars >= 2 && !indic_initial(cx) {
        return open(Reason::NoSpace, cx.run.mark != Mark::Stop || cx.right.chars >= 2);
    }
    sure(Reason::InsideWord, false)
}

fn dots(cx: &Context<'_>) -> Verdict {
    let leads = cx.first && cx.left.shape == Shape::None;
    if leads || cx.run.start > 0 && cx.text[..cx.run.start].ends_with(['(', '[']) {
        return sure(Reason::DotsLead, false);
    }
    if cx.right.is_lower() && cx.closer.is_closed() {
        return sure(Reason::QuotedInside, false);
    }
    let three = cx.run.marks == 3 || cx.run.end - cx.run.start == '…'.len_utf8();
    if three && cx.says_i() {
        return sure(Reason::DotsLower, false);
    }
    if cx.right.is_lower() || cx.right.is_digits() {
        return open(Reason::DotsLower, false);
    }
    let plain = cx.gap == Gap::Space && cx.closer == Closer::None && cx.opener == Opener::None;
    if plain && cx.starts() && cx.left.is_lower() {
        sure(Reason::Dots, true)
    } else {
        open(Reason::Dots, true)
    }
}

/// A full stop before a small letter: careless writing only after a long ordinary word.
fn lower(cx: &Context<'_>, lexicon: &Lexicon) -> Verdict {
    if cx.closer.is_closed() {
        return sure(Reason::QuotedInside, false);
    }
    if lexicon.ordinals && cx.left.is_digits() && cx.opener == Opener::None {
        return sure(Reason::Ordinal, false);
    }
    if cx.left_flags & LISTED != 0 {
        return sure(Reason::AbbreviationNever, false);
    }
    let ordinary = cx.left_flags & ORDINARY != 0 && cx.left.chars > 1;
    let small = matches!(cx.left.shape, Shape::Small | Shape::Letter);
    if small && (cx.left.chars <= 4 && cx.counted() || !cx.left.voiced && cx.left.chars > 1 && !ordinary) {
        return sure(Reason::Unit, false);
    }
    if cx.left.chars <= 3
        && !ordinary
        && matches!(
            cx.left.shape,
            Shape::Small | Shape::Title | Shape::Capitals | Shape::Letter | Shape::Initial
        )
        && cx.closer == Closer::None
    {
        return sure(Reason::AbbreviationNever, false);
    }
    if cx.left.shape == Shape::Small && cx.left.chars >= 5 && cx.left.voiced {
        return open(Reason::StopLowerLong, true);
    }
    open(Reason::StopLower, false)
}

/// One full stop that white space follows, and no small letter.
fn stop(cx: &Context<'_>, lexicon: &Lexicon) -> Verdict {
    let left = &cx.left;
    if left.shape == Shape::None {
        return open(Reason::StopBare, true);
    }
    if cx.first && cx.gap != Gap::Line && list_mark(cx) {
        return sure(Reason::ListMark, false);
    }
    if indic_initial(cx) {
        return sure(Reason::Initial, false);
    }
    let listed = cx.left_flags & LISTED;
    if cx.closer.is_closed() {
        let abbreviated = listed & NEVER != 0 && !cx.starts();
        return open(Reason::StopClosed, !abbreviated);
    }
    if left.shape == Shape::Initial {
        return if cx.starts() { open(Reason::InitialStarter, true) } else { open(Reason::Initial, false) };
    }
    let roman = listed != 0 && cx.right.shape == Shape::Roman;
    if cx.right.is_digits() || cx.right.shape == Shape::Number || roman {
        return before_number(cx, lexicon);
    }
    if listed != 0
        && let Some(verdict) = abbreviation(cx)
    {
        return verdict;
    }
    match left.shape {
        Shape::Dotted if cx.starts() => open(Reason::DottedStarter, true),
        Shape::Dotted => open(Reason::Dotted, false),
        Shape::Letter | Shape::CaselessLetter => {
            open(Reason::Letter, listed == 0 && (cx.starts() || left.shape == Shape::Letter))
        }
        Shape::Digit | Shape::TwoDigits | Shape::Roman if lexicon.ordinals && cx.starts() => {
            open(Reason::OrdinalStarter, true)
        }
        Shape::Digit | Shape::TwoDigits | Shape::Roman if lexicon.ordinals => open(Reason::Ordinal, false),
        Shape::Digit | Shape::TwoDigits | Shape::Roman | Shape::Digits | Shape::Number => {
            open(Reason::Number, true)
        }
        _ => ordinary(cx),
    }
}

/// A listed abbreviation before a capital; `None` where only its kind before a number is listed.
fn abbreviation(cx: &Context<'_>) -> Option<Verdict> {
    let (listed, shape) = (cx.left_flags & LISTED, cx.left.shape);
    let measure = shape == Shape::Letter && cx.right.shape == Shape::Title
        || listed & (NEVER | EITHER) == EITHER && shape == Shape::Small && cx.right.is_upper();
    if measure && cx.counted() {
        return Some(open(Reason::Unit, true));
    }
    if listed & NEVER != 0 {
        let may_end =
            cx.starts() && shape != Shape::Title || matches!(cx.opener, Opener::Dash | Opener::Bullet);
        return Some(Verdict { reason: Reason::AbbreviationNever, breaks: false, sure: !may_end });
    }
    if listed & EITHER == 0 {
        return None;
    }
    // One abbreviation after another: `Dir. Amm.`
    if shape != Shape::Dotted && cx.right_flags & LISTED != 0 && cx.behind == '.' && cx.right.chars > 1 {
        return Some(sure(Reason::AbbreviationNever, false));
    }
    if cx.right_flags & NEVER != 0 && cx.behind == '.' && shape == Shape::Dotted {
        return Some(sure(Reason::AbbreviationTitle, !cx.opens_with_preposition()));
    }
    Some(if cx.starts() {
        open(Reason::AbbreviationStarter, true)
    } else {
        open(Reason::Abbreviation, false)
    })
}

/// A full stop after a word that is nothing but a word. By far the most common case, and the surest: `plain::ends` finds most
/// of these before anything else is read.
fn ordinary(cx: &Context<'_>) -> Verdict {
    let left = &cx.left;
    let small = left.shape == Shape::Small && cx.follows.is_uppercase();
    let named = left.shape == Shape::Title && cx.starts() && cx.right.shape == Shape::Title;
    let long = (small || named) && left.chars >= 4 && left.voiced;
    let short = small && (2..4).contains(&left.chars) && cx.left_flags & ORDINARY != 0;
    let word = (long || short) && !cx.apart && cx.left_flags & LISTED == 0;
    let bare = cx.gap == Gap::Space && cx.closer == Closer::None && cx.opener == Opener::None;
    if word && bare { sure(Reason::Stop, true) } else { open(Reason::Stop, true) }
}

/// Whether the word before is an initial in a script of India, or several: a letter with its signs.
fn indic_initial(cx: &Context<'_>) -> bool {
    let short = cx.left.is_caseless() && cx.left.chars <= 2 || cx.left.shape == Shape::Dotted;
    cx.run.mark == Mark::Stop && short && cx.is_indic()
}

/// A full stop before a number.
fn before_number(cx: &Context<'_>, lexicon: &Lexicon) -> Verdict {
    let listed = cx.left_flags & LISTED;
    if cx.right.shape == Shape::Roman || listed != 0 && cx.counted() {
        return sure(Reason::AbbreviationNumber, false);
    }
    if listed & (NEVER | NUMBER) != 0 {
        return open(Reason::AbbreviationNumber, false);
    }
    if cx.left.is_digits() {
        let ordinal = lexicon.ordinals && cx.left.chars < 3;
        return sure(Reason::NumberNumber, !ordinal);
    }
    if listed != 0 || matches!(cx.left.shape, Shape::Letter | Shape::Dotted) {
        return open(Reason::Abbreviation, false);
    }
    open(Reason::BeforeNumber, true)
}

/// Whether the word before the full stop is the mark of a list item: up to three digits, a letter, a short Roman numeral.
fn list_mark(cx: &Context<'_>) -> bool {
    match cx.left.shape {
        Shape::Digit | Shape::TwoDigits | Shape::Letter => true,
        Shape::Digits => cx.left.chars == 3,
        Shape::Small => cx.text[cx.left.start..cx.left.end].bytes().all(|b| matches!(b, b'i' | b'v' | b'x')),
        Shape::Number => cx.text[cx.left.start..cx.left.end].bytes().all(|b| b.is_ascii_digit() || b == b'.'),
        _ => false,
    }
}
