//! UTF-8 that was read in another encoding, once or several times: `cafÃ©` was `café`.
//!
//! A stretch is mended only where no text would look as it does and what it says in UTF-8 is plausible; curly quotes stay
//! as they are. Each stretch is judged by its neighbours in the line, never by the file: text that mixes readings is
//! mended in part. What is doubtful alone is mended where a sure case stands near it, in one edit with that case, so that
//! the source slice of a segment holds what it was decided by.

mod codecs;
mod judge;
mod runs;
mod suspects;

use serde::Deserialize;
use unicode_normalization::char::decompose_compatible;

use self::codecs::{Bytes, CODECS, bytes};
use self::judge::{Around, Verdict, judge};
use self::runs::{Piece, Sequence, run};
use self::suspects::Suspects;
use super::{FieldCx, Nfc, Normalizer};
use crate::doc::script::is_cjk;
use crate::doc::text::{Edits, Text};

/// Mends text whose UTF-8 was read as Latin-1, Windows-1250 to 1254 or 1257, ISO-8859-2, Mac Roman or code page 437, and
/// turns lone C1 controls into what Windows-1252 means by them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mojibake {}

/// Most bytes of a line that are looked at together, and how many before the first suspect of them.
const STRETCH: usize = 8192;
const BEFORE: usize = 512;
/// How many characters away a sure case, or text that was read as it should be, counts.
const NEAR: usize = 100;
const NEAR_CLEAN: usize = 40;
/// Most layers that are taken off.
const LAYERS: usize = 8;

impl Normalizer for Mojibake {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.ascii {
            return;
        }
        // A letter and its mark apart are one letter of a codec.
        if memchr::memchr2(MARKS[0], MARKS[1], text.as_bytes()).is_none() {
            mend(text, edits);
            return;
        }
        let (mut composing, mut mending) = (Edits::default(), Edits::default());
        Nfc {}.edit(text, cx, &mut composing);
        let mut whole = Text::as_read(text.to_owned());
        whole.apply(&composing);
        mend(whole.as_str(), &mut mending);
        if !mending.is_empty() {
            whole.apply(&mending);
            for change in whole.map().changes() {
                edits.replace(
                    change.src.start as usize,
                    change.src.end as usize,
                    change.out.of(whole.as_str()),
                );
            }
        }
    }
}

/// The first bytes of the marks over and under letters, U+0300 to U+037F.
const MARKS: [u8; 2] = [0xCC, 0xCD];

/// Proposes what mends `text`.
fn mend(text: &str, edits: &mut Edits) {
    let mut mender = Mender::default();
    let mut suspects = Suspects::new(text);
    let (mut from, mut done) = (0, 0);
    while let Some(hit) = suspects.next(from) {
        from = hit + 1;
        if !mender.suspect(text, hit) {
            continue;
        }
        let (start, end) = stretch(text, done, hit);
        mender.fill(text, start, end);
        if mender.mend() {
            mender.propose(text, edits);
        }
        (from, done) = (end, end);
    }
}

/// The line around `hit`, or the part of it that is looked at together; `done` is the end of the last one.
fn stretch(text: &str, done: usize, hit: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut first = done.max(hit.saturating_sub(BEFORE));
    while !text.is_char_boundary(first) {
        first += 1;
    }
    let start = memchr::memrchr2(b'\n', b'\r', &bytes[first..hit]).map_or(first, |at| first + at + 1);
    let mut last = bytes.len().min(hit + STRETCH);
    while !text.is_char_boundary(last) {
        last += 1;
    }
    let end = match memchr::memchr2(b'\n', b'\r', &bytes[hit..last]) {
        Some(at) => hit + at,
        None if last == bytes.len() => last,
        None => {
            memchr::memrchr(b' ', &bytes[hit + STRETCH / 2..last]).map_or(last, |at| hit + STRETCH / 2 + at)
        }
    };
    (start, end)
}

/// A stretch on its way to repair, and buffers.
#[derive(Debug, Default)]
struct Mender {
    pieces: Vec<Piece>,
    next: Vec<Piece>,
    sequences: Vec<Sequence>,
    best: Vec<Sequence>,
    chars: Vec<char>,
    reading: Reading,
}

