//! ROUGE of whole programs: means, intervals, and differences that chance does not explain. Arguments, table and figures are
//! those of the script `rouge_eval.py`, so that they can be laid side by side.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::gold::is_space;
use super::json;
use super::rouge::{Rouge, Scorer};
use super::summaries::{Article, System, refusal};
use crate::base::error::Error;
use crate::base::math::count;

/// The scores of one program's summaries.
#[derive(Debug)]
pub struct Scored {
    /// What the program is called.
    pub name: String,
    /// One for each document, in their order.
    scores: Vec<Rouge>,
    /// Words of a summary, on average.
    words: f64,
    /// Documents of which it made a summary.
    answered: usize,
}

/// Scores a program's summaries, each cut to its first `words` words if any are given. A summary that is missing or without
/// words scores 0.
///
/// # Errors
/// A document without a reference; `path` names the file.
pub fn score(
    path: &Path,
    articles: &[Article],
    system: &System,
    words: Option<usize>,
) -> Result<Scored, Error> {
    let mut scorers: FxHashMap<&str, Scorer> = FxHashMap::default();
    let (mut scores, mut written, mut answered) = (Vec::new(), 0, 0);
    for article in articles {
        if article.reference.is_empty() {
            return Err(refusal(path, format!("document `{}`: no reference", article.id)));
        }
        let summary = system.summaries.get(&article.id);
        answered += usize::from(summary.is_some());
        let mut lines = summary.cloned().unwrap_or_default();
        if let Some(words) = words {
            cut(&mut lines, words);
        }
        written += lines.iter().map(|line| words_of(line).count()).sum::<usize>();
        let scorer = scorers.entry(&article.lang).or_insert_with(|| Scorer::new(&article.lang));
        scores.push(scorer.score(article.reference.iter().map(String::as_str), &lines.join("\n")));
    }
    let words = count(written) / count(articles.len().max(1));
    Ok(Scored { name: system.name.clone(), scores, words, answered })
}

/// Leaves the first `left` words of a summary, those of the line that is cut one space apart.
fn cut(lines: &mut Vec<String>, mut left: usize) {
    for at in 0..lines.len() {
        let words: Vec<&str> = words_of(&lines[at]).collect();
        if words.len() >= left {
            lines[at] = words[..left].join(" ");
            lines.truncate(at + 1);
            return;
        }
        left -= words.len();
    }
}

/// What white space sets apart.
fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|word| !word.is_empty())
}

/// A mean and where it would be in 95 of 100 other draws of as many documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// 2.5 of 100 draws are below.
    pub low: f64,
    /// 2.5 of 100 draws are above.
    pub high: f64,
}

/// Draws of a bootstrap.
const DRAWS: usize = 1000;

/// The percentile bootstrap interval of a mean (Efron 1979) from a thousand draws with replacement.
///
/// The `k`-th value of draw `d` is that at `⌊h · n / 2⁶⁴⌋`, where `h` is the XXH3 hash of the numbers `d` and `k` under the hash
/// of the seed: the same on every machine, and the same documents for every program and score. All 0 without values.
pub fn bootstrap(values: &[f64], seed: u64) -> Interval {
    if values.is_empty() {
        return Interval { mean: 0.0, low: 0.0, high: 0.0 };
    }
    // Seeds that are near each other would only change places with the numbers of draws.
    let seed = xxh3_64(&seed.to_le_bytes());
    let mean = |sum: f64| sum / count(values.len());
    let draw = |draw: usize| {
        let value = |k: usize| values[drawn(draw, k, values.len(), seed)];
        mean((0..values.len()).map(value).sum())
    };
    let mut means: Vec<f64> = (0..DRAWS).map(draw).collect();
    means.sort_by(f64::total_cmp);
    Interval { mean: mean(values.iter().sum()), low: means[DRAWS / 40], high: means[DRAWS - DRAWS / 40] }
}

/// Which of `values` is the `k`-th of a draw.
fn drawn(draw: usize, k: usize, values: usize, seed: u64) -> usize {
    let mut place = [0; 16];
    place[..8].copy_from_slice(&(draw as u64).to_le_bytes());
    place[8..].copy_from_slice(&(k as u64).to_le_bytes());
    let hash = u128::from(xxh3_64_with_seed(&place, seed));
    usize::try_from((hash * values as u128) >> 64).expect("below the number of values")
}

/// A program in the table.
#[derive(Debug)]
pub struct Row {
    name: String,
    /// ROUGE-1, -2, -Lsum and -L, in percent.
    scores: [Interval; 4],
    words: f64,
    answered: usize,
    /// What the mean of ROUGE-1, -2 and -Lsum has over that of another program, in percent.
    over: Option<(String, Interval)>,
}

/// Rows of a table, the best first; with differences from the program named `base`, if it is there.
pub fn rows(scored: &[Scored], base: Option<&str>, seed: u64) -> Vec<Row> {
    let base = base.and_then(|base| scored.iter().find(|scored| scored.name == base));
    let percent = |values: Vec<f64>| {
        let Interval { mean, low, high } = bootstrap(&values, seed);
        Interval { mean: 100.0 * mean, low: 100.0 * low, high: 100.0 * high }
    };
    let row = |own: &Scored| {
        let of = |score: fn(&Rouge) -> f64| percent(own.scores.iter().map(score).collect());
        let third = |rouge: &Rouge| (rouge.r1 + rouge.r2 + rouge.lsum) / 3.0;
        let over = base.filter(|base| base.name != own.name).map(|base| {
            let pairs = own.scores.iter().zip(&base.scores);
            (base.name.clone(), percent(pairs.map(|(own, base)| third(own) - third(base)).collect()))
        });
        let scores = [of(|r| r.r1), of(|r| r.r2), of(|r| r.lsum), of(|r| r.l)];
        Row { name: own.name.clone(), scores, words: own.words, answered: own.answered, over }
    };
    let mut rows: Vec<Row> = scored.iter().map(row).collect();
    rows.sort_by(|a, b| b.sum().total_cmp(&a.sum()));
    rows
}

