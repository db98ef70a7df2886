//! Which section a story stands in: the user's rules first, then its language or its topic.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A rule of the user: stories that meet it stand in its section, or nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// The section's name; sections stand in the order of their first rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Words of which one stands in a headline, or in the first sentence of an article, in any case; a word may be several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Publishers of which one has an article on it, in any case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Languages of which it has one, as BCP 47 tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub langs: Vec<String>,
    /// Whether its stories stand before all others.
    pub pin: bool,
    /// Whether its stories are left out.
    pub mute: bool,
}

/// How stories are put in order that no rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A section for each language, where there are several.
    #[default]
    Lang,
    /// A section for each word that most headlines share.
    Topic,
    /// One section.
    None,
}

/// What is looked at of a story.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// Headlines and first sentences of its articles.
    pub texts: Vec<String>,
    /// Its publishers.
    pub sources: Vec<String>,
    /// Its language tag.
    pub lang: String,
    /// The words that tell it from others, weightiest first, as they are shown.
    pub topics: Vec<String>,
}

/// Where a story stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The name of its section.
    pub section: String,
    /// Whether it stands before all others.
    pub pinned: bool,
}

/// The section for stories that share no topic.
const OTHER: &str = "Other";

/// Where each story stands, in the order of sections; `None` for those that a rule mutes.
pub fn sections(stories: &[Looked], rules: &[Rule], by: By) -> (Vec<String>, Vec<Option<Placed>>) {
    let topics = if by == By::Topic { topics(stories) } else { Vec::new() };
    let mut names: Vec<String> = Vec::new();
    for name in rules.iter().filter(|rule| !rule.mute).filter_map(|rule| rule.name.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let mut placed = Vec::with_capacity(stories.len());
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for (number, story) in stories.iter().enumerate() {
        let met: Vec<&Rule> = rules.iter().filter(|rule| meets(story, rule)).collect();
        if met.iter().any(|rule| rule.mute) {
            placed.push(None);
            continue;
        }
        let named = met.iter().find_map(|rule| rule.name.clone());
        let section = named.unwrap_or_else(|| match by {
            By::Lang => story.lang.clone(),
            By::Topic => topics
                .iter()
                .find(|topic| story.topics.contains(topic))
                .map_or_else(|| OTHER.to_owned(), |topic| capitalized(topic)),
            By::None => String::new(),
        });
        if !names.contains(&section) {
            left.entry(section.clone()).or_insert(number);
        }
        placed.push(Some(Placed { section, pinned: met.iter().any(|rule| rule.pin) }));
    }
    // Sections that no rule names: by their first story; what shares no topic last.
    let mut left: Vec<(String, usize)> = left.into_iter().collect();
    left.sort_by_key(|(name, first)| (by == By::Topic && name == OTHER, *first));
    names.extend(left.into_iter().map(|(name, _)| name));
    names.retain(|name| placed.iter().flatten().any(|placed| placed.section == *name));
    (names, placed)
}

/// A word as a heading begins.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a story meets all that a rule asks for; one that asks for nothing is met by none.
fn meets(story: &Looked, rule: &Rule) -> bool {
    let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
    let word = || rule.words.iter().any(|word| story.texts.iter().any(|text| holds(text, word)));
    let source = || rule.sources.iter().any(|one| story.sources.iter().any(|other| same(one, other)));
    let lang = || rule.langs.iter().any(|one| is_of(&story.lang, one));
    let asks = !(rule.words.is_empty() && rule.sources.is_empty() && rule.langs.is_empty());
    asks && (rule.words.is_empty() || word())
        && (rule.sources.is_empty() || source())
        && (rule.langs.is_empty() || lang())
}

/// Whether `tag` is `wanted` or a narrower tag of it.
fn is_of(tag: &str, wanted: &str) -> bool {
    let (tag, wanted) = (tag.to_lowercase(), wanted.to_lowercase());
    tag.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether `word` stands in `text`, in any case, with no letter or digit beside it where it begins; endings may follow.
fn holds(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.trim().to_lowercase());
    !word.is_empty()
        && text
            .match_indices(&word)
            .any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric) || !is_spaced(&word))
}

