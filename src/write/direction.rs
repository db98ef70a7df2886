//! Which way a language runs across the page.

use crate::base::lang::Lang;

/// Languages written from right to left (CLDR `characterOrder`), by primary subtag, when no script is named.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "glk", "he", "lrc", "mzn", "nqo", "ps", "sd", "sdh", "syr", "ug", "ur",
    "yi",
];

/// Scripts written from right to left, in lower case.
const RIGHT_TO_LEFT_SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"];

/// Whether text in `lang` runs from right to left.
pub(super) fn is_right_to_left(lang: &Lang) -> bool {
    let script = lang.as_str().split('-').skip(1).find(|subtag| subtag.len() == 4);
    match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
        None => RIGHT_TO_LEFT.contains(&lang.primary()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_runs_as_its_language_and_script_do() {
        let rtl = |tag| Lang::parse(tag).is_some_and(|lang| is_right_to_left(&lang));
        assert!(rtl("ar") && rtl("fa-IR") && rtl("iw") && rtl("pa-Arab") && rtl("ku-arab"));
        assert!(!rtl("en") && !rtl("az-Latn") && !rtl("und") && !rtl("ar-Latn"));
    }
}
