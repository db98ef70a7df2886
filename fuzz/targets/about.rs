//! What any page is about is found: a date is a day that exists, and blocks are those of the page.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::Document;
use nutgraf::doc::text::Text;
use nutgraf::read::html;
use nutgraf::structure::about::about;

fuzz_target!(|html: &str| {
    let mut document = Document::default();
    if html::fill(&mut document, Text::as_read(html.to_owned())).is_err() {
        return;
    }
    let page = document.page.take().expect("a page was read");
    let found = about(&document, &page);
    if let Some(date) = &found.meta.published {
        assert!(date.len() >= 10 && date.as_bytes()[4] == b'-', "{date}");
    }
    for block in [found.title_block, found.byline_block, found.date_block, found.dek_block] {
        assert!(block.is_none_or(|block| (block as usize) < page.blocks.len()));
    }
});
