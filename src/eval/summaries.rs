//! Documents with reference summaries, and the summaries that programs made of them.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::base::error::Error;

/// A document, or a group of documents, whose summary is known.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Article {
    /// Its id, unique in its file.
    pub id: String,
    /// Its language tag.
    pub lang: String,
    /// The part of the data it belongs to; it is in all where none is named.
    #[serde(default)]
    pub split: Option<String>,
    /// Its reference summaries, one sentence a line.
    #[serde(default)]
    pub reference: Vec<String>,
    /// Its sentences.
    #[serde(default)]
    pub sents: Vec<String>,
    /// The documents of a group.
    #[serde(default)]
    pub docs: Vec<Part>,
}

/// A document of a group.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Part {
    /// Its sentences.
    pub sents: Vec<String>,
}

/// A program's summaries.
#[derive(Debug)]
pub struct System {
    /// What it is called in tables.
    pub name: String,
    /// The sentences of its summaries, by the document's id.
    pub summaries: FxHashMap<String, Vec<String>>,
}

/// The documents of a JSON lines file that belong to `split`; all where it is `all`. Of two with one id the later stands in the
/// place of the earlier.
///
/// # Errors
/// When the file cannot be read, a line is no document, or none belongs to `split`.
pub fn read_articles(path: &Path, split: &str) -> Result<Vec<Article>, Error> {
    let mut articles: Vec<Article> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    for article in read_lines::<Article>(path)? {
        if split != "all" && article.split.as_deref().is_some_and(|own| own != split) {
            continue;
        }
        if let Some(&place) = places.get(&article.id) {
            articles[place] = article;
        } else {
            places.insert(article.id.clone(), articles.len());
            articles.push(article);
        }
    }
    if articles.is_empty() {
        return Err(refusal(path, format!("no document of the split `{split}`")));
    }
    Ok(articles)
}

/// A program's summaries from JSON lines `{"id", "summary": [sentence, …]}`, in any order; of two for one document the last
/// counts.
///
/// # Errors
/// When the file cannot be read, or a line is no summary.
pub fn read_system(name: &str, path: &Path) -> Result<System, Error> {
    #[derive(Deserialize)]
    struct Line {
        id: String,
        summary: Vec<String>,
    }
    let lines = read_lines::<Line>(path)?;
    let summaries = lines.into_iter().map(|line| (line.id, line.summary)).collect();
    Ok(System { name: name.to_owned(), summaries })
}

/// What the lines of a JSON lines file hold; empty ones hold nothing.
fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let file = std::fs::read_to_string(path).map_err(|e| refusal(path, e.to_string()))?;
    let lines = (1..).zip(file.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|e| refusal(path, format!("line {number}: {e}")))
        })
        .collect()
}

/// The error of a file that cannot be used.
pub(super) fn refusal(path: &Path, reason: String) -> Error {
    Error::Input { path: path.to_string_lossy().into_owned(), reason }
}
