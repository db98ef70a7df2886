//! Bytes of text a second through each stage, beside the floors: what the least work of that kind costs.
//!
//! All figures are over the bytes of the same articles' texts, so that their reciprocals add up.

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use divan::counter::BytesCount;
use divan::{Bencher, Divan};
use nutgraf::doc::document::Document;
use nutgraf::doc::text::Edits;
use nutgraf::io::decode::decode;
use nutgraf::io::frame::{Cut, Framer};
use nutgraf::io::json_lines::JsonLines;
use nutgraf::io::stream::Stream;
use nutgraf::io::unpack::Allowance;
use nutgraf::lex::analyzed::{Analyzed, Analyzer, Surface};
use nutgraf::normalize::{FieldCx, normalize};
use nutgraf::pipeline::process::survey;
use nutgraf::pipeline::surface::surfaces;
use nutgraf::rank::rank;
use nutgraf::rank::vectors::Vectors;
use nutgraf::read::{ReadOptions, read};
use nutgraf::segment::{BlockText, Cuts};
use nutgraf::select::Candidates;
use nutgraf::stats::counts::Counts;
use nutgraf::write::jsonl::Jsonl;
use nutgraf::{Block, Budget, CorpusModel, Done, Lang, Role, Scratch, Stages, Writer, process};
use nutgraf::{
    langid, normalize as normalizers, rank as rankers, select as selectors, structure as structurers,
};
use serde::Deserialize;
use toml::Table;
use unicode_segmentation::UnicodeSegmentation;

mod common;

const BYTES: usize = 2_000_000;

fn main() {
    LazyLock::force(&ARTICLES);
    Divan::default().sample_count(15).config_with_args().main();
}

/// The articles as each stage finds them.
struct Articles {
    bytes: BytesCount,
    lines: Vec<u8>,
    read: Vec<Document>,
    normalized: Vec<Document>,
    blocks: Vec<Vec<Block>>,
    /// The text of each segment of the body.
    bodies: Vec<Vec<String>>,
    analyzed: Vec<(Analyzed, Vectors)>,
    done: Vec<Done>,
    model: CorpusModel,
}

static ARTICLES: LazyLock<Articles> = LazyLock::new(|| {
    let lines: Vec<u8> =
        common::Articles::new(1).of_bytes(BYTES).iter().flat_map(|a| a.to_json_line().into_bytes()).collect();
    let read = cut_and_read(lines.clone());
    let mut counts = Counts::default();
    for document in read.clone() {
        survey(document, &Stages::default(), &mut Scratch::default(), &mut counts);
    }
    let model = CorpusModel::from_counts(counts);
    let stages = Stages { model: Some(Arc::new(model.clone())), ..Stages::default() };
    let mut scratch = Scratch::default();
    let done: Vec<Done> =
        read.iter().map(|d| process(d.clone(), &stages, &mut scratch).expect("it has a body")).collect();
    let body = |done: &Done| -> Vec<String> {
        let segments = done.segments.iter().filter(|segment| segment.role == Role::Body);
        segments.map(|segment| done.text(segment).to_owned()).collect()
    };
    let bodies: Vec<_> = done.iter().map(body).collect();
    let mut analyzer = Analyzer::default();
    let analyzed = |(done, body): (&Done, &Vec<String>)| {
        let (mut analyzed, mut vectors) = (Analyzed::default(), Vectors::default());
        analyze_one(&mut analyzer, Some(&model), title(&done.document), body, &mut analyzed);
        vectors.fill(&analyzed);
        (analyzed, vectors)
    };
    Articles {
        bytes: BytesCount::new(read.iter().map(|d| d.text.text.as_str().len()).sum::<usize>()),
        analyzed: done.iter().zip(&bodies).map(analyzed).collect(),
        normalized: done.iter().map(|done| done.document.clone()).collect(),
        blocks: done.iter().map(|done| done.blocks.clone()).collect(),
        lines,
        read,
        bodies,
        done,
        model,
    }
});

fn title(document: &Document) -> &str {
    document.meta.title.as_deref().unwrap_or_default()
}

fn text(document: &Document) -> &str {
    document.text.text.as_str()
}

fn cut_and_read(lines: Vec<u8>) -> Vec<Document> {
    let allowance = Allowance::of(lines.len() as u64);
    let place = nutgraf::io::open::Place {
        path: "bench".to_owned(),
        member: None,
        depth: 0,
        allowance,
        options: Arc::default(),
    };
    let mut framer = JsonLines::new(Stream::new(std::io::Cursor::new(lines)), place);
    let mut out = Vec::new();
    while let Some(Cut::Record(record)) = framer.next() {
        read(*record, &ReadOptions::default(), &mut out).expect("sound");
    }
    out
}

