//! Text as each format must spell it, so that no article can break out of its place.

use std::borrow::Cow;

/// `text` on one line, safe to show in a terminal: runs of line breaks and tabs become one space; control characters and
/// those that override the direction of text show as `\u{1b}`.
///
/// ```
/// # use nutgraf::base::escape::terminal;
/// assert_eq!(terminal("red\u{1b}[31m\tcarpet\n"), "red\\u{1b}[31m carpet");
/// ```
pub fn terminal(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_break(c) || is_unsafe(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in one_line(text).chars() {
        if is_unsafe(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// A cell of a TSV file: tab, line feed, carriage return and backslash as `\t`, `\n`, `\r`, `\\`.
pub fn tsv(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\t', '\n', '\r', '\\']) {
        return Cow::Borrowed(cell);
    }
    let mut escaped = String::with_capacity(cell.len() + 8);
    for c in cell.chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' => escaped.push_str("\\\\"),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Content of an element in XML or HTML; characters that XML 1.0 forbids are dropped.
pub fn xml(text: &str) -> Cow<'_, str> {
    match without_forbidden(text) {
        Cow::Borrowed(text) => quick_xml::escape::partial_escape(text),
        Cow::Owned(text) => quick_xml::escape::partial_escape(text),
    }
}

/// Value of a quoted attribute in XML or HTML; characters that XML 1.0 forbids are dropped.
pub fn xml_attribute(value: &str) -> Cow<'_, str> {
    let escaped = match without_forbidden(value) {
        Cow::Borrowed(value) => quick_xml::escape::escape(value),
        Cow::Owned(value) => quick_xml::escape::escape(value),
    };
    if escaped.contains(['\t', '\n']) {
        // Parsers turn these into spaces when they stand in attributes as they are.
        return Cow::Owned(escaped.replace('\t', "&#9;").replace('\n', "&#10;"));
    }
    escaped
}

/// `text` on one line of Markdown (`CommonMark` and GitHub's), reading as it stands wherever a line may begin with it;
/// also safe to show in a terminal, see [`terminal`].
pub fn markdown(text: &str) -> String {
    let shown = terminal(text);
    let shown = shown.trim();
    let mut escaped = String::with_capacity(shown.len() + 8);
    let digits = shown.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in shown.char_indices() {
        let special = match c {
            '+' | '-' | '=' => at == 0,
            '.' | ')' => at == digits && digits > 0,
            _ => is_special(c),
        };
        if special {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A piece of a line of Markdown that something stands before, with the blanks around it; see [`markdown`].
pub fn markdown_piece(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_break(c) {
            escaped.push(' ');
        } else if is_unsafe(c) {
            escaped.push('\\');
            escaped.extend(c.escape_unicode());
        } else {
            escaped.extend(is_special(c).then_some('\\'));
            escaped.push(c);
        }
    }
    escaped
}

/// Whether Markdown may take a character for markup wherever it stands.
fn is_special(c: char) -> bool {
    matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '|')
}

/// Line breaks of Unicode and tabs.
fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What can move the cursor, change colours or make text read in another order than it stands.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for piece in text.split(is_break).map(str::trim).filter(|piece| !piece.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece);
    }
    line
}

fn without_forbidden(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_forbidden) {
        return Cow::Owned(text.chars().filter(|&c| !is_forbidden(c)).collect());
    }
    Cow::Borrowed(text)
}

/// What production `Char` of XML 1.0 leaves out, surrogates aside, which no `char` can be.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left() {
        let all: String = ('\0'..='\u{ffff}').collect();
        let shown = terminal(&all);
        assert!(!shown.chars().any(|c| c.is_control() || is_unsafe(c)), "{shown:?}");
        assert!(shown.contains("\\u{202e}") && shown.contains("\\u{9b}"), "{shown}");
    }

    #[test]
    fn a_line_break_inside_a_sentence_becomes_a_space() {
        assert_eq!(terminal("one\r\ntwo\u{2028} three"), "one two three");
    }

    #[test]
    fn a_line_of_markdown_cannot_become_a_heading_list_quote_or_rule() {
        let lines = "# one\n1. two\n2023) three\n- four\n> five\n--- six\n=== seven\n7.5 per cent\na - b. c";
        let escaped: Vec<_> = lines.lines().map(markdown).collect();
        insta::assert_snapshot!(escaped.join("\n"), @r"
        \# one
        1\. two
        2023\) three
        \- four
        \> five
        \--- six
        \=== seven
        7\.5 per cent
        a - b. c
        ");
    }

    #[test]
    fn an_attribute_cannot_be_left() {
        assert_eq!(xml_attribute("a\"b'\n\u{0}<"), "a&quot;b&apos;&#10;&lt;");
    }

    proptest! {
        /// What Markdown readers show is what was written.
        #[test]
        fn markdown_reads_as_it_stands(text in "[a1 #+.()<>*_`~&;\\\\!\\[\\]|=-]{1,24}") {
            use pulldown_cmark::{Event, Options, Parser, Tag};
            let want = terminal(&text).trim().to_owned();
            let mut read = String::new();
            for event in Parser::new_ext(&markdown(&text), Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
                match event {
                    Event::Text(text) => read.push_str(&text),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => prop_assert!(false, "{other:?} in {text:?}"),
                }
            }
            prop_assert_eq!(read, want);
        }

        /// A TSV cell is one cell, and its text can be had back.
        #[test]
        fn tsv_cells_come_back(text in "[a\\\\trn\t\r\n]{0,24}") {
            let cell = tsv(&text);
            prop_assert!(!cell.contains(['\t', '\n', '\r']));
            let mut back = String::new();
            let mut chars = cell.chars();
            while let Some(c) = chars.next() {
                back.push(match c {
                    '\\' => match chars.next() { Some('t') => '\t', Some('n') => '\n', Some('r') => '\r', _ => '\\' },
                    _ => c,
                });
            }
            prop_assert_eq!(back, text);
        }

        /// XML readers see the text, less what XML forbids.
        #[test]
        fn xml_comes_back(text in "[a<>&'\"\\]\t\r\n\u{0}\u{b}\u{1b}\u{fffe}\u{ffff}\u{1F600}]{0,24}") {
            let kept = text.replace(['\u{0}', '\u{b}', '\u{1b}', '\u{fffe}', '\u{ffff}'], "");
            let element = xml(&text);
            prop_assert!(!element.contains("]]>"));
            prop_assert_eq!(quick_xml::escape::unescape(&element).expect("well-formed"), kept.as_str());
            let attribute = xml_attribute(&text);
            prop_assert!(!attribute.contains(['"', '\'', '<', '\n', '\t']));
            prop_assert_eq!(quick_xml::escape::unescape(&attribute).expect("well-formed"), kept.as_str());
        }
    }
}
