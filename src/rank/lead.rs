//! Lead bias: news puts its most salient facts first (Brandow et al. 1995).

use serde::Deserialize;

use super::{RankCx, Ranker};
use crate::base::error::DocErrorKind;
use crate::lex::analyzed::Analyzed;

/// Salience that falls by a constant ratio from each segment to the next.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lead {
    /// Salience of a segment over that of the one before it, above 0 and below 1.
    pub decay: f64,
}

impl Default for Lead {
    fn default() -> Self {
        Self { decay: 0.9 }
    }
}

impl Ranker for Lead {
    fn features(&self) -> &'static [&'static str] {
        &["position"]
    }

    fn rank(&self, _: &Analyzed, _: &mut RankCx<'_>, salience: &mut [f64]) -> Result<(), DocErrorKind> {
        let mut next = 1.0;
        for slot in salience {
            *slot = next;
            next *= self.decay;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{ranker_contract, salience};

    ranker_contract!(Lead::default());

    #[test]
    fn earlier_segments_have_more_salience() {
        assert!(salience(&Lead::default(), "", &["One.", "Two.", "Three."]).is_sorted_by(|a, b| a > b));
    }
}
