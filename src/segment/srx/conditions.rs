//! A rule as conditions that automata can check at a place: patterns that match up to it, patterns that match from it
//! on.
//!
//! What a side asks at the place itself becomes a condition of its own; what it asks at its other end takes one more
//! character.

use regex_syntax::hir::{self, Hir};

use super::edges::{Flat, both, flats};
use super::rules::Rule;
use super::tree::{Look, Near, Node};

/// Most ways in which a rule may hold.
const MOST: usize = 128;

/// A pattern that must match at a place, or must not.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    /// It matches from the place on; up to the place otherwise.
    pub(super) ahead: bool,
    /// What it matches.
    pub(super) pattern: Hir,
    /// Whether it is to match.
    pub(super) wanted: bool,
}

/// The ways in which `rule` holds at a place, each a list of conditions that all hold; `None` where no such list says
/// it exactly.
pub(super) fn ways(rule: &Rule) -> Option<Vec<Vec<Condition>>> {
    let (before, after) = (side(&rule.before, false)?, side(&rule.after, true)?);
    if before.len() * after.len() > MOST {
        return None;
    }
    Some(
        before
            .iter()
            .flat_map(|left| after.iter().map(move |right| [left.as_slice(), right].concat()))
            .collect(),
    )
}

/// Conditions that hold wherever `rule` does, and perhaps elsewhere.
pub(super) fn wider(rule: &Rule) -> Vec<Condition> {
    let pattern =
        |node: &Node, ahead| Condition { ahead, pattern: plain(&node.without_looks()), wanted: true };
    vec![pattern(&rule.before, false), pattern(&rule.after, true)]
}

/// The ways in which one side of a rule matches from the place on (`ahead`), or up to it.
fn side(node: &Node, ahead: bool) -> Option<Vec<Vec<Condition>>> {
    flats(node)?.into_iter().map(|flat| way(flat, ahead)).collect()
}

fn way(flat: Flat, ahead: bool) -> Option<Vec<Condition>> {
    let (inner, pattern) = outer_taken(flat, ahead)?;
    let own = pattern.map(|pattern| Condition { ahead, pattern, wanted: true });
    own.into_iter().map(Some).chain(inner.iter().map(asked)).collect()
}

/// What is asked at the place, and what is taken, with what is asked at the other end; `None` where nothing is taken.
fn outer_taken(flat: Flat, ahead: bool) -> Option<(Vec<Node>, Option<Hir>)> {
    if flat.core.is_empty() {
        return Some((flat.left, None));
    }
    let (inner, outer) = if ahead { (flat.left, flat.right) } else { (flat.right, flat.left) };
    let mut taken: Vec<Hir> = flat.core.iter().map(plain).collect();
    let end = if ahead { taken.len() } else { 0 };
    taken.splice(end..end, outside(&outer, ahead)?);
    Some((inner, Some(Hir::concat(taken))))
}

/// What the questions at the end that is not the place ask, as no pattern or one that takes what answers them.
fn outside(questions: &[Node], ahead: bool) -> Option<Vec<Hir>> {
    let mut narrow: Option<Near> = None;
    let mut wide = None;
    for question in questions {
        match question {
            Node::Near(near) if near.ahead == ahead => {
                narrow = Some(narrow.map_or_else(|| near.clone(), |other| both(&other, near)));
            }
            Node::Look(Look { ahead: own, negative: false, node }) if *own == ahead && wide.is_none() => {
                wide = Some(pattern(node, ahead)?);
            }
            _ => return None,
        }
    }
    match (narrow, wide) {
        (None, wide) => Some(wide.into_iter().collect()),
        (Some(near), None) => Some(vec![one_near(&near)]),
        (Some(_), Some(_)) => None,
    }
}

/// A question that is asked at the place.
fn asked(question: &Node) -> Option<Condition> {
    match question {
        Node::Near(near) => Some(Condition { ahead: near.ahead, pattern: one_near(near), wanted: true }),
        Node::Look(Look { ahead, negative, node }) => {
            Some(Condition { ahead: *ahead, pattern: pattern(node, *ahead)?, wanted: !negative })
        }
        _ => None,
    }
}

/// One pattern for all ways of `node`; `None` where one of them asks something at the place.
fn pattern(node: &Node, ahead: bool) -> Option<Hir> {
    let ways = flats(node)?.into_iter().map(|flat| match outer_taken(flat, ahead)? {
        (inner, pattern) if inner.is_empty() => Some(pattern.unwrap_or_else(Hir::empty)),
        // Asked at the very place: the answer may be taken as well where nothing else is.
        (inner, None) => outside(&inner, ahead).map(Hir::concat),
        _ => None,
    });
    Some(Hir::alternation(ways.collect::<Option<_>>()?))
}

/// A character of the class, or the end of the text.
fn one_near(near: &Near) -> Hir {
    let mut ways = Vec::new();
    if near.edge {
        ways.push(Hir::look(if near.ahead { hir::Look::End } else { hir::Look::Start }));
    }
    ways.push(Hir::class(hir::Class::Unicode(near.class.clone())));
    Hir::alternation(ways)
}

/// What looks nowhere, as the library writes it.
pub(super) fn plain(node: &Node) -> Hir {
    match node {
        Node::Class(class) => Hir::class(hir::Class::Unicode(class.clone())),
        Node::Concat(nodes) => Hir::concat(nodes.iter().map(plain).collect()),
        Node::Alt(nodes) => Hir::alternation(nodes.iter().map(plain).collect()),
        Node::Repeat { node, min, max } => {
            let sub = Box::new(plain(node));
            Hir::repetition(hir::Repetition { min: *min, max: *max, greedy: true, sub })
        }
        Node::Near(_) | Node::Look(_) => Hir::empty(),
    }
}
