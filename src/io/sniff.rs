//! What a file is: by what was asked, by its first bytes, by its name, by how its text begins, in this order.

use std::path::Path;

use serde::de::IgnoredAny;

use crate::base::error::DocErrorKind;
use crate::doc::record::Format;
use crate::io::magic;

/// The format of a file or stream that begins with `head` (unpacked) and is called `path`.
///
/// `asked` wins over everything but a mark of what is not text. A name that says Markdown, JSON lines or a format that is
/// not read is believed; any other name says nothing, and the text decides: JSON lines begin with a line that is a JSON
/// object.
///
/// # Errors
/// `Unsupported` for a format that is known and not read, `Binary` for what is not text at all.
pub fn format(head: &[u8], path: Option<&Path>, asked: Option<Format>) -> Result<Format, DocErrorKind> {
    magic::refuse(head)?;
    if let Some(asked) = asked {
        return Ok(asked);
    }
    let extension = path.and_then(extension).unwrap_or_default();
    match extension.as_str() {
        "jsonl" | "ndjson" | "jsonlines" => return Ok(Format::Jsonl),
        "md" | "markdown" | "mdown" | "mkd" => return Ok(Format::Markdown),
        "html" | "htm" | "xhtml" => return Ok(Format::Html),
        _ => {}
    }
    if let Some(&(_, format)) = LATER.iter().find(|(name, _)| *name == extension) {
        return Err(DocErrorKind::Unsupported { format });
    }
    let text = beginning(head);
    if let Some(format) = markup(&text) {
        if format == "html" {
            return Ok(Format::Html);
        }
        return Err(DocErrorKind::Unsupported { format });
    }
    if begins_with_object(&text) {
        return Ok(Format::Jsonl);
    }
    match extension.as_str() {
        "json" => Err(DocErrorKind::Unsupported { format: "json (other than JSON lines)" }),
        _ => Ok(Format::Text),
    }
}

/// Names of formats that are known and not read.
const LATER: &[(&str, &str)] = &[
    ("csv", "csv"),
    ("tsv", "tsv"),
    ("tab", "tsv"),
    ("xml", "xml"),
    ("rss", "feed"),
    ("atom", "feed"),
    ("opml", "opml"),
    ("eml", "eml"),
    ("mbox", "mbox"),
    ("epub", "epub"),
    ("docx", "docx"),
    ("doc", "doc"),
    ("odt", "odt"),
    ("rtf", "rtf"),
    ("pdf", "pdf"),
    ("parquet", "parquet"),
    ("warc", "warc"),
    ("wet", "wet"),
    ("zip", "zip"),
    ("tar", "tar"),
    ("tgz", "tar"),
    ("7z", "7z"),
    ("rar", "rar"),
    ("bz2", "bz2"),
    ("xz", "xz"),
];

/// The extension in lower case, after those that only say how a file is packed.
fn extension(path: &Path) -> Option<String> {
    let mut name = Path::new(path.file_name()?);
    loop {
        let extension = name.extension()?.to_string_lossy().to_lowercase();
        match extension.as_str() {
            "gz" | "gzip" | "zst" | "zstd" => name = Path::new(name.file_stem()?),
            _ => return Some(extension),
        }
    }
}

/// The first characters that show, as bytes of UTF-8.
fn beginning(head: &[u8]) -> Vec<u8> {
    let encoding = match head {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let text = match encoding {
        // A character cut in two by the end of the head becomes U+FFFD, which ends the look ahead as well.
        Some(encoding) => encoding.decode_with_bom_removal(head).0.into_owned().into_bytes(),
        None => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).to_vec(),
    };
    text.trim_ascii_start().to_vec()
}

/// The markup language that `text` begins in.
fn markup(text: &[u8]) -> Option<&'static str> {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with.as_bytes()));
    if begins("<!doctype html") || begins("<html") {
        return Some("html");
    }
    if !begins("<?xml") && !begins("<rss") && !begins("<feed") && !begins("<opml") {
        return None;
    }
    let holds = |tag: &str| memchr::memmem::find(text, tag.as_bytes()).is_some();
    let kinds = [("<html", "html"), ("<rss", "feed"), ("<feed", "feed"), ("<opml", "opml")];
    Some(kinds.into_iter().find(|(tag, _)| holds(tag)).map_or("xml", |(_, name)| name))
}

/// Whether the first line is a JSON object, or the beginning of one that goes on after what was looked at.
fn begins_with_object(text: &[u8]) -> bool {
    if !text.starts_with(b"{") {
        return false;
    }
    let line = memchr::memchr(b'\n', text).map_or(text, |end| &text[..end]);
    match serde_json::from_slice::<IgnoredAny>(line) {
        Ok(_) => true,
        // A brace alone on its line opens an object that is printed over several.
        Err(e) => line.len() == text.len() && e.is_eof() && text.contains(&b':'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(name: &str, head: &str) -> Result<Format, &'static str> {
        format(head.as_bytes(), Some(Path::new(name)), None).map_err(|e| match e {
            DocErrorKind::Unsupported { format } => format,
            other => panic!("{other}"),
        })
    }

    #[test]
    fn names_that_say_much_are_believed_through_their_packing() {
        assert_eq!(sniffed("a.jsonl.gz", "not json"), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.NDJSON.zst", ""), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.md.gz", "{\"a\": 1}\n"), Ok(Format::Markdown));
        assert_eq!(sniffed("a.html", "plain words"), Ok(Format::Html));
        assert_eq!(sniffed("a.csv.gz", "plain words"), Err("csv"));
        assert_eq!(sniffed("archive.tar.gz", "plain words"), Err("tar"));
    }

    #[test]
    fn a_text_that_begins_with_a_line_of_json_is_json_lines() {
        assert_eq!(sniffed("a.txt", "\u{feff}\n {\"text\": \"x\"}\n{"), Ok(Format::Jsonl));
        assert_eq!(sniffed("a", "{\"text\": \"a long line that goes on after the"), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.json", "{}\n"), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.txt", "{\n  \"text\": \"x\"\n}"), Ok(Format::Text));
        assert_eq!(sniffed("a.txt", "{braces} open this sentence"), Ok(Format::Text));
        assert_eq!(sniffed("a.txt", "{"), Ok(Format::Text));
        assert!(sniffed("a.json", "{\n  \"text\": \"x\"\n}").is_err());
    }

    #[test]
    fn json_lines_in_utf_16_are_seen() {
        let wide: Vec<u8> = "\u{feff}{\"text\":\"x\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(format(&wide, None, None), Ok(Format::Jsonl));
    }

    #[test]
    fn markup_is_known_by_how_it_begins() {
        assert_eq!(sniffed("a.txt", "\n<!DOCTYPE HTML><p>"), Ok(Format::Html));
        assert_eq!(sniffed("a", "<?xml version='1.0'?>\n<rss version='2.0'>"), Err("feed"));
        assert_eq!(sniffed("a.md", "<html>"), Ok(Format::Markdown));
        assert_eq!(sniffed("a.txt", "<p>is not</p>"), Ok(Format::Text));
    }

    #[test]
    fn what_was_asked_wins_over_names_and_markup_but_not_over_images() {
        let asked = Some(Format::Lines);
        assert_eq!(format(b"<html>", Some(Path::new("a.csv")), asked), Ok(Format::Lines));
        assert!(format(b"GIF89a\x01\0", Some(Path::new("a.txt")), asked).is_err());
    }
}
