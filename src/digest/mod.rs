//! Stories of a day: documents that tell of the same event, without anybody naming it.
//!
//! Documents become [`Item`]s, which hold what clustering needs and no more; [`stories`] finds and orders the stories. The
//! method and its measurements stand in `docs/stories.md`; each part has a file of its own. Nothing here depends on the
//! order of the input: documents are told apart by their ids.

mod background;
mod cluster;
pub mod days;
pub mod edition;
mod item;
pub mod kept;
mod known;
mod neighbours;
mod order;
pub mod remembered;
pub mod sections;
mod show;
#[cfg(feature = "digest")]
pub mod state;
pub mod threads;
mod title;
pub mod told;
mod vectors;
pub mod view;

use serde::{Deserialize, Serialize};

pub use item::Item;

use crate::digest::vectors::{Sparse, Vectors};

/// How documents are joined to stories.
///
/// The values are round numbers from a plateau, chosen on the development halves of three sets; `docs/stories.md` has the
/// table and how to measure it again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Likeness from which two documents are one story, in a batch of 300 documents with the usual background. Larger makes
    /// more and smaller stories.
    pub threshold: f64,
    /// How far the threshold follows the batch's background: 0 not at all, 1 in proportion.
    pub adapt: f64,
    /// How much less likeness large stories need for joining: likeness counts times `√(a·b)` to this power, with `a` and
    /// `b` the documents of the two, up to ten.
    pub growth: f64,
    /// Times that a word of the title counts.
    pub title: f64,
    /// Times that a word of the first sentences counts beside its place in the body.
    pub lead: f64,
    /// Times that a word of a name counts beside its place in the body.
    pub names: f64,
    /// Days apart after which likeness counts 1/e; documents without a day are near to all.
    pub days: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.15, adapt: 0.5, growth: 0.2, title: 5.0, lead: 0.0, names: 0.0, days: 7.0 }
    }
}

/// Documents of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its documents, the most central first.
    pub members: Vec<Member>,
    /// The number of the document whose headline is the most central; `None` where no document has one.
    pub headline: Option<usize>,
    /// The language of its documents, a primary subtag.
    pub lang: String,
    /// The last day of its documents.
    pub day: Option<i32>,
    /// What it is about: its heaviest terms by falling weight, scaled to length 1.
    pub centroid: Vec<(u64, f32)>,
    /// What it is ranked by; stories come by falling weight.
    pub weight: f64,
}

/// A document of a story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its number among the items given.
    pub item: usize,
    /// Cosine with the sum of the story's documents, in `0.0..=1.0`.
    pub centrality: f64,
}

/// Terms of a kept centroid, at most.
const CENTROID: usize = 128;

/// The stories of `items`, the weightiest first; every item is in exactly one, perhaps alone.
///
/// Items are joined within their language. The same items give the same stories in whatever order they come; items with
/// one id and the same terms are interchangeable.
pub fn stories(items: &[Item], settings: &Settings) -> Vec<Story> {
    let mut numbers: Vec<usize> = (0..items.len()).collect();
    numbers.sort_by(|&a, &b| items[a].cmp_identity(&items[b]).then(a.cmp(&b)));
    let mut all: Vec<Story> = Vec::new();
    numbers.sort_by(|&a, &b| items[a].lang.cmp(&items[b].lang));
    for of_language in numbers.chunk_by(|&a, &b| items[a].lang == items[b].lang) {
        let members: Vec<&Item> = of_language.iter().map(|&number| &items[number]).collect();
        let vectors = Vectors::of(&members, settings);
        let clusters = cluster::clusters(&members, &vectors, settings);
        all.extend(clusters.iter().map(|cluster| story(of_language, &members, &vectors, cluster, settings)));
    }
    order::order(&mut all, items);
    all
}

