//! Pages and bytes a second from HTML to the article, on one thread, beside the floor of finding every `<`.

use std::hint::black_box;
use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, Divan};
use nutgraf::doc::document::Document;
use nutgraf::doc::record::Source;
use nutgraf::read::html::Html;
use nutgraf::read::{ReadOptions, Reader};
use nutgraf::{Scratch, Stages, process};

#[expect(dead_code, reason = "the other benches use the rest")]
mod common;

const ARTICLES: usize = 400_000;

fn main() {
    LazyLock::force(&PAGES);
    Divan::default().sample_count(15).config_with_args().main();
}

/// Pages as sites make them: a menu, the article, teasers, a footer, and scripts about as long as all of these.
static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let articles = common::Articles::new(1).of_bytes(ARTICLES);
    let titles: Vec<_> = articles.iter().map(|article| article.title.as_str()).collect();
    articles.iter().map(|article| page(&article.title, &article.text, &titles)).collect()
});

fn page(title: &str, text: &str, others: &[&str]) -> String {
    let links = |class: &str| -> String {
        let link = |other: &&str| {
            format!("<li class=\"{class}-item\"><a href=\"/{class}/{}\">{other}</a></li>\n", other.len())
        };
        others.iter().take(40).map(link).collect()
    };
    let body = format!("<p class=\"text\">{}</p>", text.replace("\n\n", "</p>\n<p class=\"text\">"));
    let script =
        "window.load = window.load || function (a, b) { if (a < b) { return a; } return b; };\n".repeat(200);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Tidewater Post</title>\n\
         <meta property=\"og:title\" content=\"{title}\"><script>{script}</script></head><body class=\"article-page\">\n\
         <header class=\"site-header\"><nav><ul>{menu}</ul></nav></header>\n\
         <main><article class=\"post\"><h1>{title}</h1><div class=\"byline\">By Mara Ellison</div>\n\
         <div class=\"share\"><a href=\"/f\">Share</a></div><div class=\"article-body\">{body}</div></article>\n\
         <aside class=\"related\"><h3>Read next</h3><ul>{teasers}</ul></aside></main>\n\
         <footer class=\"site-footer\"><p>© The Tidewater Post. All rights reserved.</p></footer></body></html>\n",
        menu = links("menu"),
        teasers = links("teaser"),
    )
}

fn read(page: &str) -> Document {
    let mut documents = Vec::with_capacity(1);
    let source = Source { path: "page.html".to_owned(), ..Source::default() };
    Html.read(page.as_bytes().to_vec(), source, &ReadOptions::default(), &mut documents)
        .expect("it has text");
    documents.remove(0)
}

fn bytes() -> BytesCount {
    BytesCount::new(PAGES.iter().map(String::len).sum::<usize>())
}

/// The floor: every `<` of the pages.
#[divan::bench]
fn angles(bencher: Bencher) {
    bencher.counter(bytes()).counter(ItemsCount::new(PAGES.len())).bench(|| {
        PAGES.iter().map(|page| memchr::memchr_iter(b'<', black_box(page).as_bytes()).count()).sum::<usize>()
    });
}

/// To text and elements.
#[divan::bench]
fn text(bencher: Bencher) {
    bencher
        .counter(bytes())
        .counter(ItemsCount::new(PAGES.len()))
        .bench(|| PAGES.iter().map(|page| read(black_box(page)).text.text.as_str().len()).sum::<usize>());
}

/// To the article, its sentences and their scores.
#[divan::bench]
fn article(bencher: Bencher) {
    let stages = Stages::default();
    let mut scratch = Scratch::default();
    bencher.counter(bytes()).counter(ItemsCount::new(PAGES.len())).bench_local(|| {
        let segments = |page: &String| {
            process(read(black_box(page)), &stages, &mut scratch).map_or(0, |done| done.segments.len())
        };
        PAGES.iter().map(segments).sum::<usize>()
    });
}
