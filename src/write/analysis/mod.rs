//! Counts for a quote: what `nutgraf analyze` writes. How they are made: [`crate::translate::quote`].
//!
//! To add a format: write `src/write/analysis/<name>.rs`, then its `mod` line and its row in [`KINDS`].

mod csv;
mod html;
mod json;
mod memory;
mod report;
mod text;

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use self::report::Report;
use crate::base::error::{Error, place};
use crate::base::lang::Lang;
use crate::base::stage::Kind;
use crate::bilingual::skeleton::{self, Doc, Scope};
use crate::bilingual::tag::well_formed;
use crate::doc::done::Done;
use crate::translate::quote::{Analysis, Analyst, Leverage, Query, Rates};
use crate::write::jsonl::Jsonl;
use crate::write::{Assembled, Totals, Writer};

/// Formats of analyses: those of `nutgraf analyze`.
pub const KINDS: &[Kind<dyn Writer>] = &[
    Kind::new("text", "tables for reading in a terminal", |t| Ok(writer(t.try_into()?, Shape::Text))),
    Kind::new("json", "one object with all that was counted", |t| Ok(writer(t.try_into()?, Shape::Json))),
    Kind::new("csv", "a table, one row a file and category", |t| Ok(writer(t.try_into()?, Shape::Csv))),
    Kind::new("html", "one page to look at or print", |t| Ok(writer(t.try_into()?, Shape::Html))),
];

/// How an analysis is made; its `[output.NAME]` table.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(try_from = "Table")]
pub struct Settings {
    /// Which segments are counted.
    pub scope: Scope,
    /// Whether segments are not compared with earlier ones of the batch.
    pub without_internal_fuzzy: bool,
    /// Prices and speeds.
    pub rates: Option<Rates>,
    /// A translation memory that segments are looked up in, and the language it is read into.
    pub tm: Option<(PathBuf, Lang)>,
    /// The language of the sources there; the input's one language when not given.
    pub source_lang: Option<Lang>,
    /// Whether totals stand out, in the format for terminals.
    pub color: bool,
}

/// The settings as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    internal_fuzzy: Switch,
    rates: Option<PathBuf>,
    tm: Option<PathBuf>,
    source_lang: Option<String>,
    target_lang: Option<String>,
    #[serde(default)]
    color: bool,
}

/// `on` or `off`.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Switch {
    #[default]
    On,
    Off,
}

impl TryFrom<Table> for Settings {
    type Error = String;

