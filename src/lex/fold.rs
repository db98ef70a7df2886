//! One form for all spellings of a word: the form that stop lists, stemmers and document frequencies see.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Writes the folded form of `word` into `out`: lower case, NFC, curly apostrophes straight, joiners, soft hyphens and
/// bidi marks gone; in French, Italian and Catalan without an elided article or pronoun (`l'homme` → `homme`).
pub fn fold(word: &str, lang: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
    } else {
        let kept = word.chars().filter_map(|c| match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => None,
            '’' | '‘' | 'ʼ' | '＇' => Some('\''),
            other => Some(other),
        });
        for c in kept {
            // The Turkic dotless i is the one pair of letters whose lower case depends on the language.
            match c {
                'I' if matches!(lang, "tr" | "az") => out.push('ı'),
                'İ' => out.push('i'),
                other => out.extend(other.to_lowercase()),
            }
        }
        if !is_nfc(out) {
            *out = out.nfc().collect();
        }
    }
    if matches!(lang, "tr" | "az") && word.is_ascii() && word.contains('I') {
        *out = word.replace('I', "ı").to_lowercase();
    }
    if matches!(lang, "fr" | "it" | "ca") {
        drop_elision(out);
    }
}

/// Longest elided word before an apostrophe, in bytes: `quell'`, `dell'`, `lorsqu'` are within it, `aujourd'` is not
/// elided but is kept whole by the list below.
const LONGEST_ELISION: usize = 7;

fn drop_elision(word: &mut String) {
    let Some(at) = word.find('\'') else { return };
    let rest = word.len() - at - 1;
    if at <= LONGEST_ELISION && rest >= 2 && &word[..at] != "aujourd" {
        word.drain(..=at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(word: &str, lang: &str) -> String {
        let mut out = String::new();
        fold(word, lang, &mut out);
        out
    }

    #[test]
    fn spellings_of_a_word_fold_to_one() {
        assert_eq!(folded("Don’t", "en"), folded("DON'T", "en"));
        assert_eq!(folded("E\u{301}te\u{301}", "fr"), "été");
        assert_eq!(folded("می\u{200c}خواهم", "fa"), "میخواهم");
    }

    #[test]
    fn elided_articles_go_and_words_with_an_apostrophe_stay() {
        assert_eq!(folded("L’homme", "fr"), "homme");
        assert_eq!(folded("dell'acqua", "it"), "acqua");
        assert_eq!(folded("aujourd'hui", "fr"), "aujourd'hui");
        assert_eq!(folded("o'clock", "en"), "o'clock");
    }

    #[test]
    fn turkish_capital_i_keeps_its_dotlessness() {
        assert_eq!(folded("ISPARTA", "tr"), "ısparta");
        assert_eq!(folded("İzmir", "tr"), "izmir");
        assert_eq!(folded("IŞIK", "tr"), "ışık");
    }
}
