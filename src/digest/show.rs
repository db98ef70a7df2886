//! From editions to what is shown of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::lang::Lang;
use crate::digest::edition::{Draft, Edition, Making, lang, title};
use crate::digest::kept::Kept;
use crate::digest::sections::By;
use crate::digest::view::{Article, Count, Counts, Digest, Reference, Section, Sentence, Story};

/// The digest of `editions`, the newest first.
pub(super) fn show(kept: &[Kept], editions: &[Edition], making: &Making<'_>) -> Digest {
    let mut page = Page { kept, articles: Vec::new(), numbers: BTreeMap::new(), chosen: BTreeSet::new() };
    let mut digest = Digest { title: making.title.to_owned(), ..Digest::default() };
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut langs: BTreeMap<String, u64> = BTreeMap::new();
    for edition in editions {
        let day = edition.day.filter(|_| editions.len() > 1).map(|day| day.strftime("%-d %B %Y").to_string());
        for name in &edition.sections {
            let own = edition.drafts.iter().filter(|(_, section, _)| section == name);
            let first = digest.stories.len();
            for (draft, _, pinned) in own {
                let mut story = page.story(draft);
                story.pinned = *pinned;
                // The same thread on another day of one digest.
                if !ids.insert(story.id.clone()) {
                    story.id = format!("{}-{}", story.id, story.date.as_deref().unwrap_or_default());
                    ids.insert(story.id.clone());
                }
                *langs.entry(story.lang.clone()).or_default() += 1;
                digest.stories.push(story);
            }
            if digest.stories.len() > first {
                digest.sections.push(Section {
                    name: shelf(day.as_deref(), name, edition.sections.len(), making.by),
                    lang: (making.by == By::Lang && Lang::parse(name).is_some()).then(|| name.clone()),
                    stories: (first..digest.stories.len()).collect(),
                });
            }
        }
    }
    let mut by_count: Vec<(String, u64)> = langs.into_iter().collect();
    by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    digest.langs = by_count.into_iter().map(|(lang, _)| lang).collect();
    digest.days = kept
        .iter()
        .filter_map(|kept| kept.day)
        .collect::<BTreeSet<_>>()
        .iter()
        .map(ToString::to_string)
        .collect();
    let copies = editions
        .iter()
        .flat_map(|edition| &edition.drafts)
        .map(|(draft, ..)| draft.copies.len() as u64)
        .sum();
    let publishers = kept.iter().filter_map(|kept| kept.member.meta.publisher.as_deref());
    digest.counts = Counts {
        documents: kept.len() as u64,
        duplicates: copies,
        undated: 0,
        stories: digest.stories.len() as u64,
        continued: digest.stories.iter().filter(|story| story.continues.is_some()).count() as u64,
        sources: publishers.collect::<BTreeSet<_>>().len() as u64,
    };
    digest.articles = page.finish();
    digest
}

/// The name of a section: its day where the digest has several, its language by its own name.
fn shelf(day: Option<&str>, name: &str, sections: usize, by: By) -> String {
    let own = if by == By::Lang { endonym(name) } else { None };
    let name = own.unwrap_or(name);
    match day {
        Some(day) if sections < 2 || name.is_empty() => day.to_owned(),
        Some(day) => format!("{day} · {name}"),
        None if name.is_empty() => if sections > 1 { "Other" } else { "Stories" }.to_owned(),
        None => name.to_owned(),
    }
}

