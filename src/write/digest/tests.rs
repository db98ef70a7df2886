use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest as _, Sha256};

use super::*;

/// The digest in a format, with the built-in template.
fn shown(format: Format, digest: &Digest) -> String {
    let templates = Templates::new(format, None).expect("a built-in template is a template");
    let bytes = render(format, digest, &settings(), &templates).expect("it renders");
    String::from_utf8(bytes).expect("text")
}

fn settings() -> Settings {
    Settings {
        home: Some("https://example.org/digest".to_owned()),
        feed: Some("https://example.org/digest.atom".to_owned()),
        ..Settings::default()
    }
}

const TEXTS: [Format; 8] = [
    Format::Md,
    Format::Html,
    Format::Text,
    Format::Eml,
    Format::Atom,
    Format::JsonFeed,
    Format::Json,
    Format::Jsonl,
];

/// A page without its style sheet and script, which have files of their own.
fn page(digest: &Digest) -> String {
    let page = shown(Format::Html, digest);
    page.split_once("</head>").expect("a head").1.to_owned()
}

/// What is wrong with a template of a reader's own: at once, or when it is filled in.
fn refusal(format: Format, text: &str) -> String {
    let own = Template { name: "mine.j2", text };
    let templates = match Templates::new(format, Some(own)) {
        Ok(templates) => templates,
        Err(e) => return e.to_string(),
    };
    let refused = render(format, &sample::plain(), &Settings::default(), &templates);
    refused.expect_err("a broken template").to_string()
}

#[test]
fn every_format_is_found_by_its_name() {
    for format in Format::ALL {
        assert_eq!(Format::find(format.name()).expect("known"), format);
        assert_eq!(serde_json::to_value(format).expect("a name"), format.name());
    }
    let refused = Format::find("htm").expect_err("unknown").to_string();
    insta::assert_snapshot!(refused, @"unknown format of digests `htm`; known ones: md, html, text, epub, eml, atom, jsonfeed, json, jsonl");
}

#[test]
fn a_digest_reads_as_sections_stories_and_sources() {
    insta::assert_snapshot!("md", shown(Format::Md, &sample::plain()));
    insta::assert_snapshot!("text", shown(Format::Text, &sample::plain()));
    insta::assert_snapshot!("jsonl", shown(Format::Jsonl, &sample::plain()));
    insta::assert_snapshot!("json", shown(Format::Json, &sample::plain()));
}

#[test]
fn a_page_has_every_story_and_the_articles_that_open_beside_it() {
    insta::assert_snapshot!("html", page(&sample::plain()));
    insta::assert_snapshot!("html-arabic", page(&sample::arabic()));
}

#[test]
fn feeds_have_an_entry_a_story() {
    insta::assert_snapshot!("atom", shown(Format::Atom, &sample::plain()));
    insta::assert_snapshot!("jsonfeed", shown(Format::JsonFeed, &sample::plain()));
}

#[test]
fn a_message_has_a_text_and_a_page() {
    // Bodies come encoded; line ends are those of mail.
    insta::assert_snapshot!("eml", shown(Format::Eml, &sample::plain()).replace('\r', ""));
}

#[test]
fn translations_stand_before_what_they_translate() {
    insta::assert_snapshot!("md-bilingual", shown(Format::Md, &sample::bilingual()));
    insta::assert_snapshot!("text-bilingual", shown(Format::Text, &sample::bilingual()));
    insta::assert_snapshot!("html-bilingual", page(&sample::bilingual()));
}

#[test]
fn a_digest_of_nothing_is_whole_in_every_format() {
    for format in TEXTS {
        let shown = shown(format, &sample::empty());
        assert!(shown.contains("Nothing new") || format == Format::Jsonl, "{}: {shown}", format.name());
    }
}

#[test]
fn the_same_digest_gives_the_same_bytes() {
    for digest in [sample::plain(), sample::arabic(), sample::bilingual(), sample::hostile()] {
        for format in TEXTS {
            assert_eq!(shown(format, &digest), shown(format, &digest.clone()), "{}", format.name());
        }
    }
}

