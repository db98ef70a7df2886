//! Where the terms of a text stand.

use std::ops::Range;

use crate::base::span::position;
use crate::lex::words;

/// Calls `each` with the place of every term of `text`, and gives the number of words.
///
/// A term is a word; in scripts that write no spaces, every two or three neighbouring characters, as
/// [`words::term_chars`] has it (Nie et al. 2000: bigrams serve retrieval in Chinese as well as dictionary words do), or a
/// whole run of fewer.
pub fn each_term(text: &str, mut each: impl FnMut(Range<usize>)) -> u32 {
    let mut run = Run::default();
    let rest = words::plain_stretch(text, &mut |word| {
        run.words += 1;
        each(word);
    });
    words::for_each_from(text, rest, |word| {
        if run.characters == 0 && text.as_bytes()[word.start].is_ascii() {
            run.words += 1;
            each(word);
        } else {
            run.go_on(text, word, &mut each);
        }
    });
    run.end(&mut each);
    run.words
}

/// A run of neighbouring characters of a script that writes no spaces, while it is read.
#[derive(Default)]
struct Run {
    /// Words before it, and in it once it ends.
    words: u32,
    characters: usize,
    /// Where the last two characters begin, and where the run ends.
    starts: [usize; 2],
    end: usize,
    /// Characters of a term.
    term: usize,
}

impl Run {
    /// Goes on with a word of one character, or ends before a word of another script.
    #[cold]
    fn go_on(&mut self, text: &str, word: Range<usize>, each: &mut impl FnMut(Range<usize>)) {
        let here = text[word.start..].chars().next().map_or(0, words::term_chars);
        if here == 0 || word.start != self.end {
            self.end(each);
        }
        if here == 0 {
            self.words += 1;
            each(word);
            return;
        }
        self.characters += 1;
        self.term = here;
        if self.characters >= here {
            each(self.starts[3 - here]..word.end);
        }
        self.starts = [self.starts[1], word.start];
        self.end = word.end;
    }

    /// Ends the run: one of fewer characters than a term has is a term.
    fn end(&mut self, each: &mut impl FnMut(Range<usize>)) {
        if (1..self.term).contains(&self.characters) {
            each(self.starts[2 - self.characters]..self.end);
        }
        self.words += position(self.characters.div_ceil(2));
        self.characters = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaceless_scripts_give_bigrams() {
        let text = "港口大桥 ok 桥";
        let mut terms = Vec::new();
        let words = each_term(text, |term| terms.push(&text[term]));
        assert_eq!(terms, ["港口", "口大", "大桥", "ok", "桥"]);
        assert_eq!(words, 4);
    }

    #[test]
    fn spaceless_alphabets_give_trigrams_with_their_marks() {
        let text = "สะพานปิด ได้ ok น้ำ";
        let mut terms = Vec::new();
        each_term(text, |term| terms.push(&text[term]));
        assert_eq!(terms, ["สะพ", "ะพา", "พาน", "านปิ", "นปิด", "ได้", "ok", "น้ำ"]);
    }
}
