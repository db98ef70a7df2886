//! How bilingual files are written: the settings of an output in a pipeline file, and the flags of `segment`.

use std::path::PathBuf;

use serde::{Deserialize, Deserializer, de};

use crate::base::lang::Lang;
use crate::bilingual::skeleton::{Grain, Scope};
use crate::bilingual::tag::well_formed;
use crate::translate::unit::{Note, Unit, most_chars};
use crate::write::bilingual::clients::Client;

/// Formats of bilingual files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BilingualFormat {
    /// XLIFF 2.
    Xliff,
    /// XLIFF 1.2.
    Xliff12,
    /// TMX 1.4b.
    Tmx,
    /// GNU gettext.
    Po,
    /// A table of cells parted by tabs.
    Tsv,
    /// A table as RFC 4180 has it.
    Csv,
    /// JSON lines, one object a unit.
    Units,
    /// A table in a document of a word processor.
    Docx,
}

impl BilingualFormat {
    /// The name in flags, pipeline files and skeletons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xliff => "xliff",
            Self::Xliff12 => "xliff12",
            Self::Tmx => "tmx",
            Self::Po => "po",
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Units => "units",
            Self::Docx => "docx",
        }
    }

    /// Whether a file of this format says the language of its sources, so that they must have one.
    pub fn says_languages(self) -> bool {
        matches!(self, Self::Xliff | Self::Xliff12 | Self::Tmx | Self::Po)
    }
}

/// Versions of XLIFF 2; all have the same core.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Version {
    /// The one that most tools take.
    #[default]
    #[serde(rename = "2.0")]
    V20,
    /// OASIS, 2018.
    #[serde(rename = "2.1")]
    V21,
    /// OASIS, 2025; its namespace is another.
    #[serde(rename = "2.2")]
    V22,
}

/// Settings of a bilingual output.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "settings are what they are")]
pub struct Settings {
    /// The language of the sources, which labels the whole file; the input's one language when not given.
    #[serde(deserialize_with = "tag")]
    pub source_lang: Option<Lang>,
    /// The languages to translate into, a file for each; may be left to the tool.
    #[serde(deserialize_with = "tags")]
    pub target_lang: Vec<Lang>,
    /// Which segments go out.
    pub scope: Scope,
    /// What a unit is.
    pub unit: Grain,
    /// The version of XLIFF 2.
    #[serde(rename = "xliff_version")]
    pub version: Version,
    /// The tool that the file is for, whose needs the other settings then follow.
    #[serde(rename = "for")]
    pub client: Option<Client>,
    /// Documents that `merge` wrote as JSON lines: their translations are filled in.
    pub from: Option<PathBuf>,
    /// The skeleton of an older file: what did not change since does not go out.
    pub update: Option<PathBuf>,
    /// A translation memory that proposals are taken from.
    pub tm: Option<PathBuf>,
    /// Percentage that a proposal has at least.
    #[serde(deserialize_with = "percent")]
    pub threshold: Option<u8>,
    /// Proposals of a unit, at most.
    pub best: Option<usize>,
    /// Percentage from which the best proposal is filled in.
    #[serde(deserialize_with = "percent")]
    pub prefill: Option<u8>,
    /// A list of terms and their translations, told where they stand.
    pub terms: Option<PathBuf>,
    /// Whether targets are filled with a pseudo-translation, to see what comes back.
    pub pseudo: bool,
    /// Whether every document has a file of its own.
    pub split: bool,
    /// Whether equal sources go out once.
    pub unique: bool,
    /// Whether emphasis, links and protected items are marked inside the text, for tools that keep such marks.
    pub inline_marks: bool,
    /// Characters of a target, at most, as a multiple of those of its source; above 0.
    #[serde(deserialize_with = "ratio")]
    pub max_target_ratio: Option<f64>,
}

/// A format with its settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Bilingual {
    /// The format.
    pub format: BilingualFormat,
    /// How it is written.
    pub settings: Settings,
}

impl Bilingual {
    /// The format as `settings` want it.
    ///
    /// # Errors
    /// Settings that do not go together.
    pub fn new(format: BilingualFormat, settings: Settings) -> Result<Self, toml::de::Error> {
        if settings.unique && settings.unit == Grain::Paragraph {
            return Err(de::Error::custom("`unique` goes with units of one sentence"));
        }
        if (settings.from.is_some() || settings.update.is_some()) && settings.target_lang.len() > 1 {
            return Err(de::Error::custom("`from` and `update` go with one target language"));
        }
        let format = settings.client.map_or(format, Client::format);
        if settings.inline_marks {
            if !matches!(format, BilingualFormat::Xliff | BilingualFormat::Xliff12) {
                return Err(de::Error::custom("`inline_marks` goes with xliff and xliff12"));
            }
            if settings.client.is_some_and(Client::loses_marks) {
                return Err(de::Error::custom(
                    "`inline_marks` does not go with this tool, which loses text in marks",
                ));
            }
        }
        Ok(Self { format, settings })
    }

    /// Whether targets are prefilled with the sources: in XLIFF 1.2, since some tools show no unit without a target.
    pub fn copies_sources(&self) -> bool {
        let wanted = self.settings.client.is_none_or(Client::wants_targets);
        self.format == BilingualFormat::Xliff12 && wanted
    }
}

/// Limits the target of `unit` to `ratio` times the characters of its source.
pub(super) fn limit(unit: &mut Unit<'_>, ratio: f64) {
    let most = most_chars(&unit.source(), ratio);
    unit.max_chars = Some(most);
    unit.notes.push(Note { category: "length", text: format!("{most} characters at most") });
}

fn tag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    let tag = String::deserialize(deserializer)?;
    well_formed(&tag).map(Some).map_err(de::Error::custom)
}

fn tags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Lang>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Tags {
        One(String),
        Many(Vec<String>),
    }
    let given = match Tags::deserialize(deserializer)? {
        Tags::One(tag) => vec![tag],
        Tags::Many(tags) => tags,
    };
    let mut langs: Vec<Lang> = Vec::new();
    for tag in &given {
        let lang = well_formed(tag).map_err(de::Error::custom)?;
        if langs.contains(&lang) {
            return Err(de::Error::custom(format!("`{tag}` is named twice")));
        }
        langs.push(lang);
    }
    Ok(langs)
}

fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    let percent = u64::deserialize(deserializer)?;
    let fits = u8::try_from(percent).ok().filter(|percent| (1..=101).contains(percent));
    fits.map(Some)
        .ok_or_else(|| de::Error::custom(format!("`{percent}` is no percentage: expected 1 to 101")))
}

fn ratio<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let ratio = f64::deserialize(deserializer)?;
    if ratio.is_finite() && ratio > 0.0 {
        return Ok(Some(ratio));
    }
    Err(de::Error::custom(format!("`{ratio}` is no ratio: expected a number above 0")))
}