#[test]
fn nothing_in_an_article_becomes_markup_of_a_page() {
    let page = page(&sample::hostile());
    for markup in ["<script", "<img", "<b ", "\"onmouseover", "onclick=\"", "</style", "\u{1b}", "\u{7}"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("{{ digest.title }} {% include &quot;x&quot; %}"), "braces stay as they are");
    assert!(!page.contains("href=\"javascript:") && !page.contains("href=\"data:"));
    assert!(page.contains("href=\"https://example.org/%22onmouseover=%22alert%286%29%22%3Cscript%3E%29\""));
}

#[test]
fn nothing_in_an_article_becomes_markup_of_a_feed_once_decoded() {
    let feed = shown(Format::Atom, &sample::hostile());
    let mut reader = quick_xml::Reader::from_str(&feed);
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(element) => {
                assert!(!matches!(element.name().as_ref(), "script" | "img" | "b"), "{element:?}");
            }
            _ => {}
        }
    }
    let content = entry::html(&sample::hostile().stories[0], &sample::hostile());
    for markup in ["<script", "<img", "<b ", "href=\"javascript:"] {
        assert!(!content.contains(markup), "{markup}: {content}");
    }
}

#[test]
fn nothing_in_an_article_becomes_markup_of_markdown() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let shown = shown(Format::Md, &sample::hostile());
    for event in Parser::new_ext(&shown, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://"), "{dest_url}");
            }
            _ => {}
        }
    }
}

#[test]
fn nothing_in_an_article_steers_a_terminal_or_adds_a_field_to_a_message() {
    let text = shown(Format::Text, &sample::hostile());
    assert!(!text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{text}");
    let message = shown(Format::Eml, &sample::hostile());
    let (head, _) = message.split_once("\r\n\r\n").expect("a head");
    assert!(!head.contains("Bcc:") && head.is_ascii(), "{head}");
    assert!(message.split("\r\n").all(|line| line.len() <= 998 && !line.contains('\n')));
}

#[test]
fn a_page_asks_for_nothing_from_elsewhere() {
    let page = shown(Format::Html, &sample::plain());
    let (policy, _) = page.split_once("<style>").expect("a style sheet");
    assert!(policy.contains("content=\"default-src 'none'; style-src 'sha256-"), "{policy}");
    for loading in ["src=", "url(", "@import", "fetch(", "XMLHttpRequest", "unsafe-inline"] {
        assert!(!page.contains(loading), "{loading}");
    }
    let message = Templates::new(Format::Eml, None).expect("built in");
    let message = message.fill(minijinja::context! { digest => templates::value(&sample::plain()) });
    let message = message.expect("it renders");
    for loading in ["src=", "url(", "@import", "<link", "<script"] {
        assert!(!message.contains(loading), "{loading}");
    }
}

#[test]
fn the_policy_names_the_style_and_script_that_stand_in_the_page() {
    let page = shown(Format::Html, &sample::plain());
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let inside = page.split_once(open).and_then(|(_, rest)| rest.split_once(close)).expect("inline").0;
        let hash = BASE64_STANDARD.encode(Sha256::digest(inside));
        let hash = crate::base::escape::xml_attribute(&hash).into_owned();
        assert!(page.contains(&format!("'sha256-{hash}'")), "{open}");
    }
}

#[test]
fn every_link_inside_a_page_leads_somewhere() {
    for digest in [sample::plain(), sample::arabic(), sample::bilingual()] {
        let page = page(&digest);
        for (at, _) in page.match_indices("href=\"#") {
            let id = page[at + 7..].split('"').next().expect("a value");
            assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
        }
    }
}

#[test]
fn a_template_of_a_readers_own_takes_the_place_of_the_built_in_one() {
    let text = "{{ digest.title }}: {% for story in digest.stories %}{{ story.id }} {% endfor %}\n";
    let templates = Templates::new(Format::Md, Some(Template { name: "mine.j2", text })).expect("a template");
    let shown = render(Format::Md, &sample::plain(), &Settings::default(), &templates).expect("it renders");
    assert_eq!(String::from_utf8_lossy(&shown), "News of Riverside: s-bridge s-council s-choir ");
}

