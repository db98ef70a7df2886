//! Weighs the evidence of each line and finds the runs of lines that are article.
//!
//! A logistic model gives each line its chance to be article; the runs are those that maximize the sum, over their lines,
//! of words times (chance − ½), less a price for each run. The weights are data: `tools/train_lines.py` makes them.

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::lang::Lang;
use crate::base::math::{count, exp};
use crate::doc::block::{BlockKind, Role};
use crate::stats::model::LineModel;
use crate::structure::evidence::{self, NAMES, Row};
use crate::structure::header::Verdict;
use crate::structure::lines::{Ending, Line};
use crate::structure::patterns::Hit;

/// What each kind of evidence weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    bias: f64,
    row: Row,
}

impl Weights {
    /// Reads lines of a name, a tab and a weight: `bias` and each of [`NAMES`] once, in any order; `#` opens a remark.
    ///
    /// # Errors
    /// Names the line or the evidence that is wrong or missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut bias = None;
        let mut row = [None; NAMES.len()];
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what: &str| format!("line {}: {what}", number + 1);
            let (name, weight) =
                line.split_once('\t').ok_or_else(|| wrong("expected a name, a tab and a weight"))?;
            let weight: f64 = weight.trim().parse().map_err(|_| wrong("the weight is no number"))?;
            if !weight.is_finite() {
                return Err(wrong("the weight is no number"));
            }
            let slot = match NAMES.iter().position(|&known| known == name) {
                Some(at) => &mut row[at],
                None if name == "bias" => &mut bias,
                None => return Err(wrong(&format!("unknown evidence `{name}`"))),
            };
            if slot.replace(weight).is_some() {
                return Err(wrong(&format!("`{name}` stands there twice")));
            }
        }
        let missing = |name: &str| format!("no weight for `{name}`");
        if let Some(at) = row.iter().position(Option::is_none) {
            return Err(missing(NAMES[at]));
        }
        Ok(Self { bias: bias.ok_or_else(|| missing("bias"))?, row: row.map(Option::unwrap_or_default) })
    }

    /// The chance that a line with this evidence is article, in `0.0..=1.0`: `1 / (1 + e^−(bias + Σ weight × value))`.
    pub fn chance(&self, row: &Row) -> f64 {
        let sum: f64 = self.row.iter().zip(row).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + exp(-(self.bias + sum)))
    }
}

static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("data/lines.tsv")).expect("the shipped weights are sound"));

/// What weighing said of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// Whether it is article.
    kept: bool,
    /// The chance that it is.
    chance: f64,
}

/// Fewest short lines without an end mark for which a text may be a saved page.
const LOOSE: usize = 8;
/// Words from which a line is not short.
const SHORT: usize = 10;
/// Least share of such lines, in percent.
const LOOSE_SHARE: usize = 30;
/// Least share of the text's bytes that they take, in percent: lists inside an article take less.
const LOOSE_BYTES: usize = 5;

