//! A bilingual table in a document of a word processor (DOCX, ISO 29500): rows under a header that names the columns. Tracked
//! changes are read as accepted.

use std::io::{Cursor, Read};

use crate::bilingual::read::columns::{Columns, is_blank};
use crate::bilingual::read::xml::{Node, Tag, Xml};
use crate::bilingual::read::{undecoded, unread};
use crate::bilingual::row::{Head, Refusal, Row};
use crate::io::unpack::Allowance;
use crate::io::zip::{Seekable, Zip};

/// The longest main part that is read, in bytes.
const LONGEST: usize = 512 << 20;

/// Elements whose text is not that of the document: what was deleted or moved away, codes of fields, comments' marks, and the
/// second version of a drawing.
const ASIDE: [&str; 4] = ["del", "moveFrom", "instrText", "Fallback"];

/// The most columns that one cell may span; a table has 63 at most.
const WIDEST: usize = 63;

/// Reads the tables of a document whose header row has the columns; `line` is the row's number in its table, from 1.
///
/// # Errors
/// For what is no document, holds no such table, or unpacks to more than an honest document does.
pub(super) fn read(input: &mut dyn Read, take: &mut dyn FnMut(Row)) -> Result<Head, Refusal> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(unread)?;
    let allowance = Allowance::of(bytes.len() as u64);
    let zip = Zip::open(Seekable::memory(bytes)).map_err(|kind| undecoded(&kind))?;
    let main = zip.find("word/document.xml").map(|member| zip.read(member, LONGEST, &allowance));
    let main = main.ok_or_else(|| Refusal::whole("no DOCX: it holds no word/document.xml"))?;
    let found = main_part(main.map_err(|kind| undecoded(&kind))?, take);
    // Lines of a part that nobody sees tell nothing.
    found.map_err(|refusal| Refusal { line: None, ..refusal })?;
    Ok(Head::default())
}

fn main_part(main: Vec<u8>, take: &mut dyn FnMut(Row)) -> Result<(), Refusal> {
    let mut input = Cursor::new(main);
    let (mut xml, _) = Xml::open(&mut input, "document")?;
    let (mut found, mut other) = (false, None);
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name == "tbl" => match table(&mut xml, take)? {
                Ok(()) => found = true,
                Err(reason) => other = other.or(Some(reason)),
            },
            Node::Open(tag) if ASIDE.contains(&tag.name.as_str()) => xml.skip()?,
            Node::End if found => return Ok(()),
            Node::End => {
                let reason = other.unwrap_or_else(|| "the document holds no table".to_owned());
                return Err(Refusal::whole(reason));
            }
            Node::Open(_) | Node::Text(_) | Node::Close => {}
        }
    }
}

/// Reads a table; gives what its header lacks where it is another's.
fn table(xml: &mut Xml<'_>, take: &mut dyn FnMut(Row)) -> Result<Result<(), String>, Refusal> {
    let mut columns: Option<Result<Columns, String>> = None;
    let (mut number, mut depth) = (0, 1_usize);
    while depth > 0 {
        match xml.next()? {
            Node::Open(tag) if tag.name == "tr" => {
                number += 1;
                let Some(cells) = table_row(xml)? else { continue };
                match &columns {
                    Some(Ok(columns)) => {
                        columns.row(cells, number).into_iter().for_each(&mut *take);
                    }
                    Some(Err(_)) => {}
                    None if is_blank(&cells) => {}
                    None => columns = Some(Columns::of(&cells)),
                }
            }
            Node::Open(tag) if ASIDE.contains(&tag.name.as_str()) => xml.skip()?,
            Node::Open(_) => depth += 1,
            Node::Text(_) => {}
            Node::Close => depth -= 1,
            Node::End => break,
        }
    }
    Ok(columns.unwrap_or_else(|| Err("a table without a header row".to_owned())).map(drop))
}

/// The cells of a row; `None` for one that was deleted.
fn table_row(xml: &mut Xml<'_>) -> Result<Option<Vec<String>>, Refusal> {
    let (mut cells, mut depth, mut deleted) = (Vec::new(), 1_usize, false);
    let mut in_properties = None;
    while depth > 0 {
        match xml.next()? {
            Node::Open(tag) if tag.name == "tc" => cells.extend(table_cell(xml)?),
            Node::Open(tag) if tag.name == "trPr" => {
                depth += 1;
                in_properties = Some(depth);
            }
            Node::Open(tag) => {
                deleted |= in_properties.is_some() && tag.name == "del";
                depth += 1;
            }
            Node::Text(_) => {}
            Node::Close => {
                in_properties = in_properties.filter(|&at| at != depth);
                depth -= 1;
            }
            Node::End => break,
        }
    }
    Ok((!deleted).then_some(cells))
}

/// The text of a cell, and empty cells for the further columns that it spans.
fn table_cell(xml: &mut Xml<'_>) -> Result<Vec<String>, Refusal> {
    let mut cell = Cell::default();
    let mut open: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let marks_deletion = tag.name == "del" && open.last().is_some_and(|parent| parent == "rPr");
                if marks_deletion && open.iter().rev().nth(1).is_some_and(|parent| parent == "pPr") {
                    cell.runs_on = true;
                }
                if ASIDE.contains(&tag.name.as_str()) {
                    xml.skip()?;
                    continue;
                }
                cell.enter(&tag, open.last().map_or("", String::as_str));
                open.push(tag.name);
            }
            Node::Text(text) if open.last().is_some_and(|name| name == "t") => cell.text.push_str(&text),
            Node::Text(_) => {}
            Node::Close => match open.pop() {
                Some(name) if name == "p" => cell.leave(),
                Some(_) => {}
                None => break,
            },
            Node::End => break,
        }
    }
    let mut cells = vec![cell.text];
    cells.resize(cell.span.clamp(1, WIDEST), String::new());
    Ok(cells)
}

