//! The file of a corpus model.
//!
//! Little-endian throughout: magic, version, fingerprint, number of languages; for each language its tag, documents,
//! words, number of terms, then sorted keys and document frequencies; of the lines documents, number, sorted keys and
//! document frequencies; at the end the xxh3 hash of all before it. Every count is kept, those of 1 too: only so do
//! files add up to what counting at once gives.

use xxhash_rust::xxh3::xxh3_64;

use crate::stats::frequencies::Frequencies;
use crate::stats::model::{CorpusModel, LanguageModel, LineModel};

const MAGIC: &[u8; 8] = b"nutgrafM";
const VERSION: u32 = 2;

/// Why a corpus model file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file is something else.
    #[error("not a corpus model")]
    Magic,
    /// Written by a release whose format this one does not read.
    #[error("corpus model of version {found}; this release reads version {VERSION}; build it again")]
    Version {
        /// The version found.
        found: u32,
    },
    /// Terms were made by other rules, so that counts would not mean the same.
    #[error(
        "made with other rules for terms (fingerprint {found:016x}, here {expected:016x}); build it again"
    )]
    Fingerprint {
        /// The fingerprint found.
        found: u64,
        /// The one that fits.
        expected: u64,
    },
    /// Cut off or changed since it was written.
    #[error("damaged: {reason}")]
    Damaged {
        /// What does not fit.
        reason: &'static str,
    },
}

/// The bytes of a model whose terms were made by the rules of `fingerprint`.
pub fn to_bytes(model: &CorpusModel, fingerprint: u64) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&fingerprint.to_le_bytes());
    out.extend_from_slice(&(model.languages.len() as u64).to_le_bytes());
    for (tag, language) in &model.languages {
        out.extend_from_slice(&(tag.len() as u64).to_le_bytes());
        out.extend_from_slice(tag.as_bytes());
        out.extend_from_slice(&language.documents.to_le_bytes());
        out.extend_from_slice(&language.tokens.to_le_bytes());
        table(&language.frequencies, &mut out);
    }
    out.extend_from_slice(&model.lines.documents.to_le_bytes());
    table(&model.lines.frequencies, &mut out);
    let hash = xxh3_64(&out);
    out.extend_from_slice(&hash.to_le_bytes());
    out
}

fn table(frequencies: &Frequencies, out: &mut Vec<u8>) {
    out.extend_from_slice(&(frequencies.len() as u64).to_le_bytes());
    for (key, _) in frequencies.entries() {
        out.extend_from_slice(&key.to_le_bytes());
    }
    for (_, df) in frequencies.entries() {
        out.extend_from_slice(&df.to_le_bytes());
    }
}

/// The model in `bytes`, which must have been made by the rules of `fingerprint`.
///
/// # Errors
/// Another file, version or fingerprint; a file that is cut off or changed.
pub fn from_bytes(bytes: &[u8], fingerprint: u64) -> Result<CorpusModel, ModelError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelError::Magic);
    }
    let mut head = Cursor { bytes, at: MAGIC.len() };
    let found = u32::from_le_bytes(head.array()?);
    if found != VERSION {
        return Err(ModelError::Version { found });
    }
    let Some((body, hash)) = bytes.split_last_chunk::<8>() else { return Err(cut_off()) };
    if xxh3_64(body) != u64::from_le_bytes(*hash) {
        return Err(ModelError::Damaged { reason: "the checksum does not fit" });
    }
    let mut cursor = Cursor { bytes: body, at: head.at };
    let found = cursor.number()?;
    if found != fingerprint {
        return Err(ModelError::Fingerprint { found, expected: fingerprint });
    }
    let mut model = CorpusModel::default();
    for _ in 0..cursor.number()? {
        let (tag, language) = cursor.language()?;
        model.languages.insert(tag, language);
    }
    model.lines = LineModel { documents: cursor.number()?, frequencies: cursor.frequencies()? };
    Ok(model)
}

fn cut_off() -> ModelError {
    ModelError::Damaged { reason: "it ends too early" }
}

struct Cursor<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Cursor<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], ModelError> {
        let end = self.at.checked_add(length).ok_or_else(cut_off)?;
        let taken = self.bytes.get(self.at..end).ok_or_else(cut_off)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| cut_off())
    }

    fn number(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn size(&mut self) -> Result<usize, ModelError> {
        usize::try_from(self.number()?).map_err(|_| cut_off())
    }

    fn language(&mut self) -> Result<(String, LanguageModel), ModelError> {
        let length = self.size()?;
        let tag = str::from_utf8(self.take(length)?)
            .map_err(|_| ModelError::Damaged { reason: "a language tag is not text" })?
            .to_owned();
        let (documents, tokens) = (self.number()?, self.number()?);
        Ok((tag, LanguageModel { documents, tokens, frequencies: self.frequencies()? }))
    }

    fn frequencies(&mut self) -> Result<Frequencies, ModelError> {
        let length = self.size()?;
        let keys = self.take(length.checked_mul(8).ok_or_else(cut_off)?)?.as_chunks::<8>().0;
        let keys: Vec<u64> = keys.iter().map(|b| u64::from_le_bytes(*b)).collect();
        let df = self.take(length.checked_mul(4).ok_or_else(cut_off)?)?.as_chunks::<4>().0;
        let df = df.iter().map(|b| u32::from_le_bytes(*b)).collect();
        if !keys.is_sorted_by(|a, b| a < b) || u32::try_from(length).is_err() {
            return Err(ModelError::Damaged { reason: "keys are out of order" });
        }
        Ok(Frequencies::new(keys, df))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::counts::Counts;

    fn sample() -> CorpusModel {
        let mut counts = Counts::default();
        counts.add("en", 3, &[7, 9, 1 << 60]);
        counts.add("fr", 1, &[u64::MAX]);
        counts.add_lines(&[3, 1 << 50]);
        CorpusModel::from_counts(counts)
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        assert_eq!(from_bytes(&to_bytes(&sample(), 5), 5), Ok(sample()));
    }

    #[test]
    fn a_file_cut_off_anywhere_or_changed_is_refused() {
        let bytes = to_bytes(&sample(), 5);
        for end in 0..bytes.len() {
            assert!(from_bytes(&bytes[..end], 5).is_err(), "cut at {end}");
        }
        for at in 12..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(from_bytes(&changed, 5).is_err(), "changed at {at}");
        }
    }

    #[test]
    fn other_rules_for_terms_are_refused_by_name() {
        let error = from_bytes(&to_bytes(&sample(), 5), 6).expect_err("another fingerprint");
        insta::assert_snapshot!(error, @"made with other rules for terms (fingerprint 0000000000000005, here 0000000000000006); build it again");
    }
}
