//! Language tags (BCP 47), compared by their primary subtag where data is looked up.

use std::fmt;

/// A BCP 47 language tag as given (`en`, `pt-BR`, `zh-Hant`), or `und` where the language is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Box<str>);

/// Languages written from right to left (CLDR `characterOrder`), by primary subtag, when no script is named.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "glk", "he", "lrc", "mzn", "nqo", "ps", "sd", "sdh", "syr", "ug", "ur",
    "yi",
];

/// Scripts written from right to left, in lower case.
const RIGHT_TO_LEFT_SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"];

impl Lang {
    /// The tag of an unknown language, `und`.
    pub fn unknown() -> Self {
        Self("und".into())
    }

    /// A tag as given; `None` unless it has the outer shape of BCP 47: alphanumeric subtags of 1 to 8 characters joined
    /// by hyphens, the first of 2 to 8 letters. An underscore is taken as a hyphen, as POSIX locales write it.
    ///
    /// ```
    /// # use nutgraf::Lang;
    /// assert_eq!(Lang::parse("pt_BR").expect("a tag").primary(), "pt");
    /// assert!(Lang::parse("not a tag").is_none());
    /// ```
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-");
        let mut subtags = tag.split('-');
        let first = subtags.next()?;
        let language = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        let rest =
            subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
        (language && rest).then(|| Self(tag.into_boxed_str()))
    }

    /// Whether it is written from right to left: by its script where one is named, else by the language (CLDR
    /// `characterOrder`).
    pub fn is_right_to_left(&self) -> bool {
        let script = self.0.split('-').skip(1).find(|subtag| subtag.len() == 4);
        match script {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
            None => RIGHT_TO_LEFT.contains(&self.primary()),
        }
    }

    /// The whole tag as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag in lower case, by which word lists are kept: `pt` of `pt-BR`.
    /// Norwegian `no` and `nn` give `nb`, old codes (`iw`, `in`) their present ones, and `sr-Latn` gives `hr`, whose
    /// lists are in its script.
    pub fn primary(&self) -> &str {
        let (first, rest) =
            self.0.split_at_checked(2).filter(|(_, rest)| rest.is_empty()).unwrap_or(("", &self.0));
        let mut subtags = rest.split('-');
        // A bare tag of two letters is by far the most common.
        let first = if first.is_empty() { subtags.next().unwrap_or_default() } else { first };
        match first {
            "sr" if subtags.next().is_some_and(|script| script.eq_ignore_ascii_case("Latn")) => "hr",
            "no" | "nn" => "nb",
            "iw" => "he",
            "in" => "id",
            _ => first,
        }
    }

    /// Whether the language is not known.
    pub fn is_unknown(&self) -> bool {
        self.primary() == "und"
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_runs_as_its_language_and_script_do() {
        let rtl = |tag| Lang::parse(tag).is_some_and(|lang| lang.is_right_to_left());
        assert!(rtl("ar") && rtl("fa-IR") && rtl("iw") && rtl("pa-Arab") && rtl("ku-arab"));
        assert!(!rtl("en") && !rtl("az-Latn") && !rtl("und") && !rtl("ar-Latn"));
    }

    #[test]
    fn tags_with_spaces_empty_subtags_or_digits_first_are_refused() {
        for bad in ["", "e", "en--US", "12", "en us", "englishlanguage"] {
            assert!(Lang::parse(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn serbian_in_latin_letters_has_the_lists_of_croatian() {
        assert_eq!(Lang::parse("sr_Latn_RS").expect("a tag").primary(), "hr");
        assert_eq!(Lang::parse("sr-RS").expect("a tag").primary(), "sr");
    }

    #[test]
    fn a_tag_keeps_its_spelling() {
        assert_eq!(Lang::parse("zh-Hant").map(|l| l.to_string()).as_deref(), Some("zh-Hant"));
    }
}
