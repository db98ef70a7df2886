//! From a pipeline file to stages that are ready to run.

use std::num::NonZeroUsize;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use toml::{Table, Value};

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::base::stage::{self, Kind};
use crate::doc::record::Format;
use crate::group::Weights;
use crate::langid::{self, Detector};
use crate::lex::words;
use crate::normalize::{self, Normalizer};
use crate::pipeline::digest::{DigestPlan, digest};
use crate::pipeline::file::{Dedup, FocusTable, Loaded, OnError, OutputTable, PipelineFile};
use crate::rank::{self, Budget, Focus, Ranker};
use crate::read::fields::Fields;
use crate::segment::{self, Exceptions, Overrides, Segmenter};
use crate::select::{self, Selector};
use crate::stats::model::CorpusModel;
use crate::structure::{self, Structurer};
use crate::write::{Content, Writer};

/// How far a document is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Reach {
    /// Until it is known what is article: nothing is cut or scored.
    Blocks,
    /// Until it is cut: nothing is scored.
    Segments,
    /// Until its summary is chosen.
    #[default]
    Summary,
}

/// The stages a document goes through.
#[derive(Debug)]
pub struct Stages {
    /// Finds the language of documents that do not say theirs.
    pub detector: Detector,
    /// Names of the steps of normalization, in order.
    pub normalizer_names: Vec<String>,
    /// The steps themselves.
    pub normalizers: Vec<Box<dyn Normalizer>>,
    /// Finds blocks and roles.
    pub structurer: Box<dyn Structurer>,
    /// Finds sentences.
    pub segmenter: Box<dyn Segmenter>,
    /// What holds whatever it finds.
    pub overrides: Overrides,
    /// Scores them.
    pub ranker: Box<dyn Ranker>,
    /// Chooses the summary.
    pub selector: Box<dyn Selector>,
    /// How long it may be.
    pub budget: Budget,
    /// What it should be about.
    pub focus: Option<Focus>,
    /// Document frequencies and those of lines; `None` takes the document frequencies that ship.
    pub model: Option<Arc<CorpusModel>>,
    /// Whether parts of scores are recorded.
    pub explain: bool,
    /// Whether what is decided about every place where a segment might begin is recorded.
    pub explain_boundaries: bool,
    /// How far documents are taken.
    pub reach: Reach,
    /// Words of body below which a document is left out.
    pub min_words: usize,
}

impl Default for Stages {
    /// The stages of a pipeline file that names none: three sentences by `tfidf-position`, with the document frequencies
    /// that ship.
    fn default() -> Self {
        Self::build(&Loaded::from_flags(PipelineFile::default())).expect("the defaults name kinds that exist")
    }
}

impl Stages {
    /// Makes the stages that a pipeline names, each with its settings; the corpus model is left to the run.
    ///
    /// # Errors
    /// Whatever cannot be run, with its place in the file and what could stand there.
    pub fn build(loaded: &Loaded) -> Result<Self, Error> {
        Self::build_at(loaded, Path::new(""))
    }

    /// The same, where files that settings name are relative to `home`.
    fn build_at(loaded: &Loaded, home: &Path) -> Result<Self, Error> {
        let table = &loaded.file.pipeline;
        let mut settings = Settings { loaded, home, left: loaded.file.stage.clone() };
        let mut normalizers = Vec::new();
        for name in &table.normalize {
            normalizers.push(settings.make(normalize::KINDS, "normalizers", "pipeline.normalize", name)?);
        }
        let stages = Self {
            detector: detector(loaded)?,
            normalizer_names: table.normalize.clone(),
            normalizers,
            structurer: settings.make(
                structure::KINDS,
                "structurers",
                "pipeline.structure",
                &table.structure,
            )?,
            segmenter: settings.make(segment::KINDS, "segmenters", "pipeline.segment", &table.segment)?,
            overrides: overrides(loaded, home)?,
            ranker: settings.make(rank::KINDS, "rankers", "pipeline.rank", &table.rank)?,
            selector: settings.make(
                select::KINDS,
                "selectors",
                "pipeline.select",
                table.select.as_deref().unwrap_or("mmr"),
            )?,
            budget: budget(loaded)?,
            focus: focus(loaded)?,
            model: None,
            explain: false,
            explain_boundaries: false,
            reach: Reach::default(),
            min_words: usize::try_from(loaded.file.input.min_words).unwrap_or(usize::MAX),
        };
        match settings.left.keys().next() {
            Some(name) => Err(loaded.mistake(&format!("stage.{name}"), &unused(name))),
            None => Ok(stages),
        }
    }
}

