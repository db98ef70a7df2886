//! A user's own exceptions: literal strings after which a segment never or always ends, or before which one begins.
//!
//! All of them are found in one pass over a block, however many there are.

use aho_corasick::AhoCorasick;
use unicode_segmentation::GraphemeCursor;

use super::cuts::Ruling;
use crate::doc::script::is_cjk;

/// A list of exceptions, ready to be looked for.
#[derive(Debug, Clone)]
pub struct Exceptions {
    automaton: AhoCorasick,
    rules: Vec<Rule>,
}

/// What a string of the list decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// No segment ends after it.
    Never,
    /// One always ends after it.
    Always,
    /// One always begins before it.
    Before,
}

impl Rule {
    const ALL: [Self; 3] = [Self::Never, Self::Always, Self::Before];

    /// The line that opens its section.
    fn section(self) -> &'static str {
        match self {
            Self::Never => "[never]",
            Self::Always => "[always]",
            Self::Before => "[before]",
        }
    }

    /// The reason in explanations.
    fn reason(self) -> &'static str {
        match self {
            Self::Never => "exception-never",
            Self::Always => "exception-always",
            Self::Before => "exception-before",
        }
    }
}

impl Exceptions {
    /// Reads a list: a section (`[never]`, `[always]`, `[before]`), then its strings, one a line, as they are written in
    /// texts, white space around them aside.
    ///
    /// Lines that begin with `#` are comments; a string that itself begins with `#`, `[` or `\` stands after a `\`.
    ///
    /// ```
    /// # use nutgraf::segment::Exceptions;
    /// assert!(Exceptions::parse("[never]\nFig.\n[before]\nQ:\n").is_ok());
    /// assert_eq!(Exceptions::parse("[nevr]\nFig.\n").expect_err("refused").0, 1);
    /// ```
    ///
    /// # Errors
    /// The number of the line, from 1, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut section = None;
        let mut entries: Vec<(&str, Rule)> = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines().map(str::trim)) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with('[') {
                section = Some(rule_of(line).ok_or_else(|| (number, unknown_section(line)))?);
                continue;
            }
            let entry = line.strip_prefix('\\').unwrap_or(line);
            let rule =
                section.ok_or_else(|| (number, format!("`{entry}` stands before the first section")))?;
            if entry.is_empty() {
                return Err((number, "nothing stands after `\\`".to_owned()));
            }
            entries.push((entry, rule));
            if let Some(reason) = contradiction(&entries) {
                return Err((number, reason));
            }
        }
        let automaton = AhoCorasick::new(entries.iter().map(|(entry, _)| entry));
        let automaton =
            automaton.map_err(|e| (text.lines().count(), format!("too much to look for: {e}")))?;
        Ok(Self { automaton, rules: entries.into_iter().map(|(_, rule)| rule).collect() })
    }

    /// What the list decides about the places of `text`, rising, one a place: of two strings the longer one decides, of
    /// two of one length the one of `[never]`.
    pub(super) fn rulings(&self, text: &str) -> Vec<Ruling> {
        let mut found: Vec<(Ruling, usize)> = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text) {
            if !stands_apart(text, hit.start()) || !stands_apart(text, hit.end()) {
                continue;
            }
            let rule = self.rules[hit.pattern()];
            let place = if rule == Rule::Before { hit.start() } else { hit.end() };
            let ruling = Ruling::at(text, place, rule != Rule::Never, rule.reason());
            found.extend(ruling.map(|ruling| (ruling, hit.len())));
        }
        found.sort_by_key(|(ruling, length)| (ruling.at, std::cmp::Reverse(*length), ruling.breaks));
        found.dedup_by_key(|(ruling, _)| ruling.at);
        found.into_iter().map(|(ruling, _)| ruling).collect()
    }
}

fn rule_of(line: &str) -> Option<Rule> {
    Rule::ALL.into_iter().find(|rule| rule.section() == line)
}

fn unknown_section(line: &str) -> String {
    let known = Rule::ALL.map(Rule::section).join(", ");
    format!("unknown section `{line}`; known sections: {known}")
}