fn analyze_one(
    analyzer: &mut Analyzer,
    model: Option<&CorpusModel>,
    title: &str,
    body: &[String],
    out: &mut Analyzed,
) {
    let body = body.iter().map(|text| (text.as_str(), Surface::default()));
    analyzer.analyze("en", model, title, body, out);
}

mod floor {
    #[expect(clippy::wildcard_imports, reason = "the module is only a heading in the table")]
    use super::*;

    #[divan::bench]
    fn newline_scan(bencher: Bencher<'_, '_>) {
        let lines = &ARTICLES.lines;
        bencher.counter(ARTICLES.bytes).bench(|| memchr::memchr_iter(b'\n', black_box(lines)).count());
    }

    #[divan::bench]
    fn utf8_check(bencher: Bencher<'_, '_>) {
        let lines = &ARTICLES.lines;
        bencher.counter(ARTICLES.bytes).bench(|| str::from_utf8(black_box(lines)).is_ok());
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only parsing is measured")]
    struct Line<'l> {
        #[serde(borrow)]
        id: Cow<'l, str>,
        #[serde(borrow)]
        title: Cow<'l, str>,
        #[serde(borrow)]
        lang: Cow<'l, str>,
        #[serde(borrow)]
        text: Cow<'l, str>,
    }

    #[divan::bench]
    fn serde_json_parse(bencher: Bencher<'_, '_>) {
        let lines = || ARTICLES.lines.split(|&b| b == b'\n').filter(|line| !line.is_empty());
        bencher.counter(ARTICLES.bytes).bench(|| {
            for line in lines() {
                black_box(serde_json::from_slice::<Line<'_>>(line).expect("sound"));
            }
        });
    }

    #[divan::bench]
    fn nfc_quick_check(bencher: Bencher<'_, '_>) {
        bencher.counter(ARTICLES.bytes).bench(|| {
            for document in &ARTICLES.read {
                black_box(unicode_normalization::is_nfc_quick(text(document).chars()));
            }
        });
    }

    #[divan::bench]
    fn unicode_words(bencher: Bencher<'_, '_>) {
        bencher.counter(ARTICLES.bytes).bench(|| {
            ARTICLES.read.iter().map(|document| text(document).unicode_words().count()).sum::<usize>()
        });
    }
}

mod stage {
    #[expect(clippy::wildcard_imports, reason = "the module is only a heading in the table")]
    use super::*;

    #[divan::bench]
    fn a1_cut_and_read_jsonl(bencher: Bencher<'_, '_>) {
        bencher.counter(ARTICLES.bytes).with_inputs(|| ARTICLES.lines.clone()).bench_values(cut_and_read);
    }

    #[divan::bench]
    fn a2_decode(bencher: Bencher<'_, '_>) {
        let bytes = || ARTICLES.read.iter().map(|d| text(d).as_bytes().to_vec()).collect::<Vec<_>>();
        bencher.counter(ARTICLES.bytes).with_inputs(bytes).bench_values(|all| {
            all.into_iter().map(|bytes| decode(bytes).expect("text")).collect::<Vec<_>>()
        });
    }

    #[divan::bench]
    fn b_normalize(bencher: Bencher<'_, '_>) {
        let (stages, mut edits) = (Stages::default(), Edits::default());
        let mut counts = vec![0; stages.normalizers.len()];
        bencher.counter(ARTICLES.bytes).with_inputs(|| ARTICLES.read.clone()).bench_local_values(
            |mut documents| {
                for document in &mut documents {
                    normalize(document, &stages.normalizers, &mut edits, &mut counts);
                }
                documents
            },
        );
    }