/// Where document frequencies come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelSource {
    /// What ships; for a language without a table a stop list alone.
    Builtin,
    /// The input itself, read twice.
    Batch,
    /// A file.
    File(PathBuf),
}

/// Where an output goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file, written beside its place and renamed in when whole.
    File(PathBuf),
}

/// One output of a run.
#[derive(Debug)]
pub struct Output {
    /// Its name in the pipeline file.
    pub name: String,
    /// Where it goes.
    pub target: Target,
    /// What it holds.
    pub content: Content,
    /// Its format.
    pub writer: Box<dyn Writer>,
}

/// How documents are grouped.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The field whose value names a document's group.
    pub by: String,
    /// What the parts of a sentence's score weigh.
    pub weights: Weights,
}

/// A run, ready to start.
#[derive(Debug)]
pub struct Plan {
    /// Inputs as a person would type them.
    pub inputs: Vec<String>,
    /// Their format, when it is not to be found out.
    pub format: Option<Format>,
    /// The language of every document, when it is given.
    pub lang: Option<Lang>,
    /// The address of the one document, when it is given.
    pub url: Option<String>,
    /// Names of fields in JSON lines by their meaning.
    pub fields: Fields,
    /// Largest record, in bytes.
    pub max_record_bytes: u64,
    /// Records read at most.
    pub limit: Option<u64>,
    /// How many of those records are taken, by chance; all when `None`.
    pub sample: Option<u64>,
    /// Which chance it is.
    pub seed: u64,
    /// What happens to near-duplicates.
    pub dedup: Dedup,
    /// How documents are grouped, where an output is of groups.
    pub grouping: Option<Grouping>,
    /// What a digest covers and how it is made, where an output is one.
    pub digest: Option<DigestPlan>,
    /// What each document goes through.
    pub stages: Stages,
    /// Where document frequencies come from.
    pub model: ModelSource,
    /// What is written.
    pub outputs: Vec<Output>,
    /// Where the report goes; `None` writes none.
    pub report: Option<PathBuf>,
    /// Where failed documents are listed; `None` writes none.
    pub errors: Option<PathBuf>,
    /// Worker threads; 0 takes one for each processor.
    pub threads: usize,
    /// Bytes of finished results that may wait for their turn.
    pub memory: u64,
    /// What a failed document does to the run.
    pub on_error: OnError,
}

impl Plan {
    /// Makes the stages that a pipeline file names. Inputs are relative to `home`, outputs to `out`.
    ///
    /// # Errors
    /// Whatever cannot be run, with its place in the file and what could stand there.
    pub fn build(loaded: &Loaded, home: &Path, out: &Path) -> Result<Self, Error> {
        let file = &loaded.file;
        let input = &file.input;
        if input.paths.is_empty() {
            return Err(loaded.mistake("input.paths", "no input is given"));
        }
        let named = |text: &Option<String>, key: &str, reason: &str| match text {
            None => Ok(None),
            Some(text) => Lang::parse(text).map(Some).ok_or_else(|| loaded.mistake(key, reason)),
        };
        let lang = named(&input.lang, "input.lang", "not a language tag")?;
        let format = match &input.format {
            None => None,
            Some(name) => Some(Format::parse(name).ok_or_else(|| {
                let known = Format::ALL.map(Format::name).join(", ");
                loaded.mistake("input.format", &format!("unknown format `{name}`; known formats: {known}"))
            })?),
        };
        let outputs = outputs(loaded, home, out)?;
        let mut stages = Stages::build_at(loaded, home)?;
        stages.explain = outputs.iter().any(|output| output.content == Content::Explanations);
        stages.explain_boundaries = outputs.iter().any(|output| output.writer.explains_boundaries());
        stages.reach = reach(&outputs);
        let grouping = grouping(loaded, &outputs)?;
        let digest = digest(loaded, &outputs, home, out)?;
        let model = match file.model.from.as_str() {
            "builtin" => ModelSource::Builtin,
            "batch" => ModelSource::Batch,
            path => ModelSource::File(tidy(&home.join(path))),
        };
        Ok(Self {
            inputs: input.paths.iter().map(|path| relative(home, path)).collect(),
            format,
            lang,
            url: input.url.clone(),
            fields: fields(loaded)?,
            max_record_bytes: input.max_record_bytes.min(u64::from(u32::MAX)),
            limit: input.limit,
            sample: input.sample,
            seed: input.seed,
            dedup: input.dedup,
            grouping,
            digest,
            stages,
            model,
            outputs,
            report: None,
            errors: None,
            threads: file.run.threads,
            memory: file.run.memory,
            on_error: file.run.on_error,
        })
    }
}

