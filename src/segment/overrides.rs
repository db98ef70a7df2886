//! What holds whatever segmenter runs: places that are forced and forbidden, exceptions of the user's own, and the longest
//! segment.

use std::num::NonZeroUsize;

use super::cuts::{Cuts, Ruling};
use super::exceptions::Exceptions;
use super::longest::{self, Limit};
use super::{BlockText, Segmenter};

/// What the user decided; nothing by default.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Characters (Unicode scalar values) of a segment, at most; `None` sets no limit.
    pub max_chars: Option<NonZeroUsize>,
    /// Strings that decide about the places beside them.
    pub exceptions: Option<Exceptions>,
}

/// Cuts a block: by `segmenter`, then by what overrules it. Of two that disagree about a place, the earlier one in this list
/// decides: places forced, places forbidden, exceptions, the segmenter; the limit cuts further what they leave too long,
/// never at a place forbidden.
///
/// Returns how many places are cut for length alone.
pub fn cut(
    segmenter: &dyn Segmenter,
    overrides: &Overrides,
    block: &BlockText<'_>,
    cuts: &mut Cuts,
) -> usize {
    segmenter.cut(block, cuts);
    let rulings = rulings(overrides, block, cuts);
    cuts.overrule(&rulings);
    let Some(max) = overrides.max_chars else { return 0 };
    let shorter = shorter(max, &rulings, block, cuts);
    cuts.overrule(&shorter);
    shorter.len()
}

/// What overrules the segmenter, rising and one a gap.
fn rulings(overrides: &Overrides, block: &BlockText<'_>, cuts: &Cuts) -> Vec<Ruling> {
    let text = block.text;
    let forced = block.forced.iter().filter_map(|&at| Ruling::at(text, at, true, "forced"));
    let mut rulings: Vec<Ruling> = forced.collect();
    let listed = overrides.exceptions.as_ref().map(|list| list.rulings(text)).unwrap_or_default();
    if !block.forbidden.is_empty() {
        let named = listed.iter().filter(|ruling| ruling.breaks).map(|ruling| ruling.at);
        let places = cuts.places().iter().copied().chain(named);
        let gaps = places.filter_map(|at| Ruling::at(text, at, false, "forbidden"));
        rulings.extend(gaps.filter(|gap| is_forbidden(block, gap.at)));
    }
    rulings.extend(listed);
    // The sort keeps the order of those at one place, and the first of them decides.
    rulings.sort_by_key(|ruling| ruling.at);
    rulings.dedup_by_key(|ruling| ruling.at);
    rulings
}

/// Whether a segment must not begin at `at`: it lies inside a range, not at its edges.
fn is_forbidden(block: &BlockText<'_>, at: usize) -> bool {
    let after = block.forbidden.partition_point(|range| range.end <= at);
    block.forbidden.get(after).is_some_and(|range| range.start < at)
}

