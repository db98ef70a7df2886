//! Stories that go on over days: which of today's continues which of those before.
//!
//! A [`Thread`] is what is kept of a story from one day to the next, plain data; where it is kept is the caller's business.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::base::math;
use crate::digest::{CENTROID, Item, Story, background};

/// How stories are linked to threads.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Linking {
    /// Likeness of two centroids from which a story continues a thread where 300 threads are kept; from 100 on it grows with
    /// their logarithm as that of documents does (`docs/stories.md`).
    pub threshold: f64,
    /// Days apart after which likeness counts 1/e.
    pub days: f64,
}

impl Default for Linking {
    fn default() -> Self {
        Self { threshold: 0.2, days: 7.0 }
    }
}

/// What is kept of a story.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Thread {
    /// Its name on all days: the id of the most central document of its first day.
    pub id: String,
    /// Its language, a primary subtag.
    pub lang: String,
    /// What it is about: keys of terms with their weights, heaviest first.
    pub centroid: Vec<(u64, f32)>,
    /// The last day of its documents, in the count of [`Item::day`].
    pub day: Option<i32>,
    /// Ids of its documents, rising.
    pub documents: Vec<String>,
}

/// Weight of a thread's old centroid beside that of its new story: what it is about drifts, and is not forgotten at once.
const MEMORY: f32 = 0.5;

/// Fewer threads are taken for as many: what a few stories of one town share is its names, and a wrong continuation misleads
/// more than a missing one.
const FEW: usize = 100;

/// The number of the thread that each story continues; `None` for what is new.
///
/// The likeness of a story and a thread of one language is the cosine of their centroids times `exp(−d / days)`, with `d`
/// days between them, and 1 where they share a document. The most alike pair is linked first, then the next of what is left
/// (one thread to one story); of equals the smaller thread id goes first, then the earlier story.
pub fn continues(
    threads: &[Thread],
    stories: &[Story],
    items: &[Item],
    linking: &Linking,
) -> Vec<Option<usize>> {
    let mut holders: FxHashMap<u64, Vec<(usize, f32)>> = FxHashMap::default();
    let mut known: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (number, thread) in threads.iter().enumerate() {
        for &(key, weight) in &thread.centroid {
            holders.entry(key).or_default().push((number, weight));
        }
        for document in &thread.documents {
            known.entry(document).or_default().push(number);
        }
    }
    let lengths: Vec<f64> = threads.iter().map(|thread| length(&thread.centroid)).collect();
    let least = linking.threshold * background::chance(threads.len().max(FEW));
    let mut dots = vec![0.0; threads.len()];
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (story_number, story) in stories.iter().enumerate() {
        let mut met: BTreeSet<usize> = BTreeSet::new();
        for &(key, weight) in &story.centroid {
            for &(thread, held) in holders.get(&key).into_iter().flatten() {
                dots[thread] += f64::from(weight) * f64::from(held);
                met.insert(thread);
            }
        }
        let ids = story.members.iter().map(|member| items[member.item].id.as_str());
        let shared: BTreeSet<usize> = ids.filter_map(|id| known.get(id)).flatten().copied().collect();
        for &number in met.union(&shared) {
            let (thread, dot) = (&threads[number], std::mem::take(&mut dots[number]));
            if thread.lang != story.lang {
                continue;
            }
            let product = length(&story.centroid) * lengths[number];
            let cosine = if product > 0.0 { dot / product } else { 0.0 };
            let likeness =
                if shared.contains(&number) { 1.0 } else { cosine * decay(thread.day, story.day, linking) };
            if shared.contains(&number) || likeness >= least {
                pairs.push((likeness, number, story_number));
            }
        }
    }
    pairs.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then_with(|| threads[a.1].id.cmp(&threads[b.1].id)).then(a.2.cmp(&b.2))
    });
    let mut taken = vec![false; threads.len()];
    let mut continued = vec![None; stories.len()];
    for (_, thread, story) in pairs {
        if !taken[thread] && continued[story].is_none() {
            taken[thread] = true;
            continued[story] = Some(thread);
        }
    }
    continued
}

/// The threads after a day: those of its stories, in their order, and behind them those that it did not continue.
///
/// `continued` is what [`continues`] told. A thread keeps its name, its documents gather, and its centroid is that of today
/// and half of the old one. Threads that are too old to matter are the caller's to drop.
pub fn kept(
    threads: &[Thread],
    stories: &[Story],
    items: &[Item],
    continued: &[Option<usize>],
) -> Vec<Thread> {
    let mut names: BTreeSet<String> = threads.iter().map(|thread| thread.id.clone()).collect();
    let mut after = Vec::with_capacity(threads.len() + stories.len());
    let mut old: Vec<bool> = vec![true; threads.len()];
    for (story, before) in stories.iter().zip(continued) {
        let mut documents: BTreeSet<String> =
            story.members.iter().map(|member| items[member.item].id.clone()).collect();
        let thread = before.and_then(|number| threads.get(number));
        if let (Some(slot), Some(thread)) = (before.and_then(|number| old.get_mut(number)), thread) {
            *slot = false;
            documents.extend(thread.documents.iter().cloned());
        }
        let id = thread.map_or_else(|| unused(story, items, &names), |thread| thread.id.clone());
        names.insert(id.clone());
        after.push(Thread {
            id,
            lang: story.lang.clone(),
            centroid: thread
                .map_or_else(|| story.centroid.clone(), |thread| mixed(&story.centroid, &thread.centroid)),
            day: story.day.max(thread.and_then(|thread| thread.day)),
            documents: documents.into_iter().collect(),
        });
    }
    after.extend(threads.iter().zip(old).filter(|(_, old)| *old).map(|(thread, _)| thread.clone()));
    after
}