fn detector(loaded: &Loaded) -> Result<Detector, Error> {
    let langs = &loaded.file.input.langs;
    if langs.is_empty() {
        return Ok(Detector::default());
    }
    Detector::only(langs).map_err(|tag| {
        let known = langid::known().join(", ");
        loaded
            .mistake("input.langs", &format!("language `{tag}` cannot be detected; known languages: {known}"))
    })
}

/// What the `[segments]` table asks for; its list is read.
fn overrides(loaded: &Loaded, home: &Path) -> Result<Overrides, Error> {
    let table = &loaded.file.segments;
    let limit = |chars: u64| {
        let chars = usize::try_from(chars).unwrap_or(usize::MAX);
        NonZeroUsize::new(chars).ok_or_else(|| loaded.mistake("segments.max_chars", "expected 1 or more"))
    };
    let list = |path: &String| {
        let path = relative(home, path);
        let refuse = |reason: String| loaded.mistake("segments.exceptions", &reason);
        let text = std::fs::read_to_string(&path).map_err(|e| refuse(format!("{path}: {e}")))?;
        Exceptions::parse(&text).map_err(|(line, reason)| Error::Config(format!("{path}:{line}: {reason}")))
    };
    Ok(Overrides {
        max_chars: table.max_chars.map(limit).transpose()?,
        exceptions: table.exceptions.as_ref().map(list).transpose()?,
    })
}

fn fields(loaded: &Loaded) -> Result<Fields, Error> {
    let changes: Vec<_> =
        loaded.file.input.fields.iter().map(|(name, field)| format!("{name}={field}")).collect();
    Fields::parse(&changes).map_err(|e| loaded.mistake("input.fields", &e.to_string()))
}

/// An input's path as it is opened and shown: relative to `home` unless it is absolute or standard input.
pub(super) fn relative(home: &Path, path: &str) -> String {
    if path == "-" || home.as_os_str().is_empty() {
        return path.to_owned();
    }
    tidy(&home.join(path)).to_string_lossy().into_owned()
}

/// The path without `a/..` in it, unless `a` is a link, from which `..` leads elsewhere.
fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let steps_back = part == Component::ParentDir
            && matches!(out.components().next_back(), Some(Component::Normal(_)))
            && !out.is_symlink();
        if steps_back {
            out.pop();
        } else if part != Component::CurDir {
            out.push(part);
        }
    }
    out
}

fn outputs(loaded: &Loaded, home: &Path, out: &Path) -> Result<Vec<Output>, Error> {
    let mut outputs: Vec<Output> = Vec::new();
    for (name, table) in &loaded.file.output {
        let OutputTable { format, path, kind, settings } = table;
        let content = kind.unwrap_or_else(|| Content::of_format(format));
        let key = format!("output.{name}.format");
        let writer = content.format(format).map_err(|e| loaded.mistake(&key, &e.to_string()))?;
        let mut settings = settings.clone();
        for key in OUTPUT_FILES {
            if let Some(Value::String(path)) = settings.get_mut(*key) {
                *path = relative(home, path);
            }
        }
        let writer = writer.make(settings).map_err(|e| loaded.mistake_in(&format!("output.{name}"), &e))?;
        let target = if path == "-" { Target::Stdout } else { Target::File(out.join(path)) };
        if let Some(other) = outputs.iter().find(|o| o.target == target) {
            let reason = format!("`{}` is written there already", other.name);
            return Err(loaded.mistake(&format!("output.{name}.path"), &reason));
        }
        outputs.push(Output { name: name.clone(), target, content, writer });
    }
    Ok(outputs)
}

/// How far documents have to be taken for `outputs`.
fn reach(outputs: &[Output]) -> Reach {
    let needs = |output: &Output| match output.content {
        Content::Documents => Reach::Blocks,
        Content::Groups | Content::Digest | Content::Terms => Reach::Segments,
        Content::Summaries | Content::Segments | Content::Explanations | Content::Analysis => Reach::Summary,
    };
    outputs.iter().map(needs).max().unwrap_or_default()
}

