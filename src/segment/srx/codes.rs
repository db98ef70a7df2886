//! Inline codes taken out of a text, and breaks put back on the side of them that the rules' header asks for.

use std::borrow::Cow;

use super::file::CodeSides;
use crate::segment::{Code, CodeKind};

/// A text without its inline codes.
#[derive(Debug)]
pub(super) struct Bare<'t> {
    /// What the rules see.
    pub(super) text: Cow<'t, str>,
    taken: Vec<Taken>,
}

/// A code that was taken out.
#[derive(Debug, Clone, Copy)]
struct Taken {
    /// Bytes of the bare text before it.
    at: usize,
    /// Bytes it left there: 1 for a space.
    left: usize,
    code: Code,
}

impl<'t> Bare<'t> {
    /// Takes `codes` out of `text`; with `isolated_as_space`, those that stand alone leave a space.
    pub(super) fn new(text: &'t str, codes: &[Code], isolated_as_space: bool) -> Self {
        if codes.is_empty() {
            return Self { text: Cow::Borrowed(text), taken: Vec::new() };
        }
        let (mut bare, mut taken, mut from) = (String::with_capacity(text.len()), Vec::new(), 0);
        for &code in codes {
            bare.push_str(&text[from..code.start]);
            let left = usize::from(isolated_as_space && code.kind == CodeKind::Isolated);
            taken.push(Taken { at: bare.len(), left, code });
            bare.push_str(&" "[..left]);
            from = code.end;
        }
        bare.push_str(&text[from..]);
        Self { text: Cow::Owned(bare), taken }
    }

    /// Where in the whole text a break falls that stands at `at` in the bare one: behind the codes there that belong to
    /// the segment before it, up to the first that does not.
    pub(super) fn place(&self, at: usize, sides: CodeSides) -> usize {
        let next = self.taken.partition_point(|taken| taken.at < at);
        let (before, beside) = self.taken.split_at(next);
        let mut place = before.last().map_or(at, |last| last.code.end + at - last.at - last.left);
        for taken in beside.iter().take_while(|taken| taken.at == at && taken.left == 0) {
            let stays = match taken.code.kind {
                CodeKind::Start => sides.start,
                CodeKind::End => sides.end,
                CodeKind::Isolated => sides.isolated,
            };
            if !stays {
                break;
            }
            place = taken.code.end;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its codes in brackets: `<b>` starts, `</b>` ends, `<b/>` stands alone.
    fn codes(text: &str) -> Vec<Code> {
        let spans = text
            .match_indices('<')
            .filter_map(|(start, _)| Some((start, start + text[start..].find('>')? + 1)));
        spans
            .map(|(start, end)| {
                let kind = match &text[start..end] {
                    code if code.starts_with("</") => CodeKind::End,
                    code if code.ends_with("/>") => CodeKind::Isolated,
                    _ => CodeKind::Start,
                };
                Code { start, end, kind }
            })
            .collect()
    }

    /// The text with `|` where a break falls that stands right before the first `b` of the bare text.
    fn broken(text: &str, sides: CodeSides, isolated_as_space: bool) -> String {
        let bare = Bare::new(text, &codes(text), isolated_as_space);
        let place = bare.place(bare.text.find('b').unwrap(), sides);
        format!("{}|{}", &text[..place], &text[place..])
    }

    #[test]
    fn codes_that_close_stay_and_those_that_open_go() {
        let usual = CodeSides::default();
        assert_eq!(broken("a. </i><x/><u>b", usual, false), "a. </i>|<x/><u>b");
        assert_eq!(broken("a. <i></i>b", usual, false), "a. |<i></i>b");
        assert_eq!(broken("<u>a. </u>b", usual, false), "<u>a. </u>|b");
        let all = CodeSides { start: true, end: true, isolated: true };
        assert_eq!(broken("a. </i><x/><u>b", all, false), "a. </i><x/><u>|b");
    }

    #[test]
    fn a_code_that_leaves_a_space_is_one() {
        let usual = CodeSides::default();
        assert_eq!(broken("a.<x/>b", usual, true), "a.<x/>|b");
        assert_eq!(broken("a.<x/></i>b", usual, true), "a.<x/></i>|b");
        assert_eq!(Bare::new("a.<x/>b", &codes("a.<x/>b"), true).text, "a. b");
        assert_eq!(Bare::new("a.<x/>b", &codes("a.<x/>b"), false).text, "a.b");
    }
}
