//! Documents joined to stories: average link over a graph of neighbours (Sokal and Michener 1958).

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::base::math;
use crate::base::span::position;
use crate::digest::neighbours::neighbours;
use crate::digest::vectors::{Sparse, Vectors};
use crate::digest::{Item, Settings, background};

/// Share of the threshold below which a likeness is forgotten: it joins nothing even after growing.
const FAINT: f64 = 0.3;

/// Documents of a story from which on growth helps it no further: as many as the largest stories that were measured have.
const GROWN: f64 = 10.0;

/// The stories of items of one language: places of their documents, rising, by their first.
pub(super) fn clusters(items: &[&Item], vectors: &Vectors, settings: &Settings) -> Vec<Vec<usize>> {
    let units = units(items);
    let row = |unit: &Vec<usize>| match unit.as_slice() {
        [one] => vectors.rows[*one].clone(),
        many => Sparse::sum(many.iter().map(|&at| &vectors.rows[at])).unit(),
    };
    let rows: Vec<Sparse> = units.iter().map(row).collect();
    let firsts: Vec<&Item> = units.iter().map(|unit| items[unit[0]]).collect();
    let days: Vec<Option<f64>> = units.iter().map(|unit| mean_day(items, unit)).collect();
    let sample = background::sample(&firsts);
    // Where half of the batch is one story, so are many pairs of the sample: they are set apart, and all is joined again.
    let first = background::threshold(&rows, &sample, |_, _| true, settings);
    let pairs = neighbours(&rows, vectors.terms(), FAINT * first);
    let found = join(&rows, &days, &pairs, first, settings);
    let again = background::threshold(&rows, &sample, |a, b| found[a] != found[b], settings);
    let found = join(&rows, &days, &pairs, again, settings);
    let mut stories: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (unit, story) in found.into_iter().enumerate() {
        stories.entry(story).or_default().extend(&units[unit]);
    }
    let mut stories: Vec<Vec<usize>> = stories.into_values().collect();
    for story in &mut stories {
        story.sort_unstable();
    }
    stories.sort_unstable();
    stories
}

/// Near-duplicates together, the others alone.
fn units(items: &[&Item]) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = Vec::new();
    let mut groups: BTreeMap<u64, usize> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let known = item.group.map(|group| *groups.entry(group).or_insert(units.len()));
        match known.and_then(|unit| units.get_mut(unit)) {
            Some(unit) => unit.push(at),
            None => units.push(vec![at]),
        }
    }
    units
}

fn mean_day(items: &[&Item], unit: &[usize]) -> Option<f64> {
    let days: Vec<f64> = unit.iter().filter_map(|&at| items[at].day).map(f64::from).collect();
    (!days.is_empty()).then(|| days.iter().sum::<f64>() / math::count(days.len()))
}

/// A story while it grows.
struct Cluster {
    /// Sum of its units' rows.
    sum: Sparse,
    units: f64,
    /// Sum and number of the days that are known.
    days: (f64, f64),
    /// Average likeness to other clusters, by their numbers; only what may count some day.
    links: Vec<(u32, f64)>,
    /// How often it grew: what waits in the heap from before is stale.
    version: u32,
    alive: bool,
}

/// Two clusters that may be joined.
#[derive(PartialEq)]
struct Join {
    score: f64,
    pair: (u32, u32),
    versions: (u32, u32),
}

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.pair.cmp(&self.pair))
    }
}

/// The cluster of each row, named by its first row.
fn join(
    rows: &[Sparse],
    days: &[Option<f64>],
    pairs: &[(u32, u32, f64)],
    threshold: f64,
    settings: &Settings,
) -> Vec<usize> {
    let start = |(row, day): (&Sparse, &Option<f64>)| Cluster {
        sum: row.clone(),
        units: 1.0,
        days: day.map_or((0.0, 0.0), |day| (day, 1.0)),
        links: Vec::new(),
        version: 0,
        alive: true,
    };
    let mut clusters: Vec<Cluster> = rows.iter().zip(days).map(start).collect();
    // Pairs are sorted, so links rise: those to smaller numbers first.
    for &(a, b, likeness) in pairs {
        clusters[b as usize].links.push((a, likeness));
    }
    for &(a, b, likeness) in pairs {
        clusters[a as usize].links.push((b, likeness));
    }
    let mut waiting: BinaryHeap<Join> = BinaryHeap::new();
    for &(a, b, likeness) in pairs {
        waiting.extend(candidate(&clusters, a, b, likeness, threshold, settings));
    }
    let mut parent: Vec<usize> = (0..rows.len()).collect();
    while let Some(Join { pair: (a, b), versions, .. }) = waiting.pop() {
        let stale = |number: u32, version| {
            let cluster = &clusters[number as usize];
            !cluster.alive || cluster.version != version
        };
        if stale(a, versions.0) || stale(b, versions.1) {
            continue;
        }
        parent[b as usize] = a as usize;
        merge(&mut clusters, a, b, FAINT * threshold);
        for at in 0..clusters[a as usize].links.len() {
            let (other, likeness) = clusters[a as usize].links[at];
            waiting.extend(candidate(&clusters, a.min(other), a.max(other), likeness, threshold, settings));
        }
    }
    for row in 0..parent.len() {
        // The smaller number stays, so that a parent's own is known.
        parent[row] = parent[parent[row]];
    }
    parent
}