/// Why the last entry cannot hold beside those before it.
fn contradiction(entries: &[(&str, Rule)]) -> Option<String> {
    let (&(entry, rule), before) = entries.split_last()?;
    let opposite = match rule {
        Rule::Never => Rule::Always,
        Rule::Always => Rule::Never,
        Rule::Before => return None,
    };
    let stands = before.contains(&(entry, opposite));
    stands.then(|| format!("`{entry}` stands in {} and in {}", opposite.section(), rule.section()))
}

/// Bytes around a place that are looked at to know whether it lies inside a character as readers see it.
const AROUND: usize = 64;

/// Whether `at` lies neither inside a word nor inside a character as readers see it.
fn stands_apart(text: &str, at: usize) -> bool {
    let (left, right) = (text[..at].chars().next_back(), text[at..].chars().next());
    let (Some(left), Some(right)) = (left, right) else { return true };
    let joined = |c: char| c.is_alphanumeric() && !is_spaceless(c);
    !(joined(left) && joined(right)) && is_grapheme_boundary(text, at)
}

/// Whether a place, which is no edge of `text`, parts two characters as readers see them.
pub(super) fn is_grapheme_boundary(text: &str, at: usize) -> bool {
    let from =
        (0..=at.saturating_sub(AROUND)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let to = (at + AROUND..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let mut cursor = GraphemeCursor::new(at - from, to - from, true);
    cursor.is_boundary(&text[from..to], 0).unwrap_or(true)
}

/// Whether a character is of a script that puts no spaces between words.
fn is_spaceless(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(list: &str, text: &str) -> String {
        let exceptions = Exceptions::parse(list).expect("a list");
        let rulings = exceptions.rulings(text);
        let shown = rulings.iter().map(|r| {
            let sign = if r.breaks { '⏐' } else { '+' };
            format!("{}{sign}{}", &text[..r.at], &text[r.at..])
        });
        shown.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_string_decides_about_the_place_after_the_white_space_that_follows_it() {
        insta::assert_snapshot!(shown("[never]\nFig.", "See Fig.  3 there."), @"See Fig.  +3 there.");
        insta::assert_snapshot!(shown("[always]\n;", "one; two;three;"), @r"
        one; ⏐two;three;
        one; two;⏐three;
        ");
        insta::assert_snapshot!(shown("[before]\nQ:\nA:", "Q: Why? A: So."), @"Q: Why? ⏐A: So.");
    }

    #[test]
    fn case_and_whole_words_count() {
        assert_eq!(shown("[never]\nst.", "The best. St. Anne"), "");
        assert_eq!(shown("[always]\nEND", "ENDLESS WEEKEND END here"), "ENDLESS WEEKEND END ⏐here");
        assert_eq!(
            shown("[before]\n第", "前言第一章"),
            "前言⏐第一章",
            "a script without spaces has no edges"
        );
        assert_eq!(shown("[always]\n+", "a+\u{301}b"), "", "inside a character");
    }

    #[test]
    fn the_longer_string_decides_and_never_wins_a_draw() {
        assert_eq!(shown("[always]\n.\n[never]\nDr.", "Dr. Who"), "Dr. +Who");
        assert_eq!(shown("[never]\na.\n[before]\nB.", "a. B. c"), "a. +B. c");
    }

    #[test]
    fn signs_of_the_file_itself_stand_after_a_backslash() {
        assert_eq!(
            shown("# list\n[before]\n\\[never]\n\\#\n", "x [never] #1"),
            "x ⏐[never] #1\nx [never] ⏐#1"
        );
    }

    #[test]
    fn mistakes_name_their_line() {
        let refusal = |list: &str| {
            let (line, reason) = Exceptions::parse(list).expect_err("refused");
            format!("{line}: {reason}")
        };
        insta::assert_snapshot!(refusal("\nFig.\n"), @"2: `Fig.` stands before the first section");
        insta::assert_snapshot!(refusal("# mine\n[nevr]\n"), @"2: unknown section `[nevr]`; known sections: [never], [always], [before]");
        insta::assert_snapshot!(refusal("[never]\nFig.\n[always]\nFig.\n"), @"4: `Fig.` stands in [never] and in [always]");
        insta::assert_snapshot!(refusal("[never]\n\\\n"), @r"2: nothing stands after `\`");
    }
}
