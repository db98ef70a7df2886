//! From scores to roles: what belongs to the article, and what the rest is for.

use crate::doc::block::{BlockKind, Role};
use crate::structure::header::Verdict;
use crate::structure::page::classes;
use crate::structure::page::features::Seen;

/// Least score of a block of the article: between 0.45, the best for passages, and 0.6, the best for whole bodies; measured
/// by five folds with `tools/train_page.py --folds`.
const LEAST: f32 = 0.5;
/// Share of the best block's score that suffices where no block reaches [`LEAST`].
const BEST: f32 = 0.5;
/// How sure a title is that the page's head names too.
const TITLE: f64 = 0.9;
/// Blocks before the first of the body among which a picture of the article may stand.
const BESIDE: usize = 3;
/// Share of links from which on a block leads elsewhere.
const LINKED: f32 = 0.5;
/// Steps to an element whose name tells what a block in it is for.
const NEAR: u8 = 4;

/// Elements by whose names the rest is known, in order.
const NAMED: [(&str, Role); 6] = [
    ("comment", Role::Comments),
    ("share", Role::Share),
    ("nav", Role::Navigation),
    ("related", Role::Navigation),
    ("tags", Role::Navigation),
    ("header", Role::Navigation),
];

/// The role of every block.
pub(super) fn roles(seen: &Seen<'_>, scores: &[f32]) -> Vec<Verdict> {
    let least = least(seen, scores);
    let kept = |at: &usize| scores[*at] >= least && of_article(seen.kind(*at)) == Role::Body;
    let first = (0..scores.len()).find(kept).unwrap_or(0);
    let last = (0..scores.len()).rfind(kept).unwrap_or(0);
    let role = |at: usize| {
        let score = f64::from(scores[at]);
        if seen.title == Some(at) {
            (Role::Title, TITLE)
        } else if scores[at] >= least {
            (of_article(seen.kind(at)), score)
        } else if seen.kind(at) == BlockKind::Caption && (first.saturating_sub(BESIDE)..=last).contains(&at) {
            (Role::Caption, 1.0 - score)
        } else {
            (rest(seen, at), 1.0 - score)
        }
    };
    (0..scores.len()).map(role).collect()
}

/// The score that a block of this page needs.
fn least(seen: &Seen<'_>, scores: &[f32]) -> f32 {
    let able = |at: &usize| seen.title != Some(*at) && of_article(seen.kind(*at)) == Role::Body;
    let most = (0..scores.len()).filter(able).map(|at| scores[at]).fold(0.0, f32::max);
    LEAST.min(most * BEST)
}

fn of_article(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Heading => Role::Heading,
        BlockKind::Caption => Role::Caption,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::Line => Role::Body,
    }
}

/// What a block outside the article is for.
fn rest(seen: &Seen<'_>, at: usize) -> Role {
    if let Some(hit) = seen.hits[at] {
        return hit.role;
    }
    let steps = |name: &str| seen.steps(at, classes::kind(name));
    let named = NAMED.iter().find(|(name, _)| steps(name) <= NEAR).map(|(_, role)| *role);
    let linked = seen.words[at].linked >= LINKED;
    named.unwrap_or(if linked { Role::Navigation } else { Role::Furniture })
}

#[cfg(test)]
mod tests {
    use crate::doc::block::Role;
    use crate::doc::document::Document;
    use crate::structure::page::{judge, testing};
    use crate::structure::patterns::OwnLines;

    fn roles(html: &str) -> Vec<(Role, String)> {
        let document = testing::read(html);
        let verdicts =
            judge(&document, document.page.as_deref().unwrap(), &OwnLines::default()).unwrap().verdicts;
        let text = |document: &Document, at: usize| {
            document.text.marks[at].span.of(document.text.text.as_str()).to_owned()
        };
        (0..verdicts.len()).map(|at| (verdicts[at].0, text(&document, at))).collect()
    }

    fn of(all: &[(Role, String)], role: Role) -> Vec<&str> {
        all.iter().filter(|(found, _)| *found == role).map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn the_article_is_told_from_what_a_site_puts_around_it() {
        let all = roles(&testing::page());
        assert_eq!(of(&all, Role::Title), ["Harbour bridge shut for nine days"]);
        assert_eq!(of(&all, Role::Body), testing::PARAGRAPHS);
        assert_eq!(of(&all, Role::Heading), ["What the divers saw"]);
        assert_eq!(of(&all, Role::Caption), ["The bridge at low tide."]);
        assert!(of(&all, Role::Navigation).contains(&"Sport"), "{all:?}");
        assert!(of(&all, Role::Comments).iter().any(|text| text.contains("never liked")), "{all:?}");
    }

    #[test]
    fn a_page_in_which_nothing_looks_like_an_article_keeps_the_best_there_is() {
        let all = roles(
            "<title>Shop</title><ul><li><a href=/a>Boots</a><li><a href=/b>Hats</a></ul><p>Closed.</p>",
        );
        assert!(!of(&all, Role::Body).is_empty(), "{all:?}");
    }
}
