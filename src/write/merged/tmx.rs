//! Segments with their translations as a translation memory (TMX 1.4b).

use crate::translate::merge::Merged;
use crate::write::bilingual::tmx;
use crate::write::merged::{MergedForm, MergedHead};

/// One unit a translated segment; the language of the targets is `und` where no file says it.
#[derive(Debug)]
pub(super) struct Tmx;

impl MergedForm for Tmx {
    fn head(&self, head: &MergedHead, out: &mut Vec<u8>) {
        tmx::head(out, &head.source_lang);
    }

    fn document(&self, head: &MergedHead, doc: &Merged<'_>, out: &mut Vec<u8>) {
        let target_lang = head.target_lang.as_deref().unwrap_or("und");
        for segment in &doc.segments {
            let Some(target) = segment.target.filter(|text| !text.is_empty()) else { continue };
            tmx::unit(out, segment.id, &[], (&head.source_lang, segment.text), Some((target_lang, target)));
        }
    }

    fn tail(&self, out: &mut Vec<u8>) {
        tmx::tail(out);
    }
}