/// The codec that explains a stretch best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Reading {
    codec: usize,
    /// Whether it reads every character that is not ASCII.
    whole: bool,
}

impl Mender {
    fn fill(&mut self, text: &str, start: usize, end: usize) {
        let piece = |(at, c): (usize, char)| Piece {
            c,
            start: start + at,
            end: start + at + c.len_utf8(),
            repaired: None,
        };
        self.pieces.clear();
        self.pieces.extend(text[start..end].char_indices().map(piece));
    }

    /// Whether a run worth judging, or a control, stands at `hit`.
    fn suspect(&mut self, text: &str, hit: usize) -> bool {
        let mut chars = text[hit..].chars();
        let Some(first) = chars.next() else { return false };
        if codecs::control(first).is_some() {
            return true;
        }
        if !begins_sequence(bytes(first), chars) {
            return false;
        }
        let before: usize = text[..hit].chars().rev().take(2).map(char::len_utf8).sum();
        let after: usize = text[hit..].chars().take(14).map(char::len_utf8).sum();
        let seen = text[..hit].chars().rev().take(2).count();
        self.fill(text, hit - before, hit + after);
        self.judge_at(seen).is_some_and(|(_, verdict)| verdict > Verdict::Clean)
    }

    /// The codec that reads the run at `at` best, leaving the run in `best`; the surest reading wins, then the longest.
    fn judge_at(&mut self, at: usize) -> Option<(usize, Verdict)> {
        let leads = bytes(self.pieces[at].c);
        let mut found: Option<(usize, (Verdict, bool, usize, usize))> = None;
        for codec in (0..CODECS).filter(|&codec| leads[codec] >= 0xC2) {
            run(&self.pieces, at, codec, &mut self.sequences);
            let len: usize = self.sequences.iter().map(|sequence| sequence.len).sum();
            if len == 0 {
                continue;
            }
            self.chars.clear();
            self.chars.extend(self.pieces[at..at + len].iter().map(|piece| piece.c));
            let char_at = |i: Option<usize>| i.and_then(|i| self.pieces.get(i)).map(|piece| piece.c);
            let around = Around {
                before: [char_at(at.checked_sub(1)), char_at(at.checked_sub(2))],
                after: char_at(Some(at + len)),
            };
            let verdict = judge(&self.chars, &self.sequences, codec, around);
            // Text is mostly misread in an encoding of its own region, which has the letters of its language.
            let at_home = self.sequences.iter().filter(|sequence| bytes(sequence.c)[codec] != 0).count();
            let rank = (verdict, codec == self.reading.codec, len, at_home);
            if found.is_none_or(|(_, best)| rank > best) {
                found = Some((codec, rank));
                std::mem::swap(&mut self.best, &mut self.sequences);
            }
        }
        found.map(|(codec, (verdict, ..))| (codec, verdict))
    }

    /// Mends the pieces, layer by layer; whether any changed.
    fn mend(&mut self) -> bool {
        let mut changed = false;
        for _ in 0..LAYERS {
            self.reading = self.read_as();
            let sure = self.layer();
            // What a control means may be a byte of a further layer.
            if !(sure | self.vouch() || self.controls()) {
                break;
            }
            changed = true;
        }
        changed |= self.controls();
        if changed {
            self.narrow();
        }
        changed
    }

    /// Writes the full-width forms and ligatures that came out of a repair amid ASCII letters as ASCII.
    fn narrow(&mut self) {
        let plain = |at: Option<usize>| {
            at.and_then(|at| self.pieces.get(at)).is_some_and(|piece| piece.c.is_ascii_alphanumeric())
        };
        let wide = |piece: &Piece| is_cjk(piece.c) && !fullwidth(piece.c);
        let narrow: Vec<usize> = (0..self.pieces.len())
            .filter(|&at| self.pieces[at].repaired.is_some())
            .filter(|&at| plain(at.checked_sub(1)) && plain(Some(at + 1)))
            .filter(|&at| fullwidth(self.pieces[at].c) || ('ﬀ'..='ﬆ').contains(&self.pieces[at].c))
            .filter(|&at| {
                let near = at.saturating_sub(NEAR_CLEAN)..self.pieces.len().min(at + NEAR_CLEAN);
                !self.pieces[near].iter().any(wide)
            })
            .collect();
        for at in narrow.into_iter().rev() {
            let piece = self.pieces[at];
            let mut letters = Vec::new();
            decompose_compatible(piece.c, |c| letters.push(Piece { c, ..piece }));
            self.pieces.splice(at..=at, letters);
        }
    }

