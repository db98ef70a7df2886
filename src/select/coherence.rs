//! Which segments read badly without the one before or after them.

use serde::Deserialize;

use crate::lex::analyzed::{Analyzed, Surface};
use crate::rank::vectors::Vectors;

/// What happens to a segment that points back at one that is not in the summary: *he*, *this*, *but*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dangling {
    /// Nothing.
    Off,
    /// It loses three standard deviations of salience, and never fills the rest of a budget of words.
    #[default]
    Avoid,
    /// It is not taken while there is any other.
    Forbid,
}

/// Standard deviations that a segment loses for pointing back at one that is not there.
const BACK: f64 = 3.0;

/// The same for a question without what follows, a lead-in without what it leads to, a quotation whose speaker is not shown; less
/// the more of the document is kept.
const LOOSE: f64 = 0.5;

/// The same for half a quotation, half a sentence or one that says nothing by itself; much less the more is kept, since who keeps much
/// has most of these beside what they belong to.
const HALF: f64 = 3.0;

/// Terms below which a segment says nothing by itself: *Of course*, *Singh said*.
const SAYS: usize = 2;

/// The same for each segment that is taken of the same section beyond its share of the document.
const CROWDED: f64 = 0.5;

/// The same for a line of the page.
const FURNITURE: f64 = 5.0;

/// Far below any salience, and above none at all.
const FORBIDDEN: f64 = 1e6;

/// Weight below which a first word counts as grammar where the language has no lists: it stands in every seventh document.
const COMMON: f64 = 2.0;

/// For each segment, what it wants beside it.
#[derive(Debug)]
pub(super) struct Coherence<'d> {
    document: &'d Analyzed,
    back: Vec<bool>,
    /// What a missing predecessor costs.
    cost: f64,
    /// What other company that is missing costs, and what the other half of a quotation or a sentence.
    loose: f64,
    half: f64,
    deviation: f64,
    /// By section, how many segments of it the budget has room for; empty where there is but one section.
    room: Vec<f64>,
}

impl<'d> Coherence<'d> {
    /// What the segments of `document` want of which the summary keeps this share; `deviation` is that of their salience.
    pub(super) fn of(
        document: &'d Analyzed,
        vectors: &Vectors,
        dangling: Dangling,
        deviation: f64,
        share: f64,
    ) -> Self {
        let (back, cost) = match dangling {
            Dangling::Off => (vec![false; document.len()], 0.0),
            Dangling::Avoid => (pointing_back(document, vectors), BACK * deviation),
            Dangling::Forbid => (pointing_back(document, vectors), FORBIDDEN),
        };
        let left = (1.0 - share).max(0.0);
        let loose = LOOSE * deviation * left;
        let half = HALF * deviation * (left * left) * (left * left);
        let mut room = vec![0.0; document.section.iter().max().map_or(0, |&last| last as usize + 1)];
        document.section.iter().for_each(|&section| room[section as usize] += share);
        if room.iter().filter(|&&room| room > 0.0).count() < 2 {
            room.clear();
        }
        Self { document, back, cost, loose, half, deviation, room }
    }

    /// Counts of chosen segments by section, before any is chosen.
    pub(super) fn sections(&self) -> Vec<f64> {
        vec![0.0; self.room.len()]
    }

    /// Notes in `sections` that a segment was taken.
    pub(super) fn take(&self, at: usize, sections: &mut [f64]) {
        if !sections.is_empty() {
            sections[self.document.section[at] as usize] += 1.0;
        }
    }

    /// What the segment at `at` loses for the section it is of, from which as many are taken as `sections` says.
    pub(super) fn crowd(&self, at: usize, sections: &[f64]) -> f64 {
        if sections.is_empty() {
            return 0.0;
        }
        let section = self.document.section[at] as usize;
        CROWDED * self.deviation * (sections[section] + 1.0 - self.room[section].ceil()).max(0.0)
    }

    /// Whether the segment at `at` points back at one that is not `taken`.
    pub(super) fn dangles(&self, at: usize, taken: &[bool]) -> bool {
        self.back[at] && !is_taken(at.checked_sub(1), taken)
    }

    /// What the segment at `at` loses beside those that are `taken`.
    pub(super) fn cost(&self, at: usize, taken: &[bool]) -> f64 {
        let surface = self.document.surface[at];
        let (before, after) = (is_taken(at.checked_sub(1), taken), is_taken(at.checked_add(1), taken));
        let half = |at: usize| self.document.surface.get(at).is_some_and(|s| s.unbalanced);
        let completed = before && half(at - 1) || after && half(at + 1);
        let loose =
            (surface.question || surface.leads_on) && !after || surface.bare_quotation && !before && !after;
        let empty = self.document.rows.range(at).len() < SAYS;
        let broken = surface.unbalanced && !completed || (surface.goes_on || empty) && !before;
        let mut cost = 0.0;
        if self.dangles(at, taken) {
            cost += self.cost;
        }
        let missing = if loose { self.loose } else { 0.0 };
        cost += if broken { missing.max(self.half) } else { missing };
        if surface.furniture {
            cost += FURNITURE * self.deviation;
        }
        cost
    }
}

