//! A shuffle: what any ranker must beat.

use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::lex::analyzed::Analyzed;

/// Salience drawn from the seed and the segment's place, length and first weight, in `0.0..1.0`.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Random {
    /// The seed; another one gives another shuffle.
    pub seed: u64,
}

impl Ranker for Random {
    fn features(&self) -> &'static [&'static str] {
        &["chance"]
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn rank(
        &self,
        document: &Analyzed,
        _: &mut RankCx<'_>,
        salience: &mut [f64],
    ) -> Result<(), DocErrorKind> {
        for (row, slot) in salience.iter_mut().enumerate() {
            let first = document.rows.row(row).next().map_or(0, |(term, _)| document.weight[term].to_bits());
            let length = u64::from(document.surface[row].chars);
            let place = [row as u64, length, first].map(u64::to_le_bytes).concat();
            *slot = (xxh3_64_with_seed(&place, self.seed) >> 11) as f64 / (1_u64 << 53) as f64;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(Random::default());

    #[test]
    fn another_seed_gives_another_shuffle() {
        let body = ["One.", "Two.", "Three.", "Four."];
        assert_ne!(salience(&Random { seed: 1 }, "", &body), salience(&Random { seed: 2 }, "", &body));
    }
}
