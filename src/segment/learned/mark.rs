//! Sentence marks of all scripts, found by a scan that looks at nothing else.

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

/// The marks of a text, found by scans that are vectorized and look at nothing else.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    text: &'t str,
    ascii: bool,
    /// The next `.`, `!` or `?` of a text in ASCII, and the next `:` or `;`; the length of the text for none.
    stop: usize,
    pause: usize,
}

/// Bytes that a step of the scan takes together.
const STEP: usize = 32;

/// Whether a mark may begin with `b`; for the long runs of bytes between marks this is all that is asked.
#[inline]
fn may_begin(b: u8) -> bool {
    let ascii = (b == b'.') | (b == b'!') | (b == b'?') | (b == b':') | (b == b';');
    let two = (b == 0xCD) | (b == 0xD6) | (b == 0xD8) | (b == 0xDB);
    ascii | two | (b.wrapping_sub(0xE0) < 4) | (b == 0xEF)
}

impl<'t> Marks<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut marks = Self { text, ascii: text.is_ascii(), stop: 0, pause: 0 };
        if marks.ascii {
            marks.stop = marks.next_stop(0);
            marks.pause = marks.next_pause(0);
        }
        marks
    }

    /// The first mark at or after `from`, which never falls from one call to the next.
    #[inline]
    pub(super) fn find(&mut self, from: usize) -> Option<Found> {
        if !self.ascii {
            return find(self.text.as_bytes(), from);
        }
        if self.stop < from {
            self.stop = self.next_stop(from);
        }
        if self.pause < from {
            self.pause = self.next_pause(from);
        }
        let at = self.stop.min(self.pause);
        self.text.as_bytes().get(at).map(|&b| {
            let mark = match b {
                b'.' => Mark::Stop,
                b':' => Mark::Colon,
                b';' => Mark::Semicolon,
                _ => Mark::Ask,
            };
            (at, 1, mark)
        })
    }

    fn next_stop(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr::memchr3(b'.', b'!', b'?', rest).map_or(self.text.len(), |at| from + at)
    }

    fn next_pause(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        memchr::memchr2(b':', b';', rest).map_or(self.text.len(), |at| from + at)
    }
}

/// The first mark at or after `from` in a text of any script.
fn find(bytes: &[u8], mut from: usize) -> Option<Found> {
    while from < bytes.len() {
        let step = &bytes[from..bytes.len().min(from + STEP)];
        let any = match step.first_chunk::<STEP>() {
            Some(step) => step.iter().fold(false, |any, &b| any | may_begin(b)),
            None => true,
        };
        if any {
            for (at, _) in step.iter().enumerate().filter(|&(_, &b)| may_begin(b)) {
                if let Some((mark, len)) = mark_at(bytes, from + at) {
                    return Some((from + at, len, mark));
                }
            }
        }
        from += step.len();
    }
    None
}

/// The mark that begins at `at`, and its length in bytes.
fn mark_at(bytes: &[u8], at: usize) -> Option<(Mark, usize)> {
    let after = |n: usize| bytes.get(at + n).copied().unwrap_or_default();
    let mark = match bytes[at] {
        b'.' => (Mark::Stop, 1),
        b'!' | b'?' => (Mark::Ask, 1),
        b':' => (Mark::Colon, 1),
        b';' => (Mark::Semicolon, 1),
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

/// The run of marks that begins with the mark found at `start`.
///
/// Full stops with single spaces between them are one run, and so are exclamation and question marks; a full stop that is
/// glued to a word before an ellipsis of three spaced ones stays apart, since the ellipsis may open what follows.
pub(super) fn run(text: &str, (start, len, first): Found) -> Run {
    let bytes = text.as_bytes();
    let mut run = Run { start, end: start + len, mark: first, marks: 1 };
    if matches!(first, Mark::Colon | Mark::Semicolon) {
        return run;
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
