//! A digest made of its documents: editions of one day or of all together, their stories, and what each tells that was not
//! told before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use rayon::prelude::*;

use crate::base::lang::Lang;
use crate::digest::kept::Kept;
use crate::digest::known::Known;
use crate::digest::remembered::Remembered;
use crate::digest::sections::{By, Looked, Rule, sections};
use crate::digest::show::show;
use crate::digest::threads::{Linking, Thread, continues, kept as threads_after};
use crate::digest::view::Digest;
use crate::digest::{Item, Settings, Story, stories};
use crate::doc::id::segment_id;
use crate::group::Weights;
use crate::lex::terms::each_term;
use crate::rank::Budget;
use crate::stats::model::CorpusModel;

/// How a digest is made.
#[derive(Debug)]
pub struct Making<'m> {
    /// Its headline.
    pub title: &'m str,
    /// Whether each day has an edition of its own.
    pub daily: bool,
    /// Stories of an edition, at most.
    pub stories: Option<usize>,
    /// Sections of stories that no rule is for.
    pub by: By,
    /// Rules for sections.
    pub rules: &'m [Rule],
    /// How documents are joined to stories.
    pub settings: &'m Settings,
    /// How stories are linked over days.
    pub linking: &'m Linking,
    /// What the parts of a sentence's score weigh.
    pub weights: &'m Weights,
    /// How long the summary of a story is.
    pub budget: Budget,
    /// Document frequencies; those that ship where there is none.
    pub model: Option<&'m CorpusModel>,
}

/// A digest, and what is to be remembered of it.
#[derive(Debug, Default)]
pub struct Made {
    /// The digest.
    pub digest: Digest,
    /// The days that it has editions of, oldest first.
    pub days: Vec<String>,
    /// What was told.
    pub told: Vec<Remembered>,
    /// Stories that a rule left out.
    pub muted: u64,
}

/// A story of an edition.
#[derive(Debug)]
pub(super) struct Draft {
    /// The id of its thread.
    pub(super) id: String,
    /// The newest day of its documents, or that of the edition.
    pub(super) day: Option<Date>,
    /// The day of the edition that it goes on from.
    pub(super) continues: Option<String>,
    /// What later stories are compared with.
    pub(super) thread: Thread,
    /// Numbers of its documents, the most central first.
    pub(super) docs: Vec<usize>,
    /// Near-duplicates of these.
    pub(super) copies: Vec<usize>,
    /// The document whose headline it has.
    pub(super) headline: Option<usize>,
    /// The chosen sentences: a document, and the number there.
    pub(super) chosen: Vec<(usize, usize)>,
    /// Words of them.
    pub(super) words: u64,
    /// The words that tell it from others, weightiest first.
    topics: Vec<String>,
}

/// An edition: its day, its stories in order, and the names of its sections.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) day: Option<Date>,
    /// Each with the name of its section, and whether it is pinned.
    pub(super) drafts: Vec<(Draft, String, bool)>,
    pub(super) sections: Vec<String>,
}

/// Makes a digest of `kept`, which are in the order of the input, for readers who know what was `told` before, oldest first.
pub fn make(kept: &[Kept], told: Vec<Remembered>, making: &Making<'_>) -> Made {
    let newest = kept.iter().filter_map(|kept| kept.day).max();
    let mut days: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    for (number, document) in kept.iter().enumerate() {
        let day = if making.daily { document.day.or(newest) } else { newest };
        days.entry(day).or_default().push(number);
    }
    let mut memory = told;
    let mut made = Made::default();
    let mut editions = Vec::new();
    for (day, documents) in days {
        let drafts = drafts(kept, day, &documents, &memory, making);
        let looked: Vec<Looked> = drafts.iter().map(|draft| looked(draft, kept)).collect();
        let (sections, placed) = sections(&looked, making.rules, making.by);
        made.muted += placed.iter().filter(|placed| placed.is_none()).count() as u64;
        let placed = drafts.into_iter().zip(placed);
        let mut drafts: Vec<(Draft, String, bool)> =
            placed.filter_map(|(draft, placed)| placed.map(|p| (draft, p.section, p.pinned))).collect();
        drafts.sort_by_key(|(.., pinned)| !pinned);
        drafts.truncate(making.stories.unwrap_or(usize::MAX));
        let label = day.map(|day| day.to_string()).unwrap_or_default();
        let told: Vec<Remembered> =
            drafts.iter().map(|(draft, ..)| remembered(draft, kept, &label)).collect();
        memory.extend(told.iter().cloned());
        made.told.extend(told);
        made.days.push(label);
        editions.push(Edition { day, drafts, sections });
    }
    // The newest day is read first.
    editions.reverse();
    made.digest = show(kept, &editions, making);
    made
}