impl Row {
    /// What rows are ordered by.
    fn sum(&self) -> f64 {
        self.scores[..3].iter().map(|score| score.mean).sum()
    }
}

/// Means in percent, a line each program; with a column of ROUGE-L, and with one of differences, where asked for.
pub fn table(rows: &[Row], rouge_l: bool, differences: bool) -> String {
    let more = |text: String| if rouge_l { text } else { String::new() };
    let note = if differences { "diff vs base [95%]" } else { "" };
    let l = more(format!(" {:>6}", "RL"));
    let head = format!(
        "{:28} {:>6} {:>6} {:>6}{l} {:>6} {:>5}  {note}\n",
        "system", "R1", "R2", "RLsum", "words", "n"
    );
    let line = |Row { name, scores, words, answered, over }: &Row| {
        let [r1, r2, lsum, l] = scores.map(|score| score.mean);
        let note = over.as_ref().map_or(String::new(), |(_, Interval { mean, low, high })| {
            format!("{mean:+.2} [{low:+.2}, {high:+.2}]")
        });
        let l = more(format!(" {l:6.2}"));
        format!("{name:28} {r1:6.2} {r2:6.2} {lsum:6.2}{l} {words:6.1} {answered:5}  {note}\n")
    };
    head + &rows.iter().map(line).collect::<String>()
}

/// The scores of each document as lines of JSON `{"id", "system", "r1", "r2", "rl", "rouge_l"}`, in `0.0..=1.0`.
pub fn each(articles: &[Article], scored: &[Scored]) -> String {
    #[derive(Serialize)]
    struct Line<'l> {
        id: &'l str,
        system: &'l str,
        r1: f64,
        r2: f64,
        rl: f64,
        rouge_l: f64,
    }
    let mut lines = String::new();
    for Scored { name, scores, .. } in scored {
        for (Article { id, .. }, &Rouge { r1, r2, lsum, l }) in articles.iter().zip(scores) {
            lines.push_str(&json::line(&Line { id, system: name, r1, r2, rl: lsum, rouge_l: l }));
        }
    }
    lines
}

/// All figures as one line of JSON, by program, in percent.
pub fn to_json(rows: &[Row]) -> String {
    struct Figures<'f>(&'f [Row]);
    impl Serialize for Figures<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|row| (&row.name, row)))
        }
    }
    json::line(&Figures(rows))
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const KEYS: [&str; 4] = ["r1", "r2", "rl", "rouge_l"];
        let mut map = serializer.serialize_map(None)?;
        for (key, score) in KEYS.iter().zip(&self.scores) {
            map.serialize_entry(key, &score.mean)?;
        }
        map.serialize_entry("words", &self.words)?;
        map.serialize_entry("n", &self.answered)?;
        for (key, score) in KEYS.iter().zip(&self.scores) {
            map.serialize_entry(&format!("{key}_interval"), &[score.low, score.high])?;
        }
        if let Some((base, Interval { mean, low, high })) = &self.over {
            map.serialize_entry("base", base)?;
            map.serialize_entry("difference", mean)?;
            map.serialize_entry("difference_interval", &[low, high])?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_cut_within_a_sentence() {
        let mut lines = vec!["One two.".to_owned(), "Three  four\tfive.".to_owned(), "Six.".to_owned()];
        cut(&mut lines, 4);
        assert_eq!(lines, ["One two.", "Three four"]);
        cut(&mut lines, 2);
        assert_eq!(lines, ["One two."]);
        cut(&mut lines, 9);
        assert_eq!(lines, ["One two."]);
    }

    #[test]
    fn an_interval_is_about_four_deviations_of_the_mean_wide_and_depends_on_the_seed() {
        let values: Vec<f64> = (0..50).map(|n| f64::from(n * n % 1009)).collect();
        let interval = bootstrap(&values, 7);
        let variance = values.iter().map(|value| (value - interval.mean).powi(2)).sum::<f64>() / 50.0;
        let deviations = (interval.high - interval.low) / (variance / 50.0).sqrt();
        assert!((3.6..4.2).contains(&deviations), "{deviations}");
        assert!(interval.low < interval.mean && interval.mean < interval.high, "{interval:?}");
        assert_eq!(bootstrap(&values, 7), interval);
        assert_ne!(bootstrap(&values, 8), interval);
    }

    #[test]
    fn a_draw_takes_every_value_about_as_often() {
        let mut taken = [0; 10];
        for draw in 0..100 {
            for k in 0..10 {
                taken[drawn(draw, k, 10, 7)] += 1;
            }
        }
        assert!(taken.iter().all(|n| (60..140).contains(n)), "{taken:?}");
    }

    #[test]
    fn without_documents_all_is_nothing() {
        assert_eq!(bootstrap(&[], 7), Interval { mean: 0.0, low: 0.0, high: 0.0 });
    }
}
