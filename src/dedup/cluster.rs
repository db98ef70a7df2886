//! Clusters of near-duplicates, and of documents that stand whole in another.
//!
//! Shingles that many documents share (headers, footers, bylines) say nothing, so they are taken out first; a cluster
//! has a first document, and others join it for what they share with one in it, never by a chain of three.

use rustc_hash::FxHashSet;

use crate::base::math::count;
use crate::dedup::sketch::Sketch;

/// Share of the documents from which a shingle is common.
const COMMON: f64 = 0.05;
/// Documents that must hold a shingle, at least, for it to be common: in a small input every story repeats.
const COMMON_FROM: usize = 8;
/// Least Jaccard similarity, over shingles that are not common, of a duplicate. Anything in .20 to .30 gives the same F1
/// (.996) on the development set.
const DUPLICATE: f64 = 0.25;
/// Least similarity over all shingles where nearly all are common.
const DUPLICATE_OF_COMMON: f64 = 0.8;
/// Least share of a document's shingles that another holds for it to be contained in it.
const CONTAINED: f64 = 0.65;
/// Least share of hashes that are not common for them to decide alone.
const TELLING: f64 = 0.25;
/// Hashes that a duplicate shares, at least; a document with fewer must share all.
const SHARED: usize = 4;
/// Hashes that a contained document shares, at least.
const SHARED_CONTAINED: usize = 8;
/// Documents before it, holding the same shingle, that a document is compared with, beside the first.
const NEIGHBOURS: usize = 16;

/// What a document is in its cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The first of its cluster, perhaps alone in it.
    First,
    /// It tells the text of the first.
    Duplicate,
    /// It stands whole in a document of the cluster.
    Contained,
}

impl Relation {
    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Duplicate => "duplicate",
            Self::Contained => "contained",
        }
    }
}

/// Where a document belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The number of its cluster's first document.
    pub cluster: usize,
    /// What it is there.
    pub relation: Relation,
}

/// The place of each document, in the order given.
pub fn clusters(sketches: &[Sketch]) -> Vec<Place> {
    let postings = postings(sketches);
    let common = common(sketches, &postings);
    let telling: Vec<Vec<u64>> = sketches
        .iter()
        .map(|sketch| sketch.hashes().iter().copied().filter(|hash| !common.contains(hash)).collect())
        .collect();
    let all = Sketches { sketches, telling };
    let pairs = pairs(&postings);
    let mut cluster: Vec<usize> = (0..sketches.len()).collect();
    let mut relation = vec![Relation::First; sketches.len()];
    let mut at = 0;
    for document in 0..sketches.len() {
        let before = &pairs[at..];
        let own = before.partition_point(|(later, _)| *later as usize <= document);
        at += own;
        // The most alike counts, and of those as much alike the earliest.
        let best = before[..own]
            .iter()
            .filter_map(|&(_, earlier)| Some((all.duplicate(document, earlier as usize)?, earlier as usize)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, earlier)) = best {
            cluster[document] = cluster[earlier];
            relation[document] = Relation::Duplicate;
        }
    }
    contain(&all, &pairs, &mut cluster, &mut relation);
    cluster.into_iter().zip(relation).map(|(cluster, relation)| Place { cluster, relation }).collect()
}

/// Moves clusters whose first document stands whole in another to that one's cluster, containers before what they hold.
fn contain(all: &Sketches<'_>, pairs: &[(u32, u32)], cluster: &mut [usize], relation: &mut [Relation]) {
    let mut container: Vec<Option<(f64, usize)>> = vec![None; cluster.len()];
    for &(later, earlier) in pairs {
        for (inner, outer) in [(later as usize, earlier as usize), (earlier as usize, later as usize)] {
            let alone = cluster[inner] == inner && cluster[outer] != inner;
            let Some(share) = all.contained(inner, outer).filter(|_| alone) else { continue };
            if container[inner].is_none_or(|(best, _)| share > best) {
                container[inner] = Some((share, outer));
            }
        }
    }
    let mut order: Vec<usize> = (0..cluster.len()).filter(|&d| container[d].is_some()).collect();
    order.sort_by_key(|&d| (std::cmp::Reverse(all.sketches[d].shingles()), d));
    // To which cluster each cluster went; a container has more shingles, so its own move is known.
    let mut moved: Vec<usize> = (0..cluster.len()).collect();
    for inner in order {
        if let Some((_, outer)) = container[inner] {
            let goal = moved[cluster[outer]];
            if goal != inner {
                moved[inner] = goal;
                relation[inner] = Relation::Contained;
            }
        }
    }
    for document in 0..cluster.len() {
        let own = cluster[document];
        if moved[own] != own {
            cluster[document] = moved[own];
            relation[document] = Relation::Contained;
        }
    }
}

