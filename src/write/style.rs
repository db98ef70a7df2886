//! The two ways text stands out in a terminal (ECMA-48 SGR codes).

use crate::write::bytes::push;

/// How a piece of text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it is.
    Plain,
    /// Bold: what to read first.
    Bold,
    /// Faint: what to read last.
    Dim,
}

/// Appends `text` in `style`, or as it is when `color` is off or there is nothing to show.
pub(crate) fn push_styled(out: &mut Vec<u8>, text: &str, style: Style, color: bool) {
    let code = match style {
        Style::Bold if color && !text.is_empty() => "\u{1b}[1m",
        Style::Dim if color && !text.is_empty() => "\u{1b}[2m",
        _ => return push(out, text),
    };
    push(out, code);
    push(out, text);
    push(out, "\u{1b}[0m");
}
