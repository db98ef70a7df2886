//! Pipeline files: what they may say, and how mistakes in them are told.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::base::error::Error;
use crate::base::stage::one_line;
use crate::digest::Settings;
use crate::digest::sections::{By, Rule};
use crate::digest::threads::Linking;
use crate::group::Weights;
use crate::normalize;
use crate::pipeline::locate::locate;
use crate::write::Content;

/// A pipeline as a file declares it; every table may be left out.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PipelineFile {
    /// Version of this format; 1.
    pub version: u32,
    /// What is read.
    pub input: InputTable,
    /// Which stages run.
    pub pipeline: StageTable,
    /// Settings of stages, by the name of their kind.
    #[serde(skip_serializing_if = "Table::is_empty")]
    pub stage: Table,
    /// What holds for segments, whatever finds them.
    pub segments: SegmentsTable,
    /// How long summaries may be.
    pub budget: BudgetTable,
    /// What summaries should be about.
    pub focus: FocusTable,
    /// Where document frequencies come from.
    pub model: ModelTable,
    /// How documents are grouped, for outputs of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<GroupsTable>,
    /// What a digest covers, and how it is made, for outputs of digests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<DigestTable>,
    /// How the run behaves; never what it writes.
    pub run: RunTable,
    /// What is written, by a name of one's own.
    pub output: BTreeMap<String, OutputTable>,
}

/// `[input]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct InputTable {
    /// Files, folders and globs, relative to the pipeline file; `-` is standard input.
    pub paths: Vec<String>,
    /// `text`, `lines`, `markdown` or `jsonl`; by content and extension where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Language of every document, whatever it says of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Languages that documents may be found to be in, as BCP 47 tags; all that are known where none is given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub langs: Vec<String>,
    /// Address of the one document given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Names of fields in JSON lines, by what they mean here: `text = "body"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Largest record, in bytes after unpacking.
    pub max_record_bytes: u64,
    /// Records read at most, failed ones included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// How many of those records are taken, chosen by chance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<u64>,
    /// Which chance that is: the same seed takes the same records.
    pub seed: u64,
    /// Words of body below which a document is left out.
    pub min_words: u64,
    /// What happens to near-duplicates.
    pub dedup: Dedup,
}

impl Default for InputTable {
    fn default() -> Self {
        Self {
            paths: Vec::new(),
            format: None,
            lang: None,
            langs: Vec::new(),
            url: None,
            fields: BTreeMap::new(),
            max_record_bytes: 64 << 20,
            limit: None,
            sample: None,
            seed: 0,
            min_words: 0,
            dedup: Dedup::Off,
        }
    }
}

/// `[pipeline]`: a name for each slot picks the kind.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct StageTable {
    /// Steps of normalization, in order.
    pub normalize: Vec<String>,
    /// How blocks and roles are found.
    pub structure: String,
    /// How sentences are found.
    pub segment: String,
    /// How they are scored.
    pub rank: String,
    /// How the summary is chosen; where it is not given, `top` for `lead` and `random`, whose order is their whole point,
    /// and `mmr` for all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<String>,
}

impl StageTable {
    /// Names the selector where none is given.
    fn settle(&mut self) {
        let plain = matches!(self.rank.as_str(), "lead" | "random");
        self.select.get_or_insert_with(|| if plain { "top" } else { "mmr" }.to_owned());
    }
}

impl Default for StageTable {
    fn default() -> Self {
        Self {
            normalize: normalize::DEFAULT.iter().map(|&name| name.to_owned()).collect(),
            structure: "article".to_owned(),
            segment: "learned".to_owned(),
            rank: "tfidf-position".to_owned(),
            select: None,
        }
    }
}

/// `[segments]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SegmentsTable {
    /// Characters of a segment, at most; longer ones are cut at a sensible place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<u64>,
    /// A list of strings beside which segments never or always end, relative to the pipeline file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exceptions: Option<String>,
}

/// `[budget]`: one of the three.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetTable {
    /// Segments per summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<u64>,
    /// Words per summary, at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<u64>,
    /// Share of the body's words, above 0 and up to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
}

/// `[focus]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FocusTable {
    /// Words that summaries should be about; nothing where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// Standard deviations of salience that a standard deviation of likeness to the query is worth, 0 or more.
    pub weight: f64,
    /// Whether segments without a word of the query are left out, but where one with it points back at them.
    pub only: bool,
}

impl Default for FocusTable {
    fn default() -> Self {
        Self { query: None, weight: 1.0, only: false }
    }
}

/// `[model]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelTable {
    /// `builtin`, `batch`, or a file relative to the pipeline file.
    pub from: String,
}

