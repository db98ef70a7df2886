//! Rows of files, each to its unit.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::bilingual::row::{Marked, Row};
use crate::bilingual::state::State;
use crate::translate::leverage::fold;
use crate::translate::merge::expected::{Expected, Out};
use crate::translate::merge::finding::{Counts, Finding, Trouble, shown};

/// How rows are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether targets of changed sources are used, too.
    pub accept_stale: bool,
}

/// The translation of a segment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Target {
    pub(super) text: String,
    /// The same with the white space around it.
    pub(super) as_written: String,
    /// Stretches of the text that paired codes hold.
    pub(super) marked: Vec<Marked>,
    /// Codes of source and target as the file has them; none where it has none at all.
    pub(super) codes: Option<Box<[Vec<String>; 2]>>,
    pub(super) state: State,
    /// The number of the file, and the line there; 0 where it is not known.
    pub(super) file: usize,
    pub(super) line: u64,
}

/// What became of a unit so far.
#[derive(Debug, Default)]
struct Arrived {
    /// Rows seen.
    rows: usize,
    /// Whether one of them had a translation.
    translated: bool,
}

/// Targets by segment, from all files.
#[derive(Debug)]
pub struct Gathered {
    expected: Expected,
    settings: Settings,
    pub(super) targets: HashMap<String, Target, FxBuildHasher>,
    arrived: HashMap<String, Arrived, FxBuildHasher>,
    files: Vec<String>,
    /// What is said, in the order of the files.
    pub findings: Vec<Finding>,
    /// How much of it.
    pub counts: Counts,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(expected: Expected, settings: Settings) -> Self {
        let counts = Counts { units: expected.order.len() as u64, ..Counts::default() };
        Self {
            expected,
            settings,
            targets: HashMap::default(),
            arrived: HashMap::default(),
            files: Vec::new(),
            findings: Vec::new(),
            counts,
        }
    }

    /// The name of a file by its number.
    pub(super) fn file(&self, number: usize) -> &str {
        self.files.get(number).map_or("", String::as_str)
    }

    /// What went out.
    pub fn expected(&self) -> &Expected {
        &self.expected
    }

    /// Takes the rows of `file`, which stand in its order.
    pub fn take(&mut self, file: &str, rows: Vec<Row>) {
        self.files.push(file.to_owned());
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            // Several rows of one unit are its segments.
            let mut unit = vec![row];
            if unit[0].segment.is_some() {
                while let Some(next) = rows.next_if(|next| next.id == unit[0].id && next.segment.is_some()) {
                    unit.push(next);
                }
            }
            self.unit(file, unit);
        }
    }

    fn unit(&mut self, file: &str, rows: Vec<Row>) {
        let first = &rows[0];
        if first.id.is_empty() {
            return self.without_id(file, rows);
        }
        let id = first.id.clone();
        let Some(out) = self.expected.units.get(&id).cloned() else {
            return self.say(
                file,
                &rows[0],
                Trouble::Unknown,
                "nothing went out under this id; its target is not used",
            );
        };
        let pieces = fit(&id, &out, &rows, self.settings.accept_stale);
        let arrived = self.arrived.entry(id.clone()).or_default();
        arrived.rows += 1;
        let again = arrived.translated;
        match pieces {
            Fit::Segments(pairs) => {
                for (segment, row) in pairs {
                    self.target(file, &segment, &rows[row], again);
                }
            }
            Fit::Whole { segments, text, marked, state } => {
                let codes = [0, 1].map(|side| rows.iter().flat_map(|row| row.codes[side].clone()).collect());
                let joined = Row { target: Some(text), marked, codes, state, ..rows[0].clone() };
                self.target(file, &segments[0], &joined, again);
                if self.targets.contains_key(&segments[0]) && !again {
                    for rest in &segments[1..] {
                        let state = state.unwrap_or(State::Translated);
                        self.targets.insert(rest.clone(), Target { state, ..Target::default() });
                    }
                }
            }
            Fit::Stale(at) => {
                let message = format!(
                    "the source is another now, “{}”; its target is not used",
                    shown(&rows[at].source)
                );
                if rows.iter().any(|row| row.target.is_some()) {
                    self.say(file, &rows[at], Trouble::Stale, &message);
                }
            }
        }
    }

    /// A row of a file without ids goes to all places of its source.
    fn without_id(&mut self, file: &str, rows: Vec<Row>) {
        for row in rows.into_iter().filter(|row| row.target.is_some()) {
            let Some(ids) = self.expected.by_source.get(&fold::hash(&row.source)).cloned() else {
                let message = format!("it has no id, and nothing went out as “{}”", shown(&row.source));
                self.say(file, &row, Trouble::Unknown, &message);
                continue;
            };
            for id in ids {
                let again = self.arrived.get(&id).is_some_and(|arrived| arrived.translated);
                self.unit(file, vec![Row { id, ..row.clone() }]);
                if again {
                    break;
                }
            }
        }
    }

    fn target(&mut self, file: &str, segment: &str, row: &Row, again: bool) {
        let written = row.target.as_deref().unwrap_or_default();
        let text = written.trim();
        if text.is_empty() {
            return;
        }
        let confirmed = row.state.is_some_and(|state| state >= State::Translated);
        if self.expected.copied && !confirmed && fold(text) == fold(&row.source) {
            return;
        }
        if again {
            return self.say(file, row, Trouble::Duplicate, "it has a target already, the first is used");
        }
        if let Some(arrived) = self.arrived.get_mut(&row.id) {
            arrived.translated = true;
        }
        // A tool that knows no states leaves the one that the file went out with.
        let state = row.state.filter(|&state| state > State::Initial).unwrap_or(State::Translated);
        let target = Target {
            text: text.to_owned(),
            as_written: written.to_owned(),
            marked: trimmed(written, &row.marked),
            codes: row.codes.iter().any(|codes| !codes.is_empty()).then(|| Box::new(row.codes.clone())),
            state,
            file: self.files.len() - 1,
            line: row.line,
        };
        self.targets.insert(segment.to_owned(), target);
    }

    /// Says what is missing, once all files are there, and counts what came.
    pub fn close(&mut self, file: &str) {
        for id in std::mem::take(&mut self.expected.order) {
            match self.arrived.get(&id) {
                None => self.findings.push(Finding {
                    file: file.to_owned(),
                    line: None,
                    unit: id,
                    trouble: Trouble::Missing,
                    message: "it went out and is not in the file".to_owned(),
                }),
                Some(arrived) if arrived.translated => self.counts.translated += 1,
                Some(_) => self.counts.untranslated += 1,
            }
        }
        for finding in &self.findings {
            self.counts.add(finding.trouble);
        }
    }

    fn say(&mut self, file: &str, row: &Row, trouble: Trouble, message: &str) {
        let unit = if row.id.is_empty() { "without an id".to_owned() } else { row.id.clone() };
        self.findings.push(Finding {
            file: file.to_owned(),
            line: (row.line > 0).then_some(row.line),
            unit,
            trouble,
            message: message.to_owned(),
        });
    }
}