/// What a language is called in itself.
fn endonym(tag: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 45] = [
        ("ar", "العربية"),
        ("az", "Azərbaycanca"),
        ("bg", "Български"),
        ("bn", "বাংলা"),
        ("ca", "Català"),
        ("cs", "Čeština"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("es", "Español"),
        ("et", "Eesti"),
        ("fa", "فارسی"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("he", "עברית"),
        ("hi", "हिन्दी"),
        ("hr", "Hrvatski"),
        ("hu", "Magyar"),
        ("hy", "Հայերեն"),
        ("id", "Bahasa Indonesia"),
        ("is", "Íslenska"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("ka", "ქართული"),
        ("ko", "한국어"),
        ("lt", "Lietuvių"),
        ("lv", "Latviešu"),
        ("nb", "Norsk bokmål"),
        ("nl", "Nederlands"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("ro", "Română"),
        ("ru", "Русский"),
        ("sk", "Slovenčina"),
        ("sl", "Slovenščina"),
        ("sr", "Српски"),
        ("sv", "Svenska"),
        ("th", "ไทย"),
        ("tr", "Türkçe"),
        ("uk", "Українська"),
        ("und", "Unknown language"),
        ("ur", "اردو"),
        ("vi", "Tiếng Việt"),
        ("zh", "中文"),
    ];
    NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
}

/// Articles as they are met.
struct Page<'k> {
    kept: &'k [Kept],
    articles: Vec<usize>,
    /// Documents and their places in `articles`.
    numbers: BTreeMap<usize, usize>,
    /// Ids of segments that are shown.
    chosen: BTreeSet<String>,
}

impl Page<'_> {
    /// The place of a document among the articles.
    fn article(&mut self, number: usize) -> usize {
        let next = self.articles.len();
        let at = *self.numbers.entry(number).or_insert(next);
        if at == next {
            self.articles.push(number);
        }
        at
    }

    fn story(&mut self, draft: &Draft) -> Story {
        let title_article = draft.headline.map(|number| self.article(number));
        let mut sentences = Vec::new();
        for &(number, at) in &draft.chosen {
            let article = self.article(number);
            let sentence = &self.kept[number].member.sentences[at];
            self.chosen.insert(sentence.id.to_string());
            sentences.push(Sentence {
                id: sentence.id.to_string(),
                text: sentence.text.to_string(),
                target: None,
                article,
            });
        }
        let lang = lang(draft, self.kept);
        let all = || draft.docs.iter().chain(&draft.copies).map(|&number| &self.kept[number]);
        let (mut days, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for kept in all() {
            *days.entry(kept.day).or_insert(0) += 1;
            if let Some(publisher) = &kept.member.meta.publisher {
                *sources.entry(publisher.clone()).or_insert(0) += 1;
            }
        }
        let mut sources: Vec<Count> =
            sources.into_iter().map(|(name, count)| Count { name, count }).collect();
        sources.sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(&b.name)));
        let timeline =
            days.into_iter().filter_map(|(day, count)| Some(Count { name: day?.to_string(), count }));
        let reference = |&number: &usize| Reference {
            article: self.numbers.get(&number).copied(),
            ..reference(&self.kept[number])
        };
        Story {
            id: draft.id.clone(),
            thread: draft.id.clone(),
            title: title(draft, self.kept).to_owned(),
            title_target: None,
            title_article,
            date: draft.day.map(|day| day.to_string()),
            continues: draft.continues.clone(),
            dir: direction(&lang),
            lang: lang.to_string(),
            pinned: false,
            words: draft.words,
            docs: draft.docs.iter().map(reference).collect(),
            also_in: draft.copies.iter().map(reference).collect(),
            timeline: timeline.collect(),
            sources,
            sentences,
        }
    }

    fn finish(self) -> Vec<Article> {
        let article = |(at, &number): (usize, &usize)| {
            let kept = &self.kept[number];
            let mut blocks = kept.blocks.clone();
            for line in blocks.iter_mut().flat_map(|block| &mut block.sentences) {
                line.chosen = self.chosen.contains(&line.id);
            }
            Article {
                about: Reference { article: Some(at), ..reference(kept) },
                dir: direction(&kept.lang),
                blocks,
            }
        };
        self.articles.iter().enumerate().map(article).collect()
    }
}

fn reference(kept: &Kept) -> Reference {
    let (member, meta) = (&kept.member, &kept.member.meta);
    Reference {
        id: member.id.clone(),
        title: meta.title.clone(),
        publisher: meta.publisher.clone(),
        byline: meta.byline.clone(),
        published: meta.published.clone(),
        url: meta.url.clone(),
        place: member.place.clone(),
        lang: kept.lang.to_string(),
        article: None,
    }
}

fn direction(lang: &Lang) -> &'static str {
    if lang.is_right_to_left() { "rtl" } else { "ltr" }
}
