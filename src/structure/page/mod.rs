//! Finds the article in a page of HTML: each block becomes a row of numbers, and trees say how surely it belongs.
//!
//! The rows are of the kind that Kohlschütter et al. (2010) showed to suffice: words, links and their density around a
//! block, with what class names say and how much prose stands in the same place.

mod choose;
mod classes;
mod evidence;
mod features;
mod model;
mod second;
mod tree;
mod words;

use crate::doc::document::Document;
use crate::doc::page::Page;
use crate::structure::header::Verdict;
use crate::structure::page::features::Seen;
use crate::structure::page::model::MODELS;
use crate::structure::page::second::Around;
use crate::structure::patterns::OwnLines;

/// A first score that the second model is not asked about: most of a page is clearly none of the article.
const CLEAR: f32 = 0.02;

/// What was found in a page.
#[derive(Debug)]
pub(super) struct Judged {
    /// Role and score of each mark of the document's text.
    pub(super) verdicts: Vec<Verdict>,
    /// The block that is the title.
    pub(super) title: Option<usize>,
}

/// Gives each block of a page a role; `None` where the marks of the text are not the page's blocks.
pub(super) fn judge(document: &Document, page: &Page, own: &OwnLines) -> Option<Judged> {
    if document.text.marks.len() != page.blocks.len() {
        return None;
    }
    let seen = Seen::of(document, page, own);
    let scores = scores(&seen);
    Some(Judged { verdicts: choose::roles(&seen, &scores), title: seen.title })
}

/// How surely each block belongs to the article.
fn scores(seen: &Seen<'_>) -> Vec<f32> {
    let mut row = Vec::new();
    let first: Vec<f32> = (0..seen.len())
        .map(|at| {
            seen.row(at, &mut row);
            MODELS[0].score(&row)
        })
        .collect();
    let around = Around::of(seen, first);
    (0..seen.len())
        .map(|at| {
            let first = around.score(at);
            if first < CLEAR {
                return first;
            }
            seen.row(at, &mut row);
            around.extend(seen, at, &mut row);
            MODELS[1].score(&row)
        })
        .collect()
}

/// One block of a page as the trees are trained on it.
#[derive(Debug)]
pub struct Row {
    /// What the first model reads.
    pub numbers: Vec<f32>,
    /// Equal for blocks in elements that are named alike, more and less strictly.
    pub names: [u64; 2],
}

/// The rows of a document's page, for training, and which of them is the title; none without a page.
pub fn rows(document: &Document) -> (Vec<Row>, Option<usize>) {
    let Some(page) = document.page.as_deref().filter(|page| page.blocks.len() == document.text.marks.len())
    else {
        return (Vec::new(), None);
    };
    let seen = Seen::of(document, page, &OwnLines::default());
    let row = |at| {
        let mut numbers = Vec::new();
        seen.row(at, &mut numbers);
        Row { numbers, names: seen.names(at) }
    };
    ((0..seen.len()).map(row).collect(), seen.title)
}

#[cfg(test)]
mod testing {
    use crate::base::lang::Lang;
    use crate::doc::document::Document;
    use crate::doc::text::Text;

    /// What the article of [`page`] says.
    pub(super) const PARAGRAPHS: [&str; 4] = [
        "The harbour bridge was closed on Monday after engineers found two cracks in a cable, the port authority said.",
        "It will stay shut for nine days, and ferries will run every ten minutes until the bridge opens again to traffic.",
        "Divers had gone down on Sunday to look at the piers, which were last painted in the year of the great storm.",
        "“We would rather lose nine days than one bus,” said Mara Ellison, who has kept the bridge for eleven years.",
    ];

    /// A page with an article and what a site puts around it.
    pub(super) fn page() -> String {
        let [one, two, three, four] = PARAGRAPHS;
        format!(
            "<!doctype html><html><head><title>Harbour bridge shut for nine days | The Tidewater Post</title></head><body>\
             <div class=menu><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a><li><a href=/sea>Sea</a></ul></div>\
             <div class=content><h1>Harbour bridge shut for nine days</h1><p>{one}</p>\
             <figure><img src=b.jpg><figcaption>The bridge at low tide.</figcaption></figure>\
             <p>{two}</p><h2>What the divers saw</h2><p>{three}</p><p>{four}</p></div>\
             <div id=comments class=comments><h3>2 comments</h3><div class=comment><a href=/u/eel>eel_fan</a>\
             <p>I never liked that bridge.</p></div></div>\
             <div class=footer><p>© The Tidewater Post. All rights reserved.</p></div></body></html>"
        )
    }

    /// A page as it comes to the structurer.
    pub(super) fn read(html: &str) -> Document {
        let mut document = Document { lang: Lang::parse("en"), ..Document::default() };
        crate::read::html::fill(&mut document, Text::as_read(html.to_owned())).expect("it has text");
        document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_wide_as_the_trees_know() {
        let document = testing::read(&testing::page());
        let (rows, title) = rows(&document);
        let widths: Vec<_> = MODELS.iter().map(model::Model::width).collect();
        assert!(rows.iter().all(|row| row.numbers.len() == rows[0].numbers.len()));
        assert!(
            widths[0] <= rows[0].numbers.len() && widths[1] <= rows[0].numbers.len() + second::WIDTH,
            "{widths:?}"
        );
        assert_eq!(title, Some(3));
    }

    #[test]
    fn no_number_of_a_row_is_infinite_or_none() {
        for html in ["x", "<p>…", "<title>a</title><h1>a</h1>", "<ul><li><a>b</a></ul>"] {
            let document = testing::read(html);
            let (rows, _) = rows(&document);
            assert!(rows.iter().all(|row| row.numbers.iter().all(|number| number.is_finite())), "{html}");
            assert!(
                scores(&Seen::of(&document, document.page.as_deref().unwrap(), &OwnLines::default()))
                    .iter()
                    .all(|score| (0.0..=1.0).contains(score))
            );
        }
    }

    #[test]
    fn hostile_pages_cost_no_more_than_their_length() {
        let many = "<div class='a b'><p>Ten words that end as a sentence does, or so.</div>".repeat(20_000);
        let deep = "<div><p>a".repeat(20_000);
        let wide = format!("<p {}>text", "class=x ".repeat(100_000));
        for html in [many, deep, wide] {
            let document = testing::read(&html);
            let judged = judge(&document, document.page.as_deref().unwrap(), &OwnLines::default()).unwrap();
            assert_eq!(judged.verdicts.len(), document.text.marks.len());
        }
    }
}
