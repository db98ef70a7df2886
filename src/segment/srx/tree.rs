//! Expressions as trees: what all dialects have in common once they are read.

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// An expression, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// One character of the class.
    Class(ClassUnicode),
    /// All, one after the other; nothing at all when empty.
    Concat(Vec<Node>),
    /// One of them; never matches when empty.
    Alt(Vec<Node>),
    /// As many as `min..=max`.
    Repeat {
        /// What is repeated.
        node: Box<Node>,
        /// At least so often.
        min: u32,
        /// At most so often; `None` has no end.
        max: Option<u32>,
    },
    /// Holds at places beside which a character of a class stands.
    Near(Near),
    /// Holds at places beside which an expression matches, or does not.
    Look(Look),
}

/// What stands right beside a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Near {
    /// After the place; before it otherwise.
    pub(super) ahead: bool,
    /// The character is one of these …
    pub(super) class: ClassUnicode,
    /// … or, where this is set, there is none: the text begins or ends here.
    pub(super) edge: bool,
}

/// What matches beside a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// From the place on; up to the place otherwise.
    pub(super) ahead: bool,
    /// It must not match.
    pub(super) negative: bool,
    /// What is looked for.
    pub(super) node: Box<Node>,
}

impl Node {
    /// Matches nothing at all, everywhere.
    pub(super) fn empty() -> Self {
        Self::Concat(Vec::new())
    }

    /// One character.
    pub(super) fn char(c: char) -> Self {
        Self::Class(one(c))
    }

    /// What `nodes` match one after the other.
    pub(super) fn concat(mut nodes: Vec<Node>) -> Self {
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Self::Concat(nodes),
        }
    }

    /// What any of `nodes` matches.
    pub(super) fn alt(mut nodes: Vec<Node>) -> Self {
        match nodes.len() {
            1 => nodes.remove(0),
            _ => Self::Alt(nodes),
        }
    }

    /// Whether it can match without taking a character.
    pub(super) fn is_nullable(&self) -> bool {
        match self {
            Self::Class(_) => false,
            Self::Concat(nodes) => nodes.iter().all(Self::is_nullable),
            Self::Alt(nodes) => nodes.iter().any(Self::is_nullable),
            Self::Repeat { node, min, .. } => *min == 0 || node.is_nullable(),
            Self::Near(_) | Self::Look(_) => true,
        }
    }

    /// Whether it asks what stands beside it.
    pub(super) fn looks_around(&self) -> bool {
        match self {
            Self::Class(_) => false,
            Self::Concat(nodes) | Self::Alt(nodes) => nodes.iter().any(Self::looks_around),
            Self::Repeat { node, .. } => node.looks_around(),
            Self::Near(_) | Self::Look(_) => true,
        }
    }

    /// The same without asking what stands beside it: it matches wherever the whole does, and perhaps elsewhere.
    pub(super) fn without_looks(&self) -> Self {
        match self {
            Self::Class(_) => self.clone(),
            Self::Concat(nodes) => Self::concat(nodes.iter().map(Self::without_looks).collect()),
            Self::Alt(nodes) => Self::alt(nodes.iter().map(Self::without_looks).collect()),
            Self::Repeat { node, min, max } => {
                Self::Repeat { node: Box::new(node.without_looks()), min: *min, max: *max }
            }
            Self::Near(_) | Self::Look(_) => Self::empty(),
        }
    }

    /// How large its automaton gets, roughly: ranges of classes, as often as they are repeated.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Class(class) => 1 + class.ranges().len() as u64,
            Self::Concat(nodes) | Self::Alt(nodes) => {
                nodes.iter().fold(1, |sum, node| node.size().saturating_add(sum))
            }
            Self::Repeat { node, min, max } => {
                node.size().saturating_mul(u64::from((*min).max(max.unwrap_or(1)).max(1)))
            }
            // Of the four questions that `\b` asks, about one is left.
            Self::Near(near) => 1 + near.class.ranges().len() as u64 / 4,
            Self::Look(look) => 1 + look.node.size(),
        }
    }
}

/// The class of one character.
pub(super) fn one(c: char) -> ClassUnicode {
    span(c, c)
}

/// The class of the characters from `first` to `last`.
pub(super) fn span(first: char, last: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(first, last)])
}

/// The class of the characters of `text`.
pub(super) fn any_of(text: &str) -> ClassUnicode {
    ClassUnicode::new(text.chars().map(|c| ClassUnicodeRange::new(c, c)))
}

/// All characters but those of `class`.
pub(super) fn all_but(class: &ClassUnicode) -> ClassUnicode {
    let mut others = class.clone();
    others.negate();
    others
}

/// Whether `c` is in `class`.
pub(super) fn holds(class: &ClassUnicode, c: char) -> bool {
    let ranges = class.ranges();
    let at = ranges.partition_point(|range| range.end() < c);
    ranges.get(at).is_some_and(|range| range.start() <= c)
}
