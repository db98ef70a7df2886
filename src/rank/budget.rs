//! How long a summary may be.

use crate::base::math;
use crate::lex::analyzed::Analyzed;

/// The length of a summary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// This many segments, or all there are.
    Sentences(usize),
    /// At most this many words, but never less than one segment.
    Words(usize),
    /// This share of the body's words, above 0 and up to 1, as near as whole segments come to it; never less than one segment.
    Ratio(f64),
}

impl Default for Budget {
    fn default() -> Self {
        Self::Sentences(3)
    }
}

impl Budget {
    /// About how many segments of `document` it takes; lines of the page are not counted among these.
    pub fn in_segments(self, document: &Analyzed) -> f64 {
        self.of_article(document).0
    }

    /// The same as a share of the segments that are no lines of the page.
    pub fn share(self, document: &Analyzed) -> f64 {
        let (wanted, segments) = self.of_article(document);
        wanted / segments.max(1.0)
    }

    /// About how many segments it takes, and of how many.
    fn of_article(self, document: &Analyzed) -> (f64, f64) {
        let article = document.article();
        let segments = math::count(article.clone().count());
        let words: f64 = article.map(|at| f64::from(document.words[at])).sum();
        let wanted = match self {
            Self::Sentences(wanted) => math::count(wanted),
            Self::Words(wanted) => math::count(wanted) * segments / words.max(1.0),
            Self::Ratio(ratio) => ratio * segments,
        };
        (wanted.min(segments).max(1.0), segments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lex::analyzed::from_text;

    #[test]
    fn lines_of_the_page_are_no_part_of_the_whole() {
        let body =
            ["By Mara Ellison", "A crack closed the bridge.", "Ferries carry passengers.", "Cranes rust."];
        let mut document = from_text("", &body, None);
        document.surface[0].furniture = true;
        for (budget, segments) in
            [(Budget::Sentences(2), 2.0), (Budget::Ratio(1.0 / 3.0), 1.0), (Budget::Words(10), 3.0)]
        {
            assert_eq!(
                (budget.in_segments(&document), budget.share(&document)),
                (segments, segments / 3.0),
                "{budget:?}"
            );
        }
        document.surface.iter_mut().for_each(|surface| surface.furniture = true);
        assert!((Budget::Sentences(2).share(&document) - 0.5).abs() < 1e-12, "there is nothing else");
    }
}
