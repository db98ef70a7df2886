//! What the tools of translators need, found by running them: the profile of a file that each reads without loss.

use serde::Deserialize;

use crate::write::bilingual::settings::BilingualFormat;

/// A tool that a file can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// OmegaT 3.6 reads XLIFF 1.2 alone, and shows only units that have a target.
    Omegat,
    /// Okapi reads both versions.
    Okapi,
    /// Weblate is built on translate-toolkit.
    Weblate,
    /// Symfony Translation refuses versions other than 1.2 and 2.0, and skips targets that need translation by their state.
    Symfony,
    /// npm `xliff` keeps one segment a unit.
    NpmXliff,
    /// Qt Linguist and `lconvert` read XLIFF 1.2 alone.
    Qt,
    /// The command line tools of translate-toolkit stop at XLIFF 2.
    TranslateToolkit,
}

impl Client {
    /// The format that it reads without loss.
    pub fn format(self) -> BilingualFormat {
        match self {
            Self::NpmXliff | Self::Okapi => BilingualFormat::Xliff,
            Self::Omegat | Self::Weblate | Self::Symfony | Self::Qt | Self::TranslateToolkit => {
                BilingualFormat::Xliff12
            }
        }
    }

    /// Whether it loses the text inside marks or before them.
    pub fn loses_marks(self) -> bool {
        matches!(self, Self::Symfony | Self::NpmXliff | Self::Qt)
    }

    /// Whether it writes what is translated among the proposals that stand beside a unit, where it is lost.
    pub fn mixes_proposals(self) -> bool {
        self == Self::Qt
    }

    /// Whether it needs targets where there are none yet. In the others a copied source would count as work done.
    pub fn wants_targets(self) -> bool {
        matches!(self, Self::Omegat | Self::Symfony | Self::Qt)
    }
}
