//! Bilingual files: units on their way to translators, and the skeleton that stays behind.
//!
//! Documents are kept aside as JSON lines until all are done; then the file is made from them, one document at a time.
//! So the skeleton is what the file was made of, and what a unit is told may depend on all documents.

mod clients;
mod docx;
mod file;
mod inline;
mod po;
mod resources;
mod settings;
mod table;
#[cfg(test)]
mod tests;
pub(super) mod tmx;
mod units;
mod xliff;
mod xliff12;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::bilingual::skeleton::{self, Doc, Head, SKELETON};
use crate::bilingual::state::State;
use crate::doc::done::Done;
use crate::translate::pseudo::pseudo;
use crate::translate::repeated::Repeated;
use crate::translate::unit::{Unit, tell_neighbours, units};
use crate::translate::watch::Watch;
use crate::write::bilingual::clients::Client;
use crate::write::bilingual::resources::{Proposals, Resources};
use crate::write::jsonl::render_skeleton;
use crate::write::{Assembled, Totals, Writer};

pub use file::{FileHead, Form, form};
pub use settings::{Bilingual, BilingualFormat, Settings};

impl Writer for Bilingual {
    fn render(&self, done: &Done, out: &mut Vec<u8>) {
        render_skeleton(done, out);
    }

    fn is_assembled(&self) -> bool {
        true
    }

    fn assemble(&self, documents: File, totals: &Totals, place: Option<&Path>) -> Result<Assembled, Error> {
        let mut assembly = Assembly::begin(self, totals, place)?;
        let mut lines = BufReader::new(documents);
        if self.settings.unique {
            skeleton::documents(&mut lines, |doc, _| {
                assembly.repeated.count(&doc, |segment| self.settings.scope.holds(segment));
                Ok(())
            })?;
            lines.seek(SeekFrom::Start(0)).map_err(aside)?;
        }
        skeleton::documents(&mut lines, |doc, line| assembly.add(doc, line))?;
        assembly.finish()
    }
}

fn aside(source: std::io::Error) -> Error {
    Error::output("temporary file", source)
}

/// The tag of several languages (ISO 639-2), for skeletons of files that say none themselves.
const SEVERAL: &str = "mul";

/// Bilingual files in the making.
struct Assembly<'w> {
    writer: &'w Bilingual,
    place: Option<&'w Path>,
    source_lang: Lang,
    /// The open file of each target language; one without a language when none is named.
    files: Vec<(Option<Lang>, Open)>,
    resources: Resources,
    skeleton: Option<BufWriter<File>>,
    /// Files that are whole, where there is one a document.
    split: Vec<(PathBuf, File)>,
    documents: usize,
    repeated: Repeated,
    /// Documents in another language than the file's, by language.
    foreign: BTreeMap<String, u64>,
}

/// A file that documents are added to.
struct Open {
    form: Box<dyn Form>,
    proposals: Option<Proposals>,
    file: BufWriter<File>,
}

impl<'w> Assembly<'w> {
    fn begin(writer: &'w Bilingual, totals: &Totals, place: Option<&'w Path>) -> Result<Self, Error> {
        let settings = &writer.settings;
        let source_lang = match &settings.source_lang {
            Some(lang) => lang.clone(),
            None => match only_language(totals) {
                Err(_) if !writer.format.says_languages() => {
                    Lang::parse(SEVERAL).unwrap_or_else(Lang::unknown)
                }
                only => only?,
            },
        };
        let several = settings.split || settings.target_lang.len() > 1;
        if several && place.is_none() {
            let reason =
                "several files cannot go to standard output: name one by -o, their names are made from it";
            return Err(Error::Config(reason.to_owned()));
        }
        let languages: Vec<_> = match settings.target_lang.as_slice() {
            [] => vec![None],
            some => some.iter().cloned().map(Some).collect(),
        };
        let mut files = Vec::new();
        for lang in languages {
            let open = Open::begin(writer, &source_lang, lang.as_ref())?;
            files.push((lang, open));
        }
        let mut skeleton = None;
        if place.is_some() {
            let mut file = BufWriter::new(tempfile::tempfile().map_err(aside)?);
            let line = serde_json::to_string(&head(writer, &source_lang)).map_err(|e| aside(e.into()))?;
            writeln!(file, "{line}").map_err(aside)?;
            skeleton = Some(file);
        }
        Ok(Self {
            writer,
            place,
            source_lang,
            files,
            resources: Resources::open(settings)?,
            skeleton,
            split: Vec::new(),
            documents: 0,
            repeated: Repeated::default(),
            foreign: BTreeMap::new(),
        })
    }

