//! Segments of a batch, one after the other, put in their categories.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::category::{Band, Category, Counts};
use super::earlier::Earlier;
use super::placeable::placeable;
use super::volume::Volume;
use super::{Leverage, Query};

/// What one input file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Its path as given or found, and the member inside an archive.
    pub file: String,
    /// Documents read from it.
    pub documents: u64,
    /// Its amounts.
    pub counts: Counts,
}

/// What a batch holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Files in the order of the input.
    pub files: Vec<FileCounts>,
    /// All of them.
    pub total: Counts,
}

impl Analysis {
    /// Documents in all files.
    pub fn documents(&self) -> u64 {
        self.files.iter().map(|file| file.documents).sum()
    }
}

/// Counts the segments of a batch. Eight bytes a different segment are kept, and the words of the last 260,000 at most.
pub struct Analyst<'m> {
    memory: Option<&'m dyn Leverage>,
    earlier: Option<Earlier>,
    /// By hash of a text: the file that held it last.
    seen: FxHashMap<u64, usize>,
    places: BTreeMap<String, usize>,
    file: usize,
    analysis: Analysis,
    folded: String,
}

impl std::fmt::Debug for Analyst<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analyst").field("segments", &self.seen.len()).finish_non_exhaustive()
    }
}

impl<'m> Analyst<'m> {
    /// Before the first segment. With `internal_fuzzy`, segments are compared with earlier ones of the batch.
    pub fn new(memory: Option<&'m dyn Leverage>, internal_fuzzy: bool) -> Self {
        Self {
            memory,
            earlier: internal_fuzzy.then(Earlier::default),
            seen: FxHashMap::default(),
            places: BTreeMap::new(),
            file: 0,
            analysis: Analysis::default(),
            folded: String::new(),
        }
    }

    /// A document begins, found in `file`; the segments that follow are its own.
    pub fn document(&mut self, file: &str) {
        self.file = if let Some(&place) = self.places.get(file) {
            place
        } else {
            let place = self.analysis.files.len();
            self.analysis.files.push(FileCounts { file: file.to_owned(), ..FileCounts::default() });
            self.places.insert(file.to_owned(), place);
            place
        };
        self.analysis.files[self.file].documents += 1;
    }

    /// Counts a segment of the document that was begun last, and tells as what.
    ///
    /// In this order: nothing to translate; 101 and 100 per cent in the memory; a repetition of what was counted before; the
    /// better of the memory's similar one and the most similar earlier segment, the memory's when both are in one band; new.
    ///
    /// # Panics
    /// When no document was begun.
    pub fn segment(&mut self, query: Query<'_>) -> Category {
        let volume = Volume::of(query.source);
        let category = self.category(query);
        self.analysis.files[self.file].counts.add(category, volume);
        self.analysis.total.add(category, volume);
        category
    }

    fn category(&mut self, query: Query<'_>) -> Category {
        if let Some(kind) = placeable(query.source) {
            return Category::Placeable(kind);
        }
        let key = self.key(query.source);
        let before = self.seen.insert(key, self.file);
        let known = self.memory.and_then(|memory| memory.best(query)).unwrap_or_default();
        match (known, before) {
            (101.., _) => return Category::Context,
            (100, _) => return Category::Exact,
            (_, Some(file)) if file == self.file => return Category::Repetition,
            (_, Some(_)) => return Category::RepetitionAcross,
            _ => {}
        }
        let internal =
            self.earlier.as_mut().and_then(|earlier| earlier.meet(query.source)).and_then(Band::of);
        // Bands rise as similarity falls.
        match (Band::of(known), internal) {
            (Some(memory), Some(internal)) if internal < memory => Category::Internal(internal),
            (Some(memory), _) => Category::Memory(memory),
            (None, Some(internal)) => Category::Internal(internal),
            (None, None) => Category::New,
        }
    }

    /// The key of a text, runs of white space taken as one space.
    fn key(&mut self, text: &str) -> u64 {
        self.folded.clear();
        for word in text.split_whitespace() {
            self.folded.push_str(word);
            self.folded.push(' ');
        }
        xxh3_64(self.folded.as_bytes())
    }

    /// What was counted.
    pub fn finish(self) -> Analysis {
        self.analysis
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Knows "Known." in any context, after "Before." in context, and half of everything else with "bridge".
    struct Small;

    impl Leverage for Small {
        fn best(&self, query: Query<'_>) -> Option<u8> {
            match query.source {
                "Known." => Some(if query.previous == Some("Before.") { 101 } else { 100 }),
                text => text.contains("bridge").then_some(80),
            }
        }
    }

    fn categories(
        memory: Option<&dyn Leverage>,
        fuzzy: bool,
        files: &[(&str, &[&str])],
    ) -> Vec<&'static str> {
        let mut analyst = Analyst::new(memory, fuzzy);
        let mut out = Vec::new();
        for (file, segments) in files {
            analyst.document(file);
            for (at, source) in segments.iter().enumerate() {
                let previous = at.checked_sub(1).map(|at| segments[at]);
                let query = Query { previous, source, next: segments.get(at + 1).copied() };
                out.push(analyst.segment(query).name());
            }
        }
        out
    }

    #[test]
    fn the_first_is_new_and_later_ones_are_repetitions() {
        let found = categories(
            None,
            false,
            &[
                ("a", &["A ferry left.", "A  ferry left.", "12 km"]),
                ("b", &["A ferry left.", "A ferry left."]),
                ("a", &["A ferry left."]),
            ],
        );
        assert_eq!(
            found,
            ["new", "repetition", "measurement", "repetition-across", "repetition", "repetition-across"]
        );
    }

    #[test]
    fn the_memory_goes_before_repetitions_and_the_better_band_before_the_other() {
        let found = categories(
            Some(&Small),
            true,
            &[(
                "a",
                &[
                    "Before.",
                    "Known.",
                    "And then nothing at all.",
                    "Known.",
                    "The bridge was closed on Monday by engineers of the port.",
                    "The bridge was closed on Tuesday by engineers of the port.",
                    "A ferry left the quay at noon.",
                    "A ferry left the quay at ten.",
                ],
            )],
        );
        assert_eq!(found, ["new", "101", "new", "100", "75-84", "internal-85-94", "new", "internal-85-94"]);
    }

    #[test]
    fn without_internal_fuzzies_similar_ones_are_new() {
        let files: &[(&str, &[&str])] =
            &[("a", &["A ferry left the quay at noon.", "A ferry left the quay at ten."])];
        assert_eq!(categories(None, false, files), ["new", "new"]);
    }

    proptest! {
        /// Files and categories both add up to the whole, whatever is switched on.
        #[test]
        fn files_and_categories_add_up(
            texts in prop::collection::vec(("[ab]", "[a-c ]{0,6}( 1|\\.)?"), 0..20), fuzzy in any::<bool>(),
        ) {
            let mut analyst = Analyst::new(None, fuzzy);
            let mut whole = Volume::default();
            for (file, text) in &texts {
                analyst.document(file);
                analyst.segment(Query { previous: None, source: text, next: None });
                whole += Volume::of(text);
            }
            let analysis = analyst.finish();
            let mut files = Volume::default();
            for file in &analysis.files {
                files += file.counts.total();
            }
            prop_assert_eq!(files, whole);
            prop_assert_eq!(analysis.total.total(), whole);
            prop_assert_eq!(analysis.documents(), texts.len() as u64);
        }
    }
}