#[test]
fn a_broken_template_is_refused_with_its_place_and_reason() {
    insta::assert_snapshot!(refusal(Format::Html, "<p>\n{% for story in digest.stories %}\n<p>"), @"mine.j2:3: syntax error: unexpected end of input, expected end of block");
    insta::assert_snapshot!(refusal(Format::Md, "# {{ digest.titel }}"), @"mine.j2:1: undefined value: `digest.titel` is undefined");
    insta::assert_snapshot!(refusal(Format::Md, "\n\n{{ digest.title | shout }}"), @"mine.j2:3: unknown filter: filter shout is unknown");
    insta::assert_snapshot!(refusal(Format::Md, "{{ digest.title | counted(\"day\", \"days\") }}"), @"mine.j2:1: invalid operation: cannot convert string to u64");
    insta::assert_snapshot!(refusal(Format::Md, "{{ digest }"), @"mine.j2:1: syntax error: unexpected `}`, expected end of variable block");
    insta::assert_snapshot!(refusal(Format::Html, "{% include 'other.j2' %}"), @"mine.j2:1: syntax error: unknown statement include");
    insta::assert_snapshot!(refusal(Format::Html, "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), @"mine.j2:1: invalid operation: recursion limit exceeded");
    insta::assert_snapshot!(refusal(Format::Epub, "<html>\n<p>{{ section.name }}</html>"), @"mine.j2: its chapter is no XML at line 2: ill-formed document: expected `</p>`, but `</html>` was found");
    insta::assert_snapshot!(refusal(Format::Epub, "<html>\n<p>{{ section.name }}"), @"mine.j2: its chapter is no XML at line 2: an element is not closed");
    insta::assert_snapshot!(refusal(Format::Atom, "x"), @"mine.j2: `atom` has no template; formats that have one: md, html, epub, eml");
}

#[cfg(feature = "office")]
#[test]
fn a_book_begins_with_its_type_and_has_a_chapter_a_section() {
    use std::io::{Cursor, Read};

    let book = |digest: &Digest| {
        let templates = Templates::new(Format::Epub, None).expect("built in");
        render(Format::Epub, digest, &settings(), &templates).expect("it renders")
    };
    for digest in [sample::plain(), sample::arabic(), sample::bilingual(), sample::hostile(), sample::empty()]
    {
        let bytes = book(&digest);
        assert_eq!(bytes, book(&digest));
        assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let mut chapters = 0;
        for at in 0..archive.len() {
            let mut text = String::new();
            let mut file = archive.by_index(at).expect("a member");
            let name = file.name().expect("a name in UTF-8").into_owned();
            file.read_to_string(&mut text).expect("text");
            assert!(!text.contains("<script") && !text.contains("href=\"javascript:"), "{name}");
            chapters += usize::from(name.starts_with("EPUB/section-"));
        }
        assert_eq!(chapters, digest.sections.len());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(book(&sample::plain()))).expect("an archive");
    for (name, snapshot) in [
        ("EPUB/package.opf", "epub-package"),
        ("EPUB/nav.xhtml", "epub-nav"),
        ("EPUB/section-1.xhtml", "epub-chapter"),
    ] {
        let mut text = String::new();
        archive.by_name(name).expect("a member").read_to_string(&mut text).expect("text");
        insta::assert_snapshot!(snapshot, text);
    }
}

#[cfg(feature = "feeds")]
#[test]
fn feeds_are_read_back() {
    for format in [Format::Atom, Format::JsonFeed] {
        let feed = shown(format, &sample::plain());
        let read = feed_rs::parser::parse(feed.as_bytes()).expect("a feed");
        assert_eq!(read.entries.len(), 3, "{}", format.name());
        assert_eq!(read.entries[0].id, entry::id(&sample::plain().stories[0]));
        assert_eq!(read.entries[0].links[0].href, "https://example.org/bridge?a=1&b=2");
        let title = read.entries[2].title.as_ref().map(|title| &*title.content);
        assert_eq!(title, Some("Choir sings for the lighthouse"));
    }
}
