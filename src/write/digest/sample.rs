//! Digests for tests: plain, from right to left, bilingual, hostile, empty.

use crate::digest::view::{Article, Block, Count, Counts, Digest, Line, Reference, Section, Sentence, Story};

/// An article with a headline and paragraphs of sentences; the first sentence of each paragraph is chosen.
fn article(id: &str, title: &str, publisher: &str, lang: &str, paragraphs: &[&[&str]]) -> Article {
    let line = |number: usize, at: usize, text: &str| Line {
        id: format!("{id}-{number}-{at}"),
        text: text.to_owned(),
        target: None,
        chosen: at == 0,
    };
    let block = |(number, sentences): (usize, &&[&str])| Block {
        role: "body",
        kind: "paragraph",
        sentences: sentences.iter().enumerate().map(|(at, text)| line(number, at, text)).collect(),
    };
    let dir = if lang == "ar" { "rtl" } else { "ltr" };
    let about = Reference {
        id: id.to_owned(),
        title: Some(title.to_owned()),
        publisher: Some(publisher.to_owned()),
        byline: None,
        published: Some("2024-03-12".to_owned()),
        url: Some(format!("https://example.org/{id}?a=1&b=2")),
        place: format!("corpus/{id}.txt"),
        lang: lang.to_owned(),
        article: None,
    };
    Article { about, dir, blocks: paragraphs.iter().enumerate().map(block).collect() }
}

/// A story of these articles, whose positions are given, with their chosen sentences as its summary.
fn story(id: &str, articles: &[Article], used: &[usize]) -> Story {
    let chosen = |&at: &usize| {
        let lines = articles[at].blocks.iter().flat_map(|block| &block.sentences);
        lines.filter(|line| line.chosen).map(move |line| Sentence {
            id: line.id.clone(),
            text: line.text.clone(),
            target: line.target.clone(),
            article: at,
        })
    };
    let reference = |&at: &usize| Reference { article: Some(at), ..articles[at].about.clone() };
    let sentences: Vec<Sentence> = used.iter().flat_map(chosen).collect();
    let first = &articles[used[0]];
    Story {
        id: id.to_owned(),
        thread: id.to_owned(),
        title: first.about.title.clone().unwrap_or_default(),
        title_article: Some(used[0]),
        date: Some("2024-03-12".to_owned()),
        lang: first.about.lang.clone(),
        dir: first.dir,
        words: sentences.iter().map(|sentence| sentence.text.split(' ').count() as u64).sum(),
        sentences,
        docs: used.iter().map(reference).collect(),
        sources: used
            .iter()
            .map(|&at| count(articles[at].about.publisher.as_deref().unwrap_or_default(), 1))
            .collect(),
        timeline: vec![count("2024-03-12", used.len() as u64)],
        ..Story::default()
    }
}

fn count(name: &str, count: u64) -> Count {
    Count { name: name.to_owned(), count }
}

fn digest(title: &str, sections: &[(&str, &[usize])], stories: Vec<Story>, articles: Vec<Article>) -> Digest {
    let section = |&(name, stories): &(&str, &[usize])| Section {
        name: name.to_owned(),
        lang: None,
        stories: stories.to_vec(),
    };
    Digest {
        title: title.to_owned(),
        days: vec!["2024-03-12".to_owned()],
        langs: stories.first().map(|story| story.lang.clone()).into_iter().collect(),
        sections: sections.iter().map(section).collect(),
        counts: Counts {
            documents: articles.len() as u64 + 1,
            stories: stories.len() as u64,
            sources: 3,
            continued: 1,
            duplicates: 1,
            undated: 0,
        },
        stories,
        articles,
        target_dir: "ltr",
        ..Digest::default()
    }
}

/// The articles of [`plain`].
fn articles() -> Vec<Article> {
    let mut articles = vec![
        article(
            "bridge",
            "Harbour bridge shut for nine days",
            "The Riverside Post",
            "en",
            &[
                &[
                    "The harbour bridge was closed on Monday after engineers found a crack in a cable.",
                    "Nobody was hurt.",
                ],
                &[
                    "It will stay shut for nine days.",
                    "Ferries will run every ten minutes until it opens again.",
                ],
            ],
        ),
        article(
            "ferries",
            "Ferries to run every ten minutes",
            "Harbour Courier",
            "en",
            &[&[
                "Four ferries were brought from Corran to carry 12,000 people a day.",
                "Tickets stay valid.",
            ]],
        ),
        article(
            "council",
            "Council approves new flood defences",
            "The Riverside Post",
            "en",
            &[&["The council voted 9–4 on Thursday to build a £12.5m flood wall.", "Work starts in May."]],
        ),
        article(
            "choir",
            "Choir sings for the lighthouse",
            "Corran Bugle",
            "en",
            &[&["Sixty voices filled the old lighthouse on Sunday.", "The roof needs mending."]],
        ),
    ];
    articles[0].about.byline = Some("Ana López".to_owned());
    articles[0].blocks.insert(
        0,
        Block {
            role: "dek",
            kind: "paragraph",
            sentences: vec![Line {
                id: "bridge-dek".to_owned(),
                text: "Ferries take over while a cable is mended.".to_owned(),
                target: None,
                chosen: false,
            }],
        },
    );
    articles[3].about.url = None;
    articles
}

