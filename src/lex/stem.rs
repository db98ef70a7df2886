//! Stems, where a language has a stemmer whose output can be trusted.

use rust_stemmers::{Algorithm, Stemmer};

/// The stemmer of a language given by its primary subtag; `None` where words are scored whole.
///
/// Greek has an algorithm but goes without: the implementation panics on some Greek words.
pub fn stemmer(lang: &str) -> Option<Stemmer> {
    let algorithm = match lang {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

/// Part of a corpus model's fingerprint: changes when stems may change.
pub const VERSION: &str = "rust-stemmers 1.2.0 without greek";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// A panic in a stemmer would cost a document.
        #[test]
        fn no_stemmer_panics(word in "[\\p{L}\\p{M}'0-9]{1,12}", latin in "[a-zäöüßéèñçğışåæøőű']{1,14}", script in 0_usize..3) {
            let tamil = "ஆகஇடத்தில்";
            let words = [word.to_lowercase(), latin, tamil.chars().take(script * 4 + 1).collect()];
            for lang in ["ar", "da", "de", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "pt", "ro", "ru", "sv", "ta", "tr"] {
                let stemmer = stemmer(lang).expect("has one");
                for word in &words {
                    let _ = stemmer.stem(word);
                }
            }
        }
    }
}
