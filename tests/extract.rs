//! `nutgraf extract`: articles cleaned, in any format, and what is left out on the way.

#![cfg(feature = "cli")]

mod common;

use common::{BRIDGE, DEICH, EELS, Folder, objects, slice};

fn newsroom() -> Folder {
    Folder::new(&[("in/bridge.txt", BRIDGE), ("in/eels.txt", EELS), ("in/sub/deich.txt", DEICH)])
}

/// A page with an article and what a site puts around it.
const PAGE: &str = "<!doctype html><html lang=en><head><title>Ferry timetable cut – The Corran Post</title></head><body>\
    <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>Ferry timetable cut</h1>\
    <p>The council cut the <b>evening</b> ferries on Monday because the older boat needs a new engine &amp; a crew.</p>\
    <p>Islanders said they had not been asked, and the school will have to end its choir practice an hour earlier.</p>\
    </article></body></html>";

#[test]
fn an_article_comes_without_what_stood_around_it() {
    let folder = newsroom();
    let all = objects(&folder.run(&["extract", "in"]).ends(0));
    let bridge = &all[0];
    assert_eq!(bridge["title"], "Bridge closed after cracks found");
    assert_eq!((&bridge["byline"], &bridge["published"]), (&"Mara Ellison".into(), &"2024-03-12".into()));
    let text = bridge["text"].as_str().unwrap();
    assert!(text.starts_with("Engineers closed") && text.ends_with("six weeks."), "{text}");
    assert_eq!(text.matches("\n\n").count(), 2, "{text}");
    let roles: Vec<_> = bridge["boilerplate"].as_array().unwrap().iter().map(|b| b["role"].clone()).collect();
    assert_eq!(roles, ["date", "byline", "comments"]);
    let last = &bridge["boilerplate"][2]["source_span"];
    assert_eq!(slice(BRIDGE.as_bytes(), last), b"Post a Comment");
    assert!(bridge.get("segments").is_none() && bridge.get("summary").is_none());
}

#[test]
fn extracting_its_own_output_changes_nothing() {
    let folder = newsroom();
    folder.write("in/page.html", PAGE);
    folder.write("in/odd.jsonl", "{\"text\":\"Short.\\nTwo lines\\n\\nSHARE\",\"mood\":[1,{\"a\":null}]}\n");
    for clean in ["auto", "repair", "off"] {
        let once = folder.run(&["extract", "in", "--clean", clean]).ends(0);
        let twice = folder.feed(&["extract", "--clean", clean], &once).ends(0);
        assert_eq!(once, twice, "--clean {clean}");
        let mixed = folder.feed(&["extract"], &once).ends(0);
        assert_eq!(once, mixed, "--clean {clean}, then auto");
    }
}

#[test]
fn a_page_gives_its_text_with_the_markup_gone() {
    let folder = Folder::new(&[("page.html", PAGE)]);
    let page = &objects(&folder.run(&["extract", "page.html"]).ends(0))[0];
    assert!(
        page["text"].as_str().unwrap().contains(
            "cut the evening ferries on Monday because the older boat needs a new engine & a crew."
        )
    );
    let segments =
        &objects(&folder.run(&["segment", "page.html", "--clean", "repair"]).ends(0))[0]["segments"];
    let evening =
        segments.as_array().unwrap().iter().find(|s| s["text"].as_str().unwrap().contains("evening"));
    let source = slice(PAGE.as_bytes(), &evening.unwrap()["source_span"]);
    assert!(String::from_utf8_lossy(source).contains("<b>evening</b>"));
}

#[test]
fn a_label_over_the_headline_is_no_part_of_the_article() {
    let folder = Folder::new(&[("page.html", &PAGE.replace("<h1>", "<p class=section>Harbour</p><h1>"))]);
    let page = &objects(&folder.run(&["extract", "page.html"]).ends(0))[0];
    assert!(page["text"].as_str().unwrap().starts_with("The council cut"), "{}", page["text"]);
}

#[test]
fn documents_with_few_words_are_left_out_and_counted() {
    let folder = newsroom();
    folder.write("in/short.txt", "Too short to tell anything.\n");
    let args = ["extract", "in", "--min-words", "20", "--report", "report.json"];
    assert_eq!(objects(&folder.run(&args).ends(0)).len(), 3);
    let report: serde_json::Value = serde_json::from_str(&folder.read("report.json")).unwrap();
    assert_eq!(report["input"]["records"], 4);
    assert_eq!(
        report["documents"],
        serde_json::json!({"written": 3, "failed": 0, "short": 1, "duplicates": 0})
    );
}

#[test]
fn a_sample_is_the_same_every_time_and_stands_in_the_order_of_the_input() {
    let folder = Folder::new(&[]);
    let lines = (0..100).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"Eel number {n} swam north.\"}}\n"));
    folder.write("eels.jsonl", lines.collect::<Vec<_>>().concat());
    let ids = |seed: &str| -> Vec<u64> {
        let out = folder.run(&["extract", "eels.jsonl", "--sample", "10", "--seed", seed]).ends(0);
        objects(&out).iter().map(|o| o["id"].as_str().unwrap().parse().unwrap()).collect()
    };
    let one = ids("0");
    assert_eq!(one.len(), 10);
    assert!(one.is_sorted(), "{one:?}");
    assert_eq!(one, ids("0"));
    assert_ne!(one, ids("1"));
    let all = folder.run(&["extract", "eels.jsonl", "--sample", "1000"]).ends(0);
    assert_eq!(objects(&all).len(), 100, "a sample larger than the input is the input");
}

#[test]
fn text_and_markdown_are_for_reading() {
    let prose = "Eels that leave the rivers of Ellander swim a wide loop to the north before they spawn.";
    let more = "Researchers tagged 88 eels in the spring and followed their signals for more than a year.";
    let source = format!("# Eels\n\nBy Mara Ellison\n\n{prose}\n\n## Why\n\n- food\n- warmth\n\n{more}\n");
    let folder = Folder::new(&[("a.md", &source)]);
    let text = folder.run(&["extract", "a.md", "--format", "text"]).ends(0);
    assert_eq!(text, format!("Eels\nMara Ellison\n\n{prose}\n\nWhy\n\nfood\n\nwarmth\n\n{more}\n\n\n"));
    let md = folder.run(&["extract", "a.md", "--format", "md"]).ends(0);
    assert_eq!(
        md,
        format!("# Eels\n\n*Mara Ellison*\n\n{prose}\n\n## Why\n\n- food\n\n- warmth\n\n{more}\n\n")
    );
}

#[test]
fn a_title_that_only_the_head_of_a_page_tells_has_no_source() {
    let folder = Folder::new(&[("page.html", &PAGE.replace("<h1>Ferry timetable cut</h1>", ""))]);
    let page = &objects(&folder.run(&["segment", "page.html"]).ends(0))[0];
    assert_eq!(page["title"], "Ferry timetable cut");
    let first = &page["segments"][0];
    assert_eq!((&first["role"], &first["field"]), (&"title".into(), &"title".into()));
    assert!(first["source_span"].is_null(), "{first}");
    assert!(page["segments"][1]["source_span"].is_array());
}
