//! Which language a text is in.
//!
//! The script decides where it can; for Latin, Cyrillic, Arabic and Devanagari a linear model over n-grams of letters
//! does. What the model is not sure of is `und`.
//!
//! To add a language: give its texts to `tools/train_langid.py`, then its tag to the script's row there.

mod model;
mod script;

use crate::base::lang::Lang;
use crate::langid::model::{CLASSES, Model};
use crate::langid::script::Shares;
pub use crate::langid::script::{Script, script_of};

/// Bytes from the start of a text in which its language is looked for.
const LOOKED_AT: usize = 4096;

/// Stretches of them that are read, evenly spread: a menu at the head does not decide.
const PIECES: usize = 4;

/// Bytes of each.
const PIECE: usize = 128;

/// Nats between the best language and the best of another family that make it sure, summed over n-grams as if they were
/// independent. One web sentence in 300 fails this, and one of two of those was wrong.
const SURE: f64 = 2.5;

/// The same after half of the pieces, from which on the others are not read: what they hold would have to be as sure of
/// another language.
const PLAIN: f64 = 25.0;

/// Languages so near to each other that a text in one is never `und` for fear of the other.
const FAMILIES: &[&[&str]] = &[&["bs", "hr", "sr-Latn"], &["id", "ms"], &["nb", "nn"]];

/// The language of `text`, judged by pieces of its first 4096 bytes; `und` when that is not clear.
///
/// ```
/// # use nutgraf::langid::detect;
/// assert_eq!(detect("The bridge was closed on Monday and it will be shut for a week.").as_str(), "en");
/// assert_eq!(detect("0815 4711").as_str(), "und");
/// ```
pub fn detect(text: &str) -> Lang {
    Detector::default().detect(text)
}

/// Tags of all languages that can be found, each once, sorted.
pub fn known() -> Vec<&'static str> {
    let scripts = script::ALL.iter().flat_map(|&script| script::languages(script).iter().copied());
    let mut tags: Vec<_> = model::tags().chain(scripts).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// Finds languages, of all that are known or of some.
///
/// ```
/// # use nutgraf::langid::Detector;
/// let detector = Detector::only(&["da", "sv"]).expect("known");
/// assert_eq!(detector.detect("Broen blev lukket i mandags.").as_str(), "da");
/// assert!(Detector::only(&["tlh"]).is_err());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Detector {
    /// Known tags, sorted; `None` for all.
    allowed: Option<Vec<&'static str>>,
}

impl Detector {
    /// A detector that takes every text to be in one of some languages, or in none. A tag with a region stands for its
    /// language, `sr` for Serbian in both scripts, `no` for `nb`.
    ///
    /// # Errors
    /// The first tag that names no known language.
    pub fn only<T: AsRef<str>>(tags: &[T]) -> Result<Self, &str> {
        let known = known();
        let mut allowed = Vec::new();
        for tag in tags.iter().map(AsRef::as_ref) {
            let before = allowed.len();
            let lang = Lang::parse(tag).ok_or(tag)?;
            let asked = lang.as_str().to_ascii_lowercase();
            let language = match asked.split('-').next().unwrap_or_default() {
                "no" => "nb",
                "iw" => "he",
                "in" => "id",
                language => language,
            };
            let exact = known.iter().find(|known| known.contains('-') && known.eq_ignore_ascii_case(&asked));
            match exact {
                Some(&exact) => allowed.push(exact),
                None => {
                    allowed.extend(known.iter().filter(|known| known.split('-').next() == Some(language)));
                }
            }
            if allowed.len() == before {
                return Err(tag);
            }
        }
        allowed.sort_unstable();
        Ok(Self { allowed: Some(allowed) })
    }

    /// The language of `text`, judged by pieces of its first 4096 bytes; `und` when that is not clear.
    pub fn detect(&self, text: &str) -> Lang {
        self.tag(text).and_then(Lang::parse).unwrap_or_else(Lang::unknown)
    }