    fn add(&mut self, mut doc: Doc, line: &str) -> Result<(), Error> {
        let settings = &self.writer.settings;
        let known = self.resources.known.as_ref();
        let mut changed = known.is_some_and(|known| known.fill(&mut doc));
        let mut told = None;
        if let Some(older) = &self.resources.older {
            told = Some(older.carry(&mut doc, known));
            changed = true;
        }
        if settings.unique {
            changed |= self.repeated.point(&mut doc, |segment| settings.scope.holds(segment));
        }
        self.put_in_skeleton(&doc, (!changed).then_some(line))?;
        let goes_out = |segment: &_| settings.scope.holds(segment) && segment.unit.is_none();
        let mut units = units(&doc, settings.unit, goes_out);
        if units.is_empty() {
            return Ok(());
        }
        let language = Lang::parse(&doc.lang).unwrap_or_else(Lang::unknown);
        if language.primary() != self.source_lang.primary() && self.source_lang.as_str() != SEVERAL {
            *self.foreign.entry(doc.lang.clone()).or_default() += 1;
        }
        let watch = Watch::over(&doc, &self.resources.terms);
        for unit in &mut units {
            self.tell(&doc, unit);
            watch.tell(unit);
            if settings.inline_marks {
                watch.guard(unit);
            }
            let first = unit.number - 1;
            unit.notes.extend(told.as_mut().and_then(|told| told.remove(&first)).unwrap_or_default());
        }
        self.documents += 1;
        for at in 0..self.files.len() {
            let (lang, open) = &mut self.files[at];
            open.add(&doc, &units, settings)?;
            if settings.split {
                let next = Open::begin(self.writer, &self.source_lang, lang.as_ref())?;
                let whole = std::mem::replace(open, next).finish()?;
                let name = self.name(self.files[at].0.as_ref(), Some(&doc));
                self.split.push((name, whole));
            }
        }
        Ok(())
    }

    /// What only this run knows of a unit.
    fn tell(&self, doc: &Doc, unit: &mut Unit<'_>) {
        let settings = &self.writer.settings;
        tell_neighbours(doc, unit);
        if let Some(note) = self.repeated.note(doc, unit.parts[0].segment).filter(|_| settings.unique) {
            unit.notes.push(note);
        }
        if let Some(ratio) = settings.max_target_ratio {
            settings::limit(unit, ratio);
        }
    }

    fn put_in_skeleton(&mut self, doc: &Doc, line: Option<&str>) -> Result<(), Error> {
        let Some(file) = &mut self.skeleton else { return Ok(()) };
        if let Some(line) = line {
            return file.write_all(line.as_bytes()).map_err(aside);
        }
        serde_json::to_writer(&mut *file, doc).map_err(|e| aside(e.into()))?;
        file.write_all(b"\n").map_err(aside)
    }

    fn finish(self) -> Result<Assembled, Error> {
        let mut assembled = Assembled::default();
        let several = self.files.len() > 1;
        let place = self.place;
        if !self.writer.settings.split {
            let mut whole = Vec::new();
            for (lang, open) in self.files {
                let name = place
                    .map(|place| renamed(place, lang.as_ref().map(Lang::as_str).filter(|_| several), None));
                whole.push((name, open.finish()?));
            }
            if several {
                assembled.beside = whole.into_iter().filter_map(|(name, file)| Some((name?, file))).collect();
            } else {
                assembled.file = whole.pop().map(|(_, file)| file);
            }
        }
        assembled.beside.extend(self.split);
        if let (Some(skeleton), Some(place)) = (self.skeleton, place) {
            let file = skeleton.into_inner().map_err(|e| aside(e.into_error()))?;
            assembled.beside.push((place.with_extension("skeleton.jsonl"), file));
        }
        for (lang, documents) in self.foreign {
            let label = &self.source_lang;
            assembled
                .warnings
                .push(format!("{documents} documents in `{lang}` stand in a file that says `{label}`"));
        }
        if self.documents == 0 {
            assembled.warnings.push("nothing is to be translated: the file has no unit".to_owned());
        }
        Ok(assembled)
    }

