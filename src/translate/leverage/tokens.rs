//! Texts as numbers: one for each word, number or mark.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::translate::leverage::fold::fold;
use crate::translate::leverage::number;

/// Stands for any number where numbers are not told apart.
const NUMBER: u64 = 0x006e_756d_6265_7200;

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the folded text.
    pub at: Range<usize>,
    /// Whether it is a number in digits, with its separators.
    pub is_number: bool,
}

/// A text cut into tokens, in the form that percentages are counted on; see [`fuzzy`](super::fuzzy).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    text: String,
    pieces: Vec<Token>,
    hashes: Vec<u64>,
}

impl Tokens {
    /// The tokens of `text`.
    pub fn of(text: &str) -> Self {
        let text = fold(text).into_owned();
        let numbers = number::find(&text);
        let mut tokens = Vec::with_capacity(text.len() / 4);
        let mut from = 0;
        for number in numbers {
            words(&text, from..number.start, &mut tokens);
            from = number.end;
            tokens.push(Token { at: number, is_number: true });
        }
        words(&text, from..text.len(), &mut tokens);
        let mut lower = String::new();
        let hashes = tokens.iter().map(|token| hash(&text[token.at.clone()], &mut lower)).collect();
        Self { text, pieces: tokens, hashes }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.pieces
    }

    /// A number for each token, without regard to case.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The same, but with one number for all numbers in digits.
    pub fn without_numbers(&self) -> Vec<u64> {
        let pairs = self.pieces.iter().zip(&self.hashes);
        pairs.map(|(token, hash)| if token.is_number { NUMBER } else { *hash }).collect()
    }

    /// The hashes of those that are numbers.
    #[cfg(feature = "tm")]
    pub(crate) fn numbers(&self) -> impl Iterator<Item = u64> {
        let pairs = self.pieces.iter().zip(&self.hashes);
        pairs.filter(|(token, _)| token.is_number).map(|(_, hash)| *hash)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Whether there is none: the text is empty or blank.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The text of `token`.
    pub fn str(&self, token: &Token) -> &str {
        &self.text[token.at.clone()]
    }
}

/// Cuts `range` of `text` at white space, words and marks.
fn words(text: &str, range: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = range.start;
    for piece in text[range].split(' ') {
        if piece.bytes().all(|b| b.is_ascii_alphabetic()) {
            // By far the most; the library would find the same.
            if !piece.is_empty() {
                tokens.push(Token { at: at..at + piece.len(), is_number: false });
            }
        } else {
            for (start, word) in piece.split_word_bound_indices() {
                let at = at + start..at + start + word.len();
                tokens.push(Token { at, is_number: false });
            }
        }
        at += piece.len() + 1;
    }
}

fn hash(word: &str, lower: &mut String) -> u64 {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return xxh3_64(word.as_bytes());
    }
    lower.clear();
    lower.extend(word.chars().flat_map(char::to_lowercase));
    xxh3_64(lower.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        tokens.tokens().iter().map(|token| tokens.str(token).to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_tokens() {
        assert_eq!(cut("It won’t  cost $12,500.50!"), ["It", "won't", "cost", "$", "12,500.50", "!"]);
        assert_eq!(cut("12\u{a0}500 t à 3 %"), ["12 500", "t", "à", "3", "%"]);
        assert_eq!(cut("橋は A4"), ["橋", "は", "A4"]);
        assert_eq!(cut(" \n"), [""; 0]);
    }
}