    /// The codec that leaves the fewest characters unread, and among those the one that reads most as letters it has.
    fn read_as(&mut self) -> Reading {
        let mut best: Option<((usize, usize), Reading)> = None;
        for codec in 0..CODECS {
            let (mut at, mut unread, mut strange) = (0, 0, 0);
            while at < self.pieces.len() {
                if self.pieces[at].c.is_ascii() {
                    at += 1;
                    continue;
                }
                run(&self.pieces, at, codec, &mut self.sequences);
                let len: usize = self.sequences.iter().map(|sequence| sequence.len).sum();
                let high = |sequence: &&Sequence| bytes(sequence.c)[codec] == 0;
                strange += self.sequences.iter().filter(high).count();
                unread += usize::from(len == 0);
                at += len.max(1);
            }
            if best.is_none_or(|(least, _)| (unread, strange) < least) {
                best = Some(((unread, strange), Reading { codec, whole: unread == 0 }));
            }
        }
        best.map(|(_, reading)| reading).unwrap_or_default()
    }

    /// Takes one layer off whatever is sure.
    fn layer(&mut self) -> bool {
        let mut changed = false;
        let mut at = 0;
        self.next.clear();
        while at < self.pieces.len() {
            let verdict = if self.pieces[at].c.is_ascii() { None } else { self.judge_at(at) };
            match verdict {
                Some((codec, verdict))
                    if verdict == Verdict::Sure || verdict == Verdict::Likely && !self.contradicted(at) =>
                {
                    at = take(&self.pieces, at, &self.best, codec, &mut self.next);
                    changed = true;
                }
                _ => {
                    self.next.push(self.pieces[at]);
                    at += 1;
                }
            }
        }
        std::mem::swap(&mut self.pieces, &mut self.next);
        changed
    }

    /// Whether letters or dashes near piece `at` were read as they should be.
    fn contradicted(&self, at: usize) -> bool {
        let len: usize = self.best.iter().map(|sequence| sequence.len).sum();
        let before = &self.pieces[at.saturating_sub(NEAR_CLEAN)..at];
        let after = &self.pieces[at + len..self.pieces.len().min(at + len + NEAR_CLEAN)];
        let mut near = before.iter().chain(after).map(|piece| piece.c);
        near.any(|c| !matches!(c, 'Ã' | 'Â') && (!c.is_ascii() && c.is_alphabetic() || c == '–' || c == '—'))
    }

    /// Mends what is doubtful where a piece near it was repaired and can be read in the same codec; and what looks clean
    /// too, where that codec reads all of the stretch: clean text beside it would not be UTF-8.
    fn vouch(&mut self) -> bool {
        if self.pieces.iter().all(|piece| piece.repaired.is_none()) {
            return false;
        }
        let mut changed = false;
        let mut at = 0;
        while at < self.pieces.len() {
            let judged = if self.pieces[at].c.is_ascii() { None } else { self.judge_at(at) };
            let Some((codec, verdict)) = judged else {
                at += 1;
                continue;
            };
            let fits = verdict > Verdict::Clean
                || verdict == Verdict::Clean && self.reading == Reading { codec, whole: true };
            if !fits {
                at += 1;
                continue;
            }
            let len: usize = self.best.iter().map(|sequence| sequence.len).sum();
            let same = |other: usize| {
                self.pieces[at..at + len].iter().all(|piece| bytes(piece.c)[other] == bytes(piece.c)[codec])
            };
            let repaired =
                |i: &usize| self.pieces[*i].repaired.is_some_and(|other| other < CODECS && same(other));
            let (low, high) = (at.saturating_sub(NEAR), self.pieces.len().min(at + len + NEAR));
            let voucher = (at..high).find(repaired).or_else(|| (low..at).rfind(repaired));
            let Some(voucher) = voucher else {
                at += 1;
                continue;
            };
            // A voucher inside the run means that this is one more layer of what was surely misread.
            self.tie(at.min(voucher), (at + len - 1).max(voucher));
            let mut mended = Vec::new();
            let end = take(&self.pieces, at, &self.best, codec, &mut mended);
            at += mended.len();
            self.pieces.splice(at - self.best.len()..end, mended);
            changed = true;
        }
        changed
    }

