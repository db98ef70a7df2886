//! Elements of HTML whose text stands out in its line, in pages and inside Markdown.

use crate::doc::inline::{Markup, Style};
use crate::markup::attribute;
use crate::markup::tag::Tag;

/// The style of an element's text, where it has one.
pub(super) fn style(tag: Tag) -> Option<Style> {
    match tag {
        Tag::Em | Tag::I => Some(Style::Emphasis),
        Tag::Strong | Tag::B => Some(Style::Strong),
        Tag::Del | Tag::S => Some(Style::Deleted),
        Tag::Code | Tag::Kbd | Tag::Samp => Some(Style::Code),
        Tag::A => Some(Style::Link),
        _ => None,
    }
}

/// What the opening tag of such an element says; `None` for a link to nowhere.
pub(super) fn markup(tag: &str, style: Style) -> Option<Markup> {
    if style != Style::Link {
        return Some(Markup::of(style));
    }
    Markup::link(&attribute::value(tag, "href")?, attribute::value(tag, "title").as_deref())
}
