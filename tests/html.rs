//! The laws of documents on pages of HTML.

use nutgraf::doc::document::Document;
use nutgraf::doc::page::plain;
use nutgraf::doc::record::Source;
use nutgraf::read::html::Html;
use nutgraf::read::{ReadOptions, Reader};
use nutgraf::{Done, FieldName, Scratch, Stages, process};
use proptest::prelude::*;

fn done(html: &str) -> Option<Done> {
    let mut documents: Vec<Document> = Vec::new();
    let options = ReadOptions::default();
    Html.read(html.as_bytes().to_vec(), Source::default(), &options, &mut documents).ok()?;
    process(documents.remove(0), &Stages::default(), &mut Scratch::default()).ok()
}

/// Text without its white space.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Pieces of pages: what opens, closes, stands for something else or is plain.
fn pages() -> impl Strategy<Value = String> {
    const PIECES: [&str; 37] = [
        "<p>",
        "</p>",
        "<div class=article>",
        "<div class='nav x'>",
        "</div>",
        "<a href=/x>",
        "</a>",
        "<br>",
        "<br/>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<b>",
        "</b>",
        "<i",
        "<!-- x -->",
        "<script>a<b</script>",
        "&amp;",
        "&nbsp;",
        "&#8217;",
        "&",
        "é",
        "A",
        "word ",
        " ",
        "\n",
        "One sentence ends here. ",
        "<figcaption>",
        "<article>",
        "</article>",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Blocks rise and hold all but the white space of the text; nothing of it is deleted.
    #[test]
    fn blocks_hold_all_the_text_of_a_page(html in pages()) {
        let Some(done) = done(&html) else { return Ok(()) };
        let text = done.document.text.text.as_str();
        let mut at = 0;
        for block in done.blocks.iter().filter(|block| block.field == FieldName::Text) {
            prop_assert!(at <= block.span.start && !block.span.is_empty(), "{block:?} begins before {at}");
            prop_assert_eq!(text[at as usize..block.span.start as usize].trim(), "");
            at = block.span.end;
        }
        prop_assert_eq!(text[at as usize..].trim(), "");
    }

    /// The source slice of a segment or a block, tags taken out and references decoded, is its text.
    #[test]
    fn a_source_slice_without_its_tags_is_the_text(html in pages()) {
        let Some(done) = done(&html) else { return Ok(()) };
        let mut last = 0;
        for segment in &done.segments {
            // A title that only the head tells has no place in the text.
            let Some(span) = segment.source_span else { continue };
            let slice = span.of(&html);
            prop_assert_eq!(squeezed(&plain(slice)), squeezed(done.text(segment)), "from {:?}", slice);
            prop_assert!(last <= span.start);
            last = span.end;
        }
        for block in done.blocks.iter().filter(|block| block.field == FieldName::Text) {
            let slice = done.document.text.text.to_src(block.span).of(&html);
            prop_assert_eq!(squeezed(&plain(slice)), squeezed(done.block_text(block)), "from {:?}", slice);
        }
    }
}