/// All hashes with the documents that hold them, sorted.
fn postings(sketches: &[Sketch]) -> Vec<(u64, u32)> {
    let numbered = (0_u32..).zip(sketches);
    let mut postings: Vec<(u64, u32)> = numbered
        .flat_map(|(document, sketch)| sketch.hashes().iter().map(move |&hash| (hash, document)))
        .collect();
    postings.sort_unstable();
    postings
}

/// The hashes that more than a share of the documents hold, of those whose sketches reach so far.
fn common(sketches: &[Sketch], postings: &[(u64, u32)]) -> FxHashSet<u64> {
    let mut reaches: Vec<u64> = sketches.iter().map(Sketch::reach).collect();
    reaches.sort_unstable();
    let is_common = |group: &&[(u64, u32)]| {
        let able = reaches.len() - reaches.partition_point(|reach| *reach < group[0].0);
        group.len() > COMMON_FROM && count(group.len()) > COMMON * count(able)
    };
    groups(postings).filter(is_common).map(|group| group[0].0).collect()
}

fn groups(postings: &[(u64, u32)]) -> impl Iterator<Item = &[(u64, u32)]> {
    postings.chunk_by(|a, b| a.0 == b.0)
}

/// Pairs of documents, the later first, that share a hash and may be alike; sorted, each once.
///
/// A document is paired with the first that holds a hash and with the nearest before it: pairs grow with the documents
/// and not with their square, and those of one cluster share many hashes.
fn pairs(postings: &[(u64, u32)]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut full = 1 << 20;
    for group in groups(postings) {
        for (at, &(_, later)) in group.iter().enumerate().skip(1) {
            let near = at.saturating_sub(NEIGHBOURS).max(1);
            let others = std::iter::once(&group[0]).chain(group.get(near..at).unwrap_or_default());
            pairs.extend(others.map(|&(_, earlier)| (later, earlier)));
        }
        if pairs.len() > full {
            pairs.sort_unstable();
            pairs.dedup();
            full = full.max(2 * pairs.len());
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

struct Sketches<'s> {
    sketches: &'s [Sketch],
    /// The hashes of each that are not common.
    telling: Vec<Vec<u64>>,
}

impl Sketches<'_> {
    /// How alike two documents are, where they are duplicates; one that stands whole in another twice its size is none.
    fn duplicate(&self, a: usize, b: usize) -> Option<f64> {
        let (one, two) = (&self.sketches[a], &self.sketches[b]);
        let (few, many) = if one.shingles() < two.shingles() { (a, b) } else { (b, a) };
        let much_larger = self.sketches[many].shingles() >= 2 * self.sketches[few].shingles();
        if much_larger && self.contained(few, many).is_some() {
            return None;
        }
        let reach = one.reach().min(two.reach());
        let tells =
            |d: usize| count(self.telling[d].len()) >= TELLING * count(self.sketches[d].hashes().len());
        let (x, y, least) = if tells(a) && tells(b) {
            (self.telling[a].as_slice(), self.telling[b].as_slice(), DUPLICATE)
        } else {
            (one.hashes(), two.hashes(), DUPLICATE_OF_COMMON)
        };
        let Shared { both, one, two } = shared(x, y, reach);
        let either = one + two - both;
        let enough = both >= SHARED || both == either;
        let alike = count(both) / count(either.max(1));
        (enough && both > 0 && alike >= least).then_some(alike)
    }

    /// The share of `inner` that stands in `outer`, where that is enough.
    ///
    /// A container has five shingles to four of what it holds, at least.
    fn contained(&self, inner: usize, outer: usize) -> Option<f64> {
        let (one, two) = (&self.sketches[inner], &self.sketches[outer]);
        if 4 * two.shingles() <= 5 * one.shingles() {
            return None;
        }
        let reach = one.reach().min(two.reach());
        let Shared { both, one, .. } = shared(&self.telling[inner], &self.telling[outer], reach);
        let share = count(both) / count(one.max(1));
        (both >= SHARED_CONTAINED && share >= CONTAINED).then_some(share)
    }
}

/// Hashes up to a bound: in both of two lists, and in each.
struct Shared {
    both: usize,
    one: usize,
    two: usize,
}

fn shared(a: &[u64], b: &[u64], reach: u64) -> Shared {
    let a = &a[..a.partition_point(|hash| *hash <= reach)];
    let b = &b[..b.partition_point(|hash| *hash <= reach)];
    let (mut both, mut i, mut j) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    Shared { both, one: a.len(), two: b.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of its own for each number: `words` words.
    fn story(number: usize, words: usize) -> String {
        let word = |n| format!("w{} ", (n * 7919 + number * 104_729) % 99_991);
        (0..words).map(word).collect::<Vec<_>>().concat()
    }

    fn told(texts: &[String]) -> Vec<(usize, &'static str)> {
        let sketches: Vec<_> = texts.iter().map(|text| Sketch::of(std::iter::once(text.as_str()))).collect();
        clusters(&sketches).into_iter().map(|place| (place.cluster, place.relation.name())).collect()
    }

    #[test]
    fn a_changed_copy_is_a_duplicate_and_an_excerpt_is_contained() {
        let whole = story(1, 400);
        let changed = whole.replace("w7 ", "x ").replace("w9 ", "y z ") + "No comments: Post a Comment";
        let excerpt = whole[..whole.len() / 3].to_owned();
        let texts = [story(2, 300), whole, changed, excerpt, story(3, 300)];
        let expected = [(0, "first"), (1, "first"), (1, "duplicate"), (1, "contained"), (4, "first")];
        assert_eq!(told(&texts), expected);
    }

    #[test]
    fn an_excerpt_that_comes_first_joins_what_holds_it() {
        let whole = story(1, 400);
        let excerpt = whole[..whole.len() / 3].to_owned();
        assert_eq!(told(&[excerpt, whole]), [(1, "contained"), (1, "first")]);
    }

    #[test]
    fn what_every_page_of_a_site_shows_makes_no_duplicates() {
        let furniture = story(0, 120);
        let pages: Vec<_> = (1..60).map(|n| format!("{furniture}{}", story(n, 60))).collect();
        assert!(told(&pages).iter().all(|place| place.1 == "first"));
    }

    #[test]
    fn copies_of_one_story_are_found_even_where_they_are_most_of_the_input() {
        let mut texts = vec![story(1, 300); 40];
        texts.extend((2..20).map(|n| story(n, 300)));
        let found = told(&texts);
        assert!(found[1..40].iter().all(|place| *place == (0, "duplicate")), "{found:?}");
        assert!(found[40..].iter().all(|place| place.1 == "first"));
    }

    #[test]
    fn short_and_empty_documents_are_compared_whole() {
        let texts = ["Eels swim", "eels swim!", "Eels sleep", "", ""].map(str::to_owned);
        assert_eq!(told(&texts), [(0, "first"), (0, "duplicate"), (2, "first"), (3, "first"), (4, "first")]);
    }

    proptest! {
        /// A cluster is named by its first document, which is in no other.
        #[test]
        fn every_cluster_has_its_first(picks in prop::collection::vec((0_usize..6, 20_usize..120), 0..40)) {
            let texts: Vec<_> = picks.iter().map(|&(number, words)| story(number, words)).collect();
            let sketches: Vec<_> = texts.iter().map(|text| Sketch::of(std::iter::once(text.as_str()))).collect();
            for (number, place) in clusters(&sketches).iter().enumerate() {
                prop_assert_eq!(place.relation == Relation::First, place.cluster == number);
                prop_assert_eq!(clusters(&sketches)[place.cluster].relation, Relation::First);
            }
        }
    }
}
