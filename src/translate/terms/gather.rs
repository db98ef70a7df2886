//! The second pass: what is kept of the runs that stand often enough.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::score::{self, Candidate};
use super::survey::{Survey, is_headline, primary};
use super::tokens::{Token, tokens};
use super::{Kind, Sentence, Term, grammar, names, ngrams};
use crate::lex::stop::stop_list;

/// Candidates as they are gathered.
#[derive(Debug)]
pub struct Gathering<'s> {
    survey: &'s Survey,
    least: u64,
    places: FxHashMap<(Kind, u64), usize>,
    candidates: Vec<Candidate>,
    documents: u64,
    spelled: String,
}

impl std::hash::Hash for Kind {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (*self as u8).hash(state);
    }
}

impl<'s> Gathering<'s> {
    /// Before the first document of the second pass, which must be those of `survey`; `least` is how often a candidate has to
    /// stand there.
    pub fn new(survey: &'s Survey, least: u64) -> Self {
        Self {
            survey,
            least,
            places: FxHashMap::default(),
            candidates: Vec::new(),
            documents: 0,
            spelled: String::new(),
        }
    }

    /// Gathers from a document.
    pub fn document(&mut self, lang: &str, sentences: &[Sentence<'_>]) {
        self.documents += 1;
        let short = primary(lang);
        let (grammar, stops) = (grammar::of(short), stop_list(short));
        let survey = self.survey;
        for sentence in sentences {
            let tokens = tokens(sentence.text, short, stops);
            if !is_headline(&tokens) {
                names::for_each(&tokens, survey, short, grammar, |range| {
                    self.meet(Kind::Name, &tokens[range], lang, *sentence);
                });
            }
            ngrams::for_each(&tokens, grammar, |first, words| {
                let run = &tokens[first..first + words];
                let key = ngrams::key(run, short, grammar, &mut self.spelled);
                let count = survey.runs.get(&key).copied().unwrap_or_default();
                let kept =
                    u64::from(count) >= self.least && !is_name(run, survey, short, grammar.capital_nouns);
                if kept && score::is_noun_phrase(run, survey, short, grammar) {
                    self.meet(Kind::Term, run, lang, *sentence);
                }
            });
        }
    }

    fn meet(&mut self, kind: Kind, run: &[Token], lang: &str, sentence: Sentence<'_>) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let short = primary(lang);
        let key = ngrams::key(run, short, grammar::of(short), &mut self.spelled);
        let place = *self.places.entry((kind, key)).or_insert_with(|| {
            self.candidates.push(Candidate {
                kind,
                lang: lang.to_owned(),
                words: run.iter().map(|token| token.folded.clone()).collect(),
                count: 0,
                documents: 0,
                last: 0,
                forms: BTreeMap::new(),
                context: sentence.text.to_owned(),
                segment: sentence.id.to_owned(),
                key,
            });
            self.candidates.len() - 1
        });
        let candidate = &mut self.candidates[place];
        candidate.count += 1;
        if candidate.last != self.documents {
            candidate.last = self.documents;
            candidate.documents += 1;
        }
        let form =
            sentence.text[first.span.start..last.span.end].split_whitespace().collect::<Vec<_>>().join(" ");
        // A form with a capital that a sentence gave it stands back behind those that have none.
        let form = if kind == Kind::Term && first.opens() && self.survey.word(&first.folded, short).lower > 0
        {
            let mut chars = form.chars();
            chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
        } else {
            form
        };
        *candidate.forms.entry(form).or_default() += 1;
    }

    /// Candidates that stand often enough, the best first, equal ones by term.
    pub fn finish(self) -> Vec<Term> {
        let least = self.least;
        let kept = self.candidates.into_iter().filter(|candidate| candidate.count >= least).collect();
        let mut terms = score::scored(kept, self.documents);
        terms.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| (&a.text, a.kind, &a.lang).cmp(&(&b.text, b.kind, &b.lang)))
        });
        terms
    }
}

/// Whether a run that opens a sentence is a name all the same: all its words have capitals, and its first one elsewhere too.
fn is_name(run: &[Token], survey: &Survey, lang: &str, capital_nouns: bool) -> bool {
    let capitals = run.iter().filter(|token| !token.stop).all(|token| token.capital);
    let uses = run.first().map(|token| survey.word(&token.folded, lang)).unwrap_or_default();
    let never_lower = uses.lower == 0 && run.len() > 1;
    capitals && (uses.capital > uses.lower || never_lower) && !(capital_nouns && run.len() == 1)
}
