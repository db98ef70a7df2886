//! The columns of a bilingual table, known by the names in its header row.

use crate::bilingual::read::filled;
use crate::bilingual::row::Row;
use crate::bilingual::state::State;

/// Where the columns stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    id: usize,
    source: usize,
    target: Option<usize>,
    state: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    /// The columns that a header row names, in any order and case; of two with one name, the first.
    ///
    /// # Errors
    /// What the header lacks, and what it has.
    pub(super) fn of(header: &[String]) -> Result<Self, String> {
        let find = |name: &str| header.iter().position(|cell| cell.trim().to_lowercase() == name);
        let (Some(id), Some(source)) = (find("id"), find("source")) else {
            let found = header.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).take(20);
            let found: String = found.collect::<Vec<_>>().join(", ").chars().take(300).collect();
            return Err(format!("no column `id` or no column `source`; the header row is: {found}"));
        };
        Ok(Self { id, source, target: find("target"), state: find("state"), note: find("note") })
    }

    /// The row that `cells` make; `None` where all are empty. Cells that are missing are empty.
    pub(super) fn row(&self, mut cells: Vec<String>, line: u64) -> Option<Row> {
        if is_blank(&cells) {
            return None;
        }
        let mut cell = |at: usize| cells.get_mut(at).map(std::mem::take).unwrap_or_default();
        Some(Row {
            id: cell(self.id),
            source: cell(self.source),
            target: self.target.and_then(|at| filled(cell(at))),
            state: self.state.and_then(|at| State::parse(&cell(at).to_lowercase())),
            notes: self.note.and_then(|at| filled(cell(at))).into_iter().collect(),
            line,
            ..Row::default()
        })
    }
}

/// Whether a row of a table is empty.
pub(super) fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}
