//! Readers of bilingual files as they come back from any tool: another prefix, encoding, order or shape, the same rows.
//!
//! To add a format: its file here, its row in `Format::ALL` and its arm in [`read`].

mod columns;
#[cfg(feature = "office")]
mod docx;
mod inline;
mod po;
mod source;
mod table;
mod tmx;
mod units;
mod xliff;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{Cursor, Read};

use crate::base::error::DocErrorKind;
use crate::bilingual::row::{Head, Refusal, Row};

/// Format of a bilingual file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// XLIFF 1.0 to 2.2 (OASIS).
    Xliff,
    /// Translation memory exchange, 1.1 to 1.4b (LISA).
    Tmx,
    /// Messages of GNU gettext.
    Po,
    /// A table of tabs.
    Tsv,
    /// A table of commas or semicolons.
    Csv,
    /// Units as JSON lines.
    Units,
    /// A table in a document of a word processor.
    Docx,
}

impl Format {
    /// All formats with their names and the extensions of their files.
    const ALL: [(Self, &'static str, &'static [&'static str]); 7] = [
        (
            Self::Xliff,
            "xliff",
            &["xlf", "xliff", "xlf12", "xliff12", "mxliff", "mqxliff", "sdlxliff", "txlf"],
        ),
        (Self::Tmx, "tmx", &["tmx"]),
        (Self::Po, "po", &["po", "pot"]),
        (Self::Tsv, "tsv", &["tsv", "tab"]),
        (Self::Csv, "csv", &["csv"]),
        (Self::Units, "units", &["jsonl", "ndjson", "units"]),
        (Self::Docx, "docx", &["docx"]),
    ];

    /// The format of a file called `name` that begins with `head`: by the extension where it is known, otherwise by what the
    /// first bytes look like. `None` where neither tells.
    ///
    /// ```
    /// # use nutgraf::bilingual::read::Format;
    /// assert_eq!(Format::of("news.fr.xlf", b""), Some(Format::Xliff));
    /// assert_eq!(Format::of("news.txt", b"id\tsource\ttarget\n"), Some(Format::Tsv));
    /// assert_eq!(Format::of("news.txt", b"Once upon a time"), None);
    /// ```
    pub fn of(name: &str, head: &[u8]) -> Option<Self> {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        let named = Self::ALL.iter().find(|(_, _, known)| {
            extension.as_ref().is_some_and(|extension| known.contains(&extension.as_str()))
        });
        named.map(|&(format, ..)| format).or_else(|| Self::sniffed(head))
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|&&(format, ..)| format == self).map_or("", |&(_, name, _)| name)
    }

    fn sniffed(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") {
            return Some(Self::Docx);
        }
        // Without the zero bytes and the mark, UTF-16 of ASCII letters reads as they do.
        let seen: Vec<u8> = head.iter().copied().filter(|byte| !matches!(byte, 0 | 0xfe | 0xff)).collect();
        let seen = String::from_utf8_lossy(&seen);
        let seen = seen.trim_start_matches('\u{feff}').trim_start();
        if seen.starts_with('<') {
            let opens =
                |name: &str| seen.contains(&format!("<{name}")) || seen.contains(&format!(":{name} "));
            return match (opens("xliff"), opens("tmx")) {
                (true, _) => Some(Self::Xliff),
                (false, true) => Some(Self::Tmx),
                (false, false) => None,
            };
        }
        if seen.starts_with('{') {
            return Some(Self::Units);
        }
        let first = seen.lines().next().unwrap_or_default().to_lowercase();
        if first.contains("source") && first.contains("id") {
            return match first.find(['\t', ',', ';']).map(|at| first.as_bytes()[at]) {
                Some(b'\t') => Some(Self::Tsv),
                Some(_) => Some(Self::Csv),
                None => None,
            };
        }
        seen.lines().any(|line| line.starts_with("msgid ")).then_some(Self::Po)
    }
}

/// Whether the second argument is the source of the unit that the first names.
pub type Known<'o> = &'o dyn Fn(&str, &str) -> bool;

/// What a reader may be told beside the bytes.
#[derive(Clone, Copy, Default)]
pub struct Options<'o> {
    /// Which sources are known: they decide how a table was quoted. `None`: by look alone.
    pub known: Option<Known<'o>>,
    /// The language of the sources wanted of a translation memory; `None`: that of its header.
    pub source_lang: Option<&'o str>,
    /// The language of the targets wanted of a translation memory; `None`: the first that is not the source's.
    pub target_lang: Option<&'o str>,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("known", &self.known.is_some())
            .field("source_lang", &self.source_lang)
            .field("target_lang", &self.target_lang)
            .finish()
    }
}

/// How much is looked at to tell the format, in bytes.
const HEAD: u64 = 4 << 10;

/// Reads `input` (named `name`, for its extension) and gives its rows to `take`, in the order of the file.
///
/// XML and JSON lines are read in memory that does not grow with the file; the others are read whole. A target that is empty
/// or white space is `None`; nothing else is trimmed or normalized, line ends apart, which XML has as line feeds.
///
/// # Errors
/// A [`Refusal`] of the whole file, with the line where it is known: it is truncated, not well-formed, not in the encoding that
/// it claims, declares entities or uses any but the five of XML, or is not bilingual. Rows before that may have been given.
///
/// ```
/// use nutgraf::bilingual::read::{Options, read};
///
/// let mut file = "id,source,target\nu1,Ferries run again.,Les ferrys repartent.\n".as_bytes();
/// let mut rows = Vec::new();
/// read(&mut file, "news.csv", &Options::default(), &mut |row| rows.push(row)).expect("a table");
/// assert_eq!(rows[0].target.as_deref(), Some("Les ferrys repartent."));
/// ```
pub fn read(
    input: &mut dyn Read,
    name: &str,
    options: &Options<'_>,
    take: &mut dyn FnMut(Row),
) -> Result<Head, Refusal> {
    let mut head = Vec::new();
    input.take(HEAD).read_to_end(&mut head).map_err(unread)?;
    let Some(format) = Format::of(name, &head) else {
        let known = Format::ALL.map(|(_, name, _)| name).join(", ");
        return Err(Refusal::whole(format!("not a bilingual file that is known; known are: {known}")));
    };
    let mut input = Cursor::new(head).chain(input);
    match format {
        Format::Xliff => xliff::read(&mut input, take),
        Format::Tmx => tmx::read(&mut input, options, take),
        Format::Po => po::read(&mut input, take),
        Format::Tsv | Format::Csv => table::read(&mut input, format, options, take),
        Format::Units => units::read(&mut input, take),
        #[cfg(feature = "office")]
        Format::Docx => docx::read(&mut input, take),
        #[cfg(not(feature = "office"))]
        Format::Docx => Err(Refusal::whole("DOCX is not read: built without the feature `office`")),
    }
}

/// The refusal of a file that cannot be read to its end.
fn unread(error: impl std::fmt::Display) -> Refusal {
    Refusal::whole(format!("cannot be read: {error}"))
}

/// The refusal of a file whose bytes are not what they should be.
fn undecoded(kind: &DocErrorKind) -> Refusal {
    Refusal::whole(kind.to_string())
}

/// `text`, where it is more than white space.
fn filled(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}
