//! Whatever a text holds, in whatever language it is said to be, the default segmenter names rising places inside it that
//! leave no piece blank, and explaining changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Lang;
use nutgraf::segment::{BlockText, Cuts, Learned, Segmenter};

const LANGS: [&str; 12] = ["und", "en", "de", "fr", "ru", "uk", "hy", "el", "ko", "ja", "hi", "tr"];

fuzz_target!(|input: (u8, &str)| {
    let (number, text) = (usize::from(input.0), input.1.trim());
    let lang = Lang::parse(LANGS[number % LANGS.len()]).expect("a tag");
    let block = BlockText::paragraph(text, &lang);
    let (mut plain, mut explained) = (Cuts::default(), Cuts::new(true));
    Learned::default().cut(&block, &mut plain);
    Learned::default().cut(&block, &mut explained);
    assert_eq!(plain.places(), explained.places());
    let places: Vec<usize> = explained.decisions().iter().map(|decision| decision.at).collect();
    assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
    for at in places {
        assert!(0 < at && at < text.len() && text.is_char_boundary(at), "{at}");
    }
    for (from, to) in plain.pieces(text.len()).filter(|_| !text.is_empty()) {
        assert!(!text[from..to].trim().is_empty(), "{:?}", &text[from..to]);
    }
});