fn candidate(
    clusters: &[Cluster],
    a: u32,
    b: u32,
    likeness: f64,
    threshold: f64,
    settings: &Settings,
) -> Option<Join> {
    let (one, two) = (&clusters[a as usize], &clusters[b as usize]);
    let day = |cluster: &Cluster| (cluster.days.1 > 0.0).then(|| cluster.days.0 / cluster.days.1);
    let apart = day(one).zip(day(two)).map_or(0.0, |(one, two)| (one - two).abs());
    let size = (one.units * two.units).sqrt().min(GROWN);
    let score =
        likeness * math::exp(settings.growth * math::ln(size) - apart / settings.days.max(f64::MIN_POSITIVE));
    (score >= threshold).then_some(Join { score, pair: (a, b), versions: (one.version, two.version) })
}

/// Joins `b` to `a`.
fn merge(clusters: &mut [Cluster], a: u32, b: u32, faint: f64) {
    let taken = &mut clusters[b as usize];
    taken.alive = false;
    let (sum, units, days, links) =
        (std::mem::take(&mut taken.sum), taken.units, taken.days, std::mem::take(&mut taken.links));
    let own_links = std::mem::take(&mut clusters[a as usize].links);
    let mut others: Vec<u32> = own_links.iter().chain(&links).map(|link| link.0).collect();
    others.retain(|&other| other != a && other != b);
    others.sort_unstable();
    others.dedup();
    let held = |links: &[(u32, f64)], other: u32| {
        links.binary_search_by_key(&other, |link| link.0).ok().map(|at| links[at].1)
    };
    let mut joined = Vec::with_capacity(others.len());
    for other in others {
        let (one, cluster) = (&clusters[a as usize], &clusters[other as usize]);
        let average = |sum: &Sparse, units: f64| sum.dot(&cluster.sum) / (units * cluster.units);
        let to_a = held(&own_links, other).unwrap_or_else(|| average(&one.sum, one.units));
        let to_b = held(&links, other).unwrap_or_else(|| average(&sum, units));
        let likeness = (one.units * to_a + units * to_b) / (one.units + units);
        let kept = likeness >= faint;
        relink(&mut clusters[other as usize].links, a, b, kept.then_some(likeness));
        joined.extend(kept.then_some((other, likeness)));
    }
    let one = &mut clusters[a as usize];
    one.sum = one.sum.plus(&sum);
    one.units += units;
    one.days = (one.days.0 + days.0, one.days.1 + days.1);
    one.version += 1;
    one.links = joined;
}

/// Puts the likeness to `a` in place of those to `a` and `b`.
fn relink(links: &mut Vec<(u32, f64)>, a: u32, b: u32, likeness: Option<f64>) {
    if let Ok(at) = links.binary_search_by_key(&b, |link| link.0) {
        links.remove(at);
    }
    match (links.binary_search_by_key(&a, |link| link.0), likeness) {
        (Ok(at), Some(likeness)) => links[at].1 = likeness,
        (Ok(at), None) => _ = links.remove(at),
        (Err(at), Some(likeness)) => links.insert(at, (a, likeness)),
        (Err(_), None) => {}
    }
    debug_assert!(links.is_sorted_by_key(|link| position(link.0 as usize)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[(u32, f32)]]) -> Vec<Sparse> {
        rows.iter().map(|row| Sparse(row.to_vec()).unit()).collect()
    }

    fn joined(rows: &[Sparse], threshold: f64) -> Vec<usize> {
        let pairs = neighbours(rows, 10, FAINT * threshold);
        let settings = Settings { growth: 0.0, ..Settings::default() };
        join(rows, &vec![None; rows.len()], &pairs, threshold, &settings)
    }

    #[test]
    fn a_chain_of_likenesses_is_no_story() {
        let chain = rows(&[&[(0, 1.0), (1, 1.0)], &[(1, 1.0), (2, 1.0)], &[(2, 1.0), (3, 1.0)]]);
        assert_eq!(joined(&chain, 0.4), [0, 0, 2], "the third is like one of two: .25 on average");
        assert_eq!(joined(&chain, 0.2), [0, 0, 0]);
    }

    #[test]
    fn a_join_is_the_average_over_all_pairs() {
        let four = rows(&[&[(0, 1.0)], &[(0, 1.0)], &[(0, 3.0), (1, 4.0)], &[(0, 3.0), (1, 4.0)]]);
        assert_eq!(joined(&four, 0.65), [0, 0, 2, 2]);
        assert_eq!(joined(&four, 0.55), [0; 4]);
    }

    #[test]
    fn near_duplicates_of_one_number_are_one_unit() {
        let item = |group| Item { group, ..Item::default() };
        let items = [item(Some(4)), item(None), item(Some(4)), item(None)];
        assert_eq!(units(&items.iter().collect::<Vec<_>>()), [vec![0, 2], vec![1], vec![3]]);
    }
}
