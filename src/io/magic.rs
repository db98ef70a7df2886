//! Formats known by their first bytes: what is not text, so that it is refused by name instead of read as noise.

use crate::base::error::DocErrorKind;

/// One row: where the mark stands, the mark, and what bears it.
#[derive(Clone, Copy)]
struct Magic {
    at: usize,
    mark: &'static [u8],
    what: What,
    /// Whether the mark is of letters that a text may hold, so that a control character must be near it.
    letters: bool,
}

#[derive(Clone, Copy)]
enum What {
    /// A document or archive that a later version may read.
    Format(&'static str),
    /// Nothing that holds an article.
    Binary(&'static str),
}

const fn format(at: usize, mark: &'static [u8], name: &'static str) -> Magic {
    Magic { at, mark, what: What::Format(name), letters: false }
}

const fn binary(at: usize, mark: &'static [u8], name: &'static str) -> Magic {
    Magic { at, mark, what: What::Binary(name), letters: false }
}

const fn letters(magic: Magic) -> Magic {
    Magic { letters: true, ..magic }
}

/// The marks, from the lists of PRONOM and `file(1)`; the first that fits counts.
const MAGIC: &[Magic] = &[
    format(0, b"%PDF-", "pdf"),
    format(30, b"mimetypeapplication/epub+zip", "epub"),
    format(0, b"PK\x03\x04", "zip"),
    format(0, b"PK\x05\x06", "zip"),
    format(0, b"7z\xbc\xaf\x27\x1c", "7z"),
    format(0, b"Rar!\x1a\x07", "rar"),
    format(0, b"\xfd7zXZ\0", "xz"),
    letters(format(257, b"ustar", "tar")),
    letters(format(0, b"PAR1", "parquet")),
    format(0, b"{\\rtf", "rtf"),
    format(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    binary(0, b"\x89PNG\r\n\x1a\n", "PNG image"),
    binary(0, b"\xff\xd8\xff", "JPEG image"),
    letters(binary(0, b"GIF87a", "GIF image")),
    letters(binary(0, b"GIF89a", "GIF image")),
    letters(binary(8, b"WEBP", "WebP image")),
    binary(0, b"II*\0", "TIFF image"),
    binary(0, b"MM\0*", "TIFF image"),
    binary(0, b"\0\0\x01\0", "icon"),
    binary(0, b"\x7fELF", "ELF program"),
    binary(0, b"\xfe\xed\xfa\xce", "Mach-O program"),
    binary(0, b"\xfe\xed\xfa\xcf", "Mach-O program"),
    binary(0, b"\xcf\xfa\xed\xfe", "Mach-O program"),
    binary(0, b"\xca\xfe\xba\xbe", "Java class"),
    binary(0, b"\0asm", "WebAssembly"),
    binary(0, b"SQLite format 3\0", "SQLite database"),
    binary(0, b"OggS\0", "Ogg sound"),
    binary(0, b"fLaC\0", "FLAC sound"),
    binary(0, b"ID3\x02", "MP3 sound"),
    binary(0, b"ID3\x03", "MP3 sound"),
    binary(0, b"ID3\x04", "MP3 sound"),
    letters(binary(8, b"WAVEfmt ", "WAV sound")),
    letters(binary(8, b"AVI LIST", "AVI film")),
    letters(binary(4, b"ftyp", "MP4 film")),
    binary(0, b"\x1a\x45\xdf\xa3", "Matroska film"),
    letters(binary(0, b"wOFF", "font")),
    letters(binary(0, b"wOF2", "font")),
    binary(0, b"\0\x01\0\0\0", "font"),
];

/// Refuses bytes that begin as no text does.
///
/// # Errors
/// `Unsupported` for a document or archive that is not read, `Binary` for images, programs, sound and the like.
pub fn refuse(head: &[u8]) -> Result<(), DocErrorKind> {
    // Two bytes of text and a digit make the marks of bzip2 and DOS programs, so more is asked of them.
    if head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY") {
        return Err(DocErrorKind::Unsupported { format: "bz2" });
    }
    if head.starts_with(b"MZ") && head.get(..64).is_some_and(|head| head.contains(&0)) && dos(head) {
        return Err(DocErrorKind::Binary { what: "Windows program" });
    }
    let controls = head.iter().take(512).any(|&b| b < b'\t');
    let bears = |magic: &&Magic| {
        head.get(magic.at..).is_some_and(|rest| rest.starts_with(magic.mark)) && (controls || !magic.letters)
    };
    match MAGIC.iter().find(bears).map(|magic| magic.what) {
        None => Ok(()),
        Some(What::Format("zip")) => Err(DocErrorKind::Unsupported { format: zipped(head) }),
        Some(What::Format(format)) => Err(DocErrorKind::Unsupported { format }),
        Some(What::Binary(what)) => Err(DocErrorKind::Binary { what }),
    }
}

/// Whether the header of a DOS program leads to that of a Windows one.
fn dos(head: &[u8]) -> bool {
    head.get(60..64).and_then(|at| at.try_into().ok()).is_some_and(|at| {
        let at = u32::from_le_bytes(at) as usize;
        head.len() <= at || head.get(at..at + 2) == Some(b"PE")
    })
}

/// What kind of document lies in a zip archive.
fn zipped(head: &[u8]) -> &'static str {
    let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    match () {
        () if holds(b"word/") => "docx",
        () if holds(b"mimetypeapplication/vnd.oasis.opendocument.text") => "odt",
        () => "zip",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_programs_and_archives_are_refused_by_name() {
        let refusal = |head: &[u8]| refuse(head).map_err(|e| e.to_string());
        assert_eq!(refusal(b"\x89PNG\r\n\x1a\n...."), Err("not text (PNG image)".to_owned()));
        assert_eq!(refusal(b"%PDF-1.7\n"), Err("pdf is not read".to_owned()));
        assert_eq!(refusal(b"PK\x03\x04....word/document.xml"), Err("docx is not read".to_owned()));
        assert_eq!(refusal(b"\x7fELF\x02\x01"), Err("not text (ELF program)".to_owned()));
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(refusal(&tar), Err("tar is not read".to_owned()));
    }

    #[test]
    fn text_that_looks_a_little_like_a_mark_is_text() {
        for text in [
            "",
            "PK",
            "MZ is a country code",
            "BZh9 was his call sign",
            "%PDF",
            "ID3",
            "GIF89a is old",
            "The ftyp box",
            "All the WEBP files",
        ] {
            assert_eq!(refuse(text.as_bytes()), Ok(()), "{text}");
        }
    }
}
