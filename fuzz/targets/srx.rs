//! Whatever a file of rules says, it is refused or its automata cut as its rules asked one by one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Lang;
use nutgraf::segment::srx::file::RuleFile;
use nutgraf::segment::srx::write;
use nutgraf::segment::{BlockText, Cuts, Segmenter, Srx};

/// Longest text that the slow way is tried on, in bytes.
const LONGEST: usize = 200;

// The rules up to a NUL, then a text.
fuzz_target!(|input: &str| {
    let (xml, text) = input.split_once('\0').unwrap_or((input, "Dr. No met Mr. A! He left. \u{201c}So?\u{201d} 3.5 a."));
    let Ok(file) = RuleFile::parse(xml) else { return };
    assert!(RuleFile::parse(&write(&file)).is_ok(), "what was written cannot be read");
    let Ok(srx) = Srx::new(&file, None, "") else { return };
    if text.len() > LONGEST {
        return;
    }
    let lang = Lang::parse("en").expect("a tag");
    let (mut fast, mut slow) = (Cuts::new(false), Cuts::new(false));
    srx.cut(&BlockText::paragraph(text, &lang), &mut fast);
    srx.cut_rule_by_rule(&BlockText::paragraph(text, &lang), &mut slow);
    assert_eq!(fast.places(), slow.places(), "{text:?}");
    assert!(fast.places().iter().all(|&at| text.is_char_boundary(at)), "{text:?}");
});
