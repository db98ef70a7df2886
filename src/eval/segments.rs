//! Where sentences end: a segmenter against gold texts and rule cases. Arguments, table and files are those of the script
//! `evaluate.py`, so that figures can be laid side by side.
//!
//! *F1* is over all places where a sentence ends inside a text, but for empty lines; *F1p* leaves out those that no sentence
//! mark precedes, on both sides.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::gold::{Answers, Gold, Places, context, ends, predicted, squashed};
use super::json;
use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::doc::document::Document;
use crate::pipeline::plan::Stages;
use crate::pipeline::process::{Scratch, process};

/// The sentences that `stages` find in each text; none for a text without any.
pub fn own_answers(golds: &[Gold], stages: &Stages) -> Answers {
    let mut scratch = Scratch::default();
    let answer = |gold: &Gold| {
        let document = Document {
            id: Some(gold.id.clone()),
            lang: Lang::parse(&gold.lang),
            ..Document::from_text(gold.text.clone())
        };
        let done = process(document, stages, &mut scratch).ok()?;
        let sentences = done.segments.iter().map(|segment| done.text(segment).to_owned());
        Some((gold.id.clone(), sentences.collect()))
    };
    golds.iter().filter_map(answer).collect()
}

/// Places found, invented and missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    right: usize,
    invented: usize,
    missed: usize,
}

impl Counts {
    fn add(&mut self, gold: &BTreeSet<usize>, found: &BTreeSet<usize>) {
        self.right += gold.intersection(found).count();
        self.invented += found.difference(gold).count();
        self.missed += gold.difference(found).count();
    }

    /// Precision, recall and their harmonic mean; 1 where there is nothing to be right or wrong about.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn scores(self) -> [f64; 3] {
        let share = |of: usize| if of > 0 { self.right as f64 / of as f64 } else { 1.0 };
        let (p, r) = (share(self.right + self.invented), share(self.right + self.missed));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// Scores over gold texts.
#[derive(Debug, Default)]
pub struct Texts {
    /// By language, and by collection where asked for: all places, and those with a mark.
    rows: BTreeMap<String, (Counts, Counts)>,
    changed: usize,
    missing: usize,
    /// Languages of texts without an answer.
    skipped: BTreeSet<String>,
    /// One line of JSON for each place with a mark that was invented (`FP`) or missed (`FN`).
    pub errors: String,
}

impl Texts {
    /// Scores `answers`; with a row for each collection too when `by_source`.
    ///
    /// # Errors
    /// A gold text whose sentences do not add up to it.
    pub fn score(golds: &[Gold], answers: &Answers, by_source: bool) -> Result<Self, Error> {
        let mut texts = Self::default();
        for gold in golds {
            let Some(answer) = answers.get(&gold.id) else {
                texts.missing += 1;
                texts.skipped.insert(gold.lang.clone());
                continue;
            };
            let places = Places::of(gold).ok_or_else(|| {
                Error::Config(format!("gold text `{}`: its sentences are not its text", gold.id))
            })?;
            let (found, changed) = predicted(&places.flat, answer);
            texts.changed += usize::from(changed);
            texts.add(gold, &places, &found, by_source);
        }
        Ok(texts)
    }

    fn add(&mut self, gold: &Gold, places: &Places, found: &BTreeSet<usize>, by_source: bool) {
        let (all, all_found) = (&places.ends - &places.free, found - &places.free);
        let (marked, marked_found) = (&all - &places.bare, &all_found - &places.bare);
        let source = gold.source.split('/').next().filter(|_| by_source);
        for key in [gold.lang.as_str()].into_iter().chain(source) {
            let row = self.rows.entry(key.to_owned()).or_default();
            row.0.add(&all, &all_found);
            row.1.add(&marked, &marked_found);
        }
        for at in &marked_found ^ &marked {
            let around = |from: usize, to: usize| places.flat[from..to].iter().collect();
            let wrong = Wrong {
                id: &gold.id,
                lang: &gold.lang,
                kind: if marked_found.contains(&at) { "FP" } else { "FN" },
                left: around(at.saturating_sub(40), at),
                right: around(at, places.flat.len().min(at + 40)),
                ctx: context(&gold.text, at),
            };
            self.errors.push_str(&json::line(&wrong));
        }
    }

    /// Rows of languages, whose tags have at most three letters.
    fn languages(&self) -> impl Iterator<Item = &(Counts, Counts)> {
        self.rows.iter().filter(|(key, _)| key.chars().count() <= 3).map(|(_, row)| row)
    }

    /// Mean F1 and F1p over languages; `None` without any.
    #[expect(clippy::cast_precision_loss, reason = "there are fewer languages than 2^52")]
    pub fn macro_f1(&self) -> Option<(f64, f64)> {
        let count = self.languages().count() as f64;
        let mean = |f1: fn(&(Counts, Counts)) -> f64| self.languages().map(f1).sum::<f64>() / count;
        (count > 0.0).then(|| (mean(|row| row.0.scores()[2]), mean(|row| row.1.scores()[2])))
    }

    /// The table, a line each language, in percent.
    pub fn table(&self) -> String {
        let mut table = format!(
            "{:12}{:>8}{:>8}{:>8}   {:>8}{:>8}{:>8}{:>8}\n",
            "", "P", "R", "F1", "Pp", "Rp", "F1p", "gold"
        );
        for (key, (all, marked)) in &self.rows {
            let percents =
                |counts: &Counts| counts.scores().map(|score| format!("{:8.2}", 100.0 * score)).concat();
            let key: String = key.chars().take(24).collect();
            let gold = all.right + all.missed;
            let row = [
                format!("{key:12}"),
                percents(all),
                "   ".to_owned(),
                percents(marked),
                format!("{gold:8}\n"),
            ];
            table.extend(row);
        }
        table
    }

