//! Text with stretches in it, as tags have to be written: each inside another or apart.

use std::cmp::Reverse;
use std::ops::Range;

/// What comes next in a text with stretches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'t, T> {
    /// Text; never empty.
    Text(&'t str),
    /// A stretch begins.
    Open(T),
    /// It ends.
    Close(T),
}

/// `text` in pieces. A stretch that crosses one before it, is empty or begins inside a character is left out.
pub(super) fn nested<T: Copy>(text: &str, mut stretches: Vec<(Range<usize>, T)>) -> Vec<Event<'_, T>> {
    stretches.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
    let mut events = Vec::with_capacity(3 * stretches.len() + 1);
    let mut open: Vec<(usize, T)> = Vec::new();
    let mut at = 0;
    for (range, stretch) in stretches {
        while let Some((end, last)) = open.pop_if(|(end, _)| *end <= range.start) {
            push_text(text, &mut at, end, &mut events);
            events.push(Event::Close(last));
        }
        let crosses = open.last().is_some_and(|&(end, _)| range.end > end);
        if !crosses && !range.is_empty() && text.get(range.clone()).is_some() {
            push_text(text, &mut at, range.start, &mut events);
            events.push(Event::Open(stretch));
            open.push((range.end, stretch));
        }
    }
    while let Some((end, last)) = open.pop() {
        push_text(text, &mut at, end, &mut events);
        events.push(Event::Close(last));
    }
    push_text(text, &mut at, text.len(), &mut events);
    events
}

fn push_text<'t, T>(text: &'t str, at: &mut usize, end: usize, events: &mut Vec<Event<'t, T>>) {
    if *at < end {
        events.push(Event::Text(&text[*at..end]));
        *at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, ranges: &[Range<usize>]) -> String {
        let numbered = ranges.iter().cloned().zip(1..).collect();
        let show = |event: &Event<'_, i32>| match event {
            Event::Text(text) => (*text).to_owned(),
            Event::Open(number) => format!("[{number} "),
            Event::Close(_) => "]".to_owned(),
        };
        nested(text, numbered).iter().map(show).collect()
    }

    #[test]
    fn stretches_lie_in_one_another_or_apart() {
        assert_eq!(shown("ab & cd", &[0..2, 5..7]), "[1 ab] & [2 cd]");
        assert_eq!(shown("ab cd", &[3..5, 0..5]), "[2 ab [1 cd]]");
        assert_eq!(shown("ab cd", &[0..5, 0..5]), "[1 [2 ab cd]]");
        assert_eq!(shown("abcd", &[0..2, 2..4]), "[1 ab][2 cd]");
        assert_eq!(shown("", &[]), "");
    }

    #[test]
    fn what_crosses_another_or_a_character_is_left_out() {
        assert_eq!(shown("ab cd ef", &[0..5, 3..8]), "[1 ab cd] ef");
        assert_eq!(shown("é b", &[1..3, 0..2, 0..9, 2..2]), "[2 é] b");
    }
}
