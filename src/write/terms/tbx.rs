//! Terms as TBX version 2 (ISO 30042:2008, the `martif` of LISA), which tools read; version 3 they do not.
//!
//! No document type is declared, since readers would look for its file.

use crate::base::escape::{xml, xml_attribute};
use crate::translate::terms::{Kind, Term};
use crate::write::bytes::push;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<martif type="TBX" xml:lang="en">
<martifHeader>
<fileDesc><sourceDesc><p>Term candidates found by nutgraf</p></sourceDesc></fileDesc>
<encodingDesc><p type="XCSURI">TBXXCSV02.xcs</p></encodingDesc>
</martifHeader>
<text><body>
"#;

/// Appends the file.
pub(super) fn render(terms: &[Term], out: &mut Vec<u8>) {
    push(out, HEAD);
    for (number, term) in (1..).zip(terms) {
        entry(number, term, out);
    }
    push(out, "</body></text>\n</martif>\n");
}

fn entry(number: usize, term: &Term, out: &mut Vec<u8>) {
    let part = match term.kind {
        Kind::Term => "noun",
        Kind::Name => "properNoun",
    };
    let (lang, text, context) = (xml_attribute(&term.lang), xml(&term.text), xml(&term.context));
    push(
        out,
        &format!("<termEntry id=\"t{number}\">\n<langSet xml:lang=\"{lang}\"><tig>\n<term>{text}</term>\n"),
    );
    push(out, &format!("<termNote type=\"partOfSpeech\">{part}</termNote>\n"));
    push(out, &format!("<descrip type=\"context\">{context}</descrip>\n"));
    push(out, &format!("<admin type=\"source\">{}</admin>\n", xml(&term.segment)));
    push(out, &format!("<note>{} times in {} documents</note>\n", term.count, term.documents));
    push(out, "</tig></langSet>\n</termEntry>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_tells_what_the_term_is_and_where_it_stands() {
        let term = Term {
            text: "Port & Alder".to_owned(),
            kind: Kind::Name,
            lang: "en".to_owned(),
            count: 2,
            documents: 1,
            score: 1.0,
            context: "In Port & Alder <b>rain</b>\u{1b}.".to_owned(),
            segment: "s1".to_owned(),
        };
        let mut out = Vec::new();
        render(&[term], &mut out);
        let text = String::from_utf8(out).expect("UTF-8");
        for part in [
            "<term>Port &amp; Alder</term>",
            "<termNote type=\"partOfSpeech\">properNoun</termNote>",
            "<descrip type=\"context\">In Port &amp; Alder &lt;b&gt;rain&lt;/b&gt;.</descrip>",
            "<note>2 times in 1 documents</note>",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
