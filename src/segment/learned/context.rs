//! What stands around a run of marks: closers, openers, the words to the left and right.

use super::beside::{left_flags, left_word, right_flags, right_word, spaced_end, word_before};
use super::edges::{Closer, Opener, char_at, closers, openers, skip_blanks, skip_openers};
use super::lexicon::{Flags, Lexicon, STARTER};
use super::mark::{Mark, Run};
use super::passed::Passed;
use super::word::{LONGEST, Shape, Word};
use crate::base::letters::is_letter;

/// The white space between the marks and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Gap {
    /// There is none.
    None,
    /// A space.
    Space,
    /// Several.
    Wide,
    /// A line end.
    Line,
}

/// A candidate: a run of marks and what stands around it.
#[derive(Debug)]
pub(super) struct Context<'t> {
    pub(super) text: &'t str,
    /// Where the segment begins that would end here.
    pub(super) since: usize,
    pub(super) run: Run,
    pub(super) closer: Closer,
    /// Where a segment that ends here would end.
    pub(super) end: usize,
    pub(super) gap: Gap,
    /// The first character that follows, white space aside.
    pub(super) follows: char,
    /// Where it stands.
    pub(super) next: usize,
    pub(super) opener: Opener,
    /// The word before the marks.
    pub(super) left: Word,
    pub(super) left_flags: Flags,
    /// Whether a space stands between it and the marks.
    pub(super) apart: bool,
    /// Whether `left` is the first word of its segment.
    pub(super) first: bool,
    /// The word that follows, up to an apostrophe.
    pub(super) right: Word,
    pub(super) right_flags: Flags,
    /// What stands right behind it.
    pub(super) behind: char,
    /// Whether « was opened before; told only before a dash.
    pub(super) in_angles: bool,
}

/// The candidate at `run`; `None` where nothing follows.
pub(super) fn read<'t>(
    text: &'t str,
    run: Run,
    passed: &mut Passed,
    lexicon: &Lexicon,
) -> Option<Context<'t>> {
    let (closer, end) = closers(text, run, passed);
    let next = skip_blanks(text, end);
    let follows = char_at(text, next)?;
    let gap = gap(&text[end..next]);
    let (opener, at) = openers(text, next);
    // Marks that end sentences alone are judged without the words beside them.
    let alone = matches!(run.mark, Mark::Full | Mark::Script) && (gap != Gap::None || run.mark == Mark::Full);
    let ((right, behind), left) = if alone {
        ((Word::none(at), ' '), Word::none(run.start))
    } else {
        (right_word(text, at), left_word(text, spaced_end(text, run.start), passed.since))
    };
    let since = passed.since;
    Some(Context {
        text,
        since,
        run,
        closer,
        end,
        gap,
        follows,
        next,
        opener,
        left_flags: left_flags(text, &left, lexicon),
        apart: left.end < run.start,
        left,
        first: left.start < since + LONGEST && left.start <= skip_openers(text, since),
        right_flags: right_flags(text, &right, lexicon),
        right,
        behind,
        in_angles: opener == Opener::Dash && passed.spaced(text.as_bytes(), run.start).angles > 0,
    })
}

fn gap(between: &str) -> Gap {
    match between {
        "" => Gap::None,
        " " => Gap::Space,
        _ if between.contains('\n') => Gap::Line,
        _ if between.chars().nth(1).is_some() => Gap::Wide,
        _ => Gap::Space,
    }
}

impl Context<'_> {
    /// The word before the one before the marks, and whether a full stop closes it.
    fn before(&self) -> (Word, bool) {
        word_before(self.text, self.left.start)
    }

    /// Whether an ellipsis follows that opens what comes next: `. ...and`.
    pub(super) fn opens_with_dots(&self) -> bool {
        let rest = self.text[self.next..].trim_start_matches(['.', ' ', '…']);
        self.text[self.next + 1..].starts_with(['.', ' ']) && rest.starts_with(is_letter)
    }

    /// Whether a number stands before the word before, which may then be a unit of measure.
    pub(super) fn counted(&self) -> bool {
        let (before, stopped) = self.before();
        !stopped && (before.is_digits() || before.shape == Shape::Number)
    }

    /// Whether the English "I" follows, which has its capital anywhere.
    pub(super) fn says_i(&self) -> bool {
        &self.text[self.right.start..self.right.end] == "I" && matches!(self.behind, ' ' | '\'' | '’')
    }

    /// Whether the segment opens with an English preposition of time, so that its main clause is yet to come.
    pub(super) fn opens_with_preposition(&self) -> bool {
        let rest = &self.text[skip_openers(self.text, self.since)..];
        let opens = |word: &str| rest.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        ["At", "On", "By", "Around", "About", "From", "Since", "Before", "After", "Until"]
            .into_iter()
            .any(opens)
    }

    /// Whether the word before is in a script of India.
    pub(super) fn is_indic(&self) -> bool {
        self.text[self.left.start..].starts_with(|c| matches!(c, '\u{900}'..='\u{DFF}'))
    }

    /// Whether white space stands between the marks and what follows.
    pub(super) fn is_spaced(&self) -> bool {
        self.gap != Gap::None
    }

    /// Whether the next word begins a sentence by what is listed, and by its capital.
    pub(super) fn starts(&self) -> bool {
        self.right_flags & STARTER != 0
    }
}