impl Default for ModelTable {
    fn default() -> Self {
        Self { from: "builtin".to_owned() }
    }
}

/// `[groups]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct GroupsTable {
    /// The field whose value names a document's group: a known one by the contract's name, or one that records have beside
    /// those; dots lead into objects.
    pub by: String,
    /// What the parts of a sentence's score weigh.
    #[serde(default)]
    pub weights: Weights,
}

/// `[digest]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DigestTable {
    /// Its headline.
    pub title: String,
    /// `2024-03-12`, or `all`; the newest day of the input where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The first day, where it covers several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// How many days up to the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// Where days begin: `UTC`, an offset (`+05:30`) or a name (`Europe/Paris`).
    pub time_zone: String,
    /// Whether each day has stories of its own, which go on from those of the days before.
    pub daily: bool,
    /// Stories at most, the first ones of each day; all where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stories: Option<u64>,
    /// Sections of stories that no rule is for: `lang`, `topic` or `none`.
    pub sections: By,
    /// What earlier digests told, in a file relative to the pipeline file; it is made where it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Translated files or merged documents, relative to the pipeline file: what is shown beside the sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<String>,
    /// The language of the translations, where the files do not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_lang: Option<String>,
    /// A file for the sentences that have no translation yet, in the output folder, as XLIFF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub untranslated: Option<String>,
    /// How documents are joined to stories.
    pub clusters: Settings,
    /// How stories are linked over days.
    pub threads: Linking,
    /// What the parts of a sentence's score weigh.
    pub weights: Weights,
    /// Rules for sections, the first that a story meets first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<Rule>,
}

impl Default for DigestTable {
    fn default() -> Self {
        Self {
            title: "Daily digest".to_owned(),
            date: None,
            since: None,
            days: None,
            time_zone: "UTC".to_owned(),
            daily: false,
            stories: None,
            sections: By::default(),
            state: None,
            translations: Vec::new(),
            target_lang: None,
            untranslated: None,
            clusters: Settings::default(),
            threads: Linking::default(),
            weights: Weights::default(),
            section: Vec::new(),
        }
    }
}

/// `[run]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RunTable {
    /// Worker threads; 0 takes one for each processor.
    pub threads: usize,
    /// Bytes of finished results that may wait for their turn.
    pub memory: u64,
    /// `skip` a document that fails, or `fail` the run.
    pub on_error: OnError,
}

impl Default for RunTable {
    fn default() -> Self {
        Self { threads: 0, memory: 64 << 20, on_error: OnError::Skip }
    }
}

/// What happens to near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dedup {
    /// They are not looked for.
    #[default]
    Off,
    /// Of each cluster only the first document is written.
    KeepFirst,
    /// All are written, each with its cluster and relation under `extra.dedup`.
    Group,
}

/// What a failed document does to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OnError {
    /// Nothing: it is counted and named.
    #[default]
    Skip,
    /// It ends the run.
    Fail,
}

/// `[output.NAME]`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OutputTable {
    /// The name of a format.
    pub format: String,
    /// A file in the output folder, or `-` for standard output.
    pub path: String,
    /// `summaries`, `segments`, `documents`, `groups`, `digest`, `explanations`, `analysis` or `terms`; by the format where it is not
    /// given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Content>,
    /// Settings of the format.
    #[serde(flatten)]
    pub settings: Table,
}

impl Default for PipelineFile {
    fn default() -> Self {
        Self {
            version: 1,
            input: InputTable::default(),
            pipeline: StageTable::default(),
            stage: Table::new(),
            segments: SegmentsTable::default(),
            budget: BudgetTable::default(),
            focus: FocusTable::default(),
            model: ModelTable::default(),
            groups: None,
            digest: None,
            run: RunTable::default(),
            output: BTreeMap::new(),
        }
    }
}

/// Where a value of the resolved pipeline came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Default,
    File,
    Set,
}

/// A pipeline file that was read, with its overrides.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What it says.
    pub file: PipelineFile,
    /// Its name in messages.
    pub name: String,
    text: String,
    said: Table,
    set: Table,
}