/// The story of the documents `cluster`, which count places in `members`; `numbers` has their numbers among all items.
fn story(
    numbers: &[usize],
    members: &[&Item],
    vectors: &Vectors,
    cluster: &[usize],
    settings: &Settings,
) -> Story {
    let sum = Sparse::sum(cluster.iter().map(|&at| &vectors.rows[at]));
    let length = sum.length();
    let centrality =
        |at: usize| if length > 0.0 { (vectors.rows[at].dot(&sum) / length).clamp(0.0, 1.0) } else { 0.0 };
    let mut central: Vec<(usize, f64)> = cluster.iter().map(|&at| (at, centrality(at))).collect();
    // Places follow ids, so that equals come by id.
    central.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let headline = title::headline(central.iter().map(|&(at, _)| (at, members[at])), vectors, &sum);
    Story {
        headline: headline.map(|at| numbers[at]),
        lang: members[cluster[0]].lang.clone(),
        day: cluster.iter().filter_map(|&at| members[at].day).max(),
        centroid: vectors.centroid(cluster.iter().map(|&at| members[at]), settings, CENTROID),
        members: central
            .into_iter()
            .map(|(at, centrality)| Member { item: numbers[at], centrality })
            .collect(),
        weight: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lex::analyzed::Analyzer;

    fn item(id: &str, title: &str, body: &[&str]) -> Item {
        let mut analyzer = Analyzer::default();
        let title = analyzer.sequences("en", None, std::iter::once(title));
        let body = analyzer.sequences("en", None, body.iter().copied());
        Item::of(id, "en", &title, &body)
    }

    fn ids<'i>(items: &'i [Item], stories: &[Story]) -> Vec<Vec<&'i str>> {
        let told =
            |story: &Story| story.members.iter().map(|member| items[member.item].id.as_str()).collect();
        stories.iter().map(told).collect()
    }

    fn day() -> Vec<Item> {
        vec![
            item(
                "a",
                "Harbour bridge shut",
                &["The harbour bridge was shut after engineers found a cracked cable."],
            ),
            item("b", "Eels return", &["Silver eels returned to the upper river for the first time."]),
            item(
                "c",
                "Cracked cable shuts bridge",
                &["Engineers shut the harbour bridge over a cracked cable."],
            ),
        ]
    }

    #[test]
    fn documents_of_one_event_are_one_story_and_others_stay_alone() {
        let items = day();
        let mut told = ids(&items, &stories(&items, &Settings::default()));
        told[0].sort_unstable();
        assert_eq!(told, [vec!["a", "c"], vec!["b"]]);
    }

    #[test]
    fn no_document_makes_no_story_and_an_empty_one_is_alone() {
        assert_eq!(stories(&[], &Settings::default()), []);
        let items = [item("a", "", &[]), item("b", "", &[])];
        let told = stories(&items, &Settings::default());
        assert_eq!(ids(&items, &told), [["a"], ["b"]]);
        assert_eq!((told[0].headline, told[0].members[0].centrality), (None, 0.0));
    }

    #[test]
    fn near_duplicates_are_one_story_whatever_they_say() {
        let mut items = day();
        items[0].group = Some(7);
        items[1].group = Some(7);
        let told = stories(&items, &Settings { threshold: 9.0, ..Settings::default() });
        assert_eq!(told.iter().map(|story| story.members.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn languages_are_not_joined() {
        let mut items = day();
        items[2].lang = "fr".to_owned();
        assert_eq!(stories(&items, &Settings::default()).len(), 3);
    }

    #[test]
    fn days_apart_make_two_stories_of_what_would_be_one() {
        let mut items = day();
        items[0].day = Some(10);
        items[2].day = Some(60);
        let told = stories(&items, &Settings::default());
        assert_eq!((told.len(), told[0].day), (3, Some(60)));
    }

    proptest! {
        /// The same documents give the same stories in whatever order they come, each document in exactly one.
        #[test]
        fn the_order_of_the_input_changes_nothing(
            documents in prop::collection::vec((prop::collection::vec(0_u64..30, 0..12), prop::option::of(0_i32..3), prop::option::of(0_u64..3)), 0..24),
            turn in 0_usize..24,
        ) {
            let items = documents.iter().enumerate().map(|(number, (terms, day, group))| {
                let mut keys: Vec<u64> = terms.iter().map(|t| (t + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
                let title = keys.iter().take(2).copied().collect();
                keys.sort_unstable();
                let body = keys.chunk_by(|a, b| a == b).map(|run| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX))).collect();
                Item { id: format!("{number}"), lang: "en".to_owned(), day: *day, group: *group, title, body, ..Item::default() }
            });
            let items: Vec<Item> = items.collect();
            let mut turned: Vec<Item> = items.iter().rev().cloned().collect();
            turned.rotate_left(turn.min(items.len()));
            let tell = |items: &[Item]| -> Vec<String> {
                let told = |story: &Story| {
                    let members: Vec<(&str, f64)> = story.members.iter().map(|m| (items[m.item].id.as_str(), m.centrality)).collect();
                    let headline = story.headline.map(|at| items[at].id.as_str());
                    format!("{members:?} {headline:?} {:?} {:?} {}", story.day, story.centroid, story.weight)
                };
                stories(items, &Settings::default()).iter().map(told).collect()
            };
            prop_assert_eq!(tell(&items), tell(&turned));
            let held: usize = stories(&items, &Settings::default()).iter().map(|story| story.members.len()).sum();
            prop_assert_eq!(held, items.len());
        }
    }
}
