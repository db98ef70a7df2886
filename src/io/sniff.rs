//! What a file is: an archive by its first bytes, then what was asked, then how its text begins, then its name.

use std::path::Path;

use serde::de::IgnoredAny;

use crate::base::error::DocErrorKind;
use crate::doc::record::Format;
use crate::io::magic;

/// What bytes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A tar archive.
    Tar,
    /// A zip archive, which may be a book or a document.
    Zip,
    /// Records.
    Format(Format),
}

/// What a file or stream holds that begins with `head` (unpacked) and is called `path`.
///
/// Archives are known by their bytes alone. For the rest, `asked` wins over everything but a mark of what is not text. A
/// name that says Markdown is believed, since Markdown may begin like anything. Then the text decides: markup, archives of
/// the web, JSON objects and mail are known by how they begin. Then the name.
///
/// # Errors
/// `Unsupported` for a format that is known and not read, `Binary` for what is not text at all, `Malformed` for a name that
/// promises what the bytes are not.
pub fn kind(head: &[u8], path: Option<&Path>, asked: Option<Format>) -> Result<Kind, DocErrorKind> {
    let extension = path.and_then(extension).unwrap_or_default();
    if let Some(archive) = archive(head, &extension) {
        return Ok(archive);
    }
    if cfg!(feature = "parquet") && head.starts_with(b"PAR1") && head.iter().any(|&b| b < b'\t') {
        return Ok(Kind::Format(Format::Parquet));
    }
    magic::refuse(head)?;
    asked.map_or_else(|| format(head, &extension), Ok).map(Kind::Format)
}

/// The archive that begins with `head`.
fn archive(head: &[u8], extension: &str) -> Option<Kind> {
    if !cfg!(feature = "unpack") {
        return None;
    }
    let empty = extension == "tar" && !head.is_empty() && head.iter().all(|&b| b == 0);
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        _ if empty || is_tar(head) => Some(Kind::Tar),
        _ => None,
    }
}

/// Whether a tar header stands here: its checksum, in octal digits, is the sum of its bytes with blanks in its own place.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let digits = header[148..156].trim_ascii_start();
    let octal = digits.iter().take_while(|b| matches!(b, b'0'..=b'7'));
    let told = octal.fold(0_u32, |sum, b| sum.wrapping_mul(8).wrapping_add(u32::from(b - b'0')));
    let sum: u32 = header.iter().map(|&b| u32::from(b)).sum();
    let own: u32 = header[148..156].iter().map(|&b| u32::from(b)).sum();
    told > 0 && told == sum - own + 8 * u32::from(b' ')
}

/// The format of text by how it begins and by the extension of its name.
fn format(head: &[u8], extension: &str) -> Result<Format, DocErrorKind> {
    if matches!(extension, "md" | "markdown" | "mdown" | "mkd") {
        return Ok(Format::Markdown);
    }
    let text = beginning(head);
    if let Some(format) = markup(&text) {
        return format.map_err(|format| DocErrorKind::Unsupported { format });
    }
    if text.starts_with(b"WARC/") && text.get(5).is_some_and(u8::is_ascii_digit) {
        return Ok(if extension == "wet" { Format::Wet } else { Format::Warc });
    }
    if is_json_feed(&text) {
        return Ok(Format::Feed);
    }
    let named = NAMES.iter().find(|(name, _)| *name == extension).map(|&(_, named)| named);
    if let Some(Named::As(format)) = named {
        return Ok(format);
    }
    if begins_with_object(&text) {
        return Ok(Format::Jsonl);
    }
    if let Some(format) = mail(&text) {
        return Ok(format);
    }
    match named {
        Some(Named::As(format)) => Ok(format),
        Some(Named::Other(format)) => Err(DocErrorKind::Unsupported { format }),
        Some(Named::Broken(what)) => Err(DocErrorKind::Malformed {
            reason: format!("the name says {what}, and the bytes are something else"),
        }),
        None => Ok(Format::Text),
    }
}

