use proptest::prelude::*;

use super::*;
use crate::base::lang::Lang;
use crate::doc::block::Role;
use crate::doc::document::{Document, Field};
use crate::doc::text::Text;
use crate::read::html;
use crate::structure::article::Article;
use crate::structure::{StructureCx, Structurer};

const PROSE: &str = "<p>Engineers closed the harbour bridge on Monday after two cracks were found in its main girder.</p>\
    <p>The authority said that it could not tell the public the bridge was safe to cross on foot.</p>";

/// What a page with this head and this before its text is about.
fn page(head: &str, body: &str, lang: &str, url: Option<&str>) -> About {
    let html = format!("<html><head>{head}</head><body>{body}{PROSE}</body></html>");
    let mut document = Document { lang: Lang::parse(lang), text: Field::default(), ..Document::default() };
    document.meta.url = url.map(str::to_owned);
    html::fill(&mut document, Text::as_read(html)).unwrap();
    let page = document.page.take().unwrap();
    about(&document, &page)
}

fn title(head: &str, body: &str) -> (Option<String>, Option<u32>) {
    let found = page(head, body, "en", Some("https://tidewater.example/news/bridge-shut"));
    (found.meta.title, found.title_block)
}

fn published(head: &str, body: &str, url: &str) -> Option<String> {
    page(head, body, "en", Some(url)).meta.published
}

fn byline(head: &str, body: &str) -> Option<String> {
    page(head, body, "en", None).meta.byline
}

#[test]
fn the_title_is_the_heading_that_the_head_agrees_with() {
    let head = "<title>Bridge shut after storm | Tidewater Post</title>";
    let body = "<h1>Tidewater Post</h1><h2>Most read</h2><h2>Bridge shut after storm</h2>";
    assert_eq!(title(head, body), (Some("Bridge shut after storm".to_owned()), Some(2)));
    let head = "<meta property='og:title' content='Bridge shut: what we know'><title>x</title>";
    let body = "<nav><h3>Weather</h3></nav><h1>Bridge shut: what we <i>know</i></h1>";
    assert_eq!(title(head, body).0.as_deref(), Some("Bridge shut: what we know"));
}

#[test]
fn a_title_that_no_block_shows_comes_without_the_name_of_the_site() {
    let head = "<meta property='og:site_name' content='Tidewater Post'><title>Bridge shut after storm - Tidewater Post</title>";
    assert_eq!(title(head, ""), (Some("Bridge shut after storm".to_owned()), None));
    let shown = title(head, "<p class=big>Bridge shut after storm</p>");
    assert_eq!(shown, (Some("Bridge shut after storm".to_owned()), Some(0)));
}

#[test]
fn the_day_of_first_appearance_goes_before_all_others() {
    let site = "https://tidewater.example/";
    let head = r#"<meta property="article:modified_time" content="2024-03-15T08:00:00Z">
        <script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2024-03-15","datePublished":"2024-03-13T08:00:00+0100"}</script>"#;
    assert_eq!(published(head, "", site).as_deref(), Some("2024-03-13T08:00:00+01:00"));
    let body = "<h1>Bridge</h1><time datetime='2024-03-13'>today</time><div id=comments><time datetime='2024-03-10'>x</time></div>";
    assert_eq!(published("<title>Bridge</title>", body, site).as_deref(), Some("2024-03-13"));
    let address = "https://tidewater.example/2024/03/13/bridge";
    assert_eq!(published("", "<p>Copyright 2020", address).as_deref(), Some("2024-03-13"));
    let body = "<h1>Bridge</h1><p>Published on 13 March 2024 by the desk</p>";
    assert_eq!(published("<title>Bridge</title>", body, site).as_deref(), Some("2024-03-13"));
    assert_eq!(published("", "<p>© 2024 Tidewater Post</p>", site), None);
    let head = "<meta property='article:modified_time' content='2024-03-15T08:00:00Z'>";
    assert_eq!(published(head, "", site).as_deref(), Some("2024-03-15T08:00:00Z"));
}

