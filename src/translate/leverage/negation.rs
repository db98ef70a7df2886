//! Words that turn a sentence into its opposite: a match that has one more or one less is nearly right and all wrong.

use unicode_segmentation::UnicodeSegmentation;

use crate::translate::leverage::fold::fold;

/// Words of negation by language. Words that are more often something else are left out (French *pas* stands for *ne … pas*,
/// which speech drops; Portuguese *nem*, Spanish *ni* with it).
const WORDS: [(&str, &[&str]); 17] = [
    ("cs", &["ne", "není", "nejsou", "nebyl", "nebyla", "nebylo", "nikdy", "nikdo", "nic", "bez"]),
    ("da", &["ikke", "aldrig", "ingen", "intet", "uden"]),
    (
        "de",
        &[
            "nicht", "nie", "niemals", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nichts",
            "niemand", "ohne",
        ],
    ),
    ("en", &["not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "without"]),
    (
        "es",
        &["no", "nunca", "jamás", "ningún", "ninguno", "ninguna", "nada", "nadie", "ni", "sin", "tampoco"],
    ),
    ("fi", &["ei", "eivät", "en", "emme", "ette", "et", "älä", "ilman"]),
    ("fr", &["pas", "jamais", "aucun", "aucune", "rien", "personne", "ni", "sans", "nul", "nulle", "guère"]),
    ("hu", &["nem", "ne", "nincs", "nincsenek", "soha", "sem", "nélkül"]),
    ("it", &["non", "no", "mai", "nessun", "nessuno", "nessuna", "niente", "nulla", "né", "senza"]),
    ("nl", &["niet", "geen", "nooit", "niets", "niemand", "noch", "zonder"]),
    ("no", &["ikke", "aldri", "ingen", "intet", "uten"]),
    ("pl", &["nie", "nigdy", "nikt", "nic", "żaden", "żadna", "żadne", "bez"]),
    ("pt", &["não", "nunca", "jamais", "nenhum", "nenhuma", "nada", "ninguém", "nem", "sem"]),
    ("ro", &["nu", "n", "niciodată", "nimeni", "nimic", "niciun", "nicio", "fără"]),
    ("ru", &["не", "нет", "ни", "никогда", "никто", "ничего", "без"]),
    ("sv", &["inte", "ej", "aldrig", "ingen", "inget", "inga", "utan"]),
    ("uk", &["не", "немає", "ні", "ніколи", "ніхто", "нічого", "без"]),
];

/// How many words of negation `text` holds, in a language of the list; 0 in any other.
///
/// English contractions count (`isn't`, with either apostrophe).
pub fn negations(text: &str, lang: &str) -> usize {
    let primary = match lang.split(['-', '_']).next().unwrap_or(lang) {
        "nb" | "nn" => "no",
        other => other,
    };
    let Some((_, list)) = WORDS.iter().find(|(lang, _)| lang.eq_ignore_ascii_case(primary)) else {
        return 0;
    };
    let is_one = |word: &str| {
        let word = word.to_lowercase();
        list.contains(&word.as_str()) || (primary == "en" && word.ends_with("n't"))
    };
    fold(text).unicode_words().filter(|word| is_one(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_negation_are_counted_by_language() {
        assert_eq!(negations("It isn’t NOT open, it can't be.", "en-GB"), 3);
        assert_eq!(negations("Le pont ne ferme jamais.", "fr"), 1);
        assert_eq!(negations("No, it is not.", "eo"), 0);
    }
}