/// Where segments are cut for being longer than `max` characters.
fn shorter(max: NonZeroUsize, rulings: &[Ruling], block: &BlockText<'_>, cuts: &Cuts) -> Vec<Ruling> {
    let joined = |at: usize| rulings.binary_search_by_key(&at, |r| r.at).is_ok_and(|i| !rulings[i].breaks);
    let limit = Limit {
        max: max.get(),
        lang: block.lang.primary(),
        forbidden: &|at| is_forbidden(block, at),
        avoided: &joined,
    };
    let mut shorter = Vec::new();
    for (from, to) in cuts.pieces(block.text.len()) {
        let piece = &block.text[from..to];
        let start = to - piece.trim_start().len();
        longest::cut(block.text, start, from + piece.trim_end().len(), &limit, &mut shorter);
    }
    shorter
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use proptest::prelude::*;

    use super::*;
    use crate::base::lang::Lang;
    use crate::segment::Learned;
    use crate::segment::contract::AfterMarks;

    /// The segments, and how many places were cut for length.
    fn segments(overrides: &Overrides, block: &BlockText<'_>) -> (String, usize) {
        let mut cuts = Cuts::default();
        let shorter = cut(&AfterMarks, overrides, block, &mut cuts);
        let pieces = cuts.pieces(block.text.len()).map(|(from, to)| block.text[from..to].trim());
        (pieces.collect::<Vec<_>>().join("\n"), shorter)
    }

    fn lang() -> Lang {
        Lang::parse("en").expect("a tag")
    }

    fn listed(list: &str) -> Overrides {
        Overrides { exceptions: Some(Exceptions::parse(list).expect("a list")), ..Overrides::default() }
    }

    #[test]
    fn exceptions_overrule_the_segmenter_both_ways() {
        let lang = lang();
        let block = BlockText::paragraph("He ran 5 klm. Then he stopped; she did not. Q: Why?", &lang);
        let list = listed("[never]\nklm.\n[always]\n;\n[before]\nQ:");
        insta::assert_snapshot!(segments(&list, &block).0, @r"
        He ran 5 klm. Then he stopped;
        she did not.
        Q: Why?
        ");
    }

    #[test]
    fn forced_places_win_over_forbidden_ones_and_these_over_exceptions() {
        let lang = lang();
        let text = "Call `a. B; c` now. Or never.";
        let block = BlockText {
            forced: &[9, 14],
            forbidden: from_ref(&(5..14)),
            ..BlockText::paragraph(text, &lang)
        };
        let list = listed("[always]\n;\na.");
        insta::assert_snapshot!(segments(&list, &block).0, @r"
        Call `a.
        B; c`
        now.
        Or never.
        ");
    }

    #[test]
    fn a_segment_may_begin_where_a_forbidden_range_ends() {
        let lang = lang();
        let text = "The ferry is late. It sails.";
        let places = |range: std::ops::Range<usize>| {
            let forbidden = from_ref(&range);
            let block = BlockText { forbidden, ..BlockText::paragraph(text, &lang) };
            let mut cuts = Cuts::default();
            cut(&Learned::default(), &Overrides::default(), &block, &mut cuts);
            cuts.places().to_vec()
        };
        assert_eq!(
            places(4..19),
            [18],
            "the white space before the place lies inside, the place at the edge"
        );
        assert_eq!(places(4..20), [] as [usize; 0]);
    }

    #[test]
    fn the_limit_cuts_what_is_too_long_and_says_how_often() {
        let lang = lang();
        let block = BlockText::paragraph("Short. The bridge is closed, and the old ford is open.", &lang);
        let overrides = Overrides { max_chars: NonZeroUsize::new(30), ..Overrides::default() };
        let (shown, shorter) = segments(&overrides, &block);
        insta::assert_snapshot!(shown, @r"
        Short.
        The bridge is closed,
        and the old ford is open.
        ");
        assert_eq!(shorter, 1);
    }

    #[test]
    fn the_limit_goes_around_what_exceptions_join_and_ranges_forbid() {
        let lang = lang();
        let text = "They saw Capt. Ives of `the old ferry` today";
        let plain = BlockText::paragraph(text, &lang);
        let list = Overrides { max_chars: NonZeroUsize::new(16), ..listed("[never]\nCapt.") };
        assert_eq!(segments(&list, &plain).0, "They saw\nCapt. Ives of\n`the old\nferry` today");
        let block = BlockText { forbidden: from_ref(&(23..38)), ..plain };
        assert_eq!(segments(&list, &block).0, "They saw\nCapt. Ives of\n`the old ferry`\ntoday");
    }

    proptest! {
        /// Rulings come out rising, one a gap, and a used list of cuts gives what a fresh one gives.
        #[test]
        fn places_rise_and_explaining_changes_none(
            text in "[a-cA-C .,;!?“”\n。大\u{301}\u{200d}-]{0,60}",
            max in proptest::option::of(1_usize..12),
            forced in proptest::collection::vec(0_usize..60, 0..4),
            from in 0_usize..40,
        ) {
            let lang = lang();
            let text = text.trim();
            let mut forced = forced;
            forced.sort_unstable();
            let range = from..from + 9;
            let forbidden = from_ref(&range);
            let block = BlockText { forced: &forced, forbidden, ..BlockText::paragraph(text, &lang) };
            let list = listed("[never]\na.\nB\n[always]\n;\nc\n[before]\nA\nab");
            let overrides = Overrides { max_chars: max.and_then(NonZeroUsize::new), ..list };
            let (mut plain, mut explained) = (Cuts::default(), Cuts::new(true));
            cut(&AfterMarks, &overrides, &block, &mut plain);
            cut(&AfterMarks, &overrides, &block, &mut explained);
            prop_assert_eq!(plain.places(), explained.places());
            let said: Vec<usize> = explained.decisions().iter().filter(|d| d.breaks).map(|d| d.at).collect();
            prop_assert_eq!(plain.places(), said);
            prop_assert!(explained.decisions().is_sorted_by(|a, b| a.at < b.at));
            for (from, to) in plain.pieces(text.len()) {
                prop_assert!(text.is_empty() || !text[from..to].trim().is_empty(), "{:?}", &text[from..to]);
            }
        }
    }
}