/// Whether there is such a segment and it is `taken`.
fn is_taken(at: Option<usize>, taken: &[bool]) -> bool {
    at.and_then(|at| taken.get(at)).copied().unwrap_or_default()
}

/// Which segments point back, the first aside.
fn pointing_back(document: &Analyzed, vectors: &Vectors) -> Vec<bool> {
    let guess = document.surface.iter().any(|s| s.dangles.is_none())
        && document.weight.iter().any(|&weight| weight >= COMMON);
    let alike = if guess { neighbours(document, vectors) } else { Vec::new() };
    let mut ordered = alike.clone();
    let middle = ordered.len() / 2;
    let median =
        if ordered.is_empty() { 0.0 } else { *ordered.select_nth_unstable_by(middle, f64::total_cmp).1 };
    let back = |(row, surface): (usize, &Surface)| {
        let common = document.opening[row] < COMMON;
        row > 0 && surface.dangles.unwrap_or_else(|| guess && common && alike[row] > median)
    };
    document.surface.iter().enumerate().map(back).collect()
}

/// The cosine of each segment with the one before it; 0 for the first.
fn neighbours(document: &Analyzed, vectors: &Vectors) -> Vec<f64> {
    let mut before = vec![0.0; document.terms()];
    let alike = |row: usize| {
        let alike = vectors.dot(document, row, &before);
        if let Some(earlier) = row.checked_sub(1) {
            vectors.row(document, earlier).for_each(|(term, _)| before[term] = 0.0);
        }
        vectors.add(document, row, 1.0, &mut before);
        alike
    };
    (0..document.len()).map(alike).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::{Analyzer, Surface};
    use crate::rank::Budget;
    use crate::select::{Candidates, Mmr, Selector};

    /// What is chosen of sentences with these surfaces and scores.
    fn chosen(dangling: Dangling, body: &[(&str, Surface, f64)], count: usize) -> Vec<usize> {
        within(dangling, body, Budget::Sentences(count))
    }

    fn within(dangling: Dangling, body: &[(&str, Surface, f64)], budget: Budget) -> Vec<usize> {
        let (mut analyzer, mut document) = (Analyzer::default(), Analyzed::default());
        analyzer.analyze("en", None, "", body.iter().map(|b| (b.0, b.1)), &mut document);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let salience: Vec<f64> = body.iter().map(|b| b.2).collect();
        let candidates =
            Candidates { document: &document, vectors: &vectors, salience: &salience, open: None };
        Mmr { dangling, ..Mmr::default() }.select(candidates, budget)
    }

    #[test]
    fn a_line_of_the_page_makes_no_cost_dearer() {
        // With the line counted, the deviation would be seventy times as great, and likeness would outweigh salience.
        let body = [
            ("By Mara Ellison", Surface { furniture: true, ..PLAIN }, -20.0),
            ("A crack closed the bridge.", PLAIN, 0.9),
            ("The bridge stayed shut on Monday.", PLAIN, 0.85),
            ("Ferries carry passengers.", PLAIN, 0.6),
        ];
        assert_eq!(chosen(Dangling::Avoid, &body, 2), [1, 2]);
    }

    const PLAIN: Surface = Surface {
        quotation: false,
        question: false,
        ended: true,
        furniture: false,
        dangles: Some(false),
        goes_on: false,
        leads_on: false,
        unbalanced: false,
        bare_quotation: false,
        chars: 0,
        capitals: 0,
    };
    const BACK: Surface = Surface { dangles: Some(true), ..PLAIN };

    #[test]
    fn what_points_back_comes_with_its_predecessor_or_not_at_all() {
        let body = [
            ("Engineers found a crack in the cable.", PLAIN, 0.5),
            ("It is nine metres long.", BACK, 0.9),
            ("Ferries carry passengers.", PLAIN, 0.6),
            ("They leave every hour.", BACK, 0.3),
        ];
        assert_eq!(chosen(Dangling::Off, &body, 2), [1, 2]);
        assert_eq!(chosen(Dangling::Avoid, &body, 2), [0, 2]);
        assert_eq!(chosen(Dangling::Forbid, &body, 3), [0, 1, 2], "once it is in, what follows may come");
    }

    #[test]
    fn what_is_left_of_a_budget_of_words_is_not_filled_with_what_points_back() {
        let body = [
            ("Engineers found a crack in the cable of the long bridge.", PLAIN, 0.5),
            ("It is nine metres long.", BACK, 0.4),
            ("Ferries carry passengers.", PLAIN, 0.9),
        ];
        assert_eq!(within(Dangling::Off, &body, Budget::Words(8)), [1, 2]);
        assert_eq!(within(Dangling::Avoid, &body, Budget::Words(8)), [2]);
        assert_eq!(within(Dangling::Avoid, &body, Budget::Words(16)), [0, 2]);
        assert_eq!(within(Dangling::Avoid, &body, Budget::Words(20)), [0, 1, 2]);
        assert_eq!(within(Dangling::Avoid, &body[..2], Budget::Words(5)), [1], "better than nothing");
    }

    #[test]
    fn a_body_that_only_points_back_is_still_summarized() {
        let body = [("It shut.", BACK, 0.1), ("But why?", BACK, 0.2), ("They left.", BACK, 0.3)];
        assert_eq!(chosen(Dangling::Forbid, &body, 1), [0], "the first stands at the document's own opening");
    }

    #[test]
    fn questions_lead_ins_and_halves_of_quotations_give_way() {
        let marred = [
            Surface { question: true, ..PLAIN },
            Surface { leads_on: true, ..PLAIN },
            Surface { unbalanced: true, ..PLAIN },
            Surface { goes_on: true, ..PLAIN },
            Surface { bare_quotation: true, ..PLAIN },
            Surface { furniture: true, ..PLAIN },
        ];
        for surface in marred {
            let body = [
                ("A crack closed the bridge.", PLAIN, 0.1),
                ("Plates fell on the road.", surface, 0.52),
                ("Ferries carry passengers.", PLAIN, 0.5),
            ];
            assert_eq!(chosen(Dangling::Avoid, &body, 1), [2], "{surface:?}");
        }
    }

    #[test]
    fn half_a_quotation_or_sentence_has_to_be_far_better_where_little_is_kept() {
        let texts =
            ["A", "B", "C", "D", "E", "F", "G", "H", "K", "L"].map(|name| format!("Ferry {name} sails."));
        let mut body: Vec<_> = texts
            .iter()
            .zip(0_u8..)
            .map(|(text, at)| (text.as_str(), PLAIN, 0.4 + 0.02 * f64::from(at)))
            .collect();
        body.push(("“The bridge is closed.", Surface { unbalanced: true, ..PLAIN }, 0.66));
        assert_eq!(chosen(Dangling::Avoid, &body, 1), [9]);
        assert!(chosen(Dangling::Avoid, &body, 5).contains(&10));
        // The end of a sentence may come once its beginning is in.
        body[10] = ("and was mended at dawn.", Surface { goes_on: true, ..PLAIN }, 0.66);
        assert_eq!(chosen(Dangling::Avoid, &body, 1), [9]);
        assert_eq!(chosen(Dangling::Avoid, &body, 2), [9, 10]);
        // So may what says nothing by itself.
        body[10] = ("Of course.", PLAIN, 0.66);
        assert_eq!(chosen(Dangling::Avoid, &body, 1), [9]);
        assert_eq!(chosen(Dangling::Avoid, &body, 2), [9, 10]);
    }

    #[test]
    fn sections_are_taken_from_in_turn() {
        let texts = [
            "A crack closed the bridge.",
            "Plates fell on the road.",
            "Ferries carry passengers.",
            "Tolls rise.",
        ];
        let (mut analyzer, mut document) = (Analyzer::default(), Analyzed::default());
        analyzer.analyze("en", None, "", texts.iter().map(|&text| (text, PLAIN)), &mut document);
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        let salience = [0.9, 0.8, 0.7, 0.1];
        let chosen = |document: &Analyzed| {
            let candidates = Candidates { document, vectors: &vectors, salience: &salience, open: None };
            Mmr::default().select(candidates, Budget::Sentences(2))
        };
        assert_eq!(chosen(&document), [0, 1]);
        document.section = vec![1, 1, 2, 2];
        assert_eq!(chosen(&document), [0, 2]);
    }

    #[test]
    fn without_lists_a_common_first_word_and_likeness_to_the_sentence_before_stand_for_them() {
        let mut document = crate::lex::analyzed::from_text(
            "",
            &["Cranes lifted the bridge.", "Bridge cranes lifted it.", "Ferries sailed."],
            None,
        );
        document.weight.iter_mut().for_each(|weight| *weight = 4.0);
        document.opening = vec![4.0, 1.0, 1.0];
        let mut vectors = Vectors::default();
        vectors.fill(&document);
        assert_eq!(pointing_back(&document, &vectors), [false, true, false]);
    }
}
