//! Candidates for a glossary: multi-word terms by C-value, rare words that one text keeps using, and names.
//!
//! Method and formula: `docs/terms.md`. To add the grammar of a language: its row in `grammar::of`.

mod gather;
mod grammar;
mod names;
mod ngrams;
mod score;
mod survey;
mod tokens;

pub use gather::Gathering;
pub use survey::Survey;

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A word or several that mean a thing.
    Term,
    /// A person, a place, an organisation: what is written with capitals.
    Name,
}

impl Kind {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Name => "name",
        }
    }
}

/// A candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The form that stands most often in the texts.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// Language tag of its documents.
    pub lang: String,
    /// Times it stands there, inside longer ones too.
    pub count: u64,
    /// Documents that hold it.
    pub documents: u64,
    /// How sure it is to be one; above 0, comparable within one batch only.
    pub score: f64,
    /// The first segment that holds it.
    pub context: String,
    /// That segment's id.
    pub segment: String,
}

/// A segment as candidates are looked for in it.
#[derive(Debug, Clone, Copy)]
pub struct Sentence<'t> {
    /// Its id.
    pub id: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// Finds the candidates that stand at least `least` times in a batch, the best first, equal ones by term. `each_document` is
/// asked twice for all documents, in the same order, and hands over each with its language tag.
///
/// Texts in scripts that write no blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give none.
///
/// # Errors
/// Those of `each_document`.
pub fn find<E>(
    least: u64,
    mut each_document: impl FnMut(&mut dyn FnMut(&str, &[Sentence<'_>])) -> Result<(), E>,
) -> Result<Vec<Term>, E> {
    let mut survey = Survey::default();
    each_document(&mut |lang, sentences| survey.document(lang, sentences))?;
    let mut gathering = Gathering::new(&survey, least);
    each_document(&mut |lang, sentences| gathering.document(lang, sentences))?;
    Ok(gathering.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lang: &str, documents: &[&[&str]]) -> Vec<String> {
        let each = |each: &mut dyn FnMut(&str, &[Sentence<'_>])| -> Result<(), ()> {
            for document in documents {
                let sentences: Vec<_> = document.iter().map(|text| Sentence { id: "s", text }).collect();
                each(lang, &sentences);
            }
            Ok(())
        };
        let terms = find(2, each).expect("no errors");
        terms
            .iter()
            .map(|term| format!("{} {} {}/{}", term.kind.name(), term.text, term.count, term.documents))
            .collect()
    }

    const BRIDGE: &[&str] = &[
        "Engineers found a crack in the box girder of the Corran Bridge.",
        "The box girder was made in Brannheim, Mara Ellison said.",
        "Ellison said that the crack ran through the box girders again.",
        "But the Corran Bridge’s girder is above left of the quay.",
        "In Brannheim, Mara Ellison spoke of the Corran Bridge and of Ellison.",
    ];

    #[test]
    fn terms_and_names_stand_apart_and_common_words_drop_out() {
        let found = found("en", &[BRIDGE]);
        for wanted in
            ["term box girder 3/1", "name Corran Bridge 3/1", "name Mara Ellison 2/1", "name Brannheim 2/1"]
        {
            assert!(found.iter().any(|term| term == wanted), "{wanted}: {found:#?}");
        }
        for trap in ["above left", "again", "said", "Ellison said", "But the"] {
            assert!(found.iter().all(|term| !term.contains(&format!(" {trap} "))), "{trap}: {found:#?}");
        }
    }

    #[test]
    fn what_stands_once_is_no_candidate_and_nothing_gives_nothing() {
        assert_eq!(found("en", &[&["The box girder cracked in Brannheim."]]), Vec::<String>::new());
        assert_eq!(found("en", &[]), Vec::<String>::new());
        assert_eq!(found("zh", &[&["港口大桥关闭。", "港口大桥关闭。"]]), Vec::<String>::new());
    }

    #[test]
    fn a_capital_that_only_begins_sentences_is_no_name() {
        let found = found(
            "en",
            &[&["Ferries run late.", "Ferries run early.", "We met Ana there.", "There was Ana."]],
        );
        assert_eq!(
            found.iter().filter(|term| term.starts_with("name")).collect::<Vec<_>>(),
            ["name Ana 2/1"]
        );
    }

    #[test]
    fn particles_stand_inside_names() {
        let found = found(
            "fr",
            &[&["Le maire Jean de la Tour part.", "Selon Jean de la Tour, le pont de Corran ferme."]],
        );
        assert!(found.contains(&"name Jean de la Tour 2/1".to_owned()), "{found:#?}");
    }
}
