//! Words as Unicode Standard Annex #29 cuts them, of which those that hold a letter or digit count.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Byte ranges of the words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.unicode_word_indices().map(|(at, word)| at..at + word.len())
}

/// How many words `text` has.
pub fn count(text: &str) -> usize {
    words(text).count()
}