    /// The closing line without its end, to which the time a command took may be added; empty without languages.
    pub fn closing(&self) -> String {
        let Some((f1, f1p)) = self.macro_f1() else { return String::new() };
        let skipped: Vec<_> = self.skipped.iter().map(|lang| format!("'{lang}'")).collect();
        format!(
            "macro F1 {:.2}  macro F1p {:.2}  languages {}  texts changed {}  no answer {} [{}]",
            100.0 * f1,
            100.0 * f1p,
            self.languages().count(),
            self.changed,
            self.missing,
            skipped.join(", ")
        )
    }
}

/// A place that is wrong.
#[derive(Serialize)]
struct Wrong<'g> {
    id: &'g str,
    lang: &'g str,
    kind: &'static str,
    left: String,
    right: String,
    ctx: String,
}

/// Rule cases, each passed or failed as a whole.
#[derive(Debug, Default)]
pub struct Cases {
    /// Passed and all, by collection, language and together, in the order in which they came.
    rows: Vec<(String, [usize; 2])>,
    /// One line of JSON for each that failed.
    pub errors: String,
}

/// Rows of parts of collections that are shown.
const SHOWN: [&str; 4] = ["pysbd:english", "sentencex:en", "languagetool:en", "pragmatic:english"];

impl Cases {
    /// Scores `answers`; a case without one is left out.
    pub fn score(golds: &[Gold], answers: &Answers) -> Self {
        let mut cases = Self::default();
        for gold in golds {
            let Some(answer) = answers.get(&gold.id) else { continue };
            let (found, changed) = predicted(&squashed(&gold.text), answer);
            let passed = !changed && found == ends(&gold.sentences).into_iter().collect();
            let collection = gold.source.split(':').next().unwrap_or_default();
            for key in [collection, &gold.source, "all", &format!("lang:{}", gold.lang)] {
                cases.count(key, passed);
            }
            if !passed {
                let Gold { id, lang, title, sentences, .. } = gold;
                let failed = Failed { id, lang, title, gold: sentences, got: answer, kind: "RULE" };
                cases.errors.push_str(&json::line(&failed));
            }
        }
        cases
    }

    fn count(&mut self, key: &str, passed: bool) {
        let at = self.rows.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
            self.rows.push((key.to_owned(), [0, 0]));
            self.rows.len() - 1
        });
        self.rows[at].1[0] += usize::from(passed);
        self.rows[at].1[1] += 1;
    }

    /// The line of the collections.
    pub fn line(&self) -> String {
        let shown = self.rows.iter().filter(|(key, _)| !key.contains(':') || SHOWN.contains(&key.as_str()));
        let mut shown: Vec<_> = shown.collect();
        shown.sort_unstable();
        let shown: Vec<_> =
            shown.iter().map(|(key, [passed, all])| format!("{key} {passed}/{all}")).collect();
        format!("golden  {}\n", shown.join("  "))
    }
}

/// A rule case that failed.
#[derive(Serialize)]
struct Failed<'g> {
    id: &'g str,
    lang: &'g str,
    title: &'g Value,
    gold: &'g [String],
    got: &'g [String],
    kind: &'static str,
}

/// All figures, for `--json`; what was not scored is left out.
#[derive(Debug, Serialize)]
pub struct Figures<'f> {
    /// The command that was scored; null for the program itself.
    pub command: Option<String>,
    /// Scores over gold texts.
    #[serde(flatten)]
    pub texts: Option<&'f Texts>,
    /// Seconds of processor time that the command took for the gold texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<f64>,
    /// Rule cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub golden: Option<&'f Cases>,
}

impl Figures<'_> {
    /// The figures as one line of JSON.
    pub fn to_json(&self) -> String {
        json::line(self)
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some((f1, f1p)) = self.macro_f1() {
            map.serialize_entry("macro_F1", &f1)?;
            map.serialize_entry("macro_F1p", &f1p)?;
        }
        let rows = self.rows.iter().map(|(key, &(all, marked))| (key, Row::of(all, marked)));
        map.serialize_entry("langs", &rows.collect::<BTreeMap<_, _>>())?;
        map.serialize_entry("changed", &self.changed)?;
        map.serialize_entry("missing", &self.missing)?;
        map.end()
    }
}

impl Serialize for Cases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.rows.iter().map(|(key, counts)| (key, counts)))
    }
}

/// A language or collection in JSON.
#[derive(Serialize)]
struct Row {
    #[serde(rename = "F1")]
    f1: f64,
    #[serde(rename = "P")]
    p: f64,
    #[serde(rename = "R")]
    r: f64,
    #[serde(rename = "F1p")]
    f1_marked: f64,
    #[serde(rename = "Pp")]
    p_marked: f64,
    #[serde(rename = "Rp")]
    r_marked: f64,
    gold: usize,
    fp: usize,
    #[serde(rename = "fn")]
    missed: usize,
}

impl Row {
    fn of(all: Counts, marked: Counts) -> Self {
        let ([p, r, f1], [p_marked, r_marked, f1_marked]) = (all.scores(), marked.scores());
        let (gold, fp, missed) = (all.right + all.missed, marked.invented, marked.missed);
        Self { f1, p, r, f1_marked, p_marked, r_marked, gold, fp, missed }
    }
}