/// What the `[groups]` table asks for; it goes with outputs of groups.
fn grouping(loaded: &Loaded, outputs: &[Output]) -> Result<Option<Grouping>, Error> {
    let output = outputs.iter().find(|output| output.content == Content::Groups);
    match (&loaded.file.groups, output) {
        (None, None) => Ok(None),
        (Some(table), Some(_)) if table.by.is_empty() => {
            Err(loaded.mistake("groups.by", "no field is given"))
        }
        (Some(table), Some(_)) => Ok(Some(Grouping { by: table.by.clone(), weights: table.weights.clone() })),
        (Some(_), None) => Err(loaded.mistake("groups", "no output is of the kind `groups`")),
        (None, Some(output)) => {
            let reason = "groups need the field that they are made by: `[groups] by = \"…\"`";
            Err(loaded.mistake(&format!("output.{}", output.name), reason))
        }
    }
}

/// Why settings of a stage that does not run are refused.
fn unused(name: &str) -> String {
    let tables: [Vec<&str>; 5] = [
        normalize::KINDS.iter().map(|k| k.name).collect(),
        structure::KINDS.iter().map(|k| k.name).collect(),
        segment::KINDS.iter().map(|k| k.name).collect(),
        rank::KINDS.iter().map(|k| k.name).collect(),
        select::KINDS.iter().map(|k| k.name).collect(),
    ];
    if tables.iter().any(|names| names.contains(&name)) {
        return format!("stage `{name}` is configured but never run");
    }
    format!("unknown kind `{name}`; known kinds: {}", tables.concat().join(", "))
}

/// Settings of outputs that name files to read, relative to the pipeline file.
const OUTPUT_FILES: &[&str] = &["from", "update", "tm", "terms", "rates", "template"];

/// Stages and their settings that name files.
const FILES: [(&str, &str); 4] =
    [("article", "furniture_file"), ("article", "weights"), ("srx", "file"), ("tfidf-position", "trees")];

struct Settings<'l> {
    loaded: &'l Loaded,
    /// Where the files that settings name stand.
    home: &'l Path,
    /// Tables under `[stage]` that no stage has taken.
    left: Table,
}

impl Settings<'_> {
    fn make<T: ?Sized>(
        &mut self,
        table: &[Kind<T>],
        what: &str,
        slot: &str,
        name: &str,
    ) -> Result<Box<T>, Error> {
        let kind = stage::find(table, what, name).map_err(|e| self.loaded.mistake(slot, &e.to_string()))?;
        let key = format!("stage.{name}");
        let mut settings = match self.left.remove(name) {
            None => Table::new(),
            Some(Value::Table(settings)) => settings,
            Some(_) => return Err(self.loaded.mistake(&key, "expected a table")),
        };
        for (_, file) in FILES.iter().filter(|(stage, _)| *stage == name) {
            if let Some(Value::String(path)) = settings.get_mut(*file) {
                *path = relative(self.home, path);
            }
        }
        kind.make(settings).map_err(|e| self.loaded.mistake_in(&key, &e))
    }
}

/// What the `[focus]` table asks for.
fn focus(loaded: &Loaded) -> Result<Option<Focus>, Error> {
    let FocusTable { query, weight, only } = &loaded.file.focus;
    let Some(query) = query else { return Ok(None) };
    if words::count(query) == 0 {
        return Err(loaded.mistake("focus.query", "there is no word in it"));
    }
    if !weight.is_finite() || *weight < 0.0 {
        return Err(loaded.mistake("focus.weight", "expected a number of 0 or more"));
    }
    Ok(Some(Focus { query: query.clone(), weight: *weight, only: *only }))
}