    /// Reads the file of rates at once, so that a mistake there is known before anything is read or written.
    fn try_from(table: Table) -> Result<Self, String> {
        let read = |path: PathBuf| {
            let name = path.to_string_lossy();
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{name}: {e}"))?;
            Rates::parse(&text).map_err(|reason| format!("{name}: {reason}"))
        };
        let source_lang = table.source_lang.as_deref().map(well_formed).transpose()?;
        let target_lang = table.target_lang.as_deref().map(well_formed).transpose()?;
        let tm = match (table.tm, target_lang) {
            (Some(path), Some(lang)) => Some((path, lang)),
            (Some(_), None) => return Err("a memory needs `target_lang` (--target-lang)".to_owned()),
            (None, _) => None,
        };
        Ok(Self {
            scope: table.scope,
            tm,
            source_lang,
            without_internal_fuzzy: table.internal_fuzzy == Switch::Off,
            rates: table.rates.map(read).transpose()?,
            color: table.color,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Text,
    Json,
    Csv,
    Html,
}

#[derive(Debug)]
struct Analyze {
    settings: Settings,
    shape: Shape,
}

fn writer(settings: Settings, shape: Shape) -> Box<dyn Writer> {
    Box::new(Analyze { settings, shape })
}

impl Writer for Analyze {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        Jsonl {}.render(done, out);
    }

    fn is_assembled(&self) -> bool {
        true
    }

    fn assemble(&self, documents: File, totals: &Totals, _: Option<&Path>) -> Result<Assembled, Error> {
        let memory = memory::open(&self.settings, totals)?;
        let memory = memory.as_ref().map(|memory| -> &dyn Leverage { memory });
        let fuzzy = !self.settings.without_internal_fuzzy;
        let mut analyst = Analyst::new(memory, fuzzy);
        each_document(&documents, |doc, file| {
            analyst.document(file);
            count(doc, self.settings.scope, &mut analyst);
        })?;
        let mut out = Vec::new();
        self.show(&analyst.finish(), &mut out);
        spooled(&out)
    }
}

impl Analyze {
    fn show(&self, analysis: &Analysis, out: &mut Vec<u8>) {
        let scope = match self.settings.scope {
            Scope::Summary => "summary",
            Scope::Body => "body",
            Scope::All => "all",
        };
        let report = Report { analysis, rates: self.settings.rates.as_ref(), scope };
        match self.shape {
            Shape::Text => text::render(report, self.settings.color, out),
            Shape::Json => json::render(report, out),
            Shape::Csv => csv::render(report, out),
            Shape::Html => html::render(report, out),
        }
    }
}

/// Counts what `scope` holds of a document; neighbours are those of the whole document.
fn count(doc: &Doc, scope: Scope, analyst: &mut Analyst<'_>) {
    let text = |at: usize| doc.segments.get(at).map(|segment| &*segment.text);
    for (at, segment) in doc.segments.iter().enumerate() {
        let counted = match scope {
            Scope::Summary => segment.in_summary,
            Scope::Body => segment.role == "body",
            Scope::All => true,
        };
        if counted {
            let previous = at.checked_sub(1).and_then(text);
            analyst.segment(Query { previous, source: &segment.text, next: text(at + 1) });
        }
    }
}

/// Calls `each` with every document of a file of JSON lines, and with the input file it was found in, `path!member` inside
/// an archive.
pub(super) fn each_document(documents: &File, mut each: impl FnMut(&Doc, &str)) -> Result<(), Error> {
    skeleton::documents(BufReader::new(documents), |doc, _| {
        let found = doc.found().map_err(|e| Error::output("temporary file", e.into()))?;
        each(&doc, &place(&found.path, found.member.as_deref(), 0));
        Ok(())
    })
}

/// An output that was made in memory.
pub(super) fn spooled(bytes: &[u8]) -> Result<Assembled, Error> {
    let failed = |e| Error::output("temporary file", e);
    let mut file = tempfile::tempfile().map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    Ok(Assembled::of(file))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom};

    use super::*;
    use crate::write::sample::{self, rendered};

    fn assembled(format: &str, settings: &str, documents: &[Done]) -> String {
        let settings: toml::Table = settings.parse().expect("TOML");
        let kind = KINDS.iter().find(|kind| kind.name == format).expect("a format");
        let writer = kind.make(settings).expect("settings");
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(rendered(&Jsonl {}, documents).as_bytes()).expect("written");
        file.seek(SeekFrom::Start(0)).expect("a file");
        let assembled = writer.assemble(file, &Totals::default(), None).expect("assembled");
        let mut file = assembled.file.expect("one file");
        let mut text = String::new();
        file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_string(&mut text)).expect("text");
        text
    }

    #[test]
    fn a_scope_counts_its_segments_alone() {
        let segments = |scope: &str| {
            let json = assembled("json", scope, &sample::all());
            let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            value["total"]["segments"].as_u64().expect("a number")
        };
        let lines = rendered(&Jsonl {}, &sample::all());
        let documents: Vec<Doc> =
            lines.lines().map(|line| serde_json::from_str(line).expect("a document")).collect();
        let held = |scope: Scope| {
            documents.iter().flat_map(|doc| &doc.segments).filter(|segment| scope.holds(segment)).count()
                as u64
        };
        assert_eq!(segments(""), held(Scope::All));
        assert_eq!(segments("scope = 'body'"), held(Scope::Body));
        assert_eq!(segments("scope = 'summary'"), held(Scope::Summary));
    }

    #[test]
    fn no_documents_give_a_table_of_nothing() {
        let shown = assembled("text", "", &[]);
        assert!(shown.starts_with("0 files, 0 documents, all segments\n"), "{shown}");
    }

    #[test]
    fn mistakes_in_settings_are_known_before_the_run() {
        let refusal = |text: &str| {
            let settings: toml::Table = text.parse().expect("TOML");
            KINDS[0].make(settings).expect_err("a mistake").to_string()
        };
        assert!(
            refusal("scope = 'some'")
                .contains("unknown variant `some`, expected one of `summary`, `body`, `all`")
        );
        assert!(refusal("internal_fuzzy = 'yes'").contains("unknown variant `yes`, expected `on` or `off`"));
        assert!(refusal("rates = 'no-such-rates.toml'").contains("no-such-rates.toml: "));
    }
}
