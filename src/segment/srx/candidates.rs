//! What is looked for first: a pattern for each rule that breaks, as short as can be found fast, that matches up to
//! every place where the rule does.

use regex_syntax::hir::Hir;

use super::conditions::plain;
use super::rules::Rule;
use super::tree::{Node, holds};

/// How the places are found where a rule may break.
#[derive(Debug)]
pub(super) enum Trail {
    /// This matches up to them.
    Up(Hir),
    /// This matches from them on.
    From(Hir),
    /// They are everywhere.
    Everywhere,
}

/// How the places are found where `rule` may break.
pub(super) fn trail(rule: &Rule) -> Trail {
    if let Some(pattern) = short(&rule.before, false) {
        Trail::Up(pattern)
    } else if let Some(pattern) = short(&rule.after, true) {
        Trail::From(pattern)
    } else {
        Trail::Everywhere
    }
}

/// The part of `node` from its rarest character to the place; `None` where it may take no character.
fn short(node: &Node, ahead: bool) -> Option<Hir> {
    let node = node.without_looks();
    if node.is_nullable() {
        return None;
    }
    let mut items = match node {
        Node::Concat(items) => items,
        node => vec![node],
    };
    let rare = |node: &Node| !node.is_nullable() && !takes_common(node);
    if ahead {
        if let Some(last) = items.iter().rposition(rare) {
            items.truncate(last + 1);
        }
    } else if let Some(first) = items.iter().position(rare) {
        items.drain(..first);
    }
    Some(Hir::concat(items.iter().map(plain).collect()))
}

/// Whether it takes what most of a text is made of: letters, digits or spaces.
fn takes_common(node: &Node) -> bool {
    match node {
        Node::Class(class) => {
            ['a', 'A', '0', ' ', 'а', '一'].into_iter().any(|c| holds(class, c)) || class.ranges().is_empty()
        }
        Node::Concat(nodes) | Node::Alt(nodes) => nodes.iter().any(takes_common),
        Node::Repeat { node, .. } => takes_common(node),
        Node::Near(_) | Node::Look(_) => false,
    }
}
