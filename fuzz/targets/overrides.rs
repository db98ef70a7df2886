//! Any list of exceptions is refused with its line or is held, and whatever is forced, forbidden and limited, segments stay
//! whole: places rise, none lies at an edge or inside a character, no piece is white space alone, and explaining changes
//! nothing.
#![no_main]

use std::num::NonZeroUsize;

use libfuzzer_sys::fuzz_target;
use nutgraf::Lang;
use nutgraf::segment::{BlockText, Cuts, Exceptions, KINDS, Overrides, cut};

// The list, then a line of four numbers (longest segment, a forced place, the edges of a forbidden range), then the text,
// each after a line `---`.
fuzz_target!(|input: &str| {
    let mut parts = input.splitn(3, "\n---\n");
    let (list, numbers, text) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let exceptions = match Exceptions::parse(list) {
        Ok(exceptions) => exceptions,
        Err((line, reason)) => {
            assert!((1..=list.lines().count()).contains(&line) && !reason.is_empty(), "{line}: {reason}");
            return;
        }
    };
    let mut numbers =
        numbers.unwrap_or_default().split(' ').map(|n| n.parse::<u16>().unwrap_or_default() as usize);
    let mut next = || numbers.next().unwrap_or_default();
    let overrides = Overrides { max_chars: NonZeroUsize::new(next()), exceptions: Some(exceptions) };
    let (forced, from, to) = ([next()], next(), next());
    let lang = Lang::parse("en").expect("a tag");
    let text = text.unwrap_or_default().trim();
    let forbidden = [from..from.max(to)];
    let block = BlockText { forced: &forced, forbidden: &forbidden, ..BlockText::paragraph(text, &lang) };
    for kind in KINDS {
        let Ok(segmenter) = kind.make(toml::Table::new()) else { continue };
        let (mut plain, mut explained) = (Cuts::default(), Cuts::new(true));
        let shorter = cut(segmenter.as_ref(), &overrides, &block, &mut plain);
        cut(segmenter.as_ref(), &overrides, &block, &mut explained);
        assert_eq!(plain.places(), explained.places());
        assert!(shorter <= plain.places().len());
        assert!(plain.places().is_sorted_by(|a, b| a < b));
        for &at in plain.places() {
            assert!(0 < at && at < text.len() && text.is_char_boundary(at), "{at}");
            // A place may stand before the white space that its segment begins behind.
            let begins = text.len() - text[at..].trim_start().len();
            assert!(
                at == forced[0]
                    || !(from < begins && begins < to)
                    || (text[..at].trim_end().len()..=at).contains(&forced[0]),
                "{at}"
            );
        }
        for (from, to) in plain.pieces(text.len()).filter(|_| !text.is_empty()) {
            assert!(!text[from..to].trim().is_empty(), "{:?}", &text[from..to]);
        }
    }
});