    /// Makes the pieces from `first` to `last` one edit: all of them come from all of their bytes.
    fn tie(&mut self, first: usize, last: usize) {
        let (start, end) = (self.pieces[first].start, self.pieces[last].end);
        for piece in &mut self.pieces {
            if start <= piece.start && piece.end <= end {
                (piece.start, piece.end) = (start, end);
                piece.repaired = piece.repaired.or(Some(CODECS));
            }
        }
    }

    /// Turns the C1 controls that are left into characters of Windows-1252. A NEL ends lines, unless it stands beside
    /// another control.
    fn controls(&mut self) -> bool {
        let mut changed = false;
        for at in 0..self.pieces.len() {
            let piece = self.pieces[at];
            let Some(c) = codecs::control(piece.c) else { continue };
            if piece.c == '\u{85}' {
                let beside = self.pieces.get(at + 1).filter(|next| codecs::control(next.c).is_some());
                if beside.is_none_or(|next| next.c == '\u{85}') {
                    continue;
                }
                self.pieces[at].c = c;
                self.tie(at, at + 1);
            }
            self.pieces[at].c = c;
            self.pieces[at].repaired = Some(CODECS);
            changed = true;
        }
        changed
    }

    /// Proposes an edit for each stretch that was repaired: pieces that share bytes are one, as where a further layer began or
    /// ended among pieces that were tied.
    fn propose(&self, text: &str, edits: &mut Edits) {
        let mut pieces = self.pieces.iter().peekable();
        let mut with = String::new();
        while let Some(&Piece { c, start, mut end, .. }) = pieces.next() {
            with.clear();
            with.push(c);
            while let Some(piece) = pieces.next_if(|piece| piece.start < end) {
                end = end.max(piece.end);
                with.push(piece.c);
            }
            if text[start..end] != with {
                edits.replace(start, end, &with);
            }
        }
    }
}

/// Full-width ASCII.
fn fullwidth(c: char) -> bool {
    ('！'..='～').contains(&c)
}

/// Whether a character of these bytes and the next one or two could be a sequence in some codec; nearly all clean text
/// ends here.
fn begins_sequence(leads: Bytes, mut next: std::str::Chars<'_>) -> bool {
    let mut possible = [false; CODECS];
    for (possible, lead) in possible.iter_mut().zip(leads) {
        *possible = lead >= 0xC2;
    }
    for place in 1..=2 {
        let Some(c) = next.next() else { return place > 1 && possible.contains(&true) };
        let lost = matches!(c, ' ' | '?' | '\u{fffd}');
        for ((possible, lead), trail) in possible.iter_mut().zip(leads).zip(bytes(c)) {
            *possible &= lost | (0x80..0xC0).contains(&trail) | (place == 2 && lead < 0xE0);
        }
        if !possible.contains(&true) {
            return false;
        }
    }
    true
}

