//! The order in which a reader meets the stories of a day.

use std::collections::BTreeSet;

use crate::base::math;
use crate::digest::{Item, Story};

/// Days after which a story's freshness is 1/e.
const FRESH: f64 = 2.0;

/// Freshness of a story without a day: neither fresh nor old.
const UNDATED: f64 = 0.5;

/// Weighs the stories and sets the weightiest first; of equals the later one, then the one whose first document has the
/// smaller id.
///
/// `ln(1 + documents) + ln(1 + sources) + exp(−age / 2) + c`: different sources that are known, days between its last and the
/// last of all, and the mean centrality of its documents, by which of two stories as large the closer one comes first; 0 for
/// a document alone, which is always its own centre. The parts are an editor's choice, not a measured one: no collection says
/// which order is right.
pub(super) fn order(stories: &mut [Story], items: &[Item]) {
    let last = stories.iter().filter_map(|story| story.day).max();
    for story in &mut *stories {
        let sources: BTreeSet<&str> = story.members.iter().map(|m| items[m.item].source.as_str()).collect();
        let known = sources.iter().filter(|source| !source.is_empty()).count();
        let age = |day: i32| f64::from(last.unwrap_or(day)) - f64::from(day);
        let fresh = story.day.map_or(UNDATED, |day| math::exp(-age(day) / FRESH));
        let documents = math::count(story.members.len());
        let sum: f64 = story.members.iter().map(|member| member.centrality).sum();
        let central = if story.members.len() > 1 { sum / documents } else { 0.0 };
        story.weight = math::ln(1.0 + documents) + math::ln(1.0 + math::count(known)) + fresh + central;
    }
    let first = |story: &Story| &items[story.members[0].item];
    stories.sort_by(|a, b| {
        let ties = b.day.cmp(&a.day).then_with(|| first(a).cmp_identity(first(b)));
        b.weight.total_cmp(&a.weight).then(ties).then_with(|| a.lang.cmp(&b.lang))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Member;

    fn ordered(stories: &[(&[&str], Option<i32>)]) -> Vec<String> {
        let mut items = Vec::new();
        let mut all = Vec::new();
        for (number, (sources, day)) in stories.iter().enumerate() {
            let start = items.len();
            let item = |source: &&str| Item {
                id: format!("{number}"),
                source: (*source).to_owned(),
                ..Item::default()
            };
            items.extend(sources.iter().map(item));
            let member = |item| Member { item, centrality: 1.0 };
            all.push(Story {
                members: (start..items.len()).map(member).collect(),
                headline: None,
                lang: "en".to_owned(),
                day: *day,
                centroid: Vec::new(),
                weight: 0.0,
            });
        }
        order(&mut all, &items);
        all.iter().map(|story| items[story.members[0].item].id.clone()).collect()
    }

    #[test]
    fn more_documents_more_sources_and_later_days_come_first() {
        assert_eq!(
            ordered(&[(&["a"], Some(3)), (&["a", "a"], Some(3)), (&["a", "b"], Some(3))]),
            ["2", "1", "0"]
        );
        assert_eq!(ordered(&[(&["a"], Some(1)), (&["a"], None), (&["a"], Some(3))]), ["2", "1", "0"]);
    }

    #[test]
    fn equals_come_by_the_ids_of_their_first_documents() {
        assert_eq!(ordered(&[(&["a"], None), (&["a"], None)]), ["0", "1"]);
    }
}
