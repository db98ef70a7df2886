//! Text with codes inside, as XLIFF and TMX have it: what a reader sees, and the codes that a translator must keep.

use crate::bilingual::read::xml::{Node, Tag, Xml, is_xml};
use crate::bilingual::row::Refusal;

/// Elements that stand for code of the original format; only text in a `sub` of theirs is text.
const NATIVE: [&str; 12] = ["bpt", "ept", "ph", "it", "ut", "bx", "ex", "x", "sc", "ec", "sm", "em"];

/// Elements that are no codes: marks, and characters by number.
const MARKS: [&str; 4] = ["mrk", "sm", "em", "cp"];

/// The content of a source, a target or a segment.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// Its text.
    pub(super) text: String,
    /// Its codes as `name:id`, sorted.
    pub(super) codes: Vec<String>,
    /// Its segments, where marks cut it (`mrk mtype="seg"` of XLIFF 1.2).
    pub(super) parts: Vec<Part>,
}

/// A segment that a mark cuts out.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The mark's number.
    pub(super) mid: String,
    /// The text in it.
    pub(super) text: String,
    /// The codes in it as `name:id`, sorted.
    pub(super) codes: Vec<String>,
}

/// What becomes of text in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// It is shown.
    Yes,
    /// It is shown, and when the element closes a segment ends.
    Part,
    /// It is code, but for a `sub`.
    Native,
    /// It is not shown.
    No,
}

/// Reads the element that opened last, up to where it closes.
///
/// # Errors
/// As [`Xml::next`].
pub(super) fn inline(xml: &mut Xml<'_>) -> Result<Inline, Refusal> {
    let mut all = Inline::default();
    let mut open = vec![Shown::Yes];
    let mut part: Option<Part> = None;
    while let Some(&now) = open.last() {
        match xml.next()? {
            Node::Text(text) if matches!(now, Shown::Yes | Shown::Part) => {
                all.text.push_str(&text);
                if let Some(part) = &mut part {
                    part.text.push_str(&text);
                }
            }
            Node::Text(_) => {}
            Node::Open(tag) => {
                let next = enter(&tag, now, &mut all, &mut part);
                open.push(next);
            }
            Node::Close => {
                if now == Shown::Part
                    && let Some(mut part) = part.take()
                {
                    part.codes.sort_unstable();
                    all.parts.push(part);
                }
                open.pop();
            }
            Node::End => break,
        }
    }
    all.codes.sort_unstable();
    Ok(all)
}

/// What becomes of text in `tag`, which opens where text is shown as `now` says.
fn enter(tag: &Tag, now: Shown, all: &mut Inline, part: &mut Option<Part>) -> Shown {
    let name = tag.name.as_str();
    if !MARKS.contains(&name) {
        let id =
            ["id", "i", "startRef"].iter().filter_map(|name| tag.attribute(name)).find(|id| !id.is_empty());
        let code = format!("{name}:{}", id.unwrap_or_default());
        if let Some(part) = part {
            part.codes.push(code.clone());
        }
        all.codes.push(code);
    }
    let visible = matches!(now, Shown::Yes | Shown::Part);
    if name == "cp" {
        if let Some(c) = tag.attribute("hex").and_then(character).filter(|_| visible) {
            all.text.push(c);
            if let Some(part) = part {
                part.text.push(c);
            }
        }
        return Shown::No;
    }
    if NATIVE.contains(&name) {
        return if visible { Shown::Native } else { Shown::No };
    }
    let cuts = name == "mrk" && tag.attribute("mtype") == Some("seg") && part.is_none();
    match now {
        Shown::Yes if cuts => {
            *part = Some(Part { mid: tag.owned("mid").unwrap_or_default(), ..Part::default() });
            Shown::Part
        }
        Shown::Yes | Shown::Part => Shown::Yes,
        Shown::Native if name == "sub" => Shown::Yes,
        Shown::Native | Shown::No => Shown::No,
    }
}

/// The character of a `cp`, where XML allows it.
fn character(hex: &str) -> Option<char> {
    u32::from_str_radix(hex.trim(), 16).ok().and_then(char::from_u32).filter(|&c| is_xml(c))
}
