//! What a segment costs less for, and the amounts by category.

use super::placeable::Placeable;
use super::volume::Volume;

/// How similar a segment is to one that was translated, or will be, before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 95 to 99 per cent.
    From95,
    /// 85 to 94 per cent.
    From85,
    /// 75 to 84 per cent.
    From75,
    /// 50 to 74 per cent.
    From50,
}

impl Band {
    /// The band of a similarity below 100 per cent; `None` below 50.
    pub fn of(percent: u8) -> Option<Self> {
        Some(match percent {
            95.. => Self::From95,
            85.. => Self::From85,
            75.. => Self::From75,
            50.. => Self::From50,
            _ => return None,
        })
    }

    const ALL: [Band; 4] = [Self::From95, Self::From85, Self::From75, Self::From50];
}

/// What a segment counts as. Each counts as one thing, so that categories add up to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// In the memory, with a neighbour that is equal too.
    Context,
    /// In the memory.
    Exact,
    /// Equal to an earlier segment of its file.
    Repetition,
    /// Equal to a segment of an earlier file.
    RepetitionAcross,
    /// Similar to one in the memory.
    Memory(Band),
    /// Similar to an earlier segment of the batch.
    Internal(Band),
    /// Nothing to translate: see [`Placeable`].
    Placeable(Placeable),
    /// None of these.
    New,
}

impl Category {
    /// All categories, in the order of tables.
    pub const ALL: [Category; 16] = [
        Self::Context,
        Self::Exact,
        Self::Repetition,
        Self::RepetitionAcross,
        Self::Memory(Band::From95),
        Self::Memory(Band::From85),
        Self::Memory(Band::From75),
        Self::Memory(Band::From50),
        Self::Internal(Band::From95),
        Self::Internal(Band::From85),
        Self::Internal(Band::From75),
        Self::Internal(Band::From50),
        Self::Placeable(Placeable::Numeric),
        Self::Placeable(Placeable::Measurement),
        Self::Placeable(Placeable::Alphanumeric),
        Self::New,
    ];

    /// The name in JSON, CSV and files of rates; never changes once released.
    pub fn name(self) -> &'static str {
        match self {
            Self::Context => "101",
            Self::Exact => "100",
            Self::Repetition => "repetition",
            Self::RepetitionAcross => "repetition-across",
            Self::Memory(Band::From95) => "95-99",
            Self::Memory(Band::From85) => "85-94",
            Self::Memory(Band::From75) => "75-84",
            Self::Memory(Band::From50) => "50-74",
            Self::Internal(Band::From95) => "internal-95-99",
            Self::Internal(Band::From85) => "internal-85-94",
            Self::Internal(Band::From75) => "internal-75-84",
            Self::Internal(Band::From50) => "internal-50-74",
            Self::Placeable(Placeable::Numeric) => "numeric",
            Self::Placeable(Placeable::Measurement) => "measurement",
            Self::Placeable(Placeable::Alphanumeric) => "alphanumeric",
            Self::New => "new",
        }
    }

    /// The name that people read, in tables and pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Context => "101 % (in context)",
            Self::Exact => "100 %",
            Self::Repetition => "repeated in file",
            Self::RepetitionAcross => "repeated across",
            Self::Memory(Band::From95) => "95–99 %",
            Self::Memory(Band::From85) => "85–94 %",
            Self::Memory(Band::From75) => "75–84 %",
            Self::Memory(Band::From50) => "50–74 %",
            Self::Internal(Band::From95) => "internal 95–99 %",
            Self::Internal(Band::From85) => "internal 85–94 %",
            Self::Internal(Band::From75) => "internal 75–84 %",
            Self::Internal(Band::From50) => "internal 50–74 %",
            Self::Placeable(Placeable::Numeric) => "numbers only",
            Self::Placeable(Placeable::Measurement) => "measures only",
            Self::Placeable(Placeable::Alphanumeric) => "codes only",
            Self::New => "new",
        }
    }

    /// The categories whose price this one takes when it has none of its own, the nearest first; `new` has none.
    pub(super) fn stands_for(self) -> Option<Self> {
        Some(match self {
            Self::New => return None,
            Self::Context | Self::Repetition | Self::Placeable(_) => Self::Exact,
            Self::RepetitionAcross => Self::Repetition,
            Self::Internal(band) => Self::Memory(band),
            Self::Exact => Self::Memory(Band::From95),
            Self::Memory(band) => {
                let next = Band::ALL.into_iter().find(|&other| other > band);
                next.map_or(Self::New, Self::Memory)
            }
        })
    }

    /// Its place in [`Category::ALL`].
    fn place(self) -> usize {
        Self::ALL.iter().position(|&other| other == self).expect("all are listed")
    }
}

/// Amounts by category.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([Volume; Category::ALL.len()]);

impl Counts {
    /// The amount in `category`.
    pub fn of(&self, category: Category) -> Volume {
        self.0[category.place()]
    }

    /// Categories with their amounts, in the order of [`Category::ALL`].
    pub fn rows(&self) -> impl Iterator<Item = (Category, Volume)> {
        Category::ALL.into_iter().zip(self.0)
    }

    /// The amount in all categories.
    pub fn total(&self) -> Volume {
        let mut total = Volume::default();
        for volume in self.0 {
            total += volume;
        }
        total
    }

    pub(super) fn add(&mut self, category: Category, volume: Volume) {
        self.0[category.place()] += volume;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_a_name_and_ends_at_new() {
        for category in Category::ALL {
            assert_eq!(Category::ALL.iter().filter(|other| other.name() == category.name()).count(), 1);
            let mut at = category;
            for _ in 0..Category::ALL.len() {
                at = at.stands_for().unwrap_or(at);
            }
            assert_eq!(at, Category::New, "{category:?}");
        }
    }

    #[test]
    fn bands_begin_where_they_say() {
        assert_eq!(
            [49, 50, 74, 75, 84, 85, 94, 95, 99].map(Band::of),
            [
                None,
                Some(Band::From50),
                Some(Band::From50),
                Some(Band::From75),
                Some(Band::From75),
                Some(Band::From85),
                Some(Band::From85),
                Some(Band::From95),
                Some(Band::From95),
            ]
        );
    }
}
