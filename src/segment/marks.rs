//! Marks that end sentences, and the closers that may follow them.

/// Whether the text ends with a sentence mark, closers aside.
pub fn ends_with_mark(text: &str) -> bool {
    bare(text).ends_with(is_mark)
}

/// Whether a character ends sentences.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '‽'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

/// Whether a character closes what stands before it: a bracket or a quotation mark.
pub fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | '“' | '›' | '」' | '』' | '）')
}

/// Whether the text ends with a question mark, closers aside.
pub fn is_question(text: &str) -> bool {
    bare(text).ends_with(['?', '？', '؟', '⁇', '⁈', '\u{37e}'])
}

/// The text without white space and closing marks at its end.
fn bare(text: &str) -> &str {
    // Nearly every text ends so.
    if text.ends_with('.') {
        return text;
    }
    text.trim_end_matches(|c: char| c.is_whitespace() || closes(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closers_after_the_mark_play_no_part() {
        assert!(ends_with_mark("“It is safe.”") && ends_with_mark("«Нет!»") && ends_with_mark("终于。」"));
        assert!(!ends_with_mark("A headline") && !ends_with_mark("”"));
    }
}