/// Weighs the lines of a text that may be a saved page; `None` for one that is not, or in which no article is found.
pub(super) fn article(
    lines: &[Line<'_>],
    hits: &[Option<Hit>],
    lang: &Lang,
    elsewhere: Option<&[f64]>,
    weights: Option<&Weights>,
) -> Option<Vec<Weighed>> {
    if !is_page(lines) {
        return None;
    }
    let weights = weights.unwrap_or(&SHIPPED);
    let rows = evidence::rows(lines, hits, lang, elsewhere);
    let chances: Vec<f64> = rows.iter().map(|row| weights.chance(row)).collect();
    let runs = runs(lines, &chances);
    let kept = |(chance, inside): (f64, bool)| Weighed { kept: inside && chance >= INSIDE, chance };
    let kept: Vec<Weighed> = chances.into_iter().zip(runs).map(kept).collect();
    extent(&kept).is_some().then_some(kept)
}

/// Whether many lines are neither prose nor in a list, as on a page that was saved with its menus.
fn is_page(lines: &[Line<'_>]) -> bool {
    let loose = || lines.iter().filter(|line| is_loose(line));
    let number = loose().count();
    if number < LOOSE || number * 100 < lines.len() * LOOSE_SHARE {
        return false;
    }
    let bytes = |line: &Line<'_>| line.text.len();
    loose().map(bytes).sum::<usize>() * 100 >= lines.iter().map(bytes).sum::<usize>() * LOOSE_BYTES
}

fn is_loose(line: &Line<'_>) -> bool {
    line.ending == Ending::Open && line.words < SHORT && line.kind != BlockKind::ListItem
}

/// Price of a run, in words that are surely article.
const RUN: f64 = 40.0;
/// Chance from which a line inside a run is article.
const INSIDE: f64 = 0.1;

/// Whether each line stands in a run (Viterbi over two states).
fn runs(lines: &[Line<'_>], chances: &[f64]) -> Vec<bool> {
    let (mut outside, mut inside) = (0.0, -RUN);
    // For each line, whether the best way to have it outside, and inside, has the line before it inside.
    let mut from = Vec::with_capacity(lines.len());
    for (line, chance) in lines.iter().zip(chances) {
        let gain = count(line.words) * (chance - 0.5) * 2.0;
        let (leaves, stays) = (inside > outside, inside >= outside - RUN);
        from.push((leaves, stays));
        let before = if stays { inside } else { outside - RUN };
        outside = if leaves { inside } else { outside };
        inside = before + gain;
    }
    let mut now = inside > outside;
    let mut out = vec![false; lines.len()];
    for (slot, &(leaves, stays)) in out.iter_mut().zip(&from).rev() {
        *slot = now;
        now = if now { stays } else { leaves };
    }
    out
}

/// From the first line that is article to the last.
pub(super) fn extent(kept: &[Weighed]) -> Option<Range<usize>> {
    let start = kept.iter().position(|line| line.kept)?;
    let end = kept.iter().rposition(|line| line.kept)?;
    Some(start..end + 1)
}

/// Brings the roles of lines in line with what weighing said.
pub(super) fn settle(
    lines: &[Line<'_>],
    hits: &[Option<Hit>],
    kept: &[Weighed],
    verdicts: &mut [Option<Verdict>],
) {
    let extent = extent(kept).unwrap_or_default();
    for (i, (line, weighed)) in lines.iter().zip(kept).enumerate() {
        let Some((role, _)) = verdicts[i] else { continue };
        let heads = line.kind == BlockKind::Heading
            && extent.contains(&i)
            && kept.get(i + 1).is_some_and(|next| next.kept);
        let article = matches!(role, Role::Body | Role::Heading);
        if article && !weighed.kept && !(heads && role == Role::Heading) {
            let role = if line.ending == Ending::Open { Role::Navigation } else { Role::Furniture };
            verdicts[i] = Some((role, 1.0 - weighed.chance));
        } else if role == Role::Navigation && weighed.kept && weighed.chance >= 0.5 && hits[i].is_none() {
            verdicts[i] = Some((Role::Body, weighed.chance));
        }
    }
}

/// Fewest documents of a corpus in which a line that is furniture stands.
const DOCUMENTS: f64 = 3.0;
/// Least share of the corpus's documents in which it does, in percent.
const DOCUMENT_SHARE: f64 = 2.0;

/// Takes lines that stand in many documents of the corpus for furniture, headings and items of lists aside.
pub(super) fn frequent(
    lines: &[Line<'_>],
    counts: Option<&LineModel>,
    elsewhere: Option<&[f64]>,
    hits: &mut [Option<Hit>],
) {
    let (Some(counts), Some(elsewhere)) = (counts, elsewhere) else { return };
    let least = DOCUMENTS.max(evidence::wide(counts.documents) * DOCUMENT_SHARE / 100.0);
    for ((line, others), hit) in lines.iter().zip(elsewhere).zip(hits) {
        let able = matches!(line.kind, BlockKind::Paragraph | BlockKind::Quote);
        if able && hit.is_none() && others + 1.0 >= least {
            *hit = Some(Hit { role: Role::Furniture, whole: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::doc::document::Field;
    use crate::stats::counts::Counts;
    use crate::stats::model::CorpusModel;
    use crate::structure::blocks::cut;
    use crate::structure::patterns::{OwnLines, hits};

    const PROSE: &str =
        "Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.";
    const MENU: &str = "Home\nWorld\nSport\nScience\nTravel\nMoney\nFood\nBooks\nFilm\nMusic";

    fn shipped() -> String {
        include_str!("data/lines.tsv").to_owned()
    }

    /// The lines of `text` that are kept.
    fn kept(text: &str) -> Option<Vec<String>> {
        let (field, lang) = (Field::plain(text.to_owned()), Lang::parse("en").unwrap());
        let lines = cut(&field);
        let hits = hits(&lines, &lang, &OwnLines::default());
        let weighed = article(&lines, &hits, &lang, None, None)?;
        let kept = lines.iter().zip(weighed).filter(|(_, weighed)| weighed.kept);
        Some(kept.map(|(line, _)| line.text.to_owned()).collect())
    }

    #[test]
    fn on_a_saved_page_the_prose_is_kept_and_the_menus_are_not() {
        let article = [PROSE; 4].join("\n");
        let text = format!("{MENU}\n{article}\nWe use cookies to offer you a better service.\n{MENU}");
        assert_eq!(kept(&text).unwrap(), [PROSE; 4]);
    }

    #[test]
    fn a_text_with_few_short_lines_is_no_page() {
        assert_eq!(kept(&format!("Bridge shut\n{PROSE}\n{PROSE}\nWhat next\n{PROSE}")), None);
        assert_eq!(kept(MENU), None, "and a menu alone has no article");
    }

    #[test]
    fn weights_that_are_not_whole_are_refused_by_name() {
        let refused = |text: &str| Weights::parse(text).expect_err("refused");
        insta::assert_snapshot!(refused("# nothing"), @"no weight for `words`");
        insta::assert_snapshot!(refused("bias\t1\nwrods\t2"), @"line 2: unknown evidence `wrods`");
        insta::assert_snapshot!(refused("bias 1"), @"line 1: expected a name, a tab and a weight");
        insta::assert_snapshot!(refused("bias\tNaN"), @"line 1: the weight is no number");
        insta::assert_snapshot!(refused("few\t1\nfew\t1"), @"line 2: `few` stands there twice");
        assert!(Weights::parse(&shipped().replace('\n', "\r\n")).is_ok());
    }

    #[test]
    fn a_line_of_many_documents_is_furniture_and_that_of_a_copied_document_is_not() {
        let notice = "Our letters page is open to all readers of the paper on Sundays.";
        let pages: Vec<String> = (0..4).map(|i| format!("{PROSE} It was the {i}th.\n{notice}")).collect();
        let found = |extra: &str, of: &str| {
            let mut counts = Counts::default();
            for page in pages.iter().map(String::as_str).chain([extra]) {
                let document = crate::Document { text: Field::plain(page.to_owned()), ..Default::default() };
                counts.add_lines(&evidence::keys(&document));
            }
            let model = CorpusModel::from_counts(counts);
            let field = Field::plain(of.to_owned());
            let lines = cut(&field);
            let elsewhere = evidence::elsewhere(&lines, Some(&model.lines));
            let mut hits = vec![None; lines.len()];
            frequent(&lines, Some(&model.lines), elsewhere.as_deref(), &mut hits);
            hits.iter().map(Option::is_some).collect::<Vec<_>>()
        };
        let page = format!("{}\n{notice}", [PROSE; 2].join(" Nobody was hurt. "));
        assert_eq!(found(&page, &page), [false, true]);
        assert_eq!(found(notice, notice), [false], "nothing but the line: a copy");
    }

    /// All sets of runs tried: their greatest gain.
    fn best(gains: &[f64]) -> f64 {
        let of = |set: u32| {
            let inside = |i: usize| set >> i & 1 == 1;
            let starts = (0..gains.len()).filter(|&i| inside(i) && (i == 0 || !inside(i - 1))).count();
            (0..gains.len()).filter(|&i| inside(i)).map(|i| gains[i]).sum::<f64>() - RUN * count(starts)
        };
        (0..1_u32 << gains.len()).map(of).fold(0.0, f64::max)
    }

    proptest! {
        /// The runs found gain as much as the best of all sets of lines.
        #[test]
        fn no_other_runs_gain_more(page in prop::collection::vec((1_usize..90, 0_u8..=10), 0..9)) {
            let text: Vec<String> = page.iter().map(|(words, _)| vec!["a"; *words].join(" ") + ".").collect();
            let field = Field::plain(text.join("\n\n"));
            let lines = cut(&field);
            let chances: Vec<f64> = page.iter().map(|(_, tenths)| f64::from(*tenths) / 10.0).collect();
            let gains: Vec<f64> =
                lines.iter().zip(&chances).map(|(line, chance)| count(line.words) * (chance - 0.5) * 2.0).collect();
            let found = runs(&lines, &chances);
            let starts = (0..found.len()).filter(|&i| found[i] && (i == 0 || !found[i - 1])).count();
            let gain = found.iter().zip(&gains).filter(|(inside, _)| **inside).map(|(_, gain)| gain).sum::<f64>();
            prop_assert!((gain - RUN * count(starts) - best(&gains)).abs() < 1e-6, "{found:?} of {gains:?}");
        }
    }
}
