//! Sentence marks of all scripts, found by a scan that looks at nothing else.

use super::window::{WINDOW, bits, unpassed, with_tail};

/// What kind of mark a run of marks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// One full stop, which abbreviations and numbers use too.
    Stop,
    /// An ellipsis: `…`, `...`, `. . .`.
    Dots,
    /// A question or exclamation mark, or a run with one.
    Ask,
    /// A mark of Chinese or Japanese, after which no space stands.
    Full,
    /// A mark of one script alone: `؟ ۔ । ॥ ։ ። ။ ៕`.
    Script,
    /// `:`, which ends sentences in Armenian.
    Colon,
    /// `;`, which ends questions in Greek.
    Semicolon,
    /// None at all.
    Bare,
}

/// A run of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mark: Mark,
    /// How many marks it has, spaces aside.
    pub(super) marks: u32,
}

/// A mark that was found: where it stands, how many bytes it has, what it is.
pub(super) type Found = (usize, usize, Mark);

/// The marks of a text, found in windows of 64 bytes that vector instructions compare at once.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    bytes: &'t [u8],
    /// Where the window begins.
    base: usize,
    /// The marks in it that are not passed, a bit each.
    left: u64,
}

impl<'t> Marks<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { bytes, base: 0, left: window(bytes, 0) }
    }

    /// The first mark at or after `from`, which never falls from one call to the next.
    #[inline]
    pub(super) fn find(&mut self, from: usize) -> Option<Found> {
        self.left = unpassed(self.left, self.base, from);
        if self.left == 0 {
            self.go_on(from);
        }
        if self.left == 0 {
            return None;
        }
        let at = self.base + self.left.trailing_zeros() as usize;
        mark_at(self.bytes, at).map(|(mark, len)| (at, len, mark))
    }

    /// Goes on to the next window that holds a mark at or after `from`.
    #[inline(never)]
    fn go_on(&mut self, from: usize) {
        while self.left == 0 {
            self.base = from.max(self.base + WINDOW);
            if self.base >= self.bytes.len() {
                return;
            }
            self.left = window(self.bytes, self.base);
        }
    }
}

/// The marks that begin in the window at `base`, a bit each.
#[inline]
fn window(bytes: &[u8], base: usize) -> u64 {
    let rest = &bytes[base..];
    if let Some(whole) = rest.first_chunk::<WINDOW>() {
        return marks_in(whole, rest);
    }
    // The last window of a text reaches back, and what it holds of the one before is shifted out.
    if let Some(last) = bytes.last_chunk::<WINDOW>() {
        let behind = WINDOW - rest.len();
        return marks_in(last, &bytes[base - behind..]) >> behind;
    }
    let mut padded = [0; WINDOW];
    padded[..rest.len()].copy_from_slice(rest);
    marks_in(&padded, rest)
}

/// The marks that begin in `window`, a bit each; `rest` is the text from its start on.
#[inline]
fn marks_in(window: &[u8; WINDOW], rest: &[u8]) -> u64 {
    let mut found = [0u8; WINDOW];
    let mut lead = 0u8;
    for (found, &b) in found.iter_mut().zip(window) {
        let mark = (b == b'.') | (b == b'!') | (b == b'?') | (b & 0xFE == b':');
        *found = u8::from(mark);
        lead |= b;
    }
    let mut marks = bits(&found);
    if lead >= 0x80 && window.iter().fold(false, |any, &b| any | leads(b)) {
        marks |= wide_marks_in(rest);
    }
    marks
}

/// Whether a mark that is not ASCII may begin with `b`.
#[inline]
fn leads(b: u8) -> bool {
    (b == 0xCD) | (b == 0xD6) | (b == 0xD8) | (b == 0xDB) | (b.wrapping_sub(0xE0) < 4) | (b == 0xEF)
}

/// The marks beyond ASCII that begin in the window `rest` begins with, a bit each.
fn wide_marks_in(rest: &[u8]) -> u64 {
    with_tail(rest, |window| {
        let mut found = [0u8; WINDOW];
        for (at, found) in found.iter_mut().enumerate() {
            *found = u8::from(is_wide([window[at], window[at + 1], window[at + 2]]));
        }
        bits(&found)
    })
}

/// The mark that begins at `at`, and its length in bytes.
#[inline]
fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let b = bytes[at];
    if b.is_ascii() { ASCII[usize::from(b)].map(|mark| (mark, 1)) } else { wide_mark_at(bytes, at) }
}

/// The marks of ASCII.
static ASCII: [Option<Mark>; 128] = {
    let mut marks = [None; 128];
    marks[b'.' as usize] = Some(Mark::Stop);
    marks[b'!' as usize] = Some(Mark::Ask);
    marks[b'?' as usize] = Some(Mark::Ask);
    marks[b':' as usize] = Some(Mark::Colon);
    marks[b';' as usize] = Some(Mark::Semicolon);
    marks
};

