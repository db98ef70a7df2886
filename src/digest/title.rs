//! The headline of a story: of its documents' headlines the one that says most of what they share.

use crate::digest::Item;
use crate::digest::vectors::{Sparse, Vectors};

/// The document whose title has the largest cosine with the sum of the story's documents, each term counted once; of equals
/// the first given. `None` where no title has a term.
///
/// Where no title shares a term with another document, the first that has terms.
pub(super) fn headline<'i>(
    documents: impl Iterator<Item = (usize, &'i Item)>,
    vectors: &Vectors,
    sum: &Sparse,
) -> Option<usize> {
    let titled = documents.filter(|(_, item)| !item.title.is_empty());
    let scored = titled.map(|(at, item)| (at, vectors.unit(&item.title).dot(sum)));
    let best = scored.reduce(|best, next| if next.1.total_cmp(&best.1).is_gt() { next } else { best });
    best.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Settings;

    #[test]
    fn the_headline_that_says_most_of_what_is_shared_is_taken() {
        let item = |title: &[u64], body: &[u64]| Item {
            lang: "und".to_owned(),
            title: title.to_vec(),
            body: body.iter().map(|&key| (key, 1)).collect(),
            ..Item::default()
        };
        let items = [item(&[], &[1, 2]), item(&[3], &[1, 2, 3]), item(&[1, 2], &[1, 2, 3]), item(&[1], &[9])];
        let members: Vec<&Item> = items.iter().collect();
        let vectors = Vectors::of(&members, &Settings::default());
        let sum = Sparse::sum(vectors.rows[..3].iter());
        let best = |numbers: &[usize]| {
            headline(numbers.iter().map(|&number| (number, members[number])), &vectors, &sum)
        };
        assert_eq!(best(&[0, 1, 2]), Some(2));
        assert_eq!(best(&[0, 1]), Some(1));
        assert_eq!(best(&[0]), None);
    }
}
