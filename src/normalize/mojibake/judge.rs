//! Whether a run is mojibake: how odd it is as it stands, and how plausible is what it would say.
//!
//! Oddness looks at neighbours: after a letter, text has letters of its script, closing marks or blanks, hardly ever a
//! currency sign, a capital after a small letter, or a control. The idea of judging by kinds of characters is that of
//! ftfy (Speer 2019); the kinds and rules are our own, so that each run is decided on by itself.

use super::codecs::{DOS, MAC, WESTERN, bytes};
use super::runs::{Sequence, shows_letters};

/// How sure it is that a run is mojibake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// What it would say is less plausible than what stands there.
    Wrong,
    /// Nothing is odd about it.
    Clean,
    /// It is where a run near it surely is.
    Doubtful,
    /// It is unless the text near it was read as it should be.
    Likely,
    /// No text looks like this.
    Sure,
}

/// What stands around a run: the two characters before it, nearest first, and the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around {
    pub(super) before: [Option<char>; 2],
    pub(super) after: Option<char>,
}

/// Oddness from which a run is sure.
const SURE: u32 = 2;

/// Judges the run `chars`, which reads as `sequences` in `codec`.
pub(super) fn judge(chars: &[char], sequences: &[Sequence], codec: usize, around: Around) -> Verdict {
    let last = sequences.len() - 1;
    let mut odd = oddness(chars, codec, around);
    let bytes_each = chars.len() / sequences.len();
    if codec == WESTERN && bytes_each >= 3 && sequences.len() >= 3 {
        odd += SURE;
    }
    let (mut bad, mut lonely) = (0, 0);
    for (i, sequence) in sequences.iter().enumerate() {
        let before = if i == 0 { around.before[0] } else { Some(sequences[i - 1].c) };
        let further = if i == 0 { around.before[1] } else { before_run(sequences, i, around) };
        let after = if i == last { around.after } else { Some(sequences[i + 1].c) };
        match fit(sequence.c, [further, before], after) {
            Fit::Bad => bad += 1,
            Fit::Lonely => lonely += 1,
            Fit::Good => {}
        }
    }
    if let [only] = sequences {
        odd += alone(chars, *only, codec, around);
        if only.lossy && only.c != '\u{fffd}' {
            return lost_blank(chars, *only, codec, around);
        }
        let tilde_letter = bytes(chars[0])[codec] == 0xC3;
        return match (bad, lonely) {
            (1, _) => Verdict::Wrong,
            (_, 1) if odd > 0 => Verdict::Doubtful,
            (0, 0) if odd >= SURE && chars == ['Ã', '¥'] => Verdict::Likely,
            (0, 0) if odd >= SURE => Verdict::Sure,
            (0, 0) if odd > 0 || tilde_letter => Verdict::Doubtful,
            _ => Verdict::Clean,
        };
    }
    let spoilt = (bad + lonely) * 4 > sequences.len();
    if spoilt && bad > 0 {
        Verdict::Wrong
    } else if !spoilt && odd >= SURE {
        Verdict::Sure
    } else if odd > 0 {
        Verdict::Doubtful
    } else {
        Verdict::Clean
    }
}

fn before_run(sequences: &[Sequence], i: usize, around: Around) -> Option<char> {
    if i == 1 { around.before[0] } else { Some(sequences[i - 2].c) }
}

/// The sum of what is odd about each pair of neighbours.
fn oddness(chars: &[char], codec: usize, around: Around) -> u32 {
    let mut odd = 0;
    let mut x = around.before[0];
    for (i, &y) in chars.iter().enumerate() {
        let next = chars.get(i + 1).copied().or(around.after);
        odd += match x {
            _ if control(y) => 2,
            // Words of two scripts may touch; inside a run they may not.
            Some(x) if i == 0 && x.is_alphabetic() && !x.is_ascii() && Script::of(x) != Script::of(y) => 0,
            Some(x) => pair(x, y, next),
            None => 0,
        };
        if !shows_letters(codec) && next.is_some_and(|next| !next.is_ascii()) {
            odd += symbol_first(x, y, next, codec);
        }
        x = Some(y);
    }
    odd
}

fn pair(x: char, y: char, next: Option<char>) -> u32 {
    let letters = x.is_alphabetic() && y.is_alphabetic();
    let odd = if letters {
        let foreign = Script::of(x) != Script::of(y) && x != 'µ' && y != 'µ' && !x.is_ascii();
        let camel = x.is_lowercase() && y.is_uppercase();
        let ligature = !x.is_ascii() && matches!(y, 'œ' | 'ƒ');
        let leading = x.is_uppercase() && y.is_uppercase() && next.is_some_and(char::is_lowercase);
        foreign || camel || ligature || leading && matches!(x, 'Ã' | 'Ä' | 'Å' | 'Ă' | 'Ĺ')
    } else if x.is_alphabetic() {
        never_after_letters(y) || closes(y) && next.is_some_and(char::is_alphabetic)
    } else {
        let glued = !x.is_ascii() && closes(y) && !opens(y) && next.is_some_and(char::is_alphabetic);
        glued || x == '×' && !y.is_ascii() && next == Some('×')
    };
    if odd { 2 } else { 0 }
}

