//! What a person wants to know of a document beside its text: language, who, when, where it was found.

use crate::base::error;
use crate::base::lang::Lang;
use crate::doc::document::Meta;
use crate::doc::done::Done;
use crate::doc::record::Source;

/// The document's language tag, or `und`.
pub fn lang(done: &Done) -> &str {
    done.document.lang.as_ref().map_or("und", Lang::as_str)
}

/// Publisher, byline and date, those which are known.
pub fn known(meta: &Meta) -> Vec<&str> {
    [&meta.publisher, &meta.byline, &meta.published].into_iter().filter_map(|m| m.as_deref()).collect()
}

/// What is [`known`], parted by ` · `; empty when nothing is.
pub fn meta_line(meta: &Meta) -> String {
    known(meta).join(" · ")
}

/// Where a document was found, as a person looks it up.
pub fn place(source: &Source) -> String {
    error::place(&source.path, source.member.as_deref(), source.record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_member_and_line() {
        let source = Source {
            path: "a.zip".to_owned(),
            member: Some("b.jsonl".to_owned()),
            record: 2,
            encoding: "UTF-8",
        };
        assert_eq!(place(&source), "a.zip!b.jsonl:3");
    }

    #[test]
    fn what_is_not_known_leaves_no_gap() {
        let meta = Meta {
            publisher: Some("The Post".to_owned()),
            published: Some("2023-06-01".to_owned()),
            ..Meta::default()
        };
        assert_eq!(meta_line(&meta), "The Post · 2023-06-01");
        assert_eq!(meta_line(&Meta::default()), "");
    }
}