/// How the rows of a unit lie on its segments.
enum Fit {
    /// Segment by segment, each with the number of its row.
    Segments(Vec<(String, usize)>),
    /// One translation for all segments.
    Whole { segments: Vec<String>, text: String, marked: Vec<Marked>, state: Option<State> },
    /// The source of a row is not what went out.
    Stale(usize),
}

fn fit(id: &str, out: &Out, rows: &[Row], accept_stale: bool) -> Fit {
    let segments = if out.segments.is_empty() { vec![id.to_owned()] } else { out.segments.clone() };
    if rows.len() == segments.len() {
        // By their ids where the tool kept them, else by their order.
        let place = |at: usize| {
            let named = rows[at].segment.as_ref().and_then(|name| segments.iter().position(|s| s == name));
            named.unwrap_or(at)
        };
        let pairs: Vec<_> = (0..rows.len()).map(|at| (place(at), at)).collect();
        let stale = pairs.iter().find(|(segment, at)| fold::hash(&rows[*at].source) != out.sources[*segment]);
        return match stale {
            Some((_, at)) if !accept_stale => Fit::Stale(*at),
            _ => Fit::Segments(pairs.into_iter().map(|(s, at)| (segments[s].clone(), at)).collect()),
        };
    }
    let joined: Vec<&str> = rows.iter().map(|row| row.source.trim()).collect();
    let same = fold::hash(&joined.join(" ")) == out.whole || fold::hash(&joined.concat()) == out.whole;
    if !same && !accept_stale {
        return Fit::Stale(0);
    }
    let (mut text, mut marked) = (String::new(), Vec::new());
    if rows.iter().all(|row| row.target.is_some()) {
        for row in rows {
            let target = row.target.as_deref().unwrap_or_default();
            if !text.is_empty() {
                text.push(' ');
            }
            marked.extend(trimmed(target, &row.marked).into_iter().map(|one| Marked {
                id: one.id,
                range: one.range.start + text.len()..one.range.end + text.len(),
            }));
            text.push_str(target.trim());
        }
    }
    Fit::Whole { segments, text, marked, state: rows.iter().map(|row| row.state).min().flatten() }
}

/// Stretches of `text` as places in it without the white space around it, and without that at their own ends; those that
/// hold nothing are left out.
fn trimmed(text: &str, marked: &[Marked]) -> Vec<Marked> {
    let shift = text.len() - text.trim_start().len();
    let shown = |marked: &Marked| {
        let held = text.get(marked.range.clone())?;
        let inner = held.trim();
        let start = marked.range.start + (held.len() - held.trim_start().len());
        let range = start.checked_sub(shift)?..(start + inner.len()).checked_sub(shift)?;
        (!inner.is_empty()).then(|| Marked { id: marked.id.clone(), range })
    };
    marked.iter().filter_map(shown).collect()
}
