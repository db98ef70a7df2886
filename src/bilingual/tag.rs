//! Language tags as bilingual files must spell them: well-formed by BCP 47 (RFC 5646, §2.1).

use crate::base::lang::Lang;

/// The tag, with hyphens for underscores, when it is well-formed.
///
/// # Errors
/// Why it is not, for the person who gave it.
pub fn well_formed(tag: &str) -> Result<Lang, String> {
    let spelt = tag.trim().replace('_', "-");
    let lang = Lang::parse(&spelt).filter(|_| is_well_formed(&spelt));
    lang.ok_or_else(|| format!("`{tag}` is not a language tag (BCP 47), such as fr, pt-BR or zh-Hant"))
}

/// Language, extended languages, script, region, variants, extensions, private use: each at most where it may stand.
fn is_well_formed(tag: &str) -> bool {
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
    let mut subtags = tag.split('-').peekable();
    let Some(language) = subtags.next().filter(|s| letters(s) && (2..=8).contains(&s.len())) else {
        return false;
    };
    let mut extended = 0;
    while language.len() <= 3 && extended < 3 && subtags.next_if(|s| s.len() == 3 && letters(s)).is_some() {
        extended += 1;
    }
    subtags.next_if(|s| s.len() == 4 && letters(s));
    subtags
        .next_if(|s| (s.len() == 2 && letters(s)) || (s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit())));
    let is_variant =
        |s: &str| (5..=8).contains(&s.len()) || (s.len() == 4 && s.as_bytes()[0].is_ascii_digit());
    while subtags.next_if(|s| is_variant(s)).is_some() {}
    while let Some(singleton) = subtags.next() {
        let private = singleton.eq_ignore_ascii_case("x");
        let least = if private { 1 } else { 2 };
        let mut members = 0;
        while subtags.next_if(|s| (least..=8).contains(&s.len())).is_some() {
            members += 1;
        }
        let ends_there = subtags.peek().is_none();
        if singleton.len() != 1 || members == 0 || (private && !ends_there) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked_by_their_grammar() {
        for good in [
            "fr",
            "pt-BR",
            "zh-Hant-TW",
            "sl-rozaj-biske",
            "de-1996",
            "zh-cmn-Hans",
            "en-u-ca-buddhist",
            "de-x-house",
            "es-419",
        ] {
            assert!(well_formed(good).is_ok(), "{good}");
        }
        for bad in ["", "f", "fr-", "en-a", "en-US-GB", "fr-x", "fr-ABCDEFGHI", "12", "en us", "fr-é"] {
            assert!(well_formed(bad).is_err(), "{bad}");
        }
        assert_eq!(well_formed("fr_FR").map(|lang| lang.to_string()).as_deref(), Ok("fr-FR"));
    }
}
