//! One summary of several documents: what they have in common first, nothing twice.
//!
//! Documents become [`Member`]s, which hold what ranking needs and no more; [`summarize`] takes those of one group. The
//! method and its measurements stand in `docs/groups.md`; each part of the score has a file of its own.

mod choose;
mod coverage;
mod dates;
mod features;
mod order;
mod space;

use serde::{Deserialize, Serialize};

pub(crate) use crate::group::features::REPEAT;
pub(crate) use crate::group::space::unit;

use crate::doc::document::Meta;
use crate::doc::done::joined;
use crate::doc::id::SegmentId;
use crate::group::space::Space;
use crate::lex::sequence::Sequences;
use crate::rank::Budget;
use crate::select::room::Room;

/// A document as a member of its group: its body's sentences, and what is shown of it beside them.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// Its id in the run.
    pub id: String,
    /// What is known of it.
    pub meta: Meta,
    /// Where it was found, as a person looks it up.
    pub place: String,
    /// The sentences of its body, in order.
    pub sentences: Vec<Sentence>,
    /// Their terms, row by row.
    pub terms: Sequences,
}

/// A sentence of a member's body.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The id of the segment that it is.
    pub id: SegmentId,
    /// Its text, word for word.
    pub text: Box<str>,
    /// It reads like a line of the page rather than of the article.
    pub furniture: bool,
    /// It cannot be understood without the sentence before it.
    pub dangles: bool,
}

impl Member {
    /// Bytes that it holds, about.
    pub fn bytes(&self) -> usize {
        let sentences: usize = self.sentences.iter().map(|s| s.text.len() + size_of::<Sentence>()).sum();
        sentences + self.terms.bytes() + self.id.len() + self.place.len()
    }
}

/// What the parts of a sentence's score weigh: the score is their weighted sum, each part in standard deviations over the
/// sentences of the group.
///
/// The values were chosen on the development halves of four sets; `docs/groups.md` has the table and the commands that
/// measure it again.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// Weight of the cosine with the sum of all sentences.
    pub centrality: f64,
    /// Weight of what the other documents say too.
    pub support: f64,
    /// Weight of standing early in a document that is in order.
    pub position: f64,
    /// Weight of shared pairs of terms that the summary does not hold yet, per word.
    pub coverage: f64,
    /// Taken off for a cosine of 1 with a sentence of the summary; less in proportion.
    pub likeness: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { centrality: 0.5, support: 0.5, position: 2.0, coverage: 1.5, likeness: 1.5 }
    }
}

/// A group with its summary.
#[derive(Debug, Clone)]
pub struct Group<'m> {
    /// Its name: the value of the field that it was made by.
    pub name: &'m str,
    /// Its documents, in the order of the input.
    pub members: &'m [Member],
    /// The summary: numbers of members, and of sentences there, in the order in which they are read.
    pub summary: Vec<(usize, usize)>,
}

impl<'m> Group<'m> {
    /// The sentences of the summary, each with the document that it is of.
    pub fn sentences(&self) -> impl Iterator<Item = (&'m Member, &'m Sentence)> {
        let members = self.members;
        self.summary.iter().map(move |&(member, at)| (&members[member], &members[member].sentences[at]))
    }

    /// Words of the summary.
    pub fn words(&self) -> u64 {
        self.summary.iter().map(|&(member, at)| u64::from(self.members[member].terms.words[at])).sum()
    }

    /// The summary as one paragraph.
    pub fn text(&self) -> String {
        joined(self.sentences().map(|(_, sentence)| &*sentence.text))
    }
}

/// Sentences of a group that are ranked, at most. Likeness is known for every two of them; a larger group is taken to be
/// its documents' beginnings.
const MOST_SENTENCES: usize = 5000;

/// Chooses the summary of a group, within `budget`, of which a ratio is of the words of all bodies.
///
/// The result depends on nothing but the arguments. It is empty only when no member has a sentence.
pub fn summarize<'m>(name: &'m str, members: &'m [Member], weights: &Weights, budget: Budget) -> Group<'m> {
    summarize_new(name, members, 0, weights, budget)
}

/// The same where a reader knows what the last `told` members say: of the others only what is new is chosen, that is, what
/// they neither say nor cover. The summary is empty where nothing is.
pub fn summarize_new<'m>(
    name: &'m str,
    members: &'m [Member],
    told: usize,
    weights: &Weights,
    budget: Budget,
) -> Group<'m> {
    let new = members.len() - told.min(members.len());
    let space = Space::of(members, MOST_SENTENCES);
    let features = features::features(&space, members);
    let own = &members[..new];
    let words = own.iter().flat_map(|member| &member.terms.words).copied().map(u64::from).sum();
    let mut summary = choose::choose(&space, members, new, &features, weights, Room::of(budget, words));
    let place = dates::places(own);
    summary.sort_by_key(|&(member, at)| (place[member], at));
    Group { name, members: own, summary }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::doc::id::segment_id;
    use crate::lex::analyzed::Analyzer;

    /// A document in English with these sentences.
    pub(crate) fn member<S: AsRef<str>>(id: &str, sentences: &[S]) -> Member {
        let texts = || sentences.iter().map(AsRef::as_ref);
        let sentence = |(number, text): (u64, &str)| Sentence {
            id: segment_id(id, text, number),
            text: text.into(),
            furniture: false,
            dangles: false,
        };
        Member {
            id: id.to_owned(),
            place: format!("{id}.txt"),
            sentences: (0..).zip(texts()).map(sentence).collect(),
            terms: Analyzer::default().sequences("en", None, texts()),
            ..Member::default()
        }
    }
}
