//! Counts the documents that hold each term, for the tables that `tools/make_frequencies.py` writes.
//!
//! Standard input: a JSON object a line, `group`, `lang` and `text`; documents of a group tell of one event. Standard
//! output: for each language one object, `lang`, `documents`, `words`, and `terms`, each `[word, documents, groups]`, where
//! `word` is the folded form that stands for the term most often.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use nutgraf::Lang;
use nutgraf::lex::fold::fold;
use nutgraf::lex::lexicon::Lexicon;
use nutgraf::lex::terms::each_term;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Record {
    group: String,
    lang: String,
    text: String,
}

#[derive(Default)]
struct Term {
    forms: BTreeMap<String, u64>,
    documents: u64,
    groups: BTreeSet<String>,
}

#[derive(Default)]
struct Language {
    documents: u64,
    words: u64,
    terms: BTreeMap<u64, Term>,
}

impl Language {
    fn add(&mut self, record: &Record, lang: &str, lexicon: &mut Lexicon) {
        let text = record.text.as_str();
        lexicon.begin();
        let (mut places, mut numbers) = (Vec::new(), Vec::new());
        let words = each_term(text, |word| places.push(word));
        lexicon.read(&[text], None);
        lexicon.number(0, &mut numbers);
        let met: Vec<_> = lexicon.met().collect();
        let mut folded = String::new();
        let mut next = 0;
        for (word, number) in places.into_iter().zip(numbers) {
            // Terms are numbered by first appearance.
            let first = number == next;
            next += u32::from(first);
            let known = met[number as usize];
            if known.stop {
                continue;
            }
            let term = self.terms.entry(known.key).or_default();
            fold(&text[word], lang, &mut folded);
            *term.forms.entry(folded.clone()).or_default() += 1;
            if first {
                term.documents += 1;
                term.groups.insert(record.group.clone());
            }
        }
        self.documents += 1;
        self.words += u64::from(words);
    }

    fn told(self, lang: &str) -> Value {
        let rows = self.terms.into_values().map(|term| {
            let most = term.forms.values().copied().max().unwrap_or_default();
            let word = term.forms.into_iter().find(|form| form.1 == most).map(|form| form.0);
            json!([word, term.documents, term.groups.len()])
        });
        let terms: Vec<Value> = rows.collect();
        json!({ "lang": lang, "documents": self.documents, "words": self.words, "terms": terms })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut languages = BTreeMap::<String, (Lexicon, Language)>::new();
    for line in stdin().lock().lines() {
        let record: Record = serde_json::from_str(&line?)?;
        let lang = Lang::parse(&record.lang).ok_or("not a language tag")?.primary().to_owned();
        let (lexicon, counts) =
            languages.entry(lang.clone()).or_insert_with(|| (Lexicon::new(&lang), Language::default()));
        counts.add(&record, &lang, lexicon);
    }
    let mut out = BufWriter::new(stdout().lock());
    for (lang, (_, counts)) in languages {
        writeln!(out, "{}", counts.told(&lang))?;
    }
    Ok(out.flush()?)
}
