//! Matching an expression by sets of places: any expression, in either direction, without going back.
//!
//! For the codes of languages, and for the few rules that no automaton can hold; those are asked at candidates alone.

use super::tree::{Look, Near, Node, holds};

/// Whether `node` matches all of `text`.
pub(super) fn matches_whole(node: &Node, text: &str) -> bool {
    step(node, text, &[0], true).contains(&text.len())
}

/// Whether `node` matches some stretch that begins at `at`, or, without `ahead`, one that ends there.
pub(super) fn matches_beside(node: &Node, text: &str, at: usize, ahead: bool) -> bool {
    !step(node, text, &[at], ahead).is_empty()
}

/// The places to which `node` leads from the places `from`, which rise, as the result does.
fn step(node: &Node, text: &str, from: &[usize], ahead: bool) -> Vec<usize> {
    match node {
        Node::Class(class) => {
            let take = |&at: &usize| {
                let c = beside(text, at, ahead).filter(|&c| holds(class, c))?;
                Some(if ahead { at + c.len_utf8() } else { at - c.len_utf8() })
            };
            from.iter().filter_map(take).collect()
        }
        Node::Concat(nodes) if ahead => {
            nodes.iter().fold(from.to_vec(), |places, node| step(node, text, &places, ahead))
        }
        Node::Concat(nodes) => {
            nodes.iter().rev().fold(from.to_vec(), |places, node| step(node, text, &places, ahead))
        }
        Node::Alt(nodes) => rising(nodes.iter().flat_map(|node| step(node, text, from, ahead)).collect()),
        Node::Repeat { node, min, max } => repeated(node, *min, *max, text, from, ahead),
        Node::Near(near) => from.iter().copied().filter(|&at| is_near(near, text, at)).collect(),
        Node::Look(Look { ahead, negative, node }) => {
            let holds = |at: &usize| step(node, text, &[*at], *ahead).is_empty() == *negative;
            from.iter().copied().filter(holds).collect()
        }
    }
}

fn repeated(node: &Node, min: u32, max: Option<u32>, text: &str, from: &[usize], ahead: bool) -> Vec<usize> {
    let mut new = from.to_vec();
    for _ in 0..min {
        new = step(node, text, &new, ahead);
        if new.is_empty() {
            return new;
        }
    }
    // A place that was reached sooner has more repetitions left: only new places go on.
    let mut all = new.clone();
    let mut left = max.map(|max| max.saturating_sub(min));
    while !new.is_empty() && left != Some(0) {
        new = step(node, text, &new, ahead);
        new.retain(|at| all.binary_search(at).is_err());
        all.extend_from_slice(&new);
        all = rising(all);
        left = left.map(|left| left - 1);
    }
    all
}

fn is_near(near: &Near, text: &str, at: usize) -> bool {
    beside(text, at, near.ahead).map_or(near.edge, |c| holds(&near.class, c))
}

fn beside(text: &str, at: usize, ahead: bool) -> Option<char> {
    if ahead { text[at..].chars().next() } else { text[..at].chars().next_back() }
}

fn rising(mut places: Vec<usize>) -> Vec<usize> {
    places.sort_unstable();
    places.dedup();
    places
}
