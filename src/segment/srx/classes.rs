//! Classes in brackets: ranges, classes inside, intersections.

use regex_syntax::hir::ClassUnicode;

use super::dialect::Dialect;
use super::escapes::{Escape, escape};
use super::expression::{DEEPEST, Reader};
use super::property::property;
use super::tree::{all_but, any_of, one, span};

/// Reads a class whose opening bracket was taken.
///
/// # Errors
/// What is not known, or cannot be kept exactly.
pub(super) fn bracket(reader: &mut Reader) -> Result<ClassUnicode, String> {
    reader.depth += 1;
    if reader.depth > DEEPEST {
        return Err(format!("classes stand more than {DEEPEST} deep in each other"));
    }
    let icu = reader.flags.dialect == Dialect::Icu;
    let inverted = reader.eat("^");
    let (mut all, mut is_first) = (union(reader, true)?, true);
    while !reader.eat("]") {
        let subtracts = icu && reader.eat("--");
        if !subtracts && !reader.eat("&&") {
            return Err("a class has no end".to_owned());
        }
        let other = union(reader, false)?;
        if subtracts {
            all.difference(&other);
        } else {
            all.intersect(&other);
        }
        is_first = false;
    }
    if is_first && all.ranges().is_empty() {
        return Err("a class is empty".to_owned());
    }
    reader.depth -= 1;
    Ok(if inverted { all_but(&all) } else { all })
}

/// What stands up to the closing bracket or the next operator; a bracket that stands `first` closes nothing.
fn union(reader: &mut Reader, mut first: bool) -> Result<ClassUnicode, String> {
    let java = reader.flags.dialect == Dialect::Java;
    let mut all = ClassUnicode::empty();
    loop {
        match reader.peek() {
            None => return Err("a class has no end".to_owned()),
            Some(']') if !first => return Ok(all),
            Some('&') if reader.is_next("&&") => return Ok(all),
            Some('-') if !java && !first && reader.is_next("--") && !reader.is_next("--]") => return Ok(all),
            Some(c) if java && reader.flags.spaced && c.is_whitespace() => _ = reader.next(),
            Some('[') => {
                reader.next();
                let inner = if !java && reader.eat(":") { posix(reader)? } else { bracket(reader)? };
                all.union(&inner);
            }
            Some(_) => match item(reader)? {
                Item::Class(class) => all.union(&class),
                Item::Char(c) => {
                    let range = range(reader, c)?;
                    all.union(&reader.flags.folded(range));
                }
            },
        }
        first = false;
    }
}

/// One character, or what an escape holds.
enum Item {
    Char(char),
    Class(ClassUnicode),
}

fn item(reader: &mut Reader) -> Result<Item, String> {
    if reader.eat(r"\Q") {
        let quoted = reader.quoted();
        return Ok(Item::Class(reader.flags.folded(any_of(&quoted))));
    }
    match reader.next() {
        None => Err("a class has no end".to_owned()),
        Some('\\') => match escape(reader)? {
            Escape::Char(c) => Ok(Item::Char(c)),
            Escape::Class(class) => Ok(Item::Class(class)),
            Escape::Place(letter) => Err(format!(r"`\{letter}` has no meaning in a class")),
            Escape::LineBreak => Err(r"`\R` has no meaning in a class".to_owned()),
        },
        Some(c) => Ok(Item::Char(c)),
    }
}

/// From `first` to what stands behind a hyphen, if one does.
fn range(reader: &mut Reader, first: char) -> Result<ClassUnicode, String> {
    let alone = !reader.is_next("-") || ["-]", "-[", "-&&"].iter().any(|next| reader.is_next(next));
    if alone || reader.flags.dialect == Dialect::Icu && reader.is_next("--") {
        return Ok(one(first));
    }
    reader.next();
    match item(reader)? {
        Item::Char(last) if first <= last => Ok(span(first, last)),
        Item::Char(last) => Err(format!("the range `{first}-{last}` ends before it begins")),
        Item::Class(class) => {
            let mut all = any_of("-");
            all.union(&one(first));
            all.union(&class);
            Ok(all)
        }
    }
}

/// ICU's `[:name:]`, whose start was taken.
fn posix(reader: &mut Reader) -> Result<ClassUnicode, String> {
    let name = reader.until(":]").ok_or_else(|| "the name of a class has no end".to_owned())?;
    let (name, inverted) = match name.strip_prefix('^') {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let class = property(name, reader.flags)?;
    Ok(if inverted { all_but(&class) } else { class })
}