/// What is odd about a symbol that Mac Roman and code page 437 show for the first byte of a letter.
fn symbol_first(before: Option<char>, x: char, y: Option<char>, codec: usize) -> u32 {
    let Some(y) = y else { return 0 };
    let word_before = before.is_some_and(char::is_alphabetic);
    let doubtful = match (codec, x) {
        (MAC, '≈' | 'ƒ' | '∆') => y.is_alphabetic(),
        (DOS, '─' | '├' | '┼') => y.is_alphabetic() && !before.is_some_and(boxed),
        _ => false,
    };
    let odd = match (codec, x) {
        (MAC, '‚') => y == 'Ä',
        (MAC, '√') => {
            y.is_alphabetic() && !matches!(y, 'π' | 'Ω' | 'µ') || word_before && !matches!(y, 'π' | 'Ω' | 'µ')
        }
        (MAC, 'ƒ' | '≈' | '∆') => word_before || y.is_alphabetic() && y.is_lowercase(),
        (MAC, '¬') => matches!(y, '†' | '£' | '∞' | '¢' | '•') || y == '©' && !word_before,
        (MAC, '‡' | '·' | '÷' | '◊' | '–' | '—') => mathematical(y) || y == '§',
        (DOS, '┬') => y.is_alphabetic() && !before.is_some_and(boxed) || matches!(y, '⌐' | '½' | '¼'),
        (DOS, '─' | '├' | '┼' | '╨' | '╤') => {
            !boxed(y) && (word_before || !y.is_alphabetic()) || boxed(y) && x != '─' && word_before
        }
        (DOS, '∩' | '≡') => boxed(y) || y == 'ƒ',
        _ => false,
    };
    if odd { 2 } else { u32::from(doubtful) }
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '«' | '‹' | '»' | '›' | '´')
}

fn boxed(c: char) -> bool {
    ('\u{2500}'..='\u{259f}').contains(&c)
}

fn mathematical(c: char) -> bool {
    matches!(c, '∫' | '∞' | '∑' | '∏' | '∂' | '≠' | '≤' | '≥' | '±' | '√')
}

fn control(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}')
}

/// Whether a mark follows letters in no language.
fn never_after_letters(c: char) -> bool {
    mathematical(c)
        || matches!(
            c,
            '¡' | '¢'
                | '£'
                | '¤'
                | '¥'
                | '¦'
                | '¬'
                | '¯'
                | '±'
                | '¶'
                | '¼'
                | '½'
                | '¾'
                | '¿'
                | '€'
                | '‚'
                | '„'
                | 'ˆ'
                | '‰'
                | '˜'
                | '˝'
                | '˛'
                | '˘'
                | '⌐'
        )
}

/// Whether a mark ends words, so that no letter follows it.
fn closes(c: char) -> bool {
    matches!(
        c,
        '”' | '“'
            | '»'
            | '«'
            | '›'
            | '‹'
            | '™'
            | '®'
            | '©'
            | '°'
            | '²'
            | '³'
            | '¹'
            | '•'
            | '¨'
            | '¸'
            | '†'
            | '‡'
            | '§'
            | '´'
    )
}

/// What a single sequence adds: a bare Â or Ã is a word of no language, â begins most marks of punctuation, and ð most
/// emoji.
fn alone(chars: &[char], only: Sequence, codec: usize, around: Around) -> u32 {
    if codec != WESTERN {
        return 0;
    }
    let word_before = around.before[0].is_some_and(char::is_alphabetic);
    let quoted = |c: char| matches!(c, '“' | '‘' | '”' | '’' | '«' | '»' | '„');
    match *chars {
        ['Ã', '\u{a0}' | '\u{ad}'] if word_before => {
            let shouted = around.before.iter().flatten().all(|c| c.is_uppercase());
            u32::from(!shouted || around.before[1].is_none()) * SURE
        }
        ['Ã' | 'Â', mark] => {
            let named = quoted(mark) && around.before[0].is_some_and(|c| quoted(c) || c == '"' || c == '\'');
            u32::from(!word_before && !named && !mark.is_alphabetic()) * SURE
        }
        ['â', mark, _] => {
            let sound = mark.is_alphabetic() || plain(mark) && word_before || only.c == '\u{fffd}';
            u32::from(!sound) * SURE
        }
        [_, first, second] => u32::from(!(word_before || plain(first) && plain(second))),
        ['ð', ..] => SURE,
        _ => 0,
    }
}