impl Loaded {
    /// Reads the text of a pipeline file called `name`, with overrides `key=value`, where a key is a dotted path and a
    /// value TOML, or else a string.
    ///
    /// # Errors
    /// Names the place, the reason and what is known.
    pub fn parse(name: &str, text: &str, overrides: &[String]) -> Result<Self, Error> {
        let config = |reason: String| Error::Config(reason);
        let checked: Result<PipelineFile, _> = toml::from_str(text);
        let mut file = checked.map_err(|e| config(format!("{name}: {}", e.to_string().trim_end())))?;
        if file.version != 1 {
            return Err(config(format!(
                "{name}: version {} is not known; this release reads version 1",
                file.version
            )));
        }
        let said: Table =
            text.parse().map_err(|e: toml::de::Error| config(format!("{name}: {}", one_line(&e))))?;
        let (mut merged, mut set) = (said.clone(), Table::new());
        for argument in overrides {
            let refuse = |reason: &str| config(format!("--set {argument}: {reason}"));
            let (key, value) = argument.split_once('=').ok_or_else(|| refuse("expected key=value"))?;
            let value = value_of(value.trim());
            insert(&mut set, key.trim(), value.clone()).map_err(|reason| refuse(&reason))?;
            insert(&mut merged, key.trim(), value).map_err(|reason| refuse(&reason))?;
            file = merged.clone().try_into().map_err(|e| refuse(&one_line(&e)))?;
        }
        file.pipeline.settle();
        Ok(Self { file, name: name.to_owned(), text: text.to_owned(), said, set })
    }

    /// A pipeline made from flags instead of a file.
    pub fn from_flags(mut file: PipelineFile) -> Self {
        file.pipeline.settle();
        let nothing = Table::new();
        Self {
            file,
            name: "command line".to_owned(),
            text: String::new(),
            said: nothing.clone(),
            set: nothing,
        }
    }

    /// A mistake at the dotted path `key`, with its place in the file where it stands there.
    pub fn mistake(&self, key: &str, reason: &str) -> Error {
        let set = find(&self.set, key).is_some();
        let place = if set { None } else { locate(&self.text, key) };
        Error::Config(match place {
            Some((line, column)) => format!("{}:{line}:{column}: {reason}", self.name),
            None if set => format!("--set {key}: {reason}"),
            None => format!("{}: {key}: {reason}", self.name),
        })
    }

    /// A mistake in the settings of the table at the dotted path `key`: at the field it names, if it names one.
    pub fn mistake_in(&self, key: &str, error: &Error) -> Error {
        let reason = error.to_string();
        let field = reason.split_once("unknown field `").and_then(|(_, rest)| rest.split('`').next());
        match field {
            Some(field) => self.mistake(&format!("{key}.{field}"), &reason),
            None => self.mistake(key, &reason),
        }
    }

    /// The resolved pipeline as TOML, each value with where it came from.
    pub fn resolved(&self) -> String {
        let mut out = String::new();
        let table = Table::try_from(&self.file).unwrap_or_default();
        self.print(&table, "", &mut out);
        out
    }

    fn print(&self, table: &Table, path: &str, out: &mut String) {
        let join = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        let (tables, values): (Vec<_>, Vec<_>) = table.iter().partition(|(_, value)| value.is_table());
        if !path.is_empty() && !values.is_empty() {
            out.extend(["\n[", path, "]\n"]);
        }
        for (key, value) in values {
            let origin = match self.origin(&join(key)) {
                Origin::Default => "default",
                Origin::File => "file",
                Origin::Set => "--set",
            };
            out.extend([key, " = ", &value.to_string(), "  # ", origin, "\n"]);
        }
        for (key, value) in tables {
            if let Value::Table(inner) = value {
                self.print(inner, &join(key), out);
            }
        }
    }

    fn origin(&self, key: &str) -> Origin {
        match (find(&self.set, key), find(&self.said, key)) {
            (Some(_), _) => Origin::Set,
            (None, Some(_)) => Origin::File,
            (None, None) => Origin::Default,
        }
    }
}

/// TOML where it is, else the text itself: `--set budget.words=80`, `--set pipeline.rank=lead`.
fn value_of(text: &str) -> Value {
    let parsed: Option<Table> = format!("value = {text}").parse().ok();
    parsed.and_then(|mut table| table.remove("value")).unwrap_or_else(|| Value::String(text.to_owned()))
}

fn insert(table: &mut Table, key: &str, value: Value) -> Result<(), String> {
    match key.split_once('.') {
        None if key.is_empty() => Err("the key is empty".to_owned()),
        None => {
            table.insert(key.to_owned(), value);
            Ok(())
        }
        Some((first, rest)) => match table.entry(first).or_insert_with(|| Value::Table(Table::new())) {
            Value::Table(inner) => insert(inner, rest, value),
            _ => Err(format!("`{first}` is not a table")),
        },
    }
}

fn find<'t>(table: &'t Table, key: &str) -> Option<&'t Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((first, rest)) => find(table.get(first)?.as_table()?, rest),
    }
}
