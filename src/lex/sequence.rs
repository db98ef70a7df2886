//! Terms of a text in the order in which they stand, for methods that look at neighbours.

use crate::base::span::position;
use crate::lex::analyzed::{Analyzer, of_language};
use crate::lex::lexicon::Lexicon;
pub use crate::lex::lexicon::Term;
use crate::stats::model::CorpusModel;

/// Segments of a document as runs of terms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sequences {
    /// The document's terms in order of first appearance.
    pub terms: Vec<Term>,
    numbers: Vec<u32>,
    ends: Vec<u32>,
    /// Words by segment.
    pub words: Vec<u32>,
}

impl Sequences {
    /// Segments.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Numbers of the terms of segment `at`, in the order of the text; they count places in `terms`.
    pub fn segment(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[at] as usize]
    }

    /// Bytes that it holds, about.
    pub fn bytes(&self) -> usize {
        self.terms.len() * size_of::<Term>() + 4 * (self.numbers.len() + 2 * self.ends.len())
    }
}

impl Analyzer {
    /// The terms of each of `segments`, in the language with this primary subtag.
    ///
    /// `model` must be the same at every call.
    pub fn sequences<'t>(
        &mut self,
        lang: &str,
        model: Option<&CorpusModel>,
        segments: impl Iterator<Item = &'t str>,
    ) -> Sequences {
        let mut out = Sequences::default();
        let Some(lexicon) = self.lexicons.of(lang) else { return out };
        lexicon.begin();
        let texts: Vec<&str> = segments.collect();
        for part in Lexicon::parts(&texts) {
            lexicon.read(part, of_language(model, lang));
            for row in 0..part.len() {
                lexicon.number(row, &mut out.numbers);
                out.words.push(lexicon.words_of(row));
                out.ends.push(position(out.numbers.len()));
            }
        }
        out.terms.extend(lexicon.met());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_keep_their_order_and_their_keys() {
        let mut analyzer = Analyzer::default();
        let one = analyzer.sequences("en", None, ["The bridges closed the bridge.", ""].into_iter());
        assert_eq!(one.segment(0), [0, 1, 2, 0, 1]);
        assert_eq!((one.segment(1), one.words.as_slice()), (&[][..], &[5, 0][..]));
        assert!(one.terms[0].stop && one.terms[0].weight < 1e-12 && !one.terms[1].stop);
        let other = analyzer.sequences("en", None, ["A bridge."].into_iter());
        assert_eq!(one.terms[1].key, other.terms[1].key, "the same term in two documents");
    }
}