    /// The language of one block of a document in `document`'s language, when it is in a script that `document` is not
    /// written in; `None` otherwise, and where either language is not known.
    ///
    /// ```
    /// # use nutgraf::{Lang, langid::Detector};
    /// let english = Lang::parse("en").expect("a tag");
    /// let found = Detector::default().detect_block("Мост закрыли в понедельник утром.", &english);
    /// assert_eq!(found, Lang::parse("ru"));
    /// assert_eq!(Detector::default().detect_block("Die Brücke wurde am Montag gesperrt.", &english), None);
    /// ```
    pub fn detect_block(&self, text: &str, document: &Lang) -> Option<Lang> {
        let start = part(text, 0, PIECE);
        if start.is_ascii() && writes(document, Script::Latin) != Some(false) {
            return None;
        }
        let mut shares = Shares::default();
        shares.add(start);
        if writes(document, shares.most()?) != Some(false) {
            return None;
        }
        self.tag(text).and_then(Lang::parse)
    }

    fn tag(&self, text: &str) -> Option<&'static str> {
        let text = part(text, 0, LOOKED_AT);
        let pieces = pieces(text);
        let mut shares = Shares::default();
        for piece in pieces {
            shares.add(piece);
        }
        let script = shares.most()?;
        if let Some(model) = model::model(script) {
            let mut sums = [0; CLASSES];
            let (middle, edges) = pieces.split_at(PIECES / 2);
            for piece in middle {
                model.add(piece, &mut sums);
            }
            // Which language of a family it is takes all that can be read.
            let near = |tag: &str| FAMILIES.iter().any(|family| family.contains(&tag));
            if let Some((tag, nats)) = self.best(model, &sums)
                && nats >= PLAIN
                && !near(tag)
            {
                return Some(tag);
            }
            for piece in edges {
                model.add(piece, &mut sums);
            }
            return self.best(model, &sums).filter(|&(_, nats)| nats >= SURE).map(|(tag, _)| tag);
        }
        let mut languages = script::languages(script).iter().copied().filter(|tag| self.allows(tag));
        let (first, second) = (languages.next()?, languages.next());
        second.filter(|_| script::second_of_two(script, text)).or(Some(first))
    }

    /// The language with the greatest sum, and by how many nats it is greater than any of another family; `None` where it is
    /// that of no language.
    fn best(&self, model: &Model, sums: &[i32]) -> Option<(&'static str, f64)> {
        let rows = model.tags().iter().copied().zip(sums.iter().copied());
        let rows = rows.filter(|&(tag, _)| tag == "und" || self.allows(tag));
        let (best, most) = rows.clone().reduce(|best, row| if row.1 > best.1 { row } else { best })?;
        let family = FAMILIES.iter().find(|family| family.contains(&best));
        let other = |tag: &str| family.map_or(tag != best, |family| !family.contains(&tag));
        let next = rows.filter(|row| other(row.0)).map(|row| row.1).max();
        (best != "und").then(|| (best, next.map_or(f64::INFINITY, |next| model.nats(most - next))))
    }

    fn allows(&self, tag: &str) -> bool {
        self.allowed.as_ref().is_none_or(|allowed| allowed.contains(&tag))
    }
}

/// What is read of a text, its middle first: all of it when it is short.
fn pieces(text: &str) -> [&str; PIECES] {
    if text.len() <= PIECES * PIECE {
        let mut pieces = [""; PIECES];
        pieces[PIECES - 1] = text;
        return pieces;
    }
    [1, 2, 0, 3].map(|at| {
        let start = at * (text.len() - PIECE) / (PIECES - 1);
        part(text, start, start + PIECE)
    })
}

/// The text from `start` up to `end`, or a little before where a letter lies across.
fn part(text: &str, start: usize, end: usize) -> &str {
    let whole = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[whole(start)..whole(end)]
}

/// Whether a language is written in a script; `None` where the language is not known here.
fn writes(lang: &Lang, script: Script) -> Option<bool> {
    let primary = lang.primary();
    let known = |script| {
        let tags = model::model(script).map(Model::tags).unwrap_or_default();
        let named = |tag: &str| tag.strip_prefix(primary).is_some_and(|rest| !rest.starts_with(|c| c != '-'));
        script::languages(script).iter().chain(tags).any(|tag| named(tag))
    };
    if known(script) {
        return Some(true);
    }
    // Chinese and Japanese are told apart by kana, but both are written with Han.
    let both = matches!(script, Script::Han | Script::Kana) && matches!(primary, "ja" | "zh");
    script::ALL.iter().any(|&other| known(other)).then_some(both)
}

#[cfg(test)]
mod tests;