#[test]
fn dates_told_to_machines_come_in_many_forms() {
    let en = Lang::parse("en").unwrap();
    for (text, wanted) in [
        ("2024-03-13T08:00+01", "2024-03-13T08:00:00+01:00"),
        ("2024-03-13 08:00:00", "2024-03-13"),
        ("2024-03-13T08:00:00:684Z", "2024-03-13"),
        ("20240313", "2024-03-13"),
        ("1710316800", "2024-03-13T08:00:00Z"),
        ("Wed, 13 Mar 2024 08:00:00 GMT", "2024-03-13"),
        ("Wed Mar 13 2024 01:00:00 GMT+0100 (CET)", "2024-03-13"),
    ] {
        assert_eq!(published::machine(text, &en).as_deref(), Some(wanted), "{text}");
    }
    for text in ["", "0001-01-01T00:00:00", "2024-13-13", "soon", "12345678"] {
        assert_eq!(published::machine(text, &en), None, "{text}");
    }
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_region() {
    let body = "<h1>Bridge</h1><p>03/04/2024</p>";
    let of = |url: &str, html: &str| {
        let head = format!("<title>Bridge</title>{html}");
        published(&head, body, url)
    };
    assert_eq!(of("https://tidewater.co.uk/", "").as_deref(), Some("2024-04-03"));
    let american = "<meta property=og:locale content=en_US>";
    assert_eq!(of("https://tidewater.example/", american).as_deref(), Some("2024-03-04"));
    assert_eq!(of("https://tidewater.example/", ""), None);
}

#[test]
fn authors_are_people_where_there_are_people() {
    let head = "<meta name=author content='Tidewater GmbH'><title>Bridge</title>";
    let body =
        "<h1>Bridge</h1><div class=byline>By <a rel=author href=/m>Mara Ellison</a> and Tom Arden</div>";
    assert_eq!(byline(head, body).as_deref(), Some("Mara Ellison"));
    let body = "<h1>Bridge</h1><p>By Mara Ellison and Tom Arden</p>";
    assert_eq!(byline(head, body).as_deref(), Some("Mara Ellison; Tom Arden"));
    assert_eq!(byline(head, "<h1>Bridge</h1>"), None);
    let head = r#"<script type="application/ld+json">{"@type":"Article","author":[{"@type":"Person","name":"Mara Ellison"},
        {"@type":"Organization","name":"Tidewater Post"}]}</script>"#;
    assert_eq!(byline(head, "<div class=comment-author>Troll</div>").as_deref(), Some("Mara Ellison"));
}

#[test]
fn a_standfirst_is_one_where_its_element_says_so() {
    let head = "<title>Bridge</title><meta name=description content='Cracks were found in the main girder'>";
    let found =
        page(head, "<h1>Bridge</h1><p class=standfirst>Cracks were found in the main girder</p>", "en", None);
    assert_eq!((found.dek_block, found.meta.dek.is_some()), (Some(1), true));
    let found = page(head, "<h1>Bridge</h1><p>Cracks were found in the main girder</p>", "en", None);
    assert_eq!((found.dek_block, found.meta.dek.is_some()), (None, true));
}

#[test]
fn hostile_pages_are_read_in_one_go() {
    let deep = format!("<div class=author>{}", "<div class='date author title'>x 1 May ".repeat(20_000));
    page("", &deep, "en", None);
    let nested = format!("<script type='application/ld+json'>{}</script>", "{\"author\":[".repeat(100_000));
    page(&nested, "", "en", None);
    let metas = "<meta name=author content='A, B; C'>".repeat(20_000);
    page(&metas, "", "en", Some("https://1/1/1/1-1-1-1"));
}

proptest! {
    /// No page makes it fail, and what it finds stands in the page.
    #[test]
    fn any_page_is_read(
        body in "(<h1>|</h1>|<time datetime='|<p class=author>|<div class=date>|</div>|By |2023-0|6-01|'>|&amp;|Ann Lee|é|<meta name=date content=|1|/|年|\n){0,30}",
        url in "https?://[a-z/.0-9-]{0,20}",
    ) {
        let found = page("<title>é | x</title>", &format!("<p>Text</p>{body}"), "fr", Some(&url));
        if let Some(date) = &found.meta.published {
            prop_assert!(date.get(..10).is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()), "{date}");
        }
        for block in [found.title_block, found.byline_block, found.date_block, found.dek_block] {
            prop_assert!(block.is_none_or(|block| block < 70));
        }
    }
}

#[test]
fn blocks_that_show_what_is_known_have_its_roles() {
    let body = "<nav><a href=/>Home</a></nav><h1>Bridge shut</h1><p class=author>By Mara Ellison</p><p>13 March 2024</p>";
    let html = format!("<html><head><title>Bridge shut</title></head><body>{body}{PROSE}</body></html>");
    let mut document = Document { lang: Lang::parse("en"), ..Document::default() };
    html::fill(&mut document, Text::as_read(html)).unwrap();
    let structured = Article::default().structure(&document, &StructureCx::default());
    let roles: Vec<_> = structured.blocks.iter().map(|block| block.role).collect();
    let wanted = [Role::Title, Role::Byline, Role::Date, Role::Body, Role::Body];
    assert_eq!(roles[roles.len() - wanted.len()..], wanted);
    assert_eq!(structured.found.published.as_deref(), Some("2024-03-13"));
    assert_eq!(structured.head_title, None);
}
