//! What readers were told before, so that it is not told again.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::base::lang::Lang;
use crate::digest::edition::Making;
use crate::digest::kept::Kept;
use crate::digest::remembered::Remembered;
use crate::digest::told::{News, Saying, news};
use crate::doc::id::segment_id;
use crate::group::{Member, Sentence, summarize_new};
use crate::lex::analyzed::Analyzer;
use crate::stats::model::CorpusModel;

/// Times that a summary is chosen anew since a sentence of it was told in another thread; then such sentences are left out.
const ATTEMPTS: usize = 8;

/// Sentences that were told.
#[derive(Debug)]
pub(super) struct Known<'m> {
    /// Those of each thread.
    threads: FxHashMap<String, Vec<String>>,
    /// All of a language.
    languages: BTreeMap<String, (Vec<String>, Vec<Saying>)>,
    model: Option<&'m CorpusModel>,
}

impl<'m> Known<'m> {
    /// What `memory` holds.
    pub(super) fn of(memory: &[Remembered], model: Option<&'m CorpusModel>) -> Self {
        let mut threads: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut languages: BTreeMap<String, (Vec<String>, Vec<Saying>)> = BTreeMap::new();
        for told in memory {
            let texts = told.sentences.iter().map(|(_, text)| text.clone());
            threads.entry(told.thread.clone()).or_default().extend(texts.clone());
            let lang = Lang::parse(&told.lang).unwrap_or_else(Lang::unknown);
            languages.entry(lang.primary().to_owned()).or_default().0.extend(texts);
        }
        for (lang, (texts, sayings)) in &mut languages {
            let sequences = Analyzer::default().sequences(lang, model, texts.iter().map(String::as_str));
            *sayings = (0..texts.len()).map(|at| Saying::of(&sequences, at)).collect();
        }
        Self { threads, languages, model }
    }

    /// The summary of a story over its documents `docs` of what is new to readers: documents and sentences there, in the order
    /// they are read, and their words.
    pub(super) fn summarize(
        &self,
        thread: &str,
        docs: &[usize],
        kept: &[Kept],
        making: &Making<'_>,
    ) -> (Vec<(usize, usize)>, u64) {
        let Some(&first) = docs.first() else { return (Vec::new(), 0) };
        let lang = kept[first].lang.primary();
        let mut told: Vec<&str> =
            self.threads.get(thread).into_iter().flatten().map(String::as_str).collect();
        let all = self.languages.get(lang);
        let mut members: Vec<Member> = docs.iter().map(|&number| kept[number].member.clone()).collect();
        let mut attempts = 0;
        loop {
            members.truncate(docs.len());
            members.extend((!told.is_empty()).then(|| self.member(lang, &told)));
            let known = members.len() - docs.len();
            let group = summarize_new(thread, &members, known, making.weights, making.budget);
            let repeats = |&(member, at): &(usize, usize)| {
                let (_, sayings) = all?;
                match news(sayings, &Saying::of(&members[member].terms, at)) {
                    News::New => None,
                    News::Repeats(which) | News::Covered(which) => Some(which),
                }
            };
            let again: Vec<usize> = group.summary.iter().filter_map(repeats).collect();
            let new: Vec<&str> = again
                .iter()
                .filter_map(|&which| all.map(|(texts, _)| texts[which].as_str()))
                .filter(|text| !told.contains(text))
                .collect();
            if new.is_empty() || attempts == ATTEMPTS {
                let fresh = group.summary.iter().filter(|place| repeats(place).is_none());
                let chosen: Vec<(usize, usize)> = fresh.copied().collect();
                let words =
                    chosen.iter().map(|&(member, at)| u64::from(members[member].terms.words[at])).sum();
                return (chosen.into_iter().map(|(member, at)| (docs[member], at)).collect(), words);
            }
            attempts += 1;
            told.extend(new);
        }
    }

    /// Told sentences as a member of a group.
    fn member(&self, lang: &str, texts: &[&str]) -> Member {
        let sentence = |(number, text): (u64, &&str)| Sentence {
            id: segment_id("told", text, number),
            text: (*text).into(),
            furniture: false,
            dangles: false,
        };
        Member {
            sentences: (0..).zip(texts).map(sentence).collect(),
            terms: Analyzer::default().sequences(lang, self.model, texts.iter().copied()),
            ..Member::default()
        }
    }
}
