//! How far a translation is, in the four words of XLIFF 2 (OASIS, 2014), and what other formats call them.

use serde::{Deserialize, Serialize};

/// How far a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing was done yet, or what was done is not to be used as it is.
    #[default]
    Initial,
    /// Somebody translated it.
    Translated,
    /// Somebody else looked at it.
    Reviewed,
    /// It is done.
    Final,
}

impl State {
    /// All states, from the first to the last.
    pub const ALL: [State; 4] = [Self::Initial, Self::Translated, Self::Reviewed, Self::Final];

    /// The name in XLIFF 2, JSON and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Translated => "translated",
            Self::Reviewed => "reviewed",
            Self::Final => "final",
        }
    }

    /// The state that `name` says: those of XLIFF 2, and those of XLIFF 1.2 (§3.2 there). Where 1.2 knows that work is left on a
    /// target (`needs-review-translation` and its like), somebody has translated it. `None` for a word of a tool's own.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.trim() {
            "initial" | "new" | "needs-translation" | "needs-adaptation" | "needs-l10n" => Self::Initial,
            "translated" | "needs-review-translation" | "needs-review-adaptation" | "needs-review-l10n" => {
                Self::Translated
            }
            "reviewed" | "signed-off" => Self::Reviewed,
            "final" => Self::Final,
            _ => return None,
        })
    }

    /// The name in XLIFF 1.2.
    pub fn name_12(self) -> &'static str {
        match self {
            Self::Initial => "new",
            Self::Translated => "translated",
            Self::Reviewed => "signed-off",
            Self::Final => "final",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_comes_back_from_both_versions() {
        for state in State::ALL {
            assert_eq!(State::parse(state.name()), Some(state));
            assert_eq!(State::parse(state.name_12()), Some(state));
        }
        assert_eq!(State::parse("x-house-style"), None);
    }
}