/// Writes the characters that the run at `at` spells to `out`; returns the piece after the run.
fn take(pieces: &[Piece], at: usize, run: &[Sequence], codec: usize, out: &mut Vec<Piece>) -> usize {
    let mut next = at;
    for sequence in run {
        let (first, last) = (pieces[next], pieces[next + sequence.len - 1]);
        out.push(Piece { c: sequence.c, start: first.start, end: last.end, repaired: Some(codec) });
        next += sequence.len;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::document::Field;
    use crate::normalize::testing::edited;

    #[test]
    fn layers_that_share_bytes_are_one_edit() {
        let once = edited(&Mojibake {}, "\u{83}Ã Ã ");
        assert_eq!(once, "Ĉ à ");
        assert_eq!(edited(&Mojibake {}, &once), once);
    }

    #[test]
    fn text_read_in_another_encoding_is_mended() {
        for (broken, whole) in [
            ("The cafÃ© on RÃ¼bengasse", "The café on Rübengasse"),
            ("Itâ€™s â€œoverâ€\u{9d} â€” no, really", "It’s “over” — no, really"),
            ("ÃƒÂ©tÃƒÂ© pass\u{c3}\u{192}\u{c2}\u{a9}", "été passé"),
            ("The fee is Â£40 at 20Â°C", "The fee is £40 at 20°C"),
            ("РџСЂРёРІРµС‚, РґСЂСѓР·СЊСЏ", "Привет, друзья"),
            ("Ð˜ Ð¼Ñ‹ Ð² Ð»Ðµ\u{d1}\u{81}Ñƒ", "И мы в лесу"),
            ("Prague (ÄŚesko) ĹľlutĂ˝ kĹŻĹ\u{88}", "Prague (Česko) žlutý kůň"),
            ("Wir h√∂ren √ºberall M√ºtter", "Wir hören überall Mütter"),
            ("It‚Äôs ‚Äúover‚Äù", "It’s “over”"),
            ("Das M├ñdchen h├╢rt", "Das Mädchen hört"),
            ("ItΓÇÖs over", "It’s over"),
            ("TÃ¼rkÃ§e: ÄŸÄ±ÅŸ, Ä°zmir, ÅžiÅŸli", "Türkçe: ğış, İzmir, Şişli"),
            ("æ—¥æœ¬èªžã‚’å\u{ad}¦ã\u{81}¶", "日本語を学ぶ"),
            ("smile ðŸ™‚ now", "smile \u{1f642} now"),
            ("voilÃ la fin, jusqu'Ã demain", "voilà la fin, jusqu'à demain"),
            ("\u{93}Well\u{85}\u{94} it\u{92}s", "“Well…” it’s"),
            ("Î‘Î¸Î®Î½Î± ÎºÎ±Î¹ ÎµÎ³ÏŽ", "Αθήνα και εγώ"),
        ] {
            assert_eq!(edited(&Mojibake {}, broken), whole);
        }
    }

    #[test]
    fn what_is_mended_needs_no_further_mending() {
        for (broken, whole) in [
            ("A\u{303}\u{a9}te\u{301} at the cafA\u{303}\u{a9}, e\u{301}", "été at the café, é"),
            ("a lone ƒ\u{8e}", "a lone ƒŽ"),
            ("a \u{83}\u{e9}", "a Ď"),
            ("a \u{83}e\u{301}", "a Ď"),
        ] {
            let once = edited(&Mojibake {}, broken);
            assert_eq!(once, whole);
            assert_eq!(edited(&Mojibake {}, &once), whole);
        }
    }

    #[test]
    fn letters_with_their_marks_apart_are_left_apart_where_nothing_is_mended() {
        let text = "e\u{301}te\u{301} au cafe\u{301}";
        assert_eq!(edited(&Mojibake {}, text), text);
    }

    #[test]
    fn text_that_only_looks_odd_stays() {
        for text in include_str!("clean.txt").lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(edited(&Mojibake {}, text), text);
        }
    }

    #[test]
    fn curly_quotes_stay_beside_what_is_mended() {
        assert_eq!(edited(&Mojibake {}, "“L’Ã©tÃ©”, „so ’nÃ¼“"), "“L’été”, „so ’nü“");
    }

    #[test]
    fn a_doubtful_word_is_mended_beside_a_sure_one_and_shares_its_source() {
        let text = "vient Ã Paris, en Ã©tÃ©";
        let mut field = Field::plain(text.to_owned());
        let mut edits = Edits::default();
        Mojibake {}.edit(text, FieldCx::default(), &mut edits);
        field.text.apply(&edits);
        assert_eq!(field.text.as_str(), "vient à Paris, en été");
        let at = field.text.as_str().find('à').expect("it was mended");
        let source = field.text.to_src(crate::base::span::Span::at(at..at + 2));
        assert_eq!(source.of(text), "Ã Paris, en Ã©");
        assert_eq!(edited(&Mojibake {}, "vient Ã Paris"), "vient Ã Paris");
    }

    #[test]
    fn each_line_is_judged_by_itself() {
        assert_eq!(edited(&Mojibake {}, "vient Ã Paris\nen Ã©tÃ©"), "vient Ã Paris\nen été");
    }

    #[test]
    fn a_long_line_is_mended_all_along() {
        let broken = "cafÃ© au lait, ".repeat(3000);
        assert_eq!(edited(&Mojibake {}, &broken), "café au lait, ".repeat(3000));
    }
}