/// The mark beyond ASCII that begins at `at`, and its length in bytes.
fn wide_mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let after = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
    let mark = match bytes[at] {
        0xCD if after(1) == 0xBE => (Mark::Semicolon, 2),
        0xD6 if after(1) == 0x89 => (Mark::Script, 2),
        0xD8 if after(1) == 0x9F => (Mark::Script, 2),
        0xDB if after(1) == 0x94 => (Mark::Script, 2),
        0xE0..=0xE3 | 0xEF => (of_three([bytes[at], after(1), after(2)])?, 3),
        _ => return None,
    };
    Some(mark)
}

/// The mark that three bytes of UTF-8 are.
fn of_three(bytes: [u8; 3]) -> Option<Mark> {
    let mark = match bytes {
        [0xE2, 0x80, 0xA5 | 0xA6] => Mark::Dots,
        // ‽ ⁇ ⁈ ⁉
        [0xE2, 0x80, 0xBD] | [0xE2, 0x81, 0x87..=0x89] => Mark::Ask,
        // 。 ！ ． ？ ｡
        [0xE3, 0x80, 0x82] | [0xEF, 0xBC, 0x81 | 0x8E | 0x9F] | [0xEF, 0xBD, 0xA1] => Mark::Full,
        // । ॥ of India, ། of Tibet, ။ of Burma, ። ፧ ፨ of Ethiopia, ។ ៕ of Cambodia
        [0xE0, 0xA5, 0xA4 | 0xA5]
        | [0xE0, 0xBC, 0x8D]
        | [0xE1, 0x81, 0x8B]
        | [0xE1, 0x8D, 0xA2 | 0xA7 | 0xA8]
        | [0xE1, 0x9F, 0x94 | 0x95] => Mark::Script,
        _ => return None,
    };
    Some(mark)
}

/// Whether a mark beyond ASCII begins with these bytes: what [`mark_at`] says, without a branch.
#[inline]
fn is_wide([a, b, c]: [u8; 3]) -> bool {
    let two = ((a == 0xCD) & (b == 0xBE))
        | ((a == 0xD6) & (b == 0x89))
        | ((a == 0xD8) & (b == 0x9F))
        | ((a == 0xDB) & (b == 0x94));
    let e0 = ((b == 0xA5) & (c & 0xFE == 0xA4)) | ((b == 0xBC) & (c == 0x8D));
    let e1 = ((b == 0x81) & (c == 0x8B))
        | ((b == 0x8D) & ((c == 0xA2) | (c == 0xA7) | (c == 0xA8)))
        | ((b == 0x9F) & (c & 0xFE == 0x94));
    let e2 = ((b == 0x80) & ((c == 0xA5) | (c == 0xA6) | (c == 0xBD)))
        | ((b == 0x81) & (c.wrapping_sub(0x87) < 3));
    let e3 = (b == 0x80) & (c == 0x82);
    let ef = ((b == 0xBC) & ((c == 0x81) | (c == 0x8E) | (c == 0x9F))) | ((b == 0xBD) & (c == 0xA1));
    two | ((a == 0xE0) & e0)
        | ((a == 0xE1) & e1)
        | ((a == 0xE2) & e2)
        | ((a == 0xE3) & e3)
        | ((a == 0xEF) & ef)
}

/// The run of marks that begins with the mark found at `start`.
///
/// Full stops with single spaces between them are one run, and so are exclamation and question marks; a full stop that is
/// glued to a word before an ellipsis of three spaced ones stays apart, since the ellipsis may open what follows.
#[inline]
pub(super) fn run(text: &str, (start, len, first): Found) -> Run {
    let bytes = text.as_bytes();
    let mut run = Run { start, end: start + len, mark: first, marks: 1 };
    if matches!(first, Mark::Colon | Mark::Semicolon) {
        return run;
    }
    // Most marks stand alone: a space and a word follow, or a letter at once.
    match bytes[run.end..] {
        [] | [b' '] => return run,
        [b' ', next, ..] if !matches!(next, b'.' | b'!' | b'?') => return run,
        [next, ..] if next.is_ascii_alphanumeric() => return run,
        _ => {}
    }
    while let Some((mark, len)) = bytes.get(run.end).and_then(|_| mark_at(bytes, run.end)) {
        match (run.mark, mark) {
            (_, Mark::Colon | Mark::Semicolon | Mark::Bare) => break,
            (Mark::Stop | Mark::Dots, Mark::Stop | Mark::Dots) => run.mark = Mark::Dots,
            (Mark::Full | Mark::Script, _) => {}
            (_, Mark::Full | Mark::Script) => run.mark = mark,
            _ => run.mark = Mark::Ask,
        }
        run.end += len;
        run.marks += 1;
    }
    if !matches!(run.mark, Mark::Full | Mark::Script) {
        spaced(bytes, &mut run);
    }
    run
}