fn budget(loaded: &Loaded) -> Result<Budget, Error> {
    let table = &loaded.file.budget;
    let count = |n: u64, key: &str| match usize::try_from(n) {
        Ok(n) if n > 0 => Ok(n),
        _ => Err(loaded.mistake(key, "expected 1 or more")),
    };
    match (table.sentences, table.words, table.ratio) {
        (None, None, None) => Ok(Budget::default()),
        (Some(n), None, None) => Ok(Budget::Sentences(count(n, "budget.sentences")?)),
        (None, Some(n), None) => Ok(Budget::Words(count(n, "budget.words")?)),
        (None, None, Some(r)) if r > 0.0 && r <= 1.0 => Ok(Budget::Ratio(r)),
        (None, None, Some(_)) => Err(loaded.mistake("budget.ratio", "expected a share above 0 and up to 1")),
        _ => Err(loaded.mistake("budget", "expected one of sentences, words and ratio")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_pipeline_read_as_a_person_would_write_them() {
        assert_eq!(relative(Path::new("pipelines"), "../corpus"), "corpus");
        assert_eq!(relative(Path::new("."), "corpus/*.txt"), "corpus/*.txt");
        assert_eq!(relative(Path::new("../a"), "../../b"), "../../b");
        assert_eq!(relative(Path::new("a"), "-"), "-");
    }

    fn refusal(text: &str, set: &[&str]) -> String {
        let text = format!("input.paths = ['x']\n{text}");
        let set: Vec<String> = set.iter().map(|&s| s.to_owned()).collect();
        let plan = Loaded::parse("p.toml", &text, &set)
            .and_then(|l| Plan::build(&l, Path::new(""), Path::new("out")));
        plan.expect_err("refused").to_string()
    }

    #[test]
    fn mistakes_in_a_pipeline_name_the_place_and_the_choices() {
        insta::assert_snapshot!(refusal("[pipeline]\nrank = 'tfdif'", &[]), @"p.toml:3:1: unknown kind `tfdif`; known rankers: tfidf-position, linear, lead, tfidf, centrality, textrank, lexrank, random");
        insta::assert_snapshot!(refusal("[pipeline]\nrank = 'lead'\n[stage.lead]\ndecy = 0.5", &[]), @"p.toml:5:1: stage `lead`: unknown field `decy`, expected `decay`");
        insta::assert_snapshot!(refusal("[stage.lead]\ndecay = 0.5", &[]), @"p.toml:2:8: stage `lead` is configured but never run");
        insta::assert_snapshot!(refusal("[stage.laed]\ndecay = 0.5", &[]), @"p.toml:2:8: unknown kind `laed`; known kinds: entities, mojibake, line-ends, controls, invisibles, digraphs, nfc, spaces, hyphens, wraps, article, blocks, learned, srx, tfidf-position, linear, lead, tfidf, centrality, textrank, lexrank, random, mmr, top");
        insta::assert_snapshot!(refusal("[pipeline]\nrnk = 'lead'", &[]), @r#"
p.toml: TOML parse error at line 3, column 1
  |
3 | rnk = 'lead'
  | ^^^
unknown field `rnk`, expected one of `normalize`, `structure`, `segment`, `rank`, `select`
"#);
        insta::assert_snapshot!(refusal("[budget]\nratio = 1.5", &[]), @"p.toml:3:1: expected a share above 0 and up to 1");
        insta::assert_snapshot!(refusal("[budget]\nwords = 5\nsentences = 1", &[]), @"p.toml:2:2: expected one of sentences, words and ratio");
        insta::assert_snapshot!(refusal("[output.a]\nformat = 'jsnol'\npath = 'a'", &[]), @"p.toml:3:1: unknown kind `jsnol`; known formats of summaries: text, md, jsonl, tsv");
        insta::assert_snapshot!(refusal("[output.a]\nformat = 'xliff'\npath = 'a'\nsorce_lang = 'en'", &[]), @"p.toml:5:1: stage `xliff`: unknown field `sorce_lang`, expected one of `source_lang`, `target_lang`, `scope`, `unit`, `xliff_version`, `for`, `from`, `update`, `tm`, `threshold`, `best`, `prefill`, `terms`, `pseudo`, `split`, `unique`, `inline_marks`, `max_target_ratio`");
        insta::assert_snapshot!(refusal("[output.a]\nformat = 'md'\npath = 'a'\n[output.b]\nformat = 'md'\npath = 'a'", &[]), @"p.toml:7:1: `a` is written there already");
        insta::assert_snapshot!(refusal("version = 2", &[]), @"p.toml: version 2 is not known; this release reads version 1");
    }

    #[test]
    fn a_language_that_cannot_be_detected_is_refused() {
        let refusal = refusal("input.langs = ['en', 'tlh']", &[]);
        assert!(
            refusal.starts_with("p.toml:2:7: language `tlh` cannot be detected; known languages: af, am, ar"),
            "{refusal}"
        );
    }

    #[test]
    fn mistakes_in_overrides_name_the_override() {
        insta::assert_snapshot!(refusal("", &["pipeline.rank=tfdif"]), @"--set pipeline.rank: unknown kind `tfdif`; known rankers: tfidf-position, linear, lead, tfidf, centrality, textrank, lexrank, random");
        insta::assert_snapshot!(refusal("", &["budget.wrods=5"]), @"--set budget.wrods=5: unknown field `wrods`, expected one of `sentences`, `words`, `ratio`");
        insta::assert_snapshot!(refusal("", &["budget"]), @"--set budget: expected key=value");
        insta::assert_snapshot!(refusal("", &["version.x=1"]), @"--set version.x=1: invalid type: map, expected u32");
    }
}