    #[divan::bench(args = normalizers::KINDS.iter().map(|kind| kind.name))]
    fn b_normalize_by(bencher: Bencher<'_, '_>, name: &str) {
        let kind = normalizers::KINDS.iter().find(|kind| kind.name == name).expect("listed");
        let (normalizer, mut edits) = (kind.make(Table::new()).expect("defaults"), Edits::default());
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for document in &ARTICLES.normalized {
                edits.clear();
                normalizer.edit(text(document), FieldCx::default(), &mut edits);
                black_box(&edits);
            }
        });
    }

    #[divan::bench]
    fn c_detect_language(bencher: Bencher<'_, '_>) {
        bencher.counter(ARTICLES.bytes).bench(|| {
            for document in &ARTICLES.normalized {
                black_box(langid::detect(text(document)));
            }
        });
    }

    #[divan::bench(args = structurers::KINDS.iter().map(|kind| kind.name))]
    fn d_structure(bencher: Bencher<'_, '_>, name: &str) {
        let kind = structurers::KINDS.iter().find(|kind| kind.name == name).expect("listed");
        let structurer = kind.make(Table::new()).expect("defaults");
        bencher.counter(ARTICLES.bytes).bench(|| {
            for document in &ARTICLES.normalized {
                black_box(structurer.structure(document, &structurers::StructureCx::default()));
            }
        });
    }

    #[divan::bench]
    fn e_segment(bencher: Bencher<'_, '_>) {
        let (stages, mut cuts) = (Stages::default(), Cuts::default());
        let lang = Lang::parse("en").expect("a tag");
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for (document, blocks) in ARTICLES.normalized.iter().zip(&ARTICLES.blocks) {
                for block in blocks {
                    let Some(field) = document.field(block.field) else { continue };
                    let text = BlockText::paragraph(block.span.of(field.text.as_str()), &lang);
                    cuts.clear();
                    stages.segmenter.cut(&BlockText { kind: block.kind, ..text }, &mut cuts);
                    black_box(&cuts);
                }
            }
        });
    }

    #[divan::bench]
    fn f_surface(bencher: Bencher<'_, '_>) {
        let lang = Lang::parse("en").expect("a tag");
        bencher.counter(ARTICLES.bytes).bench(|| {
            for body in &ARTICLES.bodies {
                let texts: Vec<&str> = body.iter().map(String::as_str).collect();
                black_box(surfaces(&texts, &lang).count());
            }
        });
    }

    #[divan::bench(args = ["builtin", "model"])]
    fn g_analyze(bencher: Bencher<'_, '_>, model: &str) {
        let model = (model == "model").then_some(&ARTICLES.model);
        let (mut analyzer, mut out) = (Analyzer::default(), Analyzed::default());
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for (document, body) in ARTICLES.normalized.iter().zip(&ARTICLES.bodies) {
                analyze_one(&mut analyzer, model, title(document), body, &mut out);
            }
        });
    }

    #[divan::bench]
    fn h_vectors(bencher: Bencher<'_, '_>) {
        let mut vectors = Vectors::default();
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for (document, _) in &ARTICLES.analyzed {
                vectors.fill(document);
            }
        });
    }

    #[divan::bench(args = rankers::KINDS.iter().map(|kind| kind.name))]
    fn i_rank(bencher: Bencher<'_, '_>, name: &str) {
        let kind = rankers::KINDS.iter().find(|kind| kind.name == name).expect("listed");
        let ranker = kind.make(Table::new()).expect("defaults");
        let mut salience = Vec::new();
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for (document, vectors) in &ARTICLES.analyzed {
                rank(ranker.as_ref(), document, vectors, Budget::default(), &mut salience, false)
                    .expect("ranks");
            }
        });
    }

    #[divan::bench(args = selectors::KINDS.iter().map(|kind| kind.name))]
    fn j_select(bencher: Bencher<'_, '_>, name: &str) {
        let kind = selectors::KINDS.iter().find(|kind| kind.name == name).expect("listed");
        let selector = kind.make(Table::new()).expect("defaults");
        let scored: Vec<Vec<f64>> =
            ARTICLES.done.iter().map(|d| d.segments.iter().filter_map(|s| s.score).collect()).collect();
        bencher.counter(ARTICLES.bytes).bench(|| {
            for ((document, vectors), salience) in ARTICLES.analyzed.iter().zip(&scored) {
                black_box(
                    selector
                        .select(Candidates { document, vectors, salience, open: None }, Budget::default()),
                );
            }
        });
    }

    #[divan::bench]
    fn k_render_jsonl(bencher: Bencher<'_, '_>) {
        let mut out = Vec::new();
        bencher.counter(ARTICLES.bytes).bench_local(|| {
            for done in &ARTICLES.done {
                out.clear();
                Jsonl::default().render(done, &mut out);
            }
        });
    }

    #[divan::bench]
    fn z_process(bencher: Bencher<'_, '_>) {
        let stages = Stages { model: Some(Arc::new(ARTICLES.model.clone())), ..Stages::default() };
        let mut scratch = Scratch::default();
        bencher.counter(ARTICLES.bytes).with_inputs(|| ARTICLES.read.clone()).bench_local_values(
            |documents| documents.into_iter().map(|d| process(d, &stages, &mut scratch)).collect::<Vec<_>>(),
        );
    }
}
