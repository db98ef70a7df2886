//! What a bilingual file holds, whatever its format.

use std::ops::Range;

use crate::bilingual::provenance::Provenance;
use crate::bilingual::state::State;

/// One source with its target, as a file has it: a unit, or a segment of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The unit's id; empty where the format has none (a memory without ids).
    pub id: String,
    /// The id of the segment inside the unit, where units hold several.
    pub segment: Option<String>,
    /// The text to translate, inline codes left out, text inside marks kept.
    pub source: String,
    /// Its translation; `None` where there is none or it is empty.
    pub target: Option<String>,
    /// How far it is; `None` where the file does not say, or in a tool's own word.
    pub state: Option<State>,
    /// What translators were told or wrote, in order.
    pub notes: Vec<String>,
    /// Inline codes and marks of the source and of the target, as `name:id`, sorted.
    pub codes: [Vec<String>; 2],
    /// Stretches of the target that paired codes hold, in the order they begin.
    pub marked: Vec<Marked>,
    /// Characters that the target of its unit may have at most, where the format says so.
    pub max_chars: Option<usize>,
    /// The number of its document in the file, from 0, where the format tells documents apart; 0 where it does not.
    pub document: usize,
    /// The sources before and after it, where the unit itself names them: units of a memory stand in no order.
    pub context: [Option<Neighbour>; 2],
    /// Who translated it, and when, where the format tells (TMX).
    pub provenance: Option<Box<Provenance>>,
    /// The line on which it begins, from 1; 0 where lines have no meaning (DOCX: the row's number instead).
    pub line: u64,
}

/// A stretch of text between the two halves of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The code's id.
    pub id: String,
    /// The bytes it holds.
    pub range: Range<usize>,
}

/// A source beside another one, as a memory names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Neighbour {
    /// Its text.
    Text(String),
    /// The hash of its folded text, which our own exports give where a memory does not hold the text.
    Hash(u64),
}

/// What a bilingual file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The language of the sources, as it stands; `None` where the file does not say.
    pub source_lang: Option<String>,
    /// The language of the targets, as it stands.
    pub target_lang: Option<String>,
}

/// Why a file is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", self.at())]
pub struct Refusal {
    /// The line, from 1, where it is known.
    pub line: Option<u64>,
    /// Why.
    pub reason: String,
}

impl Refusal {
    /// A refusal of the whole file.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self { line: None, reason: reason.into() }
    }

    /// A refusal for what stands on `line`, from 1.
    pub fn on_line(line: u64, reason: impl Into<String>) -> Self {
        Self { line: Some(line), reason: reason.into() }
    }

    fn at(&self) -> String {
        self.line.map_or_else(String::new, |line| format!("line {line}: "))
    }
}
