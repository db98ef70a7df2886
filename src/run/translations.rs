//! Translations that are shown beside the sentences of a digest: translated files, memories, merged documents.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::bilingual::read::{Options, read};
use crate::bilingual::skeleton::Doc;
use crate::translate::leverage::fold;

/// Translations by the ids of segments, and by their sources.
#[derive(Debug, Default)]
pub(super) struct Translations {
    by_id: FxHashMap<String, (u64, String)>,
    by_source: FxHashMap<u64, String>,
    /// The language that they are in, where it is known.
    pub(super) lang: Option<Lang>,
    #[cfg(feature = "tm")]
    memories: Vec<PathBuf>,
    #[cfg(feature = "tm")]
    open: FxHashMap<(usize, String), Option<crate::translate::tm::Memory>>,
}

/// How files of `SQLite` begin.
const SQLITE: &[u8] = b"SQLite format 3\0";

impl Translations {
    /// Reads files; the first that has a translation of a sentence gives it.
    ///
    /// # Errors
    /// A file that does not exist, or is none of these; translations into several languages.
    pub(super) fn open(paths: &[PathBuf], lang: Option<&Lang>) -> Result<Self, Error> {
        let mut all = Self { lang: lang.cloned(), ..Self::default() };
        for path in paths {
            all.add(path)?;
        }
        Ok(all)
    }

    fn add(&mut self, path: &Path) -> Result<(), Error> {
        let name = path.to_string_lossy().into_owned();
        let missing = |e: std::io::Error| Error::Input { path: name.clone(), reason: e.to_string() };
        let refused = |reason: String| Error::Config(format!("{name}: {reason}"));
        let mut file = File::open(path).map_err(missing)?;
        let mut head = Vec::new();
        file.by_ref().take(4096).read_to_end(&mut head).map_err(missing)?;
        file.seek(SeekFrom::Start(0)).map_err(missing)?;
        if head.starts_with(SQLITE) {
            return self.memory(path);
        }
        if head.starts_with(b"{") && head.windows(11).any(|part| part == b"\"segments\":") {
            for (number, line) in (1_u64..).zip(BufReader::new(file).lines()) {
                let line = line.map_err(missing)?;
                let doc: Doc = serde_json::from_str(&line)
                    .map_err(|e| refused(format!("line {number}: not a document that `merge` wrote: {e}")))?;
                for segment in doc.segments {
                    if let Some(target) = segment.target {
                        self.put(segment.id, &segment.text, target);
                    }
                }
            }
            return Ok(());
        }
        let target_lang = self.lang.as_ref().map(Lang::as_str);
        let options = Options { known: None, source_lang: None, target_lang };
        let mut rows = Vec::new();
        let head = read(&mut file, &name, &options, &mut |row| rows.push(row))
            .map_err(|refusal| refused(refusal.to_string()))?;
        if let Some(found) = head.target_lang.as_deref().and_then(Lang::parse) {
            match &self.lang {
                Some(lang) if lang.primary() != found.primary() => {
                    return Err(refused(format!("it is translated into {found}, another file into {lang}")));
                }
                Some(_) => {}
                None => self.lang = Some(found),
            }
        }
        for row in rows {
            // A copied source that nobody confirmed is no translation.
            let confirmed = row.state.is_some_and(|state| state > crate::bilingual::State::Initial);
            let target = row.target.filter(|target| confirmed || fold(target) != fold(&row.source));
            if let Some(target) =
                target.map(|target| target.trim().to_owned()).filter(|target| !target.is_empty())
            {
                self.put(row.id, &row.source, target);
            }
        }
        Ok(())
    }

    fn put(&mut self, id: String, source: &str, target: String) {
        let hash = fold::hash(source);
        self.by_source.entry(hash).or_insert_with(|| target.clone());
        if !id.is_empty() {
            self.by_id.entry(id).or_insert((hash, target));
        }
    }

    #[cfg(feature = "tm")]
    fn memory(&mut self, path: &Path) -> Result<(), Error> {
        if self.lang.is_none() {
            let reason = "a memory needs a target language (--target-lang)";
            return Err(Error::Config(format!("{}: {reason}", path.display())));
        }
        self.memories.push(path.to_owned());
        Ok(())
    }

    #[cfg(not(feature = "tm"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn memory(&mut self, path: &Path) -> Result<(), Error> {
        let reason = "memories are read only by a program that was built with the feature `tm`";
        Err(Error::Config(format!("{}: {reason}", path.display())))
    }

    /// The translation of the segment `id` of a document in `lang`; by its source where its id is unknown, or where that had
    /// another source.
    ///
    /// # Errors
    /// A memory that cannot be read.
    pub(super) fn of(&mut self, id: &str, text: &str, lang: &Lang) -> Result<Option<String>, Error> {
        let hash = fold::hash(text);
        if let Some((_, target)) = self.by_id.get(id).filter(|(source, _)| *source == hash) {
            return Ok(Some(target.clone()));
        }
        if let Some(target) = self.by_source.get(&hash) {
            return Ok(Some(target.clone()));
        }
        self.remembered(text, lang)
    }

    #[cfg(feature = "tm")]
    fn remembered(&mut self, text: &str, lang: &Lang) -> Result<Option<String>, Error> {
        use crate::translate::leverage::Query;
        use crate::translate::tm::Memory;

        let Some(target) = &self.lang else { return Ok(None) };
        for (number, path) in self.memories.iter().enumerate() {
            let slot = self.open.entry((number, lang.to_string()));
            // A memory without this pair of languages has nothing for the document.
            let memory = slot.or_insert_with(|| Memory::open(path, lang.as_str(), target.as_str()).ok());
            let Some(memory) = memory else { continue };
            let query = Query { source: text, previous: None, next: None };
            let found = memory.lookup(&query, 100, 1).map_err(|e| Error::Config(e.to_string()))?;
            if let Some(found) = found.into_iter().next() {
                return Ok(Some(found.target));
            }
        }
        Ok(None)
    }

    #[cfg(not(feature = "tm"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as with the feature")]
    fn remembered(&mut self, _: &str, _: &Lang) -> Result<Option<String>, Error> {
        Ok(None)
    }
}
