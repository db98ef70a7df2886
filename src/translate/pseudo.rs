//! Pseudo-translation: text that looks foreign and can still be read, to see before any translator is paid whether all text
//! comes back, whether longer text fits, and whether anything was left out.

use crate::base::lang::Lang;
use crate::translate::protect::items;

/// Letters and what stands for them.
const ACCENTED: [(&str, &str); 2] = [
    ("abcdefghijklmnopqrstuvwxyz", "àƀçďéƒğĥíĵķļɱñôþɋŕšţúṽŵẋýž"),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ÀƁÇĎÉƑĞĤÍĴĶĻṀÑÔÞɊŔŠŢÚṼŴẊÝŽ"),
];

/// Letters of the source for one of padding: targets of European languages are about 30 % longer than English.
const PADDING: usize = 10;

/// Around the whole, so that text cut off at either end is seen.
const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// What padding is made of.
const PAD: char = '~';

/// `source` with accents on its letters, made longer by about 30 % and put between `⟦` and `⟧`; protected items stand as they do
/// in the source, and white space around it stays outside. The same source gives the same text.
///
/// Blank text stays as it is. Letters of other scripts are kept.
///
/// ```
/// use nutgraf::{Lang, translate::pseudo::pseudo};
/// let en = Lang::parse("en").expect("a tag");
/// assert_eq!(pseudo("Call {name} at 5:30 pm.", &en), "⟦Çàļļ {name} àţ 5:30 pm. ~⟧");
/// ```
pub fn pseudo(source: &str, lang: &Lang) -> String {
    let inner = source.trim();
    if inner.is_empty() {
        return source.to_owned();
    }
    let start = source.len() - source.trim_start().len();
    let mut out = String::with_capacity(source.len() * 2);
    out.push_str(&source[..start]);
    out.push(OPEN);
    let (mut at, mut letters) = (0, 0);
    for item in items(inner, lang) {
        letters += push_accented(&inner[at..item.span.start], &mut out);
        out.push_str(item.text);
        at = item.span.end;
    }
    letters += push_accented(&inner[at..], &mut out);
    let padding = (letters * 3).div_ceil(PADDING);
    if padding > 1 {
        out.push(' ');
        out.extend(std::iter::repeat_n(PAD, padding - 1));
    }
    out.push(CLOSE);
    out.push_str(&source[start + inner.len()..]);
    out
}

/// What a pseudo-translation shows of its source: the text between its brackets, without the padding. `None` for any other text.
///
/// ```
/// # use nutgraf::translate::pseudo::inner;
/// assert_eq!(inner("⟦Ţĥé ƒéŕŕý ļéƒţ. ~~~⟧"), Some("Ţĥé ƒéŕŕý ļéƒţ."));
/// assert_eq!(inner("Le ferry est parti."), None);
/// ```
pub fn inner(target: &str) -> Option<&str> {
    let text = target.strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    Some(text.trim_end_matches(PAD).strip_suffix(' ').unwrap_or(text))
}

/// Adds `text` with accents, and gives the number of its letters.
fn push_accented(text: &str, out: &mut String) -> usize {
    let mut letters = 0;
    for c in text.chars() {
        letters += usize::from(c.is_alphabetic());
        let accented = ACCENTED.iter().find_map(|(plain, foreign)| foreign.chars().nth(plain.find(c)?));
        out.push(accented.unwrap_or(c));
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::protect::items;

    #[test]
    fn protected_items_stay_and_white_space_stays_outside() {
        let en = Lang::parse("en").expect("a tag");
        let text = pseudo(" See https://tarn.example/a, <b>12,500</b> boats, @ida_b.\n", &en);
        insta::assert_snapshot!(text.trim(), @"⟦Šéé https://tarn.example/a, <b>12,500</b> ƀôàţš, @ida_b. ~~⟧");
        assert!(text.starts_with(" ⟦") && text.ends_with("⟧\n"));
        assert_eq!(pseudo(" \n", &en), " \n");
    }

    #[test]
    fn what_is_shown_is_found_again() {
        let en = Lang::parse("en").expect("a tag");
        for (source, shown) in [("The tide turned.", "Ţĥé ţíďé ţúŕñéď."), ("12", "12")] {
            assert_eq!(inner(&pseudo(source, &en)), Some(shown), "{source}");
        }
    }

    proptest::proptest! {
        /// A pseudo-translation has the items of its source.
        #[test]
        fn all_items_come_through(source in "[a-z0-9A-Z .,@{}<>/:%-]{1,40}") {
            let en = Lang::parse("en").expect("a tag");
            let text = pseudo(&source, &en);
            let mut rest = text.as_str();
            for item in items(&source, &en) {
                let at = rest.find(item.text);
                proptest::prop_assert!(at.is_some(), "{} is lost in {text}", item.text);
                rest = &rest[at.unwrap_or(0) + item.text.len()..];
            }
        }
    }
}
