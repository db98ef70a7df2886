//! Document frequencies that ship: what a single article is weighed by when no corpus is given.
//!
//! A table lists words in place of keys, each standing for its term: the rules of folding and stemming are applied when
//! it is loaded, so that it fits whatever they are. Sources: `data/SOURCES.md`.
//!
//! To add a language: give its texts to `tools/make_frequencies.py`, then add its tag to `TABLES`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lex::lexicon::keys_of;
use crate::lex::stop::served_by;
use crate::stats::frequencies::Frequencies;
use crate::stats::model::{CorpusModel, LanguageModel, LineModel};

macro_rules! tables {
    ($($tag:literal)*) => {
        [$(($tag, LazyLock::new(|| load($tag, include_str!(concat!("data/frequencies/", $tag, ".tsv")))))),*]
    };
}

/// Tables by primary subtag, each read when a document in its language is met first.
static TABLES: [(&str, LazyLock<LanguageModel>); 28] = tables!(
    "ar" "bn" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he" "hi" "hy" "id" "it" "ja" "ko" "nb" "nl" "pt" "ro" "ru"
    "sk" "sv" "tr" "vi" "zh"
);

/// The document frequencies that ship for a language given by its primary subtag; `None` where there are none.
///
/// They hold the terms that stand in most documents. Any other is taken for one never seen.
///
/// ```
/// # use nutgraf::lex::{frequencies::shipped, lexicon::key_of};
/// let english = shipped("en").expect("a table");
/// assert!(english.df(key_of("government", "en")) > english.df(key_of("astrolabe", "en")));
/// assert!(shipped("tlh").is_none());
/// ```
pub fn shipped(lang: &str) -> Option<&'static LanguageModel> {
    let tag = served_by(lang);
    TABLES.iter().find(|(known, _)| *known == tag).map(|(_, table)| &**table)
}

/// All that ship, as one model; of lines it knows nothing.
pub fn all_shipped() -> CorpusModel {
    let languages: BTreeMap<_, _> =
        TABLES.iter().map(|(tag, table)| ((*tag).to_owned(), (**table).clone())).collect();
    CorpusModel { languages, lines: LineModel::default() }
}

/// Reads a table: documents and words counted, then a word and its documents a line.
fn load(tag: &str, table: &str) -> LanguageModel {
    let mut rows = table.lines().filter_map(|line| {
        let (left, right) = line.split_once('\t')?;
        Some((left, right.parse().ok()?))
    });
    let (documents, tokens) = rows.next().unwrap_or(("0", 0));
    let (words, counts): (Vec<&str>, Vec<u64>) = rows.unzip();
    let mut frequencies: Vec<_> = keys_of(words.into_iter(), tag).into_iter().zip(counts).collect();
    frequencies.sort_unstable();
    frequencies.dedup_by_key(|row| row.0);
    LanguageModel {
        documents: documents.parse().unwrap_or_default(),
        tokens,
        frequencies: Frequencies::from_sorted(&frequencies),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::fold::fold;
    use crate::lex::lexicon::key_of;
    use crate::lex::stop::stop_list;
    use crate::lex::terms::each_term;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lex/data/frequencies");

    /// The lines of a table after its first.
    fn rows(table: &str) -> impl Iterator<Item = (&str, u64)> {
        let rows = table.lines().skip(1).map(|line| line.split_once('\t').expect("word, tab, number"));
        rows.map(|(word, df)| (word, df.parse().expect("a number")))
    }

    #[test]
    fn every_table_of_the_folder_is_shipped() {
        let files = std::fs::read_dir(FOLDER).expect("the folder");
        let mut names: Vec<std::ffi::OsString> =
            files.map(|file| file.expect("a file").file_name()).collect();
        names.sort();
        let expected: Vec<std::ffi::OsString> =
            TABLES.iter().map(|(tag, _)| format!("{tag}.tsv").into()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn tables_list_folded_words_that_are_no_stop_words_by_falling_frequency() {
        for (tag, model) in &TABLES {
            let table = std::fs::read_to_string(format!("{FOLDER}/{tag}.tsv")).expect("a table");
            let mut folded = String::new();
            for (word, df) in rows(&table) {
                fold(word, tag, &mut folded);
                assert!(folded == word && !stop_list(tag).holds(word), "{tag}: {word}");
                assert!((1..=model.documents).contains(&df), "{tag}: {word} {df}");
            }
            let sorted = |a: &(&str, u64), b: &(&str, u64)| (b.1, a.0) < (a.1, b.0);
            assert!(rows(&table).is_sorted_by(sorted), "{tag}");
        }
    }

    /// A change of folding or stemming may bring two listed words to one term: then the tables are to be made again.
    #[test]
    fn tables_fit_the_terms_that_texts_give() {
        for (tag, model) in &TABLES {
            let table = std::fs::read_to_string(format!("{FOLDER}/{tag}.tsv")).expect("a table");
            assert_eq!(model.terms(), rows(&table).count(), "{tag}");
            for (word, df) in rows(&table) {
                assert_eq!(model.df(key_of(word, tag)), df, "{tag}: {word}");
                let mut terms = 0;
                each_term(word, |term| terms += usize::from(term.len() == word.len()));
                assert_eq!(terms, 1, "{tag}: {word}");
            }
        }
    }

    #[test]
    fn languages_that_share_a_table_share_it() {
        assert_eq!(shipped("ms"), shipped("id"));
        assert!(shipped("id").is_some() && shipped("und").is_none());
    }
}
