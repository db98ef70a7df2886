//! What an expression asks about its surroundings, moved to its two ends, where automata can answer it.
//!
//! A word boundary asks about one character on each side. Where the expression takes that character itself, the
//! question narrows the class it takes; what is left stands at an end. Questions that take more than one character stay
//! where they are, and are of use only at an end.

use regex_syntax::hir::ClassUnicode;

use super::tree::{Near, Node};

/// Most ways in which an expression is written out.
const MOST: usize = 64;
/// Most steps that writing it out may take.
const STEPS: usize = 4096;

/// One way in which an expression matches: questions, characters, questions.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    /// Asked at its start; all that is asked where it takes no character.
    pub(super) left: Vec<Node>,
    /// What it takes: nothing in it looks around.
    pub(super) core: Vec<Node>,
    /// Asked at its end.
    pub(super) right: Vec<Node>,
}

/// All ways in which `node` matches; `None` where they are too many, or a question cannot be moved to an end.
pub(super) fn flats(node: &Node) -> Option<Vec<Flat>> {
    let mut settled = Vec::new();
    let mut steps = 0;
    for items in written_out(node)? {
        settle(items, &mut settled, &mut steps)?;
    }
    settled.into_iter().map(flat).collect()
}

/// The ways as lists, each item of which is a question or looks nowhere.
fn written_out(node: &Node) -> Option<Vec<Vec<Node>>> {
    if !node.looks_around() {
        return Some(vec![match node {
            Node::Concat(nodes) => nodes.clone(),
            _ => vec![node.clone()],
        }]);
    }
    match node {
        Node::Near(_) | Node::Look(_) => Some(vec![vec![node.clone()]]),
        Node::Concat(nodes) => nodes.iter().try_fold(vec![Vec::new()], |ways, node| {
            let more = written_out(node)?;
            if ways.len() * more.len() > MOST {
                return None;
            }
            let joined =
                |way: &Vec<Node>| more.iter().map(|m| [way.as_slice(), m].concat()).collect::<Vec<_>>();
            Some(ways.iter().flat_map(joined).collect())
        }),
        Node::Alt(nodes) => {
            let ways: Option<Vec<_>> = nodes.iter().map(written_out).collect();
            ways.map(|ways| ways.concat()).filter(|ways| ways.len() <= MOST)
        }
        Node::Repeat { node, min, max: Some(max) } if *max <= 2 => {
            let times: Vec<Node> =
                (*min..=*max).map(|n| Node::Concat((0..n).map(|_| (**node).clone()).collect())).collect();
            written_out(&Node::Alt(times))
        }
        Node::Repeat { .. } | Node::Class(_) => None,
    }
}

/// Moves every question about one character into the item that takes it, or to an end.
fn settle(mut items: Vec<Node>, settled: &mut Vec<Vec<Node>>, steps: &mut usize) -> Option<()> {
    *steps += 1;
    if *steps > STEPS || settled.len() >= MOST {
        return None;
    }
    let takes = |node: &Node| !matches!(node, Node::Near(_) | Node::Look(_));
    let target = |(at, node): (usize, &Node)| match node {
        Node::Near(near) if near.ahead => {
            Some((at, near.clone(), at + 1 + items[at + 1..].iter().position(takes)?))
        }
        Node::Near(near) => Some((at, near.clone(), items[..at].iter().rposition(takes)?)),
        _ => None,
    };
    let Some((at, near, taker)) = items.iter().enumerate().find_map(target) else {
        settled.push(items);
        return Some(());
    };
    if items[taker].is_nullable() {
        let mut without = items.clone();
        // The question moves to where the item stood, past the questions between.
        let question = without.remove(at);
        let taker = if near.ahead { taker - 1 } else { taker };
        without.remove(taker);
        without.insert(taker, question);
        settle(without, settled, steps)?;
    }
    if let Some(narrowed) = narrowed(&items[taker], &near.class, near.ahead) {
        items[taker] = narrowed;
        items.remove(at);
        settle(items, settled, steps)?;
    }
    Some(())
}

/// What of `node` takes a character and whose first one (`first`; else the last one) is of `class`; `None` where
/// nothing is.
fn narrowed(node: &Node, class: &ClassUnicode, first: bool) -> Option<Node> {
    match node {
        Node::Class(own) => {
            let mut both = own.clone();
            both.intersect(class);
            (!both.ranges().is_empty()).then_some(Node::Class(both))
        }
        Node::Concat(nodes) => {
            let mut ways = Vec::new();
            let order: Vec<usize> =
                if first { (0..nodes.len()).collect() } else { (0..nodes.len()).rev().collect() };
            for at in order {
                if let Some(narrowed) = narrowed(&nodes[at], class, first) {
                    let rest = if first { &nodes[at + 1..] } else { &nodes[..at] };
                    ways.push(beside(narrowed, rest.to_vec(), first));
                }
                if !nodes[at].is_nullable() {
                    break;
                }
            }
            (!ways.is_empty()).then(|| Node::alt(ways))
        }
        Node::Alt(nodes) => {
            let ways: Vec<Node> = nodes.iter().filter_map(|node| narrowed(node, class, first)).collect();
            (!ways.is_empty()).then(|| Node::alt(ways))
        }
        Node::Repeat { node, min, max } if *max != Some(0) => {
            let one = narrowed(node, class, first)?;
            let rest =
                Node::Repeat { node: node.clone(), min: min.saturating_sub(1), max: max.map(|max| max - 1) };
            Some(beside(one, vec![rest], first))
        }
        Node::Repeat { .. } | Node::Near(_) | Node::Look(_) => None,
    }
}

fn beside(node: Node, mut rest: Vec<Node>, first: bool) -> Node {
    rest.insert(if first { 0 } else { rest.len() }, node);
    Node::concat(rest)
}

fn flat(mut items: Vec<Node>) -> Option<Flat> {
    let asks = |node: &Node| matches!(node, Node::Near(_) | Node::Look(_));
    let from = items.iter().position(|node| !asks(node)).unwrap_or(items.len());
    let to = items.iter().rposition(|node| !asks(node)).map_or(from, |at| at + 1);
    let right = items.split_off(to);
    let core = items.split_off(from);
    core.iter().all(|node| !node.looks_around()).then_some(Flat { left: items, core, right })
}

/// What several questions about one character ask together.
pub(super) fn both(one: &Near, other: &Near) -> Near {
    let mut class = one.class.clone();
    class.intersect(&other.class);
    Near { ahead: one.ahead, class, edge: one.edge && other.edge }
}
