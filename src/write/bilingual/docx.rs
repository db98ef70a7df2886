//! A table in a document of a word processor (ECMA-376, `WordprocessingML`), for a translator without a tool.
//!
//! Columns are id, source, target and note; targets are filled in and the document comes back.

use std::fs::File;

use crate::base::error::Error;
use crate::base::escape::xml;
use crate::base::lang::Lang;
use crate::bilingual::skeleton::Doc;
use crate::translate::unit::Unit;
use crate::write::bilingual::file::{FileHead, Form, attribute};
use crate::write::bytes::push;

/// Widths of the columns, in twentieths of a point: an A4 page on its side, less its margins.
const COLUMNS: [(&str, u32); 4] = [("id", 1600), ("source", 4700), ("target", 4700), ("note", 3400)];

/// Letters of seven and eight points; Arabic and the like have sizes of their own.
const SMALLEST: &str = "<w:sz w:val=\"14\"/><w:szCs w:val=\"14\"/>";
const SMALL: &str = "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>";

/// One table for all documents.
#[derive(Debug)]
pub(super) struct Docx {
    pub(super) head: FileHead,
}

impl Form for Docx {
    fn head(&self, out: &mut Vec<u8>) {
        push(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        push(
            out,
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl>",
        );
        push(out, "<w:tblPr><w:tblW w:w=\"14400\" w:type=\"dxa\"/><w:tblBorders>");
        for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            push(out, &format!("<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"999999\"/>"));
        }
        push(out, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        for (_, width) in COLUMNS {
            push(out, &format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        push(out, "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
        for (name, width) in COLUMNS {
            cell(out, width, name, "<w:b/>", None);
        }
        push(out, "</w:tr>\n");
    }

    fn document(&self, _: &Doc, units: &[Unit<'_>], out: &mut Vec<u8>) {
        let [id, source, target, note] = COLUMNS.map(|(_, width)| width);
        let source_lang = Some(self.head.source_lang.as_str());
        for unit in units {
            push(out, "<w:tr>");
            cell(out, id, unit.id, SMALLEST, None);
            cell(out, source, &unit.source(), "", source_lang);
            let filled = unit.target();
            cell(out, target, filled.as_deref().unwrap_or_default(), "", self.head.target_lang.as_deref());
            cell(out, note, &unit.note(), SMALL, None);
            push(out, "</w:tr>\n");
        }
    }

    fn tail(&self, out: &mut Vec<u8>) {
        push(out, "</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>");
        push(
            out,
            "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"0\" w:footer=\"0\" w:gutter=\"0\"/>",
        );
        push(out, "</w:sectPr></w:body></w:document>\n");
    }

    fn pack(&self, file: File) -> Result<File, Error> {
        pack(file)
    }
}

fn cell(out: &mut Vec<u8>, width: u32, text: &str, looks: &str, lang: Option<&str>) {
    let right_to_left = lang.and_then(Lang::parse).is_some_and(|lang| lang.is_right_to_left());
    push(out, &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p>"));
    if right_to_left {
        push(out, "<w:pPr><w:bidi/></w:pPr>");
    }
    push(out, &format!("<w:r><w:rPr>{looks}"));
    if right_to_left {
        push(out, "<w:rtl/>");
    }
    if let Some(lang) = lang {
        push(out, "<w:lang");
        attribute(out, if right_to_left { "w:bidi" } else { "w:val" }, lang);
        push(out, "/>");
    }
    push(out, "</w:rPr>");
    // A table with a carriage return in a cell is none for LibreOffice.
    for (number, line) in text.split(['\n', '\r']).enumerate() {
        if number > 0 {
            push(out, "<w:br/>");
        }
        for (number, piece) in line.split('\t').enumerate() {
            if number > 0 {
                push(out, "<w:tab/>");
            }
            push(out, "<w:t xml:space=\"preserve\">");
            push(out, &xml(piece));
            push(out, "</w:t>");
        }
    }
    push(out, "</w:r></w:p></w:tc>");
}

#[cfg(feature = "office")]
fn pack(mut file: File) -> Result<File, Error> {
    use std::io::{Seek, SeekFrom, Write};

    use zip::write::SimpleFileOptions;

    const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>\n";
    const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>\n";
    let mut archived = || -> std::io::Result<File> {
        // The default time of an entry is fixed, so that the same table is the same file.
        let options = SimpleFileOptions::DEFAULT.large_file(false);
        let mut archive = zip::ZipWriter::new(tempfile::tempfile()?);
        for (name, text) in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS)] {
            archive.start_file(name, options)?;
            archive.write_all(text.as_bytes())?;
        }
        archive.start_file("word/document.xml", options)?;
        file.seek(SeekFrom::Start(0))?;
        std::io::copy(&mut file, &mut archive)?;
        Ok(archive.finish()?)
    };
    archived().map_err(|e| Error::output("temporary file", e))
}

#[cfg(not(feature = "office"))]
fn pack(_: File) -> Result<File, Error> {
    Err(Error::Config(
        "docx is written only by a program that was built with the feature `office`".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, lang: Option<&str>) -> String {
        let mut out = Vec::new();
        cell(&mut out, 1, text, "", lang);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn line_ends_of_all_kinds_are_breaks() {
        let cell = written("a\rb\nc", None);
        assert_eq!(cell.matches("</w:t><w:br/><w:t").count(), 2, "{cell}");
    }

    #[test]
    fn cells_run_as_their_language_does() {
        assert!(
            written("x", Some("ar"))
                .contains("<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi=\"ar\"/></w:rPr>")
        );
        assert!(written("x", Some("en")).contains("<w:p><w:r><w:rPr><w:lang w:val=\"en\"/></w:rPr>"));
    }
}