/// What the extension of a name says.
#[derive(Debug, Clone, Copy)]
enum Named {
    /// A format that is believed.
    As(Format),
    /// A format that is known and not read.
    Other(&'static str),
    /// What would have been known by its bytes.
    Broken(&'static str),
}

/// What names say of files whose text leaves it open.
const NAMES: &[(&str, Named)] = &[
    ("jsonl", Named::As(Format::Jsonl)),
    ("ndjson", Named::As(Format::Jsonl)),
    ("jsonlines", Named::As(Format::Jsonl)),
    ("html", Named::As(Format::Html)),
    ("htm", Named::As(Format::Html)),
    ("xhtml", Named::As(Format::Html)),
    ("csv", Named::As(Format::Csv)),
    ("tsv", Named::As(Format::Tsv)),
    ("tab", Named::As(Format::Tsv)),
    ("rss", Named::As(Format::Feed)),
    ("atom", Named::As(Format::Feed)),
    ("opml", Named::As(Format::Opml)),
    ("eml", Named::As(Format::Eml)),
    ("mht", Named::As(Format::Eml)),
    ("mhtml", Named::As(Format::Eml)),
    ("mbox", Named::As(Format::Mbox)),
    ("mbx", Named::As(Format::Mbox)),
    ("warc", Named::As(Format::Warc)),
    ("wet", Named::As(Format::Wet)),
    ("xml", Named::Other("xml")),
    ("json", Named::Other("json (other than JSON lines)")),
    ("doc", Named::Other("doc")),
    ("odt", Named::Other("odt")),
    ("rtf", Named::Other("rtf")),
    ("pdf", Named::Other("pdf")),
    ("7z", Named::Other("7z")),
    ("rar", Named::Other("rar")),
    ("parquet", Named::Other("parquet")),
    ("zip", Named::Broken("zip")),
    ("epub", Named::Broken("epub")),
    ("docx", Named::Broken("docx")),
    ("tar", Named::Broken("tar")),
];

/// The extension in lower case, after those that only say how a file is packed.
fn extension(path: &Path) -> Option<String> {
    let mut name = Path::new(path.file_name()?);
    loop {
        let extension = name.extension()?.to_string_lossy().to_lowercase();
        match extension.as_str() {
            "gz" | "gzip" | "zst" | "zstd" | "bz2" | "xz" => name = Path::new(name.file_stem()?),
            "tgz" | "tbz" | "tbz2" | "txz" | "tzst" => return Some("tar".to_owned()),
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

/// The format of the markup that `text` begins in, by its first element; an error for XML that is not read.
fn markup(text: &[u8]) -> Option<Result<Format, &'static str>> {
    let mut rest = text;
    let mut xml = false;
    loop {
        rest = rest.trim_ascii_start();
        let begins =
            |with: &str| rest.get(..with.len()).is_some_and(|t| t.eq_ignore_ascii_case(with.as_bytes()));
        let after = |end: &str| memchr::memmem::find(rest, end.as_bytes()).map(|at| &rest[at + end.len()..]);
        if begins("<!doctype html") {
            return Some(Ok(Format::Html));
        }
        rest = if begins("<!--") {
            after("-->")?
        } else if begins("<?") {
            xml |= begins("<?xml");
            let Some(after) = after("?>") else { return xml.then_some(Err("xml")) };
            after
        } else if begins("<!doctype") {
            xml = true;
            let end = after(">");
            let subset = memchr::memchr(b'[', &rest[..rest.len() - end.map_or(0, <[u8]>::len)]).is_some();
            let Some(after) = (if subset { after("]>") } else { end }) else { return Some(Err("xml")) };
            after
        } else {
            break;
        };
    }
    let name = rest.strip_prefix(b"<")?;
    let end =
        name.iter().position(|b| !(b.is_ascii_alphanumeric() || b":_-.".contains(b))).unwrap_or(name.len());
    let name = name[..end].rsplit(|&b| b == b':').next().unwrap_or_default().to_ascii_lowercase();
    match name.as_slice() {
        b"html" | b"head" | b"body" => Some(Ok(Format::Html)),
        b"rss" | b"rdf" | b"feed" => Some(Ok(Format::Feed)),
        b"opml" => Some(Ok(Format::Opml)),
        _ => xml.then_some(Err("xml")),
    }
}

/// Whether a JSON object names a version of JSON Feed, its slashes escaped or not.
fn is_json_feed(text: &[u8]) -> bool {
    let names = |at: usize| {
        let mut before = text[at.saturating_sub(48)..at].to_vec();
        before.retain(|b| !b.is_ascii_whitespace() && *b != b'\\');
        before.ends_with(b"\"version\":\"https://") || before.ends_with(b"\"version\":\"http://")
    };
    text.starts_with(b"{") && memchr::memmem::find_iter(text, b"jsonfeed.org").any(names)
}

/// Headers that stand in mail and in nothing else, in lower case.
const OF_MAIL: [&str; 6] =
    ["received", "return-path", "message-id", "mime-version", "delivered-to", "content-transfer-encoding"];

/// Mail by its headers, a mailbox by the line before them.
fn mail(text: &[u8]) -> Option<Format> {
    if let Some(rest) = text.strip_prefix(b"From ") {
        let end = memchr::memchr(b'\n', rest)?;
        let (line, message) = (&rest[..end], &rest[end + 1..]);
        return (line.contains(&b':') && !header_names(message).is_empty()).then_some(Format::Mbox);
    }
    let names = header_names(text);
    let holds = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    (holds(&OF_MAIL) && holds(&["from", "to", "subject", "date"])).then_some(Format::Eml)
}

/// The names of the headers that `text` begins with, in lower case; none when a line among them is none.
fn header_names(text: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.split_inclusive(|&b| b == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        if !names.is_empty() && line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let name = memchr::memchr(b':', line).map(|colon| &line[..colon]);
        match name
            .filter(|name| !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-'))
        {
            Some(name) => names.push(String::from_utf8_lossy(name).to_lowercase()),
            // What was looked at may end inside a line.
            None if !line.ends_with(b"\n") => break,
            None => return Vec::new(),
        }
    }
    names
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

    fn sniffed(name: &str, head: &str) -> Result<Format, String> {
        match kind(head.as_bytes(), Some(Path::new(name)), None) {
            Ok(Kind::Format(format)) => Ok(format),
            Ok(other) => Err(format!("{other:?}")),
            Err(DocErrorKind::Unsupported { format }) => Err(format.to_owned()),
            Err(other) => Err(other.to_string()),
        }
    }

    #[test]
    fn names_count_where_the_text_says_nothing() {
        assert_eq!(sniffed("a.jsonl.gz", "not json"), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.NDJSON.zst", ""), Ok(Format::Jsonl));
        assert_eq!(sniffed("a.md.gz", "{\"a\": 1}\n"), Ok(Format::Markdown));
        assert_eq!(sniffed("a.html", "plain words"), Ok(Format::Html));
        assert_eq!(sniffed("a.csv.gz", "id,text\n"), Ok(Format::Csv));
        assert_eq!(sniffed("a.odt", "plain words"), Err("odt".to_owned()));
        let broken = "the name says tar, and the bytes are something else";
        assert_eq!(sniffed("archive.tar.gz", "plain words"), Err(broken.to_owned()));
        assert_eq!(sniffed("archive.tgz", "plain words"), Err(broken.to_owned()));
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
        assert_eq!(kind(&wide, None, None), Ok(Kind::Format(Format::Jsonl)));
    }

    #[test]
    fn markup_is_known_by_its_first_element() {
        assert_eq!(sniffed("a.txt", "\n<!DOCTYPE HTML><p>"), Ok(Format::Html));
        assert_eq!(
            sniffed("a", "<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0'>"),
            Ok(Format::Feed)
        );
        assert_eq!(sniffed("a.xml", "<rdf:RDF xmlns:rdf='r'>"), Ok(Format::Feed));
        assert_eq!(sniffed("a.html", "<feed xmlns='a'>"), Ok(Format::Feed));
        assert_eq!(
            sniffed("a", "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b>c'>]><opml>"),
            Ok(Format::Opml)
        );
        assert_eq!(sniffed("a", "<?xml version='1.0'?><html xmlns='h'>"), Ok(Format::Html));
        assert_eq!(sniffed("a", "<?xml version='1.0'?><play>"), Err("xml".to_owned()));
        assert_eq!(sniffed("a.md", "<html>"), Ok(Format::Markdown));
        assert_eq!(sniffed("a.txt", "<p>is not</p>"), Ok(Format::Text));
        assert_eq!(sniffed("a.jsonl", "<!doctype html><p>404"), Ok(Format::Html));
    }

    #[test]
    fn feeds_in_json_are_told_from_json_lines() {
        let escaped = r#"{"version": "https:\/\/jsonfeed.org\/version\/1.1", "items": []}"#;
        assert_eq!(sniffed("a.json", escaped), Ok(Format::Feed));
        assert_eq!(sniffed("a", &escaped.replace('\\', "")), Ok(Format::Feed));
        assert_eq!(sniffed("a", r#"{"text": "see https://jsonfeed.org/version/1"}"#), Ok(Format::Jsonl));
    }

    #[test]
    fn mail_is_known_by_headers_that_nothing_else_has() {
        let message = "Received: from a\n\tby b\nFrom: Ann <a@x>\nSubject: s\n\nwords";
        assert_eq!(sniffed("a.txt", message), Ok(Format::Eml));
        assert_eq!(sniffed("a", &format!("From a@x Mon Jan  1 00:00:00 2024\n{message}")), Ok(Format::Mbox));
        assert_eq!(sniffed("a", "From the far bank: a report\nwas read out: all left.\n"), Ok(Format::Text));
        assert_eq!(sniffed("a", "From: Ann\nDate: today\nSubject: notes\n\nwords"), Ok(Format::Text));
    }

    #[test]
    fn archives_of_the_web_are_known_by_their_version() {
        assert_eq!(sniffed("a", "WARC/1.0\r\nWARC-Type: warcinfo\r\n"), Ok(Format::Warc));
        assert_eq!(sniffed("a.warc.wet.gz", "WARC/1.0\r\n"), Ok(Format::Wet));
        assert_eq!(sniffed("a", "WARC/ is a format"), Ok(Format::Text));
    }

    #[cfg(feature = "unpack")]
    #[test]
    fn archives_are_opened_whatever_was_asked() {
        let asked = Some(Format::Html);
        assert_eq!(kind(b"PK\x03\x04....", Some(Path::new("a.txt")), asked), Ok(Kind::Zip));
        let mut header = tar::Header::new_gnu();
        header.set_path("a.txt").unwrap();
        header.set_cksum();
        assert_eq!(kind(header.as_bytes(), None, asked), Ok(Kind::Tar));
        assert_eq!(kind(&[0; 1024], Some(Path::new("a.tar")), None), Ok(Kind::Tar));
        assert!(kind(&[0; 1024], Some(Path::new("a.txt")), asked).is_ok());
        header.as_mut_bytes()[0] = b'b';
        assert_ne!(kind(header.as_bytes(), None, asked), Ok(Kind::Tar));
    }

    #[test]
    fn what_was_asked_wins_over_names_and_markup_but_not_over_images() {
        let asked = Some(Format::Lines);
        assert_eq!(kind(b"<html>", Some(Path::new("a.csv")), asked), Ok(Kind::Format(Format::Lines)));
        assert!(kind(b"GIF89a\x01\0", Some(Path::new("a.txt")), asked).is_err());
    }
}
