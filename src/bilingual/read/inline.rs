//! Text with codes inside, as XLIFF and TMX have it: what a reader sees, and the codes that a translator must keep.

use crate::bilingual::read::xml::{Node, Tag, Xml, is_xml};
use crate::bilingual::row::{Marked, Refusal};

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
    /// What paired codes hold.
    pub(super) marked: Vec<Marked>,
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
    /// What paired codes in it hold.
    pub(super) marked: Vec<Marked>,
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
    // What is open, and for a code with text in it its id and where the text begins.
    let mut open: Vec<(Shown, Option<(String, usize)>)> = vec![(Shown::Yes, None)];
    let mut halves: Vec<(String, usize)> = Vec::new();
    let mut part: Option<(Part, usize)> = None;
    while let Some(&(now, _)) = open.last() {
        match xml.next()? {
            Node::Text(text) if matches!(now, Shown::Yes | Shown::Part) => {
                all.text.push_str(&text);
            }
            Node::Text(_) => {}
            Node::Open(tag) => {
                halve(&tag, &mut all, &mut halves);
                let holds = matches!(tag.name.as_str(), "pc" | "g").then(|| id(&tag, &["id"]));
                let begins = holds.map(|id| (id, all.text.len()));
                let next = enter(&tag, now, &mut all, &mut part);
                open.push((next, begins));
            }
            Node::Close => {
                if let Some((_, Some((id, start)))) = open.pop() {
                    all.marked.push(Marked { id, range: start..all.text.len() });
                }
                if now == Shown::Part
                    && let Some((mut part, start)) = part.take()
                {
                    all.text[start..].clone_into(&mut part.text);
                    part.codes.sort_unstable();
                    let inside = all.marked.iter().filter(|marked| marked.range.start >= start);
                    let shift = |m: &Marked| Marked {
                        id: m.id.clone(),
                        range: m.range.start - start..m.range.end - start,
                    };
                    part.marked = in_order(inside.map(shift).collect());
                    all.parts.push(part);
                }
            }
            Node::End => break,
        }
    }
    all.codes.sort_unstable();
    all.marked = in_order(all.marked);
    Ok(all)
}

fn in_order(mut marked: Vec<Marked>) -> Vec<Marked> {
    marked.sort_by_key(|marked| (marked.range.start, std::cmp::Reverse(marked.range.end)));
    marked
}

/// The first of the attributes that `tag` has.
fn id(tag: &Tag, names: &[&str]) -> String {
    let given = names.iter().filter_map(|name| tag.attribute(name)).find(|id| !id.is_empty());
    given.unwrap_or_default().to_owned()
}

/// Takes note of half a code: what stands between it and its other half belongs to it.
fn halve(tag: &Tag, all: &mut Inline, halves: &mut Vec<(String, usize)>) {
    match tag.name.as_str() {
        "bpt" | "bx" | "sc" => halves.push((id(tag, &["rid", "i", "id"]), all.text.len())),
        "ept" | "ex" | "ec" => {
            let id = id(tag, &["rid", "i", "startRef", "id"]);
            if let Some(at) = halves.iter().rposition(|(half, _)| *half == id) {
                let (id, start) = halves.remove(at);
                all.marked.push(Marked { id, range: start..all.text.len() });
            }
        }
        _ => {}
    }
}

/// What becomes of text in `tag`, which opens where text is shown as `now` says.
fn enter(tag: &Tag, now: Shown, all: &mut Inline, part: &mut Option<(Part, usize)>) -> Shown {
    let name = tag.name.as_str();
    if !MARKS.contains(&name) {
        let code = format!("{name}:{}", id(tag, &["id", "i", "startRef"]));
        if let Some((part, _)) = part {
            part.codes.push(code.clone());
        }
        all.codes.push(code);
    }
    let visible = matches!(now, Shown::Yes | Shown::Part);
    if name == "cp" {
        if let Some(c) = tag.attribute("hex").and_then(character).filter(|_| visible) {
            all.text.push(c);
        }
        return Shown::No;
    }
    if NATIVE.contains(&name) {
        return if visible { Shown::Native } else { Shown::No };
    }
    let cuts = name == "mrk" && tag.attribute("mtype") == Some("seg") && part.is_none();
    match now {
        Shown::Yes if cuts => {
            let mid = tag.owned("mid").unwrap_or_default();
            *part = Some((Part { mid, ..Part::default() }, all.text.len()));
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
