//! What a digest shows and nobody has translated yet, on its way to a translator.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::value::to_raw_value;

use crate::base::error::Error;
use crate::base::lang::Lang;
use crate::base::span::position;
use crate::bilingual::skeleton::{Doc, Segment, Summary};
use crate::digest::view::{Article, Digest};
use crate::write::bilingual::{Bilingual, BilingualFormat, Settings};
use crate::write::{Totals, Writer};

/// The sentences and headlines of `digest` without a translation, as XLIFF with its skeleton: one file, or one for each language
/// where there are several, each with its place.
///
/// # Errors
/// When a temporary file cannot be written.
pub(super) fn untranslated(
    digest: &Digest,
    target: Option<&Lang>,
    place: &Path,
) -> Result<Vec<(PathBuf, File)>, Error> {
    let aside = |e: std::io::Error| Error::output("temporary file", e);
    let headlines: BTreeSet<usize> = digest
        .stories
        .iter()
        .filter(|story| story.title_target.is_none())
        .filter_map(|story| story.title_article)
        .collect();
    let mut languages: BTreeMap<&str, Vec<Doc>> = BTreeMap::new();
    for (number, article) in digest.articles.iter().enumerate() {
        let doc = document(article, headlines.contains(&number));
        languages.entry(&article.about.lang).or_default().extend(doc);
    }
    languages.retain(|_, documents| !documents.is_empty());
    let several = languages.len() > 1;
    let mut files = Vec::new();
    for (lang, documents) in languages {
        let source = Lang::parse(lang).unwrap_or_else(Lang::unknown);
        let mut lines = tempfile::tempfile().map_err(aside)?;
        for document in &documents {
            serde_json::to_writer(&lines, document).map_err(|e| aside(e.into()))?;
            lines.write_all(b"\n").map_err(aside)?;
        }
        lines.seek(SeekFrom::Start(0)).map_err(aside)?;
        let settings = Settings {
            source_lang: Some(source.clone()),
            target_lang: target.into_iter().cloned().collect(),
            ..Settings::default()
        };
        let writer =
            Bilingual::new(BilingualFormat::Xliff, settings).map_err(|e| Error::Config(e.to_string()))?;
        let extension = place.extension().map_or_else(|| "xlf".into(), |e| e.to_string_lossy().into_owned());
        let place =
            if several { place.with_extension(format!("{lang}.{extension}")) } else { place.to_owned() };
        let assembled = writer.assemble(lines, &Totals::default(), Some(&place))?;
        files.extend(assembled.file.map(|file| (place, file)));
        files.extend(assembled.beside);
    }
    Ok(files)
}

/// What of an article is shown and not translated; `None` where nothing is.
fn document(article: &Article, headline: bool) -> Option<Doc> {
    let about = &article.about;
    let mut segments = Vec::new();
    let mut at = 0;
    for (number, block) in article.blocks.iter().enumerate() {
        for line in &block.sentences {
            let end = at + line.text.len();
            if (line.chosen || headline && block.role == "title") && line.target.is_none() {
                segments.push(Segment {
                    id: line.id.clone(),
                    text: line.text.clone(),
                    block: position(number),
                    role: block.role.to_owned(),
                    field: "text".to_owned(),
                    span: [position(at), position(end)],
                    source_span: None,
                    score: None,
                    rank: None,
                    in_summary: line.chosen,
                    gap: None,
                    inline: Vec::new(),
                    target: None,
                    target_inline: Vec::new(),
                    state: None,
                    unit: None,
                });
            }
            at = end + 1;
        }
    }
    let found = serde_json::json!({"path": about.place, "member": null, "record": 0, "encoding": "UTF-8"});
    let chosen: Vec<&Segment> = segments.iter().filter(|segment| segment.in_summary).collect();
    let summary = Summary {
        text: chosen.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" "),
        segments: chosen.iter().map(|segment| segment.id.clone()).collect(),
        words: 0,
    };
    let empty = |json: &serde_json::Value| to_raw_value(json).ok();
    (!segments.is_empty()).then_some(())?;
    Some(Doc {
        id: about.id.clone(),
        source: empty(&found)?,
        lang: about.lang.clone(),
        title: about.title.clone(),
        byline: about.byline.clone(),
        publisher: about.publisher.clone(),
        published: about.published.clone(),
        dek: None,
        dek_segment: None,
        url: about.url.clone(),
        summary,
        segments,
        boilerplate: empty(&serde_json::json!([]))?,
        extra: empty(&serde_json::json!({}))?,
    })
}
