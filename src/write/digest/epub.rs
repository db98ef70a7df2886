//! Digests as books (EPUB 3.3): a chapter a section, which the template makes, and what every book must have.

use minijinja::context;

use super::templates::{Templates, value};
use super::{Settings, date, entry};
use crate::base::error::Error;
use crate::base::escape::{xml, xml_attribute};
use crate::digest::view::Digest;
use crate::write::bytes::push;

const STYLE: &str = include_str!("templates/book.css");

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// The book.
pub(super) fn render(digest: &Digest, settings: &Settings, templates: &Templates) -> Result<Vec<u8>, Error> {
    let mut files = vec![
        ("META-INF/container.xml".to_owned(), CONTAINER.into()),
        ("EPUB/package.opf".to_owned(), package(digest, settings)),
        ("EPUB/nav.xhtml".to_owned(), contents(digest)),
        ("EPUB/book.css".to_owned(), STYLE.into()),
    ];
    let shown = value(digest);
    for (number, section) in digest.sections.iter().enumerate() {
        let chapter = templates
            .fill(context! { digest => shown.clone(), section => value(section), number => number + 1 })?;
        well_formed(&chapter, templates.name())?;
        files.push((format!("EPUB/{}", file(number)), chapter.into_bytes()));
    }
    pack(&files)
}

/// The file of a chapter, beside the package.
fn file(number: usize) -> String {
    format!("section-{}.xhtml", number + 1)
}

/// Refuses a chapter that readers of books would refuse.
fn well_formed(chapter: &str, template: &str) -> Result<(), Error> {
    let refused = |at: u64, reason: String| {
        let line = chapter.bytes().take(usize::try_from(at).unwrap_or(usize::MAX)).filter(|&b| b == b'\n');
        let line = line.count() + 1;
        Err(Error::Config(format!("{template}: its chapter is no XML at line {line}: {reason}")))
    };
    let mut reader = quick_xml::Reader::from_str(chapter);
    let mut depth = 0_i32;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => depth += 1,
            Ok(quick_xml::events::Event::End(_)) => depth -= 1,
            Ok(quick_xml::events::Event::Eof) if depth == 0 => return Ok(()),
            Ok(quick_xml::events::Event::Eof) => {
                return refused(reader.buffer_position(), "an element is not closed".to_owned());
            }
            Ok(_) => {}
            Err(e) => return refused(reader.error_position(), e.to_string()),
        }
    }
}

fn package(digest: &Digest, settings: &Settings) -> Vec<u8> {
    let ids: Vec<&str> = digest.stories.iter().map(|story| &*story.id).collect();
    let id = entry::urn(&["book", &digest.title, &ids.join(" ")]);
    let (newest, title) = (date::newest(digest), xml(&digest.title));
    let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_vec();
    push(
        &mut out,
        "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"en\">\n",
    );
    push(&mut out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    push(&mut out, &format!("<dc:identifier id=\"id\">{id}</dc:identifier>\n<dc:title>{title}</dc:title>\n"));
    for lang in languages(digest) {
        push(&mut out, &format!("<dc:language>{}</dc:language>\n", xml(lang)));
    }
    if !settings.author.trim().is_empty() {
        push(&mut out, &format!("<dc:creator>{}</dc:creator>\n", xml(settings.author.trim())));
    }
    if let Some(day) = newest {
        push(&mut out, &format!("<dc:date>{day}</dc:date>\n"));
    }
    let modified = date::midnight(newest);
    push(
        &mut out,
        &format!("<meta property=\"dcterms:modified\">{modified}</meta>\n</metadata>\n<manifest>\n"),
    );
    push(
        &mut out,
        "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n",
    );
    push(&mut out, "<item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n");
    for number in 0..digest.sections.len() {
        let file = file(number);
        push(
            &mut out,
            &format!("<item id=\"s{number}\" href=\"{file}\" media-type=\"application/xhtml+xml\"/>\n"),
        );
    }
    let rtl = digest.stories.first().is_some_and(|story| story.dir == "rtl");
    let dir = if rtl { " page-progression-direction=\"rtl\"" } else { "" };
    push(&mut out, &format!("</manifest>\n<spine{dir}>\n<itemref idref=\"nav\"/>\n"));
    for number in 0..digest.sections.len() {
        push(&mut out, &format!("<itemref idref=\"s{number}\"/>\n"));
    }
    push(&mut out, "</spine>\n</package>\n");
    out
}

/// Languages of the book, the one it is read in first; a book must name one.
fn languages(digest: &Digest) -> Vec<&str> {
    let target = digest.target_lang.as_deref();
    let others = digest.langs.iter().map(|lang| &**lang).filter(|&lang| Some(lang) != target);
    let mut languages: Vec<&str> = target.into_iter().chain(others).collect();
    if languages.is_empty() {
        languages.push("und");
    }
    languages
}

/// The first page: title, counts and contents.
fn contents(digest: &Digest) -> Vec<u8> {
    let (title, counts) = (xml(&digest.title), xml(&entry::subtitle(digest)).into_owned());
    let mut out = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n".to_vec();
    push(
        &mut out,
        "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"en\" xml:lang=\"en\">\n",
    );
    push(
        &mut out,
        &format!("<head><title>{title}</title><link rel=\"stylesheet\" href=\"book.css\"/></head>\n"),
    );
    push(&mut out, &format!("<body>\n<h1>{title}</h1>\n<p class=\"meta\">{counts}</p>\n"));
    push(&mut out, "<nav epub:type=\"toc\" id=\"toc\">\n<h2>Contents</h2>\n<ol>\n");
    if digest.sections.is_empty() {
        // A list of contents may not be empty.
        push(&mut out, &format!("<li><a href=\"nav.xhtml\">{title}</a></li>\n"));
    }
    for (number, section) in digest.sections.iter().enumerate() {
        let (file, name) = (file(number), xml(&section.name));
        push(&mut out, &format!("<li><a href=\"{file}\">{name}</a>"));
        let stories = section.stories.iter().filter_map(|&at| digest.stories.get(at));
        let items: Vec<String> = stories
            .map(|story| {
                let (id, title) = (xml_attribute(&story.id), xml(entry::title(story)));
                format!("<li><a href=\"{file}#story-{id}\">{title}</a></li>\n")
            })
            .collect();
        if !items.is_empty() {
            push(&mut out, &format!("\n<ol>\n{}</ol>", items.concat()));
        }
        push(&mut out, "</li>\n");
    }
    push(&mut out, "</ol>\n</nav>\n</body>\n</html>\n");
    out
}

#[cfg(feature = "office")]
fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    use std::io::{Cursor, Write};

    use zip::CompressionMethod;
    use zip::write::SimpleFileOptions;

    let archived = || -> std::io::Result<Vec<u8>> {
        // The default time of an entry is fixed, so that the same digest is the same book.
        let options = SimpleFileOptions::DEFAULT;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        // Readers know a book by its first bytes: this entry comes first and as it is.
        archive.start_file("mimetype", options.compression_method(CompressionMethod::Stored))?;
        archive.write_all(b"application/epub+zip")?;
        for (name, bytes) in files {
            archive.start_file(name.as_str(), options)?;
            archive.write_all(bytes)?;
        }
        Ok(archive.finish()?.into_inner())
    };
    archived().map_err(|e| Error::output("digest.epub", e))
}

#[cfg(not(feature = "office"))]
fn pack(_: &[(String, Vec<u8>)]) -> Result<Vec<u8>, Error> {
    Err(Error::Config(
        "epub is written only by a program that was built with the feature `office`".to_owned(),
    ))
}
