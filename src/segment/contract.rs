//! What every segmenter owes, as tests of its file.

use super::{BlockText, Cuts, Decision, KINDS, Segmenter};
use crate::base::lang::Lang;
use crate::doc::block::BlockKind;

/// Texts that are odd in the ways that texts of the world are.
const TEXTS: &[&str] = &[
    "",
    "a",
    ".",
    "!?",
    "One. Two.",
    "One.\u{a0}\u{2009} Two.\u{3000}Three.",
    "“Stop!” he said. ‘No.’ (Yes.) [See p. 5.] «Нет.» — Да.",
    "Mr. J. R. Ives paid $3.50 at 5 p.m. on 3. März … and left...",
    "1. One\n2. Two\n• Three\n- Four",
    "A line\nthat was wrapped.\nA line\r\nof Windows.\u{2028}Another.\u{85}Last.",
    "大桥关闭。渡轮加开！“好。”他说。",
    "पुल बंद है। नावें चल रही हैं॥",
    "أُغلق الجسر. هل يُفتح غدا؟ لا.",
    "สะพานปิด เรือวิ่ง",
    "e\u{301}.\u{301} E\u{301}. \u{301}A",
    "👩\u{200d}🚀. 👨\u{200d}👩\u{200d}👧! 🇩🇪🇫🇷? ✋🏽.",
    "\u{202e}cba\u{202c}. \u{feff}Next.\u{200b} Zero.\u{0}\u{1}\u{ad} End.",
    "................................",
    "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"",
    ". . . . . . . . . .",
    "? ! ? ! 5\" 6' 7\". The end.\"\"",
];

const LANGS: &[&str] =
    &["und", "en", "de", "fr", "ru", "el", "ar", "hi", "zh", "ja", "th", "sr-Latn", "xx-YY"];

const KINDS_OF_BLOCKS: &[BlockKind] =
    &[BlockKind::Paragraph, BlockKind::Heading, BlockKind::ListItem, BlockKind::Quote, BlockKind::Caption];

/// The plainest segmenter, to try what overrules any: a segment begins after a full stop, `!` or `?` and white space.
#[derive(Debug)]
pub(crate) struct AfterMarks;

impl Segmenter for AfterMarks {
    fn cut(&self, block: &BlockText<'_>, cuts: &mut Cuts) {
        for (mark, _) in block.text.match_indices(['.', '!', '?']) {
            let rest = &block.text[mark + 1..];
            let word = rest.trim_start();
            if word.len() < rest.len() && !word.is_empty() {
                cuts.decide(block.text.len() - word.len(), true, || ("mark".into(), None));
            }
        }
    }
}

/// Checks that places rise and lie on characters, that no piece is white space alone, that decisions rise too and those that
/// break are the places, and that neither explaining, repeating nor a used list of cuts changes anything.
pub(crate) fn keeps_the_contract(segmenter: &dyn Segmenter) {
    let long = "Mr. Ives paid 5.3 % of “it.” No? ".repeat(300);
    let mut used = Cuts::default();
    for lang in LANGS.iter().map(|tag| Lang::parse(tag).expect("a tag")) {
        for &kind in KINDS_OF_BLOCKS {
            for text in TEXTS.iter().copied().chain([long.as_str()]) {
                let text = text.trim();
                let block = BlockText { kind, ..BlockText::paragraph(text, &lang) };
                let (places, _) = checked(segmenter, &block);
                used.clear();
                segmenter.cut(&block, &mut used);
                assert_eq!(used.places(), places, "a used list of cuts changed {text:?} in {lang}");
            }
        }
    }
}

/// Places and decisions of a segmenter about a block, checked.
pub(crate) fn checked(segmenter: &dyn Segmenter, block: &BlockText<'_>) -> (Vec<usize>, Vec<Decision>) {
    let (text, lang) = (block.text, block.lang);
    let (mut plain, mut explained) = (Cuts::default(), Cuts::new(true));
    segmenter.cut(block, &mut plain);
    segmenter.cut(block, &mut explained);
    let (places, decisions) = (plain.places().to_vec(), explained.decisions().to_vec());
    assert_eq!(places, explained.places(), "explaining changed {text:?} in {lang}");
    assert!(places.iter().all(|&at| 0 < at && at < text.len()), "{places:?} of {text:?} in {lang}");
    assert!(places.iter().all(|&at| text.is_char_boundary(at)), "{places:?} cut a character of {text:?}");
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?} of {text:?} in {lang}");
    for (from, to) in plain.pieces(text.len()).filter(|_| !text.is_empty()) {
        assert!(!text[from..to].trim().is_empty(), "{:?} of {text:?} in {lang}", &text[from..to]);
    }
    assert!(decisions.is_sorted_by(|a, b| a.at < b.at), "{decisions:?} of {text:?} in {lang}");
    let breaks: Vec<usize> = decisions.iter().filter(|d| d.breaks).map(|d| d.at).collect();
    assert_eq!(breaks, places, "decisions of {text:?} in {lang}");
    for decision in &decisions {
        assert!(!decision.reason.is_empty() && decision.margin.is_none_or(f64::is_finite), "{decision:?}");
    }
    (places, decisions)
}

/// The contract as tests of a segmenter's file.
macro_rules! segmenter_contract {
    ($segmenter:expr) => {
        #[test]
        fn keeps_the_contract_of_segmenters() {
            $crate::segment::contract::keeps_the_contract(&$segmenter);
        }

        proptest::proptest! {
            #[test]
            fn keeps_the_contract_on_any_text(
                text in "[aAbéßЯя大。1.!?…,;:()“”„»'\" \n\u{a0}\u{301}\u{200d}\u{1F600}\u{202e}।؟-]{0,60}",
                lang in "en|de|fr|ru|zh|ar|hi|und",
            ) {
                let lang = $crate::base::lang::Lang::parse(&lang).expect("a tag");
                let block = $crate::segment::BlockText::paragraph(text.trim(), &lang);
                $crate::segment::contract::checked(&$segmenter, &block);
            }
        }
    };
}
pub(crate) use segmenter_contract;

segmenter_contract!(AfterMarks);

#[test]
fn every_kind_keeps_the_contract_as_it_comes() {
    for kind in KINDS {
        // One that cannot do without settings has the contract in its own file.
        let Ok(segmenter) = kind.make(toml::Table::new()) else { continue };
        keeps_the_contract(segmenter.as_ref());
    }
}
