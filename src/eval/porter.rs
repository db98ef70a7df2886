//! Porter's stemmer (Porter 1980) as NLTK extends it, which is what the ROUGE package stems with. Not Porter2.
//!
//! The extensions: a table of words that go their own way; `y` becomes `i` behind a consonant, and only there; `ies` and `ied`
//! of four letters keep their `e`; `alli` is taken off first, then its step is done again; `fulli` and `logi`.

/// Words whose stem is none of the rules' making.
const IRREGULAR: [(&str, &str); 16] = [
    ("canning", "canning"),
    ("cannings", "canning"),
    ("dying", "die"),
    ("exceed", "exceed"),
    ("howe", "howe"),
    ("inning", "inning"),
    ("innings", "inning"),
    ("lying", "lie"),
    ("news", "news"),
    ("outing", "outing"),
    ("outings", "outing"),
    ("proceed", "proceed"),
    ("skies", "sky"),
    ("sky", "sky"),
    ("succeed", "succeed"),
    ("tying", "tie"),
];

/// Makes `word`, of small ASCII letters and digits, its stem. Words of up to two letters stay as they are.
pub(super) fn stem(word: &mut String) {
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word.as_str(), |row| row.0) {
        IRREGULAR[at].1.clone_into(word);
    } else if word.len() > 2 {
        plural(word);
        past(word);
        if word.ends_with('y') && word.len() > 2 && is_consonant(&word[..word.len() - 1]) {
            replace(word, 1, "i");
        }
        double_suffix(word);
        apply(word, &STEP_3, |stem| measure(stem) > 0);
        apply(word, &STEP_4, |stem| measure(stem) > 1);
        last_letter(word);
    }
}

/// Step 1a.
fn plural(word: &mut String) {
    if word.ends_with("ies") && word.len() == 4 {
        replace(word, 1, "");
    } else {
        apply(word, &[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")], |_| true);
    }
}

/// Step 1b.
fn past(word: &mut String) {
    if word.ends_with("ied") {
        let gone = if word.len() == 4 { 1 } else { 2 };
        return replace(word, gone, "");
    }
    if let Some(stem) = word.strip_suffix("eed") {
        if measure(stem) > 0 {
            replace(word, 1, "");
        }
        return;
    }
    let Some(stem) = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing")) else { return };
    if consonants(stem).all(|consonant| consonant) {
        return;
    }
    let kept = stem.len();
    word.truncate(kept);
    if ["at", "bl", "iz"].iter().any(|end| word.ends_with(end)) {
        word.push('e');
    } else if ends_double(word) {
        if !word.ends_with(['l', 's', 'z']) {
            word.pop();
        }
    } else if measure(word) == 1 && ends_short(word) {
        word.push('e');
    }
}

/// Step 2.
fn double_suffix(word: &mut String) {
    if word.strip_suffix("alli").is_some_and(|stem| measure(stem) > 0) {
        replace(word, 2, "");
    }
    if word.ends_with("logi") {
        // The l counts with the stem, so that "geologi" is stemmed as "archaeologi" is.
        if measure(&word[..word.len() - 3]) > 0 {
            replace(word, 1, "");
        }
        return;
    }
    apply(word, &STEP_2, |stem| measure(stem) > 0);
}

/// Steps 5a and 5b.
fn last_letter(word: &mut String) {
    if let Some(stem) = word.strip_suffix('e') {
        let (measure, length) = (measure(stem), stem.len());
        if measure > 1 || measure == 1 && !ends_short(stem) {
            word.truncate(length);
        }
    }
    if word.ends_with("ll") && measure(&word[..word.len() - 1]) > 1 {
        word.pop();
    }
}

const STEP_2: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
];

const STEP_3: [(&str, &str); 7] = [
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

/// `ion` goes behind `s` and `t` alone, which [`apply`] knows.
const STEP_4: [(&str, &str); 19] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ion", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
];

/// Puts `with` in the place of the last `gone` letters.
fn replace(word: &mut String, gone: usize, with: &str) {
    word.truncate(word.len() - gone);
    word.push_str(with);
}

/// Replaces the first suffix that `word` has, if what stands before it is as `may` asks; no other is tried.
fn apply(word: &mut String, rules: &[(&str, &str)], may: impl Fn(&str) -> bool) {
    let found = rules.iter().find_map(|&(suffix, with)| Some((suffix, with, word.strip_suffix(suffix)?)));
    if let Some((suffix, with, stem)) = found
        && may(stem)
        && (suffix != "ion" || stem.ends_with(['s', 't']))
    {
        replace(word, suffix.len(), with);
    }
}

/// Whether each letter is a consonant: neither a vowel, nor a `y` behind a consonant.
fn consonants(stem: &str) -> impl Iterator<Item = bool> {
    stem.bytes().scan(false, |before, letter| {
        *before = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !*before,
            _ => true,
        };
        Some(*before)
    })
}

/// Whether the last letter is a consonant.
fn is_consonant(stem: &str) -> bool {
    consonants(stem).last().unwrap_or_default()
}

/// How often a consonant stands behind a vowel: Porter's *m*.
fn measure(stem: &str) -> usize {
    let mut before = true;
    let mut found = 0;
    for consonant in consonants(stem) {
        found += usize::from(consonant && !before);
        before = consonant;
    }
    found
}

/// Whether the word ends in one consonant twice: Porter's `*d`.
fn ends_double(word: &str) -> bool {
    matches!(word.as_bytes(), [.., a, b] if a == b) && is_consonant(word)
}

/// Whether the word ends as in `hop` or is as `up`: Porter's `*o`, extended.
fn ends_short(word: &str) -> bool {
    let before = consonants(word).skip(word.len().saturating_sub(3));
    match before.collect::<Vec<_>>()[..] {
        [true, false, true] => !word.ends_with(['w', 'x', 'y']),
        [false, true] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stemmed(word: &str) -> String {
        let mut word = word.to_owned();
        stem(&mut word);
        word
    }

    /// Written by `tools/check_rouge.py --write` with NLTK's stemmer.
    #[test]
    fn stems_are_those_of_nltk() {
        let rows = include_str!("../../tests/fixtures/porter.tsv").lines().map(|row| row.split_once('\t'));
        for (word, expected) in rows.map(|row| row.expect("two columns")) {
            assert_eq!(stemmed(word), expected, "{word}");
        }
    }

    #[test]
    fn words_that_go_their_own_way_rise_so_that_they_can_be_looked_up() {
        assert!(IRREGULAR.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn short_words_stay_as_they_are() {
        assert_eq!(["is", "as", "s", ""].map(stemmed), ["is", "as", "s", ""]);
    }

    proptest! {
        #[test]
        fn a_stem_is_no_longer_than_its_word(word in "[a-z0-9]{0,12}|[yedingslati]{0,12}") {
            prop_assert!(stemmed(&word).len() <= word.len());
        }
    }
}
