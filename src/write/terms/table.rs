//! Terms as a table: `term kind lang count documents score context segment` under a header.

use crate::base::escape::tsv;
use crate::translate::terms::Term;
use crate::write::bytes::push;

/// Appends the table.
pub(super) fn render(terms: &[Term], out: &mut Vec<u8>) {
    push(out, "term\tkind\tlang\tcount\tdocuments\tscore\tcontext\tsegment\n");
    for term in terms {
        let Term { text, kind, lang, count, documents, score, context, segment } = term;
        let (text, kind, context) = (tsv(text), kind.name(), tsv(context));
        push(
            out,
            &format!("{text}\t{kind}\t{lang}\t{count}\t{documents}\t{score:.3}\t{context}\t{segment}\n"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::terms::Kind;

    #[test]
    fn every_term_is_a_row_of_eight_cells() {
        let term = Term {
            text: "box girder".to_owned(),
            kind: Kind::Term,
            lang: "en".to_owned(),
            count: 3,
            documents: 1,
            score: 4.7549,
            context: "A box\tgirder cracked.".to_owned(),
            segment: "s1".to_owned(),
        };
        let mut out = Vec::new();
        render(&[term], &mut out);
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(
            text.lines().nth(1),
            Some("box girder\tterm\ten\t3\t1\t4.755\tA box\\tgirder cracked.\ts1")
        );
        assert_eq!(text.lines().next().map(|head| head.split('\t').count()), Some(8));
    }
}
