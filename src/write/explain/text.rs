//! Explanations for reading in a terminal.

use serde::Deserialize;

use super::{body, boundaries, decimals, parts_of, plain, score, signed};
use crate::base::escape::terminal;
use crate::doc::done::Done;
use crate::write::Writer;
use crate::write::about::place;
use crate::write::bytes::push;
use crate::write::style::{Style, push_styled};

/// Cells of a bar at its longest.
const BAR: usize = 8;

/// Parts of a score that are named.
const MOST_PARTS: usize = 8;

/// The title, then every body sentence in order: chosen or not, rank, score, a bar, and below the largest parts of its score, with the sum of
/// all others as `rest`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Text {
    /// Whether what matters is bold and the rest faint, by codes that only terminals understand.
    pub color: bool,
    /// Whether the places where segments might begin are shown instead.
    pub boundaries: bool,
}

impl Writer for Text {
    fn explains_boundaries(&self) -> bool {
        self.boundaries
    }

    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        let title = done.document.meta.title.as_deref().unwrap_or_default();
        if !title.is_empty() {
            push_styled(out, &terminal(title), Style::Bold, self.color);
            push(out, "\n");
        }
        if self.boundaries {
            return boundaries::push_text(out, done, self.color);
        }
        let sentences = body(done).count();
        let chosen = match sentences {
            0 => "no sentence to choose from".to_owned(),
            _ => format!("{} of {sentences} sentences chosen (●)", done.summary.segments.len()),
        };
        let from = terminal(&place(&done.document.source)).into_owned();
        push_styled(out, &format!("{from} · {chosen}"), Style::Dim, self.color);
        push(out, "\n\n");
        self.sentences(done, sentences, out);
        if sentences > 0 {
            push(out, "\n");
        }
    }
}

impl Text {
    fn sentences(self, done: &Done, sentences: usize, out: &mut Vec<u8>) {
        let (parts, decimals) = (parts_of(done), decimals(done));
        let scores: Vec<_> = body(done).map(|segment| plain(score(segment), decimals)).collect();
        let widest = scores.iter().map(|text| text.chars().count()).max().unwrap_or_default();
        let highest = body(done).map(score).fold(0.0, f64::max);
        let digits = sentences.to_string().len();
        for (row, (segment, shown)) in body(done).zip(&scores).enumerate() {
            let (mark, style) = if segment.in_summary { ("●", Style::Bold) } else { (" ", Style::Plain) };
            let rank = segment.rank.unwrap_or_default();
            let bar = bar(score(segment), highest);
            push(out, &format!("{mark} {rank:>digits$}  {shown:>widest$}  {bar}  "));
            push_styled(out, &terminal(done.text(segment)), style, self.color);
            let told: Vec<_> = largest(&parts.features, parts.row(row))
                .into_iter()
                .filter_map(|(name, part)| Some(format!("{name} {}", signed(part, decimals)?)))
                .collect();
            push(out, "\n");
            if !told.is_empty() {
                push(out, &" ".repeat(8 + digits + widest + BAR));
                push_styled(out, &told.join(" · "), Style::Dim, self.color);
                push(out, "\n");
            }
        }
    }
}

/// The parts that decide, in the order of the features, and the sum of the others as `rest`.
fn largest<'f>(features: &[&'f str], parts: &[f64]) -> Vec<(&'f str, f64)> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| parts[b].abs().total_cmp(&parts[a].abs()).then(a.cmp(&b)));
    let (told, rest) = order.split_at(MOST_PARTS.min(order.len()));
    let mut told = told.to_vec();
    told.sort_unstable();
    let mut named: Vec<_> = told.into_iter().map(|at| (features[at], parts[at])).collect();
    named.push(("rest", rest.iter().map(|&at| parts[at]).sum()));
    named
}

/// A bar of eighths of cells, padded; empty for a score of zero or below.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 64")]
fn bar(score: f64, highest: f64) -> String {
    let share = if highest > 0.0 { (score / highest).clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (share * 64.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.extend(['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get((eighths % 8).wrapping_sub(1)));
    let cells = eighths.div_ceil(8);
    bar.push_str(&" ".repeat(BAR - cells));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::sample::{self, rendered};

    #[test]
    fn every_body_sentence_tells_what_its_score_is_made_of() {
        let documents = [sample::council(), sample::empty(), sample::arabic()];
        insta::assert_snapshot!(rendered(&Text::default(), &documents));
    }

    #[test]
    fn with_color_chosen_sentences_are_bold_and_parts_faint() {
        let shown =
            rendered(&Text { color: true, ..Text::default() }, &[sample::arabic()]).replace('\u{1b}', "ESC");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn nothing_in_an_article_steers_the_terminal() {
        let shown = rendered(&Text::default(), &[sample::hostile()]);
        insta::assert_snapshot!(shown);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    }

    #[test]
    fn a_bar_is_full_for_the_best_and_empty_at_zero_and_below() {
        assert_eq!(bar(2.0, 2.0), "████████");
        assert_eq!(bar(1.1, 2.0), "████▍   ");
        assert_eq!(bar(0.0, 2.0), "        ");
        assert_eq!(bar(-1.0, 2.0), "        ");
        assert_eq!(bar(-1.0, 0.0), "        ");
    }
}