/// Whether the script of `word` puts blanks between words.
fn is_spaced(word: &str) -> bool {
    !word.chars().any(crate::doc::script::is_cjk)
}

/// Topics that several stories share: again and again the one that most stories have which have none yet; of equals the one
/// that stands higher in its first story.
fn topics(stories: &[Looked]) -> Vec<String> {
    let mut without: Vec<usize> = (0..stories.len()).collect();
    let mut found = Vec::new();
    loop {
        let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
        for (order, &story) in without.iter().enumerate() {
            for (rank, topic) in stories[story].topics.iter().enumerate() {
                counts.entry(topic).or_insert((0, order, rank)).0 += 1;
            }
        }
        let best = counts.into_iter().filter(|(_, (count, ..))| *count > 1);
        let best = best.max_by(|(a, x), (b, y)| x.0.cmp(&y.0).then((y.1, y.2, b).cmp(&(x.1, x.2, a))));
        let Some((topic, _)) = best else { return found };
        let topic = topic.to_owned();
        without.retain(|&story| !stories[story].topics.contains(&topic));
        found.push(topic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(title: &str, source: &str, lang: &str, topics: &[&str]) -> Looked {
        Looked {
            texts: vec![title.to_owned()],
            sources: vec![source.to_owned()],
            lang: lang.to_owned(),
            topics: topics.iter().map(|&topic| topic.to_owned()).collect(),
        }
    }

    fn stories() -> Vec<Looked> {
        vec![
            story("Bridge closed over cracks", "The Post", "en", &["bridge", "cracks"]),
            story("Brücke gesperrt", "Anzeiger", "de", &["Brücke"]),
            story("Cup final goes to penalties", "The Post", "en-GB", &["cup"]),
            story("Bridges elsewhere are sound", "Herald", "en", &["bridge"]),
        ]
    }

    fn shown(rules: &[Rule], by: By) -> Vec<String> {
        let (names, placed) = sections(&stories(), rules, by);
        let show = |placed: &Option<Placed>| {
            placed
                .as_ref()
                .map_or("-".to_owned(), |p| format!("{}{}", p.section, if p.pinned { "!" } else { "" }))
        };
        [names.join("|")].into_iter().chain(placed.iter().map(show)).collect()
    }

    fn words(name: Option<&str>, words: &[&str]) -> Rule {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Rule { name: name.map(str::to_owned), words, ..Rule::default() }
    }

    #[test]
    fn without_rules_sections_are_languages_topics_or_one() {
        assert_eq!(shown(&[], By::Lang), ["en|de|en-GB", "en", "de", "en-GB", "en"]);
        assert_eq!(shown(&[], By::Topic), ["Bridge|Other", "Bridge", "Other", "Other", "Bridge"]);
        assert_eq!(shown(&[], By::None), ["", "", "", "", ""]);
    }

    #[test]
    fn rules_name_pin_and_mute() {
        let sport = words(Some("Sport"), &["cup"]);
        let bridge = Rule { pin: true, ..words(Some("Corran"), &["bridge"]) };
        let german = Rule { langs: vec!["DE".to_owned()], mute: true, ..Rule::default() };
        assert_eq!(
            shown(&[sport, bridge, german], By::None),
            ["Sport|Corran", "Corran!", "-", "Sport", "Corran!"]
        );
        let post = Rule { sources: vec!["the post".to_owned()], ..words(Some("Ours"), &["cracks"]) };
        assert_eq!(shown(&[post], By::None), ["Ours|", "Ours", "", "", ""]);
        assert_eq!(shown(&[words(Some("None"), &[])], By::None)[0], "");
    }

    #[test]
    fn words_begin_words_and_tags_hold_narrower_ones() {
        assert!(holds("Two Bridges closed", "bridge") && !holds("Cambridge", "bridge"));
        assert!(holds("大桥关闭", "桥"));
        assert!(is_of("en-GB", "en") && !is_of("eng", "en"));
    }
}