    /// The name of one of several files: that of the output, with language and document before the extension.
    fn name(&self, lang: Option<&Lang>, doc: Option<&Doc>) -> PathBuf {
        let several = self.files.len() > 1;
        let lang = lang.map(Lang::as_str).filter(|_| several);
        let number = self.documents;
        let document = doc.map(|doc| format!("{number:04}-{}", file::name_part(&doc.id)));
        renamed(self.place.unwrap_or_else(|| Path::new("")), lang, document.as_deref())
    }
}

/// `news.xlf` as `news.0001-bridge.fr.xlf`.
fn renamed(place: &Path, lang: Option<&str>, document: Option<&str>) -> PathBuf {
    let extension = place.extension().map(|e| e.to_string_lossy().into_owned());
    let parts: Vec<&str> = [document, lang, extension.as_deref()].into_iter().flatten().collect();
    if parts.is_empty() { place.to_owned() } else { place.with_extension(parts.join(".")) }
}

fn head(writer: &Bilingual, source_lang: &Lang) -> Head {
    let settings = &writer.settings;
    let copied = writer.copies_sources();
    Head {
        skeleton: SKELETON,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        format: writer.format.name().to_owned(),
        source_lang: source_lang.to_string(),
        target_langs: settings.target_lang.iter().map(ToString::to_string).collect(),
        scope: settings.scope,
        unit: settings.unit,
        unique: settings.unique,
        copied,
        inline_marks: settings.inline_marks,
        max_target_ratio: settings.max_target_ratio,
    }
}

impl Open {
    fn begin(writer: &Bilingual, source_lang: &Lang, target_lang: Option<&Lang>) -> Result<Self, Error> {
        let head = FileHead {
            source_lang: source_lang.to_string(),
            target_lang: target_lang.map(ToString::to_string),
            copies_sources: writer.copies_sources(),
            limits: writer.settings.max_target_ratio.is_some(),
            inline_marks: writer.settings.inline_marks,
        };
        let form = form(writer.format, writer.settings.version, head);
        let source = source_lang.as_str();
        let proposals = Proposals::open(&writer.settings, source, target_lang.map(Lang::as_str))?;
        let mut open = Self { form, proposals, file: BufWriter::new(tempfile::tempfile().map_err(aside)?) };
        let mut out = Vec::new();
        open.form.head(&mut out);
        open.file.write_all(&out).map_err(aside)?;
        Ok(open)
    }

    fn add(&mut self, doc: &Doc, units: &[Unit<'_>], settings: &Settings) -> Result<(), Error> {
        let mut out = Vec::new();
        if self.proposals.is_none() && !settings.pseudo {
            self.form.document(doc, units, &mut out);
            return self.file.write_all(&out).map_err(aside);
        }
        let mut units = units.to_vec();
        for unit in &mut units {
            if let Some(proposals) = &self.proposals {
                proposals.add(doc, unit, settings.prefill)?;
                if settings.client.is_some_and(Client::mixes_proposals) {
                    unit.matches.clear();
                }
            }
            if settings.pseudo {
                pretend(doc, unit);
            }
        }
        self.form.document(doc, &units, &mut out);
        self.file.write_all(&out).map_err(aside)
    }

    fn finish(mut self) -> Result<File, Error> {
        let mut out = Vec::new();
        self.form.tail(&mut out);
        self.file.write_all(&out).map_err(aside)?;
        let file = self.file.into_inner().map_err(|e| aside(e.into_error()))?;
        self.form.pack(file)
    }
}

/// Fills in a pseudo-translation where nothing else is.
fn pretend(doc: &Doc, unit: &mut Unit<'_>) {
    let lang = Lang::parse(&doc.lang).unwrap_or_else(Lang::unknown);
    for part in unit.parts.iter_mut().filter(|part| part.target.is_none()) {
        part.target = Some(Cow::Owned(pseudo(&part.segment.text, &lang)));
        part.state = State::Translated;
    }
}

/// The one language of the input; `und` when nothing was written.
pub(super) fn only_language(totals: &Totals) -> Result<Lang, Error> {
    let mut languages = totals.languages.keys();
    match (languages.next(), languages.next()) {
        (None, _) => Ok(Lang::unknown()),
        (Some(lang), None) => Ok(lang.clone()),
        _ => {
            let found: Vec<_> = totals.languages.iter().map(|(lang, n)| format!("{lang} ({n})")).collect();
            Err(Error::Config(format!(
                "a bilingual file has one source language, the input has several: {}; name one by source_lang \
                 (--source-lang)",
                found.join(", ")
            )))
        }
    }
}
