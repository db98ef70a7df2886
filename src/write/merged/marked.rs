//! Text with emphasis and links as one line of Markdown.

use std::ops::Range;

use crate::base::escape::{markdown, markdown_piece, terminal};
use crate::doc::inline::{Markup, Style};
use crate::write::merged::Shown;
use crate::write::nested::{Event, nested};

/// One line that reads as `shown` looks.
///
/// Emphasis is written by asterisks where `CommonMark` takes them for it, by elements of HTML where it would not: beside
/// another run of them, or between a mark and a letter.
pub(super) fn marked(shown: &Shown<'_>) -> String {
    if shown.inline.is_empty() {
        return markdown(&shown.text);
    }
    let text = shown.text.as_str();
    let spelled = |number: usize| Spelled {
        markup: shown.inline[number].1,
        by_marks: takes_marks(text, number, &shown.inline),
    };
    let stretches = (0..shown.inline.len()).map(|number| (shown.inline[number].0.clone(), spelled(number)));
    let mut out = String::with_capacity(text.len() + 16);
    let mut code: Option<String> = None;
    for event in nested(text, stretches.collect()) {
        match (event, &mut code) {
            (Event::Text(text), Some(code)) => code.push_str(&terminal(text)),
            (Event::Text(text), None) if out.is_empty() => {
                let shown = text.trim_end();
                out.push_str(&markdown(shown));
                out.push_str(if shown.len() < text.len() { " " } else { "" });
            }
            (Event::Text(text), None) => out.push_str(&markdown_piece(text)),
            (Event::Open(spelled), None) if spelled.markup.style == Style::Code => code = Some(String::new()),
            (Event::Open(spelled), None) => out.push_str(spelled.open()),
            (Event::Close(spelled), held) => match held.take_if(|_| spelled.markup.style == Style::Code) {
                Some(code) => push_code(&mut out, &code),
                None if held.is_none() => spelled.close(&mut out),
                None => {}
            },
            (Event::Open(_), Some(_)) => {}
        }
    }
    out
}

/// Markup and how it is spelled.
#[derive(Debug, Clone, Copy)]
struct Spelled<'m> {
    markup: &'m Markup,
    by_marks: bool,
}

impl Spelled<'_> {
    fn open(self) -> &'static str {
        match (self.markup.style, self.by_marks) {
            (Style::Emphasis, true) => "*",
            (Style::Emphasis, false) => "<em>",
            (Style::Strong, true) => "**",
            (Style::Strong, false) => "<strong>",
            (Style::Deleted, true) => "~~",
            (Style::Deleted, false) => "<del>",
            (Style::Code, _) => "`",
            (Style::Link, _) => "[",
        }
    }

    fn close(self, out: &mut String) {
        match (self.markup.style, self.by_marks) {
            (Style::Emphasis, false) => out.push_str("</em>"),
            (Style::Strong, false) => out.push_str("</strong>"),
            (Style::Deleted, false) => out.push_str("</del>"),
            (Style::Link, _) => {
                out.push_str("](");
                push_address(out, self.markup.href.as_deref().unwrap_or_default());
                if let Some(title) = &self.markup.title {
                    out.push_str(" \"");
                    out.push_str(&markdown_piece(title).replace('"', "\\\""));
                    out.push('"');
                }
                out.push(')');
            }
            _ => out.push_str(self.open()),
        }
    }
}

/// An address as a link has it: between `<` and `>` where it holds what would end it.
fn push_address(out: &mut String, address: &str) {
    let plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '&');
    if !address.is_empty() && address.chars().all(plain) {
        return out.push_str(address);
    }
    out.push('<');
    out.push_str(&markdown_piece(address));
    out.push('>');
}

/// Code between more backquotes than it holds in a row.
fn push_code(out: &mut String, code: &str) {
    let mut longest = 0;
    for run in code.split(|c| c != '`') {
        longest = longest.max(run.len());
    }
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    for piece in [&fence, pad, code, pad, &fence] {
        out.push_str(piece);
    }
}

