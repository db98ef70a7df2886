//! What is said of units that did not come home as they went out.

use std::fmt;

use serde::Serialize;

/// What is wrong with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Its source is not the one that went out.
    Stale,
    /// Nothing went out under its id.
    Unknown,
    /// Its id has a target already.
    Duplicate,
    /// It went out and is in none of the files.
    Missing,
    /// Its target is used, though a check found something.
    Suspicious,
    /// Something a person should know that changes nothing.
    Note,
}

impl Trouble {
    /// Whether a target was not used.
    pub fn is_refusal(self) -> bool {
        matches!(self, Self::Stale | Self::Unknown | Self::Duplicate)
    }

    /// The name in messages and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Unknown => "unknown",
            Self::Duplicate => "duplicate",
            Self::Missing => "missing",
            Self::Suspicious => "suspicious",
            Self::Note => "note",
        }
    }
}

/// One line of what is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line of the unit there, from 1, where it is known.
    pub line: Option<u64>,
    /// The unit's id.
    pub unit: String,
    /// What is wrong.
    pub trouble: Trouble,
    /// The same in words.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: unit {}: {}", self.trouble.name(), self.unit, self.message)
    }
}

/// What came home, in counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Units that went out.
    pub units: u64,
    /// Units whose target is used.
    pub translated: u64,
    /// Units that came back without a translation.
    pub untranslated: u64,
    /// Units that are in none of the files.
    pub missing: u64,
    /// Units whose source is another now.
    pub stale: u64,
    /// Units that nothing went out as.
    pub unknown: u64,
    /// Second targets.
    pub duplicate: u64,
    /// Targets that are used though a check found something.
    pub suspicious: u64,
    /// Stretches of emphasis and links in translated sources that their targets do not have.
    pub marks_lost: u64,
}

impl Counts {
    /// Adds one of a kind.
    pub fn add(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::Stale => self.stale += 1,
            Trouble::Unknown => self.unknown += 1,
            Trouble::Duplicate => self.duplicate += 1,
            Trouble::Missing => self.missing += 1,
            Trouble::Suspicious => self.suspicious += 1,
            Trouble::Note => {}
        }
    }

    /// Adds the counts of another skeleton.
    pub fn join(&mut self, other: Self) {
        self.units += other.units;
        self.translated += other.translated;
        self.untranslated += other.untranslated;
        self.missing += other.missing;
        self.stale += other.stale;
        self.unknown += other.unknown;
        self.duplicate += other.duplicate;
        self.suspicious += other.suspicious;
        self.marks_lost += other.marks_lost;
    }

    /// Targets that were not used.
    pub fn refused(&self) -> u64 {
        self.stale + self.unknown + self.duplicate
    }
}

/// `text` as a message shows it: its beginning.
pub(super) fn shown(text: &str) -> String {
    const CHARS: usize = 60;
    let mut chars = text.chars();
    let mut beginning: String = chars.by_ref().take(CHARS).collect();
    if chars.next().is_some() {
        beginning.push('…');
    }
    beginning
}
