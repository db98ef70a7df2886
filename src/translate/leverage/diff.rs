//! What changed between two texts, word by word.

use crate::translate::leverage::tokens::{Token, Tokens};

/// The most cells of the table that is made for a diff: 1,000 tokens against 1,000; longer texts show as wholly changed
/// between their common beginning and end.
const CELLS: usize = 1_000_000;

/// `new` with what it has more in `{+…+}` and what `old` had more in `[-…-]`, as `git diff --word-diff` shows it.
///
/// Words are compared with regard to case; white space, composition and the shape of quotes play no part.
///
/// ```
/// use nutgraf::translate::leverage::diff::words;
/// assert_eq!(words("The old mill burned.", "The mill burned down."), "The [-old-] mill burned {+down+}.");
/// ```
pub fn words(old: &str, new: &str) -> String {
    let (old, new) = (Tokens::of(old), Tokens::of(new));
    let mut out = String::new();
    let mut open = None;
    let mut spaced = false;
    for (kind, tokens, token) in script(&old, &new) {
        let space = token.at.start > 0 && tokens.text().as_bytes()[token.at.start - 1] == b' ';
        if open != Some(kind) {
            out.push_str(open.map_or("", Kind::close));
            if (space || spaced) && !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(kind.open());
            open = Some(kind);
        } else if space {
            out.push(' ');
        }
        // A piece taken out before a mark leaves its space to what follows.
        spaced = kind == Kind::Old && space && out.ends_with(' ');
        out.push_str(tokens.str(token));
    }
    out.push_str(open.map_or("", Kind::close));
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Old,
    New,
}

impl Kind {
    fn open(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Old => "[-",
            Self::New => "{+",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Old => "-]",
            Self::New => "+}",
        }
    }
}

/// All tokens in the order in which they are shown: of a change, the old ones first.
fn script<'t>(old: &'t Tokens, new: &'t Tokens) -> Vec<(Kind, &'t Tokens, &'t Token)> {
    let a: Vec<&str> = old.tokens().iter().map(|token| old.str(token)).collect();
    let b: Vec<&str> = new.tokens().iter().map(|token| new.str(token)).collect();
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (mid_a, mid_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut shown = Vec::with_capacity(a.len() + b.len());
    let same = |j: usize| (Kind::Same, new, &new.tokens()[j]);
    shown.extend((0..head).map(same));
    let (mut i, mut j) = (0, 0);
    for (x, y) in common(mid_a, mid_b) {
        shown.extend((i..x).map(|i| (Kind::Old, old, &old.tokens()[head + i])));
        shown.extend((j..y).map(|j| (Kind::New, new, &new.tokens()[head + j])));
        shown.extend((y < mid_b.len()).then(|| same(head + y)));
        (i, j) = (x + 1, y + 1);
    }
    shown.extend((b.len() - tail..b.len()).map(same));
    shown
}

/// Pairs of places that a longest common subsequence joins, and one pair behind the ends.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let width = b.len() + 1;
    if (a.len() + 1).saturating_mul(width) <= CELLS {
        let mut table = vec![0_u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i * width + j] = if a[i] == b[j] {
                    table[(i + 1) * width + j + 1] + 1
                } else {
                    table[(i + 1) * width + j].max(table[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() && j < b.len() {
            if a[i] == b[j] {
                pairs.push((i, j));
                (i, j) = (i + 1, j + 1);
            } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    pairs.push((a.len(), b.len()));
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_shows_the_old_before_the_new() {
        insta::assert_snapshot!(words("Ferries ran every ten minutes, he said.", "Ferries will run every 12 minutes, she said."),
            @"Ferries [-ran-] {+will run+} every [-ten-] {+12+} minutes, [-he-] {+she+} said.");
        insta::assert_snapshot!(words("", "New"), @"{+New+}");
        insta::assert_snapshot!(words("Same.", "Same."), @"Same.");
    }

    proptest! {
        /// Without what is marked as old, the new text is left, white space aside; and the other way round.
        #[test]
        fn both_texts_can_be_read_from_it(old in "([abc.] ?){0,9}", new in "([abc.] ?){0,9}") {
            let shown = words(&old, &new);
            let without = |open: &str, close: &str| {
                let mut kept = String::new();
                let mut rest = shown.as_str();
                while let Some((before, behind)) = rest.split_once(open) {
                    kept.push_str(before);
                    rest = behind.split_once(close).map_or("", |(_, rest)| rest);
                }
                kept.push_str(rest);
                kept.replace(['[', ']', '{', '}', '-', '+', ' '], "")
            };
            prop_assert_eq!(without("[-", "-]"), new.replace(' ', ""), "{}", &shown);
            prop_assert_eq!(without("{+", "+}"), old.replace(' ', ""), "{}", &shown);
        }
    }
}