/// Marks and blanks that follow words and one another.
fn plain(c: char) -> bool {
    matches!(c, '…' | '’' | '”' | '“' | '–' | '—' | '‘' | '»' | '\u{a0}')
}

/// A letter whose last byte, a no-break space, became a space.
fn lost_blank(chars: &[char], only: Sequence, codec: usize, around: Around) -> Verdict {
    let before = around.before[0];
    let in_word = before.is_some_and(char::is_lowercase);
    let elided =
        before.is_some_and(|c| c == '\'' || c == '’') && around.before[1].is_some_and(char::is_lowercase);
    let shouted = before.is_some_and(char::is_uppercase);
    match chars[0] {
        'Å' if only.len == 2 && !shouted => Verdict::Doubtful,
        _ if codec != WESTERN || shouted => Verdict::Wrong,
        'Ã' if in_word || elided => Verdict::Sure,
        'Â' if before.is_some_and(|c| !c.is_whitespace()) => Verdict::Sure,
        'Ã' | 'Â' => Verdict::Doubtful,
        _ => Verdict::Wrong,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Good,
    /// Good beside another character of its script.
    Lonely,
    Bad,
}

/// How well a character stands between its neighbours; `before` is the further and the nearer one.
fn fit(c: char, before: [Option<char>; 2], after: Option<char>) -> Fit {
    let [further, before] = before;
    let beside = |test: &dyn Fn(char) -> bool| before.is_some_and(test) || after.is_some_and(test);
    let script = Script::of(c);
    match script {
        Script::None => Fit::Good,
        Script::Rare => Fit::Bad,
        Script::Latin if beside(&|c| matches!(Script::of(c), Script::Cyrillic | Script::Greek)) => Fit::Bad,
        Script::Latin => {
            let upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
            let shouted =
                upper(before) && (upper(after) || upper(further) && !after.is_some_and(char::is_lowercase));
            if c.is_lowercase() && shouted { Fit::Bad } else { Fit::Good }
        }
        // Units and names of particles: µs, β-carotene.
        Script::Greek if c.is_lowercase() && !beside(&|c| Script::of(c) == Script::Cyrillic) => Fit::Good,
        _ if beside(&|c| Script::of(c) == script) => Fit::Good,
        _ => Fit::Lonely,
    }
}

/// Scripts as far as they tell neighbours apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Marks, symbols, emoji: at home everywhere.
    None,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Thaana,
    Indic,
    SouthEast,
    Georgian,
    Ethiopic,
    EastAsian,
    /// Phonetic letters, rare and dead scripts, private use: what chance makes of bytes.
    Rare,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            '\u{180}'..='\u{24f}' if !matches!(c, 'ƒ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ǎ'..='ǜ' | 'Ǧ' | 'ǧ' | 'Ș'..='ț' | 'Ə') => {
                Self::Rare
            }
            'A'..='Z'
            | 'a'..='z'
            | 'ª'
            | 'º'
            | 'À'..='Ö'
            | 'Ø'..='ö'
            | 'ø'..='\u{24f}'
            | 'ə'
            | '\u{1e00}'..='\u{1eff}'
            | 'ﬀ'..='ﬆ' => Self::Latin,
            '\u{300}'..='\u{30c}' | '\u{323}' | '\u{326}'..='\u{328}' | 'ʻ' | 'ʼ' | 'ˆ'..='ˇ' | '˘'..='˝' => {
                Self::None
            }
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            'Ѐ'..='џ'
            | 'Ґ'
            | 'ґ'
            | 'Ғ'..='ғ'
            | 'Җ'..='җ'
            | 'Қ'..='қ'
            | 'Ң'..='ң'
            | 'Ү'..='ұ'
            | 'Һ'..='һ'
            | 'Ә'..='ә'
            | 'Ө'..='ө' => Self::Cyrillic,
            '\u{531}'..='\u{58f}' => Self::Armenian,
            '\u{591}'..='\u{5f4}' => Self::Hebrew,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Self::Arabic,
            '\u{780}'..='\u{7bf}' => Self::Thaana,
            '\u{900}'..='\u{dff}' => Self::Indic,
            '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Self::SouthEast,
            '\u{10a0}'..='\u{10ff}' => Self::Georgian,
            '\u{1200}'..='\u{137f}' => Self::Ethiopic,
            '\u{2e80}'..='\u{2fff}'
            | '\u{3040}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2ffff}' => Self::EastAsian,
            '\u{250}'..='\u{36f}'
            | '\u{400}'..='\u{1fff}'
            | '\u{2c00}'..='\u{2dff}'
            | '\u{a000}'..='\u{f8ff}'
            | '\u{1_0000}'..='\u{1_d3ff}'
            | '\u{2ff00}'.. => Self::Rare,
            _ => Self::None,
        }
    }
}