/// Whether marks around a stretch are taken for its markup: by the rules of `CommonMark` for runs of delimiters, read
/// narrowly.
fn takes_marks(text: &str, number: usize, all: &[(Range<usize>, &Markup)]) -> bool {
    let (range, _) = &all[number];
    let others = || all.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other);
    let by_run = |markup: &Markup| !matches!(markup.style, Style::Code | Style::Link);
    let touches = |other: &Range<usize>| {
        [other.start, other.end].iter().any(|end| [range.start, range.end].contains(end))
    };
    if others().any(|(other, markup)| by_run(markup) && touches(other)) {
        return false;
    }
    let Some(held) = text.get(range.clone()) else { return false };
    // A link or code that begins or ends here begins or ends with a mark.
    let marked = |at: usize| others().any(|(other, _)| other.start == at || other.end == at);
    let wordy = |c: Option<char>, at: usize| c.is_some_and(char::is_alphanumeric) && !marked(at);
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let opens = wordy(held.chars().next(), range.start) || apart(text[..range.start].chars().next_back());
    let closes = wordy(held.chars().next_back(), range.end) || apart(text[range.end..].chars().next());
    opens && closes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::Reader as _;

    fn shown(text: &str, inline: &[(Range<usize>, &Markup)]) -> String {
        marked(&Shown { text: text.to_owned(), inline: inline.to_vec(), open: Vec::new() })
    }

    #[test]
    fn emphasis_is_by_asterisks_where_they_are_taken_for_it() {
        let (em, strong, deleted) =
            (Markup::of(Style::Emphasis), Markup::of(Style::Strong), Markup::of(Style::Deleted));
        assert_eq!(shown("a bc* d", &[(2..4, &em)]), "a *bc*\\* d");
        assert_eq!(shown("abcd", &[(1..3, &strong)]), "a**bc**d");
        assert_eq!(shown("1. ab", &[(3..5, &deleted)]), "1\\. ~~ab~~");
        assert_eq!(shown("a“b”c", &[(1..8, &strong)]), "a<strong>“b”</strong>c");
        assert_eq!(shown("ab cd", &[(0..5, &em), (3..5, &strong)]), "<em>ab <strong>cd</strong></em>");
        assert_eq!(shown("- ab cd", &[(5..7, &em)]), "\\- ab *cd*");
    }

    #[test]
    fn links_lead_where_they_led() {
        let link = |href: &str, title: Option<&str>| Markup::link(href, title).expect("a link");
        let plain = link("https://a.example/x_y?z=1", None);
        assert_eq!(shown("see [it] now", &[(4..8, &plain)]), "see [\\[it\\]](https://a.example/x_y?z=1) now");
        let odd = link("/a b(c)<d>", Some("say \"hi\""));
        assert_eq!(shown("it", &[(0..2, &odd)]), "[it](</a b(c)\\<d\\>> \"say \\\"hi\\\"\")");
        let strong = Markup::of(Style::Strong);
        assert_eq!(
            shown("see it.", &[(4..6, &strong), (4..6, &plain)]),
            "see **[it](https://a.example/x_y?z=1)**."
        );
    }

    #[test]
    fn code_stands_as_it_is() {
        let code = Markup::of(Style::Code);
        assert_eq!(shown("run a*b `c` now", &[(4..11, &code)]), "run `` a*b `c` `` now");
        let em = Markup::of(Style::Emphasis);
        assert_eq!(shown("run ab now", &[(4..6, &code), (5..6, &em)]), "run `ab` now");
    }

    /// The text and the stretches of one line of Markdown, as our reader has them.
    fn read(line: &str) -> (String, Vec<(Range<usize>, Markup)>) {
        let mut read = Vec::new();
        let options = crate::read::ReadOptions::default();
        crate::read::markdown::Markdown
            .read(line.as_bytes().to_vec(), crate::doc::record::Source::default(), &options, &mut read)
            .expect("Markdown");
        let field = read.remove(0).text;
        let inline = field.inline.into_iter().map(|inline| (inline.span.range(), inline.markup));
        (field.text.as_str().to_owned(), inline.collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        /// What is written reads as it was, text and markup.
        #[test]
        fn any_markup_comes_back(
            words in prop::collection::vec(prop::sample::select(vec!["a", "bc", "é", "日本", "“q”", "(", ".", "*", "_", "`", "[x]", "1.", "&amp;", "<b>", "-", "…"]), 1..7),
            gaps in prop::collection::vec(prop::sample::select(vec!["", " "]), 7),
            picks in prop::collection::vec((0_usize..7, 0_usize..7, 0_usize..5), 0..4),
        ) {
            let mut text = String::new();
            let mut places = Vec::new();
            for (word, gap) in words.iter().zip(&gaps) {
                if !text.is_empty() {
                    text.push_str(gap);
                }
                places.push(text.len()..text.len() + word.len());
                text.push_str(word);
            }
            let markup: Vec<Markup> = [Style::Emphasis, Style::Strong, Style::Deleted, Style::Code].into_iter().map(Markup::of)
                .chain(Markup::link("https://a.example/(b)?c=*d*", Some("say \"hi\""))).collect();
            let mut inline: Vec<(Range<usize>, &Markup)> = Vec::new();
            for (from, to, kind) in picks {
                let (from, to) = (from.min(places.len() - 1), to.min(places.len() - 1));
                let range = places[from.min(to)].start..places[from.max(to)].end;
                let apart = |(other, same): &(Range<usize>, &Markup)| {
                    let inside = other.start <= range.start && range.end <= other.end || range.start <= other.start && other.end <= range.end;
                    let beside = other.end < range.start || range.end < other.start;
                    *same != &markup[kind] && *other != range && (beside || inside && same.style != Style::Code && kind != 3)
                };
                if inline.iter().all(apart) {
                    inline.push((range, &markup[kind]));
                }
            }
            inline.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
            let line = shown(&text, &inline);
            let expected: Vec<_> = inline.iter().map(|(range, markup)| (range.clone(), (*markup).clone())).collect();
            prop_assert_eq!(read(&line), (text, expected), "{}", line);
        }
    }
}
