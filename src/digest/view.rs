//! A digest as it is shown: stories in their sections, and the articles that their sentences come from.
//!
//! Everything a format or a template may use stands here; the names are those that templates use.

use serde::Serialize;

/// One digest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Digest {
    /// Its headline.
    pub title: String,
    /// The days it covers, `2024-03-12`, oldest first; empty where no document has a date.
    pub days: Vec<String>,
    /// Languages of the stories, the most frequent first.
    pub langs: Vec<String>,
    /// The language that sentences are shown in beside their own, where translations were given.
    pub target_lang: Option<String>,
    /// `rtl` where that language is written from right to left, else `ltr`.
    pub target_dir: &'static str,
    /// Sections in order; each story stands in one.
    pub sections: Vec<Section>,
    /// Stories in order.
    pub stories: Vec<Story>,
    /// Articles that sentences or headlines come from, in the order of their first use.
    pub articles: Vec<Article>,
    /// How much went in.
    pub counts: Counts,
}

/// A section of a digest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// The language of its stories, where they have one.
    pub lang: Option<String>,
    /// Positions of its stories in [`Digest::stories`], rising.
    pub stories: Vec<usize>,
}

/// What happened, as told by one or several articles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Story {
    /// Its id, unique in the digest: that of its thread, with the day where the digest has several of one thread; a valid XML
    /// `NMTOKEN`.
    pub id: String,
    /// The id of its thread: the same as long as that goes on.
    pub thread: String,
    /// Its headline: that of its most central article.
    pub title: String,
    /// The translated headline.
    pub title_target: Option<String>,
    /// The position in [`Digest::articles`] of the article whose headline it is.
    pub title_article: Option<usize>,
    /// The newest day of its articles.
    pub date: Option<String>,
    /// The day of the digest that it goes on from.
    pub continues: Option<String>,
    /// Its language.
    pub lang: String,
    /// `rtl` where that is written from right to left, else `ltr`.
    pub dir: &'static str,
    /// Whether a rule of the user pinned it to the top.
    pub pinned: bool,
    /// The summary, in the order it is read.
    pub sentences: Vec<Sentence>,
    /// Words of the summary.
    pub words: u64,
    /// Articles that it was made of, the most central first.
    pub docs: Vec<Reference>,
    /// Near-duplicates of these that were not summarized.
    pub also_in: Vec<Reference>,
    /// How many articles each day had, oldest first.
    pub timeline: Vec<Count>,
    /// How many articles each publisher had, most first.
    pub sources: Vec<Count>,
}

/// A name with a number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// A day or a publisher.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// A sentence of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sentence {
    /// The id of its segment: unique in the run; a valid XML `NMTOKEN`.
    pub id: String,
    /// Its text, word for word.
    pub text: String,
    /// Its translation.
    pub target: Option<String>,
    /// The position of its article in [`Digest::articles`].
    pub article: usize,
}

/// An article, as it is referred to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reference {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When: a day, or RFC 3339 where a time was given.
    pub published: Option<String>,
    /// Its address; only `http` and `https` are links.
    pub url: Option<String>,
    /// Where it was found.
    pub place: String,
    /// Its language.
    pub lang: String,
    /// Its position in [`Digest::articles`], where it stands there.
    pub article: Option<usize>,
}

/// An article that opens beside the digest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Article {
    /// What is known of it.
    pub about: Reference,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// Its paragraphs.
    pub blocks: Vec<Block>,
}

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Block {
    /// `title`, `dek`, `heading`, `body` or `caption`.
    pub role: &'static str,
    /// `paragraph`, `heading`, `item`, `quote` or `caption`.
    pub kind: &'static str,
    /// Its sentences.
    pub sentences: Vec<Line>,
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Line {
    /// The id of its segment.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its translation.
    pub target: Option<String>,
    /// Whether the digest shows it.
    pub chosen: bool,
}

/// How much went into a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Articles of the chosen days.
    pub documents: u64,
    /// Of these, near-duplicates that are only named.
    pub duplicates: u64,
    /// Articles without a date that were left out.
    pub undated: u64,
    /// Stories.
    pub stories: u64,
    /// Stories that go on from earlier digests.
    pub continued: u64,
    /// Publishers.
    pub sources: u64,
}
