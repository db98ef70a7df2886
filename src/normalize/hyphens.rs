//! Words cut at line ends, as printed pages and old wires do: `inter-⏎national`.

use memchr::memmem;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{FieldCx, Normalizer};
use crate::doc::text::Edits;

/// Joins the halves of a word where the text has the whole word elsewhere and not the word with its hyphen; joins them
/// around the hyphen (`well-⏎known`) where it is the other way round. Without such a witness, lines stay.
///
/// The line then ends after the word, so that the width of hard-wrapped text still shows.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hyphens {}

impl Normalizer for Hyphens {
    fn edit(&self, text: &str, cx: FieldCx, edits: &mut Edits) {
        if cx.lines || cx.marked {
            return;
        }
        let cuts: Vec<Cut<'_>> =
            memmem::find_iter(text.as_bytes(), "-\n").filter_map(|at| Cut::at(text, at)).collect();
        if cuts.is_empty() {
            return;
        }
        let words = words(text, &cuts);
        for cut in &cuts {
            let whole = words.contains(&format!("{}{}", cut.left, cut.right).to_lowercase());
            let hyphenated = words.contains(&format!("{}-{}", cut.left, cut.right).to_lowercase());
            if whole == hyphenated {
                continue;
            }
            edits.delete(if whole { cut.at } else { cut.at + 1 }, cut.at + 2);
            let line = &text[cut.at + 2..];
            // A line without a space ends where it did, which may be in the middle of the next word that was cut.
            if let Some(end) = line.find([' ', '\n']).filter(|&end| line[end..].starts_with(' ')) {
                let space = cut.at + 2 + end;
                edits.replace(space, space + 1, "\n");
            }
        }
    }
}

/// A word cut at a line end.
struct Cut<'t> {
    /// Where its first half begins.
    start: usize,
    /// Where its hyphen stands.
    at: usize,
    left: &'t str,
    right: &'t str,
}

impl<'t> Cut<'t> {
    /// The cut whose hyphen stands at `at`, if small letters stand on both sides.
    fn at(text: &'t str, at: usize) -> Option<Self> {
        let before = &text[..at];
        let left = &before[before.trim_end_matches(char::is_alphabetic).len()..];
        let after = &text[at + 2..];
        let right = &after[..after.len() - after.trim_start_matches(char::is_alphabetic).len()];
        let sound = left.chars().next_back().is_some_and(char::is_lowercase)
            && right.chars().next().is_some_and(char::is_lowercase);
        sound.then_some(Self { start: at - left.len(), at, left, right })
    }
}

/// The words of the text in small letters, those with hyphens whole and in parts; without the halves of the cuts.
fn words(text: &str, cuts: &[Cut<'_>]) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    let mut at = 0;
    let ends = cuts.iter().map(|cut| (cut.start, cut.at + 2 + cut.right.len()));
    for (start, end) in ends.chain([(text.len(), text.len())]) {
        let free = text.get(at..start).unwrap_or_default();
        for word in free.split(|c: char| !c.is_alphabetic() && c != '-').filter(|word| !word.is_empty()) {
            let word = word.to_lowercase();
            for part in word.split('-').filter(|part| part.len() < word.len()) {
                words.insert(part.to_owned());
            }
            words.insert(word);
        }
        at = end;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::testing::edited;

    #[test]
    fn a_word_that_the_text_has_whole_is_joined() {
        let text = "The international court met. An inter-\nnational, open panel of judges.";
        assert_eq!(
            edited(&Hyphens {}, text),
            "The international court met. An international,\nopen panel of judges."
        );
    }

    #[test]
    fn two_words_cut_at_the_ends_of_one_line_are_joined() {
        let text = "Harbour and bridge: the har-\nbour/brid-\nge tariff.";
        assert_eq!(edited(&Hyphens {}, text), "Harbour and bridge: the harbour/bridge\ntariff.");
    }

    #[test]
    fn a_word_that_the_text_has_with_a_hyphen_keeps_it() {
        let text = "A well-known judge. The well-\nknown case.";
        assert_eq!(edited(&Hyphens {}, text), "A well-known judge. The well-known\ncase.");
    }

    #[test]
    fn without_a_witness_lines_stay() {
        for text in [
            "The inter-\nnational court.",
            "wellknown well-known well-\nknown",
            "north- and south-\nbound",
            "x -\ny",
        ] {
            assert_eq!(edited(&Hyphens {}, text), text);
        }
    }
}
