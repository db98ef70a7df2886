//! What the weights look at: compact features of a candidate, each a key of 32 bits.
//!
//! The first [`NEUTRAL`] hold in any language; the rest name the language, and some its words. A key mixes the number of its
//! feature with its values. Of 29 features that were tried, some stand here that five folds would miss, and a few that
//! rule cases would; with all of them the figures are the same.

use super::context::Context;
use super::lexicon::{LISTED, STARTER};
use super::rules::Verdict;
use crate::base::letters::{is_letter, is_letter_or_digit};

/// Features that hold in any language.
pub(super) const NEUTRAL: usize = 9;
/// All features.
pub(super) const FEATURES: usize = NEUTRAL + 10;

/// A key under construction.
#[derive(Clone, Copy)]
struct Key(u64);

impl Key {
    fn of(feature: u8) -> Self {
        Self(0x9E37_79B9_7F4A_7C15 ^ u64::from(feature))
    }

    fn with(self, value: u64) -> Self {
        Self((self.0.rotate_left(23) ^ value).wrapping_mul(0x9FB2_1C65_1E98_DF25))
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves are folded on purpose")]
    fn done(self) -> u32 {
        let folded = self.0 ^ (self.0 >> 29);
        (folded >> 32) as u32 ^ folded as u32
    }
}

/// How long the segment would be that ends here.
fn length(cx: &Context<'_>) -> u64 {
    match cx.run.start.saturating_sub(cx.since) {
        0..=3 => 0,
        4..=12 => 1,
        13..=30 => 2,
        31..=80 => 3,
        81..=250 => 4,
        _ => 5,
    }
}

/// The character that follows where it is no letter and no digit.
fn sign(cx: &Context<'_>) -> u64 {
    match cx.follows {
        c if is_letter(c) => 1,
        c if c.is_numeric() => 2,
        c => c.into(),
    }
}

/// What stands right behind the next word: a letter, white space, or a sign.
fn behind(cx: &Context<'_>) -> u64 {
    match cx.behind {
        c if is_letter_or_digit(c) => 1,
        c if c.is_whitespace() => 2,
        c => c.into(),
    }
}

/// The last character of the word before, where its language says much by endings: in Korean alone.
fn ending(cx: &Context<'_>) -> u64 {
    let last = cx.text[..cx.left.end].chars().next_back().filter(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
    last.map_or(0, u64::from)
}

/// The mark: a single one is its first byte; of a run its kind counts, and whether it is longer than an ellipsis.
fn mark(cx: &Context<'_>) -> u64 {
    match cx.run.marks {
        0 => 0,
        1 => u64::from(cx.text.as_bytes()[cx.run.start]),
        marks => 256 + 4 * cx.run.mark as u64 + u64::from(marks.min(4)) - 1,
    }
}

/// The keys of a candidate; `lang` is a hash of the language.
pub(super) fn keys(cx: &Context<'_>, verdict: Verdict, lang: u64) -> [u32; FEATURES] {
    let (left, right) = (cx.left.shape as u64, cx.right.shape as u64);
    let (gap, closer) = (cx.gap as u64, cx.closer as u64);
    let listed = u64::from(cx.left_flags & LISTED);
    let starter = u64::from(cx.right_flags & STARTER != 0);
    let (mark, reason, sides) = (mark(cx), verdict.reason as u64, left << 8 | right);
    // Dashes and bullets open alike.
    let opener = (cx.opener as u64).min(3);
    let any = |feature: u8| Key::of(feature);
    let own = |feature: u8| Key::of(feature).with(lang);
    [
        any(0).done(),
        any(1).with(reason).done(),
        any(2).with(reason).with(sides).done(),
        any(3).with(mark).with(sides).with(gap << 1 | u64::from(cx.apart)).done(),
        any(4).with(mark).with(listed << 8 | right).with(starter).done(),
        any(5).with(mark).with(u64::from(cx.left.chars) << 8 | left).with(u64::from(cx.left.voiced)).done(),
        any(6).with(mark).with(sign(cx)).with(closer).done(),
        any(7).with(reason).with(starter << 1 | u64::from(cx.first)).with(behind(cx)).done(),
        any(8).with(listed << 8 | left).with(starter << 8 | u64::from(cx.right_flags & LISTED)).done(),
        own(32).with(reason).done(),
        own(33).with(mark).with(listed << 8 | right).with(starter).done(),
        own(34).with(cx.left.hash).with(right).done(),
        any(35).with(cx.left.hash).with(mark).done(),
        own(36).with(mark).with(closer).with(right << 8 | opener).done(),
        own(37).with(mark).with(length(cx)).done(),
        own(38).with(mark).with(sign(cx)).with(reason).done(),
        own(39).with(mark).with(ending(cx)).done(),
        own(41).with(mark).with(sides).with(gap).done(),
        own(40).with(cx.right.hash).with(right).done(),
    ]
}