/// The name of a new thread: an old one may have been named by the same document.
fn unused(story: &Story, items: &[Item], names: &BTreeSet<String>) -> String {
    let mut id = story.members.first().map_or_else(String::new, |member| items[member.item].id.clone());
    while names.contains(&id) {
        id.push('+');
    }
    id
}

fn decay(one: Option<i32>, other: Option<i32>, linking: &Linking) -> f64 {
    let apart = one.zip(other).map_or(0.0, |(a, b)| (f64::from(a) - f64::from(b)).abs());
    math::exp(-apart / linking.days.max(f64::MIN_POSITIVE))
}

fn length(centroid: &[(u64, f32)]) -> f64 {
    centroid.iter().map(|&(_, weight)| f64::from(weight) * f64::from(weight)).sum::<f64>().sqrt()
}

/// The heaviest terms of the new centroid and a share of the old one, scaled to length 1.
fn mixed(new: &[(u64, f32)], old: &[(u64, f32)]) -> Vec<(u64, f32)> {
    let mut all: Vec<(u64, f32)> = new.to_vec();
    all.extend(old.iter().map(|&(key, weight)| (key, MEMORY * weight)));
    all.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let sum = |run: &[(u64, f32)]| (run[0].0, run.iter().map(|entry| entry.1).sum());
    let mut sums: Vec<(u64, f32)> = all.chunk_by(|a, b| a.0 == b.0).map(sum).collect();
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    sums.truncate(CENTROID);
    let length = length(&sums);
    #[expect(clippy::cast_possible_truncation, reason = "weights are between 0 and 1")]
    sums.iter_mut().filter(|_| length > 0.0).for_each(|entry| entry.1 = (f64::from(entry.1) / length) as f32);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Member;

    /// A story of one document with these terms, all as heavy, and its item.
    fn day(stories: &[(&str, &[u64], i32)]) -> (Vec<Story>, Vec<Item>) {
        let items = stories.iter().map(|(id, ..)| Item { id: (*id).to_owned(), ..Item::default() }).collect();
        let story = |(item, &(_, terms, day)): (usize, &(&str, &[u64], i32))| Story {
            members: vec![Member { item, centrality: 1.0 }],
            headline: None,
            lang: "en".to_owned(),
            day: Some(day),
            centroid: terms.iter().map(|&term| (term, 1.0)).collect(),
            weight: 0.0,
        };
        (stories.iter().enumerate().map(story).collect(), items)
    }

    fn after(threads: &[Thread], today: &[(&str, &[u64], i32)]) -> Vec<Thread> {
        let (stories, items) = day(today);
        kept(threads, &stories, &items, &continues(threads, &stories, &items, &Linking::default()))
    }

    #[test]
    fn a_thread_goes_on_with_the_story_most_like_it_and_with_no_other() {
        let monday = after(&[], &[("a", &[1, 2, 3], 1), ("b", &[7, 8, 9], 1)]);
        let tuesday = after(&monday, &[("c", &[1, 2, 4], 2), ("d", &[1, 2, 3], 2)]);
        let told: Vec<(&str, usize)> = tuesday.iter().map(|t| (t.id.as_str(), t.documents.len())).collect();
        assert_eq!(told, [("c", 1), ("a", 2), ("b", 1)]);
        assert_eq!(tuesday[1].day, Some(2));
    }

    #[test]
    fn what_is_long_ago_is_not_continued_and_a_shared_document_always_is() {
        let old = after(&[], &[("a", &[1, 2, 3], 1)]);
        assert_eq!(after(&old, &[("c", &[1, 2, 3], 40)])[0].id, "c");
        assert_eq!(after(&old, &[("a", &[5, 6], 40)])[0].id, "a");
    }

    #[test]
    fn names_of_threads_are_used_once() {
        let mut old = after(&[], &[("a", &[1, 2, 3], 1)]);
        old[0].documents.clear();
        let ids: Vec<String> = after(&old, &[("a", &[7], 2)]).into_iter().map(|thread| thread.id).collect();
        assert_eq!(ids, ["a+", "a"]);
    }

    #[test]
    fn another_language_is_another_thread() {
        let mut old = after(&[], &[("a", &[1, 2, 3], 1)]);
        old[0].lang = "fr".to_owned();
        assert_eq!(after(&old, &[("b", &[1, 2, 3], 1)])[0].id, "b");
    }

    #[test]
    fn a_centroid_remembers_half() {
        assert_eq!(mixed(&[(1, 3.0)], &[(2, 8.0)]), [(2, 0.8), (1, 0.6)]);
    }
}