/// Two sections, three stories, one of which goes on and was copied.
pub(super) fn plain() -> Digest {
    let articles = articles();
    let mut stories = vec![
        story("s-bridge", &articles, &[0, 1]),
        story("s-council", &articles, &[2]),
        story("s-choir", &articles, &[3]),
    ];
    stories[0].continues = Some("2024-03-11".to_owned());
    stories[0].timeline = vec![count("2024-03-10", 4), count("2024-03-12", 2)];
    stories[0].also_in = vec![Reference {
        id: "wire".to_owned(),
        title: Some("Bridge closed".to_owned()),
        publisher: Some("Wire".to_owned()),
        published: Some("2024-03-12T08:30:00Z".to_owned()),
        url: Some("http://example.org/wire".to_owned()),
        place: "corpus/wire.txt".to_owned(),
        lang: "en".to_owned(),
        ..Reference::default()
    }];
    stories[1].pinned = true;
    digest("News of Riverside", &[("Harbour", &[0]), ("Town & culture", &[1, 2])], stories, articles)
}

/// One story in Arabic.
pub(super) fn arabic() -> Digest {
    let articles = vec![
        article(
            "jisr",
            "إغلاق جسر الميناء تسعة أيام",
            "جريدة النهر",
            "ar",
            &[
                &[
                    "أُغلق جسر الميناء يوم الاثنين بعد أن عثر المهندسون على شرخ في أحد الكابلات.",
                    "لم يصب أحد بأذى.",
                ],
                &["سيبقى الجسر مغلقًا تسعة أيام، وستسير العبارات كل 10 دقائق.", "وتبقى التذاكر صالحة."],
            ],
        ),
        article(
            "abbarat",
            "عبّارات إضافية من كوران",
            "بريد الميناء",
            "ar",
            &[&["جُلبت أربع عبّارات من كوران لنقل 12000 شخص يوميًا.", "بدأت أولاها يوم الثلاثاء."]],
        ),
    ];
    let mut stories = vec![story("s-jisr", &articles, &[0, 1])];
    stories[0].continues = Some("2024-03-11".to_owned());
    stories[0].timeline = vec![count("2024-03-11", 1), count("2024-03-12", 2)];
    digest("أخبار النهر", &[("الميناء", &[0])], stories, articles)
}

/// The plain digest with French beside it; one sentence was not translated.
pub(super) fn bilingual() -> Digest {
    const TARGETS: [(&str, &str); 5] = [
        ("bridge-0-0", "Le pont du port a été fermé lundi après la découverte d’une fissure dans un câble."),
        ("bridge-0-1", "Personne n’a été blessé."),
        ("bridge-1-0", "Il restera fermé pendant neuf jours."),
        (
            "council-0-0",
            "Le conseil a voté jeudi par 9 voix contre 4 la construction d’une digue de 12,5 M£.",
        ),
        ("choir-0-0", "Soixante voix ont rempli le vieux phare dimanche."),
    ];
    let target = |id: &str| TARGETS.iter().find(|(own, _)| *own == id).map(|(_, text)| (*text).to_owned());
    let mut digest = plain();
    digest.target_lang = Some("fr".to_owned());
    digest.stories[0].title_target = Some("Le pont du port fermé neuf jours".to_owned());
    for sentence in digest.stories.iter_mut().flat_map(|story| &mut story.sentences) {
        sentence.target = target(&sentence.id);
    }
    let blocks = digest.articles.iter_mut().flat_map(|article| &mut article.blocks);
    for line in blocks.flat_map(|block| &mut block.sentences) {
        line.target = target(&line.id);
    }
    digest
}

/// Text that tries to break out of wherever it stands.
pub(super) const HOSTILE: &str = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)> {{ digest.title }} {% include \"x\" %} \
    ]]>--><b style='position:fixed'>\" onclick=\"alert(3) ' [x](javascript:alert(4)) `*_ &amp; \u{202e}gpj\u{1b}[31m\u{7}\n\n# Heading\r\nBcc: x@example.org";

/// Every text of a digest is hostile, and its addresses are no links.
pub(super) fn hostile() -> Digest {
    const LANG: &str = "en\"><script>";
    let mut digest = bilingual();
    let text = || HOSTILE.to_owned();
    digest.title = text();
    digest.langs = vec!["en\" onload=\"alert(5)".to_owned()];
    for section in &mut digest.sections {
        section.name = text();
    }
    let spoil = |about: &mut Reference, url: &str| {
        about.title = Some(text());
        about.publisher = Some(text());
        about.byline = Some(text());
        about.published = Some(text());
        about.place = text();
        LANG.clone_into(&mut about.lang);
        about.url = Some(url.to_owned());
    };
    for story in &mut digest.stories {
        story.title = text();
        story.title_target = Some(text());
        LANG.clone_into(&mut story.lang);
        story.date = Some(text());
        story.continues = Some(text());
        for count in story.timeline.iter_mut().chain(&mut story.sources) {
            count.name = text();
        }
        for about in story.docs.iter_mut().chain(&mut story.also_in) {
            spoil(about, "javascript:alert(document.domain)");
        }
        for sentence in &mut story.sentences {
            sentence.text = text();
            sentence.target = sentence.target.as_ref().map(|_| text());
        }
    }
    for article in &mut digest.articles {
        spoil(&mut article.about, "https://example.org/\"onmouseover=\"alert(6)\"<script>)");
        for line in article.blocks.iter_mut().flat_map(|block| &mut block.sentences) {
            line.text = text();
            line.target = line.target.as_ref().map(|_| text());
        }
    }
    digest
}

/// Nothing happened.
pub(super) fn empty() -> Digest {
    Digest { title: "Nothing new".to_owned(), target_dir: "ltr", ..Digest::default() }
}