/// Takes in marks that follow with one space before each: `. . .`, `? ? ?`, `! . . .`.
fn spaced(bytes: &[u8], run: &mut Run) {
    let single = run.mark == Mark::Stop;
    let (mut end, mut marks) = (run.end, 0);
    let mut ask = false;
    let glued = run.start > 0 && !bytes[run.start - 1].is_ascii_whitespace();
    while bytes.get(end) == Some(&b' ') {
        let Some(&next) = bytes.get(end + 1) else { break };
        let stands_alone = bytes.get(end + 2).is_none_or(|&b| !b.is_ascii_digit());
        // Behind a full stop, an ellipsis in one piece opens what follows.
        let opens = single && glued && next == b'.' && bytes.get(end + 2) == Some(&b'.');
        if opens || !(matches!(next, b'!' | b'?') || next == b'.' && stands_alone) {
            break;
        }
        ask |= next != b'.';
        end += 2;
        while let Some(&more @ (b'.' | b'!' | b'?')) = bytes.get(end) {
            ask |= more != b'.';
            end += 1;
        }
        marks += 1;
    }
    if marks == 0 || single && glued && !ask && marks == 3 && opens_next(bytes, end) {
        return;
    }
    run.end = end;
    run.marks += marks;
    run.mark = if ask || run.mark == Mark::Ask { Mark::Ask } else { Mark::Dots };
}

/// Whether a space and a capital or an opening mark follow at `at`, as after an ellipsis that opens a sentence.
fn opens_next(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<(&str, Mark)> {
        let (mut at, mut runs, mut marks) = (0, Vec::new(), Marks::of(text));
        while let Some(found) = marks.find(at) {
            let run = run(text, found);
            runs.push((&text[run.start..run.end], run.mark));
            at = run.end;
        }
        runs
    }

    #[test]
    fn marks_of_all_scripts_are_found() {
        for mark in ["؟", "۔", "।", "॥", "։", "።", "။", "៕", "。", "！", "？", "｡", "…", "‽", ";", "!"]
        {
            let text = format!("{}{mark} b", "a".repeat(45));
            assert_eq!(runs(&text).len(), 1, "{mark}");
            assert_eq!(runs(&text)[0].0, mark);
        }
        assert!(runs("élève – “naïve” ﷺ ไทย 中文、日本").is_empty());
    }

    #[test]
    fn marks_are_told_alike_with_a_branch_and_without() {
        for lead in 0x80..=0xFF {
            for (b, c) in (0..=0xFF).flat_map(|b| (0..=0xFF).map(move |c| (b, c))) {
                let bytes = [lead, b, c];
                assert_eq!(is_wide(bytes), mark_at(&bytes, 0).is_some(), "{bytes:x?}");
                assert!(!is_wide(bytes) || leads(lead), "{bytes:x?}");
            }
        }
    }

    #[test]
    fn marks_are_found_wherever_a_window_ends() {
        for mark in [".", "؟", "।", "。"] {
            for (before, after) in (0..140).flat_map(|before| [0, 1, 2, 70].map(|after| (before, after))) {
                let text = format!("{}{mark}{}", "a".repeat(before), "b".repeat(after));
                for from in 0..=before {
                    assert_eq!(Marks::of(&text).find(from).map(|(at, ..)| at), Some(before), "{text} {from}");
                }
                let mut marks = Marks::of(&text);
                marks.find(0);
                assert_eq!(marks.find(before + mark.len()), None, "{text}");
            }
        }
    }

    #[test]
    fn spaced_and_mixed_marks_are_one_run() {
        assert_eq!(runs("Happy . . . no"), [(". . .", Mark::Dots)]);
        assert_eq!(runs("What?! No"), [("?!", Mark::Ask)]);
        assert_eq!(runs("Really ? ? ? Then"), [("? ? ?", Mark::Ask)]);
        assert_eq!(runs("it…? 終わり。！"), [("…?", Mark::Ask), ("。！", Mark::Full)]);
        assert_eq!(runs("I never . . . ."), [(". . . .", Mark::Dots)]);
    }

    #[test]
    fn an_ellipsis_that_opens_a_sentence_stays_apart_from_the_full_stop_before_it() {
        assert_eq!(runs("compounds. . . . The").len(), 2);
        assert_eq!(runs("a period . . . . Next").len(), 1);
    }
}