/// The stories of one edition, in order.
fn drafts(
    kept: &[Kept],
    day: Option<Date>,
    documents: &[usize],
    memory: &[Remembered],
    making: &Making<'_>,
) -> Vec<Draft> {
    let items: Vec<Item> = documents.iter().map(|&number| item(&kept[number])).collect();
    let found = stories(&items, making.settings);
    let threads = threads(memory);
    let continued = continues(&threads, &found, &items, making.linking);
    let after = threads_after(&threads, &found, &items, &continued);
    let stands = stand(kept, documents);
    let known = Known::of(memory, making.model);
    let last_told = |thread: &str| memory.iter().rev().find(|told| told.thread == thread);
    let work: Vec<(Story, Thread)> = found.into_iter().zip(after).collect();
    let mut drafts: Vec<Draft> = work
        .into_par_iter()
        .map(|(story, thread)| {
            let id = segment_id("story", &thread.id, 0).to_string();
            let before = last_told(&id);
            let members = story.members.iter().map(|member| documents[member.item]);
            let (docs, copies): (Vec<usize>, Vec<usize>) =
                members.partition(|number| stands.contains(number));
            let (chosen, words) = known.summarize(&id, &docs, kept, making);
            let titled = |&number: &usize| kept[number].member.meta.title.is_some();
            let headline = story.headline.map(|at| documents[at]);
            Draft {
                day: docs.iter().filter_map(|&number| kept[number].day).max().or(day),
                continues: before.map(|told| told.day.clone()),
                headline: headline
                    .filter(|at| docs.contains(at))
                    .or_else(|| docs.iter().copied().find(titled)),
                topics: topics(&story, &docs, kept),
                id,
                thread,
                docs,
                copies,
                chosen,
                words,
            }
        })
        .collect();
    // What goes on and tells nothing new stands last, for the record.
    drafts.sort_by_key(|draft| draft.chosen.is_empty());
    drafts
}

/// A document as clustering sees it.
fn item(kept: &Kept) -> Item {
    let member = &kept.member;
    Item {
        day: kept.day.map(days_since),
        source: member.meta.publisher.clone().unwrap_or_default(),
        group: kept.cluster.map(|(cluster, _)| cluster as u64),
        names: kept.names.clone(),
        ..Item::of(&member.id, kept.lang.primary(), &kept.title, &member.terms)
    }
}

/// Days since the beginning of 1970.
fn days_since(day: Date) -> i32 {
    date(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}

/// Of each cluster of near-duplicates the one document that is summarized: its first, or the first that is there; and all that
/// are in none.
fn stand(kept: &[Kept], documents: &[usize]) -> BTreeSet<usize> {
    let mut of_cluster: BTreeMap<usize, usize> = BTreeMap::new();
    let mut stands = BTreeSet::new();
    for &number in documents {
        match kept[number].cluster {
            None => _ = stands.insert(number),
            Some((cluster, true)) => _ = of_cluster.insert(cluster, number),
            Some((cluster, false)) => _ = of_cluster.entry(cluster).or_insert(number),
        }
    }
    stands.extend(of_cluster.into_values());
    stands
}

/// The threads that stories may go on from, each as it was told last.
fn threads(memory: &[Remembered]) -> Vec<Thread> {
    let mut last: BTreeMap<&str, &Remembered> = BTreeMap::new();
    for told in memory {
        last.insert(&told.thread, told);
    }
    // What another version kept in another shape starts anew.
    last.into_values().filter_map(|told| serde_json::from_str(&told.kept).ok()).collect()
}

/// What is remembered of a story.
fn remembered(draft: &Draft, kept: &[Kept], day: &str) -> Remembered {
    let sentence = |&(number, at): &(usize, usize)| {
        let sentence = &kept[number].member.sentences[at];
        (sentence.id.to_string(), sentence.text.to_string())
    };
    Remembered {
        thread: draft.id.clone(),
        day: day.to_owned(),
        title: title(draft, kept).to_owned(),
        lang: lang(draft, kept).to_string(),
        kept: serde_json::to_string(&draft.thread).unwrap_or_default(),
        sentences: draft.chosen.iter().map(sentence).collect(),
    }
}

/// The headline of a story: of the document that has it, else its first sentence, else the id of a document.
pub(super) fn title<'k>(draft: &Draft, kept: &'k [Kept]) -> &'k str {
    let own = draft.headline.and_then(|number| kept[number].member.meta.title.as_deref());
    let first = || draft.chosen.first().map(|&(number, at)| &*kept[number].member.sentences[at].text);
    let id = || draft.docs.first().map(|&number| kept[number].member.id.as_str());
    own.or_else(first).or_else(id).unwrap_or_default()
}

/// The language of a story.
pub(super) fn lang(draft: &Draft, kept: &[Kept]) -> Lang {
    draft.docs.first().map_or_else(Lang::unknown, |&number| kept[number].lang.clone())
}

/// What rules look at.
fn looked(draft: &Draft, kept: &[Kept]) -> Looked {
    let mut looked =
        Looked { lang: lang(draft, kept).to_string(), topics: draft.topics.clone(), ..Looked::default() };
    for &number in &draft.docs {
        let member = &kept[number].member;
        looked.texts.extend(member.meta.title.clone());
        looked.texts.extend(member.sentences.first().map(|sentence| sentence.text.to_string()));
        looked.sources.extend(member.meta.publisher.clone());
    }
    looked
}

/// Topics of a story, at most.
const TOPICS: usize = 5;

/// Words of its headlines by their weight in the story, as they stand there first.
fn topics(story: &Story, docs: &[usize], kept: &[Kept]) -> Vec<String> {
    let mut found: Vec<(f32, &str)> = Vec::new();
    let mut seen = BTreeSet::new();
    for &number in docs {
        let kept = &kept[number];
        let Some(title) = kept.member.meta.title.as_deref().filter(|_| !kept.title.is_empty()) else {
            continue;
        };
        let mut words = Vec::new();
        each_term(title, |range| words.push(range));
        for (range, &term) in words.into_iter().zip(kept.title.segment(0)) {
            let key = kept.title.terms[term as usize].key;
            let weight = story.centroid.iter().find(|(known, _)| *known == key);
            if let Some(&(_, weight)) = weight.filter(|_| seen.insert(key)) {
                found.push((weight, &title[range]));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    found.into_iter().take(TOPICS).map(|(_, word)| word.to_lowercase()).collect()
}
