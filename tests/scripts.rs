//! An article of eight sentences in each of the scripts that word lists, stemmers and spaces treat apart, from bytes to
//! summary.

#![cfg(feature = "cli")]

mod common;

use common::{Folder, each, list, objects};
use nutgraf::lex::lexicon::key_of;
use nutgraf::lex::words;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

/// Scripts without spaces between words.
const SPACELESS: [&str; 6] = ["zh", "ja", "th", "lo", "my", "km"];

/// Languages that put no mark after a sentence: each of theirs is a paragraph.
const UNMARKED: [&str; 2] = ["th", "lo"];

/// An article: its language and its sentences, the same news in every language.
struct Article {
    lang: &'static str,
    sentences: Vec<String>,
}

fn articles() -> Vec<Article> {
    let rows = include_str!("fixtures/scripts/articles.tsv").lines().map(|row| row.split_once('\t'));
    let mut all: Vec<Article> = rows
        .map(|row| row.expect("a language and its sentences"))
        .map(|(lang, rest)| Article { lang, sentences: rest.split('\t').map(str::to_owned).collect() })
        .collect();
    let vietnamese = all.iter().find(|one| one.lang == "vi").expect("is there");
    let decomposed = vietnamese.sentences.iter().map(|one| one.nfd().collect()).collect();
    all.push(Article { lang: "vi", sentences: decomposed });
    all
}

impl Article {
    fn spaceless(&self) -> bool {
        SPACELESS.contains(&self.lang)
    }

    fn text(&self) -> String {
        self.sentences.join(if UNMARKED.contains(&self.lang) { "\n\n" } else { " " })
    }

    /// The opening of its fifth sentence, which tells of a ferry.
    fn title(&self) -> String {
        let about = &self.sentences[4];
        if self.spaceless() {
            return about.chars().take(8).collect();
        }
        about.split(' ').take(3).collect::<Vec<_>>().join(" ")
    }

    /// What comes out with `title`.
    fn segmented(&self, title: &str) -> Value {
        let record = json!({ "lang": self.lang, "title": title, "text": self.text() }).to_string();
        let args = ["segment", "--input-format", "jsonl", "--clean", "off", "-n", "2"];
        objects(&Folder::new(&[]).feed(&args, record).ends(0)).remove(0)
    }
}

fn body(document: &Value) -> Vec<Value> {
    list(document, "segments").iter().filter(|segment| segment["role"] == "body").cloned().collect()
}

#[test]
fn sentences_and_summaries_are_found_in_every_script() {
    for article in articles() {
        let document = article.segmented("");
        let body = body(&document);
        assert_eq!(each(&body, "text"), article.sentences, "{}", article.lang);
        let chosen: Vec<Value> = body.into_iter().filter(|segment| segment["in_summary"] == true).collect();
        assert_eq!(chosen.len(), 2, "{}", article.lang);
        let counted: usize = each(&chosen, "text").into_iter().map(words::count).sum();
        assert_eq!(document["summary"]["words"], counted, "{}", article.lang);
    }
}

#[test]
fn words_keep_their_marks_and_are_counted_as_a_reader_would() {
    for article in articles() {
        for sentence in &article.sentences {
            let count = words::count(sentence);
            if article.spaceless() {
                let chars = sentence.chars().count();
                assert!((chars / 6..=chars / 2 + 4).contains(&count), "{count} of {chars}: {sentence}");
                continue;
            }
            let mut found = Vec::new();
            words::for_each(sentence, |word| found.push(&sentence[word]));
            let spaced: Vec<&str> =
                sentence.split(' ').map(|word| word.trim_end_matches(['.', '।', '۔', '።', '։'])).collect();
            assert_eq!(found, spaced, "{}", article.lang);
            assert_eq!(count, spaced.len(), "{}", article.lang);
        }
    }
}

#[test]
fn words_of_the_title_raise_their_sentence_in_every_script() {
    for article in articles() {
        let scores = |title: &str| {
            body(&article.segmented(title))
                .iter()
                .map(|segment| segment["score"].as_f64())
                .collect::<Vec<_>>()
        };
        let gains: Vec<f64> = scores(&article.title())
            .into_iter()
            .zip(scores(""))
            .map(|(with, without)| with.zip(without).map_or(f64::NAN, |(with, without)| with - without))
            .collect();
        let most = (0..gains.len()).max_by(|&a, &b| gains[a].total_cmp(&gains[b]));
        assert!(most == Some(4) && gains[4] > 0.1, "{}: {gains:?}", article.lang);
    }
}

#[test]
fn a_word_is_one_term_whether_its_marks_are_composed_or_not() {
    for word in ["thứ", "cầu", "trưởng", "दरार", "हज़ारों", "সেতুটি"]
    {
        let decomposed: String = word.nfd().collect();
        assert_eq!(key_of(word, "vi"), key_of(&decomposed, "vi"), "{word}");
    }
}

#[test]
fn scripts_that_meet_in_one_text_are_read_side_by_side() {
    let sentences: Vec<String> = articles().into_iter().map(|article| article.sentences[1].clone()).collect();
    let text = sentences.join("\n\n");
    for lang in ["en", "zh", "th", "ar", "hi", "ko", "und"] {
        let record = json!({ "lang": lang, "title": sentences[3], "text": text }).to_string();
        let args = ["summarize", "--input-format", "jsonl", "--format", "jsonl", "--clean", "off"];
        let document = objects(&Folder::new(&[]).feed(&args, record).ends(0)).remove(0);
        assert_eq!(list(&document["summary"], "segments").len(), 3, "{lang}");
    }
}