/// A cell in the making.
#[derive(Default)]
struct Cell {
    text: String,
    span: usize,
    /// Whether a paragraph came before and is to be told from the next.
    ended: bool,
    /// Whether the end of the open paragraph was deleted, so that the next goes on with it.
    runs_on: bool,
}

impl Cell {
    /// Takes what an element in `parent` stands for.
    fn enter(&mut self, tag: &Tag, parent: &str) {
        match (tag.name.as_str(), parent) {
            ("gridSpan", _) => {
                self.span = tag.attribute("w:val").and_then(|span| span.parse().ok()).unwrap_or_default();
            }
            ("p", _) if std::mem::take(&mut self.ended) => self.text.push('\n'),
            // Elsewhere it is where a tab stops.
            ("tab" | "ptab", "r") => self.text.push('\t'),
            ("br" | "cr", "r") => self.text.push('\n'),
            ("noBreakHyphen", "r") => self.text.push('\u{2011}'),
            ("softHyphen", "r") => self.text.push('\u{ad}'),
            _ => {}
        }
    }

    /// A paragraph ends.
    fn leave(&mut self) {
        self.ended = !std::mem::take(&mut self.runs_on);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;
    use crate::bilingual::read::Options;
    use crate::bilingual::read::tests::{rows_of, told};

    fn packed(body: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let document = format!("<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>");
        zip.write_all(document.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    fn table(rows: &[&[&str]]) -> String {
        let cell = |cell: &&str| format!("<w:tc><w:tcPr/>{cell}</w:tc>");
        let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
        format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
    }

    fn p(text: &str) -> String {
        format!(
            "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    }

    #[test]
    fn cells_are_their_paragraphs_with_changes_accepted() {
        let header = [p("ID"), p("Source"), p("Target"), p("note")];
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let changed = "<w:p><w:del><w:r><w:delText>Old</w:delText></w:r></w:del><w:ins><w:r><w:t>New</w:t></w:r></w:ins>\
            <w:r><w:tab/><w:t xml:space='preserve'> a &amp; b</w:t><w:br/><w:t>c</w:t></w:r></w:p><w:p><w:r><w:t>d</w:t></w:r></w:p>";
        let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p><w:p><w:r><w:t>two</w:t></w:r></w:p>";
        let (u1, u2, s) = (p("u1"), p("u2"), p("Source text"));
        let other = table(&[&[&p("a"), &p("b")], &[&p("c"), &p("d")]]);
        let rows = table(&[&header, &[&u1, &s, changed, &p("n")], &[&u2, joined], &["", "<w:p/>"]]);
        let gone = rows.replacen("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>", 2);
        insta::assert_snapshot!(told("a.docx", packed(&format!("{}{other}{gone}", p("Head")))), @r#"
        - > -
        2 u1 "Source text" Some("New\t a & b\nc\nd") - notes ["n"]
        3 u2 "one two" None -
        "#);
        let deleted = format!(
            "<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{u1}</w:tc><w:tc>{s}</w:tc></w:tr></w:tbl>"
        );
        let spans =
            format!("<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{u2}</w:tc><w:tc>{s}</w:tc></w:tr>");
        let rows = table(&[&header]).replace("</w:tbl>", &(spans + &deleted));
        insta::assert_snapshot!(told("a.docx", packed(&rows)), @r#"
        - > -
        2 u2 "" Some("Source text") -
        "#);
    }

    #[test]
    fn documents_without_the_table_are_refused() {
        insta::assert_snapshot!(told("a.docx", packed(&p("Words"))), @"refused: the document holds no table");
        insta::assert_snapshot!(told("a.docx", packed(&table(&[&[&p("a"), &p("b")]]))), @"refused: no column `id` or no column `source`; the header row is: a, b");
        insta::assert_snapshot!(told("a.docx", "PK"), @"refused: zip data is damaged after 0 unpacked bytes: invalid Zip archive: Could not find EOCD");
        let mut cut = packed(&table(&[&[&p("id"), &p("source")]]));
        cut.truncate(100);
        assert!(told("a.docx", cut).starts_with("refused: "));
    }

    proptest! {
        #[test]
        fn cells_written_by_hand_come_back(source in "[a-z&<\"é\u{1F600}\u{202e} \n\t]{1,20}z", target in "[a-z\n\t ]{0,9}") {
            let paragraphs = |text: &str| {
                let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('\t', "</w:t><w:tab/><w:t>");
                escaped.split('\n').map(p).collect::<String>()
            };
            let rows = table(&[&[&p("id"), &p("source"), &p("target")], &[&p("u"), &paragraphs(&source), &paragraphs(&target)]]);
            let (_, rows) = rows_of("a.docx", packed(&rows), &Options::default()).expect("a document");
            prop_assert_eq!(&rows[0].source, &source);
            prop_assert_eq!(rows[0].target.as_deref(), Some(target.as_str()).filter(|target| !target.trim().is_empty()));
        }
    }
}
